use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Verdict, any, close, close_entries, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::linear::mse_gradient;
use kit::{InputError, Matrix};

use super::super::draw::{
    column, linear, problem, size, sizes, times, twice, two_by_three, unit, wide_problem,
};
use super::super::sizes::{any_problem, counting_but, fault, ones_but, sized_problem, unequal};
use super::mean_square;

const CALL: &str = "mse_gradient(x, y, w, b)";

#[test]
fn matches_finite_differences() {
    for_all("x, y, w, b", wide_problem()).holds(|(x, y, w, b)| {
        let (dw, db) = mse_gradient(x, y, w, *b).accepted(CALL)?;
        let value = |p: &[f64]| mean_square(x, y, p);
        // A residual is at most this large, also a step away; its square is what rounds.
        let largest = size(x, w, *b) + 8.0 + 1.0;
        let rounding = rounding(y.len() + x.cols() + 4, largest * largest);
        let loss = Loss { value: &value, rounding, samples: y.len() };
        let blocks = [Block::vector("w", w, &dw), Block::number("b", b, &db)];
        is_gradient(
            CALL,
            &blocks,
            &loss,
            "L = Σ(xᵢ·w + b − yᵢ)²/n: differentiate one squared residual, then take the mean.",
        )
    });
}

#[test]
fn vanishes_at_the_minimum() {
    let inputs = (problem(), any::vector(5..=5), unit());
    for_all("x, y, w, b, r, unit", inputs).holds(|((x, _, w, b), r, unit)| {
        // Each sample twice, once r above the model and once r below: no other line is closer.
        let x = times(&twice(x), *unit);
        let y: Vec<f64> = linear(&x, w, *b)
            .iter()
            .enumerate()
            .map(|(i, p)| if i.is_multiple_of(2) { p + r[i / 2] } else { p - r[i / 2] })
            .collect();
        let (dw, db) = mse_gradient(&x, &y, w, *b).accepted(CALL)?;
        let call = "mse_gradient of every unit·x twice, its targets r above and r below the model,";
        let look = "At the minimum the residuals cancel, in w and in b. Absolute values and squares do not.";
        let tolerance = rounding(8 * y.len() * (x.cols() + 1), 8.0 * (size(&x, w, *b) + 16.0));
        close(call, dw.as_slice(), vec![0.0; w.len()].as_slice(), tolerance, look)?;
        close(call, db, 0.0, tolerance, look)
    });
}

#[test]
fn is_invariant_under_duplicated_samples() {
    for_all("x, y, w, b", problem()).holds(|(x, y, w, b)| {
        let (once, both) = (mse_gradient(x, y, w, *b), y.iter().flat_map(|y| [*y, *y]).collect::<Vec<_>>());
        let ((dw, db), (dw2, db2)) = (
            once.accepted(CALL)?,
            mse_gradient(&twice(x), &both, w, *b).accepted("mse_gradient(x twice, y twice, w, b)")?,
        );
        let look = "A mean does not change when every sample is duplicated; a sum does.";
        let tolerance = rounding(8 * y.len() * (x.cols() + 1), 16.0 * (size(x, w, *b) + 8.0));
        close("∂L/∂w with every sample twice", dw2.as_slice(), dw.as_slice(), tolerance, look)?;
        close("∂L/∂b with every sample twice", db2, db, tolerance, look)
    });
}

fn equals_the_definition(x: &Matrix, y: &[f64], w: &[f64], b: f64) -> Verdict {
    let (dw, db) = mse_gradient(x, y, w, b).accepted(CALL)?;
    let (n, d) = x.shape();
    let r: Vec<f64> = linear(x, w, b).iter().zip(y).map(|(p, y)| p - y).collect();
    // The products of the data may be summed before they meet w and b: what rounds is then the sum of all sizes.
    let size: Vec<f64> = sizes(x, w, b).iter().zip(y).map(|(size, y)| size + y.abs()).collect();
    let mean = |of: &dyn Fn(usize) -> f64| 2.0 * (0..n).map(of).sum::<f64>() / n as f64;
    let want: Vec<f64> = (0..d).map(|j| mean(&|i| r[i] * x[(i, j)])).collect();
    let error = |j: usize| rounding(2 * (n + d + 8), mean(&|i| size[i] * x[(i, j)].abs()));
    let look = "Every sample and every feature counts, whatever their number and their size.";
    close_entries(&format!("∂L/∂w of {CALL}"), &column(&dw), &column(&want), |j, _| error(j), look)?;
    let error = rounding(2 * (n + d + 8), mean(&|i| size[i]));
    close(&format!("∂L/∂b of {CALL}"), db, mean(&|i| r[i]), error, look)
}

#[test]
fn is_twice_the_mean_of_residuals_times_features() {
    for_all("x, y, w, b", sized_problem()).holds(|(x, y, w, b)| equals_the_definition(x, y, w, *b));
}

#[test]
fn residuals_of_1_and_3_have_the_gradient_10_and_4() {
    example(|| {
        let (x, call) = (Matrix::from_rows([[1.0], [3.0]]), "mse_gradient([[1], [3]], [0, 0], [1], 0)");
        let (dw, db) = mse_gradient(&x, &[0.0; 2], &[1.0], 0.0).accepted(call)?;
        let look = "The residuals are 1 and 3: ∂L/∂w = 2·(1·1 + 3·3)/2 and ∂L/∂b = 2·(1 + 3)/2.";
        close(&format!("∂L/∂w of {call}"), dw.as_slice(), [10.0].as_slice(), rounding(16, 10.0), look)?;
        close(&format!("∂L/∂b of {call}"), db, 4.0, rounding(16, 4.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::linear::mse_gradient;
        use kit::Matrix;
        let x = Matrix::from_rows([[2.0], [0.0]]);
        assert_eq!(mse_gradient(&x, &[1.0, 1.0], &[1.0], 0.0), Ok((vec![2.0], 0.0)));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let x = Matrix::zeros(n, 2);
            let look = "Compare the number of rows with the number of targets, rows on the left.";
            let want = InputError::LengthMismatch { left: n, right: m };
            rejected(
                "mse_gradient(n×2, m targets, w, b)",
                mse_gradient(&x, &vec![1.0; m], &[1.0; 2], 0.0),
                want,
                look,
            )?;
            let (x, want) = (Matrix::zeros(3, n), InputError::ShapeMismatch { left: (3, n), right: (m, 1) });
            let got = mse_gradient(&x, &[1.0; 3], &vec![1.0; m], 0.0);
            rejected("mse_gradient(3×n, y, m weights, b)", got, want, "One weight per feature.")
        });
    }

    #[test]
    fn rejects_shapes_that_do_not_match() {
        example(|| {
            let (x, look) =
                (two_by_three(), "Compare the number of rows with the number of targets, rows on the left.");
            for y in [&[1.0][..], &[1.0; 3]] {
                let want = InputError::LengthMismatch { left: 2, right: y.len() };
                rejected("mse_gradient(2×3, y, w, b)", mse_gradient(&x, y, &[0.0; 3], 0.0), want, look)?;
            }
            let want = InputError::ShapeMismatch { left: (2, 3), right: (2, 1) };
            let look = "One weight per feature, and features are columns.";
            rejected(
                "mse_gradient(2×3, [1, 1], [0, 0], b)",
                mse_gradient(&x, &[1.0; 2], &[0.0; 2], 0.0),
                want,
                look,
            )?;
            let (none, want) = (Matrix::zeros(0, 1), InputError::TooFew { got: 0, wanted: 1 });
            rejected(
                "mse_gradient(0×1, [], [0], 0)",
                mse_gradient(&none, &[], &[0.0], 0.0),
                want,
                "Without samples there is no mean.",
            )
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(128).holds(|([n, d], [i, j], bad)| {
            let [x, spoiled] = [4.0, *bad].map(|it| counting_but([*n, *d], [*i, *j], it));
            let look = "Check x, y, w and b before anything is multiplied.";
            let rejection = |name, index| InputError::NotFinite { name, index };
            let (y, w) = (vec![1.0; *n], vec![1.0; *d]);
            let (bad_y, bad_w) = (ones_but(*n, *i, *bad), ones_but(*d, *j, *bad));
            rejected(CALL, mse_gradient(&spoiled, &y, &w, 0.0), rejection("x", i * d + j), look)?;
            rejected(CALL, mse_gradient(&x, &bad_y, &w, 0.0), rejection("y", *i), look)?;
            rejected(CALL, mse_gradient(&x, &y, &bad_w, 0.0), rejection("w", *j), look)?;
            rejected(CALL, mse_gradient(&x, &y, &w, *bad), rejection("b", 0), look)
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        for_all("x, y, w, b", any_problem()).holds(|(x, y, w, b)| equals_the_definition(x, y, w, *b));
    }
}
