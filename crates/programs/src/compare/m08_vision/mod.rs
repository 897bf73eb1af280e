//! Contests of milestone 8: convolution, blur, Sobel and Canny; blur and Canny next to OpenCV on one thread and on two
//! where it is there. A size is a number of rows; 1080 rows are an image of 1920 × 1080 pixels.

#[cfg(feature = "opencv")]
mod library;

use katas::m08_vision as yours;
use katas::reference::m08_vision as reference;
use katas::reference::m08_vision::blur::Border;
use katas::tuned::m08_vision as tuned;
use kit::{Generator, InputError};
use ndarray::{Array2, array};

use crate::contest::{Contest, Run};

const SIZES: &[usize] = &[135, 1080];

/// All of them, in the order of the katas.
pub fn contests() -> Vec<Box<dyn Run>> {
    let convolve = Contest::new("m08_vision/blur/convolve", SIZES, brightness)
        .between(
            |image| yours::blur::convolve(image.view(), emboss().view(), yours::blur::Border::Repeat),
            |image| reference::blur::convolve(image.view(), emboss().view(), Border::Repeat),
        )
        .tuned(|image| tuned::blur::convolve(image.view(), emboss().view(), Border::Repeat));
    let blur = Contest::new("m08_vision/blur/gaussian_blur", SIZES, brightness)
        .between(
            |image| yours::blur::gaussian_blur(image.view(), 5, 1.25),
            |image| reference::blur::gaussian_blur(image.view(), 5, 1.25),
        )
        .tuned(|image| tuned::blur::gaussian_blur(image.view(), 5, 1.25));
    let sobel = Contest::new("m08_vision/edges/sobel", SIZES, brightness)
        .between(
            |image| both(yours::edges::sobel(image.view())),
            |image| both(reference::edges::sobel(image.view())),
        )
        .tuned(|image| both(tuned::edges::sobel(image.view())));
    let canny = Contest::new("m08_vision/edges/canny", SIZES, scene)
        .between(
            |image| yours::edges::canny(image.view(), 60.0, 150.0),
            |image| reference::edges::canny(image.view(), 60.0, 150.0),
        )
        .tuned(|image| tuned::edges::canny(image.view(), 60.0, 150.0));
    #[cfg(feature = "opencv")]
    let (blur, canny) = (
        blur.library("OpenCV", library::mat, library::blur::<1>).library(
            "2 threads",
            library::mat,
            library::blur::<2>,
        ),
        canny.library("OpenCV", library::mat, library::canny::<1>).library(
            "2 threads",
            library::mat,
            library::canny::<2>,
        ),
    );
    vec![convolve.boxed(), blur.boxed(), sobel.boxed(), canny.boxed()]
}

/// A kernel without any symmetry.
fn emboss() -> Array2<f64> {
    array![[-2.0, -1.0, 0.0], [-1.0, 1.0, 1.0], [0.0, 1.0, 2.5]]
}

/// gx, and below it gy.
fn both(found: Result<(Array2<f64>, Array2<f64>), InputError>) -> Result<Vec<f64>, InputError> {
    found.map(|(gx, gy)| gx.into_iter().chain(gy).collect())
}

/// Twenty boxes of any brightness, one over the other, and a little noise.
fn scene(generator: &mut Generator, rows: usize) -> Array2<u8> {
    let cols = (16 * rows).div_ceil(9);
    let mut image = Array2::from_elem((rows, cols), 90_u8);
    for _ in 0..20 {
        let mut ends = |n: usize| [0, 1].map(|_| generator.uniform_in(0.0, n as f64) as usize);
        let ([top, bottom], [left, right]) = (ends(rows), ends(cols));
        let value = generator.uniform_in(0.0, 250.0) as u8;
        for ((i, j), pixel) in image.indexed_iter_mut() {
            if (top.min(bottom)..=top.max(bottom)).contains(&i)
                && (left.min(right)..=left.max(right)).contains(&j)
            {
                *pixel = value;
            }
        }
    }
    image.mapv(|pixel| pixel + generator.uniform_in(0.0, 5.0) as u8)
}

fn brightness(generator: &mut Generator, rows: usize) -> Array2<f64> {
    scene(generator, rows).mapv(f64::from)
}
