use kit::InputError;

use crate::reference::m09_convolution::conv as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type OutputSize = fn(usize, usize, usize, usize) -> Result<usize, InputError>;

/// The kata, answered by a specimen.
pub fn output_size(size: usize, kernel: usize, stride: usize, padding: usize) -> Result<usize, InputError> {
    answering::<OutputSize>(
        module_path!(),
        reference::output_size,
        &[
            wheat("counted", "counts the windows one by one", |n, k, s, p| {
                reference::output_size(n, k, s, p)?;
                Ok((0..=n + 2 * p - k).step_by(s).count())
            }),
            wheat(
                "rounded_up",
                "the number of strides that begin before the last position ends",
                |n, k, s, p| {
                    reference::output_size(n, k, s, p)?;
                    Ok((n + 2 * p - k + 1).div_ceil(s))
                },
            ),
            chaff(
                "first_place_forgotten",
                "The number of positions is the number of steps (without + 1).",
                |n, k, s, p| reference::output_size(n, k, s, p).map(|_| (n + 2 * p - k) / s),
            ),
            chaff("padding_on_one_side", "The padding is added on one side only.", |n, k, s, p| {
                reference::output_size(n, k, s, p).map(|_| (n + p).saturating_sub(k) / s + 1)
            }),
            chaff(
                "rounded_up_too_far",
                "A partial window at the end counts (ceil instead of floor).",
                |n, k, s, p| reference::output_size(n, k, s, p).map(|_| (n + 2 * p - k).div_ceil(s) + 1),
            ),
            chaff("stride_ignored", "The stride is always 1.", |n, k, s, p| {
                reference::output_size(n, k, s, p).map(|_| n + 2 * p - k + 1)
            }),
            chaff(
                "nothing_fits",
                "A kernel larger than the padded image gives an output of size 0.",
                |n, k, s, p| {
                    if k > n + 2 * p && s > 0 { Ok(0) } else { reference::output_size(n, k, s, p) }
                },
            ),
            wheat(
                "one_stride_more",
                "adds one stride before dividing, instead of one window after",
                |n, k, s, p| {
                    reference::output_size(n, k, s, p)?;
                    Ok((n + 2 * p + s - k) / s)
                },
            ),
            chaff(
                "huge_kernels_fit_nowhere",
                "A huge kernel has no position, which is no error.",
                |n, k, s, p| {
                    if k > 1 << 40 && s > 0 && k > n + 2 * p {
                        return Ok(0);
                    }
                    reference::output_size(n, k, s, p)
                },
            ),
        ],
    )(size, kernel, stride, padding)
}
