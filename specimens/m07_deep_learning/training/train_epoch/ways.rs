//! Other ways to compute it, right and wrong, for the specimens of `train_epoch`.

use candle_core::Tensor;
use candle_nn::Optimizer;
use kit::InputError;

use crate::reference::m07_deep_learning::loss::cross_entropy;
use crate::reference::m07_deep_learning::training::{self as reference, Model, Score, evaluate};

pub(super) fn at(rejection: InputError, step: usize) -> InputError {
    match rejection {
        InputError::Diverged { .. } => InputError::Diverged { step },
        other => other,
    }
}

/// What the reference rejects before it asks the model.
pub(super) fn check_batches<O: Optimizer>(
    _: &Model,
    o: &mut O,
    x: &Tensor,
    labels: &[usize],
    batches: &[Vec<usize>],
) -> Result<(), InputError> {
    let unasked = |_: &Tensor| Err(InputError::Constant { name: "nothing is asked" });
    match reference::train_epoch(&unasked, o, x, labels, batches) {
        Err(InputError::Constant { .. }) => Ok(()),
        rejected => rejected.map(drop),
    }
}

pub(super) fn taken(
    x: &Tensor,
    labels: &[usize],
    batch: &[usize],
) -> Result<(Tensor, Vec<usize>), InputError> {
    let rows = Tensor::new(batch.iter().map(|i| *i as u32).collect::<Vec<_>>(), x.device())?;
    Ok((x.index_select(&rows, 0)?, batch.iter().map(|i| labels[*i]).collect()))
}

pub(super) fn reference_number(loss: &Tensor) -> Result<f64, InputError> {
    Ok(loss.to_dtype(candle_core::DType::F64)?.to_scalar()?)
}

pub(super) fn own<O: Optimizer>(
    model: &Model,
    o: &mut O,
    x: &Tensor,
    labels: &[usize],
    batches: &[Vec<usize>],
    mut step: impl FnMut(&mut O, &Tensor) -> Result<(), InputError>,
) -> Result<Score, InputError> {
    check_batches(model, o, x, labels, batches)?;
    let (mut sum, mut right, mut n) = (0.0, 0.0, 0.0);
    for (i, batch) in batches.iter().enumerate() {
        let (x, truth) = taken(x, labels, batch)?;
        let z = model(&x)?;
        let loss = cross_entropy(&z, &truth)?;
        let value = reference_number(&loss)?;
        if !value.is_finite() {
            return Err(InputError::Diverged { step: i });
        }
        let size = batch.len() as f64;
        right += size * evaluate(&|z| Ok(z.clone()), &z.detach(), &truth)?.accuracy;
        (sum, n) = (sum + value * size, n + size);
        step(o, &loss)?;
    }
    Ok(Score { loss: sum / n, accuracy: right / n })
}
