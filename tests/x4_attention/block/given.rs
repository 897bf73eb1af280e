//! Blocks and their inputs to draw.

use candle_core::DType;
use judge::{Answer, Broken, any};
use katas::x4_attention::block::TransformerBlock;
use kit::Generator;
use proptest::prelude::*;

use super::super::definition::{self, Rows};
use super::super::variables::{Numbers, numbers, tensor};

/// The names under which the laws show what is drawn.
pub const NAMES: &str = "batch, T, heads, d/heads, seed";

/// The sizes of a block and its input, and the seed of all numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Given {
    pub batch: usize,
    pub positions: usize,
    pub heads: usize,
    pub width: usize,
    pub seed: u64,
}

impl judge::Inputs for Given {
    fn describe(&self) -> Vec<String> {
        let sizes = [self.batch, self.positions, self.heads, self.width / self.heads];
        sizes.iter().map(usize::to_string).chain([self.seed.to_string()]).collect()
    }
}

fn given([batch, positions, heads, size]: [usize; 4], seed: u64) -> Given {
    Given { batch, positions, heads, width: heads * size, seed }
}

/// A few of everything.
pub fn few() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    (1..=2_usize, 1..=4_usize, 1..=3_usize, 1..=3_usize, any::seed())
        .prop_map(|(batch, positions, heads, size, seed)| given([batch, positions, heads, size], seed))
}

/// One of the sizes may be large.
pub fn any_size() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    (any::sizes([1..=2, 1..=4, 1..=3, 1..=3], [257, 257, 65, 65]), any::seed()).prop_map(
        |(mut sizes, seed)| {
            // Where all are larger, few of some are enough: the work is their product.
            if sizes.iter().all(|size| *size > 4) {
                sizes = [2, sizes[1], 3, sizes[3].min(5)];
            }
            given(sizes, seed)
        },
    )
}

impl Given {
    /// The block as it is made.
    pub fn made(&self, dtype: DType) -> Result<TransformerBlock, Broken> {
        TransformerBlock::new(self.width, self.heads, dtype, &mut Generator::from_seed(self.seed))
            .accepted("TransformerBlock::new(width, heads, dtype, generator)")
    }

    /// The shape of the input.
    pub fn shape(&self) -> [usize; 3] {
        [self.batch, self.positions, self.width]
    }

    /// Features, eighths from −2 to 2.
    pub fn x(&self) -> Vec<f64> {
        super::super::variables::drawn(self.shape().iter().product(), self.seed)
    }

    /// What the definition makes of x.
    pub fn want(&self, v: &Numbers, x: &[f64]) -> Vec<f64> {
        let sequence = |x: &[f64]| definition::block(&rows(x, self.width), v, "", self.heads).y.concat();
        x.chunks(self.positions * self.width).flat_map(sequence).collect()
    }

    /// What the block makes of x.
    pub fn got(&self, block: &TransformerBlock, x: &[f64]) -> Result<Vec<f64>, Broken> {
        let batch = x.len() / (self.positions * self.width);
        let shape = [batch, self.positions, self.width];
        let y = block.forward(&tensor(x, &shape)).accepted("forward(x)")?;
        judge::equal("the shape of forward(x)", y.dims().to_vec(), shape.to_vec(), "The shape of x.")?;
        numbers("forward(x)", &y)
    }
}

/// As rows of d features.
pub fn rows(x: &[f64], d: usize) -> Rows {
    x.chunks(d).map(<[f64]>::to_vec).collect()
}
