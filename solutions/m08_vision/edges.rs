//! Where brightness changes: slopes, and thin lines along the steepest of them.

use std::ops::{Add, Sub};

use kit::InputError;
use ndarray::{Array2, ArrayView2};

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
    let (rows, cols) = image.dim();
    if rows * cols == 0 {
        return Err(InputError::TooFew { got: 0, wanted: 1 });
    }
    let image = image.as_standard_layout();
    let (mut gx, mut gy) = (vec![0.0; rows * cols], vec![0.0; rows * cols]);
    let mut columns = [vec![0.0; cols + 2], vec![0.0; cols + 2]];
    for (i, (gx, gy)) in gx.chunks_mut(cols).zip(gy.chunks_mut(cols)).enumerate() {
        slopes(three_rows(image.as_slice().unwrap_or_default(), cols, i), &mut columns, gx, gy);
    }
    let shaped = |of| Array2::from_shape_vec((rows, cols), of).unwrap_or_default();
    Ok((shaped(gx), shaped(gy)))
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
    let (mut marks, mut to_visit) = candidates(image, low, high);
    let width = cols + 2;
    while let Some(place) = to_visit.pop() {
        for start in [place - width - 1, place - 1, place + width - 1] {
            for (k, mark) in marks[start..start + 3].iter_mut().enumerate() {
                if *mark == Mark::Candidate {
                    *mark = Mark::Edge;
                    to_visit.push(start + k);
                }
            }
        }
    }
    let inner = marks[width..].chunks_exact(width).take(rows).flat_map(|line| &line[1..=cols]);
    Ok(Array2::from_shape_vec((rows, cols), inner.map(|mark| *mark == Mark::Edge).collect())
        .unwrap_or_default())
}

#[derive(Clone, Copy, PartialEq)]
enum Mark {
    Nothing,
    Candidate,
    Edge,
}

/// What is left of the pixels after thinning, with one pixel of nothing all round so that each has neighbours; and where the
/// strong ones are.
fn candidates(image: ArrayView2<'_, u8>, low: f64, high: f64) -> (Vec<Mark>, Vec<usize>) {
    // m is a whole number of at most 2040, so it is above a bound if it is above the whole number below.
    let [low, high] = [low, high].map(|bound| bound.min(2040.0) as i16);
    let (rows, cols) = image.dim();
    let image = image.as_standard_layout();
    let width = cols + 2;
    let mut marks = vec![Mark::Nothing; (rows + 2) * width];
    let mut to_visit = Vec::new();
    let mut columns = [vec![0; width], vec![0; width]];
    let mut lines = [(); 3].map(|()| Line { gx: vec![0; cols], gy: vec![0; cols], m: vec![0; width] });
    // Thinning asks for the line below as well, and so lags behind the slopes by one: at first it sees nothing but zeros.
    for i in 0..=rows {
        lines.rotate_left(1);
        let Line { gx, gy, m } = &mut lines[2];
        if i < rows {
            slopes(three_rows(image.as_slice().unwrap_or_default(), cols, i), &mut columns, gx, gy);
            for (m, (gx, gy)) in m[1..].iter_mut().zip(gx.iter().zip(gy.iter())) {
                *m = gx.abs() + gy.abs();
            }
        } else {
            m.fill(0);
        }
        for (j, &m) in lines[1].m.iter().enumerate() {
            if m > low && is_peak(&lines, j) {
                let place = i * width + j;
                marks[place] = if m > high { Mark::Edge } else { Mark::Candidate };
                to_visit.extend((m > high).then_some(place));
            }
        }
    }
    (marks, to_visit)
}

/// The slopes of one line of pixels; m has a 0 more at both ends.
struct Line {
    gx: Vec<i16>,
    gy: Vec<i16>,
    m: Vec<i16>,
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

/// Row i, with the one above and the one below; beyond the border the outermost again.
fn three_rows<P>(pixels: &[P], cols: usize, i: usize) -> [&[P]; 3] {
    let last = pixels.len() / cols - 1;
    [i.saturating_sub(1), i, (i + 1).min(last)].map(|row| &pixels[row * cols..(row + 1) * cols])
}

/// The slopes of the middle row. What all rows have in common comes first: each column's sum and its difference.
fn slopes<P: Copy, T: Copy + From<P> + Add<Output = T> + Sub<Output = T>>(
    [above, here, below]: [&[P]; 3],
    [sums, differences]: &mut [Vec<T>; 2],
    gx: &mut [T],
    gy: &mut [T],
) {
    let cols = here.len();
    for (sum, ((a, h), b)) in sums[1..].iter_mut().zip(above.iter().zip(here).zip(below)) {
        let [a, h, b] = [*a, *h, *b].map(T::from);
        *sum = a + h + h + b;
    }
    for (difference, (a, b)) in differences[1..].iter_mut().zip(above.iter().zip(below)) {
        *difference = T::from(*b) - T::from(*a);
    }
    for line in [&mut *sums, &mut *differences] {
        (line[0], line[cols + 1]) = (line[1], line[cols]);
    }
    for (gx, sums) in gx.iter_mut().zip(sums.windows(3)) {
        *gx = sums[2] - sums[0];
    }
    for (gy, differences) in gy.iter_mut().zip(differences.windows(3)) {
        *gy = differences[0] + differences[1] + differences[1] + differences[2];
    }
}

/// Whether m is a peak along the slope at place j of the middle line; m has one place more at each end than the slopes.
fn is_peak([above, line, below]: &[Line; 3], j: usize) -> bool {
    let (gx, gy, here) = (line.gx[j - 1], line.gy[j - 1], line.m[j]);
    let (x, y) = (i32::from(gx.abs()), i32::from(gy.abs()));
    // tan 22.5° = √2 − 1, so y < tan 22.5° · x says (x + y)² < 2x², in whole numbers. The other angle is its mirror image.
    if (x + y).pow(2) < 2 * x * x {
        here > line.m[j - 1] && here >= line.m[j + 1]
    } else if (x + y).pow(2) < 2 * y * y {
        here > above.m[j] && here >= below.m[j]
    } else if (gx < 0) == (gy < 0) {
        here > above.m[j - 1] && here > below.m[j + 1]
    } else {
        here > above.m[j + 1] && here > below.m[j - 1]
    }
}
