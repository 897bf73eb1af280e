//! OpenCV's own blur and Canny.

use ndarray::Array2;
use opencv::core::{DataType, Mat, Size};
use opencv::imgproc;
use opencv::prelude::*;

/// The array as OpenCV keeps it. An image that could not be made is empty, and every answer to it a refusal.
pub fn mat<T: DataType>(image: &Array2<T>) -> Mat {
    let rows: Vec<Vec<T>> = image.rows().into_iter().map(|row| row.to_vec()).collect();
    Mat::from_slice_2d(&rows).unwrap_or_default()
}

pub fn blur(image: &Mat) -> Answered<f64> {
    let mut out = Mat::default();
    let done = imgproc::gaussian_blur_def(image, &mut out, Size::new(5, 5), 1.25);
    Answered(done.map(|()| out), |pixel| pixel)
}

pub fn canny(image: &Mat) -> Answered<u8> {
    let mut out = Mat::default();
    let done = imgproc::canny_def(image, &mut out, 60.0, 150.0);
    Answered(done.map(|()| out), |pixel| f64::from(u8::from(pixel > 0)))
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
