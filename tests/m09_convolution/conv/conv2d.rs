use candle_core::Tensor;
use judge::{Answer, Broken, any, example, for_all, rejected, rounding};
use katas::m09_convolution::conv::conv2d;
use kit::InputError;
use ndarray::{Array3, Array4, s};

use super::super::arrays::{
    Case, NAMES, any_size, case, close_arrays, close_sums, columns_first, numbers, pixel, shown, tensor, wide,
};
use judge::any::sizes;

fn convolved(case: &Case) -> Result<Array3<f64>, Broken> {
    conv2d(case.x.view(), case.kernels.view(), case.stride, case.padding)
        .accepted("conv2d(x, kernels, stride, padding)")
}

/// Products of eighths up to 8, at most 27 of them: exact, whatever the order.
fn tolerance() -> f64 {
    rounding(32, 32.0 * 64.0)
}

#[test]
fn is_the_sum_of_the_definition() {
    for_all(NAMES, case()).holds(|case| {
        let look = "y[o, r, s] sums over all channels and over the window whose first row is r·stride − \
            padding. The kernel is not flipped.";
        close_arrays("conv2d(…)", &convolved(case)?, &case.convolved(&case.kernels), tolerance(), look)
    });
}

#[test]
fn is_the_sum_for_images_and_kernels_of_any_size() {
    for_all(NAMES, any_size()).cases(64).holds(|case| {
        let (absolute, terms) = (case.absolute(), case.kernels.len() / case.kernels.dim().0);
        let sizes = absolute.convolved(&absolute.kernels);
        let look = "Every channel, kernel, row and column counts, however many.";
        close_sums("conv2d(…)", &convolved(case)?, &case.convolved(&case.kernels), (terms, &sizes), look)
    });
}

#[test]
fn counts_stride_and_padding_for_the_same_image() {
    for_all(NAMES, case()).cases(64).holds(|case| {
        for (stride, padding) in [(0, 0), (1, 0), (0, 1)] {
            let (stride, padding) = (case.stride + stride, case.padding + padding);
            let case = Case { stride, padding, ..case.clone() };
            let look = "The same image once more, with a larger stride or more padding: nothing of the call \
                before is kept.";
            let call = format!("conv2d with stride {stride} and padding {padding}");
            close_arrays(&call, &convolved(&case)?, &case.convolved(&case.kernels), tolerance(), look)?;
        }
        Ok(())
    });
}

#[test]
fn agrees_with_candle() {
    for_all(NAMES, case()).cases(64).holds(|case| {
        // candle's `conv2d` takes kernels that are not square as well.
        let x = tensor(&case.x).unsqueeze(0).accepted("a batch of one")?;
        let y: Tensor =
            x.conv2d(&tensor(&case.kernels), case.padding, case.stride, 1, 1).accepted("candle's conv2d")?;
        let (rows, cols) = case.positions();
        let want =
            Array3::from_shape_vec((case.kernels.dim().0, rows, cols), numbers("candle's conv2d", &y)?);
        let look = "candle's `conv2d` gives the array on the right.";
        close_arrays("conv2d(…)", &convolved(case)?, &want.accepted("an array")?, tolerance(), look)
    });
}

#[test]
fn impulse_kernel_shifts_the_image() {
    for_all("x, i, j", (case(), 0..3_usize, 0..3_usize)).cases(128).holds(|(case, i, j)| {
        let mut kernel = Array4::zeros((1, case.x.dim().0, 3, 3));
        kernel[[0, 0, *i, *j]] = 1.0;
        let case = Case { kernels: kernel, stride: 1, padding: 1, x: case.x.clone() };
        let (rows, cols) = case.positions();
        let at = |out: usize, k: usize| (out + k) as isize - 1;
        let want =
            Array3::from_shape_fn((1, rows, cols), |(_, r, s)| pixel(&case.x, 0, at(r, *i), at(s, *j)));
        let look = "The 1 is at (i, j): y[r, s] is the pixel i − 1 below and j − 1 to the right, 0 outside. \
            If the shift has the opposite sign, the kernel is flipped.";
        close_arrays("conv2d with one 1, padding 1", &convolved(&case)?, &want, 0.0, look)
    });
}

#[test]
fn is_translation_equivariant() {
    for_all("x, kernels, _, _", case()).cases(128).holds(|case| {
        let (c, h, w) = case.x.dim();
        let base = Case { stride: 1, padding: 0, ..case.clone() };
        let mut shifted = Array3::zeros((c, h + 1, w + 1));
        shifted.slice_mut(s![.., 1.., 1..]).assign(&base.x);
        if base.kernels.dim().2 > h || base.kernels.dim().3 > w {
            return Ok(());
        }
        let (y, of_shifted) = (convolved(&base)?, convolved(&Case { x: shifted, ..base })?);
        let look = "The same kernel at all positions: a shift of the image shifts the output.";
        close_arrays(
            "the output of the shifted image, without its first row and column,",
            &of_shifted.slice(s![.., 1.., 1..]).to_owned(),
            &y,
            tolerance(),
            look,
        )
    });
}

#[test]
fn is_linear_in_the_kernels() {
    for_all("x, kernels, stride, padding, a", (case(), any::eighth())).cases(128).holds(|(case, a)| {
        let scaled = Case { kernels: case.kernels.mapv(|k| a * k), ..case.clone() };
        let want = convolved(case)?.mapv(|y| a * y);
        close_arrays(
            "conv2d with all kernels times a",
            &convolved(&scaled)?,
            &want,
            8.0 * tolerance(),
            "No bias, no activation function, no average: a weighted sum.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m09_convolution::conv::conv2d;
        use ndarray::array;
        let x = array![[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]];
        let difference = array![[[[1.0, -1.0]]]];
        let y = conv2d(x.view(), difference.view(), 1, 0).unwrap();
        assert_eq!(y, array![[[-1.0, -1.0], [-1.0, -1.0]]]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn nan_stays_in_its_windows() {
        example(|| {
            let mut x = Array3::zeros((1, 1, 5));
            x[[0, 0, 0]] = f64::NAN;
            let case = Case { x, kernels: Array4::ones((1, 1, 1, 2)), stride: 1, padding: 0 };
            let got: Vec<bool> = convolved(&case)?.iter().map(|y| y.is_nan()).collect();
            judge::equal(
                "where conv2d of [NaN, 0, 0, 0, 0] is NaN",
                got,
                vec![true, false, false, false],
                "It neither vanishes nor spreads to other windows.",
            )
        });
    }

    #[test]
    fn propagates_nan_and_infinity() {
        for_all(
            "x, kernels, stride, padding, k, \
            bad",
            (case(), 0..75_usize, any::not_finite()),
        )
        .cases(64)
        .holds(|(case, k, bad)| {
            let k = k % case.x.len();
            let ones = Case { kernels: Array4::ones(case.kernels.dim()), ..case.clone() };
            let (mut marked, mut bad_case) = (ones.clone(), ones);
            marked.x.iter_mut().enumerate().for_each(|(i, x)| *x = f64::from(u8::from(i == k)));
            bad_case.x.iter_mut().enumerate().for_each(|(i, x)| *x = if i == k { *bad } else { 0.0 });
            let same = |y: &f64| if bad.is_nan() { y.is_nan() } else { y == bad };
            let got: Vec<bool> = convolved(&bad_case)?.iter().map(same).collect();
            let want: Vec<bool> = marked.convolved(&marked.kernels).iter().map(|y| *y == 1.0).collect();
            let look = "In every channel: a NaN or an infinity appears in exactly the outputs whose \
                    windows cover it.";
            judge::equal(
                &format!("where conv2d of zeros with {bad} as pixel {k}, kernels of ones, has it"),
                got,
                want,
                look,
            )
        });
    }

    #[test]
    fn nan_and_infinity_are_those_of_the_definition() {
        let inputs = (case(), any::seed(), any::not_finite(), 0..3_usize);
        for_all("x, kernels, stride, padding, k, bad, where", inputs).holds(|(case, k, bad, place)| {
            let mut case = case.clone();
            // In the image, there with many kernel entries that are 0, or in a kernel without padding.
            let all: Vec<&mut f64> = if *place < 2 {
                if *place == 1 {
                    case.kernels.iter_mut().step_by(2).for_each(|k| *k = 0.0);
                }
                case.x.iter_mut().collect()
            } else {
                case.padding = 0;
                let (_, _, kh, kw) = case.kernels.dim();
                case.kernels = case
                    .kernels
                    .slice(s![.., .., ..kh.min(case.x.dim().1), ..kw.min(case.x.dim().2)])
                    .to_owned();
                case.kernels.iter_mut().collect()
            };
            let k = *k as usize % all.len();
            all.into_iter().nth(k).into_iter().for_each(|x| *x = *bad);
            let kind = |y: &f64| {
                if y.is_nan() {
                    "NaN"
                } else if *y == f64::INFINITY {
                    "∞"
                } else if *y == f64::NEG_INFINITY {
                    "−∞"
                } else {
                    "finite"
                }
            };
            let got: Vec<&str> = convolved(&case)?.iter().map(kind).collect();
            let want: Vec<&str> = case.convolved(&case.kernels).iter().map(kind).collect();
            let look = "0 times NaN or ∞ is NaN: do not skip kernel entries that are 0, and replace nothing.";
            judge::equal("which outputs of conv2d are finite", got, want, look)
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
        for_all(NAMES, case()).cases(64).holds(|case| {
            let other =
                Case { x: columns_first(&case.x), kernels: columns_first(&case.kernels), ..case.clone() };
            let look = "The same array in another memory layout, as after `permuted_axes`. Index the \
                entries; `as_slice` is None here, and `as_slice_memory_order` has another order.";
            close_arrays(
                "conv2d of an array with the first index running fastest",
                &convolved(&other)?,
                &convolved(case)?,
                tolerance(),
                look,
            )
        });
    }

    #[test]
    fn rejects_other_numbers_of_channels() {
        let inputs = sizes([1..=3, 1..=3, 1..=3, 2..=4, 1..=4], [103, 103, 41, 41, 41]);
        for_all("channels, own, kernels, height, width", inputs).cases(48).holds(
            |&[channels, own, o, kh, kw]| {
                let own = if own == channels { own + 1 } else { own };
                let (x, kernels) = (Array3::zeros((channels, kh + 1, kw)), Array4::zeros((o, own, kh, kw)));
                let want = InputError::Dimensions {
                    name: "kernels".to_owned(),
                    got: vec![o, own, kh, kw],
                    wanted: vec![o, channels, kh, kw],
                };
                let look = "Each kernel has as many channels as the image.";
                rejected(
                    "conv2d(x, kernels, 1, 0)",
                    shown(conv2d(x.view(), kernels.view(), 1, 0)),
                    want,
                    look,
                )
            },
        );
    }

    #[test]
    fn rejects_kernels_that_do_not_fit_and_zero_strides() {
        let inputs = sizes([1..=3, 1..=4, 1..=4, 0..=2, 1..=3], [41, 151, 151, 41, 151]);
        for_all("channels, rows, cols, padding, more", inputs).cases(48).holds(
            |&[c, rows, cols, padding, more]| {
                let ask = |kh: usize, kw: usize, stride| {
                    let (x, kernels) = (Array3::zeros((c, rows, cols)), Array4::zeros((2, c, kh, kw)));
                    shown(conv2d(x.view(), kernels.view(), stride, padding))
                };
                let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
                let look = "The errors of `output_size`, for the rows or for the columns.";
                let (high, broad) = (rows + 2 * padding + more, cols + 2 * padding + more);
                let want = rejection("kernel", high as f64, "at most the padded size");
                rejected(&format!("a kernel {high} high for {rows} rows"), ask(high, 1, 1), want, look)?;
                let want = rejection("kernel", broad as f64, "at most the padded size");
                rejected(&format!("a kernel {broad} wide for {cols} columns"), ask(1, broad, 1), want, look)?;
                for (kh, kw) in [(0, 1), (1, 0)] {
                    let want = rejection("kernel", 0.0, "at least 1");
                    rejected(&format!("a kernel of {kh}×{kw}"), ask(kh, kw, 1), want, look)?;
                }
                rejected("a stride of 0", ask(1, 1, 0), rejection("stride", 0.0, "at least 1"), look)
            },
        );
    }

    #[test]
    fn handles_all_sizes_and_magnitudes() {
        for_all(NAMES, wide()).cases(48).holds(|case| {
            let absolute = case.absolute();
            let sizes = absolute.convolved(&absolute.kernels);
            let terms = case.kernels.len() / case.kernels.dim().0;
            let look = "Every channel, kernel, row and column counts, whatever the magnitude of its numbers.";
            close_sums("conv2d(…)", &convolved(case)?, &case.convolved(&case.kernels), (terms, &sizes), look)
        });
    }
}
