use ndarray::{Array3, Array4, ArrayView3, ArrayView4};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m09_convolution::{conv::conv2d, laws as reference};

type Claim = fn(ArrayView3<f64>, ArrayView4<f64>, usize, usize) -> Array3<f64>;
type AcceptsConvolution = fn(Claim) -> bool;
/// Image, kernels, stride, padding.
type Shapes = ([usize; 3], [usize; 4], usize, usize);

const VARIED: [Shapes; 3] =
    [([3, 6, 8], [2, 3, 2, 3], 2, 1), ([2, 5, 7], [3, 2, 3, 3], 1, 2), ([1, 7, 4], [1, 1, 3, 1], 3, 1)];

/// The kata, answered by a specimen.
pub fn accepts_convolution(claimed: Claim) -> bool {
    answering::<AcceptsConvolution>(
        module_path!(),
        reference::accepts_convolution,
        &[
            wheat("against_the_kata", "compares with the convolution of this milestone", |claimed| {
                VARIED.iter().all(|shapes| agrees(claimed, *shapes, 1e-6))
            }),
            wheat("twice_as_many", "more shapes, and the reference's own", |claimed| {
                reference::accepts_convolution(claimed)
                    && VARIED.iter().all(|shapes| agrees(claimed, *shapes, 1e-7))
            }),
            chaff("accepts_everything", "who claims to be right is right", |_| true),
            chaff("refuses_everything", "nobody can be trusted", |_| false),
            chaff("one_channel", "what is right for one channel is right for all", |claimed| {
                agrees(claimed, ([1, 6, 7], [2, 1, 3, 2], 2, 1), 1e-6)
            }),
            chaff("no_stride", "a stride only leaves something out", |claimed| {
                agrees(claimed, ([2, 6, 7], [2, 2, 3, 2], 1, 1), 1e-6)
            }),
            chaff("no_padding", "padding is zeros, and zeros add nothing", |claimed| {
                agrees(claimed, ([2, 6, 7], [2, 2, 3, 2], 2, 0), 1e-6)
            }),
            chaff("shapes_only", "who has the right shape has the right numbers", |claimed| {
                VARIED.iter().all(|shapes| agrees(claimed, *shapes, f64::INFINITY))
            }),
            chaff("nearly_to_the_last_bit", "two right answers differ by 10⁻¹² at most", |claimed| {
                VARIED.iter().all(|shapes| agrees(claimed, *shapes, 1e-12))
            }),
            chaff("to_the_last_bit", "two right answers have the same bits", |claimed| {
                VARIED.iter().all(|shapes| agrees(claimed, *shapes, 0.0))
            }),
        ],
    )(claimed)
}

fn agrees(claimed: Claim, (image, kernels, stride, padding): Shapes, within: f64) -> bool {
    // Thirds and sevenths, so that the order of summation shows in the last digits.
    let entry = |n: usize| ((n * 7 + 3) % 19) as f64 / 3.0 - ((n * 5) % 11) as f64 / 7.0;
    let numbers = |shape: &[usize], from: usize| {
        (0..shape.iter().product()).map(|n| entry(n + from)).collect::<Vec<_>>()
    };
    let (Ok(x), Ok(k)) = (
        Array3::from_shape_vec(image, numbers(&image, 0)),
        Array4::from_shape_vec(kernels, numbers(&kernels, 5)),
    ) else {
        return false;
    };
    let Ok(want) = conv2d(x.view(), k.view(), stride, padding) else { return false };
    let got = claimed(x.view(), k.view(), stride, padding);
    got.dim() == want.dim() && got.iter().zip(&want).all(|(a, b)| (a - b).abs() <= within)
}
