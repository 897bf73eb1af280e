use judge::any::vec;
use judge::{any, close, for_all};
use katas::m01_linear_algebra::vectors::scale;
use proptest::prelude::{Strategy, prop_oneof};

use super::super::range;
use super::not_finite_in_place;

#[test]
fn multiplies_each_entry_by_the_factor() {
    for_all("a, x", (any::eighth(), range::long_vectors(0))).holds(|(a, [x])| {
        // No tolerance: one product of two numbers is rounded in one way only.
        let want: Vec<f64> = (0..x.len()).map(|i| a * x[i]).collect();
        let look =
            "Every entry is multiplied, by the factor itself with its sign, and nothing else happens to it.";
        close("scale(a, x)", &scale(*a, x)[..], &want[..], 0.0, look)
    });
}

#[test]
fn is_the_identity_for_factor_one() {
    for_all("x", any::vector(0..=6)).holds(|x| {
        let look = "1·x = x: the same numbers, and as many of them.";
        close("scale(1, x)", &scale(1.0, x)[..], &x[..], 0.0, look)
    });
}

#[test]
fn multiplies_the_factors_of_two_calls() {
    for_all("a, b, x", (any::eighth(), any::eighth(), any::vector(0..=6))).holds(|(a, b, x)| {
        // No tolerance: products of three eighths are exact.
        let (got, want) = (scale(*a, &scale(*b, x)), scale(a * b, x));
        let look = "a·(b·x) = (ab)·x, and scale(a * b, x) is the value above.";
        close("scale(a, scale(b, x))", &got[..], &want[..], 0.0, look)
    });
}

#[test]
fn distributes_over_a_sum_of_factors() {
    for_all("a, b, x", (any::eighth(), any::eighth(), any::vector(0..=6))).holds(|(a, b, x)| {
        let (by_a, by_b) = (scale(*a, x), scale(*b, x));
        let want: Vec<f64> = by_a.iter().zip(&by_b).map(|(a, b)| a + b).collect();
        let look =
            "(a + b)·x = a·x + b·x. Absolute values, square roots and shifts by a constant violate it.";
        close("scale(a + b, x)", &scale(a + b, x)[..], &want[..], 0.0, look)
    });
}

#[test]
fn distributes_over_a_sum_of_vectors() {
    for_all("a, x, y", (any::eighth(), any::vectors(0..=6))).holds(|(a, [x, y])| {
        let sum: Vec<f64> = x.iter().zip(y).map(|(x, y)| x + y).collect();
        let want: Vec<f64> = scale(*a, x).iter().zip(&scale(*a, y)).map(|(x, y)| x + y).collect();
        let look =
            "a·(x + y) = a·x + a·y. Does the factor for one entry depend on the length or on other entries?";
        close("scale(a, x + y)", &scale(*a, &sum)[..], &want[..], 0.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::vectors::scale;
        assert_eq!(scale(-2.0, &[1.0, 0.5]), [-2.0, -1.0]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn keeps_tiny_products() {
        for_all("k, x", (-900..=-600_i32, any::vector(1..=6))).holds(|(k, x)| {
            let (factor, want) =
                (2.0_f64.powi(*k), x.iter().map(|x| x * 2.0_f64.powi(*k)).collect::<Vec<_>>());
            let look = "2⁻⁹⁰⁰ is small, but a normal number: no product is rounded to 0.";
            close("scale(2ᵏ, x)", &scale(factor, x)[..], &want[..], 0.0, look)
        });
    }

    #[test]
    fn propagates_nan_and_infinity() {
        let number = || prop_oneof![any::eighth(), any::not_finite()];
        for_all("a, x", (number(), any::size(1..=4, 257).prop_flat_map(move |n| vec(number(), n)))).holds(
            |(a, x)| {
                let want: Vec<f64> = (0..x.len()).map(|i| a * x[i]).collect();
                let look =
                    "Leave NaN and ∞ to `*`: 0·∞ and 0·NaN are NaN, which a shortcut for 0 would hide.";
                not_finite_in_place("scale(a, x)", &scale(*a, x), &want, look)
            },
        );
    }

    #[test]
    fn multiplies_numbers_of_every_magnitude() {
        let wide = (any::wide(), any::wide_vector(0..=6));
        // Products down to the subnormal numbers, and up to where they stay finite.
        let whole_range = (any::magnitude(-160, 150), range::vectors(257, -160, 150));
        let whole_range = whole_range.prop_map(|(a, [x])| (a, x));
        // And beyond both: a product that is too large is infinite, one that is too small is 0.
        let beyond = (any::magnitude(-322, 308), range::vectors(257, -322, 308)).prop_map(|(a, [x])| (a, x));
        for_all("a, x", prop_oneof![wide, whole_range, beyond]).holds(|(a, x)| {
            // No tolerance: one product of two numbers is rounded in one way only.
            let want: Vec<f64> = (0..x.len()).map(|i| a * x[i]).collect();
            let look = "Every entry is multiplied, in f64. Is an entry skipped or rounded?";
            let got = scale(*a, x);
            not_finite_in_place("scale(a, x)", &got, &want, look)?;
            let finite =
                |of: &[f64]| of.iter().map(|x| if x.is_finite() { *x } else { 0.0 }).collect::<Vec<_>>();
            close("scale(a, x), with 0 for ∞,", &finite(&got)[..], &finite(&want)[..], 0.0, look)
        });
    }
}
