use judge::bounds::hoeffding;
use judge::{Answer, Broken, any, drawn_with, ensure, equal, example, for_all, rejected};
use katas::m10_pipeline::splitting::split;
use kit::{Generator, InputError};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

const CALL: &str = "split(classes, s, generator)";

/// Classes of a few rows, a share, and a seed.
fn asked() -> impl Strategy<Value = (Vec<&'static str>, f64, u64)> + Send + Sync + Clone {
    // A little less or more than an eighth decides at ½, though no f32 tells it from the eighth.
    let off = select(vec![0.0, 0.5_f64.powi(40), -0.5_f64.powi(40)]);
    let share = (1..8_i32, off).prop_map(|(k, off)| f64::from(k) / 8.0 + off);
    (vec(select(vec!["a", "b", "c"]), 1..=12), share, any::seed())
}

fn parts(classes: &[&str], share: f64, seed: u64) -> Result<[Vec<usize>; 2], Broken> {
    split(classes, share, &mut Generator::from_seed(seed)).accepted(CALL)
}

#[test]
fn every_row_is_in_one_part_and_in_one_only() {
    for_all("classes, s, seed", asked()).holds(|(classes, share, seed)| {
        let [train, test] = parts(classes, *share, *seed)?;
        let mut all = [train, test].concat();
        all.sort_unstable();
        let look = "A row that is in both parts has been learned before it is tested: that is a leak.";
        equal("all row numbers of both parts, sorted", all, (0..classes.len()).collect(), look)
    });
}

#[test]
fn every_class_gives_its_share() {
    for_all("classes, s, seed", asked()).holds(|(classes, share, seed)| {
        let [_, test] = parts(classes, *share, *seed)?;
        for class in ["a", "b", "c"] {
            let n = classes.iter().filter(|it| **it == class).count();
            let want = ((share * n as f64 + 0.5).floor() as usize).min(n.saturating_sub(1));
            let got = test.iter().filter(|&&i| classes[i] == class).count();
            let look =
                format!("Of the {n} rows of {class}, ⌊s·{n} + ½⌋ are for the test, and one stays at least.");
            equal(&format!("test rows of class {class}"), got, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn row_numbers_ascend() {
    for_all("classes, s, seed", asked()).cases(128).holds(|(classes, share, seed)| {
        let parts = parts(classes, *share, *seed)?;
        ensure(parts.iter().all(|part| part.is_sorted()), || {
            Broken::answer(
                format!("{CALL} = {parts:?}"),
                "both in ascending order",
                "Sort each part at the end.",
            )
        })
    });
}

#[test]
fn the_same_seed_gives_the_same_split() {
    for_all("classes, s, seed", asked()).cases(128).holds(|(classes, share, seed)| {
        let first = parts(classes, *share, *seed)?;
        for _ in 0..4 {
            let look =
                "All randomness comes from the generator; a HashMap has some of its own, in its order.";
            equal(
                "the split again, from the same seed",
                parts(classes, *share, *seed)?,
                first.clone(),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn the_next_split_from_the_same_generator_is_another() {
    for_all("seed", any::seed()).cases(32).holds(|seed| {
        let mut generator = Generator::from_seed(*seed);
        let classes = ["a"; 120];
        let first = split(&classes, 0.5, &mut generator).accepted(CALL)?;
        let second = split(&classes, 0.5, &mut generator).accepted(CALL)?;
        // Two of the 120-choose-60 > 10³⁴ sets are the same with a chance below 10⁻³⁴.
        ensure(first != second, || {
            let look = "Does the generator move on, or is it a clone, or one of a fixed seed?";
            Broken::answer("the same split twice in a row", "another one", look)
        })
    });
}

#[test]
fn every_row_of_a_class_is_as_likely_for_the_test() {
    for_all("seed", any::seed()).cases(4).holds(|seed| {
        const TIMES: usize = 1500;
        let mut generator = Generator::from_seed(*seed);
        let classes = ["a", "b", "a", "a", "b", "a", "b", "a", "b"];
        let mut tested = [0_usize; 9];
        let mut together = 0_usize;
        for _ in 0..TIMES {
            let [_, test] = split(&classes, 0.5, &mut generator).accepted(CALL)?;
            test.iter().for_each(|&i| tested[i] += 1);
            together += usize::from(test.contains(&1) && test.contains(&4));
        }
        // Hoeffding's bound for each of ten shares, with a false alarm below 10⁻¹³ in all.
        for (i, count) in tested.iter().enumerate() {
            let want = if classes[i] == "a" { 3.0 / 5.0 } else { 0.5 };
            near(
                &format!("how often row {i} of class {} is tested", classes[i]),
                *count as f64 / TIMES as f64,
                want,
                TIMES,
            )?;
        }
        // Two of four rows: each of the six pairs is as likely.
        near(
            "how often rows 1 and 4, both of class b, are tested together",
            together as f64 / TIMES as f64,
            1.0 / 6.0,
            TIMES,
        )
    });
}

fn near(what: &str, got: f64, want: f64, times: usize) -> Result<(), Broken> {
    ensure((got - want).abs() <= hoeffding(times), || {
        let look =
            "Each set of that many rows of the class is to be as likely as any other: shuffle, then cut.";
        Broken::answer(
            format!("{what}: {got:.3}"),
            format!("{want:.3}, give or take {:.3}", hoeffding(times)),
            look,
        )
    })
}

#[test]
fn early_rows_are_tested_as_often_as_late_ones() {
    for_all("seed", any::seed()).cases(1).holds(|seed| {
        let mut generator = Generator::from_seed(*seed);
        let mut counts = [0; 9];
        for _ in 0..10_000 {
            let [_, test] = split(&["a"; 16], 0.5, &mut generator).accepted(CALL)?;
            counts[test.iter().filter(|i| **i < 8).count().min(8)] += 1;
        }
        // Of the 12,870 sets of 8 rows, C(8, k)² have k of the first 8.
        let sets = [1.0, 64.0, 784.0, 3136.0, 4900.0, 3136.0, 784.0, 64.0, 1.0].map(|many| many / 12_870.0);
        let kinds = [0, 1, 2, 3, 4, 5, 6, 7, 8];
        let look = "Each set of 8 rows is to be as likely as any other. Who swaps each row with any other, \
            and not with those that are left, favors some: `Generator::shuffle` does not.";
        let call = "split(16 rows of one class, ½, generator): how many of the first 8 are tested";
        // By relative entropy, with a false alarm below 10⁻⁹.
        drawn_with(call, &kinds, &counts, &sets, look)
    });
}

#[test]
fn the_classes_are_drawn_apart() {
    for_all("seed", any::seed()).cases(4).holds(|seed| {
        const TIMES: usize = 1500;
        let mut generator = Generator::from_seed(*seed);
        let mut both = 0_usize;
        for _ in 0..TIMES {
            let [_, test] = split(&["a", "b", "a", "b"], 0.5, &mut generator).accepted(CALL)?;
            both += usize::from(test.contains(&0) && test.contains(&1));
        }
        near(
            "how often the first a and the first b are tested together",
            both as f64 / TIMES as f64,
            0.25,
            TIMES,
        )
    });
}

#[test]
fn a_share_that_leaves_nothing_is_rejected() {
    for_all("bad", any::not_finite()).cases(16).holds(|bad| {
        let ask = |share| split(&["a", "b"], share, &mut Generator::from_seed(1));
        let look = "s is more than 0 and less than 1.";
        let want = InputError::NotFinite { name: "test_share", index: 0 };
        rejected(&format!("split([a, b], {bad}, generator)"), ask(*bad), want, look)?;
        for got in [0.0, 1.0, -0.5, 1.5] {
            let want =
                InputError::OutOfRange { name: "test_share", got, wanted: "more than 0 and less than 1" };
            rejected(&format!("split([a, b], {got}, generator)"), ask(got), want, look)?;
        }
        Ok(())
    });
}

#[test]
fn no_rows_are_rejected() {
    example(|| {
        let got = split(&[], 0.5, &mut Generator::from_seed(1));
        rejected(
            "split([], 0.5, generator)",
            got,
            InputError::TooFew { got: 0, wanted: 1 },
            "There is nothing to part.",
        )?;
        for share in [f64::NAN, 2.0] {
            let got = split(&[], share, &mut Generator::from_seed(1));
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let look =
                "Of several reasons the one that stands first in the list is told: rows before the share.";
            rejected(&format!("split([], {share}, generator)"), got, want, look)?;
        }
        Ok(())
    });
}
