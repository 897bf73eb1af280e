//! The KV cache: one token in, its logits out, without computing the past again.

use candle_core::Tensor;
use candle_nn::VarMap;
use kit::{InputError, check};

use super::gpt::GptSettings;

/// The keys and values of all positions so far, for each block. `KvCache::default()` is that of no position.
#[derive(Debug, Clone, Default)]
pub struct KvCache {
    /// K of each block, positions × d, before it is split into heads; no tensors while there is no position.
    pub keys: Vec<Tensor>,
    /// V of each block, likewise.
    pub values: Vec<Tensor>,
}

/// The logits of the next token, from one more token and the cache of those before it.
///
/// In a causal network nothing that comes later changes the keys and values of a position. So each is computed once and kept;
/// a new token computes its own, and its query attends to all of them. The logits are those of the last position of
/// [`Gpt::forward`](super::gpt::Gpt::forward) of the whole sequence, up to rounding; a step costs O(T) instead of O(T²).
///
/// * `variables`: those of a [`Gpt`](super::gpt::Gpt), trained or not; they are not changed. `settings`: its sizes.
/// * `token`: below V; its position is the number of positions in the cache.
/// * `cache`: as earlier steps with the same network left it. It has one position more afterwards, in tensors of its own, so
///   that a copy made before stays what it was. It is unchanged if an error is returned.
/// * Returns the logits, V numbers in one dimension, of the type of the variables.
///
/// # Errors
///
/// * Those of [`parameter_count`](super::gpt::parameter_count) for these settings;
/// * [`InputError::Names`] if the variables have other names than those of such a network;
/// * [`InputError::Dimensions`] with the `name` of a variable that has another shape;
/// * [`InputError::UnknownClass`] with `index` 0 if the token is not below V;
/// * [`InputError::OutOfRange`] with `name` `"cache"`, `got` the number of its positions, and `wanted` `"fewer positions than
///   the context length"`.
///
/// ```
/// # use candle_core::DType;
/// # use katas::x4_attention::cache::{KvCache, cached_step};
/// # use katas::x4_attention::gpt::{Gpt, GptSettings};
/// # use kit::Generator;
/// let settings = GptSettings { vocabulary: 3, context: 4, width: 4, heads: 2, layers: 2 };
/// let gpt = Gpt::new(&settings, DType::F64, &mut Generator::from_seed(1))?;
/// let mut cache = KvCache::default();
/// cached_step(gpt.variables(), &settings, 2, &mut cache)?;
/// let cached = cached_step(gpt.variables(), &settings, 0, &mut cache)?.to_vec1::<f64>()?;
/// let whole = gpt.forward(&[vec![2, 0]])?.to_vec3::<f64>()?;
/// assert!(cached.iter().zip(&whole[0][1]).all(|(a, b)| (a - b).abs() < 1e-12));
/// assert_eq!(cache.keys[1].dims(), [2, 4]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `out = model(token, past_key_values=cache, use_cache=True)` of the library `transformers`.
///
/// Source: Shazeer, *Fast Transformer Decoding: One Write-Head is All You Need*, arXiv:1911.02150 (2019), §2.
pub fn cached_step(
    variables: &VarMap,
    settings: &GptSettings,
    token: usize,
    cache: &mut KvCache,
) -> Result<Tensor, InputError> {
    use super::block::{TransformerBlock, layer_norm, linear, parameter};

    super::gpt::check_settings(settings)?;
    check_variables(variables, settings)?;
    check::labels(&[token], settings.vocabulary)?;
    let position = cache.keys.first().map_or(Ok(0), |keys| keys.dim(0))?;
    let is_free = position < settings.context;
    check::in_range("cache", position as f64, is_free, "fewer positions than the context length")?;
    let row = |table: &str, row: usize| -> Result<Tensor, InputError> {
        Ok(parameter(variables, table)?.narrow(0, row, 1)?.unsqueeze(0)?)
    };
    let mut x = (row("token_embedding", token)? + row("position_embedding", position)?)?;
    let mut longer = KvCache::default();
    for l in 0..settings.layers {
        let block = TransformerBlock::of(variables, &format!("block{}.", l + 1), settings.heads);
        // A batch of one sequence.
        let past = [cache.keys.get(l), cache.values.get(l)].map(|past| past.map(|past| past.unsqueeze(0)));
        let [key, value];
        (x, [key, value]) = match past {
            [Some(keys), Some(values)] => block.forward_after(&x, Some([&keys?, &values?]))?,
            _ => block.forward_after(&x, None)?,
        };
        longer.keys.push(key.squeeze(0)?.detach());
        longer.values.push(value.squeeze(0)?.detach());
    }
    let logits = linear(&layer_norm(&x, variables, "layer_norm")?, variables, "head")?.flatten_all()?;
    *cache = longer;
    Ok(logits)
}

fn check_variables(variables: &VarMap, settings: &GptSettings) -> Result<(), InputError> {
    let mut shapes = super::gpt::shapes(settings);
    shapes.sort();
    let held = variables.data().lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let mut got: Vec<String> = held.keys().cloned().collect();
    got.sort();
    let wanted: Vec<String> = shapes.iter().map(|(name, _)| name.clone()).collect();
    if got != wanted {
        return Err(InputError::Names { got, wanted });
    }
    shapes.iter().try_for_each(|(name, shape)| check::dimensions(name, held[name].dims(), shape))
}
