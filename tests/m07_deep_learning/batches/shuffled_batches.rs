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
fn is_a_partition_of_the_samples() {
    for_all("n, b, seed", (1..=12_usize, 1..=14_usize, any::seed())).holds(|&(n, b, seed)| {
        let got = batches(n, b, seed)?;
        let mut seen = got.concat();
        seen.sort_unstable();
        let want: Vec<usize> = (0..n).collect();
        let look = "Every sample once, including those of the last partial batch.";
        equal(&format!("all numbers of {got:?}, sorted,"), seen, want, look)
    });
}

#[test]
fn only_the_last_batch_is_partial() {
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
        let look = "n = 7 and b = 3 make batches of 3, 3 and 1. None is dropped, filled up or empty. For \
            a huge \
            b, n + b overflows.";
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
    let look = "Shuffle the samples, not the batches and not only within them: every order is equally \
        likely.";
    drawn_with(&format!("shuffled_batches(3, {size}, generator)"), &names, &counts, &[1.0 / 6.0; 6], look)
}

#[test]
fn every_order_is_equally_likely() {
    for_all("b", 1..=4_usize).cases(4).holds(|&size| orders_are_fair(size));
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
            let look = "The state of the generator has to advance: use the given one, do not clone it or \
                seed another.";
            Broken::answer(format!("twice {first:?}"), "another order", look)
        })
    });
}

#[test]
fn depends_on_the_generator_only() {
    for_all("seed", any::seed()).cases(32).holds(|&seed| {
        let look = "All randomness comes from the given generator.";
        equal("the same seed once more", batches(40, 7, seed)?, batches(40, 7, seed)?, look)?;
        ensure(batches(40, 7, seed)? != batches(40, 7, seed ^ 1)?, || {
            Broken::answer("two seeds, one order", "another order", look)
        })
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

mod robust {
    use super::*;

    #[test]
    fn shuffles_all_of_many_samples() {
        for_all("b", 1..=64_usize).cases(2).holds(|&size| {
            let (mut generator, mut counts) = (Generator::from_seed(7), [0; 4]);
            let call = "shuffled_batches(64, b, generator)";
            for _ in 0..2000 {
                let order = shuffled_batches(64, size, &mut generator).accepted(call)?.concat();
                let place = order.iter().position(|i| *i == 0).unwrap_or(0);
                counts[place * 4 / 64] += 1;
            }
            let look = "Sample 0 is equally often among the last as among the first: shuffle all \
                samples, not \
                within a buffer.";
            let quarters = ["sample 0 in the first quarter", "in the second", "in the third", "in the last"];
            drawn_with(call, &quarters, &counts, &[0.25; 4], look)
        });
    }

    #[test]
    fn orders_do_not_repeat() {
        for_all("seed", any::seed()).cases(2).holds(|&seed| {
            let mut generator = Generator::from_seed(seed);
            let mut epoch =
                || shuffled_batches(40, 7, &mut generator).accepted("shuffled_batches(40, 7, generator)");
            let orders: HashSet<_> = (0..400).map(|_| epoch()).collect::<Result<_, _>>()?;
            // 80,000 pairs of epochs, each equal once in 10⁴⁷.
            let look = "All orders are possible: seeding from a few values gives only a few orders.";
            equal("different orders in 400 epochs", orders.len(), 400, look)
        });
    }

    #[test]
    fn rejects_no_samples_and_empty_batches() {
        example(|| {
            let mut generator = Generator::from_seed(1);
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "shuffled_batches(0, 2, …)",
                shuffled_batches(0, 2, &mut generator),
                want,
                "Without samples there are no batches.",
            )?;
            let want = InputError::OutOfRange { name: "batch_size", got: 0.0, wanted: "at least 1" };
            rejected(
                "shuffled_batches(3, 0, …)",
                shuffled_batches(3, 0, &mut generator),
                want,
                "A batch holds at least one sample.",
            )
        });
    }

    #[test]
    fn is_a_partition_for_any_size() {
        let inputs = (any::size(1..=12, 1025), prop_oneof![1..=14_usize, 60..=70_usize], any::seed());
        for_all("n, b, seed", inputs).cases(96).holds(|&(n, b, seed)| {
            let got = batches(n, b, seed)?;
            let sizes: Vec<usize> = got.iter().map(Vec::len).collect();
            let full = (n - 1) / b;
            let want: Vec<usize> = (0..=full).map(|i| if i < full { b } else { n - full * b }).collect();
            equal(
                "the sizes of the batches",
                sizes,
                want,
                "All batches hold b samples, the last one the rest.",
            )?;
            let mut seen = got.concat();
            seen.sort_unstable();
            equal("all samples, sorted,", seen, (0..n).collect(), "Every sample once, in whichever batch.")
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        let n = judge::any::select(vec![40_usize, 65, 101, 257, 1025]);
        for_all("n, seed", (n, any::seed())).cases(32).holds(|&(n, seed)| {
            let look = "All randomness comes from the given generator.";
            equal("the same seed once more", batches(n, 7, seed)?, batches(n, 7, seed)?, look)?;
            ensure(batches(n, 7, seed)? != batches(n, 7, seed ^ 1)?, || {
                Broken::answer("two seeds, one order", "another order", look)
            })
        });
    }
}
