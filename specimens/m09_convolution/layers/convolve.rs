use candle_core::Tensor;
use kit::InputError;

use crate::reference::m09_convolution::layers as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Convolve = fn(&Tensor, &Tensor, &Tensor) -> Result<Tensor, InputError>;

/// The kata, answered by a specimen.
pub fn convolve(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Result<Tensor, InputError> {
    answering::<Convolve>(
        module_path!(),
        reference::convolve,
        &[
            wheat("candles_own", "candle's `conv2d`: right, with a slow backward pass", |x, w, b| {
                reference::convolve(x, w, b)?;
                biased(&x.conv2d(w, w.dim(2)? / 2, 1, 1, 1)?, b)
            }),
            wheat("image_after_image", "one image at a time, put together again", |x, w, b| {
                reference::convolve(x, w, b)?;
                let images = (0..x.dim(0)?).map(|i| reference::convolve(&x.narrow(0, i, 1)?, w, b));
                Ok(Tensor::cat(&images.collect::<Result<Vec<_>, _>>()?, 0)?)
            }),
            chaff("bias_forgotten", "The bias is not added.", |x, w, b| {
                reference::convolve(x, w, &b.zeros_like()?)
            }),
            chaff(
                "weight_detached",
                "The weight is a constant of the layer and needs no gradient.",
                |x, w, b| reference::convolve(x, &w.detach(), b),
            ),
            chaff("large_weight_detached", "Large kernels are fixed and need no gradient.", |x, w, b| {
                reference::convolve(x, &if w.dim(2).is_ok_and(|k| k > 3) { w.detach() } else { w.clone() }, b)
            }),
            chaff(
                "image_detached",
                "The input of a layer with large kernels needs no gradient.",
                |x, w, b| {
                    reference::convolve(
                        &if w.dim(2).is_ok_and(|k| k > 3) { x.detach() } else { x.clone() },
                        w,
                        b,
                    )
                },
            ),
            chaff("needs_memory_in_order", "A tensor is always contiguous in memory.", |x, w, b| {
                let y = reference::convolve(x, w, b)?;
                if x.is_contiguous() { Ok(y) } else { Ok((y * 2.0)?) }
            }),
            chaff(
                "flipped",
                "The kernel is rotated by 180°, as in a mathematical convolution.",
                |x, w, b| {
                    let turned: Vec<usize> = vec![2, 3];
                    reference::convolve(x, &w.flip(&turned)?, b)
                },
            ),
            chaff("no_padding", "A convolution without padding keeps the size.", |x, w, b| {
                let y = reference::convolve(x, w, b)?;
                let k = w.dim(2)?;
                if x.dim(2)? < k || x.dim(3)? < k {
                    return Ok(y);
                }
                biased(&x.conv2d(w, 0, 1, 1, 1)?, b)
            }),
            chaff("rectified", "A convolutional layer includes the activation function.", |x, w, b| {
                Ok(reference::convolve(x, w, b)?.relu()?)
            }),
            chaff("bias_on_one_image", "The bias is added to the first image only.", |x, w, b| {
                let y = reference::convolve(x, w, b)?;
                let bare = reference::convolve(x, w, &b.zeros_like()?)?;
                if x.dim(0)? == 1 {
                    return Ok(y);
                }
                Ok(Tensor::cat(&[y.narrow(0, 0, 1)?, bare.narrow(0, 1, x.dim(0)? - 1)?], 0)?)
            }),
            chaff(
                "even_kernels_too",
                "A kernel of even size can be padded equally on both sides.",
                |x, w, b| match reference::convolve(x, w, b) {
                    Err(InputError::OutOfRange { .. }) => biased(&x.conv2d(w, 0, 1, 1, 1)?, b),
                    answer => answer,
                },
            ),
            chaff(
                "single_precision",
                "Networks learn in f32, so everything is computed in f32.",
                |x, w, b| {
                    Ok(reference::convolve(
                        &x.to_dtype(candle_core::DType::F32)?,
                        &w.to_dtype(candle_core::DType::F32)?,
                        &b.to_dtype(candle_core::DType::F32)?,
                    )?
                    .to_dtype(x.dtype())?)
                },
            ),
            chaff(
                "bias_of_any_shape",
                "A bias of any shape with the right number of entries is valid.",
                |x, w, b| reference::convolve(x, w, &b.flatten_all()?),
            ),
            chaff("one_image", "A single image needs no batch dimension.", |x, w, b| {
                if x.rank() == 3 {
                    Ok(reference::convolve(&x.unsqueeze(0)?, w, b)?.squeeze(0)?)
                } else {
                    reference::convolve(x, w, b)
                }
            }),
            chaff("weight_in_order", "A weight tensor is always contiguous in memory.", |x, w, b| {
                let y = reference::convolve(x, w, b)?;
                if w.is_contiguous() { Ok(y) } else { Ok((y + 1.0)?) }
            }),
            wheat("shift_by_shift", "each kernel entry times the shifted image, summed", |x, w, b| {
                reference::convolve(x, w, b)?;
                let ((n, c, rows, cols), (o, _, k, _)) = (x.dims4()?, w.dims4()?);
                let wide = x.pad_with_zeros(2, k / 2, k / 2)?.pad_with_zeros(3, k / 2, k / 2)?;
                let mut sum = b.reshape((1, o, 1))?.broadcast_as((n, o, rows * cols))?;
                for (i, j) in (0..k).flat_map(|i| (0..k).map(move |j| (i, j))) {
                    let shifted = wide.narrow(2, i, rows)?.narrow(3, j, cols)?.contiguous()?.reshape((
                        n,
                        c,
                        rows * cols,
                    ))?;
                    let own = w.narrow(2, i, 1)?.narrow(3, j, 1)?.contiguous()?.reshape((1, o, c))?;
                    sum = (sum + own.broadcast_matmul(&shifted)?)?;
                }
                Ok(sum.reshape((n, o, rows, cols))?)
            }),
            wheat("gathered", "every window gathered by its indices from one long row per channel", gathered),
            chaff(
                "single_precision_frozen",
                "A layer in f32 is for inference only, and needs no gradient.",
                |x, w, b| {
                    let y = reference::convolve(x, w, b)?;
                    Ok(if x.dtype() == candle_core::DType::F32 { y.detach() } else { y })
                },
            ),
            chaff("large_images_without_bias", "On large images the bias hardly matters.", |x, w, b| {
                let is_large = x.rank() == 4 && x.dim(2)?.min(x.dim(3)?) > 20;
                reference::convolve(x, w, &if is_large { b.zeros_like()? } else { b.clone() })
            }),
            chaff(
                "narrow_kernels_padded",
                "A kernel that is higher than wide is padded with zeros.",
                |x, w, b| {
                    if w.rank() != 4 || w.dim(3)? >= w.dim(2)? || w.dim(3)? % 2 == 0 || w.dim(2)? % 2 == 0 {
                        return reference::convolve(x, w, b);
                    }
                    let missing = (w.dim(2)? - w.dim(3)?) / 2;
                    reference::convolve(x, &w.pad_with_zeros(3, missing, missing)?, b)
                },
            ),
            chaff(
                "contiguous_images_trained",
                "Only a tensor that is contiguous in memory needs a gradient.",
                |x, w, b| {
                    let y = reference::convolve(x, w, b)?;
                    Ok(if x.is_contiguous() { y } else { y.detach() })
                },
            ),
        ],
    )(x, weight, bias)
}

fn biased(y: &Tensor, bias: &Tensor) -> Result<Tensor, InputError> {
    Ok(y.broadcast_add(&bias.reshape((1, bias.elem_count(), 1, 1))?)?)
}

fn gathered(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Result<Tensor, InputError> {
    let ((n, c, h, w), (o, own, k, wide), b) = (x.dims4()?, weight.dims4()?, bias.dims1()?);
    if own != c || wide != k {
        let (got, wanted) = (vec![o, own, k, wide], vec![o, c, k, k]);
        return Err(InputError::Dimensions { name: "weight".to_owned(), got, wanted });
    }
    if b != o {
        return Err(InputError::Dimensions { name: "bias".to_owned(), got: vec![b], wanted: vec![o] });
    }
    if k.is_multiple_of(2) {
        return Err(InputError::OutOfRange { name: "kernel", got: k as f64, wanted: "odd" });
    }
    // Behind the last pixel of a channel stands a 0, for all that lies outside.
    let flat = x.flatten_from(2)?.pad_with_zeros(2, 0, 1)?;
    let mut pixels = Vec::new();
    for (r, s) in (0..h).flat_map(|r| (0..w).map(move |s| (r, s))) {
        for (i, j) in (0..k).flat_map(|i| (0..k).map(move |j| (i, j))) {
            let (row, col) = ((r + i).wrapping_sub(k / 2), (s + j).wrapping_sub(k / 2));
            pixels.push(if row < h && col < w { row * w + col } else { h * w } as u32);
        }
    }
    let pixels = Tensor::new(pixels, x.device())?;
    let windows = flat.index_select(&pixels, 2)?.reshape((n, c, h * w, k * k))?;
    let windows = windows.transpose(1, 2)?.reshape((n * h * w, c * k * k))?;
    let y = windows.matmul(&weight.reshape((o, c * k * k))?.t()?)?.broadcast_add(bias)?;
    Ok(y.reshape((n, h, w, o))?.permute((0, 3, 1, 2))?.contiguous()?)
}
