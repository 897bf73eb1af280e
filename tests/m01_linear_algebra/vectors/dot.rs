use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::vectors::dot;
use kit::InputError;
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::super::range;

/// Σ|xᵢyᵢ|, the size that rounding is measured against.
fn size(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| (x * y).abs()).sum()
}

#[test]
fn sums_the_products() {
    for_all("x, y", range::long_vectors(0)).holds(|[x, y]| {
        // Equal vectors are the same slice, every other time.
        let y = if x == y && x.len() % 2 == 0 { x } else { y };
        // Counted in 64ths the sum is a whole number, and exact.
        let in_64ths: i64 = x.iter().zip(y).map(|(x, y)| (8.0 * x) as i64 * (8.0 * y) as i64).sum();
        let (got, want) = (dot(x, y).accepted("dot(x, y)")?, in_64ths as f64 / 64.0);
        let look = "Multiply entry by entry, with their signs, and add up all n products.";
        close("dot(x, y)", got, want, rounding(x.len(), size(x, y)), look)
    });
}

#[test]
fn selects_an_entry_by_a_basis_vector() {
    let inputs = any::vector(1..=6).prop_flat_map(|x| (0..x.len()).prop_map(move |i| (x.clone(), i)));
    for_all("x, i", inputs).holds(|(x, i)| {
        let mut unit = vec![0.0; x.len()];
        unit[*i] = 1.0;
        let got = dot(x, &unit).accepted("dot(x, eᵢ)")?;
        close(
            "dot(x, eᵢ)",
            got,
            x[*i],
            0.0,
            format!("eᵢ = {unit:?} is a basis vector: x·eᵢ = xᵢ. Is every index visited?"),
        )
    });
}

#[test]
fn is_symmetric() {
    for_all("x, y", any::vectors(0..=6)).holds(|[x, y]| {
        let (got, want) = (dot(x, y).accepted("dot(x, y)")?, dot(y, x).accepted("dot(y, x)")?);
        let look = "dot(y, x) is the value above: x·y = y·x. Are both vectors used in the same way?";
        close("dot(x, y)", got, want, rounding(2 * x.len(), size(x, y)), look)
    });
}

#[test]
fn is_linear_in_the_first_vector() {
    for_all("a, x, y, z", (any::eighth(), any::vectors(1..=5))).holds(|(a, [x, y, z])| {
        let sum: Vec<f64> = x.iter().zip(y).map(|(x, y)| a * x + y).collect();
        let (of_x, of_y) = (dot(x, z).accepted("dot(x, z)")?, dot(y, z).accepted("dot(y, z)")?);
        let tolerance = rounding(4 * x.len(), (a.abs() + 1.0) * (size(x, z) + size(y, z)));
        let got = dot(&sum, z).accepted("dot(a·x + y, z)")?;
        let look = "(a·x + y)·z = a·(x·z) + y·z. Absolute values, squares and products of sums violate it.";
        close("dot(a·x + y, z)", got, a * of_x + of_y, tolerance, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::vectors::dot;
        assert_eq!(dot(&[1.0, 2.0], &[3.0, 0.5]), Ok(4.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_homogeneous_for_huge_and_tiny_vectors() {
        for_all("x, y, (j, k)", (any::vectors(1..=6), range::powers())).holds(|([x, y], (j, k))| {
            let in_units = |x: &[f64], k: i32| x.iter().map(|x| x * 2.0_f64.powi(k)).collect::<Vec<_>>();
            let want = dot(x, y).accepted("dot(x, y)")?;
            let got = dot(&in_units(x, *j), &in_units(y, *k)).accepted("dot(2ʲ·x, 2ᵏ·y)")?;
            let look =
                "(2ʲx)·(2ᵏy) = 2ʲ⁺ᵏ(x·y), and powers of two cause no rounding. Is a small product dropped?";
            close(
                "dot(2ʲ·x, 2ᵏ·y)/2ʲ⁺ᵏ",
                got / 2.0_f64.powi(j + k),
                want,
                rounding(2 * x.len(), size(x, y)),
                look,
            )
        });
    }

    #[test]
    fn is_accurate_to_rounding_error() {
        let pairs = judge::any::vec((any::entry(), any::entry()), 1..40);
        let extreme = pairs.prop_map(|pairs| pairs.into_iter().unzip().into());
        let inputs = prop_oneof![extreme, any::wide_vectors(0..=6), range::vectors(257, -150, 150)];
        for_all("x, y", inputs).holds(|[x, y]: &[Vec<f64>; 2]| {
            let want = x.iter().zip(y).fold(0.0, |sum, (x, y): (&f64, _)| x.mul_add(*y, sum));
            let got = dot(x, y).accepted("dot(x, y)")?;
            let look = "The error is larger than that of n rounded products and sums. Which term is lost or \
                        rounded?";
            close("dot(x, y)", got, want, rounding(2 * x.len(), size(x, y)), look)
        });
    }

    #[test]
    fn rejects_unequal_lengths() {
        for_all("x, y", range::unequal_vectors()).holds(|[x, y]| {
            let (left, right) = (x.len(), y.len());
            let look =
                "`zip` stops at the end of the shorter one without an error. Compare the lengths first, x's \
                 on the left.";
            rejected("dot(x, y)", dot(x, y), InputError::LengthMismatch { left, right }, look)
        });
    }

    #[test]
    fn is_zero_for_empty_vectors() {
        example(|| {
            let got = dot(&[], &[]).accepted("dot([], [])")?;
            close("dot([], [])", got, 0.0, 0.0, "A sum without terms is 0.")
        });
    }

    #[test]
    fn propagates_nan() {
        let inputs = any::size(1..=5, 257)
            .prop_flat_map(|n| (any::vectors(n..=n), prop_oneof![1 => 0..n, 1 => Just(n - 1)]));
        for_all("x, y, i", inputs).holds(|([x, y], i)| {
            let mut with_nan = x.clone();
            with_nan[*i] = f64::NAN;
            for (call, got) in [
                ("dot(x with NaN in entry i, y)", dot(&with_nan, y)),
                ("dot(y, x with NaN in entry i)", dot(y, &with_nan)),
            ] {
                let got = got.accepted(call)?;
                ensure(got.is_nan(), || {
                    let look = "NaN·y is NaN, and so is a sum with it, also for y = 0. What skips the NaN?";
                    Broken::answer(format!("{call} = {got}"), "NaN", look)
                })?;
            }
            Ok(())
        });
    }
}
