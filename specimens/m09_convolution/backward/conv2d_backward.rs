use kit::InputError;
use ndarray::{Array2, Array3, Array4, ArrayView3, ArrayView4, s};

use crate::reference::m09_convolution::{backward as reference, patches::im2col};
use crate::specimens::specimen::{answering, chaff, wheat};

type Gradients = (Array3<f64>, Array4<f64>);
type Backward =
    fn(ArrayView3<f64>, ArrayView4<f64>, usize, usize, ArrayView3<f64>) -> Result<Gradients, InputError>;

/// The kata, answered by a specimen.
pub fn conv2d_backward(
    x: ArrayView3<f64>,
    kernels: ArrayView4<f64>,
    stride: usize,
    padding: usize,
    grad_output: ArrayView3<f64>,
) -> Result<Gradients, InputError> {
    answering::<Backward>(
        module_path!(),
        reference::conv2d_backward,
        &[
            wheat(
                "kernels_through_patches",
                "dk as one matrix product with the windows (im2col)",
                |x, k, stride, padding, d| {
                    let (dx, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    let (o, _, h, w) = k.dim();
                    let rows = im2col(x, (h, w), stride, padding)?;
                    let grad_output = d.iter().copied().collect();
                    let flat = Array2::from_shape_vec((o, rows.nrows()), grad_output).unwrap_or_default();
                    {
                        let product = flat.dot(&rows);
                        Ok((
                            dx,
                            Array4::from_shape_fn(dk.dim(), |(o, c, i, j)| product[[o, (c * h + i) * w + j]]),
                        ))
                    }
                },
            ),
            wheat(
                "kernel_after_kernel",
                "one kernel at a time, the gradients of the image summed",
                |x, k, stride, padding, d| {
                    let (mut dx, mut dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    dx.fill(0.0);
                    for o in 0..k.dim().0 {
                        let (k, d) = (k.slice(s![o..o + 1, .., .., ..]), d.slice(s![o..o + 1, .., ..]));
                        let (more, own) = reference::conv2d_backward(x, k, stride, padding, d)?;
                        dx += &more;
                        dk.slice_mut(s![o..o + 1, .., .., ..]).assign(&own);
                    }
                    Ok((dx, dk))
                },
            ),
            chaff(
                "kernel_flipped_back",
                "The backward pass applies the kernels as they are, without the flip.",
                |x, k, stride, padding, d| {
                    let (_, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    let (dx, _) =
                        reference::conv2d_backward(x, k.slice(s![.., .., ..;-1, ..;-1]), stride, padding, d)?;
                    Ok((dx, dk))
                },
            ),
            chaff(
                "last_window_only",
                "A pixel gets the gradient of the last window that covers it, not the sum.",
                |x, k, stride, padding, d| {
                    let (_, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    let mut dx = Array3::zeros(x.dim());
                    for ((o, r, q), &slope) in d.indexed_iter() {
                        for ((of, c, i, j), &k) in k.indexed_iter().filter(|((of, ..), _)| *of == o) {
                            let at = [
                                c,
                                (r * stride + i).wrapping_sub(padding),
                                (q * stride + j).wrapping_sub(padding),
                            ];
                            let _same = of;
                            dx.get_mut(at).into_iter().for_each(|dx| *dx = slope * k);
                        }
                    }
                    Ok((dx, dk))
                },
            ),
            chaff(
                "first_kernel_only",
                "The gradient of the image uses only the first kernel.",
                |x, k, stride, padding, d| {
                    let (_, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    let (dx, _) = reference::conv2d_backward(
                        x,
                        k.slice(s![..1, .., .., ..]),
                        stride,
                        padding,
                        d.slice(s![..1, .., ..]),
                    )?;
                    Ok((dx, dk))
                },
            ),
            chaff(
                "averaged_over_places",
                "The gradient of a kernel is the mean over all positions, not the sum.",
                |x, k, stride, padding, d| {
                    let (dx, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    let places = d.dim().1 * d.dim().2;
                    Ok((dx, dk / places as f64))
                },
            ),
            chaff("stride_ignored", "The backward pass ignores the stride.", |x, k, stride, padding, d| {
                let right = reference::conv2d_backward(x, k, stride, padding, d)?;
                let all = crate::reference::m09_convolution::conv::conv2d(x, k, 1, padding)?;
                let mut wide = Array3::zeros(all.dim());
                wide.slice_mut(s![.., ..d.dim().1, ..d.dim().2]).assign(&d);
                Ok((right.0, reference::conv2d_backward(x, k, 1, padding, wide.view())?.1))
            }),
            chaff(
                "image_gradient_zero",
                "The image is an input, so its gradient is 0.",
                |x, k, stride, padding, d| {
                    let (dx, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    Ok((dx * 0.0, dk))
                },
            ),
            chaff("channels_swapped", "dk has the input channels first.", |x, k, stride, padding, d| {
                let (dx, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                Ok((dx, dk.permuted_axes([1, 0, 2, 3]).as_standard_layout().to_owned()))
            }),
            chaff(
                "extra_gradient_cut",
                "A grad_output that is too large is cut to the shape of the output.",
                |x, k, stride, padding, d| match reference::conv2d_backward(x, k, stride, padding, d) {
                    Err(InputError::Dimensions { name, .. }) if name == "grad_output" => {
                        Ok((Array3::zeros(x.dim()), Array4::zeros(k.dim())))
                    }
                    answer => answer,
                },
            ),
            chaff(
                "gradient_memory_order",
                "The entries of a grad_output view lie in memory in the order of its indices.",
                |x, k, stride, padding, d| {
                    let numbers = d.as_slice_memory_order().map(<[f64]>::to_vec).unwrap_or_default();
                    let read = Array3::from_shape_vec(d.dim(), numbers).unwrap_or_else(|_| d.to_owned());
                    reference::conv2d_backward(x, k, stride, padding, read.view())
                },
            ),
            chaff(
                "kernels_in_order",
                "The entries of a kernel view lie in memory in the order of its indices.",
                |x, k, stride, padding, d| {
                    let numbers = k.as_slice_memory_order().map(<[f64]>::to_vec).unwrap_or_default();
                    let read = Array4::from_shape_vec(k.dim(), numbers).unwrap_or_else(|_| k.to_owned());
                    reference::conv2d_backward(x, read.view(), stride, padding, d)
                },
            ),
            chaff("single_precision", "f32 is precise enough for a gradient.", |x, k, stride, padding, d| {
                let (dx, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                Ok((dx.mapv(|v| f64::from(v as f32)), dk.mapv(|v| f64::from(v as f32))))
            }),
            chaff(
                "heights_looked_at",
                "Only the height of a kernel has to fit the image, not its width.",
                |x, k, stride, padding, d| {
                    if k.dim().3 > x.dim().2 + 2 * padding && k.dim().1 == x.dim().0 {
                        return Ok((Array3::zeros(x.dim()), Array4::zeros(k.dim())));
                    }
                    reference::conv2d_backward(x, k, stride, padding, d)
                },
            ),
            wheat(
                "pixel_by_pixel",
                "each pixel sums the gradients of the windows that cover it",
                |x, k, stride, padding, d| {
                    let (mut dx, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    for ((c, p, q), v) in dx.indexed_iter_mut() {
                        let mut sum = 0.0;
                        for ((o, of, i, j), k) in k.indexed_iter().filter(|((_, of, ..), _)| *of == c) {
                            let _ = of;
                            let (r, s) = (p + padding, q + padding);
                            if r >= i && s >= j && (r - i) % stride == 0 && (s - j) % stride == 0 {
                                sum += d.get([o, (r - i) / stride, (s - j) / stride]).copied().unwrap_or(0.0)
                                    * k;
                            }
                        }
                        *v = sum;
                    }
                    Ok((dx, dk))
                },
            ),
            wheat(
                "upstream_dilated",
                "zeros between the upstream gradients, then two convolutions of stride 1: one with flipped \
                    kernels, one with the image",
                upstream_dilated,
            ),
            chaff(
                "large_images_off",
                "In large images the gradient of the border rows hardly matters.",
                |x, k, stride, padding, d| {
                    let (mut dx, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    if x.dim().1.min(x.dim().2) > 20 {
                        dx.slice_mut(s![.., 0, ..]).fill(0.0);
                    }
                    Ok((dx, dk))
                },
            ),
            chaff(
                "large_strides_off",
                "A stride of more than 56 is as good as one of 56.",
                |x, k, stride, padding, d| {
                    let (dx, dk) = reference::conv2d_backward(x, k, stride, padding, d)?;
                    Ok(if stride > 56 { (dx.clone() + dx, dk) } else { (dx, dk) })
                },
            ),
        ],
    )(x, kernels, stride, padding, grad_output)
}

fn upstream_dilated(
    x: ArrayView3<f64>,
    kernels: ArrayView4<f64>,
    stride: usize,
    padding: usize,
    grad_output: ArrayView3<f64>,
) -> Result<Gradients, InputError> {
    let ((channels, rows, cols), (outputs, own, height, width)) = (x.dim(), kernels.dim());
    let dimensions = |name: &str, got: &[usize], wanted: [usize; 4], of: usize| {
        let (name, got, wanted) = (name.to_owned(), got.to_vec(), wanted[..of].to_vec());
        Err(InputError::Dimensions { name, got, wanted })
    };
    if own != channels {
        return dimensions("kernels", kernels.shape(), [outputs, channels, height, width], 4);
    }
    let high = crate::reference::m09_convolution::conv::output_size(rows, height, stride, padding)?;
    let wide = crate::reference::m09_convolution::conv::output_size(cols, width, stride, padding)?;
    if grad_output.shape() != [outputs, high, wide] {
        return dimensions("grad_output", grad_output.shape(), [outputs, high, wide, 0], 3);
    }
    // As many places as a stride of 1 would find, and a margin of a kernel less 1 on all sides.
    let (down, right) = (rows + 2 * padding - height + 1, cols + 2 * padding - width + 1);
    let mut spread = Array3::zeros((outputs, down + 2 * (height - 1), right + 2 * (width - 1)));
    let step = stride as isize;
    spread
        .slice_mut(s![.., height - 1..height - 1 + down;step, width - 1..width - 1 + right;step])
        .assign(&grad_output);
    let mut padded = Array3::zeros((channels, rows + 2 * padding, cols + 2 * padding));
    padded.slice_mut(s![.., padding..padding + rows, padding..padding + cols]).assign(&x);
    let turned = kernels.slice(s![.., .., ..;-1, ..;-1]);
    let dx = Array3::from_shape_fn(x.dim(), |(c, p, q)| {
        let (p, q) = (p + padding, q + padding);
        let window = spread.slice(s![.., p..p + height, q..q + width]);
        (&window * &turned.slice(s![.., c, .., ..])).sum()
    });
    let inner = spread.slice(s![.., height - 1..height - 1 + down, width - 1..width - 1 + right]);
    let dk = Array4::from_shape_fn(kernels.dim(), |(o, c, i, j)| {
        let window = padded.slice(s![c, i..i + down, j..j + right]);
        (&window * &inner.slice(s![o, .., ..])).sum()
    });
    Ok((dx, dk))
}
