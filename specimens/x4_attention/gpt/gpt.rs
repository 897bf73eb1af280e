use std::sync::PoisonError;

use candle_core::{D, DType, Tensor, Var};
use candle_nn::VarMap;
use candle_nn::ops::{log_softmax, softmax};
use kit::{Generator, InputError};

use super::super::planned::{WHOLE, Whole, gpt, parameter};
use crate::reference::x4_attention::gpt::{Gpt as Reference, GptSettings};
use crate::specimens::specimen::{answering, chaff, wheat};

type New = fn(&GptSettings, DType, &mut Generator) -> Result<Reference, InputError>;

type Forward = fn(&Reference, &GptSettings, &[Vec<usize>]) -> Result<Tensor, InputError>;

/// How a specimen makes a network, and how it asks it: by another plan, if there is one.
#[derive(Clone, Copy)]
struct Ways {
    new: New,
    forward: Forward,
    change: Option<fn(&mut Whole)>,
}

const ASKED: Ways = Ways { new: Reference::new, forward: |own, _, tokens| own.forward(tokens), change: None };

/// The kata, answered by a specimen.
pub struct Gpt {
    own: Reference,
    settings: GptSettings,
}

impl Gpt {
    /// As the specimen.
    pub fn new(settings: &GptSettings, dtype: DType, generator: &mut Generator) -> Result<Self, InputError> {
        Ok(Self { own: (ways().new)(settings, dtype, generator)?, settings: *settings })
    }

    /// As the reference.
    pub fn variables(&self) -> &VarMap {
        self.own.variables()
    }

    /// As the specimen.
    pub fn forward(&self, tokens: &[Vec<usize>]) -> Result<Tensor, InputError> {
        let ways = ways();
        let Some(change) = ways.change else { return (ways.forward)(&self.own, &self.settings, tokens) };
        self.own.forward(tokens)?;
        let mut whole = WHOLE;
        change(&mut whole);
        gpt(self.own.variables(), &self.settings, tokens, &whole)
    }
}

const fn other(change: fn(&mut Whole)) -> Ways {
    Ways { change: Some(change), ..ASKED }
}

const fn asked(forward: Forward) -> Ways {
    Ways { forward, ..ASKED }
}

const fn made(new: New) -> Ways {
    Ways { new, ..ASKED }
}

/// Each token by another one.
fn mapped(tokens: &[Vec<usize>], to: impl Fn(usize) -> usize) -> Vec<Vec<usize>> {
    tokens.iter().map(|sequence| sequence.iter().map(|&token| to(token)).collect()).collect()
}

/// The blocks in the order of their names.
fn by_name(layers: usize) -> Vec<usize> {
    let mut all: Vec<usize> = (1..=layers).collect();
    all.sort_by_key(usize::to_string);
    all
}

fn ways() -> Ways {
    answering::<Ways>(
        module_path!(),
        ASKED,
        &[
            wheat("head_by_head", "one head after the other, a large negative number as mask", other(|_| {})),
            wheat(
                "sequence_by_sequence",
                "one sequence at a time, put together again",
                asked(|own, _, tokens| {
                    own.forward(tokens)?;
                    let all = tokens.chunks(1).map(|one| own.forward(one));
                    Ok(Tensor::cat(&all.collect::<Result<Vec<_>, _>>()?, 0)?)
                }),
            ),
            wheat(
                "ones",
                "ReLU as half of z + |z|, and the logarithm of softmax",
                other(|whole| {
                    whole.plan.activation = |z| (z + z.abs()?)? * 0.5;
                    whole.plan.weights = |scores, sees| {
                        let far = (scores.zeros_like()? + f64::NEG_INFINITY)?;
                        let seen = sees.broadcast_as(scores.shape())?.where_cond(scores, &far)?;
                        log_softmax(&seen, D::Minus1)?.exp()
                    };
                }),
            ),
            chaff(
                "no_positions",
                "The order of the tokens is seen by attention.",
                other(|whole| whole.position = None),
            ),
            chaff(
                "positions_from_the_end",
                "Positions are counted from the last token.",
                other(|whole| whole.position = Some(|t, length| length - 1 - t)),
            ),
            chaff(
                "one_position",
                "All tokens of a sequence have its position.",
                other(|whole| whole.position = Some(|_, _| 0)),
            ),
            chaff(
                "positions_up_to_64",
                "Positions begin again after 64.",
                other(|whole| whole.position = Some(|t, _| t % 64)),
            ),
            chaff(
                "no_mask",
                "A mask is needed while text is generated only.",
                other(|whole| whole.plan.sees = |_, _| true),
            ),
            chaff(
                "no_last_norm",
                "The blocks normalize, so no layer normalization follows them.",
                other(|whole| whole.is_normalized = false),
            ),
            chaff("tied", "The output layer is the token table.", other(|whole| whole.is_tied = true)),
            chaff(
                "last_block_missing",
                "A network of one block more ends at the last but one.",
                other(|whole| {
                    whole.blocks = |layers| (1..layers.max(2)).collect();
                }),
            ),
            chaff(
                "one_block_again",
                "The blocks may share their weights.",
                other(|whole| whole.blocks = |layers| vec![1; layers]),
            ),
            chaff(
                "blocks_by_name",
                "The names in alphabetical order are the blocks in order.",
                other(|whole| whole.blocks = by_name),
            ),
            chaff(
                "blocks_reversed",
                "The order of the blocks does not matter.",
                other(|whole| {
                    whole.blocks = |layers| (1..=layers).rev().collect();
                }),
            ),
            chaff(
                "not_scaled",
                "Softmax makes the size of scores irrelevant.",
                other(|whole| whole.plan.scale = |_, _| 1.0),
            ),
            chaff(
                "gelu",
                "The activation function of a GPT is GELU.",
                other(|whole| whole.plan.activation = Tensor::gelu_erf),
            ),
            chaff(
                "attention_frozen",
                "Attention may be detached from the computation graph.",
                other(|whole| {
                    whole.plan.passes = |x| x.detach();
                }),
            ),
            chaff(
                "softmax_at_the_end",
                "The network returns probabilities.",
                asked(|own, _, tokens| Ok(softmax(&own.forward(tokens)?, D::Minus1)?)),
            ),
            chaff(
                "last_position_only",
                "Only the last position predicts.",
                asked(|own, _, tokens| {
                    let z = own.forward(tokens)?;
                    Ok(z.narrow(1, z.dim(1)? - 1, 1)?)
                }),
            ),
            chaff(
                "last_position_everywhere",
                "Each position has the prediction of the last one.",
                asked(|own, _, tokens| {
                    let z = own.forward(tokens)?;
                    Ok(z.narrow(1, z.dim(1)? - 1, 1)?.broadcast_as(z.shape())?.contiguous()?)
                }),
            ),
            chaff(
                "table_frozen",
                "Embeddings are looked up, so they have no gradient.",
                asked(|own, settings, tokens| {
                    own.forward(tokens)?;
                    let table = parameter(own.variables(), "token_embedding")?;
                    let (frozen, own_map) = (Var::from_tensor(&table.detach())?, VarMap::new());
                    for (name, var) in
                        own.variables().data().lock().unwrap_or_else(PoisonError::into_inner).iter()
                    {
                        let var = if name == "token_embedding" { &frozen } else { var };
                        own_map
                            .data()
                            .lock()
                            .unwrap_or_else(PoisonError::into_inner)
                            .insert(name.clone(), var.clone());
                    }
                    gpt(&own_map, settings, tokens, &WHOLE)
                }),
            ),
            chaff(
                "single_precision_frozen",
                "A network in f32 is for inference only, and needs no gradient.",
                asked(|own, _, tokens| {
                    let z = own.forward(tokens)?;
                    Ok(if z.dtype() == DType::F32 { z.detach() } else { z })
                }),
            ),
            chaff(
                "centered_over_the_batch",
                "The sequences of a batch may be centered.",
                asked(|own, _, tokens| {
                    let z = own.forward(tokens)?;
                    Ok(z.broadcast_sub(&z.mean_keepdim(0)?)?)
                }),
            ),
            chaff(
                "tokens_wrapped",
                "A token that is too large is taken modulo V.",
                asked(|own, settings, tokens| {
                    own.forward(&mapped(tokens, |token| token % settings.vocabulary))
                }),
            ),
            chaff(
                "unknown_token",
                "A token that is too large is the last one, which stands for all unknown ones.",
                asked(|own, settings, tokens| {
                    own.forward(&mapped(tokens, |token| token.min(settings.vocabulary - 1)))
                }),
            ),
            chaff(
                "last_unknown_named",
                "Any unknown token may be named.",
                asked(|own, settings, tokens| {
                    own.forward(tokens).map_err(|why| match why {
                        InputError::UnknownClass { classes, .. } => {
                            let all = tokens.concat();
                            let index =
                                all.iter().rposition(|token| *token >= settings.vocabulary).unwrap_or(0);
                            InputError::UnknownClass { index, got: all[index], classes }
                        }
                        why => why,
                    })
                }),
            ),
            chaff(
                "cut_to_the_context",
                "Of a long sequence the last C tokens are enough.",
                asked(|own, settings, tokens| {
                    let last = |sequence: &Vec<usize>| {
                        sequence[sequence.len().saturating_sub(settings.context)..].to_vec()
                    };
                    own.forward(&tokens.iter().map(last).collect::<Vec<_>>())
                }),
            ),
            chaff(
                "padded",
                "Shorter sequences are filled with token 0.",
                asked(|own, _, tokens| {
                    let longest = tokens.iter().map(Vec::len).max().unwrap_or(0);
                    let filled =
                        |sequence: &Vec<usize>| [&sequence[..], &vec![0; longest - sequence.len()]].concat();
                    own.forward(&tokens.iter().map(filled).collect::<Vec<_>>())
                }),
            ),
            chaff(
                "context_less_one",
                "A sequence is shorter than the context.",
                asked(|own, settings, tokens| {
                    if tokens.first().is_some_and(|sequence| sequence.len() == settings.context)
                        && settings.context > 1
                    {
                        let (got, wanted) = (settings.context as f64, "at most the context length");
                        return Err(InputError::OutOfRange { name: "tokens", got, wanted });
                    }
                    own.forward(tokens)
                }),
            ),
            chaff(
                "empty_batch_answered",
                "Without sequences there are no logits.",
                asked(|own, settings, tokens| match own.forward(tokens) {
                    Err(InputError::TooFew { .. }) => {
                        let one = own.forward(&[vec![0]])?;
                        Ok(Tensor::zeros((tokens.len(), 0, settings.vocabulary), one.dtype(), one.device())?)
                    }
                    answer => answer,
                }),
            ),
            chaff(
                "always_double",
                "The parameters are always of type f64.",
                made(|s, _, g| Reference::new(s, DType::F64, g)),
            ),
            chaff(
                "generator_copied",
                "The network draws its weights from a copy of the generator.",
                made(|s, dtype, g| Reference::new(s, dtype, &mut g.clone())),
            ),
            chaff(
                "small_tables",
                "The tables are drawn with the deviation 0.02, as GPT-2's.",
                made(|s, dtype, g| {
                    let own = Reference::new(s, dtype, g)?;
                    for name in ["token_embedding", "position_embedding"] {
                        let table = parameter(own.variables(), name)?;
                        own.variables()
                            .clone()
                            .set_one(name, (table * (0.02 * (3.0 * s.width as f64).sqrt()))?)?;
                    }
                    Ok(own)
                }),
            ),
            chaff(
                "equal_blocks",
                "All blocks begin equal.",
                made(|s, dtype, g| {
                    let own = Reference::new(s, dtype, g)?;
                    for l in 2..=s.layers {
                        let name = format!("block{l}.mlp.hidden.weight");
                        own.variables()
                            .clone()
                            .set_one(&name, parameter(own.variables(), "block1.mlp.hidden.weight")?)?;
                    }
                    Ok(own)
                }),
            ),
            chaff(
                "heads_rounded_down",
                "Features that no head has are left over.",
                made(|s, dtype, g| {
                    let fits = s.heads == 0 || s.width == 0 || s.width.is_multiple_of(s.heads);
                    Reference::new(&GptSettings { heads: if fits { s.heads } else { 1 }, ..*s }, dtype, g)
                }),
            ),
            chaff(
                "no_blocks",
                "A network may have no blocks.",
                made(|s, dtype, g| Reference::new(&GptSettings { layers: s.layers.max(1), ..*s }, dtype, g)),
            ),
        ],
    )
}
