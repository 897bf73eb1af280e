mod add;
mod cosine_similarity;
mod dot;
mod norm;
mod scale;

use judge::{Broken, Verdict, ensure};

/// NaN, ∞ and −∞ stand where they are wanted and nowhere else; which finite numbers stand between them is left to
/// other laws.
fn not_finite_in_place(call: &str, got: &[f64], want: &[f64], look: &str) -> Verdict {
    let kind = |x: &f64| (x.is_nan(), x.is_infinite(), x.is_infinite() && *x > 0.0);
    ensure(got.iter().map(kind).eq(want.iter().map(kind)), || {
        Broken::answer(format!("{call} = {got:?}"), format!("{want:?}"), look)
    })
}
