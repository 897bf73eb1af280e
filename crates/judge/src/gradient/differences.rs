use super::loss::Loss;

/// A quotient by differences, and how far off it may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quotient {
    pub value: f64,
    pub error: f64,
}

/// ε^(1/5): at this step, in units of the parameter, truncation h⁴ and rounding ε/h are of one size, 2⁻⁴².
///
/// A power of two, so that a parameter in eighths moves without rounding.
const STEP: f64 = 1.0 / 1024.0;

/// The derivative of the loss along coordinate i of `at`, which comes back as it was.
///
/// Central differences D(h) and D(2h) err by c·h² and 4c·h²; (4·D(h) − D(2h))/3 cancels that and errs by a term in h⁴.
/// What remains of the truncation is far smaller than |D(2h) − D(h)|, which is therefore allowed; rounding δ of one
/// value of the loss moves D(h) by at most δ/h, D(2h) by δ/2h, and the whole by (4/3 + 1/6)·δ/h.
///
/// Sources: Burden and Faires, *Numerical Analysis*, 9th ed., §4.1 and §4.2 (Richardson's extrapolation).
pub(super) fn quotient(loss: &Loss, at: &mut [f64], i: usize) -> Quotient {
    let middle = at[i];
    let h = STEP * power_of_two_near(middle);
    let mut difference = |h: f64| {
        let mut value = |x: f64| {
            at[i] = x;
            (loss.value)(at)
        };
        let (above, below) = (value(middle + h), value(middle - h));
        // The step that was really taken: next to a long fraction the sum rounds.
        (above - below) / ((middle + h) - (middle - h))
    };
    let (near, far) = (difference(h), difference(2.0 * h));
    at[i] = middle;
    let value = (4.0 * near - far) / 3.0;
    Quotient { value, error: (far - near).abs() + 1.5 * loss.rounding / h + 4.0 * f64::EPSILON * value.abs() }
}

/// A power of two that is at least half of |x|, and at least 1.
fn power_of_two_near(x: f64) -> f64 {
    x.abs().max(1.0).log2().floor().exp2()
}
