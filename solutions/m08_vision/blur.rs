//! Linear filters: weighted sums over a neighborhood, the operation behind blurring, edge detection and
//! convolutional networks.

use kit::{InputError, check};
use ndarray::{Array1, Array2, ArrayView2, Axis};

/// Border extrapolation: which values stand in for the pixels beyond the border of an image (padding); given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// Replicates the outermost pixel: `aaa|abcd|ddd`. OpenCV calls it `BORDER_REPLICATE`.
    Repeat,
    /// Reflects the image at its outermost pixel: `dcb|abcd|cba`, again and again; a single pixel is repeated.
    /// OpenCV calls it `BORDER_REFLECT_101`.
    Mirror,
}

/// Gaussian kernel: the normalized weights of a Gaussian blur on a square of pixels.
///
/// ```formula
/// kᵢⱼ = exp(−((i − c)² + (j − c)²) / 2σ²) / Z    with c = (size − 1) / 2
/// ```
///
/// Z is the normalization: it makes the sum of all entries 1, so that blurring does not change the mean brightness.
///
/// * `size`: rows and columns, odd, so that there is a center.
/// * `sigma`: the standard deviation σ in pixels, above 0. However small it is, all entries are finite: then all
///   the weight lies in the center.
/// * Returns size × size.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"sigma"`;
/// * [`InputError::OutOfRange`] with `name` `"sigma"`, `wanted` `"above 0"`;
/// * [`InputError::NotOdd`] with `name` `"size"` if it is even; 0 is even.
///
/// ```
/// # use katas::m08_vision::blur::gaussian_kernel;
/// let kernel = gaussian_kernel(3, 0.5).unwrap();
/// let next_to_center = kernel[(1, 1)] * (-2.0_f64).exp();
/// assert!((kernel[(1, 0)] - next_to_center).abs() < 1e-15);
/// ```
///
/// In Python: `g = cv2.getGaussianKernel(size, sigma); g @ g.T` (for σ ≤ 0 OpenCV chooses a σ; here that is an
/// error).
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.
pub fn gaussian_kernel(size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    check::finite_number("sigma", sigma)?;
    check::in_range("sigma", sigma, sigma > 0.0, "above 0")?;
    check::odd("size", size)?;
    // Divided before it is squared: σ² would underflow to 0 for a tiny σ, and 0/0 is NaN.
    let weight = |i| (-((i as f64 - (size / 2) as f64) / sigma).powi(2) / 2.0).exp();
    let bell = Array1::from_shape_fn(size, weight);
    // The kernel is separable: exp of a sum is a product, and so is the sum of all entries.
    let total = bell.sum();
    Ok(Array2::from_shape_fn((size, size), |(i, j)| bell[i] / total * (bell[j] / total)))
}

/// 2-D filtering (cross-correlation): the weighted sum of the neighborhood of each pixel.
///
/// ```formula
/// outᵢⱼ = Σₖₗ kernelₖₗ · image(i + k − p, j + l − q)    with (p, q) the center of the kernel
/// ```
///
/// The kernel is applied as it is written. Mathematics calls that a cross-correlation and rotates the kernel by
/// 180° for a convolution; OpenCV's `filter2D` and the layers of convolutional networks do not rotate it, and
/// neither do we.
///
/// * `image`: finite numbers, any shape with at least one pixel. `kernel`: finite weights, odd numbers of rows and
///   columns, which may exceed the image's.
/// * `border`: how the image is extended beyond its border (padding).
/// * Returns an array of the image's shape.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::NotOdd`] with `name` `"kernel"` for the number of rows or columns if it is even; 0 is even.
///
/// ```
/// # use katas::m08_vision::blur::{Border, convolve};
/// use ndarray::array;
///
/// let (image, right_minus_left) = (array![[1.0, 2.0, 4.0]], array![[-1.0, 0.0, 1.0]]);
/// let got = convolve(image.view(), right_minus_left.view(), Border::Repeat);
/// assert_eq!(got, Ok(array![[1.0, 3.0, 2.0]]));
/// ```
///
/// In Python: `scipy.ndimage.correlate(image, kernel, mode="mirror")` (`"nearest"` for `Border::Repeat`), or
/// `cv2.filter2D(image, -1, kernel, borderType=cv2.BORDER_REFLECT_101)`.
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.
pub fn convolve(
    image: ArrayView2<'_, f64>,
    kernel: ArrayView2<'_, f64>,
    border: Border,
) -> Result<Array2<f64>, InputError> {
    check::at_least(1, image.len())?;
    check::odd("kernel", kernel.nrows())?;
    check::odd("kernel", kernel.ncols())?;
    let ((rows, cols), (m, n)) = (image.dim(), kernel.dim());
    let padded = Array2::from_shape_fn((rows + m - 1, cols + n - 1), |(i, j)| {
        image[(inside(i, m / 2, rows, border), inside(j, n / 2, cols, border))]
    });
    let sum = |(i, j)| kernel.indexed_iter().map(|((k, l), weight)| weight * padded[(i + k, j + l)]).sum();
    Ok(Array2::from_shape_fn((rows, cols), sum))
}

/// Gaussian blur: the image filtered with a Gaussian kernel; the border is mirrored ([`Border::Mirror`]), as in
/// OpenCV.
///
/// The result is that of [`convolve`] with [`gaussian_kernel`]. The kernel is separable: for n × n weights there is
/// a way with 2n multiplications per pixel.
///
/// * `image`: any shape with at least one pixel. `size`, `sigma`: of the kernel.
/// * Returns an array of the image's shape.
///
/// # Errors
///
/// Those of [`gaussian_kernel`] and of [`convolve`].
///
/// ```
/// # use katas::m08_vision::blur::gaussian_blur;
/// use ndarray::Array2;
///
/// let blurred = gaussian_blur(Array2::from_elem((2, 3), 7.0).view(), 5, 1.5).unwrap();
/// assert!(blurred.iter().all(|pixel| (pixel - 7.0).abs() < 1e-14));
/// ```
///
/// In Python: `cv2.GaussianBlur(image, (size, size), sigma)` (σ = 0 lets OpenCV choose; here it is an error).
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.1.
pub fn gaussian_blur(image: ArrayView2<'_, f64>, size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    // The kernel is separable, a column times a row: filter along the rows first, then along the columns.
    let row = gaussian_kernel(size, sigma)?.sum_axis(Axis(0)).insert_axis(Axis(0));
    let across = convolve(image, row.view(), Border::Mirror)?;
    convolve(across.view(), row.t(), Border::Mirror)
}

/// The index of the pixel that stands at place `i` of a row of n pixels with a margin of `before` pixels.
fn inside(i: usize, before: usize, n: usize, border: Border) -> usize {
    match border {
        Border::Repeat => i.saturating_sub(before).min(n - 1),
        Border::Mirror => {
            let period = (2 * (n - 1)).max(1);
            let k = (i + period * before - before) % period;
            k.min(period - k)
        }
    }
}
