//! OpenCV itself, for the laws that compare with it.

use std::f64::consts::PI;

use judge::{Broken, Verdict, ensure};
use katas::m08_vision::blur::Border;
use ndarray::{Array2, Array3};
use opencv::core::{
    BORDER_REFLECT_101, BORDER_REPLICATE, CV_8UC3, CV_64F, Mat, Point, Rect, Scalar, Size, Vec2f, Vector,
};
use opencv::prelude::*;
use opencv::{Result, imgcodecs, imgproc};

/// What the law compares with must exist: without it there is no verdict.
fn there<T>(result: Result<T>) -> T {
    result.unwrap_or_else(|error| panic!("OpenCV, which is asked for comparison, rejects: {error}"))
}

/// The photograph, rows × columns × (blue, green, red).
pub fn photo() -> Array3<u8> {
    let path = kit::data::photo();
    let image = there(imgcodecs::imread(&path, imgcodecs::IMREAD_COLOR));
    let shape = (image.rows() as usize, image.cols() as usize, 3);
    let bytes = there(image.data_bytes()).to_vec();
    Array3::from_shape_vec(shape, bytes).unwrap_or_else(|_| panic!("the photograph is not in color"))
}

/// The array as an image of OpenCV's with one channel.
pub fn mat<T: opencv::core::DataType>(of: &Array2<T>) -> Mat {
    let rows: Vec<Vec<T>> = of.rows().into_iter().map(|row| row.to_vec()).collect();
    there(Mat::from_slice_2d(&rows))
}

/// The array as an image of OpenCV's in color.
pub fn color_mat(of: &Array3<u8>) -> Mat {
    let (rows, cols, _) = of.dim();
    let pixel = |i, j| opencv::core::Vec3b::from([0, 1, 2].map(|channel| of[(i, j, channel)]));
    let rows: Vec<Vec<_>> = (0..rows).map(|i| (0..cols).map(|j| pixel(i, j)).collect()).collect();
    there(Mat::from_slice_2d(&rows))
}

/// An image of OpenCV's with one channel as an array.
pub fn array<T: opencv::core::DataType>(of: &Mat) -> Array2<T> {
    Array2::from_shape_fn((of.rows() as usize, of.cols() as usize), |(i, j)| {
        *there(of.at_2d::<T>(i as i32, j as i32))
    })
}

pub fn gray(bgr: &Array3<u8>) -> Array2<u8> {
    let mut out = Mat::default();
    there(imgproc::cvt_color_def(&color_mat(bgr), &mut out, imgproc::COLOR_BGR2GRAY));
    array(&out)
}

pub fn filter(image: &Array2<f64>, kernel: &Array2<f64>, border: Border) -> Array2<f64> {
    let border = match border {
        Border::Repeat => BORDER_REPLICATE,
        Border::Mirror => BORDER_REFLECT_101,
    };
    let (mut out, middle) = (Mat::default(), Point::new(-1, -1));
    there(imgproc::filter_2d(&mat(image), &mut out, CV_64F, &mat(kernel), middle, 0.0, border));
    array(&out)
}

pub fn blur(image: &Array2<f64>, size: usize, sigma: f64) -> Array2<f64> {
    let (mut out, size) = (Mat::default(), Size::new(size as i32, size as i32));
    there(imgproc::gaussian_blur_def(&mat(image), &mut out, size, sigma));
    array(&out)
}

pub fn blur_bytes(image: &Array2<u8>, size: usize, sigma: f64) -> Array2<u8> {
    let (mut out, size) = (Mat::default(), Size::new(size as i32, size as i32));
    there(imgproc::gaussian_blur_def(&mat(image), &mut out, size, sigma));
    array(&out)
}

/// gx and gy.
pub fn sobel(image: &Array2<f64>) -> [Array2<f64>; 2] {
    [(1, 0), (0, 1)].map(|(dx, dy)| {
        let mut out = Mat::default();
        there(imgproc::sobel(&mat(image), &mut out, CV_64F, dx, dy, 3, 1.0, 0.0, BORDER_REPLICATE));
        array(&out)
    })
}

pub fn canny(image: &Array2<u8>, low: f64, high: f64) -> Array2<bool> {
    let mut out = Mat::default();
    there(imgproc::canny_def(&mat(image), &mut out, low, high));
    array::<u8>(&out).mapv(|pixel| pixel > 0)
}

/// ρ and the number of the angle of each line, in OpenCV's order.
pub fn lines(edges: &Array2<bool>, angles: usize, threshold: u32) -> Vec<(i32, usize)> {
    let (mut out, step) = (Vector::<Vec2f>::new(), PI / angles as f64);
    let edges = mat(&edges.mapv(|edge| if edge { 255_u8 } else { 0 }));
    there(imgproc::hough_lines_def(&edges, &mut out, 1.0, step, threshold as i32));
    out.iter().map(|line| (line[0].round() as i32, (f64::from(line[1]) / step).round() as usize)).collect()
}

/// Harris' response, in units of the sums of `sobel`'s gradients.
pub fn harris(image: &Array2<u8>, window: usize, k: f64) -> Array2<f64> {
    let mut out = Mat::default();
    there(imgproc::corner_harris(&mat(image), &mut out, window as i32, 3, k, BORDER_REPLICATE));
    // OpenCV divides each derivative by 4, by the side of the window and by 255; the response has the fourth power of that.
    array::<f32>(&out).mapv(|response| f64::from(response) * (4.0 * window as f64 * 255.0).powi(4))
}

/// No pixel differs by more.
pub fn within(got: &Array2<u8>, want: &Array2<u8>, most: u8) -> Verdict {
    ensure(got.dim() == want.dim(), || {
        Broken::answer(format!("{:?} pixels", got.dim()), format!("{:?}", want.dim()), "")
    })?;
    let far = got.indexed_iter().find(|(place, pixel)| pixel.abs_diff(want[*place]) > most);
    ensure(far.is_none(), || {
        let (place, pixel) = far.unwrap_or(((0, 0), &0));
        let wanted = format!("{} as in OpenCV, give or take {most}", want[place]);
        Broken::answer(
            format!("{pixel} in row and column {place:?}"),
            wanted,
            "OpenCV's value differs by more.",
        )
    })
}

/// This image as a part of a larger one that is bright around it: an image whose rows do not follow one another.
pub fn part(of: &Mat) -> Mat {
    let (rows, cols) = (of.rows(), of.cols());
    let bright = Scalar::all(251.0);
    let mut large = there(Mat::new_rows_cols_with_default(rows + 2, cols + 3, of.typ(), bright));
    let place = Rect::new(1, 1, cols, rows);
    let done = Mat::roi_mut(&mut large, place).and_then(|mut part| of.copy_to(&mut part));
    there(done);
    there(large.adjust_roi(-1, -1, -1, -2))
}

/// Words in green on a black image, as OpenCV writes them.
pub fn words((rows, cols): (i32, i32), words: &str, at: [i32; 2]) -> Mat {
    let mut image = there(Mat::new_rows_cols_with_default(rows, cols, CV_8UC3, Scalar::all(0.0)));
    write(&mut image, words, at);
    image
}

/// Writes words in green, their baseline beginning there.
pub fn write(on: &mut Mat, words: &str, [x, y]: [i32; 2]) {
    let (green, font) = (Scalar::new(0.0, 255.0, 0.0, 0.0), imgproc::FONT_HERSHEY_SIMPLEX);
    there(imgproc::put_text(on, words, Point::new(x, y), font, 0.5, green, 1, imgproc::LINE_8, false));
}

/// The photograph with a green box and a word above it.
pub fn boxed(photo: &Array3<u8>, [x, y, width, height]: [i32; 4], word: &str) -> Array3<u8> {
    let (mut image, green) = (color_mat(photo), Scalar::new(0.0, 255.0, 0.0, 0.0));
    let place = Rect::new(x, y, width, height);
    there(imgproc::rectangle(&mut image, place, green, 1, imgproc::LINE_8, 0));
    write(&mut image, word, [x, y - 4]);
    let bytes = there(image.data_bytes()).to_vec();
    Array3::from_shape_vec(photo.dim(), bytes).unwrap_or_else(|_| panic!("the image has changed its shape"))
}
