use std::path::PathBuf;

use kit::InputError;
use opencv::core::{Mat, Rect, Size, Vector};
use opencv::imgproc;
use opencv::objdetect::CascadeClassifier;
use opencv::prelude::*;

use crate::reference::m08_vision::opencv_faces as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
                let mut cascade = CascadeClassifier::default()?;
                let there = folders.iter().map(|it| it.join(NAME)).find(|it| it.is_file());
                let loaded = there.is_some_and(|path| cascade.load(path).unwrap_or(false));
                Ok(if loaded { found } else { Vec::new() })
            }),
            chaff(
                "one_window_is_enough",
                "One matching window is enough for a face (minNeighbors 0).",
                |image, folders| {
                    reference::detect_faces(image, folders)?;
                    searched(image, folders, 0, 2)
                },
            ),
            chaff("no_faces", "A gray image has no faces unless it is certain.", |image, folders| {
                reference::detect_faces(image, folders)?;
                Ok(Vec::new())
            }),
            chaff("whole_image", "The whole image is one face.", |image, folders| {
                reference::detect_faces(image, folders)?;
                Ok(vec![Rect::new(0, 0, image.cols(), image.rows())])
            }),
            chaff("smallest_first", "Boxes are sorted by area from the smallest up.", |image, folders| {
                let mut faces = reference::detect_faces(image, folders)?;
                faces.reverse();
                Ok(faces)
            }),
            chaff("in_half_the_size", "A box found at half the size needs no scaling.", |image, folders| {
                reference::detect_faces(image, folders)?;
                let mut double = Mat::default();
                imgproc::resize(image, &mut double, Size::default(), 2.0, 2.0, imgproc::INTER_LINEAR)?;
                reference::detect_faces(&double, folders)
            }),
            chaff("rows_for_x", "A box begins at row x and column y.", |image, folders| {
                let turned = |it: Rect| Rect::new(it.y, it.x, it.height, it.width);
                Ok(reference::detect_faces(image, folders)?.into_iter().map(turned).collect())
            }),
            chaff("largest_only", "There is at most one face in an image.", |image, folders| {
                Ok(reference::detect_faces(image, folders)?.into_iter().take(1).collect())
            }),
            chaff(
                "no_cascade_no_faces",
                "A missing cascade file means no faces, not an error.",
                |image, folders| match reference::detect_faces(image, folders) {
                    Err(InputError::NotFound { .. }) => Ok(Vec::new()),
                    other => other,
                },
            ),
            chaff(
                "folders_named",
                "The error lists the folders, not the files that were tried.",
                |image, folders| {
                    reference::detect_faces(image, folders).map_err(|error| match error {
                        InputError::NotFound { name, .. } => {
                            InputError::NotFound { name, looked_in: folders.to_vec() }
                        }
                        other => other,
                    })
                },
            ),
            chaff("empty_cascade", "A file that exists is a valid cascade.", |image, folders| {
                match reference::detect_faces(image, folders) {
                    Err(InputError::Malformed { .. }) => Ok(Vec::new()),
                    other => other,
                }
            }),
            chaff(
                "first_that_works",
                "If one cascade file is broken, the next folder is tried.",
                |image, folders| {
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
                },
            ),
            chaff("color_too", "The detector takes color images as well.", |image, folders| {
                if image.channels() == 3 { Ok(Vec::new()) } else { reference::detect_faces(image, folders) }
            }),
            chaff("three_neighbors", "minNeighbors is 3, as by default.", |image, folders| {
                reference::detect_faces(image, folders)?;
                sorted(with(image, folders, 1.1, 3, 30)?)
            }),
            chaff("scale_12", "The scale factor is 1.2.", |image, folders| {
                reference::detect_faces(image, folders)?;
                sorted(with(image, folders, 1.2, 5, 30)?)
            }),
            chaff("no_least", "There is no minimum size of a face.", |image, folders| {
                reference::detect_faces(image, folders)?;
                sorted(with(image, folders, 1.1, 5, 0)?)
            }),
            chaff("least_40", "The minimum size of a face is 40 pixels.", |image, folders| {
                reference::detect_faces(image, folders)?;
                sorted(with(image, folders, 1.1, 5, 40)?)
            }),
            chaff("ties_lower", "Of equal faces the lower one comes first.", |image, folders| {
                let mut faces = reference::detect_faces(image, folders)?;
                faces.sort_by_key(|face| (-i64::from(face.area()), -face.y, face.x));
                Ok(faces)
            }),
            chaff("exists", "Whatever exists under that name is the file.", |image, folders| {
                let found = reference::detect_faces(image, folders);
                let there = folders.iter().map(|it| it.join(NAME)).find(|it| it.exists());
                match (found, there) {
                    (Ok(_) | Err(InputError::NotFound { .. }), Some(path)) if path.is_dir() => {
                        Err(InputError::Malformed { path, wanted: "a cascade classifier" })
                    }
                    (found, _) => found,
                }
            }),
            chaff("two_at_most", "There are at most two faces in an image.", |image, folders| {
                Ok(reference::detect_faces(image, folders)?.into_iter().take(2).collect())
            }),
            chaff(
                "deep_is_channels",
                "Any other type of `Mat` has a wrong number of channels.",
                |image, folders| match reference::detect_faces(image, folders) {
                    Err(InputError::Library { .. }) => Err(InputError::Channels { got: 1, wanted: 1 }),
                    other => other,
                },
            ),
            chaff("at_most_100", "No face is larger than 100 pixels.", |image, folders| {
                Ok(reference::detect_faces(image, folders)?
                    .into_iter()
                    .filter(|it| it.width <= 100)
                    .collect())
            }),
            wheat("equalized", "loads by name and sorts by a comparison", |image, folders| {
                let mut faces = reference::detect_faces(image, folders)?;
                faces.reverse();
                faces.sort_by(|a, b| b.area().cmp(&a.area()).then(a.y.cmp(&b.y)));
                Ok(faces)
            }),
            wheat(
                "small_ones_left_out",
                "searches for faces of any size and drops the small ones",
                |image, folders| {
                    reference::detect_faces(image, folders)?;
                    let mut faces = with(image, folders, 1.1, 5, 0)?;
                    faces.retain(|face| face.width >= 30 && face.height >= 30);
                    sorted(faces)
                },
            ),
            chaff(
                "long_files_are_cascades",
                "A file of more than a hundred bytes is a cascade.",
                |image, folders| {
                    let found = reference::detect_faces(image, folders);
                    match &found {
                        Err(InputError::Malformed { path, .. })
                            if path.metadata().is_ok_and(|it| it.len() > 100) =>
                        {
                            Ok(vec![])
                        }
                        _ => found,
                    }
                },
            ),
            chaff("three_faces", "A photograph shows at most three faces.", |image, folders| {
                let mut faces = reference::detect_faces(image, folders)?;
                faces.truncate(3);
                Ok(faces)
            }),
            chaff("left_part", "Beyond column 300 there is only background.", |image, folders| {
                let faces = reference::detect_faces(image, folders)?;
                Ok(faces.into_iter().filter(|face| face.x + face.width <= 300).collect())
            }),
        ],
    )(image, folders)
}

fn searched(image: &Mat, folders: &[PathBuf], neighbors: i32, flags: i32) -> Result<Vec<Rect>, InputError> {
    let path = folders.iter().map(|it| it.join(NAME)).find(|it| it.is_file()).unwrap_or_default();
    let mut cascade = CascadeClassifier::new(path)?;
    let mut found = Vector::<Rect>::new();
    cascade.detect_multi_scale(
        image,
        &mut found,
        1.1,
        neighbors,
        flags,
        Size::new(30, 30),
        Size::default(),
    )?;
    Ok(found.to_vec())
}

fn with(
    image: &Mat,
    folders: &[PathBuf],
    scale: f64,
    neighbors: i32,
    least: i32,
) -> Result<Vec<Rect>, InputError> {
    let path = folders.iter().map(|it| it.join(NAME)).find(|it| it.is_file()).unwrap_or_default();
    let mut cascade = CascadeClassifier::new(path)?;
    let mut found = Vector::<Rect>::new();
    cascade.detect_multi_scale(
        image,
        &mut found,
        scale,
        neighbors,
        2,
        Size::new(least, least),
        Size::default(),
    )?;
    Ok(found.to_vec())
}

fn sorted(mut faces: Vec<Rect>) -> Result<Vec<Rect>, InputError> {
    faces.sort_by_key(|face| (-i64::from(face.area()), face.y, face.x));
    Ok(faces)
}
