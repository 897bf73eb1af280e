use judge::{Answer, Broken, close, close_entries, ensure, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::linear::predict;
use kit::{InputError, Matrix};
use proptest::prelude::Strategy;

use super::super::draw::{column, linear, size, sizes, times, unit, with};
use super::super::sizes::{any_problem, several, sized_problem};

const CALL: &str = "predict(x, w, b)";

#[test]
fn is_the_weighted_sum_plus_the_intercept() {
    for_all("x, y, w, b, unit", (sized_problem(), unit())).holds(|((x, _, w, b), unit)| {
        let (x, call) = (&times(x, *unit), "predict(unit·x, w, b)");
        let (got, want) = (predict(x, w, *b).accepted(call)?, linear(x, w, *b));
        equal(
            "the number of predictions",
            got.len(),
            x.rows(),
            "One prediction per sample, and a sample is a row.",
        )?;
        let look = "For each row: its dot product with w, plus b once.";
        close(call, got.as_slice(), want.as_slice(), rounding(x.cols() + 1, size(x, w, *b)), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::linear::predict;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0, 2.0], [0.0, -1.0]]);
        assert_eq!(predict(&x, &[3.0, 0.5], 1.0), Ok(vec![5.0, 0.5]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_no_samples() {
        example(|| {
            let got = predict(&Matrix::zeros(0, 2), &[1.0, 2.0], 0.5).accepted(CALL)?;
            equal(
                "predict(no rows, [1, 2], 0.5)",
                got,
                vec![],
                "Without samples the result is empty, and that is not an error.",
            )?;
            let want = InputError::ShapeMismatch { left: (0, 2), right: (1, 1) };
            let look = "w does not match the columns of x, even if x has no rows.";
            rejected("predict(0×2, [1], 0.5)", predict(&Matrix::zeros(0, 2), &[1.0], 0.5), want, look)
        });
    }

    #[test]
    fn propagates_nan_within_its_row() {
        for_all("x, y, w, b, k", (sized_problem(), 0..9999_usize)).holds(|((x, _, w, b), k)| {
            let entries = x.as_slice().len();
            if entries == 0 {
                return Ok(());
            }
            let (index, row) = (k % entries, k % entries / x.cols());
            let got = predict(&with(x, index, f64::NAN), w, *b).accepted(CALL)?;
            let as_wanted = (0..x.rows()).all(|i| got.get(i).is_some_and(|p| p.is_nan() == (i == row)));
            ensure(as_wanted, || {
                let call = format!("predict(x with a NaN in row {row}, w, b) = {got:?}");
                Broken::answer(
                    call,
                    format!("NaN in place {row} and nowhere else"),
                    "Which rows does a prediction use?",
                )
            })
        });
    }

    #[test]
    fn rejects_another_number_of_weights() {
        let inputs = (sized_problem(), several(0..=5)).prop_map(|((x, ..), len)| (x, vec![0.5; len]));
        for_all("x, v", inputs).holds(|(x, v)| {
            let b = 0.25;
            if v.len() == x.cols() {
                return Ok(());
            }
            let want = InputError::ShapeMismatch { left: x.shape(), right: (v.len(), 1) };
            rejected(
                "predict(x, v, b)",
                predict(x, v, b),
                want,
                "One weight per feature: `zip` would silently drop the rest.",
            )
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        for_all("x, y, w, b", any_problem()).holds(|(x, _, w, b)| {
            let got = column(&predict(x, w, *b).accepted(CALL)?);
            let (want, sizes) = (column(&linear(x, w, *b)), sizes(x, w, *b));
            let look = "Every row and every feature counts, whatever their number and their size.";
            close_entries(CALL, &got, &want, |i, _| rounding(x.cols() + 2, sizes[i]), look)
        });
    }
}
