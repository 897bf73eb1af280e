mod add;
mod cosine_similarity;
mod dot;
mod norm;
mod scale;

use judge::{Broken, Verdict, ensure};

/// The answer is this vector, where a NaN counts as equal to a NaN.
fn same(call: &str, got: &[f64], want: &[f64], look: &str) -> Verdict {
    let alike = |(got, want): (&f64, &f64)| got == want || (got.is_nan() && want.is_nan());
    ensure(got.len() == want.len() && got.iter().zip(want).all(alike), || {
        Broken::answer(format!("{call} = {got:?}"), format!("{want:?}"), look)
    })
}
