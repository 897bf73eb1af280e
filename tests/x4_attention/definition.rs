//! The definitions of a transformer block and a GPT in plain numbers: what the laws compare with.

use judge::rounding;
use katas::x4_attention::gpt::GptSettings;

use super::variables::Numbers;

/// Features of each position.
pub type Rows = Vec<Vec<f64>>;

/// What a block computes on the way.
pub struct Passed {
    pub y: Rows,
    pub keys: Rows,
    pub values: Rows,
    /// How near to 0 a hidden unit comes, where ReLU has its kink.
    pub nearest: f64,
}

/// Layer normalization of one position.
pub fn normalized(x: &[f64], gamma: &[f64], beta: &[f64]) -> Vec<f64> {
    let d = x.len() as f64;
    let mean = x.iter().sum::<f64>() / d;
    let variance = x.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / d;
    let entry = |j: usize| gamma[j] * (x[j] - mean) / (variance + 1e-5).sqrt() + beta[j];
    (0..x.len()).map(entry).collect()
}

/// x·Wᵀ + b of each position.
pub fn linear(x: &Rows, v: &Numbers, name: &str) -> Rows {
    let (weight, bias) = (&v[&format!("{name}.weight")], &v[&format!("{name}.bias")]);
    let row = |x: &Vec<f64>| {
        let output = |(o, bias): (usize, &f64)| {
            bias + x.iter().zip(&weight[o * x.len()..]).map(|(x, w)| x * w).sum::<f64>()
        };
        bias.iter().enumerate().map(output).collect()
    };
    x.iter().map(row).collect()
}

/// softmax of some scores.
pub fn softmax(z: &[f64]) -> Vec<f64> {
    let largest = z.iter().fold(f64::NEG_INFINITY, |max, z| max.max(*z));
    let powers: Vec<f64> = z.iter().map(|z| (z - largest).exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

fn norm(x: &Rows, v: &Numbers, name: &str) -> Rows {
    let (gamma, beta) = (&v[&format!("{name}.gamma")], &v[&format!("{name}.beta")]);
    x.iter().map(|x| normalized(x, gamma, beta)).collect()
}

fn added(a: &Rows, b: &Rows) -> Rows {
    a.iter().zip(b).map(|(a, b)| a.iter().zip(b).map(|(a, b)| a + b).collect()).collect()
}

/// A block on one sequence.
pub fn block(x: &Rows, v: &Numbers, prefix: &str, heads: usize) -> Passed {
    let z = norm(x, v, &format!("{prefix}layer_norm1"));
    let [queries, keys, values] =
        ["query", "key", "value"].map(|part| linear(&z, v, &format!("{prefix}attention.{part}")));
    let (d, size) = (x[0].len(), x[0].len() / heads);
    let attend = |t: usize| {
        let mut row = Vec::with_capacity(d);
        for h in 0..heads {
            let own = h * size..(h + 1) * size;
            let score = |s: usize| {
                let products = queries[t][own.clone()].iter().zip(&keys[s][own.clone()]);
                products.map(|(q, k)| q * k).sum::<f64>() / (size as f64).sqrt()
            };
            let weights = softmax(&(0..=t).map(score).collect::<Vec<_>>());
            row.extend(own.map(|j| weights.iter().zip(&values).map(|(w, v)| w * v[j]).sum::<f64>()));
        }
        row
    };
    let attention: Rows = (0..x.len()).map(attend).collect();
    let a = added(x, &linear(&attention, v, &format!("{prefix}attention.output")));
    let mut hidden = linear(&norm(&a, v, &format!("{prefix}layer_norm2")), v, &format!("{prefix}mlp.hidden"));
    let nearest = hidden.iter().flatten().fold(f64::INFINITY, |nearest, z| nearest.min(z.abs()));
    hidden.iter_mut().flatten().for_each(|z| *z = z.max(0.0));
    Passed { y: added(&a, &linear(&hidden, v, &format!("{prefix}mlp.output"))), keys, values, nearest }
}

/// A network on one sequence: its logits, and what each block computed.
pub fn gpt(tokens: &[usize], v: &Numbers, settings: &GptSettings) -> (Rows, Vec<Passed>) {
    let d = settings.width;
    let entry = |(t, token): (usize, &usize)| {
        let [token, position] = [("token_embedding", *token), ("position_embedding", t)]
            .map(|(table, row)| &v[table][row * d..(row + 1) * d]);
        token.iter().zip(position).map(|(e, p)| e + p).collect()
    };
    let mut x: Rows = tokens.iter().enumerate().map(entry).collect();
    let mut blocks = Vec::new();
    for l in 1..=settings.layers {
        let passed = block(&x, v, &format!("block{l}."), settings.heads);
        x = passed.y.clone();
        blocks.push(passed);
    }
    (linear(&norm(&x, v, "layer_norm"), v, "head"), blocks)
}

/// How far rounding may carry an output. A layer normalization multiplies an error by at most 1/√ε < 317, which it does where the
/// features of a position hardly differ; elsewhere by about 1. So one such position is allowed for, with numbers below 50 and
/// some operations for each feature and position.
pub fn tolerance(positions: usize, d: usize) -> f64 {
    rounding(8 * (positions + 5 * d + 20), 317.0 * 50.0)
}

/// The same in `f32`, whose ε is 2²⁹ times as large, for positions of at least four features that differ.
pub fn single(positions: usize, d: usize) -> f64 {
    rounding(8 * (positions + 5 * d + 20), 50.0) * 2.0_f64.powi(29)
}
