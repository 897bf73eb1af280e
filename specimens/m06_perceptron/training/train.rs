use kit::{Dense, InputError, Matrix};

use super::super::scaled;
use crate::reference::m06_perceptron::neuron::{backward, forward};
use crate::reference::m06_perceptron::training as reference;
use crate::reference::m06_perceptron::training::update;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{by, one_matrix, only, recursive, until};

type Trained = Result<(Dense, Vec<f64>), InputError>;

type Train = fn(&Dense, &Matrix, &Matrix, f64, usize) -> Trained;

/// The kata, answered by a specimen.
pub fn train(layer: &Dense, x: &Matrix, targets: &Matrix, learning_rate: f64, steps: usize) -> Trained {
    answering::<Train>(
        module_path!(),
        reference::train,
        &[
            wheat("recursive", "one step, then all the others", |layer, x, t, rate, steps| {
                reference::train(layer, x, t, rate, steps)?;
                recursive(layer, x, t, rate, steps)
            }),
            wheat(
                "sample_by_sample",
                "adds up the gradients of one sample after the other",
                |layer, x, t, rate, steps| {
                    by(layer, x, t, rate, steps, |layer, x, t, rate, _| {
                        let mut moved = layer.clone();
                        for i in 0..x.rows() {
                            let gradient = backward(layer, &only(x, i), &only(t, i))?;
                            moved = update(&moved, &gradient, rate / x.rows() as f64)?;
                        }
                        Ok(moved)
                    })
                },
            ),
            chaff("climbs", "A step adds the gradient.", |layer, x, t, rate, steps| {
                by(layer, x, t, rate, steps, |layer, x, t, rate, _| {
                    update(layer, &scaled(&backward(layer, x, t)?, -1.0), rate)
                })
            }),
            chaff(
                "from_zero",
                "Training starts at zero, not at the given layer.",
                |layer, x, t, rate, steps| reference::train(&scaled(layer, 0.0), x, t, rate, steps),
            ),
            chaff(
                "bias_first",
                "The gradient of the weights is taken after the biases have moved.",
                |layer, x, t, rate, steps| {
                    by(layer, x, t, rate, steps, |layer, x, t, rate, _| {
                        let bias = update(layer, &backward(layer, x, t)?, rate)?.bias;
                        let moved = Dense { weights: layer.weights.clone(), bias };
                        let weights = update(&moved, &backward(&moved, x, t)?, rate)?.weights;
                        Ok(Dense { weights, ..moved })
                    })
                },
            ),
            chaff("bias_stays", "Only the weights are trained.", |layer, x, t, rate, steps| {
                by(layer, x, t, rate, steps, |layer, x, t, rate, _| {
                    let moved = update(layer, &backward(layer, x, t)?, rate)?;
                    Ok(Dense { bias: layer.bias.clone(), ..moved })
                })
            }),
            chaff(
                "after_each_sample",
                "The layer is updated after each sample (stochastic gradient descent).",
                |layer, x, t, rate, steps| {
                    by(layer, x, t, rate, steps, |layer, x, t, rate, _| {
                        let one = |layer: Dense, i: usize| {
                            let gradient = backward(&layer, &only(x, i), &only(t, i))?;
                            update(&layer, &gradient, rate / x.rows() as f64)
                        };
                        (0..x.rows()).try_fold(layer.clone(), one)
                    })
                },
            ),
            chaff(
                "first_sample_only",
                "Each step uses the gradient of one sample.",
                |layer, x, t, rate, steps| {
                    by(layer, x, t, rate, steps, |layer, x, t, rate, _| {
                        update(layer, &backward(layer, &only(x, 0), &only(t, 0))?, rate)
                    })
                },
            ),
            chaff(
                "summed_gradients",
                "The gradient is the sum over all samples.",
                |layer, x, t, rate, steps| {
                    by(layer, x, t, rate, steps, |layer, x, t, rate, _| {
                        update(layer, &scaled(&backward(layer, x, t)?, x.rows() as f64), rate)
                    })
                },
            ),
            chaff(
                "summed_losses",
                "The reported losses are sums over all samples.",
                |layer, x, t, rate, steps| {
                    let (layer, losses) = reference::train(layer, x, t, rate, steps)?;
                    Ok((layer, losses.iter().map(|loss| loss * x.rows() as f64).collect()))
                },
            ),
            chaff(
                "derivative_forgotten",
                "The gradient is that of the cross-entropy, without σ′.",
                |layer, x, t, rate, steps| {
                    by(layer, x, t, rate, steps, |layer, x, t, rate, _| {
                        let p = forward(layer, x)?;
                        let mean = |c: usize, input: &dyn Fn(usize) -> f64| {
                            (0..x.rows()).map(|i| (p[(i, c)] - t[(i, c)]) * input(i)).sum::<f64>()
                                / x.rows() as f64
                        };
                        let weights = Matrix::from_fn(p.cols(), x.cols(), |c, j| mean(c, &|i| x[(i, j)]));
                        let bias = (0..p.cols()).map(|c| mean(c, &|_| 1.0)).collect();
                        update(layer, &Dense { weights, bias }, rate)
                    })
                },
            ),
            chaff("rate_decays", "The learning rate decays by itself.", |layer, x, t, rate, steps| {
                by(layer, x, t, rate, steps, |layer, x, t, rate, k| {
                    update(layer, &backward(layer, x, t)?, rate / (k + 1) as f64)
                })
            }),
            chaff("one_step_more", "The loop takes steps + 1 steps.", |layer, x, t, rate, steps| {
                reference::train(layer, x, t, rate, steps + 1)
            }),
            chaff(
                "first_loss_missing",
                "The loss before the first step is not reported.",
                |layer, x, t, rate, steps| {
                    let (layer, losses) = reference::train(layer, x, t, rate, steps)?;
                    Ok((layer, losses[1..].to_vec()))
                },
            ),
            chaff("losses_one_late", "Each loss is reported one step late.", |layer, x, t, rate, steps| {
                let (layer, mut losses) = reference::train(layer, x, t, rate, steps)?;
                losses.rotate_right(1);
                losses[0] = *losses.get(1).unwrap_or(&losses[0]);
                Ok((layer, losses))
            }),
            chaff(
                "stops_when_it_rises",
                "Training stops when the loss rises.",
                |layer, x, t, rate, steps| {
                    let (layer, losses) = reference::train(layer, x, t, rate, steps)?;
                    let rises = losses.windows(2).position(|pair| pair[1] > pair[0]);
                    Ok((layer, losses[..rises.map_or(losses.len(), |k| k + 1)].to_vec()))
                },
            ),
            chaff(
                "rests_when_it_rises",
                "When the loss rises, later steps change nothing.",
                |layer, x, t, rate, steps| until(layer, x, t, rate, steps, |before, after| after > before),
            ),
            chaff(
                "rests_when_it_stands",
                "When the loss changes by less than 10⁻⁹, training has converged.",
                |layer, x, t, rate, steps| {
                    until(layer, x, t, rate, steps, |before, after| (before - after).abs() < 1e-9)
                },
            ),
            chaff(
                "any_bias",
                "An infinite bias is allowed: the neuron is saturated.",
                |layer, x, t, rate, steps| match reference::train(layer, x, t, rate, steps) {
                    Err(InputError::NotFinite { name: "bias", .. }) => {
                        Ok((layer.clone(), vec![0.5; steps + 1]))
                    }
                    answer => answer,
                },
            ),
            chaff("any_rate", "The learning rate need not be checked.", |layer, x, t, rate, steps| {
                match reference::train(layer, x, t, rate, steps) {
                    Err(InputError::OutOfRange { .. }) => reference::train(layer, x, t, 1.0, steps),
                    answer => answer,
                }
            }),
            chaff(
                "nan_rate_passes",
                "A learning rate that is not ≤ 0 is positive, even NaN.",
                |layer, x, t, rate, steps| {
                    reference::train(layer, x, t, if rate.is_finite() { rate } else { 1.0 }, steps)
                },
            ),
            chaff(
                "infinite_layer",
                "Parameters that have diverged are returned as they are.",
                |layer, x, t, rate, steps| match reference::train(layer, x, t, rate, steps) {
                    Err(InputError::NotConverged { .. }) => {
                        Ok((scaled(layer, f64::INFINITY), vec![f64::NAN; steps + 1]))
                    }
                    answer => answer,
                },
            ),
            chaff(
                "no_steps_no_questions",
                "With 0 steps nothing needs to be checked.",
                |layer, x, t, rate, steps| {
                    if steps == 0 {
                        Ok((layer.clone(), vec![0.0]))
                    } else {
                        reference::train(layer, x, t, rate, steps)
                    }
                },
            ),
            chaff("targets_clipped", "Targets are clipped to 0 to 1.", |layer, x, targets, rate, steps| {
                reference::train(layer, x, targets, rate, steps)?;
                reference::train(
                    layer,
                    x,
                    &Matrix::from_fn(targets.rows(), targets.cols(), |i, c| targets[(i, c)].clamp(0.0, 1.0)),
                    rate,
                    steps,
                )
            }),
            chaff(
                "step_of_divergence",
                "`NotConverged` reports the step at which the descent diverged.",
                |layer, x, targets, rate, steps| match reference::train(layer, x, targets, rate, steps) {
                    Err(InputError::NotConverged { residual, .. }) => {
                        let at = (0..=steps)
                            .find(|s| reference::train(layer, x, targets, rate, *s).is_err())
                            .unwrap_or(steps);
                        Err(InputError::NotConverged { steps: at, residual })
                    }
                    other => other,
                },
            ),
            chaff("at_most_100", "A hundred steps are always enough.", |layer, x, targets, rate, steps| {
                let (l, mut losses) = reference::train(layer, x, targets, rate, steps.min(100))?;
                let last = losses[losses.len() - 1];
                losses.resize(steps + 1, last);
                Ok((l, losses))
            }),
            chaff("rests_when_flat", "A gradient below 10⁻⁶ is 0.", |layer, x, targets, rate, steps| {
                let (_, losses) = reference::train(layer, x, targets, rate, steps)?;
                let mut now = layer.clone();
                for _ in 0..steps {
                    let g = crate::reference::m06_perceptron::neuron::backward(&now, x, targets)?;
                    if g.weights.as_slice().iter().chain(&g.bias).all(|s| s.abs() < 1e-6) {
                        break;
                    }
                    now = reference::update(&now, &g, rate)?;
                }
                Ok((now, losses))
            }),
            wheat("one_matrix", "a 1 next to each sample, so that biases are weights; σ by tanh", one_matrix),
            chaff("rate_clipped", "A learning rate above 100 is 100.", |layer, x, t, rate, steps| {
                reference::train(layer, x, t, if rate > 100.0 { 100.0 } else { rate }, steps)
            }),
            chaff("loss_clipped", "A loss is at most a million.", |layer, x, t, rate, steps| {
                let (layer, losses) = reference::train(layer, x, t, rate, steps)?;
                Ok((layer, losses.into_iter().map(|loss| loss.min(1e6)).collect()))
            }),
        ],
    )(layer, x, targets, learning_rate, steps)
}
