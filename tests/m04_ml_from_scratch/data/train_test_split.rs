use judge::{Answer, Broken, any, drawn_with, ensure, equal, example, for_all, rejected};
use katas::m04_ml_from_scratch::data::train_test_split;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::sizes::{kinds, many, matrix_of, several, unequal};
use super::splits::{many_splits_are_random, some_of_each_tenth};
use super::{depends_on_the_generator, moves_on, seed};

const CALL: &str = "train_test_split(x, y, test_size, generator)";

/// Sample i has the features i, i + 10,000 and the target i + 20,000, so that it is known wherever it turns up.
fn numbered(n: usize) -> (Matrix, Vec<f64>) {
    (Matrix::from_fn(n, 2, |i, j| (i + 10_000 * j) as f64), (0..n).map(|i| (i + 20_000) as f64).collect())
}

fn splits() -> impl Strategy<Value = (usize, f64, u64)> + Send + Sync + Clone {
    // A little less or more than a sixteenth decides at ½, though no f32 distinguishes it from the sixteenth.
    let off = judge::any::select(vec![0.0, 0.5_f64.powi(40), -0.5_f64.powi(40)]);
    let share = (1..=15_u32, off).prop_map(|(k, off)| f64::from(k) / 16.0 + off);
    (many(2..=12), share, seed())
}

#[test]
fn is_a_partition_that_keeps_samples_and_targets_together() {
    for_all("n, test_size, seed", splits()).holds(|(n, share, seed)| {
        let (x, y) = numbered(*n);
        let parts = train_test_split(&x, &y, *share, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        let mut seen = Vec::new();
        for (name, (features, targets)) in ["training", "test"].iter().zip(&parts) {
            equal(
                &format!("targets in the {name} set"),
                targets.len(),
                features.rows(),
                "One target per row.",
            )?;
            for (i, target) in targets.iter().enumerate() {
                let row = features.row(i);
                let (together, sample) = (row == [target - 20_000.0, target - 10_000.0], target - 20_000.0);
                ensure(together, || {
                    let got = format!("row {i} of the {name} set: features {row:?}, target {target}");
                    let want = format!(
                        "features {:?} with the target {target}, as in x and y",
                        [sample, sample + 10_000.0]
                    );
                    Broken::answer(got, want, "Features and targets stay together: one order for both.")
                })?;
                seen.push(sample);
            }
        }
        seen.sort_by(f64::total_cmp);
        let want: Vec<f64> = (0..*n).map(|i| i as f64).collect();
        let look = "A sample in both sets is data leakage; a sample in neither is lost.";
        equal("the samples of both sets, sorted,", seen, want, look)
    });
}

#[test]
fn has_the_requested_sizes() {
    for_all("n, test_size, seed", splits()).holds(|(n, share, seed)| {
        let (x, y) = numbered(*n);
        let [(_, train), (_, test)] =
            train_test_split(&x, &y, *share, &mut Generator::from_seed(*seed)).accepted(CALL)?;
        // Sixteenths times n are exact, and so is the half.
        let tested = ((share * *n as f64 + 0.5).floor() as usize).clamp(1, n - 1);
        let look = "⌊s·n + ½⌋ samples for the test set, but neither set may be empty. The training set \
            is returned first.";
        equal("the sizes of [training, test]", [train.len(), test.len()], [n - tested, tested], look)
    });
}

#[test]
fn every_test_set_is_equally_likely() {
    for_all("seed", seed()).cases(3).holds(|seed| {
        let ((x, y), mut generator) = (numbered(4), Generator::from_seed(*seed));
        let pairs = ["{0, 1}", "{0, 2}", "{0, 3}", "{1, 2}", "{1, 3}", "{2, 3}"];
        let mut counts = [0; 6];
        for _ in 0..2000 {
            let [_, (_, test)] = train_test_split(&x, &y, 0.5, &mut generator).accepted(CALL)?;
            let known = test.len() == 2
                && test.iter().all(|t| [20_000.0, 20_001.0, 20_002.0, 20_003.0].contains(t))
                && test[0] != test[1];
            ensure(known, || {
                let want = "two different ones of the targets 20000, 20001, 20002, 20003";
                Broken::answer(
                    format!("a test set with the targets {test:?}"),
                    want,
                    "Half of four samples is two.",
                )
            })?;
            let (mut a, mut b) = (test[0] as usize - 20_000, test[1] as usize - 20_000);
            if a > b {
                (a, b) = (b, a);
            }
            counts[[0, 2, 3][a] + b - 1] += 1;
        }
        let look =
            "Without shuffling, sorted data put whole classes into the test set only. Shuffle all samples.";
        drawn_with("test sets of 2 out of 4", &pairs, &counts, &[1.0 / 6.0; 6], look)
    });
}

#[test]
fn splits_of_many_samples_are_random_and_independent() {
    let sizes = judge::any::select(vec![13_usize, 41, 101, 151, 301]);
    for_all("n, seed", (sizes, seed())).cases(5).holds(|&(n, seed)| {
        let ((x, y), mut generator) = (numbered(n), Generator::from_seed(seed));
        many_splits_are_random(n, || {
            let before = generator.clone();
            let [_, (_, test)] = train_test_split(&x, &y, 0.5, &mut generator).accepted(CALL)?;
            if n > 100 {
                moves_on(CALL, &before, &generator)?;
            }
            Ok(test.iter().map(|target| target - 20_000.0).collect())
        })
    });
}

#[test]
fn depends_on_the_generator_only() {
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

mod robust {
    use super::*;

    #[test]
    fn tests_samples_from_everywhere() {
        for_all("n, seed", (judge::any::select(vec![1025, 2049]), seed())).cases(4).holds(|&(n, seed)| {
            let ((x, y), mut generator) = (numbered(n), Generator::from_seed(seed));
            let [_, (_, test)] = train_test_split(&x, &y, 0.25, &mut generator).accepted(CALL)?;
            some_of_each_tenth(n, test.iter().map(|target| (target - 20_000.0) as usize))
        });
    }

    #[test]
    fn keeps_nan_and_infinity() {
        example(|| {
            let (x, y) =
                (Matrix::from_rows([[f64::NAN], [1.0], [f64::INFINITY]]), [f64::NAN, 1.0, f64::INFINITY]);
            let parts = train_test_split(&x, &y, 0.5, &mut Generator::from_seed(1)).accepted(CALL)?;
            for (features, targets) in &parts {
                for (i, target) in targets.iter().enumerate() {
                    let got = features[(i, 0)];
                    ensure(got.to_bits() == target.to_bits(), || {
                        let got = format!("feature {got} with target {target}");
                        Broken::answer(
                            got,
                            "each sample unchanged, NaN and ∞ too",
                            "Splitting copies values, it does not compute with them.",
                        )
                    })?;
                }
            }
            equal(
                "samples in both sets",
                parts[0].1.len() + parts[1].1.len(),
                3,
                "A NaN stays with its sample.",
            )
        });
    }

    #[test]
    fn rejects_an_invalid_test_size() {
        example(|| {
            let (x, y) = numbered(4);
            let split = |share| train_test_split(&x, &y, share, &mut Generator::from_seed(1));
            for got in [0.0, 1.0, -0.25, 2.0, -1e-300, 1.0 + f64::EPSILON, 1e300] {
                let want =
                    InputError::OutOfRange { name: "test_size", got, wanted: "more than 0 and less than 1" };
                let look = "It is a fraction, not a number of samples, and neither set may be empty.";
                rejected(&format!("train_test_split(x, y, {got}, …)"), split(got), want, look)?;
            }
            for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let want = InputError::NotFinite { name: "test_size", index: 0 };
                rejected(&format!("train_test_split(x, y, {bad}, …)"), split(bad), want, "Check test_size.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_too_few_samples() {
        example(|| {
            for n in [0, 1] {
                let (x, y) = numbered(n);
                let got = train_test_split(&x, &y, 0.5, &mut Generator::from_seed(1));
                let want = InputError::TooFew { got: n, wanted: 2 };
                rejected(
                    &format!("train_test_split of {n} samples"),
                    got,
                    want,
                    "One sample to train on, one to test on.",
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
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let got =
                train_test_split(&Matrix::zeros(n, 2), &vec![1.0; m], 0.5, &mut Generator::from_seed(1));
            let look = "Compare the number of rows with the number of targets, rows on the left.";
            rejected(CALL, got, InputError::LengthMismatch { left: n, right: m }, look)
        });
    }

    #[test]
    fn the_smallest_and_the_largest_share_leave_one_sample() {
        let shares =
            judge::any::select(vec![f64::MIN_POSITIVE, 1e-300, 1e-9, 1.0 - 1e-9, 1.0 - f64::EPSILON / 2.0]);
        for_all("n, test_size, seed", (many(2..=12), shares, seed())).cases(64).holds(|&(n, share, seed)| {
            let (x, y) = numbered(n);
            let [(_, train), (_, test)] =
                train_test_split(&x, &y, share, &mut Generator::from_seed(seed)).accepted(CALL)?;
            let want = if share < 0.5 { [n - 1, 1] } else { [1, n - 1] };
            let look = "At least one sample for each set; any fraction above 0 and below 1 is allowed.";
            equal("the sizes of [training, test]", [train.len(), test.len()], want, look)
        });
    }

    /// Sizes, features with now and then a NaN or an infinity, a share, and a seed.
    fn any_split() -> impl Strategy<Value = (Matrix, f64, u64)> + Send + Sync + Clone {
        let share = prop_oneof![
            2 => (1..=15_u32).prop_map(|k| f64::from(k) / 16.0),
            1 => any::magnitude(-6, -1),
            1 => any::magnitude(-120, -101),
        ];
        let features = prop_oneof![6 => several(1..=3), 1 => Just(0)];
        let special = judge::any::select(vec![0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
        (many(2..=12), features, kinds(), share, special, seed()).prop_flat_map(
            |(n, d, [kind, _], share, special, seed)| {
                let x = matrix_of(kind, n, d).prop_map(move |mut x| {
                    if special != 0.0 && d > 0 {
                        x[(n / 2, d / 2)] = special;
                    }
                    x
                });
                (x, Just(share.abs()), Just(seed))
            },
        )
    }

    #[test]
    fn copies_features_and_targets_of_any_size_and_magnitude() {
        for_all("x, test_size, seed", any_split()).holds(|(x, share, seed)| {
            let n = x.rows();
            // The targets are the row numbers: in one case of two so small that single precision, or a bound, changes nothing.
            let unit = match *share {
                share if share < 1e-100 => 0.5_f64.powi(360),
                share if share < 0.001 => 0.5_f64.powi(30),
                _ => 1.0 + 0.5_f64.powi(40),
            };
            let y: Vec<f64> = (1..=n).map(|i| i as f64 * unit).collect();
            let parts = train_test_split(x, &y, *share, &mut Generator::from_seed(*seed)).accepted(CALL)?;
            let tested = ((share * n as f64 + 0.5).floor() as usize).clamp(1, n - 1);
            equal(
                "the sizes of [training, test]",
                [parts[0].1.len(), parts[1].1.len()],
                [n - tested, tested],
                "⌊s·n + ½⌋.",
            )?;
            let bits = |row: &[f64]| {
                row.iter().map(|x| if x.is_nan() { 1 } else { x.to_bits() }).collect::<Vec<_>>()
            };
            let mut seen = vec![false; n];
            for (features, targets) in &parts {
                for (i, target) in targets.iter().enumerate() {
                    let known = (0..n).find(|row| y[*row] == *target && !seen[*row]);
                    let as_it_was = known.is_some_and(|row| bits(features.row(i)) == bits(x.row(row)));
                    ensure(as_it_was, || {
                        let got = format!("features {:?} with the target {target:?}", features.row(i));
                        let look =
                            "Splitting copies rows of x and y as they are, whatever their number and size.";
                        Broken::answer(got, "a row of x and its target, unchanged, once", look)
                    })?;
                    if let Some(row) = known {
                        seen[row] = true;
                    }
                }
            }
            Ok(())
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        for_all("n, seed", (any::length(20..=24, 1025), seed())).cases(32).holds(|(n, seed)| {
            // 20 samples have 184,756 test sets: three splits in a row are the same by chance with 2·10⁻¹⁶. From 8 on, the ladder's
            // smallest sizes have 70: three in a row with 3·10⁻⁶.
            let n = (*n).max(20);
            let ((x, y), mut first, mut again) =
                (numbered(n), Generator::from_seed(*seed), Generator::from_seed(*seed));
            let several = |generator: &mut Generator| -> Result<Vec<_>, Broken> {
                (0..3).map(|_| train_test_split(&x, &y, 0.5, generator).accepted(CALL)).collect()
            };
            let other = several(&mut Generator::from_seed(seed ^ 1))?;
            let (once, twice, next) = (several(&mut first)?, several(&mut again)?, several(&mut first)?);
            depends_on_the_generator(CALL, [&once, &twice, &next, &other])
        });
    }

    #[test]
    fn equal_samples_are_several_samples() {
        for_all("(n, test_size, seed), kinds", (splits(), 1..=3_usize)).cases(48).holds(
            |&((n, share, seed), kinds)| {
                // Sample i is of kind i modulo `kinds`.
                let y: Vec<f64> = (0..n).map(|i| (i % kinds) as f64).collect();
                let x = Matrix::from_fn(n, 2, |i, _| y[i]);
                let parts =
                    train_test_split(&x, &y, share, &mut Generator::from_seed(seed)).accepted(CALL)?;
                let tested = ((share * n as f64 + 0.5).floor() as usize).clamp(1, n - 1);
                let look = "A copy of a sample is a sample of its own, whichever set the other one is in.";
                let sizes = [parts[0].1.len(), parts[1].1.len()];
                equal("the sizes of [training, test]", sizes, [n - tested, tested], look)?;
                let mut all: Vec<f64> = parts.iter().flat_map(|(_, targets)| targets.clone()).collect();
                all.sort_by(f64::total_cmp);
                let mut want = y;
                want.sort_by(f64::total_cmp);
                equal("the targets of both sets, sorted,", all, want, look)
            },
        );
    }
}
