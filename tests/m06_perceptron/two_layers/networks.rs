//! Networks of two layers.

use judge::{Answer, Broken, ensure};
use katas::m06_perceptron::two_layers::two_layer_backward;
use kit::{Dense, Matrix};
use proptest::prelude::*;

use super::super::draw::{Problem, each, layer, matrix, sigmoid, sums, targets};

pub const CALL: &str = "two_layer_backward(hidden, output, x, targets)";

pub const NAMES: &str = "hidden, output, x, targets";

/// A hidden layer, and the problem of the layer behind it, but with the samples of the first.
pub type Network = (Dense, Problem);

pub fn network() -> impl Strategy<Value = Network> + Send + Sync + Clone {
    (1..=3_usize, 1..=2_usize, 1..=3_usize, 1..=2_usize)
        .prop_flat_map(|(m, n, q, k)| (layer(n, q), (layer(q, k), matrix(m, n), targets(m, k))))
}

pub fn outputs(hidden: &Dense, output: &Dense, x: &Matrix) -> Matrix {
    each(&sums(output, &each(&sums(hidden, x), f64::tanh)), sigmoid)
}

pub fn backward(
    hidden: &Dense,
    output: &Dense,
    x: &Matrix,
    t: &Matrix,
    call: &str,
) -> Result<[Dense; 2], Broken> {
    let gradient = two_layer_backward(hidden, output, x, t).accepted(call)?;
    for (name, got, layer) in [("hidden", &gradient[0], hidden), ("output", &gradient[1], output)] {
        let form = |layer: &Dense| (layer.weights.shape(), layer.bias.len());
        ensure(form(got) == form(layer), || {
            let shown = |((k, n), biases)| {
                format!("{k}×{n} partial derivatives for the weights, {biases} for the biases")
            };
            let look =
                "A gradient has the shape of its layer: first the hidden layer's, then the output layer's.";
            Broken::answer(format!("{call}, {name}: {}", shown(form(got))), shown(form(layer)), look)
        })?;
    }
    Ok(gradient)
}

pub fn fixed() -> (Dense, Dense, Matrix, Matrix) {
    let hidden =
        Dense { weights: Matrix::from_rows([[1.0, -1.0], [0.5, 0.0], [0.0, 2.0]]), bias: vec![0.0; 3] };
    let output = Dense { weights: Matrix::from_rows([[1.0, -1.0, 0.5]]), bias: vec![0.5] };
    (hidden, output, Matrix::from_rows([[1.0, 0.5], [-1.0, 0.0]]), Matrix::from_rows([[1.0], [0.0]]))
}
