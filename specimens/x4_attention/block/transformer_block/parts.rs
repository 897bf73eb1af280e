//! Parts of a block, most of them wrong.

use std::sync::PoisonError;

use candle_core::{D, Result, Tensor};
use candle_nn::VarMap;
use candle_nn::ops::{log_softmax, softmax};
use kit::InputError;

use super::super::super::planned::Plan;
use crate::reference::x4_attention::block::TransformerBlock as Reference;

/// The same in another way.
pub(super) fn with_ones(plan: &mut Plan) {
    plan.norm = |x| {
        let d = x.dim(D::Minus1)?;
        let ones = Tensor::ones((d, 1), x.dtype(), x.device())?;
        let mean = (x.contiguous()?.broadcast_matmul(&ones)? / d as f64)?;
        let centered = x.broadcast_sub(&mean)?;
        let variance = (centered.sqr()?.broadcast_matmul(&ones)? / d as f64)?;
        centered.broadcast_div(&(variance + 1e-5)?.powf(0.5)?)
    };
    plan.weights = |scores, sees| log_softmax(&masked(scores, sees, f64::NEG_INFINITY)?, D::Minus1)?.exp();
    plan.activation = |z| (z + z.abs()?)? * 0.5;
}

/// Variables of which those with one name stand for those with the other.
pub(super) fn renamed(variables: &VarMap, from: &str, to: &str) -> VarMap {
    let held = variables.data().lock().unwrap_or_else(PoisonError::into_inner);
    let twin = VarMap::new();
    for (name, var) in held.iter() {
        let var = held.get(&name.replace(from, to)).unwrap_or(var);
        twin.data().lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), var.clone());
    }
    twin
}

/// Each variable whose name ends so, times a number and plus another one.
pub(super) fn scaled(
    own: Reference,
    end: &str,
    by: f64,
    plus: f64,
) -> std::result::Result<Reference, InputError> {
    for (name, var) in own.variables().data().lock().unwrap_or_else(PoisonError::into_inner).iter() {
        if name.ends_with(end) {
            var.set(&var.affine(by, plus)?)?;
        }
    }
    Ok(own)
}

fn masked(scores: &Tensor, sees: &Tensor, far: f64) -> Result<Tensor> {
    let far = (scores.zeros_like()? + far)?;
    sees.broadcast_as(scores.shape())?.where_cond(scores, &far)
}

pub(super) fn unbiased(x: &Tensor) -> Result<Tensor> {
    let d = x.dim(D::Minus1)? as f64;
    let centered = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
    let variance = (centered.sqr()?.sum_keepdim(D::Minus1)? / (d - 1.0).max(1.0))?;
    centered.broadcast_div(&(variance + 1e-5)?.sqrt()?)
}

pub(super) fn not_centered(x: &Tensor) -> Result<Tensor> {
    x.broadcast_div(&(x.sqr()?.mean_keepdim(D::Minus1)? + 1e-5)?.sqrt()?)
}

pub(super) fn epsilon_outside(x: &Tensor) -> Result<Tensor> {
    let centered = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
    centered.broadcast_div(&(centered.sqr()?.mean_keepdim(D::Minus1)?.sqrt()? + 1e-5)?)
}

pub(super) fn small_epsilon(x: &Tensor) -> Result<Tensor> {
    let centered = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
    centered.broadcast_div(&(centered.sqr()?.mean_keepdim(D::Minus1)? + 1e-8)?.sqrt()?)
}

pub(super) fn over_positions(x: &Tensor) -> Result<Tensor> {
    let centered = x.broadcast_sub(&x.mean_keepdim(1)?)?;
    centered.broadcast_div(&(centered.sqr()?.mean_keepdim(1)? + 1e-5)?.sqrt()?)
}

pub(super) fn statistics_frozen(x: &Tensor) -> Result<Tensor> {
    let centered = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?.detach())?;
    centered.broadcast_div(&(centered.sqr()?.mean_keepdim(D::Minus1)? + 1e-5)?.sqrt()?.detach())
}

pub(super) fn candles_layer_norm(x: &Tensor) -> Result<Tensor> {
    let one = Tensor::ones(x.dim(D::Minus1)?, x.dtype(), x.device())?;
    candle_nn::ops::layer_norm(&x.contiguous()?, &one, &one.zeros_like()?, 1e-5)
}

pub(super) fn masked_after_softmax(scores: &Tensor, sees: &Tensor) -> Result<Tensor> {
    softmax(scores, D::Minus1)?.broadcast_mul(&sees.to_dtype(scores.dtype())?)
}

pub(super) fn masked_by_0(scores: &Tensor, sees: &Tensor) -> Result<Tensor> {
    softmax(&scores.broadcast_mul(&sees.to_dtype(scores.dtype())?)?, D::Minus1)
}

pub(super) fn over_queries(scores: &Tensor, sees: &Tensor) -> Result<Tensor> {
    softmax(&masked(scores, sees, -1e30)?, 1)
}

pub(super) fn mild_mask(scores: &Tensor, sees: &Tensor) -> Result<Tensor> {
    softmax(&masked(scores, sees, -100.0)?, D::Minus1)
}

pub(super) fn naive_softmax(scores: &Tensor, sees: &Tensor) -> Result<Tensor> {
    let powers = scores.exp()?.broadcast_mul(&sees.to_dtype(scores.dtype())?)?;
    powers.broadcast_div(&powers.sum_keepdim(D::Minus1)?)
}

pub(super) fn mean_of_the_past(scores: &Tensor, sees: &Tensor) -> Result<Tensor> {
    let seen = sees.to_dtype(scores.dtype())?.broadcast_as(scores.shape())?;
    seen.broadcast_div(&seen.sum_keepdim(D::Minus1)?)
}
