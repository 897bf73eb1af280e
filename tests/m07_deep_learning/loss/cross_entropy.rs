use candle_core::{DType, Device, Tensor, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, close_entries, ensure, equal, example, for_all, rejected, rounding};
use katas::m07_deep_learning::loss::cross_entropy;
use kit::{InputError, Matrix};
use proptest::prop_oneof;
use proptest::strategy::Just;

use super::super::tensors::{matrix, numbers, tensor};
use super::by_hand::{by_hand, described, gradient, logits, loss, tolerance, wide_logits};
use judge::any::sizes;

#[test]
fn is_the_mean_negative_log_probability_of_the_label() {
    for_all("z, labels", logits()).holds(|(z, labels)| {
        let look = "−ln of softmax's probability for the label, averaged over the rows. \
                    Softmax once: logits go in, not probabilities.";
        close("cross_entropy(z, labels)", loss(&tensor(z), labels)?, by_hand(z, labels), tolerance(z), look)
    });
}

#[test]
fn equal_logits_have_the_loss_ln_k() {
    for_all("k, z", (1..=10_usize, any::eighth())).holds(|&(k, z)| {
        let z = Matrix::from_fn(2, k, |_, _| z);
        let look =
            "Each of k classes has the probability 1/k, and −ln(1/k) = ln k. Is the logarithm natural?";
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
fn is_invariant_under_shifts_of_a_row() {
    for_all("z, labels, c", (logits(), any::eighth())).holds(|((z, labels), c)| {
        let moved = Matrix::from_fn(z.rows(), z.cols(), |i, j| z[(i, j)] + if i == 0 { *c } else { 0.0 });
        let look = "Softmax depends on differences of logits only, row by row.";
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
fn gradient_matches_finite_differences() {
    for_all("z, labels", logits()).cases(32).holds(|(z, labels)| {
        let var = Var::from_tensor(&tensor(z)).accepted("a variable")?;
        let loss = cross_entropy(&var, labels).accepted("cross_entropy(z, labels)")?;
        let gradients = loss.backward().accepted("backward()")?;
        let look = "Is the loss still connected to the logits? Converting a tensor to numbers, and `detach`, \
            cut the computation graph.";
        let gradient = gradients.get(&var).ok_or_else(|| {
            Broken::answer("backward() has no gradient for the logits", "one for each logit", look)
        })?;
        let got = numbers("the gradient", gradient)?;
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
fn is_the_mean_for_any_batch_size() {
    for_all("z, labels", wide_logits()).cases(96).holds(|(z, labels)| {
        let look = "The mean is over all rows of the batch, however many, each with its own label.";
        close("cross_entropy(z, labels)", loss(&tensor(z), labels)?, by_hand(z, labels), tolerance(z), look)
    });
}

#[test]
fn every_row_of_any_batch_has_its_gradient() {
    let unit = prop_oneof![2 => Just(1.0), 1 => any::magnitude(-9, 100)];
    let single = judge::any::part(proptest::bool::weighted(0.25));
    for_all("z, labels, c, in f32", (wide_logits(), unit, single)).cases(96).holds(
        |((z, labels), c, single)| {
            let z =
                &Matrix::from_fn(z.rows(), z.cols(), |i, j| if *single { z[(i, j)] } else { c * z[(i, j)] });
            let dtype = if *single { DType::F32 } else { DType::F64 };
            let given = tensor(z).to_dtype(dtype).accepted("a tensor")?;
            let var = Var::from_tensor(&given).accepted("a variable")?;
            // What the logits were computed from gets its gradient as well.
            let twice = var.affine(2.0, 0.0).and_then(|twice| twice.affine(0.5, 0.0)).accepted("a tensor")?;
            let loss = cross_entropy(&twice, labels).accepted("cross_entropy(z, labels)")?;
            let gradients = loss.backward().accepted("backward()")?;
            let look =
                "The gradient of row i is (softmax(zᵢ) − one-hot(label))/n, for every row, the last one too.";
            let got = gradients.get(&var).ok_or_else(|| {
                Broken::answer("backward() has no gradient for the logits", "one for each logit", look)
            })?;
            // A probability of at most 1, from as many exponentials as there are classes.
            let tolerance = rounding(8 * (z.cols() + 8), 1.0) * if *single { 2.0_f64.powi(29) } else { 1.0 };
            close_entries(
                "backward()",
                &matrix("the gradient", got)?,
                &gradient(z, labels),
                |_, _| tolerance,
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

mod robust {
    use super::*;

    #[test]
    fn is_exact_for_logits_of_any_magnitude() {
        for_all("z, labels, c", (wide_logits(), any::magnitude(-9, 150))).holds(|((z, labels), c)| {
            let z = Matrix::from_fn(z.rows(), z.cols(), |i, j| c * z[(i, j)]);
            let look =
                "Any finite logits are allowed: subtract the largest of each row first, drop and clip none.";
            // Each row has a loss of at most 16·|c| + ln k.
            let tolerance = rounding(8 * z.rows() * (z.cols() + 2), 20.0 + 16.0 * c.abs());
            close(
                "cross_entropy(c·z, labels)",
                loss(&tensor(&z), labels)?,
                by_hand(&z, labels),
                tolerance,
                look,
            )
        });
    }

    #[test]
    fn does_not_overflow() {
        example(|| {
            let look = "exp(1000) is infinite and ln 0 too. Subtract the largest logit first, and never \
                take ln(softmax).";
            for (z, label, want) in [
                ([1000.0, 0.0], 1, 1000.0),
                ([-1000.0, 0.0], 1, 0.0),
                ([-800.0, 800.0], 0, 1600.0),
                ([1e300, 0.0], 1, 1e300),
            ] {
                let got = loss(&tensor(&Matrix::from_rows([z])), &[label])?;
                close(&format!("cross_entropy([{z:?}], [{label}])"), got, want, rounding(8, want), look)?;
            }
            let look = "Each row has its own largest logit: less 1000, the exponentials of a row of \
                zeros underflow.";
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
    fn accepts_hundreds_of_classes() {
        for_all("label", 0..400_usize).cases(16).holds(|&label| {
            let z = Matrix::from_fn(3, 400, |i, j| ((7 * i + j) % 400) as f64 / 64.0);
            let look = "A label may be any number below k, also above 255.";
            close(
                "cross_entropy of 400 logits",
                loss(&tensor(&z), &[label, 0, 399])?,
                by_hand(&z, &[label, 0, 399]),
                tolerance(&z),
                look,
            )
        });
    }

    #[test]
    fn propagates_nan() {
        for_all("z, labels, at", (wide_logits(), any::seed())).cases(32).holds(|((z, labels), at)| {
            let mut z = z.clone();
            let (i, j) = (*at as usize % z.rows(), (at >> 32) as usize % z.cols());
            z[(i, j)] = f64::NAN;
            let look = "A NaN among the logits has to show in the loss: training has diverged.";
            equal(
                &format!("cross_entropy({z:?}, {labels:?}) is NaN"),
                loss(&tensor(&z), labels)?.is_nan(),
                true,
                look,
            )?;
            let single = tensor(&z).to_dtype(DType::F32).accepted("a tensor")?;
            equal("whether it is NaN in f32", loss(&single, labels)?.is_nan(), true, look)
        });
    }

    #[test]
    fn rejects_logits_of_another_dimension() {
        example(|| {
            for shape in [&[2][..], &[2, 1, 2], &[], &[2, 2, 1, 1], &[1, 2, 1, 1, 1]] {
                let z = Tensor::zeros(shape, candle_core::DType::F64, &Device::Cpu).accepted("a tensor")?;
                let got = described(&z, &[0; 2]);
                ensure(matches!(got, Err(InputError::Library { .. })), || {
                    let look = "Rows are samples, columns are classes: a tensor of one or three \
                        dimensions is \
                        an error, as candle's `dims2` reports.";
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
    fn accepts_a_transposed_tensor() {
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
    fn keeps_single_precision() {
        for_all("z, labels", wide_logits()).cases(64).holds(|(z, labels)| {
            let single = tensor(z).to_dtype(candle_core::DType::F32).accepted("a tensor")?;
            let loss = cross_entropy(&single, labels).accepted("cross_entropy(z, labels)")?;
            ensure(loss.dtype() == candle_core::DType::F32, || {
                let got = format!("a loss of {:?} numbers", loss.dtype());
                Broken::answer(
                    got,
                    "F32, like the logits",
                    "Networks are trained in f32. Which constant has another type?",
                )
            })?;
            let got = numbers("the loss", &loss)?[0];
            // The unit roundoff is 2²⁹ times that of f64.
            let look = "In f32 the loss is the same, to seven digits.";
            close("cross_entropy in f32", got, by_hand(z, labels), tolerance(z) * 2.0_f64.powi(29), look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_samples() {
        for_all("n, labels, k", sizes([0..=3, 0..=3, 1..=3], [301, 301, 65])).cases(64).holds(
            |&[n, m, k]| {
                let z = Tensor::zeros((n, k), candle_core::DType::F64, &Device::Cpu).accepted("a tensor")?;
                let (want, look) = match (n, m) {
                    (0, 0) => (InputError::TooFew { got: 0, wanted: 1 }, "Without samples there is no mean."),
                    _ => (
                        InputError::LengthMismatch { left: n, right: m },
                        "One label per row, rows on the left.",
                    ),
                };
                // Without samples and with labels both reasons apply.
                let got = described(&z, &vec![0; m]);
                let both = n == 0 && got == Err(InputError::TooFew { got: 0, wanted: 1 });
                if both || n == m && n > 0 {
                    return Ok(());
                }
                rejected(&format!("cross_entropy({n}×{k}, {m} labels)"), got, want, look)
            },
        );
    }

    #[test]
    fn rejects_unknown_labels() {
        let far = judge::any::select(vec![0, 1, 2, 253, (u32::MAX as usize).saturating_add(1)]);
        let inputs = (sizes([1..=3, 1..=3], [301, 65]), any::seed(), far);
        for_all("n, k, i, too far", inputs).cases(64).holds(|&([n, k], i, too_far)| {
            let (i, got) = (i as usize % n, k.saturating_add(too_far));
            let mut labels = vec![k - 1; n];
            labels[i] = got;
            let want = InputError::UnknownClass { index: i, got, classes: k };
            let look =
                "k logits are the classes 0 to k − 1. Compare before you convert the label to another type.";
            let z = tensor(&Matrix::zeros(n, k));
            rejected(
                &format!("cross_entropy({n}×{k}, label {got} at {i})"),
                described(&z, &labels),
                want,
                look,
            )
        });
    }
}
