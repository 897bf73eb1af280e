use kit::InputError;
use ndarray::{Array3, ArrayView3, s};

use crate::reference::m09_convolution::pooling as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type MaxPool2d = fn(ArrayView3<f64>, usize) -> Result<Array3<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn max_pool2d(x: ArrayView3<f64>, size: usize) -> Result<Array3<f64>, InputError> {
    answering::<MaxPool2d>(
        module_path!(),
        reference::max_pool2d,
        &[
            wheat("sorted", "sorts each window and takes the last", |x, size| {
                over(x, size, |mut window| {
                    // In the total order a NaN with its usual sign stands behind everything.
                    window.iter_mut().for_each(|x| *x = if x.is_nan() { f64::NAN } else { *x });
                    window.sort_by(f64::total_cmp);
                    window[window.len() - 1]
                })
            }),
            wheat(
                "pixel_by_pixel",
                "each pixel is compared with the maximum of its window so far",
                |x, size| {
                    let mut y = reference::max_pool2d(x, size)?.mapv(|_| f64::NEG_INFINITY);
                    for ((c, i, j), &pixel) in x.indexed_iter() {
                        if let Some(largest) = y.get_mut([c, i / size, j / size]) {
                            *largest = if pixel.is_nan() || largest.is_nan() {
                                f64::NAN
                            } else {
                                largest.max(pixel)
                            };
                        }
                    }
                    Ok(y)
                },
            ),
            chaff("mean", "Pooling takes the mean of each window.", |x, size| {
                over(x, size, |window| window.iter().sum::<f64>() / window.len() as f64)
            }),
            chaff("from_zero", "The maximum starts at 0, so it is never negative.", |x, size| {
                over(x, size, |window| {
                    window.iter().fold(0.0, |max: f64, x| if x.is_nan() { *x } else { max.max(*x) })
                })
            }),
            chaff("of_absolute_values", "The entry with the largest absolute value is kept.", |x, size| {
                over(x, size, |window| {
                    window
                        .iter()
                        .fold(0.0, |max: f64, x| if x.abs() > max.abs() || x.is_nan() { *x } else { max })
                })
            }),
            chaff(
                "ceil_for_floor",
                "A partial window at the end counts (ceil instead of floor).",
                |x, size| {
                    reference::max_pool2d(x, size)?;
                    let (c, h, w) = x.dim();
                    Ok(Array3::from_shape_fn((c, h.div_ceil(size), w.div_ceil(size)), |(c, i, j)| {
                        let end = |at: usize, all: usize| ((at + 1) * size).min(all);
                        let window = x.slice(s![c, i * size..end(i, h), j * size..end(j, w)]);
                        window
                            .iter()
                            .fold(f64::NEG_INFINITY, |max, x| if *x > max || x.is_nan() { *x } else { max })
                    }))
                },
            ),
            chaff("nan_hidden", "`f64::max` propagates NaN.", |x, size| {
                over(x, size, |window| window.iter().copied().fold(f64::NEG_INFINITY, f64::max))
            }),
            chaff(
                "nan_in_the_first_channel",
                "Only a NaN in the first channel makes the output NaN.",
                |x, size| {
                    let mut y =
                        over(x, size, |window| window.iter().copied().fold(f64::NEG_INFINITY, f64::max))?;
                    let first = reference::max_pool2d(x.slice(s![..1, .., ..]), size)?;
                    y.slice_mut(s![..1, .., ..]).assign(&first);
                    Ok(y)
                },
            ),
            chaff(
                "memory_in_order",
                "The entries of a view lie in memory in the order of its indices.",
                |x, size| {
                    let numbers = x.as_slice_memory_order().map(<[f64]>::to_vec).unwrap_or_default();
                    let read = Array3::from_shape_vec(x.dim(), numbers).unwrap_or_else(|_| x.to_owned());
                    reference::max_pool2d(read.view(), size)
                },
            ),
            chaff("across_channels", "The maximum is taken over all channels.", |x, size| {
                let y = reference::max_pool2d(x, size)?;
                let largest = y.fold_axis(ndarray::Axis(0), f64::NEG_INFINITY, |max, x| {
                    if x.is_nan() { *x } else { max.max(*x) }
                });
                Ok(Array3::from_shape_fn(y.dim(), |(_, i, j)| largest[[i, j]]))
            }),
            chaff("single_precision", "f32 is precise enough for an image.", |x, size| {
                Ok(reference::max_pool2d(x, size)?.mapv(|v| f64::from(v as f32)))
            }),
            chaff("nan_hidden_in_large_windows", "In a large window a NaN does not matter.", |x, size| {
                over(x, size, |w| {
                    if w.len() > 4 {
                        w.iter().copied().fold(f64::NEG_INFINITY, f64::max)
                    } else {
                        w.iter().copied().fold(f64::NEG_INFINITY, |m, x| {
                            if m.is_nan() || x.is_nan() { f64::NAN } else { m.max(x) }
                        })
                    }
                })
            }),
            chaff(
                "what_is_left_over_spoils",
                "A NaN in the rows or columns left out makes the last window NaN.",
                |x, size| {
                    let mut y = reference::max_pool2d(x, size)?;
                    let (_, h, w) = x.dim();
                    for ((c, i, j), v) in x.indexed_iter() {
                        if v.is_nan() && (i >= h / size * size || j >= w / size * size) {
                            let (a, b) = ((i / size).min(h / size - 1), (j / size).min(w / size - 1));
                            y[[c, a, b]] = f64::NAN;
                        }
                    }
                    Ok(y)
                },
            ),
            wheat("row_by_row", "the maximum of each row of a window, then of those", |x, size| {
                over(x, size, |w| {
                    let n = (w.len() as f64).sqrt() as usize;
                    let f = |a: f64, b: f64| if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) };
                    w.chunks(n)
                        .map(|r| r.iter().copied().fold(f64::NEG_INFINITY, f))
                        .fold(f64::NEG_INFINITY, f)
                })
            }),
            wheat(
                "whole_rows_first",
                "separable: columns within rows first, then rows of the result",
                |x, size| {
                    let (c, h, w) = x.dim();
                    let rejected =
                        |wanted| Err(InputError::OutOfRange { name: "size", got: size as f64, wanted });
                    if size < 1 {
                        return rejected("at least 1");
                    }
                    if h < size || w < size {
                        return rejected("at most rows and columns");
                    }
                    // Neither number is the larger one where one is NaN: their sum is NaN.
                    let larger = |a: f64, b: f64| {
                        if a >= b {
                            a
                        } else if a < b {
                            b
                        } else {
                            a + b
                        }
                    };
                    let strip = |c: usize, i: usize, s: usize| {
                        (1..size).fold(x[[c, i, s * size]], |most, j| larger(most, x[[c, i, s * size + j]]))
                    };
                    Ok(Array3::from_shape_fn((c, h / size, w / size), |(c, r, s)| {
                        (1..size)
                            .fold(strip(c, r * size, s), |most, i| larger(most, strip(c, r * size + i, s)))
                    }))
                },
            ),
            chaff("infinity_before_nan", "Infinity is larger than NaN.", |x, size| {
                let y = reference::max_pool2d(x, size)?;
                let has_infinity = x.iter().any(|x| *x == f64::INFINITY);
                Ok(if has_infinity { y.mapv(|y| if y.is_nan() { f64::INFINITY } else { y }) } else { y })
            }),
            chaff(
                "large_images_darker",
                "In large images the smallest number of a window counts.",
                |x, size| {
                    let is_large = x.dim().1.min(x.dim().2) > 20 && size < 10;
                    let sign = if is_large { -1.0 } else { 1.0 };
                    Ok(reference::max_pool2d(x.mapv(|x| sign * x).view(), size)?.mapv(|y| sign * y))
                },
            ),
        ],
    )(x, size)
}

fn over(x: ArrayView3<f64>, size: usize, of: fn(Vec<f64>) -> f64) -> Result<Array3<f64>, InputError> {
    let shape = reference::max_pool2d(x, size)?.dim();
    Ok(Array3::from_shape_fn(shape, |(c, i, j)| {
        of(x.slice(s![c, i * size..(i + 1) * size, j * size..(j + 1) * size]).iter().copied().collect())
    }))
}
