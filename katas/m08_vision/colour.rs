//! Color conversion: from BGR to gray.

use kit::{InputError, check};
use ndarray::{Array2, ArrayView3};

/// Grayscale conversion: the luma of each pixel of a color image.
///
/// ```formula
/// Y = 0.299·R + 0.587·G + 0.114·B, rounded to the nearest whole number
/// ```
///
/// The weights say how bright the eye finds each primary color; they are those of the recommendation BT.601, which
/// OpenCV uses as well. Where Y lies exactly between two whole numbers, either will do.
///
/// * `bgr`: rows × columns × 3; the last axis holds the channels blue, green, red, each from 0 to 255.
/// * Returns rows × columns, from 0 (black) to 255 (white).
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there are no pixels;
/// * [`InputError::Channels`] with `wanted` 3 if the last axis has another length.
///
/// ```
/// # use katas::m08_vision::colour::to_gray;
/// use ndarray::array;
///
/// let white_blue_red = array![[[255, 255, 255], [255, 0, 0], [0, 0, 255]]];
/// assert_eq!(to_gray(white_blue_red.view()), Ok(array![[255, 29, 76]]));
/// ```
///
/// In Python: `cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)`.
///
/// Source: Recommendation ITU-R BT.601-7, §2.5.1.
pub fn to_gray(bgr: ArrayView3<'_, u8>) -> Result<Array2<u8>, InputError> {
    todo!()
}
