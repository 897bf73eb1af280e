//! Pooling: the strongest activation of each window, without its exact position.

use kit::{InputError, check};
use ndarray::{Array3, ArrayView3, s};

/// Max pooling: the largest number of each window; the windows do not overlap.
///
/// ```formula
/// y[c, r, s] = max { x[c, r·size + i, s·size + j] : 0 ≤ i, j < size }
/// ```
///
/// * `x`: the image or feature maps, channels × rows × columns.
/// * `size`: height and width of a window, at least 1; the stride is the same.
/// * Returns channels × ⌊rows/size⌋ × ⌊columns/size⌋: what makes up no whole window at the end is left out. A
///   window with a NaN gives NaN.
///
/// # Errors
///
/// [`InputError::OutOfRange`] with `name` `"size"` and `wanted` `"at least 1"` if it is 0, or `"at most rows and
/// columns"` if it exceeds one of them.
///
/// ```
/// # use katas::m09_convolution::pooling::max_pool2d;
/// # use ndarray::array;
/// let x = array![[[1.0, -2.0, 3.0], [-4.0, 0.5, 6.0]]];
/// assert_eq!(max_pool2d(x.view(), 2), Ok(array![[[1.0]]]));
/// ```
///
/// In Python: `torch.nn.functional.max_pool2d(x[None], size)[0]`.
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §9.3.
pub fn max_pool2d(x: ArrayView3<f64>, size: usize) -> Result<Array3<f64>, InputError> {
    let (channels, rows, cols) = x.dim();
    check::in_range("size", size as f64, size > 0, "at least 1")?;
    check::in_range("size", size as f64, size <= rows.min(cols), "at most rows and columns")?;
    Ok(Array3::from_shape_fn((channels, rows / size, cols / size), |(c, i, j)| {
        let window = x.slice(s![c, i * size..(i + 1) * size, j * size..(j + 1) * size]);
        // `f64::max` ignores NaN and would hide it.
        window.iter().fold(f64::NEG_INFINITY, |max, &x| if x > max || x.is_nan() { x } else { max })
    }))
}
