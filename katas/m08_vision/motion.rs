//! Optical flow: how image points move from one image to the next.

use kit::{InputError, check};
use ndarray::ArrayView2;

/// Sparse optical flow by Lucas and Kanade: how far some image points have moved from one image to the next.
///
/// For each point the motion [u, v] is estimated that minimizes Σ (before(x, y) − after(x + u, y + v))² (least
/// squares). The sum goes over a square of `window` × `window` pixels, as far as it lies inside the image. From [0,
/// 0] each iteration adds to [u, v]
///
/// ```text
///        | gx²    gx·gy |                | gx |
/// M⁻¹ b    with M = Σ  |              |    and   b = Σ  |    | · (before(x, y) − after(x + u, y + v))
///        | gx·gy  gy²   |                | gy |
/// ```
///
/// where gx = (before(x + 1, y) − before(x − 1, y)) / 2, and gy the same downwards (central differences). Between
/// pixels `after` is interpolated bilinearly; beyond the border of either image the outermost pixel is repeated.
///
/// Where the window shows no corner, the motion is undetermined: along an edge everything looks alike (the aperture
/// problem). A point has the answer `None` if the smaller eigenvalue of M is below the number of pixels in its
/// window, that is, if the mean squared gradient in some direction is below 1.
///
/// * `before`, `after`: two images of the same shape, with at least one pixel. `points`: pixels, `[x, y]` each.
/// * `window`: odd. `iterations`: how many, 0 or more; a motion of more than a pixel or two needs several, if it is
///   found at all.
/// * Returns for each of the `points`, in order, the motion `[u, v]` to the right and downwards, in pixels.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if the images differ in shape;
/// * [`InputError::TooFew`] with `wanted` 1 if they have no pixels;
/// * [`InputError::OutOfRange`] with `name` `"x"` or `"y"`, `wanted` `"inside the image"`, for a point that lies
///   outside;
/// * [`InputError::NotOdd`] with `name` `"window"` if it is even; 0 is even.
///
/// ```
/// # use katas::m08_vision::motion::optical_flow;
/// use ndarray::Array2;
///
/// // A paraboloid that moves by one pixel to the right.
/// let bowl = |middle: i32| {
///     move |(y, x): (usize, usize)| ((x as i32 - middle).pow(2) + (y as i32 - 5).pow(2)) as u8
/// };
/// let [before, after] = [5, 6].map(|middle| Array2::from_shape_fn((11, 12), bowl(middle)));
/// let [u, v] = optical_flow(before.view(), after.view(), &[[5, 5]], 5, 10).unwrap()[0].unwrap();
/// assert!((u - 1.0).abs() < 0.1 && v.abs() < 0.1);
/// ```
///
/// In Python: `cv2.calcOpticalFlowPyrLK(before, after, points, None, winSize=(window, window), maxLevel=0)` with
/// `points` in `float32` (returns the new positions, not the motion; uses Scharr gradients).
///
/// Source: Lucas and Kanade, *An Iterative Image Registration Technique with an Application to Stereo Vision*,
/// International Joint Conference on Artificial Intelligence (1981).
pub fn optical_flow(
    before: ArrayView2<'_, u8>,
    after: ArrayView2<'_, u8>,
    points: &[[usize; 2]],
    window: usize,
    iterations: usize,
) -> Result<Vec<Option<[f64; 2]>>, InputError> {
    todo!()
}
