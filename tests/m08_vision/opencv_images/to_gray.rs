use judge::any::vec;
use judge::{Answer, Broken, ensure, equal, example, for_all, rejected};
use katas::m08_vision::opencv_images::to_gray;
use kit::InputError;
use ndarray::Array3;
use opencv::core::{
    CV_8SC3, CV_8UC, CV_8UC1, CV_8UC3, CV_16SC3, CV_16UC3, CV_32FC3, CV_32SC3, CV_64FC3, Mat, Scalar,
};
use opencv::prelude::*;
use proptest::prelude::*;

use crate::m08_vision::images::shape;
use crate::m08_vision::oracle;

const CALL: &str = "to_gray(bgr)";

type Pixels = Vec<Vec<[u8; 3]>>;

/// Of any colors, of dark ones, or of bright ones only.
fn pixels() -> impl Strategy<Value = Pixels> + Send + Sync + Clone {
    let range = prop_oneof![2 => Just(0..=255_u8), 1 => Just(0..=9_u8), 1 => Just(240..=255_u8)];
    (shape(4), range).prop_flat_map(|([m, n], range)| {
        let pixel = [range.clone(), range.clone(), range];
        vec(vec(pixel, n), m)
    })
}

fn mat(pixels: &Pixels) -> Mat {
    let shape = (pixels.len(), pixels[0].len(), 3);
    oracle::color_mat(&Array3::from_shape_fn(shape, |(i, j, k)| pixels[i][j][k]))
}

fn filled(rows: i32, cols: i32, kind: i32) -> Mat {
    Mat::new_rows_cols_with_default(rows, cols, kind, Scalar::all(5.0)).unwrap_or_default()
}

/// Within one of the weighted sum: OpenCV counts in 32,768ths.
fn all_near(got: &Mat, pixels: &Pixels) -> Result<(), Broken> {
    equal("the type of the answer", got.typ(), CV_8UC1, "One channel of 8 bits: CV_8UC1.")?;
    let shape = (got.rows() as usize, got.cols() as usize);
    equal(
        "rows and columns",
        shape,
        (pixels.len(), pixels[0].len()),
        "The output has the size of the input.",
    )?;
    for ((i, j), y) in oracle::array::<u8>(got).indexed_iter() {
        let [b, g, r] = pixels[i][j].map(f64::from);
        let exact = 0.299 * r + 0.587 * g + 0.114 * b;
        ensure((f64::from(*y) - exact).abs() <= 1.0, || {
            let look = "OpenCV has a code for each order of channels; ours is blue, green, red.";
            let got = format!("{y} for blue {b}, green {g}, red {r} in row {i}, column {j}");
            Broken::answer(got, format!("{exact}, give or take 1"), look)
        })?;
    }
    Ok(())
}

#[test]
fn red_is_76_and_blue_is_29() {
    example(|| {
        let bgr = mat(&vec![vec![[0, 0, 255], [255, 0, 0], [0, 255, 0]]]);
        let got = oracle::array::<u8>(&to_gray(&bgr).accepted(CALL)?);
        let look = "COLOR_BGR2GRAY or COLOR_RGB2GRAY? OpenCV accepts either silently.";
        equal("to_gray([[red, blue, green]])", got, ndarray::array![[76, 29, 150]], look)
    });
}

#[test]
fn is_the_weighted_sum_within_1() {
    for_all("pixels", pixels())
        .cases(128)
        .holds(|pixels| all_near(&to_gray(&mat(pixels)).accepted(CALL)?, pixels));
}

#[test]
fn leaves_the_input_unchanged() {
    for_all("pixels", pixels()).cases(32).holds(|pixels| {
        let bgr = mat(pixels);
        to_gray(&bgr).accepted(CALL)?;
        let same = bgr.data_bytes().is_ok_and(|bytes| bytes.iter().eq(pixels.iter().flatten().flatten()));
        let look =
            "A `Mat` that is cloned by `Mat::copy` shares nothing; one that is wrapped shares its pixels.";
        ensure(same, || Broken::answer("the input image has changed", "unchanged", look))
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::opencv_images::to_gray;
        use opencv::core::{CV_8UC3, Mat, Scalar};
        use opencv::prelude::*;

        let red = Mat::new_rows_cols_with_default(2, 3, CV_8UC3, Scalar::new(0.0, 0.0, 255.0, 0.0)).unwrap();
        let gray = to_gray(&red).unwrap();
        assert_eq!((gray.typ(), *gray.at_2d::<u8>(1, 2).unwrap()), (opencv::core::CV_8UC1, 76));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_submatrices() {
        for_all("pixels", pixels()).cases(32).holds(|pixels| {
            let part = oracle::part(&mat(pixels));
            all_near(&to_gray(&part).accepted(CALL)?, pixels)
        });
    }

    #[test]
    fn rejects_other_types_and_empty_images() {
        example(|| {
            for empty in [Mat::default(), filled(0, 0, CV_8UC3), filled(0, 5, CV_8UC3), filled(5, 0, CV_8UC3)]
            {
                let call = format!("to_gray of {}×{} pixels", empty.rows(), empty.cols());
                let look = "OpenCV throws where there are no pixels. Check `empty()` first.";
                rejected(
                    &call,
                    to_gray(&empty).map(|_| "an image"),
                    InputError::TooFew { got: 0, wanted: 1 },
                    look,
                )?;
            }
            for (got, rows) in [(1, 2), (2, 2), (4, 2), (1, 300), (4, 3), (2, 41)] {
                let call = format!("to_gray of {rows}×2 pixels with {got} channels");
                let look = "With four channels OpenCV takes the fourth as alpha silently. Check \
                    `channels()` first.";
                let want = InputError::Channels { got, wanted: 3 };
                rejected(
                    &call,
                    to_gray(&filled(rows, 2, CV_8UC(got as i32))).map(|_| "an image"),
                    want,
                    look,
                )?;
            }
            for kind in [CV_8SC3, CV_16UC3, CV_16SC3, CV_32SC3, CV_32FC3, CV_64FC3] {
                let got = to_gray(&filled(2, 2, kind)).map(|gray| gray.typ());
                ensure(matches!(got, Err(InputError::Library { name: "OpenCV", .. })), || {
                    let want = "Err(Library { name: \"OpenCV\", … }): the pixels do not have 8 bits";
                    Broken::answer(
                        format!("{got:?} for pixels of type {kind}"),
                        want,
                        "Check the depth as well.",
                    )
                })?;
            }
            Ok(())
        });
    }
}
