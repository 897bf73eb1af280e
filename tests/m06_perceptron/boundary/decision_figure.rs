use judge::{
    Answer, Broken, Verdict, any, close, ensure, equal, example, figure_reads_as, for_all, rejected, rounding,
};
use katas::m06_perceptron::boundary::decision_figure;
use kit::figure::Layer;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{sigmoid, sigmoid_error};
use super::super::sizes::{Numbers, many, matrix_of, place, unequal};
use super::pictures::{CALL, Picture, at, drawn, field, pictures};

#[test]
fn the_field_has_a_margin_of_a_quarter() {
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
fn the_field_is_the_predicted_probability() {
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
fn shows_the_samples_by_class() {
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
fn shows_the_line_where_the_probability_is_one_half() {
    for_all("x, y, w, b, another b", (pictures(), any::eighth())).cases(64).holds(|(given, other)| {
        let mut moved = given.clone();
        moved.3 += other;
        shows_the_line(given)?;
        shows_the_line(&moved)
    });
}

fn shows_the_line(given: &Picture) -> Verdict {
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
        let want = if crosses {
            "two ends: the line crosses the rectangle"
        } else {
            "none: the line misses the rectangle"
        };
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
}

#[test]
fn the_title_counts_the_correct_predictions() {
    for_all("x, y, w, b", pictures()).holds(|given| {
        let figure = drawn(given)?;
        let (x, y, w, b) = given;
        // Eighths: exact, so a sample on the line is on it for everybody, and is of class 0.
        let says = |i: usize| usize::from(w[0] * x[(i, 0)] + w[1] * x[(i, 1)] + b > 0.0);
        let right = (0..y.len()).filter(|&i| says(i) == y[i]).count();
        let want = format!("Decision boundary: {right} of {} correct", y.len());
        equal("the title", figure.title, want, "The predicted class is 1 where w·x + b > 0.")?;
        let axes = (figure.x.label.as_str(), figure.y.label.as_str());
        equal("the axes", axes, ("x₀", "x₁"), "As documented.")
    });
}

#[test]
fn draws_two_clusters_and_their_boundary() {
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
            "The other laws of this kata check each layer: look at them first.",
        )
    });
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

mod robust {
    use super::*;

    #[test]
    fn rejects_invalid_arguments() {
        example(|| {
            let (x, w) = (Matrix::from_rows([[0.0, 1.0], [1.0, 0.0]]), [1.0, 1.0]);
            let want = InputError::LengthMismatch { left: 2, right: 1 };
            rejected(
                "decision_figure(2×2, [0], w, b)",
                decision_figure(&x, &[0], w, 0.0),
                want,
                "One label per row.",
            )?;
            let want = InputError::ShapeMismatch { left: (2, 3), right: (2, 1) };
            let wide = decision_figure(&Matrix::zeros(2, 3), &[0, 1], w, 0.0);
            rejected("decision_figure(2×3, [0, 1], w, b)", wide, want, "The figure has two dimensions.")?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "decision_figure(0×2, [], w, b)",
                decision_figure(&Matrix::zeros(0, 2), &[], w, 0.0),
                want,
                "Without samples there is nothing to draw.",
            )?;
            let want = InputError::ZeroVector { name: "w" };
            rejected(
                "decision_figure(2×2, [0, 1], [0, 0], b)",
                decision_figure(&x, &[0, 1], [0.0; 2], 1.0),
                want,
                "Without weights there is no decision boundary.",
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
    fn rejects_invalid_arguments_of_any_size() {
        let label = judge::any::select(vec![2_usize, 255, 256, 1 << 32, usize::MAX]);
        let inputs = many(2..=4)
            .prop_flat_map(move |m| (Just(m), place(m), 0..2_usize, any::not_finite(), label.clone()));
        for_all("m, i, axis, bad, label, [left, right]", (inputs, unequal())).cases(48).holds(
            |((m, i, axis, bad, label), lengths)| {
                let (x, w) = (
                    |bad: f64| {
                        Matrix::from_fn(
                            *m,
                            2,
                            |k, l| if (k, l) == (*i, *axis) { bad } else { (k + l) as f64 },
                        )
                    },
                    [1.0, 1.0],
                );
                let y: Vec<usize> = (0..*m).map(|k| k % 2).collect();
                let want = InputError::NotFinite { name: "x", index: 2 * i + axis };
                rejected(CALL, decision_figure(&x(*bad), &y, w, 0.0), want, "Check x, in every place.")?;
                let odd: Vec<usize> =
                    y.iter().enumerate().map(|(k, y)| if k == *i { *label } else { *y }).collect();
                let want = InputError::UnknownClass { index: *i, got: *label, classes: 2 };
                rejected(
                    CALL,
                    decision_figure(&x(0.5), &odd, w, 0.0),
                    want,
                    "Labels are 0 and 1, in every place.",
                )?;
                let [left, right] = *lengths;
                let labels: Vec<usize> = (0..right).map(|k| k % 2).collect();
                let got = decision_figure(&Matrix::from_fn(left, 2, |k, l| (k + l) as f64), &labels, w, 0.0);
                rejected(CALL, got, InputError::LengthMismatch { left, right }, "One label per row.")?;
                for cols in [1, 3, *m + 3] {
                    let want = InputError::ShapeMismatch { left: (*m, cols), right: (2, 1) };
                    let got = decision_figure(&Matrix::zeros(*m, cols), &y, w, 0.0);
                    rejected(CALL, got, want, "The figure has two dimensions.")?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(64).holds(|(bad, k)| {
            let x = Matrix::from_rows([[0.0, 1.0], [1.0, 0.0]]);
            let odd = Matrix::from_fn(2, 2, |i, j| if 2 * i + j == *k { *bad } else { x[(i, j)] });
            let mut w = [1.0, 1.0];
            let rejection = |name, index| InputError::NotFinite { name, index };
            let look = "Check x, w and b.";
            rejected(CALL, decision_figure(&odd, &[0, 1], w, 0.0), rejection("x", *k), look)?;
            rejected(CALL, decision_figure(&x, &[0, 1], w, *bad), rejection("b", 0), look)?;
            w[k % 2] = *bad;
            rejected(CALL, decision_figure(&x, &[0, 1], w, 0.0), rejection("w", k % 2), look)
        });
    }

    #[test]
    fn the_sign_of_the_height_decides_however_small_it_is() {
        for_all("k, label", (1..=1000_i32, 0..2_usize)).cases(64).holds(|&(k, label)| {
            // One sample on each side, 2⁻ᵏ from the boundary: far below where σ rounds to ½.
            let little = 0.5_f64.powi(k);
            let x = Matrix::from_rows([[little, 0.0], [-little, 0.0]]);
            let figure = decision_figure(&x, &[label, 1 - label], [1.0, 0.0], 0.0)
                .accepted("decision_figure([2⁻ᵏ 0; −2⁻ᵏ 0], y, [1, 0], 0)")?;
            let want = format!("Decision boundary: {} of 2 correct", 2 * label);
            equal("the title", figure.title, want, "The predicted class is 1 where w·x + b > 0, also by 2⁻ᵏ.")
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let kinds = judge::any::select(vec![
            Numbers::Fine,
            Numbers::Mixed,
            Numbers::Tiny,
            Numbers::Large,
            Numbers::Minute,
        ]);
        let of_w = prop_oneof![5 => kinds.clone(), 1 => Just(Numbers::Huge)];
        let both = prop_oneof![7 => (kinds, of_w), 1 => Just((Numbers::Minute, Numbers::Minute))];
        let inputs = (many(1..=5), both)
            .prop_flat_map(|(m, (x, w))| {
                (matrix_of(x, m, 2), matrix_of(w, 1, 3), judge::any::vec(0..2_usize, m))
            })
            .prop_filter("w is not 0", |(_, w, _)| w[(0, 0)] != 0.0 || w[(0, 1)] != 0.0);
        for_all("x, [w₀, w₁, b], y", inputs).cases(96).holds(|(x, w, y)| {
            let (w, b) = ([w[(0, 0)], w[(0, 1)]], w[(0, 2)]);
            let figure = drawn(&(x.clone(), y.clone(), w, b))?;
            let look = "Every sample counts, whatever their number and their size.";
            for class in 0..2 {
                let Layer::Points { at, .. } = &figure.layers[1 + class] else {
                    unreachable!("looked at before")
                };
                let want: Vec<_> =
                    (0..y.len()).filter(|&i| y[i] == class).map(|i| [x[(i, 0)], x[(i, 1)]]).collect();
                equal(&format!("points class {class}"), at, &want, look)?;
            }
            let (sides, values) = field(&figure)?;
            for (axis, side) in sides.into_iter().enumerate() {
                let column: Vec<f64> = (0..y.len()).map(|i| x[(i, axis)]).collect();
                let (low, high) =
                    column.iter().fold((column[0], column[0]), |(a, b), x| (a.min(*x), b.max(*x)));
                let margin = if high > low { (high - low) / 4.0 } else { 1.0 };
                let want = [low - margin, high + margin];
                let tolerance = rounding(8, low.abs().max(high.abs()) + margin);
                close(
                    &format!("the ends of the field along axis {axis}"),
                    side.as_slice(),
                    want.as_slice(),
                    tolerance,
                    look,
                )?;
            }
            for (i, j) in [(0, 0), (60, 60), (0, 60), (60, 0), (17, 42), (59, 1), (31, 30)] {
                let [p, q] = [at(sides[0], j), at(sides[1], i)];
                let z = w[0] * p + w[1] * q + b;
                let widest = sides.as_flattened().iter().fold(0.0_f64, |widest, at| widest.max(at.abs()));
                let error = rounding(16, (w[0].abs() + w[1].abs()) * widest + b.abs());
                close(
                    &format!("the field at ({i}, {j})"),
                    values[(i, j)],
                    sigmoid(z),
                    sigmoid_error(z, error),
                    look,
                )?;
            }
            Ok(())
        });
    }
}
