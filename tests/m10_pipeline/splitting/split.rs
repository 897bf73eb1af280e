use judge::any::select;
use judge::any::vec;
use judge::bounds::hoeffding;
use judge::{Answer, Broken, Verdict, any, drawn_with, ensure, equal, example, for_all, rejected};
use katas::m10_pipeline::splitting::split;
use kit::{Generator, InputError};
use proptest::prelude::*;

use judge::any::sizes;

const CALL: &str = "split(classes, s, generator)";

/// Classes of a few rows, a test fraction in eighths, and a seed.
fn drawn() -> impl Strategy<Value = (Vec<&'static str>, f64, u64)> + Send + Sync + Clone {
    let share = (1..8_i32).prop_map(|k| f64::from(k) / 8.0);
    (vec(select(vec!["a", "b", "c"]), 1..=12), share, any::seed())
}

fn parts(classes: &[&str], share: f64, seed: u64) -> Result<[Vec<usize>; 2], Broken> {
    split(classes, share, &mut Generator::from_seed(seed)).accepted(CALL)
}

#[test]
fn parts_are_a_partition() {
    for_all("classes, s, seed", drawn()).holds(|(classes, share, seed)| {
        let [train, test] = parts(classes, *share, *seed)?;
        let mut all = [train, test].concat();
        all.sort_unstable();
        let look = "A row in both parts would be learned before it is in the test set: data leakage.";
        equal("all row numbers of both parts, sorted", all, (0..classes.len()).collect(), look)
    });
}

/// Of a class with n rows ⌊s·n + ½⌋ are for the test, at most n − 1.
fn test_sizes_are_right(classes: &[&'static str], share: f64, seed: u64) -> Verdict {
    let [_, test] = parts(classes, share, seed)?;
    for class in ["a", "b", "c"] {
        let n = classes.iter().filter(|it| **it == class).count();
        let want = ((share * n as f64 + 0.5).floor() as usize).min(n.saturating_sub(1));
        let got = test.iter().filter(|&&i| classes[i] == class).count();
        let look = format!(
            "Of the {n} rows of {class}, ⌊s·{n} + ½⌋ are for the test, and at least one for training."
        );
        equal(&format!("test rows of class {class}"), got, want, look)?;
    }
    Ok(())
}

#[test]
fn each_class_has_its_test_fraction() {
    for_all("classes, s, seed", drawn())
        .holds(|(classes, share, seed)| test_sizes_are_right(classes, *share, *seed));
}

#[test]
fn indices_are_sorted() {
    for_all("classes, s, seed", drawn()).cases(128).holds(|(classes, share, seed)| {
        let parts = parts(classes, *share, *seed)?;
        ensure(parts.iter().all(|part| part.is_sorted()), || {
            let got = format!("{CALL} = {parts:?}");
            Broken::answer(got, "both in ascending order", "Sort each part at the end.")
        })
    });
}

#[test]
fn is_reproducible() {
    for_all("classes, s, seed", drawn()).cases(128).holds(|(classes, share, seed)| {
        let first = parts(classes, *share, *seed)?;
        for _ in 0..4 {
            let look = "All randomness comes from the generator; the order of a HashMap is random, too.";
            let again = parts(classes, *share, *seed)?;
            equal("the split again, from the same seed", again, first.clone(), look)?;
        }
        Ok(())
    });
}

#[test]
fn is_right_for_any_number_of_rows_and_classes() {
    let part = |n: i32| (1..n).prop_map(move |k| f64::from(k) / f64::from(n));
    let share = prop_oneof![3 => part(8), 1 => part(1000)];
    for_all("rows, classes, s, seed", (sizes([1..=12, 1..=4], [1025, 65]), share, any::seed()))
        .cases(64)
        .holds(|&([rows, k], share, seed)| {
            let mut generator = Generator::from_seed(seed);
            let names: Vec<String> = (0..k).map(|c| format!("class {c}")).collect();
            let classes: Vec<&str> = (0..rows).map(|_| names[generator.below(k)].as_str()).collect();
            let [train, test] = parts(&classes, share, seed)?;
            let look = "Every row is in exactly one part, in ascending order, and every class has its share.";
            let mut all = [&train[..], &test].concat();
            all.sort_unstable();
            equal("all row numbers of both parts, sorted", all, (0..rows).collect(), look)?;
            equal("both in ascending order", [train.is_sorted(), test.is_sorted()], [true; 2], look)?;
            for name in &names {
                let of = |part: &[usize]| part.iter().filter(|i| classes[**i] == name).count();
                let n = of(&train) + of(&test);
                let want = ((share * n as f64 + 0.5).floor() as usize).min(n.saturating_sub(1));
                equal(&format!("test rows of {name}, of {n}"), of(&test), want, look)?;
            }
            Ok(())
        });
}

#[test]
fn is_uniform_within_a_class() {
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
            let call = format!("how often row {i} of class {} is in the test set", classes[i]);
            near(&call, *count as f64 / TIMES as f64, want, TIMES)?;
        }
        // Two of four rows: each of the six pairs is as likely.
        let (call, share) = ("how often rows 1 and 4 of class b are tested together", together as f64);
        near(call, share / TIMES as f64, 1.0 / 6.0, TIMES)
    });
}

fn near(what: &str, got: f64, want: f64, times: usize) -> Result<(), Broken> {
    ensure((got - want).abs() <= hoeffding(times), || {
        let look = "Each subset of that size of a class must be equally likely: shuffle, then cut.";
        Broken::answer(
            format!("{what}: {got:.3}"),
            format!("{want:.3}, give or take {:.3}", hoeffding(times)),
            look,
        )
    })
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m10_pipeline::splitting::split;
        use kit::Generator;
        let classes = ["a", "b", "a", "a", "b", "a", "c"];
        let [train, test] = split(&classes, 0.5, &mut Generator::from_seed(1))?;
        assert_eq!((train.len(), test.len()), (4, 3));
        assert!(train.contains(&6), "the only c is there to be learned from");
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn distinguishes_classes_as_they_are_written() {
        example(|| {
            let long = ["abcdefghijklm", "abcdefghijkln"];
            for classes in [["a", "A"], ["a", "a "], [" a", "a"], ["1", "1.0"], ["", "a"], ["é", "e"], long]
            {
                let call = format!("split({classes:?}, ½, generator)");
                let got = split(&classes, 0.5, &mut Generator::from_seed(1)).accepted(&call)?;
                let look =
                    "Two classes of one row each, which is for training. Names are compared as they are.";
                equal(&call, got, [vec![0, 1], vec![]], look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rounds_the_test_fraction_exactly() {
        // A little less or more than an eighth decides at ½, though f32 does not distinguish it from the eighth.
        let off = select(vec![0.5_f64.powi(40), -0.5_f64.powi(40)]);
        for_all("classes, s, seed, offset of s", (drawn(), off))
            .holds(|((classes, share, seed), off)| test_sizes_are_right(classes, share + off, *seed));
    }

    #[test]
    fn advances_the_generator() {
        for_all("seed", any::seed()).cases(32).holds(|seed| {
            let mut generator = Generator::from_seed(*seed);
            let classes = ["a"; 120];
            let first = split(&classes, 0.5, &mut generator).accepted(CALL)?;
            let second = split(&classes, 0.5, &mut generator).accepted(CALL)?;
            // Two of the 120-choose-60 > 10³⁴ sets are the same with a chance below 10⁻³⁴.
            ensure(first != second, || {
                let look = "Does the generator advance, or is it a clone, or one with a fixed seed?";
                Broken::answer("the same split twice in a row", "another one", look)
            })
        });
    }

    #[test]
    fn is_unbiased_over_positions() {
        for_all("seed", any::seed()).cases(1).holds(|seed| {
            let mut generator = Generator::from_seed(*seed);
            let mut counts = [0; 9];
            for _ in 0..10_000 {
                let [_, test] = split(&["a"; 16], 0.5, &mut generator).accepted(CALL)?;
                counts[test.iter().filter(|i| **i < 8).count().min(8)] += 1;
            }
            // Of the 12,870 sets of 8 rows, C(8, k)² have k of the first 8.
            let sets =
                [1.0, 64.0, 784.0, 3136.0, 4900.0, 3136.0, 784.0, 64.0, 1.0].map(|many| many / 12_870.0);
            let kinds = [0, 1, 2, 3, 4, 5, 6, 7, 8];
            let look = "Each set of 8 rows must be equally likely. A shuffle that swaps each row with any \
                other row is biased; `Generator::shuffle` is not.";
            let call = "split(16 rows of one class, ½, generator): how many of the first 8 are in the test \
                set";
            // By relative entropy, with a false alarm below 10⁻⁹.
            drawn_with(call, &kinds, &counts, &sets, look)
        });
    }

    #[test]
    fn classes_are_independent() {
        for_all("seed", any::seed()).cases(4).holds(|seed| {
            const TIMES: usize = 1500;
            let mut generator = Generator::from_seed(*seed);
            let mut both = 0_usize;
            for _ in 0..TIMES {
                let [_, test] = split(&["a", "b", "a", "b"], 0.5, &mut generator).accepted(CALL)?;
                both += usize::from(test.contains(&0) && test.contains(&1));
            }
            near(
                "how often the first a and the first b are in the test set together",
                both as f64 / TIMES as f64,
                0.25,
                TIMES,
            )
        });
    }

    #[test]
    fn every_row_of_many_is_tested_as_often() {
        let shares = select(vec![0.1, 0.25, 0.5, 0.75, 0.9]);
        let inputs = (select(vec![13_usize, 41, 151, 301]), shares, select(vec![0_usize, 1, 12]));
        for_all("rows of class a, s, further classes of two rows", inputs).cases(12).holds(
            |&(rows, share, more)| {
                let mut generator = Generator::from_seed(rows as u64);
                let others: Vec<String> = (0..more).map(|c| format!("{}{c}", ["b", "A"][c % 2])).collect();
                let names = others.iter().flat_map(|name| [name.as_str(); 2]);
                let classes: Vec<&str> = vec!["a"; rows].into_iter().chain(names).collect();
                let (times, many) = (1200, ((share * rows as f64 + 0.5).floor() as usize).min(rows - 1));
                let (mut first, mut middle, mut last) = (0, 0, 0);
                // Rows that are tested in one split and in the next.
                let (mut pairs, mut before) = (0, None);
                for _ in 0..times {
                    let [_, test] = split(&classes, share, &mut generator).accepted(CALL)?;
                    first += usize::from(test.contains(&0));
                    middle += usize::from(test.contains(&(rows / 2)));
                    last += usize::from(test.contains(&(rows - 1)));
                    let is_first = test.contains(&(rows - 2));
                    pairs += usize::from(before == Some(true) && test.contains(&(rows - 1)));
                    before = Some(is_first);
                }
                let want = many as f64 / rows as f64;
                for (what, count) in [("first", first), ("middle", middle), ("last", last)] {
                    let (what, got) = (
                        format!("how often the {what} of {rows} rows is tested"),
                        count as f64 / f64::from(times),
                    );
                    near(&what, got, want, times as usize)?;
                }
                let got = pairs as f64 / f64::from(times - 1);
                // Dependence on the split before is one of neighbors only: half of the pairs are independent of one another.
                let allowed = 2.0 * hoeffding(times as usize / 2);
                ensure((got - want * want).abs() <= allowed, || {
                    let look =
                        "Each split uses new numbers: a clone that is advanced by one repeats the rest.";
                    let what = format!("the last row but one, then the last, are tested: {got:.3}");
                    Broken::answer(what, format!("{:.3}, give or take {allowed:.3}", want * want), look)
                })
            },
        );
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        let rows = select(vec![120_usize, 151, 301, 1025]);
        for_all("rows, classes, seed", (rows, 1..=3_usize, any::seed())).cases(24).holds(
            |&(rows, k, seed)| {
                let classes: Vec<&str> = (0..rows).map(|i| ["a", "b", "c"][i % k]).collect();
                let [mut first, mut again, mut other] = [seed, seed, seed ^ 1].map(Generator::from_seed);
                let mut one = split(&classes, 0.5, &mut first).accepted(CALL)?;
                let look = "All randomness comes from the generator, which advances.";
                equal(
                    "the split from the same state",
                    split(&classes, 0.5, &mut again).accepted(CALL)?,
                    one.clone(),
                    look,
                )?;
                equal("and the generator afterwards", again.state(), first.state(), look)?;
                for generator in [&mut other, &mut first] {
                    let next = split(&classes, 0.5, generator).accepted(CALL)?;
                    // Even three classes of forty have more than 10³⁰ splits.
                    ensure(next != one, || {
                        Broken::answer("the same split from another state", "another one", look)
                    })?;
                    one = next;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_invalid_fractions() {
        for_all("bad", any::not_finite()).cases(16).holds(|bad| {
            let ask = |share| split(&["a", "b"], share, &mut Generator::from_seed(1));
            let look = "s is more than 0 and less than 1.";
            let want = InputError::NotFinite { name: "test_share", index: 0 };
            rejected(&format!("split([a, b], {bad}, generator)"), ask(*bad), want, look)?;
            for got in [0.0, 1.0, -0.5, 1.5, 1.0 + 1e-9, -1e-9, 1e300, -1e300, -0.0] {
                let want =
                    InputError::OutOfRange { name: "test_share", got, wanted: "more than 0 and less than 1" };
                rejected(&format!("split([a, b], {got}, generator)"), ask(got), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_empty_input() {
        example(|| {
            let got = split(&[], 0.5, &mut Generator::from_seed(1));
            rejected(
                "split([], 0.5, generator)",
                got,
                InputError::TooFew { got: 0, wanted: 1 },
                "There is no row to split.",
            )
        });
    }

    #[test]
    fn handles_many_rows_and_tiny_fractions() {
        let classes = any::size(1..=12, 257).prop_flat_map(|n| vec(select(vec!["a", "b", "c"]), n));
        let share = prop_oneof![2 => Just(0.25), 2 => Just(0.4), 1 => Just(1e-10), 1 => Just(1.0 - 1e-10)];
        for_all("classes, s, seed", (classes, share, any::seed())).cases(96).holds(
            |(classes, share, seed)| {
                let [train, test] = parts(classes, *share, *seed)?;
                let again = parts(classes, *share, *seed)?;
                let look = "All randomness comes from the seed.";
                equal("the same split again", again, [train.clone(), test.clone()], look)?;
                let mut all = [train, test].concat();
                all.sort_unstable();
                let look = "Each row is in exactly one part.";
                equal("all row numbers of both parts, sorted", all, (0..classes.len()).collect(), look)?;
                test_sizes_are_right(classes, *share, *seed)
            },
        );
    }
}
