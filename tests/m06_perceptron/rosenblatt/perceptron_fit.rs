use judge::{Answer, Broken, any, ensure, equal, example, for_all, rejected};
use katas::m06_perceptron::rosenblatt::perceptron_fit;
use kit::{InputError, Matrix};

use super::separable::{Separable, height, separable, side};

const PASSES: usize = 10_000;
const CALL: &str = "perceptron_fit(x, y, 10000)";

/// w, b and the samples that were mistakes, of samples that a line separates.
fn by_definition(x: &Matrix, y: &[usize]) -> (Vec<f64>, f64, Vec<usize>) {
    let (mut w, mut b, mut told) = (vec![0.0; x.cols()], 0.0, Vec::new());
    loop {
        let before = told.len();
        for (i, &label) in y.iter().enumerate() {
            if side(label) * height(&w, b, x.row(i)) <= 0.0 {
                w.iter_mut().zip(x.row(i)).for_each(|(w, x)| *w += side(label) * x);
                b += side(label);
                told.push(i);
            }
        }
        if told.len() == before {
            return (w, b, told);
        }
    }
}

#[test]
fn every_sample_ends_up_on_its_side() {
    for_all("x, y", separable()).holds(|Separable { x, y, .. }| {
        let (w, b, _) = perceptron_fit(x, y, PASSES).accepted(CALL)?;
        equal("the number of weights", w.len(), x.cols(), "One weight a feature.")?;
        for (i, &label) in y.iter().enumerate() {
            let z = height(&w, b, x.row(i));
            ensure(side(label) * z > 0.0, || {
                let got = format!(
                    "{CALL} = ({w:?}, {b}, …): w·x + b = {z} for sample {i}, {:?}, of class {label}",
                    x.row(i)
                );
                let look = "It is done when a whole pass makes no mistake. On the line is a mistake, too.";
                Broken::answer(got, "more than 0 for class 1, less than 0 for class 0", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn it_makes_no_more_mistakes_than_novikoff_allows() {
    for_all("x, y", separable()).holds(|Separable { x, y, line }| {
        let (_, _, mistakes) = perceptron_fit(x, y, PASSES).accepted(CALL)?;
        // With a 1 beside each sample the line passes through the origin: R² = max ‖x‖² + 1, and the known line has a
        // margin of at least its smallest height over its length.
        let (u, c) = (&line[..x.cols()], line[x.cols()]);
        let square: f64 = line.iter().map(|u| u * u).sum();
        let margin = (0..y.len()).map(|i| side(y[i]) * height(u, c, x.row(i))).fold(f64::INFINITY, f64::min);
        let radius =
            (0..y.len()).map(|i| x.row(i).iter().map(|x| x * x).sum::<f64>() + 1.0).fold(0.0, f64::max);
        let most = radius * square / (margin * margin);
        ensure(mistakes as f64 <= most * (1.0 + 1e-12), || {
            let look =
                "Count the changes of w, not the samples looked at. A step of s·x, no longer, no shorter.";
            let want = format!(
                "at most (R/γ)² = {most:.2}: these samples have R² = {radius} and a line with γ² = {}",
                margin * margin / square
            );
            Broken::answer(format!("{CALL}: {mistakes} mistakes"), want, look)
        })
    });
}

#[test]
fn each_mistake_adds_its_sample_in_their_order() {
    for_all("x, y", separable()).holds(|Separable { x, y, .. }| {
        let (w, b, told) = by_definition(x, y);
        let got = perceptron_fit(x, y, PASSES).accepted(CALL)?;
        let look =
            format!("The mistakes are the samples {told:?}, in this order; each adds s·x to w and s to b.");
        // Eighths and their sums are exact, so any right way of adding gives the same numbers; a −0 equals 0.
        equal(CALL, got, (w, b, told.len()), look)
    });
}

#[test]
fn near_the_line_is_not_on_the_line() {
    for_all("first label, k", (0..2_usize, 10..=50_i32)).cases(64).holds(|&(first, k)| {
        // After the first mistake w = s, b = s: the second sample is 2⁻ᵏ on its side, exactly.
        let x = Matrix::from_rows([[1.0], [2.0_f64.powi(-k) - 1.0], [-4.0]]);
        let call = "perceptron_fit([1; 2⁻ᵏ − 1; −4], y, 10000)";
        let got = perceptron_fit(&x, &[first, first, 1 - first], PASSES).accepted(call)?;
        let look = "A mistake is where s·(w·x + b) ≤ 0, and nothing above 0 is one, however little it is.";
        equal(call, got, (vec![side(first)], side(first), 1), look)
    });
}

#[test]
fn it_goes_on_as_long_as_it_is_allowed_to() {
    example(|| {
        // So near each other that it takes 2050 passes. Whole 1024ths, so exact.
        let x = Matrix::from_rows([[1.0], [1.0 - 1.0 / 1024.0]]);
        let (w, b, told) = by_definition(&x, &[1, 0]);
        let call = "perceptron_fit([1; 1023/1024], [1, 0], 10000)";
        let look = "`passes` says when to give up, and nothing else does.";
        equal(call, perceptron_fit(&x, &[1, 0], PASSES).accepted(call)?, (w, b, told.len()), look)
    });
}

#[test]
fn a_pass_without_a_mistake_is_needed_and_counts() {
    for_all("x, y", separable()).cases(64).holds(|Separable { x, y, .. }| {
        let answers: Vec<_> = (1..=24).map(|passes| perceptron_fit(x, y, passes)).collect();
        let Some(first) = answers.iter().position(Result::is_ok).filter(|first| *first < 23) else {
            return Ok(());
        };
        let passes = first + 1;
        // The pass before the last one made a mistake: the first sample always is one.
        ensure(passes >= 2, || {
            let look = "At w = 0, b = 0 the first sample lies on the line, and that is a mistake.";
            Broken::answer(
                "perceptron_fit(x, y, 1) is done after one pass",
                "a rejection: NotConverged",
                look,
            )
        })?;
        for (k, answer) in answers.iter().enumerate().take(first) {
            let residual = match answer {
                Err(InputError::NotConverged { steps, residual }) if *steps == k + 1 => *residual,
                other => {
                    let look = "`steps` is the number of passes allowed.";
                    return Err(Broken::answer(
                        format!("{other:?}"),
                        format!("NotConverged with steps {}", k + 1),
                        look,
                    ));
                }
            };
            let some = residual >= 1.0 && residual <= y.len() as f64 && residual.fract() == 0.0;
            ensure(some, || {
                let look = "`residual` counts the mistakes of the last pass only.";
                Broken::answer(
                    format!("residual {residual} after {} passes", k + 1),
                    "1 or more, at most one a sample",
                    look,
                )
            })?;
        }
        let call = format!("perceptron_fit(x, y, {})", passes + 1);
        equal(&call, &answers[passes], &answers[first], "Once it knows, more passes change nothing.")
    });
}

#[test]
fn exclusive_or_is_never_learned() {
    example(|| {
        let x = Matrix::from_rows([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
        // From the sixth pass on all four samples are mistakes, in a circle.
        let want = InputError::NotConverged { steps: 50, residual: 4.0 };
        let look = "No line has (0, 0) and (1, 1) on one side and the two others on the other. Say so; do \
            not return the last w.";
        rejected(
            "perceptron_fit(four corners, [0, 1, 1, 0], 50)",
            perceptron_fit(&x, &[0, 1, 1, 0], 50),
            want,
            look,
        )
    });
}

#[test]
fn labels_that_make_no_sense_are_rejected() {
    example(|| {
        let x = Matrix::from_rows([[1.0], [-1.0]]);
        let want = InputError::UnknownClass { index: 1, got: 2, classes: 2 };
        rejected(
            "perceptron_fit(2×1, [0, 2], 9)",
            perceptron_fit(&x, &[0, 2], 9),
            want,
            "Labels are 0 and 1.",
        )?;
        for y in [[0, 0], [1, 1]] {
            let want = InputError::Constant { name: "y" };
            let call = format!("perceptron_fit(2×1, {y:?}, 9)");
            rejected(
                &call,
                perceptron_fit(&x, &y, 9),
                want,
                "With one class there is nothing to tell apart.",
            )?;
        }
        for y in [&[1][..], &[1, 0, 1]] {
            let want = InputError::LengthMismatch { left: 2, right: y.len() };
            rejected(
                "perceptron_fit(2×1, y, 9)",
                perceptron_fit(&x, y, 9),
                want,
                "One label a row, rows on the left.",
            )?;
        }
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "perceptron_fit(0×1, [], 9)",
            perceptron_fit(&Matrix::zeros(0, 1), &[], 9),
            want,
            "Nothing to learn from.",
        )
    });
}

#[test]
fn no_passes_and_numbers_that_are_not_finite_are_rejected() {
    for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(32).holds(|(bad, k)| {
        let x = Matrix::from_fn(2, 2, |i, j| if 2 * i + j == *k { *bad } else { 1.0 - i as f64 });
        let want = InputError::NotFinite { name: "x", index: *k };
        rejected(
            "perceptron_fit(x, [1, 0], 9)",
            perceptron_fit(&x, &[1, 0], 9),
            want,
            "A NaN lies on no side.",
        )?;
        let want = InputError::OutOfRange { name: "passes", got: 0.0, wanted: "at least 1" };
        let call = "perceptron_fit([1; −1], [1, 0], 0)";
        rejected(
            call,
            perceptron_fit(&Matrix::from_rows([[1.0], [-1.0]]), &[1, 0], 0),
            want,
            "It has to look at least once.",
        )
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told: rows with labels, \
            rows at all, x, the passes, and last the labels.";
        let (x, bad) = (Matrix::from_rows([[1.0], [-1.0]]), Matrix::from_rows([[f64::NAN], [1.0]]));
        let want = InputError::LengthMismatch { left: 2, right: 1 };
        rejected("perceptron_fit([NaN; 1], [2], 0)", perceptron_fit(&bad, &[2], 0), want, look)?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("perceptron_fit(0×1, [], 0)", perceptron_fit(&Matrix::zeros(0, 1), &[], 0), want, look)?;
        let want = InputError::NotFinite { name: "x", index: 0 };
        rejected("perceptron_fit([NaN; 1], [2, 2], 0)", perceptron_fit(&bad, &[2, 2], 0), want, look)?;
        let want = InputError::OutOfRange { name: "passes", got: 0.0, wanted: "at least 1" };
        rejected("perceptron_fit([1; −1], [2, 2], 0)", perceptron_fit(&x, &[2, 2], 0), want, look)?;
        let want = InputError::UnknownClass { index: 0, got: 2, classes: 2 };
        rejected("perceptron_fit([1; −1], [2, 2], 9)", perceptron_fit(&x, &[2, 2], 9), want, look)
    })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::rosenblatt::perceptron_fit;
        use kit::Matrix;
        let x = Matrix::from_rows([[2.0], [-1.0]]);
        assert_eq!(perceptron_fit(&x, &[1, 0], 10), Ok((vec![2.0], 1.0, 1)));
        Ok::<(), kit::InputError>(())
    });
}
