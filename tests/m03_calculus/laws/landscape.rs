//! Functions of one to three coordinates whose gradients are known.

use std::fmt;

use judge::Inputs;
use proptest::prelude::*;

/// f(x) = Σ aᵢxᵢ + ¼Σ sin(xᵢ) + u·(x₀x₁ + x₁x₂ + …), whose partial derivatives stay apart from each other and from 0.
#[derive(Clone)]
pub struct Landscape {
    pub a: Vec<f64>,
    u: f64,
}

impl Inputs for Landscape {}

impl fmt::Debug for Landscape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |i: usize| ["x", "y", "z"][i];
        let terms = self.a.iter().enumerate().map(|(i, a)| format!("{a}{0} + ¼sin({0})", name(i)));
        let mixed = (1..self.a.len()).map(|i| format!("{}{}{}", self.u, name(i - 1), name(i)));
        f.write_str(&terms.chain(mixed).collect::<Vec<_>>().join(" + "))
    }
}

/// aᵢ is ±1.5, ±3.5, ±5.5 in some order, u is ±⅛ or ±1/16. A partial derivative differs from its aᵢ by ¾ at most, so it
/// stays ¾ away from 0 and ½ away from the others; a mixed term left out is missed by 1/64 where a coordinate is ¼.
pub fn landscape(
    axes: std::ops::RangeInclusive<usize>,
) -> impl Strategy<Value = Landscape> + Send + Sync + Clone {
    let sizes = Just([1.5, 3.5, 5.5]).prop_shuffle();
    (axes, sizes, any::<[bool; 4]>(), any::<bool>()).prop_map(|(n, sizes, signs, small)| {
        let signed = |(size, negative): (f64, bool)| if negative { -size } else { size };
        let a = sizes.into_iter().zip(signs).map(signed).take(n).collect();
        Landscape { a, u: signed((if small { 0.0625 } else { 0.125 }, signs[3])) }
    })
}

pub fn in_the_box(x: &[f64], n: usize) -> bool {
    x.len() == n && x.iter().all(|x| x.abs() <= 2.0)
}

impl Landscape {
    pub fn height(&self, x: &[f64]) -> f64 {
        if !in_the_box(x, self.a.len()) {
            return f64::NAN;
        }
        let alone: f64 = x.iter().zip(&self.a).map(|(x, a)| a * x + x.sin() / 4.0).sum();
        alone + self.u * x.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>()
    }

    pub fn alone(&self, x: &[f64], i: usize) -> f64 {
        self.a[i] + x[i].cos() / 4.0
    }

    fn mixed(&self, x: &[f64], i: usize) -> f64 {
        let before = if i > 0 { x[i - 1] } else { 0.0 };
        self.u * (before + x.get(i + 1).copied().unwrap_or(0.0))
    }

    pub fn gradient(&self, x: &[f64]) -> Vec<f64> {
        let n = self.a.len();
        let derivative = |i| if in_the_box(x, n) { self.alone(x, i) + self.mixed(x, i) } else { f64::NAN };
        (0..n).map(derivative).collect()
    }
}
