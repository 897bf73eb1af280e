//! Networks for the laws about attacks: tanh between the layers, softmax behind the last; small enough that no
//! activation saturates.

use judge::any;
use judge::any::select;
use judge::any::vec;
use kit::{Dense, Matrix};
use proptest::prelude::*;

/// Layers from front to back.
pub type Network = Vec<Dense>;
/// A network, an image and its label.
pub type Task = (Network, Vec<f64>, usize);

/// An eighth in \[−2, 2\], often an integer.
fn small() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    prop_oneof![2 => (-2..=2_i32).prop_map(f64::from), 3 => (-16..=16_i32).prop_map(|k| f64::from(k) / 8.0)]
}

/// An eighth from 0 to 1.
pub fn pixel() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    (0..=8_i32).prop_map(|k| f64::from(k) / 8.0)
}

/// An eighth from 0 to 1.5; 1 and more reaches every image.
pub fn epsilon() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    (0..=12_i32).prop_map(|k| f64::from(k) / 8.0)
}

/// A layer of small numbers, from n inputs to k outputs.
pub fn layer(n: usize, k: usize) -> impl Strategy<Value = Dense> + Send + Sync + Clone {
    (vec(small(), k * n), vec(small(), k)).prop_map(move |(weights, bias)| {
        let weights = Matrix::from_fn(k, n, |c, j| weights[c * n + j]);
        Dense { weights, bias }
    })
}

/// One to three layers, now and then five, from n inputs to k classes.
pub fn network(n: usize, k: usize) -> impl Strategy<Value = Network> + Send + Sync + Clone {
    // Some are deep.
    let hidden = prop_oneof![5 => vec(1..=3_usize, 0..=2), 1 => vec(2..=3_usize, 3..=4)];
    hidden.prop_flat_map(move |hidden| {
        let widths = [vec![n], hidden, vec![k]].concat();
        widths.windows(2).map(|pair| layer(pair[0], pair[1])).collect::<Vec<_>>()
    })
}

/// An attack to be made: one to three pixels, two or three classes.
pub fn task() -> impl Strategy<Value = Task> + Send + Sync + Clone {
    (1..=3_usize, 2..=3_usize).prop_flat_map(|(n, k)| (network(n, k), vec(pixel(), n), 0..k))
}

/// The same for a single layer.
pub fn linear_task(classes: usize) -> impl Strategy<Value = Task> + Send + Sync + Clone {
    (1..=3_usize)
        .prop_flat_map(move |n| (layer(n, classes).prop_map(|l| vec![l]), vec(pixel(), n), 0..classes))
}

/// A single layer of two classes, as it is or so steep that the loss exceeds 30 or 100; never 700, where e^−loss is 0.
pub fn steep_linear_task() -> impl Strategy<Value = Task> + Send + Sync + Clone {
    (linear_task(2), select(vec![1.0, 1.0, 8.0, 32.0])).prop_map(|((mut network, x, label), unit)| {
        let Dense { weights, bias } = &network[0];
        let weights = Matrix::from_fn(weights.rows(), weights.cols(), |c, j| weights[(c, j)] * unit);
        let bias = bias.iter().map(|b| b * unit).collect();
        network[0] = Dense { weights, bias };
        (network, x, label)
    })
}

/// A single layer whose logits are as far apart as 2²⁰⁰, or a network whose last layer is as steep as that: all products
/// and sums are exact, so that no rounding decides which class is predicted.
pub fn steep_task() -> impl Strategy<Value = Task> + Send + Sync + Clone {
    (linear_task(3), 0..=200_i32, 1..=4_usize).prop_map(|((mut network, x, label), k, repeated)| {
        let unit = 2.0_f64.powi(k);
        let Dense { weights, bias } = &network[0];
        // Some pixels come again and again.
        let n = x.len();
        let weights = Matrix::from_fn(weights.rows(), n * repeated, |c, j| weights[(c, j % n)] * unit);
        let bias = bias.iter().map(|b| b * unit).collect();
        network[0] = Dense { weights, bias };
        (network, x.repeat(repeated), label)
    })
}

/// A layer of 65 classes for 301 gray pixels, and the sign of the derivative by each, for the last class.
pub fn many_pixels() -> (Network, Vec<f64>, Vec<f64>) {
    let signs: Vec<f64> = (0..301).map(|i| if i * i % 7 < 2 { 1.0 } else { -1.0 }).collect();
    let weights = Matrix::from_fn(65, 301, |c, i| if c == 64 { -signs[i] / 64.0 } else { 0.0 });
    (vec![Dense { weights, bias: vec![0.0; 65] }], vec![0.5; 301], signs)
}

/// The widths of a network: inputs, hidden units of each layer, classes; now and then many of one of them.
fn widths() -> impl Strategy<Value = Vec<usize>> + Send + Sync + Clone {
    let small = (1..=3_usize, vec(1..=3_usize, 0..=2), 2..=3_usize)
        .prop_map(|(n, hidden, k)| [vec![n], hidden, vec![k]].concat());
    let large = select(vec![
        vec![301, 3],
        vec![17, 9, 9],
        vec![9, 65],
        vec![12, 41, 3],
        vec![2, 3, 2, 3, 2, 3, 2, 3, 2],
        vec![3, 151, 2],
    ]);
    // Pixels by the hundred are the rule where a network sees images.
    prop_oneof![3 => small, 1 => large, 1 => Just(vec![301, 3])]
}

/// A network of these widths; its weights and biases are multiples of `unit`/1000.
fn fine_network(widths: &[usize], unit: f64) -> impl Strategy<Value = Network> + Send + Sync + Clone + use<> {
    // Many inputs have smaller weights, so that logits stay moderate.
    let unit = if widths[0] > 16 { unit / 8.0 } else { unit };
    let fine = move || (-999..=999_i32).prop_map(move |k| f64::from(k) * unit / 1000.0);
    let layer = move |pair: &[usize]| {
        let (n, k) = (pair[0], pair[1]);
        (vec(fine(), k * n), vec(fine(), k)).prop_map(move |(weights, bias)| {
            let weights = Matrix::from_fn(k, n, |c, j| weights[c * n + j]);
            Dense { weights, bias }
        })
    };
    widths.windows(2).map(layer).collect::<Vec<_>>()
}

/// So many samples for a network, with pixels that f32 does not hold; labels; both networks and samples of many sizes.
pub fn wide_samples() -> impl Strategy<Value = (Network, Matrix, Vec<usize>)> + Send + Sync + Clone {
    (widths(), prop_oneof![3 => 1..=4_usize, 1 => select(vec![17, 41, 151, 301])]).prop_flat_map(
        |(widths, m)| {
            let (n, k) = (widths[0], widths[widths.len() - 1]);
            let pixels = vec((0..=1000_i32).prop_map(|k| f64::from(k) / 1000.0), m * n);
            let x = pixels.prop_map(move |pixels| Matrix::from_fn(m, n, |i, j| pixels[i * n + j]));
            (fine_network(&widths, 1.0), x, vec(0..k, m))
        },
    )
}

/// A task of many sizes, whose weights and pixels f32 does not hold, and an ε. Either all are of ordinary size, or all are
/// small, or the pixels and ε are tiny; or ε is huge.
pub fn wide_attack() -> impl Strategy<Value = (Task, f64)> + Send + Sync + Clone {
    let scales = select(vec![
        (1.0, 1.0, 0.1),
        (1.0, 1.0, 0.3),
        (1.0, 1.0, 2000.0),
        (1.0, 1.0, 2e6),
        (2e-4, 2e-4, 1e-4),
        (1.0, 1e-10, 3e-10),
        (1.0, 1e-14, 3e-14),
        (1.0, 1e-110, 3e-110),
    ]);
    (widths(), scales).prop_flat_map(|(widths, (weight, pixel, epsilon))| {
        let (n, k) = (widths[0], widths[widths.len() - 1]);
        let x = vec((0..=1000_i32).prop_map(move |k| f64::from(k) * pixel / 1000.0), n);
        ((fine_network(&widths, weight), x, prop_oneof![0..k, Just(k - 1)]), Just(epsilon))
    })
}

/// Samples in eighths, and for each whether its label is what the network predicts; for the first it is.
pub fn samples(n: usize) -> impl Strategy<Value = (Matrix, Vec<bool>)> + Send + Sync + Clone {
    (any::any_matrix(1..=5, n..=n), vec(any::<bool>(), 5)).prop_map(|(x, mut right)| {
        right.truncate(x.rows());
        right[0] = true;
        (x, right)
    })
}

/// The pre-activations of each layer.
fn sums(network: &[Dense], x: &[f64]) -> Vec<Vec<f64>> {
    let mut all: Vec<Vec<f64>> = Vec::new();
    for layer in network {
        let h: Vec<f64> = all.last().map_or(x.to_vec(), |z| z.iter().map(|z| z.tanh()).collect());
        let sum = |c: usize| (0..h.len()).map(|j| layer.weights[(c, j)] * h[j]).sum::<f64>() + layer.bias[c];
        all.push((0..layer.bias.len()).map(sum).collect());
    }
    all
}

/// The logits.
pub fn logits(network: &[Dense], x: &[f64]) -> Vec<f64> {
    sums(network, x).pop().unwrap_or_default()
}

/// −ln p_label.
pub fn loss(network: &[Dense], x: &[f64], label: usize) -> f64 {
    let z = logits(network, x);
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln() + largest - z[label]
}

/// The rounding error of that loss: logits of at most 2·3 + 2 for inputs of at most 1.
pub fn loss_rounding() -> f64 {
    judge::rounding(64, 32.0)
}

/// The input gradient in forward mode: the derivative of each pre-activation by each pixel, layer after layer.
pub fn gradient(network: &[Dense], x: &[f64], label: usize) -> Vec<f64> {
    let all = sums(network, x);
    let derivative = |i: usize| {
        let mut effect: Vec<f64> = (0..x.len()).map(|j| f64::from(u8::from(i == j))).collect();
        for (l, layer) in network.iter().enumerate() {
            if l > 0 {
                let activated = |(effect, z): (&f64, &f64)| effect * (1.0 - z.tanh().powi(2));
                effect = effect.iter().zip(&all[l - 1]).map(activated).collect();
            }
            let on = |c: usize| (0..effect.len()).map(|j| layer.weights[(c, j)] * effect[j]).sum();
            effect = (0..layer.bias.len()).map(on).collect();
        }
        let z = logits(network, x);
        let p = |c: usize| 1.0 / z.iter().map(|other| (other - z[c]).exp()).sum::<f64>();
        (0..z.len()).map(|c| (p(c) - f64::from(u8::from(c == label))) * effect[c]).sum()
    };
    (0..x.len()).map(derivative).collect()
}

/// The sign of each pixel's derivative; none where it is so small that rounding may decide it. A pixel all of whose
/// weights are 0 has the derivative 0 exactly.
pub fn signs(network: &[Dense], x: &[f64], label: usize) -> Vec<Option<f64>> {
    let weights = &network[0].weights;
    let has_no_weight = |i: usize| (0..weights.rows()).all(|c| weights[(c, i)] == 0.0);
    let sign = |(i, derivative): (usize, f64)| match derivative {
        _ if has_no_weight(i) => Some(0.0),
        _ if derivative.abs() < 1e-6 => None,
        _ => Some(derivative.signum()),
    };
    gradient(network, x, label).into_iter().enumerate().map(sign).collect()
}

/// Whether the logits are either small or far apart. Where large ones are nearly equal, rounding decides the
/// probabilities: m + ln 2 is m where m is 2⁵³.
pub fn is_clear_cut(network: &[Dense], x: &[f64]) -> bool {
    let z = logits(network, x);
    let most = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let near = z.iter().filter(|z| most - **z < 64.0).count();
    near == 1 || z.iter().all(|z| z.abs() < 1024.0)
}

/// The class with the largest logit; none where rounding may decide which it is.
pub fn says(network: &[Dense], x: &[f64]) -> Option<usize> {
    let z = logits(network, x);
    let best = (0..z.len()).fold(0, |best, c| if z[c] > z[best] { c } else { best });
    let clear = (0..z.len()).all(|c| c == best || z[best] - z[c] > 1e-9);
    clear.then_some(best)
}

/// A network from three pixels to two classes over two hidden units, for inputs that must be rejected.
pub fn three_to_two() -> Network {
    let hidden =
        Dense { weights: Matrix::from_rows([[1.0, 2.0, -1.0], [0.5, 0.0, 1.5]]), bias: vec![0.5, -0.25] };
    let output = Dense { weights: Matrix::from_rows([[1.0, -1.0], [0.5, 2.0]]), bias: vec![0.0, 0.25] };
    vec![hidden, output]
}
