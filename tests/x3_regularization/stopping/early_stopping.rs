use judge::Broken;
use judge::any::select;
use judge::{Answer, Verdict, any, ensure, equal, example, for_all, rejected};
use katas::x3_regularization::stopping::{EarlyStopping, early_stopping};
use kit::{Generator, InputError};
use proptest::prelude::*;

const CALL: &str = "early_stopping(losses, patience, min_delta)";

/// By definition: each epoch is compared with the best one of those before it.
fn wanted(losses: &[f64], patience: usize, min_delta: f64) -> EarlyStopping {
    let is_better = |epoch: usize, best: usize| losses[epoch] < losses[best] - min_delta;
    let mut best_before = vec![0; losses.len()];
    for epoch in 1..losses.len() {
        let before = best_before[epoch - 1];
        best_before[epoch] = if is_better(epoch, before) { epoch } else { before };
    }
    let stop = (0..losses.len()).find(|&epoch| epoch - best_before[epoch] >= patience);
    EarlyStopping { best: best_before[stop.unwrap_or(losses.len() - 1)], stop }
}

fn agrees(losses: &[f64], patience: usize, min_delta: f64) -> Verdict {
    let got = early_stopping(losses, patience, min_delta).accepted(CALL)?;
    let look = "A new best epoch has a loss < the best one − δ. Training stops after the P-th epoch in a \
                row without a new best one; epochs count from 0, and what comes after the stop does not \
                count.";
    equal(CALL, got, wanted(losses, patience, min_delta), look)
}

/// Losses that fall and rise, with ties: eighths and a little, so that differences are exact.
fn losses(n: usize, seed: u64) -> Vec<f64> {
    let mut generator = Generator::from_seed(seed);
    let scale = [1.0, 1.0, 1.0, 2.0_f64.powi(-40), 2.0_f64.powi(40), 2.0_f64.powi(-400), 2.0_f64.powi(400)];
    let scale = scale[generator.below(7)];
    let (fall, fine) = (generator.below(3), generator.below(2));
    let mut level = 0.0;
    let mut next = || {
        level -= generator.below(2 * fall + 1) as f64 / 8.0;
        let noise =
            generator.below(9) as f64 / 8.0 + (fine * generator.below(99)) as f64 / (1_u64 << 36) as f64;
        (level + noise) * scale
    };
    (0..n).map(|_| next()).collect()
}

#[test]
fn stops_after_so_many_epochs_without_a_new_best_one() {
    let deltas = select(vec![0.0, 0.0, 0.125, 0.5, 1.0]);
    for_all("losses, patience, min_delta", (any::vector(1..=9), any::part(1..=4_usize), deltas))
        .holds(|(losses, patience, min_delta)| agrees(losses, *patience, *min_delta));
}

#[test]
fn an_equal_loss_is_not_better() {
    for_all("loss, n, patience", (any::eighth(), 1..=6_usize, 1..=4_usize))
        .cases(64)
        .holds(|&(loss, n, patience)| agrees(&vec![loss; n], patience, 0.0));
}

#[test]
fn falling_losses_never_stop() {
    for_all("steps, patience", (any::vec(any::nonzero(), 1..=8), 1..=3_usize)).cases(64).holds(
        |(steps, patience)| {
            let mut level = 3.0;
            let losses: Vec<f64> = steps
                .iter()
                .map(|step| {
                    level -= step.abs();
                    level
                })
                .collect();
            agrees(&losses, *patience, 0.0)?;
            let got = early_stopping(&losses, *patience, 0.0).accepted(CALL)?;
            equal(
                "the answer for falling losses",
                got,
                EarlyStopping { best: losses.len() - 1, stop: None },
                "The last one is the best.",
            )
        },
    );
}

#[test]
fn small_improvements_do_not_count() {
    for_all("n, patience", (2..=9_usize, 1..=4_usize)).cases(48).holds(|&(n, patience)| {
        // Each epoch is better than the one before by 1/8; only two of them together exceed δ.
        let losses: Vec<f64> = (0..n).map(|epoch| 8.0 - epoch as f64 / 8.0).collect();
        agrees(&losses, patience, 0.125)?;
        agrees(&losses, patience, 0.1875)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::stopping::{EarlyStopping, early_stopping};
        let losses = [0.9, 0.5, 0.6, 0.5, 0.1];
        assert_eq!(early_stopping(&losses, 2, 0.0), Ok(EarlyStopping { best: 1, stop: Some(3) }));
        assert_eq!(early_stopping(&losses, 3, 0.0), Ok(EarlyStopping { best: 4, stop: None }));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_number_of_epochs_and_magnitude() {
        let patience = select(vec![1_usize, 2, 3, 7, 20, 60, 150, 300, usize::MAX]);
        let inputs = (any::length(1..=12, 1025), any::seed(), patience, any::part(0..=8_u32));
        for_all("epochs, seed, patience, eighths", inputs).holds(|&(n, seed, patience, delta)| {
            let losses = losses(n, seed);
            let largest = losses.iter().fold(0.0_f64, |largest, loss| largest.max(loss.abs()));
            // In the unit of the losses, so that differences are exact.
            let unit = if largest == 0.0 { 1.0 } else { largest.log2().floor().exp2() / 1024.0 };
            agrees(&losses, patience, 0.0)?;
            agrees(&losses, patience, f64::from(delta) * unit)
        });
    }

    #[test]
    fn a_late_best_epoch_counts() {
        let inputs = (any::many(1..=5, 1025), select(vec![1_usize, 5, 40, 260]));
        for_all("n, patience", inputs).cases(64).holds(|&(n, patience)| {
            // The best one comes at the last moment, then nothing does.
            let mut losses = vec![2.0];
            losses.extend(vec![3.0; patience - 1]);
            losses.push(1.0);
            losses.extend(vec![1.0; n]);
            agrees(&losses, patience, 0.0)
        });
    }

    #[test]
    fn the_largest_numbers_are_losses_too() {
        example(|| {
            agrees(&[f64::MAX, -f64::MAX, f64::MAX], 1, 0.0)?;
            agrees(&[-f64::MAX, -f64::MAX], 1, f64::MAX)?;
            agrees(&[1e-300, 0.0, -1e-300], 1, 0.0)?;
            agrees(&[0.0, -0.0], 1, 0.0)
        });
    }

    #[test]
    fn the_next_smaller_number_is_better() {
        for_all("loss", any::magnitude(-300, 300)).cases(64).holds(|&loss| {
            agrees(&[loss, loss.next_down(), loss], 1, 0.0)?;
            agrees(&[loss, loss, loss.next_up()], 2, 0.0)
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        let place = any::many(1..=6, 301).prop_flat_map(|n| (Just(n), any::place(n)));
        for_all("n and i, bad", (place, any::not_finite())).cases(64).holds(|&((n, index), bad)| {
            // The first one counts.
            let mut losses = vec![1.0; n];
            (losses[n - 1], losses[index]) = (f64::NAN, bad);
            let want = InputError::NotFinite { name: "losses", index };
            rejected(
                CALL,
                early_stopping(&losses, 1, 0.0),
                want,
                "Check all losses, those after the stop too.",
            )
        });
    }

    #[test]
    fn rejects_parameters_out_of_range() {
        let deltas = select(vec![-1e-9, -1e-300, -1.0, f64::INFINITY, f64::NAN]);
        for_all("losses, min_delta", (any::vector(1..=5), deltas)).cases(48).holds(|(losses, got)| {
            let want =
                InputError::OutOfRange { name: "min_delta", got: *got, wanted: "a finite number ≥ 0" };
            rejected(CALL, early_stopping(losses, 2, *got), want, "δ is finite and at least 0.")?;
            let want = InputError::OutOfRange { name: "patience", got: 0.0, wanted: "at least 1" };
            rejected(
                CALL,
                early_stopping(losses, 0, 0.0),
                want,
                "A patience of 0 would stop before the first epoch.",
            )
        });
    }

    #[test]
    fn rejects_no_losses() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(CALL, early_stopping(&[], 1, 0.0), want, "Without an epoch there is no best one.")
        });
    }

    #[test]
    fn stops_at_most_once() {
        for_all("epochs, seed", (any::length(2..=12, 301), any::seed())).cases(48).holds(|&(n, seed)| {
            let losses = losses(n, seed);
            let got = early_stopping(&losses, 2, 0.0).accepted(CALL)?;
            let Some(stop) = got.stop else { return Ok(()) };
            // What comes after the stop does not matter.
            let again = early_stopping(&losses[..=stop.min(n - 1)], 2, 0.0).accepted(CALL)?;
            ensure(got == again, || {
                let look = "Nothing after the stop counts.";
                Broken::answer(
                    format!("{got:?}, and {again:?} without the epochs after it"),
                    "the same",
                    look,
                )
            })
        });
    }
}
