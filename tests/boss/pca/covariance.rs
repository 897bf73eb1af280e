use judge::{Answer, any, close_entries, example, for_all, rejected, rounding};
use katas::boss::pca::covariance;
use kit::{InputError, Matrix};

use super::super::draw::{covariance_of, samples, spoiled};

const CALL: &str = "covariance(x)";

#[test]
fn it_is_the_mean_product_of_the_distances_from_the_means() {
    for_all("x", samples()).holds(|x| {
        let look = "For columns j and k: distance from mean times distance from mean, added up over the \
            samples, over n − 1.";
        // Distances of at most 16, each rounded with its mean.
        let tolerance = rounding(8 * x.rows(), 2.0 * 256.0);
        close_entries(CALL, &covariance(x).accepted(CALL)?, &covariance_of(x), |_, _| tolerance, look)
    });
}

#[test]
fn it_does_not_matter_where_the_data_lie() {
    for_all("x", samples()).holds(|x| {
        // Eighths beside 2³⁰ are exact; the mean is rounded, and where it follows sample after sample so is each product of
        // distances: 16 of one by the rounding of the other, for n samples, over n − 1.
        let far = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + 1_073_741_824.0);
        let tolerance = 32.0 * rounding(x.rows(), 1_073_741_824.0);
        let (call, look) = (
            "covariance(x + 2³⁰)",
            "The mean of products less the product of means loses everything there. Distances first.",
        );
        close_entries(call, &covariance(&far).accepted(call)?, &covariance_of(x), |_, _| tolerance, look)
    });
}

#[test]
fn too_few_samples_are_rejected() {
    example(|| {
        for got in 0..2 {
            let want = InputError::TooFew { got, wanted: 2 };
            rejected(
                &format!("covariance({got}×3)"),
                covariance(&Matrix::zeros(got, 3)),
                want,
                "n − 1 is at most 0.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..6_usize)).cases(64).holds(|(bad, k)| {
        let x = Matrix::from_fn(2, 3, |i, j| if spoiled(3 * i + j, *k) { *bad } else { 1.0 });
        rejected(
            CALL,
            covariance(&x),
            InputError::NotFinite { name: "x", index: *k },
            "Row after row; of several the first.",
        )
    });
}
