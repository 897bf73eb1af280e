//! Chapter m03: how soon gradient descent overflows.

use katas::reference::m03_calculus::descent::gradient_descent;
use kit::InputError;

use crate::says;

#[test]
fn descent_with_ten_times_the_largest_rate_overflows_when_the_chapter_says() {
    let path = gradient_descent(&|x| x.to_vec(), &[1.0], 20.0, 1000, 0.0);
    let Err(InputError::NotFinite { index, .. }) = path else { panic!("no overflow: {path:?}") };
    says(
        "m03_calculus",
        &format!(
            "With ηL = 20, ten times too large, the factor is 19, and the overflow comes in step {index}"
        ),
    );
}

#[test]
fn an_overflow_in_the_third_step_needs_a_factor_of_10_to_the_102() {
    let exponent = (f64::MAX.log10() / 3.0).floor();
    assert_eq!(exponent, 102.0);
    says("m03_calculus", "step 3 that one step multiplies by 10¹⁰²");
}
