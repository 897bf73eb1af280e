use std::cell::RefCell;

use candle_core::{DType, Tensor};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m07_deep_learning::training::{Score, evaluate};
use kit::{InputError, Matrix};
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::softmax::{predicted, surprise};
use super::super::tensors::{numbers, tensor};

/// Logits themselves as samples, no two of a row equal, with a label for each row.
fn answers() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    (1..=5_usize, 2..=4_usize).prop_flat_map(|(n, k)| {
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
fn the_loss_is_the_mean_surprise() {
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
fn the_accuracy_is_the_share_of_largest_logits_at_the_label() {
    for_all("logits, labels", answers()).cases(128).holds(|(z, labels)| {
        let look = "A share from 0 to 1: how often the largest logit of a row is that of its label.";
        close("accuracy", score(z, labels)?.accuracy, by_hand(z, labels).accuracy, rounding(4, 1.0), look)
    });
}

#[test]
fn samples_come_in_order_in_portions_of_at_most_500() {
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
                "60,000 images at once take gigabytes. `chunks` of the labels, `narrow` of the samples.";
            Broken::answer(format!("a portion of {longest} samples"), "at most 500", look)
        })?;
        let want: Vec<f64> = (0..n).map(|i| i as f64 / 1024.0).collect();
        let look = "Each sample once, in its order, also those of the last, short portion.";
        ensure(asked.concat() == want, || {
            let got = format!("{} samples in {} portions, {n} are there", asked.concat().len(), asked.len());
            Broken::answer(got, "each sample once, in order", look)
        })
    });
}

#[test]
fn a_short_last_portion_counts_for_its_samples_only() {
    for_all("n, wrong", (501..=505_usize, 1..=3_usize)).cases(6).holds(|&(n, wrong)| {
        // Right and sure, but for the last few: those are wrong by a loss of 8.
        let z = Matrix::from_fn(n, 2, |i, j| if (j == 0) == (i + wrong < n) { 8.0 } else { 0.0 });
        let (got, want) = (score(&z, &vec![0; n])?, by_hand(&z, &vec![0; n]));
        let look = "A mean of the portions' means gives the last, short one the weight of a full one. Sum \
            over samples, then divide.";
        close("loss", got.loss, want.loss, rounding(32 * n, 10.0), look)?;
        close("accuracy", got.accuracy, want.accuracy, rounding(8, 1.0), look)
    });
}

#[test]
fn single_precision_is_scored_too() {
    for_all("logits, labels", answers()).cases(16).holds(|(z, labels)| {
        let single = tensor(z).to_dtype(DType::F32).accepted("a tensor")?;
        let got = evaluate(&same, &single, labels).accepted("evaluate in f32")?;
        let look = "Networks learn in f32: read the loss in whatever type it has.";
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
fn a_loss_that_is_no_number_is_told_as_it_is() {
    for_all("(logits, labels), row", (answers(), 0..5_usize)).cases(32).holds(|((z, labels), row)| {
        let (mut z, row) = (z.clone(), row % labels.len());
        z[(row, 0)] = f64::NAN;
        let look = "Nothing is rejected here: a network that has run away has a loss of NaN, and who looks \
            at it should see that.";
        equal(&format!("whether the loss is NaN, logits {z:?}"), score(&z, labels)?.loss.is_nan(), true, look)
    });
}

#[test]
fn labels_that_do_not_fit_are_rejected() {
    example(|| {
        let (x, ask) =
            (tensor(&Matrix::zeros(2, 3)), |x: &Tensor, labels: &[usize]| evaluate(&same, x, labels));
        let want = InputError::LengthMismatch { left: 2, right: 1 };
        rejected("2 samples, 1 label", ask(&x, &[0]), want, "One label a row, rows on the left.")?;
        let want = InputError::LengthMismatch { left: 2, right: 3 };
        rejected("2 samples, 3 labels", ask(&x, &[0; 3]), want, "One label a row, rows on the left.")?;
        let nothing = Tensor::zeros((0, 3), DType::F64, x.device()).accepted("a tensor")?;
        rejected(
            "no samples",
            ask(&nothing, &[]),
            InputError::TooFew { got: 0, wanted: 1 },
            "A share of nothing is no number.",
        )?;
        // The first of a portion, however many samples that takes.
        let unknown = InputError::UnknownClass { index: 0, got: 3, classes: 3 };
        rejected(
            "a label 3 for three logits",
            ask(&x, &[3, 0]),
            unknown,
            "What the loss rejects is rejected.",
        )
    });
}

#[test]
fn what_the_model_rejects_is_handed_on() {
    example(|| {
        let model = |_: &Tensor| Err(InputError::Constant { name: "x" });
        let got = evaluate(&model, &tensor(&Matrix::zeros(1, 1)), &[0]);
        equal("evaluate", got, Err(InputError::Constant { name: "x" }), "`?` hands the model's reason on.")
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
