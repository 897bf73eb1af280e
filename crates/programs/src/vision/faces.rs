//! Faces, with the half of milestone 8 that calls OpenCV.

use katas::m08_vision::opencv_faces::detect_faces;
use kit::data;
use opencv::core::{Mat, MatTraitConst};
use programs::ProgramError;

use crate::picture::Picture;

const GREEN: [u8; 3] = [40, 220, 90];

/// The picture with a frame around each face.
pub(crate) fn found(picture: &Picture) -> Result<Picture, String> {
    let bgr = picture.bgr();
    // The weights of the luma, as OpenCV's own conversion has them.
    let rows: Vec<Vec<u8>> = bgr
        .outer_iter()
        .map(|row| {
            let luma = |pixel: ndarray::ArrayView1<'_, u8>| {
                let [b, g, r] = [0, 1, 2].map(|channel| u32::from(pixel[channel]));
                ((299 * r + 587 * g + 114 * b + 500) / 1000) as u8
            };
            row.outer_iter().map(luma).collect()
        })
        .collect();
    let said = |error: opencv::Error| ProgramError::Environment(error.to_string()).to_string();
    let gray = Mat::from_slice_2d(&rows).map_err(said)?;
    let gray = gray.try_clone().map_err(said)?;
    let faces = detect_faces(&gray, &data::cascade_folders()).map_err(|error| error.to_string())?;
    let mut drawn = picture.clone();
    for face in faces {
        let [left, top] = [i64::from(face.x), i64::from(face.y)];
        let [right, bottom] = [left + i64::from(face.width) - 1, top + i64::from(face.height) - 1];
        for x in left..=right {
            drawn.mark(top, x, 0, GREEN);
            drawn.mark(bottom, x, 0, GREEN);
        }
        for y in top..=bottom {
            drawn.mark(y, left, 0, GREEN);
            drawn.mark(y, right, 0, GREEN);
        }
    }
    Ok(drawn)
}
