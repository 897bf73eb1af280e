use judge::{Answer, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::boss::pca::center;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use judge::any::sizes;

const CALL: &str = "center(x)";

#[test]
fn columns_have_mean_zero() {
    for_all("x", any::any_matrix(1..=6, 1..=4)).holds(|x| {
        let (centered, _) = center(x).accepted(CALL)?;
        equal("the shape", centered.shape(), x.shape(), "The shape of x.")?;
        for j in 0..x.cols() {
            let sum: f64 = (0..x.rows()).map(|i| centered[(i, j)]).sum();
            let look = "A column is one feature of all samples: subtract its mean from each of its entries.";
            close(&format!("the sum of column {j}"), sum, 0.0, rounding(4 * x.rows() * x.rows(), 8.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn centered_plus_mean_is_x() {
    for_all("x", any::any_matrix(1..=6, 0..=4)).holds(|x| {
        let (centered, mean) = center(x).accepted(CALL)?;
        equal("the shape", centered.shape(), x.shape(), "The shape of x.")?;
        equal("the number of means", mean.len(), x.cols(), "One mean per column.")?;
        let back = Matrix::from_fn(x.rows(), x.cols(), |i, j| centered[(i, j)] + mean[j]);
        let look = "Only the mean is subtracted; nothing is scaled.";
        close_entries("centered + mean", &back, x, |_, _| rounding(4, 16.0), look)
    });
}

#[test]
fn is_right_for_any_number_of_samples_and_features() {
    let x = sizes([1..=6, 1..=4], [1025, 65]).prop_flat_map(|[n, d]| any::matrix(n, d));
    for_all("x", x).cases(64).holds(|x| {
        let ((centered, mean), n) = (center(x).accepted(CALL)?, x.rows());
        // Sums of eighths are exact.
        let want: Vec<f64> =
            (0..x.cols()).map(|j| (0..n).map(|i| x[(i, j)]).sum::<f64>() / n as f64).collect();
        let look = "The sum of the whole column, divided by the number of rows; subtracted in every row.";
        close("the means", mean.as_slice(), want.as_slice(), rounding(2 * n + 4, 8.0), look)?;
        let want = Matrix::from_fn(n, x.cols(), |i, j| x[(i, j)] - want[j]);
        close_entries("centered", &centered, &want, |_, _| rounding(2 * n + 4, 16.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::pca::center;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0, 5.0], [3.0, 5.0]]);
        assert_eq!(center(&x), Ok((Matrix::from_rows([[-1.0, 0.0], [1.0, 0.0]]), vec![2.0, 5.0])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_empty_data() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "center(0×3)",
                center(&Matrix::zeros(0, 3)),
                want,
                "The mean of no samples is undefined.",
            )
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        let inputs = (sizes([1..=2, 1..=3], [301, 65]), any::seed(), any::not_finite());
        for_all("n, d, i, bad", inputs).cases(64).holds(|&([n, d], i, bad)| {
            let k = i as usize % (n * d);
            let x = Matrix::from_fn(n, d, |i, j| if d * i + j == k { bad } else { 1.0 });
            let want = InputError::NotFinite { name: "x", index: k };
            rejected(CALL, center(&x), want, "The index counts row by row.")
        });
    }

    #[test]
    fn keeps_small_deviations_from_a_large_mean() {
        for_all("k", 4..=44_i32).cases(41).holds(|&k| {
            let far = 2.0_f64.powi(k);
            let x = Matrix::from_rows([[far], [far + 1.0]]);
            let (centered, _) = center(&x).accepted("center([[2ᵏ], [2ᵏ + 1]])")?;
            let look = "A deviation is small or not by itself, not in comparison with the mean.";
            let want = Matrix::from_rows([[-0.5], [0.5]]);
            close_entries("centered [[2ᵏ], [2ᵏ + 1]]", &centered, &want, |_, _| rounding(8, far), look)
        });
    }

    #[test]
    fn handles_large_and_wide_data() {
        let x = sizes([1..=6, 0..=4], [301, 65]).prop_flat_map(|[n, d]| any::matrix_of(n, d));
        let inputs = (x, prop_oneof![2 => Just(0), 1 => -450..=450_i32]);
        for_all("x, k, column 0 is constant", (inputs, proptest::bool::ANY)).cases(64).holds(
            |((x, k), constant)| {
                let of = |i: usize, j: usize| if *constant && j == 0 { x[(0, j)] } else { x[(i, j)] };
                let x = &Matrix::from_fn(x.rows(), x.cols(), |i, j| of(i, j) * 2.0_f64.powi(*k));
                let call = "center(2ᵏ·x)";
                let (centered, mean) = center(x).accepted(call)?;
                equal("the shape", centered.shape(), x.shape(), "The shape of x.")?;
                equal("the number of means", mean.len(), x.cols(), "One mean per column.")?;
                let n = x.rows();
                for (j, mean) in mean.iter().enumerate() {
                    let size = (0..n).map(|i| x[(i, j)].abs()).fold(0.0, f64::max);
                    let tolerance = rounding(2 * n + 4, size);
                    let want = (0..n).map(|i| x[(i, j)]).sum::<f64>() / n as f64;
                    let look = "The sum of the whole column, divided by the number of rows.";
                    close(&format!("the mean of column {j}"), *mean, want, tolerance, look)?;
                    for i in 0..n {
                        let look = "Each entry minus the mean of its column.";
                        let entry = format!("centered entry ({i}, {j})");
                        close(&entry, centered[(i, j)], x[(i, j)] - want, tolerance, look)?;
                    }
                }
                Ok(())
            },
        );
    }
}
