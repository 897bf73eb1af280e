use judge::any::select;
use judge::{Answer, Broken, any, close_entries, ensure, equal, for_all, rejected};
use katas::m08_vision::corners::harris_response;
use kit::{InputError, Matrix};
use ndarray::{Array2, ArrayView2};
use proptest::prelude::*;

use super::definition::Response;
use crate::m08_vision::images::{any_gray, gray, matrix, wide_gray};

const CALL: &str = "harris_response(image, window, k)";

fn windows() -> impl Strategy<Value = (usize, f64)> + Send + Sync + Clone {
    (select(vec![1_usize, 3, 5]), select(vec![0.0, 0.04, 0.06, 0.125, 0.25]))
}

/// Any k of the range, its ends as well.
fn any_k() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    let small = any::magnitude(-9, -1).prop_map(f64::abs);
    prop_oneof![
        select(vec![0.0, 0.04, 0.06, 0.25]),
        (0..=1000_i32).prop_map(|k| f64::from(k) / 4000.0),
        small
    ]
}

fn response(image: ArrayView2<'_, u8>, window: usize, k: f64) -> Result<Matrix, Broken> {
    let got = harris_response(image, window, k).accepted(CALL)?;
    equal("the shape of the answer", got.dim(), image.dim(), "One value for each pixel.")?;
    Ok(matrix(got.view()))
}

#[test]
fn is_determinant_minus_k_times_squared_trace() {
    for_all("image, window, k", (any_gray(5), windows())).cases(128).holds(|(image, (window, k))| {
        let image = gray(image);
        let want = Response::of(&image, *window, *k);
        let look = "gx², gx·gy and gy² are each summed over the window, and only then multiplied. The \
            products are replicated beyond the border.";
        let got = response(image.view(), *window, *k)?;
        close_entries(CALL, &got, &matrix(want.r.view()), |i, j| want.room[(i, j)], look)
    });
}

#[test]
fn is_correct_for_images_and_windows_of_any_size() {
    let windows = select(vec![1_usize, 3, 5, 7, 9, 13, 17, 41, 43]);
    for_all("image, window, k", (wide_gray(), windows, any_k())).cases(24).holds(|(image, window, k)| {
        let image = gray(image);
        // Both large take long.
        let window = if image.len() > 2000 { (*window).min(7) } else { *window };
        let look =
            "Every pixel of the window counts, however large it is, and every row and column of the image.";
        // The same image once more with another k: R is not that of the call before.
        for k in [*k, 0.25 - k] {
            let (want, got) = (Response::of(&image, window, k), response(image.view(), window, k)?);
            close_entries(CALL, &got, &matrix(want.r.view()), |i, j| want.room[(i, j)], look)?;
        }
        Ok(())
    });
}

#[test]
fn is_negative_on_edges() {
    for_all("column, value, window", (1..=5_usize, 1..=255_u8, select(vec![1_usize, 3, 5]))).cases(48).holds(
        |&(column, value, window)| {
            let step = Array2::from_shape_fn((5, 7), |(_, x)| if x < column { 0 } else { value });
            for (name, step) in [("upright", step.view()), ("level", step.t())] {
                let got = response(step, window, 0.05)?;
                let (rows, cols) = got.shape();
                let all: Vec<f64> = got.as_slice().to_vec();
                let place = all.iter().position(|r| *r > 0.0);
                let look =
                    "Along a straight edge the gradient has one direction: det M is 0 and (trace M)² is not.";
                ensure(place.is_none() && all.iter().any(|r| *r < 0.0), || {
                    let got = format!("{CALL} of an {name} step, {rows}×{cols} = {got:?}");
                    Broken::answer(got, "nothing above 0, and something below", look)
                })?;
            }
            Ok(())
        },
    );
}

#[test]
fn is_zero_on_constant_images() {
    for_all("rows, cols, value", ((1..=4_usize, 1..=4_usize), proptest::arbitrary::any::<u8>()))
        .cases(48)
        .holds(|&(shape, value)| {
            let image = Array2::from_elem(shape, value);
            let (got, room) = (response(image.view(), 3, 0.04)?, Response::of(&image, 3, 0.04).room);
            let look = "A constant image has gradient 0, also at the border, where the outermost pixel is \
                repeated.";
            let zero = Matrix::zeros(shape.0, shape.1);
            close_entries("the response of a constant image", &got, &zero, |i, j| room[(i, j)], look)
        });
}

#[test]
fn is_invariant_under_transposition_reflection_and_inversion() {
    for_all("image, window, k", (any_gray(5), windows())).cases(64).holds(|(image, (window, k))| {
        let image = gray(image);
        let (want, room) = (response(image.view(), *window, *k)?, Response::of(&image, *window, *k).room);
        let negative = image.mapv(|pixel| 255 - pixel);
        let mut mirrored = image.view();
        mirrored.invert_axis(ndarray::Axis(1));
        let cols = image.ncols();
        let transposed = response(image.t(), *window, *k)?;
        let transposed_back = Matrix::from_fn(image.nrows(), cols, |i, j| transposed[(j, i)]);
        let back = response(mirrored, *window, *k)?;
        let mirrored_back = Matrix::from_fn(image.nrows(), cols, |i, j| back[(i, cols - 1 - j)]);
        for (name, got) in [
            ("of the transposed image", transposed_back),
            ("of the mirrored image", mirrored_back),
            ("of the inverted image", response(negative.view(), *window, *k)?),
        ] {
            let look = "Only products of two derivatives count: no sign, no direction, no brightness.";
            close_entries(&format!("the response {name}"), &got, &want, |i, j| 2.0 * room[(i, j)], look)?;
        }
        Ok(())
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv() {
    use crate::m08_vision::{images, oracle};
    for_all("scene, window, k", (images::scene(16), windows())).cases(48).holds(|(scene, (window, k))| {
        let image = scene.gray();
        let want = matrix(oracle::harris(&image, *window, *k).view());
        // OpenCV counts in f32, whose ε is 2²⁹ times as large; `rounding` allows for 64 operations already. And a slope is a
        // difference of sums of up to 4·255, each rounded: off by δ, however small it is itself. By Cauchy and Schwarz the
        // window² squares of a trace t are off by s = 2δ·window·√t + (window·δ)², and R by no more than 4(t + s)s.
        let (delta, window) = (4.0 * 1020.0 * 0.5_f64.powi(24), *window as f64);
        let room = Response::of(&image, window as usize, *k).trace.mapv(|trace| {
            let off = 2.0 * delta * window * trace.sqrt() + (window * delta).powi(2);
            judge::rounding(64, trace * trace) * 2.0_f64.powi(29) + 4.0 * (trace + off) * off
        });
        let look = "OpenCV's cornerHarris, brought to the same units, differs by more than rounding.";
        close_entries(CALL, &response(image.view(), window as usize, *k)?, &want, |i, j| room[(i, j)], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::corners::harris_response;
        use ndarray::Array2;

        let corner = Array2::from_shape_fn((5, 5), |(y, x)| if x > 2 && y > 2 { 9 } else { 0 });
        let response = harris_response(corner.view(), 3, 0.05).unwrap();
        assert!(response[(3, 3)] > 0.0 && response[(0, 0)] == 0.0);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_invalid_windows_and_k() {
        let even = prop_oneof![1..=127_usize, select(vec![1_usize, 6, 20, 127])].prop_map(|half| 2 * half);
        let large = prop_oneof![(128..=600_usize).prop_map(|half| 2 * half + 1), Just(usize::MAX)];
        let bad = prop_oneof![Just(-0.01), Just(0.26), any::magnitude(-9, 150).prop_map(|k| -k.abs())];
        let (good, odd) = (any_k(), select(vec![1_usize, 3, 41, 255]));
        for_all("image, even, large, k, good k, odd", (wide_gray(), even, large, bad, good, odd))
            .cases(48)
            .holds(|(image, even, large, bad, good, odd)| {
                let image = gray(image);
                let response = |window, k| harris_response(image.view(), window, k);
                let want = InputError::NotOdd { name: "window", got: *even };
                let call = format!("harris_response(image, {even}, {good})");
                rejected(&call, response(*even, *good), want, "An even window has no center.")?;
                let want = InputError::OutOfRange { name: "window", got: *large as f64, wanted: "1 to 255" };
                let look = "A huge window would take all memory: check its range.";
                let call = format!("harris_response(image, {large}, {good})");
                rejected(&call, response(*large, *good), want, look)?;
                for k in [*bad, 0.25 + bad.abs().max(1e-9)] {
                    let want = InputError::OutOfRange { name: "k", got: k, wanted: "0 to 0.25" };
                    let look = "Above ¼ no response is positive: λ₁λ₂ is at most (λ₁ + λ₂)²/4.";
                    rejected(
                        &format!("harris_response(image, {odd}, {k:?})"),
                        response(*odd, k),
                        want,
                        look,
                    )?;
                }
                for k in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                    let want = InputError::NotFinite { name: "k", index: 0 };
                    let call = format!("harris_response(image, {odd}, {k:?})");
                    rejected(&call, response(*odd, k), want, "NaN and ∞ are no values of k.")?;
                }
                for shape in [(image.nrows(), 0), (0, image.ncols())] {
                    let want = InputError::TooFew { got: 0, wanted: 1 };
                    let got = harris_response(Array2::zeros(shape).view(), 3, 0.04);
                    rejected("harris_response of no pixels", got, want, "The image has no pixels.")?;
                }
                Ok(())
            });
    }

    #[test]
    fn accepts_windows_larger_than_the_image() {
        for_all(
            "image, window, k",
            (any_gray(5), (select(vec![1_usize, 33, 41, 255]), select(vec![0.0, 0.06, 0.25]))),
        )
        .cases(24)
        .holds(|(image, (window, k))| {
            let image = gray(image);
            let want = Response::of(&image, *window, *k);
            let look = "The window is as large as `window`: beyond the border the products are replicated.";
            let got = response(image.view(), *window, *k)?;
            close_entries(CALL, &got, &matrix(want.r.view()), |i, j| want.room[(i, j)], look)
        });
    }
}
