use kit::{Generator, InputError};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m07_deep_learning::batches as reference;

type Batches = Vec<Vec<usize>>;
type ShuffledBatches = fn(usize, usize, &mut Generator) -> Result<Batches, InputError>;

/// The kata, answered by a specimen.
pub fn shuffled_batches(
    n: usize,
    batch_size: usize,
    generator: &mut Generator,
) -> Result<Batches, InputError> {
    answering::<ShuffledBatches>(
        module_path!(),
        reference::shuffled_batches,
        &[
            wheat("drawn_from_the_rest", "draws each sample from those that are left", |n, b, generator| {
                check(n, b)?;
                let mut left: Vec<usize> = (0..n).collect();
                Ok(cut((0..n).map(|_| left.swap_remove(generator.below(left.len()))).collect(), b))
            }),
            wheat("by_random_keys", "sorts the samples by random numbers", |n, b, generator| {
                check(n, b)?;
                let mut keys: Vec<_> = (0..n).map(|i| (generator.uniform(), i)).collect();
                keys.sort_by(|a, b| a.0.total_cmp(&b.0));
                Ok(cut(keys.into_iter().map(|(_, i)| i).collect(), b))
            }),
            chaff("not_shuffled", "the data are in random order already", |n, b, _| {
                check(n, b)?;
                Ok(cut((0..n).collect(), b))
            }),
            chaff("last_dropped", "a short batch at the end does harm and is left out", |n, b, generator| {
                let batches = reference::shuffled_batches(n, b, generator)?;
                Ok(batches.into_iter().filter(|batch| batch.len() == b).collect())
            }),
            chaff("whole_batches_shuffled", "it is enough to shuffle the batches", |n, b, generator| {
                check(n, b)?;
                let mut batches = cut((0..n).collect(), b);
                generator.shuffle(&mut batches[..n / b]);
                Ok(batches)
            }),
            chaff("same_order_each_epoch", "one seed, one order, for every epoch", |n, b, generator| {
                reference::shuffled_batches(n, b, &mut generator.clone())
            }),
            chaff("with_replacement", "each place draws from all samples", |n, b, generator| {
                check(n, b)?;
                Ok(cut((0..n).map(|_| generator.below(n)).collect(), b))
            }),
            chaff("turned", "beginning somewhere else is random enough", |n, b, generator| {
                check(n, b)?;
                let turn = generator.below(n);
                Ok(cut((0..n).map(|i| (i + turn) % n).collect(), b))
            }),
            chaff("empty_allowed", "no samples make no batches", |n, b, generator| {
                if n == 0 { Ok(Vec::new()) } else { reference::shuffled_batches(n, b, generator) }
            }),
        ],
    )(n, batch_size, generator)
}

fn check(n: usize, b: usize) -> Result<(), InputError> {
    reference::shuffled_batches(n, b, &mut Generator::from_seed(1)).map(drop)
}

fn cut(order: Vec<usize>, b: usize) -> Batches {
    order.chunks(b).map(<[usize]>::to_vec).collect()
}
