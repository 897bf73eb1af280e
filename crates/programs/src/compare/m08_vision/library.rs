//! OpenCV's own blur and Canny, on one thread as the reference is, and on two.

use ndarray::Array2;
use opencv::core::{self, DataType, Mat, Size};
use opencv::imgproc;
use opencv::prelude::*;

/// The array as OpenCV keeps it. An image that could not be made is empty, and every answer to it a rejection.
pub fn mat<T: DataType>(image: &Array2<T>) -> Mat {
    let rows: Vec<Vec<T>> = image.rows().into_iter().map(|row| row.to_vec()).collect();
    Mat::from_slice_2d(&rows).unwrap_or_default()
}

pub fn blur<const THREADS: i32>(image: &Mat) -> Answered<f64> {
    let mut out = Mat::default();
    let done =
        on_threads(THREADS).and_then(|()| imgproc::gaussian_blur_def(image, &mut out, Size::new(5, 5), 1.25));
    Answered(done.map(|()| out), |pixel| pixel)
}

pub fn canny<const THREADS: i32>(image: &Mat) -> Answered<u8> {
    let mut out = Mat::default();
    let done = on_threads(THREADS).and_then(|()| imgproc::canny_def(image, &mut out, 60.0, 150.0));
    Answered(done.map(|()| out), |pixel| f64::from(u8::from(pixel > 0)))
}

/// A change costs time, so the stopwatch meets it only once in each of its rounds.
fn on_threads(number: i32) -> opencv::Result<()> {
    if core::get_num_threads()? == number { Ok(()) } else { core::set_num_threads(number) }
}

/// What came out, read as numbers only when somebody compares.
pub struct Answered<T>(opencv::Result<Mat>, fn(T) -> f64);

impl<T: DataType> crate::numbers::Numbers for Answered<T> {
    fn numbers(self) -> Result<Vec<f64>, String> {
        let image = self.0.map_err(|error| error.to_string())?;
        let pixels = image.data_typed::<T>().map_err(|error| error.to_string())?;
        Ok(pixels.iter().map(|pixel| self.1(*pixel)).collect())
    }
}
