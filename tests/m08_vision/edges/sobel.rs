use judge::{Answer, Broken, any, close_entries, equal, example, for_all, rejected, rounding};
use katas::m08_vision::edges::sobel;
use kit::{InputError, Matrix};
use ndarray::Array2;
use proptest::prelude::*;

use crate::m08_vision::images::{also_fine, array, matrix, wide_reals};

const CALL: &str = "sobel(image)";

fn gradients(image: &Matrix) -> Result<[Matrix; 2], Broken> {
    let (gx, gy) = sobel(array(image).view()).accepted(CALL)?;
    let look = "One derivative for each pixel, also at the border.";
    for (name, g) in [("the shape of gx", &gx), ("the shape of gy", &gy)] {
        equal(name, g.dim(), image.shape(), look)?;
    }
    Ok([matrix(gx.view()), matrix(gy.view())])
}

/// Twelve terms of at most twice the largest entry, which is 8 or a little more; scaled by a as well.
fn tolerance(_: usize, _: usize) -> f64 {
    rounding(64, 8.0 * 8.0 * 12.0)
}

#[test]
fn is_eight_times_the_derivative_of_a_ramp() {
    for_all("a, b, c", [any::eighth(), any::eighth(), any::eighth()]).holds(|[a, b, c]| {
        let image = Matrix::from_fn(3, 3, |i, j| a * j as f64 + b * i as f64 + c);
        let [gx, gy] = gradients(&image)?;
        let look = "Brightness a·x + b·y + c: gx is 8a (to the right), gy is 8b (downwards): weights 1, \
            2, 1 over a distance of 2.";
        let (gx, gy) = (Matrix::from_rows([[gx[(1, 1)]]]), Matrix::from_rows([[gy[(1, 1)]]]));
        close_entries("gx in the middle", &gx, &Matrix::from_rows([[8.0 * a]]), tolerance, look)?;
        close_entries("gy in the middle", &gy, &Matrix::from_rows([[8.0 * b]]), tolerance, look)
    });
}

#[test]
fn impulse_response_shows_the_weights() {
    example(|| {
        let image = Matrix::from_fn(3, 3, |i, j| if (i, j) == (1, 1) { 1.0 } else { 0.0 });
        let [gx, gy] = gradients(&image)?;
        let look = "Brightness rises to the right of the pixel on its left: gx is 2 to the left of the \
            bright pixel and −2 to its right.";
        let want = Matrix::from_rows([[1.0, 0.0, -1.0], [2.0, 0.0, -2.0], [1.0, 0.0, -1.0]]);
        close_entries("gx around a bright pixel", &gx, &want, tolerance, look)?;
        let want = Matrix::from_rows([[1.0, 2.0, 1.0], [0.0, 0.0, 0.0], [-1.0, -2.0, -1.0]]);
        close_entries("gy around a bright pixel", &gy, &want, tolerance, look)
    });
}

#[test]
fn replicates_the_border() {
    for_all("image", also_fine(any::any_matrix(1..=3, 1..=3))).holds(|image| {
        let (rows, cols) = image.shape();
        let at = |i: usize, j: usize| {
            image[(i.saturating_sub(1).min(rows - 1), j.saturating_sub(1).min(cols - 1))]
        };
        let (i, j) = (rows - 1, 0);
        // Pixel (i, j) has its neighbors at i..=i + 2, j..=j + 2 of the image that begins one pixel outside.
        let column = |j: usize| at(i, j) + 2.0 * at(i + 1, j) + at(i + 2, j);
        let row = |i: usize| at(i, j) + 2.0 * at(i, j + 1) + at(i, j + 2);
        let [gx, gy] = gradients(image)?;
        let corner = |of: &Matrix| Matrix::from_rows([[of[(i, j)]]]);
        let look = "aaa|abcd|ddd, as in Border::Repeat: not 0, not mirrored, and no pixel left out. If only \
            the last digits differ: compute in f64.";
        let want = Matrix::from_rows([[column(2) - column(0)]]);
        close_entries("gx in the lower left corner", &corner(&gx), &want, tolerance, look)?;
        let want = Matrix::from_rows([[row(i + 2) - row(i)]]);
        close_entries("gy in the lower left corner", &corner(&gy), &want, tolerance, look)
    });
}

#[test]
fn is_the_weighted_sum_for_images_of_any_size_and_brightness() {
    for_all("image", wide_reals()).cases(128).holds(|image| {
        let (rows, cols) = image.shape();
        // The image that begins one pixel outside.
        let at = |i: usize, j: usize| {
            image[(i.saturating_sub(1).min(rows - 1), j.saturating_sub(1).min(cols - 1))]
        };
        let column = |i: usize, j: usize| at(i, j) + 2.0 * at(i + 1, j) + at(i + 2, j);
        let row = |i: usize, j: usize| at(i, j) + 2.0 * at(i, j + 1) + at(i, j + 2);
        let [gx, gy] = gradients(image)?;
        let largest = image.as_slice().iter().fold(0.0_f64, |most, x| most.max(x.abs()));
        let tolerance = |_, _| rounding(32, 8.0 * largest);
        let look = "Every row and column counts, and every brightness: nothing is clipped or dropped.";
        let want = Matrix::from_fn(rows, cols, |i, j| column(i, j + 2) - column(i, j));
        close_entries("gx", &gx, &want, tolerance, look)?;
        let want = Matrix::from_fn(rows, cols, |i, j| row(i + 2, j) - row(i, j));
        close_entries("gy", &gy, &want, tolerance, look)
    });
}

#[test]
fn transposing_the_image_exchanges_gx_and_gy() {
    for_all("image", any::any_matrix(1..=4, 1..=4)).holds(|image| {
        let pixels = array(image);
        let (gx, gy) = sobel(pixels.t()).accepted("sobel(imageᵀ)")?;
        let [want_gy, want_gx] = gradients(image)?;
        let look = "Transposing the image exchanges the two derivatives. gx comes first, then gy.";
        close_entries("gx of imageᵀ, transposed", &matrix(gx.t()), &want_gx, tolerance, look)?;
        close_entries("gy of imageᵀ, transposed", &matrix(gy.t()), &want_gy, tolerance, look)
    });
}

#[test]
fn mirroring_the_image_negates_gx() {
    for_all("image", any::any_matrix(1..=4, 1..=4)).cases(64).holds(|image| {
        let (rows, cols) = image.shape();
        let mirrored =
            |of: &Matrix, sign: f64| Matrix::from_fn(rows, cols, |i, j| sign * of[(i, cols - 1 - j)]);
        let [gx, gy] = gradients(&mirrored(image, 1.0))?;
        let [want_gx, want_gy] = gradients(image)?;
        let look = "Mirroring left and right changes the sign of gx and leaves gy.";
        close_entries("gx of the mirrored image", &gx, &mirrored(&want_gx, -1.0), tolerance, look)?;
        close_entries("gy of the mirrored image", &gy, &mirrored(&want_gy, 1.0), tolerance, look)
    });
}

#[test]
fn is_linear() {
    let images = (1..=4_usize, 1..=4_usize).prop_flat_map(|(m, n)| [any::matrix(m, n), any::matrix(m, n)]);
    for_all("image, other, a", (images, any::eighth())).cases(64).holds(|([x, y], a)| {
        let sum =
            |x: &Matrix, y: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| a * x[(i, j)] + y[(i, j)]);
        let ([gx, gy], of_x, of_y) = (gradients(&sum(x, y))?, gradients(x)?, gradients(y)?);
        let look = "Derivatives are linear: no absolute values, no clipping, no scaling by the image.";
        let wide = |_, _| 8.0 * tolerance(0, 0);
        close_entries("gx of a·image + other", &gx, &sum(&of_x[0], &of_y[0]), wide, look)?;
        close_entries("gy of a·image + other", &gy, &sum(&of_x[1], &of_y[1]), wide, look)
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv() {
    for_all("image", any::any_matrix(1..=5, 1..=5)).holds(|image| {
        let [gx, gy] = gradients(image)?;
        let [want_gx, want_gy] = crate::m08_vision::oracle::sobel(&array(image)).map(|it| matrix(it.view()));
        let look = "OpenCV's Sobel with a repeated border differs.";
        close_entries("gx", &gx, &want_gx, tolerance, look)?;
        close_entries("gy", &gy, &want_gy, tolerance, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::edges::sobel;
        use ndarray::array;

        let (gx, gy) = sobel(array![[0.0, 1.0, 2.0], [0.0, 1.0, 2.0]].view()).unwrap();
        assert_eq!((gx[(0, 1)], gy[(0, 1)]), (8.0, 0.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_empty_images() {
        example(|| {
            for shape in [(0, 0), (0, 3), (3, 0), (0, 300), (300, 0)] {
                let call = format!("sobel({}×{} image)", shape.0, shape.1);
                let want = InputError::TooFew { got: 0, wanted: 1 };
                rejected(&call, sobel(Array2::zeros(shape).view()), want, "The image has no pixels.")?;
            }
            Ok(())
        });
    }
}
