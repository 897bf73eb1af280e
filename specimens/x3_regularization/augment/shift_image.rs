use kit::{InputError, Matrix, check};

use super::super::making::{each, last, nan_as_zero, part, single, turned};
use crate::reference::x3_regularization::augment as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Shifted = Result<Matrix, InputError>;
type ShiftImage = fn(&Matrix, i64, i64) -> Shifted;

/// The kata, answered by a specimen.
pub fn shift_image(image: &Matrix, down: i64, right: i64) -> Result<Matrix, InputError> {
    answering::<ShiftImage>(
        module_path!(),
        reference::shift_image,
        &[
            wheat("forwards", "puts each pixel where it goes", |image, down, right| {
                reference::shift_image(image, down, right)?;
                let (h, w) = image.shape();
                let mut shifted = Matrix::zeros(h, w);
                for i in 0..h {
                    for j in 0..w {
                        if let (Some(k), Some(l)) = (place(i, down, h), place(j, right, w)) {
                            shifted[(k, l)] = image[(i, j)];
                        }
                    }
                }
                Ok(shifted)
            }),
            wheat("in_two_steps", "shifts down, then to the right", |image, down, right| {
                reference::shift_image(&reference::shift_image(image, down, 0)?, 0, right)
            }),
            chaff("opposite", "down and right say where a pixel comes from.", |image, down, right| {
                reference::shift_image(image, down.saturating_neg(), right.saturating_neg())
            }),
            chaff("exchanged", "The first number is the horizontal one.", |image, down, right| {
                reference::shift_image(image, right, down)
            }),
            chaff("around", "What leaves comes in on the other side.", |image, down, right| {
                from(image, down, right, |place, size| Some(place.rem_euclid(size)))
            }),
            chaff("nearest", "The edge is continued.", |image, down, right| {
                from(image, down, right, |place, size| Some(place.clamp(0, size - 1)))
            }),
            chaff("mirrored", "The image is mirrored at its edge.", |image, down, right| {
                from(image, down, right, |place, size| {
                    let place = place.rem_euclid(2 * size);
                    Some(if place < size { place } else { 2 * size - 1 - place })
                })
            }),
            chaff("kept", "What comes in stays as it was.", |image, down, right| {
                let shifted = reference::shift_image(image, down, right)?;
                let (h, w) = image.shape();
                let is_new = |i: usize, j: usize| {
                    place(i, down.saturating_neg(), h).is_none()
                        || place(j, right.saturating_neg(), w).is_none()
                };
                Ok(Matrix::from_fn(h, w, |i, j| if is_new(i, j) { image[(i, j)] } else { shifted[(i, j)] }))
            }),
            chaff(
                "one_direction",
                "A shift down moves the rows only if it is positive.",
                |image, down, right| reference::shift_image(image, down.max(0), right.max(0)),
            ),
            chaff("one_axis", "An image is shifted to the right only.", |image, _, right| {
                reference::shift_image(image, 0, right)
            }),
            chaff("square", "An image is square.", |image, down, right| {
                let shifted = reference::shift_image(image, down, right)?;
                let side = image.rows().min(image.cols());
                Ok(Matrix::from_fn(image.rows(), image.cols(), |i, j| {
                    if i < side && j < side { shifted[(i, j)] } else { 0.0 }
                }))
            }),
            chaff("white", "What comes in is 1.", |image, down, right| {
                let shifted = reference::shift_image(image, down, right)?;
                let inside = reference::shift_image(&each(image, |_| 1.0), down, right)?;
                Ok(Matrix::from_fn(image.rows(), image.cols(), |i, j| shifted[(i, j)] + 1.0 - inside[(i, j)]))
            }),
            chaff("cut", "The image becomes smaller.", |image, down, right| {
                let (h, w) = image.shape();
                let rest = |size: usize, by: i64| {
                    size.saturating_sub(usize::try_from(by.unsigned_abs()).unwrap_or(size))
                };
                Ok(part(&reference::shift_image(image, down, right)?, rest(h, down), rest(w, right)))
            }),
            chaff("at_most_the_size", "A shift is smaller than the image.", |image, down, right| {
                let within = |by: i64, size: usize| by.rem_euclid((size as i64).max(1));
                let [h, w] = [image.rows(), image.cols()];
                if down.unsigned_abs() >= h as u64 || right.unsigned_abs() >= w as u64 {
                    return reference::shift_image(image, within(down, h), within(right, w));
                }
                reference::shift_image(image, down, right)
            }),
            chaff("thirty_two_bits", "A shift fits into 32 bits.", |image, down, right| {
                reference::shift_image(image, i64::from(down as i32), i64::from(right as i32))
            }),
            chaff("transposed", "Rows are columns.", |image, down, right| {
                Ok(turned(&reference::shift_image(image, down, right)?))
            }),
            chaff("not_shifted", "A shift changes no label, so it changes nothing.", |image, _, _| {
                reference::shift_image(image, 0, 0)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |image, down, right| {
                reference::shift_image(image, down, right)?;
                reference::shift_image(&each(image, single), down, right)
            }),
            chaff("nan_as_0", "A missing pixel (NaN) counts as 0.", |image, down, right| {
                reference::shift_image(&each(image, nan_as_zero), down, right)
            }),
            chaff(
                "unchecked_outside",
                "A pixel that leaves the image needs no check.",
                |image, down, right| {
                    let shifted = reference::shift_image(&each(image, nan_as_zero), down, right)?;
                    let stays = reference::shift_image(
                        &each(image, |x| f64::from(u8::from(!x.is_finite()))),
                        down,
                        right,
                    )?;
                    if stays.as_slice().iter().all(|is_bad| *is_bad == 0.0) {
                        return Ok(shifted);
                    }
                    reference::shift_image(image, down, right)
                },
            ),
            chaff("empty", "An image has a pixel at least.", |image, down, right| {
                check::at_least(1, image.rows().min(image.cols()))?;
                reference::shift_image(image, down, right)
            }),
            chaff("last_nan", "Any pixel that is not finite may be named.", |image, down, right| {
                reference::shift_image(image, down, right)
                    .map_err(|e| last(e, "image", image.as_slice(), |_| true))
            }),
        ],
    )(image, down, right)
}

/// Where a row or column goes, if it stays in the image.
fn place(at: usize, by: i64, size: usize) -> Option<usize> {
    let to = i64::try_from(at).ok()?.checked_add(by)?;
    usize::try_from(to).ok().filter(|to| *to < size)
}

/// With another rule for places outside: of the place and the size.
fn from(image: &Matrix, down: i64, right: i64, rule: fn(i64, i64) -> Option<i64>) -> Shifted {
    reference::shift_image(image, down, right)?;
    let (h, w) = image.shape();
    let origin = |at: usize, by: i64, size: usize| {
        rule((at as i64).saturating_sub(by), size as i64).and_then(|it| usize::try_from(it).ok())
    };
    Ok(Matrix::from_fn(h, w, |i, j| match (origin(i, down, h), origin(j, right, w)) {
        (Some(k), Some(l)) => image[(k, l)],
        _ => 0.0,
    }))
}
