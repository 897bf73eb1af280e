//! All that may come of an image, and which of it did.

use judge::{Answer, Broken, ensure, equal};
use katas::x3_regularization::augment::{Augmentation, augment};
use kit::{Generator, Matrix};

/// A pixel of an image that was flipped or not and then shifted.
fn pixel(image: &Matrix, (is_flipped, down, right): (bool, i64, i64), [i, j]: [usize; 2]) -> f64 {
    let (h, w) = image.shape();
    let (k, l) = (i as i64 - down, j as i64 - right);
    if !(0..h as i64).contains(&k) || !(0..w as i64).contains(&l) {
        return 0.0;
    }
    let l = if is_flipped { w as i64 - 1 - l } else { l };
    image[(k as usize, l as usize)]
}

/// All that may come without noise: (flipped, down, right).
pub fn choices(options: &Augmentation) -> Vec<(bool, i64, i64)> {
    let s = options.shift as i64;
    let flips = [(false, options.flip < 1.0), (true, options.flip > 0.0)];
    let flips: Vec<bool> = flips.into_iter().filter(|(_, may_be)| *may_be).map(|(flip, _)| flip).collect();
    let shifts = (-s..=s).flat_map(|down| (-s..=s).map(move |right| (down, right)));
    shifts.flat_map(|(down, right)| flips.iter().map(move |flip| (*flip, down, right))).collect()
}

/// The answer, and which choice it shows: the first that it agrees with, up to noise.
pub fn augmented(
    image: &Matrix,
    options: &Augmentation,
    generator: &mut Generator,
) -> Result<(Matrix, usize), Broken> {
    let got = augment(image, options, generator).accepted("augment(image, options, generator)")?;
    equal("the shape", got.shape(), image.shape(), "As the image.")?;
    ensure(got.as_slice().iter().all(|pixel| (0.0..=1.0).contains(pixel)), || {
        Broken::answer(format!("{got:?}"), "pixels from 0 to 1", "What is beyond is clipped.")
    })?;
    // The rounding of one sum.
    let most = if options.noise == 0.0 { 0.0 } else { options.noise + 2.0 * f64::EPSILON };
    let w = image.cols();
    let agrees = |choice: &(bool, i64, i64)| {
        let mut pixels = got.as_slice().iter().enumerate();
        pixels.all(|(k, got)| (got - pixel(image, *choice, [k / w, k % w])).abs() <= most)
    };
    let look = "Flipped or not, then shifted by −s to s pixels in each direction with zeros coming in, \
                then noise of at most a in each pixel, then clipped.";
    match choices(options).iter().position(agrees) {
        Some(choice) => Ok((got, choice)),
        None => Err(Broken::answer(format!("{got:?}"), "one of the augmented images of the page", look)),
    }
}
