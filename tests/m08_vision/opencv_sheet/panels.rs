//! The panels of a sheet, and what they should show.

use judge::{Answer, Broken, Verdict, ensure, equal};
use katas::m08_vision::opencv_sheet::contact_sheet;
use kit::figure::Layer;
use kit::{Figure, Matrix};
use ndarray::{Array2, Array3, Axis};

use crate::m08_vision::oracle;

pub const CALL: &str = "contact_sheet(photo, folders)";

pub const NAMES: [&str; 6] = ["original", "gray", "blur", "edges", "annotated", "faces"];

/// A picture of colored stripes and a dark corner.
pub fn picture(rows: usize, cols: usize) -> Array3<u8> {
    Array3::from_shape_fn((rows, cols, 3), |(i, j, channel)| {
        let dark = i > rows / 2 && j > cols / 2;
        if dark { 20 } else { ((40 * channel + 31 * (j / 5) + 3 * i) % 200 + 30) as u8 }
    })
}

pub fn sheet(of: &Array3<u8>) -> Result<Figure, Broken> {
    contact_sheet(&oracle::color_mat(of), &kit::data::cascade_folders()).accepted(CALL)
}

/// Where an image stands, how large, its pixels, and whether in color.
pub type Panel<'a> = ([f64; 2], [f64; 2], &'a Matrix, bool);

/// The images in order.
pub fn images(sheet: &Figure) -> Result<Vec<Panel<'_>>, Broken> {
    let mut labels = Vec::new();
    let mut images = Vec::new();
    for layer in &sheet.layers {
        if let Layer::Image { label, at, size, pixels, color } = layer {
            labels.push(label.as_str());
            images.push((*at, *size, pixels, *color));
        }
    }
    equal("the labels of the images", labels, NAMES.to_vec(), "Six images, in this order.")?;
    Ok(images)
}

/// The image of this name shows these bytes, give or take one. In color they are blue, green, red and must be shown as red,
/// green, blue.
pub fn shows(sheet: &Figure, name: &str, want: &Array3<u8>, look: &str) -> Verdict {
    let place = NAMES.iter().position(|it| *it == name).unwrap_or(0);
    let (_, _, pixels, color) = images(sheet)?[place];
    let (rows, cols, channels) = want.dim();
    equal(&format!("{name}: whether it is in color"), color, channels == 3, look)?;
    let shape = format!("{name}: rows and columns of its numbers");
    equal(&shape, pixels.shape(), (rows, cols * channels), "In color three columns per pixel.")?;
    for ((i, j, k), byte) in want.indexed_iter() {
        let number = pixels[(i, channels * j + channels - 1 - k)];
        let call = format!("{name}: row {i}, column {j}, channel {k} of blue, green, red");
        ensure((number - f64::from(*byte) / 255.0).abs() < 1.01 / 255.0, || {
            let wanted = format!("{} ({byte} of 255)", f64::from(*byte) / 255.0);
            Broken::answer(format!("{call} = {number}"), wanted, look)
        })?;
    }
    Ok(())
}

/// As [`shows`], of one of several images.
pub fn shows_one_of(sheet: &Figure, name: &str, images: &[Array3<u8>], look: &str) -> Verdict {
    if images.iter().any(|want| shows(sheet, name, want, look).is_ok()) {
        return Ok(());
    }
    shows(sheet, name, &images[0], look)
}

/// The blur of bytes, whose weights OpenCV rounds to 256ths, or that of numbers, rounded at the end.
pub fn smooth(of: &Array2<u8>, size: usize, sigma: f64, in_bytes: bool) -> Array2<u8> {
    if in_bytes {
        return oracle::blur_bytes(of, size, sigma);
    }
    oracle::blur(&of.mapv(f64::from), size, sigma).mapv(|pixel| pixel.round() as u8)
}

/// The edges that the steps may find. An edge comes and goes with a single shade, and `to_gray` and `blur` leave open how
/// a shade is rounded.
pub fn edges(photo: &Array3<u8>) -> Vec<Array3<u8>> {
    let nearest = |half: u32| {
        photo.map_axis(Axis(2), |p| {
            let [b, g, r] = [0, 1, 2].map(|k| u32::from(p[k]));
            ((299 * r + 587 * g + 114 * b + half) / 1000) as u8
        })
    };
    let edges =
        |smooth: Array2<u8>| oracle::canny(&smooth, 60.0, 150.0).mapv(|edge| if edge { 255 } else { 0 });
    let grays = [oracle::gray(photo), nearest(500), nearest(499)];
    let both = grays.iter().flat_map(|gray| [true, false].map(|in_bytes| smooth(gray, 5, 1.4, in_bytes)));
    both.map(|smooth| edges(smooth).insert_axis(Axis(2))).collect()
}
