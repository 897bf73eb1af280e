use std::fs;
use std::path::Path;

use kit::InputError;
use opencv::core::{Mat, Vector};
use opencv::prelude::*;
use opencv::{imgcodecs, imgproc};

use crate::reference::m08_vision::opencv_images as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
            chaff("imread_alone", "`imread` reports when it fails.", |path| {
                imgcodecs::imread(path, imgcodecs::IMREAD_COLOR).map_err(|_| malformed(path))
            }),
            chaff("rgb", "A loaded image has the channels red, green, blue.", |path| {
                let (bgr, mut rgb) = (reference::load_image(path)?, Mat::default());
                imgproc::cvt_color_def(&bgr, &mut rgb, imgproc::COLOR_BGR2RGB)
                    .map_err(|_| malformed(path))?;
                Ok(rgb)
            }),
            chaff("gray", "The flag 0 loads a color image.", |path| {
                reference::load_image(path)?;
                decoded(path, imgcodecs::IMREAD_GRAYSCALE)
            }),
            chaff("as_it_is", "IMREAD_UNCHANGED always gives a color image of three channels.", |path| {
                reference::load_image(path)?;
                decoded(path, imgcodecs::IMREAD_UNCHANGED)
            }),
            chaff("half_is_enough", "OpenCV rejects a truncated file.", |path| {
                match reference::load_image(path) {
                    Err(InputError::Malformed { .. }) => {
                        decoded(path, imgcodecs::IMREAD_COLOR).and_then(|image| checked(path, image))
                    }
                    other => other,
                }
            }),
            chaff("any_end", "An end-of-image mark anywhere shows that the file is complete.", |path| {
                let bytes = fs::read(path).unwrap_or_default();
                let has = |mark: &[u8]| bytes.windows(mark.len()).any(|window| window == mark);
                match reference::load_image(path) {
                    Err(InputError::Malformed { .. }) if has(&[0xff, 0xd9]) => {
                        decoded(path, imgcodecs::IMREAD_COLOR).and_then(|image| checked(path, image))
                    }
                    other => other,
                }
            }),
            chaff("empty_image", "An image without pixels may be returned for a broken file.", |path| {
                match reference::load_image(path) {
                    Err(InputError::Malformed { .. }) => Ok(Mat::default()),
                    other => other,
                }
            }),
            chaff("missing_is_malformed", "A file that cannot be read is malformed.", |path| {
                reference::load_image(path).map_err(|_| malformed(path))
            }),
            chaff("any_device", "Whatever is not a folder is a regular file.", |path| {
                match (reference::load_image(path), path.is_dir() || !path.exists()) {
                    (Err(InputError::File { .. }), false) => Err(malformed(path)),
                    (other, _) => other,
                }
            }),
            chaff("no_limit", "A file of any size may be read.", |path| match reference::load_image(path) {
                Err(InputError::TooLarge { .. }) => Err(malformed(path)),
                other => other,
            }),
            chaff("by_its_name", "The extension of a file name determines its format.", |path| {
                let ending = path.extension().map(|it| it.to_string_lossy().into_owned());
                let image = reference::load_image(path)?;
                match ending.as_deref() {
                    Some("png" | "jpg" | "jpeg") => Ok(image),
                    _ => Err(malformed(path)),
                }
            }),
            chaff(
                "on_its_side_as_stored",
                "The orientation stored by a camera (EXIF) does not matter.",
                |path| {
                    reference::load_image(path)?;
                    decoded(path, imgcodecs::IMREAD_COLOR | imgcodecs::IMREAD_IGNORE_ORIENTATION)
                },
            ),
            chaff("alpha_on_white", "Transparent pixels are blended with white.", |path| {
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
            chaff("four_channels_rejected", "An image file has three channels or one.", |path| {
                let image = reference::load_image(path)?;
                if decoded(path, imgcodecs::IMREAD_UNCHANGED)?.channels() == 4 {
                    return Err(malformed(path));
                }
                Ok(image)
            }),
            chaff("any_depth", "A 16-bit image keeps its depth.", |path| {
                reference::load_image(path)?;
                decoded(path, imgcodecs::IMREAD_COLOR | imgcodecs::IMREAD_ANYDEPTH)
            }),
            chaff("limit_itself", "A file of exactly 64 MiB is too large.", |path| {
                match fs::metadata(path) {
                    Ok(it) if it.is_file() && it.len() == 64 << 20 => {
                        Err(InputError::TooLarge { got: 64 << 20, limit: 64 << 20 })
                    }
                    _ => reference::load_image(path),
                }
            }),
            chaff("limit_small", "No image file is larger than a megabyte.", |path| {
                match fs::metadata(path) {
                    Ok(it) if it.is_file() && it.len() > 1 << 20 => {
                        Err(InputError::TooLarge { got: it.len(), limit: 64 << 20 })
                    }
                    _ => reference::load_image(path),
                }
            }),
            chaff("other_formats", "Every format that OpenCV decodes is accepted.", |path| {
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
            chaff("ends_with", "The end mark is the last thing in the file.", |path| {
                let image = reference::load_image(path)?;
                let bytes = fs::read(path).unwrap_or_default();
                if bytes.starts_with(&[0xff, 0xd8]) && !bytes.ends_with(&[0xff, 0xd9]) {
                    Err(malformed(path))
                } else {
                    Ok(image)
                }
            }),
            chaff("utf8_only", "A path is valid UTF-8.", |path| match path.to_str() {
                Some(_) => reference::load_image(path),
                None => {
                    Err(InputError::File { path: path.to_owned(), why: std::io::ErrorKind::InvalidInput })
                }
            }),
            chaff("no_links", "A symbolic link is not a file.", |path| {
                let image = reference::load_image(path)?;
                match fs::symlink_metadata(path) {
                    Ok(it) if !it.is_file() => {
                        Err(InputError::File { path: path.to_owned(), why: std::io::ErrorKind::Unsupported })
                    }
                    _ => Ok(image),
                }
            }),
            chaff("not_found_always", "Every file that cannot be read is missing (NotFound).", |path| {
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
            chaff("small_jpegs_end_at_once", "A small JPEG ends with its end of image.", |path| {
                let bytes = fs::read(path).unwrap_or_default();
                if bytes.len() < 4000 && bytes.starts_with(&[0xff, 0xd8]) && !bytes.ends_with(&[0xff, 0xd9]) {
                    return Err(InputError::Malformed {
                        path: path.to_owned(),
                        wanted: "a whole JPEG or PNG image",
                    });
                }
                reference::load_image(path)
            }),
            chaff("size_limit_for_pngs", "Only a PNG can be too large.", |path| {
                reference::load_image(path).map_err(|rejection| match rejection {
                    InputError::TooLarge { .. } if !starts_as_png(path) => {
                        InputError::Malformed { path: path.to_owned(), wanted: "a whole JPEG or PNG image" }
                    }
                    other => other,
                })
            }),
            chaff("lower_case_extensions", "An image file ends in .png or .jpg, in lower case.", |path| {
                if path.extension().is_some_and(|it| it == "PNG" || it == "JPEG") {
                    return Err(InputError::Malformed {
                        path: path.to_owned(),
                        wanted: "a whole JPEG or PNG image",
                    });
                }
                reference::load_image(path)
            }),
            chaff("large_halved", "A large image may be reduced.", |path| {
                let image = reference::load_image(path)?;
                if image.rows().max(image.cols()) <= 2000 {
                    return Ok(image);
                }
                let (half, mut small) = ((image.cols() / 2).max(1), Mat::default());
                let size = opencv::core::Size::new(half, (image.rows() / 2).max(1));
                imgproc::resize_def(&image, &mut small, size).map_err(|_| malformed(path))?;
                Ok(small)
            }),
            chaff("library_throws", "What OpenCV throws is returned in its own words.", |path| {
                match reference::load_image(path) {
                    Err(InputError::Malformed { .. })
                        if fs::metadata(path).is_ok_and(|of| of.len() < 1 << 20) =>
                    {
                        let bytes = Vector::<u8>::from_slice(&fs::read(path).unwrap_or_default());
                        let thrown = imgcodecs::imdecode(&bytes, imgcodecs::IMREAD_COLOR).err();
                        Err(thrown.map_or_else(|| malformed(path), InputError::from))
                    }
                    other => other,
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

fn starts_as_png(path: &Path) -> bool {
    use std::io::Read;
    let mut start = [0; 4];
    fs::File::open(path).is_ok_and(|mut file| file.read_exact(&mut start).is_ok()) && start == *b"\x89PNG"
}
