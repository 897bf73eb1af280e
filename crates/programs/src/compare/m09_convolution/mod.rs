//! Contests of milestone 9: the convolution and its way back, next to candle's. A size is the side of an image. Kernels are
//! 3×3; those that are timed have 8 channels and 16 kernels, as in the second block of the network.

mod library;

use katas::m09_convolution as yours;
use katas::reference::m09_convolution as reference;
use katas::tuned::m09_convolution as tuned;
use kit::{Generator, InputError};
use ndarray::{Array3, Array4, ArrayView3, ArrayView4};

use crate::contest::{Contest, Run};

const SIZES: &[usize] = &[14, 28];
/// The side of a kernel. With one row of zeros around the image, the output is as large as the image.
const SIDE: usize = 3;
const PADDING: usize = 1;

/// What is convolved, and the grad_output of a loss along the output.
#[derive(Debug)]
struct Case {
    x: Array3<f64>,
    kernels: Array4<f64>,
    grad_output: Array3<f64>,
}

/// All of them, in the order of the katas.
pub fn contests() -> Vec<Box<dyn Run>> {
    vec![
        Contest::new("m09_convolution/conv/conv2d", SIZES, case)
            .between(
                |case| yours::conv::conv2d(case.x.view(), case.kernels.view(), 1, PADDING),
                |case| reference::conv::conv2d(case.x.view(), case.kernels.view(), 1, PADDING),
            )
            .tuned(|case| tuned::conv::conv2d(case.x.view(), case.kernels.view(), 1, PADDING))
            .library("candle", library::tensors, library::forward)
            .boxed(),
        Contest::new("m09_convolution/backward/conv2d_backward", SIZES, case)
            .between(
                |case| back(yours::backward::conv2d_backward, case),
                |case| back(reference::backward::conv2d_backward, case),
            )
            .library("candle", library::tensors, library::backward)
            .boxed(),
    ]
}

fn case(generator: &mut Generator, side: usize) -> Case {
    // Where two differ somebody reads all the numbers: small images have few channels, and numbers of one decimal.
    let timed = side >= SIZES[0];
    let (channels, kernels) = if timed { (8, 16) } else { (side.div_ceil(3), side.div_ceil(2)) };
    let mut draw = || {
        let number = generator.uniform_in(-1.0, 1.0);
        if timed { number } else { (number * 10.0).round() / 10.0 }
    };
    Case {
        x: Array3::from_shape_simple_fn((channels, side, side), &mut draw),
        kernels: Array4::from_shape_simple_fn((kernels, channels, SIDE, SIDE), &mut draw),
        grad_output: Array3::from_shape_simple_fn((kernels, side, side), draw),
    }
}

type Backward = fn(
    ArrayView3<f64>,
    ArrayView4<f64>,
    usize,
    usize,
    ArrayView3<f64>,
) -> Result<(Array3<f64>, Array4<f64>), InputError>;

/// The grad_output along the image, then those along the kernels.
fn back(backward: Backward, case: &Case) -> Result<Vec<f64>, InputError> {
    let (dx, dk) = backward(case.x.view(), case.kernels.view(), 1, PADDING, case.grad_output.view())?;
    Ok(dx.into_iter().chain(dk).collect())
}
