//! Gaussian blur and Canny edges, with OpenCV.

use kit::{InputError, check};
use opencv::core::{Mat, Size};
use opencv::imgproc;
use opencv::prelude::*;

/// Gaussian blur with OpenCV.
///
/// * `image`: 8 bits per channel, one channel or three; left as it is.
/// * `size`: rows and columns of the kernel, odd, at most 255. `sigma`: its standard deviation in pixels, above 0.
///   OpenCV takes 0 for either as "choose for me"; here it is rejected.
/// * Returns a new `Mat` of the same size and type. Beyond its border the image is mirrored, as in
///   [`super::blur::gaussian_blur`]. Where it is a submatrix, OpenCV may take the pixels around it instead.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::NotFinite`] with `name` `"sigma"`;
/// * [`InputError::OutOfRange`] with `name` `"sigma"`, `wanted` `"above 0"`, or with `name` `"size"`, `wanted` `"1
///   to 255"`;
/// * [`InputError::NotOdd`] with `name` `"size"`;
/// * [`InputError::Library`] with `name` `"OpenCV"` for anything else that OpenCV rejects.
///
/// ```
/// # use katas::m08_vision::opencv_filters::blur;
/// use opencv::core::{CV_8UC1, Mat, Scalar};
/// use opencv::prelude::*;
///
/// let even = Mat::new_rows_cols_with_default(4, 5, CV_8UC1, Scalar::all(7.0)).unwrap();
/// assert_eq!(*blur(&even, 3, 0.8).unwrap().at_2d::<u8>(0, 0).unwrap(), 7);
/// ```
///
/// In Python: `cv2.GaussianBlur(image, (size, size), sigma)`.
///
/// Source: OpenCV documentation, *Image filtering*, `GaussianBlur`.
pub fn blur(image: &Mat, size: usize, sigma: f64) -> Result<Mat, InputError> {
    check::at_least(1, image.total())?;
    check::finite_number("sigma", sigma)?;
    check::in_range("sigma", sigma, sigma > 0.0, "above 0")?;
    check::in_range("size", size as f64, (1..=255).contains(&size), "1 to 255")?;
    check::odd("size", size)?;
    let side = size as i32;
    let mut blurred = Mat::default();
    imgproc::gaussian_blur_def(image, &mut blurred, Size::new(side, side), sigma)?;
    Ok(blurred)
}

/// Canny edge detector with OpenCV.
///
/// * `gray`: of type `CV_8UC1`; left as it is. `low` ≤ `high`: thresholds for |gx| + |gy|. OpenCV swaps thresholds
///   in the wrong order; here they are rejected.
/// * Returns a new `Mat` of type `CV_8UC1` and the same size: 255 on edges, 0 elsewhere, by the rules of
///   [`super::edges::canny`].
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::NotFinite`] with `name` `"low"` or `"high"`;
/// * [`InputError::OutOfRange`] with `name` `"low"`, `wanted` `"0 to high"`, if it is below 0 or above `high`;
/// * [`InputError::Channels`] with `wanted` 1: OpenCV would take a color image, and find other edges;
/// * [`InputError::Library`] with `name` `"OpenCV"` for anything else that OpenCV rejects.
///
/// ```
/// # use katas::m08_vision::opencv_filters::edges;
/// use opencv::core::Mat;
/// use opencv::prelude::*;
///
/// let step = Mat::from_slice_2d(&[[0_u8, 0, 0, 90, 90, 90], [0, 0, 0, 90, 90, 90]]).unwrap();
/// assert_eq!(edges(&step, 100.0, 200.0).unwrap().data_typed::<u8>().unwrap()[..6], [0, 0, 255, 0, 0, 0]);
/// ```
///
/// In Python: `cv2.Canny(gray, low, high)`.
///
/// Source: OpenCV documentation, *Feature detection*, `Canny`.
pub fn edges(gray: &Mat, low: f64, high: f64) -> Result<Mat, InputError> {
    check::at_least(1, gray.total())?;
    check::finite_number("low", low)?;
    check::finite_number("high", high)?;
    check::in_range("low", low, (0.0..=high).contains(&low), "0 to high")?;
    check::channels(1, gray.channels() as usize)?;
    // |gx| + |gy| is at most 1530. OpenCV keeps thresholds as `int`: a larger one would overflow.
    let (low, high) = (low.min(4000.0), high.min(4000.0));
    let mut edges = Mat::default();
    imgproc::canny_def(gray, &mut edges, low, high)?;
    Ok(edges)
}
