use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::linear::predict;
use kit::{InputError, Matrix};

use super::super::draw::{linear, problem, size, times, unit, wide_problem, with};

const CALL: &str = "predict(x, w, b)";

#[test]
fn each_row_is_weighed_and_the_intercept_added() {
    for_all("x, y, w, b, unit", (wide_problem(), unit())).holds(|((x, _, w, b), unit)| {
        let (x, call) = (&times(x, *unit), "predict(unit·x, w, b)");
        let (got, want) = (predict(x, w, *b).accepted(call)?, linear(x, w, *b));
        equal(
            "the number of predictions",
            got.len(),
            x.rows(),
            "One prediction a sample, and a sample is a row.",
        )?;
        let look = "For each row: its dot product with w, and b once on top.";
        close(call, got.as_slice(), want.as_slice(), rounding(x.cols() + 1, size(x, w, *b)), look)
    });
}

#[test]
fn without_samples_there_are_no_predictions() {
    example(|| {
        let got = predict(&Matrix::zeros(0, 2), &[1.0, 2.0], 0.5).accepted(CALL)?;
        equal(
            "predict(no rows, [1, 2], 0.5)",
            got,
            vec![],
            "No sample, no prediction, and no error either.",
        )?;
        let want = InputError::ShapeMismatch { left: (0, 2), right: (1, 1) };
        let look = "w does not fit x, also where no row shows it.";
        rejected("predict(0×2, [1], 0.5)", predict(&Matrix::zeros(0, 2), &[1.0], 0.5), want, look)
    });
}

#[test]
fn a_nan_spoils_its_own_row_only() {
    for_all("x, y, w, b, k", (problem(), 0..15_usize)).holds(|((x, _, w, b), k)| {
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
fn a_weight_too_few_or_too_many_is_rejected() {
    for_all("x, y, w, b, v", (problem(), any::vector(0..=5))).holds(|((x, _, _, b), v)| {
        if v.len() == x.cols() {
            return Ok(());
        }
        let want = InputError::ShapeMismatch { left: x.shape(), right: (v.len(), 1) };
        rejected(
            "predict(x, v, b)",
            predict(x, v, *b),
            want,
            "One weight a feature: `zip` would drop the rest unseen.",
        )
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
