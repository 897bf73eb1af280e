use std::cell::RefCell;

use candle_core::{DType, Tensor};
use judge::any::vec;
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m07_deep_learning::training::{Score, evaluate};
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::softmax::{linear, logits, predicted, surprise, variable, wide_task};
use super::super::tensors::{numbers, tensor};
use judge::any::sizes;

/// Logits themselves as samples, no two of a row equal, with a label for each row.
fn answers() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    of_shape([1..=5_usize, 2..=4_usize])
}

/// As many samples and classes as this draws.
fn of_shape(
    shape: impl Strategy<Value = [usize; 2]> + Send + Sync + Clone,
) -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    shape.prop_flat_map(|[n, k]| {
        let distinct = move |z: Matrix| Matrix::from_fn(n, k, |i, j| z[(i, j)] + j as f64 / 1024.0);
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
fn scores_any_number_of_samples_and_classes() {
    for_all("logits, labels", of_shape(sizes([1..=5, 2..=4], [1625, 101]))).cases(96).holds(|(z, labels)| {
        let (got, want) = (score(z, labels)?, by_hand(z, labels));
        let look = "Both are means over all samples, however many, each compared with its own label.";
        close("loss", got.loss, want.loss, rounding(8 * z.rows() * z.cols(), 20.0), look)?;
        close("accuracy", got.accuracy, want.accuracy, rounding(z.rows(), 1.0), look)
    });
}

#[test]
fn evaluates_the_model_as_it_is_now() {
    for_all("x, labels, w", wide_task()).cases(64).holds(|task| {
        let (w, x) = (variable(&task.w), tensor(&task.x));
        let model = linear(&w);
        for sign in [1.0, -1.0] {
            let signed = Matrix::from_fn(task.w.rows(), task.w.cols(), |i, j| sign * task.w[(i, j)]);
            w.set(&tensor(&signed)).accepted("new weights")?;
            let rows = (0..task.x.rows()).map(|i| logits(task.x.row(i), &signed)).collect::<Vec<_>>();
            let want = by_hand(&Matrix::from_fn(rows.len(), signed.cols(), |i, j| rows[i][j]), &task.labels);
            let got = evaluate(&model, &x, &task.labels).accepted("evaluate(model, x, labels)")?;
            let look = "All features of each sample go through the model, with the weights of this moment.";
            let tolerance = rounding(8 * (task.x.rows() + task.w.rows()) * (task.w.cols() + 2), 20.0);
            close("loss", got.loss, want.loss, tolerance, look)?;
            close("accuracy", got.accuracy, want.accuracy, rounding(rows.len(), 1.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn accepts_single_precision() {
    let answers = of_shape(sizes([1..=5, 2..=4], [601, 33]));
    for_all("logits, labels", answers).cases(32).holds(|(z, labels)| {
        let single = tensor(z).to_dtype(DType::F32).accepted("a tensor")?;
        let got = evaluate(&same, &single, labels).accepted("evaluate in f32")?;
        let look = "Networks are trained in f32: convert the loss from any type.";
        close(
            "loss",
            got.loss,
            by_hand(z, labels).loss,
            rounding(8 * z.rows() * z.cols(), 20.0) * 2.0_f64.powi(29),
            look,
        )?;
        // Logits are whole numbers of 1024ths: no two of a row are equal in f32.
        close("accuracy", got.accuracy, by_hand(z, labels).accuracy, rounding(z.rows(), 1.0), look)
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
    fn scores_logits_of_any_magnitude() {
        let answers = of_shape(sizes([1..=5, 2..=4], [501, 65]));
        for_all("logits, labels, c", (answers, any::magnitude(-9, 150))).cases(96).holds(
            |((z, labels), c)| {
                let z = Matrix::from_fn(z.rows(), z.cols(), |i, j| c * z[(i, j)]);
                let (got, want) = (score(&z, labels)?, by_hand(&z, labels));
                let look = "Nothing is clipped or rounded: the loss is that of the logits as they are.";
                let tolerance = rounding(8 * z.rows() * (z.cols() + 2), 20.0 + 20.0 * c.abs());
                close("loss", got.loss, want.loss, tolerance, look)?;
                close("accuracy", got.accuracy, want.accuracy, rounding(z.rows(), 1.0), look)
            },
        );
    }

    #[test]
    fn the_largest_of_close_logits_is_the_prediction() {
        for_all("z, n, k", (any::eighth(), sizes([1..=5, 2..=4], [501, 33]))).cases(64).holds(
            |&(z, [n, k])| {
                // Far more than rounding apart in f64, and equal in f32.
                let z = Matrix::from_fn(n, k, |i, j| z + ((i + j) % k) as f64 * 1e-10);
                // The largest logit of row i, and one time in three its neighbor.
                let largest = |i: usize| (2 * k - 1 - i % k) % k;
                let labels: Vec<usize> = (0..n).map(|i| (largest(i) + usize::from(i % 3 == 0)) % k).collect();
                let look = "Compare the logits as they are, in their own type.";
                close(
                    "accuracy",
                    score(&z, &labels)?.accuracy,
                    by_hand(&z, &labels).accuracy,
                    rounding(n, 1.0),
                    look,
                )
            },
        );
    }

    #[test]
    fn passes_chunks_of_at_most_500_in_order() {
        let n = prop_oneof![1..=3_usize, 499..=502_usize, 1000..=1001_usize, 1501..=1502_usize];
        for_all("n", n).cases(16).holds(|&n| {
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
        let answers = of_shape(sizes([1..=5, 2..=4], [1025, 33]));
        for_all("logits, labels, row", (answers, any::seed())).cases(32).holds(|((z, labels), row)| {
            let (mut z, row) = (z.clone(), *row as usize % labels.len());
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
    fn rejects_unknown_classes_and_unequal_lengths_of_any_size() {
        let inputs = (sizes([1..=4, 1..=3], [1025, 65]), any::seed(), 0..3_usize);
        for_all("n, k, i, too far", inputs).cases(48).holds(|&([n, k], i, too_far)| {
            let (x, i) = (tensor(&Matrix::zeros(n, k)), i as usize % n);
            let mut labels = vec![k - 1; n];
            labels[i] = k + too_far;
            let got = evaluate(&same, &x, &labels);
            // How large the chunks are is left open: the index is one from the beginning of some chunk.
            let in_a_chunk = |index: usize| index <= i && index < 500;
            let right = matches!(&got, Err(InputError::UnknownClass { index: j, got, classes })
                if in_a_chunk(*j) && *got == k + too_far && *classes == k);
            ensure(right, || {
                let want = format!("Err(UnknownClass {{ index: …, got: {}, classes: {k} }})", k + too_far);
                let call = format!("evaluate with the label {} at {i} of {n}", k + too_far);
                Broken::answer(format!("{call} = {got:?}"), want, "Return the error of the loss.")
            })?;
            for wrong in [n - 1, n + 1 + too_far] {
                let want = InputError::LengthMismatch { left: n, right: wrong };
                let look = "One label per row, rows on the left.";
                rejected(
                    &format!("{n} samples, {wrong} labels"),
                    evaluate(&same, &x, &vec![0; wrong]),
                    want,
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn returns_the_error_of_the_model() {
        let n = prop_oneof![1..=3_usize, 501..=1203_usize];
        for_all("n, samples before the error", (n, 0..=1203_usize)).cases(16).holds(|&(n, good)| {
            let (good, asked) = (good % n, std::cell::Cell::new(0));
            let model = |x: &Tensor| {
                asked.set(asked.get() + x.dim(0)?);
                if asked.get() > good { Err(InputError::Constant { name: "x" }) } else { same(x) }
            };
            let got = evaluate(&model, &tensor(&Matrix::zeros(n, 2)), &vec![0; n]);
            let look = "Return the error of the model, in whichever chunk: `?` does.";
            equal("evaluate", got, Err(InputError::Constant { name: "x" }), look)
        });
    }
}
