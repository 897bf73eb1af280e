//! Properties of every iteration with a learning rate, whatever it does with the gradient.

use judge::{Answer, Broken, Verdict, any, close, ensure, equal, rejected};
use kit::InputError;
use proptest::prelude::*;

use crate::m03_calculus::expression::{Expression, draw};
use crate::m03_calculus::rejection::{not_finite, out_of_range};

pub type Gradient<'a> = &'a dyn Fn(&[f64]) -> Vec<f64>;
pub type Path = Vec<Vec<f64>>;

/// An optimizer, its other hyperparameters fixed.
pub struct Walker {
    pub name: &'static str,
    pub ask: fn(Gradient<'_>, &[f64], f64, usize) -> Result<Path, InputError>,
}

/// A start of one to three coordinates, now and then of as many as 257.
pub fn start() -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    any::length(1..=3, 257).prop_flat_map(|n| any::vector(n..=n))
}

/// A number that is no learning rate: 0, −0 or negative, at every magnitude.
pub fn not_positive() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    prop_oneof![
        any::eighth().prop_map(|rate| 0.0 - rate.abs()),
        Just(-0.0),
        any::magnitude(-300, 300).prop_map(|rate| -rate.abs()),
    ]
}

/// Two vectors of one length, up to 33.
pub fn two() -> impl Strategy<Value = (Vec<f64>, Vec<f64>)> + Send + Sync + Clone {
    any::length(1..=6, 33).prop_flat_map(|n| (any::vector(n..=n), any::vector(n..=n)))
}

/// A function of one to three variables and a start in \[−2, 2\]: three steps with η = 1 on x⁶ reach 10¹⁰², not further.
pub fn landscape() -> impl Strategy<Value = (Expression, Vec<f64>)> + Send + Sync + Clone {
    let quarter = |x: Vec<f64>| x.iter().map(|x| x / 4.0).collect::<Vec<f64>>();
    (1..=3_usize).prop_flat_map(move |n| (draw::of_several(n), any::vector(n..=n).prop_map(quarter)))
}

/// A learning rate 2⁻ᵏ, 1 included: products with it are exact.
pub fn rate() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    (0..=6_i32).prop_map(|k| 0.5_f64.powi(k))
}

/// A number of steps: mostly few, because each asks for a gradient, and up to 1500.
pub fn few_or_many_steps() -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![2 => 1..=60_usize, 1 => 61..=1500_usize]
}

/// A path has this many points, each of n coordinates.
pub fn has_points(call: &str, path: &[Vec<f64>], points: usize, n: usize) -> Verdict {
    let look = "The initial point is the first one, and each step adds one more.";
    equal(&format!("the number of points of {call}"), path.len(), points, look)?;
    let odd = path.iter().find(|x| x.len() != n);
    ensure(odd.is_none(), || {
        Broken::answer(
            format!("{call} = {path:?}"),
            format!("points of {n} coordinates"),
            "Every point has all coordinates.",
        )
    })
}

impl Walker {
    /// The path, which starts at the start and has `steps` + 1 points.
    pub fn path(
        &self,
        gradient: Gradient<'_>,
        start: &[f64],
        rate: f64,
        steps: usize,
    ) -> Result<Path, Broken> {
        let path = (self.ask)(gradient, start, rate, steps).accepted(self.name)?;
        has_points(self.name, &path, steps + 1, start.len())?;
        equal(
            &format!("{}[0]", self.name),
            path[0].as_slice(),
            start,
            "The path starts at the initial point.",
        )?;
        Ok(path)
    }

    /// The coordinates are independent: a path in several dimensions is as many paths in one.
    pub fn keeps_coordinates_apart(
        &self,
        curvature: &[f64],
        start: &[f64],
        rate: f64,
        steps: usize,
    ) -> Verdict {
        // The gradient is nowhere 0, where one path might end before the other.
        let grad = |x: &[f64]| x.iter().zip(curvature).map(|(x, l)| (l * x).abs() + 1.0).collect();
        let together = self.path(&grad, start, rate, steps)?;
        for (i, (&x0, l)) in start.iter().zip(curvature).enumerate() {
            let alone = self.path(&|x| vec![(l * x[0]).abs() + 1.0], &[x0], rate, steps)?;
            for (k, (together, alone)) in together.iter().zip(&alone).enumerate() {
                let look =
                    format!("Coordinate {i} alone goes to {}. How does it depend on the others?", alone[0]);
                close(&format!("path[{k}][{i}]"), together[i], alone[0], 0.0, look)?;
            }
        }
        Ok(())
    }

    /// In another unit of x the path is the same: with ∇f(x) = L·x each step is linear in the start.
    pub fn scales_with_the_start(&self, l: f64, start: &[f64], k: i32, steps: usize) -> Verdict {
        let (unit, rate) = (2.0_f64.powi(k), 0.0625);
        let grad = |x: &[f64]| x.iter().map(|x| l * x).collect::<Vec<f64>>();
        let scaled: Vec<f64> = start.iter().map(|x| x * unit).collect();
        let (want, got) = (self.path(&grad, start, rate, steps)?, self.path(&grad, &scaled, rate, steps)?);
        for (k, (got, want)) in got.iter().zip(&want).enumerate() {
            for (i, (got, want)) in got.iter().zip(want).enumerate() {
                // |1 − ηL| ≤ 1, and a step rounds a few times.
                let tolerance = 16.0 * f64::EPSILON * (k + 1) as f64 * start[i].abs();
                let look = "The path from 2ᵏ·x₀ is 2ᵏ times that from x₀ for ∇f(x) = L·x. Are tiny or huge \
                            numbers treated in another way?";
                close(&format!("path[{k}][{i}]/2ᵏ"), got / unit, *want, tolerance, look)?;
            }
        }
        Ok(())
    }

    /// With the gradient 1 everywhere each step is η, or `share` of it, however small all numbers are.
    pub fn takes_tiny_steps(&self, start: &[f64], k: i32, steps: usize, share: f64) -> Verdict {
        // No number of single precision.
        let (unit, rate) = (2.0_f64.powi(k), 1.1 * 2.0_f64.powi(k - 3));
        let start: Vec<f64> = start.iter().map(|x| x * unit).collect();
        let path = self.path(&|x| vec![1.0; x.len()], &start, rate, steps)?;
        for (i, x0) in start.iter().enumerate() {
            let want = x0 - share * rate * steps as f64;
            let tolerance = 32.0 * f64::EPSILON * (steps + 1) as f64 * (x0.abs() + rate * steps as f64);
            let look = "The gradient is 1 everywhere. Are tiny numbers treated in another way?";
            close(&format!("path[{steps}][{i}]"), path[steps][i], want, tolerance, look)?;
        }
        Ok(())
    }

    /// An empty start is rejected.
    pub fn rejects_an_empty_start(&self) -> Verdict {
        let got = (self.ask)(&|_| vec![], &[], 0.5, 3);
        rejected(
            &format!("{} from []", self.name),
            got,
            InputError::TooFew { got: 0, wanted: 1 },
            "A point has at least one coordinate.",
        )
    }

    /// A start or a learning rate that is not finite is rejected by name.
    pub fn rejects_not_finite(&self, start: &[f64], bad: f64, in_start: bool, steps: usize) -> Verdict {
        let (mut start, middle) = (start.to_vec(), start.len() / 2);
        let (name, index, rate) = if in_start { ("start", middle, 0.5) } else { ("learning_rate", 0, bad) };
        if in_start {
            // The first one counts.
            start[middle..].fill(bad);
        }
        let got = (self.ask)(&<[f64]>::to_vec, &start, rate, steps);
        let call = format!("{} from {start:?}, {steps} steps with learning_rate {rate}", self.name);
        // A learning rate of −∞ is not positive either.
        let range = (!in_start && bad < 0.0).then_some(bad);
        not_finite(&call, got, (name, index), range, "Check the arguments before the first step.")
    }

    /// A learning rate that is not positive is rejected, without a single step too.
    pub fn rejects_rate(&self, rate: f64, steps: usize) -> Verdict {
        let got = (self.ask)(&<[f64]>::to_vec, &[1.0], rate, steps);
        let call = format!("{} with learning_rate {rate}", self.name);
        out_of_range(&call, got, "learning_rate", rate, "A learning rate has to be positive.")
    }

    /// A gradient of another length than the point is rejected, never cut.
    pub fn rejects_length(&self, start: &[f64], wrong: usize) -> Verdict {
        let (left, right) = (start.len(), if wrong == start.len() { wrong + 1 } else { wrong });
        let got = (self.ask)(&|_| vec![1.0; right], start, 0.5, 3);
        let call = format!("{} from {left} coordinates with a gradient of {right}", self.name);
        let look = "`zip` stops at the end of the shorter one. The point is `left`, its gradient `right`.";
        rejected(&call, got, InputError::LengthMismatch { left, right }, look)?;
        // With the gradient 1 the second point is below the first.
        let later = |x: &[f64]| vec![1.0; if x[0] == start[0] { left } else { right }];
        let call =
            format!("{} from {left} coordinates with a gradient of {left}, then of {right},", self.name);
        rejected(&call, (self.ask)(&later, start, 0.5, 3), InputError::LengthMismatch { left, right }, look)
    }

    /// All steps are taken, also steps that are lost in rounding.
    pub fn goes_on(&self, start: f64, k: i32, steps: usize) -> Verdict {
        let path = self.path(&|_| vec![1.0], &[start], 2.0_f64.powi(k), steps)?;
        // Momentum makes a step twice as long at most, Adam shortens it by 10⁻⁸, and each step rounds.
        let (end, length) = (path[steps][0], steps as f64 * 2.0_f64.powi(k));
        let (least, most) = (start - 2.0 * length, start - 0.999 * length);
        let room = 2.0 * f64::EPSILON * steps as f64 * (start.abs() + 2.0 * length);
        ensure((least - room..=most + room).contains(&end), || {
            let got = format!(
                "{} from {start} with the gradient 1, {steps} steps with η = 2^{k}, ends at {end:e}",
                self.name
            );
            let look = "Every positive learning rate is valid, and all steps are taken.";
            Broken::answer(got, format!("between {least:e} and {most:e}"), look)
        })
    }

    /// The first point that is not finite is reported with its number: the gradient is `bad` in one entry from
    /// point `k` on.
    pub fn reports_the_step(&self, start: &[f64], k: usize, bad: f64, i: usize) -> Verdict {
        let i = i % start.len();
        let grad = |x: &[f64], g: f64| (0..x.len()).map(|j| if j == i { g } else { 0.0 }).collect();
        // With the gradient 1 each point is below the last one. The gradient depends on the point alone: how often it
        // is evaluated there is left open.
        let from = self.path(&|x| grad(x, 1.0), start, 0.5, k)?[k][i];
        let gradient = |x: &[f64]| grad(x, if x[i] > from { 1.0 } else { bad });
        let got = (self.ask)(&gradient, start, 0.5, k + 3);
        let call = format!("{}, where the gradient at point {k} is {bad}", self.name);
        let look = format!("Point {k} is still finite, the step from it gives point {}.", k + 1);
        rejected(&call, got, InputError::NotFinite { name: "path", index: k + 1 }, look)
    }
}
