use judge::{Answer, Broken, any, equal, example, for_all, rejected, rounding};
use katas::m09_convolution::patches::im2col;
use kit::InputError;
use ndarray::{Array2, Array3, array};

use super::super::arrays::{Case, NAMES, any_size, case, close_arrays, columns_first, pixel, shown, wide};
use judge::any::sizes;

fn patches(case: &Case) -> Result<Array2<f64>, Broken> {
    let (_, _, height, width) = case.kernels.dim();
    im2col(case.x.view(), (height, width), case.stride, case.padding)
        .accepted("im2col(x, window, stride, padding)")
}

fn by_hand(case: &Case) -> Array2<f64> {
    let ((rows, cols), (_, channels, height, width)) = (case.positions(), case.kernels.dim());
    Array2::from_shape_fn((rows * cols, channels * height * width), |(patch, entry)| {
        let (c, i, j) = (entry / (height * width), entry / width % height, entry % width);
        let at = |out: usize, k: usize| (out * case.stride + k) as isize - case.padding as isize;
        pixel(&case.x, c, at(patch / cols, i), at(patch % cols, j))
    })
}

#[test]
fn rows_are_windows() {
    for_all(NAMES, case()).holds(|case| {
        let want = by_hand(case);
        let look = "Windows from left to right, then downwards; in each row channel after channel, each \
            channel row after row; 0 in the padding.";
        close_arrays("im2col with windows as large as the kernels", &patches(case)?, &want, 0.0, look)
    });
}

#[test]
fn has_every_window_of_images_of_any_size() {
    for_all(NAMES, any_size()).cases(128).holds(|case| {
        let look = "Every window has its row, the last one too, with every channel, row and column of it.";
        close_arrays(
            "im2col with windows as large as the kernels",
            &patches(case)?,
            &by_hand(case),
            0.0,
            look,
        )
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
            let call = format!("im2col with stride {stride} and padding {padding}");
            close_arrays(&call, &patches(&case)?, &by_hand(&case), 0.0, look)?;
        }
        Ok(())
    });
}

#[test]
fn times_the_kernels_is_the_convolution() {
    for_all(NAMES, case()).cases(128).holds(|case| {
        let ((rows, cols), (outputs, channels, height, width)) = (case.positions(), case.kernels.dim());
        let patches = patches(case)?;
        equal(
            "shape of the patches",
            patches.shape().to_vec(),
            vec![rows * cols, channels * height * width],
            "One row per window, one column per entry.",
        )?;
        let kernels =
            case.kernels.to_shape((outputs, channels * height * width)).accepted("kernels as rows")?;
        let y = patches.dot(&kernels.t());
        let got = Array3::from_shape_fn((outputs, rows, cols), |(o, r, s)| y[[r * cols + s, o]]);
        let look = "The entries of a row are in the order of a kernel, the rows in the order of the outputs.";
        close_arrays(
            "patches · kernelsᵀ",
            &got,
            &case.convolved(&case.kernels),
            rounding(32, 32.0 * 64.0),
            look,
        )
    });
}

#[test]
fn one_pixel_windows_list_the_pixels() {
    example(|| {
        let x = array![[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]];
        let got = im2col(x.view(), (1, 1), 1, 0).accepted("im2col(x, (1, 1), 1, 0)")?;
        let want = array![[1.0, 5.0], [2.0, 6.0], [3.0, 7.0], [4.0, 8.0]];
        close_arrays(
            "im2col(2×2×2, (1, 1), 1, 0)",
            &got,
            &want,
            0.0,
            "One row per pixel, one column per channel.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m09_convolution::patches::im2col;
        use ndarray::array;
        let x = array![[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]];
        let patches = im2col(x.view(), (2, 2), 1, 0).unwrap();
        assert_eq!(patches, array![[1.0, 2.0, 4.0, 5.0], [2.0, 3.0, 5.0, 6.0]]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_any_memory_layout() {
        for_all(NAMES, case()).cases(64).holds(|case| {
            let other = Case { x: columns_first(&case.x), ..case.clone() };
            let look = "The same array in another memory layout, as after `permuted_axes`. Index the \
                entries; `as_slice` is None here, and `as_slice_memory_order` has another order.";
            close_arrays(
                "im2col of an array with the first index running fastest",
                &patches(&other)?,
                &patches(case)?,
                0.0,
                look,
            )
        });
    }

    #[test]
    fn propagates_nan_and_infinity() {
        for_all("x, kernels, stride, padding, k, bad", (case(), 0..75_usize, any::not_finite()))
            .cases(64)
            .holds(|(case, k, bad)| {
                let (mut marked, mut bad_case) = (case.clone(), case.clone());
                let k = k % case.x.len();
                marked.x = Array3::from_shape_fn(case.x.dim(), |(c, i, j)| {
                    let (_, h, w) = case.x.dim();
                    f64::from(u8::from((c * h + i) * w + j == k))
                });
                bad_case.x.zip_mut_with(&marked.x, |x, mark| *x = if *mark == 1.0 { *bad } else { *x });
                let same = |x: &f64| if bad.is_nan() { x.is_nan() } else { x == bad };
                let got: Vec<bool> = patches(&bad_case)?.iter().map(same).collect();
                let want: Vec<bool> = patches(&marked)?.iter().map(|x| *x == 1.0).collect();
                let look = "NaN and infinity appear in the windows that cover them, unchanged.";
                equal(&format!("where im2col of an image with {bad} as pixel {k} has it"), got, want, look)
            });
    }

    #[test]
    fn without_channels_each_window_is_an_empty_row() {
        for_all("rows, cols, window", sizes([1..=4, 1..=4, 1..=3], [151, 151, 3])).cases(24).holds(
            |&[rows, cols, window]| {
                let (height, width) = (window.min(rows), window.min(cols));
                let got = im2col(Array3::zeros((0, rows, cols)).view(), (height, width), 1, 0)
                    .accepted("im2col of an image without channels")?;
                let want = ((rows - height + 1) * (cols - width + 1), 0);
                equal("rows and columns", got.dim(), want, "One row per window, however few entries it has.")
            },
        );
    }

    #[test]
    fn rejects_windows_that_do_not_fit_and_zero_strides() {
        let inputs = sizes([1..=3, 0..=4, 0..=4, 0..=2, 1..=3], [41, 151, 151, 41, 151]);
        for_all("channels, rows, cols, padding, more", inputs).cases(48).holds(
            |&[c, rows, cols, padding, more]| {
                let x = Array3::zeros((c, rows, cols));
                let ask = |window, stride| shown(im2col(x.view(), window, stride, padding));
                let rejection = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
                let look = "The errors of `output_size`, for the rows or for the columns.";
                let (high, broad) = (rows + 2 * padding + more, cols + 2 * padding + more);
                // Where nothing fits along the other axis either, that may be reported.
                if cols + padding > 0 {
                    let want = rejection("kernel", high as f64, "at most the padded size");
                    rejected(
                        &format!("a window {high} high for {rows} rows"),
                        ask((high, 1), 1),
                        want,
                        look,
                    )?;
                    let want = rejection("kernel", 0.0, "at least 1");
                    rejected("a window 0 high", ask((0, 1), 1), want, look)?;
                }
                if rows + padding > 0 {
                    let want = rejection("kernel", broad as f64, "at most the padded size");
                    rejected(
                        &format!("a window {broad} wide for {cols} columns"),
                        ask((1, broad), 1),
                        want,
                        look,
                    )?;
                    let want = rejection("kernel", 0.0, "at least 1");
                    rejected("a window 0 wide", ask((1, 0), 1), want, look)?;
                }
                if rows.min(cols) + padding > 0 {
                    rejected("a stride of 0", ask((1, 1), 0), rejection("stride", 0.0, "at least 1"), look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn handles_all_sizes_and_magnitudes() {
        for_all(NAMES, wide()).cases(48).holds(|case| {
            let look = "Every channel, row and column counts, and pixels are copied as they are.";
            close_arrays(
                "im2col with windows as large as the kernels",
                &patches(case)?,
                &by_hand(case),
                0.0,
                look,
            )
        });
    }
}
