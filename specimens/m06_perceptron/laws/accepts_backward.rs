use kit::{Dense, Generator, Matrix};

use crate::reference::m06_perceptron::laws as reference;
use crate::reference::m06_perceptron::neuron::backward;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(&Dense, &Matrix, &Matrix) -> Dense;
type AcceptsBackward = fn(Claim) -> bool;

/// The kata, answered by a specimen.
pub fn accepts_backward(claimed: Claim) -> bool {
    answering::<AcceptsBackward>(
        module_path!(),
        reference::accepts_backward,
        &[
            wheat(
                "against_its_own",
                "compares with its own backpropagation, on numbers from a generator",
                |claimed| {
                    [(3, 2, 2), (2, 3, 2), (4, 1, 3)].into_iter().all(|shape| {
                        let (layer, x, t) = drawn(shape, 1);
                        near(&claimed(&layer, &x, &t), &layer, &x, &t, 1e-6)
                    })
                },
            ),
            wheat(
                "sample_by_sample",
                "compares a batch with its samples, and each sample along a random line",
                |claimed| {
                    [(3, 3, 3), (2, 2, 3)].into_iter().all(|shape| {
                        let (layer, x, t) = drawn(shape, 7);
                        let batch = claimed(&layer, &x, &t);
                        near(&batch, &layer, &x, &t, 1e-6)
                            && (0..x.rows()).all(|i| {
                                let one = |a: &Matrix| Matrix::from_fn(1, a.cols(), |_, j| a[(i, j)]);
                                near(&claimed(&layer, &one(&x), &one(&t)), &layer, &one(&x), &one(&t), 1e-6)
                            })
                    })
                },
            ),
            chaff("accepts_everything", "Every candidate is correct.", |_| true),
            chaff(
                "one_sample",
                "A candidate that is correct for one sample is correct for all.",
                |claimed| judged(claimed, &[(1, 2, 2), (1, 2, 3)]),
            ),
            chaff(
                "one_neuron",
                "A candidate that is correct for one neuron is correct for all.",
                |claimed| judged(claimed, &[(3, 2, 1)]),
            ),
            chaff("never_square", "A layer never has as many neurons as features.", |claimed| {
                judged(claimed, &[(3, 2, 3), (2, 3, 2)])
            }),
            chaff(
                "always_square",
                "A layer with as many neurons as features is enough as a test.",
                |claimed| judged(claimed, &[(2, 2, 2)]),
            ),
            chaff("at_zero", "Weights of zero are enough as a test.", |claimed| {
                [(3, 2, 2), (2, 3, 2)].into_iter().all(|shape| {
                    let (layer, x, t) = drawn(shape, 3);
                    let (k, n) = layer.weights.shape();
                    let zero = Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; k] };
                    near(&claimed(&zero, &x, &t), &zero, &x, &t, 1e-6)
                })
            }),
            chaff("weights_only", "Only the gradient of the weights has to be checked.", |claimed| {
                [(3, 2, 2), (2, 3, 2)].into_iter().all(|shape| {
                    let (layer, x, t) = drawn(shape, 4);
                    let bias = backward(&layer, &x, &t).map(|gradient| gradient.bias).unwrap_or_default();
                    near(&Dense { bias, ..claimed(&layer, &x, &t) }, &layer, &x, &t, 1e-6)
                })
            }),
            chaff(
                "all_but_the_last_derivative",
                "The last partial derivative need not be checked.",
                |claimed| {
                    [(3, 2, 2), (2, 3, 2), (3, 2, 3)].into_iter().all(|shape| {
                        let (layer, x, t) = drawn(shape, 4);
                        let (mut gradient, last) = (claimed(&layer, &x, &t), t.cols() - 1);
                        if gradient.bias.len() > last {
                            gradient.bias[last] =
                                backward(&layer, &x, &t).map_or(0.0, |right| right.bias[last]);
                        }
                        near(&gradient, &layer, &x, &t, 1e-6)
                    })
                },
            ),
            chaff("samples_of_ones", "Samples of ones are enough as a test.", |claimed| {
                [(3, 2, 2), (2, 3, 2)].into_iter().all(|shape| {
                    let (layer, x, t) = drawn(shape, 4);
                    let ones = Matrix::from_fn(x.rows(), x.cols(), |_, _| 1.0);
                    near(&claimed(&layer, &ones, &t), &layer, &ones, &t, 1e-6)
                })
            }),
            chaff("equal_targets", "Equal targets are enough as a test.", |claimed| {
                [(3, 2, 2), (2, 3, 2), (3, 2, 3)].into_iter().all(|shape| {
                    let (layer, x, t) = drawn(shape, 4);
                    let equal = Matrix::from_fn(t.rows(), t.cols(), |_, _| 0.25);
                    near(&claimed(&layer, &x, &equal), &layer, &x, &equal, 1e-6)
                })
            }),
            chaff("equal_weights", "Equal weights are enough as a test.", |claimed| {
                [(3, 2, 2), (2, 3, 2), (3, 2, 3)].into_iter().all(|shape| {
                    let (layer, x, t) = drawn(shape, 4);
                    let (k, n) = layer.weights.shape();
                    let equal = Dense { weights: Matrix::from_fn(k, n, |_, _| 0.5), bias: vec![0.5; k] };
                    near(&claimed(&equal, &x, &t), &equal, &x, &t, 1e-6)
                })
            }),
            chaff(
                "one_row_of_weights",
                "One row of weights and all biases are enough to check.",
                |claimed| {
                    [(3, 2, 2), (2, 3, 2), (3, 2, 3)].into_iter().all(|shape| {
                        let (layer, x, t) = drawn(shape, 4);
                        let (got, want) =
                            (claimed(&layer, &x, &t), backward(&layer, &x, &t).unwrap_or(layer.clone()));
                        if got.weights.shape() != want.weights.shape() {
                            return false;
                        }
                        let first = |c: usize, j: usize| {
                            if c == 0 { got.weights[(0, j)] } else { want.weights[(c, j)] }
                        };
                        let weights = Matrix::from_fn(want.weights.rows(), want.weights.cols(), first);
                        near(&Dense { weights, bias: got.bias }, &layer, &x, &t, 1e-6)
                    })
                },
            ),
            chaff("surplus_biases", "Surplus biases in the gradient are allowed.", |claimed| {
                [(3, 2, 2), (2, 3, 2), (3, 2, 3)].into_iter().all(|shape| {
                    let (layer, x, t) = drawn(shape, 4);
                    let mut gradient = claimed(&layer, &x, &t);
                    gradient.bias.truncate(layer.bias.len());
                    near(&gradient, &layer, &x, &t, 1e-6)
                })
            }),
            chaff("direction_only", "Only the direction of the gradient has to be checked.", |claimed| {
                [(3, 2, 2), (2, 3, 2)].into_iter().all(|shape| {
                    let (layer, x, t) = drawn(shape, 5);
                    let (got, want) =
                        (flat(&claimed(&layer, &x, &t)), flat(&backward(&layer, &x, &t).unwrap_or(layer)));
                    let inner = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
                    got.len() == want.len()
                        && inner(&got, &want) > 0.999 * (inner(&got, &got) * inner(&want, &want)).sqrt()
                })
            }),
            chaff("to_the_last_bit", "Two correct gradients agree to the last bit.", |claimed| {
                let (layer, x, t) = drawn((3, 2, 2), 6);
                backward(&layer, &x, &t).is_ok_and(|gradient| gradient == claimed(&layer, &x, &t))
            }),
            chaff("one_percent_is_close", "A tolerance of 1 % is strict enough.", |claimed| {
                [(3, 2, 2), (2, 3, 2)].into_iter().all(|shape| {
                    let (layer, x, t) = drawn(shape, 8);
                    near(&claimed(&layer, &x, &t), &layer, &x, &t, 1e-2)
                })
            }),
            chaff("a_step_helps", "A gradient is correct if a step against it lowers the loss.", |claimed| {
                [(3, 2, 2), (2, 3, 2)].into_iter().all(|shape| {
                    let (layer, x, t) = drawn(shape, 9);
                    let gradient = claimed(&layer, &x, &t);
                    let (k, n) = layer.weights.shape();
                    if gradient.weights.shape() != (k, n) || gradient.bias.len() != k {
                        return false;
                    }
                    let weights =
                        Matrix::from_fn(k, n, |c, j| layer.weights[(c, j)] - 0.1 * gradient.weights[(c, j)]);
                    let bias = layer.bias.iter().zip(&gradient.bias).map(|(b, s)| b - 0.1 * s).collect();
                    loss(&Dense { weights, bias }, &x, &t) < loss(&layer, &x, &t)
                })
            }),
        ],
    )(claimed)
}

fn judged(claimed: Claim, shapes: &[(usize, usize, usize)]) -> bool {
    shapes.iter().all(|shape| {
        let (layer, x, t) = drawn(*shape, 2);
        near(&claimed(&layer, &x, &t), &layer, &x, &t, 1e-6)
    })
}

/// A layer, m samples of n features, and targets for k neurons.
fn drawn((m, n, k): (usize, usize, usize), seed: u64) -> (Dense, Matrix, Matrix) {
    let mut generator = Generator::from_seed(seed);
    let mut numbers = |rows: usize, cols: usize| {
        let data: Vec<f64> = (0..rows * cols).map(|_| generator.uniform_in(-1.5, 1.5)).collect();
        Matrix::from_fn(rows, cols, |i, j| data[i * cols + j])
    };
    let (weights, bias) = (numbers(k, n), numbers(1, k).as_slice().to_vec());
    (Dense { weights, bias }, numbers(m, n), numbers(m, k))
}

fn flat(layer: &Dense) -> Vec<f64> {
    [layer.weights.as_slice(), &layer.bias].concat()
}

fn near(got: &Dense, layer: &Dense, x: &Matrix, t: &Matrix, tolerance: f64) -> bool {
    backward(layer, x, t).is_ok_and(|want| {
        got.weights.shape() == want.weights.shape()
            && got.bias.len() == want.bias.len()
            && flat(got).iter().zip(flat(&want)).all(|(got, want)| (got - want).abs() < tolerance)
    })
}

fn loss(layer: &Dense, x: &Matrix, t: &Matrix) -> f64 {
    let p = |i: usize, c: usize| {
        let z = layer.weights.row(c).iter().zip(x.row(i)).map(|(w, x)| w * x).sum::<f64>() + layer.bias[c];
        1.0 / (1.0 + (-z).exp())
    };
    (0..t.rows()).map(|i| (0..t.cols()).map(|c| (p(i, c) - t[(i, c)]).powi(2)).sum::<f64>()).sum()
}
