//! Other ways through a transformer block and a GPT, right and wrong.

use std::sync::PoisonError;

use candle_core::{D, Tensor};
use candle_nn::VarMap;
use candle_nn::ops::softmax;
use kit::InputError;

use crate::reference::x4_attention::gpt::GptSettings;

/// What a block does, each part as a learner may write it.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    /// What scores are divided by, of d/h and d.
    pub(super) scale: fn(usize, usize) -> f64,
    /// Whether a query at a position sees a key at another one.
    pub(super) sees: fn(usize, usize) -> bool,
    /// Normalizes the features of each position.
    pub(super) norm: fn(&Tensor) -> candle_core::Result<Tensor>,
    /// Scores to weights; `false` where a key is not seen.
    pub(super) weights: fn(&Tensor, &Tensor) -> candle_core::Result<Tensor>,
    pub(super) activation: fn(&Tensor) -> candle_core::Result<Tensor>,
    /// Where the normalization is, and what is added.
    pub(super) order: Order,
    /// Which heads there are, of h and d.
    pub(super) heads: fn(usize, usize) -> usize,
    /// Features i, i + h, i + 2h, … belong to head i.
    pub(super) is_interleaved: bool,
    /// Whether W_o mixes the heads.
    pub(super) mixes: bool,
    /// What is passed on of the attention.
    pub(super) passes: fn(Tensor) -> Tensor,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Order {
    Before,
    After,
    MlpAlone,
    Nothing,
}

pub(super) const RIGHT: Plan = Plan {
    scale: |size, _| (size as f64).sqrt(),
    sees: |query, key| key <= query,
    norm: |x| {
        let centered = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
        // 1/√ as a power, another way than the reference.
        let scale = (centered.sqr()?.mean_keepdim(D::Minus1)? + 1e-5)?.sqrt()?.recip()?;
        centered.broadcast_mul(&scale)
    },
    weights: |scores, sees| {
        let far = (scores.zeros_like()? - 1e30)?;
        softmax(&sees.broadcast_as(scores.shape())?.where_cond(scores, &far)?, D::Minus1)
    },
    activation: |z| z.maximum(&z.zeros_like()?),
    order: Order::Before,
    heads: |heads, _| heads,
    is_interleaved: false,
    mixes: true,
    passes: |x| x,
};

/// A variable of the map.
pub(super) fn parameter(variables: &VarMap, name: &str) -> Result<Tensor, InputError> {
    let held = variables.data().lock().unwrap_or_else(PoisonError::into_inner);
    let found = held.get(name).map(|var| var.as_tensor().clone());
    found.ok_or_else(|| InputError::Library { name: "candle", says: format!("no variable {name}") })
}

/// x·Wᵀ + b, as a sum over the batch's matrices.
pub(super) fn linear(x: &Tensor, variables: &VarMap, name: &str) -> Result<Tensor, InputError> {
    let weight = parameter(variables, &format!("{name}.weight"))?.t()?.contiguous()?;
    Ok(x.contiguous()?
        .broadcast_matmul(&weight)?
        .broadcast_add(&parameter(variables, &format!("{name}.bias"))?)?)
}

pub(super) fn normalized(
    x: &Tensor,
    variables: &VarMap,
    name: &str,
    plan: &Plan,
) -> Result<Tensor, InputError> {
    let [gamma, beta] = ["gamma", "beta"].map(|part| parameter(variables, &format!("{name}.{part}")));
    Ok((plan.norm)(x)?.broadcast_mul(&gamma?)?.broadcast_add(&beta?)?)
}

/// A block; keys and values of the past are batch × positions × d. Returns y, and all keys and values.
pub(super) fn block(
    variables: &VarMap,
    prefix: &str,
    heads: usize,
    x: &Tensor,
    past: Option<[Tensor; 2]>,
    plan: &Plan,
) -> Result<(Tensor, [Tensor; 2]), InputError> {
    let named = |name: &str| format!("{prefix}{name}");
    let first = |x: &Tensor| match plan.order {
        Order::After => Ok(x.clone()),
        _ => normalized(x, variables, &named("layer_norm1"), plan),
    };
    let second = |x: &Tensor| match plan.order {
        Order::After => Ok(x.clone()),
        _ => normalized(x, variables, &named("layer_norm2"), plan),
    };
    let z = first(x)?;
    let query = linear(&z, variables, &named("attention.query"))?;
    let mut key = linear(&z, variables, &named("attention.key"))?;
    let mut value = linear(&z, variables, &named("attention.value"))?;
    if let Some([keys, values]) = past {
        (key, value) = (Tensor::cat(&[keys, key], 1)?, Tensor::cat(&[values, value], 1)?);
    }
    let mut mixed = attention([&query, &key, &value], heads, plan)?;
    if plan.mixes {
        mixed = linear(&mixed, variables, &named("attention.output"))?;
    }
    let mixed = (plan.passes)(mixed);
    let is_added = !matches!(plan.order, Order::MlpAlone | Order::Nothing);
    let mut a = if is_added { (x + &mixed)? } else { mixed.clone() };
    if plan.order == Order::After {
        a = normalized(&a, variables, &named("layer_norm1"), plan)?;
    }
    let z = second(&a)?;
    let hidden = (plan.activation)(&linear(&z, variables, &named("mlp.hidden"))?)?;
    let mlp = linear(&hidden, variables, &named("mlp.output"))?;
    let is_added = plan.order != Order::Nothing;
    let mut y = if is_added { (a + mlp)? } else { mlp };
    if plan.order == Order::After {
        y = normalized(&y, variables, &named("layer_norm2"), plan)?;
    }
    Ok((y, [key, value]))
}

/// Head after head, each of a few columns.
fn attention([query, key, value]: [&Tensor; 3], heads: usize, plan: &Plan) -> Result<Tensor, InputError> {
    let (_, queries, width) = query.dims3()?;
    let (keys, heads) = (key.dim(1)?, (plan.heads)(heads, width));
    let size = width / heads;
    let sees: Vec<u8> =
        (0..queries * keys).map(|at| u8::from((plan.sees)(at / keys + keys - queries, at % keys))).collect();
    let sees = Tensor::from_vec(sees, (1, queries, keys), query.device())?;
    let mut all = Vec::new();
    for h in 0..heads {
        let columns = |x: &Tensor| -> candle_core::Result<Tensor> {
            if !plan.is_interleaved {
                return x.narrow(2, h * size, size)?.contiguous();
            }
            let every: Vec<u32> = (0..size).map(|i| (h + i * heads) as u32).collect();
            x.index_select(&Tensor::from_vec(every, size, x.device())?, 2)
        };
        let scores = columns(query)?.matmul(&columns(key)?.transpose(1, 2)?.contiguous()?)?;
        let scores = (scores / (plan.scale)(size, width))?;
        all.push((plan.weights)(&scores, &sees)?.matmul(&columns(value)?)?);
    }
    Ok(Tensor::cat(&all, 2)?)
}

/// A network on tokens that were checked.
pub(super) fn gpt(
    variables: &VarMap,
    settings: &GptSettings,
    tokens: &[Vec<usize>],
    whole: &Whole,
) -> Result<Tensor, InputError> {
    let (batch, length) = (tokens.len(), tokens[0].len());
    let table = parameter(variables, "token_embedding")?;
    let rows = |table: &Tensor, rows: Vec<usize>| -> candle_core::Result<Tensor> {
        let rows: Vec<u32> = rows.into_iter().map(|row| row as u32).collect();
        let n = rows.len();
        table.index_select(&Tensor::from_vec(rows, n, table.device())?, 0)
    };
    let mut x = rows(&table, tokens.concat())?.reshape((batch, length, settings.width))?;
    if let Some(position) = whole.position {
        let positions = (0..length).map(|t| position(t, length)).collect();
        x = x.broadcast_add(&rows(&parameter(variables, "position_embedding")?, positions)?)?;
    }
    for l in (whole.blocks)(settings.layers) {
        x = block(variables, &format!("block{l}."), settings.heads, &x, None, &whole.plan)?.0;
    }
    if whole.is_normalized {
        x = normalized(&x, variables, "layer_norm", &whole.plan)?;
    }
    if whole.is_tied {
        let logits = x.broadcast_matmul(&table.t()?.contiguous()?)?;
        return Ok(logits.broadcast_add(&parameter(variables, "head.bias")?)?);
    }
    linear(&x, variables, "head")
}

/// What a network does.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub(super) plan: Plan,
    /// The row of the table of positions, of position and length; without positions `None`.
    pub(super) position: Option<fn(usize, usize) -> usize>,
    /// The numbers of the blocks in order, of L.
    pub(super) blocks: fn(usize) -> Vec<usize>,
    pub(super) is_normalized: bool,
    /// Whether the output layer is the token table.
    pub(super) is_tied: bool,
}

pub(super) const WHOLE: Whole = Whole {
    plan: RIGHT,
    position: Some(|t, _| t),
    blocks: |layers| (1..=layers).collect(),
    is_normalized: true,
    is_tied: false,
};
