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
    use super::blur::{Border, convolve};

    let across = array![[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]];
    let down = across.t();
    Ok((convolve(image, across.view(), Border::Repeat)?, convolve(image, down, Border::Repeat)?))
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
    check::at_least(1, image.len())?;
    check::finite_number("low", low)?;
    check::finite_number("high", high)?;
    check::in_range("low", low, (0.0..=high).contains(&low), "0 to high")?;
    let (gx, gy) = sobel(image.mapv(f64::from).view())?;
    let m = gx.mapv(f64::abs) + gy.mapv(f64::abs);
    // Non-maximum suppression.
    let (rows, cols) = image.dim();
    let candidates =
        Array2::from_shape_fn((rows, cols), |at| m[at] > low && is_maximum(&m, gx[at], gy[at], at));
    // Hysteresis: from the strong candidates outwards.
    let mut edges = Array2::from_shape_fn((rows, cols), |at| candidates[at] && m[at] > high);
    let mut to_visit: Vec<(usize, usize)> =
        edges.indexed_iter().filter(|(_, is_edge)| **is_edge).map(|(at, _)| at).collect();
    while let Some((i, j)) = to_visit.pop() {
        for k in i.saturating_sub(1)..(i + 2).min(rows) {
            for l in j.saturating_sub(1)..(j + 2).min(cols) {
                if candidates[(k, l)] && !edges[(k, l)] {
                    edges[(k, l)] = true;
                    to_visit.push((k, l));
                }
            }
        }
    }
    Ok(edges)
}

/// Whether m is a maximum along the gradient (gx, gy) at this pixel.
fn is_maximum(m: &Array2<f64>, gx: f64, gy: f64, (i, j): (usize, usize)) -> bool {
    // Rows further down and columns further right. Outside the image m is 0; so it is at −1, which wraps around.
    let near = |down: isize, right: isize| {
        let place = (i.wrapping_add_signed(down), j.wrapping_add_signed(right));
        m.get(place).copied().unwrap_or(0.0)
    };
    let here = m[(i, j)];
    // tan 22.5° = √2 − 1, so y < tan 22.5° · x means (x + y)² < 2x²: whole numbers, compared exactly.
    let (x, y) = (gx.abs(), gy.abs());
    if (x + y).powi(2) < 2.0 * x * x {
        here > near(0, -1) && here >= near(0, 1)
    } else if (x + y).powi(2) < 2.0 * y * y {
        here > near(-1, 0) && here >= near(1, 0)
    } else if (gx < 0.0) == (gy < 0.0) {
        here > near(-1, -1) && here > near(1, 1)
    } else {
        here > near(-1, 1) && here > near(1, -1)
    }
}
