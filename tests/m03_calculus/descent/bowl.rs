//! Convex quadratic functions of two variables with mixed terms.

use std::fmt;

use judge::{Broken, Inputs, Verdict, any, ensure};
use proptest::prelude::*;

/// f(x) = ½·(x − x*)ᵀA(x − x*) with a symmetric A = BᵀB + 1, so that no curvature is below 1.
#[derive(Clone)]
pub struct Bowl {
    /// A₁₁, A₁₂ = A₂₁, A₂₂.
    pub a: [f64; 3],
    /// x*.
    pub lowest: [f64; 2],
}

impl Inputs for Bowl {}

impl fmt::Debug for Bowl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c] = self.a;
        write!(f, "½·dᵀAd with A = [{a} {b}; {b} {c}], d = x − {:?}", self.lowest)
    }
}

/// Quadratic functions with exact entries; the largest curvature is at most 18.
pub fn bowl() -> impl Strategy<Value = Bowl> + Send + Sync + Clone {
    let entry = || (-4..=4_i32).prop_map(|k| f64::from(k) / 2.0);
    let lowest = (any::eighth(), any::eighth());
    ([entry(), entry(), entry(), entry()], lowest).prop_map(|([p, q, r, s], (x, y))| Bowl {
        a: [p * p + r * r + 1.0, p * q + r * s, q * q + s * s + 1.0],
        lowest: [x, y],
    })
}

impl Bowl {
    pub fn gradient(&self, x: &[f64]) -> Vec<f64> {
        let [a, b, c] = self.a;
        let d = [x[0] - self.lowest[0], x[1] - self.lowest[1]];
        vec![a * d[0] + b * d[1], b * d[0] + c * d[1]]
    }

    pub fn height(&self, x: &[f64]) -> f64 {
        let grad = self.gradient(x);
        (grad[0] * (x[0] - self.lowest[0]) + grad[1] * (x[1] - self.lowest[1])) / 2.0
    }

    /// The largest curvature L, from above: the trace is the sum of both.
    pub fn steepest(&self) -> f64 {
        self.a[0] + self.a[2]
    }

    /// f decreases in each step as the descent lemma says: by at least η(1 − ηL/2)‖∇f‖².
    pub fn falls(&self, path: &[Vec<f64>], rate: f64) -> Verdict {
        for (k, step) in path.windows(2).enumerate() {
            let (high, low, grad) = (self.height(&step[0]), self.height(&step[1]), self.gradient(&step[0]));
            // A thousandth is left to rounding.
            let share = 0.999 * rate * (1.0 - rate * self.steepest() / 2.0);
            let fall = share * grad.iter().map(|g| g * g).sum::<f64>();
            ensure(high - low >= fall, || {
                let (next, look) = (k + 1, "Is the step −η times the gradient?");
                let got = format!(
                    "f(path[{k}]) = f({:?}) = {high}, f(path[{next}]) = f({:?}) = {low}",
                    step[0], step[1]
                );
                Broken::answer(got, format!("a decrease of at least {fall}"), look)
            })?;
        }
        Ok(())
    }
}
