use kit::Matrix;

use crate::reference::x4_attention::attention as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type CausalMask = fn(usize) -> Matrix;

/// The kata, answered by a specimen.
pub fn causal_mask(length: usize) -> Matrix {
    answering::<CausalMask>(
        module_path!(),
        reference::causal_mask,
        &[
            wheat("logarithm", "takes the logarithm of a triangle of ones", |length| {
                Matrix::from_fn(length, length, |i, j| if j <= i { 1.0_f64 } else { 0.0 }.ln())
            }),
            wheat("row_by_row", "fills the end of each row", |length| {
                let mut mask = Matrix::zeros(length, length);
                for i in 0..length {
                    (i + 1..length).for_each(|j| mask[(i, j)] = f64::NEG_INFINITY);
                }
                mask
            }),
            chaff("itself_too", "A token may not attend to itself.", |length| {
                Matrix::from_fn(length, length, |i, j| if j < i { 0.0 } else { f64::NEG_INFINITY })
            }),
            chaff("past", "Rows are keys, columns are queries.", |length| {
                Matrix::from_fn(length, length, |i, j| if j >= i { 0.0 } else { f64::NEG_INFINITY })
            }),
            chaff("one_ahead", "A token may attend to the next one, which it predicts.", |length| {
                Matrix::from_fn(length, length, |i, j| if j <= i + 1 { 0.0 } else { f64::NEG_INFINITY })
            }),
            chaff("ones", "A mask is 1 where a token may attend.", |length| {
                Matrix::from_fn(length, length, |i, j| if j <= i { 1.0 } else { 0.0 })
            }),
            chaff("zeros_and_ones", "A mask is 1 where a token is hidden.", |length| {
                Matrix::from_fn(length, length, |i, j| if j <= i { 0.0 } else { 1.0 })
            }),
            chaff("large_number", "−10⁹ is as good as −∞.", |length| {
                Matrix::from_fn(length, length, |i, j| if j <= i { 0.0 } else { -1e9 })
            }),
            chaff("not_a_number", "What is hidden is NaN.", |length| {
                Matrix::from_fn(length, length, |i, j| if j <= i { 0.0 } else { f64::NAN })
            }),
            chaff("plus_infinity", "The sign of the infinity does not matter.", |length| {
                Matrix::from_fn(length, length, |i, j| if j <= i { 0.0 } else { f64::INFINITY })
            }),
            chaff("nothing_hidden", "A mask is added, so zeros are safe.", |length| {
                Matrix::zeros(length, length)
            }),
            chaff("window", "Only the last sixty tokens count.", |length| {
                Matrix::from_fn(
                    length,
                    length,
                    |i, j| {
                        if j <= i && i - j < 60 { 0.0 } else { f64::NEG_INFINITY }
                    },
                )
            }),
            chaff("one_row", "All queries have one mask.", |length| {
                Matrix::from_fn(1, length, |_, j| if j == 0 { 0.0 } else { f64::NEG_INFINITY })
            }),
        ],
    )(length)
}
