use kit::InputError;
use opencv::core::{BORDER_CONSTANT, CV_64F, Mat, Point, Size};
use opencv::imgproc;

use crate::reference::m08_vision::opencv_filters as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Blur = fn(&Mat, usize, f64) -> Result<Mat, InputError>;

/// The kata, answered by a specimen.
pub fn blur(image: &Mat, size: usize, sigma: f64) -> Result<Mat, InputError> {
    answering::<Blur>(
        module_path!(),
        reference::blur,
        &[
            wheat(
                "kernel_by_kernel",
                "gets the 1-D kernel and filters with it along both axes",
                |image, size, sigma| {
                    reference::blur(image, size, sigma)?;
                    let bell = imgproc::get_gaussian_kernel(size as i32, sigma, CV_64F)?;
                    let mut out = Mat::default();
                    imgproc::sep_filter_2d_def(image, &mut out, -1, &bell, &bell)?;
                    Ok(out)
                },
            ),
            wheat("both_sigmas", "passes σ for both axes", |image, size, sigma| {
                let blurred = reference::blur(image, size, sigma)?;
                let (mut out, side) = (Mat::default(), Size::new(size as i32, size as i32));
                drop(blurred);
                imgproc::gaussian_blur_def(image, &mut out, side, sigma)?;
                Ok(out)
            }),
            chaff(
                "box",
                "OpenCV's `blur` is the Gaussian blur (it is a box filter).",
                |image, size, sigma| {
                    reference::blur(image, size, sigma)?;
                    let (mut out, side) = (Mat::default(), Size::new(size as i32, size as i32));
                    imgproc::blur_def(image, &mut out, side)?;
                    Ok(out)
                },
            ),
            chaff("opencv_chooses", "A σ of 0 is valid: OpenCV chooses one.", |image, size, sigma| {
                reference::blur(image, size, sigma)?;
                gaussian(image, size, 0.0)
            }),
            chaff(
                "black_border",
                "Pixels beyond the border are 0 (BORDER_CONSTANT).",
                |image, size, sigma| {
                    reference::blur(image, size, sigma)?;
                    let bell = imgproc::get_gaussian_kernel(size as i32, sigma, CV_64F)?;
                    let (mut out, middle) = (Mat::default(), Point::new(-1, -1));
                    imgproc::sep_filter_2d(image, &mut out, -1, &bell, &bell, middle, 0.0, BORDER_CONSTANT)?;
                    Ok(out)
                },
            ),
            chaff("across_only", "The kernel has a single row.", |image, size, sigma| {
                reference::blur(image, size, sigma)?;
                let mut out = Mat::default();
                imgproc::gaussian_blur_def(image, &mut out, Size::new(size as i32, 1), sigma)?;
                Ok(out)
            }),
            chaff("median", "A median filter is a Gaussian blur.", |image, size, sigma| {
                reference::blur(image, size, sigma)?;
                let mut out = Mat::default();
                imgproc::median_blur(image, &mut out, size as i32)?;
                Ok(out)
            }),
            chaff("in_gray", "The image is converted to gray before it is blurred.", |image, size, sigma| {
                use opencv::prelude::*;
                let blurred = reference::blur(image, size, sigma)?;
                if blurred.channels() != 3 {
                    return Ok(blurred);
                }
                let mut out = Mat::default();
                imgproc::cvt_color_def(&blurred, &mut out, imgproc::COLOR_BGR2GRAY)?;
                Ok(out)
            }),
            chaff("no_questions", "OpenCV rejects every invalid argument itself.", gaussian),
            chaff("next_odd", "An even size is raised to the next odd one.", |image, size, sigma| {
                reference::blur(image, size.saturating_add(usize::from(size.is_multiple_of(2))), sigma)
            }),
            chaff("variance_for_sigma", "σ is the variance of the Gaussian.", |image, size, sigma| {
                reference::blur(image, size, sigma)?;
                gaussian(image, size, sigma.sqrt())
            }),
            chaff("below_255", "The size must be below 255.", |image, size, sigma| {
                let out = reference::blur(image, size, sigma)?;
                if size == 255 {
                    Err(InputError::OutOfRange { name: "size", got: 255.0, wanted: "1 to 255" })
                } else {
                    Ok(out)
                }
            }),
            chaff("half_sigma_tiny", "A σ below a tenth does not blur.", |image, size, sigma| {
                if sigma > 0.0 && sigma < 0.5 {
                    reference::blur(image, size, 0.5)
                } else {
                    reference::blur(image, size, sigma)
                }
            }),
            wheat("in_floats", "blurs in double precision and rounds at the end", |image, size, sigma| {
                use opencv::prelude::*;
                reference::blur(image, size, sigma)?;
                let image = &image.clone();
                let (mut wide, mut blurred, mut out) = (Mat::default(), Mat::default(), Mat::default());
                image.convert_to(&mut wide, CV_64F, 1.0, 0.0)?;
                imgproc::gaussian_blur_def(&wide, &mut blurred, Size::new(size as i32, size as i32), sigma)?;
                blurred.convert_to(&mut out, image.depth(), 1.0, 0.0)?;
                Ok(out)
            }),
            chaff("identity_unchecked", "A kernel of size 1 changes nothing, whatever σ is.", |i, s, g| {
                use opencv::prelude::*;
                if s == 1 && !i.empty() {
                    return Ok(i.clone());
                }
                reference::blur(i, s, g)
            }),
            chaff("sizes_up_to_43", "A kernel of more than 43 rows is as good as one of 43.", |i, s, g| {
                reference::blur(i, if s < 255 && s % 2 == 1 { s.min(43) } else { s }, g)
            }),
        ],
    )(image, size, sigma)
}

fn gaussian(image: &Mat, size: usize, sigma: f64) -> Result<Mat, InputError> {
    let mut out = Mat::default();
    // A size that no `i32` holds would be another one.
    let side = i32::try_from(size).unwrap_or(-1);
    if side > 1000 {
        return Ok(out);
    }
    imgproc::gaussian_blur_def(image, &mut out, Size::new(side, side), sigma)?;
    Ok(out)
}
