use judge::any::vec;
use judge::{Answer, Broken, ensure, equal, example, for_all, rejected};
use katas::m08_vision::colour::to_gray;
use kit::InputError;
use ndarray::{Array2, Array3, Axis, array};
use proptest::prelude::*;

use crate::m08_vision::images::shape;

const CALL: &str = "to_gray(bgr)";

/// Rows of pixels, each blue, green, red.
fn pixels() -> impl Strategy<Value = Vec<Vec<[u8; 3]>>> + Send + Sync + Clone {
    shape(4).prop_flat_map(|[rows, cols]| vec(vec(any::<[u8; 3]>(), cols), rows))
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
        "The shape is rows × columns.",
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
fn red_is_76_and_blue_is_29() {
    example(|| {
        let bgr = array![[[0, 0, 255], [255, 0, 0], [0, 255, 0]]];
        let got = to_gray(bgr.view()).accepted("to_gray([[red, blue, green]])")?;
        let look = "OpenCV's order is blue, green, red: which channel is bgr[(i, j, 0)]?";
        equal("to_gray([[red, blue, green]])", got, array![[76, 29, 150]], look)
    });
}

#[test]
fn is_the_rounded_weighted_sum() {
    for_all("pixels", pixels()).holds(|pixels| {
        let look = "0.299·R + 0.587·G + 0.114·B, rounded once, at the end. Is the sum too large for a byte \
            on the way?";
        all_nearest(&to_gray(image(pixels).view()).accepted(CALL)?, pixels, look)
    });
}

#[test]
fn equal_channels_keep_their_value() {
    example(|| {
        let all = Array3::from_shape_fn((1, 256, 3), |(_, value, _)| value as u8);
        let got = to_gray(all.view()).accepted(CALL)?;
        let look = "The weights sum to 1. If a value is 1 too low: is it truncated instead of rounded?";
        let want = Array2::from_shape_fn((1, 256), |(_, value)| value as u8);
        equal("to_gray of pixels with three equal channels, from 0 to 255", got, want, look)
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv_within_1() {
    use crate::m08_vision::oracle;
    for_all("pixels", pixels()).holds(|pixels| {
        let got = to_gray(image(pixels).view()).accepted(CALL)?;
        oracle::within(&got, &oracle::gray(&image(pixels)), 1)
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv_on_a_photograph() {
    use crate::m08_vision::oracle;
    example(|| {
        let photo = oracle::photo();
        oracle::within(&to_gray(photo.view()).accepted(CALL)?, &oracle::gray(&photo), 1)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::colour::to_gray;
        use ndarray::array;

        let white_blue_red = array![[[255, 255, 255], [255, 0, 0], [0, 0, 255]]];
        assert_eq!(to_gray(white_blue_red.view()), Ok(array![[255, 29, 76]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rounds_rightly_next_to_a_half() {
        example(|| {
            // 0.299·R + 0.587·G + 0.114·B is 0.499 or 0.501 away from a whole number.
            let colors = (0..256_u16).step_by(5).flat_map(|b| {
                (0..256).flat_map(move |g| (0..256).step_by(7).map(move |r| [b as u8, g as u8, r as u8]))
            });
            let thousandths =
                |[b, g, r]: [u8; 3]| 299 * u32::from(r) + 587 * u32::from(g) + 114 * u32::from(b);
            let next_to_a_half = |color: &[u8; 3]| matches!(thousandths(*color) % 1000, 499 | 501);
            let row: Vec<[u8; 3]> =
                [[226, 0, 163]].into_iter().chain(colors.filter(next_to_a_half)).collect();
            let pixels = [row];
            let look =
                "Weights with three decimals, rounded once: do approximations of the weights decide here?";
            all_nearest(&to_gray(image(&pixels).view()).accepted(CALL)?, &pixels, look)
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
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
            let look = "Index the view as bgr[(i, j, channel)]; its bytes may be in another order in memory.";
            all_nearest(&to_gray(view).accepted(CALL)?, pixels, look)
        });
    }

    #[test]
    fn rejects_empty_images_and_wrong_channels() {
        example(|| {
            for shape in [(0, 0, 3), (0, 4, 3), (4, 0, 3), (0, 300, 3), (300, 0, 3)] {
                let call = format!("to_gray of {shape:?}");
                let look = "Rows times columns is 0: the image has no pixels.";
                let want = InputError::TooFew { got: 0, wanted: 1 };
                rejected(&call, to_gray(Array3::zeros(shape).view()), want, look)?;
            }
            for (got, rows) in [(0, 2), (1, 2), (2, 2), (4, 2), (4, 3), (1, 300), (2, 3), (6, 2), (12, 1)] {
                let call = format!("to_gray of {rows}×2 pixels with {got} channels");
                let look =
                    "Exactly three channels: a fourth would be ignored, a missing one read past the end.";
                let want = InputError::Channels { got, wanted: 3 };
                rejected(&call, to_gray(Array3::zeros((rows, 2, got)).view()), want, look)?;
            }
            Ok(())
        });
    }
}
