use kit::InputError;
use opencv::core::{Mat, bitwise_not_def, transpose};
use opencv::imgproc;

use crate::reference::m08_vision::opencv_filters as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Edges = fn(&Mat, f64, f64) -> Result<Mat, InputError>;

/// The kata, answered by a specimen.
pub fn edges(gray: &Mat, low: f64, high: f64) -> Result<Mat, InputError> {
    answering::<Edges>(
        module_path!(),
        reference::edges,
        &[
            wheat("all_arguments", "passes the aperture and the norm explicitly", |gray, low, high| {
                reference::edges(gray, low, high)?;
                asked(gray, low.min(4000.0), high.min(4000.0), 3, false)
            }),
            wheat("from_gradients", "computes the gradients first and thins them then", |gray, low, high| {
                reference::edges(gray, low, high)?;
                let (mut gx, mut gy, mut out) = (Mat::default(), Mat::default(), Mat::default());
                for (dx, out) in [(1, &mut gx), (0, &mut gy)] {
                    let border = opencv::core::BORDER_REPLICATE;
                    imgproc::sobel(gray, out, opencv::core::CV_16S, dx, 1 - dx, 3, 1.0, 0.0, border)?;
                }
                imgproc::canny_derivative(&gx, &gy, &mut out, low.min(4000.0), high.min(4000.0), false)?;
                Ok(out)
            }),
            chaff(
                "euclid",
                "The gradient magnitude is √(gx² + gy²) (L2gradient = true).",
                |gray, low, high| {
                    reference::edges(gray, low, high)?;
                    asked(gray, low, high, 3, true)
                },
            ),
            chaff("window_of_five", "The aperture of the Sobel kernel is 5.", |gray, low, high| {
                reference::edges(gray, low, high)?;
                asked(gray, low, high, 5, false)
            }),
            chaff("black_on_white", "Edges are 0 on a background of 255.", |gray, low, high| {
                let (edges, mut out) = (reference::edges(gray, low, high)?, Mat::default());
                bitwise_not_def(&edges, &mut out)?;
                Ok(out)
            }),
            chaff("low_twice", "The low threshold is used for both thresholds.", |gray, low, high| {
                reference::edges(gray, low, high)?;
                reference::edges(gray, low, low)
            }),
            chaff(
                "high_twice",
                "The high threshold is used for both thresholds (no hysteresis).",
                |gray, low, high| {
                    reference::edges(gray, low, high)?;
                    reference::edges(gray, high, high)
                },
            ),
            chaff("blurred_first", "The image is blurred before its edges are found.", |gray, low, high| {
                reference::edges(gray, low, high)?;
                reference::edges(&reference::blur(gray, 3, 1.0)?, low, high)
            }),
            chaff("on_its_side", "An image array is columns × rows.", |gray, low, high| {
                let (edges, mut out) = (reference::edges(gray, low, high)?, Mat::default());
                transpose(&edges, &mut out)?;
                Ok(out)
            }),
            chaff("no_questions", "OpenCV rejects every invalid argument itself.", |gray, low, high| {
                asked(gray, low, high, 3, false)
            }),
            chaff(
                "exchanges_bounds",
                "Thresholds in the wrong order are swapped, as OpenCV does.",
                |gray, low, high| reference::edges(gray, low.min(high), high.max(low)),
            ),
            chaff("rounded_bounds", "Thresholds are whole numbers and may be rounded.", |gray, low, high| {
                reference::edges(gray, low, high)?;
                reference::edges(gray, low.round(), high.round())
            }),
            chaff(
                "three_channels_only",
                "Only an image with three channels is a color image.",
                |gray, low, high| match reference::edges(gray, low, high) {
                    Err(InputError::Channels { got, .. }) if got != 3 => asked(gray, low, high, 3, false),
                    other => other,
                },
            ),
            wheat("whole_bounds", "rounds the thresholds down itself", |gray, low, high| {
                reference::edges(gray, low, high)?;
                reference::edges(gray, low.floor(), high.floor())
            }),
            wheat("by_hand", "the rules of the documentation, without OpenCV", |gray, low, high| {
                use opencv::prelude::*;
                reference::edges(gray, low, high)?;
                let pixel =
                    |(i, j): (usize, usize)| gray.at_2d::<u8>(i as i32, j as i32).copied().unwrap_or(0);
                let image =
                    ndarray::Array2::from_shape_fn((gray.rows() as usize, gray.cols() as usize), pixel);
                let edges = crate::reference::m08_vision::edges::canny(image.view(), low, high)?;
                let rows: Vec<Vec<u8>> = edges
                    .rows()
                    .into_iter()
                    .map(|row| row.iter().map(|edge| 255 * u8::from(*edge)).collect())
                    .collect();
                Ok(Mat::from_slice_2d(&rows)?)
            }),
            chaff("low_up_to_450", "No lower threshold is above 450.", |i, low, high| {
                reference::edges(i, if low <= high { low.min(450.0) } else { low }, high)
            }),
            chaff(
                "infinite_low_out_of_order",
                "An infinite lower threshold is merely above the upper one.",
                |i, low, high| {
                    if low.is_infinite() && high.is_finite() {
                        return Err(InputError::OutOfRange { name: "low", got: low, wanted: "0 to high" });
                    }
                    reference::edges(i, low, high)
                },
            ),
            chaff("least_included", "A magnitude of exactly `low` continues an edge.", |gray, low, high| {
                let is_whole = low >= 1.0 && low.fract() == 0.0 && low <= high;
                reference::edges(gray, if is_whole { low - 1.0 } else { low }, high)
            }),
        ],
    )(gray, low, high)
}

fn asked(gray: &Mat, low: f64, high: f64, window: i32, euclid: bool) -> Result<Mat, InputError> {
    let mut out = Mat::default();
    imgproc::canny(gray, &mut out, low, high, window, euclid)?;
    Ok(out)
}
