use candle_core::{DType, Tensor};
use candle_nn::VarMap;
use kit::{Generator, InputError};

use super::super::planned::{Order, Plan, RIGHT, block, linear};
use crate::reference::x4_attention::block::TransformerBlock as Reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod parts;

use parts::{renamed, scaled, with_ones};

type New = fn(usize, usize, DType, &mut Generator) -> Result<Reference, InputError>;

type Forward = fn(&Reference, usize, &Tensor) -> Result<Tensor, InputError>;

/// How a specimen makes a block, and how it asks it: by another plan, if there is one.
#[derive(Clone, Copy)]
struct Ways {
    new: New,
    forward: Forward,
    change: Option<fn(&mut Plan)>,
}

const ASKED: Ways = Ways { new: Reference::new, forward: |own, _, x| own.forward(x), change: None };

/// The kata, answered by a specimen.
pub struct TransformerBlock {
    own: Reference,
    heads: usize,
}

impl TransformerBlock {
    /// As the specimen.
    pub fn new(
        width: usize,
        heads: usize,
        dtype: DType,
        generator: &mut Generator,
    ) -> Result<Self, InputError> {
        Ok(Self { own: (ways().new)(width, heads, dtype, generator)?, heads })
    }

    /// As the reference.
    pub fn variables(&self) -> &VarMap {
        self.own.variables()
    }

    /// As the specimen.
    pub fn forward(&self, x: &Tensor) -> Result<Tensor, InputError> {
        let ways = ways();
        let Some(change) = ways.change else { return (ways.forward)(&self.own, self.heads, x) };
        self.own.forward(x)?;
        let mut plan = RIGHT;
        change(&mut plan);
        Ok(block(self.own.variables(), "", self.heads, x, None, &plan)?.0)
    }
}

const fn other(change: fn(&mut Plan)) -> Ways {
    Ways { change: Some(change), ..ASKED }
}

const fn asked(forward: Forward) -> Ways {
    Ways { forward, ..ASKED }
}

const fn made(new: New) -> Ways {
    Ways { new, ..ASKED }
}

fn ways() -> Ways {
    answering::<Ways>(
        module_path!(),
        ASKED,
        &[
            wheat("head_by_head", "one head after the other, a large negative number as mask", other(|_| {})),
            wheat(
                "ones",
                "the mean as a product with ones, the logarithm of softmax, and ReLU as half of z + |z|",
                other(with_ones),
            ),
            wheat(
                "sequence_by_sequence",
                "one sequence at a time, put together again",
                asked(|own, _, x| {
                    own.forward(x)?;
                    let all = (0..x.dim(0)?).map(|i| own.forward(&x.narrow(0, i, 1)?));
                    Ok(Tensor::cat(&all.collect::<Result<Vec<_>, _>>()?, 0)?)
                }),
            ),
            chaff(
                "no_mask",
                "The causal mask is needed in training data, not in the block.",
                other(|plan| plan.sees = |_, _| true),
            ),
            chaff(
                "itself_masked",
                "A position does not attend to itself, but for the first one.",
                other(|plan| plan.sees = |query, key| key < query || query == 0),
            ),
            chaff(
                "one_too_far",
                "The mask begins after the next position.",
                other(|plan| plan.sees = |query, key| key <= query + 1),
            ),
            chaff(
                "window_of_64",
                "A position sees the 64 before it.",
                other(|plan| plan.sees = |query, key| key <= query && key + 64 > query),
            ),
            chaff(
                "not_scaled",
                "Softmax makes the size of scores irrelevant.",
                other(|plan| plan.scale = |_, _| 1.0),
            ),
            chaff(
                "scaled_by_width",
                "Scores are divided by √d.",
                other(|plan| plan.scale = |_, width| (width as f64).sqrt()),
            ),
            chaff(
                "post_norm",
                "Layer normalization follows what is added, as in the first paper.",
                other(|plan| plan.order = Order::After),
            ),
            chaff(
                "mlp_alone",
                "Nothing is added to the attention, only to the MLP.",
                other(|plan| plan.order = Order::MlpAlone),
            ),
            chaff(
                "no_residuals",
                "A block of two layers needs no residual connections.",
                other(|plan| plan.order = Order::Nothing),
            ),
            chaff(
                "one_head",
                "Heads are one attention over all features.",
                other(|plan| plan.heads = |_, _| 1),
            ),
            chaff(
                "eight_heads",
                "There are at most eight heads.",
                other(|plan| {
                    plan.heads = |heads, width| if heads > 8 && width % 8 == 0 { 8 } else { heads.min(width) }
                }),
            ),
            chaff(
                "interleaved_heads",
                "Head i has the features i, i + h, i + 2h, …",
                other(|plan| plan.is_interleaved = true),
            ),
            chaff(
                "not_mixed",
                "The heads next to each other are the output of attention.",
                other(|plan| plan.mixes = false),
            ),
            chaff(
                "attention_frozen",
                "Attention may be detached from the computation graph.",
                other(|plan| plan.passes = |x| x.detach()),
            ),
            chaff(
                "no_activation",
                "Layer normalization is nonlinear, so the MLP needs no activation function.",
                other(|plan| plan.activation = |z| Ok(z.clone())),
            ),
            chaff(
                "gelu",
                "The activation function of a GPT is GELU.",
                other(|plan| plan.activation = Tensor::gelu_erf),
            ),
            chaff("unbiased", "The variance is divided by d − 1.", other(|plan| plan.norm = parts::unbiased)),
            chaff(
                "not_centered",
                "Dividing by the root mean square is enough (RMS norm).",
                other(|plan| plan.norm = parts::not_centered),
            ),
            chaff(
                "epsilon_outside",
                "ε is added to the deviation.",
                other(|plan| plan.norm = parts::epsilon_outside),
            ),
            chaff("small_epsilon", "ε is 10⁻⁸.", other(|plan| plan.norm = parts::small_epsilon)),
            chaff(
                "over_positions",
                "The features are normalized over the positions, as in batch normalization.",
                other(|plan| plan.norm = parts::over_positions),
            ),
            chaff(
                "statistics_frozen",
                "Mean and variance are constants for the gradient.",
                other(|plan| plan.norm = parts::statistics_frozen),
            ),
            chaff(
                "candles_layer_norm",
                "candle's fused `layer_norm` has a gradient, as its layers have.",
                other(|plan| plan.norm = parts::candles_layer_norm),
            ),
            chaff(
                "masked_after_softmax",
                "The weights of later keys are set to 0 after softmax.",
                other(|plan| plan.weights = parts::masked_after_softmax),
            ),
            chaff(
                "masked_by_0",
                "A score of 0 has no influence.",
                other(|plan| plan.weights = parts::masked_by_0),
            ),
            chaff(
                "over_queries",
                "Softmax normalizes the scores of each key.",
                other(|plan| plan.weights = parts::over_queries),
            ),
            chaff(
                "mild_mask",
                "A score of −100 is as good as −∞.",
                other(|plan| plan.weights = parts::mild_mask),
            ),
            chaff(
                "naive_softmax",
                "exp of a score is a finite number.",
                other(|plan| plan.weights = parts::naive_softmax),
            ),
            chaff(
                "mean_of_the_past",
                "Weights that sum to 1 may be equal.",
                other(|plan| plan.weights = parts::mean_of_the_past),
            ),
            chaff(
                "first_norm_twice",
                "Both layer normalizations may share γ and β.",
                asked(|own, heads, x| {
                    own.forward(x)?;
                    Ok(block(&renamed(own.variables(), "norm2", "norm1"), "", heads, x, None, &RIGHT)?.0)
                }),
            ),
            chaff(
                "keys_as_values",
                "Keys are what attention returns.",
                asked(|own, heads, x| {
                    own.forward(x)?;
                    Ok(block(&renamed(own.variables(), "value", "key"), "", heads, x, None, &RIGHT)?.0)
                }),
            ),
            chaff(
                "output_bias_forgotten",
                "The attention's output has no bias.",
                asked(|own, _, x| {
                    let bias = linear(&x.zeros_like()?, own.variables(), "attention.output")?;
                    Ok((own.forward(x)? - bias)?)
                }),
            ),
            chaff(
                "contiguous_memory_only",
                "A tensor is always contiguous in memory.",
                asked(|own, _, x| {
                    let y = own.forward(x)?;
                    if x.is_contiguous() { Ok(y) } else { Ok((y + 1.0)?) }
                }),
            ),
            chaff(
                "centered_over_the_batch",
                "The sequences of a batch may be centered.",
                asked(|own, _, x| {
                    let y = own.forward(x)?;
                    Ok(y.broadcast_sub(&y.mean_keepdim(0)?)?)
                }),
            ),
            chaff(
                "empty_batch_answered",
                "An empty batch has an empty output.",
                asked(|own, _, x| match own.forward(x) {
                    Err(InputError::TooFew { .. }) => Ok(x.clone()),
                    answer => answer,
                }),
            ),
            chaff(
                "one_sequence",
                "A tensor of two dimensions is one sequence.",
                asked(|own, _, x| match x.dims() {
                    [_, _] => Ok(own.forward(&x.unsqueeze(0)?)?.squeeze(0)?),
                    _ => own.forward(x),
                }),
            ),
            chaff(
                "wider_accepted",
                "Features that are too many can be ignored.",
                asked(|own, _, x| match own.forward(x) {
                    Err(InputError::Dimensions { wanted, .. }) => own.forward(&x.narrow(2, 0, wanted[2])?),
                    answer => answer,
                }),
            ),
            chaff(
                "single_precision_frozen",
                "A block in f32 is for inference only, and needs no gradient.",
                asked(|own, _, x| {
                    let y = own.forward(x)?;
                    Ok(if x.dtype() == DType::F32 { y.detach() } else { y })
                }),
            ),
            chaff(
                "two_decimals_in_single_precision",
                "In f32 the output needs only two decimals.",
                asked(|own, _, x| {
                    let y = own.forward(x)?;
                    Ok(if x.dtype() == DType::F32 { ((y * 1e2)?.round()? * 1e-2)? } else { y })
                }),
            ),
            chaff(
                "always_double",
                "The parameters are always of type f64.",
                made(|d, h, _, g| Reference::new(d, h, DType::F64, g)),
            ),
            chaff(
                "generator_copied",
                "The block draws its weights from a copy of the generator.",
                made(|d, h, dtype, g| Reference::new(d, h, dtype, &mut g.clone())),
            ),
            chaff(
                "he_initialization",
                "He initialization is right for all layers.",
                made(|d, h, dtype, g| {
                    scaled(Reference::new(d, h, dtype, g)?, ".weight", 6.0_f64.sqrt(), 0.0)
                }),
            ),
            chaff(
                "gamma_of_0",
                "γ begins at 0, so that a block begins as the identity.",
                made(|d, h, dtype, g| scaled(Reference::new(d, h, dtype, g)?, ".gamma", 0.0, 0.0)),
            ),
            chaff(
                "biases_of_1",
                "Biases begin at 1.",
                made(|d, h, dtype, g| scaled(Reference::new(d, h, dtype, g)?, ".bias", 0.0, 1.0)),
            ),
            chaff(
                "heads_rounded_down",
                "Features that no head has are left over.",
                made(|d, h, dtype, g| {
                    Reference::new(d, if h > 0 && d > 0 && d % h > 0 { 1 } else { h }, dtype, g)
                }),
            ),
            chaff(
                "no_width",
                "A block may have no features.",
                made(|d, h, dtype, g| Reference::new(d.max(1), if d == 0 { 1 } else { h }, dtype, g)),
            ),
        ],
    )
}
