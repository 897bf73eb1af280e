use kit::InputError;

use super::tuned;
use crate::reference::m04_ml_from_scratch::metrics as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type RocAuc = fn(&[usize], &[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn roc_auc(y: &[usize], score: &[f64]) -> Result<f64, InputError> {
    answering::<RocAuc>(
        module_path!(),
        reference::roc_auc,
        &[
            wheat("mean_ranks", "the rank sum of Mann and Whitney, with mean ranks for ties", |y, score| {
                reference::roc_auc(y, score)?;
                let rank = |s: f64| {
                    let (below, equal) = score.iter().fold((0.0, 0.0), |(below, equal), other| {
                        (below + f64::from(u8::from(*other < s)), equal + f64::from(u8::from(*other == s)))
                    });
                    below + (equal + 1.0) / 2.0
                };
                let ones: Vec<f64> = (0..y.len()).filter(|&i| y[i] == 1).map(|i| rank(score[i])).collect();
                let (a, b) = (ones.len() as f64, (y.len() - ones.len()) as f64);
                Ok((ones.iter().sum::<f64>() - a * (a + 1.0) / 2.0) / (a * b))
            }),
            wheat("under_the_curve", "trapezoids from threshold to threshold", trapezoids),
            wheat(
                "searched",
                "searches for each 1 its place among the sorted scores of the 0s",
                |y, score| {
                    reference::roc_auc(y, score)?;
                    let of = |class: usize| (0..y.len()).filter(move |&i| y[i] == class).map(|i| score[i]);
                    let (mut zeros, ones): (Vec<f64>, Vec<f64>) = (of(0).collect(), of(1).collect());
                    zeros.sort_by(f64::total_cmp);
                    let won =
                        |one: &f64| zeros.partition_point(|z| z < one) + zeros.partition_point(|z| z <= one);
                    Ok(ones.iter().map(won).sum::<usize>() as f64 / (2 * ones.len() * zeros.len()) as f64)
                },
            ),
            wheat("tuned", "counts along the sorted scores", tuned::roc_auc),
            chaff("ties_lost", "A tie counts 0.", |y, score| {
                pairs(y, score, |one, zero| f64::from(u8::from(one > zero)))
            }),
            chaff("ties_won", "A tie counts 1.", |y, score| {
                pairs(y, score, |one, zero| f64::from(u8::from(one >= zero)))
            }),
            chaff("near_is_equal", "Scores within 10⁻⁹ of each other are ties.", |y, score| {
                pairs(
                    y,
                    score,
                    |one, zero| {
                        if (one - zero).abs() < 1e-9 { 0.5 } else { f64::from(u8::from(one > zero)) }
                    },
                )
            }),
            chaff("ties_by_difference", "Scores are tied if their difference has no digits.", |y, score| {
                pairs(y, score, |one, zero| {
                    let difference = one - zero;
                    let is_tie = difference.abs() < f64::MIN_POSITIVE || difference.is_infinite();
                    if is_tie { 0.5 } else { f64::from(u8::from(difference > 0.0)) }
                })
            }),
            chaff("reversed", "A low score means class 1.", |y, score| {
                pairs(
                    y,
                    score,
                    |one, zero| if one < zero { 1.0 } else { f64::from(u8::from(one == zero)) / 2.0 },
                )
            }),
            chaff("gini", "The ROC AUC is the Gini coefficient, twice the area minus 1.", |y, score| {
                Ok(2.0 * reference::roc_auc(y, score)? - 1.0)
            }),
            chaff("never_below_one_half", "The ROC AUC is never below ½.", |y, score| {
                let auc = reference::roc_auc(y, score)?;
                Ok(auc.max(1.0 - auc))
            }),
            chaff("accuracy_at_one_half", "The ROC AUC is the accuracy at the threshold ½.", |y, score| {
                reference::roc_auc(y, score)?;
                Ok(y.iter().zip(score).filter(|(y, s)| (**s >= 0.5) == (**y == 1)).count() as f64
                    / y.len() as f64)
            }),
            chaff("difference_of_means", "The ROC AUC is the difference of the mean scores.", |y, score| {
                reference::roc_auc(y, score)?;
                let mean = |class: usize| {
                    let of: Vec<f64> = (0..y.len()).filter(|&i| y[i] == class).map(|i| score[i]).collect();
                    of.iter().sum::<f64>() / of.len() as f64
                };
                Ok((0.5 + (mean(1) - mean(0)) / 2.0).clamp(0.0, 1.0))
            }),
            chaff("ties_in_the_order_they_came", "Sorting by score decides ties.", |y, score| {
                reference::roc_auc(y, score)?;
                let mut order: Vec<usize> = (0..y.len()).collect();
                order.sort_by(|&i, &j| score[i].total_cmp(&score[j]));
                let (mut zeros, mut won) = (0, 0);
                for i in order {
                    if y[i] == 1 { won += zeros } else { zeros += 1 }
                }
                Ok(won as f64 / (zeros * (y.len() - zeros)) as f64)
            }),
            chaff("minus_zero_is_smaller", "The number −0 is smaller than 0.", |y, score| {
                reference::roc_auc(y, score)?;
                let apart: Vec<f64> =
                    score.iter().map(|s| if *s == 0.0 { 1e-300_f64.copysign(*s) } else { *s }).collect();
                reference::roc_auc(y, &apart)
            }),
            chaff("one_class_is_chance", "With a single class the ROC AUC is ½.", |y, score| {
                match reference::roc_auc(y, score) {
                    Err(InputError::Constant { .. }) => Ok(0.5),
                    answer => answer,
                }
            }),
            chaff("infinite_scores", "An infinite score is allowed.", |y, score| {
                let finite: Vec<f64> = score.iter().map(|s| s.clamp(-1e300, 1e300)).collect();
                reference::roc_auc(y, &finite)
            }),
            chaff("twelve_digits", "Scores that agree in twelve digits are tied.", |y, score| {
                pairs(y, score, |one, zero| match one - zero {
                    apart if apart.abs() <= 1e-12 * one.abs() => 0.5,
                    apart => f64::from(u8::from(apart > 0.0)),
                })
            }),
        ],
    )(y, score)
}

fn pairs(y: &[usize], score: &[f64], won: impl Fn(f64, f64) -> f64) -> Result<f64, InputError> {
    reference::roc_auc(y, score)?;
    let of = |class: usize| (0..y.len()).filter(move |&i| y[i] == class).map(|i| score[i]);
    let all: f64 = of(1).map(|one| of(0).map(|zero| won(one, zero)).sum::<f64>()).sum();
    Ok(all / (of(1).count() * of(0).count()) as f64)
}

fn trapezoids(y: &[usize], score: &[f64]) -> Result<f64, InputError> {
    reference::roc_auc(y, score)?;
    let mut thresholds = score.to_vec();
    thresholds.sort_by(|a, b| b.total_cmp(a));
    let share = |class: usize, t: f64| {
        let reached = (0..y.len()).filter(|&i| y[i] == class && score[i] >= t).count();
        reached as f64 / y.iter().filter(|label| **label == class).count() as f64
    };
    let curve = thresholds.iter().map(|t| (share(0, *t), share(1, *t)));
    let (area, _) = curve.fold((0.0, (0.0, 0.0)), |(area, (x, h)), (next_x, next_h)| {
        (area + (next_x - x) * (h + next_h) / 2.0, (next_x, next_h))
    });
    Ok(area)
}
