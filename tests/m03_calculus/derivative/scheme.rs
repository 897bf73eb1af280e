//! What the difference schemes with a given step have in common: each is a weighted sum of values of f near x.

use std::cell::Cell;

use judge::{Answer, Broken, Verdict, any, close, equal, rejected, rejected_for};
use kit::InputError;
use proptest::prelude::*;

use crate::m03_calculus::expression::Expression;
use crate::m03_calculus::rejection::out_of_range;

/// A difference scheme as a learner writes it: f, x and h.
type Ask = fn(&dyn Fn(f64) -> f64, f64, f64) -> Result<f64, InputError>;

/// A difference scheme with a given step.
pub struct Scheme {
    pub name: &'static str,
    pub ask: Ask,
    /// Where f is evaluated, as multiples of h from x, and with which weight, in units of 1/hʳ.
    pub weights: &'static [(f64, f64)],
    /// The order r of the derivative.
    pub order: i32,
}

/// An x in eighths and a step 2⁻ᵏ: x + h is exact, and so is a counterexample.
pub fn place(smallest: u8) -> impl Strategy<Value = (f64, f64)> + Send + Sync + Clone {
    ((-16..=16_i32).prop_map(|k| f64::from(k) / 8.0), step(smallest))
}

/// A step 2⁻ᵏ, from 1/2 down to 2 to the minus `smallest`.
pub fn step(smallest: u8) -> impl Strategy<Value = f64> + Send + Sync + Clone {
    (1..=smallest).prop_map(|k| 0.5_f64.powi(i32::from(k)))
}

/// An x and a step of any size, neither of them exact in binary, where powers of degree `power` stay normal numbers.
pub fn anywhere(power: i32) -> impl Strategy<Value = (f64, f64)> + Send + Sync + Clone {
    let most = 980 / power - 14;
    let x = prop_oneof![any::eighth(), any::fine()];
    let h = prop_oneof![Just(1.0), 1.0..2.0_f64];
    let unit = prop_oneof![2 => -8..=8_i32, 1 => -most..=most];
    (x, h, -8..=8_i32, unit).prop_map(|(x, h, j, k)| (x * 2.0_f64.powi(k), h * 2.0_f64.powi(k + j)))
}

/// 0 and a step of any size from 2 to the `least` on.
pub fn at_0(least: i32) -> impl Strategy<Value = (f64, f64)> + Send + Sync + Clone {
    (least..=300).prop_map(|k| (0.0, 2.0_f64.powi(k)))
}

/// A step that is not positive, of every size.
pub fn not_positive() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    prop_oneof![
        Just(0.0),
        Just(-0.0),
        any::nonzero().prop_map(|h| -h.abs()),
        any::magnitude(-300, 300).prop_map(|h| -h.abs()),
    ]
}

/// Values of f and a step 2⁻ᵏ whose quotient overflows.
pub fn overflowing() -> impl Strategy<Value = (f64, i32)> + Send + Sync + Clone {
    (any::nonzero().prop_map(|x| x.signum() * 1e300), 30..=60_i32)
}

impl Scheme {
    /// The answer for an expression in x.
    pub fn of(&self, f: &Expression, x: f64, h: f64) -> Result<f64, Broken> {
        (self.ask)(&|t| f.at(&[t]), x, h).accepted(&self.call("f"))
    }

    /// What rounding can do to the answer. Each value of f carries its own error, and three operations (difference,
    /// weight, sum) add four ε of it at most; all of that is multiplied by a weight that grows as 1/hʳ. This is the
    /// ε|f|/h that makes small steps dangerous. x ± h itself is exact here.
    pub fn rounding(&self, f: &Expression, x: f64, h: f64) -> f64 {
        let one = |&(place, weight): &(f64, f64)| {
            let at = [x + place * h];
            weight.abs() / h.powi(self.order) * (f.error(&at) + 4.0 * f64::EPSILON * f.at(&at).abs())
        };
        self.weights.iter().map(one).sum()
    }

    /// The answer is `want`, up to rounding and this `truncation`.
    pub fn gives(
        &self,
        f: &Expression,
        (x, h): (f64, f64),
        want: f64,
        truncation: f64,
        look: &str,
    ) -> Verdict {
        // `want` is a sum of a few terms of the size of the answer.
        let tolerance = truncation + self.rounding(f, x, h) + 16.0 * f64::EPSILON * want.abs();
        // Plus 0, so that −0 is not shown.
        close(&self.call("f"), self.of(f, x, h)?, want + 0.0, tolerance, look)
    }

    /// D(a·f + g) = a·Df + Dg.
    pub fn is_linear(&self, a: f64, f: &Expression, g: &Expression, (x, h): (f64, f64)) -> Verdict {
        let (of_f, of_g) = (self.of(f, x, h)?, self.of(g, x, h)?);
        let call = self.call("a·f + g");
        let got = (self.ask)(&|t| a * f.at(&[t]) + g.at(&[t]), x, h).accepted(&call)?;
        // Both sides round, and the left one also rounds a·f + g itself: three more operations.
        let tolerance = 3.0 * (a.abs() * self.rounding(f, x, h) + self.rounding(g, x, h));
        let look = "D(a·f + g) = a·D(f) + D(g), the value above. Every value of f has a fixed weight, \
                    without squares or absolute values.";
        close(&call, got, a * of_f + of_g, tolerance, look)
    }

    /// f is asked where the documentation says, and nowhere else.
    pub fn asks_only_there(&self, f: &Expression, (x, h): (f64, f64), places: &str) -> Verdict {
        let want = self.of(f, x, h)?;
        let known: Vec<f64> = self.weights.iter().map(|(place, _)| x + place * h).collect();
        let elsewhere = Cell::new(None);
        let only_there = |t: f64| {
            if known.contains(&t) {
                return f.at(&[t]);
            }
            elsewhere.set(Some(t));
            f64::NAN
        };
        let call = self.call("f, known at few points only");
        let got = (self.ask)(&only_there, x, h).accepted(&call)?;
        let look = format!("f is defined at {places} only, and NaN elsewhere. Where is it evaluated?");
        close(&call, got, want, 0.0, &look)?;
        equal(&format!("another place where {call} asks"), elsewhere.get(), None, look)
    }

    /// An x or h that is NaN or infinite is rejected by name.
    pub fn rejects_not_finite(&self, bad: f64, in_x: bool) -> Verdict {
        let (name, x, h) = if in_x { ("x", bad, 0.5) } else { ("h", 1.0, bad) };
        let call = format!("{}(t ↦ 1, {x}, {h})", self.name);
        let look = "Check x and h before f is evaluated.";
        let mut wants = vec![InputError::NotFinite { name, index: 0 }];
        // An infinite x swallows every step, and −∞ is a negative one.
        if bad == f64::NEG_INFINITY || in_x && bad == f64::INFINITY {
            wants.push(InputError::OutOfRange { name: "h", got: h, wanted: "…" });
        }
        rejected_for(&call, (self.ask)(&|_| 1.0, x, h), &wants, look)
    }

    /// However small or large the step is, a power of order r has r! as its r-th derivative at 0.
    pub fn takes_any_step(&self, k: i32) -> Verdict {
        let (h, call) = (
            2.0_f64.powi(k),
            format!("{}(t ↦ t{}, 0, 2^{k})", self.name, ["", "²"][self.order as usize - 1]),
        );
        let got = (self.ask)(&|t| t.powi(self.order), 0.0, h).accepted(&call)?;
        let look = "Every step that changes x is accepted. Is h compared with a constant?";
        close(&call, got, f64::from(self.order), judge::rounding(16, 2.0), look)
    }

    /// At every magnitude of x and h this power of t, the lowest whose difference depends on h, gives `want`.
    pub fn is_accurate_at_every_magnitude(
        &self,
        (x, h): (f64, f64),
        power: i32,
        want: fn(f64, f64) -> f64,
    ) -> Verdict {
        let call =
            format!("{}(t ↦ ±t{}, {x:e}, {h:e})", self.name, ["", "", "²", "³", "⁴", "⁵"][power as usize]);
        // As a product, which is rounded a few times on every platform.
        // With the other sign left of 0, so that derivatives of both signs come at every magnitude.
        let sign = if x < 0.0 { -1.0 } else { 1.0 };
        let got = (self.ask)(&|t| (0..power).fold(sign, |of, _| of * t), x, h).accepted(&call)?;
        // The values are at most |x| + h, to that power; their rounding is divided by hʳ.
        let size = (x.abs() + h).powi(power) / h.powi(self.order);
        let look = "The formula holds for every magnitude of x and h, in f64.";
        close(&call, got, sign * want(x, h), judge::rounding(64, size), look)
    }

    /// Values of f are finite, and the quotient is not.
    pub fn reports_an_overflow(&self, (size, k): (f64, i32)) -> Verdict {
        let (order, h) = (self.order, 2.0_f64.powi(-k));
        // The r-th difference is about 10³⁰⁰, and h is at most 2⁻³⁰.
        let f = |t: f64| if t == 0.0 { 0.0 } else { size * t.signum().powi(order) };
        let call = format!("{}(f, 0, {h:e}), where f is ±{:e} next to 0,", self.name, size.abs());
        let look = "The values of f are finite, but their quotient is not. Is the result checked?";
        rejected(&call, (self.ask)(&f, 0.0, h), InputError::NotFinite { name: "f", index: 0 }, look)
    }

    /// A step that leads nowhere or back is rejected.
    pub fn rejects_step(&self, x: f64, h: f64, look: &str) -> Verdict {
        out_of_range(&format!("{}(f, {x}, {h:e})", self.name), (self.ask)(&|t| t, x, h), "h", h, look)
    }

    /// A value of f that is NaN or infinite is reported.
    pub fn reports_f(&self, bad: f64, (x, h): (f64, f64), at: usize) -> Verdict {
        let place = x + self.weights[at % self.weights.len()].0 * h;
        // Beyond the places of the scheme: everywhere.
        let everywhere = at >= self.weights.len();
        let f = |t: f64| if everywhere || t == place { bad } else { 1.0 };
        let where_ = if everywhere { "t".to_owned() } else { place.to_string() };
        let call = format!("{}(f, {x}, {h}) where f({where_}) = {bad}", self.name);
        let look = "A quotient with such a value is not finite. Is the result checked?";
        rejected(&call, (self.ask)(&f, x, h), InputError::NotFinite { name: "f", index: 0 }, look)
    }

    fn call(&self, f: &str) -> String {
        format!("{}({f}, x, h)", self.name)
    }
}

/// Steps that are lost in rounding: h is far below the distance of neighboring numbers at x.
pub fn lost_step() -> impl Strategy<Value = (f64, f64)> + Send + Sync + Clone {
    let x = prop_oneof![
        (any::nonzero(), 0..=10_i32).prop_map(|(x, k)| x * 10_f64.powi(k)),
        any::magnitude(-280, 300)
    ];
    let far = (x, 1..=30_i32).prop_map(|(x, k)| (x, x.abs() * f64::EPSILON * 0.5_f64.powi(3 + k)));
    // Between 1 and 1.5 times a power of two, 0.3·ε·|x| is still less than half of the distance to either neighbor.
    let near = (9..=12_i32, -100..=100_i32).prop_map(|(m, k)| f64::from(m) / 8.0 * 2.0_f64.powi(k));
    prop_oneof![3 => far, 1 => near.prop_map(|x| (x, 0.3 * f64::EPSILON * x))]
}
