use judge::{Broken, close, ensure, example, for_all, rounding};
use katas::m04_ml_from_scratch::logistic::sigmoid;
use proptest::prelude::*;

/// Eighths within ±8, and now and then a logit with which one side is tiny.
fn logit() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    let far = prop::sample::select(vec![0.0, 20.0, -20.0, 40.0, -40.0, 300.0, -300.0, 700.0, -700.0, 1e-9]);
    prop_oneof![3 => (-64..=64_i32).prop_map(|k| f64::from(k) / 8.0), 1 => far]
}

#[test]
fn it_is_one_over_one_plus_e_to_the_minus_z() {
    for_all("z", logit()).holds(|z| {
        // Written with the power that is at most 1; both sides round a few times.
        let small = (-z.abs()).exp();
        let want = if *z < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) };
        let look = "Correct to its own size, on the far left too: 1 − something close to 1, or a tanh, \
                    cancels there.";
        close("sigmoid(z)", sigmoid(*z), want, rounding(16, want), look)
    });
}

#[test]
fn the_chances_for_and_against_sum_to_one() {
    for_all("z", logit()).holds(|z| {
        let look = "σ(−z) = 1 − σ(z): what is not class 1 is class 0.";
        close("sigmoid(z) + sigmoid(−z)", sigmoid(*z) + sigmoid(-z), 1.0, 4.0 * f64::EPSILON, look)
    });
}

#[test]
fn nothing_overflows_however_far_out() {
    example(|| {
        let look = "eᶻ overflows above 709, and ∞/∞ is NaN. Which power stays small here?";
        for far in [1000.0, 1e100, f64::MAX, f64::INFINITY] {
            close(&format!("sigmoid({far:?})"), sigmoid(far), 1.0, 0.0, look)?;
            close(&format!("sigmoid(−{far:?})"), sigmoid(-far), 0.0, 1e-300, look)?;
        }
        Ok(())
    });
}

#[test]
fn a_nan_stays_a_nan() {
    example(|| {
        let got = sigmoid(f64::NAN);
        ensure(got.is_nan(), || {
            Broken::answer(format!("sigmoid(NaN) = {got}"), "NaN", "An unknown logit has no probability.")
        })
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
