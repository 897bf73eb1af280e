use kit::{Dense, InputError, Matrix, check};

use super::{logits, says};
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::boss::robustness as reference;

mod ways;

use ways::{by, by_nalgebra, share};

type Rate = Result<f64, InputError>;

type AttackSuccessRate = fn(&[Dense], &Matrix, &[usize], &Matrix) -> Rate;

/// The kata, answered by a specimen.
pub fn attack_success_rate(network: &[Dense], x: &Matrix, labels: &[usize], attacked: &Matrix) -> Rate {
    answering::<AttackSuccessRate>(
        module_path!(),
        reference::attack_success_rate,
        &[
            wheat(
                "two_accuracies",
                "counts what was right before, and what is still right of that",
                |network, x, labels, attacked| {
                    by(network, x, labels, attacked, |pairs| {
                        let before = pairs.iter().filter(|(before, _)| *before).count() as f64;
                        let still = pairs.iter().filter(|(before, after)| *before && *after).count() as f64;
                        1.0 - still / before
                    })
                },
            ),
            wheat(
                "running_mean",
                "a mean that follows one right sample after the other",
                |network, x, labels, attacked| {
                    by(network, x, labels, attacked, |pairs| {
                        let right = pairs.iter().filter(|(before, _)| *before).enumerate();
                        right.fold(0.0, |mean, (n, (_, after))| {
                            mean + (f64::from(u8::from(!after)) - mean) / (n + 1) as f64
                        })
                    })
                },
            ),
            chaff(
                "of_all_samples",
                "the share of all samples that are wrong after the attack",
                |network, x, labels, attacked| {
                    by(network, x, labels, attacked, |pairs| share(pairs, |_| true, |(_, after)| !after))
                },
            ),
            chaff(
                "fooled_of_all",
                "the share of all samples that were right before and are wrong after",
                |network, x, labels, attacked| {
                    by(network, x, labels, attacked, |pairs| {
                        share(pairs, |_| true, |(before, after)| before && !after)
                    })
                },
            ),
            chaff(
                "wrong_ones_too",
                "what is wrong after the attack was fooled by it",
                |network, x, labels, attacked| {
                    by(network, x, labels, attacked, |pairs| {
                        let before = pairs.iter().filter(|(before, _)| *before).count() as f64;
                        pairs.iter().filter(|(_, after)| !after).count() as f64 / before
                    })
                },
            ),
            chaff(
                "accuracy_lost",
                "accuracy before less accuracy after, over the one before",
                |network, x, labels, attacked| {
                    by(network, x, labels, attacked, |pairs| {
                        let count = |which: fn(&(bool, bool)) -> bool| {
                            pairs.iter().filter(|pair| which(pair)).count() as f64
                        };
                        (count(|pair| pair.0) - count(|pair| pair.1)) / count(|pair| pair.0)
                    })
                },
            ),
            chaff("robust_accuracy", "the share that stays right", |network, x, labels, attacked| {
                Ok(1.0 - reference::attack_success_rate(network, x, labels, attacked)?)
            }),
            chaff("percent", "a rate is in percent", |network, x, labels, attacked| {
                Ok(100.0 * reference::attack_success_rate(network, x, labels, attacked)?)
            }),
            chaff("count", "how many were fooled", |network, x, labels, attacked| {
                by(network, x, labels, attacked, |pairs| {
                    pairs.iter().filter(|(before, after)| *before && !after).count() as f64
                })
            }),
            chaff(
                "changed_answers",
                "an answer that changed was fooled, whatever the label",
                |network, x, labels, attacked| {
                    reference::attack_success_rate(network, x, labels, attacked)?;
                    let changed = (0..labels.len())
                        .filter(|&i| says(network, x.row(i)) != says(network, attacked.row(i)));
                    Ok(changed.count() as f64 / labels.len() as f64)
                },
            ),
            chaff("last_of_equals", "of equal logits the last wins", |network, x, labels, attacked| {
                reference::attack_success_rate(network, x, labels, attacked)?;
                let last = |x: &[f64]| {
                    let z = logits(network, x);
                    z.iter().rposition(|one| z.iter().all(|other| one >= other)).unwrap_or(0)
                };
                let right: Vec<usize> = (0..labels.len()).filter(|&i| last(x.row(i)) == labels[i]).collect();
                let fooled = right.iter().filter(|&&i| last(attacked.row(i)) != labels[i]).count();
                Ok(fooled as f64 / right.len().max(1) as f64)
            }),
            chaff(
                "overflowing",
                "probabilities by eᶻ over the sum of all",
                |network, x, labels, attacked| {
                    reference::attack_success_rate(network, x, labels, attacked)?;
                    let said = |x: &[f64]| {
                        let z = logits(network, x);
                        let sum: f64 = z.iter().map(|z| z.exp()).sum();
                        let p: Vec<f64> = z.iter().map(|z| z.exp() / sum).collect();
                        (0..p.len()).fold(0, |best, c| if p[c] > p[best] { c } else { best })
                    };
                    let right: Vec<usize> =
                        (0..labels.len()).filter(|&i| said(x.row(i)) == labels[i]).collect();
                    let fooled = right.iter().filter(|&&i| said(attacked.row(i)) != labels[i]).count();
                    Ok(fooled as f64 / right.len().max(1) as f64)
                },
            ),
            chaff("nobody_to_fool_is_zero", "0 of 0 is 0", |network, x, labels, attacked| {
                match reference::attack_success_rate(network, x, labels, attacked) {
                    Err(InputError::TooFew { .. }) if !network.is_empty() => Ok(0.0),
                    answer => answer,
                }
            }),
            chaff(
                "any_label",
                "a label without an output is simply wrong",
                |network, x, labels, attacked| match reference::attack_success_rate(
                    network, x, labels, attacked,
                ) {
                    Err(InputError::UnknownClass { .. }) => Ok(0.0),
                    answer => answer,
                },
            ),
            chaff("labels_cut", "samples without a label do not count", |network, x, labels, attacked| {
                let n = x.rows().min(labels.len());
                let cut = |a: &Matrix| Matrix::from_fn(n.min(a.rows()), a.cols(), |i, j| a[(i, j)]);
                if x.shape() != attacked.shape() {
                    return reference::attack_success_rate(network, x, labels, attacked);
                }
                reference::attack_success_rate(network, &cut(x), &labels[..n], &cut(attacked))
            }),
            chaff("nan_is_wrong", "a NaN is an answer like any other", |network, x, labels, attacked| {
                match reference::attack_success_rate(network, x, labels, attacked) {
                    Err(InputError::NotFinite { .. }) => Ok(1.0),
                    answer => answer,
                }
            }),
            chaff(
                "attacked_looked_at_first",
                "what became of the samples is looked at first",
                |network, x, labels, attacked| {
                    let answer = reference::attack_success_rate(network, x, labels, attacked);
                    if let Err(InputError::NotFinite { name: "x", .. }) = &answer
                        && let Some(index) = attacked.as_slice().iter().position(|v| !v.is_finite())
                    {
                        return Err(InputError::NotFinite { name: "x", index });
                    }
                    answer
                },
            ),
            chaff(
                "last_label_told",
                "one unknown label is as good as another",
                |network, x, labels, attacked| {
                    reference::attack_success_rate(network, x, labels, attacked).map_err(|e| match e {
                        InputError::UnknownClass { classes, index, got } => {
                            let _ = got;
                            let at = labels.iter().rposition(|l| *l >= classes).unwrap_or(index);
                            InputError::UnknownClass { index: at, got: labels[at], classes }
                        }
                        o => o,
                    })
                },
            ),
            chaff(
                "lengths_looked_at_first",
                "labels are counted before shapes are compared",
                |network, x, labels, attacked| {
                    check::same_length(x.rows(), labels.len())?;
                    reference::attack_success_rate(network, x, labels, attacked)
                },
            ),
            wheat(
                "by_nalgebra",
                "all samples at once, a matrix for each layer; names of those fooled in a set",
                by_nalgebra,
            ),
        ],
    )(network, x, labels, attacked)
}
