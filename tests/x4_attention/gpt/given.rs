//! Networks and sequences to draw.

use candle_core::DType;
use judge::{Answer, Broken, any};
use katas::x4_attention::gpt::{Gpt, GptSettings};
use kit::{Generator, InputError};
use proptest::prelude::*;

use super::super::definition;
use super::super::variables::{Numbers, numbers};

/// The names under which the laws show what is drawn.
pub const NAMES: &str = "settings, batch, T, seed";

/// A network, a mini-batch for it, and the seed of all numbers.
#[derive(Debug, Clone, Copy)]
pub struct Given {
    pub settings: GptSettings,
    pub batch: usize,
    pub length: usize,
    pub seed: u64,
}

impl judge::Inputs for Given {
    fn describe(&self) -> Vec<String> {
        let settings = format!("{:?}", self.settings);
        vec![settings, self.batch.to_string(), self.length.to_string(), self.seed.to_string()]
    }
}

fn given([batch, length, spare, vocabulary, heads, size, layers]: [usize; 7], seed: u64) -> Given {
    let settings = GptSettings { vocabulary, context: length + spare, width: heads * size, heads, layers };
    Given { settings, batch, length, seed }
}

/// A few of everything.
pub fn few() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let sizes = (1..=2_usize, 1..=4_usize, 0..=2_usize, 1..=5_usize, 1..=2_usize, 2..=3_usize, 1..=3_usize);
    (sizes, any::seed()).prop_map(|((batch, length, spare, v, heads, size, layers), seed)| {
        given([batch, length, spare, v, heads, size, layers], seed)
    })
}

/// One of the sizes may be large.
pub fn any_size() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let small = [1..=2, 1..=4, 0..=2, 1..=5, 1..=2, 2..=3, 1..=3];
    (any::sizes(small, [257, 257, 151, 301, 33, 65, 13]), any::seed()).prop_map(|(mut sizes, seed)| {
        // Where all are larger, few of some are enough: the work is their product.
        if sizes.iter().all(|size| *size > 4) {
            sizes = [3, 13, sizes[2], sizes[3], 2, 3, 4];
        }
        given(sizes, seed)
    })
}

impl Given {
    /// The network as it is made.
    pub fn made(&self, dtype: DType) -> Result<Gpt, Broken> {
        Gpt::new(&self.settings, dtype, &mut Generator::from_seed(self.seed))
            .accepted("Gpt::new(settings, dtype, generator)")
    }

    /// Sequences of drawn tokens.
    pub fn tokens(&self) -> Vec<Vec<usize>> {
        tokens(self.batch, self.length, self.settings.vocabulary, self.seed)
    }

    /// What the definition makes of them.
    pub fn want(&self, v: &Numbers, tokens: &[Vec<usize>]) -> Vec<f64> {
        tokens.iter().flat_map(|sequence| definition::gpt(sequence, v, &self.settings).0.concat()).collect()
    }

    /// What the network makes of them.
    pub fn got(&self, gpt: &Gpt, tokens: &[Vec<usize>]) -> Result<Vec<f64>, Broken> {
        let logits = gpt.forward(tokens).accepted("forward(tokens)")?;
        let shape = vec![tokens.len(), tokens[0].len(), self.settings.vocabulary];
        judge::equal("the shape of forward(tokens)", logits.dims().to_vec(), shape, "Batch × T × V.")?;
        numbers("forward(tokens)", &logits)
    }

    /// How far rounding may carry a logit.
    pub fn tolerance(&self) -> f64 {
        definition::tolerance(self.length, self.settings.width) * (1.0 + self.settings.layers as f64)
    }
}

/// So many sequences of drawn tokens.
pub fn tokens(batch: usize, length: usize, vocabulary: usize, seed: u64) -> Vec<Vec<usize>> {
    let mut generator = Generator::from_seed(seed ^ 0x70ce);
    (0..batch).map(|_| (0..length).map(|_| generator.below(vocabulary)).collect()).collect()
}

/// Settings of which one size is wrong, one of six ways, with the reason.
pub fn wrong(settings: &GptSettings, way: usize) -> (GptSettings, InputError) {
    let (mut wrong, at_least) = (*settings, "at least 1");
    let (name, place, to, wanted) = match way {
        0 => ("vocabulary", &mut wrong.vocabulary, 0, at_least),
        1 => ("context", &mut wrong.context, 0, at_least),
        2 => ("layers", &mut wrong.layers, 0, at_least),
        3 => ("width", &mut wrong.width, 0, at_least),
        4 => ("heads", &mut wrong.heads, 0, "a divisor of the width"),
        _ => ("heads", &mut wrong.heads, settings.width + settings.heads, "a divisor of the width"),
    };
    *place = to;
    (wrong, InputError::OutOfRange { name, got: to as f64, wanted })
}
