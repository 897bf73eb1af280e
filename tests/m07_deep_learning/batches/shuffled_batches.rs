use std::collections::HashSet;

use judge::any::select;
use judge::{Answer, any, drawn_with, ensure, equal, for_all, rejected};
use judge::{Broken, Verdict};
use katas::m07_deep_learning::batches::shuffled_batches;
use kit::{Generator, InputError};
use proptest::prelude::{Just, Strategy as _, prop_oneof};

use judge::any::sizes;

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
    for_all("n, b, seed", (sizes, any::seed())).holds(|&((n, b), seed)| {
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
fn is_a_partition_for_any_size() {
    let many = (61..=1603_usize, 61..=801_usize).prop_map(|(n, b)| [n, b]);
    let inputs = (prop_oneof![3 => sizes([1..=12, 1..=14], [1025, 301]), 1 => many], any::seed());
    for_all("n, b, seed", inputs).cases(64).holds(|&([n, b], seed)| {
        // The same samples and numbers in other batches before: nothing of them is kept.
        equal("the number of batches of 1", batches(n, 1, seed)?.len(), n, "One sample each.")?;
        let got = batches(n, b, seed)?;
        let sizes: Vec<usize> = got.iter().map(Vec::len).collect();
        let full = (n - 1) / b;
        let want: Vec<usize> = (0..=full).map(|i| if i < full { b } else { n - full * b }).collect();
        let look = "All batches hold b samples, the last one the rest.";
        equal("the sizes of the batches", sizes, want, look)?;
        let mut seen = got.concat();
        seen.sort_unstable();
        equal("all samples, sorted,", seen, (0..n).collect(), "Every sample once, in whichever batch.")
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
    fn every_place_of_many_is_drawn_fairly() {
        // The larger, the fewer epochs: a place that is never drawn shows in all of them.
        let sizes = select(vec![(13_usize, 2000), (41, 2000), (65, 2000), (301, 1000), (1025, 400)]);
        // And as many samples as a data set has.
        let sizes = prop_oneof![3 => sizes, 2 => Just((4097, 100))];
        for_all("n, epochs, b", (sizes, 0..3_usize)).cases(12).holds(|&((n, epochs), which)| {
            let (mut generator, size) = (Generator::from_seed(7), [1, 10, n][which]);
            let call = format!("shuffled_batches({n}, {size}, generator)");
            let (mut places, mut samples, mut alike) = ([[0; 4]; 3], [[0; 4]; 3], 0);
            for _ in 0..epochs {
                let order = shuffled_batches(n, size, &mut generator).accepted(&call)?.concat();
                equal("the number of samples", order.len(), n, "Every sample once.")?;
                for (which, at) in [0, n / 2, n - 1].into_iter().enumerate() {
                    let place = order.iter().position(|i| *i == at).unwrap_or(0);
                    places[which][place * 4 / n] += 1;
                    samples[which][order[at] * 4 / n] += 1;
                }
                let step = |j: usize| (order[j + 1] + n - order[j]) % n;
                alike += (0..n - 1).filter(|j| [1, n - 1].contains(&step(*j))).count();
                alike += (1..n - 1).filter(|j| step(*j) == step(j - 1)).count();
            }
            let share = |quarter: usize| (0..n).filter(|i| i * 4 / n == quarter).count() as f64 / n as f64;
            let shares = [0, 1, 2, 3].map(share);
            let names = ["the first quarter", "the second", "the third", "the last"];
            for (which, what) in ["first", "middle", "last"].into_iter().enumerate() {
                let look = "Shuffle all samples, not within a buffer, and leave none in its place.";
                let call = format!("place of the {what} sample of {n}");
                drawn_with(&call, &names, &places[which], &shares, look)?;
                drawn_with(
                    &format!("the {what} of {n} in the order"),
                    &names,
                    &samples[which],
                    &shares,
                    look,
                )?;
            }
            // In a random order about two neighbors follow each other up or down, and about one step is as the one before:
            // a Poisson variable of mean 3·400 exceeds twice that with a chance below 10⁻²⁰⁰.
            ensure(alike < 6 * epochs, || {
                let look = "Every order is possible: no runs that stay together, no constant stride.";
                Broken::answer(
                    format!("{alike} neighbors alike in {epochs} epochs"),
                    "about three an epoch",
                    look,
                )
            })
        });
    }

    /// Where two samples come in 2,000 epochs: all pairs of places are equally likely, for any number of samples.
    #[test]
    fn every_pair_of_places_is_equally_likely() {
        let n = any::part(prop_oneof![1 => Just(2), 3 => 2..=16_usize]);
        for_all("n, b, i, j", (n, select(vec![1_usize, 3, 0, 40]), any::seed(), any::seed()))
            .cases(16)
            .holds(|&(n, size, i, j)| {
                // Or all of them in one batch.
                let size = if size == 0 { n } else { size };
                let i = i as usize % n;
                let j = (i + 1 + j as usize % (n - 1)) % n;
                let (mut generator, mut counts) = (Generator::from_seed(5), vec![0; n * (n - 1)]);
                let call = format!("shuffled_batches({n}, {size}, generator)");
                for _ in 0..2000 {
                    let order = shuffled_batches(n, size, &mut generator).accepted(&call)?.concat();
                    let place = |of: usize| order.iter().position(|sample| *sample == of);
                    let (Some(p), Some(q)) = (place(i), place(j)) else {
                        return Err(Broken::answer(
                            format!("{order:?}"),
                            format!("{i} and {j} in it"),
                            "Lost a sample?",
                        ));
                    };
                    equal("the number of samples", order.len(), n, "Every sample once.")?;
                    counts[p * (n - 1) + q - usize::from(q > p)] += 1;
                }
                let pair = |k: usize| (k / (n - 1), k % (n - 1) + usize::from(k % (n - 1) >= k / (n - 1)));
                let names: Vec<String> = (0..counts.len()).map(|k| format!("{:?}", pair(k))).collect();
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let shares = vec![1.0 / counts.len() as f64; counts.len()];
                let look = "Every order is equally likely, for few samples and for one batch as well.";
                drawn_with(&format!("places of {i} and {j} in {call}"), &names, &counts, &shares, look)
            });
    }

    #[test]
    fn successive_epochs_are_independent() {
        for_all("n", select(vec![3_usize, 17, 65])).cases(6).holds(|&n| {
            let (mut generator, epochs) = (Generator::from_seed(3), if n < 65 { 8000 } else { 3000 });
            let places = [0, 1, n - 2, n - 1];
            let mut counts = [[0; 4]; 16];
            let mut before: Option<Vec<usize>> = None;
            for _ in 0..epochs {
                let call = "shuffled_batches(n, 7, generator)";
                let order = shuffled_batches(n, 7, &mut generator).accepted(call)?;
                let order = order.concat();
                equal("the number of samples", order.len(), n, "Every sample once.")?;
                if let Some(before) = &before {
                    for k in 0..16 {
                        let (p, q) = (before[places[k / 4]], order[places[k % 4]]);
                        counts[k][2 * usize::from(p < n / 2) + usize::from(q < n / 2)] += 1;
                    }
                }
                before = Some(order);
            }
            let low = (n / 2) as f64 / n as f64;
            let want = [(1.0 - low) * (1.0 - low), low * (1.0 - low), low * (1.0 - low), low * low];
            let names = ["both above", "the second below the middle", "the first", "both"];
            let look = "Each epoch uses new numbers: a clone that is advanced by one repeats the rest.";
            counts.iter().enumerate().try_for_each(|(k, counts)| {
                let (now, then) = (places[k / 4], places[k % 4]);
                let call = format!("sample at place {now}, and at place {then} an epoch later");
                drawn_with(&call, &names, counts, &want, look)
            })
        });
    }

    /// The order of four in one epoch says nothing about who comes where one to four epochs later. Where epochs share
    /// numbers, every other one of the 96 cases never comes.
    #[test]
    fn later_epochs_do_not_depend_on_this_one() {
        for_all("epochs later, place", (1..=4_usize, 0..4_usize)).cases(16).holds(|&(later, place)| {
            let mut generator = Generator::from_seed(11);
            let call = "shuffled_batches(4, 3, generator)";
            let mut epoch = || Ok(shuffled_batches(4, 3, &mut generator).accepted(call)?.concat());
            let orders: Vec<Vec<usize>> = (0..4000).map(|_| epoch()).collect::<Result<_, Broken>>()?;
            let of = |order: &[usize]| order.iter().fold(0, |all, i| 4 * all + i.min(&3));
            let mut known: Vec<usize> = orders.iter().map(|order| of(order)).collect();
            known.sort_unstable();
            known.dedup();
            equal("different orders of four", known.len(), 24, "Every order is possible.")?;
            let mut counts = vec![0; 96];
            for (now, then) in orders.iter().zip(&orders[later..]) {
                equal("the number of samples", then.len(), 4, "Every sample once.")?;
                let row = known.iter().position(|code| *code == of(now)).unwrap_or(0);
                counts[4 * row + then[place].min(3)] += 1;
            }
            let names: Vec<String> = (0..96).map(|k| format!("order {}, then {}", k / 4, k % 4)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let look = "Each epoch uses new numbers: a clone that is advanced by one repeats the rest.";
            let call = format!("the order, and place {place} {later} epochs later");
            drawn_with(&call, &names, &counts, &[1.0 / 96.0; 96], look)
        });
    }

    #[test]
    fn orders_do_not_repeat() {
        for_all("seed", any::seed()).cases(2).holds(|&seed| {
            let mut generator = Generator::from_seed(seed);
            let mut epoch =
                || shuffled_batches(40, 7, &mut generator).accepted("shuffled_batches(40, 7, generator)");
            let orders: HashSet<_> = (0..5000).map(|_| epoch()).collect::<Result<_, _>>()?;
            // 12 million pairs of epochs, each equal once in 10⁴⁷. Of a million orders about twelve would come twice.
            let look = "All orders are possible: seeding from a few values gives only a few orders.";
            equal("different orders in 5000 epochs", orders.len(), 5000, look)
        });
    }

    #[test]
    fn rejects_no_samples_and_empty_batches() {
        for_all("n, b", sizes([1..=3, 1..=3], [1025, 1025])).cases(32).holds(|&[n, b]| {
            let mut generator = Generator::from_seed(1);
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let look = "Without samples there are no batches.";
            rejected(
                &format!("shuffled_batches(0, {b}, …)"),
                shuffled_batches(0, b, &mut generator),
                want,
                look,
            )?;
            let want = InputError::OutOfRange { name: "batch_size", got: 0.0, wanted: "at least 1" };
            let look = "A batch holds at least one sample.";
            rejected(
                &format!("shuffled_batches({n}, 0, …)"),
                shuffled_batches(n, 0, &mut generator),
                want,
                look,
            )
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        let n = select(vec![21_usize, 41, 65, 151, 301, 1025]);
        for_all("n, b, seed", (n, select(vec![1_usize, 7, 400]), any::seed())).cases(24).holds(
            |&(n, b, seed)| {
                let look = "All randomness comes from the given generator.";
                let [mut first, mut again, mut other] = [seed, seed, seed ^ 1].map(Generator::from_seed);
                let epoch = |generator: &mut Generator| {
                    shuffled_batches(n, b, generator).accepted("shuffled_batches(n, b, g)")
                };
                let (one, two) = (epoch(&mut first)?, epoch(&mut again)?);
                equal("the same seed once more", &two, &one, look)?;
                equal("and the generator afterwards", again.state(), first.state(), look)?;
                ensure(epoch(&mut other)? != one && epoch(&mut first)? != one, || {
                    Broken::answer("two seeds or two epochs, one order", "another order", look)
                })
            },
        );
    }
}
