use candle_core::{Device, Tensor, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m07_deep_learning::loss::cross_entropy;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::tensors::{numbers, tensor};
use super::by_hand::{by_hand, described, logits, loss, tolerance};

#[test]
fn it_is_the_mean_surprise_at_the_truth() {
    for_all("z, labels", logits()).holds(|(z, labels)| {
        let look = "−ln of softmax's probability for the label, averaged over the rows. \
                    Softmax once: logits go in, not probabilities.";
        close("cross_entropy(z, labels)", loss(&tensor(z), labels)?, by_hand(z, labels), tolerance(z), look)
    });
}

#[test]
fn equal_logits_surprise_by_the_logarithm_of_their_number() {
    for_all("k, z", (1..=10_usize, any::eighth())).holds(|&(k, z)| {
        let z = Matrix::from_fn(2, k, |_, _| z);
        let look = "Each of k classes has the probability 1/k, and −ln(1/k) = ln k. Natural logarithm?";
        close(
            "cross_entropy of k equal logits",
            loss(&tensor(&z), &[0, k - 1])?,
            (k as f64).ln(),
            tolerance(&z),
            look,
        )
    });
}

#[test]
fn the_same_number_added_to_a_row_changes_nothing() {
    for_all("z, labels, c", (logits(), any::eighth())).holds(|((z, labels), c)| {
        let moved = Matrix::from_fn(z.rows(), z.cols(), |i, j| z[(i, j)] + if i == 0 { *c } else { 0.0 });
        let look = "softmax looks at differences of logits only, row by row.";
        close(
            "with c added to row 0",
            loss(&tensor(&moved), labels)?,
            loss(&tensor(z), labels)?,
            2.0 * tolerance(z),
            look,
        )
    });
}

#[test]
fn logits_of_a_thousand_do_not_overflow() {
    example(|| {
        let look =
            "exp(1000) is infinite and ln 0 too. Take the largest logit off first, and never ln(softmax).";
        for (z, label, want) in [
            ([1000.0, 0.0], 1, 1000.0),
            ([-1000.0, 0.0], 1, 0.0),
            ([-800.0, 800.0], 0, 1600.0),
            ([1e300, 0.0], 1, 1e300),
        ] {
            let got = loss(&tensor(&Matrix::from_rows([z])), &[label])?;
            close(&format!("cross_entropy([{z:?}], [{label}])"), got, want, rounding(8, want), look)?;
        }
        let look =
            "Each row has a largest logit of its own: less 1000, a row of zeros has no power left but 0.";
        let z = Matrix::from_rows([[1000.0, 1000.0], [0.0, 0.0]]);
        let want = 2.0_f64.ln();
        close(
            &format!("cross_entropy({z:?}, [0, 0])"),
            loss(&tensor(&z), &[0, 0])?,
            want,
            rounding(16, 1.0),
            look,
        )
    });
}

#[test]
fn there_may_be_hundreds_of_classes() {
    for_all("label", 0..300_usize).cases(16).holds(|&label| {
        let z = Matrix::from_fn(1, 300, |_, j| j as f64 / 64.0);
        let look = "A label may be any number below k: a byte ends at 255.";
        close(
            "cross_entropy of 300 logits",
            loss(&tensor(&z), &[label])?,
            by_hand(&z, &[label]),
            tolerance(&z),
            look,
        )
    });
}

#[test]
fn a_nan_logit_makes_the_loss_nan() {
    for_all("z, labels, at", (logits(), any::seed())).cases(32).holds(|((z, labels), at)| {
        let mut z = z.clone();
        let (i, j) = (*at as usize % z.rows(), *at as usize / 8 % z.cols());
        z[(i, j)] = f64::NAN;
        let look = "A NaN is nobody's largest logit, and no loss of 0: whoever trains has to see it.";
        equal(
            &format!("cross_entropy({z:?}, {labels:?}) is NaN"),
            loss(&tensor(&z), labels)?.is_nan(),
            true,
            look,
        )
    });
}

#[test]
fn logits_of_another_dimension_are_rejected() {
    example(|| {
        for shape in [&[2][..], &[2, 1, 2]] {
            let z = Tensor::zeros(shape, candle_core::DType::F64, &Device::Cpu).accepted("a tensor")?;
            let got = described(&z, &[0; 2]);
            ensure(matches!(got, Err(InputError::Library { .. })), || {
                let look = "Rows are samples, columns are classes: a tensor of one or three dimensions is \
                    neither. candle's own `dims2` says so.";
                Broken::answer(
                    format!("cross_entropy of a tensor of shape {shape:?} = {got:?}"),
                    "InputError::Library",
                    look,
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn it_hands_its_slope_down_to_the_logits() {
    for_all("z, labels", logits()).cases(32).holds(|(z, labels)| {
        let var = Var::from_tensor(&tensor(z)).accepted("a variable")?;
        let loss = cross_entropy(&var, labels).accepted("cross_entropy(z, labels)")?;
        let slopes = loss.backward().accepted("backward()")?;
        let look = "Is the loss still joined to the logits? Numbers taken out of a tensor, and `detach`, \
            cut the graph.";
        let slope = slopes.get(&var).ok_or_else(|| {
            Broken::answer("backward() knows no slope along the logits", "one for each logit", look)
        })?;
        let got = numbers("the slope", slope)?;
        let value =
            |at: &[f64]| by_hand(&Matrix::from_fn(z.rows(), z.cols(), |i, j| at[i * z.cols() + j]), labels);
        let block = Block::matrix("z", [z.rows(), z.cols()], z.as_slice(), &got);
        is_gradient(
            "backward()",
            &[block],
            &Loss { value: &value, rounding: tolerance(z), samples: labels.len() },
            look,
        )
    });
}

#[test]
fn how_the_logits_lie_in_memory_does_not_matter() {
    for_all("z, labels", logits()).cases(32).holds(|(z, labels)| {
        let columns = Matrix::from_fn(z.cols(), z.rows(), |j, i| z[(i, j)]);
        let turned = tensor(&columns).t().accepted("a transposed tensor")?;
        let look = "A transposed tensor lies in memory column after column. candle's own functions know; \
            `contiguous()` for the others.";
        close(
            "cross_entropy of a transposed tensor",
            loss(&turned, labels)?,
            by_hand(z, labels),
            tolerance(z),
            look,
        )
    });
}

#[test]
fn single_precision_in_single_precision_out() {
    for_all("z, labels", logits()).cases(32).holds(|(z, labels)| {
        let single = tensor(z).to_dtype(candle_core::DType::F32).accepted("a tensor")?;
        let loss = cross_entropy(&single, labels).accepted("cross_entropy(z, labels)")?;
        ensure(loss.dtype() == candle_core::DType::F32, || {
            let got = format!("a loss of {:?} numbers", loss.dtype());
            Broken::answer(
                got,
                "F32, like the logits",
                "Networks learn in f32. Which constant brought another type in?",
            )
        })?;
        let got = numbers("the loss", &loss)?[0];
        // The unit roundoff is 2²⁹ times that of f64.
        let look = "In f32 the same number comes out, to seven digits.";
        close("cross_entropy in f32", got, by_hand(z, labels), tolerance(z) * 2.0_f64.powi(29), look)
    });
}

#[test]
fn rows_and_labels_that_do_not_pair_up_are_rejected() {
    example(|| {
        let z = tensor(&Matrix::zeros(2, 3));
        for labels in [&[0][..], &[0; 3], &[]] {
            let want = InputError::LengthMismatch { left: 2, right: labels.len() };
            let look = "One label a row, rows on the left.";
            rejected(&format!("cross_entropy(2×3, {labels:?})"), described(&z, labels), want, look)?;
        }
        let nothing = Tensor::zeros((0, 3), candle_core::DType::F64, &Device::Cpu).accepted("a tensor")?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "cross_entropy(0×3, [])",
            described(&nothing, &[]),
            want,
            "The mean of nothing is no number.",
        )
    });
}

#[test]
fn a_label_that_names_no_class_is_rejected() {
    for_all("i, too far, more", (0..3_usize, 0..3_usize, prop::bool::ANY)).cases(32).holds(
        |&(i, too_far, more)| {
            let mut labels = [0, 1, 0];
            if more {
                labels[i..].fill(9);
            }
            labels[i] = 2 + too_far;
            let want = InputError::UnknownClass { index: i, got: 2 + too_far, classes: 2 };
            let look = "k logits are the classes 0 to k − 1. Of several labels beyond, the first is told.";
            rejected(
                &format!("cross_entropy(3×2, {labels:?})"),
                described(&tensor(&Matrix::zeros(3, 2)), &labels),
                want,
                look,
            )
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{Device, Tensor};
        use katas::m07_deep_learning::loss::cross_entropy;
        let logits = Tensor::new(&[[0.0_f64, 0.0], [0.0, 0.0]], &Device::Cpu)?;
        assert_eq!(cross_entropy(&logits, &[0, 1])?.to_scalar::<f64>()?, 2.0_f64.ln());
        Ok::<(), kit::InputError>(())
    });
}
