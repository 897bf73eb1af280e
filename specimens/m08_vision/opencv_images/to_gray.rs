use kit::InputError;
use opencv::core::{CV_8UC1, Mat};
use opencv::imgproc;
use opencv::prelude::*;

use crate::reference::m08_vision::opencv_images as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type ToGray = fn(&Mat) -> Result<Mat, InputError>;

/// The kata, answered by a specimen.
pub fn to_gray(bgr: &Mat) -> Result<Mat, InputError> {
    answering::<ToGray>(
        module_path!(),
        reference::to_gray,
        &[
            wheat("by_hand", "the weighted sum, pixel by pixel", |bgr| weighted(bgr, [0.114, 0.587, 0.299])),
            wheat("by_way_of_rgb", "turns the channels round first", |bgr| {
                reference::to_gray(bgr)?;
                converted(&converted(bgr, imgproc::COLOR_BGR2RGB)?, imgproc::COLOR_RGB2GRAY)
            }),
            chaff("rgb_for_bgr", "A color image has the channels red, green, blue.", |bgr| {
                reference::to_gray(bgr)?;
                converted(bgr, imgproc::COLOR_RGB2GRAY)
            }),
            chaff("mean", "Gray is the mean of the three channels.", |bgr| weighted(bgr, [1.0 / 3.0; 3])),
            chaff("no_questions", "OpenCV rejects every image that it cannot convert.", |bgr| {
                converted(bgr, imgproc::COLOR_BGR2GRAY)
            }),
            chaff("still_in_color", "A gray image has three equal channels.", |bgr| {
                converted(&reference::to_gray(bgr)?, imgproc::COLOR_GRAY2BGR)
            }),
            chaff("on_its_side", "An image array is columns × rows.", |bgr| {
                let (gray, mut turned) = (reference::to_gray(bgr)?, Mat::default());
                opencv::core::transpose(&gray, &mut turned)?;
                Ok(turned)
            }),
            chaff("transparent", "A fourth channel does no harm.", |bgr| {
                if bgr.channels() == 4 && !bgr.empty() {
                    return converted(bgr, imgproc::COLOR_BGRA2GRAY);
                }
                reference::to_gray(bgr)
            }),
            chaff(
                "nothing_from_nothing",
                "An image without pixels gives a gray image without pixels.",
                |bgr| {
                    if bgr.empty() { Ok(Mat::default()) } else { reference::to_gray(bgr) }
                },
            ),
            chaff("type_is_channels", "Any other type of `Mat` has a wrong number of channels.", |bgr| {
                if !bgr.empty() && bgr.typ() != opencv::core::CV_8UC3 {
                    return Err(InputError::Channels { got: bgr.channels() as usize, wanted: 3 });
                }
                reference::to_gray(bgr)
            }),
            chaff("floats_taken", "An image of 32-bit floats is accepted as well.", |bgr| {
                if !bgr.empty() && bgr.typ() == opencv::core::CV_32FC3 {
                    return converted(bgr, imgproc::COLOR_BGR2GRAY);
                }
                reference::to_gray(bgr)
            }),
            chaff("bytes_in_a_row", "The rows of a `Mat` follow one another in memory.", |bgr| {
                let mut gray = reference::to_gray(bgr)?;
                let n = bgr.rows() as usize * bgr.cols() as usize;
                // SAFETY free: data_bytes rejects what is not continuous
                let bytes = bgr.data_bytes()?;
                for k in 0..n {
                    let s = 0.114 * f64::from(bytes[3 * k])
                        + 0.587 * f64::from(bytes[3 * k + 1])
                        + 0.299 * f64::from(bytes[3 * k + 2]);
                    *gray.at_mut::<u8>(k as i32)? = s.round() as u8;
                }
                Ok(gray)
            }),
            wheat("matrix_product", "the weights as a matrix, by OpenCV's transform", |bgr| {
                reference::to_gray(bgr)?;
                let m = Mat::from_slice_2d(&[[0.114_f32, 0.587, 0.299]])?;
                let mut out = Mat::default();
                opencv::core::transform(bgr, &mut out, &m)?;
                Ok(out)
            }),
        ],
    )(bgr)
}

fn converted(image: &Mat, code: i32) -> Result<Mat, InputError> {
    let mut out = Mat::default();
    imgproc::cvt_color_def(image, &mut out, code)?;
    Ok(out)
}

fn weighted(bgr: &Mat, weights: [f64; 3]) -> Result<Mat, InputError> {
    let mut gray = reference::to_gray(bgr)?;
    debug_assert_eq!(gray.typ(), CV_8UC1);
    for i in 0..bgr.rows() {
        for j in 0..bgr.cols() {
            let pixel = *bgr.at_2d::<opencv::core::Vec3b>(i, j)?;
            let sum: f64 = pixel.iter().zip(weights).map(|(v, w)| f64::from(*v) * w).sum();
            *gray.at_2d_mut::<u8>(i, j)? = sum.round() as u8;
        }
    }
    Ok(gray)
}
