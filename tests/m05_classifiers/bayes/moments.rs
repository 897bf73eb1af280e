//! Means and variances by the definition.

use judge::{Answer, Verdict, close, close_entries, equal, rounding};
use katas::m05_classifiers::bayes::gaussian_nb_fit;
use kit::{Generator, Matrix};

use super::super::samples::Split;

/// The rows of a class.
pub fn members(split: &Split, class: usize) -> Vec<usize> {
    (0..split.y_train.len()).filter(|&i| split.y_train[i] == class).collect()
}

/// Mean and variance of column j over these rows.
pub fn moments(x: &Matrix, rows: &[usize], j: usize) -> [f64; 2] {
    let n = rows.len() as f64;
    let mean = rows.iter().map(|&i| x[(i, j)]).sum::<f64>() / n;
    [mean, rows.iter().map(|&i| (x[(i, j)] - mean).powi(2)).sum::<f64>() / n]
}

/// k classes of two members each: none is left out.
pub fn every_class_is_learned(k: usize, seed: u64) -> Verdict {
    // Two members each, 2 apart round the mean 4c: of labels in no order, and not one after the other.
    let mut order: Vec<usize> = (0..2 * k).collect();
    Generator::from_seed(seed).shuffle(&mut order);
    let x = Matrix::from_fn(2 * k, 1, |i, _| (4 * (order[i] / 2)) as f64 + [-1.0, 1.0][order[i] % 2]);
    let y: Vec<usize> = order.iter().map(|at| 3 * (at / 2) + 1).collect();
    let model = gaussian_nb_fit(&x, &y, 0.0).accepted("gaussian_nb_fit(x, y, 0)")?;
    let look = "Every class counts, however many there are.";
    equal("classes", model.classes, (0..k).map(|c| 3 * c + 1).collect(), look)?;
    let of = |value: &dyn Fn(usize) -> f64| Matrix::from_fn(k, 1, |c, _| value(c));
    close("priors", model.priors.as_slice(), vec![1.0 / k as f64; k].as_slice(), rounding(4 + k, 1.0), look)?;
    let error = |_, _| rounding(16, 16.0 * (k * k) as f64);
    close_entries("means", &model.means, &of(&|c| (4 * c) as f64), error, look)?;
    close_entries("variances", &model.variances, &of(&|_| 1.0), error, look)
}
