use judge::{Answer, Broken, drawn_with, ensure, equal, example, for_all, rejected};
use katas::m04_ml_from_scratch::data::train_test_split;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::{depends_on_the_generator, seed};

const CALL: &str = "train_test_split(x, y, share, generator)";

/// Sample i has the features i, i + 100 and the target i + 200, so that it is known wherever it turns up.
fn numbered(n: usize) -> (Matrix, Vec<f64>) {
    (Matrix::from_fn(n, 2, |i, j| (i + 100 * j) as f64), (0..n).map(|i| (i + 200) as f64).collect())
}

fn splits() -> impl Strategy<Value = (usize, f64, u64)> + Send + Sync + Clone {
    // A little less or more than a sixteenth decides at ½, though no f32 tells it from the sixteenth.
    let off = prop::sample::select(vec![0.0, 0.5_f64.powi(40), -0.5_f64.powi(40)]);
    let share = (1..=15_u32, off).prop_map(|(k, off)| f64::from(k) / 16.0 + off);
    (2..=12_usize, share, seed())
}

#[test]
fn every_sample_is_in_one_part_and_keeps_its_target() {
    for_all("n, share, seed", splits()).holds(|(n, share, seed)| {
        let (x, y) = numbered(*n);
        let parts = train_test_split(&x, &y, *share, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        let mut seen = Vec::new();
        for (name, (features, targets)) in ["training", "test"].iter().zip(&parts) {
            equal(
                &format!("targets in the {name} set"),
                targets.len(),
                features.rows(),
                "A target for every row.",
            )?;
            for (i, target) in targets.iter().enumerate() {
                let row = features.row(i);
                let (together, sample) = (row == [target - 200.0, target - 100.0], target - 200.0);
                ensure(together, || {
                    let got = format!("row {i} of the {name} set: features {row:?}, target {target}");
                    let want = format!(
                        "features {:?} beside the target {target}, as in x and y",
                        [sample, sample + 100.0]
                    );
                    Broken::answer(got, want, "Features and targets move together: one order for both.")
                })?;
                seen.push(sample);
            }
        }
        seen.sort_by(f64::total_cmp);
        let want: Vec<f64> = (0..*n).map(|i| i as f64).collect();
        let look = "Who is in both has told the test's answers; who is in neither is lost.";
        equal("the samples of both parts, sorted,", seen, want, look)
    });
}

#[test]
fn the_test_gets_its_share_and_both_get_something() {
    for_all("n, share, seed", splits()).holds(|(n, share, seed)| {
        let (x, y) = numbered(*n);
        let [(_, train), (_, test)] =
            train_test_split(&x, &y, *share, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        // Sixteenths times n are exact, and so is the half.
        let tested = ((share * *n as f64 + 0.5).floor() as usize).clamp(1, n - 1);
        let look = "⌊s·n + ½⌋ for the test, but neither part may be empty. Training comes first.";
        equal("the sizes of [training, test]", [train.len(), test.len()], [n - tested, tested], look)
    });
}

#[test]
fn each_set_of_samples_is_equally_likely_to_be_the_test() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let ((x, y), mut generator) = (numbered(4), Generator::from_seed(*seed));
        let pairs = ["{0, 1}", "{0, 2}", "{0, 3}", "{1, 2}", "{1, 3}", "{2, 3}"];
        let mut counts = [0; 6];
        for _ in 0..2000 {
            let [_, (_, test)] = train_test_split(&x, &y, 0.5, &mut generator).accepted(CALL)?;
            let known = test.len() == 2
                && test.iter().all(|t| [200.0, 201.0, 202.0, 203.0].contains(t))
                && test[0] != test[1];
            ensure(known, || {
                let want = "two different ones of the targets 200, 201, 202, 203";
                Broken::answer(
                    format!("a test set with the targets {test:?}"),
                    want,
                    "Half of four samples are two.",
                )
            })?;
            let (mut a, mut b) = (test[0] as usize - 200, test[1] as usize - 200);
            if a > b {
                (a, b) = (b, a);
            }
            counts[[0, 2, 3][a] + b - 1] += 1;
        }
        let look =
            "Sorted data, cut without shuffling, test on what was never trained for. Shuffle all of them.";
        drawn_with("test sets of 2 out of 4", &pairs, &counts, &[1.0 / 6.0; 6], look)
    });
}

#[test]
fn the_generator_decides_and_nothing_else() {
    for_all("seed", seed()).cases(32).holds(|seed| {
        // There are 184,756 test sets: three splits in a row are the same by chance with 2·10⁻¹⁶.
        let ((x, y), mut first, mut again) =
            (numbered(20), Generator::from_seed(*seed), Generator::from_seed(*seed));
        let several = |generator: &mut Generator| -> Result<Vec<_>, Broken> {
            (0..3).map(|_| train_test_split(&x, &y, 0.5, generator).accepted(CALL)).collect()
        };
        let other = several(&mut Generator::from_seed(seed ^ 1))?;
        depends_on_the_generator(
            CALL,
            [&several(&mut first)?, &several(&mut again)?, &several(&mut first)?, &other],
        )
    });
}

#[test]
fn values_are_not_looked_at() {
    example(|| {
        let (x, y) =
            (Matrix::from_rows([[f64::NAN], [1.0], [f64::INFINITY]]), [f64::NAN, 1.0, f64::INFINITY]);
        let parts = train_test_split(&x, &y, 0.5, &mut Generator::from_seed(1)).accepted(CALL)?;
        for (features, targets) in &parts {
            for (i, target) in targets.iter().enumerate() {
                let got = features[(i, 0)];
                ensure(got.to_bits() == target.to_bits(), || {
                    let got = format!("feature {got} beside target {target}");
                    Broken::answer(
                        got,
                        "each sample as it was, NaN and ∞ too",
                        "Splitting is moving, not computing.",
                    )
                })?;
            }
        }
        equal("samples in both parts", parts[0].1.len() + parts[1].1.len(), 3, "A NaN stays with its sample.")
    });
}

#[test]
fn a_share_that_leaves_nothing_is_rejected() {
    example(|| {
        let (x, y) = numbered(4);
        let split = |share| train_test_split(&x, &y, share, &mut Generator::from_seed(1));
        for got in [0.0, 1.0, -0.25, 2.0] {
            let want =
                InputError::OutOfRange { name: "test_size", got, wanted: "more than 0 and less than 1" };
            let look = "It is a share, not a number of samples, and neither part may be empty.";
            rejected(&format!("train_test_split(x, y, {got}, …)"), split(got), want, look)?;
        }
        for bad in [f64::NAN, f64::INFINITY] {
            let want = InputError::NotFinite { name: "test_size", index: 0 };
            rejected(
                &format!("train_test_split(x, y, {bad}, …)"),
                split(bad),
                want,
                "Look at the share first.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn what_cannot_be_parted_is_rejected() {
    example(|| {
        for n in [0, 1] {
            let (x, y) = numbered(n);
            let got = train_test_split(&x, &y, 0.5, &mut Generator::from_seed(1));
            let want = InputError::TooFew { got: n, wanted: 2 };
            rejected(
                &format!("train_test_split of {n} samples"),
                got,
                want,
                "One to learn from, one to test with.",
            )?;
        }
        for n in [2, 4] {
            let ((x, _), (_, y)) = (numbered(3), numbered(n));
            let got = train_test_split(&x, &y, 0.5, &mut Generator::from_seed(1));
            let look = "Compare the number of rows with the number of targets, rows on the left.";
            let call = format!("train_test_split(3 rows, {n} targets, ½, …)");
            rejected(&call, got, InputError::LengthMismatch { left: 3, right: n }, look)?;
        }
        Ok(())
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let parted = |n, y: &[f64], share| {
            train_test_split(&Matrix::zeros(n, 1), y, share, &mut Generator::from_seed(1))
        };
        let want = InputError::LengthMismatch { left: 2, right: 1 };
        rejected("train_test_split(2×1, [1], NaN, …)", parted(2, &[1.0], f64::NAN), want, look)?;
        let want = InputError::TooFew { got: 1, wanted: 2 };
        rejected("train_test_split(1×1, [1], 2, …)", parted(1, &[1.0], 2.0), want, look)
    })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::data::train_test_split;
        use kit::{Generator, Matrix};
        let x = Matrix::from_fn(8, 1, |i, _| i as f64);
        let [(x_train, y_train), (x_test, _)] =
            train_test_split(&x, &[0.5; 8], 0.25, &mut Generator::from_seed(1))?;
        assert_eq!((x_train.rows(), x_test.rows(), y_train.len()), (6, 2, 6));
        Ok::<(), kit::InputError>(())
    });
}
