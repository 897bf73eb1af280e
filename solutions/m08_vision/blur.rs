//! Sums over a neighbourhood: the one operation behind blurring, edges and convolutional networks.

use kit::InputError;
use ndarray::{Array1, Array2, ArrayView2, s};

/// How an image goes on beyond its border; given. A filter asks for pixels that are not there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Border {
    /// The outermost pixel again and again: `aaa|abcd|ddd`. OpenCV calls it `BORDER_REPLICATE`.
    Repeat,
    /// A mirror that stands on the outermost pixel: `dcb|abcd|cba`, and so on to and fro; a single pixel is repeated.
    /// OpenCV calls it `BORDER_REFLECT_101`.
    Mirror,
}

/// A Gaussian bell on a square of pixels, to blur with.
///
/// ```text
/// kᵢⱼ = exp(−((i − c)² + (j − c)²) / 2σ²) / Z    with c = (size − 1) / 2
/// ```
///
/// Z makes the sum of all entries 1, so that blurring changes no brightness.
///
/// * `size`: rows and columns, odd, so that there is a middle.
/// * `sigma`: the standard deviation σ in pixels, above 0. However small it is, the entries are numbers: then all the
///   weight lies in the middle.
/// * Returns size × size.
///
/// # Errors
///
/// * [`InputError::NotFinite`] with `name` `"sigma"`;
/// * [`InputError::OutOfRange`] with `name` `"sigma"`, `wanted` `"above 0"`;
/// * [`InputError::NotOdd`] with `name` `"size"` if it is even; 0 is.
///
/// ```
/// # use katas::m08_vision::blur::gaussian_kernel;
/// let kernel = gaussian_kernel(3, 0.5).unwrap();
/// let beside_the_middle = kernel[(1, 1)] * (-2.0_f64).exp();
/// assert!((kernel[(1, 0)] - beside_the_middle).abs() < 1e-15);
/// ```
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.
pub fn gaussian_kernel(size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    let bell = bell(size, sigma)?;
    Ok(Array2::from_shape_fn((size, size), |(i, j)| bell[i] * bell[j]))
}

/// The weighted sum of each pixel's neighbourhood.
///
/// ```text
/// outᵢⱼ = Σₖₗ kernelₖₗ · image(i + k − p, j + l − q)    with (p, q) the middle of the kernel
/// ```
///
/// The kernel lies on the image as it is written down. Mathematics calls that a correlation and turns the kernel by 180°
/// for a convolution; OpenCV's `filter2D` and the layers of convolutional networks do not turn it, and neither do we.
///
/// * `image`: any shape with at least one pixel. `kernel`: odd numbers of rows and columns, which may exceed the image's.
/// * `border`: what lies outside the image.
/// * Returns an array of the image's shape.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if the image has no pixels;
/// * [`InputError::NotOdd`] with `name` `"kernel"` for the rows, else for the columns, if they are even in number; 0 is.
///
/// ```
/// # use katas::m08_vision::blur::{Border, convolve};
/// use ndarray::array;
///
/// let (image, right_minus_left) = (array![[1.0, 2.0, 4.0]], array![[-1.0, 0.0, 1.0]]);
/// let got = convolve(image.view(), right_minus_left.view(), Border::Repeat);
/// assert_eq!(got, Ok(array![[1.0, 3.0, 2.0]]));
/// ```
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.
pub fn convolve(
    image: ArrayView2<'_, f64>,
    kernel: ArrayView2<'_, f64>,
    border: Border,
) -> Result<Array2<f64>, InputError> {
    let ((rows, cols), (m, n)) = (image.dim(), kernel.dim());
    if rows * cols == 0 {
        return Err(InputError::TooFew { got: 0, wanted: 1 });
    }
    odd("kernel", m)?;
    odd("kernel", n)?;
    let padded = Array2::from_shape_fn((rows + m - 1, cols + n - 1), |(i, j)| {
        image[(inside(i, m / 2, rows, border), inside(j, n / 2, cols, border))]
    });
    let mut out = Array2::zeros((rows, cols));
    // Row by row: what is read stays near, and a row is added to a row without a test for the border.
    for (i, mut row) in out.rows_mut().into_iter().enumerate() {
        for ((k, l), &weight) in kernel.indexed_iter() {
            row.scaled_add(weight, &padded.slice(s![i + k, l..l + cols]));
        }
    }
    Ok(out)
}

/// An image blurred by a Gaussian bell; beyond the border it is mirrored ([`Border::Mirror`]), as OpenCV does.
///
/// It is what [`convolve`] makes of the image and [`gaussian_kernel`]. For a bell of n × n there is a way with 2n
/// multiplications a pixel.
///
/// * `image`: any shape with at least one pixel. `size`, `sigma`: of the bell.
/// * Returns an array of the image's shape.
///
/// # Errors
///
/// Those of [`gaussian_kernel`] come before those of [`convolve`].
///
/// ```
/// # use katas::m08_vision::blur::gaussian_blur;
/// use ndarray::Array2;
///
/// let blurred = gaussian_blur(Array2::from_elem((2, 3), 7.0).view(), 5, 1.5).unwrap();
/// assert!(blurred.iter().all(|pixel| (pixel - 7.0).abs() < 1e-14));
/// ```
///
/// Source: Szeliski, *Computer Vision: Algorithms and Applications*, 2nd ed., §3.2.1.
pub fn gaussian_blur(image: ArrayView2<'_, f64>, size: usize, sigma: f64) -> Result<Array2<f64>, InputError> {
    // The bell is a product of a function of the row and one of the column: so is the sum.
    let bell = bell(size, sigma)?;
    let (rows, cols) = image.dim();
    if rows * cols == 0 {
        return Err(InputError::TooFew { got: 0, wanted: 1 });
    }
    let image = image.as_standard_layout();
    let pixels = image.as_slice().unwrap_or_default();
    let mut blurred = Vec::with_capacity(rows * cols);
    // Down the columns into one line with its margins, and from there along the row: a line stays near, an image does not.
    let (mut line, mut row, middle) = (vec![0.0; cols + size - 1], vec![0.0; cols], size / 2);
    for i in 0..rows {
        let start = |k| cols * inside(i + k, middle, rows, Border::Mirror);
        let above_each_other: Vec<_> = (0..size).map(|k| &pixels[start(k)..start(k) + cols]).collect();
        weigh(&above_each_other, &bell, &mut line[middle..middle + cols]);
        for j in (0..middle).chain(middle + cols..line.len()) {
            line[j] = line[middle + inside(j, middle, cols, Border::Mirror)];
        }
        let side_by_side: Vec<_> = (0..size).map(|l| &line[l..l + cols]).collect();
        weigh(&side_by_side, &bell, &mut row);
        blurred.extend_from_slice(&row);
    }
    Ok(Array2::from_shape_vec((rows, cols), blurred).unwrap_or_default())
}

/// The weighted sum of these lines, some pixels at a time, whose sums then stay in registers.
fn weigh(lines: &[&[f64]], weights: &Array1<f64>, out: &mut [f64]) {
    let (blocks, rest) = out.as_chunks_mut::<8>();
    let done = 8 * blocks.len();
    for (block, out) in blocks.iter_mut().enumerate() {
        let mut sums = [0.0; 8];
        for (line, weight) in lines.iter().zip(weights) {
            for (sum, pixel) in sums.iter_mut().zip(&line[8 * block..8 * block + 8]) {
                *sum += weight * pixel;
            }
        }
        *out = sums;
    }
    for (j, out) in rest.iter_mut().enumerate() {
        *out = lines.iter().zip(weights).map(|(line, weight)| weight * line[done + j]).sum();
    }
}

/// The bell along one axis; its sum is 1.
fn bell(size: usize, sigma: f64) -> Result<Array1<f64>, InputError> {
    if !sigma.is_finite() {
        return Err(InputError::NotFinite { name: "sigma", index: 0 });
    }
    if sigma <= 0.0 {
        return Err(InputError::OutOfRange { name: "sigma", got: sigma, wanted: "above 0" });
    }
    odd("size", size)?;
    // Divided before it is squared: σ² would vanish for a tiny σ, and 0/0 be no number.
    let height = |i| (-((i as f64 - (size / 2) as f64) / sigma).powi(2) / 2.0).exp();
    let heights = Array1::from_shape_fn(size, height);
    Ok(&heights / heights.sum())
}

fn odd(name: &'static str, got: usize) -> Result<(), InputError> {
    if got % 2 == 1 { Ok(()) } else { Err(InputError::NotOdd { name, got }) }
}

/// Which of the n pixels stands at place `i` of a line that begins `before` places outside.
fn inside(i: usize, before: usize, n: usize, border: Border) -> usize {
    match border {
        Border::Repeat => i.saturating_sub(before).min(n - 1),
        Border::Mirror => {
            let period = (2 * (n - 1)).max(1);
            let k = (i + period * before - before) % period;
            k.min(period - k)
        }
    }
}
