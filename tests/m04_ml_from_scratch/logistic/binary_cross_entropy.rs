use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::logistic::binary_cross_entropy;
use kit::InputError;
use proptest::prelude::*;

use super::super::sizes::{Numbers, fault, in_turn, kinds, many, numbers, ones_but, stray, unequal};
use super::cost;

const CALL: &str = "binary_cross_entropy(z, y)";

fn labeled_logits() -> impl Strategy<Value = (Vec<f64>, Vec<usize>)> + Send + Sync + Clone {
    let inputs =
        many(1..=5).prop_flat_map(|n| (numbers(Numbers::Eighths, n), judge::any::vec(0..2_usize, n)));
    inputs.prop_map(|(mut z, y)| {
        // Up to ±4: there 1 − σ(z), computed as it is written, has lost no digits that count.
        z.iter_mut().for_each(|z| *z /= 2.0);
        (z, y)
    })
}

/// Correct to a few ε of 1 + max|z|: so much do σ and its logarithm lose next to 1.
fn tolerance(z: &[f64]) -> f64 {
    rounding(4 * (z.len() + 4), z.iter().fold(1.0_f64, |size, z| size.max(z.abs() + 1.0)))
}

#[test]
fn is_the_mean_negative_log_likelihood() {
    for_all("z, y", labeled_logits()).holds(|(z, y)| {
        let want = z.iter().zip(y).map(|(z, y)| cost(*z, *y)).sum::<f64>() / y.len() as f64;
        let look =
            "Label 1 costs −ln σ(z), label 0 costs −ln σ(−z). Labels are 0 and 1, not ±1; and take the mean.";
        close(CALL, binary_cross_entropy(z, y).accepted(CALL)?, want, tolerance(z), look)
    });
}

#[test]
fn is_convex() {
    for_all("a, b, y", (any::vectors(1..=4), judge::any::vec(0..2_usize, 4))).holds(|([a, b], y)| {
        let (y, middle) = (&y[..a.len()], a.iter().zip(b).map(|(a, b)| (a + b) / 2.0).collect::<Vec<_>>());
        let (la, lb) =
            (binary_cross_entropy(a, y).accepted("L(a)")?, binary_cross_entropy(b, y).accepted("L(b)")?);
        let got = binary_cross_entropy(&middle, y).accepted("L((a + b)/2)")?;
        ensure(got <= (la + lb) / 2.0 + tolerance(a).max(tolerance(b)), || {
            let got = format!("L = {got} half-way between logits a and b");
            let want = format!("at most (L(a) + L(b))/2 = {}", (la + lb) / 2.0);
            Broken::answer(got, want, "The cross-entropy is a convex function of the logit. Is a sign wrong?")
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::logistic::binary_cross_entropy;
        let loss = binary_cross_entropy(&[1000.0, -1000.0], &[0, 0])?;
        assert!((loss - 500.0).abs() < 1e-9);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn an_overconfident_mistake_costs_its_logit() {
        example(|| {
            for z in [40.0, 800.0, 1000.0, 1e6, 1e100, 1e155, 1e200, 1e308] {
                for (z, label) in [(z, 0), (-z, 1)] {
                    let call = format!("binary_cross_entropy([{z:e}], [{label}])");
                    let got = binary_cross_entropy(&[z], &[label]).accepted(&call)?;
                    let look = "σ is saturated there, exactly 1 or 0, and ln 0 is −∞. Compute the loss \
                        from the \
                                logit.";
                    close(&call, got, z.abs(), tolerance(&[z]), look)?;
                }
            }
            Ok(())
        });
    }

    #[test]
    fn a_confident_correct_prediction_costs_nothing() {
        example(|| {
            for (z, label) in [(40.0, 1), (-40.0, 0), (1000.0, 1), (-1000.0, 0), (1e100, 1), (-1e100, 0)] {
                let call = format!("binary_cross_entropy([{z:e}], [{label}])");
                let got = binary_cross_entropy(&[z], &[label]).accepted(&call)?;
                close(
                    &call,
                    got,
                    0.0,
                    tolerance(&[z]),
                    "−ln 1 is 0. Where does 0·ln 0, or ∞ − ∞, come from?",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unknown_labels() {
        for_all("y, i", stray()).cases(64).holds(|(y, index)| {
            let want = InputError::UnknownClass { index: *index, got: y[*index], classes: 2 };
            let look = "The formula gives a number for any label, and a wrong one.";
            rejected(
                "binary_cross_entropy(ones, y)",
                binary_cross_entropy(&vec![1.0; y.len()], y),
                want,
                look,
            )
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let want = InputError::LengthMismatch { left: n, right: m };
            let look = "Compare the lengths first, z's on the left.";
            rejected(
                "binary_cross_entropy(n, m)",
                binary_cross_entropy(&vec![1.0; n], &in_turn(m)),
                want,
                look,
            )
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_logits() {
        example(|| {
            let want = InputError::LengthMismatch { left: 2, right: 1 };
            let look = "Compare the lengths first, z's on the left.";
            rejected("binary_cross_entropy([1, 1], [1])", binary_cross_entropy(&[1.0; 2], &[1]), want, look)?;
            let want = InputError::LengthMismatch { left: 1, right: 2 };
            rejected("binary_cross_entropy([1], [1, 1])", binary_cross_entropy(&[1.0], &[1, 1]), want, look)?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "binary_cross_entropy([], [])",
                binary_cross_entropy(&[], &[]),
                want,
                "Without samples there is no mean.",
            )
        });
    }

    #[test]
    fn rejects_logits_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, _], [i, _], bad)| {
            let want = InputError::NotFinite { name: "z", index: *i };
            let got = binary_cross_entropy(&ones_but(*n, *i, *bad), &in_turn(*n));
            rejected(CALL, got, want, "Check the logits.")
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let inputs = (many(1..=5), kinds())
            .prop_flat_map(|(n, [kind, _])| (numbers(kind, n), judge::any::vec(0..2_usize, n)));
        for_all("z, y", inputs).holds(|(z, y)| {
            let costs: Vec<f64> = z.iter().zip(y).map(|(z, y)| cost(*z, *y)).collect();
            let want = costs.iter().sum::<f64>() / y.len() as f64;
            // Each loss is correct to a few ε of 1 + |z|, and so is their mean.
            let size = 1.0 + z.iter().map(|z| z.abs()).sum::<f64>() / y.len() as f64;
            let look = "Every sample counts, whatever their number and their size.";
            close(
                CALL,
                binary_cross_entropy(z, y).accepted(CALL)?,
                want,
                rounding(4 * (y.len() + 4), size),
                look,
            )
        });
    }

    #[test]
    fn a_confident_prediction_costs_exp_of_minus_z_and_a_mistake_z_more() {
        for_all("z, label", ((-280..=280_i32).prop_map(|k| f64::from(k) / 8.0), 0..2_usize)).holds(
            |&(z, label)| {
                let logit = if label == 1 { z } else { -z };
                let call = format!("binary_cross_entropy([{logit}], [{label}])");
                let got = binary_cross_entropy(&[logit], &[label]).accepted(&call)?;
                let look = "ln(1 + e⁻ᶻ) is about e⁻ᶻ for large z: small, but not 0.";
                close(&call, got, (-z).max(0.0) + (-z.abs()).exp().ln_1p(), tolerance(&[z]), look)
            },
        );
    }
}
