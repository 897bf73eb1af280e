//! Classifiers of the embedded digits, pixels from 0 to 1, trained without each fifth sample.

use kit::{Dense, Generator, Matrix};

/// An image and its label.
pub type Sample = (Vec<f64>, usize);

fn digits(belongs: fn(usize) -> bool) -> Vec<Sample> {
    let digits = kit::data::digits();
    let sample =
        |i: usize| (digits.features.row(i).iter().map(|pixel| pixel / 16.0).collect(), digits.labels[i]);
    (0..digits.labels.len()).filter(|&i| belongs(i)).map(sample).collect()
}

/// Each fifth digit, from the first: 360 of them.
pub fn held_out() -> Vec<Sample> {
    digits(|i| i % 5 == 0)
}

/// Softmax regression by 500 steps of 0.5 over all other samples at once, from zero: seconds, unoptimized.
pub fn softmax_of_the_digits() -> Vec<Dense> {
    let training = digits(|i| i % 5 != 0);
    let mut network = vec![zeros(64, 10)];
    for _ in 0..500 {
        let mut gradient = zeros(64, 10);
        for (x, label) in &training {
            let p = softmax(&sums(&network[0], x));
            for (c, p) in p.iter().enumerate() {
                add(&mut gradient, c, p - f64::from(u8::from(c == *label)), x);
            }
        }
        let scale = -0.5 / training.len() as f64;
        for c in 0..10 {
            let row = gradient.weights.row(c).to_vec();
            (0..64).for_each(|j| network[0].weights[(c, j)] += scale * row[j]);
            network[0].bias[c] += scale * gradient.bias[c];
        }
    }
    network
}

/// A quick one with these widths, in steps of 0.1 for one sample after the other, so that a law can afford it.
pub fn quickly_trained(hidden: &[usize], passes: usize) -> Vec<Dense> {
    let training = digits(|i| i % 5 != 0 && i % 2 == 0);
    let mut generator = Generator::from_seed(1);
    let widths = [&[64], hidden, &[10]].concat();
    let mut network: Vec<Dense> = Vec::new();
    for pair in widths.windows(2) {
        let mut layer = zeros(pair[0], pair[1]);
        let size = (3.0 / pair[0] as f64).sqrt();
        let places = (0..pair[1]).flat_map(|c| (0..pair[0]).map(move |j| (c, j)));
        places.for_each(|place| layer.weights[place] = generator.uniform_in(-size, size));
        network.push(layer);
    }
    for (x, label) in (0..passes).flat_map(|_| &training) {
        step(&mut network, x, *label);
    }
    network
}

fn step(network: &mut [Dense], x: &[f64], label: usize) {
    let mut inputs = vec![x.to_vec()];
    for layer in &network[..network.len() - 1] {
        let h = sums(layer, &inputs[inputs.len() - 1]).into_iter().map(f64::tanh).collect();
        inputs.push(h);
    }
    let mut delta = softmax(&sums(&network[network.len() - 1], &inputs[inputs.len() - 1]));
    delta[label] -= 1.0;
    for (l, layer) in network.iter_mut().enumerate().rev() {
        let h = &inputs[l];
        // The gradient by the pixels is not needed.
        let mut upstream = vec![0.0; if l > 0 { h.len() } else { 0 }];
        for (c, delta) in delta.iter().enumerate() {
            upstream.iter_mut().zip(layer.weights.row(c)).for_each(|(upstream, w)| *upstream += delta * w);
            add(layer, c, -0.1 * delta, h);
        }
        delta = upstream.iter().zip(h).map(|(upstream, h)| upstream * (1.0 - h * h)).collect();
    }
}

fn zeros(n: usize, k: usize) -> Dense {
    Dense { weights: Matrix::zeros(k, n), bias: vec![0.0; k] }
}

/// Adds a multiple of x to the weights of a neuron.
fn add(layer: &mut Dense, neuron: usize, factor: f64, x: &[f64]) {
    x.iter()
        .enumerate()
        .filter(|(_, x)| **x != 0.0)
        .for_each(|(j, x)| layer.weights[(neuron, j)] += factor * x);
    layer.bias[neuron] += factor;
}

fn sums(layer: &Dense, x: &[f64]) -> Vec<f64> {
    let sum = |(c, b): (usize, &f64)| b + layer.weights.row(c).iter().zip(x).map(|(w, x)| w * x).sum::<f64>();
    layer.bias.iter().enumerate().map(sum).collect()
}

fn softmax(z: &[f64]) -> Vec<f64> {
    let largest = z.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let powers: Vec<f64> = z.iter().map(|z| (z - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}
