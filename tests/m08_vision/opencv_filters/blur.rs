use judge::any::select;
use judge::{Answer, Broken, Verdict, ensure, equal, example, for_all, rejected};
use katas::m08_vision::opencv_filters::blur;
use kit::{Generator, InputError};
use ndarray::{Array2, Array3, Axis};
use opencv::core::{CV_8UC1, CV_8UC3, CV_64FC, Mat, Scalar};
use opencv::prelude::*;
use proptest::prelude::*;

use crate::m08_vision::{images, oracle};

const CALL: &str = "blur(image, size, sigma)";

fn sizes_and_sigmas() -> impl Strategy<Value = (usize, f64)> + Send + Sync + Clone {
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
    equal("rows and columns", got.dim(), want.dim(), "The output has the size of the input.")?;
    let far = got.indexed_iter().find(|(place, pixel)| (f64::from(**pixel) - want[*place]).abs() > most);
    ensure(far.is_none(), || {
        let (place, pixel) = far.unwrap_or(((0, 0), &0));
        let look = "GaussianBlur with this size and this σ. OpenCV's `blur` is a box filter.";
        let wanted = format!("{:.2}, give or take {most}", want[place]);
        Broken::answer(format!("{pixel} in row and column {place:?}"), wanted, look)
    })
}

#[test]
fn is_the_gaussian_filter_with_mirrored_border() {
    for_all("image, size, sigma", (images::any_gray(6), sizes_and_sigmas())).holds(
        |(image, (size, sigma))| {
            let image = images::gray(image);
            let got = blur(&oracle::mat(&image), *size, *sigma).accepted(CALL)?;
            equal("the type of the answer", got.typ(), CV_8UC1, "The type of the input.")?;
            all_near(&oracle::array(&got), &defined(&image, *size, *sigma), *size)
        },
    );
}

#[test]
fn blurs_each_channel_separately() {
    let three = || [images::any_gray(1), images::any_gray(1), images::any_gray(1)];
    let drawn = (three(), three(), sizes_and_sigmas());
    for_all("left blue, left green, left red, right blue, right green, right red, size, sigma", drawn)
        .cases(64)
        .holds(|(left, right, (size, sigma))| {
            let pixels = [left, right].map(|it| [0, 1, 2].map(|k: usize| it[k][(0, 0)] as u8));
            let image = Array3::from_shape_fn((1, 2, 3), |(_, j, k)| pixels[j][k]);
            let got = blur(&oracle::color_mat(&image), *size, *sigma).accepted(CALL)?;
            equal("the type of the answer", got.typ(), CV_8UC3, "A color image stays a color image.")?;
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
fn blurs_images_of_any_size() {
    let kernel = (
        select(vec![1_usize, 3, 5, 7, 9, 13, 17, 41, 67, 101, 253]),
        (1..=80_i32).prop_map(|k| f64::from(k) / 4.0),
    );
    let inputs = (images::shape(6), kernel, any::<u64>());
    for_all("rows, cols, size, sigma, seed", inputs).cases(64).holds(
        |&([rows, cols], (size, sigma), seed)| {
            let mut generator = Generator::from_seed(seed);
            let image = Array3::from_shape_simple_fn((rows, cols, 3), || generator.below(256) as u8);
            let given = oracle::color_mat(&image);
            let got = blur(&given, size, sigma).accepted(CALL)?;
            equal("rows and columns", [got.rows(), got.cols()], [rows as i32, cols as i32], "As the image.")?;
            let bytes = got.data_bytes().map(<[u8]>::to_vec).unwrap_or_default();
            for channel in 0..3 {
                let given = image.index_axis(Axis(2), channel).to_owned();
                // As bytes, or as numbers that are rounded in the end.
                let (in_bytes, exact) = (
                    oracle::blur_bytes(&given, size, sigma),
                    oracle::blur(&given.mapv(f64::from), size, sigma),
                );
                for (at, want) in in_bytes.indexed_iter() {
                    let pixel = f64::from(bytes[(at.0 * cols + at.1) * 3 + channel]);
                    let near = (pixel - f64::from(*want)).abs() <= 2.0 || (pixel - exact[at]).abs() <= 2.0;
                    ensure(near, || {
                        let look = "Every row, column and channel, with the whole kernel.";
                        let got = format!("{pixel} in row and column {at:?}, channel {channel}");
                        Broken::answer(got, format!("{want} as in OpenCV, give or take 2"), look)
                    })?;
                }
            }
            Ok(())
        },
    );
}

#[test]
fn keeps_constant_images() {
    for_all("value, size, sigma", (any::<u8>(), sizes_and_sigmas())).cases(64).holds(
        |(value, (size, sigma))| {
            for (shape, size) in [((1, 1), *size), ((2, 5), *size), ((2, 3), 255)] {
                let image = Array2::from_elem(shape, *value);
                let got = blur(&oracle::mat(&image), size, *sigma).accepted(CALL)?;
                let look = "The weights sum to 1. A kernel may be larger than the image.";
                equal("the blur of a constant image", oracle::array::<u8>(&got), image, look)?;
            }
            Ok(())
        },
    );
}

#[test]
fn leaves_the_input_unchanged() {
    for_all("image", images::any_gray(4)).cases(32).holds(|image| {
        let image = images::gray(image);
        let given = oracle::mat(&image);
        blur(&given, 3, 1.0).accepted(CALL)?;
        equal("the input image", oracle::array::<u8>(&given), image, "Write into a new `Mat`.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::opencv_filters::blur;
        use opencv::core::{CV_8UC1, Mat, Scalar};
        use opencv::prelude::*;

        let even = Mat::new_rows_cols_with_default(4, 5, CV_8UC1, Scalar::all(7.0)).unwrap();
        assert_eq!(*blur(&even, 3, 0.8).unwrap().at_2d::<u8>(0, 0).unwrap(), 7);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_invalid_sizes_and_sigma() {
        example(|| {
            for (rows, odd) in [(3, 3), (41, 1), (7, 255)] {
                let image = oracle::mat(&Array2::<u8>::ones((rows, 3)));
                let asked = |size, sigma| blur(&image, size, sigma).map(|_| "an image");
                for size in [2, 4, 6, 12, 40, 152, 254] {
                    let look = "An even size has no center.";
                    rejected(
                        &format!("blur(image, {size}, 1.0)"),
                        asked(size, 1.0),
                        InputError::NotOdd { name: "size", got: size },
                        look,
                    )?;
                }
                for size in [257, 301, 1001, 65_537, 100_001, usize::MAX] {
                    let look = "A huge size takes hours, and a size must fit an `i32` as well.";
                    let want = InputError::OutOfRange { name: "size", got: size as f64, wanted: "1 to 255" };
                    rejected(&format!("blur(image, {size}, 1.0)"), asked(size, 1.0), want, look)?;
                }
                for got in [0.0, -1.0, -0.25, -1e-100, -1e300] {
                    let look = "For σ ≤ 0 OpenCV chooses a σ itself. Here that is an error.";
                    let want = InputError::OutOfRange { name: "sigma", got, wanted: "above 0" };
                    rejected(&format!("blur(image, {odd}, {got:?})"), asked(odd, got), want, look)?;
                }
                for sigma in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                    let want = InputError::NotFinite { name: "sigma", index: 0 };
                    let call = format!("blur(image, {odd}, {sigma:?})");
                    rejected(&call, asked(odd, sigma), want, "Check before you call OpenCV.")?;
                }
            }
            let got = blur(&Mat::default(), 3, 1.0).map(|_| "an image");
            let look = "OpenCV throws where there are no pixels. Check `empty()` first.";
            rejected("blur of an empty image", got, InputError::TooFew { got: 0, wanted: 1 }, look)
        });
    }

    #[test]
    fn does_not_panic_on_errors_of_opencv() {
        for_all("channels", 1..=30_i32).cases(30).holds(|&channels| {
            let odd = Mat::new_rows_cols_with_default(3, 3, CV_64FC(channels), Scalar::all(1.0))
                .unwrap_or_default();
            // Whether OpenCV takes so many channels is left open; its error must be returned.
            let _either = blur(&odd, 3, 1.0).map(|_| ());
            Ok(())
        });
    }

    #[test]
    fn accepts_submatrices() {
        for_all("image", images::any_gray(6)).cases(24).holds(|image| {
            let whole = oracle::mat(&images::gray(image));
            let [got, want] = [blur(&oracle::part(&whole), 3, 1.0), blur(&whole, 3, 1.0)];
            let (got, want) = (got.accepted(CALL)?, want.accepted(CALL)?);
            let look = "The rows of a submatrix are not contiguous in memory: pass the `Mat` on as it is.";
            // OpenCV may look beyond a submatrix: its inner pixels are the same then, too.
            let (got, want) = (oracle::array::<u8>(&got), oracle::array::<u8>(&want));
            equal("rows and columns", got.dim(), want.dim(), look)?;
            let (rows, cols) = got.dim();
            let is_inner = |(i, j): (usize, usize)| i > 0 && j > 0 && i + 1 < rows && j + 1 < cols;
            let inner = |of: &Array2<u8>| -> Vec<u8> {
                of.indexed_iter().filter(|(at, _)| is_inner(*at)).map(|(_, pixel)| *pixel).collect()
            };
            equal("the inner pixels", inner(&got), inner(&want), look)
        });
    }

    #[test]
    fn accepts_the_largest_and_the_narrowest_kernel() {
        for_all("image, sigma", (images::any_gray(4), select(vec![1e-9, 1e-3, 0.1, 0.2]))).cases(32).holds(
            |(image, sigma)| {
                let image = images::gray(image);
                let got = blur(&oracle::mat(&image), 5, *sigma).accepted(CALL)?;
                let look = "One pixel away the weight is below 10⁻⁵: nothing changes. A small σ is valid.";
                equal("the blur by a narrow kernel", oracle::array::<u8>(&got), image.clone(), look)?;
                let call = "blur(image, 255, 2)";
                let got = blur(&oracle::mat(&image), 255, 2.0).accepted(call)?;
                // 15 weights of this kernel are 1/512 or more. Rounding the others drops less than 1/512 of each.
                all_near(&oracle::array(&got), &defined(&image, 15, 2.0), 15)
            },
        );
    }
}
