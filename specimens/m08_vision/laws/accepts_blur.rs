use ndarray::{Array2, ArrayView2, array};

use crate::reference::m08_vision::blur::{gaussian_blur, gaussian_kernel};
use crate::reference::m08_vision::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(ArrayView2<'_, f64>, usize, f64) -> Array2<f64>;
type AcceptsBlur = fn(Claim) -> bool;

/// The kata, answered by a specimen.
pub fn accepts_blur(claimed: Claim) -> bool {
    answering::<AcceptsBlur>(
        module_path!(),
        reference::accepts_blur,
        &[
            wheat("against_another_blur", "random images, compared with a known Gaussian blur", |claimed| {
                let shapes = [(1, 1), (2, 9), (7, 3), (3, 2), (12, 12), (40, 20), (19, 31)];
                shapes.iter().all(|&shape| {
                    [1, 3, 5, 7, 9].into_iter().all(|size| {
                        [0.5, 1.25, 4.0]
                            .iter()
                            .all(|&sigma| agrees(claimed, &(40.0 * noise(shape)), size, sigma))
                    })
                })
            }),
            wheat(
                "linear_and_point_by_point",
                "impulse responses at every pixel, and one linear combination",
                |claimed| {
                    let point = |(rows, cols): (usize, usize), k: usize| {
                        let mut image = Array2::zeros((rows, cols));
                        image[(k / cols, k % cols)] = if k.is_multiple_of(2) { 900.0 } else { -700.0 };
                        image
                    };
                    let kernels = [(1, 2.0), (3, 0.75), (3, 1.9), (5, 3.0), (7, 2.5), (9, 0.6), (9, 1.3)];
                    kernels.iter().all(|&(size, sigma)| {
                        (0..24).all(|k| agrees(claimed, &point((4, 6), k), size, sigma))
                            && (0..6).all(|k| agrees(claimed, &point((2, 3), k), size, sigma))
                            && (0..4).all(|k| agrees(claimed, &point((15, 17), 80 * k + 14), size, sigma))
                            && agrees(claimed, &(45.0 * noise((4, 6))), size, sigma)
                    })
                },
            ),
            chaff("small_images", "What is right for an image of 5 × 7 is right for any.", |claimed| {
                [(3, 0.75), (3, 2.5), (5, 2.0), (7, 1.2), (9, 3.5), (1, 1.0)]
                    .iter()
                    .all(|&(size, sigma)| agrees(claimed, &(45.0 * noise((5, 7))), size, sigma))
            }),
            chaff("accepts_everything", "Every candidate may be accepted.", |_| true),
            chaff("rejects_everything", "Rejecting every candidate is safe.", |_| false),
            chaff(
                "even_image",
                "A candidate that leaves a constant image unchanged is a Gaussian blur.",
                |claimed| {
                    let image = Array2::from_elem((5, 6), 4.0);
                    let got = claimed(image.view(), 5, 1.5);
                    got.dim() == (5, 6) && got.iter().all(|pixel| (pixel - 4.0).abs() < 1e-9)
                },
            ),
            chaff(
                "point_in_the_middle",
                "The impulse response far from the border determines the whole filter.",
                |claimed| {
                    let mut image = Array2::zeros((11, 13));
                    image[(5, 6)] = 1.0;
                    agrees(claimed, &image, 3, 0.75) && agrees(claimed, &image, 5, 1.5)
                },
            ),
            chaff("one_size", "A candidate that is right for one size is right for all.", |claimed| {
                agrees(claimed, &noise((5, 7)), 5, 1.5)
            }),
            chaff("square", "Square images are enough to test with.", |claimed| {
                let mut image = noise((6, 6));
                image = &image + &image.t();
                agrees(claimed, &image, 3, 0.75) && agrees(claimed, &image, 5, 2.0)
            }),
            chaff("bright_only", "Pixels without negative values are enough to test with.", |claimed| {
                let image = noise((5, 7)).mapv(|pixel| pixel + 50.0);
                agrees(claimed, &image, 3, 0.75) && agrees(claimed, &image, 5, 2.0)
            }),
            chaff("near_enough", "Differences up to ½ may be accepted.", |claimed| {
                let image = noise((5, 7));
                let near = |size, sigma| {
                    let want = gaussian_blur(image.view(), size, sigma).unwrap_or_default();
                    let got = claimed(image.view(), size, sigma);
                    got.dim() == want.dim() && got.iter().zip(&want).all(|(a, b)| (a - b).abs() <= 0.5)
                };
                near(3, 0.75) && near(5, 2.0) && near(9, 3.5)
            }),
            chaff("too_strict", "Right candidates differ by no more than 10⁻¹¹.", |claimed| {
                let image = noise((5, 7));
                [(3, 0.75), (5, 2.0), (9, 3.5)].iter().all(|&(size, sigma)| {
                    let want = gaussian_blur(image.view(), size, sigma).unwrap_or_default();
                    let got = claimed(image.view(), size, sigma);
                    got.dim() == want.dim() && got.iter().zip(&want).all(|(a, b)| (a - b).abs() < 1e-11)
                })
            }),
            chaff("to_the_last_bit", "Two right candidates agree to the last bit.", |claimed| {
                let image = noise((5, 7));
                gaussian_blur(image.view(), 5, 1.3).is_ok_and(|want| claimed(image.view(), 5, 1.3) == want)
            }),
            chaff("sum_only", "A filter that keeps the sum of an impulse is a Gaussian blur.", |claimed| {
                let mut image = Array2::zeros((11, 11));
                image[(5, 5)] = 1.0;
                let got = claimed(image.view(), 3, 1.0);
                let middle = gaussian_kernel(3, 1.0).map_or(0.0, |kernel| kernel[(1, 1)]);
                (got.sum() - 1.0).abs() < 1e-9 && got.get((5, 5)).is_some_and(|it| (it - middle).abs() < 1e-9)
            }),
            chaff("one_row", "An image of one row exercises all borders.", |claimed| {
                agrees(claimed, &array![[3.0, -1.0, 4.0, 1.5, -5.0]], 3, 0.75)
                    && agrees(claimed, &array![[3.0, -1.0, 4.0, 1.5, -5.0]], 7, 2.0)
            }),
            chaff("larger_sizes_asked_for", "A candidate takes kernels of any size.", |claimed| {
                reference::accepts_blur(claimed) && {
                    let image = Array2::from_shape_fn((9, 7), |(i, j)| (3 * i + 5 * j) as f64);
                    claimed(image.view(), 11, 2.0).dim() == (9, 7)
                }
            }),
            chaff("brighter_pixels_asked_for", "A candidate takes pixels of any brightness.", |claimed| {
                reference::accepts_blur(claimed) && {
                    let image = Array2::from_elem((5, 6), 5000.0);
                    claimed(image.view(), 3, 1.0).iter().any(|pixel| *pixel > 4999.0)
                }
            }),
        ],
    )(claimed)
}

fn noise(shape: (usize, usize)) -> Array2<f64> {
    Array2::from_shape_fn(shape, |(i, j)| ((53 * i + 19 * j + 7 * i * i * j) % 41) as f64 - 20.25)
}

fn agrees(claimed: Claim, image: &Array2<f64>, size: usize, sigma: f64) -> bool {
    let want = gaussian_blur(image.view(), size, sigma).unwrap_or_default();
    let got = claimed(image.view(), size, sigma);
    got.dim() == want.dim() && got.iter().zip(&want).all(|(a, b)| (a - b).abs() < 1e-7)
}
