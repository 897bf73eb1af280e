use std::path::PathBuf;

use kit::InputError;
use opencv::core::{Mat, Rect, Size, Vector};
use opencv::imgproc;
use opencv::objdetect::CascadeClassifier;
use opencv::prelude::*;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m08_vision::opencv_faces as reference;

type DetectFaces = fn(&Mat, &[PathBuf]) -> Result<Vec<Rect>, InputError>;

const NAME: &str = "haarcascade_frontalface_default.xml";

/// The kata, answered by a specimen.
pub fn detect_faces(image: &Mat, folders: &[PathBuf]) -> Result<Vec<Rect>, InputError> {
    answering::<DetectFaces>(
        module_path!(),
        reference::detect_faces,
        &[
            wheat(
                "without_scaling_the_image",
                "scales the features instead of the image",
                |image, folders| {
                    reference::detect_faces(image, folders)?;
                    let mut faces = searched(image, folders, 5, 0)?;
                    faces.sort_by_key(|face| (-i64::from(face.area()), face.y, face.x));
                    Ok(faces)
                },
            ),
            wheat("loaded_later", "makes an empty cascade and loads it then", |image, folders| {
                let found = reference::detect_faces(image, folders)?;
                let mut cascade = CascadeClassifier::default().map_err(refusal)?;
                let there = folders.iter().map(|it| it.join(NAME)).find(|it| it.is_file());
                let loaded = there.is_some_and(|path| cascade.load(path).unwrap_or(false));
                Ok(if loaded { found } else { Vec::new() })
            }),
            chaff("one_window_is_enough", "a window that says face is a face", |image, folders| {
                reference::detect_faces(image, folders)?;
                searched(image, folders, 0, 2)
            }),
            chaff("nobody", "where nothing is certain nobody is there", |image, folders| {
                reference::detect_faces(image, folders)?;
                Ok(Vec::new())
            }),
            chaff("whole_image", "a portrait is all face", |image, folders| {
                reference::detect_faces(image, folders)?;
                Ok(vec![Rect::new(0, 0, image.cols(), image.rows())])
            }),
            chaff("smallest_first", "sorting by size begins with the smallest", |image, folders| {
                let mut faces = reference::detect_faces(image, folders)?;
                faces.reverse();
                Ok(faces)
            }),
            chaff("in_half_the_size", "the box of the small image fits the large one", |image, folders| {
                reference::detect_faces(image, folders)?;
                let mut double = Mat::default();
                imgproc::resize(image, &mut double, Size::default(), 2.0, 2.0, imgproc::INTER_LINEAR)
                    .map_err(refusal)?;
                reference::detect_faces(&double, folders)
            }),
            chaff("rows_for_x", "a box begins at row x and column y", |image, folders| {
                let turned = |it: Rect| Rect::new(it.y, it.x, it.height, it.width);
                Ok(reference::detect_faces(image, folders)?.into_iter().map(turned).collect())
            }),
            chaff("largest_only", "there is one face on a picture", |image, folders| {
                Ok(reference::detect_faces(image, folders)?.into_iter().take(1).collect())
            }),
            chaff(
                "no_cascade_no_faces",
                "without a cascade nobody is found, and that is no error",
                |image, folders| match reference::detect_faces(image, folders) {
                    Err(InputError::NotFound { .. }) => Ok(Vec::new()),
                    other => other,
                },
            ),
            chaff("folders_named", "the folders tell where it was looked for", |image, folders| {
                reference::detect_faces(image, folders).map_err(|error| match error {
                    InputError::NotFound { name, .. } => {
                        InputError::NotFound { name, looked_in: folders.to_vec() }
                    }
                    other => other,
                })
            }),
            chaff("empty_cascade", "a file that is there is a cascade", |image, folders| {
                match reference::detect_faces(image, folders) {
                    Err(InputError::Malformed { .. }) => Ok(Vec::new()),
                    other => other,
                }
            }),
            chaff("first_that_works", "where one file is broken another will do", |image, folders| {
                let mut answer = reference::detect_faces(image, folders);
                for folder in folders {
                    if let Err(InputError::Malformed { .. }) = answer {
                        answer = reference::detect_faces(image, std::slice::from_ref(folder));
                        if let Err(InputError::NotFound { .. }) = answer {
                            answer = Err(InputError::Malformed {
                                path: folder.join(NAME),
                                wanted: "a cascade classifier",
                            });
                        }
                    }
                }
                answer
            }),
            chaff("colour_too", "a face has colours", |image, folders| {
                if image.channels() == 3 { Ok(Vec::new()) } else { reference::detect_faces(image, folders) }
            }),
        ],
    )(image, folders)
}

fn refusal(error: opencv::Error) -> InputError {
    InputError::Library { name: "OpenCV", says: error.to_string() }
}

fn searched(image: &Mat, folders: &[PathBuf], neighbours: i32, flags: i32) -> Result<Vec<Rect>, InputError> {
    let path = folders.iter().map(|it| it.join(NAME)).find(|it| it.is_file()).unwrap_or_default();
    let mut cascade = CascadeClassifier::new(path).map_err(refusal)?;
    let mut found = Vector::<Rect>::new();
    cascade
        .detect_multi_scale(image, &mut found, 1.1, neighbours, flags, Size::new(30, 30), Size::default())
        .map_err(refusal)?;
    Ok(found.to_vec())
}
