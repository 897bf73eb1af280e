use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, Axis, s};

use super::tuned;
use crate::reference::m08_vision::blur as reference;
use crate::reference::m08_vision::blur::{Border, convolve, gaussian_kernel};
use crate::specimens::specimen::{answering, chaff, wheat};

type GaussianBlur = fn(ArrayView2<'_, f64>, usize, f64) -> Result<Array2<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn gaussian_blur(image: ArrayView2<'_, f64>, size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    answering::<GaussianBlur>(
        module_path!(),
        reference::gaussian_blur,
        &[
            wheat(
                "tuned",
                "down the columns, then along the rows, eight pixels at a time",
                tuned::gaussian_blur,
            ),
            wheat("whole_kernel", "one pass with all size² weights", |image, size, sigma| {
                convolve(image, gaussian_kernel(size, sigma)?.view(), Border::Mirror)
            }),
            wheat("down_then_across", "the two passes the other way round", |image, size, sigma| {
                Ok(reference::gaussian_blur(image.t(), size, sigma)?.reversed_axes())
            }),
            chaff(
                "repeated_border",
                "A Gaussian blur replicates the outermost pixel at the border.",
                |image, size, sigma| convolve(image, gaussian_kernel(size, sigma)?.view(), Border::Repeat),
            ),
            chaff("black_border", "Pixels beyond the border are 0 (zero padding).", |image, size, sigma| {
                reference::gaussian_blur(image, size, sigma)?;
                let (rows, cols) = image.dim();
                let mut wide = Array2::zeros((rows + 2 * size, cols + 2 * size));
                wide.slice_mut(s![size..size + rows, size..size + cols]).assign(&image);
                let blurred = convolve(wide.view(), gaussian_kernel(size, sigma)?.view(), Border::Repeat)?;
                Ok(blurred.slice(s![size..size + rows, size..size + cols]).to_owned())
            }),
            chaff(
                "across_only",
                "One pass along the rows blurs in both directions.",
                |image, size, sigma| {
                    let row = gaussian_kernel(size, sigma)?.sum_axis(Axis(0)).insert_axis(Axis(0));
                    convolve(image, row.view(), Border::Mirror)
                },
            ),
            chaff(
                "kernel_in_both_passes",
                "Each of the two passes applies the whole 2-D kernel.",
                |image, size, sigma| {
                    let once = reference::gaussian_blur(image, size, sigma)?;
                    reference::gaussian_blur(once.view(), size, sigma)
                },
            ),
            chaff(
                "middle_row",
                "The middle row of the 2-D kernel is already the normalized 1-D kernel.",
                |image, size, sigma| {
                    let kernel = gaussian_kernel(size, sigma)?;
                    let row = kernel.slice(s![size / 2..=size / 2, ..]);
                    let across = convolve(image, row, Border::Mirror)?;
                    convolve(across.view(), row.t(), Border::Mirror)
                },
            ),
            chaff(
                "box",
                "A blur is the plain mean of the neighborhood (a box filter).",
                |image, size, sigma| {
                    gaussian_kernel(size, sigma)?;
                    let share = 1.0 / (size * size) as f64;
                    convolve(image, Array2::from_elem((size, size), share).view(), Border::Mirror)
                },
            ),
            chaff("variance_for_sigma", "σ is the variance of the Gaussian.", |image, size, sigma| {
                reference::gaussian_blur(image, size, if sigma > 0.0 { sigma.sqrt() } else { sigma })
            }),
            chaff("whole_numbers", "Blurred pixels are rounded to whole numbers.", |image, size, sigma| {
                Ok(reference::gaussian_blur(image, size, sigma)?.mapv(f64::round))
            }),
            chaff("no_width_no_blur", "A σ of 0 leaves the image unchanged.", |image, size, sigma| {
                if sigma == 0.0 { Ok(image.to_owned()) } else { reference::gaussian_blur(image, size, sigma) }
            }),
            chaff(
                "pixels_in_a_row",
                "The rows of a view follow one another in memory.",
                |image, size, sigma| {
                    if image.is_standard_layout() {
                        return reference::gaussian_blur(image, size, sigma);
                    }
                    let read = Array2::from_shape_vec(image.dim(), image.t().iter().copied().collect())
                        .unwrap_or_default();
                    reference::gaussian_blur(read.view(), size, sigma)
                },
            ),
            wheat(
                "between_two_matrices",
                "a matrix of weights on either side, mirrored weights added up",
                two_matrices,
            ),
            chaff(
                "identity_unchecked",
                "A kernel of size 1 changes nothing, whatever σ is.",
                |image, size, sigma| {
                    if size == 1 && !image.is_empty() {
                        return Ok(image.to_owned());
                    }
                    reference::gaussian_blur(image, size, sigma)
                },
            ),
            chaff("variance_underflows", "σ² is above 0 if σ is.", |image, size, sigma| {
                let blurred = reference::gaussian_blur(image, size, sigma)?;
                Ok(if sigma * sigma == 0.0 { blurred.mapv(|_| f64::NAN) } else { blurred })
            }),
            chaff(
                "size_clipped",
                "A kernel of more than 151 rows is as good as one of 151.",
                |image, size, sigma| {
                    let is_odd = size % 2 == 1;
                    reference::gaussian_blur(image, if is_odd { size.min(151) } else { size }, sigma)
                },
            ),
        ],
    )(image, size, sigma)
}

fn two_matrices(image: ArrayView2<'_, f64>, size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    check::finite_number("sigma", sigma)?;
    check::positive("sigma", sigma)?;
    check::odd("size", size)?;
    check::at_least(1, image.len())?;
    let weights = |n: usize| {
        let mut weights = Array2::<f64>::zeros((n, n));
        for i in 0..n {
            for k in 0..size {
                let d = k as isize - (size / 2) as isize;
                let mut at = i as isize + d;
                while at < 0 || at >= n as isize {
                    at = if n == 1 {
                        0
                    } else if at < 0 {
                        -at
                    } else {
                        2 * (n as isize - 1) - at
                    };
                }
                weights[(i, at as usize)] += (-0.5 * (d as f64 / sigma).powi(2)).exp();
            }
            let total = weights.row(i).sum();
            weights.row_mut(i).mapv_inplace(|w| w / total);
        }
        weights
    };
    Ok(weights(image.nrows()).dot(&image).dot(&weights(image.ncols()).t()))
}
