use kit::{InputError, check};
use ndarray::{Array2, Axis};

use crate::reference::m08_vision::blur as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type GaussianKernel = fn(usize, f64) -> Result<Array2<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn gaussian_kernel(size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    answering::<GaussianKernel>(
        module_path!(),
        reference::gaussian_kernel,
        &[
            wheat("square_at_once", "exp of the squared distance, divided by the sum", |size, sigma| {
                heights(size, sigma, |d| (-d / sigma / sigma / 2.0).exp(), 0.0).map(normalized)
            }),
            wheat("from_a_quarter", "computes one quarter and mirrors it", |size, sigma| {
                let whole = reference::gaussian_kernel(size, sigma)?;
                let fold = |i: usize| i.min(size - 1 - i);
                Ok(Array2::from_shape_fn((size, size), |(i, j)| whole[(fold(i), fold(j))]))
            }),
            chaff("not_normalized", "The kernel needs no normalization: its center is 1.", |size, sigma| {
                heights(size, sigma, |d| (-d / (2.0 * sigma * sigma)).exp(), 0.0)
            }),
            chaff(
                "density",
                "The factor 1/(2πσ²) makes the entries of the kernel sum to 1.",
                |size, sigma| {
                    let factor = 1.0 / (2.0 * std::f64::consts::PI * sigma * sigma);
                    Ok(factor * heights(size, sigma, |d| (-d / (2.0 * sigma * sigma)).exp(), 0.0)?)
                },
            ),
            chaff("variance_for_sigma", "The exponent divides by 2σ instead of 2σ².", |size, sigma| {
                heights(size, sigma, |d| (-d / (2.0 * sigma)).exp(), 0.0).map(normalized)
            }),
            chaff("no_two", "The Gaussian is exp(−d²/σ²), without the factor 2.", |size, sigma| {
                heights(size, sigma, |d| (-d / sigma / sigma).exp(), 0.0).map(normalized)
            }),
            chaff("distance_not_squared", "The exponent takes the distance d, not d².", |size, sigma| {
                heights(size, sigma, |d| (-d.sqrt() / (2.0 * sigma * sigma)).exp(), 0.0).map(normalized)
            }),
            chaff("off_center", "The center of n pixels is at n/2, not at (n − 1)/2.", |size, sigma| {
                heights(size, sigma, |d| (-d / sigma / sigma / 2.0).exp(), 0.5).map(normalized)
            }),
            chaff("row_by_row", "Each row of the kernel sums to 1.", |size, sigma| {
                let kernel = reference::gaussian_kernel(size, sigma)?;
                let sums = kernel.sum_axis(Axis(1)).insert_axis(Axis(1));
                Ok(&kernel / &sums)
            }),
            chaff("box", "Any kernel that sums to 1 is a Gaussian blur.", |size, sigma| {
                reference::gaussian_kernel(size, sigma)?;
                Ok(Array2::from_elem((size, size), 1.0 / (size * size) as f64))
            }),
            chaff("flat_where_wide", "For σ above 100 the kernel is constant.", |size, sigma| {
                let kernel = reference::gaussian_kernel(size, sigma)?;
                let share = 1.0 / (size * size) as f64;
                Ok(if sigma > 100.0 { kernel.mapv(|_| share) } else { kernel })
            }),
            chaff(
                "sum_of_small_ones",
                "Six digits are enough for the normalization of a large kernel.",
                |size, sigma| {
                    let kernel = reference::gaussian_kernel(size, sigma)?;
                    Ok(if size > 15 { kernel * (1.0 + 1e-6) } else { kernel })
                },
            ),
            chaff("tiny_sigma", "σ² cannot underflow to 0 while σ is above 0.", |size, sigma| {
                heights(size, sigma, |d| (-d / (2.0 * sigma * sigma)).exp(), 0.0).map(normalized)
            }),
            chaff("next_odd", "An even size is raised to the next odd one.", |size, sigma| {
                reference::gaussian_kernel(size | 1, sigma)
            }),
            chaff("sign_of_sigma", "σ is squared, so its sign does not matter.", |size, sigma| {
                let used = if sigma < 0.0 { -sigma } else { sigma };
                reference::gaussian_kernel(size, used)
            }),
            wheat("powers_of_one_step", "one exponential, and products from the middle outwards", powers),
            chaff(
                "wide_kernels_clipped",
                "A kernel has at most 201 rows: beyond that the weights are 0.",
                |size, sigma| {
                    let mut kernel = reference::gaussian_kernel(size, sigma)?;
                    if size > 201 {
                        kernel.row_mut(size - 1).fill(0.0);
                    }
                    Ok(kernel)
                },
            ),
        ],
    )(size, sigma)
}

fn heights(
    size: usize,
    sigma: f64,
    height: impl Fn(f64) -> f64,
    off: f64,
) -> Result<Array2<f64>, InputError> {
    reference::gaussian_kernel(size, sigma)?;
    let c = (size / 2) as f64 + off;
    let squared = |i: usize| (i as f64 - c).powi(2);
    Ok(Array2::from_shape_fn((size, size), |(i, j)| height(squared(i) + squared(j))))
}

fn normalized(heights: Array2<f64>) -> Array2<f64> {
    &heights / heights.sum()
}

/// q^(d²) = q^(1 + 3 + 5 + …) with q the weight one pixel from the center.
fn powers(size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    check::finite_number("sigma", sigma)?;
    check::positive("sigma", sigma)?;
    check::odd("size", size)?;
    let q = (-0.5 / sigma / sigma).exp();
    let (mut half, mut factor) = (vec![1.0], q);
    for k in 0..size / 2 {
        half.push(half[k] * factor);
        factor *= q * q;
    }
    let total = 2.0 * half.iter().sum::<f64>() - 1.0;
    let height = |i: usize| half[i.abs_diff(size / 2)] / total;
    Ok(Array2::from_shape_fn((size, size), |(i, j)| height(i) * height(j)))
}
