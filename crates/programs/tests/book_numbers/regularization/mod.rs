//! Chapter x3: what regularization does to a small network on few digits, and numbers next to PyTorch's.

mod network;
mod peer;
mod polynomials;

use katas::reference::x3_regularization::augment::Augmentation;
use katas::reference::x3_regularization::stopping::early_stopping;
use kit::Matrix;
use kit::data::digits;

use super::says;
use network::{PLAIN, Recipe, Samples, train};

const CHAPTER: &str = "x3_regularization";
const EPOCHS: usize = 60;

/// These digits.
fn samples(rows: &[usize]) -> Samples {
    let data = digits();
    Samples {
        x: Matrix::from_fn(rows.len(), 64, |i, j| data.features[(rows[i], j)] / 16.0),
        labels: rows.iter().map(|&i| data.labels[i]).collect(),
    }
}

/// Every twelfth digit for training, 150 in all, and all others for validation. Of the training labels every fifth is wrong.
fn split() -> [Samples; 2] {
    let (training, validation): (Vec<usize>, Vec<usize>) =
        (0..digits().labels.len()).partition(|i| i % 12 == 0);
    let [mut training, validation] = [samples(&training), samples(&validation)];
    for i in (0..training.labels.len()).step_by(5) {
        training.labels[i] = (training.labels[i] + 1 + i % 9) % 10;
    }
    [training, validation]
}

/// A share as a percentage.
fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

#[test]
fn regularization_helps_where_labels_are_wrong() {
    let [training, validation] = split();
    let augmented = |shift, noise| Some(Augmentation { flip: 0.0, shift, noise });
    let flipped = Some(Augmentation { flip: 0.5, shift: 0, noise: 0.0 });
    let recipes = [
        ("nothing", PLAIN),
        ("weight decay, λ = 0.5", Recipe { weight_decay: 0.5, ..PLAIN }),
        ("dropout, p = 0.5", Recipe { dropout: 0.5, ..PLAIN }),
        ("label smoothing, α = 0.2", Recipe { smoothing: 0.2, ..PLAIN }),
        ("noise of ±0.5", Recipe { augmentation: augmented(0, 0.5), ..PLAIN }),
        ("shifts of ±1 pixel", Recipe { augmentation: augmented(1, 0.0), ..PLAIN }),
        ("flips", Recipe { augmentation: flipped, ..PLAIN }),
        ("batch normalization", Recipe { batch_norm: true, ..PLAIN }),
        ("batch normalization and dropout", Recipe { batch_norm: true, dropout: 0.5, ..PLAIN }),
    ];
    for (name, recipe) in recipes {
        let mut sums = [0.0; 3];
        for seed in 1..=3 {
            let network = train(&training, &recipe, EPOCHS, seed, |_| ());
            let ((_, own), (loss, other)) = (network.evaluate(&training), network.evaluate(&validation));
            sums.iter_mut().zip([own, other, loss]).for_each(|(sum, new)| *sum += new / 3.0);
        }
        let [own, other, loss] = sums;
        says(CHAPTER, &format!("| {name} | {} | {} | {loss:.3} |", percent(own), percent(other)));
    }
}

#[test]
fn early_stopping_keeps_an_early_epoch() {
    let [training, validation] = split();
    let (mut best, mut stops, mut sum) = (Vec::new(), Vec::new(), 0.0);
    for seed in 1..=3 {
        let mut losses = Vec::new();
        let mut errors = Vec::new();
        train(&training, &PLAIN, EPOCHS, seed, |network| {
            let (loss, error) = network.evaluate(&validation);
            losses.push(loss);
            errors.push(error);
        });
        let found = early_stopping(&losses, 8, 0.0).expect("losses");
        best.push(found.best.to_string());
        stops.push(found.stop.map_or("none".to_owned(), |stop| stop.to_string()));
        sum += errors[found.best] / 3.0;
    }
    let sentence = format!(
        "a patience of 8 keeps the epochs {} and stops after the epochs {}",
        best.join(", "),
        stops.join(", ")
    );
    says(CHAPTER, &sentence);
    says(CHAPTER, &format!("a validation error of {}", percent(sum)));
}

#[test]
fn more_digits_close_the_gap() {
    let rows: Vec<usize> = (0..digits().labels.len()).collect();
    for (size, step) in [(30, 40), (60, 20), (150, 8), (300, 4)] {
        let mut validation = Vec::new();
        for fold in 0..3 {
            let (held_out, rest): (Vec<usize>, Vec<usize>) = rows.iter().partition(|&&i| i % 3 == fold);
            let some: Vec<usize> = rest.iter().copied().step_by(step).take(size).collect();
            let own = samples(&some);
            let network = train(&own, &PLAIN, 20, 1, |_| ());
            validation.push(network.evaluate(&samples(&held_out)).1);
        }
        let mean = validation.iter().sum::<f64>() / 3.0;
        says(CHAPTER, &format!("| {size} | {} |", percent(mean)));
    }
}
