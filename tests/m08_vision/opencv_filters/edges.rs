use judge::{Answer, Broken, ensure, equal, example, for_all, rejected};
use katas::m08_vision::opencv_filters::edges;
use kit::InputError;
use ndarray::Array2;
use opencv::core::{CV_8UC, CV_8UC1, CV_16UC1, Mat, Scalar};
use opencv::prelude::*;
use proptest::prelude::*;

use crate::m08_vision::{images, oracle};

const CALL: &str = "edges(gray, low, high)";

fn thresholds() -> impl Strategy<Value = (f64, f64)> + Send + Sync + Clone {
    // A magnitude that is a whole number is above 10.5 if it is above 10 and not 10.5.
    let part = || judge::any::select(vec![0.0, 0.5, 0.75]);
    let tens = |most: i32| judge::any::part(prop_oneof![3 => 0..=most, 1 => 0..=155_i32]);
    (tens(40), tens(60), part(), part()).prop_map(|(low, more, a, b)| {
        let (low, high) = (f64::from(10 * low) + a, f64::from(10 * (low + more)) + b);
        (low.min(high), high)
    })
}

/// Rows of dots and hashes.
fn picture(edges: &Array2<u8>) -> String {
    let line = |row: ndarray::ArrayView1<'_, u8>| -> String {
        row.iter().map(|pixel| if *pixel > 0 { '#' } else { '.' }).collect()
    };
    edges.rows().into_iter().map(line).collect::<Vec<_>>().join("\n")
}

fn edges_of(image: &Array2<u8>, low: f64, high: f64) -> Result<Array2<u8>, Broken> {
    let got = edges(&oracle::mat(image), low, high).accepted(CALL)?;
    equal("the type of the answer", got.typ(), CV_8UC1, "One channel of 8 bits: CV_8UC1.")?;
    let got = oracle::array::<u8>(&got);
    equal("rows and columns", got.dim(), image.dim(), "The output has the size of the input.")?;
    let look = "255 on edges and 0 elsewhere, as OpenCV returns them.";
    let odd = got.iter().find(|pixel| ![0, 255].contains(*pixel));
    ensure(odd.is_none(), || Broken::answer(format!("a pixel of {}", odd.unwrap_or(&0)), "0 or 255", look))?;
    Ok(got)
}

#[test]
fn a_step_has_one_line_of_edges() {
    example(|| {
        let step = Array2::from_shape_fn((4, 8), |(_, j)| if j < 4 { 20 } else { 120 });
        let got = edges_of(&step, 100.0, 200.0)?;
        let want = Array2::from_shape_fn((4, 8), |(_, j)| if j == 3 { 255 } else { 0 });
        let look = "OpenCV's own result: neither thickened nor inverted.";
        equal("a step to the right", format!("\n{}", picture(&got)), format!("\n{}", picture(&want)), look)
    });
}

#[test]
fn agrees_with_opencv() {
    for_all("scene, low, high", (images::scene(24), thresholds())).cases(128).holds(
        |(scene, (low, high))| {
            let image = scene.gray();
            let got = edges_of(&image, *low, *high)?;
            let want = oracle::canny(&image, *low, *high).mapv(|edge| if edge { 255 } else { 0 });
            ensure(got == want, || {
                let look = "The defaults: aperture 3, |gx| + |gy|, low before high, no blur.";
                Broken::answer(format!("\n{}", picture(&got)), format!("\n{}", picture(&want)), look)
            })
        },
    );
}

#[test]
fn agrees_with_opencv_on_images_of_any_size() {
    let faint =
        (0..=8_i32, 0..=8_i32).prop_map(|(low, more)| (f64::from(low) / 2.0, f64::from(low + more) / 2.0));
    let thresholds = prop_oneof![2 => thresholds(), 1 => faint];
    for_all("image, low, high", (images::wide_gray(), thresholds)).cases(128).holds(
        |(image, (low, high))| {
            let image = images::gray(image);
            let given = oracle::mat(&image);
            let got = oracle::array::<u8>(&edges(&given, *low, *high).accepted(CALL)?);
            let want = oracle::canny(&image, *low, *high).mapv(|edge| if edge { 255 } else { 0 });
            ensure(got == want, || {
                let look = "Every row and column, and the thresholds as they are given.";
                Broken::answer(format!("\n{}", picture(&got)), format!("\n{}", picture(&want)), look)
            })
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::opencv_filters::edges;
        use opencv::core::Mat;
        use opencv::prelude::*;

        let step = Mat::from_slice_2d(&[[0_u8, 0, 0, 90, 90, 90], [0, 0, 0, 90, 90, 90]]).unwrap();
        assert_eq!(
            edges(&step, 100.0, 200.0).unwrap().data_typed::<u8>().unwrap()[..6],
            [0, 0, 255, 0, 0, 0]
        );
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn thresholds_are_exact() {
        for_all(
            "h, the fraction of 1 by which the thresholds are lower",
            (1..=235_u8, judge::any::select(vec![0.0, 0.25, 0.5, 0.75])),
        )
        .cases(96)
        .holds(|&(h, less)| {
            let step = Array2::from_shape_fn((4, 8), |(_, j)| if j < 4 { 20 } else { 20 + h });
            let bound = 4.0 * f64::from(h) - less;
            let got = edges_of(&step, bound, bound)?;
            let want = Array2::from_shape_fn((4, 8), |(_, j)| if j == 3 && less > 0.0 { 255 } else { 0 });
            let look = "Do not round the thresholds: 7.5 is neither 7 nor 8.";
            let call = format!("a step of {h} with both thresholds {bound}");
            equal(&call, format!("\n{}", picture(&got)), format!("\n{}", picture(&want)), look)
        });
    }

    #[test]
    fn an_edge_continues_where_it_is_above_low() {
        // Columns of two steps, the steeper one in the upper rows; thresholds at and next to the magnitudes of both.
        let shift = || judge::any::select(vec![-1.0, -0.5, 0.0, 0.5, 1.0]);
        let heights = (2..=200_u8, 1..=55_u8, shift(), shift());
        for_all("h, more, by which low and high are off", heights).cases(128).holds(
            |&(h, more, off_low, off_high)| {
                let steep = |i: usize| if i < 3 { h + more } else { h };
                let step = Array2::from_shape_fn((6, 6), |(i, j)| if j < 3 { 0 } else { steep(i) });
                let (low, high) = (4.0 * f64::from(h) + off_low, 4.0 * f64::from(h + more) + off_high);
                let got = edges_of(&step, low.min(high), high)?;
                let want = oracle::canny(&step, low.min(high), high).mapv(|edge| if edge { 255 } else { 0 });
                let look =
                    "An edge begins where m > high and continues where m > low; at equality it does not.";
                let call = format!("steps of {} and {h}, low = {low}, high = {high}", h + more);
                equal(&call, format!("\n{}", picture(&got)), format!("\n{}", picture(&want)), look)
            },
        );
    }

    #[test]
    fn constant_images_have_no_edges() {
        for_all("rows, cols, value", (1..=4_usize, 1..=4_usize, any::<u8>())).cases(48).holds(
            |&(rows, cols, value)| {
                let got = edges_of(&Array2::from_elem((rows, cols), value), 0.0, 0.0)?;
                let look = "m must be above low, and here it is 0 everywhere.";
                equal("the number of edges", got.iter().filter(|pixel| **pixel > 0).count(), 0, look)
            },
        );
    }

    #[test]
    fn accepts_huge_thresholds() {
        for_all("scene, high", (images::scene(12), prop_oneof![Just(1530.0), Just(1e10), Just(1e300)]))
            .cases(32)
            .holds(|(scene, high)| {
                let low = [0.0, 1.0, *high][scene.rows % 3];
                let got = edges_of(&scene.gray(), low, *high)?;
                let look = "OpenCV converts the thresholds to `int`, and a huge one overflows. No \
                    gradient magnitude is above 1530.";
                equal("the number of edges", got.iter().filter(|pixel| **pixel > 0).count(), 0, look)
            });
    }

    #[test]
    fn rejects_invalid_thresholds_and_images() {
        example(|| {
            let image = oracle::mat(&Array2::<u8>::ones((3, 3)));
            let edges_with = |low, high| edges(&image, low, high).map(|_| "edges");
            for (low, high) in
                [(2.0, 1.0), (-1.0, 1.0), (0.0, -1.0), (1e-9, 0.0), (1e300, 1e299), (-1e-9, 1e9)]
            {
                let call = format!("edges(3×3 image, {low:?}, {high:?})");
                let look = "OpenCV swaps thresholds in the wrong order silently.";
                let want = InputError::OutOfRange { name: "low", got: low, wanted: "0 to high" };
                rejected(&call, edges_with(low, high), want, look)?;
            }
            for (low, high, name) in [
                (f64::NAN, 1.0, "low"),
                (1.0, f64::NAN, "high"),
                (1.0, f64::INFINITY, "high"),
                (f64::NEG_INFINITY, 1.0, "low"),
                (f64::INFINITY, 1.0, "low"),
                (0.0, f64::NEG_INFINITY, "high"),
            ] {
                let call = format!("edges(3×3 image, {low:?}, {high:?})");
                rejected(
                    &call,
                    edges_with(low, high),
                    InputError::NotFinite { name, index: 0 },
                    "NaN and ∞ are no thresholds.",
                )?;
            }
            let look = "OpenCV throws where there are no pixels. Check `empty()` first.";
            let got = edges(&Mat::default(), 1.0, 2.0).map(|_| "edges");
            rejected("edges of an empty image", got, InputError::TooFew { got: 0, wanted: 1 }, look)?;
            let filled =
                |kind| Mat::new_rows_cols_with_default(3, 3, kind, Scalar::all(1.0)).unwrap_or_default();
            let look = "OpenCV takes a color image and uses its strongest channel: other edges than those \
                of the gray image.";
            for got in [2, 3, 4] {
                let want = InputError::Channels { got, wanted: 1 };
                let image = filled(CV_8UC(got as i32));
                let call = format!("edges of an image with {got} channels");
                rejected(&call, edges(&image, 1.0, 2.0).map(|_| "edges"), want, look)?;
            }
            let got = edges(&filled(CV_16UC1), 1.0, 2.0).map(|_| "edges");
            ensure(matches!(got, Err(InputError::Library { name: "OpenCV", .. })), || {
                let want = "Err(Library { name: \"OpenCV\", … }): pixels of 16 bits";
                Broken::answer(format!("{got:?}"), want, "Return the error of OpenCV.")
            })
        });
    }
}
