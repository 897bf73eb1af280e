//! Hough transform: straight lines, found by votes of the edge pixels.

use std::cmp::Reverse;
use std::f64::consts::PI;

use kit::{InputError, check};
use ndarray::{Array2, ArrayView2};

/// A straight line in normal form (polar coordinates), with the number of edge pixels that voted for it; given.
///
/// ```formula
/// x·cos θ + y·sin θ = ρ    with θ = π · angle / angles
/// ```
///
/// |ρ| is the distance of the line from the center of the first pixel, and θ the direction of its normal. Two lines that
/// differ only by ±1 step are usually one line of the image, detected twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PolarLine {
    /// ρ in pixels.
    pub rho: i32,
    /// The number of the angle, from 0 to `angles` − 1.
    pub angle: usize,
    /// How many edge pixels lie on it.
    pub votes: u32,
}

/// Hough accumulator: the votes of all edge pixels for all straight lines that pass through them.
///
/// An edge pixel at column x and row y votes once for each angle θ = π · n / `angles`: for the line at the distance
///
/// ```formula
/// ρ = x·cos θ + y·sin θ, rounded to the nearest whole number
/// ```
///
/// Where that is exactly between two, or so near that rounding decides, either will do.
///
/// * `edges`: any shape with at least one pixel, `true` on edges.
/// * `angles`: the number of steps of θ in the half turn from 0 to π, 1 to 3600.
/// * Returns 2d + 1 rows with d = rows + columns of the image, and `angles` columns: row ρ + d, column n holds the
///   votes for ρ and the n-th angle.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::OutOfRange`] with `name` `"angles"`, `wanted` `"1 to 3600"`.
///
/// ```
/// # use katas::m08_vision::hough::hough_votes;
/// use ndarray::array;
///
/// // d is 5: row 5 stands for ρ = 0. All three edges lie in row 1 of the image, the first and the last are 2 apart.
/// let votes = hough_votes(array![[false; 3], [true; 3]].view(), 2).unwrap();
/// assert_eq!((votes[(5, 0)], votes[(7, 0)], votes[(6, 1)]), (1, 1, 3));
/// ```
///
/// In Python: `skimage.transform.hough_line(edges, theta=numpy.arange(angles) * numpy.pi / angles)` (its accumulator
/// has another offset of ρ).
///
/// Source: Duda and Hart, *Use of the Hough Transformation to Detect Lines and Curves in Pictures*, Communications of
/// the ACM 15 (1972).
pub fn hough_votes(edges: ArrayView2<'_, bool>, angles: usize) -> Result<Array2<u32>, InputError> {
    todo!()
}

/// Line detection: the local maxima of the Hough accumulator of [`hough_votes`].
///
/// A line is returned if it has more than `threshold` votes, more than its neighbors at ρ − 1 and at angle − 1, and
/// no fewer than those at ρ + 1 and at angle + 1. Beyond the ends of the accumulator there are no votes. These
/// rules are those of OpenCV's `HoughLines`.
///
/// * `edges`, `angles`: as in [`hough_votes`].
/// * Returns the lines, the one with the most votes first; of equal ones the one with the smaller angle, then the
///   one with the smaller ρ.
///
/// # Errors
///
/// Those of [`hough_votes`].
///
/// ```
/// # use katas::m08_vision::hough::{PolarLine, hough_lines};
/// use ndarray::Array2;
///
/// let column_3 = Array2::from_shape_fn((8, 6), |(_, x)| x == 3);
/// assert_eq!(hough_lines(column_3.view(), 4, 5), Ok(vec![PolarLine { rho: 3, angle: 0, votes: 8 }]));
/// ```
///
/// In Python: `cv2.HoughLines(edges, 1, numpy.pi / angles, threshold)`.
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., chapter 7; OpenCV documentation, *Feature
/// detection*, `HoughLines`.
pub fn hough_lines(
    edges: ArrayView2<'_, bool>,
    angles: usize,
    threshold: u32,
) -> Result<Vec<PolarLine>, InputError> {
    todo!()
}
