//! What attention is given.

use judge::any;
use judge::any::{Numbers, select};
use kit::Matrix;
use proptest::prelude::*;

use super::super::matrices::{each, mask, matrix};

/// Queries, keys, values and a mask.
#[derive(Debug, Clone)]
pub struct Given {
    pub queries: Matrix,
    pub keys: Matrix,
    pub values: Matrix,
    pub mask: Matrix,
}

impl judge::Inputs for Given {
    fn describe(&self) -> Vec<String> {
        [&self.queries, &self.keys, &self.values, &self.mask].map(|it| format!("{it:?}")).to_vec()
    }
}

pub const NAMES: &str = "queries, keys, values, mask";

/// Of n queries, m keys, d features and values of w numbers.
fn given([n, m, d, w]: [usize; 4], [fit, other]: [Numbers; 2], unit: f64) -> SBoxedStrategy<Given> {
    (matrix(n, d, fit), matrix(m, d, fit), matrix(m, w, other), mask(n, m))
        .prop_map(move |(queries, keys, values, mask)| Given {
            queries: each(&queries, |x| x * unit),
            keys,
            values,
            mask,
        })
        .sboxed()
}

/// Small ones, with scores near 0 so that several keys have a weight.
pub fn few() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    (1..=3_usize, 1..=4_usize, 1..=4_usize, 1..=3_usize, select(vec![0.125, 1.0, 0.015625]))
        .prop_flat_map(|(n, m, d, w, unit)| given([n, m, d, w], [Numbers::Eighths; 2], unit))
}

/// As many queries as keys.
pub fn square() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    (2..=5_usize, 1..=3_usize, 1..=3_usize, select(vec![0.125, 1.0]))
        .prop_flat_map(|(n, d, w, unit)| given([n, n, d, w], [Numbers::Eighths; 2], unit))
}

/// As many queries as keys, dozens.
pub fn long_square() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    (33..=97_usize).prop_flat_map(|n| given([n, n, 2, 2], [Numbers::Eighths; 2], 0.125))
}

/// Of any size, with numbers of every kind.
pub fn sized() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let unit = select(vec![1.0, 0.125, 0.001]);
    (any::sizes([1..=5, 1..=5, 1..=5, 1..=4], [301, 301, 301, 301]), any::kinds(), unit)
        .prop_flat_map(|(sizes, kinds, unit)| given(sizes, kinds, unit))
}

/// The sizes n, m, d, w, small ones and large ones.
pub fn sizes() -> impl Strategy<Value = [usize; 4]> + Send + Sync + Clone {
    any::part(any::sizes([1..=4, 1..=4, 1..=3, 1..=3], [301, 301, 151, 151]))
}
