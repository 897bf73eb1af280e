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
            chaff("half_is_enough", "OpenCV rejects a file that breaks off", |path| {
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
                    (Err(InputError::File { .. }), false) => Err(malformed(path)),
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
            chaff("on_its_side_as_stored", "the pixels are in the file as they are to be seen", |path| {
                reference::load_image(path)?;
                decoded(path, imgcodecs::IMREAD_COLOR | imgcodecs::IMREAD_IGNORE_ORIENTATION)
            }),
            chaff("alpha_on_white", "what is transparent shows the white behind it", |path| {
                let image = reference::load_image(path)?;
                let raw = decoded(path, imgcodecs::IMREAD_UNCHANGED)?;
                if raw.typ() != opencv::core::CV_8UC4 {
                    return Ok(image);
                }
                let mut out = image;
                for i in 0..raw.rows() {
                    for j in 0..raw.cols() {
                        let p = raw.at_2d::<opencv::core::Vec4b>(i, j).map_err(|_| malformed(path))?;
                        let a = f64::from(p[3]) / 255.0;
                        *out.at_2d_mut::<opencv::core::Vec3b>(i, j).map_err(|_| malformed(path))? =
                            opencv::core::Vec3b::from(
                                [0, 1, 2].map(|k| (f64::from(p[k]) * a + 255.0 * (1.0 - a)).round() as u8),
                            );
                    }
                }
                Ok(out)
            }),
            chaff("four_channels_rejected", "an image has three channels or one", |path| {
                let image = reference::load_image(path)?;
                if decoded(path, imgcodecs::IMREAD_UNCHANGED)?.channels() == 4 {
                    return Err(malformed(path));
                }
                Ok(image)
            }),
            chaff("any_depth", "more bits are the better image", |path| {
                reference::load_image(path)?;
                decoded(path, imgcodecs::IMREAD_COLOR | imgcodecs::IMREAD_ANYDEPTH)
            }),
            chaff("limit_itself", "the limit is the first size that is rejected", |path| match fs::metadata(
                path,
            ) {
                Ok(it) if it.is_file() && it.len() == 64 << 20 => {
                    Err(InputError::TooLarge { got: 64 << 20, limit: 64 << 20 })
                }
                _ => reference::load_image(path),
            }),
            chaff("limit_small", "a picture has a megabyte at most", |path| match fs::metadata(path) {
                Ok(it) if it.is_file() && it.len() > 1 << 20 => {
                    Err(InputError::TooLarge { got: it.len(), limit: 64 << 20 })
                }
                _ => reference::load_image(path),
            }),
            chaff("other_formats", "what OpenCV decodes is an image", |path| {
                match reference::load_image(path) {
                    Err(InputError::Malformed { .. }) => {
                        let bytes = fs::read(path).unwrap_or_default();
                        if bytes.starts_with(&[0xff, 0xd8]) || bytes.starts_with(b"\x89PNG") {
                            return Err(malformed(path));
                        }
                        decoded(path, imgcodecs::IMREAD_COLOR).and_then(|image| checked(path, image))
                    }
                    other => other,
                }
            }),
            chaff("ends_with", "the mark of the end is the last of the file", |path| {
                let image = reference::load_image(path)?;
                let bytes = fs::read(path).unwrap_or_default();
                if bytes.starts_with(&[0xff, 0xd8]) && !bytes.ends_with(&[0xff, 0xd9]) {
                    Err(malformed(path))
                } else {
                    Ok(image)
                }
            }),
            chaff("utf8_only", "a path is a text", |path| match path.to_str() {
                Some(_) => reference::load_image(path),
                None => {
                    Err(InputError::File { path: path.to_owned(), why: std::io::ErrorKind::InvalidInput })
                }
            }),
            chaff("no_links", "a link is no file", |path| {
                let image = reference::load_image(path)?;
                match fs::symlink_metadata(path) {
                    Ok(it) if !it.is_file() => {
                        Err(InputError::File { path: path.to_owned(), why: std::io::ErrorKind::Unsupported })
                    }
                    _ => Ok(image),
                }
            }),
            chaff("not_found_always", "what does not exist is not found", |path| {
                reference::load_image(path).map_err(|error| match error {
                    InputError::File { path, .. } => {
                        InputError::File { path, why: std::io::ErrorKind::NotFound }
                    }
                    other => other,
                })
            }),
            wheat("chunk_by_chunk", "walks over the chunks of a PNG up to its IEND", |path| {
                let whole = |bytes: &[u8]| {
                    let mut at = 8;
                    while let Some(head) = bytes.get(at..at + 8) {
                        if &head[4..] == b"IEND" {
                            return bytes.len() >= at + 8;
                        }
                        at += 12 + head[..4].iter().fold(0_usize, |n, b| 256 * n + usize::from(*b));
                    }
                    false
                };
                match fs::read(path) {
                    Ok(bytes)
                        if bytes.len() < 1 << 20
                            && bytes.starts_with(b"\x89PNG\r\n\x1a\n")
                            && !whole(&bytes) =>
                    {
                        Err(malformed(path))
                    }
                    _ => reference::load_image(path),
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
