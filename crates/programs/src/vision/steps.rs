//! What each kata makes of a picture.

use std::f64::consts::PI;

use katas::m08_vision::blur::gaussian_blur;
use katas::m08_vision::colour::to_gray;
use katas::m08_vision::corners::harris_corners;
use katas::m08_vision::edges::{canny, sobel};
use katas::m08_vision::hough::hough_lines;
use kit::InputError;
use ndarray::Array2;
use programs::unwritten;

use crate::picture::Picture;

const RED: [u8; 3] = [230, 60, 30];
const YELLOW: [u8; 3] = [255, 210, 0];

/// A step from the picture to another one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) name: &'static str,
    pub(crate) words: &'static str,
    make: fn(&Picture) -> Result<Picture, String>,
}

impl Step {
    /// The picture itself.
    pub(crate) fn named(name: &'static str) -> Self {
        Self { name, words: name, make: |picture| Ok(picture.clone()) }
    }

    /// What the step makes of it; why not, where its kata is not written or returns an error.
    pub(crate) fn run(&self, picture: &Picture) -> Result<Picture, String> {
        unwritten::run(|| (self.make)(picture)).map_err(|failure| failure.to_string())?
    }
}

/// All steps, in the order of the chapter.
pub(crate) fn all() -> Vec<Step> {
    let mut all = vec![
        Step { name: "gray", words: "gray", make: |it| said(gray(it)).map(|gray| Picture::gray(&gray)) },
        Step { name: "blur", words: "Gaussian blur", make: |it| said(blur(it)) },
        Step { name: "sobel", words: "gradient (Sobel)", make: |it| said(magnitude(it)) },
        Step {
            name: "canny",
            words: "edges (Canny)",
            make: |it| said(edges(it)).map(|edges| black_and_white(&edges)),
        },
        Step { name: "lines", words: "lines (Hough)", make: |it| said(lines(it)) },
        Step { name: "corners", words: "corners (Harris)", make: |it| said(corners(it)) },
    ];
    #[cfg(feature = "opencv")]
    all.push(Step { name: "faces", words: "faces (Viola and Jones)", make: crate::faces::found });
    all.shrink_to_fit();
    all
}

fn said<T>(outcome: Result<T, InputError>) -> Result<T, String> {
    outcome.map_err(|error| error.to_string())
}

fn gray(picture: &Picture) -> Result<Array2<u8>, InputError> {
    to_gray(picture.bgr().view())
}

/// A little smoother: a photograph's noise has edges of its own.
fn smooth(picture: &Picture) -> Result<Array2<f64>, InputError> {
    gaussian_blur(gray(picture)?.mapv(f64::from).view(), 5, 1.4)
}

fn bytes(values: &Array2<f64>) -> Array2<u8> {
    values.mapv(|x| x.round().clamp(0.0, 255.0) as u8)
}

fn blur(picture: &Picture) -> Result<Picture, InputError> {
    Ok(Picture::gray(&bytes(&gaussian_blur(gray(picture)?.mapv(f64::from).view(), 9, 3.0)?)))
}

fn magnitude(picture: &Picture) -> Result<Picture, InputError> {
    let (gx, gy) = sobel(smooth(picture)?.view())?;
    let magnitude = Array2::from_shape_fn(gx.dim(), |at| gx[at].hypot(gy[at]));
    let largest = magnitude.iter().fold(1e-9_f64, |largest, m| largest.max(*m));
    Ok(Picture::gray(&bytes(&magnitude.mapv(|m| 255.0 * m / largest))))
}

fn edges(picture: &Picture) -> Result<Array2<bool>, InputError> {
    canny(bytes(&smooth(picture)?).view(), 60.0, 140.0)
}

fn black_and_white(edges: &Array2<bool>) -> Picture {
    Picture::gray(&edges.mapv(|is_edge| if is_edge { 255 } else { 0 }))
}

/// The lines that most edges agree on, on the picture.
fn lines(picture: &Picture) -> Result<Picture, InputError> {
    const ANGLES: usize = 180;
    const MOST: usize = 12;
    let edges = edges(picture)?;
    let threshold = (edges.nrows().min(edges.ncols()) / 4).max(2) as u32;
    let mut found = hough_lines(edges.view(), ANGLES, threshold)?;
    found.sort_by_key(|line| std::cmp::Reverse(line.votes));
    let mut drawn = picture.clone();
    for line in found.iter().take(MOST) {
        let (sin, cos) = (PI * line.angle as f64 / ANGLES as f64).sin_cos();
        // The foot of the perpendicular from the corner, and along the line from there both ways.
        let reach = f64::from(picture.width() + picture.height());
        let foot = [f64::from(line.rho) * cos, f64::from(line.rho) * sin];
        for k in -(2.0 * reach) as i64..=(2.0 * reach) as i64 {
            let t = k as f64 / 2.0;
            let (x, y) = (foot[0] - t * sin, foot[1] + t * cos);
            drawn.mark(y.round() as i64, x.round() as i64, 0, RED);
        }
    }
    Ok(drawn)
}

fn corners(picture: &Picture) -> Result<Picture, InputError> {
    let found = harris_corners(bytes(&smooth(picture)?).view(), 5, 0.05, 0.02, 6)?;
    let mut drawn = picture.clone();
    for [row, column] in found {
        drawn.mark(row as i64, column as i64, 1, YELLOW);
    }
    Ok(drawn)
}
