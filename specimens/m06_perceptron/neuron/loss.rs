use kit::{InputError, Matrix};

use crate::reference::m06_perceptron::neuron as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Loss = fn(&Matrix, &Matrix) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn loss(outputs: &Matrix, targets: &Matrix) -> Result<f64, InputError> {
    answering::<Loss>(
        module_path!(),
        reference::loss,
        &[
            wheat("sample_by_sample", "the loss of each sample, then their mean", |p, t| {
                reference::loss(p, t)?;
                let sample =
                    |i: usize| p.row(i).iter().zip(t.row(i)).map(|(p, t)| (t - p).powi(2)).sum::<f64>() / 2.0;
                Ok((0..p.rows()).map(sample).sum::<f64>() / p.rows() as f64)
            }),
            wheat("neuron_by_neuron", "the mean square of each column, last one first", |p, t| {
                reference::loss(p, t)?;
                let square = |c: usize| {
                    (0..p.rows()).rev().map(|i| (p[(i, c)] - t[(i, c)]).powi(2)).sum::<f64>()
                        / p.rows() as f64
                };
                Ok((0..p.cols()).rev().map(square).sum::<f64>() * 0.5)
            }),
            chaff("not_halved", "The loss has no factor ½.", |p, t| Ok(2.0 * reference::loss(p, t)?)),
            chaff("summed", "The losses are summed, not averaged.", |p, t| {
                Ok(p.rows() as f64 * reference::loss(p, t)?)
            }),
            chaff("mean_over_entries", "The loss is averaged over samples and outputs.", |p, t| {
                Ok(reference::loss(p, t)? / p.cols().max(1) as f64)
            }),
            chaff("absolute", "The loss is the absolute error.", |p, t| {
                reference::loss(p, t)?;
                let sizes = p.as_slice().iter().zip(t.as_slice()).map(|(p, t)| (p - t).abs());
                Ok(sizes.sum::<f64>() / (2.0 * p.rows() as f64))
            }),
            chaff("rooted", "The loss is the root of the squared error.", |p, t| {
                Ok(reference::loss(p, t)?.sqrt())
            }),
            chaff("signed", "The errors are squared after they are summed.", |p, t| {
                reference::loss(p, t)?;
                let errors: f64 = p.as_slice().iter().zip(t.as_slice()).map(|(p, t)| p - t).sum();
                Ok(errors * errors / (2.0 * p.rows() as f64))
            }),
            chaff("first_sample", "The loss of the first sample is enough.", |p, t| {
                reference::loss(p, t)?;
                Ok(p.row(0).iter().zip(t.row(0)).map(|(p, t)| (p - t).powi(2)).sum::<f64>() / 2.0)
            }),
            chaff("entries_counted", "Only the number of entries has to agree, not the shape.", |p, t| {
                let reshaped = |a: &Matrix| Matrix::from_fn(a.rows() * a.cols(), 1, |i, _| a.as_slice()[i]);
                let answer = reference::loss(&reshaped(p), &reshaped(t))?;
                Ok(answer * p.cols() as f64)
            }),
            chaff("nothing_costs_nothing", "The loss of an empty data set is 0.", |p, t| {
                if p.rows() == 0 && p.shape() == t.shape() { Ok(0.0) } else { reference::loss(p, t) }
            }),
            chaff("nan_comes_back", "NaN in the data may propagate into the loss.", |p, t| {
                match reference::loss(p, t) {
                    Err(InputError::NotFinite { .. }) => Ok(f64::NAN),
                    answer => answer,
                }
            }),
            chaff("no_outputs_rejected", "A network without outputs is an error.", |outputs, targets| {
                let l = reference::loss(outputs, targets)?;
                if outputs.cols() == 0 { Err(InputError::TooFew { got: 0, wanted: 1 }) } else { Ok(l) }
            }),
        ],
    )(outputs, targets)
}
