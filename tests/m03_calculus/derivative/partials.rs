//! The accuracy of partial derivatives where the kata chooses its step size.

use judge::any::select;
use judge::any::vec;
use judge::{Broken, any};
use kit::InputError;
use proptest::prelude::*;

use crate::m03_calculus::expression::{Expression, draw};

/// How far ∂f/∂xᵢ may be off: 10⁻⁶·S/sᵢ.
///
/// With h = c·sᵢ a central difference errs by c²/6·S/sᵢ at most (truncation) and about 4ε/c·S/sᵢ (rounding), a forward
/// difference by c/2 and as much: 10⁻⁶ leaves room for every c from 10⁻⁹ to 10⁻³ with the first, and around √ε with
/// the second. Best are c = ∛ε with an error of 10⁻¹⁰, and √ε with 10⁻⁸.
pub fn tolerance(f: &Expression, x: &[f64], i: usize) -> f64 {
    let s = x[i].abs().max(1.0);
    // "Near x" is within a hundredth of sᵢ.
    let nearby: Vec<f64> =
        (0..).zip(x).map(|(j, x)| x.abs() + if i == j { s / 100.0 } else { 0.0 }).collect();
    let of_order = |k: usize| f.derivative_of_order(k, i).size(&nearby) * s.powi(k as i32);
    1e-6 * (0..=3).map(of_order).fold(0.0, f64::max) / s
}

/// Where to look at an ordinary point.
pub const ORDINARY: &str = "Vary one coordinate, keep the others. Is the difference divided by the whole \
                            width? A large step has a truncation error, a small one a rounding error.";

/// Where to look if something is wrong at this point: at the scaling only where it matters.
pub fn scaling(x: &[f64]) -> &'static str {
    if x.iter().all(|x| (1.0..=8.0).contains(&x.abs())) {
        return ORDINARY;
    }
    "A step of 10⁻⁵ is lost at 10⁸, and a step of 10³ is too large at 1. Scale it with max(1, |xᵢ|), for \
     each coordinate."
}

/// A function of one to three variables, and a point in eighths.
pub fn function_and_point() -> impl Strategy<Value = (Expression, Vec<f64>)> + Send + Sync + Clone {
    let x = (-16..=16_i32).prop_map(|k| f64::from(k) / 8.0);
    (1..=3_usize).prop_flat_map(move |n| (draw::of_several(n), vec(x.clone(), n)))
}

/// A function made of powers, and a point whose coordinates are of very different sizes.
pub fn powers_and_uneven_point() -> impl Strategy<Value = (Expression, Vec<f64>)> + Send + Sync + Clone {
    let x = (any::nonzero(), select(vec![1.0, 0.0, 1e-12, 1e3, 1e6, 1e8])).prop_map(|(x, scale)| x * scale);
    (1..=3_usize).prop_flat_map(move |n| (draw::powers_of_several(n), vec(x.clone(), n)))
}

/// A point, and where in it something is wrong.
pub fn point_and_index() -> impl Strategy<Value = (Vec<f64>, usize)> + Send + Sync + Clone {
    any::length(1..=8, 257).prop_flat_map(|n| (any::vector(n..=n), prop_oneof![1 => 0..n, 1 => Just(n - 1)]))
}

/// There is one partial derivative for each axis.
pub fn one_for_each_axis(call: &str, got: &[f64], n: usize) -> Result<(), Broken> {
    let look = "One partial derivative for each coordinate of x, in their order.";
    judge::ensure(got.len() == n, || {
        Broken::answer(format!("{call} = {got:?}"), format!("{n} entries"), look)
    })
}

/// f is not finite as soon as coordinate i changes, or one behind it.
pub fn broken_axis(x: &[f64], i: usize, bad: f64) -> impl Fn(&[f64]) -> f64 {
    let rest = x[i..].to_vec();
    move |moved| if moved[i..] == rest[..] { 1.0 } else { bad }
}

/// The rejection of a function that is not finite.
pub fn not_finite(index: usize) -> InputError {
    InputError::NotFinite { name: "f", index }
}
