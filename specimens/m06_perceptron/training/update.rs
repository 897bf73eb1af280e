use kit::{Dense, InputError, Matrix};

use crate::reference::m06_perceptron::training as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Update = fn(&Dense, &Dense, f64) -> Result<Dense, InputError>;

/// The kata, answered by a specimen.
pub fn update(layer: &Dense, gradient: &Dense, learning_rate: f64) -> Result<Dense, InputError> {
    answering::<Update>(
        module_path!(),
        reference::update,
        &[
            wheat("in_place", "moves a copy, entry by entry", |layer, gradient, rate| {
                reference::update(layer, gradient, rate)?;
                let mut moved = layer.clone();
                let (k, n) = layer.weights.shape();
                for c in 0..k {
                    for j in 0..n {
                        moved.weights[(c, j)] -= rate * gradient.weights[(c, j)];
                    }
                    moved.bias[c] -= rate * gradient.bias[c];
                }
                Ok(moved)
            }),
            wheat("adds_the_negative", "w + (−η)·gradient", |layer, gradient, rate| {
                by(
                    layer,
                    gradient,
                    rate,
                    |p, slope, rate| p + (-rate) * slope,
                    |p, slope, rate| p + slope * -rate,
                )
            }),
            chaff("climbs", "A step adds the gradient.", |layer, gradient, rate| {
                by(layer, gradient, rate, |p, s, rate| p + rate * s, |p, s, rate| p + rate * s)
            }),
            chaff(
                "rate_forgotten",
                "A step subtracts the gradient without the learning rate.",
                |layer, gradient, rate| by(layer, gradient, rate, |p, s, _| p - s, |p, s, _| p - s),
            ),
            chaff("rate_squared", "The learning rate is applied twice.", |layer, gradient, rate| {
                by(layer, gradient, rate, |p, s, rate| p - rate * rate * s, |p, s, rate| p - rate * rate * s)
            }),
            chaff("bias_stays", "Only the weights are updated.", |layer, gradient, rate| {
                by(layer, gradient, rate, |p, s, rate| p - rate * s, |p, _, _| p)
            }),
            chaff(
                "bias_without_rate",
                "The bias moves by its gradient without the learning rate.",
                |layer, gradient, rate| by(layer, gradient, rate, |p, s, rate| p - rate * s, |p, s, _| p - s),
            ),
            chaff("bias_climbs", "The gradient of the bias is added.", |layer, gradient, rate| {
                by(layer, gradient, rate, |p, s, rate| p - rate * s, |p, s, rate| p + rate * s)
            }),
            chaff("step_only", "The result is the step, not the new parameter.", |layer, gradient, rate| {
                by(layer, gradient, rate, |_, s, rate| -rate * s, |_, s, rate| -rate * s)
            }),
            chaff("sign_only", "Only the sign of the gradient matters.", |layer, gradient, rate| {
                by(
                    layer,
                    gradient,
                    rate,
                    |p, s, rate| p - rate * s.signum(),
                    |p, s, rate| p - rate * s.signum(),
                )
            }),
            chaff("weights_decay", "Weights decay a little in every step.", |layer, gradient, rate| {
                by(layer, gradient, rate, |p, s, rate| p - rate * (s + 0.01 * p), |p, s, rate| p - rate * s)
            }),
            chaff("any_rate", "The learning rate need not be checked.", |layer, gradient, rate| {
                match reference::update(layer, gradient, rate) {
                    Err(InputError::OutOfRange { .. }) => Ok(layer.clone()),
                    answer => answer,
                }
            }),
            chaff("small_rates_only", "A learning rate above 10 is invalid.", |layer, gradient, rate| {
                let moved = reference::update(layer, gradient, rate)?;
                if rate > 10.0 {
                    return Err(InputError::OutOfRange {
                        name: "learning_rate",
                        got: rate,
                        wanted: "at most 10",
                    });
                }
                Ok(moved)
            }),
            chaff(
                "nan_rate_passes",
                "A learning rate that is not ≤ 0 is positive, even NaN.",
                |layer, gradient, rate| {
                    if rate.is_finite() {
                        reference::update(layer, gradient, rate)
                    } else {
                        reference::update(layer, gradient, 1.0)
                    }
                },
            ),
            chaff("cut_to_fit", "A parameter without a gradient stays.", |layer, gradient, rate| {
                let (k, n) = layer.weights.shape();
                let (rows, cols) = gradient.weights.shape();
                let weights =
                    Matrix::from_fn(
                        k,
                        n,
                        |c, j| {
                            if c < rows && j < cols { gradient.weights[(c, j)] } else { 0.0 }
                        },
                    );
                reference::update(layer, &Dense { weights, bias: gradient.bias.clone() }, rate)
            }),
            chaff(
                "nan_comes_back",
                "NaN in the gradient may propagate into the layer.",
                |layer, gradient, rate| match reference::update(layer, gradient, rate) {
                    Err(InputError::NotFinite { .. }) => Ok(layer.clone()),
                    answer => answer,
                },
            ),
            chaff(
                "entries_counted",
                "Only the number of entries has to agree, not the shape.",
                |layer, gradient, rate| {
                    let (a, b) = (layer.weights.shape(), gradient.weights.shape());
                    if a != b && a.0 * a.1 == b.0 * b.1 {
                        let flat = Matrix::from_fn(a.0, a.1, |i, j| gradient.weights.as_slice()[i * a.1 + j]);
                        return reference::update(
                            layer,
                            &Dense { weights: flat, bias: gradient.bias.clone() },
                            rate,
                        );
                    }
                    reference::update(layer, gradient, rate)
                },
            ),
            chaff(
                "gradient_by_itself",
                "The gradient need not have the shape of the layer.",
                |layer, gradient, rate| {
                    let (left, right) = (gradient.weights.rows(), gradient.bias.len());
                    if layer.weights.rows() == layer.bias.len() && left != right {
                        return Err(InputError::LengthMismatch { left, right });
                    }
                    reference::update(layer, gradient, rate)
                },
            ),
        ],
    )(layer, gradient, learning_rate)
}

type Step = fn(f64, f64, f64) -> f64;

fn by(layer: &Dense, gradient: &Dense, rate: f64, weight: Step, bias: Step) -> Result<Dense, InputError> {
    reference::update(layer, gradient, rate)?;
    let (k, n) = layer.weights.shape();
    let weights = Matrix::from_fn(k, n, |c, j| weight(layer.weights[(c, j)], gradient.weights[(c, j)], rate));
    let bias = layer.bias.iter().zip(&gradient.bias).map(|(b, slope)| bias(*b, *slope, rate)).collect();
    Ok(Dense { weights, bias })
}
