//! One output pixel of a convolution, term by term.

use kit::{Explanation, InputError, Step, check, four_decimals as four};
use ndarray::{ArrayView3, Axis};

use super::conv::conv2d;

/// Step-by-step computation of one output pixel of a convolution followed by ReLU.
///
/// The convolution has stride 1; y is its output for one kernel, as [`conv2d`](super::conv::conv2d) defines it. The
/// steps, in this order, numbers with four decimals and −0 as 0; here for pixel (2, 3) with padding 1 of an image
/// of four columns, where the window (the receptive field of the pixel) covers the rows 1 to 3 and the columns 2 to
/// 4, the last of which is padding:
///
/// ```text
/// name       formula                    numbers put in            result
/// k[0,0,0]   k[0,0,0]·x[0,1,2]          -1.0000·0.5000            the product; one such step for each entry of the
///                                                                 kernel, its last index running fastest
/// …
/// k[0,0,2]   k[0,0,2]·0                 2.0000·0                  so where the window reaches into the padding
/// …
/// channel 0  Σ k[0,i,j]·x[0,i+1,j+2]    -0.5000 + 0.7500 + …      the sum of the channel's products
/// …                                                               products and sum of the other channels
/// y          channel 0 + channel 1      1.2500 + -3.0000          the sum over the channels
/// biased     y + b                      -1.7500 + 0.5000          with the bias
/// output     max(0, biased)             max(0, -1.2500)           ReLU
/// ```
///
/// The products follow each other channel after channel, and each channel's sum follows its products. In the
/// formulas x has the indices of the image. In a channel's sum the offsets are row − padding and column − padding:
/// `i+2`, `i+0`, or `i-1`.
///
/// * `x`: the image, channels × rows × columns. `kernel`: channels × height × width. `bias`: b.
/// * `padding`: rows and columns of zeros around the image. `at`: row and column of the output pixel.
/// * Returns the explanation; its title is `Pixel (2, 3) of a convolution`.
///
/// # Errors
///
/// * as [`conv2d`](super::conv::conv2d) with this one kernel;
/// * [`InputError::OutOfRange`] with `name` `"row"` or `"column"` and `wanted` `"inside of the output"`;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"kernel"` or `"bias"` and the `index` of such a number,
///   the last index running fastest.
///
/// ```
/// # use katas::m09_convolution::explain::explain_convolution;
/// # use ndarray::array;
/// let (x, kernel) = (array![[[1.0, 2.0]]], array![[[3.0, -1.0]]]);
/// let explanation = explain_convolution(x.view(), kernel.view(), 0.5, 0, (0, 0)).unwrap();
/// assert_eq!(explanation.result("k[0,0,1]"), Some(&[-2.0][..]));
/// assert_eq!(explanation.result("output"), Some(&[1.5][..]));
/// ```
///
/// In Python: no single call; `(kernel * x[:, r:r + h, s:s + w]).sum() + bias`, then `max(0, …)`.
///
/// Source: Dumoulin and Visin, *A Guide to Convolution Arithmetic for Deep Learning*, 2016, §1.1.
pub fn explain_convolution(
    x: ArrayView3<f64>,
    kernel: ArrayView3<f64>,
    bias: f64,
    padding: usize,
    at: (usize, usize),
) -> Result<Explanation, InputError> {
    let (channels, height, width) = kernel.dim();
    let y = conv2d(x, kernel.insert_axis(Axis(0)), 1, padding)?;
    check::in_range("row", at.0 as f64, at.0 < y.dim().1, "inside of the output")?;
    check::in_range("column", at.1 as f64, at.1 < y.dim().2, "inside of the output")?;
    check::finite("x", x)?;
    check::finite("kernel", kernel)?;
    check::finite_number("bias", bias)?;
    let mut steps = Vec::new();
    let mut sums = Vec::new();
    for c in 0..channels {
        let mut products = Vec::new();
        for i in 0..height {
            for j in 0..width {
                let name = format!("k[{c},{i},{j}]");
                let k = kernel[[c, i, j]];
                let (row, col) = ((at.0 + i).wrapping_sub(padding), (at.1 + j).wrapping_sub(padding));
                let pixel = x.get([c, row, col]).copied();
                let (factor, number) = match pixel {
                    Some(pixel) => (format!("x[{c},{row},{col}]"), four(pixel)),
                    None => ("0".to_owned(), "0".to_owned()),
                };
                let product = k * pixel.unwrap_or(0.0);
                let formula = format!("{name}·{factor}");
                steps.push(Step::new(name, formula, format!("{}·{number}", four(k)), &[product]));
                products.push(product);
            }
        }
        let (down, right) = (offset(at.0, padding), offset(at.1, padding));
        let formula = format!("Σ k[{c},i,j]·x[{c},i{down},j{right}]");
        let sum = products.iter().sum();
        steps.push(Step::new(format!("channel {c}"), formula, sum_of(&products), &[sum]));
        sums.push(sum);
    }
    let y: f64 = sums.iter().sum();
    let names: Vec<_> = (0..channels).map(|c| format!("channel {c}")).collect();
    steps.push(Step::new("y", names.join(" + "), sum_of(&sums), &[y]));
    steps.push(Step::new("biased", "y + b", format!("{} + {}", four(y), four(bias)), &[y + bias]));
    let relu = format!("max(0, {})", four(y + bias));
    steps.push(Step::new("output", "max(0, biased)", relu, &[(y + bias).max(0.0)]));
    Ok(Explanation { title: format!("Pixel ({}, {}) of a convolution", at.0, at.1), steps })
}

fn sum_of(terms: &[f64]) -> String {
    terms.iter().map(|&term| four(term)).collect::<Vec<_>>().join(" + ")
}

/// The offset of the window's first entry from the image's: `+2` or `-1`.
fn offset(at: usize, padding: usize) -> String {
    if at < padding { format!("-{}", padding - at) } else { format!("+{}", at - padding) }
}
