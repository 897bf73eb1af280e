use kit::{Generator, InputError};

use crate::reference::m02_statistics::limit_theorems as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type CentralLimit = fn(usize, usize, &mut Generator) -> Result<Vec<f64>, InputError>;

fn face(generator: &mut Generator) -> f64 {
    generator.below(6) as f64 + 1.0
}

/// The kata, answered by a specimen.
pub fn central_limit(dice: usize, throws: usize, generator: &mut Generator) -> Result<Vec<f64>, InputError> {
    answering::<CentralLimit>(
        module_path!(),
        reference::central_limit,
        &[
            wheat("moved_on", "updates the mean with each die", |dice, throws, g| {
                of_throws(dice, throws, || {
                    (0..dice).fold(0.0, |mean, i| mean + (face(g) - mean) / (i + 1) as f64)
                })
            }),
            wheat("die_by_die", "rolls the first die of all throws, then the second", |dice, throws, g| {
                let mut sums = of_throws(dice, throws, || 0.0)?;
                for _ in 0..dice {
                    sums.iter_mut().for_each(|sum| *sum += face(g));
                }
                Ok(sums.iter().map(|sum| sum / dice as f64).collect())
            }),
            wheat(
                "from_uniform",
                "maps uniform numbers to faces and divides each by n",
                |dice, throws, g| {
                    let n = dice as f64;
                    of_throws(dice, throws, || {
                        (0..dice).map(|_| (1.0 + (6.0 * g.uniform()).floor()) / n).sum()
                    })
                },
            ),
            wheat(
                "sums_at_once",
                "draws the sum of all dice from its own distribution",
                |dice, throws, g| {
                    let mut probabilities = vec![1.0];
                    for _ in 0..dice {
                        let of = |sum: usize| {
                            (sum.saturating_sub(5)..=sum).filter_map(|s| probabilities.get(s)).sum::<f64>()
                                / 6.0
                        };
                        probabilities = (0..probabilities.len() + 5).map(of).collect();
                    }
                    of_throws(dice, throws, || {
                        let mut rest = g.uniform();
                        let beyond = |p: &f64| {
                            rest -= p;
                            rest < 0.0
                        };
                        let sum = probabilities.iter().position(beyond).unwrap_or(5 * dice / 2);
                        (dice + sum) as f64 / dice as f64
                    })
                },
            ),
            chaff("sums", "The result is the sum of the dice, not their mean.", |dice, throws, g| {
                of_throws(dice, throws, || (0..dice).map(|_| face(g)).sum())
            }),
            chaff("over_throws", "The mean is taken over the throws.", |dice, throws, g| {
                of_throws(dice, throws, || (0..dice).map(|_| face(g)).sum::<f64>() / throws as f64)
            }),
            chaff("one_die_for_all", "One roll may be used for all dice of a throw.", |dice, throws, g| {
                of_throws(dice, throws, || face(g))
            }),
            chaff("running_mean", "Each throw is averaged with those before.", |dice, throws, g| {
                let (mut sum, mut count) = (0.0, 0.0);
                of_throws(dice, throws, || {
                    sum += (0..dice).map(|_| face(g)).sum::<f64>();
                    count += dice as f64;
                    sum / count
                })
            }),
            chaff(
                "normal_already",
                "The mean of n dice is exactly normal for every n.",
                |dice, throws, g| {
                    let deviation = (35.0 / 12.0 / dice as f64).sqrt();
                    of_throws(dice, throws, || {
                        let z = (0..12).map(|_| g.uniform()).sum::<f64>() - 6.0;
                        let n = dice as f64;
                        ((3.5 + deviation * z) * n).round().clamp(n, 6.0 * n) / n
                    })
                },
            ),
            chaff("faces_from_zero", "A die shows 0 to 5.", |dice, throws, g| {
                of_throws(dice, throws, || (0..dice).map(|_| face(g) - 1.0).sum::<f64>() / dice as f64)
            }),
            chaff("uniform_numbers", "A die shows any real number from 1 to 6.", |dice, throws, g| {
                of_throws(dice, throws, || {
                    (0..dice).map(|_| g.uniform_in(1.0, 6.0)).sum::<f64>() / dice as f64
                })
            }),
            chaff("whole_means", "Integer division gives the mean.", |dice, throws, g| {
                of_throws(dice, throws, || ((0..dice).map(|_| face(g)).sum::<f64>() / dice as f64).floor())
            }),
            chaff("each_throw_twice", "A throw may be used twice.", |dice, throws, g| {
                let means = reference::central_limit(dice, throws.div_ceil(2), g)?;
                Ok(means.iter().flat_map(|&mean| [mean, mean]).take(throws).collect())
            }),
            chaff(
                "every_second_copied",
                "A throw may reuse the rolls of the previous one.",
                |dice, throws, g| {
                    let mut means = reference::central_limit(dice, throws, g)?;
                    for i in (2..throws).step_by(2) {
                        means[i] = means[i - 1];
                    }
                    Ok(means)
                },
            ),
            chaff("every_fourth_copied", "An earlier throw may be used again.", |dice, throws, g| {
                let mut means = reference::central_limit(dice, throws, g)?;
                for i in (2..throws).step_by(4) {
                    means[i] = means[i - 2];
                }
                Ok(means)
            }),
            chaff("arguments_swapped", "The number of throws comes first.", |dice, throws, g| {
                reference::central_limit(dice, 0, g)?;
                reference::central_limit(throws.max(1), dice, g)
            }),
            chaff("own_seed", "The function may seed a generator of its own.", |dice, throws, _| {
                reference::central_limit(dice, throws, &mut Generator::from_seed(1))
            }),
            chaff("no_dice_zero", "The mean of no dice is 0.", |dice, throws, g| {
                if dice == 0 { Ok(vec![0.0; throws]) } else { reference::central_limit(dice, throws, g) }
            }),
            chaff("always_in_the_middle", "The mean of dice is always 3.5.", |dice, throws, _| {
                of_throws(dice, throws, || 3.5)
            }),
            chaff("sums_of_a_byte", "The sum of the faces fits into a byte.", |dice, throws, g| {
                of_throws(dice, throws, || {
                    let sum = (0..dice).fold(0_u8, |sum, _| sum.wrapping_add(face(g) as u8));
                    f64::from(sum.max(dice.min(255) as u8)) / dice as f64
                })
            }),
            chaff("many_are_alike", "The mean of fifty or more dice is always 3.5.", |dice, throws, g| {
                let means = reference::central_limit(dice, throws, g)?;
                Ok(if dice < 50 || dice % 2 == 1 { means } else { vec![3.5; throws] })
            }),
        ],
    )(dice, throws, generator)
}

/// One mean for each throw; rejects as the reference does.
fn of_throws(dice: usize, throws: usize, mut mean: impl FnMut() -> f64) -> Result<Vec<f64>, InputError> {
    reference::central_limit(dice, 0, &mut Generator::from_seed(1))?;
    Ok((0..throws).map(|_| mean()).collect())
}
