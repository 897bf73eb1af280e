use std::sync::{Mutex, PoisonError};

use candle_core::{D, DType, Tensor};
use candle_nn::VarMap;
use candle_nn::ops::softmax;
use kit::InputError;

use super::super::planned::{Plan, RIGHT, block, linear, normalized, parameter};
use crate::reference::x4_attention::cache as reference;
use crate::reference::x4_attention::cache::KvCache;
use crate::reference::x4_attention::gpt::GptSettings;
use crate::specimens::specimen::{answering, chaff, wheat};

type CachedStep = fn(&VarMap, &GptSettings, usize, &mut KvCache) -> Result<Tensor, InputError>;

/// The kata, answered by a specimen.
pub fn cached_step(
    variables: &VarMap,
    settings: &GptSettings,
    token: usize,
    cache: &mut KvCache,
) -> Result<Tensor, InputError> {
    answering::<CachedStep>(
        module_path!(),
        reference::cached_step,
        &[
            wheat("head_by_head", "one head after the other", |v, s, token, cache| {
                stepped(v, s, token, cache, &STEP)
            }),
            wheat(
                "checked_last",
                "computes with a copy of the cache, and takes that over at the end",
                |v, s, token, cache| {
                    let mut copy = cache.clone();
                    let logits = reference::cached_step(v, s, token, &mut copy)?;
                    *cache = copy;
                    Ok(logits)
                },
            ),
            wheat("detached", "the cache keeps copies that no graph holds on to", |v, s, token, cache| {
                let logits = stepped(v, s, token, cache, &STEP)?;
                for tensor in cache.keys.iter_mut().chain(&mut cache.values) {
                    *tensor = tensor.detach().copy()?;
                }
                Ok(logits.detach())
            }),
            chaff("first_position", "A step has one token, so its position is 0.", |v, s, token, cache| {
                stepped(v, s, token, cache, &Step { position: |_, _| 0, ..STEP })
            }),
            chaff(
                "one_position_late",
                "The position is the number of tokens after the step.",
                |v, s, token, cache| {
                    stepped(
                        v,
                        s,
                        token,
                        cache,
                        &Step { position: |t, context| (t + 1).min(context - 1), ..STEP },
                    )
                },
            ),
            chaff("positions_up_to_64", "Positions begin again after 64.", |v, s, token, cache| {
                stepped(v, s, token, cache, &Step { position: |t, _| t % 64, ..STEP })
            }),
            chaff("no_positions", "The place in the cache is position enough.", |v, s, token, cache| {
                stepped(v, s, token, cache, &Step { position: |_, context| context, ..STEP })
            }),
            chaff(
                "no_past",
                "A token attends to itself; the cache is for the next one.",
                |v, s, token, cache| {
                    stepped(
                        v,
                        s,
                        token,
                        cache,
                        &Step { plan: Plan { sees: |query, key| query == key, ..RIGHT }, ..STEP },
                    )
                },
            ),
            chaff("not_itself", "A token attends to the tokens before it only.", |v, s, token, cache| {
                stepped(
                    v,
                    s,
                    token,
                    cache,
                    &Step { plan: Plan { sees: |q, k| k < q || q == 0, ..RIGHT }, ..STEP },
                )
            }),
            chaff("window_of_64", "64 earlier positions are enough.", |v, s, token, cache| {
                stepped(
                    v,
                    s,
                    token,
                    cache,
                    &Step { plan: Plan { sees: |query, key| key + 64 > query, ..RIGHT }, ..STEP },
                )
            }),
            chaff("not_scaled", "Softmax makes the size of scores irrelevant.", |v, s, token, cache| {
                stepped(v, s, token, cache, &Step { plan: Plan { scale: |_, _| 1.0, ..RIGHT }, ..STEP })
            }),
            chaff("one_head", "With one query the heads are one.", |v, s, token, cache| {
                stepped(v, s, token, cache, &Step { plan: Plan { heads: |_, _| 1, ..RIGHT }, ..STEP })
            }),
            chaff(
                "first_cache_for_all",
                "All blocks share the keys and values of the first.",
                |v, s, token, cache| stepped(v, s, token, cache, &Step { past: |_| 0, ..STEP }),
            ),
            chaff("no_last_norm", "One position needs no last layer normalization.", |v, s, token, cache| {
                stepped(v, s, token, cache, &Step { is_normalized: false, ..STEP })
            }),
            chaff("replaced", "The cache holds the keys of the last token.", |v, s, token, cache| {
                let logits = reference::cached_step(v, s, token, cache)?;
                each(cache, |tensor| tensor.narrow(0, tensor.dim(0)? - 1, 1))?;
                Ok(logits)
            }),
            chaff(
                "newest_first",
                "The order of what is in the cache does not matter.",
                |v, s, token, cache| {
                    let logits = reference::cached_step(v, s, token, cache)?;
                    each(cache, |tensor| {
                        let n = tensor.dim(0)?;
                        Tensor::cat(&[tensor.narrow(0, n - 1, 1)?, tensor.narrow(0, 0, n - 1)?], 0)
                    })?;
                    Ok(logits)
                },
            ),
            chaff(
                "keys_for_values",
                "Keys and values may be exchanged in the cache.",
                |v, s, token, cache| {
                    let swap = |cache: &mut KvCache| std::mem::swap(&mut cache.keys, &mut cache.values);
                    swap(cache);
                    let answer = reference::cached_step(v, s, token, cache);
                    swap(cache);
                    answer
                },
            ),
            chaff("one_for_all_sequences", "One cache is enough for a program.", |v, s, token, cache| {
                static ONLY: Mutex<Option<KvCache>> = Mutex::new(None);
                let mut only = ONLY.lock().unwrap_or_else(PoisonError::into_inner);
                // A sequence of another length begins, and the old one is forgotten.
                let is_continued = only.as_ref().is_some_and(|only| length(only) == length(cache));
                if let (true, Some(only)) = (is_continued && fits(&only, cache), only.as_ref()) {
                    *cache = only.clone();
                }
                let answer = reference::cached_step(v, s, token, cache);
                *only = Some(cache.clone());
                answer
            }),
            chaff("split_into_heads", "Keys are kept as the heads have them.", |v, s, token, cache| {
                let answer = reference::cached_step(v, s, token, cache);
                if answer.is_ok() {
                    each(cache, |tensor| tensor.reshape((tensor.dim(0)?, s.heads, s.width / s.heads)))?;
                }
                answer
            }),
            chaff("one_row", "Logits are a row of a batch of one.", |v, s, token, cache| {
                Ok(reference::cached_step(v, s, token, cache)?.unsqueeze(0)?)
            }),
            chaff(
                "probabilities",
                "A step returns the probabilities of the next token.",
                |v, s, token, cache| Ok(softmax(&reference::cached_step(v, s, token, cache)?, D::Minus1)?),
            ),
            chaff("in_double", "Logits are always of type f64.", |v, s, token, cache| {
                Ok(reference::cached_step(v, s, token, cache)?.to_dtype(DType::F64)?)
            }),
            chaff("token_wrapped", "A token that is too large is taken modulo V.", |v, s, token, cache| {
                reference::cached_step(v, s, token % s.vocabulary.max(1), cache)
            }),
            chaff(
                "counted_before_it_fails",
                "After an error the cache is of no use anyway.",
                |v, s, token, cache| {
                    let answer = reference::cached_step(v, s, token, cache);
                    if answer.is_err() {
                        *cache = KvCache::default();
                    }
                    answer
                },
            ),
            chaff(
                "oldest_dropped",
                "Where the context is full, the oldest position is dropped.",
                |v, s, token, cache| {
                    if length(cache) == s.context {
                        each(cache, |tensor| tensor.narrow(0, 1, s.context - 1))?;
                    }
                    reference::cached_step(v, s, token, cache)
                },
            ),
            chaff("more_variables", "Variables that no block asks for do no harm.", |v, s, token, cache| {
                match reference::cached_step(v, s, token, cache) {
                    Err(InputError::Names { got, wanted })
                        if wanted.iter().all(|name| got.contains(name)) =>
                    {
                        stepped_unchecked(v, s, token, cache, &STEP)
                    }
                    answer => answer,
                }
            }),
            chaff(
                "shapes_unchecked",
                "Variables of the right names have the right shapes.",
                |v, s, token, cache| match reference::cached_step(v, s, token, cache) {
                    Err(InputError::Dimensions { .. }) => stepped_unchecked(v, s, token, cache, &STEP),
                    answer => answer,
                },
            ),
            chaff(
                "trained_on_the_way",
                "A network that generates may go on learning.",
                |v, s, token, cache| {
                    let logits = reference::cached_step(v, s, token, cache)?;
                    let bias = parameter(v, "head.bias")?;
                    v.clone().set_one("head.bias", (bias + 0.125)?)?;
                    Ok(logits)
                },
            ),
        ],
    )(variables, settings, token, cache)
}

/// What a step does.
struct Step {
    plan: Plan,
    /// The row of the table of positions, of the number of earlier positions and C; none, if it is C.
    position: fn(usize, usize) -> usize,
    /// Whose keys and values a block reads.
    past: fn(usize) -> usize,
    is_normalized: bool,
}

const STEP: Step = Step { plan: RIGHT, position: |t, _| t, past: |l| l, is_normalized: true };

fn length(cache: &KvCache) -> usize {
    cache.keys.first().map_or(0, |keys| keys.dims()[0])
}

fn fits(only: &Option<KvCache>, cache: &KvCache) -> bool {
    let shapes = |cache: &KvCache| cache.keys.iter().map(|keys| keys.dims().to_vec()).collect::<Vec<_>>();
    only.as_ref().is_some_and(|only| shapes(only) == shapes(cache))
}

fn each(
    cache: &mut KvCache,
    with: impl Fn(&Tensor) -> candle_core::Result<Tensor>,
) -> Result<(), InputError> {
    for tensor in cache.keys.iter_mut().chain(&mut cache.values) {
        *tensor = with(tensor)?;
    }
    Ok(())
}

/// A step by another plan, on what the reference accepts.
fn stepped(
    v: &VarMap,
    s: &GptSettings,
    token: usize,
    cache: &mut KvCache,
    step: &Step,
) -> Result<Tensor, InputError> {
    reference::cached_step(v, s, token, &mut cache.clone())?;
    stepped_unchecked(v, s, token, cache, step)
}

fn stepped_unchecked(
    v: &VarMap,
    s: &GptSettings,
    token: usize,
    cache: &mut KvCache,
    step: &Step,
) -> Result<Tensor, InputError> {
    let row = |table: &str, row: usize| -> Result<Tensor, InputError> {
        Ok(parameter(v, table)?.narrow(0, row, 1)?.unsqueeze(0)?)
    };
    let (mut x, position) = (row("token_embedding", token)?, (step.position)(length(cache), s.context));
    if position < s.context {
        x = (x + row("position_embedding", position)?)?;
    }
    let mut longer = KvCache::default();
    for l in 0..s.layers {
        let past = (step.past)(l);
        let past = match (cache.keys.get(past), cache.values.get(past)) {
            (Some(keys), Some(values)) => Some([keys.unsqueeze(0)?, values.unsqueeze(0)?]),
            _ => None,
        };
        let [key, value];
        (x, [key, value]) = block(v, &format!("block{}.", l + 1), s.heads, &x, past, &step.plan)?;
        longer.keys.push(key.squeeze(0)?);
        longer.values.push(value.squeeze(0)?);
    }
    if step.is_normalized {
        x = normalized(&x, v, "layer_norm", &step.plan)?;
    }
    *cache = longer;
    Ok(linear(&x, v, "head")?.flatten_all()?)
}
