use judge::{Answer, Broken, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::m05_classifiers::validation::standardize_by;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::samples::rows;

const CALL: &str = "standardize_by(x_train, x_test)";

/// Training and test features.
fn features() -> impl Strategy<Value = (Matrix, Matrix)> + Send + Sync + Clone {
    (1..=6_usize, 1..=3_usize, 0..=3_usize).prop_flat_map(|(n, d, m)| (any::matrix(n, d), any::matrix(m, d)))
}

fn scaled((x_train, x_test): &(Matrix, Matrix)) -> Result<(Matrix, Matrix), Broken> {
    let (train, test) = standardize_by(x_train, x_test).accepted(CALL)?;
    equal(
        "the shapes",
        (train.shape(), test.shape()),
        (x_train.shape(), x_test.shape()),
        "(training, test), of the same shapes.",
    )?;
    Ok((train, test))
}

/// Mean and deviation of a column, divided by n.
fn moments(x: &Matrix, j: usize) -> [f64; 2] {
    let n = x.rows() as f64;
    let mean = (0..x.rows()).map(|i| x[(i, j)]).sum::<f64>() / n;
    [mean, ((0..x.rows()).map(|i| (x[(i, j)] - mean).powi(2)).sum::<f64>() / n).sqrt()]
}

fn varies(x: &Matrix, j: usize) -> bool {
    (0..x.rows()).any(|i| x[(i, j)] != x[(0, j)])
}

#[test]
fn the_training_has_mean_0_and_deviation_1() {
    for_all("x_train, x_test", features()).holds(|given| {
        let (train, _) = scaled(given)?;
        for j in 0..train.cols() {
            let [mean, deviation] = moments(&train, j);
            // A deviation of an eighth over numbers of 8: rounding grows by 64 in the division.
            let tolerance = rounding(256, 16.0);
            close(
                &format!("the mean of training column {j}"),
                mean,
                0.0,
                tolerance,
                "Take the training mean off.",
            )?;
            let want = f64::from(u8::from(varies(&given.0, j)));
            let look = "Divide by the root of the mean squared distance, over n, not n − 1; a column that \
                        never varies stays at 0.";
            close(&format!("the deviation of training column {j}"), deviation, want, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn the_test_is_measured_by_the_training() {
    for_all("x_train, x_test", features()).holds(|given| {
        let (_, test) = scaled(given)?;
        let want = Matrix::from_fn(test.rows(), test.cols(), |i, j| {
            let [mean, deviation] = moments(&given.0, j);
            (given.1[(i, j)] - mean) / if varies(&given.0, j) { deviation } else { 1.0 }
        });
        let look = "Mean and deviation of the training, for both. The test's own, or those of all rows, are \
                    not known when it counts.";
        close_entries("the test", &test, &want, |_, _| rounding(256, 256.0), look)
    });
}

#[test]
fn the_unit_of_a_feature_does_not_matter() {
    for_all("x_train, x_test, k", (features(), -60..=60_i32)).holds(|(given, k)| {
        let in_units = |x: &Matrix| {
            let unit = |j: usize| if varies(&given.0, j) { 2.0_f64.powi(*k) } else { 1.0 };
            Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit(j))
        };
        let (train, test) = scaled(given)?;
        let (again, test_again) = scaled(&(in_units(&given.0), in_units(&given.1)))?;
        let look = "What varies was multiplied by 2ᵏ, and so were its deviations. Is anything compared with \
                    a fixed number?";
        close_entries("the training in another unit", &again, &train, |_, _| rounding(256, 256.0), look)?;
        close_entries("the test in another unit", &test_again, &test, |_, _| rounding(256, 256.0), look)
    });
}

#[test]
fn no_row_of_the_test_changes_anything_else() {
    for_all("x_train, x_test, x", (features(), any::eighth())).holds(|(given, x)| {
        let (train, test) = scaled(given)?;
        let mut others = given.clone();
        let more = Matrix::from_fn(given.1.rows() + 1, given.1.cols(), |i, j| {
            if i < given.1.rows() { given.1[(i, j)] } else { 1000.0 * x }
        });
        others.1 = more;
        let (train_again, test_again) = scaled(&others)?;
        let look = "A row was added to the test, and what was there before changed. It has leaked.";
        close("the training", &train_again, &train, 0.0, look)?;
        let first: Vec<usize> = (0..test.rows()).collect();
        close("the rows of the test that were there before", &rows(&test_again, &first), &test, 0.0, look)
    });
}

#[test]
fn a_column_that_never_varies_is_not_divided() {
    for_all("value, other, n", (any::eighth(), any::eighth(), 1..=7_usize)).cases(64).holds(
        |&(value, other, n)| {
            // Tenths: the mean of three times 0.1 is not 0.1, and the deviation would be 10⁻¹⁷.
            let (value, other) = (value + 0.1, other + 0.7);
            let (train, test) = scaled(&(Matrix::from_fn(n, 1, |_, _| value), Matrix::from_rows([[other]])))?;
            let look = "All training values are equal: σ is 0, whatever rounding makes of it. Take the \
                        value off and leave it at that.";
            close(
                &format!("the training of {n} times {value}"),
                train,
                Matrix::zeros(n, 1),
                rounding(16, value),
                look,
            )?;
            close("the test", test[(0, 0)], other - value, rounding(32, 16.0), look)
        },
    );
}

#[test]
fn what_varies_a_little_varies() {
    for_all("k, u", (4..=50_i32, -40..=40_i32)).cases(64).holds(|&(k, u)| {
        // Mean and deviation are exact: 2ᵘ·(1 + 2⁻ᵏ⁻¹) and 2ᵘ·2⁻ᵏ⁻¹.
        let (unit, little) = (2.0_f64.powi(u), 2.0_f64.powi(u - k));
        let x = Matrix::from_rows([[unit], [unit + little]]);
        let (train, test) = scaled(&(x.clone(), x))?;
        let want = Matrix::from_rows([[-1.0], [1.0]]);
        let look = "A column is constant if its values are equal, and only then; and a square of a mean \
                    taken from a mean of squares leaves nothing of what varies a little.";
        close(
            &format!("the training [2ᵘ; 2ᵘ·(1 + 2⁻ᵏ)], k = {k}, u = {u}"),
            train,
            want.clone(),
            rounding(16, 1.0),
            look,
        )?;
        close("the same as test", test, want, rounding(16, 1.0), look)
    });
}

#[test]
fn what_does_not_fit_is_rejected() {
    for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(32).holds(|(bad, at)| {
        let x = Matrix::from_rows([[1.0, 2.0], [3.0, 5.0]]);
        for d in [1, 3] {
            let want = InputError::ShapeMismatch { left: (2, 2), right: (1, d) };
            rejected(
                &format!("standardize_by with 2×2 and 1×{d}"),
                standardize_by(&x, &Matrix::zeros(1, d)),
                want,
                "The same columns, training on the left.",
            )?;
        }
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "standardize_by with 0×2 and 2×2",
            standardize_by(&Matrix::zeros(0, 2), &x),
            want,
            "There is no mean of nothing.",
        )?;
        let mut wrong = x.clone();
        wrong[(at / 2, at % 2)] = *bad;
        let want = |name| InputError::NotFinite { name, index: *at };
        let look = "Look at the training, then at the test, row after row.";
        rejected(
            &format!("standardize_by with {bad} in both"),
            standardize_by(&wrong, &wrong),
            want("x_train"),
            look,
        )?;
        rejected(
            &format!("standardize_by with {bad} in the test"),
            standardize_by(&x, &wrong),
            want("x_test"),
            look,
        )
    });
}

#[test]
fn no_test_is_a_test_too() {
    example(|| {
        let (train, test) = scaled(&(Matrix::from_rows([[1.0], [5.0]]), Matrix::zeros(0, 1)))?;
        equal(
            "training and test",
            (train, test),
            (Matrix::from_rows([[-1.0], [1.0]]), Matrix::zeros(0, 1)),
            "m may be 0.",
        )?;
        let nothing = scaled(&(Matrix::zeros(2, 0), Matrix::zeros(1, 0)))?;
        let look = "Nothing says that there has to be a feature.";
        equal("training and test of 2×0 and 1×0", nothing, (Matrix::zeros(2, 0), Matrix::zeros(1, 0)), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::validation::standardize_by;
        use kit::Matrix;
        let (train, test) = standardize_by(&Matrix::from_rows([[1.0], [5.0]]), &Matrix::from_rows([[7.0]]))?;
        assert_eq!((train.as_slice(), test.as_slice()), (&[-1.0, 1.0][..], &[2.0][..]));
        Ok::<(), kit::InputError>(())
    });
}
