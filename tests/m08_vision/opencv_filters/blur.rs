use judge::{Answer, Broken, Verdict, ensure, equal, example, for_all, rejected};
use katas::m08_vision::opencv_filters::blur;
use kit::InputError;
use ndarray::{Array2, Array3};
use opencv::core::{CV_8UC1, CV_8UC3, CV_64FC, Mat, Scalar};
use opencv::prelude::*;
use proptest::prelude::*;
use proptest::sample::select;

use crate::m08_vision::{images, oracle};

const CALL: &str = "blur(image, size, sigma)";

fn bells() -> impl Strategy<Value = (usize, f64)> + Send + Sync + Clone {
    ((0..=3_usize).prop_map(|c| 2 * c + 1), (3..=12_i32).prop_map(|k| f64::from(k) / 4.0))
}

/// The blur by its definition, with a mirror on the outermost pixels.
fn defined(image: &Array2<u8>, size: usize, sigma: f64) -> Array2<f64> {
    let c = (size / 2) as isize;
    let weight = |k: isize| (-((k - c) as f64).powi(2) / (2.0 * sigma * sigma)).exp();
    let total: f64 = (0..size as isize).map(weight).sum();
    let inside = |i: isize, n: usize| {
        let (period, n) = ((2 * n as isize - 2).max(1), n as isize);
        let k = i.rem_euclid(period);
        k.min(period - k).min(n - 1) as usize
    };
    let (rows, cols) = image.dim();
    Array2::from_shape_fn((rows, cols), |(i, j)| {
        let mut sum = 0.0;
        for k in 0..size as isize {
            for l in 0..size as isize {
                let place = (inside(i as isize + k - c, rows), inside(j as isize + l - c, cols));
                sum += weight(k) * weight(l) / (total * total) * f64::from(image[place]);
            }
        }
        sum
    })
}

/// OpenCV rounds each weight along an axis to a 256th: that moves a byte by up to 255/512 for each of the `size` weights of
/// both axes. The last half is the rounding of the byte.
fn all_near(got: &Array2<u8>, want: &Array2<f64>, size: usize) -> Verdict {
    let most = size as f64 + 0.5;
    equal("rows and columns", got.dim(), want.dim(), "As many as there were.")?;
    let far = got.indexed_iter().find(|(place, pixel)| (f64::from(**pixel) - want[*place]).abs() > most);
    ensure(far.is_none(), || {
        let (place, pixel) = far.unwrap_or(((0, 0), &0));
        let look =
            "GaussianBlur with this size and this σ. A box that only averages is `blur` in OpenCV's words.";
        let wanted = format!("{:.2}, give or take {most}", want[place]);
        Broken::answer(format!("{pixel} in row and column {place:?}"), wanted, look)
    })
}

#[test]
fn it_is_the_bell_laid_on_the_mirrored_image() {
    for_all("image, size, sigma", (images::any_gray(6), bells())).holds(|(image, (size, sigma))| {
        let image = images::gray(image);
        let got = blur(&oracle::mat(&image), *size, *sigma).accepted(CALL)?;
        equal("the type of the answer", got.typ(), CV_8UC1, "The type that came.")?;
        all_near(&oracle::array(&got), &defined(&image, *size, *sigma), *size)
    });
}

#[test]
fn each_channel_is_blurred_by_itself() {
    let three = || [images::any_gray(1), images::any_gray(1), images::any_gray(1)];
    let drawn = (three(), three(), bells());
    for_all("left blue, left green, left red, right blue, right green, right red, size, sigma", drawn)
        .cases(64)
        .holds(|(left, right, (size, sigma))| {
            let pixels = [left, right].map(|it| [0, 1, 2].map(|k: usize| it[k][(0, 0)] as u8));
            let image = Array3::from_shape_fn((1, 2, 3), |(_, j, k)| pixels[j][k]);
            let got = blur(&oracle::color_mat(&image), *size, *sigma).accepted(CALL)?;
            equal("the type of the answer", got.typ(), CV_8UC3, "A color image stays one.")?;
            let bytes = got.data_bytes().map(<[u8]>::to_vec).unwrap_or_default();
            for channel in 0..3 {
                let got = Array2::from_shape_fn((1, 2), |(_, j)| bytes[3 * j + channel]);
                let want = Array2::from_shape_fn((1, 2), |(_, j)| pixels[j][channel]);
                all_near(&got, &defined(&want, *size, *sigma), *size)?;
            }
            Ok(())
        });
}

#[test]
fn an_even_image_and_a_single_pixel_stay() {
    for_all("value, size, sigma", (any::<u8>(), bells())).cases(64).holds(|(value, (size, sigma))| {
        for (shape, size) in [((1, 1), *size), ((2, 5), *size), ((2, 3), 255)] {
            let image = Array2::from_elem(shape, *value);
            let got = blur(&oracle::mat(&image), size, *sigma).accepted(CALL)?;
            let look = "The weights sum to 1. A bell larger than the image is no hindrance.";
            equal("the blur of an even image", oracle::array::<u8>(&got), image, look)?;
        }
        Ok(())
    });
}

#[test]
fn the_largest_bell_and_the_narrowest_are_bells() {
    for_all("image, sigma", (images::any_gray(4), select(vec![1e-9, 1e-3, 0.1, 0.2]))).cases(32).holds(
        |(image, sigma)| {
            let image = images::gray(image);
            let got = blur(&oracle::mat(&image), 5, *sigma).accepted(CALL)?;
            let look = "One pixel away such a bell is below 10⁻⁵: nothing changes. A small σ is no mistake.";
            equal("the blur by a narrow bell", oracle::array::<u8>(&got), image.clone(), look)?;
            let call = "blur(image, 255, 2)";
            let got = blur(&oracle::mat(&image), 255, 2.0).accepted(call)?;
            // 15 weights of this bell are a 512th or more. Whoever rounds the others drops less than a 512th of each.
            all_near(&oracle::array(&got), &defined(&image, 15, 2.0), 15)
        },
    );
}

#[test]
fn sigma_is_asked_before_the_size() {
    example(|| {
        let image = oracle::mat(&Array2::<u8>::ones((3, 3)));
        let look = "Of several reasons the one that stands first in the list is told: pixels, σ, the size, \
            whether it is odd.";
        for size in [0, 2, 256] {
            let asked = |image: &Mat, sigma| blur(image, size, sigma).map(|_| "an image");
            let call = |sigma: f64| format!("blur(image, {size}, {sigma:?})");
            for sigma in [f64::NEG_INFINITY, f64::NAN] {
                let want = InputError::NotFinite { name: "sigma", index: 0 };
                rejected(&call(sigma), asked(&image, sigma), want, look)?;
            }
            let want = InputError::OutOfRange { name: "sigma", got: -1.0, wanted: "above 0" };
            rejected(&call(-1.0), asked(&image, -1.0), want, look)?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("blur of an empty image", asked(&Mat::default(), -1.0), want, look)?;
        }
        Ok(())
    });
}

#[test]
fn the_image_that_was_given_stays_sharp() {
    for_all("image", images::any_gray(4)).cases(32).holds(|image| {
        let image = images::gray(image);
        let given = oracle::mat(&image);
        blur(&given, 3, 1.0).accepted(CALL)?;
        equal(
            "the image that was given",
            oracle::array::<u8>(&given),
            image,
            "Write into a `Mat` of its own.",
        )
    });
}

#[test]
fn sizes_widths_and_images_that_are_none_are_rejected() {
    example(|| {
        let image = oracle::mat(&Array2::<u8>::ones((3, 3)));
        let asked = |size, sigma| blur(&image, size, sigma).map(|_| "an image");
        for size in [2, 4, 254] {
            let look = "An even bell has no middle.";
            rejected(
                &format!("blur(image, {size}, 1.0)"),
                asked(size, 1.0),
                InputError::NotOdd { name: "size", got: size },
                look,
            )?;
        }
        for size in [0, 256, 257, 100_001, usize::MAX] {
            let look = "OpenCV takes 0 as “choose for me”, and a huge size as work for hours. A size must \
                fit an `i32` as well.";
            let want = InputError::OutOfRange { name: "size", got: size as f64, wanted: "1 to 255" };
            rejected(&format!("blur(image, {size}, 1.0)"), asked(size, 1.0), want, look)?;
        }
        for got in [0.0, -1.0] {
            let look = "OpenCV takes 0 and less as “choose for me”. Whoever asks for it has made a mistake.";
            let want = InputError::OutOfRange { name: "sigma", got, wanted: "above 0" };
            rejected(&format!("blur(image, 3, {got:?})"), asked(3, got), want, look)?;
        }
        for sigma in [f64::NAN, f64::INFINITY] {
            let want = InputError::NotFinite { name: "sigma", index: 0 };
            rejected(
                &format!("blur(image, 3, {sigma:?})"),
                asked(3, sigma),
                want,
                "Ask before OpenCV does.",
            )?;
        }
        let got = blur(&Mat::default(), 3, 1.0).map(|_| "an image");
        let look = "OpenCV throws where there are no pixels. Ask `empty()` first.";
        rejected("blur of an empty image", got, InputError::TooFew { got: 0, wanted: 1 }, look)
    });
}

#[test]
fn nothing_that_opencv_throws_gets_out() {
    for_all("channels", 1..=30_i32).cases(30).holds(|&channels| {
        let odd =
            Mat::new_rows_cols_with_default(3, 3, CV_64FC(channels), Scalar::all(1.0)).unwrap_or_default();
        // Whether OpenCV takes so many channels is its business; that it is heard is ours.
        let _either = blur(&odd, 3, 1.0).map(|_| ());
        Ok(())
    });
}
