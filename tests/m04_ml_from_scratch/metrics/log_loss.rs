use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::metrics::log_loss;
use kit::InputError;
use proptest::collection::vec;

const CALL: &str = "log_loss(y, p)";

#[test]
fn it_is_the_mean_of_minus_the_logarithm_of_what_the_truth_was_given() {
    // Sixteenths strictly between 0 and 1; 1 − p is exact.
    for_all("pairs of label and p·16", vec((0..2_usize, 1..16_u32), 1..=6)).holds(|pairs| {
        let (y, p): (Vec<usize>, Vec<f64>) = pairs.iter().map(|(y, p)| (*y, f64::from(*p) / 16.0)).unzip();
        let given = |(y, p): (&usize, &f64)| if *y == 1 { *p } else { 1.0 - p };
        let want = -y.iter().zip(&p).map(given).map(f64::ln).sum::<f64>() / y.len() as f64;
        let look = "The label 1 was given p, the label 0 was given 1 − p. Natural logarithm, and the mean.";
        close(
            &format!("log_loss({y:?}, {p:?})"),
            log_loss(&y, &p).accepted(CALL)?,
            want,
            rounding(4 * y.len() + 8, 3.0),
            look,
        )
    });
}

#[test]
fn certainty_that_is_right_costs_nothing() {
    example(|| {
        let got = log_loss(&[1, 0, 1], &[1.0, 0.0, 1.0]).accepted(CALL)?;
        close(
            "log_loss([1, 0, 1], [1, 0, 1])",
            got,
            0.0,
            0.0,
            "0·ln 0 is NaN. Only the true label's chance has a logarithm.",
        )
    });
}

#[test]
fn certainty_that_is_wrong_costs_everything() {
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
fn a_tiny_chance_is_not_rounded_up() {
    example(|| {
        for p in [1e-16, 1e-300] {
            let call = format!("log_loss([1], [{p:e}])");
            let look = "A clip at 10⁻¹⁵ hides how wrong this was.";
            close(&call, log_loss(&[1], &[p]).accepted(&call)?, -p.ln(), rounding(8, 700.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn a_probability_outside_0_to_1_is_rejected() {
    example(|| {
        for got in [-0.125, 1.125, -1e-10, 1.0 + 1e-10, -1e-300] {
            let want = InputError::OutOfRange { name: "p", got, wanted: "0 to 1" };
            rejected(
                &format!("log_loss([1, 0, 0], [0.5, {got:?}, 7.0])"),
                log_loss(&[1, 0, 0], &[0.5, got, 7.0]),
                want,
                "That is no probability, however near it comes; and the first such number is to be named.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn a_probability_that_is_not_finite_is_rejected_by_place() {
    for_all("bad, k", (any::not_finite(), 0..3_usize)).cases(64).holds(|(bad, k)| {
        let mut p = [0.5; 3];
        p[*k] = *bad;
        rejected(
            CALL,
            log_loss(&[0, 1, 0], &p),
            InputError::NotFinite { name: "p", index: *k },
            "Look through p first.",
        )
    });
}

#[test]
fn a_label_that_is_neither_0_nor_1_is_rejected() {
    example(|| {
        let want = InputError::UnknownClass { index: 2, got: 2, classes: 2 };
        rejected(
            "log_loss([1, 0, 2], [½, ½, ½])",
            log_loss(&[1, 0, 2], &[0.5; 3]),
            want,
            "Labels are 0 and 1.",
        )
    });
}

#[test]
fn lengths_that_differ_and_nothing_at_all_are_rejected() {
    example(|| {
        for (y, p) in [(&[1, 0][..], &[0.5][..]), (&[1], &[0.5; 2])] {
            let want = InputError::LengthMismatch { left: y.len(), right: p.len() };
            rejected(
                &format!("log_loss({y:?}, {p:?})"),
                log_loss(y, p),
                want,
                "Compare the lengths first, y's on the left.",
            )?;
        }
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("log_loss([], [])", log_loss(&[], &[]), want, "Nothing has no mean.")
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let want = InputError::LengthMismatch { left: 1, right: 2 };
        rejected("log_loss([2], [7, NaN])", log_loss(&[2], &[7.0, f64::NAN]), want, look)?;
        let want = InputError::NotFinite { name: "p", index: 1 };
        rejected("log_loss([2, 2], [7, NaN])", log_loss(&[2, 2], &[7.0, f64::NAN]), want, look)?;
        let want = InputError::OutOfRange { name: "p", got: 7.0, wanted: "0 to 1" };
        rejected("log_loss([2, 2], [½, 7])", log_loss(&[2, 2], &[0.5, 7.0]), want, look)
    })
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
