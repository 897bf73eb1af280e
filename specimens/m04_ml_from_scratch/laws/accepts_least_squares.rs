use kit::{Generator, Matrix};

use crate::reference::m04_ml_from_scratch::laws as reference;
use crate::reference::m04_ml_from_scratch::least_squares::normal_equation;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(&Matrix, &[f64]) -> (Vec<f64>, f64);
type AcceptsLeastSquares = fn(Claim) -> bool;

const Y: [f64; 8] = [1.0, 4.0, -2.0, 7.0, 0.5, -3.0, 9.0, 2.0];

/// The kata, answered by a specimen.
pub fn accepts_least_squares(claimed: Claim) -> bool {
    answering::<AcceptsLeastSquares>(
        module_path!(),
        reference::accepts_least_squares,
        &[
            wheat(
                "against_a_known_answer",
                "known w and b are recovered: errors of 2, −1, −1 at each corner",
                |claimed| known(claimed, 3, [2.0, -1.0, -1.0]),
            ),
            wheat(
                "no_neighbor_is_better",
                "nudges each of w and b both ways: the error may not fall",
                |claimed| {
                    (1..=3).all(|d| {
                        let x = cube(8, d, 1);
                        let (w, b) = claimed(&x, &Y);
                        if w.len() != d {
                            return false;
                        }
                        let best = error(&x, &Y, &w, b);
                        let nudged = |j: usize, by: f64| {
                            let (mut w, mut b) = (w.clone(), b);
                            *w.get_mut(j).unwrap_or(&mut b) += by;
                            error(&x, &Y, &w, b)
                        };
                        (0..=d).all(|j| nudged(j, 1e-4) > best && nudged(j, -1e-4) > best)
                    })
                },
            ),
            wheat(
                "errors_uncorrelated",
                "on random columns at right angles, moved off 0, the residuals know neither the constant \
                 nor a column",
                |claimed| {
                    let mut g = kit::Generator::from_seed(9);
                    (0..60).all(|round| {
                        let (d, n) = (1 + round % 3, 8 + round % 5);
                        let mut columns: Vec<Vec<f64>> = vec![vec![1.0; n]];
                        while columns.len() <= d {
                            let mut column: Vec<f64> = (0..n).map(|_| g.uniform_in(-4.0, 4.0)).collect();
                            for _ in 0..2 {
                                for q in &columns {
                                    let dot = |a: &[f64]| a.iter().zip(q).map(|(a, q)| a * q).sum::<f64>();
                                    let share = dot(&column) / dot(q);
                                    column.iter_mut().zip(q).for_each(|(c, q)| *c -= share * q);
                                }
                            }
                            if column.iter().map(|c| c * c).sum::<f64>() > 4.0
                                && column.iter().all(|c| c.abs() < 7.0)
                            {
                                columns.push(column);
                            }
                        }
                        let shift: Vec<f64> = (0..d).map(|_| g.uniform_in(-3.0, 3.0)).collect();
                        let x = Matrix::from_fn(n, d, |i, j| columns[j + 1][i] + shift[j]);
                        let y: Vec<f64> = (0..n).map(|_| g.uniform_in(-10.0, 10.0)).collect();
                        let (w, b) = claimed(&x, &y);
                        let residual =
                            |i: usize| x.row(i).iter().zip(&w).map(|(x, w)| x * w).sum::<f64>() + b - y[i];
                        w.len() == d
                            && columns
                                .iter()
                                .all(|c| (0..n).map(|i| residual(i) * c[i]).sum::<f64>().abs() < 1e-5)
                    })
                },
            ),
            chaff("accepts_everything", "Every candidate is correct.", |_| true),
            chaff("exact_data", "Exact data without noise are enough to test a regression.", |claimed| {
                (1..=3).all(|d| {
                    let x = cube(8, d, 1);
                    let w = vec![2.0; d];
                    let y: Vec<f64> = (0..8).map(|i| at(&x, i, &w, 1.0)).collect();
                    let (got, b) = claimed(&x, &y);
                    got.len() == d && error(&x, &y, &got, b) < 1e-12
                })
            }),
            chaff(
                "errors_in_pairs",
                "Errors of 1 and −1 in pairs are enough to tell least squares from everything else.",
                |claimed| known(claimed, 2, [1.0, -1.0, 0.0]),
            ),
            chaff(
                "one_feature",
                "A candidate that is correct for one feature is correct for all.",
                |claimed| stationary(claimed, 1..=1, true, true),
            ),
            chaff("intercept_only", "It is enough that the residuals sum to zero.", |claimed| {
                stationary(claimed, 1..=3, false, true)
            }),
            chaff(
                "features_only",
                "It is enough that the residuals are orthogonal to the features.",
                |claimed| stationary(claimed, 1..=3, true, false),
            ),
            chaff("through_the_origin", "Centered targets are enough to test a regression.", |claimed| {
                (1..=3).all(|d| {
                    let x = Matrix::from_fn(8, d, |i, j| if i >> j & 1 == 1 { 1.0 } else { -1.0 });
                    let mean = Y.iter().sum::<f64>() / 8.0;
                    let y: Vec<f64> = Y.iter().map(|y| y - mean).collect();
                    let (w, b) = claimed(&x, &y);
                    w.len() == d
                        && (0..d).all(|j| sum(&x, &y, &w, b, |i| x[(i, j)]).abs() < 1e-6)
                        && b.abs() < 1e-9
                })
            }),
            chaff("too_many_samples", "Any number of samples may be asked for.", |claimed| {
                known(claimed, 3, [2.0, -1.0, -1.0]) && {
                    let x = cube(120, 2, 15);
                    let y: Vec<f64> = (0..120).map(|i| at(&x, i, &[1.0, -2.0], 0.5)).collect();
                    let (w, b) = claimed(&x, &y);
                    w.len() == 2 && error(&x, &y, &w, b) < 1e-12
                }
            }),
            chaff("four_features", "Any number of features may be asked for.", |claimed| {
                let x = Matrix::from_fn(16, 4, |i, j| if i >> j & 1 == 1 { 3.0 } else { 0.5 });
                let y: Vec<f64> = (0..16).map(|i| Y[i % 8] + (i / 8) as f64).collect();
                let (w, b) = claimed(&x, &y);
                stationary(claimed, 1..=3, true, true)
                    && w.len() == 4
                    && (0..4).all(|j| sum(&x, &y, &w, b, |i| x[(i, j)]).abs() < 1e-4)
            }),
            chaff("large_entries", "Entries of any size may be asked for.", |claimed| {
                stationary(claimed, 1..=3, true, true) && {
                    let x = Matrix::from_fn(8, 1, |i, _| if i % 2 == 1 { 20.0 } else { 16.0 });
                    let (w, b) = claimed(&x, &Y);
                    w.len() == 1 && sum(&x, &Y, &w, b, |_| 1.0).abs() < 1e-4
                }
            }),
            chaff("a_constant_column", "A constant feature may be asked for.", |claimed| {
                stationary(claimed, 1..=3, true, true) && {
                    let (w, b) = claimed(&Matrix::from_fn(8, 1, |_, _| 2.0), &Y);
                    w.len() == 1 && w[0].is_finite() && b.is_finite()
                }
            }),
            chaff("to_the_last_bit", "Two correct implementations agree to the last bit.", |claimed| {
                (1..=3).all(|d| {
                    let x = Matrix::from_fn(8, d, |i, j| if i >> j & 1 == 1 { 0.7 } else { 0.1 });
                    normal_equation(&x, &Y).is_ok_and(|best| best == claimed(&x, &Y))
                })
            }),
            chaff("one_percent_is_close", "A tolerance of 0.05 is strict enough.", |claimed| {
                (1..=3).all(|d| {
                    let x = cube(8, d, 1);
                    let (w, b) = claimed(&x, &Y);
                    let near = |(got, best): (&f64, &f64)| (got - best).abs() < 0.05;
                    let best = normal_equation(&x, &Y).unwrap_or_default();
                    w.len() == d && w.iter().zip(&best.0).all(near) && (b - best.1).abs() < 0.05
                })
            }),
            chaff(
                "small_error_is_enough",
                "A model with an R² above 0 minimizes the mean squared error.",
                |claimed| {
                    let x = cube(8, 3, 1);
                    let (w, b) = claimed(&x, &Y);
                    let mean = Y.iter().sum::<f64>() / 8.0;
                    w.len() == 3 && error(&x, &Y, &w, b) < error(&x, &Y, &[0.0; 3], mean)
                },
            ),
            chaff(
                "better_than_random",
                "A model that beats a hundred random models minimizes the mean squared error.",
                |claimed| {
                    let (x, mut generator) = (cube(8, 2, 1), Generator::from_seed(1));
                    let (w, b) = claimed(&x, &Y);
                    let mut random = || generator.uniform_in(-3.0, 3.0);
                    w.len() == 2
                        && (0..100)
                            .all(|_| error(&x, &Y, &w, b) <= error(&x, &Y, &[random(), random()], random()))
                },
            ),
        ],
    )(claimed)
}

/// The corners of a cube, moved away from the origin; each `times` times in a row.
fn cube(n: usize, d: usize, times: usize) -> Matrix {
    Matrix::from_fn(n, d, |i, j| if (i / times) >> j & 1 == 1 { 3.0 } else { 0.5 })
}

/// Whether known weights come back, with these errors at each corner: they cancel, so no other model is closer.
fn known(claimed: Claim, times: usize, errors: [f64; 3]) -> bool {
    (1..=3).all(|d| {
        let x = cube(8 * times, d, times);
        let w: Vec<f64> = (0..d).map(|j| 1.5 - j as f64).collect();
        let off = |i: usize| (1.0 + (i / times) as f64) * errors[i % times];
        let y: Vec<f64> = (0..x.rows()).map(|i| at(&x, i, &w, 2.5) + off(i)).collect();
        let (got, b) = claimed(&x, &y);
        got.len() == d && got.iter().zip(&w).all(|(a, b)| (a - b).abs() < 1e-6) && (b - 2.5).abs() < 1e-6
    })
}

fn at(x: &Matrix, i: usize, w: &[f64], b: f64) -> f64 {
    x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b
}

fn error(x: &Matrix, y: &[f64], w: &[f64], b: f64) -> f64 {
    (0..y.len()).map(|i| (at(x, i, w, b) - y[i]).powi(2)).sum()
}

fn sum(x: &Matrix, y: &[f64], w: &[f64], b: f64, weight: impl Fn(usize) -> f64) -> f64 {
    (0..y.len()).map(|i| (at(x, i, w, b) - y[i]) * weight(i)).sum()
}

fn stationary(
    claimed: Claim,
    mut features: std::ops::RangeInclusive<usize>,
    along_x: bool,
    along_1: bool,
) -> bool {
    features.all(|d| {
        let x = cube(8, d, 1);
        let (w, b) = claimed(&x, &Y);
        let vanishes = |weight: &dyn Fn(usize) -> f64| sum(&x, &Y, &w, b, weight).abs() < 1e-4;
        w.len() == d
            && (!along_1 || vanishes(&|_| 1.0))
            && (!along_x || (0..d).all(|j| vanishes(&|i| x[(i, j)])))
    })
}
