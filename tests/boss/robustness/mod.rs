mod adversarial_figure;
mod attack_success_rate;
mod pictures;
mod success_figure;

use kit::{Dense, Matrix};

use super::networks::Network;

/// A network of one pixel and this many hidden units, of which one alone decides: class 1 where the pixel is above ½.
fn one_unit_decides(hidden: usize, unit: usize) -> Network {
    let of = |c: usize, value: f64| if c == unit { value } else { 0.0 };
    let bias = (0..hidden).map(|c| of(c, -0.5)).collect();
    let first = Dense { weights: Matrix::from_fn(hidden, 1, |c, _| of(c, 1.0)), bias };
    let second = Matrix::from_fn(2, hidden, |c, j| of(j, if c == 1 { 4.0 } else { -4.0 }));
    vec![first, Dense { weights: second, bias: vec![0.0; 2] }]
}
