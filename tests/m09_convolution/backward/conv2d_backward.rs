use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Inputs, example, for_all, rejected, rounding};
use katas::m09_convolution::backward::conv2d_backward;
use kit::InputError;
use ndarray::{Array3, Array4};
use proptest::prelude::*;

use super::super::arrays::{Case, array, close_arrays, columns_first, sized, text};

/// A convolution, and the slopes of a loss along its output.
#[derive(Debug, Clone)]
struct Blamed {
    case: Case,
    slopes: Array3<f64>,
}

impl Inputs for Blamed {
    fn describe(&self) -> Vec<String> {
        [self.case.describe(), vec![text(&self.slopes)]].concat()
    }
}

const NAMES: &str = "x, kernels, stride, padding, slopes";

fn blamed() -> impl Strategy<Value = Blamed> + Send + Sync + Clone {
    sized(2, 3).prop_flat_map(|case| {
        let (rows, cols) = case.places();
        (array((case.kernels.dim().0, rows, cols)), Just(case))
            .prop_map(|(slopes, case)| Blamed { case, slopes })
    })
}

type Slopes = (Array3<f64>, Array4<f64>);

fn backward(Blamed { case, slopes }: &Blamed) -> Result<Slopes, judge::Broken> {
    conv2d_backward(case.x.view(), case.kernels.view(), case.stride, case.padding, slopes.view())
        .accepted("conv2d_backward(…)")
}

fn shapes(blamed: &Blamed, (dx, dk): &Slopes) -> judge::Verdict {
    let got = (dx.shape().to_vec(), dk.shape().to_vec());
    let want = (blamed.case.x.shape().to_vec(), blamed.case.kernels.shape().to_vec());
    judge::equal("shapes of (dx, dk)", got, want, "A slope for each pixel and for each entry of the kernels.")
}

fn flat<D: ndarray::Dimension>(array: &ndarray::Array<f64, D>) -> Vec<f64> {
    array.iter().copied().collect()
}

#[test]
fn the_slopes_along_the_kernels_are_those_of_the_loss() {
    for_all(NAMES, blamed()).cases(24).holds(|blamed| {
        let answer = backward(blamed)?;
        shapes(blamed, &answer)?;
        let (at, got) = (flat(&blamed.case.kernels), flat(&answer.1));
        let value = |k: &[f64]| {
            let k = Array4::from_shape_vec(blamed.case.kernels.dim(), k.to_vec()).expect("as many as before");
            (blamed.case.convolved(&k) * &blamed.slopes).sum()
        };
        let loss = Loss { value: &value, rounding: rounding(4096, 64.0 * 1024.0), samples: 1 };
        let look =
            "Every output that used k[o, c, i, j] blames it: its slope times the pixel that was there.";
        is_gradient("dk of L = Σ slopes·y", &[Block::vector("k", &at, &got)], &loss, look)
    });
}

#[test]
fn the_slopes_along_the_image_are_those_of_the_loss() {
    for_all(NAMES, blamed()).cases(24).holds(|blamed| {
        let answer = backward(blamed)?;
        shapes(blamed, &answer)?;
        let (at, got) = (flat(&blamed.case.x), flat(&answer.0));
        let value = |x: &[f64]| {
            let x = Array3::from_shape_vec(blamed.case.x.dim(), x.to_vec()).expect("as many as before");
            let case = Case { x, ..blamed.case.clone() };
            (case.convolved(&case.kernels) * &blamed.slopes).sum()
        };
        let loss = Loss { value: &value, rounding: rounding(4096, 64.0 * 1024.0), samples: 1 };
        let look = "A pixel is covered by several windows and seen by all kernels: the shares add up. \
            Padding has no slope.";
        is_gradient("dx of L = Σ slopes·y", &[Block::vector("x", &at, &got)], &loss, look)
    });
}

#[test]
fn it_is_the_transpose_of_the_convolution() {
    for_all(NAMES, blamed()).holds(|blamed| {
        let (dx, dk) = backward(blamed)?;
        shapes(blamed, &(dx.clone(), dk.clone()))?;
        let y = blamed.case.convolved(&blamed.case.kernels);
        let want = (&y * &blamed.slopes).sum();
        // Products of three eighths up to 8: exact.
        let tolerance = rounding(4096, 64.0 * 1024.0);
        let look = "y is linear in x and in k, so Σ slopes·y = Σ dx·x = Σ dk·k.";
        judge::close("Σ dx·x", (&dx * &blamed.case.x).sum(), want, tolerance, look)?;
        judge::close("Σ dk·k", (&dk * &blamed.case.kernels).sum(), want, tolerance, look)
    });
}

#[test]
fn how_the_numbers_lie_in_memory_does_not_matter() {
    for_all(NAMES, blamed()).cases(64).holds(|blamed| {
        let Blamed { case, slopes } = blamed;
        let case = Case { x: columns_first(&case.x), kernels: columns_first(&case.kernels), ..case.clone() };
        let turned = Blamed { case, slopes: columns_first(slopes) };
        let ((dx, dk), (want_dx, want_dk)) = (backward(&turned)?, backward(blamed)?);
        let look = "The same arrays, their numbers in another order in memory, as after `permuted_axes`. \
            Ask for entries by their indices; `as_slice` is None here, and `as_slice_memory_order` tells \
            another order.";
        // Products of two eighths up to 8: exact, whatever the order.
        close_arrays(
            "dx of arrays with the first index running fastest",
            &dx,
            &want_dx,
            rounding(64, 4096.0),
            look,
        )?;
        close_arrays(
            "dk of arrays with the first index running fastest",
            &dk,
            &want_dk,
            rounding(64, 4096.0),
            look,
        )
    });
}

#[test]
fn no_blame_gives_no_slope() {
    for_all(NAMES, blamed()).cases(32).holds(|blamed| {
        let blamed = Blamed { slopes: blamed.slopes.mapv(|_| 0.0), ..blamed.clone() };
        let (dx, dk) = backward(&blamed)?;
        let look = "Every slope is a multiple of those that come in.";
        close_arrays(
            "dx where all slopes are 0",
            &dx.mapv(|d| d + 0.0),
            &Array3::zeros(blamed.case.x.dim()),
            0.0,
            look,
        )?;
        close_arrays(
            "dk where all slopes are 0",
            &dk.mapv(|d| d + 0.0),
            &Array4::zeros(blamed.case.kernels.dim()),
            0.0,
            look,
        )
    });
}

#[test]
fn shapes_that_do_not_fit_are_rejected() {
    example(|| {
        let ask = |kernels: (usize, usize, usize, usize), stride, slopes: (usize, usize, usize)| {
            let (x, k, d) = (Array3::zeros((2, 4, 5)), Array4::zeros(kernels), Array3::zeros(slopes));
            conv2d_backward(x.view(), k.view(), stride, 0, d.view()).map(|(dx, _)| text(&dx))
        };
        let dimensions = |name: &str, got: Vec<usize>, wanted: Vec<usize>| InputError::Dimensions {
            name: name.to_owned(),
            got,
            wanted,
        };
        let look = "The kernels have the image's channels, the slopes the output's shape.";
        for own in [1, 3] {
            let want = dimensions("kernels", vec![1, own, 2, 2], vec![1, 2, 2, 2]);
            let call = format!("kernels 1×{own}×2×2 for 2 channels");
            rejected(&call, ask((1, own, 2, 2), 1, (1, 3, 4)), want, look)?;
        }
        for slopes in [(1, 4, 5), (2, 3, 4), (1, 3, 3), (1, 4, 3)] {
            let want = dimensions("grad_output", vec![slopes.0, slopes.1, slopes.2], vec![1, 3, 4]);
            rejected(
                &format!("slopes {slopes:?} for an output 1×3×4"),
                ask((1, 2, 2, 2), 1, slopes),
                want,
                look,
            )?;
        }
        let too_large =
            InputError::OutOfRange { name: "kernel", got: 5.0, wanted: "at most the padded size" };
        rejected(
            "a kernel 5 high for 4 rows",
            ask((1, 2, 5, 2), 1, (1, 1, 1)),
            too_large,
            "As the convolution rejects.",
        )?;
        let too_wide = InputError::OutOfRange { name: "kernel", got: 6.0, wanted: "at most the padded size" };
        rejected(
            "a kernel 6 wide for 5 columns",
            ask((1, 2, 2, 6), 1, (1, 3, 1)),
            too_wide,
            "As the convolution rejects: the rows, then the columns.",
        )?;
        rejected(
            "a kernel of three channels for 2, and a stride of 0",
            ask((1, 3, 2, 2), 0, (1, 3, 4)),
            dimensions("kernels", vec![1, 3, 2, 2], vec![1, 2, 2, 2]),
            "As the convolution rejects: the channels first.",
        )?;
        let no_stride = InputError::OutOfRange { name: "stride", got: 0.0, wanted: "at least 1" };
        rejected("a stride of 0", ask((1, 2, 2, 2), 0, (1, 3, 4)), no_stride, "As the convolution rejects.")
    });
}
