//! A contact sheet: everything of this milestone in one figure.

use std::path::PathBuf;

use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use opencv::core::{Mat, Rect};
use opencv::prelude::*;

use super::opencv_faces::{Annotation, annotate, detect_faces};
use super::opencv_filters::{blur, edges};
use super::opencv_images::to_gray;

/// Contact sheet of a photograph: six panels, in two rows of three.
///
/// | | | |
/// |---|---|---|
/// | `original` | `gray` | `blur`: of the original, size 9, σ 2 |
/// | `edges`: of the gray image after a blur of size 5, σ 1.4, thresholds 60 and 150 | `annotated`: the original with one box from a quarter to three quarters of both sides, rounded down, and the word `middle` | `faces`: the original with a box and the word `face` for each face in the gray image |
///
/// * `photo`: of type `CV_8UC3`, rows × columns: blue, green, red. `folders`: where to look for the cascade, as in
///   [`detect_faces`].
/// * Returns a figure with six [`Layer::Image`]s in this order, each labeled by its name above, columns × rows
///   large and a tenth of the columns apart. The lower row stands on y = 0 and begins at x = 0. Both axes are equal
///   and have no label. Gray and edges have one column per pixel, the others three: *red, green, blue*. 0 is black
///   and 1 is white.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the photograph has no pixels;
/// * [`InputError::Channels`] with `wanted` 3 if it has another number of channels;
/// * [`InputError::NotFound`] and [`InputError::Malformed`] as in [`detect_faces`];
/// * [`InputError::Library`] with `name` `"OpenCV"` for anything else that OpenCV rejects.
///
/// ```
/// # use katas::m08_vision::opencv_sheet::contact_sheet;
/// # use kit::figure::Layer;
/// # use opencv::core::{CV_8UC3, Mat, Scalar};
/// let white = Mat::new_rows_cols_with_default(20, 30, CV_8UC3, Scalar::all(255.0)).unwrap();
/// let sheet = contact_sheet(&white, &kit::data::cascade_folders()).unwrap();
/// assert_eq!(sheet.layers.iter().filter(|it| matches!(it, Layer::Image { .. })).count(), 6);
/// ```
///
/// In Python: `matplotlib.pyplot.subplots(2, 3)` and `ax.imshow(cv2.cvtColor(panel, cv2.COLOR_BGR2RGB))` for each
/// panel.
///
/// Source: OpenCV documentation, *Image processing*.
pub fn contact_sheet(photo: &Mat, folders: &[PathBuf]) -> Result<Figure, InputError> {
    todo!()
}
