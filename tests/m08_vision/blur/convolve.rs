use judge::{Answer, Broken, any, close_entries, equal, for_all, rejected, rounding};
use katas::m08_vision::blur::{Border, convolve};
use kit::{InputError, Matrix};
use ndarray::Array2;
use proptest::prelude::*;

use super::definition::{Beyond, any_border, weighted_sum};
use crate::m08_vision::images::{also_fine, array, matrix};
use judge::any::sizes;

const CALL: &str = "convolve(image, kernel, border)";

/// An image of any shape and a kernel of odd sides, which may exceed it.
fn pairs() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    let kernel = (0..=2_usize, 0..=2_usize).prop_flat_map(|(p, q)| any::matrix(2 * p + 1, 2 * q + 1));
    (any::any_matrix(1..=4, 1..=4), kernel).prop_map(|(image, kernel)| [image, kernel])
}

/// As [`pairs`], but with digits that `f32` does not hold and kernels with tiny weights.
fn fine_pairs() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    let kernel = (0..=2_usize, 0..=2_usize).prop_flat_map(|(p, q)| any::matrix(2 * p + 1, 2 * q + 1));
    let unit = prop_oneof![3 => Just(1.0), 1 => Just(2.0_f64.powi(-40))];
    let kernel = (also_fine(kernel), unit)
        .prop_map(|(of, unit)| Matrix::from_fn(of.rows(), of.cols(), |i, j| unit * of[(i, j)]));
    (also_fine(any::any_matrix(1..=4, 1..=4)), kernel).prop_map(|(image, kernel)| [image, kernel])
}

fn filtered(image: &Matrix, kernel: &Matrix, border: Border) -> Result<Matrix, Broken> {
    let got = matrix(convolve(array(image).view(), array(kernel).view(), border).accepted(CALL)?.view());
    let look = "One value for each pixel of the image, also at the border.";
    equal("the shape of the answer", got.shape(), image.shape(), look)?;
    Ok(got)
}

/// An image and a kernel, one of which has many rows or columns, with entries of any size.
fn wide_pairs() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    let unit = || prop_oneof![2 => Just(1.0), 1 => any::magnitude(-150, 150)];
    let one = sizes([1..=4, 1..=4, 0..=2, 0..=2], [303, 303, 150, 150]);
    let both = (47..=61_usize, 47..=61_usize, 0..=1_usize, 0..=1_usize).prop_map(|(m, n, p, q)| [m, n, p, q]);
    // A square image, which a square kernel exceeds.
    let square = (2..=5_usize, 5..=8_usize).prop_map(|(n, p)| [n, n, p, p]);
    let drawn = (prop_oneof![13 => one, 1 => both, 2 => square], unit(), unit());
    drawn.prop_flat_map(|([rows, cols, p, q], a, b)| {
        let scaled = |of: Matrix, by: f64| Matrix::from_fn(of.rows(), of.cols(), |i, j| by * of[(i, j)]);
        // Not both large: of as many weights as that a single sum takes long.
        let (p, q) = if p.min(q) > 2 { (p.min(10), q.min(11)) } else { (p, q) };
        let kernel = any::matrix_of(2 * p + 1, 2 * q + 1);
        (any::matrix_of(rows, cols), kernel)
            .prop_map(move |(image, kernel)| [scaled(image, a), scaled(kernel, b)])
    })
}

/// By another order of summation, or by Fourier, a sum may come out so far from the exact one.
fn tolerance(image: &Matrix, kernel: &Matrix) -> f64 {
    let largest = |of: &Matrix| of.as_slice().iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let terms = kernel.as_slice().len();
    rounding(16 * terms, largest(image) * largest(kernel) * terms as f64)
}

#[test]
fn impulse_response_is_the_rotated_kernel() {
    for_all("kernel", any::matrix(3, 3)).cases(64).holds(|kernel| {
        let image = Matrix::from_fn(5, 5, |i, j| if (i, j) == (2, 2) { 1.0 } else { 0.0 });
        let want = Matrix::from_fn(5, 5, |i, j| {
            if (1..=3).contains(&i) && (1..=3).contains(&j) { kernel[(3 - i, 3 - j)] } else { 0.0 }
        });
        let got = filtered(&image, kernel, Border::Repeat)?;
        let look = "The pixel to the left of the bright one has it on its right, so its value is the right \
            weight. If the result is the kernel as it is written, you have rotated it, as in mathematics.";
        close_entries(CALL, &got, &want, |_, _| tolerance(&image, kernel), look)
    });
}

#[test]
fn impulse_kernel_shifts_the_image() {
    let places = (0..=2_usize, 0..=2_usize, 0..=4_usize, 0..=4_usize);
    let drawn = (any::any_matrix(1..=4, 1..=4), places, any_border()).prop_map(|(image, place, border)| {
        let (p, q, k, l) = place;
        let kernel = Matrix::from_fn(2 * p + 1, 2 * q + 1, |i, j| {
            f64::from(u8::from((i, j) == (k.min(2 * p), l.min(2 * q))))
        });
        ([image, kernel], border)
    });
    for_all("image, kernel, border", drawn).holds(|([image, kernel], Beyond(border))| {
        let got = filtered(image, kernel, *border)?;
        let source = (array(image), array(kernel));
        let want = Matrix::from_fn(image.rows(), image.cols(), |i, j| {
            weighted_sum(source.0.view(), source.1.view(), *border, (i, j)).0
        });
        let look = match border {
            Border::Repeat => "`Border::Repeat` replicates the outermost pixel: aaa|abcd|ddd.",
            Border::Mirror => {
                "`Border::Mirror` reflects at the outermost pixel without repeating it: dcb|abcd|cba."
            }
        };
        close_entries(CALL, &got, &want, |_, _| tolerance(image, kernel), look)
    });
}

#[test]
fn is_the_weighted_sum_of_the_neighborhood() {
    for_all("image, kernel, border", (pairs(), any_border())).holds(|([image, kernel], Beyond(border))| {
        let got = filtered(image, kernel, *border)?;
        let source = (array(image), array(kernel));
        let want = Matrix::from_fn(image.rows(), image.cols(), |i, j| {
            weighted_sum(source.0.view(), source.1.view(), *border, (i, j)).0
        });
        let look = "Place the center of the kernel on the pixel, multiply entry by entry, and sum; do not \
            divide. No weight is too small to count, and everything is f64.";
        close_entries(CALL, &got, &want, |_, _| tolerance(image, kernel), look)
    });
}

#[test]
fn is_the_weighted_sum_for_images_and_kernels_of_any_size() {
    for_all("image, kernel, border", (wide_pairs(), any_border())).cases(96).holds(
        |([image, kernel], Beyond(border))| {
            let got = filtered(image, kernel, *border)?;
            let source = (array(image), array(kernel));
            let want = Matrix::from_fn(image.rows(), image.cols(), |i, j| {
                weighted_sum(source.0.view(), source.1.view(), *border, (i, j)).0
            });
            let look = "Every row and column of image and kernel counts, however many; nothing is clipped.";
            close_entries(CALL, &got, &want, |_, _| tolerance(image, kernel), look)
        },
    );
}

#[test]
fn is_linear() {
    let images = (1..=4_usize, 1..=4_usize).prop_flat_map(|(m, n)| [any::matrix(m, n), any::matrix(m, n)]);
    let drawn = (images, any::matrix(3, 1), any::eighth(), any_border());
    for_all("image, other, kernel, a, border", drawn).cases(64).holds(
        |([x, y], kernel, a, Beyond(border))| {
            let sum = Matrix::from_fn(x.rows(), x.cols(), |i, j| a * x[(i, j)] + y[(i, j)]);
            let got = filtered(&sum, kernel, *border)?;
            let (of_x, of_y) = (filtered(x, kernel, *border)?, filtered(y, kernel, *border)?);
            let want = Matrix::from_fn(x.rows(), x.cols(), |i, j| a * of_x[(i, j)] + of_y[(i, j)]);
            let look =
                "filter(a·x + y) = a·filter(x) + filter(y). Is something clipped, added, or divided by the \
                    image?";
            let sizes = 3.0 * rounding(64, 8.0 * 8.0 * 8.0 * 9.0);
            close_entries("convolve(a·image + other, kernel)", &got, &want, |_, _| sizes, look)
        },
    );
}

#[test]
fn commutes_with_transposition() {
    for_all("image, kernel, border", (pairs(), any_border())).cases(64).holds(
        |([image, kernel], Beyond(border))| {
            let (image_array, kernel_array) = (array(image), array(kernel));
            let got = convolve(image_array.t(), kernel_array.t(), *border).accepted(CALL)?;
            let got = matrix(got.t());
            let want = filtered(image, kernel, *border)?;
            let look = "Rows and columns play the same role. A transposed view has another memory layout: \
                index it, do not read its data in order.";
            close_entries(
                "convolve(imageᵀ, kernelᵀ)ᵀ",
                &got,
                &want,
                |_, _| 2.0 * tolerance(image, kernel),
                look,
            )
        },
    );
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv() {
    use crate::m08_vision::oracle;
    for_all("image, kernel, border", (fine_pairs(), any_border())).holds(
        |([image, kernel], Beyond(border))| {
            let want = matrix(oracle::filter(&array(image), &array(kernel), *border).view());
            let look = "OpenCV's filter2D with the same border differs.";
            close_entries(
                CALL,
                &filtered(image, kernel, *border)?,
                &want,
                |_, _| tolerance(image, kernel),
                look,
            )
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::blur::{Border, convolve};
        use ndarray::array;

        let (image, right_minus_left) = (array![[1.0, 2.0, 4.0]], array![[-1.0, 0.0, 1.0]]);
        let got = convolve(image.view(), right_minus_left.view(), Border::Repeat);
        assert_eq!(got, Ok(array![[1.0, 3.0, 2.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_empty_images_and_even_kernels() {
        let odd = any::size(0..=2, 33).prop_map(|half| 2 * half + 1);
        let even = any::size(0..=3, 129).prop_map(|half| 2 * half);
        let inputs = (sizes([1..=4, 1..=4], [303, 303]), odd, even, any_border());
        for_all("rows and columns of the image, odd, even, border", inputs).cases(64).holds(
            |&([rows, cols], odd, even, Beyond(border))| {
                let (kernel, image) = (Array2::ones((odd, 1)), Array2::ones((rows, cols)));
                for shape in [(0, 0), (0, cols), (rows, 0)] {
                    let call = format!("convolve({}×{} image, {odd}×1 kernel)", shape.0, shape.1);
                    let got = convolve(Array2::zeros(shape).view(), kernel.view(), border);
                    let want = InputError::TooFew { got: 0, wanted: 1 };
                    rejected(&call, got, want, "The image has no pixels.")?;
                }
                for shape in [(even, odd), (odd, even), (even, even)] {
                    let call = format!("convolve({rows}×{cols} image, {}×{} kernel)", shape.0, shape.1);
                    let answer = convolve(image.view(), Array2::ones(shape).view(), border);
                    let look = "An even number of rows or columns has no center, and 0 is even.";
                    rejected(&call, answer, InputError::NotOdd { name: "kernel", got: even }, look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn keeps_tiny_weights_and_all_digits() {
        // A pixel and a weight are below 9 before, and a sum of 25 products below 2¹¹: nothing overflows, by Fourier either.
        let powers = any::part(prop_oneof![3 => Just(0), 1 => Just(1000), 1 => Just(-900)]);
        for_all("image, kernel, border, k", (fine_pairs(), any_border(), powers)).holds(
            |([image, kernel], Beyond(border), k)| {
                let unit = 2.0_f64.powi(*k);
                let image = &Matrix::from_fn(image.rows(), image.cols(), |i, j| unit * image[(i, j)]);
                let got = filtered(image, kernel, *border)?;
                let source = (array(image), array(kernel));
                let want = Matrix::from_fn(image.rows(), image.cols(), |i, j| {
                    weighted_sum(source.0.view(), source.1.view(), *border, (i, j)).0
                });
                let look = "The pixels are 2ᵏ times as large. No number is too small to count or clipped for \
                    being large, and everything is f64.";
                close_entries(CALL, &got, &want, |_, _| tolerance(image, kernel), look)
            },
        );
    }
}
