use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::multinomial::softmax;
use kit::{InputError, Matrix};

use super::super::draw::with;

const CALL: &str = "softmax(z)";

/// The mean size of a logit counts, because its rounding becomes the relative error of its power.
fn tolerance(z: &Matrix) -> f64 {
    rounding(4 * (z.cols() + 4), 1.0 + z.as_slice().iter().fold(0.0_f64, |size, z| size.max(z.abs())))
}

#[test]
fn each_row_is_its_powers_of_e_divided_by_their_sum() {
    for_all("z", any::any_matrix(1..=4, 1..=4)).holds(|z| {
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
fn every_row_sums_to_one() {
    for_all("z", any::any_matrix(1..=4, 1..=4)).holds(|z| {
        let z = Matrix::from_fn(z.rows(), z.cols(), |i, c| 200.0 * z[(i, c)]);
        let got = softmax(&z).accepted("softmax(200·z)")?;
        equal("the shape of softmax(200·z)", got.shape(), z.shape(), "One probability for each logit.")?;
        for i in 0..z.rows() {
            let sum: f64 = got.row(i).iter().sum();
            let look = "One class or another it must be. Over rows or over columns?";
            close(&format!("the sum of row {i} of softmax(200·z) = {got:?}"), sum, 1.0, tolerance(&z), look)?;
        }
        Ok(())
    });
}

#[test]
fn a_shift_of_a_whole_row_changes_nothing() {
    for_all("z, c", (any::any_matrix(1..=4, 1..=4), any::vector(4..=4))).holds(|(z, c)| {
        // Up to 800 each way: there eᶻ is no number any more.
        let shifted = Matrix::from_fn(z.rows(), z.cols(), |i, k| z[(i, k)] + 100.0 * c[i]);
        let (got, want) = (softmax(&shifted).accepted("softmax(z + 100c)")?, softmax(z).accepted(CALL)?);
        let look = "eᶻ⁺ᶜ/Σeᶻ⁺ᶜ = eᶻ/Σeᶻ: which shift keeps every power in range?";
        close("softmax(each row of z shifted by 100·c)", got, want, tolerance(&shifted), look)
    });
}

#[test]
fn logits_as_far_apart_as_can_be_do_not_overflow() {
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
fn without_rows_nothing_comes_out_and_without_columns_it_is_rejected() {
    example(|| {
        let got = softmax(&Matrix::zeros(0, 3)).accepted("softmax(0×3)")?;
        equal("softmax(0×3)", got, Matrix::zeros(0, 3), "No sample, no probability, and no error either.")?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "softmax(2×0)",
            softmax(&Matrix::zeros(2, 0)),
            want,
            "Without classes there are no chances that sum to 1.",
        )
    });
}

#[test]
fn a_logit_that_is_not_finite_is_rejected_by_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let z = with(&Matrix::zeros(2, 3), *k, *bad);
        let look = "∞ − ∞ is NaN, and one NaN spoils its whole row. Count the entries row after row.";
        rejected(CALL, softmax(&z), InputError::NotFinite { name: "z", index: *k }, look)
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
