//! Data augmentation: other images with the same label.

use kit::{Generator, InputError, Matrix, check};

/// Shifts an image; what comes in from outside is 0.
///
/// ```formula
/// yᵢⱼ = xₖₗ with k = i − down, l = j − right, or 0 where x has no such pixel
/// ```
///
/// * `image`: h×w pixels, finite; h and w may be 0. `down`, `right`: by how many pixels, of either sign and any size.
/// * Returns the shifted image, h×w. What leaves it is lost: it does not come in on the other side.
///
/// # Errors
///
/// [`InputError::NotFinite`] with `name` `"image"` and the first `index`, in row-major order, also for a pixel that leaves the image.
///
/// ```
/// # use katas::x3_regularization::augment::shift_image;
/// # use kit::Matrix;
/// let image = Matrix::from_rows([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
/// assert_eq!(shift_image(&image, 1, -1), Ok(Matrix::from_rows([[0.0, 0.0, 0.0], [2.0, 3.0, 0.0]])));
/// ```
///
/// In Python: `scipy.ndimage.shift(image, (down, right), order=0)`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §7.4.
pub fn shift_image(image: &Matrix, down: i64, right: i64) -> Result<Matrix, InputError> {
    check::finite("image", image.as_slice())?;
    // The place that a pixel comes from, if it lies in the image.
    let from = |place: usize, by: i64, size: usize| {
        let origin = i64::try_from(place).ok()?.checked_sub(by)?;
        usize::try_from(origin).ok().filter(|origin| *origin < size)
    };
    let (h, w) = image.shape();
    Ok(Matrix::from_fn(h, w, |i, j| match (from(i, down, h), from(j, right, w)) {
        (Some(k), Some(l)) => image[(k, l)],
        _ => 0.0,
    }))
}

/// How images are augmented.
#[derive(Debug, Clone, PartialEq)]
pub struct Augmentation {
    /// The probability that an image is flipped, 0 to 1.
    pub flip: f64,
    /// By how many pixels it is shifted at most.
    pub shift: usize,
    /// How much noise is added at most, 0 to 1.
    pub noise: f64,
}

/// Augments an image at random: a horizontal flip, a shift and noise, in this order.
///
/// 1. With the probability `flip` the image is mirrored: column j becomes column w − 1 − j.
/// 2. It is shifted down by a number of pixels drawn uniformly from −s, …, s, and to the right by another one; zeros come in.
/// 3. To each pixel, the zeros too, a number drawn uniformly from −a to a is added, and the sum is clipped to \[0, 1\].
///
/// All numbers are drawn independently. The label of the image stays: choose the parameters such that it is still true. A flipped
/// 3 is no 3, a flipped cat is a cat.
///
/// * `image`: h×w pixels from 0 to 1, h and w at least 1.
/// * `options`: `flip`, 0 to 1; `shift`, s, at most the larger of h and w; `noise`, a, 0 to 1. With 0, 0 and 0 the image is
///   returned as it is.
/// * `generator`: the random number generator. The same state gives the same image; its state advances with every number drawn,
///   so that the next call gives an image that is independent of this one.
/// * Returns h×w pixels from 0 to 1.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no pixel;
/// * [`InputError::NotFinite`] with `name` `"image"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"image"` and the first pixel that is not in \[0, 1\], or with `"flip"`, `"shift"` or
///   `"noise"`.
///
/// ```
/// # use katas::x3_regularization::augment::{Augmentation, augment};
/// # use kit::{Generator, Matrix};
/// let image = Matrix::from_rows([[0.25, 0.75]]);
/// let mirrored = Augmentation { flip: 1.0, shift: 0, noise: 0.0 };
/// let flipped = augment(&image, &mirrored, &mut Generator::from_seed(1));
/// assert_eq!(flipped, Ok(Matrix::from_rows([[0.75, 0.25]])));
/// ```
///
/// In Python: `torchvision.transforms.v2` has `RandomHorizontalFlip(flip)` and `RandomAffine(0, translate=…)`; for the noise
/// `numpy.clip(image + rng.uniform(-noise, noise, image.shape), 0, 1)`.
///
/// Source: Shorten and Khoshgoftaar, *A Survey on Image Data Augmentation for Deep Learning*, Journal of Big Data 6:60 (2019).
pub fn augment(
    image: &Matrix,
    options: &Augmentation,
    generator: &mut Generator,
) -> Result<Matrix, InputError> {
    let (h, w) = image.shape();
    check::at_least(1, h.min(w))?;
    check::finite("image", image.as_slice())?;
    check::all_in_range("image", image.as_slice(), |pixel| (0.0..=1.0).contains(&pixel), "0 to 1")?;
    let Augmentation { flip, shift, noise } = *options;
    check::in_range("flip", flip, (0.0..=1.0).contains(&flip), "0 to 1")?;
    check::in_range("shift", shift as f64, shift <= h.max(w), "0 to the larger side of the image")?;
    check::in_range("noise", noise, (0.0..=1.0).contains(&noise), "0 to 1")?;
    let mirrored = Matrix::from_fn(h, w, |i, j| image[(i, w - 1 - j)]);
    let image = if generator.uniform() < flip { &mirrored } else { image };
    let mut offset = || generator.below(2 * shift + 1) as i64 - shift as i64;
    let mut image = shift_image(image, offset(), offset())?;
    for i in 0..h {
        for j in 0..w {
            let noisy = image[(i, j)] + generator.uniform_in(-noise, noise);
            image[(i, j)] = noisy.clamp(0.0, 1.0);
        }
    }
    Ok(image)
}
