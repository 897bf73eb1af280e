use kit::{Generator, Matrix};

use super::super::normalizing::{BOTH, RIGHT, Ways, by_jacobian, staged};
use crate::reference::x3_regularization::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(&Matrix, &Matrix) -> Matrix;
type AcceptsLayerNormBackward = fn(Claim) -> bool;

const EPSILON: f64 = 1.0 / 16.0;

/// The kata, answered by a specimen.
pub fn accepts_layer_norm_backward(candidate: Claim) -> bool {
    answering::<AcceptsLayerNormBackward>(
        module_path!(),
        reference::accepts_layer_norm_backward,
        &[
            wheat("jacobian", "compares with the product with the Jacobian matrix", |candidate| {
                drawn(300, [6, 6, 17])
                    .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, by_jacobian), 1e-8))
            }),
            wheat("few_values", "takes entries with few values, and others with many", |candidate| {
                [1, 2, 3, 17].into_iter().all(|values| {
                    drawn(100, [6, 6, values])
                        .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
                })
            }),
            wheat(
                "differences",
                "compares with extrapolated differences of the loss, and constant rows by formula",
                |candidate| {
                    drawn(300, [6, 6, 9]).all(|(g, x)| {
                        let got = candidate(&g, &x);
                        is_near(&got, &by_differences(&g, &x), 1e-5)
                            && is_near(&got, &expected(&g, &x, exact), 1e-8)
                    })
                },
            ),
            chaff("accepts_everything", "Every candidate is correct.", |_| true),
            chaff("rejects_everything", "No candidate is correct.", |_| false),
            chaff("to_the_last_bit", "Two correct gradients agree to the last bit.", |candidate| {
                drawn(200, [6, 6, 17]).all(|(g, x)| candidate(&g, &x) == expected(&g, &x, exact))
            }),
            chaff("rough", "A tolerance of 0.01 is strict enough.", |candidate| {
                drawn(200, [6, 6, 17])
                    .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 0.01))
            }),
            chaff("sums_only", "A gradient whose rows sum to 0 is right.", |candidate| {
                drawn(200, [6, 6, 17]).all(|(g, x)| {
                    let got = candidate(&g, &x);
                    got.shape() == x.shape()
                        && (0..x.rows()).all(|i| got.row(i).iter().sum::<f64>().abs() < 1e-6)
                })
            }),
            chaff("shape_unchecked", "The shape need not be checked.", |candidate| {
                drawn(200, [6, 6, 17]).all(|(g, x)| {
                    let (got, want) = (candidate(&g, &x), expected(&g, &x, exact));
                    got.as_slice().iter().zip(want.as_slice()).all(|(got, want)| (got - want).abs() < 1e-8)
                })
            }),
            chaff("one_sample", "One sample is enough as a test.", |candidate| {
                drawn(200, [1, 6, 17])
                    .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
            }),
            chaff("one_feature", "One feature is enough as a test.", |candidate| {
                drawn(200, [6, 1, 17])
                    .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
            }),
            chaff("two_features", "Two features are enough as a test.", |candidate| {
                drawn(200, [6, 2, 17])
                    .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
            }),
            chaff("never_constant", "A constant row is no test.", |candidate| {
                drawn(400, [6, 6, 17])
                    .filter(|(_, x)| (0..x.rows()).all(|i| x.row(i).iter().any(|value| *value != x[(i, 0)])))
                    .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
            }),
            chaff("always_constant", "Constant rows are the hard case.", |candidate| {
                drawn(200, [6, 6, 1])
                    .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
            }),
            chaff("equal_gradients", "An upstream gradient of 1 shows everything.", |candidate| {
                drawn(200, [6, 6, 17]).all(|(_, x)| {
                    let g = Matrix::from_fn(x.rows(), x.cols(), |_, _| 1.0);
                    is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8)
                })
            }),
            chaff("first_row", "The first row shows whether the others are right.", |candidate| {
                drawn(200, [6, 6, 17]).all(|(g, x)| {
                    let (got, want) = (candidate(&g, &x), expected(&g, &x, exact));
                    got.shape() == x.shape()
                        && got.row(0).iter().zip(want.row(0)).all(|(got, want)| (got - want).abs() < 1e-8)
                })
            }),
            chaff("constant_variance", "The variance is a constant.", |candidate| {
                drawn(200, [6, 6, 17]).all(|(g, x)| {
                    let one = |g: &[f64], x: &[f64], e| {
                        staged(g, x, e, &RIGHT, Ways { mean: true, variance: false })
                    };
                    is_near(&candidate(&g, &x), &expected(&g, &x, one), 1e-8)
                })
            }),
            chaff("nan_is_near", "What is not far is near.", |candidate| {
                drawn(200, [6, 6, 17]).all(|(g, x)| {
                    let (got, want) = (candidate(&g, &x), expected(&g, &x, exact));
                    got.shape() == x.shape()
                        && !got
                            .as_slice()
                            .iter()
                            .zip(want.as_slice())
                            .any(|(got, want)| (got - want).abs() > 1e-8)
                })
            }),
            chaff("directions", "A gradient that points the same way is right.", |candidate| {
                drawn(200, [6, 6, 17]).all(|(g, x)| {
                    let (got, want) = (candidate(&g, &x), expected(&g, &x, exact));
                    let dot = |a: &Matrix, b: &Matrix| -> f64 {
                        a.as_slice().iter().zip(b.as_slice()).map(|(a, b)| a * b).sum()
                    };
                    let (along, sizes) = (dot(&got, &want), (dot(&got, &got) * dot(&want, &want)).sqrt());
                    got.shape() == want.shape() && along >= sizes - 1e-7 * (1.0 + sizes)
                })
            }),
            chaff("three_samples", "Three samples are enough as a test.", |candidate| {
                drawn(300, [3, 6, 17])
                    .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
                    && drawn(300, [3, 6, 1])
                        .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
            }),
            chaff("four_features", "Four features are enough as a test.", |candidate| {
                drawn(300, [6, 4, 17])
                    .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
                    && drawn(300, [6, 4, 1])
                        .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
            }),
            chaff("last_row", "The last row shows whether the others are right.", |candidate| {
                [1, 3, 17].into_iter().all(|values| {
                    drawn(200, [6, 6, values]).all(|(g, x)| {
                        let (got, want, n) = (candidate(&g, &x), expected(&g, &x, exact), x.rows() - 1);
                        got.shape() == x.shape()
                            && got.row(n).iter().zip(want.row(n)).all(|(got, want)| (got - want).abs() < 1e-8)
                    })
                })
            }),
            chaff("first_column", "The first feature shows whether the others are right.", |candidate| {
                [1, 3, 17].into_iter().all(|values| {
                    drawn(200, [6, 6, values]).all(|(g, x)| {
                        let (got, want) = (candidate(&g, &x), expected(&g, &x, exact));
                        got.shape() == x.shape()
                            && (0..x.rows()).all(|i| (got[(i, 0)] - want[(i, 0)]).abs() < 1e-8)
                    })
                })
            }),
            chaff("last_column", "The last feature shows whether the others are right.", |candidate| {
                [1, 3, 17].into_iter().all(|values| {
                    drawn(200, [6, 6, values]).all(|(g, x)| {
                        let (got, want, d) = (candidate(&g, &x), expected(&g, &x, exact), x.cols() - 1);
                        got.shape() == x.shape()
                            && (0..x.rows()).all(|i| (got[(i, d)] - want[(i, d)]).abs() < 1e-8)
                    })
                })
            }),
            chaff("square_only", "A square batch is enough as a test.", |candidate| {
                [1, 3, 17].into_iter().all(|values| {
                    drawn(900, [6, 6, values])
                        .filter(|(g, _)| g.rows() == g.cols())
                        .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
                })
            }),
            chaff("odd_features", "An odd number of features is enough as a test.", |candidate| {
                [1, 3, 17].into_iter().all(|values| {
                    drawn(900, [6, 6, values])
                        .filter(|(g, _)| g.cols() % 2 == 1)
                        .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
                })
            }),
            chaff("never_alone", "One sample or one feature is no test.", |candidate| {
                [1, 3, 17].into_iter().all(|values| {
                    drawn(300, [6, 6, values])
                        .filter(|(g, _)| g.rows() > 1 && g.cols() > 1)
                        .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
                })
            }),
            chaff("five_by_five", "Five samples with five features are enough as a test.", |candidate| {
                [1, 3, 17].into_iter().all(|values| {
                    drawn(300, [5, 5, values])
                        .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
                })
            }),
            chaff(
                "beyond_six",
                "A candidate is right for any number of samples and features.",
                |candidate| {
                    [1, 3, 17].into_iter().all(|values| {
                        drawn(300, [8, 8, values])
                            .all(|(g, x)| is_near(&candidate(&g, &x), &expected(&g, &x, exact), 1e-8))
                    })
                },
            ),
        ],
    )(candidate)
}

fn exact(g: &[f64], x: &[f64], epsilon: f64) -> Vec<f64> {
    staged(g, x, epsilon, &RIGHT, BOTH)
}

fn expected(g: &Matrix, x: &Matrix, row: fn(&[f64], &[f64], f64) -> Vec<f64>) -> Matrix {
    let rows: Vec<Vec<f64>> = (0..x.rows()).map(|i| row(g.row(i), x.row(i), EPSILON)).collect();
    Matrix::from_fn(x.rows(), x.cols(), |i, j| rows[i][j])
}

fn is_near(got: &Matrix, want: &Matrix, tolerance: f64) -> bool {
    got.shape() == want.shape()
        && got.as_slice().iter().zip(want.as_slice()).all(|(got, want)| (got - want).abs() < tolerance)
}

/// Upstream gradients and activations: up to so many samples, features and values.
fn drawn(rounds: usize, most: [usize; 3]) -> impl Iterator<Item = (Matrix, Matrix)> {
    let mut generator = Generator::from_seed(5);
    (0..rounds).map(move |_| {
        let [n, d, values] = most.map(|most| 1 + generator.below(most));
        let mut matrix = |values: usize| {
            let mut matrix = Matrix::zeros(n, d);
            (0..n * d).for_each(|k| matrix[(k / d, k % d)] = generator.below(values) as f64 - 8.0);
            matrix
        };
        (matrix(17), matrix(values))
    })
}

/// (4·D(h) − D(2h))/3 of the loss Σ g·x̂.
fn by_differences(g: &Matrix, x: &Matrix) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| {
        let loss = |by: f64| -> f64 {
            let mut row = x.row(i).to_vec();
            row[j] += by;
            RIGHT.normalized(&row, EPSILON).iter().zip(g.row(i)).map(|(x_hat, g)| x_hat * g).sum()
        };
        let difference = |h: f64| (loss(h) - loss(-h)) / (2.0 * h);
        let h = 1.0 / 1024.0;
        (4.0 * difference(h) - difference(2.0 * h)) / 3.0
    })
}
