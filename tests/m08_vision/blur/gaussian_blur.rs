use judge::any::select;
use judge::{Answer, Broken, any, close_entries, ensure, equal, for_all, rejected, rounding};
use katas::m08_vision::blur::{Border, gaussian_blur};
use kit::{InputError, Matrix};
use ndarray::Array2;
use proptest::prelude::*;

use super::definition::weighted_sum;
use crate::m08_vision::images::{array, matrix, wide_reals};

const CALL: &str = "gaussian_blur(image, size, sigma)";

/// An odd size and a σ of some quarters.
fn sizes_and_sigmas() -> impl Strategy<Value = (usize, f64)> + Send + Sync + Clone {
    let size = any::part(0..=3_usize).prop_map(|c| 2 * c + 1);
    (size, any::part(2..=12_i32).prop_map(|k| f64::from(k) / 4.0))
}

fn blurred(image: &Matrix, size: usize, sigma: f64) -> Result<Matrix, Broken> {
    let got = matrix(gaussian_blur(array(image).view(), size, sigma).accepted(CALL)?.view());
    equal("the shape of the answer", got.shape(), image.shape(), "The output has the shape of the image.")?;
    Ok(got)
}

/// The normalized Gaussian kernel.
fn kernel(size: usize, sigma: f64) -> Array2<f64> {
    let c = (size / 2) as f64;
    let height = |(i, j)| (-((i as f64 - c).powi(2) + (j as f64 - c).powi(2)) / (2.0 * sigma * sigma)).exp();
    let heights = Array2::from_shape_fn((size, size), height);
    &heights / heights.sum()
}

/// A hundred roundings of the largest pixel: exp of at most 72 carries as many, the sums a few more.
fn tolerance(image: &Matrix, size: usize) -> f64 {
    let largest = image.as_slice().iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    rounding(100 + 16 * size * size, largest)
}

#[test]
fn keeps_constant_images() {
    for_all("v, size, sigma", (any::eighth(), sizes_and_sigmas())).cases(64).holds(|&(v, (size, sigma))| {
        let image = Matrix::from_fn(3, 4, |_, _| v);
        let look = "The weights must sum to 1, also at the border: pixels beyond it are mirrored, not 0.";
        let tolerance = tolerance(&image, size);
        close_entries(CALL, &blurred(&image, size, sigma)?, &image, |_, _| tolerance, look)
    });
}

#[test]
fn impulse_response_is_the_kernel() {
    for_all("size, sigma", sizes_and_sigmas()).cases(64).holds(|&(size, sigma)| {
        let (n, c) = (size + 4, size / 2 + 2);
        let image = Matrix::from_fn(n, n, |i, j| if (i, j) == (c, c) { 1.0 } else { 0.0 });
        let kernel = kernel(size, sigma);
        let want = Matrix::from_fn(n, n, |i, j| {
            let inside = (2..n - 2).contains(&i) && (2..n - 2).contains(&j);
            if inside { kernel[(i - 2, j - 2)] } else { 0.0 }
        });
        let look = "Far from the border the impulse response is the kernel itself. Is the image blurred once \
            along each axis?";
        close_entries(CALL, &blurred(&image, size, sigma)?, &want, |_, _| tolerance(&image, size), look)
    });
}

#[test]
fn is_the_filter_with_mirrored_border() {
    let drawn = (any::any_matrix(1..=4, 1..=4), sizes_and_sigmas());
    for_all("image, size, sigma", drawn).holds(|(image, (size, sigma))| {
        let (pixels, kernel) = (array(image), kernel(*size, *sigma));
        let want = Matrix::from_fn(image.rows(), image.cols(), |i, j| {
            weighted_sum(pixels.view(), kernel.view(), Border::Mirror, (i, j)).0
        });
        let look =
            "Beyond the border: dcb|abcd|cba. If only the outermost pixels are wrong, the border mode is \
                wrong.";
        close_entries(CALL, &blurred(image, *size, *sigma)?, &want, |_, _| tolerance(image, *size), look)
    });
}

#[test]
fn is_the_filter_for_images_and_kernels_of_any_size() {
    let sizes = select(vec![0_usize, 1, 2, 4, 6, 20, 33, 75, 127, 160]).prop_map(|c| 2 * c + 1);
    for_all("image, size, sigma", (wide_reals(), sizes, any::magnitude(-1, 6))).cases(32).holds(
        |(image, size, sigma)| {
            let (pixels, sigma, c) = (array(image), sigma.abs(), (size / 2) as f64);
            let weights: Vec<f64> =
                (0..*size).map(|k| (-((k as f64 - c) / sigma).powi(2) / 2.0).exp()).collect();
            let row = Array2::from_shape_fn((1, *size), |(_, k)| weights[k] / weights.iter().sum::<f64>());
            // A Gaussian is separable: first along the rows, then along the columns.
            let across = Array2::from_shape_fn(pixels.dim(), |place| {
                weighted_sum(pixels.view(), row.view(), Border::Mirror, place).0
            });
            let want = Matrix::from_fn(image.rows(), image.cols(), |i, j| {
                weighted_sum(across.view(), row.t(), Border::Mirror, (i, j)).0
            });
            let look = "Every row, column and weight counts, however many; nothing is clipped or dropped.";
            close_entries(CALL, &blurred(image, *size, sigma)?, &want, |_, _| tolerance(image, *size), look)
        },
    );
}

#[test]
fn commutes_with_rotation() {
    let drawn = (any::any_matrix(1..=4, 1..=4), sizes_and_sigmas());
    for_all("image, size, sigma", drawn).cases(64).holds(|(image, (size, sigma))| {
        let rotated = |of: &Matrix| Matrix::from_fn(of.cols(), of.rows(), |i, j| of[(of.rows() - 1 - j, i)]);
        let (got, want) =
            (blurred(&rotated(image), *size, *sigma)?, rotated(&blurred(image, *size, *sigma)?));
        let look = "A rotation by 90° exchanges rows and columns. Are they confused somewhere?";
        close_entries("the blur of the rotated image", &got, &want, |_, _| tolerance(image, *size), look)
    });
}

#[test]
fn stays_within_the_range_of_the_image() {
    for_all("image, size, sigma", (any::any_matrix(1..=4, 1..=4), sizes_and_sigmas())).cases(64).holds(
        |(image, (size, sigma))| {
            let got = blurred(image, *size, *sigma)?;
            let ends = |of: &Matrix| {
                of.as_slice()
                    .iter()
                    .fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), x| (a.min(*x), b.max(*x)))
            };
            let ((least, most), (lower, upper), room) = (ends(image), ends(&got), tolerance(image, *size));
            ensure(lower >= least - room && upper <= most + room, || {
                let look =
                    "A weighted mean with positive weights lies between the smallest and the largest pixel.";
                Broken::answer(format!("from {lower} to {upper}"), format!("within {least} to {most}"), look)
            })
        },
    );
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv_on_scenes() {
    use crate::m08_vision::{images, oracle};
    for_all("scene, size, sigma", (images::scene(24), sizes_and_sigmas())).cases(64).holds(
        |(scene, (size, sigma))| {
            let pixels = scene.gray().mapv(f64::from);
            let want = matrix(oracle::blur(&pixels, *size, *sigma).view());
            let look = "OpenCV's GaussianBlur differs by more than rounding.";
            let image = matrix(pixels.view());
            close_entries(
                CALL,
                &blurred(&image, *size, *sigma)?,
                &want,
                |_, _| tolerance(&image, *size),
                look,
            )
        },
    );
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv_on_a_photograph_within_2() {
    use crate::m08_vision::oracle;
    judge::example(|| {
        let photo = oracle::gray(&oracle::photo());
        let got = gaussian_blur(photo.mapv(f64::from).view(), 5, 1.25).accepted(CALL)?;
        // For bytes OpenCV rounds each weight to a 256th; its version 4.6 differs by one at most.
        oracle::within(&got.mapv(|pixel| pixel.round() as u8), &oracle::blur_bytes(&photo, 5, 1.25), 2)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::blur::gaussian_blur;
        use ndarray::Array2;

        let blurred = gaussian_blur(Array2::from_elem((2, 3), 7.0).view(), 5, 1.5).unwrap();
        assert!(blurred.iter().all(|pixel| (pixel - 7.0).abs() < 1e-14));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_invalid_arguments() {
        let inputs = (wide_reals(), any::size(0..=3, 257), any::magnitude(-300, 300), any::not_finite());
        for_all("image, half, sigma, bad", inputs).cases(48).holds(|(image, half, sigma, bad)| {
            let (image, even) = (array(image), 2 * half);
            let want = InputError::NotOdd { name: "size", got: even };
            let (width, odd) = (sigma.abs(), even + 1);
            let call = format!("gaussian_blur(image, {even}, {width:?})");
            let look = "An even size has no center, and 0 is even.";
            rejected(&call, gaussian_blur(image.view(), even, width), want, look)?;
            for got in [0.0, -0.5, -sigma.abs()] {
                let want = InputError::OutOfRange { name: "sigma", got, wanted: "above 0" };
                let call = format!("gaussian_blur(image, {odd}, {got:?})");
                rejected(&call, gaussian_blur(image.view(), odd, got), want, "σ must be above 0.")?;
            }
            let want = InputError::NotFinite { name: "sigma", index: 0 };
            let got = gaussian_blur(image.view(), odd, *bad);
            rejected(&format!("gaussian_blur(image, {odd}, {bad:?})"), got, want, "NaN and ∞ are no σ.")?;
            for shape in [(0, image.ncols()), (image.nrows(), 0)] {
                let want = InputError::TooFew { got: 0, wanted: 1 };
                let got = gaussian_blur(Array2::zeros(shape).view(), odd, 1.0);
                rejected("gaussian_blur of no pixels", got, want, "The image has no pixels.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn tiny_sigma_keeps_the_image_and_huge_sigma_averages() {
        let sigma = select(vec![1e-3, 1e-100, 1e-170, 1e-300, f64::from_bits(1)]);
        let inputs = (any::any_matrix(1..=4, 1..=4), any::part(0..=4_usize), sigma);
        for_all("image, c, sigma", inputs).cases(48).holds(|(image, c, sigma)| {
            let size = 2 * c + 1;
            let look = "If σ² underflows to 0, 0/0 is NaN: divide the distance by σ before you square it.";
            close_entries(CALL, &blurred(image, size, *sigma)?, image, |_, _| tolerance(image, size), look)?;
            let (pixels, even) = (array(image), Array2::from_elem((size, size), 1.0 / (size * size) as f64));
            let want = Matrix::from_fn(image.rows(), image.cols(), |i, j| {
                weighted_sum(pixels.view(), even.view(), Border::Mirror, (i, j)).0
            });
            let look = "For a huge σ all weights are equal, also where σ² overflows.";
            close_entries(CALL, &blurred(image, size, 1e200)?, &want, |_, _| tolerance(image, size), look)
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
        for_all("image, size, sigma", (any::any_matrix(1..=4, 1..=4), sizes_and_sigmas())).cases(64).holds(
            |(image, (size, sigma))| {
                // Stored column by column; as a view it is the image.
                let stored = array(image).t().as_standard_layout().into_owned();
                let got = matrix(gaussian_blur(stored.t(), *size, *sigma).accepted(CALL)?.view());
                let look = "Index the view as image[(i, j)]; its pixels may be in another order in memory.";
                close_entries(
                    CALL,
                    &got,
                    &blurred(image, *size, *sigma)?,
                    |_, _| 2.0 * tolerance(image, *size),
                    look,
                )
            },
        );
    }
}
