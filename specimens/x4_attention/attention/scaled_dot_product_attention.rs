use kit::{InputError, Matrix, check};

use super::super::altered::{clipped, each, last, nan_as_zero, part, single, sized, turned};
use super::super::attending::{
    Plan, RIGHT, average, by_logarithm, dot, largest, matrix, plain, shares, stable,
};
use crate::reference::x4_attention::attention as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Attended = Result<(Matrix, Matrix), InputError>;
type Attention = fn(&Matrix, &Matrix, &Matrix, &Matrix) -> Attended;

const NO_KEY: f64 = f64::NEG_INFINITY;

/// The kata, answered by a specimen.
pub fn scaled_dot_product_attention(
    queries: &Matrix,
    keys: &Matrix,
    values: &Matrix,
    mask: &Matrix,
) -> Result<(Matrix, Matrix), InputError> {
    answering::<Attention>(
        module_path!(),
        reference::scaled_dot_product_attention,
        &[
            wheat("by_logarithm", "takes the logarithm of the sum from the scores", |q, k, v, m| {
                planned(q, k, v, m, &Plan { softmax: by_logarithm, ..RIGHT })
            }),
            wheat("in_one_pass", "scales what it has anew with each larger score", in_one_pass),
            wheat("scaled_queries", "divides the queries by √d first", |q, k, v, m| {
                let root = (q.cols() as f64).sqrt();
                reference::scaled_dot_product_attention(q, k, v, m)?;
                let scaled = each(q, |x| x / root);
                Ok(Plan { scale: |_, _| 1.0, ..RIGHT }.attend(&scaled, k, v, m))
            }),
            wheat("keys_that_count", "leaves masked keys out", |q, k, v, m| {
                planned(
                    q,
                    k,
                    v,
                    m,
                    &Plan {
                        softmax: |scores| {
                            let largest = largest(scores);
                            let power =
                                |score: &f64| if *score == NO_KEY { 0.0 } else { (score - largest).exp() };
                            shares(scores.iter().map(power).collect())
                        },
                        ..RIGHT
                    },
                )
            }),
            wheat("ranges_first", "asks for the size first: what is infinite is too large", |q, k, v, m| {
                for (name, numbers) in [("queries", q), ("keys", k), ("values", v)] {
                    sized(name, numbers.as_slice())?;
                }
                sized("mask", each(m, |x| if x == NO_KEY { 0.0 } else { x }).as_slice())?;
                reference::scaled_dot_product_attention(q, k, v, m)
            }),
            chaff("no_scale", "The scores are the scalar products.", |q, k, v, m| {
                planned(q, k, v, m, &Plan { scale: |_, _| 1.0, ..RIGHT })
            }),
            chaff("divided_by_d", "The scores are divided by d.", |q, k, v, m| {
                planned(q, k, v, m, &Plan { scale: |d, _| d, ..RIGHT })
            }),
            chaff(
                "width_of_the_values",
                "The scale is the root of the width of the values.",
                |q, k, v, m| planned(q, k, v, m, &Plan { scale: |_, w| w.sqrt(), ..RIGHT }),
            ),
            chaff("root_of_the_keys", "The scale is the root of the number of keys.", |q, k, v, m| {
                reference::scaled_dot_product_attention(q, k, v, m)?;
                let factor = (q.cols() as f64 / k.rows() as f64).sqrt();
                Ok(RIGHT.attend(&each(q, |x| x * factor), k, v, m))
            }),
            chaff("over_the_queries", "The softmax runs over the queries.", |q, k, v, m| {
                reference::scaled_dot_product_attention(q, k, v, m)?;
                let plan = Plan { softmax: |scores| scores.to_vec(), ..RIGHT };
                let scores = turned(&plan.attend(q, k, v, m).1);
                let columns: Vec<Vec<f64>> = (0..scores.rows()).map(|j| stable(scores.row(j))).collect();
                let weights = turned(&matrix(&columns, q.rows()));
                let rows: Vec<Vec<f64>> = (0..q.rows()).map(|i| weights.row(i).to_vec()).collect();
                Ok((average(&rows, v), weights))
            }),
            chaff("overflowing", "The exponential of a score is finite.", |q, k, v, m| {
                planned(q, k, v, m, &Plan { softmax: plain, ..RIGHT })
            }),
            chaff("largest_of_all", "The largest of all scores is taken out.", |q, k, v, m| {
                reference::scaled_dot_product_attention(q, k, v, m)?;
                let scores = Plan { softmax: |scores| scores.to_vec(), ..RIGHT }.weights(q, k, v, m);
                let most = scores.iter().map(|row| largest(row)).fold(NO_KEY, f64::max);
                let less = |row: &Vec<f64>| plain(&row.iter().map(|score| score - most).collect::<Vec<_>>());
                let rows: Vec<Vec<f64>> = scores.iter().map(less).collect();
                Ok((average(&rows, v), matrix(&rows, k.rows())))
            }),
            chaff("clipped_scores", "An exponent above 700 is taken as 700.", |q, k, v, m| {
                planned(
                    q,
                    k,
                    v,
                    m,
                    &Plan {
                        softmax: |scores| plain(&scores.iter().map(|s| s.min(700.0)).collect::<Vec<_>>()),
                        ..RIGHT
                    },
                )
            }),
            chaff(
                "mask_before_the_scale",
                "The mask is added before the scores are divided.",
                |q, k, v, m| {
                    reference::scaled_dot_product_attention(q, k, v, m)?;
                    let root = (q.cols() as f64).sqrt();
                    Ok(RIGHT.attend(q, k, v, &each(m, |entry| entry / root)))
                },
            ),
            chaff("mask_ignored", "The mask is for training only.", |q, k, v, m| {
                planned(q, k, v, m, &Plan { masked: |score, _| score, ..RIGHT })
            }),
            chaff("masked_as_0", "A masked score is 0.", |q, k, v, m| {
                planned(
                    q,
                    k,
                    v,
                    m,
                    &Plan { masked: |score, mask| if mask == NO_KEY { 0.0 } else { score + mask }, ..RIGHT },
                )
            }),
            chaff(
                "masked_as_minus_10",
                "A masked score is −10, since exp(−10) is small.",
                |q, k, v, m| {
                    planned(q, k, v, m, &Plan { masked: |score, mask| score + mask.max(-10.0), ..RIGHT })
                },
            ),
            chaff("masked_by_anything", "A number that is not 0 masks the key.", |q, k, v, m| {
                planned(
                    q,
                    k,
                    v,
                    m,
                    &Plan { masked: |score, mask| if mask == 0.0 { score } else { NO_KEY }, ..RIGHT },
                )
            }),
            chaff(
                "masked_afterwards",
                "The weights of masked keys become 0 after the softmax.",
                |q, k, v, m| {
                    reference::scaled_dot_product_attention(q, k, v, m)?;
                    let mut rows =
                        RIGHT.weights(q, k, v, &each(m, |entry| if entry == NO_KEY { 0.0 } else { entry }));
                    for (i, row) in rows.iter_mut().enumerate() {
                        row.iter_mut()
                            .zip(m.row(i))
                            .filter(|(_, mask)| **mask == NO_KEY)
                            .for_each(|(a, _)| *a = 0.0);
                    }
                    Ok((average(&rows, v), matrix(&rows, k.rows())))
                },
            ),
            chaff("mask_multiplied", "The mask is multiplied by the scores.", |q, k, v, m| {
                planned(q, k, v, m, &Plan { masked: |score, mask| score * mask, ..RIGHT })
            }),
            chaff("not_normalized", "The weights are the exponentials.", |q, k, v, m| {
                planned(
                    q,
                    k,
                    v,
                    m,
                    &Plan {
                        softmax: |scores| {
                            let largest = largest(scores);
                            scores.iter().map(|score| (score - largest).exp()).collect()
                        },
                        ..RIGHT
                    },
                )
            }),
            chaff("largest_only", "The best key has all of the weight.", |q, k, v, m| {
                planned(
                    q,
                    k,
                    v,
                    m,
                    &Plan {
                        softmax: |scores| {
                            let largest = largest(scores);
                            shares(scores.iter().map(|s| if *s == largest { 1.0 } else { 0.0 }).collect())
                        },
                        ..RIGHT
                    },
                )
            }),
            chaff("scores_returned", "The weights are the scores.", |q, k, v, m| {
                let (y, _) = reference::scaled_dot_product_attention(q, k, v, m)?;
                Ok((y, Plan { softmax: |scores| scores.to_vec(), ..RIGHT }.attend(q, k, v, m).1))
            }),
            chaff("weights_transposed", "A row of the weights belongs to a key.", |q, k, v, m| {
                let (y, weights) = reference::scaled_dot_product_attention(q, k, v, m)?;
                Ok((y, turned(&weights)))
            }),
            chaff("keys_averaged", "The output is the average of the keys.", |q, k, v, m| {
                let (_, weights) = reference::scaled_dot_product_attention(q, k, v, m)?;
                let rows: Vec<Vec<f64>> = (0..q.rows()).map(|i| weights.row(i).to_vec()).collect();
                Ok((average(&rows, k), weights))
            }),
            chaff("sixty_keys", "Sixty keys are enough.", |q, k, v, m| {
                let (y, weights) = reference::scaled_dot_product_attention(q, k, v, m)?;
                let few = part(m, m.rows(), 60);
                let (k, v) = (part(k, 60, k.cols()), part(v, 60, v.cols()));
                let answer = reference::scaled_dot_product_attention(q, &k, &v, &few);
                Ok((answer.map_or(y, |(y, _)| y), weights))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |q, k, v, m| {
                reference::scaled_dot_product_attention(q, k, v, m)?;
                reference::scaled_dot_product_attention(
                    &each(q, single),
                    &each(k, single),
                    &each(v, single),
                    m,
                )
            }),
            chaff(
                "nothing_left_is_the_mean",
                "Where all keys are masked each has the same weight.",
                |q, k, v, m| {
                    let is_hidden = |i: usize| m.row(i).iter().all(|entry| *entry == NO_KEY);
                    if m.rows() == 0 || m.cols() == 0 {
                        return reference::scaled_dot_product_attention(q, k, v, m);
                    }
                    let hidden: Vec<bool> = (0..m.rows()).map(is_hidden).collect();
                    let shown =
                        Matrix::from_fn(m.rows(), m.cols(), |i, j| if hidden[i] { 0.0 } else { m[(i, j)] });
                    reference::scaled_dot_product_attention(q, k, v, &shown)
                },
            ),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |q, k, v, m| {
                let fine = |x: &Matrix| each(x, nan_as_zero);
                reference::scaled_dot_product_attention(&fine(q), &fine(k), &fine(v), m)
            }),
            chaff("finite_masks", "A mask holds finite numbers.", |q, k, v, m| {
                check::finite("mask", m.as_slice())?;
                reference::scaled_dot_product_attention(q, k, v, m)
            }),
            chaff("any_size", "The product of two numbers is finite.", |q, k, v, m| {
                for (name, numbers) in [("queries", q), ("keys", k), ("values", v)] {
                    check::finite(name, numbers.as_slice())?;
                }
                let fine = |x: &Matrix| each(x, clipped);
                reference::scaled_dot_product_attention(&fine(q), &fine(k), &fine(v), m)
            }),
            chaff("values_unchecked", "Values are not in the scores and may be anything.", |q, k, v, m| {
                reference::scaled_dot_product_attention(q, k, &each(v, |x| clipped(nan_as_zero(x))), m)
            }),
            chaff("last_reported", "The last wrong number is reported.", |q, k, v, m| {
                reference::scaled_dot_product_attention(q, k, v, m).map_err(|error| {
                    let all = [("queries", q), ("keys", k), ("values", v)];
                    all.into_iter().fold(error, |error, (name, x)| last(error, name, x.as_slice()))
                })
            }),
            chaff("empty", "Without values the output is empty.", |q, k, v, m| {
                if v.cols() == 0 {
                    return Ok((Matrix::zeros(q.rows(), 0), Matrix::zeros(q.rows(), k.rows())));
                }
                reference::scaled_dot_product_attention(q, k, v, m)
            }),
            chaff("as_many_keys_as_queries", "There are as many keys as queries.", |q, k, v, m| {
                check::same_length(q.rows(), k.rows())?;
                reference::scaled_dot_product_attention(q, k, v, m)
            }),
            chaff("broadcast", "A mask of one row is for all queries.", |q, k, v, m| {
                if m.rows() == 0 {
                    return reference::scaled_dot_product_attention(q, k, v, m);
                }
                let first = Matrix::from_fn(q.rows(), m.cols(), |_, j| m[(0, j)]);
                reference::scaled_dot_product_attention(q, k, v, &first)
            }),
        ],
    )(queries, keys, values, mask)
}

fn planned(q: &Matrix, k: &Matrix, v: &Matrix, mask: &Matrix, plan: &Plan) -> Attended {
    reference::scaled_dot_product_attention(q, k, v, mask)?;
    Ok(plan.attend(q, k, v, mask))
}

fn in_one_pass(q: &Matrix, k: &Matrix, v: &Matrix, mask: &Matrix) -> Attended {
    reference::scaled_dot_product_attention(q, k, v, mask)?;
    let (root, (n, m)) = ((q.cols() as f64).sqrt(), mask.shape());
    let (mut y, mut weights) = (Matrix::zeros(n, v.cols()), Matrix::zeros(n, m));
    for i in 0..n {
        let scores: Vec<f64> = (0..m).map(|j| dot(q.row(i), k.row(j)) / root + mask[(i, j)]).collect();
        let (mut most, mut sum) = (NO_KEY, 0.0);
        for j in (0..m).filter(|j| scores[*j] != NO_KEY) {
            let next = scores[j].max(most);
            let (kept, new) = ((most - next).exp(), (scores[j] - next).exp());
            (most, sum) = (next, sum * kept + new);
            (0..v.cols()).for_each(|c| y[(i, c)] = y[(i, c)] * kept + new * v[(j, c)]);
        }
        (0..v.cols()).for_each(|c| y[(i, c)] /= sum);
        (0..m).for_each(|j| weights[(i, j)] = (scores[j] - most).exp() / sum);
    }
    Ok((y, weights))
}
