use candle_core::{Device, Tensor};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m09_convolution::evaluation::{Evaluation, evaluate};
use kit::{InputError, Matrix};
use proptest::prelude::*;

use judge::any::sizes;

/// Logits themselves as images, no two of a row equal, and labels.
fn answers() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    of_shape((1..=5_usize, 2..=4_usize).prop_map(|(n, k)| [n, k]))
}

/// Up to 1325 images and 101 classes.
fn many() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    of_shape(sizes([1..=5, 2..=4], [1325, 101]))
}

fn of_shape(
    shape: impl Strategy<Value = [usize; 2]> + Send + Sync + Clone,
) -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    shape.prop_flat_map(|[n, k]| {
        let distinct = move |z: Matrix| Matrix::from_fn(n, k, |i, j| z[(i, j)] + (i + j) as f64 / 1024.0);
        (any::matrix(n, k).prop_map(distinct), judge::any::vec(0..k, n))
    })
}

fn tensor(z: &Matrix) -> Tensor {
    Tensor::from_slice(z.as_slice(), z.shape(), &Device::Cpu).expect("rows times columns")
}

fn same(x: &Tensor) -> Result<Tensor, InputError> {
    Ok(x.clone())
}

fn evaluation(z: &Matrix, labels: &[usize]) -> Result<Evaluation, Broken> {
    evaluate(&same, &tensor(z), labels).accepted("evaluate(model, x, labels)")
}

fn probability(row: &[f64], class: usize) -> f64 {
    1.0 / row.iter().map(|z| (z - row[class]).exp()).sum::<f64>()
}

fn largest(row: &[f64]) -> usize {
    (0..row.len()).max_by(|&a, &b| row[a].total_cmp(&row[b])).unwrap_or(0)
}

#[test]
fn loss_and_accuracy_are_means() {
    for_all("logits, labels", prop_oneof![2 => answers(), 1 => many()]).cases(128).holds(|(z, labels)| {
        let (got, n) = (evaluation(z, labels)?, labels.len() as f64);
        let loss =
            labels.iter().enumerate().map(|(i, label)| -probability(z.row(i), *label).ln()).sum::<f64>() / n;
        let correct =
            labels.iter().enumerate().filter(|(i, label)| largest(z.row(*i)) == **label).count() as f64 / n;
        let look = "Mean cross-entropy from the logits, and the fraction of images whose largest logit is \
            that of the label.";
        close("loss", got.loss, loss, rounding(256 + 8 * z.rows() * z.cols(), 20.0), look)?;
        close("accuracy", got.accuracy, correct, rounding(4 + z.rows(), 1.0), look)
    });
}

#[test]
fn mistakes_are_sorted_by_probability() {
    for_all("logits, labels", prop_oneof![2 => answers(), 1 => many()]).cases(128).holds(|(z, labels)| {
        let got = evaluation(z, labels)?.mistakes;
        let mut want: Vec<(usize, usize, f64)> = (0..labels.len())
            .map(|i| (i, largest(z.row(i)), probability(z.row(i), largest(z.row(i)))))
            .filter(|(i, predicted, _)| *predicted != labels[*i])
            .collect();
        want.sort_by(|a, b| b.2.total_cmp(&a.2));
        let probabilities: Vec<f64> = got.iter().map(|mistake| mistake.probability).collect();
        let wanted: Vec<f64> = want.iter().map(|(_, _, p)| *p).collect();
        let look = "Images whose largest logit is not that of the label, with the softmax probability of \
            that logit; in descending order of probability.";
        equal("the number of mistakes", got.len(), want.len(), look)?;
        close(
            "their probabilities",
            probabilities.as_slice(),
            wanted.as_slice(),
            rounding(64 + 4 * z.cols(), 1.0),
            look,
        )?;
        for mistake in &got {
            let right = want.iter().any(|(i, predicted, p)| {
                *i == mistake.index
                    && *predicted == mistake.predicted
                    && (p - mistake.probability).abs() < 1e-12
            });
            // Each image once.
            let right = right && got.iter().filter(|other| other.index == mistake.index).count() == 1;
            ensure(right, || {
                Broken::answer(
                    format!("{mistake:?}"),
                    format!("one of {:?} …: index, predicted class, probability", &want[..want.len().min(8)]),
                    look,
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn passes_images_in_order_and_shape() {
    for_all("n", prop_oneof![1..=3_usize, 249..=252_usize, 501..=502_usize]).cases(8).holds(|&n| {
        let (shapes, asked) = (std::cell::RefCell::new(Vec::new()), std::cell::RefCell::new(Vec::new()));
        let model = |x: &Tensor| {
            let flat = x.flatten_from(1)?;
            shapes.borrow_mut().push(x.dims()[1..].to_vec());
            asked.borrow_mut().extend(flat.to_vec2::<f64>()?.concat());
            Ok(flat)
        };
        let pixels: Vec<f64> = (0..6 * n).map(|k| k as f64 / 1024.0).collect();
        let x = Tensor::from_slice(&pixels, (n, 1, 2, 3), &Device::Cpu).accepted("a tensor")?;
        evaluate(&model, &x, &vec![0; n]).accepted("evaluate(model, x, labels)")?;
        let look = "A convolution needs channels, rows and columns: pass on the images in their order, \
            split along the first axis only.";
        let kept = shapes.into_inner().iter().all(|shape| *shape == [1, 2, 3]);
        equal("whether each batch has images of 1×2×3", kept, true, look)?;
        equal("whether the pixels came in their order, each once", asked.into_inner() == pixels, true, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{Device, Tensor};
        use katas::m09_convolution::evaluation::evaluate;
        let logits = Tensor::new(&[[2.0_f64, 0.0], [0.0, 3.0]], &Device::Cpu)?;
        let found = evaluate(&|x| Ok(x.clone()), &logits, &[0, 0])?;
        assert_eq!((found.accuracy, found.mistakes[0].index, found.mistakes[0].predicted), (0.5, 1, 1));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_overflow_for_large_logits() {
        example(|| {
            let look = "softmax gives the label 0, and −ln 0 is infinite: compute the logarithm from the \
                logits, as `cross_entropy` does.";
            let got = evaluation(&Matrix::from_rows([[1000.0, 0.0], [0.0, 1000.0]]), &[1, 1])?;
            close(
                "loss of the logits [1000, 0] and [0, 1000], both of class 1",
                got.loss,
                500.0,
                rounding(16, 1000.0),
                look,
            )
        });
    }

    #[test]
    fn batches_have_at_most_250_images() {
        for_all("n", prop_oneof![249..=253_usize, 500..=503_usize]).cases(6).holds(|&n| {
            // All images but the last are correct with high probability; the last has a loss of 8.
            let z = Matrix::from_fn(n, 2, |i, j| if (j == 0) == (i + 1 < n) { 8.0 } else { 0.0 });
            let longest = std::cell::Cell::new(0);
            let model = |x: &Tensor| {
                longest.set(longest.get().max(x.dim(0)?));
                Ok(x.clone())
            };
            let got = evaluate(&model, &tensor(&z), &vec![0; n]).accepted("evaluate(model, x, labels)")?;
            let look = "60,000 images at once take gigabytes: use batches. Sum over images, divide once; \
                indices count through all batches.";
            ensure(longest.get() <= 250, || {
                Broken::answer(format!("a batch of {}", longest.get()), "at most 250", look)
            })?;
            let (sure, wrong) = ((1.0 + (-8.0_f64).exp()).ln(), (1.0 + 8.0_f64.exp()).ln());
            close(
                "loss",
                got.loss,
                ((n - 1) as f64 * sure + wrong) / n as f64,
                rounding(32 * n, 10.0),
                look,
            )?;
            close("accuracy", got.accuracy, (n - 1) as f64 / n as f64, rounding(4, 1.0), look)?;
            equal(
                "indices of the \
                mistakes",
                got.mistakes.iter().map(|m| m.index).collect(),
                vec![n - 1],
                look,
            )
        });
    }

    #[test]
    fn breaks_ties_by_index() {
        example(|| {
            let z = Matrix::from_rows([[2.0, 0.0], [2.0, 0.0], [0.0, 2.0], [2.0, 0.0]]);
            let got: Vec<usize> = evaluation(&z, &[1, 1, 0, 1])?.mistakes.iter().map(|m| m.index).collect();
            equal(
                "indices of four equally probable mistakes",
                got,
                vec![0, 1, 2, 3],
                "Equal probabilities are ordered by index.",
            )
        });
    }

    #[test]
    fn returns_all_mistakes_in_stable_order() {
        for_all("n", 21..=600_usize).cases(12).holds(|&n| {
            // Every third image is correct; of the others every other one has a higher probability.
            let z = Matrix::from_fn(n, 2, |i, j| if j == 0 { 2.0 + (i % 2) as f64 } else { 0.0 });
            let labels: Vec<usize> = (0..n).map(|i| usize::from(i % 3 > 0)).collect();
            let wrong = |odd: usize| (0..n).filter(move |i| i % 3 > 0 && i % 2 == odd);
            let want: Vec<usize> = wrong(1).chain(wrong(0)).collect();
            let got: Vec<usize> =
                evaluation(&z, &labels)?.mistakes.iter().map(|mistake| mistake.index).collect();
            let look = "All of them, equal probabilities ordered by index. `sort_unstable_by` does not keep \
                the order of equal elements.";
            equal("indices of the mistakes", got, want, look)
        });
    }

    #[test]
    fn accepts_f32_models() {
        for_all("logits, labels", prop_oneof![2 => answers(), 1 => many()]).cases(24).holds(|(z, labels)| {
            let single = tensor(z).to_dtype(candle_core::DType::F32).accepted("a tensor")?;
            let (got, want) =
                (evaluate(&same, &single, labels).accepted("evaluate in f32")?, evaluation(z, labels)?);
            let look = "Networks learn in f32: convert loss and probabilities from any type.";
            let terms = 256 + 8 * z.rows() * z.cols();
            close("loss", got.loss, want.loss, rounding(terms, 20.0) * 2.0_f64.powi(29), look)?;
            close("accuracy", got.accuracy, want.accuracy, rounding(4 + z.rows(), 1.0), look)?;
            equal("the number of mistakes", got.mistakes.len(), want.mistakes.len(), look)?;
            for (got, want) in got.mistakes.iter().zip(&want.mistakes) {
                close("a probability", got.probability, want.probability, 1e-5, look)?;
                let own = probability(z.row(got.index), largest(z.row(got.index)));
                close(&format!("that of image {}", got.index), got.probability, own, 1e-5, look)?;
                equal("a predicted class", got.predicted, largest(z.row(got.index)), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn propagates_nan_loss() {
        for_all("logits, labels, row", (many(), any::seed())).cases(24).holds(|((z, labels), row)| {
            let (mut z, row) = (z.clone(), *row as usize % labels.len());
            z[(row, 0)] = f64::NAN;
            let look = "This is no error: the loss of a network that has diverged is NaN, and should be \
                reported as such.";
            equal("whether the loss is NaN", evaluation(&z, labels)?.loss.is_nan(), true, look)
        });
    }

    #[test]
    fn returns_errors_of_the_model() {
        for_all("batch", 0..3_usize).cases(3).holds(|&batch| {
            let asked = std::cell::Cell::new(0);
            let model = |x: &Tensor| {
                asked.set(asked.get() + x.dim(0)?);
                if asked.get() > 250 * batch {
                    Err(InputError::Constant { name: "x" })
                } else {
                    Ok(x.clone())
                }
            };
            let got = evaluate(&model, &tensor(&Matrix::zeros(600, 2)), &[0; 600]);
            let look = "`?` returns the model's error, whichever batch it is.";
            equal("evaluate", got, Err(InputError::Constant { name: "x" }), look)
        });
    }

    #[test]
    fn rejects_invalid_labels() {
        example(|| {
            let ask = |n: usize, labels: &[usize]| {
                let x = Tensor::zeros((n, 3), candle_core::DType::F64, &Device::Cpu)?;
                evaluate(&same, &x, labels)
            };
            for (images, labels) in [(2, &[0][..]), (1, &[0, 0])] {
                let want = InputError::LengthMismatch { left: images, right: labels.len() };
                let call = format!("{images} images, {} labels", labels.len());
                rejected(&call, ask(images, labels), want, "One label per image.")?;
            }
            rejected(
                "no images",
                ask(0, &[]),
                InputError::TooFew { got: 0, wanted: 1 },
                "The mean over no images is undefined.",
            )?;
            Ok(())
        });
    }

    #[test]
    fn rejects_an_unknown_label_wherever_it_is() {
        let inputs = (sizes([1..=5, 1..=4], [1025, 65]), any::seed(), 0..3_usize);
        for_all("n, k, image, too far", inputs).cases(48).holds(|&([n, k], image, too_far)| {
            let x = Tensor::zeros((n, k), candle_core::DType::F64, &Device::Cpu).accepted("a tensor")?;
            let (image, got) = (image as usize % n, k + too_far);
            let mut labels = vec![k - 1; n];
            labels[image] = got;
            let want = InputError::UnknownClass { index: image, got, classes: k };
            let call = format!("a label {got} at image {image} of {n}");
            rejected(&call, evaluate(&same, &x, &labels), want, "The index counts through all batches.")?;
            for wrong in [n - 1, n + 1 + too_far] {
                let want = InputError::LengthMismatch { left: n, right: wrong };
                let call = format!("{n} images, {wrong} labels");
                rejected(&call, evaluate(&same, &x, &vec![0; wrong]), want, "One label per image.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn evaluates_logits_of_any_magnitude() {
        for_all("logits, labels, c", (many(), any::magnitude(-9, 150))).cases(64).holds(
            |((z, labels), c)| {
                let z = Matrix::from_fn(z.rows(), z.cols(), |i, j| c * z[(i, j)]);
                let (got, n) = (evaluation(&z, labels)?, labels.len() as f64);
                let surprise = |row: &[f64], label: usize| {
                    let most = row.iter().copied().fold(f64::NEG_INFINITY, f64::max);
                    row.iter().map(|z| (z - most).exp()).sum::<f64>().ln() - (row[label] - most)
                };
                let surprises = labels.iter().enumerate().map(|(i, label)| surprise(z.row(i), *label));
                let loss = surprises.sum::<f64>() / n;
                let wrong = (0..labels.len()).filter(|i| largest(z.row(*i)) != labels[*i]);
                let mut indices: Vec<usize> = got.mistakes.iter().map(|mistake| mistake.index).collect();
                indices.sort_unstable();
                let look =
                    "Nothing is clipped or rounded: loss and predictions are of the logits as they are.";
                equal("the misclassified images", indices, wrong.collect(), look)?;
                for mistake in &got.mistakes {
                    let row = z.row(mistake.index);
                    let best = largest(row);
                    equal("a predicted class", mistake.predicted, best, look)?;
                    let gap = row.iter().enumerate().filter(|(j, _)| *j != best).map(|(_, z)| row[best] - z);
                    let gap = gap.fold(f64::INFINITY, f64::min);
                    // e^−50 is below 10⁻²¹; else the difference of two logits carries their rounding.
                    let off =
                        if gap > 50.0 { 1e-12 } else { rounding(64 + 4 * z.cols(), 1.0 + 20.0 * c.abs()) };
                    close(
                        "its probability",
                        mistake.probability,
                        probability(row, best),
                        off.min(1e-3),
                        look,
                    )?;
                }
                let tolerance = rounding(256 + 8 * z.rows() * z.cols(), 20.0 + 20.0 * c.abs());
                close("loss", got.loss, loss, tolerance, look)
            },
        );
    }
}
