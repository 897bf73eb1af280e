use judge::{Answer, Broken, any, ensure, equal, example, for_all, rejected};
use katas::m06_perceptron::rosenblatt::perceptron_fit;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::sizes::{many, place, several, unequal};
use super::separable::{Separable, any_samples, by_definition, height, many_separable, separable, side};

const PASSES: usize = 10_000;
const CALL: &str = "perceptron_fit(x, y, 10000)";

#[test]
fn classifies_every_sample_correctly() {
    for_all("x, y", separable()).holds(|Separable { x, y, .. }| {
        let (w, b, _) = perceptron_fit(x, y, PASSES).accepted(CALL)?;
        equal("the number of weights", w.len(), x.cols(), "One weight per feature.")?;
        for (i, &label) in y.iter().enumerate() {
            let z = height(&w, b, x.row(i));
            ensure(side(label) * z > 0.0, || {
                let got = format!(
                    "{CALL} = ({w:?}, {b}, …): w·x + b = {z} for sample {i}, {:?}, of class {label}",
                    x.row(i)
                );
                let look = "Training ends after an epoch without a mistake. A sample on the decision \
                    boundary is a mistake, too.";
                Broken::answer(got, "more than 0 for class 1, less than 0 for class 0", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn satisfies_the_bound_of_novikoff() {
    for_all("x, y", separable()).holds(|Separable { x, y, line }| {
        let (_, _, mistakes) = perceptron_fit(x, y, PASSES).accepted(CALL)?;
        // With a 1 next to each sample the line passes through the origin: R² = max ‖x‖² + 1, and the known line has a
        // margin of at least its smallest height over its length.
        let (u, c) = (&line[..x.cols()], line[x.cols()]);
        let square: f64 = line.iter().map(|u| u * u).sum();
        let margin = (0..y.len()).map(|i| side(y[i]) * height(u, c, x.row(i))).fold(f64::INFINITY, f64::min);
        let radius =
            (0..y.len()).map(|i| x.row(i).iter().map(|x| x * x).sum::<f64>() + 1.0).fold(0.0, f64::max);
        let most = radius * square / (margin * margin);
        ensure(mistakes as f64 <= most * (1.0 + 1e-12), || {
            let look = "Count the updates of w, not the samples. An update adds exactly s·x.";
            let want = format!(
                "at most (R/γ)² = {most:.2}: these samples have R² = {radius} and a line with γ² = {}",
                margin * margin / square
            );
            Broken::answer(format!("{CALL}: {mistakes} mistakes"), want, look)
        })
    });
}

#[test]
fn follows_the_perceptron_rule() {
    for_all("x, y", prop_oneof![7 => separable(), 1 => many_separable()]).holds(
        |Separable { x, y, .. }| {
            let (w, b, mistakes) = by_definition(x, y);
            let got = perceptron_fit(x, y, PASSES).accepted(CALL)?;
            let look = format!(
                "The mistakes are the samples {mistakes:?}, in this order; each adds s·x to w and s to b."
            );
            // Eighths and their sums are exact, so any right way of adding gives the same numbers; a −0 equals 0.
            equal(CALL, got, (w, b, mistakes.len()), look)
        },
    );
}

#[test]
fn reports_the_mistakes_of_the_last_epoch() {
    let passes = any::select(vec![1_usize, 2, 3, 4, 13, 41]);
    for_all("x, y, passes", (any_samples(), passes)).cases(128).holds(|((x, y), passes)| {
        let (mut w, mut b, mut mistakes, mut last) = (vec![0.0; x.cols()], 0.0, 0_u32, 0_u32);
        for _ in 0..*passes {
            last = 0;
            for (i, &label) in y.iter().enumerate() {
                if side(label) * height(&w, b, x.row(i)) <= 0.0 {
                    w.iter_mut().zip(x.row(i)).for_each(|(w, x)| *w += side(label) * x);
                    b += side(label);
                    last += 1;
                }
            }
            mistakes += last;
            if last == 0 {
                break;
            }
        }
        let (call, got) = (format!("perceptron_fit(x, y, {passes})"), perceptron_fit(x, y, *passes));
        let look =
            "`residual` counts the mistakes of the last epoch, `steps` is `passes`. Eighths are exact.";
        if last > 0 {
            let want = InputError::NotConverged { steps: *passes, residual: f64::from(last) };
            return rejected(&call, got, want, look);
        }
        equal(&call, got.accepted(&call)?, (w, b, mistakes as usize), look)
    });
}

#[test]
fn counts_epochs_and_mistakes() {
    for_all("x, y", separable()).cases(64).holds(|Separable { x, y, .. }| {
        let answers: Vec<_> = (1..=24).map(|passes| perceptron_fit(x, y, passes)).collect();
        let Some(first) = answers.iter().position(Result::is_ok).filter(|first| *first < 23) else {
            return Ok(());
        };
        let passes = first + 1;
        // The pass before the last one made a mistake: the first sample always is one.
        ensure(passes >= 2, || {
            let look =
                "At w = 0, b = 0 the first sample lies on the decision boundary, and that is a mistake.";
            Broken::answer("perceptron_fit(x, y, 1) converged in one epoch", "an error: NotConverged", look)
        })?;
        for (k, answer) in answers.iter().enumerate().take(first) {
            let residual = match answer {
                Err(InputError::NotConverged { steps, residual }) if *steps == k + 1 => *residual,
                other => {
                    let look = "`steps` is the given number of epochs.";
                    return Err(Broken::answer(
                        format!("{other:?}"),
                        format!("NotConverged with steps {}", k + 1),
                        look,
                    ));
                }
            };
            let some = residual >= 1.0 && residual <= y.len() as f64 && residual.fract() == 0.0;
            ensure(some, || {
                let look = "`residual` counts the mistakes of the last epoch only.";
                Broken::answer(
                    format!("residual {residual} after {} epochs", k + 1),
                    "at least 1, at most one per sample",
                    look,
                )
            })?;
        }
        let call = format!("perceptron_fit(x, y, {})", passes + 1);
        equal(&call, &answers[passes], &answers[first], "After convergence more epochs change nothing.")
    });
}

#[test]
fn does_not_converge_on_xor() {
    example(|| {
        let x = Matrix::from_rows([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
        // From the sixth pass on all four samples are mistakes, in a circle.
        let want = InputError::NotConverged { steps: 50, residual: 4.0 };
        let look = "XOR is not linearly separable. Return an error, not the last w.";
        rejected(
            "perceptron_fit(four corners, [0, 1, 1, 0], 50)",
            perceptron_fit(&x, &[0, 1, 1, 0], 50),
            want,
            look,
        )
    });
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

mod robust {
    use super::*;

    #[test]
    fn distinguishes_samples_next_to_the_boundary() {
        for_all("first label, k", (0..2_usize, 10..=50_i32)).cases(64).holds(|&(first, k)| {
            // After the first mistake w = s, b = s: the second sample is 2⁻ᵏ on its side, exactly.
            let x = Matrix::from_rows([[1.0], [2.0_f64.powi(-k) - 1.0], [-4.0]]);
            let call = "perceptron_fit([1; 2⁻ᵏ − 1; −4], y, 10000)";
            let got = perceptron_fit(&x, &[first, first, 1 - first], PASSES).accepted(call)?;
            let look = "A mistake is s·(w·x + b) ≤ 0; any positive value is correct, however small.";
            equal(call, got, (vec![side(first)], side(first), 1), look)
        });
    }

    #[test]
    fn runs_for_thousands_of_epochs() {
        example(|| {
            [10, 12, 15].into_iter().try_for_each(|k| {
                // So near each other that it takes more than 2ᵏ⁺¹ passes. Whole multiples of 2⁻ᵏ, so exact.
                let x = Matrix::from_rows([[1.0], [1.0 - 0.5_f64.powi(k)]]);
                let (w, b, mistakes) = by_definition(&x, &[1, 0]);
                let call = format!("perceptron_fit([1; 1 − 2^−{k}], [1, 0], 100000)");
                let got = perceptron_fit(&x, &[1, 0], 100_000).accepted(&call)?;
                equal(&call, got, (w, b, mistakes.len()), "Only `passes` limits the number of epochs.")
            })
        });
    }

    #[test]
    fn rejects_invalid_labels() {
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
                    "With one class there is nothing to separate.",
                )?;
            }
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "perceptron_fit(0×1, [], 9)",
                perceptron_fit(&Matrix::zeros(0, 1), &[], 9),
                want,
                "Without samples there is nothing to learn from.",
            )
        });
    }

    #[test]
    fn rejects_invalid_arguments_of_any_size() {
        let inputs = (
            many(2..=4),
            several(1..=3),
            any::not_finite(),
            any::select(vec![2_usize, 255, 256, 1 << 32, usize::MAX]),
        )
            .prop_flat_map(|(m, n, bad, label)| (Just([m, n]), place(m), place(n), Just(bad), Just(label)));
        for_all("[m, n], i, j, bad, label, [left, right]", (inputs, unequal())).cases(96).holds(
            |((sizes, i, j, bad, label), lengths)| {
                let ([m, n], [left, right]) = (*sizes, *lengths);
                let x = |bad: f64| {
                    Matrix::from_fn(m, n, |k, l| if (k, l) == (*i, *j) { bad } else { (k + l) as f64 })
                };
                let y: Vec<usize> = (0..m).map(|k| k % 2).collect();
                let want = InputError::NotFinite { name: "x", index: i * n + j };
                let look = "A NaN has no side of the decision boundary, wherever it stands.";
                rejected("perceptron_fit(x, y, 9)", perceptron_fit(&x(*bad), &y, 9), want, look)?;
                let odd: Vec<usize> =
                    y.iter().enumerate().map(|(k, y)| if k == *i { *label } else { *y }).collect();
                let want = InputError::UnknownClass { index: *i, got: *label, classes: 2 };
                rejected(
                    "perceptron_fit(x, y, 9)",
                    perceptron_fit(&x(0.5), &odd, 9),
                    want,
                    "Labels are 0 and 1.",
                )?;
                for class in 0..2 {
                    let got = perceptron_fit(&x(0.5), &vec![class; m], 9);
                    let look = "With one class there is nothing to separate, however many samples there are.";
                    rejected(
                        "perceptron_fit(x, one class, 9)",
                        got,
                        InputError::Constant { name: "y" },
                        look,
                    )?;
                }
                let labels: Vec<usize> = (0..right).map(|k| k % 2).collect();
                let want = InputError::LengthMismatch { left, right };
                let got = perceptron_fit(&Matrix::zeros(left, 1), &labels, 9);
                rejected(
                    "perceptron_fit(n×1, m labels, 9)",
                    got,
                    want,
                    "One label per row, rows on the left.",
                )
            },
        );
    }

    #[test]
    fn a_single_sample_of_the_other_class_is_learned() {
        let inputs = many(2..=4).prop_flat_map(|m| (Just(m), place(m), 0..2_usize));
        for_all("m, i, label", inputs).cases(64).holds(|&(m, i, label)| {
            // One feature, which is 1 for all but sample i.
            let x = Matrix::from_fn(m, 1, |k, _| if k == i { -1.0 } else { 1.0 });
            let y: Vec<usize> = (0..m).map(|k| if k == i { label } else { 1 - label }).collect();
            let (w, b, mistakes) = by_definition(&x, &y);
            let got = perceptron_fit(&x, &y, PASSES).accepted(CALL)?;
            equal(
                CALL,
                got,
                (w, b, mistakes.len()),
                "Both classes are present, wherever the other sample stands.",
            )
        });
    }

    #[test]
    fn rejects_0_epochs_and_numbers_that_are_not_finite() {
        for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(32).holds(|(bad, k)| {
            let x = Matrix::from_fn(2, 2, |i, j| if 2 * i + j == *k { *bad } else { 1.0 - i as f64 });
            let want = InputError::NotFinite { name: "x", index: *k };
            rejected(
                "perceptron_fit(x, [1, 0], 9)",
                perceptron_fit(&x, &[1, 0], 9),
                want,
                "A NaN has no side of the decision boundary.",
            )?;
            let want = InputError::OutOfRange { name: "passes", got: 0.0, wanted: "at least 1" };
            let call = "perceptron_fit([1; −1], [1, 0], 0)";
            rejected(
                call,
                perceptron_fit(&Matrix::from_rows([[1.0], [-1.0]]), &[1, 0], 0),
                want,
                "At least one epoch.",
            )
        });
    }

    #[test]
    fn follows_the_perceptron_rule_for_many_samples_and_features() {
        for_all("x, y", many_separable()).cases(48).holds(|Separable { x, y, .. }| {
            let (w, b, mistakes) = by_definition(x, y);
            let got = perceptron_fit(x, y, PASSES).accepted(CALL)?;
            let look = "Every sample and every feature counts, whatever their number.";
            // Eighths and their sums are exact, so any right way of adding gives the same numbers; a −0 equals 0.
            equal(CALL, got, (w, b, mistakes.len()), look)
        });
    }

    #[test]
    fn accepts_features_of_any_magnitude() {
        let inputs = (any::size(1..=3, 33), 0..2_usize, -45..=20_i32, judge::any::select(vec![0, -13, 350]))
            .prop_flat_map(|(d, first, k, all)| {
                (judge::any::vec(any::fine(), d), Just(first), Just((k, all)))
            });
        for_all("v, first label, (k, l)", inputs).cases(128).holds(|(v, first, (k, all))| {
            // All in a unit of 2ˡ, the last one times 2ᵏ as well.
            let mut v: Vec<f64> = v.iter().map(|v| v * 2.0_f64.powi(*all)).collect();
            let last = v.len() - 1;
            v[last] *= 2.0_f64.powi(*k);
            let square = v.iter().map(|v| v * v).sum::<f64>();
            // Elsewhere rounding may decide: in the sums of 1 and ‖v‖², too, where w is kept as counts of samples.
            if square < 1e-9 || (square - 1.0).abs() < 1e-6 {
                return Ok(());
            }
            // The first sample is a mistake at w = 0: then w = ±v and b = ±1. Its mirror image is one if ‖v‖² < 1.
            let x = Matrix::from_fn(2, v.len(), |i, j| if i == 0 { v[j] } else { -v[j] });
            let (s, two) = (side(*first), square < 1.0);
            let w: Vec<f64> = v.iter().map(|v| s * v * if two { 2.0 } else { 1.0 }).collect();
            let want = (w, if two { 0.0 } else { s }, if two { 2 } else { 1 });
            let call = "perceptron_fit([v; −v], [first, the other], 10000)";
            let got = perceptron_fit(&x, &[*first, 1 - first], PASSES).accepted(call)?;
            equal(call, got, want, "An update adds s·x to w and s to b, whatever the size of x.")
        });
    }
}
