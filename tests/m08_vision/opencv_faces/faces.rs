//! Images with faces, and the folder of their cascade.

use std::path::PathBuf;

use judge::{Broken, ensure};
use ndarray::Array2;
use opencv::core::Rect;

use crate::m08_vision::oracle;

pub const NAME: &str = "haarcascade_frontalface_default.xml";

pub const CALL: &str = "detect_faces(image, folders)";

/// Where a person sees the face on the photograph: x, y, width, height.
pub const FACE: [i32; 4] = [88, 33, 48, 48];

pub fn folders() -> Vec<PathBuf> {
    kit::data::cascade_folders()
}

pub fn photo() -> Array2<u8> {
    oracle::gray(&oracle::photo())
}

/// Intersection over union.
pub fn overlap(a: Rect, [x, y, width, height]: [i32; 4]) -> f64 {
    let both = (a & Rect::new(x, y, width, height)).area();
    f64::from(both) / f64::from(a.area() + width * height - both)
}

pub fn is_one_face(got: &[Rect], face: [i32; 4]) -> Result<(), Broken> {
    let look = "One face: neighboring windows that agree are one. A gray image in its own size, windows \
        1.1 times as large each time. A box is x, y, width, height.";
    ensure(matches!(got, [only] if overlap(*only, face) >= 0.5), || {
        let overlaps: Vec<_> =
            got.iter().map(|it| format!("{it:?}, overlap {:.2}", overlap(*it, face))).collect();
        let got = format!("{} boxes: {}", got.len(), overlaps.join("; "));
        Broken::answer(
            got,
            format!("one box that overlaps [x, y, width, height] = {face:?} by half or more"),
            look,
        )
    })
}

/// The photograph in another size, each pixel the nearest.
pub fn scaled(side: usize) -> Array2<u8> {
    let photo = photo();
    Array2::from_shape_fn((side, side), |(i, j)| photo[(256 * i / side, 256 * j / side)])
}
