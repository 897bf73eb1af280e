//! Edge detection: image gradients, and thin lines where they are largest.

use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, array};

/// Sobel operator: the image gradient, in brightness to the right (gx) and downwards (gy).
///
/// ```text
///      −1 0 1             −1 −2 −1
/// gx:  −2 0 2        gy:   0  0  0
///      −1 0 1              1  2  1
/// ```
///
/// Each kernel is applied to the neighborhood of a pixel as it is written here, and the products are summed. Beyond
/// the border the outermost pixel is repeated, as in OpenCV's Canny.
///
/// * `image`: any shape with at least one pixel.
/// * Returns gx and gy, both of the image's shape: eight times the derivative, in brightness per pixel.
///
/// # Errors
///
/// [`InputError::TooFew`] with `wanted` 1 if the image has no pixels.
///
/// ```
/// # use katas::m08_vision::edges::sobel;
/// use ndarray::array;
///
/// let (gx, gy) = sobel(array![[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]].view()).unwrap();
/// assert_eq!((gx[(0, 1)], gy[(0, 1)]), (8.0, 0.0));
/// ```
///
/// In Python: `cv2.Sobel(image, cv2.CV_64F, 1, 0, borderType=cv2.BORDER_REPLICATE)` and the same with `0, 1` (the
/// default border is `BORDER_REFLECT_101`).
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.
pub fn sobel(image: ArrayView2<'_, f64>) -> Result<(Array2<f64>, Array2<f64>), InputError> {
    todo!()
}

/// Canny edge detector: thin lines where the gradient magnitude is largest, faint ones only where they continue
/// strong ones.
///
/// 1. *Gradient*: gx and gy as in [`sobel`], and the magnitude m = |gx| + |gy| of each pixel; m is 0 outside the
///    image.
/// 2. *Non-maximum suppression*: a pixel is a candidate if m > `low` and m is a maximum along the gradient
///    direction, which is rounded to one of four:
///    * to the right if |gy| < tan 22.5° · |gx|: m is greater than on the left and at least that on the right;
///    * down if |gy| > tan 67.5° · |gx|: greater than above and at least that below;
///    * else diagonal, down to the right if gx and gy have the same sign and down to the left if not: greater than
///      at both neighbors on that diagonal.
/// 3. *Hysteresis thresholding*: a candidate with m > `high` is an edge, and so is every candidate next to an edge,
///    straight or diagonally, and so on.
///
/// The image is not smoothed: blur it first if it is noisy. Where implementations differ (m as √(gx² + gy²), maxima
/// between pixels, other ties), these rules are those of OpenCV's `Canny`.
///
/// * `image`: any shape with at least one pixel. `low` ≤ `high`: thresholds for m, which is at most 1530: gx and gy
///   reach 1020 in size each, but not at the same pixel.
/// * Returns an array of the image's shape, `true` on edges.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::NotFinite`] with `name` `"low"` or `"high"`;
/// * [`InputError::OutOfRange`] with `name` `"low"`, `wanted` `"0 to high"`, if it is below 0 or above `high`.
///
/// ```
/// # use katas::m08_vision::edges::canny;
/// use ndarray::array;
///
/// let edges = canny(array![[0, 0, 0, 90, 90, 90], [0, 0, 0, 90, 90, 90]].view(), 100.0, 200.0).unwrap();
/// assert_eq!(edges.row(0).to_vec(), [false, false, true, false, false, false]);
/// ```
///
/// In Python: `cv2.Canny(image, low, high) > 0` (swaps thresholds in the wrong order; here that is an error).
///
/// Source: Canny, *A Computational Approach to Edge Detection*, IEEE Transactions on Pattern Analysis and Machine
/// Intelligence 8 (1986).
pub fn canny(image: ArrayView2<'_, u8>, low: f64, high: f64) -> Result<Array2<bool>, InputError> {
    todo!()
}
