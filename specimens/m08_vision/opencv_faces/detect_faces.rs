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
                let mut cascade = CascadeClassifier::default()?;
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
                imgproc::resize(image, &mut double, Size::default(), 2.0, 2.0, imgproc::INTER_LINEAR)?;
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
            chaff("color_too", "a face has colors", |image, folders| {
                if image.channels() == 3 { Ok(Vec::new()) } else { reference::detect_faces(image, folders) }
            }),
            chaff(
                "three_neighbors",
                "three windows that agree are enough, as by default",
                |image, folders| {
                    reference::detect_faces(image, folders)?;
                    sorted(with(image, folders, 1.1, 3, 30)?)
                },
            ),
            chaff("scale_12", "steps of 1.2 are quicker", |image, folders| {
                reference::detect_faces(image, folders)?;
                sorted(with(image, folders, 1.2, 5, 30)?)
            }),
            chaff("no_least", "a face is as small as the cascade's window", |image, folders| {
                reference::detect_faces(image, folders)?;
                sorted(with(image, folders, 1.1, 5, 0)?)
            }),
            chaff("least_40", "no face is smaller than 40 pixels", |image, folders| {
                reference::detect_faces(image, folders)?;
                sorted(with(image, folders, 1.1, 5, 40)?)
            }),
            chaff("ties_lower", "of equal faces the lower comes first", |image, folders| {
                let mut faces = reference::detect_faces(image, folders)?;
                faces.sort_by_key(|face| (-i64::from(face.area()), -face.y, face.x));
                Ok(faces)
            }),
            chaff("exists", "what exists under that name is the file", |image, folders| {
                let found = reference::detect_faces(image, folders);
                let there = folders.iter().map(|it| it.join(NAME)).find(|it| it.exists());
                match (found, there) {
                    (Ok(_) | Err(InputError::NotFound { .. }), Some(path)) if path.is_dir() => {
                        Err(InputError::Malformed { path, wanted: "a cascade classifier" })
                    }
                    (found, _) => found,
                }
            }),
            chaff("two_at_most", "there are two faces at most", |image, folders| {
                Ok(reference::detect_faces(image, folders)?.into_iter().take(2).collect())
            }),
            chaff("deep_is_channels", "any other type has the wrong channels", |image, folders| {
                match reference::detect_faces(image, folders) {
                    Err(InputError::Library { .. }) => Err(InputError::Channels { got: 1, wanted: 1 }),
                    other => other,
                }
            }),
            chaff(
                "cascade_first",
                "the cascade is loaded before the image is looked at",
                |image, folders| {
                    let even = Mat::new_rows_cols_with_default(
                        30,
                        30,
                        opencv::core::CV_8UC1,
                        opencv::core::Scalar::all(0.0),
                    )?;
                    reference::detect_faces(&even, folders)?;
                    reference::detect_faces(image, folders)
                },
            ),
            chaff("at_most_100", "no face is larger than 100 pixels", |image, folders| {
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
                "searches for faces of any size and leaves out the small ones",
                |image, folders| {
                    reference::detect_faces(image, folders)?;
                    let mut faces = with(image, folders, 1.1, 5, 0)?;
                    faces.retain(|face| face.width >= 30 && face.height >= 30);
                    sorted(faces)
                },
            ),
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
