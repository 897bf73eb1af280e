use judge::{Answer, Broken, ensure, equal, example, for_all, rejected};
use katas::m08_vision::colour::to_gray;
use kit::InputError;
use ndarray::{Array2, Array3, Axis, array};
use proptest::collection::vec;
use proptest::prelude::*;

const CALL: &str = "to_gray(bgr)";

/// Rows of pixels, each blue, green, red.
fn pixels() -> impl Strategy<Value = Vec<Vec<[u8; 3]>>> + Send + Sync + Clone {
    (1..=4_usize, 1..=4_usize).prop_flat_map(|(rows, cols)| vec(vec(any::<[u8; 3]>(), cols), rows))
}

fn image(pixels: &[Vec<[u8; 3]>]) -> Array3<u8> {
    Array3::from_shape_fn((pixels.len(), pixels[0].len(), 3), |(i, j, channel)| pixels[i][j][channel])
}

/// Whether a brightness is the nearest to the weighted sum; at a half both are.
fn is_nearest(y: u8, [b, g, r]: [u8; 3]) -> bool {
    let thousandths = 299 * i32::from(r) + 587 * i32::from(g) + 114 * i32::from(b);
    (1000 * i32::from(y) - thousandths).abs() <= 500
}

fn all_nearest(got: &Array2<u8>, pixels: &[Vec<[u8; 3]>], look: &str) -> Result<(), Broken> {
    equal(
        "the shape of the answer",
        got.dim(),
        (pixels.len(), pixels[0].len()),
        "Rows first, then columns.",
    )?;
    for ((i, j), &y) in got.indexed_iter() {
        let [b, g, r] = pixels[i][j];
        let exact = (299.0 * f64::from(r) + 587.0 * f64::from(g) + 114.0 * f64::from(b)) / 1000.0;
        ensure(is_nearest(y, pixels[i][j]), || {
            let got = format!("{y} for blue {b}, green {g}, red {r} in row {i}, column {j}");
            Broken::answer(got, format!("{exact}, rounded"), look)
        })?;
    }
    Ok(())
}

#[test]
fn full_red_is_76_and_full_blue_is_29() {
    example(|| {
        let bgr = array![[[0, 0, 255], [255, 0, 0], [0, 255, 0]]];
        let got = to_gray(bgr.view()).accepted("to_gray([[red, blue, green]])")?;
        let look = "OpenCV's order is blue, green, red: which channel is bgr[(i, j, 0)]? The eye finds \
            green brightest.";
        equal("to_gray([[red, blue, green]])", got, array![[76, 29, 150]], look)
    });
}

#[test]
fn each_pixel_is_the_weighted_sum_rounded() {
    for_all("pixels", pixels()).holds(|pixels| {
        let look = "0.299·R + 0.587·G + 0.114·B, rounded once, at the end. Is the sum too large for a byte \
            on the way?";
        all_nearest(&to_gray(image(pixels).view()).accepted(CALL)?, pixels, look)
    });
}

#[test]
fn gray_in_color_stays_as_bright_as_it_was() {
    for_all("value", any::<u8>()).cases(64).holds(|&value| {
        let got = to_gray(Array3::from_elem((1, 2, 3), value).view()).accepted(CALL)?;
        let look =
            "The weights sum to 1. If a value comes out one lower: is it cut where it should be rounded?";
        equal("to_gray of two pixels with three equal channels", got, array![[value, value]], look)
    });
}

#[test]
fn an_image_may_lie_in_memory_in_any_order() {
    for_all("pixels", pixels()).cases(64).holds(|pixels| {
        // Stored red, green, blue and column by column; as a view it is what the documentation says.
        let mut stored = image(pixels).permuted_axes([1, 0, 2]).as_standard_layout().into_owned();
        let mut channels = stored.clone();
        for k in 0..3 {
            channels.index_axis_mut(Axis(2), k).assign(&stored.index_axis(Axis(2), 2 - k));
        }
        stored = channels;
        let mut view = stored.view().permuted_axes([1, 0, 2]);
        view.invert_axis(Axis(2));
        let look = "Ask the view for bgr[(i, j, channel)]; the bytes behind it may lie in another order.";
        all_nearest(&to_gray(view).accepted(CALL)?, pixels, look)
    });
}

#[test]
fn no_pixels_and_other_numbers_of_channels_are_rejected() {
    example(|| {
        for shape in [(0, 0, 3), (0, 4, 3), (4, 0, 3), (0, 4, 2)] {
            let call = format!("to_gray of {shape:?}");
            let look = "Rows times columns is 0: there is nothing to look at, before you ask for channels.";
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(&call, to_gray(Array3::zeros(shape).view()), want, look)?;
        }
        for got in [0, 1, 2, 4] {
            let call = format!("to_gray of 2×2 pixels with {got} channels");
            let look = "Three channels or none of your business: a fourth would be cut, a missing one read \
                past the end.";
            let want = InputError::Channels { got, wanted: 3 };
            rejected(&call, to_gray(Array3::zeros((2, 2, got)).view()), want, look)?;
        }
        Ok(())
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn opencv_differs_by_one_at_most() {
    use crate::m08_vision::oracle;
    for_all("pixels", pixels()).holds(|pixels| {
        let got = to_gray(image(pixels).view()).accepted(CALL)?;
        oracle::within(&got, &oracle::gray(&image(pixels)), 1)
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn on_a_photograph_opencv_differs_by_one_at_most() {
    use crate::m08_vision::oracle;
    example(|| {
        let photo = oracle::photo();
        oracle::within(&to_gray(photo.view()).accepted(CALL)?, &oracle::gray(&photo), 1)
    });
}
