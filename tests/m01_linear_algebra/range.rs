//! Inputs through the whole range of `f64`, and more of them than a program is usually tried on.

use judge::any;
use judge::any::vec;
use proptest::prelude::{Just, Strategy, any as any_of, prop_oneof};

/// So many numbers of sizes between 10^`low` and 10^`high`: all of about one size, or each of its own; some are 0.
pub fn entries(n: usize, low: i32, high: i32) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let power = prop_oneof![1 => Just(0), 3 => low + 2..=high - 1];
    let alike = (vec(any::eighth(), n), power)
        .prop_map(|(x, k)| x.into_iter().map(|x| x * 10_f64.powf(f64::from(k))).collect());
    let own = vec(prop_oneof![1 => Just(0.0), 7 => any::magnitude(low, high)], n);
    prop_oneof![1 => alike, 1 => own]
}

/// Several vectors of one length up to `most`, each as in [`entries`].
pub fn vectors<const K: usize>(
    most: usize,
    low: i32,
    high: i32,
) -> impl Strategy<Value = [Vec<f64>; K]> + Send + Sync + Clone {
    any::length(1..=6, most).prop_flat_map(move |n| std::array::from_fn(|_| entries(n, low, high)))
}

/// Several vectors of eighths, all of one length: a few entries, now and then as many as 1025, or 4001. Some are equal or
/// opposite to each other, sorted, constant, or of one sign.
pub fn long_vectors<const K: usize>(
    least: usize,
) -> impl Strategy<Value = [Vec<f64>; K]> + Send + Sync + Clone {
    let size = prop_oneof![40 => any::length(least..=6, 1025), 1 => Just(4001)];
    (size.prop_flat_map(|n| any::vectors(n..=n)), any::part(0..=15_u8))
        .prop_map(|(vectors, form)| formed(vectors, form))
}

/// The same vectors in a form that a program may treat in a way of its own; most forms leave them as they are.
fn formed<const K: usize>(mut vectors: [Vec<f64>; K], form: u8) -> [Vec<f64>; K] {
    match form {
        10 if K > 1 => vectors[K - 1] = vectors[0].clone(),
        11 if K > 1 => vectors[K - 1] = vectors[0].iter().map(|x| -x).collect(),
        12 => vectors[0].sort_by(f64::total_cmp),
        13 => vectors.iter_mut().for_each(|v| v.sort_by(|a, b| b.total_cmp(a))),
        14 => vectors.iter_mut().flatten().for_each(|x| *x = -x.abs()),
        15 => {
            let n = vectors[0].len();
            vectors[n % K].truncate(1);
            vectors[n % K] = vectors[n % K].repeat(n);
        }
        _ => {}
    }
    vectors
}

/// Exponents of two for two factors, neither of which nor their product leaves the normal numbers: one large and one
/// small, both tiny, or both huge.
pub fn powers() -> impl Strategy<Value = (i32, i32)> + Send + Sync + Clone {
    prop_oneof![
        2 => (-450..=450_i32, -450..=450_i32),
        1 => (-500..=-345_i32, -500..=-345_i32),
        1 => (345..=500_i32, 345..=500_i32),
    ]
}

/// Two unequal sizes up to `most`, often neighbors.
pub fn unequal(most: usize) -> impl Strategy<Value = (usize, usize)> + Send + Sync + Clone {
    let sizes = (any::size(0..=4, most), any::size(0..=4, most), any_of::<bool>(), any_of::<bool>());
    sizes.prop_map(|(m, n, near, swapped)| {
        let n = if near || m == n { m + 1 } else { n };
        if swapped { (n, m) } else { (m, n) }
    })
}

/// Two vectors of eighths with unequal lengths, up to 1025.
pub fn unequal_vectors() -> impl Strategy<Value = [Vec<f64>; 2]> + Send + Sync + Clone {
    unequal(1025).prop_flat_map(|(m, n)| [any::vector(m..=m), any::vector(n..=n)])
}

/// An index below the size, the last one as often as all others together.
#[cfg(feature = "m01")]
pub fn place(size: usize) -> impl Strategy<Value = usize> + Send + Sync + Clone {
    prop_oneof![1 => 0..size, 1 => Just(size - 1)]
}
