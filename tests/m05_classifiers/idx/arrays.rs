//! IDX files, made by the law itself.

use judge::any;
use kit::Generator;
use proptest::prelude::*;

/// The bytes of an array with these dimensions and entries.
pub fn file(sizes: &[usize], entries: &[u8]) -> Vec<u8> {
    let sizes_in_bytes = sizes.iter().flat_map(|size| u32::try_from(*size).unwrap_or(u32::MAX).to_be_bytes());
    [0, 0, 8, sizes.len() as u8].into_iter().chain(sizes_in_bytes).chain(entries.iter().copied()).collect()
}

/// n entries of all sizes.
pub fn entries(n: usize, seed: u64) -> Vec<u8> {
    let mut generator = Generator::from_seed(seed);
    (0..n).map(|_| generator.below(256) as u8).collect()
}

/// Dimensions and entries.
pub fn array() -> impl Strategy<Value = (Vec<usize>, Vec<u8>)> + Send + Sync + Clone {
    // Now and then one that needs its second byte, 256 + …, or none at all.
    let size = prop_oneof![8 => 1..=4_usize, 1 => 256..=300_usize, 1 => Just(0_usize)];
    let dimensions =
        prop_oneof![9 => judge::any::vec(size, 1..=4), 1 => judge::any::vec(1..=2_usize, 5..=12)];
    (dimensions, any::seed()).prop_map(|(mut sizes, seed)| {
        // One large dimension is enough.
        let first = sizes.iter().position(|size| *size > 4);
        (0..sizes.len())
            .filter(|i| Some(*i) > first && first.is_some())
            .for_each(|i| sizes[i] = sizes[i].min(2));
        let n = sizes.iter().product();
        (sizes, entries(n, seed))
    })
}
