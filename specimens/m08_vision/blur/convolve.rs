use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, s};

use super::tuned;
use crate::reference::m08_vision::blur as reference;
use crate::reference::m08_vision::blur::Border;
use crate::specimens::specimen::{answering, chaff, wheat};

type Convolve = fn(ArrayView2<'_, f64>, ArrayView2<'_, f64>, Border) -> Result<Array2<f64>, InputError>;
/// Which of n pixels stands at place i, which may lie outside.
type Inside = fn(isize, usize, Border) -> Option<usize>;

/// The kata, answered by a specimen.
pub fn convolve(
    image: ArrayView2<'_, f64>,
    kernel: ArrayView2<'_, f64>,
    border: Border,
) -> Result<Array2<f64>, InputError> {
    answering::<Convolve>(
        module_path!(),
        reference::convolve,
        &[
            wheat("tuned", "adds whole rows, each times a weight", tuned::convolve),
            wheat("pixel_by_pixel", "four loops, each pixel found step by step", |image, kernel, border| {
                summed(image, kernel, border, steps)
            }),
            wheat("columns_first", "the same sum in another order, on its side", |image, kernel, border| {
                reference::convolve(image, kernel, border)?;
                Ok(reference::convolve(image.t(), kernel.t(), border)?.reversed_axes())
            }),
            chaff(
                "turned",
                "The kernel is rotated by 180° before it is applied, as in a true convolution.",
                |image, kernel, border| reference::convolve(image, kernel.slice(s![..;-1, ..;-1]), border),
            ),
            chaff(
                "zero_beyond",
                "Pixels beyond the border are 0 (zero padding).",
                |image, kernel, border| {
                    summed(image, kernel, border, |i, n, _| usize::try_from(i).ok().filter(|i| *i < n))
                },
            ),
            chaff(
                "always_repeated",
                "Every border mode replicates the outermost pixel.",
                |image, kernel, _| reference::convolve(image, kernel, Border::Repeat),
            ),
            chaff("always_mirrored", "Every border mode mirrors the image.", |image, kernel, _| {
                reference::convolve(image, kernel, Border::Mirror)
            }),
            chaff(
                "mirror_repeats_border",
                "The mirror repeats the outermost pixel (BORDER_REFLECT instead of REFLECT_101).",
                |image, kernel, border| {
                    summed(image, kernel, border, |i, n, border| match border {
                        Border::Repeat => steps(i, n, border),
                        Border::Mirror => {
                            let k = i.rem_euclid(2 * n as isize);
                            usize::try_from(k.min(2 * n as isize - 1 - k)).ok()
                        }
                    })
                },
            ),
            chaff(
                "torus",
                "Beyond its border the image wraps around (periodic padding).",
                |image, kernel, border| {
                    summed(image, kernel, border, |i, n, _| usize::try_from(i.rem_euclid(n as isize)).ok())
                },
            ),
            chaff("kernel_on_its_side", "The kernel is applied transposed.", |image, kernel, border| {
                reference::convolve(image, kernel.t(), border)
            }),
            chaff(
                "averaged",
                "A weighted sum is divided by the sum of its weights.",
                |image, kernel, border| {
                    let total = kernel.sum();
                    let sum = reference::convolve(image, kernel, border)?;
                    Ok(if total == 0.0 { sum } else { sum / total })
                },
            ),
            chaff(
                "upper_left",
                "The anchor of the kernel is its upper left corner, not its center.",
                |image, kernel, border| {
                    reference::convolve(image, kernel, border)?;
                    let (m, n) = kernel.dim();
                    let mut moved = Array2::zeros((2 * m - 1, 2 * n - 1));
                    moved.slice_mut(s![m - 1.., n - 1..]).assign(&kernel);
                    reference::convolve(image, moved.view(), border)
                },
            ),
            chaff(
                "mirrored_once",
                "One reflection at the border is always enough.",
                |image, kernel, border| {
                    summed(image, kernel, border, |i, n, border| match border {
                        Border::Repeat => steps(i, n, border),
                        Border::Mirror => {
                            let last = n as isize - 1;
                            let k = if i < 0 { -i } else { i };
                            usize::try_from(if k > last { (2 * last - k).max(0) } else { k }).ok()
                        }
                    })
                },
            ),
            chaff("pixels_in_32_bits", "f32 is precise enough for the pixels.", |image, kernel, border| {
                reference::convolve(image.mapv(|pixel| f64::from(pixel as f32)).view(), kernel, border)
            }),
            chaff("weights_in_32_bits", "f32 is precise enough for the kernel.", |image, kernel, border| {
                reference::convolve(image, kernel.mapv(|weight| f64::from(weight as f32)).view(), border)
            }),
            chaff(
                "no_small_weights",
                "A weight below 10⁻⁹ may be treated as 0.",
                |image, kernel, border| {
                    let kept = kernel.mapv(|weight| if weight.abs() < 1e-9 { 0.0 } else { weight });
                    reference::convolve(image, kept.view(), border)
                },
            ),
            chaff(
                "any_kernel",
                "A kernel with an even number of rows has a center.",
                |image, kernel, border| {
                    let (m, n) = kernel.dim();
                    if image.is_empty() || m % 2 == 1 && n % 2 == 1 {
                        return reference::convolve(image, kernel, border);
                    }
                    Ok(image.to_owned())
                },
            ),
            wheat(
                "as_a_product",
                "im2col: one row per neighborhood, times the kernel as a vector",
                as_a_product,
            ),
            chaff(
                "beyond_200_rows",
                "Rows beyond the 200th are left as they are.",
                |image, kernel, border| {
                    let mut filtered = reference::convolve(image, kernel, border)?;
                    for i in 200..image.nrows() {
                        filtered.row_mut(i).assign(&image.row(i));
                    }
                    Ok(filtered)
                },
            ),
            chaff(
                "large_images_replicated",
                "On large images the border mode hardly matters: replicate.",
                |image, kernel, border| {
                    let is_large = image.nrows().min(image.ncols()) > 30;
                    reference::convolve(image, kernel, if is_large { Border::Repeat } else { border })
                },
            ),
            chaff(
                "empty_if_replicated",
                "An empty image stays empty where the border is replicated.",
                |image, kernel, border| {
                    if border == Border::Repeat && image.is_empty() {
                        return Ok(image.to_owned());
                    }
                    reference::convolve(image, kernel, border)
                },
            ),
            chaff(
                "even_if_mirrored",
                "With a mirrored border an even kernel leaves the image as it is.",
                |image, kernel, border| {
                    let is_even = kernel.nrows() % 2 == 0 || kernel.ncols() % 2 == 0;
                    if border == Border::Mirror && is_even && !image.is_empty() {
                        return Ok(image.to_owned());
                    }
                    reference::convolve(image, kernel, border)
                },
            ),
            chaff(
                "clipped_if_huge",
                "Values have to be clipped before they overflow.",
                |image, kernel, border| {
                    Ok(reference::convolve(image, kernel, border)?.mapv(|value| value.clamp(-1e300, 1e300)))
                },
            ),
            chaff(
                "square_turned",
                "A large kernel is symmetric: rows and columns of a square image may change places.",
                |image, kernel, border| {
                    let is_turned = image.is_square() && kernel.nrows() > 9;
                    let image = if is_turned { image.reversed_axes() } else { image };
                    reference::convolve(image, kernel, border)
                },
            ),
        ],
    )(image, kernel, border)
}

fn steps(i: isize, n: usize, border: Border) -> Option<usize> {
    let last = n as isize - 1;
    let mut i = i;
    while !(0..=last).contains(&i) {
        i = match border {
            Border::Mirror if last > 0 => {
                if i < 0 {
                    -i
                } else {
                    2 * last - i
                }
            }
            _ => i.clamp(0, last),
        };
    }
    usize::try_from(i).ok()
}

fn summed(
    image: ArrayView2<'_, f64>,
    kernel: ArrayView2<'_, f64>,
    border: Border,
    inside: Inside,
) -> Result<Array2<f64>, InputError> {
    reference::convolve(image, kernel, border)?;
    let ((rows, cols), (p, q)) = (image.dim(), (kernel.nrows() / 2, kernel.ncols() / 2));
    Ok(Array2::from_shape_fn((rows, cols), |(i, j)| {
        let term = |((k, l), weight): ((usize, usize), &f64)| {
            let row = inside((i + k) as isize - p as isize, rows, border)?;
            let column = inside((j + l) as isize - q as isize, cols, border)?;
            Some(weight * image[(row, column)])
        };
        kernel.indexed_iter().filter_map(term).sum()
    }))
}

fn as_a_product(
    image: ArrayView2<'_, f64>,
    kernel: ArrayView2<'_, f64>,
    border: Border,
) -> Result<Array2<f64>, InputError> {
    let ((rows, cols), (m, n)) = (image.dim(), kernel.dim());
    check::at_least(1, image.len())?;
    check::odd("kernel", m)?;
    check::odd("kernel", n)?;
    let place = |i: usize, before: usize, n: usize| match border {
        Border::Repeat => i.max(before).min(before + n - 1) - before,
        Border::Mirror => {
            let turn = 2 * n as isize - 2;
            let at = if n == 1 { 0 } else { (i as isize - before as isize).rem_euclid(turn) };
            at.min(turn.abs_diff(at) as isize) as usize
        }
    };
    let around = Array2::from_shape_fn((rows * cols, m * n), |(pixel, weight)| {
        let (i, j) = (pixel / cols + weight / n, pixel % cols + weight % n);
        image[(place(i, m / 2, rows), place(j, n / 2, cols))]
    });
    let weights: ndarray::Array1<f64> = kernel.iter().copied().collect();
    Ok(around.dot(&weights).into_shape_with_order((rows, cols)).unwrap_or_default())
}
