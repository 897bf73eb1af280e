use judge::{Answer, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::boss::pca::center;
use kit::{InputError, Matrix};

use super::super::draw::spoiled;

const CALL: &str = "center(x)";

#[test]
fn every_column_then_has_the_mean_zero() {
    for_all("x", any::any_matrix(1..=6, 1..=4)).holds(|x| {
        let (centered, _) = center(x).accepted(CALL)?;
        equal("the shape", centered.shape(), x.shape(), "As many samples and features as before.")?;
        for j in 0..x.cols() {
            let sum: f64 = (0..x.rows()).map(|i| centered[(i, j)]).sum();
            let look = "A column is one feature of all samples: from each of its entries goes their mean.";
            close(&format!("the sum of column {j}"), sum, 0.0, rounding(4 * x.rows() * x.rows(), 8.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn the_mean_brings_the_data_back() {
    for_all("x", any::any_matrix(1..=6, 0..=4)).holds(|x| {
        let (centered, mean) = center(x).accepted(CALL)?;
        equal("the shape", centered.shape(), x.shape(), "As many samples and features as before.")?;
        equal("the number of means", mean.len(), x.cols(), "One mean a column.")?;
        let back = Matrix::from_fn(x.rows(), x.cols(), |i, j| centered[(i, j)] + mean[j]);
        let look = "Only the mean was taken away: no scale, no other shift.";
        close_entries("centered + mean", &back, x, |_, _| rounding(4, 16.0), look)
    });
}

#[test]
fn no_samples_are_rejected() {
    example(|| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("center(0×3)", center(&Matrix::zeros(0, 3)), want, "Nothing has no mean.")
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let x = Matrix::from_fn(2, 3, |i, j| if spoiled(3 * i + j, *k) { *bad } else { 1.0 });
        rejected(
            CALL,
            center(&x),
            InputError::NotFinite { name: "x", index: *k },
            "Row after row; of several the first.",
        )
    });
}
