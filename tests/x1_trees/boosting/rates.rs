//! Learning rates, right ones and wrong ones.

use judge::{Broken, Verdict, any, ensure};
use katas::x1_trees::boosting::Boosted;
use kit::InputError;
use proptest::prelude::*;

/// Learning rates, often simple ones.
pub fn rates() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    any::part(prop_oneof![2 => any::select(vec![1.0, 0.5, 0.25, 0.125]), 1 => 0.001..1.0_f64])
}

/// Learning rates out of range.
pub fn wrong_rates() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    let next = any::select(vec![0.0, -0.0, -0.5, 1.0_f64.next_up(), 2.0, 1e300]);
    any::part(prop_oneof![next, any::not_finite()])
}

/// A rate out of range is rejected.
pub fn is_rejected(call: &str, got: &Result<Boosted, InputError>) -> Verdict {
    // A NaN is equal to nothing, so the number in the reason is not compared.
    ensure(matches!(got, Err(InputError::OutOfRange { name: "rate", .. })), || {
        let want = "Err(OutOfRange { name: \"rate\", … })";
        Broken::answer(format!("{call} = {got:?}"), want, "0 < η ≤ 1; NaN is neither.")
    })
}
