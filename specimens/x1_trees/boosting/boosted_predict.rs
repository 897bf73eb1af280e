use kit::{InputError, Matrix};

use super::super::growing::{reached, with_leaves};
use super::super::regressing::leaf_value;
use super::super::searching::each;
use super::Boosted;
use crate::reference::x1_trees::boosting as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Outputs = Result<Vec<f64>, InputError>;
type BoostedPredict = fn(&Boosted, &Matrix) -> Outputs;

/// The kata, answered by a specimen.
pub fn boosted_predict(model: &Boosted, x: &Matrix) -> Result<Vec<f64>, InputError> {
    answering::<BoostedPredict>(
        module_path!(),
        reference::boosted_predict,
        &[
            wheat("tree_by_tree", "adds one tree after another to all outputs", |model, x| {
                reference::boosted_predict(model, x)?;
                let mut outputs = vec![model.start; x.rows()];
                for tree in &model.trees {
                    for (i, output) in outputs.iter_mut().enumerate() {
                        *output += model.rate * leaf_value(tree, x.row(i));
                    }
                }
                Ok(outputs)
            }),
            wheat("backwards", "adds the last tree first", |model, x| {
                by(model, x, |model, values| {
                    values.iter().rev().map(|value| model.rate * value).sum::<f64>() + model.start
                })
            }),
            chaff("without_start", "The trees hold all there is.", |model, x| {
                by(model, x, |model, values| model.rate * values.iter().sum::<f64>())
            }),
            chaff("without_rate", "The leaves hold η already.", |model, x| {
                by(model, x, |model, values| model.start + values.iter().sum::<f64>())
            }),
            chaff("rate_of_the_start", "The start is multiplied by η, too.", |model, x| {
                by(model, x, |model, values| model.rate * (model.start + values.iter().sum::<f64>()))
            }),
            chaff("mean_of_trees", "The outputs of the trees are averaged.", |model, x| {
                by(model, x, |model, values| {
                    model.start + model.rate * values.iter().sum::<f64>() / values.len().max(1) as f64
                })
            }),
            chaff("powers_of_the_rate", "The rate of tree t is ηᵗ.", |model, x| {
                by(model, x, |model, values| {
                    let term = |(t, value): (usize, &f64)| model.rate.powi(t as i32 + 1) * value;
                    model.start + values.iter().enumerate().map(term).sum::<f64>()
                })
            }),
            chaff("first_tree", "The first tree says most.", |model, x| {
                by(model, x, |model, values| model.start + model.rate * values.first().unwrap_or(&0.0))
            }),
            chaff("last_tree_left_out", "The trees are numbered up to rounds − 1.", |model, x| {
                by(model, x, |model, values| {
                    model.start + model.rate * values[..values.len().saturating_sub(1)].iter().sum::<f64>()
                })
            }),
            chaff("fifty_trees", "More than fifty trees change nothing.", |model, x| {
                by(model, x, |model, values| model.start + model.rate * values.iter().take(50).sum::<f64>())
            }),
            chaff("probabilities", "The outputs are probabilities.", |model, x| {
                let outputs = reference::boosted_predict(model, x)?;
                Ok(outputs.into_iter().map(|output| 1.0 / (1.0 + (-output).exp())).collect())
            }),
            chaff("opposite_sign", "Gradient descent subtracts.", |model, x| {
                by(model, x, |model, values| model.start - model.rate * values.iter().sum::<f64>())
            }),
            chaff("strictly_below", "Samples at the threshold go right.", |model, x| {
                reference::boosted_predict(model, x)?;
                let output = |row: usize| {
                    let value = |tree| reached(tree, x.row(row), |value, threshold| value < threshold)[0];
                    model.start + model.rate * model.trees.iter().map(value).sum::<f64>()
                };
                Ok((0..x.rows()).map(output).collect())
            }),
            chaff("last_value", "The last value of a leaf counts.", |model, x| {
                reference::boosted_predict(model, x)?;
                let output = |row: usize| {
                    let value = |tree| {
                        let value = reached(tree, x.row(row), |value, threshold| value <= threshold);
                        value[value.len() - 1]
                    };
                    model.start + model.rate * model.trees.iter().map(value).sum::<f64>()
                };
                Ok((0..x.rows()).map(output).collect())
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |model, x| {
                let outputs = reference::boosted_predict(model, x)?;
                Ok(outputs.into_iter().map(|output| f64::from(output as f32)).collect())
            }),
            chaff("missing_feature_as_0", "A feature that is not there is 0.", |model, x| {
                kit::check::finite("x", x.as_slice())?;
                let wide =
                    Matrix::from_fn(
                        x.rows(),
                        x.cols() + 1,
                        |i, j| if j < x.cols() { x[(i, j)] } else { 0.0 },
                    );
                reference::boosted_predict(model, &wide)
            }),
            chaff("empty_is_0", "A leaf without a value adds 0.", |model, x| {
                let filled = |samples: usize, value: Vec<f64>| {
                    (samples, if value.is_empty() { vec![0.0] } else { value })
                };
                let trees = model.trees.iter().map(|tree| with_leaves(tree.clone(), &filled)).collect();
                reference::boosted_predict(&Boosted { trees, ..model.clone() }, x)
            }),
            chaff("nan_as_0", "What is not finite counts as 0.", |model, x| {
                reference::boosted_predict(
                    model,
                    &each(x, |value| if value.is_finite() { value } else { 0.0 }),
                )
            }),
        ],
    )(model, x)
}

/// With another sum of the values of the trees.
fn by(model: &Boosted, x: &Matrix, sum: fn(&Boosted, &[f64]) -> f64) -> Outputs {
    reference::boosted_predict(model, x)?;
    let values = |row: usize| model.trees.iter().map(|tree| leaf_value(tree, x.row(row))).collect::<Vec<_>>();
    Ok((0..x.rows()).map(|row| sum(model, &values(row))).collect())
}
