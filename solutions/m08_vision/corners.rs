//! Corner detection: image points that can be found again, because they differ from all others nearby.

use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, Zip};

use super::blur::{Border, convolve};
use super::edges::sobel;

/// Harris corner response of each pixel, by Harris and Stephens.
///
/// ```text
///        | gx²    gx·gy |
/// M = Σ  |              |        R = det M − k · (trace M)²
///        | gx·gy  gy²   |
/// ```
///
/// M is the structure tensor. The sum goes over a square of `window` × `window` pixels around the pixel, gx and gy
/// are those of [`sobel`](super::edges::sobel). Beyond the border the products of the outermost pixel are repeated.
/// M has two large eigenvalues at a corner (R > 0), one on an edge (R < 0), and none where the image is flat (R ≈
/// 0).
///
/// * `image`: any shape with at least one pixel. `window`: odd, at most 255. `k`: sensitivity, 0 to 0.25; 0.04 to
///   0.06 is usual.
/// * Returns R for each pixel.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::NotFinite`] with `name` `"k"`;
/// * [`InputError::OutOfRange`] with `name` `"k"`, `wanted` `"0 to 0.25"` (above it nothing would be a corner), or
///   with `name` `"window"`, `wanted` `"1 to 255"`;
/// * [`InputError::NotOdd`] with `name` `"window"` if it is even.
///
/// ```
/// # use katas::m08_vision::corners::harris_response;
/// use ndarray::Array2;
///
/// let corner = Array2::from_shape_fn((5, 5), |(y, x)| if x > 2 && y > 2 { 9 } else { 0 });
/// let response = harris_response(corner.view(), 3, 0.05).unwrap();
/// assert!(response[(3, 3)] > 0.0 && response[(0, 0)] == 0.0);
/// ```
///
/// In Python: `cv2.cornerHarris(image, window, 3, k, borderType=cv2.BORDER_REPLICATE)` (in `float32`; smaller by a
/// constant factor: OpenCV scales the gradients by 1/(255 · 4 · window)).
///
/// Source: Harris and Stephens, *A Combined Corner and Edge Detector*, Alvey Vision Conference (1988).
pub fn harris_response(image: ArrayView2<'_, u8>, window: usize, k: f64) -> Result<Array2<f64>, InputError> {
    check::at_least(1, image.len())?;
    check::finite_number("k", k)?;
    check::in_range("k", k, (0.0..=0.25).contains(&k), "0 to 0.25")?;
    check::in_range("window", window as f64, (1..=255).contains(&window), "1 to 255")?;
    check::odd("window", window)?;
    let (gx, gy) = sobel(image.mapv(f64::from).view())?;
    // A square of ones is a row of ones times a column of ones.
    let row = Array2::ones((1, window));
    let summed = |products: Array2<f64>| {
        let across = convolve(products.view(), row.view(), Border::Repeat)?;
        convolve(across.view(), row.t(), Border::Repeat)
    };
    let [xx, xy, yy] = [summed(&gx * &gx)?, summed(&gx * &gy)?, summed(&gy * &gy)?];
    Ok(Zip::from(&xx).and(&xy).and(&yy).map_collect(|a, b, c| a * c - b * b - k * (a + c).powi(2)))
}

/// Corner detection with non-maximum suppression: the strongest [`harris_response`]s, no two of them near each
/// other.
///
/// Candidates are the pixels with R > `quality_level` · (the largest R of the image), if that is above 0. They are
/// taken from the largest R down; one that is nearer than `min_distance` pixels (Euclidean) to one already taken is
/// left out. Of candidates that are equal, or differ by no more than rounding, either may come first, and a pixel
/// whose R equals the threshold up to rounding may be one or not.
///
/// * `image`, `window`, `k`: as in [`harris_response`].
/// * `quality_level`: above 0 and below 1. `min_distance`: in pixels; with 0 or 1 no candidate is left out.
/// * Returns the corners, `[x, y]` each, in the order in which they are taken.
///
/// # Errors
///
/// Those of [`harris_response`], and with `name` `"quality_level"`:
///
/// * [`InputError::NotFinite`];
/// * [`InputError::OutOfRange`] with `wanted` `"above 0 and below 1"`.
///
/// ```
/// # use katas::m08_vision::corners::harris_corners;
/// use ndarray::Array2;
///
/// let square = Array2::from_shape_fn((20, 20), |(y, x)| if x.max(y) < 14 && x.min(y) > 5 { 200 } else { 0 });
/// assert_eq!(harris_corners(square.view(), 3, 0.05, 0.1, 4).unwrap().len(), 4);
/// ```
///
/// In Python: `cv2.goodFeaturesToTrack(image, 0, quality_level, min_distance, blockSize=window,
/// useHarrisDetector=True, k=k)` (keeps only local maxima of R).
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §7.1; OpenCV documentation, *Feature
/// detection*, `goodFeaturesToTrack`.
pub fn harris_corners(
    image: ArrayView2<'_, u8>,
    window: usize,
    k: f64,
    quality_level: f64,
    min_distance: usize,
) -> Result<Vec<[usize; 2]>, InputError> {
    let response = harris_response(image, window, k)?;
    check::finite_number("quality_level", quality_level)?;
    check::in_range(
        "quality_level",
        quality_level,
        quality_level > 0.0 && quality_level < 1.0,
        "above 0 and below 1",
    )?;
    let largest = response.iter().copied().fold(0.0, f64::max);
    let is_candidate = |(_, r): &(_, &f64)| **r > quality_level * largest;
    let mut candidates: Vec<((usize, usize), &f64)> = response.indexed_iter().filter(is_candidate).collect();
    candidates.sort_by(|(_, r), (_, s)| s.total_cmp(r));
    let mut corners: Vec<[usize; 2]> = Vec::new();
    for ((i, j), _) in candidates {
        let squared = |[x, y]: &[usize; 2]| x.abs_diff(j).pow(2) + y.abs_diff(i).pow(2);
        // A huge distance exceeds every image; its square would overflow.
        if corners.iter().all(|corner| squared(corner) >= min_distance.saturating_pow(2)) {
            corners.push([j, i]);
        }
    }
    Ok(corners)
}
