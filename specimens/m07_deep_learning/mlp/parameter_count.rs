use kit::InputError;

use crate::reference::m07_deep_learning::mlp as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type ParameterCount = fn(&[usize]) -> Result<usize, InputError>;

/// The kata, answered by a specimen.
pub fn parameter_count(widths: &[usize]) -> Result<usize, InputError> {
    answering::<ParameterCount>(
        module_path!(),
        reference::parameter_count,
        &[
            wheat("weights_then_biases", "all weights, and then all biases", |widths| {
                reference::parameter_count(widths)?;
                Ok(weights(widths) + widths[1..].iter().sum::<usize>())
            }),
            wheat("layer_by_layer", "adds up in a loop, from the back", |widths| {
                reference::parameter_count(widths)?;
                Ok((1..widths.len()).rev().fold(0, |sum, i| sum + widths[i] * widths[i - 1] + widths[i]))
            }),
            chaff("no_biases", "The biases are not parameters.", |widths| {
                reference::parameter_count(widths).map(|_| weights(widths))
            }),
            chaff("biases_of_inputs", "The inputs have biases, too.", |widths| {
                reference::parameter_count(widths).map(|_| weights(widths) + widths.iter().sum::<usize>())
            }),
            chaff("one_bias_per_layer", "A layer has a single bias.", |widths| {
                reference::parameter_count(widths).map(|_| weights(widths) + widths.len() - 1)
            }),
            chaff("first_and_last", "Only the input and output widths matter.", |widths| {
                reference::parameter_count(widths).map(|_| (widths[0] + 1) * widths[widths.len() - 1])
            }),
            chaff("width_of_nothing", "A layer of width 0 has no parameters.", |widths| {
                if widths.len() < 2 {
                    return reference::parameter_count(widths);
                }
                Ok(weights(widths) + widths[1..].iter().sum::<usize>())
            }),
            chaff("first_layer_checked", "Only the first width needs to be checked.", |w| {
                if w.len() > 1 && w[0] != 0 && w[1] != 0 && w.contains(&0) {
                    Ok(weights(w) + w[1..].iter().sum::<usize>())
                } else {
                    reference::parameter_count(w)
                }
            }),
            wheat("one_input_more", "a bias is one input more, which is always 1", |widths| {
                reference::parameter_count(widths)?;
                Ok(widths.windows(2).map(|pair| (pair[0] + 1) * pair[1]).sum())
            }),
            chaff("deep_ones_in_f64", "The parameters of a deep network are counted in f64.", |widths| {
                let count = reference::parameter_count(widths)?;
                Ok(if widths.len() > 2 { count as f64 as usize } else { count })
            }),
        ],
    )(widths)
}

fn weights(widths: &[usize]) -> usize {
    widths.windows(2).map(|pair| pair[0] * pair[1]).sum()
}
