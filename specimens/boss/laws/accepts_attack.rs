use kit::{Dense, Generator, Matrix};

use crate::reference::boss::adversarial::fgsm;
use crate::reference::boss::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(&Dense, &[f64], usize, f64) -> Vec<f64>;
type AcceptsAttack = fn(Claim) -> bool;
/// A layer, an image, its label and ε.
type Question = (Dense, Vec<f64>, usize, f64);

/// The kata, answered by a specimen.
pub fn accepts_attack(claimed: Claim) -> bool {
    answering::<AcceptsAttack>(
        module_path!(),
        reference::accepts_attack,
        &[
            wheat(
                "against_its_own",
                "compares the loss with that of its own attack, on random inputs",
                |claimed| {
                    drawn(60, 1).iter().all(|question| {
                        keeps_limits(claimed, question, 1e-8) && strong(claimed, question, 1e-6)
                    }) && many_pixels(claimed)
                },
            ),
            chaff("few_pixels", "What is right for six pixels is right for sixteen.", |claimed| {
                drawn(60, 1)
                    .iter()
                    .all(|question| keeps_limits(claimed, question, 1e-8) && strong(claimed, question, 1e-6))
            }),
            wheat("every_corner", "tries all corners of the feasible box, for three pixels", |claimed| {
                let small = drawn(400, 2).into_iter().filter(|(_, x, _, _)| x.len() <= 3);
                small.into_iter().all(|question| {
                    let (layer, x, label, epsilon) = &question;
                    let corner = |number: usize| -> Vec<f64> {
                        let end =
                            |i: usize| if number >> i & 1 == 1 { x[i] + epsilon } else { x[i] - epsilon };
                        (0..x.len()).map(|i| end(i).clamp(0.0, 1.0)).collect()
                    };
                    let margins = (0..1 << x.len()).map(|number| margin(layer, &corner(number), *label));
                    let best = margins.fold(f64::NEG_INFINITY, f64::max);
                    keeps_limits(claimed, &question, 1e-8)
                        && margin(layer, &claimed(layer, x, *label, *epsilon), *label) > best - 3e-6
                }) && many_pixels(claimed)
            }),
            chaff("accepts_everything", "Every candidate may be accepted.", |_| true),
            chaff("rejects_everything", "Rejecting every candidate is safe.", |_| false),
            chaff("limits_only", "An attack that keeps the limits is right.", |claimed| {
                drawn(60, 3).iter().all(|question| keeps_limits(claimed, question, 1e-8))
            }),
            chaff(
                "strength_only",
                "An attack with a larger loss is right, whatever the limits.",
                |claimed| {
                    drawn(60, 4).iter().all(|question| {
                        claimed(&question.0, &question.1, question.2, question.3).len() == question.1.len()
                            && strong(claimed, question, 1e-6)
                    })
                },
            ),
            chaff("more_loss_than_before", "An attack that raises the loss is right.", |claimed| {
                drawn(60, 5).iter().all(|question| {
                    let (layer, x, label, epsilon) = question;
                    let raised = || {
                        margin(layer, &claimed(layer, x, *label, *epsilon), *label)
                            >= margin(layer, x, *label)
                    };
                    keeps_limits(claimed, question, 1e-8) && raised()
                })
            }),
            chaff("one_pixel", "A candidate that is right for one pixel is right for all.", |claimed| {
                let small = drawn(200, 6).into_iter().filter(|(_, x, _, _)| x.len() == 1);
                small.into_iter().all(|question| {
                    keeps_limits(claimed, &question, 1e-8) && strong(claimed, &question, 1e-6)
                })
            }),
            chaff("gray_images", "Gray images are enough to test with.", |claimed| {
                drawn(60, 7).into_iter().all(|(layer, x, label, epsilon)| {
                    let question = (layer, vec![0.5; x.len()], label, epsilon.min(0.4));
                    keeps_limits(claimed, &question, 1e-8) && strong(claimed, &question, 1e-6)
                })
            }),
            chaff("black_images", "Black images are enough to test with.", |claimed| {
                drawn(60, 10).into_iter().all(|(layer, x, label, epsilon)| {
                    let question = (layer, vec![0.0; x.len()], label, epsilon);
                    keeps_limits(claimed, &question, 1e-8) && strong(claimed, &question, 1e-6)
                })
            }),
            chaff("label_one", "One label is enough to test with.", |claimed| {
                drawn(60, 8).into_iter().all(|(layer, x, _, epsilon)| {
                    let question = (layer, x, 0, epsilon);
                    keeps_limits(claimed, &question, 1e-8) && strong(claimed, &question, 1e-6)
                })
            }),
            chaff(
                "correct_before_only",
                "Correctly classified samples are enough to test with.",
                |claimed| {
                    let right = drawn(200, 9)
                        .into_iter()
                        .filter(|(layer, x, label, _)| margin(layer, x, *label) < 0.0);
                    right.into_iter().all(|question| {
                        keeps_limits(claimed, &question, 1e-8) && strong(claimed, &question, 1e-6)
                    })
                },
            ),
            chaff("pixels_of_fgsm", "The strongest attack is FGSM to the last bit.", |claimed| {
                drawn(60, 10).iter().all(|(layer, x, label, epsilon)| {
                    fgsm(std::slice::from_ref(layer), x, *label, *epsilon)
                        .is_ok_and(|own| own == claimed(layer, x, *label, *epsilon))
                })
            }),
            chaff(
                "limits_to_the_last_bit",
                "The limits hold to the last bit, without rounding.",
                |claimed| {
                    drawn(200, 11).iter().all(|question| {
                        keeps_limits(claimed, question, 0.0) && strong(claimed, question, 1e-6)
                    })
                },
            ),
            chaff(
                "nan_is_not_weaker",
                "An attack is right unless another is stronger (NaN passes).",
                |claimed| {
                    drawn(60, 12).iter().all(|question| {
                        let (layer, x, label, epsilon) = question;
                        let got = claimed(layer, x, *label, *epsilon);
                        let outside = |(new, old): (&f64, &f64)| {
                            (new - old).abs() > epsilon + 1e-8 || *new < -1e-8 || *new > 1.0 + 1e-8
                        };
                        let weaker = best(question) - margin(layer, &got, *label) > 1e-6;
                        got.len() == x.len() && !got.iter().zip(x).any(outside) && !weaker
                    })
                },
            ),
            chaff("two_hundredths_are_near", "Pixels 0.02 beyond the limits are near enough.", |claimed| {
                drawn(60, 13)
                    .iter()
                    .all(|question| keeps_limits(claimed, question, 0.02) && strong(claimed, question, 1e-6))
            }),
            chaff("one_epsilon", "One ε is enough to test with.", |claimed| {
                drawn(60, 21).into_iter().all(|(l, x, y, _)| {
                    let q = (l, x, y, 0.3);
                    keeps_limits(claimed, &q, 1e-8) && strong(claimed, &q, 1e-6)
                })
            }),
            chaff("small_epsilons", "Small values of ε are enough to test with.", |claimed| {
                drawn(60, 22).into_iter().all(|(l, x, y, _)| {
                    let q = (l, x, y, 0.01);
                    keeps_limits(claimed, &q, 1e-8) && strong(claimed, &q, 1e-6)
                })
            }),
            chaff("nearly_as_strong", "An attack that is a tenth weaker is as strong.", |claimed| {
                drawn(60, 25).iter().all(|q| keeps_limits(claimed, q, 1e-8) && strong(claimed, q, 0.1))
            }),
            chaff("limit_on_average", "ε limits the mean perturbation.", |claimed| {
                drawn(60, 26).iter().all(|q| {
                    let (l, x, y, e) = q;
                    let got = claimed(l, x, *y, *e);
                    got.len() == x.len()
                        && got.iter().all(|p| (-1e-8..=1.0 + 1e-8).contains(p))
                        && got.iter().zip(x).map(|(a, b)| (a - b).abs()).sum::<f64>() / x.len() as f64
                            <= e + 1e-8
                        && strong(claimed, q, 1e-6)
                })
            }),
            wheat("pixel_by_pixel", "checks each pixel with influence for being at its limit", |claimed| {
                drawn(80, 31).iter().all(|question| {
                    let (layer, x, label, epsilon) = question;
                    let got = claimed(layer, x, *label, *epsilon);
                    let at_its_end = |i: usize| {
                        let gain = layer.weights[(1 - label, i)] - layer.weights[(*label, i)];
                        let end =
                            if gain > 0.0 { (x[i] + epsilon).min(1.0) } else { (x[i] - epsilon).max(0.0) };
                        ((got[i] - end) * gain).abs() <= 2e-6
                    };
                    keeps_limits(claimed, question, 1e-8) && (0..x.len()).all(at_its_end)
                }) && many_pixels(claimed)
            }),
            wheat("against_many_others", "no corner and no random point may have a larger loss", |claimed| {
                let mut generator = Generator::from_seed(77);
                drawn(120, 5).iter().all(|question| {
                    let (layer, x, label, epsilon) = question;
                    let got = claimed(layer, x, *label, *epsilon);
                    let ends: Vec<[f64; 2]> =
                        x.iter().map(|x| [(x - epsilon).max(0.0), (x + epsilon).min(1.0)]).collect();
                    let inside = |(x, [low, high]): (&f64, &[f64; 2])| (low - 5e-9..=high + 5e-9).contains(x);
                    got.len() == x.len()
                        && got.iter().zip(&ends).all(inside)
                        && (0..1 << x.len()).all(|k| {
                            let corner: Vec<f64> = (0..x.len()).map(|i| ends[i][k >> i & 1]).collect();
                            let t = generator.uniform();
                            let between: Vec<f64> =
                                corner.iter().zip(x).map(|(end, x)| t * end + (1.0 - t) * x).collect();
                            let own = margin(layer, &got, *label);
                            [corner, between].iter().all(|x| margin(layer, x, *label) <= own + 2e-6)
                        })
                }) && many_pixels(claimed)
            }),
        ],
    )(claimed)
}

fn drawn(count: usize, seed: u64) -> Vec<Question> {
    questions(count, seed, 1..=6)
}

/// Nine to sixteen pixels.
fn many_pixels(claimed: Claim) -> bool {
    let all = questions(40, 91, 9..=16);
    all.iter().all(|question| keeps_limits(claimed, question, 1e-8) && strong(claimed, question, 1e-6))
}

fn questions(count: usize, seed: u64, pixels: std::ops::RangeInclusive<usize>) -> Vec<Question> {
    let mut generator = Generator::from_seed(seed);
    let mut question = |k: usize| {
        let n = pixels.start() + k % (pixels.end() - pixels.start() + 1);
        let numbers: Vec<f64> = (0..2 * n).map(|_| generator.uniform_in(-3.0, 3.0)).collect();
        let weights = Matrix::from_fn(2, n, |c, j| numbers[c * n + j]);
        let bias = (0..2).map(|_| generator.uniform_in(-3.0, 3.0)).collect();
        // Some pixels stand at an end of the range already.
        let x = (0..n).map(|_| generator.uniform_in(-0.3, 1.3).clamp(0.0, 1.0)).collect();
        (Dense { weights, bias }, x, k % 2, [0.05, 0.3, 1.0, 0.0, 1.75][k % 5])
    };
    (0..count).map(&mut question).collect()
}

/// z_other − z_label.
fn margin(Dense { weights, bias }: &Dense, x: &[f64], label: usize) -> f64 {
    let z = |c: usize| weights.row(c).iter().zip(x).map(|(w, x)| w * x).sum::<f64>() + bias[c];
    z(1 - label) - z(label)
}

/// The largest margin that is possible.
fn best((layer, x, label, epsilon): &Question) -> f64 {
    let to = |i: usize| {
        let gain = layer.weights[(1 - label, i)] - layer.weights[(*label, i)];
        if gain > 0.0 { (x[i] + epsilon).min(1.0) } else { (x[i] - epsilon).max(0.0) }
    };
    margin(layer, &(0..x.len()).map(to).collect::<Vec<_>>(), *label)
}

fn keeps_limits(claimed: Claim, (layer, x, label, epsilon): &Question, tolerance: f64) -> bool {
    let got = claimed(layer, x, *label, *epsilon);
    let inside = |(new, old): (&f64, &f64)| {
        (new - old).abs() <= epsilon + tolerance && *new >= -tolerance && *new <= 1.0 + tolerance
    };
    got.len() == x.len() && got.iter().zip(x).all(inside)
}

fn strong(claimed: Claim, question: &Question, tolerance: f64) -> bool {
    let (layer, x, label, epsilon) = question;
    margin(layer, &claimed(layer, x, *label, *epsilon), *label) >= best(question) - tolerance
}
