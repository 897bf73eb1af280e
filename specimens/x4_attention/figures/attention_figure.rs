use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

use super::super::altered::{each, nan_as_zero, turned};
use crate::reference::x4_attention::figures as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Drawn = Result<Figure, InputError>;
type AttentionFigure = fn(&[&str], &[&str], &Matrix) -> Drawn;

/// The kata, answered by a specimen.
pub fn attention_figure(queries: &[&str], keys: &[&str], weights: &Matrix) -> Result<Figure, InputError> {
    answering::<AttentionFigure>(
        module_path!(),
        reference::attention_figure,
        &[
            wheat(
                "character_by_character",
                "replaces one character after the other",
                |queries, keys, weights| {
                    table(queries, keys, weights, |token| {
                        let shown = |c: char| {
                            if c == ' ' {
                                '␣'
                            } else if c == '\n' {
                                '⏎'
                            } else {
                                c
                            }
                        };
                        token.chars().map(shown).collect()
                    })
                },
            ),
            wheat(
                "split_and_joined",
                "splits a token at its spaces and joins the parts",
                |queries, keys, weights| {
                    table(queries, keys, weights, |token| {
                        token
                            .split(' ')
                            .collect::<Vec<_>>()
                            .join("␣")
                            .split('\n')
                            .collect::<Vec<_>>()
                            .join("⏎")
                    })
                },
            ),
            wheat(
                "ranges_first",
                "asks for the range first: what is infinite is outside",
                |queries, keys, weights| {
                    let is_inside = |weight: f64| weight.is_nan() || (0.0..=1.0).contains(&weight);
                    check::all_in_range("weights", weights.as_slice(), is_inside, "0 to 1")?;
                    reference::attention_figure(queries, keys, weights)
                },
            ),
            chaff("transposed", "Rows are the keys.", |queries, keys, weights| {
                reference::attention_figure(queries, keys, weights)?;
                reference::attention_figure(keys, queries, &turned(weights))
            }),
            chaff("labels_exchanged", "Rows are labeled by the keys.", |queries, keys, weights| {
                let mut figure = reference::attention_figure(queries, keys, weights)?;
                if let Some(Layer::Table { rows, cols, .. }) = figure.layers.first_mut() {
                    std::mem::swap(rows, cols);
                }
                Ok(figure)
            }),
            chaff("axes_exchanged", "The horizontal axis is the query.", |queries, keys, weights| {
                let mut figure = reference::attention_figure(queries, keys, weights)?;
                std::mem::swap(&mut figure.x, &mut figure.y);
                Ok(figure)
            }),
            chaff("tokens_as_they_are", "A space is a space.", |queries, keys, weights| {
                table(queries, keys, weights, str::to_owned)
            }),
            chaff("trimmed", "A space around a token does not belong to it.", |queries, keys, weights| {
                table(queries, keys, weights, |token| token.trim().replace(' ', "␣"))
            }),
            chaff("first_space", "A token has one space at most.", |queries, keys, weights| {
                table(queries, keys, weights, |token| token.replacen(' ', "␣", 1).replacen('\n', "⏎", 1))
            }),
            chaff("escaped", "A line feed is written as \\n.", |queries, keys, weights| {
                table(queries, keys, weights, |token| token.replace(' ', "␣").replace('\n', "\\n"))
            }),
            chaff("any_white_space", "A tab is a space as well.", |queries, keys, weights| {
                table(queries, keys, weights, |token| token.replace([' ', '\t'], "␣").replace('\n', "⏎"))
            }),
            chaff("keys_as_they_are", "Only the labels of the rows need work.", |queries, keys, weights| {
                let mut figure = reference::attention_figure(queries, keys, weights)?;
                if let Some(Layer::Table { cols, .. }) = figure.layers.first_mut() {
                    *cols = keys.iter().map(ToString::to_string).collect();
                }
                Ok(figure)
            }),
            chaff("percentages", "Weights are shown as percentages.", |queries, keys, weights| {
                values(queries, keys, weights, |weight| 100.0 * weight)
            }),
            chaff("rounded", "Two decimals are enough.", |queries, keys, weights| {
                values(queries, keys, weights, |weight| (100.0 * weight).round() / 100.0)
            }),
            chaff("image", "A heat map is an image.", |queries, keys, weights| {
                let mut figure = reference::attention_figure(queries, keys, weights)?;
                let size = [keys.len() as f64, queries.len() as f64];
                let (label, at, pixels) = (String::new(), [0.0, 0.0], weights.clone());
                figure.layers = vec![Layer::Image { label, at, size, pixels, color: false }];
                Ok(figure)
            }),
            chaff("titled", "The title is for the author to choose.", |queries, keys, weights| {
                let mut figure = reference::attention_figure(queries, keys, weights)?;
                figure.title = "Attention".to_owned();
                Ok(figure)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |queries, keys, weights| {
                reference::attention_figure(queries, keys, &each(weights, nan_as_zero))
            }),
            chaff("clipped", "A weight above 1 is shown as 1.", |queries, keys, weights| {
                reference::attention_figure(queries, keys, &each(weights, |weight| weight.clamp(0.0, 1.0)))
            }),
            chaff("below_1", "A weight is below 1.", |queries, keys, weights| {
                check::all_in_range("weights", weights.as_slice(), |weight| weight < 1.0, "below 1")?;
                reference::attention_figure(queries, keys, weights)
            }),
            chaff("square", "There are as many keys as queries.", |queries, keys, weights| {
                check::square(weights.shape())?;
                reference::attention_figure(queries, keys, weights)
            }),
            chaff("empty", "Without tokens there is nothing to check.", |queries, keys, weights| {
                if queries.is_empty() {
                    return Ok(Figure::new("Attention weights", "key", "query"));
                }
                reference::attention_figure(queries, keys, weights)
            }),
        ],
    )(queries, keys, weights)
}

/// With other labels.
fn table(queries: &[&str], keys: &[&str], weights: &Matrix, label: fn(&str) -> String) -> Drawn {
    let mut figure = reference::attention_figure(queries, keys, weights)?;
    let labels = |tokens: &[&str]| tokens.iter().map(|token| label(token)).collect::<Vec<_>>();
    if let Some(Layer::Table { rows, cols, .. }) = figure.layers.first_mut() {
        (*rows, *cols) = (labels(queries), labels(keys));
    }
    Ok(figure)
}

/// With other numbers.
fn values(queries: &[&str], keys: &[&str], weights: &Matrix, number: fn(f64) -> f64) -> Drawn {
    let mut figure = reference::attention_figure(queries, keys, weights)?;
    if let Some(Layer::Table { values, .. }) = figure.layers.first_mut() {
        *values = each(weights, number);
    }
    Ok(figure)
}
