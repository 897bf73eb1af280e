use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Verdict, close, close_entries, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::logistic::gradient;
use kit::{InputError, Matrix};

use super::super::draw::{column, labeled, linear, sigmoid_error, size, sizes, twice, two_by_three};
use super::super::sizes::{
    any_labeled, counting_but, fault, in_turn, ones_but, sized_labeled, stray, unequal,
};
use super::mean_cost;

const CALL: &str = "gradient(x, y, w, b)";

#[test]
fn matches_finite_differences() {
    for_all("x, y, w, b", labeled()).holds(|(x, y, w, b)| {
        let (dw, db) = gradient(x, y, w, *b).accepted(CALL)?;
        let value = |p: &[f64]| mean_cost(x, y, p);
        let rounding = rounding(y.len() + x.cols() + 4, size(x, w, *b) + 1.0);
        let loss = Loss { value: &value, rounding, samples: y.len() };
        let blocks = [Block::vector("w", w, &dw), Block::number("b", b, &db)];
        is_gradient(
            CALL,
            &blocks,
            &loss,
            "The derivative of one sample's loss with respect to its logit needs σ(z) and y only.",
        )
    });
}

fn equals_the_definition(x: &Matrix, y: &[usize], w: &[f64], b: f64) -> Verdict {
    let (dw, db) = gradient(x, y, w, b).accepted(CALL)?;
    let (n, d) = x.shape();
    let (z, size) = (linear(x, w, b), sizes(x, w, b));
    let r: Vec<f64> = z.iter().zip(y).map(|(z, y)| 1.0 / (1.0 + (-z).exp()) - *y as f64).collect();
    let error: Vec<f64> = (0..n).map(|i| sigmoid_error(z[i], rounding(d + 2, size[i]))).collect();
    let mean = |of: &dyn Fn(usize) -> f64| (0..n).map(of).sum::<f64>() / n as f64;
    let want: Vec<f64> = (0..d).map(|j| mean(&|i| r[i] * x[(i, j)])).collect();
    let off = |j: usize| {
        mean(&|i| (error[i] + rounding(n + 8, r[i].abs())) * x[(i, j)].abs()) + rounding(1, want[j])
    };
    let look = "Every sample and every feature counts, whatever their number and their size.";
    close_entries(&format!("∂L/∂w of {CALL}"), &column(&dw), &column(&want), |j, _| off(j), look)?;
    let off = mean(&|i| error[i] + rounding(n + 8, r[i].abs()));
    close(&format!("∂L/∂b of {CALL}"), db, mean(&|i| r[i]), off, look)
}

#[test]
fn is_the_mean_of_residuals_times_features() {
    for_all("x, y, w, b", sized_labeled()).holds(|(x, y, w, b)| equals_the_definition(x, y, w, *b));
}

#[test]
fn is_the_mean_of_half_minus_y_times_x_at_zero() {
    for_all("x, y, w, b", labeled()).holds(|(x, y, ..)| {
        let call = "gradient(x, y, 0, 0)";
        let (dw, db) = gradient(x, y, &vec![0.0; x.cols()], 0.0).accepted(call)?;
        let mean = |of: &dyn Fn(usize) -> f64| {
            y.iter().enumerate().map(|(i, y)| (0.5 - *y as f64) * of(i)).sum::<f64>() / y.len() as f64
        };
        let (want_w, want_b): (Vec<f64>, f64) =
            ((0..x.cols()).map(|j| mean(&|i| x[(i, j)])).collect(), mean(&|_| 1.0));
        let (tolerance, look) = (rounding(4 * y.len(), 8.0), "With w = 0 and b = 0 every probability is ½.");
        close(&format!("∂L/∂w of {call}"), dw.as_slice(), want_w.as_slice(), tolerance, look)?;
        close(&format!("∂L/∂b of {call}"), db, want_b, tolerance, look)
    });
}

#[test]
fn is_invariant_under_duplicated_samples() {
    for_all("x, y, w, b", labeled()).holds(|(x, y, w, b)| {
        let both: Vec<usize> = y.iter().flat_map(|y| [*y, *y]).collect();
        let (dw, db) = gradient(x, y, w, *b).accepted(CALL)?;
        let (dw2, db2) = gradient(&twice(x), &both, w, *b).accepted("gradient(x twice, y twice, w, b)")?;
        // A slope is at most 8; each of the logits' roundings moves it by at most a quarter of itself.
        let tolerance = rounding(8 * y.len() * (x.cols() + 1), 8.0 * (1.0 + size(x, w, *b)));
        let look = "A mean does not change when every sample is duplicated; a sum does.";
        close("∂L/∂w with every sample twice", dw2.as_slice(), dw.as_slice(), tolerance, look)?;
        close("∂L/∂b with every sample twice", db2, db, tolerance, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::logistic::gradient;
        use kit::Matrix;
        let x = Matrix::from_rows([[2.0], [1.0]]);
        assert_eq!(gradient(&x, &[1, 1], &[0.0], 0.0), Ok((vec![-0.75], -0.5)));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_overflow() {
        example(|| {
            let call = "gradient([1000; −1000], [0, 1], [1], 0)";
            let (dw, db) =
                gradient(&Matrix::from_rows([[1000.0], [-1000.0]]), &[0, 1], &[1.0], 0.0).accepted(call)?;
            let look = "Both predictions are wrong: σ − y is 1 and −1. e¹⁰⁰⁰ overflows, and ∞/∞ is NaN.";
            close(
                &format!("∂L/∂w of {call}"),
                dw.as_slice(),
                [1000.0].as_slice(),
                rounding(4, 1000.0),
                look,
            )?;
            close(&format!("∂L/∂b of {call}"), db, 0.0, rounding(4, 1.0), look)
        });
    }

    #[test]
    fn rejects_shapes_and_labels_that_do_not_match() {
        example(|| {
            let (x, look) =
                (two_by_three(), "Compare the number of rows with the number of labels, rows on the left.");
            for y in [&[1][..], &[1, 0, 1]] {
                let want = InputError::LengthMismatch { left: 2, right: y.len() };
                rejected("gradient(2×3, y, w, b)", gradient(&x, y, &[0.0; 3], 0.0), want, look)?;
            }
            let want = InputError::ShapeMismatch { left: (2, 3), right: (4, 1) };
            rejected(
                "gradient(2×3, [0, 1], 4 weights, b)",
                gradient(&x, &[0, 1], &[0.0; 4], 0.0),
                want,
                "One weight per feature.",
            )?;
            let (none, want) = (Matrix::zeros(0, 1), InputError::TooFew { got: 0, wanted: 1 });
            rejected(
                "gradient(0×1, [], [0], 0)",
                gradient(&none, &[], &[0.0], 0.0),
                want,
                "Without samples there is no mean.",
            )?;
            let want = InputError::UnknownClass { index: 1, got: 2, classes: 2 };
            rejected(
                "gradient(2×3, [0, 2], w, b)",
                gradient(&x, &[0, 2], &[0.0; 3], 0.0),
                want,
                "Labels are 0 and 1.",
            )?;
            let want = InputError::UnknownClass { index: 0, got: 2, classes: 2 };
            let got = gradient(&Matrix::zeros(1, 1), &[2], &[0.0], 0.0);
            rejected(
                "gradient([0], [2], [0], 0)",
                got,
                want,
                "Labels are 0 and 1, even if there is only one sample.",
            )
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_unknown_labels_of_any_size() {
        for_all("[n, m], (y, i)", (unequal(), stray())).cases(64).holds(|([n, m], (y, index))| {
            let (n, m) = (*n, *m);
            let want = InputError::LengthMismatch { left: n, right: m };
            let look = "Compare the number of rows with the number of labels, rows on the left.";
            let got = gradient(&Matrix::zeros(n, 2), &in_turn(m), &[0.0; 2], 0.0);
            rejected("gradient(n×2, m labels, w, b)", got, want, look)?;
            let want = InputError::ShapeMismatch { left: (3, n), right: (m, 1) };
            let got = gradient(&Matrix::zeros(3, n), &[0, 1, 0], &vec![0.0; m], 0.0);
            rejected("gradient(3×n, y, m weights, b)", got, want, "One weight per feature.")?;
            let want = InputError::UnknownClass { index: *index, got: y[*index], classes: 2 };
            let got = gradient(&Matrix::zeros(y.len(), 1), y, &[0.0], 0.0);
            rejected("gradient(n×1, y, [0], 0)", got, want, "Labels are 0 and 1, in every place.")
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(128).holds(|([n, d], [i, j], bad)| {
            let look = "Check x, w and b before anything is multiplied.";
            let [x, spoiled] = [4.0, *bad].map(|it| counting_but([*n, *d], [*i, *j], it));
            let (y, w) = (in_turn(*n), vec![1.0; *d]);
            let rejection = |name, index| InputError::NotFinite { name, index };
            rejected(CALL, gradient(&spoiled, &y, &w, 0.0), rejection("x", i * d + j), look)?;
            rejected(CALL, gradient(&x, &y, &ones_but(*d, *j, *bad), 0.0), rejection("w", *j), look)?;
            rejected(CALL, gradient(&x, &y, &w, *bad), rejection("b", 0), look)
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        for_all("x, y, w, b", any_labeled()).holds(|(x, y, w, b)| equals_the_definition(x, y, w, *b));
    }
}
