use judge::any::select;
use judge::any::vec;
use judge::{Answer, any, close, for_all, rejected};
use katas::m01_linear_algebra::vectors::add;
use kit::InputError;
use proptest::prelude::{Strategy, prop_oneof};

use super::super::range;
use super::not_finite_in_place;

#[test]
fn adds_elementwise() {
    for_all("x, y", range::long_vectors(0)).holds(|[x, y]| {
        // No tolerance: one addition of two numbers is rounded in one way only.
        let want: Vec<f64> = (0..x.len()).map(|i| x[i] + y[i]).collect();
        let got = add(x, y).accepted("add(x, y)")?;
        let look = "Entry i of the sum needs entry i of both vectors and no other. Which entry is off?";
        close("add(x, y)", &got[..], &want[..], 0.0, look)
    });
}

#[test]
fn is_commutative() {
    for_all("x, y", any::vectors(0..=6)).holds(|[x, y]| {
        let (got, want) = (add(x, y).accepted("add(x, y)")?, add(y, x).accepted("add(y, x)")?);
        let look = "add(y, x) is the value above: x + y = y + x. Are both vectors used in the same way?";
        close("add(x, y)", &got[..], &want[..], 0.0, look)
    });
}

#[test]
fn is_associative() {
    for_all("x, y, z", any::vectors(0..=6)).holds(|[x, y, z]| {
        let left = add(&add(x, y).accepted("add(x, y)")?, z).accepted("add(x + y, z)")?;
        let right = add(x, &add(y, z).accepted("add(y, z)")?).accepted("add(x, y + z)")?;
        // No tolerance: sums of three eighths are exact.
        let look = "x + (y + z) is the value above. Is the sum of two vectors a vector with the same length?";
        close("add(x + y, z)", &left[..], &right[..], 0.0, look)
    });
}

#[test]
fn has_zero_as_identity() {
    for_all("x", any::vector(0..=6)).holds(|x| {
        let zeros = vec![0.0; x.len()];
        let got = add(x, &zeros).accepted("add(x, 0)")?;
        close("add(x, 0)", &got[..], &x[..], 0.0, "x + 0 = x, with as many entries as x has.")
    });
}

#[test]
fn adds_the_opposite_to_zero() {
    for_all("x", any::vector(0..=6)).holds(|x| {
        let opposite: Vec<f64> = x.iter().map(|x| -x).collect();
        let got = add(x, &opposite).accepted("add(x, −x)")?;
        let zeros = vec![0.0; x.len()];
        close("add(x, −x)", &got[..], &zeros[..], 0.0, "x + (−x) = 0: every entry plus its opposite is 0.")
    });
}

#[test]
fn doubles_a_vector_added_to_itself() {
    for_all("x", range::long_vectors(0)).holds(|[x]| {
        let (got, want) = (add(x, x).accepted("add(x, x)")?, x.iter().map(|x| 2.0 * x).collect::<Vec<_>>());
        let look = "x + x = 2·x, also where both arguments are the same slice.";
        close("add(x, x)", &got[..], &want[..], 0.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::vectors::add;
        assert_eq!(add(&[1.0, 2.0], &[3.0, 0.5]), Ok(vec![4.0, 2.5]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_unequal_lengths() {
        for_all("x, y", range::unequal_vectors()).holds(|[x, y]| {
            let (left, right) = (x.len(), y.len());
            let look = "Entries without a partner have no sum, and `zip` drops them silently. Compare the \
                        lengths first, x's on the left.";
            rejected("add(x, y)", add(x, y), InputError::LengthMismatch { left, right }, look)
        });
    }

    #[test]
    fn propagates_nan_and_infinity() {
        // The sum of two numbers near the largest one may be infinite, too.
        let entry = || {
            let largest = select(vec![f64::MAX, -f64::MAX]);
            prop_oneof![3 => any::eighth(), 2 => any::not_finite(), 1 => largest]
        };
        let pairs = any::size(1..=4, 257).prop_flat_map(move |n| vec((entry(), entry()), n));
        let inputs = pairs.prop_map(|pairs| pairs.into_iter().unzip::<f64, f64, Vec<f64>, Vec<f64>>().into());
        for_all("x, y", inputs).holds(|[x, y]: &[Vec<f64>; 2]| {
            let want: Vec<f64> = (0..x.len()).map(|i| x[i] + y[i]).collect();
            let got = add(x, y).accepted("add(x, y)")?;
            not_finite_in_place(
                "add(x, y)",
                &got,
                &want,
                "Leave NaN and ∞ to `+`: it propagates them, each in its own entry.",
            )
        });
    }

    #[test]
    fn adds_numbers_of_every_magnitude() {
        // From the subnormal numbers up to where sums of two stay finite.
        let whole_range = range::vectors(257, -322, 307);
        for_all("x, y", prop_oneof![any::wide_vectors(0..=6), whole_range]).holds(
            |[x, y]: &[Vec<f64>; 2]| {
                // No tolerance: one addition of two numbers is rounded in one way only.
                let want: Vec<f64> = (0..x.len()).map(|i| x[i] + y[i]).collect();
                let got = add(x, y).accepted("add(x, y)")?;
                let look =
                    "Entry i of the sum is x[i] + y[i], in f64, for every i. Is an entry skipped or rounded?";
                close("add(x, y)", &got[..], &want[..], 0.0, look)
            },
        );
    }
}
