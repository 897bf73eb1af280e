use candle_core::Tensor;
use kit::InputError;

use crate::reference::m09_convolution::layers as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type MaxPool = fn(&Tensor) -> Result<Tensor, InputError>;

/// The kata, answered by a specimen.
pub fn max_pool(x: &Tensor) -> Result<Tensor, InputError> {
    answering::<MaxPool>(
        module_path!(),
        reference::max_pool,
        &[
            wheat("maximum_of_two_and_two", "compares the pixels of a window in pairs", |x| {
                reference::max_pool(x)?;
                let (rows, cols) = windows(x)?;
                let right = cols.narrow(5, 0, 1)?.maximum(&cols.narrow(5, 1, 1)?)?;
                let down = right.narrow(3, 0, 1)?.maximum(&right.narrow(3, 1, 1)?)?;
                Ok(down.reshape(&rows)?)
            }),
            wheat("equal_shares", "divides the gradient equally among the maxima of a window", |x| {
                reference::max_pool(x)?;
                let (shape, windows) = windows(x)?;
                let largest = windows.detach().max_keepdim(3)?.max_keepdim(5)?;
                let is_largest = windows.detach().broadcast_eq(&largest)?.to_dtype(x.dtype())?;
                let ties = is_largest.sum_keepdim(3)?.sum_keepdim(5)?;
                // 0 in value, and in its gradient a share for each of the largest.
                let share = (&windows - windows.detach())?.mul(&is_largest.broadcast_div(&ties)?)?;
                Ok((largest.reshape(&shape)? + share.sum(5)?.sum(3)?)?)
            }),
            wheat("chosen_by_comparison", "of two pixels the one that is not smaller", |x| {
                reference::max_pool(x)?;
                let (shape, windows) = windows(x)?;
                let larger = |of: &Tensor, axis: usize| -> Result<Tensor, InputError> {
                    let [a, b] = [of.narrow(axis, 0, 1)?.contiguous()?, of.narrow(axis, 1, 1)?.contiguous()?];
                    Ok(a.ge(&b)?.where_cond(&a, &b)?)
                };
                Ok(larger(&larger(&windows, 5)?, 3)?.reshape(&shape)?)
            }),
            chaff(
                "whole_gradient_to_each",
                "Each of several equal maxima is a maximum, so each gets the whole gradient.",
                |x| {
                    reference::max_pool(x)?;
                    Ok(windows(x)?.1.max(3)?.max(4)?)
                },
            ),
            chaff(
                "no_gradient_at_ties",
                "A maximum has no derivative where two pixels are equal, so its gradient is 0 there.",
                |x| {
                    let y = reference::max_pool(x)?;
                    let (shape, windows) = windows(x)?;
                    let largest = windows.detach().max_keepdim(3)?.max_keepdim(5)?;
                    let ties = windows.broadcast_eq(&largest)?.to_dtype(x.dtype())?.sum(5)?.sum(3)?;
                    let alone = ties.eq(1.0)?.reshape(&shape)?;
                    Ok(alone.where_cond(&y, &y.detach())?)
                },
            ),
            chaff("candles_own", "candle's `max_pool2d` is well tested, so its gradient is right.", |x| {
                reference::max_pool(x)?;
                Ok(x.max_pool2d(2)?)
            }),
            chaff("mean", "Pooling takes the mean of each window.", |x| {
                reference::max_pool(x)?;
                Ok(windows(x)?.1.mean(5)?.mean(3)?)
            }),
            chaff("detached", "The maximum is a constant for the gradient (detached).", |x| {
                Ok(reference::max_pool(x)?.detach())
            }),
            chaff("every_second_pixel", "Subsampling is enough: one pixel represents its window.", |x| {
                reference::max_pool(x)?;
                Ok(windows(x)?.1.narrow(5, 0, 1)?.narrow(3, 0, 1)?.squeeze(5)?.squeeze(3)?)
            }),
            chaff("last_column_first", "For an odd side the first row and column are left out.", |x| {
                reference::max_pool(x)?;
                let (rows, cols) = (x.dim(2)?, x.dim(3)?);
                let end = x.narrow(2, rows % 2, rows - rows % 2)?.narrow(3, cols % 2, cols - cols % 2)?;
                reference::max_pool(&end)
            }),
            chaff("needs_memory_in_order", "A tensor is always contiguous in memory.", |x| {
                let y = reference::max_pool(x)?;
                if x.is_contiguous() { Ok(y) } else { Ok((y + 1.0)?) }
            }),
            chaff("soft", "A smooth maximum (log-sum-exp) is as good as the maximum.", |x| {
                reference::max_pool(x)?;
                Ok(windows(x)?.1.exp()?.sum(5)?.sum(3)?.log()?)
            }),
            chaff("too_small_is_empty", "An image smaller than a window gives an empty output.", |x| {
                match reference::max_pool(x) {
                    Err(InputError::OutOfRange { .. }) => Ok(Tensor::zeros(
                        (x.dim(0)?, x.dim(1)?, x.dim(2)? / 2, x.dim(3)? / 2),
                        x.dtype(),
                        x.device(),
                    )?),
                    answer => answer,
                }
            }),
            chaff("single_precision", "Networks learn in f32, so everything is computed in f32.", |x| {
                Ok(reference::max_pool(&x.to_dtype(candle_core::DType::F32)?)?.to_dtype(x.dtype())?)
            }),
            chaff("one_image", "A single image needs no batch dimension.", |x| {
                if x.rank() == 3 {
                    Ok(reference::max_pool(&x.unsqueeze(0)?)?.squeeze(0)?)
                } else {
                    reference::max_pool(x)
                }
            }),
            wheat("by_relu", "the larger of two as a + ReLU(b − a)", |x| {
                reference::max_pool(x)?;
                let (shape, windows) = windows(x)?;
                let big =
                    |a: &Tensor, b: &Tensor| -> Result<Tensor, InputError> { Ok((a + (b - a)?.relu()?)?) };
                let right = big(&windows.narrow(5, 0, 1)?, &windows.narrow(5, 1, 1)?)?;
                Ok(big(&right.narrow(3, 0, 1)?, &right.narrow(3, 1, 1)?)?.reshape(&shape)?)
            }),
            wheat("by_distances", "the larger of two as (a + b + |a − b|)/2", |x| {
                let (n, c, h, w) = x.dims4()?;
                if h.min(w) < 2 {
                    return Err(InputError::OutOfRange {
                        name: "size",
                        got: 2.0,
                        wanted: "at most rows and columns",
                    });
                }
                let larger = |a: &Tensor, b: &Tensor| ((a + b)? + (a - b)?.abs()?)? * 0.5;
                let mut y = x.contiguous()?;
                for (axis, size) in [(2, h), (3, w)] {
                    let half = y.narrow(axis, 0, 2 * (size / 2))?;
                    let mut pairs = half.dims().to_vec();
                    pairs.splice(axis..=axis, [size / 2, 2]);
                    let pairs = half.contiguous()?.reshape(pairs)?;
                    y = larger(&pairs.narrow(axis + 1, 0, 1)?, &pairs.narrow(axis + 1, 1, 1)?)?
                        .squeeze(axis + 1)?;
                }
                Ok(y.reshape((n, c, h / 2, w / 2))?)
            }),
            chaff("always_double", "The maximum is always of type f64.", |x| {
                Ok(reference::max_pool(x)?.to_dtype(candle_core::DType::F64)?)
            }),
            chaff(
                "single_precision_frozen",
                "A layer in f32 is for inference only, and needs no gradient.",
                |x| {
                    let y = reference::max_pool(x)?;
                    Ok(if x.dtype() == candle_core::DType::F32 { y.detach() } else { y })
                },
            ),
            chaff(
                "contiguous_images_trained",
                "Only a tensor that is contiguous in memory needs a gradient.",
                |x| {
                    let y = reference::max_pool(x)?;
                    Ok(if x.is_contiguous() { y } else { y.detach() })
                },
            ),
        ],
    )(x)
}

/// The output's shape, and the windows on axes 3 and 5.
fn windows(x: &Tensor) -> Result<([usize; 4], Tensor), InputError> {
    let (n, c, rows, cols) = x.dims4()?;
    let (h, w) = (rows / 2, cols / 2);
    let even = x.narrow(2, 0, 2 * h)?.narrow(3, 0, 2 * w)?.contiguous()?;
    Ok(([n, c, h, w], even.reshape((n, c, h, 2, w, 2))?))
}
