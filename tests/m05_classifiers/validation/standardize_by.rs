use judge::{Answer, Broken, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::m05_classifiers::validation::standardize_by;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::samples::rows;
use super::super::sizes::{counting_but, fault, many, several};

const CALL: &str = "standardize_by(x_train, x_test)";

/// Training and test features.
fn features() -> impl Strategy<Value = (Matrix, Matrix)> + Send + Sync + Clone {
    // Eighths, few of them drawn one by one, many from a seed.
    (many(1..=6), several(1..=3), many(0..=3), any::seed()).prop_flat_map(|(n, d, m, seed)| {
        let d = d.min(1 + 15_000 / (n + m));
        let mut generator = Generator::from_seed(seed);
        let mut eighths = |rows: usize| {
            let mut x = Matrix::zeros(rows, d);
            (0..rows * d).for_each(|k| x[(k / d, k % d)] = (generator.below(129) as f64 - 64.0) / 8.0);
            x
        };
        if n <= 6 && d <= 3 && m <= 3 {
            (any::matrix(n, d), any::matrix(m, d)).boxed()
        } else {
            Just((eighths(n), eighths(m))).boxed()
        }
    })
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
fn training_features_have_mean_0_and_deviation_1() {
    for_all("x_train, x_test", features()).holds(|given| {
        let (train, _) = scaled(given)?;
        for j in 0..train.cols() {
            let [mean, deviation] = moments(&train, j);
            // A deviation of an eighth over numbers of 8: rounding grows by 64 in the division.
            let tolerance = rounding(256 + 4 * train.rows(), 16.0);
            close(
                &format!("the mean of training column {j}"),
                mean,
                0.0,
                tolerance,
                "Subtract the training mean.",
            )?;
            let want = f64::from(u8::from(varies(&given.0, j)));
            let look = "Divide by the standard deviation, with n, not n − 1; a constant column becomes 0.";
            close(&format!("the deviation of training column {j}"), deviation, want, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn test_features_use_the_training_moments() {
    for_all("x_train, x_test", features()).holds(|given| {
        let (_, test) = scaled(given)?;
        let want = Matrix::from_fn(test.rows(), test.cols(), |i, j| {
            let [mean, deviation] = moments(&given.0, j);
            (given.1[(i, j)] - mean) / if varies(&given.0, j) { deviation } else { 1.0 }
        });
        let look = "Mean and standard deviation of the training set, for both sets. Those of all rows, or of \
                    the test set, are data leakage.";
        close_entries("the test", &test, &want, |_, _| rounding(256 + 4 * given.0.rows(), 256.0), look)
    });
}

#[test]
fn does_not_leak_the_test_set() {
    for_all("x_train, x_test, x", (features(), any::eighth())).holds(|(given, x)| {
        let (train, test) = scaled(given)?;
        let mut others = given.clone();
        let more = Matrix::from_fn(given.1.rows() + 1, given.1.cols(), |i, j| {
            if i < given.1.rows() { given.1[(i, j)] } else { 1000.0 * x }
        });
        others.1 = more;
        let (train_again, test_again) = scaled(&others)?;
        let look = "A row was added to the test set, and other rows changed: data leakage.";
        close("the training", &train_again, &train, 0.0, look)?;
        let first: Vec<usize> = (0..test.rows()).collect();
        close("the rows of the test that were there before", &rows(&test_again, &first), &test, 0.0, look)
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

mod robust {
    use super::*;

    #[test]
    fn is_invariant_under_units() {
        for_all("x_train, x_test, k", (features(), -400..=400_i32)).holds(|(given, k)| {
            let in_units = |x: &Matrix| {
                let unit = |j: usize| if varies(&given.0, j) { 2.0_f64.powi(*k) } else { 1.0 };
                Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * unit(j))
            };
            let (train, test) = scaled(given)?;
            let (again, test_again) = scaled(&(in_units(&given.0), in_units(&given.1)))?;
            let look = "The features that vary were multiplied by 2ᵏ, and so were their standard \
                deviations. Is \
                        anything compared with a fixed number?";
            let error = |_, _| rounding(256 + 4 * given.0.rows(), 256.0);
            close_entries("the training in another unit", &again, &train, error, look)?;
            close_entries("the test in another unit", &test_again, &test, error, look)
        });
    }

    #[test]
    fn does_not_divide_a_constant_column() {
        for_all("value, other, n", (any::eighth(), any::eighth(), many(1..=7))).cases(64).holds(
            |&(value, other, n)| {
                // Tenths: the mean of three times 0.1 is not 0.1, and the deviation would be 10⁻¹⁷.
                let (value, other) = (value + 0.1, other + 0.7);
                let (train, test) =
                    scaled(&(Matrix::from_fn(n, 1, |_, _| value), Matrix::from_rows([[other]])))?;
                let look = "All training values are equal: σ is 0, whatever rounding makes of it. \
                    Subtract the \
                            value and do not divide.";
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
    fn standardizes_a_nearly_constant_column() {
        for_all("k, u", (4..=50_i32, -400..=400_i32)).cases(64).holds(|&(k, u)| {
            // Mean and deviation are exact: 2ᵘ·(1 + 2⁻ᵏ⁻¹) and 2ᵘ·2⁻ᵏ⁻¹.
            let (unit, little) = (2.0_f64.powi(u), 2.0_f64.powi(u - k));
            let x = Matrix::from_rows([[unit], [unit + little]]);
            let (train, test) = scaled(&(x.clone(), x))?;
            let want = Matrix::from_rows([[-1.0], [1.0]]);
            let look = "A column is constant only if its values are equal; and mean of squares minus \
                square of \
                        the mean suffers from cancellation.";
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
    fn rejects_invalid_arguments_of_any_size() {
        for_all("[n, d], [i, j], bad", fault()).cases(96).holds(|([n, d], [i, j], bad)| {
            let [x, spoiled] = [4.0, *bad].map(|it| counting_but([*n, *d], [*i, *j], it));
            let want = |name| InputError::NotFinite { name, index: i * d + j };
            let look = "Check training and test features, row after row.";
            rejected("standardize_by(spoiled, x)", standardize_by(&spoiled, &x), want("x_train"), look)?;
            let none = Matrix::zeros(0, *d);
            rejected("standardize_by(spoiled, 0×d)", standardize_by(&spoiled, &none), want("x_train"), look)?;
            rejected("standardize_by(x, spoiled)", standardize_by(&x, &spoiled), want("x_test"), look)?;
            for (m, other) in [(0, d + 1), (0, d - 1), (i + 1, d + 1 + j), (*n, d - 1)] {
                let want = InputError::ShapeMismatch { left: (*n, *d), right: (m, other) };
                let look =
                    "The same number of columns, also without test samples; the training set on the left.";
                rejected(
                    "standardize_by(n×d, m×d′)",
                    standardize_by(&x, &Matrix::zeros(m, other)),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn one_other_value_makes_a_column_vary() {
        let inputs =
            (many(2..=4), several(1..=3)).prop_flat_map(|(n, d)| (Just([n, d]), 0..n, 0..d, -40..=40_i32));
        for_all("[n, d], i, j, u", inputs).cases(96).holds(|&([n, d], i, j, u)| {
            let unit = 2.0_f64.powi(u);
            let x = Matrix::from_fn(n, d, |k, l| if (k, l) == (i, j) { 2.0 * unit } else { unit });
            let (train, _) = scaled(&(x, Matrix::zeros(0, d)))?;
            // The mean is 1 + 1/n, the deviation √(n − 1)/n, in that unit.
            let root = (n as f64 - 1.0).sqrt();
            let entry = |k: usize, l: usize| match (l == j, k == i) {
                (false, _) => 0.0,
                (true, true) => root,
                (true, false) => -1.0 / root,
            };
            let look = "A column is constant only if all of its values are equal: the last one, too.";
            let error = rounding(16 * n, n as f64);
            close_entries("the training", &train, &Matrix::from_fn(n, d, entry), |_, _| error, look)
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(32).holds(|(bad, at)| {
            let x = Matrix::from_rows([[1.0, 2.0], [3.0, 5.0]]);
            for d in [1, 3] {
                let want = InputError::ShapeMismatch { left: (2, 2), right: (1, d) };
                rejected(
                    &format!("standardize_by with 2×2 and 1×{d}"),
                    standardize_by(&x, &Matrix::zeros(1, d)),
                    want,
                    "The same number of columns, the training set on the left.",
                )?;
            }
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "standardize_by with 0×2 and 2×2",
                standardize_by(&Matrix::zeros(0, 2), &x),
                want,
                "Without training samples there is no mean.",
            )?;
            let mut wrong = x.clone();
            wrong[(at / 2, at % 2)] = *bad;
            let want = |name| InputError::NotFinite { name, index: *at };
            let look = "Check training and test features, row after row.";
            rejected(
                &format!("standardize_by with {bad} in the training set"),
                standardize_by(&wrong, &x),
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
    fn accepts_no_test_samples_and_no_features() {
        example(|| {
            let (train, test) = scaled(&(Matrix::from_rows([[1.0], [5.0]]), Matrix::zeros(0, 1)))?;
            equal(
                "training and test",
                (train, test),
                (Matrix::from_rows([[-1.0], [1.0]]), Matrix::zeros(0, 1)),
                "m may be 0.",
            )?;
            let nothing = scaled(&(Matrix::zeros(2, 0), Matrix::zeros(1, 0)))?;
            let look = "A data set without features is allowed.";
            equal(
                "training and test of 2×0 and 1×0",
                nothing,
                (Matrix::zeros(2, 0), Matrix::zeros(1, 0)),
                look,
            )
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let inputs = (many(2..=6), many(0..=3), several(1..=3)).prop_flat_map(|(n, m, d)| {
            let d = d.min(1 + 10_000 / (n + m));
            (any::matrix_of(n, d), any::matrix_of(m, d))
        });
        for_all("x_train, x_test", inputs).holds(|given| {
            let (train, test) = scaled(given)?;
            let (n, d) = given.0.shape();
            let look = "Every sample and every feature counts, whatever their number and their size.";
            let columns: Vec<[f64; 3]> = (0..d)
                .map(|j| {
                    let [mean, deviation] = moments(&given.0, j);
                    let largest = (0..n).map(|i| given.0[(i, j)].abs()).fold(0.0, f64::max);
                    [mean, if varies(&given.0, j) { deviation } else { 1.0 }, largest]
                })
                .collect();
            for (what, got, x) in [("training", &train, &given.0), ("test", &test, &given.1)] {
                let want = Matrix::from_fn(x.rows(), d, |i, j| (x[(i, j)] - columns[j][0]) / columns[j][1]);
                // The mean rounds with the largest of its numbers; divided by σ, and again in σ itself.
                let error = |i: usize, j: usize| {
                    let [_, deviation, largest] = columns[j];
                    let relative = (largest + x[(i, j)].abs()) / deviation;
                    let mean = rounding(4 * n + 16, largest / deviation);
                    rounding(4 * n + 16, relative + want[(i, j)].abs()) + want[(i, j)].abs() * mean
                };
                close_entries(&format!("the {what} features"), got, &want, error, look)?;
            }
            Ok(())
        });
    }
}
