use kit::InputError;

use crate::reference::x4_attention::gpt as reference;
use crate::reference::x4_attention::gpt::GptSettings;
use crate::specimens::specimen::{answering, chaff, wheat};

type ParameterCount = fn(&GptSettings) -> Result<usize, InputError>;

/// The kata, answered by a specimen.
pub fn parameter_count(settings: &GptSettings) -> Result<usize, InputError> {
    answering::<ParameterCount>(
        module_path!(),
        reference::parameter_count,
        &[
            wheat("layer_by_layer", "adds up each linear layer and each normalization", |s| {
                reference::parameter_count(s)?;
                let d = s.width;
                let linear = |inputs: usize, outputs: usize| inputs * outputs + outputs;
                let block = 4 * linear(d, d) + linear(d, 4 * d) + linear(4 * d, d) + 2 * (2 * d);
                Ok((s.vocabulary + s.context) * d + block * s.layers + 2 * d + linear(d, s.vocabulary))
            }),
            wheat("by_loop", "one block after the other", |s| {
                reference::parameter_count(s)?;
                let d = s.width;
                let start = (2 * s.vocabulary + s.context + 2) * d + s.vocabulary;
                Ok((0..s.layers).fold(start, |sum, _| sum + d * (12 * d + 13)))
            }),
            chaff("tied", "The output layer shares its weights with the token table.", |s| {
                Ok(reference::parameter_count(s)? - s.vocabulary * s.width)
            }),
            chaff("no_head_bias", "The output layer has no bias.", |s| {
                Ok(reference::parameter_count(s)? - s.vocabulary)
            }),
            chaff("no_biases", "Biases are not parameters.", |s| {
                Ok(reference::parameter_count(s)? - s.vocabulary - 9 * s.width * s.layers)
            }),
            chaff("no_positions", "Positions are not learned.", |s| {
                Ok(reference::parameter_count(s)? - s.context * s.width)
            }),
            chaff("no_last_norm", "Nothing is normalized after the last block.", |s| {
                Ok(reference::parameter_count(s)? - 2 * s.width)
            }),
            chaff("no_beta", "A layer normalization has γ alone.", |s| {
                Ok(reference::parameter_count(s)? - s.width * (2 * s.layers + 1))
            }),
            chaff("each_head_whole", "Each head has three d×d matrices of its own.", |s| {
                let d = s.width;
                Ok(reference::parameter_count(s)? + 3 * d * d * (s.heads - 1) * s.layers)
            }),
            chaff("mlp_of_width_d", "The hidden layer of the MLP has d units.", |s| {
                let d = s.width;
                Ok(reference::parameter_count(s)? - (6 * d * d + 3 * d) * s.layers)
            }),
            chaff("one_block", "The blocks share their weights.", |s| {
                reference::parameter_count(s)?;
                reference::parameter_count(&GptSettings { layers: 1, ..*s })
            }),
            chaff("in_f64", "A count fits into an f64.", |s| {
                Ok(reference::parameter_count(s)? as f64 as usize)
            }),
            chaff("no_layers", "A network may have no blocks.", |s| {
                let block = 12 * s.width * s.width + 13 * s.width;
                match s.layers {
                    0 => Ok(reference::parameter_count(&GptSettings { layers: 1, ..*s })? - block),
                    _ => reference::parameter_count(s),
                }
            }),
            chaff("no_context", "A network may have no positions.", |s| match s.context {
                0 => Ok(reference::parameter_count(&GptSettings { context: 1, ..*s })? - s.width),
                _ => reference::parameter_count(s),
            }),
            chaff("any_heads", "The number of heads does not matter to the count.", |s| {
                reference::parameter_count(&GptSettings { heads: 1, ..*s })
            }),
            chaff("no_width", "Without features there are biases only.", |s| match s.width {
                0 => Ok(s.vocabulary),
                _ => reference::parameter_count(s),
            }),
            chaff("no_vocabulary", "An empty vocabulary has no parameters.", |s| match s.vocabulary {
                0 => Ok(0),
                _ => reference::parameter_count(s),
            }),
        ],
    )(settings)
}
