use kit::InputError;
use ndarray::{Array2, Array3, ArrayView3, Axis, s};

use crate::reference::m09_convolution::patches as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Im2col = fn(ArrayView3<f64>, (usize, usize), usize, usize) -> Result<Array2<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn im2col(
    x: ArrayView3<f64>,
    window: (usize, usize),
    stride: usize,
    padding: usize,
) -> Result<Array2<f64>, InputError> {
    answering::<Im2col>(
        module_path!(),
        reference::im2col,
        &[
            wheat(
                "sliced",
                "pads, slices a window at a time, and flattens it",
                |x, window, stride, padding| {
                    let mut patches = reference::im2col(x, window, stride, padding)?;
                    let (c, h, w) = x.dim();
                    let mut wide = Array3::zeros((c, h + 2 * padding, w + 2 * padding));
                    wide.slice_mut(s![.., padding..padding + h, padding..padding + w]).assign(&x);
                    let cols = (w + 2 * padding - window.1) / stride + 1;
                    for (n, mut row) in patches.axis_iter_mut(Axis(0)).enumerate() {
                        let (top, left) = (n / cols * stride, n % cols * stride);
                        let part = wide.slice(s![.., top..top + window.0, left..left + window.1]);
                        row.iter_mut().zip(part).for_each(|(to, from)| *to = *from);
                    }
                    Ok(patches)
                },
            ),
            wheat(
                "column_by_column",
                "fills a column for each entry of the window",
                |x, window, stride, padding| {
                    let whole = reference::im2col(x, window, stride, padding)?;
                    let mut patches = Array2::zeros(whole.dim());
                    for (mut to, from) in patches.axis_iter_mut(Axis(1)).zip(whole.axis_iter(Axis(1))) {
                        to.assign(&from);
                    }
                    Ok(patches)
                },
            ),
            chaff("transposed", "The matrix has one column per window.", |x, window, stride, padding| {
                Ok(reference::im2col(x, window, stride, padding)?.reversed_axes())
            }),
            chaff(
                "downwards_first",
                "Windows are ordered downwards first (column-major).",
                |x, window, stride, padding| {
                    let patches = reference::im2col(x, window, stride, padding)?;
                    let cols = (x.dim().2 + 2 * padding - window.1) / stride + 1;
                    let rows = patches.nrows() / cols;
                    Ok(Array2::from_shape_fn(patches.dim(), |(n, e)| {
                        patches[[n % rows * cols + n / rows, e]]
                    }))
                },
            ),
            chaff(
                "channels_last",
                "The channels of a pixel are adjacent in a row (channels last).",
                |x, window, stride, padding| {
                    let patches = reference::im2col(x, window, stride, padding)?;
                    let (c, area) = (x.dim().0, window.0 * window.1);
                    Ok(Array2::from_shape_fn(patches.dim(), |(n, e)| patches[[n, e % c * area + e / c]]))
                },
            ),
            chaff("stride_ignored", "The stride is always 1.", |x, window, stride, padding| {
                reference::im2col(x, window, stride, padding)?;
                reference::im2col(x, window, 1, padding)
            }),
            chaff(
                "padding_ignored",
                "Windows lie inside the image, without padding.",
                |x, window, stride, padding| {
                    reference::im2col(x, window, stride, padding)?;
                    reference::im2col(x, window, stride, 0).or(reference::im2col(x, window, stride, padding))
                },
            ),
            chaff("made_finite", "A NaN or infinite pixel counts as 0.", |x, window, stride, padding| {
                let finite = x.mapv(|x| if x.is_finite() { x } else { 0.0 });
                reference::im2col(finite.view(), window, stride, padding)
            }),
            chaff(
                "memory_in_order",
                "The entries of a view lie in memory in the order of its indices.",
                |x, window, stride, padding| {
                    let numbers = x.as_slice_memory_order().map(<[f64]>::to_vec).unwrap_or_default();
                    let read = Array3::from_shape_vec(x.dim(), numbers).unwrap_or_else(|_| x.to_owned());
                    reference::im2col(read.view(), window, stride, padding)
                },
            ),
            chaff(
                "flipped",
                "The entries of a window are in reverse order.",
                |x, window, stride, padding| {
                    Ok(reference::im2col(x, window, stride, padding)?.slice(s![.., ..;-1]).to_owned())
                },
            ),
            chaff("single_precision", "f32 is precise enough for an image.", |x, window, stride, padding| {
                Ok(reference::im2col(x, window, stride, padding)?.mapv(|v| f64::from(v as f32)))
            }),
            chaff(
                "width_of_nothing",
                "A window of width 0 is one pixel wide.",
                |x, window, stride, padding| {
                    if window.1 == 0 && window.0 > 0 {
                        return reference::im2col(x, (window.0, 1), stride, padding);
                    }
                    reference::im2col(x, window, stride, padding)
                },
            ),
            wheat(
                "one_long_list",
                "entries pushed one by one, the padding by signed indices",
                |x, window, stride, padding| {
                    let (channels, rows, cols) = x.dim();
                    for (size, window) in [(rows, window.0), (cols, window.1)] {
                        let (got, wanted) = match (window, stride) {
                            (0, _) => (("kernel", 0), "at least 1"),
                            (_, 0) => (("stride", 0), "at least 1"),
                            _ if window > size + 2 * padding => {
                                (("kernel", window), "at most the padded size")
                            }
                            _ => continue,
                        };
                        return Err(InputError::OutOfRange { name: got.0, got: got.1 as f64, wanted });
                    }
                    let p = padding as isize;
                    let starts = |size: usize, window: usize| {
                        (-p..=size as isize + p - window as isize).step_by(stride)
                    };
                    let (mut all, mut count) = (Vec::new(), 0);
                    for top in starts(rows, window.0) {
                        for left in starts(cols, window.1) {
                            count += 1;
                            for c in 0..channels {
                                for i in top..top + window.0 as isize {
                                    for j in left..left + window.1 as isize {
                                        let inside = (0..rows as isize).contains(&i)
                                            && (0..cols as isize).contains(&j);
                                        all.push(if inside { x[[c, i as usize, j as usize]] } else { 0.0 });
                                    }
                                }
                            }
                        }
                    }
                    let patches = Array2::from_shape_vec((count, channels * window.0 * window.1), all);
                    patches.map_err(|error| InputError::Library { name: "ndarray", says: error.to_string() })
                },
            ),
            chaff(
                "large_windows_shifted",
                "A window of more than 42 rows begins at the first pixel.",
                |x, window, stride, padding| {
                    let mut patches = reference::im2col(x, window, stride, padding)?;
                    if window.0.max(window.1) > 42 {
                        let first = patches.row(0).to_owned();
                        patches.rows_mut().into_iter().for_each(|mut row| row.assign(&first));
                        patches.row_mut(0).fill(0.5);
                    }
                    Ok(patches)
                },
            ),
            chaff(
                "large_images_once",
                "Of a large image the first window is left out.",
                |x, window, stride, padding| {
                    let mut patches = reference::im2col(x, window, stride, padding)?;
                    if x.dim().1.min(x.dim().2) > 20 && window.0.max(window.1) < 20 {
                        patches.row_mut(0).fill(0.5);
                    }
                    Ok(patches)
                },
            ),
        ],
    )(x, window, stride, padding)
}
