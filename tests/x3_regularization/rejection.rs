//! Inputs that are rejected. Where more than one reason applies, each of them is right.

use judge::{Verdict, rejected, rejected_for};
use kit::{InputError, Matrix};

use super::draw::{Fault, counting_but, growing_but, matrix, wrong_matrix, wrong_vector};

/// The look of a number that is not finite or too large.
pub const ALL_NUMBERS: &str = "Check all numbers: finite, and at most 10⁶⁰ in size.";

/// Why a number is rejected: it is not finite, or outside of the range. One that is infinite is both.
pub fn reasons(name: &'static str, index: usize, got: f64, wanted: &'static str) -> Vec<InputError> {
    let not_finite = (!got.is_finite()).then_some(InputError::NotFinite { name, index });
    let outside = (!got.is_nan()).then_some(InputError::OutOfRange { name, got, wanted });
    not_finite.into_iter().chain(outside).collect()
}

/// The backward pass of a normalization: upstream gradient, activations, γ, ε.
pub type Backward = fn(&Matrix, &Matrix, &[f64], f64) -> Result<(Matrix, Vec<f64>, Vec<f64>), InputError>;

/// A backward pass rejects an upstream gradient of another shape than x, and e numbers γ for d features.
pub fn rejects_other_shapes(call: &str, backward: Backward, [d, e]: [usize; 2]) -> Verdict {
    let of = |n: usize, d: usize| counting_but([n, d], [0, 0], 0.0);
    let (fits, other) = (vec![1.0; d], vec![1.0; e]);
    let look = "The upstream gradient has the shape of x.";
    let want = InputError::ShapeMismatch { left: (3, d), right: (3, e) };
    rejected(call, backward(&of(3, e), &of(3, d), &fits, 1e-5), want, look)?;
    let want = InputError::ShapeMismatch { left: (d, 2), right: (e, 2) };
    rejected(call, backward(&of(e, 2), &of(d, 2), &[1.0, 2.0], 1e-5), want, look)?;
    let want = InputError::LengthMismatch { left: d, right: e };
    rejected(call, backward(&of(3, d), &of(3, d), &other, 1e-5), want, "One γ per feature.")
}

/// A backward pass rejects a number that is not finite, and one that is too large, in each of its arguments.
pub fn rejects_invalid(call: &str, backward: Backward, &(shape, [i, j], bad): &Fault, large: f64) -> Verdict {
    let d = shape[1];
    for got in [bad, large] {
        let want = |name, index| reasons(name, index, got, "at most 10⁶⁰ in size");
        let (fine, gamma) = (counting_but(shape, [i, j], 0.0), growing_but(d, d, 0.0));
        let (wrong, wrong_gamma) = (wrong_matrix(shape, [i, j], got), wrong_vector(d, j, got));
        let place = i * d + j;
        let answer = backward(&wrong, &fine, &gamma, 1e-5);
        rejected_for(call, answer, &want("grad_output", place), ALL_NUMBERS)?;
        rejected_for(call, backward(&fine, &wrong, &gamma, 1e-5), &want("x", place), ALL_NUMBERS)?;
        rejected_for(call, backward(&fine, &fine, &wrong_gamma, 1e-5), &want("gamma", j), ALL_NUMBERS)?;
    }
    Ok(())
}

/// A backward pass rejects this ε.
pub fn rejects_epsilon(call: &str, backward: Backward, got: f64) -> Verdict {
    let x = matrix(2, 2, &[1.0, 2.0, 4.0, 3.0]);
    let want = InputError::OutOfRange { name: "epsilon", got, wanted: "10⁻³⁰ to 1" };
    rejected(call, backward(&x, &x, &[1.0; 2], got), want, "ε from 10⁻³⁰ to 1.")
}
