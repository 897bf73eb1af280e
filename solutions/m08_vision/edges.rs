//! Where brightness changes: slopes, and thin lines along the steepest of them.

use std::f64::consts::SQRT_2;

use kit::InputError;
use ndarray::{Array2, ArrayView2, array, s};

use super::blur::{Border, convolve};

/// How steeply brightness rises to the right and downwards.
///
/// ```text
///      −1 0 1             −1 −2 −1
/// gx:  −2 0 2        gy:   0  0  0
///      −1 0 1              1  2  1
/// ```
///
/// Each kernel lies on the neighbourhood of a pixel as it is written here, and the products are summed. Beyond the border
/// the outermost pixel is repeated, as OpenCV's Canny does.
///
/// * `image`: any shape with at least one pixel.
/// * Returns gx and gy, both of the image's shape: eight times the slope, in brightness a pixel.
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
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.
pub fn sobel(image: ArrayView2<'_, f64>) -> Result<(Array2<f64>, Array2<f64>), InputError> {
    let across = array![[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]];
    let gx = convolve(image, across.view(), Border::Repeat)?;
    let gy = convolve(image, across.t(), Border::Repeat)?;
    Ok((gx, gy))
}

/// Canny's edges: thin lines where brightness changes most, faint ones only where they continue strong ones.
///
/// 1. *Slopes*: gx and gy as in [`sobel`], and m = |gx| + |gy| for each pixel; m is 0 outside the image.
/// 2. *Thinning*: a pixel is a candidate if m > `low` and m is a peak along the slope. The slope's angle is rounded to
///    one of four directions:
///    * to the right if |gy| < tan 22.5° · |gx|: m is greater than on the left and at least that on the right;
///    * down if |gy| > tan 67.5° · |gx|: greater than above and at least that below;
///    * else diagonal, down to the right if gx and gy have the same sign and down to the left if not: greater than at
///      both neighbours on that diagonal.
/// 3. *Hysteresis*: a candidate with m > `high` is an edge, and so is every candidate beside an edge, straight or
///    diagonally, and so on.
///
/// The image is not blurred first: who wants less noise does that before. Where others differ (m as √(gx² + gy²), peaks
/// between pixels, other ties), these rules are those of OpenCV's `Canny`.
///
/// * `image`: any shape with at least one pixel. `low` ≤ `high`: bounds for m, which is at most 2040.
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
/// Source: Canny, *A Computational Approach to Edge Detection*, IEEE Transactions on Pattern Analysis and Machine
/// Intelligence 8 (1986).
pub fn canny(image: ArrayView2<'_, u8>, low: f64, high: f64) -> Result<Array2<bool>, InputError> {
    let (rows, cols) = image.dim();
    if rows * cols == 0 {
        return Err(InputError::TooFew { got: 0, wanted: 1 });
    }
    check(low, high)?;
    let [gx, gy] = slopes(image);
    // One pixel of nothing all round, so that every pixel has neighbours.
    let mut m = Array2::zeros((rows + 2, cols + 2));
    m.slice_mut(s![1..=rows, 1..=cols]).assign(&(gx.mapv(i32::abs) + gy.mapv(i32::abs)));
    let (mut candidate, mut edge) = (Array2::from_elem((rows, cols), false), Array2::default((rows, cols)));
    let mut to_visit = Vec::new();
    for ((i, j), candidate) in candidate.indexed_iter_mut() {
        let here = f64::from(m[(i + 1, j + 1)]);
        *candidate = here > low && is_peak(&m, (i + 1, j + 1), gx[(i, j)], gy[(i, j)]);
        if *candidate && here > high {
            edge[(i, j)] = true;
            to_visit.push((i, j));
        }
    }
    while let Some((i, j)) = to_visit.pop() {
        for k in i.saturating_sub(1)..(i + 2).min(rows) {
            for l in j.saturating_sub(1)..(j + 2).min(cols) {
                if candidate[(k, l)] && !edge[(k, l)] {
                    edge[(k, l)] = true;
                    to_visit.push((k, l));
                }
            }
        }
    }
    Ok(edge)
}

fn check(low: f64, high: f64) -> Result<(), InputError> {
    for (name, value) in [("low", low), ("high", high)] {
        if !value.is_finite() {
            return Err(InputError::NotFinite { name, index: 0 });
        }
    }
    if (0.0..=high).contains(&low) {
        return Ok(());
    }
    Err(InputError::OutOfRange { name: "low", got: low, wanted: "0 to high" })
}

/// As [`sobel`] of whole numbers, which is exact and several times as fast: the columns' sums and differences first.
fn slopes(image: ArrayView2<'_, u8>) -> [Array2<i32>; 2] {
    let (rows, cols) = image.dim();
    let (mut gx, mut gy) = (Array2::zeros((rows, cols)), Array2::zeros((rows, cols)));
    let (mut sums, mut differences) = (vec![0; cols + 2], vec![0; cols + 2]);
    for i in 0..rows {
        let lines = [i.saturating_sub(1), i, (i + 1).min(rows - 1)].map(|row| image.row(row));
        for j in 0..cols + 2 {
            let column = j.saturating_sub(1).min(cols - 1);
            let [above, here, below] = [0, 1, 2].map(|line: usize| i32::from(lines[line][column]));
            (sums[j], differences[j]) = (above + 2 * here + below, below - above);
        }
        for j in 0..cols {
            gx[(i, j)] = sums[j + 2] - sums[j];
            gy[(i, j)] = differences[j] + 2 * differences[j + 1] + differences[j + 2];
        }
    }
    [gx, gy]
}

fn is_peak(m: &Array2<i32>, (i, j): (usize, usize), gx: i32, gy: i32) -> bool {
    let (x, y, here) = (f64::from(gx.abs()), f64::from(gy.abs()), m[(i, j)]);
    // tan 22.5° = √2 − 1 and tan 67.5° = √2 + 1.
    if y < (SQRT_2 - 1.0) * x {
        here > m[(i, j - 1)] && here >= m[(i, j + 1)]
    } else if y > (SQRT_2 + 1.0) * x {
        here > m[(i - 1, j)] && here >= m[(i + 1, j)]
    } else if (gx < 0) == (gy < 0) {
        here > m[(i - 1, j - 1)] && here > m[(i + 1, j + 1)]
    } else {
        here > m[(i - 1, j + 1)] && here > m[(i + 1, j - 1)]
    }
}
