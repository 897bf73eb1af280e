use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, Axis, array};

use super::tuned;
use crate::reference::m08_vision::blur::{Border, convolve};
use crate::reference::m08_vision::edges as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Gradients = Result<(Array2<f64>, Array2<f64>), InputError>;
type Sobel = fn(ArrayView2<'_, f64>) -> Gradients;

/// The kata, answered by a specimen.
pub fn sobel(image: ArrayView2<'_, f64>) -> Gradients {
    answering::<Sobel>(
        module_path!(),
        reference::sobel,
        &[
            wheat("tuned", "sums and differences of columns first, which both kernels share", tuned::sobel),
            wheat("two_passes", "smooths along one axis, takes differences along the other", |image| {
                let (smooth, difference) = (array![[1.0, 2.0, 1.0]], array![[-1.0, 0.0, 1.0]]);
                let pass = |first: ArrayView2<'_, f64>, second| {
                    convolve(convolve(image, first, Border::Repeat)?.view(), second, Border::Repeat)
                };
                Ok((pass(difference.view(), smooth.t())?, pass(smooth.view(), difference.t())?))
            }),
            wheat("pixel_by_pixel", "asks for the eight neighbors of each", |image| {
                reference::sobel(image)?;
                let (rows, cols) = image.dim();
                let at = |i: usize, j: usize, up: isize, right: isize| {
                    let (k, l) = (i.saturating_add_signed(up), j.saturating_add_signed(right));
                    image[(k.min(rows - 1), l.min(cols - 1))]
                };
                let sum = |i, j, weights: [[f64; 3]; 3]| {
                    let term = |k: usize, l: usize| weights[k][l] * at(i, j, k as isize - 1, l as isize - 1);
                    (0..9).map(|n| term(n / 3, n % 3)).sum::<f64>()
                };
                let x = [[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]];
                let y = [[-1.0, -2.0, -1.0], [0.0; 3], [1.0, 2.0, 1.0]];
                let all = |weights| Array2::from_shape_fn((rows, cols), |(i, j)| sum(i, j, weights));
                Ok((all(x), all(y)))
            }),
            chaff(
                "turned_sign",
                "The kernel is rotated by 180° before it is applied, which changes the signs.",
                |image| {
                    let (gx, gy) = reference::sobel(image)?;
                    Ok((-gx, -gy))
                },
            ),
            chaff("y_points_up", "gy is positive where brightness rises upwards.", |image| {
                let (gx, gy) = reference::sobel(image)?;
                Ok((gx, -gy))
            }),
            chaff(
                "rows_first",
                "The first gradient returned is the one along the rows' order (gy).",
                |image| {
                    let (gx, gy) = reference::sobel(image)?;
                    Ok((gy, gx))
                },
            ),
            chaff(
                "prewitt",
                "All three rows of the kernel have the same weight (Prewitt instead of Sobel).",
                |image| {
                    let across = array![[-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0], [-1.0, 0.0, 1.0]];
                    Ok((
                        convolve(image, across.view(), Border::Repeat)?,
                        convolve(image, across.t(), Border::Repeat)?,
                    ))
                },
            ),
            chaff("an_eighth", "The Sobel kernel is divided by 8.", |image| {
                let (gx, gy) = reference::sobel(image)?;
                Ok((gx / 8.0, gy / 8.0))
            }),
            chaff("mirrored_border", "The border is mirrored, not replicated.", |image| {
                let across = array![[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]];
                Ok((
                    convolve(image, across.view(), Border::Mirror)?,
                    convolve(image, across.t(), Border::Mirror)?,
                ))
            }),
            chaff("border_left_out", "The gradient on the border is 0.", |image| {
                let (rows, cols) = image.dim();
                let inner = |g: Array2<f64>| {
                    Array2::from_shape_fn((rows, cols), |(i, j)| {
                        let outer = i == 0 || j == 0 || i + 1 == rows || j + 1 == cols;
                        if outer { 0.0 } else { g[(i, j)] }
                    })
                };
                let (gx, gy) = reference::sobel(image)?;
                Ok((inner(gx), inner(gy)))
            }),
            chaff("sizes_only", "A gradient component has no sign.", |image| {
                let (gx, gy) = reference::sobel(image)?;
                Ok((gx.mapv(f64::abs), gy.mapv(f64::abs)))
            }),
            chaff("pixels_in_32_bits", "f32 is precise enough for the pixels.", |image| {
                reference::sobel(image.mapv(|pixel| f64::from(pixel as f32)).view())
            }),
            chaff(
                "nothing_from_nothing",
                "An image without pixels gives gradients without pixels.",
                |image| {
                    let nothing = || Array2::zeros(image.dim());
                    if image.is_empty() { Ok((nothing(), nothing())) } else { reference::sobel(image) }
                },
            ),
            wheat(
                "twice_two_neighbors",
                "sums of two neighbors, and of two such sums; no products",
                |image| {
                    check::at_least(1, image.len())?;
                    let (rows, cols) = image.dim();
                    let wide = Array2::from_shape_fn((rows + 2, cols + 2), |(i, j)| {
                        image[(i.clamp(1, rows) - 1, j.clamp(1, cols) - 1)]
                    });
                    let pair = |of: &Array2<f64>, axis: usize, sign: f64| {
                        let n = of.len_of(Axis(axis)) - 1;
                        let ahead = of.slice_axis(Axis(axis), ndarray::Slice::from(1..));
                        &ahead + &(sign * &of.slice_axis(Axis(axis), ndarray::Slice::from(..n)))
                    };
                    let slope = |along: usize| {
                        let smooth = pair(&pair(&wide, 1 - along, 1.0), 1 - along, 1.0);
                        pair(&pair(&smooth, along, 1.0), along, -1.0)
                    };
                    Ok((slope(1), slope(0)))
                },
            ),
            chaff("large_images_one_way", "In large images only one derivative counts.", |image| {
                let (gx, gy) = reference::sobel(image)?;
                Ok(if image.nrows().min(image.ncols()) > 30 { (gx.clone(), gx) } else { (gx, gy) })
            }),
        ],
    )(image)
}
