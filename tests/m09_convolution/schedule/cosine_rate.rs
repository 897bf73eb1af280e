use judge::{Answer, any, close, ensure, equal, example, for_all, rejected};
use judge::{Broken, rounding};
use katas::m09_convolution::schedule::cosine_rate;
use kit::InputError;
use proptest::sample::select;

#[test]
fn it_begins_at_the_peak() {
    for_all("steps, max_learning_rate", (1..=100_usize, 1..=64_u32)).holds(|&(steps, eighths)| {
        let max_learning_rate = f64::from(eighths) / 8.0;
        let got =
            cosine_rate(0, steps, max_learning_rate).accepted("cosine_rate(0, steps, max_learning_rate)")?;
        close(
            "cosine_rate(0, steps, max_learning_rate)",
            got,
            max_learning_rate,
            rounding(4, max_learning_rate),
            "cos 0 = 1: the first step is the longest.",
        )
    });
}

#[test]
fn it_is_the_cosine_of_the_share_of_steps_taken() {
    // Some peaks are as small as no network needs: no rate has a least value.
    for_all("step, steps, k, unit", (0..100_usize, 1..=100_usize, 1..=64_u32, select(vec![1.0, 1.0, 1e-12])))
        .holds(|&(step, steps, eighths, unit)| {
            let (step, max_learning_rate) = (step % steps, f64::from(eighths) / 8.0 * unit);
            // ½(1 + cos 2a) = cos² a.
            let want =
                max_learning_rate * (std::f64::consts::FRAC_PI_2 * step as f64 / steps as f64).cos().powi(2);
            let got = cosine_rate(step, steps, max_learning_rate)
                .accepted("cosine_rate(step, steps, max_learning_rate)")?;
            let look = "Half a turn, π, from the first step to behind the last one; in radians.";
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
fn it_falls_and_stays_above_0() {
    for_all("steps", 2..=200_usize).cases(64).holds(|&steps| {
        let rates: Vec<f64> = (0..steps)
            .map(|step| cosine_rate(step, steps, 1.0))
            .collect::<Result<_, _>>()
            .accepted("cosine_rate")?;
        let falls = rates.windows(2).all(|pair| pair[1] < pair[0]) && rates[steps - 1] > 0.0;
        ensure(falls, || {
            Broken::answer(
                format!("{rates:?}"),
                "each below the one before, the last above 0",
                "T steps, t from 0 to T − 1: the 0 at t = T is never reached.",
            )
        })
    });
}

#[test]
fn halfway_it_is_half() {
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
fn a_peak_that_is_no_rate_and_a_step_behind_the_last_are_rejected() {
    for_all("bad, steps", (any::not_finite(), 0..=3_usize)).cases(16).holds(|&(bad, steps)| {
        let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
        for max_learning_rate in [bad, 0.0, -0.5] {
            let want = rejection("max_learning_rate", max_learning_rate, "a finite number above 0");
            rejected(
                &format!("cosine_rate(9, {steps}, {max_learning_rate})"),
                cosine_rate(9, steps, max_learning_rate),
                want,
                "The max_learning_rate first.",
            )?;
        }
        let want = rejection("step", steps as f64, "below steps");
        rejected(
            &format!("cosine_rate({steps}, {steps}, 1)"),
            cosine_rate(steps, steps, 1.0),
            want,
            "Steps count from 0.",
        )
    });
}

#[test]
fn the_peak_scales_everything() {
    example(|| {
        let rate = |max_learning_rate| {
            cosine_rate(3, 7, max_learning_rate).accepted("cosine_rate(3, 7, max_learning_rate)")
        };
        equal(
            "twice the max_learning_rate",
            rate(0.5)?,
            2.0 * rate(0.25)?,
            "η(t) is a share of the max_learning_rate.",
        )
    });
}
