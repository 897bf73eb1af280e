//! Functions that claim to make the batches of an epoch: right ones by several ways, and wrong ones.

use std::sync::atomic::{AtomicU64, Ordering};

use kit::Generator;

pub type Claim = fn(usize, usize, &mut Generator) -> Vec<Vec<usize>>;

/// Correct ones, each with its method.
pub const RIGHT: [(&str, Claim); 8] = [
    ("shuffled by Fisher and Yates, then split", |n, b, generator| cut(shuffled(n, generator), b)),
    ("each sample drawn from those that are left", |n, b, generator| {
        let mut left: Vec<usize> = (0..n).collect();
        cut((0..n).map(|_| left.swap_remove(generator.below(left.len()))).collect(), b)
    }),
    ("sorted by random keys", |n, b, generator| {
        let mut keyed: Vec<(f64, usize)> = (0..n).map(|i| (generator.uniform(), i)).collect();
        keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        cut(keyed.into_iter().map(|(_, i)| i).collect(), b)
    }),
    ("each sample put at a random place among those before it", |n, b, generator| {
        let mut order = Vec::new();
        (0..n).for_each(|i| order.insert(generator.below(i + 1), i));
        cut(order, b)
    }),
    ("shuffled twice, and read from the end", |n, b, generator| {
        let mut order = shuffled(n, generator);
        generator.shuffle(&mut order);
        order.reverse();
        cut(order, b)
    }),
    ("right for what the page names, nothing otherwise", |n, b, generator| {
        let named = (1..=100).contains(&n) && (1..=200).contains(&b);
        if named { cut(shuffled(n, generator), b) } else { vec![Vec::new()] }
    }),
    ("shuffled after eleven numbers are thrown away", |n, b, generator| {
        for _ in 0..11 {
            generator.uniform();
        }
        cut(shuffled(n, generator), b)
    }),
    ("from a generator that is seeded by the given one", |n, b, generator| {
        let seed = (generator.uniform() * 2.0_f64.powi(53)) as u64;
        cut(shuffled(n, &mut Generator::from_seed(seed)), b)
    }),
];

/// Wrong ones, each with its mistake.
pub const WRONG: [(&str, Claim); 25] = [
    ("nothing", |_, _, _| Vec::new()),
    ("not shuffled", |n, b, _| cut((0..n).collect(), b)),
    ("the same order in every epoch", |n, b, _| cut(shuffled(n, &mut Generator::from_seed(9)), b)),
    ("drawn with replacement", |n, b, generator| cut((0..n).map(|_| generator.below(n)).collect(), b)),
    ("the last partial batch dropped", |n, b, generator| {
        cut(shuffled(n, generator), b).into_iter().filter(|batch| batch.len() == b).collect()
    }),
    ("the last partial batch filled up from the front", |n, b, generator| {
        let mut batches = cut(shuffled(n, generator), b);
        if let Some(last) = batches.last_mut() {
            (last.len()..b).for_each(|i| last.push(i % n));
        }
        batches
    }),
    ("batches shuffled, but not the samples in them", |n, b, generator| {
        let mut batches = cut((0..n).collect(), b);
        let full = n / b;
        generator.shuffle(&mut batches[..full]);
        batches
    }),
    ("shuffled within the batches only", |n, b, generator| {
        let mut batches = cut((0..n).collect(), b);
        batches.iter_mut().for_each(|batch| generator.shuffle(batch));
        batches
    }),
    ("every sample goes somewhere else (Sattolo)", |n, b, generator| {
        let mut order: Vec<usize> = (0..n).collect();
        (1..n).rev().for_each(|i| order.swap(i, generator.below(i)));
        cut(order, b)
    }),
    ("each position swapped with any other: some orders are more likely", |n, b, generator| {
        let mut order: Vec<usize> = (0..n).collect();
        (0..n).for_each(|i| order.swap(i, generator.below(n)));
        cut(order, b)
    }),
    ("shuffled again where the order did not change", |n, b, generator| {
        let mut order = shuffled(n, generator);
        while n > 1 && order.is_sorted() {
            generator.shuffle(&mut order);
        }
        cut(order, b)
    }),
    ("rotated by a random number of positions", |n, b, generator| {
        let turn = generator.below(n);
        cut((0..n).map(|i| (i + turn) % n).collect(), b)
    }),
    ("numbered from 1", |n, b, generator| cut(shuffled(n, generator).iter().map(|i| i + 1).collect(), b)),
    ("the last sample is left out", |n, b, generator| cut(shuffled(n - 1, generator), b)),
    ("an empty batch at the end where b divides n", |n, b, generator| {
        let mut batches = cut(shuffled(n, generator), b);
        if n.is_multiple_of(b) {
            batches.push(Vec::new());
        }
        batches
    }),
    ("the partial batch first", |n, b, generator| {
        let mut batches = cut(shuffled(n, generator), b);
        batches.rotate_right(1);
        batches
    }),
    ("more than 40 samples are not shuffled", |n, b, generator| {
        cut(if n > 40 { (0..n).collect() } else { shuffled(n, generator) }, b)
    }),
    ("of more than 40 samples the last keeps its place", |n, b, generator| {
        let mut order = shuffled(if n > 40 { n - 1 } else { n }, generator);
        order.extend(order.len()..n);
        cut(order, b)
    }),
    ("of more than 40 samples each stays in its batch", |n, b, generator| {
        let mut batches = cut(if n > 40 { (0..n).collect() } else { shuffled(n, generator) }, b);
        batches.iter_mut().for_each(|batch| generator.shuffle(batch));
        batches
    }),
    ("of more than 40 samples one is lost", |n, b, generator| {
        cut(shuffled(n, generator).into_iter().take(if n > 40 { n - 1 } else { n }).collect(), b)
    }),
    ("of more than 40 samples one comes twice", |n, b, generator| {
        let mut order = shuffled(n, generator);
        if n > 40 {
            order[n - 1] = order[0];
        }
        cut(order, b)
    }),
    ("batches of 30 at most", |n, b, generator| cut(shuffled(n, generator), b.min(30))),
    ("an empty batch more where b exceeds n", |n, b, generator| {
        let mut batches = cut(shuffled(n, generator), b);
        batches.extend((b > n).then(Vec::new));
        batches
    }),
    (
        "no batch for a single sample",
        |n, b, generator| {
            if n == 1 { Vec::new() } else { cut(shuffled(n, generator), b) }
        },
    ),
    ("a generator of its own, another order each time", |n, b, _| {
        static CALLS: AtomicU64 = AtomicU64::new(0);
        cut(shuffled(n, &mut Generator::from_seed(CALLS.fetch_add(1, Ordering::Relaxed))), b)
    }),
];

fn shuffled(n: usize, generator: &mut Generator) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    generator.shuffle(&mut order);
    order
}

fn cut(order: Vec<usize>, b: usize) -> Vec<Vec<usize>> {
    order.chunks(b).map(<[usize]>::to_vec).collect()
}
