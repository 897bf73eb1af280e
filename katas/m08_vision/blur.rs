//! Sums over a neighborhood: the one operation behind blurring, edges and convolutional networks.

use kit::{InputError, check};
use ndarray::{Array1, Array2, ArrayView2, Axis};

/// How an image goes on beyond its border; given. A filter asks for pixels that are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// The outermost pixel again and again: `aaa|abcd|ddd`. OpenCV calls it `BORDER_REPLICATE`.
    Repeat,
    /// A mirror that stands on the outermost pixel: `dcb|abcd|cba`, and so on to and fro; a single pixel is repeated.
    /// OpenCV calls it `BORDER_REFLECT_101`.
    Mirror,
}

/// A Gaussian bell on a square of pixels, to blur with.
///
/// ```text
/// kᵢⱼ = exp(−((i − c)² + (j − c)²) / 2σ²) / Z    with c = (size − 1) / 2
/// ```
///
/// Z makes the sum of all entries 1, so that blurring changes no brightness.
///
/// * `size`: rows and columns, odd, so that there is a middle.
/// * `sigma`: the standard deviation σ in pixels, above 0. However small it is, the entries are numbers: then all the
///   weight lies in the middle.
/// * Returns size × size.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"sigma"`;
/// * [`InputError::OutOfRange`] with `name` `"sigma"`, `wanted` `"above 0"`;
/// * [`InputError::NotOdd`] with `name` `"size"` if it is even; 0 is.
///
/// ```
/// # use katas::m08_vision::blur::gaussian_kernel;
/// let kernel = gaussian_kernel(3, 0.5).unwrap();
/// let beside_the_middle = kernel[(1, 1)] * (-2.0_f64).exp();
/// assert!((kernel[(1, 0)] - beside_the_middle).abs() < 1e-15);
/// ```
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.
pub fn gaussian_kernel(size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    todo!()
}

/// The weighted sum of each pixel's neighborhood.
///
/// ```text
/// outᵢⱼ = Σₖₗ kernelₖₗ · image(i + k − p, j + l − q)    with (p, q) the middle of the kernel
/// ```
///
/// The kernel lies on the image as it is written down. Mathematics calls that a correlation and turns the kernel by 180°
/// for a convolution; OpenCV's `filter2D` and the layers of convolutional networks do not turn it, and neither do we.
///
/// * `image`: any shape with at least one pixel. `kernel`: odd numbers of rows and columns, which may exceed the image's.
/// * `border`: what lies outside the image.
/// * Returns an array of the image's shape.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::NotOdd`] with `name` `"kernel"` for the rows, else for the columns, if they are even in number; 0 is.
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
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.
pub fn convolve(
    image: ArrayView2<'_, f64>,
    kernel: ArrayView2<'_, f64>,
    border: Border,
) -> Result<Array2<f64>, InputError> {
    todo!()
}

/// An image blurred by a Gaussian bell; beyond the border it is mirrored ([`Border::Mirror`]), as OpenCV does.
///
/// It is what [`convolve`] makes of the image and [`gaussian_kernel`]. For a bell of n × n there is a way with 2n
/// multiplications a pixel.
///
/// * `image`: any shape with at least one pixel. `size`, `sigma`: of the bell.
/// * Returns an array of the image's shape.
///
/// # Errors
///
/// Those of [`gaussian_kernel`] come before those of [`convolve`].
///
/// ```
/// # use katas::m08_vision::blur::gaussian_blur;
/// use ndarray::Array2;
///
/// let blurred = gaussian_blur(Array2::from_elem((2, 3), 7.0).view(), 5, 1.5).unwrap();
/// assert!(blurred.iter().all(|pixel| (pixel - 7.0).abs() < 1e-14));
/// ```
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.1.
pub fn gaussian_blur(image: ArrayView2<'_, f64>, size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    todo!()
}
