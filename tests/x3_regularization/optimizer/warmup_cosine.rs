use std::f64::consts::PI;

use judge::any::select;
use judge::{Answer, Broken, Verdict, any, close, ensure, example, for_all, rejected, rounding};
use katas::x3_regularization::optimizer::warmup_cosine;
use kit::InputError;
use proptest::prelude::*;

const CALL: &str = "warmup_cosine(step, warmup, steps, max_learning_rate)";

fn agrees([step, warmup, steps]: [usize; 3], rate: f64) -> Verdict {
    let got = warmup_cosine(step, warmup, steps, rate).accepted(CALL)?;
    let want = if step < warmup {
        rate * (step as f64 / warmup as f64)
    } else {
        // ½·(1 + cos a) = cos²(a/2)
        rate * (PI / 2.0 * ((step - warmup) as f64 / (steps - warmup) as f64)).cos().powi(2)
    };
    let look = "η_max·t/w during the warmup, then ½·η_max·(1 + cos(π·(t − w)/(T − w))).";
    close(&format!("η({step})"), got, want, rounding(16, rate), look)
}

/// t, w and T, with w below T.
fn places(most: usize) -> impl Strategy<Value = [usize; 3]> + Send + Sync + Clone {
    let steps = prop_oneof![3 => any::size(1..=12, 1025), 1 => any::part(1..=most)];
    steps.prop_flat_map(move |steps| {
        // Any step, one at the end, or one at the end of the warmup.
        let warmup = any::part(prop_oneof![4 => 0..steps, 1 => 0..=1.min(steps - 1)]);
        (warmup, any::part(0..=steps), 0..6_usize).prop_map(move |(warmup, step, kind)| match kind {
            0 => [steps - step.min(1), warmup, steps],
            1 => [(warmup + step.min(2)).saturating_sub(1).min(steps), warmup, steps],
            _ => [step, warmup, steps],
        })
    })
}

#[test]
fn rises_linearly_and_falls_like_a_cosine() {
    for_all("[t, w, T], rate", (places(100), any::nonzero()))
        .holds(|(places, rate)| agrees(*places, rate.abs()));
}

#[test]
fn begins_at_0_peaks_after_the_warmup_and_ends_at_0() {
    for_all("[t, w, T], rate", (places(100), any::nonzero())).cases(128).holds(|&([_, w, steps], rate)| {
        for step in [0, w, steps] {
            agrees([step, w, steps], rate.abs())?;
        }
        Ok(())
    });
}

#[test]
fn makes_no_jump() {
    for_all("w, rest", (0..=12_usize, 1..=24_usize)).cases(64).holds(|&(warmup, rest)| {
        let steps = warmup + rest;
        let rates: Result<Vec<f64>, Broken> =
            (0..=steps).map(|step| warmup_cosine(step, warmup, steps, 1.0).accepted(CALL)).collect();
        let (rates, slope) = (rates?, (PI / 2.0 / rest as f64).max(1.0 / warmup.max(1) as f64));
        for (step, pair) in rates.windows(2).enumerate() {
            ensure((pair[1] - pair[0]).abs() <= slope + 1e-12, || {
                let got = format!("η({step}) = {} and η({}) = {}", pair[0], step + 1, pair[1]);
                Broken::answer(got, format!("a difference of at most {slope}"), "The schedule is continuous.")
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::optimizer::warmup_cosine;
        let rates: Result<Vec<f64>, _> =
            [0, 1, 2, 4, 6].into_iter().map(|t| warmup_cosine(t, 2, 6, 0.5)).collect();
        let wanted = [0.0, 0.25, 0.5, 0.25, 0.0];
        assert!(rates?.iter().zip(wanted).all(|(rate, wanted)| (rate - wanted).abs() < 1e-15));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_number_of_steps_and_rate() {
        let rates =
            prop_oneof![1 => any::magnitude(-300, 300), 1 => any::magnitude(-12, 3), 1 => any::fine()];
        for_all("[t, w, T], rate", (places(1_000_000_000), rates))
            .holds(|&(places, rate)| agrees(places, rate.abs() + 1e-300));
    }

    #[test]
    fn never_leaves_its_range() {
        for_all("[t, w, T]", places(1_000_000)).cases(128).holds(|&[step, warmup, steps]| {
            let got = warmup_cosine(step, warmup, steps, f64::MAX).accepted(CALL)?;
            ensure((0.0..=f64::MAX).contains(&got), || {
                Broken::answer(format!("η({step}) = {got:e}"), "0 to η_max", "Does a product overflow?")
            })
        });
    }

    #[test]
    fn takes_the_largest_numbers_of_steps() {
        example(|| {
            let most = 1 << 60;
            for places in [
                [0, 0, 1],
                [1, 0, 1],
                [most, most / 2, most],
                [most / 4, most / 2, most],
                [most, most - 1, most],
            ] {
                agrees(places, 0.5)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_places_out_of_range() {
        for_all("[t, w, T], more", (places(100), 0..=5_usize)).cases(96).holds(
            |&([step, w, steps], more)| {
                let want =
                    |name, got: usize| InputError::OutOfRange { name, got: got as f64, wanted: "a range" };
                let look = "The warmup ends before the last step; no step comes after T.";
                let answer = warmup_cosine(step, steps + more, steps, 0.5);
                rejected(CALL, answer, want("warmup", steps + more), look)?;
                let step = steps + 1 + more;
                rejected(CALL, warmup_cosine(step, w, steps, 0.5), want("step", step), look)?;
                rejected(CALL, warmup_cosine(0, 0, 0, 0.5), want("warmup", 0), look)
            },
        );
    }

    #[test]
    fn rejects_rates_out_of_range() {
        let rates = select(vec![0.0, -1e-9, -1e-300, -1.0, f64::INFINITY, f64::NAN]);
        for_all("[t, w, T], rate", (places(100), rates)).cases(48).holds(|&([step, warmup, steps], got)| {
            let want =
                InputError::OutOfRange { name: "max_learning_rate", got, wanted: "a finite number above 0" };
            rejected(CALL, warmup_cosine(step, warmup, steps, got), want, "A learning rate is above 0.")
        });
    }
}
