use judge::{Answer, Broken, close, close_entries, ensure, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::decision::predict_proba;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{column, linear, sigmoid_error, size, sizes, with};
use super::super::sizes::{any_problem, place, several, sized_problem};

const CALL: &str = "predict_proba(x, w, b)";

#[test]
fn is_the_sigmoid_of_the_logit() {
    for_all("x, y, w, b", sized_problem()).holds(|(x, _, w, b)| {
        let got = predict_proba(x, w, *b).accepted(CALL)?;
        let want: Vec<f64> = linear(x, w, *b).iter().map(|z| 1.0 / (1.0 + (-z).exp())).collect();
        equal(
            "the number of probabilities",
            got.len(),
            x.rows(),
            "One probability per sample, and a sample is a row.",
        )?;
        // σ is nowhere steeper than ¼: the logit's rounding arrives at most as large.
        let tolerance = rounding(x.cols() + 8, 1.0 + size(x, w, *b));
        close(
            CALL,
            got.as_slice(),
            want.as_slice(),
            tolerance,
            "σ(xᵢ·w + b) for each row: the probability of class 1.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::decision::predict_proba;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0, 2.0], [500.0, 0.0]]);
        let p = predict_proba(&x, &[2.0, -1.0], 0.0)?;
        assert!((p[0] - 0.5).abs() < 1e-14 && (p[1] - 1.0).abs() < 1e-14);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_overflow() {
        example(|| {
            let x = Matrix::from_rows([[1000.0], [-1000.0]]);
            let got = predict_proba(&x, &[1.0], 0.0).accepted("predict_proba([1000; −1000], [1], 0)")?;
            let look = "eᶻ overflows above 709, and ∞/∞ is NaN.";
            close(
                "predict_proba([1000; −1000], [1], 0)",
                got.as_slice(),
                [1.0, 0.0].as_slice(),
                rounding(8, 1.0),
                look,
            )
        });
    }

    #[test]
    fn accepts_no_samples() {
        example(|| {
            let got = predict_proba(&Matrix::zeros(0, 2), &[1.0, 2.0], 0.5).accepted(CALL)?;
            equal(
                "predict_proba(no rows, [1, 2], 0.5)",
                got,
                vec![],
                "Without samples the result is empty, and that is not an error.",
            )?;
            let want = InputError::ShapeMismatch { left: (0, 2), right: (1, 1) };
            let look = "w does not match the columns of x, even if x has no rows.";
            rejected(
                "predict_proba(0×2, [1], 0.5)",
                predict_proba(&Matrix::zeros(0, 2), &[1.0], 0.5),
                want,
                look,
            )
        });
    }

    #[test]
    fn propagates_nan_within_its_row() {
        example(|| {
            let x = with(&Matrix::from_rows([[1.0, 2.0], [0.5, -1.0], [3.0, 0.0]]), 2, f64::NAN);
            for w in [[1.0, -1.0], [0.0, -1.0]] {
                let got = predict_proba(&x, &w, 0.5).accepted(CALL)?;
                let as_wanted = got.len() == 3 && got[1].is_nan() && got[0].is_finite() && got[2].is_finite();
                ensure(as_wanted, || {
                    let call = format!("predict_proba(3 rows with a NaN in row 1, {w:?}, b) = {got:?}");
                    Broken::answer(
                        call,
                        "NaN in place 1 and nowhere else",
                        "A missing feature gives a NaN probability, whatever its weight.",
                    )
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn propagates_nan_within_its_row_for_any_size() {
        let inputs = sized_problem()
            .prop_flat_map(|(x, _, w, _)| (place(x.rows()), place(x.cols().max(1)), Just((x, w))));
        for_all("i, j, x, w", inputs).cases(128).holds(|(row, j, (x, w))| {
            if w.is_empty() {
                return Ok(());
            }
            let got = predict_proba(&with(x, row * x.cols() + j, f64::NAN), w, 0.5).accepted(CALL)?;
            let as_wanted = (0..x.rows()).all(|i| got.get(i).is_some_and(|p| p.is_nan() == (i == *row)));
            ensure(as_wanted, || {
                let got = format!("{CALL} for x with a NaN in row {row}, column {j}: {got:?}");
                let want = format!("NaN in place {row} and nowhere else");
                Broken::answer(got, want, "A missing feature gives a NaN probability, whatever its weight.")
            })
        });
    }

    #[test]
    fn rejects_another_number_of_weights() {
        let inputs = (sized_problem(), several(0..=5)).prop_map(|((x, _, _, b), len)| (x, b, vec![0.5; len]));
        for_all("x, b, v", inputs).cases(128).holds(|(x, b, v)| {
            if v.len() == x.cols() {
                return Ok(());
            }
            let want = InputError::ShapeMismatch { left: x.shape(), right: (v.len(), 1) };
            rejected("predict_proba(x, v, b)", predict_proba(x, v, *b), want, "One weight per feature.")
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        for_all("x, y, w, b", any_problem()).holds(|(x, _, w, b)| {
            let got = column(&predict_proba(x, w, *b).accepted(CALL)?);
            let (z, sizes) = (linear(x, w, *b), sizes(x, w, *b));
            let want: Vec<f64> = z.iter().map(|z| 1.0 / (1.0 + (-z).exp())).collect();
            let error = |i: usize| sigmoid_error(z[i], rounding(x.cols() + 2, sizes[i]));
            let look = "Every row and every feature counts, whatever their number and their size.";
            close_entries(CALL, &got, &column(&want), |i, _| error(i), look)
        });
    }
}
