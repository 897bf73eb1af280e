use kit::InputError;
use ndarray::{Array2, Array3, ArrayView3, ArrayView4, Axis, s};

use super::tuned;
use crate::reference::m09_convolution::{conv as reference, patches::im2col};
use crate::specimens::specimen::{answering, chaff, wheat};

type Conv2d = fn(ArrayView3<f64>, ArrayView4<f64>, usize, usize) -> Result<Array3<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn conv2d(
    x: ArrayView3<f64>,
    kernels: ArrayView4<f64>,
    stride: usize,
    padding: usize,
) -> Result<Array3<f64>, InputError> {
    answering::<Conv2d>(
        module_path!(),
        reference::conv2d,
        &[
            wheat("tuned", "one kernel entry after the other, along whole rows", tuned::conv2d),
            wheat(
                "through_patches",
                "one matrix product with the windows as rows (im2col)",
                |x, k, stride, padding| {
                    let y = reference::conv2d(x, k, stride, padding)?;
                    let (o, c, h, w) = k.dim();
                    let rows = im2col(x, (h, w), stride, padding)?;
                    let numbers = k.iter().copied().collect();
                    let flat = Array2::from_shape_vec((o, c * h * w), numbers).unwrap_or_default();
                    let product = flat.dot(&rows.t());
                    Ok(Array3::from_shape_fn(y.dim(), |(o, r, q)| product[[o, r * y.dim().2 + q]]))
                },
            ),
            wheat("padded_and_sliced", "pads first, then multiplies slices", |x, k, stride, padding| {
                let mut y = reference::conv2d(x, k, stride, padding)?;
                let wide = padded(x, padding, padding);
                let (_, _, h, w) = k.dim();
                for ((o, r, q), y) in y.indexed_iter_mut() {
                    let window = wide.slice(s![.., r * stride..r * stride + h, q * stride..q * stride + w]);
                    *y = (&window * &k.index_axis(Axis(0), o)).sum();
                }
                Ok(y)
            }),
            chaff(
                "flipped",
                "The kernel is rotated by 180°, as in a mathematical convolution.",
                |x, k, stride, padding| {
                    reference::conv2d(x, k.slice(s![.., .., ..;-1, ..;-1]), stride, padding)
                },
            ),
            chaff(
                "padding_off_by_one",
                "The padding has one row less before the image.",
                |x, k, stride, padding| {
                    reference::conv2d(x, k, stride, padding)?;
                    let (c, h, w) = x.dim();
                    let mut wide = Array3::zeros((c, h + 2 * padding, w + 2 * padding));
                    let from = padding.saturating_sub(1);
                    wide.slice_mut(s![.., from..from + h, from..from + w]).assign(&x);
                    reference::conv2d(wide.view(), k, stride, 0)
                },
            ),
            chaff("stride_on_one_axis", "The stride applies to the rows only.", |x, k, stride, padding| {
                let y = reference::conv2d(x, k, stride, padding)?;
                let all = reference::conv2d(x, k, 1, padding)?;
                let thin = all.slice(s![.., ..;stride, ..y.dim().2]).to_owned();
                Ok(thin)
            }),
            chaff("first_channel_only", "Only the first input channel is used.", |x, k, stride, padding| {
                reference::conv2d(x, k, stride, padding)?;
                reference::conv2d(x.slice(s![..1, .., ..]), k.slice(s![.., ..1, .., ..]), stride, padding)
            }),
            chaff(
                "channels_averaged",
                "The input channels are averaged, not summed.",
                |x, k, stride, padding| Ok(reference::conv2d(x, k, stride, padding)? / x.dim().0 as f64),
            ),
            chaff(
                "transposed_kernel",
                "Rows and columns of a kernel are exchanged.",
                |x, k, stride, padding| {
                    reference::conv2d(x, k, stride, padding)?;
                    let (_, _, h, w) = k.dim();
                    if h != w {
                        return reference::conv2d(x, k, stride, padding);
                    }
                    reference::conv2d(x, k.permuted_axes([0, 1, 3, 2]), stride, padding)
                },
            ),
            chaff(
                "edge_repeated",
                "Padding repeats the pixels at the border instead of zeros.",
                |x, k, stride, padding| {
                    reference::conv2d(x, k, stride, padding)?;
                    let (c, h, w) = x.dim();
                    let near = |at: usize, size: usize| at.saturating_sub(padding).min(size - 1);
                    let wide = Array3::from_shape_fn((c, h + 2 * padding, w + 2 * padding), |(c, i, j)| {
                        x[[c, near(i, h), near(j, w)]]
                    });
                    reference::conv2d(wide.view(), k, stride, 0)
                },
            ),
            chaff(
                "channels_cut",
                "Surplus channels of image or kernels are ignored.",
                |x, k, stride, padding| {
                    let both = x.dim().0.min(k.dim().1);
                    reference::conv2d(
                        x.slice(s![..both, .., ..]),
                        k.slice(s![.., ..both, .., ..]),
                        stride,
                        padding,
                    )
                },
            ),
            chaff(
                "zeros_skipped",
                "A kernel entry of 0 contributes nothing, even times NaN or infinity.",
                |x, k, stride, padding| {
                    let mut y = reference::conv2d(x, k, stride, padding)?;
                    let wide = padded(x, padding, padding);
                    for ((o, r, q), y) in y.indexed_iter_mut() {
                        let own = k.index_axis(Axis(0), o);
                        let entries = own.indexed_iter().filter(|(_, k)| **k != 0.0);
                        *y =
                            entries.map(|((c, i, j), k)| k * wide[[c, r * stride + i, q * stride + j]]).sum();
                    }
                    Ok(y)
                },
            ),
            chaff(
                "memory_in_order",
                "The entries of a view lie in memory in the order of its indices.",
                |x, k, stride, padding| {
                    let numbers = x.as_slice_memory_order().map(<[f64]>::to_vec).unwrap_or_default();
                    let read = Array3::from_shape_vec(x.dim(), numbers).unwrap_or_else(|_| x.to_owned());
                    reference::conv2d(read.view(), k, stride, padding)
                },
            ),
            chaff("nan_as_nothing", "A NaN pixel counts as 0.", |x, k, stride, padding| {
                let whole = x.mapv(|x| if x.is_nan() { 0.0 } else { x });
                reference::conv2d(whole.view(), k, stride, padding)
            }),
            chaff("single_precision", "f32 is precise enough for an image.", |x, k, stride, padding| {
                Ok(reference::conv2d(x, k, stride, padding)?.mapv(|v| f64::from(v as f32)))
            }),
            chaff(
                "nan_in_the_first_channel",
                "Only a NaN in the first channel makes the output NaN.",
                |x, k, stride, padding| {
                    let mut whole = x.to_owned();
                    whole.slice_mut(s![1.., .., ..]).mapv_inplace(|x| if x.is_nan() { 0.0 } else { x });
                    reference::conv2d(whole.view(), k, stride, padding)
                },
            ),
            chaff(
                "infinity_made_finite",
                "An infinite pixel may be replaced by the largest finite number.",
                |x, k, stride, padding| {
                    let whole = x.mapv(|x| if x.is_infinite() { x.signum() * f64::MAX } else { x });
                    reference::conv2d(whole.view(), k, stride, padding)
                },
            ),
            wheat(
                "slices_with_a_stride",
                "each kernel entry times every stride-th pixel, summed",
                |x, k, stride, padding| {
                    let mut y = reference::conv2d(x, k, stride, padding)? * 0.0;
                    y.fill(0.0);
                    let wide = padded(x, padding, padding);
                    let (_, rows, cols) = y.dim();
                    for ((o, c, i, j), k) in k.indexed_iter() {
                        let (down, across) = (i + (rows - 1) * stride + 1, j + (cols - 1) * stride + 1);
                        let seen = wide.slice(s![c, i..down;stride, j..across;stride]);
                        y.index_axis_mut(Axis(0), o).zip_mut_with(&seen, |y, x| *y += k * x);
                    }
                    Ok(y)
                },
            ),
            wheat(
                "scattered",
                "each pixel is added to the outputs whose windows cover it",
                |x, k, stride, padding| {
                    let ((channels, rows, cols), (outputs, own, height, width)) = (x.dim(), k.dim());
                    if channels != own {
                        let wanted = vec![outputs, channels, height, width];
                        let got = vec![outputs, own, height, width];
                        return Err(InputError::Dimensions { name: "kernels".to_owned(), got, wanted });
                    }
                    let mut places = [0; 2];
                    for (place, (size, window)) in places.iter_mut().zip([(rows, height), (cols, width)]) {
                        let rejected = |name, got, wanted| Err(InputError::OutOfRange { name, got, wanted });
                        if window == 0 || stride == 0 {
                            let name = if window == 0 { "kernel" } else { "stride" };
                            return rejected(name, 0.0, "at least 1");
                        }
                        let Some(room) = (size + 2 * padding).checked_sub(window) else {
                            return rejected("kernel", window as f64, "at most the padded size");
                        };
                        *place = room / stride + 1;
                    }
                    let mut y = Array3::zeros((outputs, places[0], places[1]));
                    // The output for which entry i of the window lies on this pixel, where there is one.
                    let place = |at: usize, i: usize, end: usize| {
                        let first = (at + padding).checked_sub(i)?;
                        (first % stride == 0 && first / stride < end).then_some(first / stride)
                    };
                    for ((c, p, q), pixel) in x.indexed_iter() {
                        for ((o, _, i, j), k) in k.indexed_iter().filter(|((_, of, ..), _)| *of == c) {
                            if let (Some(r), Some(s)) = (place(p, i, places[0]), place(q, j, places[1])) {
                                y[[o, r, s]] += k * pixel;
                            }
                        }
                    }
                    Ok(y)
                },
            ),
            chaff(
                "large_images_flipped",
                "On large images the kernel is flipped.",
                |x, k, stride, padding| {
                    let is_large = x.dim().1.min(x.dim().2) > 20;
                    reference::conv2d(
                        x,
                        if is_large { k.slice_move(s![.., .., ..;-1, ..;-1]) } else { k },
                        stride,
                        padding,
                    )
                },
            ),
            chaff(
                "infinite_weights_clipped",
                "An infinite weight is an overflow: the largest finite number takes its place.",
                |x, k, stride, padding| {
                    let finite = k.mapv(|k| if k.is_infinite() { f64::MAX.copysign(k) } else { k });
                    reference::conv2d(x, finite.view(), stride, padding)
                },
            ),
        ],
    )(x, kernels, stride, padding)
}

fn padded(x: ArrayView3<f64>, rows: usize, cols: usize) -> Array3<f64> {
    let (c, h, w) = x.dim();
    let mut wide = Array3::zeros((c, h + 2 * rows, w + 2 * cols));
    wide.slice_mut(s![.., rows..rows + h, cols..cols + w]).assign(&x);
    wide
}
