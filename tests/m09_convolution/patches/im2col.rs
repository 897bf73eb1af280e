use judge::{Answer, Broken, equal, example, for_all, refused, rounding};
use katas::m09_convolution::patches::im2col;
use kit::InputError;
use ndarray::{Array2, Array3, array};

use super::super::arrays::{Case, NAMES, case, close_arrays, pixel, shown};

fn patches(case: &Case) -> Result<Array2<f64>, Broken> {
    let (_, _, height, width) = case.kernels.dim();
    im2col(case.x.view(), (height, width), case.stride, case.padding)
        .accepted("im2col(x, window, stride, padding)")
}

#[test]
fn each_row_is_a_window() {
    for_all(NAMES, case()).holds(|case| {
        let ((rows, cols), (_, channels, height, width)) = (case.places(), case.kernels.dim());
        let want = Array2::from_shape_fn((rows * cols, channels * height * width), |(patch, entry)| {
            let (c, i, j) = (entry / (height * width), entry / width % height, entry % width);
            let at = |out: usize, k: usize| (out * case.stride + k) as isize - case.padding as isize;
            pixel(&case.x, c, at(patch / cols, i), at(patch % cols, j))
        });
        let look = "Windows from left to right, then downwards; in each row channel after channel, each row after row; 0 outside.";
        close_arrays("im2col with windows as large as the kernels", &patches(case)?, &want, 0.0, look)
    });
}

#[test]
fn times_the_kernels_it_is_the_convolution() {
    for_all(NAMES, case()).cases(128).holds(|case| {
        let ((rows, cols), (outputs, channels, height, width)) = (case.places(), case.kernels.dim());
        let patches = patches(case)?;
        equal("shape of the patches", patches.shape().to_vec(), vec![rows * cols, channels * height * width], "One row a window, one column an entry of it.")?;
        let kernels = case.kernels.to_shape((outputs, channels * height * width)).accepted("kernels as rows")?;
        let y = patches.dot(&kernels.t());
        let got = Array3::from_shape_fn((outputs, rows, cols), |(o, r, s)| y[[r * cols + s, o]]);
        let look = "The entries of a row stand in the order of a kernel's, and the rows in the order of the outputs.";
        close_arrays("patches · kernelsᵀ", &got, &case.convolved(&case.kernels), rounding(32, 32.0 * 64.0), look)
    });
}

#[test]
fn a_window_of_one_pixel_lists_the_pixels() {
    example(|| {
        let x = array![[[1.0, 2.0], [3.0, 4.0]], [[5.0, 6.0], [7.0, 8.0]]];
        let got = im2col(x.view(), (1, 1), 1, 0).accepted("im2col(x, (1, 1), 1, 0)")?;
        let want = array![[1.0, 5.0], [2.0, 6.0], [3.0, 7.0], [4.0, 8.0]];
        close_arrays(
            "im2col(2×2×2, (1, 1), 1, 0)",
            &got,
            &want,
            0.0,
            "One row a pixel, one column a channel.",
        )
    });
}

#[test]
fn windows_that_do_not_fit_and_strides_of_0_are_refused() {
    example(|| {
        let x = Array3::zeros((1, 3, 4));
        let ask = |window, stride| shown(im2col(x.view(), window, stride, 0));
        let refusal = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
        let look = "As `output_size` refuses: the rows first, then the columns.";
        refused(
            "a window 4 high for 3 rows",
            ask((4, 1), 1),
            refusal("kernel", 4.0, "at most the padded size"),
            look,
        )?;
        refused(
            "a window 5 wide for 4 columns",
            ask((1, 5), 1),
            refusal("kernel", 5.0, "at most the padded size"),
            look,
        )?;
        refused("a window of height 0", ask((0, 1), 1), refusal("kernel", 0.0, "at least 1"), look)?;
        refused("a stride of 0", ask((1, 1), 0), refusal("stride", 0.0, "at least 1"), look)
    });
}
