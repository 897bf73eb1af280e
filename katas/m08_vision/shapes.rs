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
    todo!()
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
    todo!()
}
