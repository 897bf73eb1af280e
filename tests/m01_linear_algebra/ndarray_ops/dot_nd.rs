use judge::any::vec;
use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::ndarray_ops::dot_nd;
use kit::InputError;
use ndarray::{Array1, aview1};
use proptest::prelude::Strategy;

use super::super::range;
use super::stored::{row, stored};

/// Σ|xᵢyᵢ|, the size that rounding is measured against.
fn size(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| (x * y).abs()).sum()
}

#[test]
fn sums_the_products() {
    for_all("x, y", range::long_vectors(0)).holds(|[x, y]| {
        // Equal vectors are the same view, every other time.
        let y = if x == y && x.len() % 2 == 0 { x } else { y };
        // Counted in 64ths the sum is a whole number, and exact.
        let in_64ths: i64 = x.iter().zip(y).map(|(x, y)| (8.0 * x) as i64 * (8.0 * y) as i64).sum();
        let got = dot_nd(aview1(x), aview1(y)).accepted("dot_nd(x, y)")?;
        let look = "Multiply entry by entry, with their signs, and add up all n products.";
        close("dot_nd(x, y)", got, in_64ths as f64 / 64.0, rounding(x.len(), size(x, y)), look)
    });
}

#[test]
fn multiplies_two_pairs_and_adds() {
    example(|| {
        let got = dot_nd(aview1(&[1.0, 2.0]), aview1(&[3.0, 4.0])).accepted("dot_nd([1, 2], [3, 4])")?;
        let look = "1·3 + 2·4: each entry of x is multiplied by the entry of y with the same index.";
        close("dot_nd([1, 2], [3, 4])", got, 11.0, rounding(2, 11.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::ndarray_ops::dot_nd;
        use ndarray::array;

        let a = array![[1.0, 2.0], [3.0, 0.5]];
        assert_eq!(dot_nd(a.row(0), a.row(1)), Ok(4.0));
        assert_eq!(dot_nd(a.column(0), a.column(1)), Ok(3.5));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_depend_on_the_memory_layout() {
        let inputs = (range::long_vectors(1), stored(), stored());
        for_all("x, y, layout of x, layout of y", inputs).holds(|([x, y], by_x, by_y)| {
            let got = dot_nd(row(x, *by_x).view(), row(y, *by_y).view()).accepted("dot_nd(x, y)")?;
            let want = dot_nd(aview1(x), aview1(y)).accepted("dot_nd(x, y)")?;
            let look = "For contiguous views of the same vectors the result is the value above. A view may \
                        run backwards or skip entries.";
            close("dot_nd(x, y)", got, want, rounding(2 * x.len(), size(x, y)), look)
        });
    }

    #[test]
    fn is_accurate_to_rounding_error() {
        let pairs = vec((any::entry(), any::entry()), 1..40);
        let pairs = pairs
            .prop_map(|pairs| <[Vec<f64>; 2]>::from(pairs.into_iter().unzip::<f64, f64, Vec<_>, Vec<_>>()));
        let inputs = proptest::prop_oneof![pairs, any::wide_vectors(0..=6), range::vectors(257, -150, 150)];
        let inputs = (inputs, stored(), stored());
        for_all("x, y, layout of x, layout of y", inputs).holds(|([x, y], by_x, by_y)| {
            let want = x.iter().zip(y).fold(0.0, |sum, (x, y): (&f64, _)| x.mul_add(*y, sum));
            let got = dot_nd(row(x, *by_x).view(), row(y, *by_y).view()).accepted("dot_nd(x, y)")?;
            let look = "The error is larger than that of n rounded products and sums. Which term is lost or \
                        rounded?";
            close("dot_nd(x, y)", got, want, rounding(2 * x.len(), size(x, y)), look)
        });
    }

    #[test]
    fn rejects_unequal_lengths() {
        let inputs = (range::unequal_vectors(), stored(), stored());
        for_all("x, y, layout of x, layout of y", inputs).holds(|([x, y], by_x, by_y)| {
            let want = InputError::LengthMismatch { left: x.len(), right: y.len() };
            let look = "`*` broadcasts a single entry, `dot` panics, `zip` truncates. Compare the lengths \
                        first, x's on the left.";
            rejected("dot_nd(x, y)", dot_nd(row(x, *by_x).view(), row(y, *by_y).view()), want, look)
        });
    }

    #[test]
    fn is_zero_for_empty_vectors() {
        example(|| {
            let empty = Array1::zeros(0);
            let got = dot_nd(empty.view(), empty.view()).accepted("dot_nd([], [])")?;
            close("dot_nd([], [])", got, 0.0, 0.0, "An empty sum is 0.")
        });
    }

    #[test]
    fn propagates_nan() {
        let inputs = any::length(1..=5, 257).prop_flat_map(|n| (any::vectors(n..=n), range::place(n)));
        for_all("(x, y, i), layout of both", (inputs, stored())).holds(|(([x, y], i), by)| {
            let mut with_nan = x.clone();
            with_nan[*i] = f64::NAN;
            let (with_nan, y) = (row(&with_nan, *by), row(y, *by));
            for (call, got) in [
                ("dot_nd(x with NaN in entry i, y)", dot_nd(with_nan.view(), y.view())),
                ("dot_nd(y, x with NaN in entry i)", dot_nd(y.view(), with_nan.view())),
            ] {
                let got = got.accepted(call)?;
                ensure(got.is_nan(), || {
                    let look = "A sum with a NaN is NaN, also if the other factor is 0. What skips the NaN?";
                    Broken::answer(format!("{call} = {got}"), "NaN", look)
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_homogeneous_for_huge_and_tiny_vectors() {
        for_all("x, y, k", (any::vectors(1..=5), -450..=450_i32)).holds(|([x, y], k)| {
            // Powers of two cause no rounding.
            let (x2, factor): (Vec<f64>, f64) =
                (x.iter().map(|x| x * 2.0_f64.powi(*k)).collect(), 2.0_f64.powi(*k));
            let want = dot_nd(aview1(x), aview1(y)).accepted("dot_nd(x, y)")?;
            let got = dot_nd(aview1(&x2), aview1(y)).accepted("dot_nd(2ᵏ·x, y)")?;
            let look = "(2ᵏx)·y = 2ᵏ(x·y). Is a small product dropped?";
            close("dot_nd(2ᵏ·x, y)/2ᵏ", got / factor, want, rounding(2 * x.len(), size(x, y)), look)
        });
    }
}
