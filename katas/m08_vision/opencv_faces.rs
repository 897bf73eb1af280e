//! Annotations on an image, and face detection, with OpenCV.

use std::path::PathBuf;

use kit::{InputError, check};
use opencv::core::{CV_8UC3, Mat, Point, Rect, Scalar, Size, Vector};
use opencv::objdetect::CascadeClassifier;
use opencv::prelude::*;
use opencv::{imgproc, objdetect};

/// A bounding box on an image, and the label above it; given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annotation {
    /// The bounding box; it may lie outside the image, in part or altogether.
    pub place: Rect,
    /// The label, in printable ASCII: from the space to `~`. It may be empty.
    pub words: String,
}

/// Draws bounding boxes and labels on a copy of an image, in pure green.
///
/// * `image`: of type `CV_8UC3`: blue, green, red; left as it is.
/// * `annotations`: for each the outline of its box, one pixel thick: columns `x` to `x + width − 1`, rows `y` to
///   `y + height − 1`. Its words begin at column `x`, above row `y`, in OpenCV's `FONT_HERSHEY_SIMPLEX`, scale 0.5,
///   one pixel thick, with lines of the type `LINE_8`, on the baseline of row `y − 4`.
/// * Returns a new `Mat` of the same size and type. Pixels are either green (0, 255, 0) or as they were: lines are
///   not antialiased. Whatever lies outside the image is clipped, and no more: words that begin outside may end
///   inside. Those that begin more than 30,000 pixels to the left may be left out. A box of width or height 0 has
///   no outline, only words.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::OutOfRange`] with `name` `"width"` or `"height"`, `wanted` `"0 or more"`, for a negative one;
/// * [`InputError::Channels`] with `wanted` 3 if the image has another number of channels;
/// * [`InputError::NotAscii`] with `name` `"words"` and a character that the font does not have; OpenCV
///   would draw question marks;
/// * [`InputError::Library`] with `name` `"OpenCV"` for anything else that OpenCV rejects.
///
/// ```
/// # use katas::m08_vision::opencv_faces::{Annotation, annotate};
/// use opencv::core::{CV_8UC3, Mat, Rect, Scalar, Vec3b};
/// use opencv::prelude::*;
///
/// let black = Mat::new_rows_cols_with_default(40, 60, CV_8UC3, Scalar::all(0.0)).unwrap();
/// let place = Rect::new(5, 20, 10, 10);
/// let drawn = annotate(&black, &[Annotation { place, words: "face".to_owned() }]).unwrap();
/// assert_eq!(*drawn.at_2d::<Vec3b>(20, 14).unwrap(), Vec3b::from([0, 255, 0]));
/// ```
///
/// In Python: `cv2.rectangle(out, (x, y), (x + w - 1, y + h - 1), (0, 255, 0))` and `cv2.putText(out, words, (x, y -
/// 4), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (0, 255, 0))`.
///
/// Source: OpenCV documentation, *Drawing functions*, `rectangle` and `putText`.
pub fn annotate(image: &Mat, annotations: &[Annotation]) -> Result<Mat, InputError> {
    todo!()
}

/// Face detection with the Viola–Jones cascade of Haar features that comes with OpenCV; it finds frontal faces.
///
/// * `image`: gray, of type `CV_8UC1`; left as it is.
/// * `folders`: where to look for the file `haarcascade_frontalface_default.xml`; the first folder that has it
///   counts. [`kit::data::cascade_folders`] lists where the systems put it.
/// * Returns one bounding box per face, the largest first, of equal ones the upper; none smaller than 30 × 30
///   pixels.
///
/// The search is a sliding window of many sizes, each 1.1 times the last; a face is where at least five other
/// detections agree with a window: OpenCV's `minNeighbors` is 5.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::Channels`] with `wanted` 1 if it has another number of channels;
/// * [`InputError::Malformed`] with `wanted` `"a cascade classifier"` if the file that was found is not one;
/// * [`InputError::NotFound`] with `name` `"haarcascade_frontalface_default.xml"` and the path of the file in each
///   folder, in order, if there is none;
/// * [`InputError::Library`] with `name` `"OpenCV"` for anything else that OpenCV rejects.
///
/// ```
/// # use katas::m08_vision::opencv_faces::detect_faces;
/// use opencv::core::{CV_8UC1, Mat, Scalar};
///
/// let image = Mat::new_rows_cols_with_default(64, 64, CV_8UC1, Scalar::all(128.0)).unwrap();
/// assert_eq!(detect_faces(&image, &kit::data::cascade_folders()), Ok(vec![]));
/// ```
///
/// In Python: `cv2.CascadeClassifier(path).detectMultiScale(image, scaleFactor=1.1, minNeighbors=5, minSize=(30,
/// 30))` in OpenCV 4 (the default of `minNeighbors` is 3; OpenCV 5 has moved the class to opencv_contrib).
///
/// Source: Viola and Jones, *Rapid Object Detection using a Boosted Cascade of Simple Features*, CVPR (2001).
pub fn detect_faces(image: &Mat, folders: &[PathBuf]) -> Result<Vec<Rect>, InputError> {
    todo!()
}
