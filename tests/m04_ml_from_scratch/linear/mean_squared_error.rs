use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::linear::mean_squared_error;
use kit::InputError;
use proptest::prelude::*;

use super::super::draw::unit;
use super::super::sizes::{Numbers, kinds, many, numbers, unequal};

const CALL: &str = "mean_squared_error(y, predictions)";

#[test]
fn is_the_mean_of_the_squared_differences() {
    let inputs = many(1..=6).prop_flat_map(|n| [numbers(Numbers::Eighths, n), numbers(Numbers::Eighths, n)]);
    for_all("y, predictions, unit", (inputs, unit())).holds(|(drawn, unit)| {
        let [y, predicted] = drawn.clone().map(|v| v.iter().map(|v| v * unit).collect::<Vec<_>>());
        // With the unit 1 every square is a whole number, in 64ths.
        let squares: f64 = y.iter().zip(&predicted).map(|(y, p)| (8.0 * (p - y)).powi(2)).sum();
        let want = squares / 64.0 / y.len() as f64;
        let call = "mean_squared_error(unit·y, unit·predictions)";
        let look = "Square each difference, add up, divide by n: not by 2n, and no root.";
        close(
            call,
            mean_squared_error(&y, &predicted).accepted(call)?,
            want,
            rounding(4 * y.len(), want),
            look,
        )
    });
}

#[test]
fn a_constant_error_c_has_loss_c_squared() {
    for_all("y, c", (any::vector(1..=6), any::eighth())).holds(|(y, c)| {
        let predicted: Vec<f64> = y.iter().map(|y| y + c).collect();
        let got = mean_squared_error(y, &predicted).accepted("mean_squared_error(y, y + c)")?;
        let look = "The number of samples does not matter here: is the mean taken?";
        close("mean_squared_error(y, y + c)", got, c * c, rounding(4 * y.len(), c * c), look)
    });
}

#[test]
fn errors_of_1_2_and_4_have_the_mean_square_7() {
    example(|| {
        let call = "mean_squared_error([0, 0, 0], [1, 2, 4])";
        let got = mean_squared_error(&[0.0; 3], &[1.0, 2.0, 4.0]).accepted(call)?;
        close(call, got, 7.0, rounding(12, 7.0), "(1 + 4 + 16)/3: divided by the number of samples.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::linear::mean_squared_error;
        assert_eq!(mean_squared_error(&[1.0, 2.0], &[1.0, 5.0]), Ok(4.5));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_accurate_next_to_large_numbers() {
        example(|| {
            let got = mean_squared_error(&[1e8, -1e8], &[1e8 + 1.0, -1e8]).accepted(CALL)?;
            let look = "Subtract before squaring: Σy² − 2Σyŷ + Σŷ² suffers from cancellation.";
            close("mean_squared_error([1e8, −1e8], [1e8 + 1, −1e8])", got, 0.5, rounding(4, 0.5), look)
        });
    }

    #[test]
    fn rejects_unequal_lengths() {
        let long = unequal().prop_map(|lengths| lengths.map(|n| vec![0.5; n]));
        for_all("y, predictions", prop_oneof![any::unequal_vectors(), long]).holds(|[y, predicted]| {
            let want = InputError::LengthMismatch { left: y.len(), right: predicted.len() };
            rejected(
                CALL,
                mean_squared_error(y, predicted),
                want,
                "Compare the lengths first, y's on the left.",
            )
        });
    }

    #[test]
    fn rejects_no_predictions() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "mean_squared_error([], [])",
                mean_squared_error(&[], &[]),
                want,
                "0/0 is NaN, not an error of 0.",
            )
        });
    }

    #[test]
    fn propagates_nan() {
        example(|| {
            for (y, predicted) in [([1.0, f64::NAN], [1.0, 2.0]), ([1.0, 2.0], [f64::NAN, 2.0])] {
                let got = mean_squared_error(&y, &predicted).accepted(CALL)?;
                ensure(got.is_nan(), || {
                    let call = format!("mean_squared_error({y:?}, {predicted:?}) = {got}");
                    Broken::answer(call, "NaN", "A mean with a NaN is NaN. Is the NaN skipped?")
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_accurate_for_any_size_and_magnitude() {
        let inputs = (many(1..=5), kinds()).prop_flat_map(|(n, [y, p])| (numbers(y, n), numbers(p, n)));
        for_all("y, predictions", inputs).holds(|(y, predictions)| {
            let want =
                y.iter().zip(predictions).map(|(y, p)| (p - y) * (p - y)).sum::<f64>() / y.len() as f64;
            let look = "Every sample counts, whatever their number and their size.";
            close(
                CALL,
                mean_squared_error(y, predictions).accepted(CALL)?,
                want,
                rounding(4 * y.len() + 4, want),
                look,
            )
        });
    }
}
