use ndarray::{Array3, Array4, ArrayView3, ArrayView4};

use crate::reference::m09_convolution::{conv::conv2d, laws as reference};
use crate::specimens::specimen::{answering, chaff, wheat};

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
            wheat("twice_as_many", "more shapes, compared with the reference", |claimed| {
                reference::accepts_convolution(claimed)
                    && VARIED.iter().all(|shapes| agrees(claimed, *shapes, 1e-7))
            }),
            chaff("accepts_everything", "Every candidate may be accepted.", |_| true),
            chaff("rejects_everything", "Rejecting every candidate is safe.", |_| false),
            chaff("one_channel", "A candidate that is right for one channel is right for all.", |claimed| {
                agrees(claimed, ([1, 6, 7], [2, 1, 3, 2], 2, 1), 1e-6)
            }),
            chaff("no_stride", "Stride 1 is enough to test with.", |claimed| {
                agrees(claimed, ([2, 6, 7], [2, 2, 3, 2], 1, 1), 1e-6)
            }),
            chaff("no_padding", "Padding 0 is enough to test with.", |claimed| {
                agrees(claimed, ([2, 6, 7], [2, 2, 3, 2], 2, 0), 1e-6)
            }),
            chaff(
                "shapes_only",
                "A candidate with the right output shape has the right numbers.",
                |claimed| VARIED.iter().all(|shapes| agrees(claimed, *shapes, f64::INFINITY)),
            ),
            chaff("nearly_to_the_last_bit", "Right candidates differ by at most 10⁻¹².", |claimed| {
                VARIED.iter().all(|shapes| agrees(claimed, *shapes, 1e-12))
            }),
            chaff("to_the_last_bit", "Two right candidates agree to the last bit.", |claimed| {
                VARIED.iter().all(|shapes| agrees(claimed, *shapes, 0.0))
            }),
            wheat(
                "single_entries",
                "impulses: a single 9 in the image and a single −1 in the kernels, everywhere",
                |claimed| {
                    VARIED.iter().all(|&([c, h, w], [o, _, kh, kw], stride, padding)| {
                        let places = |size: usize, window: usize| (size + 2 * padding - window) / stride + 1;
                        (0..c * h * w).step_by(5).all(|one| {
                            (0..o * c * kh * kw).step_by(3).all(|minus| {
                                let (mut x, mut k) =
                                    (Array3::zeros((c, h, w)), Array4::zeros((o, c, kh, kw)));
                                let (at, entry) = (
                                    [one / (h * w), one / w % h, one % w],
                                    [
                                        minus / (c * kh * kw),
                                        minus / (kh * kw) % c,
                                        minus / kw % kh,
                                        minus % kw,
                                    ],
                                );
                                (x[at], k[entry]) = (9.0, -1.0);
                                let y = claimed(x.view(), k.view(), stride, padding);
                                let meets = |(of, r, s): (usize, usize, usize)| {
                                    of == entry[0]
                                        && at[0] == entry[1]
                                        && r * stride + entry[2] == at[1] + padding
                                        && s * stride + entry[3] == at[2] + padding
                                };
                                y.dim() == (o, places(h, kh), places(w, kw))
                                    && y.indexed_iter().all(|(place, y)| {
                                        (y + 9.0 * f64::from(u8::from(meets(place)))).abs() < 1e-8
                                    })
                            })
                        })
                    })
                },
            ),
            chaff(
                "more_channels_asked_for",
                "A candidate takes images of any number of channels.",
                |claimed| {
                    reference::accepts_convolution(claimed)
                        && claimed(Array3::ones((4, 5, 5)).view(), Array4::ones((1, 4, 2, 2)).view(), 1, 0)
                            .dim()
                            == (1, 4, 4)
                },
            ),
            chaff(
                "within_a_hundredth",
                "Entries that are off by less than a hundredth are right.",
                |claimed| VARIED.iter().all(|shapes| agrees(claimed, *shapes, 1e-2)),
            ),
            chaff("first_pixels", "The first pixel of each map shows how it is made.", |claimed| {
                VARIED.iter().all(|shapes| {
                    compared(claimed, *shapes, |got, want| {
                        (0..want.dim().0).all(|o| (got[[o, 0, 0]] - want[[o, 0, 0]]).abs() <= 1e-6)
                    })
                })
            }),
        ],
    )(claimed)
}

fn agrees(claimed: Claim, shapes: Shapes, within: f64) -> bool {
    compared(claimed, shapes, |got, want| got.iter().zip(want).all(|(a, b)| (a - b).abs() <= within))
}

/// Whether the output has the shape of the right one, and is the same by this measure.
fn compared(
    claimed: Claim,
    (image, kernels, stride, padding): Shapes,
    is_same: impl Fn(&Array3<f64>, &Array3<f64>) -> bool,
) -> bool {
    // Halves and sevenths, so that the order of summation shows in the last digits.
    let entry = |n: usize| ((n * 7 + 3) % 19) as f64 / 2.0 - ((n * 5) % 11) as f64 / 7.0;
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
    got.dim() == want.dim() && is_same(&got, &want)
}
