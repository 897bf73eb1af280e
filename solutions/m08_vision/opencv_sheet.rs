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
    let gray = to_gray(photo)?;
    let (rows, cols) = (photo.rows(), photo.cols());
    let middle = Annotation {
        place: Rect::new(cols / 4, rows / 4, 3 * cols / 4 - cols / 4, 3 * rows / 4 - rows / 4),
        words: "middle".to_owned(),
    };
    let faces = detect_faces(&gray, folders)?;
    let faces: Vec<Annotation> =
        faces.into_iter().map(|place| Annotation { place, words: "face".to_owned() }).collect();
    let panels = [
        ("original", photo.clone()),
        ("gray", gray.clone()),
        ("blur", blur(photo, 9, 2.0)?),
        ("edges", edges(&blur(&gray, 5, 1.4)?, 60.0, 150.0)?),
        ("annotated", annotate(photo, &[middle])?),
        ("faces", annotate(photo, &faces)?),
    ];
    let (width, height) = (f64::from(cols), f64::from(rows));
    let step = [1.1 * width, height + 0.1 * width];
    let mut sheet = Figure::new("One photograph, six ways to see it", "", "").with_equal_axes();
    for (number, (name, image)) in panels.iter().enumerate() {
        let (column, row) = (number % 3, number / 3);
        sheet.layers.push(Layer::Image {
            label: (*name).to_owned(),
            at: [column as f64 * step[0], if row == 0 { step[1] } else { 0.0 }],
            size: [width, height],
            pixels: brightness(image)?,
            color: image.channels() == 3,
        });
    }
    Ok(sheet)
}

/// The bytes of an image from 0 to 1; blue, green, red become red, green, blue.
fn brightness(image: &Mat) -> Result<Matrix, InputError> {
    let bytes = image.data_bytes()?;
    let channels = usize::try_from(image.channels()).unwrap_or(1);
    let reversed = bytes.chunks_exact(channels).flat_map(|pixel| pixel.iter().rev());
    let values: Vec<f64> = reversed.map(|byte| f64::from(*byte) / 255.0).collect();
    let rows = usize::try_from(image.rows()).unwrap_or(0);
    Matrix::new(rows, values.len() / rows.max(1), values)
}
