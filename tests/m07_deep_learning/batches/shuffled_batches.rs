use std::collections::HashSet;

use judge::{Answer, any, drawn_with, ensure, equal, example, for_all, rejected};
use judge::{Broken, Verdict};
use katas::m07_deep_learning::batches::shuffled_batches;
use kit::{Generator, InputError};
use proptest::prop_oneof;

fn batches(n: usize, size: usize, seed: u64) -> Result<Vec<Vec<usize>>, Broken> {
    shuffled_batches(n, size, &mut Generator::from_seed(seed)).accepted("shuffled_batches(n, b, generator)")
}

#[test]
fn each_sample_comes_once_an_epoch() {
    for_all("n, b, seed", (1..=12_usize, 1..=14_usize, any::seed())).holds(|&(n, b, seed)| {
        let got = batches(n, b, seed)?;
        let mut seen = got.concat();
        seen.sort_unstable();
        let want: Vec<usize> = (0..n).collect();
        let look = "Every sample once, none twice, none left out; also those of the last, short batch.";
        equal(&format!("all numbers of {got:?}, sorted,"), seen, want, look)
    });
}

#[test]
fn all_batches_are_full_but_the_last_which_holds_the_rest() {
    // Few samples to follow, or many; or more a batch than could ever be.
    let sizes = prop_oneof![
        4 => (1..=12_usize, 1..=14_usize),
        1 => (700..=800_usize, 300..=400_usize),
        1 => (1..=12_usize, usize::MAX - 1..=usize::MAX)
    ];
    for_all("(n, b), seed", (sizes, any::seed())).holds(|&((n, b), seed)| {
        let sizes: Vec<usize> = batches(n, b, seed)?.iter().map(Vec::len).collect();
        let full = (n - 1) / b;
        let want: Vec<usize> = (0..=full).map(|i| if i < full { b } else { n - full * b }).collect();
        let look = "n = 7 and b = 3 make batches of 3, 3 and 1. None is dropped, none filled up, none \
            empty. b may be so large that n + b is no number any more.";
        equal("the sizes of the batches", sizes, want, look)
    });
}

/// Orders of three samples, 20,000 times. Where each place is swapped with any other some orders come 5 times in 27,
/// others 4 times: the relative entropy is then 0.006, and 20,000 times that is far above what is allowed.
fn orders_are_fair(size: usize) -> Verdict {
    let mut generator = Generator::from_seed(7);
    let names = ["012", "021", "102", "120", "201", "210"];
    let mut counts = [0; 6];
    for _ in 0..20_000 {
        let order =
            shuffled_batches(3, size, &mut generator).accepted("shuffled_batches(3, b, generator)")?;
        let order: String = order.concat().iter().map(ToString::to_string).collect();
        let place = names.iter().position(|name| **name == order);
        let place =
            place.ok_or_else(|| Broken::answer(&order, "an order of 0, 1 and 2", "Lost a sample?"))?;
        counts[place] += 1;
    }
    let look = "Shuffle the samples, not the batches and not only within them: every order is as likely as \
        any other.";
    drawn_with(&format!("shuffled_batches(3, {size}, generator)"), &names, &counts, &[1.0 / 6.0; 6], look)
}

#[test]
fn every_order_is_equally_likely_whatever_the_size_of_a_batch() {
    for_all("b", 1..=4_usize).cases(4).holds(|&size| orders_are_fair(size));
}

#[test]
fn of_many_samples_each_may_come_anywhere() {
    for_all("b", 1..=64_usize).cases(2).holds(|&size| {
        let (mut generator, mut counts) = (Generator::from_seed(7), [0; 4]);
        let call = "shuffled_batches(64, b, generator)";
        for _ in 0..2000 {
            let order = shuffled_batches(64, size, &mut generator).accepted(call)?.concat();
            let place = order.iter().position(|i| *i == 0).unwrap_or(0);
            counts[place * 4 / 64] += 1;
        }
        let look = "Sample 0 is as often among the last as among the first: shuffle all samples, not one \
            piece after another.";
        let quarters = ["sample 0 in the first quarter", "in the second", "in the third", "in the last"];
        drawn_with(call, &quarters, &counts, &[0.25; 4], look)
    });
}

#[test]
fn the_next_epoch_has_another_order() {
    for_all("seed", any::seed()).cases(32).holds(|&seed| {
        let mut generator = Generator::from_seed(seed);
        let mut epoch =
            || shuffled_batches(40, 7, &mut generator).accepted("shuffled_batches(40, 7, generator)");
        let (first, second) = (epoch()?, epoch()?);
        // Two orders of forty are equal once in 10⁴⁷.
        ensure(first != second, || {
            let look = "The generator has to go on: take it by `&mut`, do not copy it or seed a new one.";
            Broken::answer(format!("twice {first:?}"), "another order", look)
        })
    });
}

#[test]
fn no_order_comes_back() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        let mut generator = Generator::from_seed(seed);
        let mut epoch =
            || shuffled_batches(40, 7, &mut generator).accepted("shuffled_batches(40, 7, generator)");
        let orders: HashSet<_> = (0..400).map(|_| epoch()).collect::<Result<_, _>>()?;
        // 80,000 pairs of epochs, each equal once in 10⁴⁷.
        let look = "All orders are possible: a seed drawn from a few makes as few orders.";
        equal("different orders in 400 epochs", orders.len(), 400, look)
    });
}

#[test]
fn the_seed_decides() {
    for_all("seed", any::seed()).cases(32).holds(|&seed| {
        let look = "All chance comes from the generator that is handed in.";
        equal("the same seed once more", batches(40, 7, seed)?, batches(40, 7, seed)?, look)?;
        ensure(batches(40, 7, seed)? != batches(40, 7, seed ^ 1)?, || {
            Broken::answer("two seeds, one order", "another order", look)
        })
    });
}

#[test]
fn no_samples_and_empty_batches_are_rejected() {
    example(|| {
        let mut generator = Generator::from_seed(1);
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "shuffled_batches(0, 2, …)",
            shuffled_batches(0, 2, &mut generator),
            want.clone(),
            "Nothing to learn from.",
        )?;
        rejected(
            "shuffled_batches(0, 0, …)",
            shuffled_batches(0, 0, &mut generator),
            want,
            "Both are wrong: what stands first in the documentation is reported.",
        )?;
        let want = InputError::OutOfRange { name: "batch_size", got: 0.0, wanted: "at least 1" };
        rejected(
            "shuffled_batches(3, 0, …)",
            shuffled_batches(3, 0, &mut generator),
            want,
            "Batches of nothing never come to an end.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m07_deep_learning::batches::shuffled_batches;
        use kit::Generator;
        let batches = shuffled_batches(5, 2, &mut Generator::from_seed(1)).unwrap();
        let sizes: Vec<_> = batches.iter().map(Vec::len).collect();
        assert_eq!(sizes, [2, 2, 1]);
        Ok::<(), kit::InputError>(())
    });
}
