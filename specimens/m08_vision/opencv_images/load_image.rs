use std::fs;
use std::path::Path;

use kit::InputError;
use opencv::core::{Mat, Vector};
use opencv::prelude::*;
use opencv::{imgcodecs, imgproc};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m08_vision::opencv_images as reference;

type LoadImage = fn(&Path) -> Result<Mat, InputError>;

/// The kata, answered by a specimen.
pub fn load_image(path: &Path) -> Result<Mat, InputError> {
    answering::<LoadImage>(
        module_path!(),
        reference::load_image,
        &[
            wheat("into_a_vector", "hands the bytes over in OpenCV's own vector", |path| {
                reference::load_image(path)?;
                decoded(path, imgcodecs::IMREAD_COLOR)
            }),
            wheat("by_the_file", "lets OpenCV read the file where its path is ASCII", |path| {
                let checked = reference::load_image(path)?;
                if !path.to_string_lossy().is_ascii() || path.extension().is_none() {
                    return Ok(checked);
                }
                imgcodecs::imread(path, imgcodecs::IMREAD_COLOR).map_err(|_| malformed(path))
            }),
            chaff("imread_alone", "imread says when it fails", |path| {
                imgcodecs::imread(path, imgcodecs::IMREAD_COLOR).map_err(|_| malformed(path))
            }),
            chaff("rgb", "an image is red, green, blue", |path| {
                let (bgr, mut rgb) = (reference::load_image(path)?, Mat::default());
                imgproc::cvt_color_def(&bgr, &mut rgb, imgproc::COLOR_BGR2RGB)
                    .map_err(|_| malformed(path))?;
                Ok(rgb)
            }),
            chaff("gray", "0 means the usual", |path| {
                reference::load_image(path)?;
                decoded(path, imgcodecs::IMREAD_GRAYSCALE)
            }),
            chaff("as_it_is", "IMREAD_UNCHANGED gives what one wants", |path| {
                reference::load_image(path)?;
                decoded(path, imgcodecs::IMREAD_UNCHANGED)
            }),
            chaff("half_is_enough", "OpenCV refuses a file that breaks off", |path| {
                match reference::load_image(path) {
                    Err(InputError::Malformed { .. }) => {
                        decoded(path, imgcodecs::IMREAD_COLOR).and_then(|image| checked(path, image))
                    }
                    other => other,
                }
            }),
            chaff("any_end", "an end of image somewhere is the end of the image", |path| {
                let bytes = fs::read(path).unwrap_or_default();
                let has = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
                match reference::load_image(path) {
                    Err(InputError::Malformed { .. }) if has(&[0xff, 0xd9]) => {
                        decoded(path, imgcodecs::IMREAD_COLOR).and_then(|image| checked(path, image))
                    }
                    other => other,
                }
            }),
            chaff("empty_image", "an image without pixels says enough", |path| {
                match reference::load_image(path) {
                    Err(InputError::Malformed { .. }) => Ok(Mat::default()),
                    other => other,
                }
            }),
            chaff("missing_is_malformed", "why it could not be read is all the same", |path| {
                reference::load_image(path).map_err(|_| malformed(path))
            }),
            chaff("any_device", "what is no folder is a file", |path| {
                match (reference::load_image(path), path.is_dir() || !path.exists()) {
                    (Err(InputError::Unreadable { .. }), false) => Err(malformed(path)),
                    (other, _) => other,
                }
            }),
            chaff("no_limit", "whatever lies on a disk fits in memory", |path| {
                match reference::load_image(path) {
                    Err(InputError::TooLarge { .. }) => Err(malformed(path)),
                    other => other,
                }
            }),
            chaff("by_its_name", "the ending of a name tells what is inside", |path| {
                let ending = path.extension().map(|it| it.to_string_lossy().into_owned());
                let image = reference::load_image(path)?;
                match ending.as_deref() {
                    Some("png" | "jpg" | "jpeg") => Ok(image),
                    _ => Err(malformed(path)),
                }
            }),
        ],
    )(path)
}

fn malformed(path: &Path) -> InputError {
    InputError::Malformed { path: path.to_owned(), wanted: "a whole JPEG or PNG image" }
}

fn checked(path: &Path, image: Mat) -> Result<Mat, InputError> {
    if image.empty() { Err(malformed(path)) } else { Ok(image) }
}

fn decoded(path: &Path, flags: i32) -> Result<Mat, InputError> {
    let bytes = Vector::<u8>::from_slice(&fs::read(path).unwrap_or_default());
    imgcodecs::imdecode(&bytes, flags).map_err(|_| malformed(path))
}
