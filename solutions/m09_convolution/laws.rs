//! The exercise turned round: here you write the law.

use ndarray::{Array3, Array4, ArrayView3, ArrayView4};

/// Decides whether somebody's convolution is one.
///
/// The claimed function takes an image, kernels, stride and padding, and returns what [`conv2d`](super::conv::conv2d)
/// does.
///
/// * `claimed`: what is to be judged. It may be asked for images and kernels of up to 3 channels, 8 rows and 8 columns, up
///   to 3 kernels, strides from 1 to 3 and paddings from 0 to 2, where the kernel fits into the padded image, with entries
///   up to 10 in size. It neither panics nor runs long.
/// * Returns `true` to accept, `false` to refuse:
///   * **No right one may be refused.** Right ones may sum in any order: their entries are within 10⁻⁹ of the exact ones.
///   * **These must be refused**: another shape of the output; kernels flipped or transposed; a stride or a padding on one
///     axis only, or not at all; padding with something else than 0; channels not summed, or averaged, or the first one
///     for all; the first kernel for all outputs; a convolution that is right for square images, square kernels or one
///     channel only; a bias out of nowhere.
///
/// An image with a single 1 in it, and a kernel with a single 1, tell where every entry goes.
///
/// ```
/// # use katas::m09_convolution::laws::accepts_convolution;
/// # use ndarray::Array3;
/// assert!(!accepts_convolution(|_, _, _, _| Array3::zeros((1, 1, 1))));
/// ```
///
/// Source: Goodfellow, Bengio and Courville, *Deep Learning*, §9.1 and §9.5.
pub fn accepts_convolution(
    claimed: fn(ArrayView3<f64>, ArrayView4<f64>, usize, usize) -> Array3<f64>,
) -> bool {
    // Image, kernels, stride, padding: nothing square, nothing alike.
    let shapes = [
        ((1, 4, 5), (1, 1, 2, 3), 1, 0),
        ((2, 5, 7), (3, 2, 3, 2), 1, 0),
        ((3, 7, 5), (2, 3, 3, 3), 2, 1),
        ((2, 4, 8), (2, 2, 1, 4), 3, 2),
        ((1, 6, 6), (1, 1, 3, 3), 1, 1),
    ];
    shapes.into_iter().all(|(image, kernels, stride, padding)| {
        // No two entries alike, no symmetry, some below 0.
        let entry = |n: usize| (n * n % 23) as f64 * 0.25 - 2.0;
        let x: Vec<f64> = (0..image.0 * image.1 * image.2).map(|n| entry(n + 1)).collect();
        let k: Vec<f64> =
            (0..kernels.0 * kernels.1 * kernels.2 * kernels.3).map(|n| entry(3 * n + 2)).collect();
        let (Ok(x), Ok(k)) = (Array3::from_shape_vec(image, x), Array4::from_shape_vec(kernels, k)) else {
            return false;
        };
        let y = claimed(x.view(), k.view(), stride, padding);
        let places = |size: usize, window: usize| (size + 2 * padding - window) / stride + 1;
        let wanted = (kernels.0, places(image.1, kernels.2), places(image.2, kernels.3));
        y.dim() == wanted
            && y.indexed_iter().all(|((o, r, s), got)| {
                let term = |((_, c, i, j), k): ((usize, usize, usize, usize), &f64)| {
                    let row = (r * stride + i).wrapping_sub(padding);
                    let col = (s * stride + j).wrapping_sub(padding);
                    k * x.get([c, row, col]).unwrap_or(&0.0)
                };
                let own = k.indexed_iter().filter(|((of, ..), _)| *of == o);
                (own.map(term).sum::<f64>() - got).abs() < 1e-6
            })
    })
}
