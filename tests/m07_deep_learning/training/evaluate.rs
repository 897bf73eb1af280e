use std::cell::RefCell;

use candle_core::{DType, Tensor};
use judge::any::vec;
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m07_deep_learning::training::{Score, evaluate};
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::softmax::{predicted, surprise};
use super::super::tensors::{numbers, tensor};

/// Logits themselves as samples, no two of a row equal, with a label for each row.
fn answers() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    of_shape(1..=5_usize, 2..=4_usize)
}

/// As many samples and classes as these draw.
fn of_shape(
    samples: impl Strategy<Value = usize> + Send + Sync + Clone,
    classes: impl Strategy<Value = usize> + Send + Sync + Clone,
) -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    (samples, classes).prop_flat_map(|(n, k)| {
        let distinct = move |z: Matrix| Matrix::from_fn(n, k, |i, j| z[(i, j)] + j as f64 / 64.0);
        (any::matrix(n, k).prop_map(distinct), vec(0..k, n))
    })
}

/// The model that answers with what it is asked.
fn same(x: &Tensor) -> Result<Tensor, InputError> {
    Ok(x.clone())
}

fn score(z: &Matrix, labels: &[usize]) -> Result<Score, Broken> {
    evaluate(&same, &tensor(z), labels).accepted("evaluate(model, x, labels)")
}

fn by_hand(z: &Matrix, labels: &[usize]) -> Score {
    let n = labels.len() as f64;
    let pairs = || labels.iter().enumerate().map(|(i, label)| (z.row(i), *label));
    Score {
        loss: pairs().map(|(z, label)| surprise(z, label)).sum::<f64>() / n,
        accuracy: pairs().filter(|(z, label)| predicted(z) == *label).count() as f64 / n,
    }
}

#[test]
fn loss_is_the_mean_cross_entropy() {
    for_all("logits, labels", answers()).cases(128).holds(|(z, labels)| {
        let look = "Cross-entropy from the logits, averaged over all samples.";
        close(
            "loss",
            score(z, labels)?.loss,
            by_hand(z, labels).loss,
            rounding(8 * z.rows() * z.cols(), 20.0),
            look,
        )
    });
}

#[test]
fn accuracy_is_the_fraction_of_correct_predictions() {
    for_all("logits, labels", answers()).cases(128).holds(|(z, labels)| {
        let look = "A fraction from 0 to 1: how often the largest logit of a row is that of its label.";
        close("accuracy", score(z, labels)?.accuracy, by_hand(z, labels).accuracy, rounding(4, 1.0), look)
    });
}

#[test]
fn accepts_single_precision() {
    for_all("logits, labels", answers()).cases(16).holds(|(z, labels)| {
        let single = tensor(z).to_dtype(DType::F32).accepted("a tensor")?;
        let got = evaluate(&same, &single, labels).accepted("evaluate in f32")?;
        let look = "Networks are trained in f32: convert the loss from any type.";
        close(
            "loss",
            got.loss,
            by_hand(z, labels).loss,
            rounding(8 * z.rows() * z.cols(), 20.0) * 2.0_f64.powi(29),
            look,
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{Device, Tensor};
        use katas::m07_deep_learning::training::evaluate;
        let x = Tensor::new(&[[2.0_f64, 0.0], [0.0, 3.0]], &Device::Cpu)?;
        assert_eq!(evaluate(&|x| Ok(x.clone()), &x, &[0, 0])?.accuracy, 0.5);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn scores_any_number_of_samples() {
        let answers = of_shape(any::size(1..=5, 1025), any::size(2..=4, 33));
        for_all("logits, labels", answers).cases(128).holds(|(z, labels)| {
            let (got, want) = (score(z, labels)?, by_hand(z, labels));
            let look = "Both are means over all samples, however many, each compared with its own label.";
            close("loss", got.loss, want.loss, rounding(8 * z.rows() * z.cols(), 20.0), look)?;
            close("accuracy", got.accuracy, want.accuracy, rounding(z.rows(), 1.0), look)
        });
    }

    #[test]
    fn passes_chunks_of_at_most_500_in_order() {
        for_all("n", prop_oneof![1..=3_usize, 499..=502_usize, 1000..=1001_usize]).cases(12).holds(|&n| {
            let asked: RefCell<Vec<Vec<f64>>> = RefCell::default();
            let model = |x: &Tensor| {
                asked.borrow_mut().push(numbers("x", x).unwrap_or_default());
                Ok(Tensor::cat(&[x, &x.neg()?], 1)?)
            };
            let x = tensor(&Matrix::from_fn(n, 1, |i, _| i as f64 / 1024.0));
            evaluate(&model, &x, &vec![0; n]).accepted("evaluate(model, x, labels)")?;
            let asked = asked.into_inner();
            let longest = asked.iter().map(Vec::len).max().unwrap_or(0);
            ensure(longest <= 500, || {
                let look =
                    "60,000 images at once take gigabytes: `chunks` of the labels, `narrow` of the samples.";
                Broken::answer(format!("a chunk of {longest} samples"), "at most 500", look)
            })?;
            let want: Vec<f64> = (0..n).map(|i| i as f64 / 1024.0).collect();
            let look = "Each sample once, in order, including those of the last partial chunk.";
            ensure(asked.concat() == want, || {
                let got = format!("{} samples in {} chunks, of {n}", asked.concat().len(), asked.len());
                Broken::answer(got, "each sample once, in order", look)
            })
        });
    }

    #[test]
    fn weights_the_last_partial_chunk_by_its_size() {
        for_all("n, wrong", (501..=505_usize, 1..=3_usize)).cases(6).holds(|&(n, wrong)| {
            // Right and sure, but for the last few: those are wrong by a loss of 8.
            let z = Matrix::from_fn(n, 2, |i, j| if (j == 0) == (i + wrong < n) { 8.0 } else { 0.0 });
            let (got, want) = (score(&z, &vec![0; n])?, by_hand(&z, &vec![0; n]));
            let look = "The mean of the chunks' means gives the last partial chunk the weight of a full \
                one. Sum \
                over samples, then divide.";
            close("loss", got.loss, want.loss, rounding(32 * n, 10.0), look)?;
            close("accuracy", got.accuracy, want.accuracy, rounding(8, 1.0), look)
        });
    }

    #[test]
    fn propagates_nan() {
        for_all("(logits, labels), row", (answers(), 0..5_usize)).cases(32).holds(|((z, labels), row)| {
            let (mut z, row) = (z.clone(), row % labels.len());
            z[(row, 0)] = f64::NAN;
            let look = "Nothing is rejected here: a diverged network has a loss of NaN, and the \
                evaluation shows \
                it.";
            equal(
                &format!(
                    "whether the loss is NaN, logits \
                {z:?}"
                ),
                score(&z, labels)?.loss.is_nan(),
                true,
                look,
            )
        });
    }

    #[test]
    fn rejects_invalid_labels_and_no_samples() {
        example(|| {
            let (x, ask) =
                (tensor(&Matrix::zeros(2, 3)), |x: &Tensor, labels: &[usize]| evaluate(&same, x, labels));
            let want = InputError::LengthMismatch { left: 2, right: 1 };
            rejected("2 samples, 1 label", ask(&x, &[0]), want, "One label per row, rows on the left.")?;
            let want = InputError::LengthMismatch { left: 2, right: 3 };
            rejected("2 samples, 3 labels", ask(&x, &[0; 3]), want, "One label per row, rows on the left.")?;
            let nothing = Tensor::zeros((0, 3), DType::F64, x.device()).accepted("a tensor")?;
            rejected(
                "no samples",
                ask(&nothing, &[]),
                InputError::TooFew { got: 0, wanted: 1 },
                "Without samples there is no accuracy.",
            )?;
            // The first of a portion, however many samples that takes.
            let unknown = InputError::UnknownClass { index: 0, got: 3, classes: 3 };
            rejected("a label 3 for three logits", ask(&x, &[3, 0]), unknown, "Return the error of the loss.")
        });
    }

    #[test]
    fn returns_the_error_of_the_model() {
        example(|| {
            let model = |_: &Tensor| Err(InputError::Constant { name: "x" });
            let got = evaluate(&model, &tensor(&Matrix::zeros(1, 1)), &[0]);
            equal(
                "evaluate",
                got,
                Err(InputError::Constant { name: "x" }),
                "Return the error of the model: `?` does.",
            )
        });
    }
}
