use candle_core::Tensor;
use judge::{Broken, any, close, ensure, equal, example, for_all, mean_near, rejected, rounding};
use katas::m07_deep_learning::fitting::Settings;
use kit::data::mnist::Set;
use kit::{InputError, Matrix};
use proptest::prop_oneof;
use proptest::sample::select;

use super::super::digits::{digits, mnist};
use super::super::softmax::{flat, linear, logits, predicted, surprise, task, variable};
use super::super::tensors::numbers;
use super::runs::{VALIDATION, adam, ask, numbered, run, settings};
use super::whole::{accuracy_by_chance, loss_by_heart, reaches};

#[test]
fn each_epoch_learns_from_every_sample_once_in_batches() {
    // Few samples to follow, or many: no batch is too large.
    let sizes = prop_oneof![3 => (1..=9_usize, 1..=4_usize), 1 => (700..=800_usize, 300..=400_usize)];
    for_all("(n, b), seed", (sizes, any::seed())).cases(24).holds(|&((n, size), seed)| {
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
        let look = "Two epochs: each takes all samples in batches of b, the last one short if need be, and \
            learns from each once.";
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
fn every_epoch_has_an_order_of_its_own() {
    for_all("seed", any::seed()).cases(8).holds(|&seed| {
        let (x, n) = (numbered(40, 1), 40);
        let ran = |seed| {
            let validation = (&numbered(1, VALIDATION), &[0][..]);
            run(&Matrix::zeros(2, 2), (&x, &vec![0; n]), validation, &settings(2, 40, 0.01), seed)
        };
        let (one, other) = (ran(seed)?, ran(seed ^ 1)?);
        let learned = one.learned();
        let sorted: Vec<f64> = (1..=n).map(|i| i as f64).collect();
        // Two orders of forty are equal once in 10⁴⁷.
        ensure(learned.len() == 2 && *learned[0] != sorted && learned[0] != learned[1], || {
            let look = "Shuffle anew for each epoch, from the one generator.";
            Broken::answer(format!("orders {learned:?}"), "two orders, neither of them 1, 2, 3, …", look)
        })?;
        ensure(other.learned() != learned, || {
            let look = "All chance comes from the generator that is handed in: another seed, other orders.";
            Broken::answer(
                format!("orders {learned:?} with the seed {} as well", seed ^ 1),
                "other orders",
                look,
            )
        })
    });
}

#[test]
fn adam_steps_as_far_as_the_learning_rate_says() {
    for_all("(x, labels, w)", task()).cases(16).holds(|task| {
        let n = task.labels.len();
        let ran = run(&task.w, (&task.x, &task.labels), (&task.x, &task.labels), &settings(1, n, 0.0625), 1)?;
        for (got, before) in ran.w.as_slice().iter().zip(task.w.as_slice()) {
            let step = (got - before).abs();
            let look =
                "One batch, one step of Adam: η for each weight that has a slope, without weight decay.";
            ensure(step < 0.0625 * (1.0 + 1e-6), || {
                Broken::answer(format!("a weight moved by {step}"), "η = 0.0625 at most", look)
            })?;
        }
        // The slopes of the classes cancel, so if one feature counts at all some weight moves, and then by η.
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
fn one_adam_learns_in_all_epochs() {
    // Features so small that ε is no longer small beside the slopes, and such that it is.
    let inputs = (1..=12_usize, 1..=3_usize, [1..=16_u32, 1..=16], select(vec![0, -26]));
    for_all("epochs, n, x₀, x₁, k", inputs).cases(24).holds(|&(epochs, n, x, k)| {
        let (x, steps) = (x.map(|x| f64::from(x) / 8.0 * 2.0_f64.powi(k)), epochs * n);
        let rows = Matrix::from_fn(n, 2, |_, j| x[j]);
        let all = (&rows, &vec![0; n][..]);
        let ran = run(&Matrix::zeros(2, 2), all, all, &settings(epochs, 1, 0.0625), 1)?;
        let look = "Adam remembers the slopes of all steps before: one optimizer, made before the first \
            epoch. β₁, β₂ and ε as candle has them.";
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
fn a_validation_loss_that_rises_stops_nothing() {
    for_all("epochs", 0..=12_usize).cases(13).holds(|&epochs| {
        let x = Matrix::from_rows([[1.0, 0.0]]);
        let ran = run(&Matrix::zeros(2, 2), (&x, &[0]), (&x, &[1]), &settings(epochs, 1, 0.125), 1)?;
        let look =
            "As many epochs as were asked for, whatever the validation says: nobody asked to stop early.";
        equal("epochs, the validation sample labeled as the other class", ran.epochs.len(), epochs, look)
    });
}

#[test]
fn scores_are_those_of_the_training_and_of_the_validation_samples() {
    for_all("(x, labels, w), (v, labels, _)", (task(), task())).cases(24).holds(|(task, other)| {
        let labels: Vec<usize> = other.labels.iter().map(|label| label % task.w.cols()).collect();
        // So small a rate that nothing moves: both scores are those of the first weights.
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
                let look = "Training: what the epoch's steps saw, over all samples. Validation: the other \
                    samples, never these.";
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
        equal("the number of epochs", ran.epochs.len(), 2, "One entry for each epoch.")
    });
}

#[test]
fn the_validation_score_is_that_after_the_last_step() {
    for_all("(x, labels, w)", task()).cases(16).holds(|task| {
        let ran = run(&task.w, (&task.x, &task.labels), (&task.x, &task.labels), &settings(3, 2, 0.25), 3)?;
        let n = task.labels.len() as f64;
        let pairs =
            || task.labels.iter().enumerate().map(|(i, label)| (logits(task.x.row(i), &ran.w), *label));
        let want = pairs().map(|(z, label)| surprise(&z, label)).sum::<f64>() / n;
        let look = "First the epoch's steps, then the look at the validation samples.";
        close("the last validation loss", ran.epochs[2].validation.loss, want, rounding(1 << 10, 100.0), look)
    });
}

#[test]
fn nothing_is_learned_from_the_validation_samples() {
    for_all("(x, labels, w), (v, labels, _), seed", (task(), task(), any::seed())).cases(16).holds(
        |(task, other, seed)| {
            let labels: Vec<usize> = other.labels.iter().map(|label| label % task.w.cols()).collect();
            let ran =
                |validation| run(&task.w, (&task.x, &task.labels), validation, &settings(2, 3, 0.125), *seed);
            let (one, two) = (ran((&task.x, &task.labels[..]))?, ran((&other.x, &labels[..]))?);
            let look = "Other validation samples, same training: the weights must be the same. No step on \
                validation, no stop by it.";
            equal("the weights with other validation samples", two.w, one.w, look)
        },
    );
}

#[test]
fn eight_samples_are_learned_by_heart() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        let last = loss_by_heart(seed)?;
        ensure(last < 0.1, || {
            let look = "A network that cannot even learn eight samples by heart has a broken training: is \
                each variable moved, by its own slope?";
            Broken::answer(format!("a loss of {last:.4} after 150 epochs"), "less than 0.1", look)
        })
    });
}

#[test]
fn shuffled_labels_teach_nothing_about_new_samples() {
    example(|| {
        let accuracy = accuracy_by_chance(600)?;
        let look = "The labels say nothing, so nobody can do better than chance on samples not seen before. \
            Is the validation score one of samples that were learned?";
        mean_near("accuracy on new samples, labels drawn at random from 5", accuracy, 600, 1.0, 0.2, look)
    });
}

#[test]
fn the_same_seed_gives_the_same_curves() {
    for_all("(x, labels, w), seed", (task(), any::seed())).cases(8).holds(|(task, seed)| {
        let ran =
            || run(&task.w, (&task.x, &task.labels), (&task.x, &task.labels), &settings(2, 2, 0.125), *seed);
        equal(
            "once more",
            ran()?.epochs,
            ran()?.epochs,
            "All chance comes from the generator that is handed in.",
        )
    });
}

#[test]
fn each_epoch_is_told_as_soon_as_it_is_done() {
    for_all("(x, labels, w), epochs", (task(), 0..=3_usize)).cases(8).holds(|(task, epochs)| {
        let ran =
            run(&task.w, (&task.x, &task.labels), (&task.x, &task.labels), &settings(*epochs, 2, 0.125), 1)?;
        equal(
            "what `watch` was told",
            &ran.told,
            &ran.epochs,
            "`watch` once for each epoch, with what is returned in the end.",
        )?;
        let (x, v) = (numbered(5, 1), numbered(1, VALIDATION));
        let both = ((&x, &[0, 1, 0, 1, 1][..]), (&v, &[0][..]));
        let told = run(&Matrix::zeros(2, 2), both.0, both.1, &settings(*epochs, 2, 0.01), 1)?;
        let want: Vec<usize> = (1..=*epochs).map(|epoch| 3 * epoch).collect();
        let look = "Who watches wants to see how it goes: tell each epoch before the next one begins.";
        equal("batches learned from when each epoch was told, three an epoch", &told.when, &want, look)?;
        let moved = ran.w != task.w;
        ensure(*epochs > 0 || !moved, || {
            Broken::answer("the weights moved", "nothing: no epochs", "With 0 epochs nothing is learned.")
        })
    });
}

#[test]
fn settings_that_make_no_sense_are_rejected() {
    for_all("bad", select(vec![0.0, -0.125, f64::NAN, f64::INFINITY])).cases(8).holds(|&rate| {
        let (w, x) = (variable(&Matrix::zeros(2, 2)), numbered(3, 1));
        let model = linear(&w);
        let both = (&x, &[0, 1, 0][..]);
        let ask = |settings: &Settings| ask(&model, &w, both, both, settings);
        let (name, wanted) = ("learning_rate", "a finite number above 0");
        let want = InputError::OutOfRange { name, got: rate, wanted };
        let look = "Both are looked at before the first step, the batch size first.";
        rejected(&format!("fit with η = {rate}"), ask(&settings(1, 1, rate)), want.clone(), look)?;
        rejected(&format!("fit with η = {rate} and no epochs"), ask(&settings(0, 1, rate)), want, look)?;
        let want = InputError::OutOfRange { name: "batch_size", got: 0.0, wanted: "at least 1" };
        rejected("fit with batches of 0", ask(&settings(1, 0, rate)), want, look)
    });
}

#[test]
fn what_the_epochs_reject_is_rejected() {
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
        let look =
            "`?` hands on what `train_epoch` and `evaluate` reject, in every epoch: half a training is none.";
        let call = format!("fit with a model that gives up in epoch {}", k + 1);
        rejected(&call, got, InputError::Constant { name: "x" }, look)?;
        let ask =
            |training, validation| ask(&model, &w, (&x, training), (&v, validation), &settings(2, 2, 0.01));
        let mismatch = |left, right| InputError::LengthMismatch { left, right };
        rejected("fit with 3 samples and 2 labels", ask(&[0, 1], &[0, 1]), mismatch(3, 2), look)?;
        rejected("fit with 2 validation samples and no label", ask(&labels, &[]), mismatch(2, 0), look)?;
        rejected("fit with 2 validation samples and 3 labels", ask(&labels, &[0; 3]), mismatch(2, 3), look)
    });
}

#[test]
fn a_training_that_runs_away_stops_and_tells_the_step() {
    for_all("k, b", (0..3_usize, 1..=2_usize)).cases(6).holds(|&(k, size)| {
        // After k good epochs the model breaks.
        let (w, x) = (variable(&Matrix::zeros(2, 2)), numbered(4, 1));
        let (model, batches) = (linear(&w), std::cell::Cell::new(0));
        let broken = |x: &Tensor| {
            // The validation samples may be looked at in as many portions as one likes.
            let learns = x.max_all()?.to_scalar::<f64>()? < VALIDATION as f64;
            batches.set(batches.get() + usize::from(learns));
            let z = model(x)?;
            Ok(if learns && batches.get() > k * 4 / size + 1 { (z * f64::NAN)? } else { z })
        };
        let (training, v) = ((&x, &[0, 1, 0, 1][..]), numbered(2, VALIDATION));
        let got = ask(&broken, &w, training, (&v, &[0, 1]), &settings(4, size, 0.01));
        let look = "Steps are counted from the first of the first epoch; the one with the NaN is not taken.";
        let call = format!("fit, with NaN from the second batch of epoch {} on", k + 1);
        rejected(&call, got, InputError::Diverged { step: k * 4 / size + 1 }, look)?;
        equal("the weights are finite", numbers("the weights", &w)?.iter().all(|w| w.is_finite()), true, look)
    });
}

#[test]
#[ignore = "needs time"]
fn the_embedded_digits_are_read_with_94_percent() {
    // In 80 orders 97.2 % were reached, give or take 0.5: less than 94 is more than six times as far.
    for_all("seed", proptest::strategy::Just(1_u64))
        .cases(1)
        .within_seconds(120)
        .holds(|_| reaches(0.94, &digits()?, &settings(15, 32, 0.002)));
}

#[test]
#[ignore = "needs mnist, time"]
fn mnist_is_read_with_97_percent() {
    for_all("seed", proptest::strategy::Just(1_u64))
        .cases(1)
        .within_seconds(600)
        .holds(|_| reaches(0.97, &mnist(Set::Mnist)?, &settings(8, 128, 0.001)));
}

#[test]
#[ignore = "needs fashion-mnist, time"]
fn fashion_mnist_is_read_with_85_percent() {
    // A perceptron with 100 hidden numbers is listed with 87.1 % (Xiao, Rasul and Vollgraf, *Fashion-MNIST*, 2017).
    for_all("seed", proptest::strategy::Just(1_u64))
        .cases(1)
        .within_seconds(600)
        .holds(|_| reaches(0.85, &mnist(Set::FashionMnist)?, &settings(5, 128, 0.001)));
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
