use judge::any::select;
use judge::{Answer, any, close, ensure, equal, example, for_all, rejected};
use judge::{Broken, rounding};
use katas::m09_convolution::schedule::cosine_rate;
use kit::InputError;
use proptest::prop_oneof;

#[test]
fn starts_at_the_maximum() {
    for_all("steps, max_learning_rate", (1..=100_usize, 1..=64_u32)).holds(|&(steps, eighths)| {
        let max_learning_rate = f64::from(eighths) / 8.0;
        let got =
            cosine_rate(0, steps, max_learning_rate).accepted("cosine_rate(0, steps, max_learning_rate)")?;
        close(
            "cosine_rate(0, steps, max_learning_rate)",
            got,
            max_learning_rate,
            rounding(4, max_learning_rate),
            "cos 0 = 1: the first step has the largest learning rate.",
        )
    });
}

#[test]
fn is_half_a_period_of_the_cosine() {
    for_all("step, steps, k", (0..100_usize, 1..=100_usize, 1..=64_u32)).holds(|&(step, steps, eighths)| {
        let (step, max_learning_rate) = (step % steps, f64::from(eighths) / 8.0);
        // ½(1 + cos 2a) = cos² a.
        let want =
            max_learning_rate * (std::f64::consts::FRAC_PI_2 * step as f64 / steps as f64).cos().powi(2);
        let got = cosine_rate(step, steps, max_learning_rate)
            .accepted("cosine_rate(step, steps, max_learning_rate)")?;
        let look = "The angle goes from 0 at the first step to π after the last; in radians.";
        close(
            &format!("cosine_rate({step}, {steps}, {max_learning_rate})"),
            got,
            want,
            rounding(16, max_learning_rate),
            look,
        )
    });
}

#[test]
fn is_half_a_period_for_any_number_of_steps() {
    let steps = prop_oneof![2 => 1..=1025_usize, 1 => 1..=10_000_000_usize, 1 => 1..=usize::MAX];
    for_all("steps, t, k", (steps, any::seed(), 1..=64_u32)).holds(|&(steps, t, eighths)| {
        // Often among the last thousandth.
        let t = t as usize;
        let step =
            if t.is_multiple_of(4) { steps - 1 - t / 4 % steps.div_ceil(1 << (t % 61)) } else { t % steps };
        let max_learning_rate = f64::from(eighths) / 8.0;
        // ½(1 + cos 2a) = sin²(π/2 − a).
        let left = (steps - step) as f64 / steps as f64;
        let want = max_learning_rate * (std::f64::consts::FRAC_PI_2 * left).sin().powi(2);
        let got = cosine_rate(step, steps, max_learning_rate)
            .accepted("cosine_rate(step, steps, max_learning_rate)")?;
        let look = "As many steps as there may be: the rate falls to the end, beyond 32-bit numbers.";
        let call = format!("cosine_rate({step}, {steps}, {max_learning_rate})");
        close(&call, got, want, rounding(16, max_learning_rate), look)
    });
}

#[test]
fn decreases_and_stays_positive() {
    for_all("steps", prop_oneof![3 => 2..=200_usize, 1 => 201..=1500_usize]).cases(64).holds(|&steps| {
        let rates: Vec<f64> = (0..steps)
            .map(|step| cosine_rate(step, steps, 1.0))
            .collect::<Result<_, _>>()
            .accepted("cosine_rate")?;
        let falls = rates.windows(2).all(|pair| pair[1] < pair[0]) && rates[steps - 1] > 0.0;
        ensure(falls, || {
            Broken::answer(
                format!("{rates:?}"),
                "strictly decreasing, the last above 0",
                "T steps, t from 0 to T − 1: t = T, where the rate is 0, is never reached.",
            )
        })
    });
}

#[test]
fn is_half_of_the_maximum_at_half_time() {
    for_all("half, max_learning_rate", (1..=50_usize, 1..=64_u32)).cases(64).holds(|&(half, eighths)| {
        let max_learning_rate = f64::from(eighths) / 8.0;
        let got = cosine_rate(half, 2 * half, max_learning_rate)
            .accepted("cosine_rate(half, 2·half, max_learning_rate)")?;
        close(
            "cosine_rate(half, 2·half, max_learning_rate)",
            got,
            max_learning_rate / 2.0,
            rounding(8, max_learning_rate),
            "cos(π/2) = 0.",
        )
    });
}

#[test]
fn is_proportional_to_the_maximum() {
    example(|| {
        let rate = |max_learning_rate| {
            cosine_rate(3, 7, max_learning_rate).accepted("cosine_rate(3, 7, max_learning_rate)")
        };
        equal(
            "twice the max_learning_rate",
            rate(0.5)?,
            2.0 * rate(0.25)?,
            "η(t) is proportional to max_learning_rate.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m09_convolution::schedule::cosine_rate;
        assert_eq!(cosine_rate(0, 10, 0.1), Ok(0.1));
        assert!((cosine_rate(5, 10, 0.1).unwrap() - 0.05).abs() < 1e-15);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn scales_with_any_maximum() {
        let most = prop_oneof![3 => any::magnitude(-300, 308), 1 => select(vec![f64::MAX, 1.7e308, 1e308])];
        for_all("step, steps, max_learning_rate", (0..100_usize, 1..=100_usize, most)).holds(
            |&(step, steps, most)| {
                let (step, max_learning_rate) = (step % steps, most.abs());
                // ½(1 + cos 2a) = cos² a.
                let want = max_learning_rate
                    * (std::f64::consts::FRAC_PI_2 * step as f64 / steps as f64).cos().powi(2);
                let got = cosine_rate(step, steps, max_learning_rate)
                    .accepted("cosine_rate(step, steps, max_learning_rate)")?;
                let look =
                    "No learning rate is too small or too large: the schedule scales with its maximum.";
                close(
                    &format!("cosine_rate({step}, {steps}, {max_learning_rate:e})"),
                    got,
                    want,
                    rounding(16, max_learning_rate),
                    look,
                )
            },
        );
    }

    #[test]
    fn the_last_step_has_a_rate_above_0() {
        let steps = prop_oneof![select(vec![1_000_000_000, 1 << 40, usize::MAX]), 1..=usize::MAX];
        for_all("steps, k", (steps, 1..=64_u32)).cases(64).holds(|&(steps, eighths)| {
            let call = format!("cosine_rate({}, {steps}, …)", steps - 1);
            let got = cosine_rate(steps - 1, steps, f64::from(eighths) / 8.0).accepted(&call)?;
            ensure(got > 0.0, || {
                let look = "Near the end 1 + cos cancels: cos² of half the angle does not.";
                Broken::answer(format!("{call} = {got:e}"), "above 0 for every step", look)
            })
        });
    }

    #[test]
    fn rejects_invalid_maxima_and_late_steps() {
        let steps = prop_oneof![0..=3_usize, 0..=1025_usize, 0..=usize::MAX / 2];
        let inputs = (any::not_finite(), any::magnitude(-300, 300), steps, 0..=1025_usize);
        for_all("bad, rate, steps, more", inputs).cases(64).holds(|&(bad, rate, steps, more)| {
            let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
            for max_learning_rate in [bad, 0.0, -0.5, -rate.abs()] {
                let want = rejection("max_learning_rate", max_learning_rate, "a finite number above 0");
                let call = format!("cosine_rate(0, {}, {max_learning_rate})", steps + 1);
                let look = "max_learning_rate is a finite number above 0.";
                rejected(&call, cosine_rate(0, steps + 1, max_learning_rate), want, look)?;
            }
            let late = steps + more;
            let want = rejection("step", late as f64, "below steps");
            let call = format!("cosine_rate({late}, {steps}, 1)");
            rejected(
                &call,
                cosine_rate(late, steps, rate.abs()),
                want,
                "Steps count from 0: of 0 steps there is none.",
            )
        });
    }
}
