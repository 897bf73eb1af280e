use judge::{Answer, Broken, any, close, ensure, equal, example, figure_reads_as, for_all, rejected};
use katas::m06_perceptron::boundary::decision_figure;
use kit::figure::Layer;
use kit::{Generator, InputError, Matrix};

use super::super::draw::sigmoid;
use super::pictures::{CALL, at, drawn, field, pictures};

#[test]
fn the_field_reaches_a_quarter_beyond_the_samples() {
    for_all("x, y, w, b", pictures()).cases(64).holds(|given| {
        let figure = drawn(given)?;
        let (sides, _) = field(&figure)?;
        for (axis, side) in sides.into_iter().enumerate() {
            let column: Vec<f64> = (0..given.1.len()).map(|i| given.0[(i, axis)]).collect();
            let (low, high) = column.iter().fold((column[0], column[0]), |(a, b), x| (a.min(*x), b.max(*x)));
            let margin = if high > low { (high - low) / 4.0 } else { 1.0 };
            let look = format!(
                "The samples go from {low} to {high} along axis {axis}; the margin is a quarter of that \
                 width, or 1 without width."
            );
            let call = format!("the ends of the field along axis {axis}");
            close(
                &call,
                side.as_slice(),
                [low - margin, high + margin].as_slice(),
                64.0 * f64::EPSILON,
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn the_field_holds_the_chance_of_class_1() {
    for_all("x, y, w, b, i, j", (pictures(), 0..61_usize, 0..61_usize)).cases(64).holds(|(given, i, j)| {
        let figure = drawn(given)?;
        let ([across, up], values) = field(&figure)?;
        let (x, y, (w, b)) = (at(across, *j), at(up, *i), (given.2, given.3));
        let look = format!("Row {i} and column {j} belong to x₀ = {x} and x₁ = {y}: σ(w·x + b) there.");
        // A sum of sizes up to 8·12 twice and 128, a quarter of whose rounding reaches σ.
        let tolerance = judge::rounding(8, 400.0);
        close(
            &format!("the field at ({i}, {j})"),
            values[(*i, *j)],
            sigmoid(w[0] * x + w[1] * y + b),
            tolerance,
            look,
        )
    });
}

#[test]
fn every_sample_is_a_point_of_its_class() {
    for_all("x, y, w, b", pictures()).cases(64).holds(|given| {
        let figure = drawn(given)?;
        for class in 0..2 {
            let Layer::Points { at, .. } = &figure.layers[1 + class] else {
                unreachable!("looked at before")
            };
            let of_class = (0..given.1.len()).filter(|&i| given.1[i] == class);
            let want: Vec<_> = of_class.map(|i| [given.0[(i, 0)], given.0[(i, 1)]]).collect();
            let look = format!("The samples with the label {class}, in their order.");
            equal(&format!("points class {class}"), at, &want, look)?;
        }
        Ok(())
    });
}

#[test]
fn the_line_parts_the_field_where_the_chance_is_one_half() {
    for_all("x, y, w, b", pictures()).cases(64).holds(|given| {
        let figure = drawn(given)?;
        let ([across, up], _) = field(&figure)?;
        let Layer::Line { through, .. } = &figure.layers[3] else { unreachable!("looked at before") };
        let (w, b) = (given.2, given.3);
        let height = |[x, y]: [f64; 2]| w[0] * x + w[1] * y + b;
        let heights: Vec<f64> = across.iter().flat_map(|&x| up.map(|y| height([x, y]))).collect();
        let crosses = heights.iter().any(|z| *z > 1e-9) && heights.iter().any(|z| *z < -1e-9);
        let passes = heights.iter().all(|z| *z > 1e-9) || heights.iter().all(|z| *z < -1e-9);
        let fits = if crosses { through.len() == 2 } else { !passes || through.is_empty() };
        ensure(fits, || {
            let look = format!("At the corners of the field w·x + b is {heights:?}.");
            let want =
                if crosses { "two ends: the line crosses the field" } else { "none: the line passes by" };
            Broken::answer(format!("{} points of the line", through.len()), want, look)
        })?;
        for end in through {
            let off = |at: f64, [low, high]: [f64; 2]| (at - low).abs().min((at - high).abs());
            let on_border = off(end[0], across).min(off(end[1], up)) < 1e-9;
            ensure(height(*end).abs() < 1e-9 && on_border, || {
                let got = format!("an end at {end:?}, where w·x + b = {}", height(*end));
                Broken::answer(
                    got,
                    "a point on the border of the field, where w·x + b = 0",
                    "From border to border.",
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn the_title_counts_the_samples_on_their_side() {
    for_all("x, y, w, b", pictures()).holds(|given| {
        let figure = drawn(given)?;
        let (x, y, w, b) = given;
        // Eighths: exact, so a sample on the line is on it for everybody, and is of class 0.
        let says = |i: usize| usize::from(w[0] * x[(i, 0)] + w[1] * x[(i, 1)] + b > 0.0);
        let right = (0..y.len()).filter(|&i| says(i) == y[i]).count();
        let want = format!("Decision boundary: {right} of {} correct", y.len());
        equal("the title", figure.title, want, "Class 1 is said where w·x + b > 0.")?;
        let axes = (figure.x.label.as_str(), figure.y.label.as_str());
        equal("the axes", axes, ("x₀", "x₁"), "They are given in the documentation.")
    });
}

#[test]
fn what_does_not_fit_is_rejected() {
    example(|| {
        let (x, w) = (Matrix::from_rows([[0.0, 1.0], [1.0, 0.0]]), [1.0, 1.0]);
        let want = InputError::LengthMismatch { left: 2, right: 1 };
        rejected(
            "decision_figure(2×2, [0], w, b)",
            decision_figure(&x, &[0], w, 0.0),
            want,
            "One label a row.",
        )?;
        let want = InputError::ShapeMismatch { left: (2, 3), right: (2, 1) };
        let wide = decision_figure(&Matrix::zeros(2, 3), &[0, 1], w, 0.0);
        rejected("decision_figure(2×3, [0, 1], w, b)", wide, want, "Paper has two dimensions.")?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "decision_figure(0×2, [], w, b)",
            decision_figure(&Matrix::zeros(0, 2), &[], w, 0.0),
            want,
            "Nothing to see.",
        )?;
        let want = InputError::ZeroVector { name: "w" };
        rejected(
            "decision_figure(2×2, [0, 1], [0, 0], b)",
            decision_figure(&x, &[0, 1], [0.0; 2], 1.0),
            want,
            "No line without direction.",
        )?;
        let want = InputError::UnknownClass { index: 1, got: 2, classes: 2 };
        rejected(
            "decision_figure(2×2, [0, 2], w, b)",
            decision_figure(&x, &[0, 2], w, 0.0),
            want,
            "Labels are 0 and 1.",
        )
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(64).holds(|(bad, k)| {
        let x = Matrix::from_rows([[0.0, 1.0], [1.0, 0.0]]);
        let odd = Matrix::from_fn(2, 2, |i, j| if 2 * i + j == *k { *bad } else { x[(i, j)] });
        let mut w = [1.0, 1.0];
        let rejection = |name, index| InputError::NotFinite { name, index };
        let look = "Look through x, w and b, in this order.";
        rejected(CALL, decision_figure(&odd, &[0, 1], w, 0.0), rejection("x", *k), look)?;
        rejected(CALL, decision_figure(&x, &[0, 1], w, *bad), rejection("b", 0), look)?;
        w[k % 2] = *bad;
        rejected(CALL, decision_figure(&x, &[0, 1], w, 0.0), rejection("w", k % 2), look)
    });
}

#[test]
fn two_clouds_and_their_line_look_like_this() {
    example(|| {
        let mut generator = Generator::from_seed(6);
        let y: Vec<usize> = (0..80).map(|i| i % 2).collect();
        let mut x = Matrix::zeros(80, 2);
        for (i, &label) in y.iter().enumerate() {
            // Four uniform numbers added up: a round cloud, to the eye.
            for (j, middle) in [[-1.0, -0.5], [1.0, 0.75]][label].into_iter().enumerate() {
                x[(i, j)] = middle + (0..4).map(|_| generator.uniform_in(-1.0, 1.0)).sum::<f64>() * 0.75;
            }
        }
        let mut figure = decision_figure(&x, &y, [2.0, 1.25], -0.25).accepted("decision_figure")?;
        // Either end may come first.
        if let Some(Layer::Line { through, .. }) = figure.layers.last_mut() {
            through.sort_by(|a, b| a[0].total_cmp(&b[0]));
        }
        figure_reads_as(
            "m06_perceptron/boundary/decision_figure",
            &figure,
            "The other laws of this kata say which layer should hold what: look at them first.",
        )
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told: labels and rows, \
            columns, rows at all, numbers, the direction, and last the labels.";
        let bad = |m, n| Matrix::from_fn(m, n, |_, _| f64::NAN);
        let want = InputError::LengthMismatch { left: 2, right: 1 };
        rejected(
            "decision_figure(2×3 with NaN, [2], 0, NaN)",
            decision_figure(&bad(2, 3), &[2], [0.0; 2], f64::NAN),
            want,
            look,
        )?;
        let want = InputError::ShapeMismatch { left: (0, 3), right: (2, 1) };
        rejected(
            "decision_figure(0×3, [], 0, NaN)",
            decision_figure(&bad(0, 3), &[], [0.0; 2], f64::NAN),
            want,
            look,
        )?;
        let want = InputError::NotFinite { name: "b", index: 0 };
        let got = decision_figure(&Matrix::zeros(1, 2), &[2], [0.0; 2], f64::NAN);
        rejected("decision_figure(1×2, [2], 0, NaN)", got, want, look)?;
        let want = InputError::ZeroVector { name: "w" };
        rejected(
            "decision_figure(1×2, [2], 0, 1)",
            decision_figure(&Matrix::zeros(1, 2), &[2], [0.0; 2], 1.0),
            want,
            look,
        )
    })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::boundary::decision_figure;
        use kit::Matrix;
        let x = Matrix::from_rows([[0.0, 0.0], [4.0, 2.0]]);
        let figure = decision_figure(&x, &[0, 1], [1.0, 1.0], -3.0)?;
        assert_eq!(figure.title, "Decision boundary: 2 of 2 correct");
        Ok::<(), kit::InputError>(())
    });
}
