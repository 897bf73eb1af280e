use candle_core::Tensor;
use judge::any::select;
use judge::{
    Answer, Broken, any, close, close_entries, ensure, equal, example, for_all, mean_near, rejected, rounding,
};
use katas::m07_deep_learning::fitting::Settings;
use kit::data::mnist::Set;
use kit::{Generator, InputError, Matrix};
use proptest::prop_oneof;

use super::super::digits::{digits, mnist};
use super::super::softmax::{Task, flat, linear, logits, predicted, surprise, task, variable};
use super::super::tensors::numbers;
use super::runs::{VALIDATION, adam, adam_on, ask, ask_all, numbered, run, run_from, settings};
use super::whole::{accuracy_by_chance, memorized_loss, reaches};
use judge::any::sizes;

#[test]
fn each_epoch_uses_every_sample_once() {
    // Few samples to follow, or many: no batch is too large.
    let sizes = prop_oneof![3 => (1..=9_usize, 1..=4_usize), 1 => (700..=800_usize, 300..=400_usize)];
    for_all("n, b, seed", (sizes, any::seed())).cases(24).holds(|&((n, size), seed)| {
        let start = Matrix::zeros(2, 2);
        let ran = run(
            &start,
            (&numbered(n, 1), &vec![0; n]),
            (&numbered(2, VALIDATION), &[0, 1]),
            &settings(2, size, 0.01),
            seed,
        )?;
        let learned = ran.learned();
        let sizes: Vec<usize> = learned.iter().map(|batch| batch.len()).collect();
        let full = (n - 1) / size;
        let once: Vec<usize> = (0..=full).map(|i| if i < full { size } else { n - full * size }).collect();
        let look = "Two epochs: each uses all samples once, in mini-batches of b and a last partial batch.";
        equal("sizes of the batches learned from", sizes, [&once[..], &once].concat(), look)?;
        for epoch in learned.chunks(full + 1) {
            let mut seen: Vec<f64> = epoch.iter().flat_map(|batch| batch.iter().copied()).collect();
            seen.sort_by(f64::total_cmp);
            let want: Vec<f64> = (1..=n).map(|i| i as f64).collect();
            equal("the samples of an epoch, sorted", seen, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn each_epoch_has_a_new_order() {
    for_all("seed", any::seed()).cases(8).holds(|&seed| {
        let (x, n) = (numbered(40, 1), 40);
        let ran = |seed| {
            let validation = (&numbered(1, VALIDATION), &[0][..]);
            run(&Matrix::zeros(2, 2), (&x, &vec![0; n]), validation, &settings(12, 40, 0.01), seed)
        };
        let (one, other) = (ran(seed)?, ran(seed ^ 1)?);
        let learned = one.learned();
        let sorted: Vec<f64> = (1..=n).map(|i| i as f64).collect();
        // Two orders of forty are equal once in 10⁴⁷.
        let is_new = |k: usize| *learned[k] != sorted && !learned[..k].contains(&learned[k]);
        ensure(learned.len() == 12 && (0..12).all(is_new), || {
            let look = "Shuffle anew for each epoch, with the same generator.";
            Broken::answer(format!("orders {learned:?}"), "twelve orders, none of them 1, 2, 3, …", look)
        })?;
        ensure(other.learned() != learned, || {
            let look = "All randomness comes from the given generator: another seed, other orders.";
            Broken::answer(
                format!("orders {learned:?} with the seed {} as well", seed ^ 1),
                "other orders",
                look,
            )
        })
    });
}

#[test]
fn the_first_step_of_adam_is_the_learning_rate() {
    for_all("x, labels, w", task()).cases(16).holds(|task| {
        let n = task.labels.len();
        let ran = run(&task.w, (&task.x, &task.labels), (&task.x, &task.labels), &settings(1, n, 0.0625), 1)?;
        for (got, before) in ran.w.as_slice().iter().zip(task.w.as_slice()) {
            let step = (got - before).abs();
            let look =
                "One batch, one step of Adam: η for each weight with a gradient, without weight decay.";
            ensure(step < 0.0625 * (1.0 + 1e-6), || {
                Broken::answer(format!("a weight moved by {step}"), "η = 0.0625 at most", look)
            })?;
        }
        // The gradients of the classes cancel, so if one feature counts at all some weight moves, and then by η.
        let furthest =
            ran.w.as_slice().iter().zip(task.w.as_slice()).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        let dead = task.x.as_slice().iter().all(|x| *x == 0.0);
        ensure(dead || furthest > 0.05 || flat(task), || {
            Broken::answer(
                format!("no weight moved by more than {furthest}"),
                "η = 0.0625",
                "Does the optimizer hold the variables, and step?",
            )
        })
    });
}

#[test]
fn uses_one_adam_for_all_epochs() {
    // Features so small that ε is no longer small compared with the gradients, and such that it is.
    let epochs = prop_oneof![15 => 1..=12_usize, 1 => proptest::strategy::Just(301_usize)];
    let inputs = (epochs, 1..=3_usize, [1..=16_u32, 1..=16], select(vec![0, -26]));
    for_all("epochs, n, x₀, x₁, k", inputs).cases(24).holds(|&(epochs, n, x, k)| {
        let (x, steps) = (x.map(|x| f64::from(x) / 8.0 * 2.0_f64.powi(k)), epochs * n);
        let rows = Matrix::from_fn(n, 2, |_, j| x[j]);
        let all = (&rows, &vec![0; n][..]);
        let ran = run(&Matrix::zeros(2, 2), all, all, &settings(epochs, 1, 0.0625), 1)?;
        let look = "Adam keeps running means of the gradients: one optimizer, made before the first epoch. \
            β₁, β₂ and ε are candle's defaults, η stays as it is, and no epoch is left out.";
        // Steps of about η, and some dozens of operations each; 1 − β₂ᵗ loses three digits.
        let (want, tolerance) = (adam(x, 0.0625, steps as i32), rounding(1 << 16, steps as f64 * 0.0625));
        close(
            "the weights after learning 2ᵏ·x/8 again and again",
            ran.w.as_slice(),
            &want[..],
            tolerance,
            look,
        )
    });
}

#[test]
fn is_adam_on_mini_batches_of_any_size() {
    // Samples, features, classes, validation samples, mini-batch size, epochs.
    let shape = sizes([1..=6, 1..=3, 2..=3, 1..=4, 1..=4, 1..=3], [301, 33, 17, 601, 301, 13]);
    for_all("n, d, k, validated, b, epochs, seed", (shape, any::seed())).cases(64).holds(
        |&([n, d, k, validated, b, epochs], seed)| {
            let b = b.max(n.div_ceil(6));
            let mut generator = Generator::from_seed(seed);
            let mut draw = |rows: usize, cols: usize| {
                let mut drawn = Matrix::zeros(rows, cols);
                (0..rows * cols).for_each(|i| drawn[(i / cols, i % cols)] = generator.uniform_in(-1.0, 1.0));
                drawn
            };
            let (mut x, mut v, w) = (draw(n, d), draw(validated, d), draw(d, k));
            // The first feature says which sample it is: below 1 for training, above for validation.
            (0..n).for_each(|i| x[(i, 0)] = (i + 1) as f64 / 512.0);
            (0..validated).for_each(|i| v[(i, 0)] = 1.5 + 0.25 * v[(i, 0)]);
            let label = |i: usize| (i * 7 + i / 3) % k;
            let labels_of = |n| (0..n).map(label).collect::<Vec<usize>>();
            let labels = (labels_of(n), labels_of(validated));
            let (task, validation) = (Task { x, labels: labels.0, w }, (&v, &labels.1[..]));
            let settings = settings(epochs, b, 0.015625);
            let ran = run(&task.w, (&task.x, &task.labels), validation, &settings, seed)?;
            let batches: Vec<Vec<usize>> = ran
                .asked
                .iter()
                .filter(|batch| batch.iter().all(|first| *first < 1.0))
                .map(|batch| batch.iter().map(|x| (x * 512.0) as usize).map(|i| i.clamp(1, n) - 1).collect())
                .collect();
            let per_epoch: Vec<Vec<Vec<usize>>> =
                batches.chunks(n.div_ceil(b)).map(<[Vec<usize>]>::to_vec).collect();
            equal("the number of epochs", per_epoch.len(), epochs, "Each epoch has ⌈n/b⌉ batches.")?;
            let (want, scores) = adam_on(&task, validation, &per_epoch, 0.015625);
            let look = "Every sample, feature and class counts in each step of Adam, which goes on.";
            // Where a gradient is a millionth of the others, Adam divides its rounding by it.
            close_entries("the weights", &ran.w, &want, |_, _| 1e-6, look)?;
            let look = "Training: each batch before its step. Validation: all, after the last step.";
            for (epoch, (got, want)) in ran.epochs.iter().zip(&scores).enumerate() {
                for (what, got, want) in [
                    ("training", got.training, want.training),
                    ("validation", got.validation, want.validation),
                ] {
                    let call = format!("{what} loss of epoch {}", epoch + 1);
                    close(&call, got.loss, want.loss, 1e-5, look)?;
                    let call = format!("{what} accuracy of epoch {}", epoch + 1);
                    close(&call, got.accuracy, want.accuracy, rounding(n + validated, 1.0), look)?;
                }
            }
            Ok(())
        },
    );
}

#[test]
fn scores_training_and_validation_sets() {
    for_all("x, labels, w, v, labels, _", (task(), task())).cases(24).holds(|(task, other)| {
        let labels: Vec<usize> = other.labels.iter().map(|label| label % task.w.cols()).collect();
        // So small a rate that nothing moves: both scores are those of the initial weights.
        let ran = run(&task.w, (&task.x, &task.labels), (&other.x, &labels), &settings(2, 2, 1e-15), 3)?;
        for epoch in &ran.epochs {
            for (what, got, x, labels) in [
                ("training", epoch.training, &task.x, &task.labels),
                ("validation", epoch.validation, &other.x, &labels),
            ] {
                let z = |i: usize| logits(x.row(i), &task.w);
                let n = labels.len() as f64;
                let loss =
                    labels.iter().enumerate().map(|(i, label)| surprise(&z(i), *label)).sum::<f64>() / n;
                let right =
                    labels.iter().enumerate().filter(|(i, label)| predicted(&z(*i)) == **label).count()
                        as f64
                        / n;
                let look = "Training: the batches before their steps, over all samples. Validation: the \
                    validation set, never the training set.";
                close(
                    &format!("{what} loss where η is next to nothing"),
                    got.loss,
                    loss,
                    rounding(1 << 12, 100.0),
                    look,
                )?;
                close(
                    &format!("{what} accuracy where η is next to nothing"),
                    got.accuracy,
                    right,
                    rounding(8, 1.0),
                    look,
                )?;
            }
        }
        equal("the number of epochs", ran.epochs.len(), 2, "One entry per epoch.")
    });
}

#[test]
fn validates_after_the_last_step() {
    for_all("x, labels, w", task()).cases(16).holds(|task| {
        let ran = run(&task.w, (&task.x, &task.labels), (&task.x, &task.labels), &settings(3, 2, 0.25), 3)?;
        let n = task.labels.len() as f64;
        let pairs =
            || task.labels.iter().enumerate().map(|(i, label)| (logits(task.x.row(i), &ran.w), *label));
        let want = pairs().map(|(z, label)| surprise(&z, label)).sum::<f64>() / n;
        let look = "First the steps of the epoch, then the evaluation on the validation set.";
        close("the last validation loss", ran.epochs[2].validation.loss, want, rounding(1 << 10, 100.0), look)
    });
}

#[test]
fn does_not_learn_from_the_validation_set() {
    for_all("x, labels, w, v, labels, _, seed", (task(), task(), any::seed())).cases(16).holds(
        |(task, other, seed)| {
            let labels: Vec<usize> = other.labels.iter().map(|label| label % task.w.cols()).collect();
            let ran =
                |validation| run(&task.w, (&task.x, &task.labels), validation, &settings(2, 3, 0.125), *seed);
            let (one, two) = (ran((&task.x, &task.labels[..]))?, ran((&other.x, &labels[..]))?);
            let look = "Another validation set, the same training: the weights must be the same. The \
                validation set is neither trained on nor used for early stopping.";
            equal("the weights with other validation samples", two.w, one.w, look)
        },
    );
}

#[test]
fn overfits_eight_samples() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        let last = memorized_loss(seed)?;
        ensure(last < 0.1, || {
            let look = "A network that cannot overfit eight samples has a broken training loop: is each \
                variable updated by its own gradient?";
            Broken::answer(format!("a loss of {last:.4} after 150 epochs"), "less than 0.1", look)
        })
    });
}

#[test]
fn random_labels_give_accuracy_at_chance() {
    example(|| {
        let accuracy = accuracy_by_chance(600)?;
        let look = "The labels are random, so the accuracy on new samples is at chance. Is the validation \
            score computed on training samples?";
        mean_near("accuracy on new samples, random labels of 5 classes", accuracy, 600, 1.0, 0.2, look)
    });
}

#[test]
fn is_reproducible() {
    for_all("x, labels, w, seed", (task(), any::seed())).cases(8).holds(|(task, seed)| {
        let ran =
            || run(&task.w, (&task.x, &task.labels), (&task.x, &task.labels), &settings(2, 2, 0.125), *seed);
        equal("once more", ran()?.epochs, ran()?.epochs, "All randomness comes from the given generator.")
    });
}

#[test]
fn calls_the_callback_after_each_epoch() {
    let epochs = prop_oneof![3 => 0..=3_usize, 1 => 30..=40_usize];
    for_all("x, labels, w, epochs", (task(), epochs)).cases(12).holds(|(task, epochs)| {
        let mut generator = Generator::from_seed(1);
        let all = (&task.x, &task.labels[..]);
        let ran = run_from(&mut generator, &task.w, all, all, &settings(*epochs, 2, 0.125))?;
        equal(
            "what `watch` was called with",
            &ran.watched,
            &ran.epochs,
            "`watch` is called once per epoch, with what is returned in the end.",
        )?;
        let (x, v) = (numbered(5, 1), numbered(1, VALIDATION));
        let both = ((&x, &[0, 1, 0, 1, 1][..]), (&v, &[0][..]));
        let again = run(&Matrix::zeros(2, 2), both.0, both.1, &settings(*epochs, 2, 0.01), 1)?;
        let want: Vec<usize> = (1..=*epochs).map(|epoch| 3 * epoch).collect();
        let look = "Call `watch` after each epoch, before the next one begins.";
        equal(
            "the number of training batches at each call of `watch`, three per epoch",
            &again.steps_watched,
            &want,
            look,
        )?;
        let look = "With 0 epochs nothing changes.";
        let drawn = generator.state() != Generator::from_seed(1).state();
        ensure(*epochs > 0 || !drawn, || {
            Broken::answer("the generator was used", "no order drawn: no epochs", look)
        })?;
        let moved = ran.w != task.w;
        ensure(*epochs > 0 || !moved, || Broken::answer("the weights moved", "nothing: no epochs", look))
    });
}

#[test]
fn updates_every_variable() {
    for_all("variables, b", (1..=9_usize, 1..=4_usize)).cases(12).holds(|&(count, size)| {
        let all: Vec<_> = (0..count).map(|_| variable(&Matrix::zeros(2, 2))).collect();
        let model = |x: &Tensor| {
            let mut z = x.matmul(&all[0])?;
            for var in &all[1..] {
                z = (z + x.matmul(var)?)?;
            }
            Ok(z)
        };
        let both = (&numbered(4, 1), &[0, 0, 0, 1][..]);
        ask_all(&model, &all, both, both, &settings(1, size, 0.01)).accepted("fit(…)")?;
        for (i, var) in all.iter().enumerate() {
            let moved = numbers("a variable", var)?.iter().any(|w| w.abs() > 1e-3);
            ensure(moved, || {
                let look = "Pass all variables to the optimizer, however many: none is frozen.";
                let got = format!("variable {} of {count} is where it was, at 0", i + 1);
                Broken::answer(got, "moved by steps of η = 0.01", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{Device, Tensor, Var};
        use katas::m07_deep_learning::fitting::{Settings, fit};
        use kit::Generator;
        let w = Var::new(&[[0.0_f32, 0.0]], &Device::Cpu)?;
        let (x, labels) = (Tensor::new(&[[1.0_f32], [-1.0]], &Device::Cpu)?, [0, 1]);
        let settings = Settings { epochs: 20, batch_size: 1, learning_rate: 0.1 };
        let (model, mut generator) = (|x: &Tensor| Ok(x.matmul(&w)?), Generator::from_seed(1));
        let both = (&x, &labels[..]);
        let epochs = fit(&model, vec![w.clone()], both, both, &settings, &mut generator, &mut |_| {})?;
        assert_eq!(epochs.len(), 20);
        assert_eq!(epochs[19].validation.accuracy, 1.0);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn uses_the_learning_rate_exactly() {
        // The features are as large as the rate is small, and the other way round: no score saturates.
        let far = prop_oneof![any::magnitude(-130, 130), any::magnitude(101, 130)];
        let rates = prop_oneof![3 => any::magnitude(-6, 9), 1 => far];
        let epochs = prop_oneof![15 => 1..=8_usize, 1 => proptest::strategy::Just(303_usize)];
        let inputs = (epochs, rates, [1..=16_u32, 1..=16]);
        for_all("epochs, η, x₀, x₁", inputs).cases(64).holds(|&(epochs, rate, x)| {
            let rate = rate.abs();
            let x = x.map(|x| f64::from(x) / 16.0 / rate);
            let rows = Matrix::from_rows([x]);
            let all = (&rows, &[0][..]);
            let ran = run(&Matrix::zeros(2, 2), all, all, &settings(epochs, 1, rate), 1)?;
            let look = "η in f64, however small or large: Adam's steps are about η, whatever the gradients.";
            let want = adam(x, rate, epochs as i32);
            let tolerance = rounding(1 << 16, epochs as f64 * rate);
            close(
                "the weights after learning x/(16η) again and again",
                ran.w.as_slice(),
                &want[..],
                tolerance,
                look,
            )?;
            let last = ran.epochs.last().map_or(f64::NAN, |epoch| epoch.validation.loss);
            let margin = x[0] * (want[0] - want[1]) + x[1] * (want[2] - want[3]);
            let look = "The validation loss after the last step is ln(1 + exp(−margin)).";
            close(
                "the last validation loss",
                last,
                (-margin).exp().ln_1p(),
                rounding(1 << 18, 4.0 * epochs as f64),
                look,
            )
        });
    }

    #[test]
    fn depends_on_the_generator_only_for_any_size() {
        let n = select(vec![40_usize, 65, 101, 129, 257]);
        for_all("n, b, seed", (n, select(vec![32_usize, 128]), any::seed())).cases(16).holds(
            |&(n, b, seed)| {
                let (x, v) = (numbered(n, 1), numbered(1, VALIDATION));
                let order = |generator: &mut Generator| {
                    let both = ((&x, &vec![0; n][..]), (&v, &[0][..]));
                    let ran =
                        run_from(generator, &Matrix::zeros(2, 2), both.0, both.1, &settings(1, b, 0.01))?;
                    Ok::<_, Broken>(ran.learned().into_iter().flatten().copied().collect::<Vec<f64>>())
                };
                let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
                let (order_1, order_2) = (order(&mut first)?, order(&mut again)?);
                let look =
                    "All randomness comes from the given generator: the same state gives the same order.";
                equal("the order from the same state", &order_2, &order_1, look)?;
                ensure(order(&mut first)? != order_1, || {
                    let look = "The generator is advanced, not cloned: a second training has another order.";
                    Broken::answer(
                        "the same order from the state that the first call left",
                        "another order",
                        look,
                    )
                })
            },
        );
    }

    #[test]
    fn does_not_stop_early() {
        let epochs = prop_oneof![12 => 0..=12_usize, 1 => proptest::strategy::Just(303_usize)];
        for_all("epochs", epochs).cases(13).holds(|&epochs| {
            let x = Matrix::from_rows([[1.0, 0.0]]);
            let ran = run(&Matrix::zeros(2, 2), (&x, &[0]), (&x, &[1]), &settings(epochs, 1, 0.125), 1)?;
            let look = "Exactly the given number of epochs, whatever the validation loss: no early stopping.";
            equal("epochs, the validation sample labeled as the other class", ran.epochs.len(), epochs, look)
        });
    }

    #[test]
    fn rejects_invalid_hyperparameters() {
        for_all("size", any::magnitude(-300, 300)).cases(8).holds(|&size| {
            let (w, x) = (variable(&Matrix::zeros(2, 2)), numbered(3, 1));
            let model = linear(&w);
            let both = (&x, &[0, 1, 0][..]);
            let ask = |settings: &Settings| ask(&model, &w, both, both, settings);
            let (name, wanted) = ("learning_rate", "a finite number above 0");
            let look = "Check both before the first step.";
            for rate in [0.0, -0.125, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, -size.abs()] {
                for epochs in [0, 1] {
                    let call = format!("fit with η = {rate}, epochs: {epochs}");
                    let want = InputError::OutOfRange { name, got: rate, wanted };
                    rejected(&call, ask(&settings(epochs, 1, rate)), want, look)?;
                }
            }
            let want = InputError::OutOfRange { name: "batch_size", got: 0.0, wanted: "at least 1" };
            rejected("fit with batches of 0", ask(&settings(1, 0, 0.125)), want.clone(), look)?;
            rejected("fit with batches of 0 and no epochs", ask(&settings(0, 0, 0.125)), want, look)
        });
    }

    #[test]
    fn returns_the_errors_of_an_epoch() {
        for_all("k", 0..4_usize).cases(4).holds(|&k| {
            let w = variable(&Matrix::zeros(2, 2));
            let (model, asked) = (linear(&w), std::cell::Cell::new(0));
            // Three batches learned from and one portion validated an epoch: the model gives up in epoch k + 1.
            let gives_up = |x: &Tensor| {
                let learns = x.max_all()?.to_scalar::<f64>()? < VALIDATION as f64;
                asked.set(asked.get() + usize::from(learns));
                if asked.get() > 3 * k { Err(InputError::Constant { name: "x" }) } else { model(x) }
            };
            let (x, v, labels) = (numbered(3, 1), numbered(2, VALIDATION), [0, 1, 0]);
            let got = ask(&gives_up, &w, (&x, &labels), (&v, &[0, 1]), &settings(4, 1, 0.01));
            let look = "Return the errors of `train_epoch` and `evaluate`, in every epoch: `?` does.";
            let call = format!("fit with a model that gives up in epoch {}", k + 1);
            rejected(&call, got, InputError::Constant { name: "x" }, look)?;
            let ask = |training, validation| {
                ask(&model, &w, (&x, training), (&v, validation), &settings(2, 2, 0.01))
            };
            let mismatch = |left, right| InputError::LengthMismatch { left, right };
            rejected("fit with 3 samples and 2 labels", ask(&[0, 1], &[0, 1]), mismatch(3, 2), look)?;
            rejected("fit with 2 validation samples and no label", ask(&labels, &[]), mismatch(2, 0), look)?;
            rejected(
                "fit with 2 validation samples and 3 labels",
                ask(&labels, &[0; 3]),
                mismatch(2, 3),
                look,
            )?;
            let unknown = |index, got| InputError::UnknownClass { index, got, classes: 2 };
            let call = "fit with an unknown class";
            rejected(&format!("{call} to validate"), ask(&labels, &[0, 2 + k]), unknown(1, 2 + k), look)?;
            let none = (Matrix::zeros(0, 2), &[][..]);
            let too_few = InputError::TooFew { got: 0, wanted: 1 };
            let (none, both) = ((&none.0, none.1), (&x, &labels[..]));
            let ask =
                |training, validation| super::ask(&model, &w, training, validation, &settings(2, 2, 0.01));
            rejected("fit with no samples", ask(none, both), too_few.clone(), look)?;
            rejected("fit with no validation samples", ask(both, none), too_few, look)
        });
    }

    #[test]
    fn reports_the_step_of_divergence() {
        for_all("k, n, b", (0..5_usize, 2..=9_usize, 1..=4_usize)).cases(16).holds(|&(k, n, size)| {
            // After k good epochs the model breaks, at the second batch or the only one.
            let (w, x, per_epoch) = (variable(&Matrix::zeros(2, 2)), numbered(n, 1), n.div_ceil(size));
            let good = k * per_epoch + usize::from(per_epoch > 1);
            let (model, batches) = (linear(&w), std::cell::Cell::new(0));
            let broken = |x: &Tensor| {
                // The validation samples may be looked at in as many portions as one likes.
                let learns = x.max_all()?.to_scalar::<f64>()? < VALIDATION as f64;
                batches.set(batches.get() + usize::from(learns));
                let z = model(x)?;
                Ok(if learns && batches.get() > good { (z * f64::NAN)? } else { z })
            };
            let labels: Vec<usize> = (0..n).map(|i| i % 2).collect();
            let (training, v) = ((&x, &labels[..]), numbered(2, VALIDATION));
            let got = ask(&broken, &w, training, (&v, &[0, 1]), &settings(6, size, 0.01));
            let look =
                "Steps are counted from the first one of the first epoch; the one with the NaN is not taken.";
            let call = format!("fit of {n} samples in batches of {size}, with NaN after {good} batches");
            rejected(&call, got, InputError::Diverged { step: good }, look)?;
            equal(
                "the weights are finite",
                numbers("the weights", &w)?.iter().all(|w| w.is_finite()),
                true,
                look,
            )
        });
    }

    #[test]
    #[ignore = "needs time"]
    fn reaches_94_percent_on_the_digits() {
        // In 80 orders 97.2 % were reached, give or take 0.5: less than 94 is more than six times as far.
        for_all("seed", proptest::strategy::Just(1_u64))
            .cases(1)
            .within_seconds(120)
            .holds(|_| reaches(0.94, &digits()?, &settings(15, 32, 0.002)));
    }

    #[test]
    #[ignore = "needs mnist, time"]
    fn reaches_97_percent_on_mnist() {
        for_all("seed", proptest::strategy::Just(1_u64))
            .cases(1)
            .within_seconds(600)
            .holds(|_| reaches(0.97, &mnist(Set::Mnist)?, &settings(8, 128, 0.001)));
    }

    #[test]
    #[ignore = "needs fashion-mnist, time"]
    fn reaches_85_percent_on_fashion_mnist() {
        // A perceptron with 100 hidden units is listed with 87.1 % (Xiao, Rasul and Vollgraf, *Fashion-MNIST*, 2017).
        for_all("seed", proptest::strategy::Just(1_u64))
            .cases(1)
            .within_seconds(600)
            .holds(|_| reaches(0.85, &mnist(Set::FashionMnist)?, &settings(5, 128, 0.001)));
    }
}
