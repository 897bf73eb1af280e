use kit::{Dense, InputError, Matrix};

use super::{logits, says};
use crate::reference::boss::robustness as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
                "correct before, and correct before and after",
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
                "a running mean over the correctly classified samples",
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
                "The rate is the error rate after the attack.",
                |network, x, labels, attacked| {
                    by(network, x, labels, attacked, |pairs| share(pairs, |_| true, |(_, after)| !after))
                },
            ),
            chaff("fooled_of_all", "The rate divides by all samples.", |network, x, labels, attacked| {
                by(network, x, labels, attacked, |pairs| {
                    share(pairs, |_| true, |(before, after)| before && !after)
                })
            }),
            chaff(
                "wrong_ones_too",
                "Samples misclassified before the attack count as successes.",
                |network, x, labels, attacked| {
                    by(network, x, labels, attacked, |pairs| {
                        let before = pairs.iter().filter(|(before, _)| *before).count() as f64;
                        pairs.iter().filter(|(_, after)| !after).count() as f64 / before
                    })
                },
            ),
            chaff(
                "accuracy_lost",
                "The rate is the relative loss of accuracy.",
                |network, x, labels, attacked| {
                    by(network, x, labels, attacked, |pairs| {
                        let count = |which: fn(&(bool, bool)) -> bool| {
                            pairs.iter().filter(|pair| which(pair)).count() as f64
                        };
                        (count(|pair| pair.0) - count(|pair| pair.1)) / count(|pair| pair.0)
                    })
                },
            ),
            chaff(
                "robust_accuracy",
                "The rate is the fraction that stays correct (robust accuracy).",
                |network, x, labels, attacked| {
                    Ok(1.0 - reference::attack_success_rate(network, x, labels, attacked)?)
                },
            ),
            chaff("percent", "The rate is in percent.", |network, x, labels, attacked| {
                Ok(100.0 * reference::attack_success_rate(network, x, labels, attacked)?)
            }),
            chaff("count", "The rate is the number of successes.", |network, x, labels, attacked| {
                by(network, x, labels, attacked, |pairs| {
                    pairs.iter().filter(|(before, after)| *before && !after).count() as f64
                })
            }),
            chaff(
                "changed_predictions",
                "A changed prediction is a success, whatever the label.",
                |network, x, labels, attacked| {
                    reference::attack_success_rate(network, x, labels, attacked)?;
                    let changed = (0..labels.len())
                        .filter(|&i| says(network, x.row(i)) != says(network, attacked.row(i)));
                    Ok(changed.count() as f64 / labels.len() as f64)
                },
            ),
            chaff("last_of_equals", "Of equal logits the last one wins.", |network, x, labels, attacked| {
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
                "Softmax needs no shift by the largest logit.",
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
            chaff(
                "no_correct_predictions_is_zero",
                "Without correct predictions the rate is 0.",
                |network, x, labels, attacked| match reference::attack_success_rate(
                    network, x, labels, attacked,
                ) {
                    Err(InputError::TooFew { .. }) if !network.is_empty() => Ok(0.0),
                    answer => answer,
                },
            ),
            chaff(
                "any_label",
                "A label without an output is a misclassification.",
                |network, x, labels, attacked| match reference::attack_success_rate(
                    network, x, labels, attacked,
                ) {
                    Err(InputError::UnknownClass { .. }) => Ok(0.0),
                    answer => answer,
                },
            ),
            chaff("labels_cut", "Samples without a label do not count.", |network, x, labels, attacked| {
                let n = x.rows().min(labels.len());
                let cut = |a: &Matrix| Matrix::from_fn(n.min(a.rows()), a.cols(), |i, j| a[(i, j)]);
                if x.shape() != attacked.shape() {
                    return reference::attack_success_rate(network, x, labels, attacked);
                }
                reference::attack_success_rate(network, &cut(x), &labels[..n], &cut(attacked))
            }),
            chaff(
                "nan_is_wrong",
                "A NaN gives a wrong prediction, and no error.",
                |network, x, labels, attacked| match reference::attack_success_rate(
                    network, x, labels, attacked,
                ) {
                    Err(InputError::NotFinite { .. }) => Ok(1.0),
                    answer => answer,
                },
            ),
            wheat("by_nalgebra", "all samples at once, one matrix product per layer", by_nalgebra),
            chaff("ten_classes", "There are ten classes.", |network, x, labels, attacked| {
                let all = reference::attack_success_rate(network, x, labels, attacked)?;
                let counts = |i: usize, of: &Matrix| says(network, of.row(i)) == labels[i];
                let right: Vec<usize> =
                    (0..labels.len()).filter(|&i| labels[i] < 10 && counts(i, x)).collect();
                let fooled = right.iter().filter(|&&i| !counts(i, attacked)).count();
                Ok(if right.is_empty() { all } else { fooled as f64 / right.len() as f64 })
            }),
        ],
    )(network, x, labels, attacked)
}
