//! Roles exchanged: here you write the property-based test (the law).

use ndarray::{Array2, ArrayView2};

/// Property test: decides whether a candidate implementation is a Gaussian blur.
///
/// The candidate takes an image, a size and a σ and returns the blurred image, as [`super::blur::gaussian_blur`]
/// does. You choose the images, and may call it as often as you like.
///
/// * `candidate`: the function to be judged. It may be called with images of 1 to 40 rows and columns with pixels
///   from −1000 to 1000, odd sizes from 1 to 9 and σ from 0.5 to 4. On those it neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected.** Right ones may compute in any way; their pixels are within 10⁻⁹ of the
///     exact ones.
///   * **These must be rejected**: an image of another shape; another border than [`super::blur::Border::Mirror`];
///     weights that do not sum to 1; a kernel of another width, of another shape or in another place; a blur along
///     one axis only, or one that is right for a single size or σ, for square images only, or for images without
///     negative pixels; one that rounds; one that is not linear, such as a median filter; a NaN.
///
/// A linear filter is determined by its impulse response, the image of one bright pixel, except near the border.
///
/// ```
/// # use katas::m08_vision::laws::accepts_blur;
/// assert!(!accepts_blur(|image, _, _| image.to_owned()));
/// ```
///
/// In Python: no single call; compare with `scipy.ndimage.gaussian_filter(image, sigma, mode="mirror",
/// radius=(size - 1) // 2)` on arrays drawn by
/// `hypothesis.extra.numpy.arrays`.
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.
pub fn accepts_blur(candidate: fn(ArrayView2<'_, f64>, usize, f64) -> Array2<f64>) -> bool {
    // No symmetry, both signs, not square, and smaller than the largest kernel: all borders are exercised.
    let image = |(i, j)| (((37 * i + 11 * j + 5 * i * j) % 29) as f64) - 12.25;
    [((5, 7), 1, 2.0), ((5, 7), 3, 0.75), ((4, 9), 5, 1.5), ((1, 3), 7, 2.5), ((6, 2), 9, 3.5)].iter().all(
        |&(shape, size, sigma)| {
            let image = Array2::from_shape_fn(shape, image);
            let (got, want) = (candidate(image.view(), size, sigma), by_definition(&image, size, sigma));
            got.dim() == shape && got.iter().zip(&want).all(|(got, want)| (got - want).abs() < 1e-7)
        },
    )
}

/// The blur by its definition, slowly.
fn by_definition(image: &Array2<f64>, size: usize, sigma: f64) -> Array2<f64> {
    let (rows, cols) = image.dim();
    let offset = |k: usize| k as isize - (size / 2) as isize;
    let weight = |k: usize| (-(offset(k) as f64 / sigma).powi(2) / 2.0).exp();
    let total: f64 = (0..size).map(weight).sum();
    let mirrored = |i: isize, n: usize| {
        let period = (2 * n as isize - 2).max(1);
        let k = i.rem_euclid(period);
        k.min(period - k) as usize
    };
    Array2::from_shape_fn((rows, cols), |(i, j)| {
        let mut sum = 0.0;
        for (k, l) in (0..size).flat_map(|k| (0..size).map(move |l| (k, l))) {
            let place = (mirrored(i as isize + offset(k), rows), mirrored(j as isize + offset(l), cols));
            sum += weight(k) * weight(l) / (total * total) * image[place];
        }
        sum
    })
}
