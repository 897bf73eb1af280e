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
///     one axis only; one that rounds; one that is not linear, such as a median filter; a NaN. And what is right for
///     some images only: for a single size or σ, for sizes up to 5, for square images, for single rows and columns,
///     for images that are larger than the kernel, or of at most 12 rows or columns, without negative pixels, or
///     with pixels up to 100.
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
    // No symmetry, both signs, large pixels, and shapes smaller and larger than the kernel: all borders are exercised.
    let image = |(i, j)| 60.0 * (((37 * i + 11 * j + 5 * i * j) % 29) as f64) - 797.5;
    let is_right = |shape, size, sigma| {
        let image = Array2::from_shape_fn(shape, image);
        let (got, want) = (candidate(image.view(), size, sigma), by_definition(&image, size, sigma));
        got.dim() == shape && got.iter().zip(&want).all(|(got, want)| (got - want).abs() < 1e-7)
    };
    let sizes = || [1, 3, 5, 7, 9].into_iter().flat_map(|size| [0.75, 1.7, 3.5].map(|sigma| (size, sigma)));
    let small = [(5, 7), (2, 3), (6, 1)].into_iter();
    small
        .flat_map(|shape| sizes().map(move |kernel| (shape, kernel)))
        .chain([((13, 40), (5, 1.2)), ((38, 14), (3, 2.2)), ((20, 21), (9, 2.8))])
        .all(|(shape, (size, sigma))| is_right(shape, size, sigma))
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
