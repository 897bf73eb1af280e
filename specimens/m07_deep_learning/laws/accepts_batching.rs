use kit::Generator;

use crate::reference::m07_deep_learning::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(usize, usize, &mut Generator) -> Vec<Vec<usize>>;
type AcceptsBatching = fn(Claim) -> bool;

/// The kata, answered by a specimen.
pub fn accepts_batching(claimed: Claim) -> bool {
    answering::<AcceptsBatching>(
        module_path!(),
        reference::accepts_batching,
        &[
            wheat(
                "orders_of_three",
                "three samples, six orders; and the places of five samples",
                |claimed| {
                    right_sizes(claimed)
                        && seeds(claimed)
                        && fair(claimed, 3, 2, 7000, 45.0)
                        && places(claimed)
                },
            ),
            wheat("larger_batches", "four samples in one batch", |claimed| {
                right_sizes(claimed) && seeds(claimed) && fair(claimed, 4, 3, 7000, 110.0) && places(claimed)
            }),
            chaff("few_samples_only", "What holds for nine samples holds for a hundred.", |claimed| {
                partition(claimed) && seeds(claimed) && fair(claimed, 4, 3, 7000, 110.0)
            }),
            chaff("partition_only", "A candidate that loses no sample is correct.", partition),
            chaff(
                "fair_places_only",
                "A shuffle is fair if each sample is equally often first.",
                |claimed| {
                    let mut generator = Generator::from_seed(1);
                    let mut counts = [0_u32; 4];
                    for _ in 0..4000 {
                        let first = claimed(4, 3, &mut generator).concat();
                        first.first().filter(|i| **i < 4).into_iter().for_each(|i| counts[*i] += 1);
                    }
                    partition(claimed)
                        && seeds(claimed)
                        && counts.iter().all(|count| (800..1200).contains(count))
                },
            ),
            chaff(
                "whole_batches_only",
                "The number of samples is a multiple of the batch size.",
                |claimed| {
                    let mut generator = Generator::from_seed(1);
                    let batches = claimed(12, 3, &mut generator);
                    let mut all = batches.concat();
                    all.sort_unstable();
                    all.iter().copied().eq(0..12) && batches.len() == 4 && fair(claimed, 4, 2, 6000, 110.0)
                },
            ),
            chaff("two_epochs_differ", "A shuffle is fair if two epochs have different orders.", |claimed| {
                let mut generator = Generator::from_seed(1);
                partition(claimed) && claimed(30, 4, &mut generator) != claimed(30, 4, &mut generator)
            }),
            chaff(
                "other_orders_only",
                "A candidate uses the generator if two seeds give different orders.",
                |claimed| {
                    let of = |seed| claimed(30, 7, &mut Generator::from_seed(seed));
                    partition(claimed) && of(1) != of(2) && fair(claimed, 4, 3, 6000, 110.0)
                },
            ),
            chaff("orders_that_come", "Only the orders that occur have to be equally frequent.", |claimed| {
                partition(claimed) && seeds(claimed) && even(claimed)
            }),
            chaff("accepts_everything", "Every candidate is correct.", |_| true),
            chaff("rejects_everything", "No candidate is correct.", |_| false),
            chaff(
                "counts_exactly",
                "A fair shuffle gives every order exactly the same number of times.",
                |claimed| partition(claimed) && fair(claimed, 4, 3, 6000, 1.0),
            ),
            wheat("orders_of_five", "five samples, 120 orders", |claimed| {
                right_sizes(claimed) && seeds(claimed) && fair(claimed, 5, 2, 7500, 270.0) && places(claimed)
            }),
            chaff("more_samples_asked_for", "A candidate takes any number of samples.", |claimed| {
                reference::accepts_batching(claimed)
                    && claimed(150, 7, &mut Generator::from_seed(1)).concat().len() == 150
            }),
        ],
    )(claimed)
}

fn partition(claimed: Claim) -> bool {
    is_partition(claimed, (1..=9).flat_map(|n| (1..=10).map(move |b| (n, b))))
}

/// The same for few and for many samples.
fn right_sizes(claimed: Claim) -> bool {
    let many = [1, 7, 35, 64, 128, 200].into_iter().flat_map(|b| [42, 64, 100].map(|n| (n, b)));
    partition(claimed) && is_partition(claimed, many)
}

/// In 1,000 epochs of sixty samples each is in the first half between 350 and 650 times, and is next to the following one at
/// most 80 times.
fn places(claimed: Claim) -> bool {
    let (mut generator, mut early, mut next) = (Generator::from_seed(8), [0; 60], [0; 60]);
    for _ in 0..1000 {
        let order = claimed(60, 7, &mut generator).concat();
        order[..30].iter().for_each(|i| early[*i] += 1);
        order.windows(2).filter(|pair| pair[1] == pair[0] + 1).for_each(|pair| next[pair[0]] += 1);
    }
    early.iter().all(|count| (350..=650).contains(count)) && next.iter().all(|count| *count <= 80)
}

fn is_partition(claimed: Claim, mut sizes: impl Iterator<Item = (usize, usize)>) -> bool {
    let mut generator = Generator::from_seed(5);
    sizes.all(|(n, b)| {
        let batches = claimed(n, b, &mut generator);
        let sizes = batches.iter().map(Vec::len);
        let mut all = batches.concat();
        all.sort_unstable();
        let whole: Vec<usize> = (0..n).collect();
        all == whole && sizes.eq(whole.chunks(b).map(<[usize]>::len))
    })
}

fn seeds(claimed: Claim) -> bool {
    let of = |seed| claimed(30, 7, &mut Generator::from_seed(seed));
    of(1) == of(1) && of(1) != of(2)
}

/// χ² of all orders of n samples below a limit.
fn fair(claimed: Claim, n: usize, b: usize, epochs: u32, limit: f64) -> bool {
    let (mut generator, mut counts) = (Generator::from_seed(3), std::collections::HashMap::new());
    (0..epochs).for_each(|_| *counts.entry(claimed(n, b, &mut generator).concat()).or_insert(0.0_f64) += 1.0);
    let orders: usize = (1..=n).product();
    let expected = f64::from(epochs) / orders as f64;
    let squares: f64 = counts.values().map(|count| (count - expected).powi(2) / expected).sum();
    counts.len() == orders && squares < limit
}

/// χ² of those orders of four samples that come at all.
fn even(claimed: Claim) -> bool {
    let (mut generator, mut counts) = (Generator::from_seed(3), std::collections::HashMap::new());
    (0..6000).for_each(|_| *counts.entry(claimed(4, 3, &mut generator).concat()).or_insert(0.0_f64) += 1.0);
    counts.values().map(|count| (count - 250.0).powi(2) / 250.0).sum::<f64>() < 100.0
}
