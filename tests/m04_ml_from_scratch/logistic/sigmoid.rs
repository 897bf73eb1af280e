use judge::{Broken, any, close, ensure, example, for_all, rounding};
use katas::m04_ml_from_scratch::logistic::sigmoid;
use proptest::prelude::*;

/// Eighths within ±8, and now and then a logit with which one side is tiny.
fn logit() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    let far = judge::any::select(vec![0.0, 20.0, -20.0, 40.0, -40.0, 300.0, -300.0, 700.0, -700.0, 1e-9]);
    prop_oneof![3 => (-64..=64_i32).prop_map(|k| f64::from(k) / 8.0), 1 => far]
}

#[test]
fn is_one_over_one_plus_exp_of_minus_z() {
    for_all("z", logit()).holds(|z| {
        // Written with the power that is at most 1; both sides round a few times.
        let small = (-z.abs()).exp();
        let want = if *z < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) };
        let look = "Accurate relative to its own size, for very negative z too: 1 − (nearly 1), or a \
                    tanh, suffers from cancellation there.";
        close("sigmoid(z)", sigmoid(*z), want, rounding(16, want), look)
    });
}

#[test]
fn sigmoid_of_minus_z_is_the_complement() {
    for_all("z", logit()).holds(|z| {
        let look = "σ(−z) = 1 − σ(z): the probabilities of the two classes sum to 1.";
        close("sigmoid(z) + sigmoid(−z)", sigmoid(*z) + sigmoid(-z), 1.0, 4.0 * f64::EPSILON, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::logistic::sigmoid;
        assert_eq!(sigmoid(0.0), 0.5);
        assert_eq!((sigmoid(1000.0), sigmoid(-1000.0)), (1.0, 0.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_overflow() {
        example(|| {
            let look = "eᶻ overflows above 709, and ∞/∞ is NaN. Which exponential stays small here?";
            for far in [750.0, 800.0, 900.0, 1000.0, 1e100, f64::MAX, f64::INFINITY] {
                close(&format!("sigmoid({far:?})"), sigmoid(far), 1.0, 0.0, look)?;
                close(&format!("sigmoid(−{far:?})"), sigmoid(-far), 0.0, 1e-300, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn propagates_nan() {
        example(|| {
            let got = sigmoid(f64::NAN);
            ensure(got.is_nan(), || {
                Broken::answer(format!("sigmoid(NaN) = {got}"), "NaN", "A NaN logit has no probability.")
            })
        });
    }

    #[test]
    fn is_accurate_for_any_magnitude() {
        let logit = prop_oneof![
            any::wide(),
            any::magnitude(-16, 2),
            (-33.0..-32.0_f64),
            any::magnitude(-300, 300),
            (-745.0..745.0_f64),
            any::fine().prop_map(|z| 4.0 * z)
        ];
        for_all("z", logit).holds(|z| {
            let small = (-z.abs()).exp();
            let want = if *z < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) };
            // Through the logarithm of 1 + e⁻ᶻ a size of 32 or more becomes a relative error of 16 ε.
            // Beyond that e⁻ᶻ may overflow on the way.
            let tolerance = if *z < -700.0 { 1e-304 } else { rounding(24, want) };
            let look = "For |z| ≤ 700 accurate relative to its own size; 0 or 1 beyond.";
            close("sigmoid(z)", sigmoid(*z), want, tolerance, look)
        });
    }
}
