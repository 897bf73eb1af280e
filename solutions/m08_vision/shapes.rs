//! Rasterization: lines and circles, pixel by pixel. What lies outside the image is clipped, however far away.

use ndarray::Array2;

/// Draws a straight line, one pixel thick (Bresenham's line).
///
/// The line extends further along one axis, the major one (x if both are equal), than along the other. For each
/// step along the major axis, from one end to the other, one pixel is set: the one whose center is nearest to the
/// exact line. Where two are equally near, either will do. Pixels outside the image are left out; the others stay
/// where they are.
///
/// * `image`: gray; changed in place. It may be empty.
/// * `from`, `to`: the endpoints, `[x, y]`, both part of the line, anywhere: the work to be done is bounded by the
///   size of the image, not by the length of the line.
/// * `value`: the brightness to set.
///
/// ```
/// # use katas::m08_vision::shapes::draw_line;
/// use ndarray::{Array2, array};
///
/// let mut image = Array2::zeros((3, 4));
/// draw_line(&mut image, [0, 0], [6, 2], 9);
/// assert_eq!(image, array![[9, 9, 0, 0], [0, 0, 9, 9], [0, 0, 0, 0]]);
/// ```
///
/// In Python: `cv2.line(image, start, end, value, 1, cv2.LINE_8)` with points `(x, y)`.
///
/// Source: Bresenham, *Algorithm for Computer Control of a Digital Plotter*, IBM Systems Journal 4 (1965).
pub fn draw_line(image: &mut Array2<u8>, from: [i32; 2], to: [i32; 2], value: u8) {
    let ([x0, y0], [x1, y1]) = (from.map(i128::from), to.map(i128::from));
    let is_steep = (y1 - y0).abs() > (x1 - x0).abs();
    let transposed = |[x, y]: [i128; 2]| if is_steep { [y, x] } else { [x, y] };
    let (mut a, mut b) = (transposed([x0, y0]), transposed([x1, y1]));
    if a[0] > b[0] {
        (a, b) = (b, a);
    }
    let (rows, cols) = image.dim();
    let end = if is_steep { rows } else { cols } as i128;
    for t in a[0].max(0)..(b[0] + 1).min(end) {
        // The nearest whole number to a quotient, in whole numbers. A line of one point has no slope.
        let run = (b[0] - a[0]).max(1);
        let s = a[1] + (2 * (t - a[0]) * (b[1] - a[1]) + run).div_euclid(2 * run);
        set(image, transposed([t, s]), value);
    }
}

/// Draws a circle, one pixel thick (midpoint circle).
///
/// In each column that is at most r/√2 away from the center two pixels are set, the nearest to the circle above and
/// below; in each such row the nearest on the left and on the right. A pixel on the diagonals through the center
/// may be set as well if it is the nearest in its column. Pixels outside the image are left out.
///
/// * `image`: gray; changed in place. It may be empty.
/// * `center`: `[x, y]`, anywhere. `radius`: r in pixels; 0 draws the center.
/// * `value`: the brightness to set. The work to be done is bounded by the size of the image.
///
/// ```
/// # use katas::m08_vision::shapes::draw_circle;
/// use ndarray::{Array2, array};
///
/// let mut image = Array2::zeros((3, 3));
/// draw_circle(&mut image, [0, 0], 2, 9);
/// assert_eq!(image, array![[0, 0, 9], [0, 0, 9], [9, 9, 0]]);
/// ```
///
/// In Python: `cv2.circle(image, center, radius, value, 1, cv2.LINE_8)` (a few pixels may differ).
///
/// Source: Foley, van Dam, Feiner and Hughes, *Computer Graphics: Principles and Practice*, 2nd ed., §3.3.
pub fn draw_circle(image: &mut Array2<u8>, center: [i32; 2], radius: u32, value: u8) {
    let ([x, y], r) = (center.map(i128::from), i128::from(radius));
    let (rows, cols) = image.dim();
    for column in 0..cols as i128 {
        if let Some(s) = height(column - x, r) {
            set(image, [column, y - s], value);
            set(image, [column, y + s], value);
        }
    }
    for row in 0..rows as i128 {
        if let Some(s) = height(row - y, r) {
            set(image, [x - s, row], value);
            set(image, [x + s, row], value);
        }
    }
}

/// √(r² − t²), rounded, where |t| ≤ r/√2.
fn height(t: i128, r: i128) -> Option<i128> {
    let rest = r * r - t * t;
    // 2t² ≤ r² says the same in whole numbers.
    let root = (t * t <= rest).then(|| rest.isqrt())?;
    // Never exactly between two: (s + ½)² = s² + s + ¼ is no whole number.
    Some(if rest > root * root + root { root + 1 } else { root })
}

fn set(image: &mut Array2<u8>, [x, y]: [i128; 2], value: u8) {
    let (Ok(i), Ok(j)) = (usize::try_from(y), usize::try_from(x)) else { return };
    if let Some(pixel) = image.get_mut((i, j)) {
        *pixel = value;
    }
}
