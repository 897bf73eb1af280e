use kit::Generator;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m07_deep_learning::laws as reference;

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
                |claimed| partition(claimed) && seeds(claimed) && fair(claimed, 3, 2, 8000, 45.0),
            ),
            wheat("larger_batches", "four samples in one batch", |claimed| {
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
                partition(claimed) && seeds(claimed) && fair(claimed, 5, 2, 9000, 270.0)
            }),
        ],
    )(claimed)
}

fn partition(claimed: Claim) -> bool {
    let mut generator = Generator::from_seed(5);
    (1..=9).flat_map(|n| (1..=10).map(move |b| (n, b))).all(|(n, b)| {
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
