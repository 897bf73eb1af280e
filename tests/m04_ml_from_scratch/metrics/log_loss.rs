use judge::any::vec;
use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::metrics::log_loss;
use kit::InputError;
use proptest::prelude::*;

use super::super::sizes::{fault, in_turn, many, ones_but, place, stray, unequal};

const CALL: &str = "log_loss(y, p)";

#[test]
fn is_the_mean_negative_log_likelihood() {
    // Sixteenths strictly between 0 and 1; 1 − p is exact.
    let inputs = many(1..=6).prop_flat_map(|n| vec((0..2_usize, 1..16_u32), n));
    for_all("pairs of label and p·16", inputs).holds(|pairs| {
        let (y, p): (Vec<usize>, Vec<f64>) = pairs.iter().map(|(y, p)| (*y, f64::from(*p) / 16.0)).unzip();
        // The same probabilities with the labels the other way round, too.
        for y in [y.clone(), y.into_iter().rev().collect()] {
            let given = |(y, p): (&usize, &f64)| if *y == 1 { *p } else { 1.0 - p };
            let want = -y.iter().zip(&p).map(given).map(f64::ln).sum::<f64>() / y.len() as f64;
            let (call, tolerance) = (format!("log_loss({y:?}, {p:?})"), rounding(4 * y.len() + 8, 3.0));
            let look =
                "The label 1 has probability p, the label 0 has 1 − p. Natural logarithm, and the mean.";
            close(&call, log_loss(&y, &p).accepted(CALL)?, want, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::metrics::log_loss;
        assert!((log_loss(&[1, 0], &[0.5, 0.5])? - 2.0_f64.ln()).abs() < 1e-14);
        assert_eq!(log_loss(&[1, 0], &[1.0, 1.0]), Ok(f64::INFINITY));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn a_certain_correct_prediction_costs_nothing() {
        example(|| {
            for zero in [0.0, -0.0] {
                let call = format!("log_loss([1, 0, 1], [1, {zero:?}, 1])");
                let got = log_loss(&[1, 0, 1], &[1.0, zero, 1.0]).accepted(&call)?;
                let look = "0·ln 0 is NaN. Take the logarithm of the true label's probability only.";
                close(&call, got, 0.0, 0.0, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn a_certain_wrong_prediction_costs_infinity() {
        example(|| {
            for (y, p) in [([1, 0], [0.0, 0.5]), ([1, 0], [0.5, 1.0])] {
                let call = format!("log_loss({y:?}, {p:?})");
                let got = log_loss(&y, &p).accepted(&call)?;
                equal(&call, got, f64::INFINITY, "−ln 0 is ∞, and the documentation clips nothing.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn does_not_clip_small_probabilities() {
        example(|| {
            for p in [1e-16, 1e-300] {
                let call = format!("log_loss([1], [{p:e}])");
                let look = "Is p clipped, at 10⁻¹⁵ say?";
                close(&call, log_loss(&[1], &[p]).accepted(&call)?, -p.ln(), rounding(8, 700.0), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_numbers_outside_0_to_1() {
        example(|| {
            for got in [-0.125, 1.125, -1e-10, 1.0 + 1e-10, -1e-300] {
                let want = InputError::OutOfRange { name: "p", got, wanted: "0 to 1" };
                rejected(
                    &format!("log_loss([1, 0, 0], [0.5, {got:?}, 0.25])"),
                    log_loss(&[1, 0, 0], &[0.5, got, 0.25]),
                    want,
                    "Probabilities lie between 0 and 1, without a tolerance.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, _], [i, _], bad)| {
            let want = InputError::NotFinite { name: "p", index: *i };
            rejected(CALL, log_loss(&in_turn(*n), &ones_but(*n, *i, *bad)), want, "Check p.")
        });
    }

    #[test]
    fn rejects_unknown_labels() {
        for_all("y, i", stray()).cases(64).holds(|(y, index)| {
            let want = InputError::UnknownClass { index: *index, got: y[*index], classes: 2 };
            let look = "Labels are 0 and 1, in every place.";
            rejected("log_loss(y, [½, ½, …])", log_loss(y, &vec![0.5; y.len()]), want, look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let want = InputError::LengthMismatch { left: n, right: m };
            rejected(
                "log_loss(n labels, m numbers)",
                log_loss(&in_turn(n), &vec![0.5; m]),
                want,
                "Compare the lengths.",
            )
        });
    }

    #[test]
    fn rejects_numbers_outside_0_to_1_in_any_place() {
        let beyond = prop_oneof![
            any::magnitude(-300, 300).prop_map(|p| -p.abs()),
            any::magnitude(1, 300).prop_map(f64::abs)
        ];
        let inputs = (many(1..=4), beyond).prop_flat_map(|(n, p)| (Just(n), place(n), Just(p)));
        for_all("n, i, p", inputs).cases(128).holds(|&(n, i, got)| {
            let p: Vec<f64> = (0..n).map(|k| if k == i { got } else { 0.5 }).collect();
            let want = InputError::OutOfRange { name: "p", got, wanted: "0 to 1" };
            rejected("log_loss(y, p)", log_loss(&in_turn(n), &p), want, "Probabilities lie between 0 and 1.")
        });
    }

    #[test]
    fn a_single_certain_prediction_counts_in_any_place() {
        let inputs = many(1..=4).prop_flat_map(|n| (Just(n), place(n), 0..2_usize));
        for_all("n, i, label", inputs).cases(128).holds(|&(n, i, label)| {
            let y: Vec<usize> = (0..n).map(|k| if k == i { label } else { k % 2 }).collect();
            let with = |p: f64| (0..n).map(|k| if k == i { p } else { 0.5 }).collect::<Vec<_>>();
            let call = "log_loss(y, p), p ½ but for the label i, which has the probability 0,";
            let got = log_loss(&y, &with(1.0 - label as f64)).accepted(call)?;
            equal(call, got, f64::INFINITY, "−ln 0 is ∞, wherever it stands.")?;
            let want = 2.0_f64.ln() * (n - 1) as f64 / n as f64;
            let call = "log_loss(y, p), p ½ but for the label i, which has the probability 1,";
            let got = log_loss(&y, &with(label as f64)).accepted(call)?;
            close(call, got, want, rounding(4 * n + 8, 1.0), "−ln 1 is 0, wherever it stands.")
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_labels() {
        example(|| {
            for (y, p) in [(&[1, 0][..], &[0.5][..]), (&[1], &[0.5; 2])] {
                let want = InputError::LengthMismatch { left: y.len(), right: p.len() };
                rejected(
                    &format!("log_loss({y:?}, {p:?})"),
                    log_loss(y, p),
                    want,
                    "Compare the lengths, y's on the left.",
                )?;
            }
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("log_loss([], [])", log_loss(&[], &[]), want, "Without samples there is no mean.")
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let probability = || {
            prop_oneof![
                2 => (1..16_u32).prop_map(|k| f64::from(k) / 16.0),
                1 => any::magnitude(-12, -1).prop_map(f64::abs),
                1 => any::magnitude(-300, -1).prop_map(f64::abs),
                1 => any::magnitude(-12, -1).prop_map(|p| 1.0 - p.abs()),
            ]
        };
        let inputs = many(1..=6).prop_flat_map(move |n| vec((0..2_usize, probability()), n));
        for_all("pairs of label and p", inputs).holds(|pairs| {
            let (y, p): (Vec<usize>, Vec<f64>) = pairs.iter().copied().unzip();
            let costs: Vec<f64> =
                pairs.iter().map(|(y, p)| if *y == 1 { -p.ln() } else { -(-p).ln_1p() }).collect();
            let want = costs.iter().sum::<f64>() / y.len() as f64;
            // 1 − p, computed first, rounds by ε/2: that is ε/2p(0) for a label 0 with the probability p(0) = 1 − p.
            let subtracted =
                pairs.iter().map(|(y, p)| if *y == 0 { 1.0 / (1.0 - p) } else { 1.0 }).sum::<f64>();
            let error = rounding(4 * y.len() + 8, want) + rounding(2, subtracted / y.len() as f64);
            let look = "Every sample counts, whatever their number and however small its probability.";
            close(CALL, log_loss(&y, &p).accepted(CALL)?, want, error, look)
        });
    }

    #[test]
    fn rejects_large_numbers() {
        for_all("p", any::magnitude(1, 9)).cases(64).holds(|&p| {
            let want = InputError::OutOfRange { name: "p", got: p, wanted: "0 to 1" };
            let call = format!("log_loss([1, 0], [0.5, {p:?}])");
            rejected(&call, log_loss(&[1, 0], &[0.5, p]), want, "Probabilities lie between 0 and 1.")
        });
    }
}
