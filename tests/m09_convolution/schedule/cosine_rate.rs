use judge::any::select;
use judge::{Answer, any, close, ensure, equal, example, for_all, rejected};
use judge::{Broken, rounding};
use katas::m09_convolution::schedule::cosine_rate;
use kit::InputError;

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
fn decreases_and_stays_positive() {
    for_all("steps", 2..=200_usize).cases(64).holds(|&steps| {
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
    fn keeps_tiny_maxima() {
        for_all(
            "step, steps, exponent",
            (0..100_usize, 1..=100_usize, select(vec![-300, -100, -12, -9, -8, 100])),
        )
        .cases(64)
        .holds(|&(step, steps, exponent)| {
            let (step, max_learning_rate) = (step % steps, 10_f64.powi(exponent));
            // ½(1 + cos 2a) = cos² a.
            let want =
                max_learning_rate * (std::f64::consts::FRAC_PI_2 * step as f64 / steps as f64).cos().powi(2);
            let got = cosine_rate(step, steps, max_learning_rate)
                .accepted("cosine_rate(step, steps, max_learning_rate)")?;
            let look = "No learning rate is too small or too large: the schedule scales with its maximum.";
            close(
                &format!("cosine_rate({step}, {steps}, {max_learning_rate:e})"),
                got,
                want,
                rounding(16, max_learning_rate),
                look,
            )
        });
    }

    #[test]
    fn rejects_invalid_maxima_and_late_steps() {
        for_all("bad, steps", (any::not_finite(), 1..=3_usize)).cases(16).holds(|&(bad, steps)| {
            let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
            for max_learning_rate in [bad, 0.0, -0.5] {
                let want = rejection("max_learning_rate", max_learning_rate, "a finite number above 0");
                rejected(
                    &format!("cosine_rate(0, {steps}, {max_learning_rate})"),
                    cosine_rate(0, steps, max_learning_rate),
                    want,
                    "max_learning_rate is a finite number above 0.",
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
}
