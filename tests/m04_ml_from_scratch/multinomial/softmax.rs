use judge::{Answer, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::multinomial::softmax;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::sizes::{Numbers, counting_but, fault, kinds, many, matrix_of, several};

const CALL: &str = "softmax(z)";

/// The mean size of a logit counts, because its rounding becomes the relative error of its power.
fn tolerance(z: &Matrix) -> f64 {
    rounding(4 * (z.cols() + 4), 1.0 + z.as_slice().iter().fold(0.0_f64, |size, z| size.max(z.abs())))
}

#[test]
fn is_the_normalized_exponential_of_each_row() {
    let logits = (many(1..=4), several(1..=4)).prop_flat_map(|(n, k)| matrix_of(Numbers::Eighths, n, k));
    for_all("z", logits).holds(|z| {
        let got = softmax(z).accepted(CALL)?;
        let sum = |i: usize| z.row(i).iter().map(|z| z.exp()).sum::<f64>();
        let want = Matrix::from_fn(z.rows(), z.cols(), |i, c| z[(i, c)].exp() / sum(i));
        close(
            CALL,
            got,
            want,
            tolerance(z),
            "exp of each logit over the sum of its own row; a row is a sample.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::multinomial::softmax;
        use kit::Matrix;
        let z = Matrix::from_rows([[0.0, 0.0], [1000.0, -1000.0]]);
        assert_eq!(softmax(&z), Ok(Matrix::from_rows([[0.5, 0.5], [1.0, 0.0]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn large_logits_sum_to_1() {
        for_all("z", any::any_matrix(1..=4, 1..=4)).holds(|z| {
            let z = Matrix::from_fn(z.rows(), z.cols(), |i, c| 200.0 * z[(i, c)]);
            let got = softmax(&z).accepted("softmax(200·z)")?;
            equal("the shape of softmax(200·z)", got.shape(), z.shape(), "One probability per logit.")?;
            for i in 0..z.rows() {
                let sum: f64 = got.row(i).iter().sum();
                let look =
                    "The probabilities of one sample sum to 1. Is it normalized over rows or over columns?";
                close(
                    &format!("the sum of row {i} of softmax(200·z) = {got:?}"),
                    sum,
                    1.0,
                    tolerance(&z),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_invariant_under_shifts_of_a_row() {
        for_all("z, c", (any::any_matrix(1..=4, 1..=4), any::vector(4..=4))).holds(|(z, c)| {
            // Up to 800 each way: there eᶻ is no number any more.
            let shifted = Matrix::from_fn(z.rows(), z.cols(), |i, k| z[(i, k)] + 100.0 * c[i]);
            let (got, want) = (softmax(&shifted).accepted("softmax(z + 100c)")?, softmax(z).accepted(CALL)?);
            let look = "eᶻ⁺ᶜ/Σeᶻ⁺ᶜ = eᶻ/Σeᶻ: which shift keeps every exponential in range?";
            close("softmax(each row of z shifted by 100·c)", got, want, tolerance(&shifted), look)
        });
    }

    #[test]
    fn does_not_overflow() {
        example(|| {
            for far in [1000.0, 1e300] {
                let call = format!("softmax([{far:e} −{far:e}; 0 −{far:e}; −{far:e} −{far:e}])");
                let z = Matrix::from_rows([[far, -far], [0.0, -far], [-far, -far]]);
                let got = softmax(&z).accepted(&call)?;
                let want = Matrix::from_rows([[1.0, 0.0], [1.0, 0.0], [0.5, 0.5]]);
                // As elsewhere the size of a logit counts, that of 1000 here.
                let look = "∞/∞ is NaN, and so is 0/0. Subtract first: what from what?";
                close(&call, got, want, rounding(32, 1000.0), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn the_largest_of_huge_logits_has_the_probability_1() {
        let inputs = (several(1..=4), 4..=300_i32, any::<bool>())
            .prop_flat_map(|(k, exponent, negative)| (Just(k), 0..k, Just(exponent), Just(negative)));
        for_all("k, c, exponent, negative", inputs).cases(128).holds(|&(k, c, exponent, negative)| {
            // Logit c is twice as large as the others, or half as large where they are negative.
            let (size, factor) =
                if negative { (-10_f64.powi(exponent), 0.5) } else { (10_f64.powi(exponent), 2.0) };
            let z = Matrix::from_fn(1, k, |_, l| if l == c { factor * size } else { size });
            let want = Matrix::from_fn(1, k, |_, l| f64::from(u8::from(l == c)));
            let look = "Logits may have any size: subtract the largest one first, and clip nothing.";
            close(CALL, softmax(&z).accepted(CALL)?, want, 1e-300, look)
        });
    }

    #[test]
    fn accepts_no_rows_and_rejects_no_columns() {
        example(|| {
            let got = softmax(&Matrix::zeros(0, 3)).accepted("softmax(0×3)")?;
            equal(
                "softmax(0×3)",
                got,
                Matrix::zeros(0, 3),
                "Without samples the result is empty, and that is not an error.",
            )?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "softmax(2×0)",
                softmax(&Matrix::zeros(2, 0)),
                want,
                "Without classes there are no probabilities that sum to 1.",
            )
        });
    }

    #[test]
    fn rejects_logits_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(128).holds(|([n, d], [i, j], bad)| {
            let z = counting_but([*n, *d], [*i, *j], *bad);
            let look = "∞ − ∞ is NaN, and one NaN makes its whole row NaN. Count the entries row after row.";
            rejected(CALL, softmax(&z), InputError::NotFinite { name: "z", index: i * d + j }, look)
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let logits =
            (many(1..=4), several(1..=4), kinds()).prop_flat_map(|(n, k, [kind, _])| matrix_of(kind, n, k));
        for_all("z", logits).holds(|z| {
            let got = softmax(z).accepted(CALL)?;
            let row = |i: usize| {
                let largest = z.row(i).iter().fold(f64::NEG_INFINITY, |a, b| a.max(*b));
                let powers: Vec<f64> = z.row(i).iter().map(|z| (z - largest).exp()).collect();
                let sum: f64 = powers.iter().sum();
                powers.into_iter().map(|power| power / sum).collect::<Vec<f64>>()
            };
            let rows: Vec<Vec<f64>> = (0..z.rows()).map(row).collect();
            let want = Matrix::from_fn(z.rows(), z.cols(), |i, c| rows[i][c]);
            // The rounding of a logit becomes the relative error of its exponential.
            let size = |i: usize| 1.0 + z.row(i).iter().fold(0.0_f64, |size, z| size.max(z.abs()));
            let look = "Every row and every class counts, whatever their number and their size.";
            close_entries(CALL, &got, &want, |i, _| rounding(4 * (z.cols() + 4), size(i)), look)
        });
    }
}
