use std::cell::RefCell;

use candle_core::{Device, Tensor};
use candle_nn::{AdamW, Optimizer, ParamsAdamW, SGD};
use judge::{Answer, Broken, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::m07_deep_learning::training::{Score, train_epoch};
use kit::{InputError, Matrix};
use proptest::prop_oneof;
use proptest::strategy::Just;

use super::super::softmax::{Task, cut, linear, logits, predicted, softmax, surprise};
use super::super::softmax::{task, variable, wide_task};
use super::super::tensors::{matrix, numbers, tensor};
use judge::any::sizes;

const RATE: f64 = 0.25;

/// One epoch of a linear classifier with plain steps: its weights afterwards, and its score.
fn epoch(task: &Task, batches: &[Vec<usize>]) -> Result<(Matrix, Score), Broken> {
    let w = variable(&task.w);
    let mut sgd = SGD::new(vec![w.clone()], RATE).accepted("an optimizer")?;
    let score = train_epoch(&linear(&w), &mut sgd, &tensor(&task.x), &task.labels, batches);
    Ok((matrix("the weights", &w)?, score.accepted("train_epoch(…)")?))
}

/// The same in plain numbers.
fn by_hand(task: &Task, batches: &[Vec<usize>]) -> (Matrix, Score) {
    let (mut w, mut loss, mut right, mut seen) = (task.w.clone(), 0.0, 0.0, 0.0);
    for batch in batches {
        let before = w.clone();
        for &i in batch {
            let z = logits(task.x.row(i), &before);
            loss += surprise(&z, task.labels[i]);
            right += f64::from(predicted(&z) == task.labels[i]);
            seen += 1.0;
            for (c, p) in softmax(&z).iter().enumerate() {
                let error = p - f64::from(c == task.labels[i]);
                (0..w.rows()).for_each(|j| w[(j, c)] -= RATE * error * task.x[(i, j)] / batch.len() as f64);
            }
        }
    }
    (w, Score { loss: loss / seen, accuracy: right / seen })
}

fn tolerance() -> f64 {
    // Some dozens of operations on numbers below 100 in each of at most six steps, each of which may stretch an error
    // by 1 + η·|x|² < 40: in the laws below far less.
    rounding(1 << 16, 100.0)
}

#[test]
fn takes_one_gradient_step_per_batch() {
    for_all("x, labels, w, b", (task(), 1..=4_usize)).cases(64).holds(|(task, size)| {
        let batches = cut(task.labels.len(), 1, *size);
        let look = "For each batch: loss at the current weights, its gradient, one step. The mean over this \
            batch alone, also for the last partial batch; no gradient left over from the previous one.";
        let ((got, _), (want, _)) = (epoch(task, &batches)?, by_hand(task, &batches));
        close_entries(
            &format!("the weights after batches {batches:?} at η = {RATE}"),
            &got,
            &want,
            |_, _| tolerance(),
            look,
        )
    });
}

#[test]
fn loss_is_the_mean_over_all_samples() {
    for_all("x, labels, w, b, most", (task(), 1..=4_usize, 1..=4_usize)).cases(64).holds(
        |(task, size, most)| {
            let mut batches = cut(task.labels.len(), 1, *size);
            // Not every sample need be in a batch.
            batches.truncate(*most);
            let look = "The loss of each batch, before its step, is weighted by the batch's size.";
            close(
                &format!("loss over {batches:?}"),
                epoch(task, &batches)?.1.loss,
                by_hand(task, &batches).1.loss,
                tolerance(),
                look,
            )
        },
    );
}

#[test]
fn accuracy_is_the_fraction_over_all_samples() {
    let inputs = (task(), 1..=4_usize, 1..=4_usize);
    for_all("x, labels, w, b, most", inputs).cases(64).holds(|(task, size, most)| {
        let mut batches = cut(task.labels.len(), 1, *size);
        // Not every sample need be in a batch.
        batches.truncate(*most);
        let look = "A sample is correct if its largest logit is that of its label. All samples of the \
            batches \
            have the same weight.";
        let (got, want) = (epoch(task, &batches)?.1.accuracy, by_hand(task, &batches).1.accuracy);
        close(&format!("accuracy over {batches:?}"), got, want, rounding(8, 1.0), look)
    });
}

#[test]
fn is_exact_for_any_number_of_samples_features_and_classes() {
    // Few steps, or one for each sample.
    let steps = prop_oneof![3 => 1..=12_usize, 1 => Just(usize::MAX)];
    for_all("x, labels, w, steps", (wide_task(), steps)).cases(64).holds(|(task, steps)| {
        let n = task.labels.len();
        let mut batches = cut(n, 1, n.div_ceil(*steps));
        if batches.len() > 2 {
            // Not all of one size.
            let second = batches.remove(1);
            batches[0].extend(second);
            // A sample may come twice, in one batch and in two: it counts each time.
            let again = batches[0][0];
            batches[0].push(again);
            batches[1].push(again);
        }
        let look = "Every sample, feature and class counts, whatever their number: the weights after all \
            steps, and the mean over all samples.";
        let ((got, score), (want, means)) = (epoch(task, &batches)?, by_hand(task, &batches));
        // Sums over the samples of a batch, features and classes in each step, of numbers below 8.
        let terms = batches.iter().map(|batch| batch.len() + task.w.rows() + task.w.cols()).sum::<usize>();
        let tolerance = rounding(64 * 12 * terms, 8.0);
        close_entries("the weights", &got, &want, |_, _| tolerance, look)?;
        close("loss", score.loss, means.loss, tolerance, look)?;
        close("accuracy", score.accuracy, means.accuracy, rounding(n, 1.0), look)
    });
}

#[test]
fn passes_one_batch_at_a_time_in_order() {
    for_all("n, b", (1..=7_usize, 1..=3_usize)).cases(32).holds(|&(n, size)| {
        let (w, seen) = (variable(&Matrix::zeros(1, 2)), RefCell::new(Vec::new()));
        let model = linear(&w);
        let watched = |x: &Tensor| {
            seen.borrow_mut().push(numbers("a batch", x).unwrap_or_default());
            model(x)
        };
        let x = tensor(&Matrix::from_fn(n, 1, |i, _| i as f64));
        let mut sgd = SGD::new(vec![w.clone()], RATE).accepted("an optimizer")?;
        let batches = cut(n, 1, size);
        train_epoch(&watched, &mut sgd, &x, &vec![0; n], &batches).accepted("train_epoch(…)")?;
        let want: Vec<Vec<f64>> =
            batches.iter().map(|batch| batch.iter().map(|i| *i as f64).collect()).collect();
        equal(
            "what the model was called with",
            seen.into_inner(),
            want,
            "Once per batch, including the last one, and with nothing else.",
        )
    });
}

#[test]
fn uses_the_given_optimizer() {
    for_all("x, labels, w", task()).cases(16).holds(|task| {
        let w = variable(&task.w);
        let adam = ParamsAdamW { lr: RATE, weight_decay: 0.0, ..Default::default() };
        let mut adam = AdamW::new(vec![w.clone()], adam).accepted("an optimizer")?;
        let batch: Vec<usize> = (0..task.labels.len()).collect();
        train_epoch(&linear(&w), &mut adam, &tensor(&task.x), &task.labels, std::slice::from_ref(&batch))
            .accepted("train_epoch(…)")?;
        // Adam's first step is η·g/(|g| + ε): as far whatever the gradient's size.
        let gradient = by_hand(task, &[batch]).0;
        let got = matrix("the weights", &w)?;
        let look = "One step of the given optimizer per batch: here Adam, whose first step is η times the \
            sign of the gradient.";
        close_entries(
            "the weights after one batch with Adam",
            &got,
            &Matrix::from_fn(2, task.w.cols(), |i, j| {
                let g = (task.w[(i, j)] - gradient[(i, j)]) / RATE;
                task.w[(i, j)] - RATE * g / (g.abs() + 1e-8)
            }),
            |i, j| {
                let g = ((task.w[(i, j)] - gradient[(i, j)]) / RATE).abs();
                // Where the gradient is as small as its rounding, the step may go anywhere within η.
                1e-9 + RATE * 1e-12 / (g + 1e-12).min(1.0)
            },
            look,
        )
    });
}

#[test]
fn accepts_single_precision() {
    example(|| {
        let w =
            candle_core::Var::zeros((1, 2), candle_core::DType::F32, &Device::Cpu).accepted("a variable")?;
        let mut sgd = SGD::new(vec![w.clone()], 1.0).accepted("an optimizer")?;
        let x = Tensor::new(&[[1.0_f32]], &Device::Cpu).accepted("a tensor")?;
        let score =
            train_epoch(&linear(&w), &mut sgd, &x, &[1], &[vec![0]]).accepted("train_epoch in f32")?;
        let look = "Networks learn in f32: read the loss in whatever type it has.";
        close("loss", score.loss, 2.0_f64.ln(), 1e-6, look)?;
        equal("the weights", numbers("the weights", &w)?, vec![-0.5, 0.5], look)?;
        // The second step finds what the first has learned.
        let score = train_epoch(&linear(&w), &mut sgd, &x, &[1], &[vec![0], vec![0]])
            .accepted("train_epoch in f32")?;
        equal("the accuracy after a step", score.accuracy, 1.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{Device, Tensor, Var};
        use candle_nn::{Optimizer, SGD};
        use katas::m07_deep_learning::training::train_epoch;
        let w = Var::new(&[[0.0_f64, 0.0]], &Device::Cpu)?;
        let mut sgd = SGD::new(vec![w.clone()], 1.0)?;
        let x = Tensor::new(&[[1.0_f64]], &Device::Cpu)?;
        let score = train_epoch(&|x| Ok(x.matmul(&w)?), &mut sgd, &x, &[1], &[vec![0]])?;
        assert_eq!(score.loss, 2.0_f64.ln());
        assert_eq!(w.to_vec2::<f64>()?, [[-0.5, 0.5]]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn stops_before_a_step_with_an_infinite_loss() {
        // Finite as well, and so large that the loss is infinite.
        let bad = prop_oneof![any::not_finite(), Just(1.5e308)];
        let inputs = (bad, sizes([0..=2, 0..=2], [151, 3]), 1..=3_usize);
        for_all("bad, k, later, b", inputs).cases(48).holds(|&(bad, [k, later], size)| {
            let start = Matrix::from_rows([[1.0, -1.0]]);
            let w = variable(&start);
            let n = size * (k + 1 + later);
            // Finite, but its loss is not: its sign speaks for the other class.
            let bad = if bad.is_finite() { -bad } else { bad };
            // The last sample of the batch.
            let x = Matrix::from_fn(n, 1, |i, _| if i + 1 == size * (k + 1) { bad } else { 1.0 });
            let mut sgd = SGD::new(vec![w.clone()], RATE).accepted("an optimizer")?;
            let labels = vec![0; n];
            let batches: Vec<Vec<usize>> =
                (0..n).collect::<Vec<_>>().chunks(size).map(<[usize]>::to_vec).collect();
            let got = train_epoch(&linear(&w), &mut sgd, &tensor(&x), &labels, &batches);
            let look = "Check each loss before the step: after a step with NaN every weight is NaN.";
            rejected(
                &format!("train_epoch with a bad sample in batch {k}"),
                got,
                InputError::Diverged { step: k },
                look,
            )?;
            let look = "The steps before it are taken, and no other one.";
            let left = matrix("the weights", &w)?;
            let want = by_hand(&Task { x, labels, w: start }, &batches[..k]).0;
            close_entries("the weights afterwards", &left, &want, |_, _| tolerance(), look)
        });
    }

    #[test]
    fn rejects_invalid_labels_and_batches() {
        example(|| {
            let (x, w) = (tensor(&Matrix::zeros(3, 2)), variable(&Matrix::zeros(2, 2)));
            let ask = |labels: &[usize], batches: &[Vec<usize>]| {
                let mut sgd = SGD::new(vec![w.clone()], RATE)?;
                train_epoch(&linear(&w), &mut sgd, &x, labels, batches)
            };
            for labels in [&[0, 1][..], &[0, 1, 0, 1]] {
                let mismatch = InputError::LengthMismatch { left: 3, right: labels.len() };
                let look = "One label per row, rows on the left.";
                rejected(
                    &format!("3 samples, {} labels", labels.len()),
                    ask(labels, &[vec![0]]),
                    mismatch,
                    look,
                )?;
            }
            let nothing = InputError::TooFew { got: 0, wanted: 1 };
            for batches in [&[][..], &[vec![0], vec![]]] {
                let look = "An epoch has at least one batch, and a batch at least one sample.";
                rejected(&format!("batches {batches:?}"), ask(&[0, 1, 0], batches), nothing.clone(), look)?;
            }
            for (batches, first) in [
                ([vec![0], vec![2, 3]], 3.0),
                ([vec![1, 5, 2], vec![0]], 5.0),
                ([vec![2, 1], vec![0, 9]], 9.0),
            ] {
                let outside = InputError::OutOfRange { name: "batches", got: first, wanted: "a sample" };
                let look = "Three samples have the indices 0, 1 and 2.";
                rejected(&format!("batches {batches:?}"), ask(&[0, 1, 0], &batches), outside, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unknown_classes_and_samples_wherever_they_are() {
        let inputs = (sizes([1..=4, 1..=3], [301, 41]), any::seed(), 0..3_usize);
        for_all("n, b, i, too far", inputs).cases(64).holds(|&([n, b], i, too_far)| {
            let (x, w, i) = (tensor(&Matrix::zeros(n, 2)), variable(&Matrix::zeros(2, 3)), i as usize % n);
            let ask = |labels: &[usize], batches: &[Vec<usize>]| {
                let mut sgd = SGD::new(vec![w.clone()], RATE)?;
                train_epoch(&linear(&w), &mut sgd, &x, labels, batches)
            };
            let mut batches: Vec<Vec<usize>> =
                (0..n).collect::<Vec<_>>().chunks(b).map(<[usize]>::to_vec).collect();
            let mut labels = vec![2; n];
            labels[i] = 3 + too_far;
            let want = InputError::UnknownClass { index: i % b, got: 3 + too_far, classes: 3 };
            let look = "Return the error of the loss; its index counts within the batch.";
            rejected(
                &format!("label {} at {i}, batches of {b}", 3 + too_far),
                ask(&labels, &batches),
                want,
                look,
            )?;
            batches[i / b][i % b] = n + too_far;
            let got = (n + too_far) as f64;
            let want = InputError::OutOfRange { name: "batches", got, wanted: "a sample" };
            let look = "n samples have the indices 0 to n − 1.";
            rejected(&format!("{n} samples, batches {batches:?}"), ask(&vec![0; n], &batches), want, look)?;
            batches[i / b].clear();
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let look = "A batch holds at least one sample, whichever it is.";
            rejected(&format!("batches {batches:?}"), ask(&vec![0; n], &batches), want, look)?;
            for wrong in [n - 1, n + 1 + too_far] {
                let want = InputError::LengthMismatch { left: n, right: wrong };
                let call = format!("{n} samples, {wrong} labels");
                rejected(
                    &call,
                    ask(&vec![0; wrong], &[vec![0]]),
                    want,
                    "One label per row, rows on the left.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn returns_the_error_of_the_model() {
        for_all("n, batches before the error", (1..=20_usize, 0..20_usize)).cases(8).holds(|&(n, good)| {
            let (x, w) = (tensor(&Matrix::zeros(n, 1)), variable(&Matrix::zeros(1, 2)));
            let mut sgd = SGD::new(vec![w.clone()], RATE).accepted("an optimizer")?;
            let (good, asked, linear) = (good % n, std::cell::Cell::new(0), linear(&w));
            let model = |x: &Tensor| {
                asked.set(asked.get() + 1);
                if asked.get() > good { Err(InputError::Constant { name: "x" }) } else { linear(x) }
            };
            let batches: Vec<Vec<usize>> = (0..n).map(|i| vec![i]).collect();
            let got = train_epoch(&model, &mut sgd, &x, &vec![0; n], &batches);
            let look = "`?` returns the model's error, whichever batch it is.";
            rejected("train_epoch", got, InputError::Constant { name: "x" }, look)
        });
    }
}
