use kit::{Generator, InputError, check};

use crate::reference::m07_deep_learning::batches as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
                check_sizes(n, b)?;
                let mut left: Vec<usize> = (0..n).collect();
                Ok(cut((0..n).map(|_| left.swap_remove(generator.below(left.len()))).collect(), b))
            }),
            wheat("by_random_keys", "sorts the samples by random numbers", |n, b, generator| {
                check_sizes(n, b)?;
                let mut keys: Vec<_> = (0..n).map(|i| (generator.uniform(), i)).collect();
                keys.sort_by(|a, b| a.0.total_cmp(&b.0));
                Ok(cut(keys.into_iter().map(|(_, i)| i).collect(), b))
            }),
            chaff("not_shuffled", "The samples need no shuffling.", |n, b, _| {
                check_sizes(n, b)?;
                Ok(cut((0..n).collect(), b))
            }),
            chaff("last_dropped", "The last partial batch is dropped.", |n, b, generator| {
                let batches = reference::shuffled_batches(n, b, generator)?;
                Ok(batches.into_iter().filter(|batch| batch.len() == b).collect())
            }),
            chaff("whole_batches_shuffled", "It is enough to shuffle the batches.", |n, b, generator| {
                check_sizes(n, b)?;
                let mut batches = cut((0..n).collect(), b);
                generator.shuffle(&mut batches[..n / b]);
                Ok(batches)
            }),
            chaff("same_order_each_epoch", "Every epoch may have the same order.", |n, b, generator| {
                reference::shuffled_batches(n, b, &mut generator.clone())
            }),
            chaff("with_replacement", "Samples are drawn with replacement.", |n, b, generator| {
                check_sizes(n, b)?;
                Ok(cut((0..n).map(|_| generator.below(n)).collect(), b))
            }),
            chaff("rotated", "A random offset is random enough.", |n, b, generator| {
                check_sizes(n, b)?;
                let turn = generator.below(n);
                Ok(cut((0..n).map(|i| (i + turn) % n).collect(), b))
            }),
            chaff("empty_allowed", "No samples give no batches.", |n, b, generator| {
                if n == 0 { Ok(Vec::new()) } else { reference::shuffled_batches(n, b, generator) }
            }),
            chaff(
                "buffer_of_16",
                "A shuffle buffer of sixteen samples shuffles them all.",
                |n, b, generator| {
                    check_sizes(n, b)?;
                    let (mut next, mut order) = (0, Vec::new());
                    let mut buffer: Vec<usize> = Vec::new();
                    while order.len() < n {
                        while buffer.len() < 16 && next < n {
                            buffer.push(next);
                            next += 1;
                        }
                        let at = generator.below(buffer.len());
                        order.push(buffer.swap_remove(at));
                    }
                    Ok(cut(order, b))
                },
            ),
            chaff("few_seeds", "A thousand different orders are random enough.", |n, b, generator| {
                check_sizes(n, b)?;
                let seed = generator.below(1000) as u64;
                reference::shuffled_batches(n, b, &mut Generator::from_seed(seed))
            }),
            chaff(
                "room_for_a_whole_batch",
                "Memory can be allocated for b samples, whatever n is.",
                |n, b, generator| {
                    let batches = reference::shuffled_batches(n, b, generator)?;
                    let _v: Vec<usize> = Vec::with_capacity(b);
                    Ok(batches)
                },
            ),
            chaff(
                "swapped_with_any_place",
                "Swapping each sample with any other is a fair shuffle.",
                |n, b, generator| {
                    check_sizes(n, b)?;
                    let mut order: Vec<usize> = (0..n).collect();
                    (0..n).for_each(|i| order.swap(i, generator.below(n)));
                    Ok(cut(order, b))
                },
            ),
            chaff("batches_of_32_at_most", "A batch never needs more than 32 samples.", |n, b, generator| {
                reference::shuffled_batches(n, b.min(32), generator)
            }),
            wheat(
                "own_generator",
                "a generator of its own that begins in a state drawn from the one that came",
                |n, b, generator| {
                    check_sizes(n, b)?;
                    let state = std::array::from_fn(|_| {
                        (generator.below(1 << 32) as u64) << 32 | generator.below(1 << 32) as u64
                    });
                    let mut own = Generator::from_state(state);
                    reference::shuffled_batches(n, b, &mut own)
                },
            ),
            wheat(
                "split_by_coins",
                "a coin for each sample, and both parts again (Rao and Sandelius)",
                |n, b, generator| {
                    check::at_least(1, n)?;
                    check::in_range("batch_size", b as f64, b > 0, "at least 1")?;
                    let mut left = split((0..n).collect(), generator);
                    let mut batches = Vec::new();
                    while left.len() > b {
                        let rest = left.split_off(b);
                        batches.push(std::mem::replace(&mut left, rest));
                    }
                    batches.push(left);
                    Ok(batches)
                },
            ),
            chaff("two_always_swapped", "Two samples have to change places.", |n, b, generator| {
                let batches = reference::shuffled_batches(n, b, generator)?;
                Ok(if n == 2 { cut(vec![1, 0], b) } else { batches })
            }),
            chaff(
                "one_batch_not_shuffled",
                "A single batch of all samples needs no shuffling.",
                |n, b, generator| {
                    let batches = reference::shuffled_batches(n, b, generator)?;
                    Ok(if n == b && n > 4 { cut((0..n).collect(), b) } else { batches })
                },
            ),
            chaff(
                "few_rotated",
                "For a dozen samples a random offset is random enough.",
                |n, b, generator| {
                    let batches = reference::shuffled_batches(n, b, generator)?;
                    if !(6..=12).contains(&n) {
                        return Ok(batches);
                    }
                    let offset = generator.below(n);
                    Ok(cut((0..n).map(|i| (i + offset) % n).collect(), b))
                },
            ),
            chaff("a_million_seeds", "A million different orders are random enough.", |n, b, generator| {
                check_sizes(n, b)?;
                let seed = generator.below(1 << 20) as u64;
                reference::shuffled_batches(n, b, &mut Generator::from_seed(seed))
            }),
            chaff(
                "from_the_first_thousand",
                "It is enough to swap each sample with one of the first thousand.",
                |n, b, generator| {
                    check_sizes(n, b)?;
                    let mut order: Vec<usize> = (0..n).collect();
                    (1..n).rev().for_each(|i| order.swap(i, generator.below((i + 1).min(1000))));
                    Ok(cut(order, b))
                },
            ),
        ],
    )(n, batch_size, generator)
}

fn check_sizes(n: usize, b: usize) -> Result<(), InputError> {
    reference::shuffled_batches(n, b, &mut Generator::from_seed(1)).map(drop)
}

fn cut(order: Vec<usize>, b: usize) -> Batches {
    order.chunks(b).map(<[usize]>::to_vec).collect()
}

fn split(heap: Vec<usize>, generator: &mut Generator) -> Vec<usize> {
    if heap.len() < 2 {
        return heap;
    }
    let (heads, tails): (Vec<usize>, Vec<usize>) = heap.into_iter().partition(|_| generator.below(2) == 0);
    [split(heads, generator), split(tails, generator)].concat()
}
