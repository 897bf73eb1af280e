//! Image input with OpenCV: reading a file, and color to gray.
//!
//! OpenCV is a C++ library. What it throws becomes an `Err`, but some arguments it never checks: the caller must
//! check them first.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use kit::{InputError, check};
use opencv::core::Mat;
use opencv::prelude::*;
use opencv::{imgcodecs, imgproc};

/// Decodes a JPEG or PNG file to a color image.
///
/// * `path`: any path that the system accepts, also one with characters outside ASCII. No file is written.
/// * Returns a `Mat` of type `CV_8UC3`: blue, green, red. A gray file has three equal channels, an alpha channel is
///   dropped, and the orientation that a camera has stored (EXIF) is applied.
///
/// Only files up to 64 MiB (67,108,864 bytes) are read. A truncated file is rejected, though OpenCV itself fills in
/// the rest with gray and reports nothing: a PNG ends with a chunk named `IEND`, and in a JPEG the last start of
/// scan (bytes `FF DA`) is followed by an end of image (`FF D9`).
///
/// # Errors
///
/// * [`InputError::File`] if there is no such file, it may not be read, or it is a folder or a device, which may
///   never end;
/// * [`InputError::TooLarge`] if it is larger; then none of it is read;
/// * [`InputError::Malformed`] with `wanted` `"a whole JPEG or PNG image"`, whatever is wrong with its contents.
///
/// ```
/// # use katas::m08_vision::opencv_images::load_image;
/// use opencv::prelude::*;
///
/// let photo = load_image(kit::data::photo().as_ref()).unwrap();
/// assert_eq!((photo.rows(), photo.cols(), photo.channels()), (256, 256, 3));
/// ```
///
/// In Python: `cv2.imread(path)` (returns `None` where this reports an error, and accepts truncated files).
///
/// Source: OpenCV documentation, *Image file reading and writing*, `imdecode`.
pub fn load_image(path: &Path) -> Result<Mat, InputError> {
    const LIMIT: u64 = 64 << 20;
    let unreadable = |error: std::io::Error| InputError::file(path, &error);
    let malformed = || InputError::Malformed { path: path.to_owned(), wanted: "a whole JPEG or PNG image" };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if !metadata.is_file() {
        let why = if metadata.is_dir() { ErrorKind::IsADirectory } else { ErrorKind::Unsupported };
        return Err(unreadable(why.into()));
    }
    let size = metadata.len();
    if size > LIMIT {
        return Err(InputError::TooLarge { got: size, limit: LIMIT });
    }
    // Read here and not by OpenCV, which takes paths in ASCII only on some systems and reports no reason on any.
    let bytes = fs::read(path).map_err(unreadable)?;
    if !is_whole(&bytes) {
        return Err(malformed());
    }
    let image = imgcodecs::imdecode(&bytes.as_slice(), imgcodecs::IMREAD_COLOR).map_err(|_| malformed())?;
    // What OpenCV cannot decode it returns as an image without pixels.
    if image.empty() { Err(malformed()) } else { Ok(image) }
}

/// Grayscale conversion with OpenCV.
///
/// * `bgr`: of type `CV_8UC3`: blue, green, red; left as it is.
/// * Returns a new `Mat` of type `CV_8UC1` and the same size, by the weights of [`super::colour::to_gray`].
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if it has no pixels;
/// * [`InputError::Channels`] with `wanted` 3 if it has another number of channels;
/// * [`InputError::Library`] with `name` `"OpenCV"` for anything else that OpenCV rejects, such as pixels that are
///   not of 8 bits.
///
/// ```
/// # use katas::m08_vision::opencv_images::to_gray;
/// use opencv::core::{CV_8UC3, Mat, Scalar};
/// use opencv::prelude::*;
///
/// let red = Mat::new_rows_cols_with_default(2, 3, CV_8UC3, Scalar::new(0.0, 0.0, 255.0, 0.0)).unwrap();
/// let gray = to_gray(&red).unwrap();
/// assert_eq!((gray.typ(), *gray.at_2d::<u8>(1, 2).unwrap()), (opencv::core::CV_8UC1, 76));
/// ```
///
/// In Python: `cv2.cvtColor(bgr, cv2.COLOR_BGR2GRAY)`.
///
/// Source: OpenCV documentation, *Color conversions*, RGB ↔ GRAY.
pub fn to_gray(bgr: &Mat) -> Result<Mat, InputError> {
    check::at_least(1, bgr.total())?;
    check::channels(3, bgr.channels() as usize)?;
    if bgr.depth() != opencv::core::CV_8U {
        return Err(InputError::Library {
            name: "OpenCV",
            says: "to_gray takes pixels of 8 bits".to_owned(),
        });
    }
    let mut gray = Mat::default();
    // The form without the last arguments is the same from OpenCV 4.5 on; 4.11 gave the other one more of them.
    imgproc::cvt_color_def(bgr, &mut gray, imgproc::COLOR_BGR2GRAY)?;
    Ok(gray)
}

fn is_whole(bytes: &[u8]) -> bool {
    let last = |mark: &[u8]| bytes.windows(mark.len()).rposition(|window| window == mark);
    if bytes.starts_with(&[0xff, 0xd8]) {
        // An embedded preview may have an end mark of its own. `None` is smaller than every `Some`.
        return last(&[0xff, 0xd9]) > last(&[0xff, 0xda]);
    }
    bytes.starts_with(b"\x89PNG\r\n\x1a\n") && last(b"IEND").is_some()
}
