//! Tables of many rows, columns and classes, with the report that is due.

use judge::{Verdict, close, close_entries, equal};
use kit::pipeline::Recipe;
use kit::{Generator, Matrix};

use super::super::model::costs::descent as descent_of;
use super::file::{ran, recipe};

/// n rows of d numbers and k classes, from a seed: split, scales, weights, losses, evaluations, baseline and balance are computed
/// from the parts that the report names.
pub fn every_row_column_class_and_step_counts([n, d, k, steps]: [usize; 4], seed: u64) -> Verdict {
    let mut generator = Generator::from_seed(seed);
    let (n, rate) = (n.max(3 * k), 0.1_f64.min(1.0 / d as f64));
    let numbers: Vec<f64> = (0..n * d).map(|_| generator.uniform_in(-1.0, 1.0)).collect();
    let header: Vec<String> = (0..d).map(|j| format!("x{j}")).collect();
    let class = ["class", "a class whose name is long – größer than many"][seed as usize % 2];
    let line = |i: usize| {
        let cells: Vec<String> = numbers[i * d..(i + 1) * d].iter().map(f64::to_string).collect();
        format!("{},{class} {:02}", cells.join(","), i % k)
    };
    let lines: Vec<String> = (0..n).map(line).collect();
    let text = format!("{},kind\n{}\n", header.join(","), lines.join("\n"));
    let report = ran(&text, &Recipe { learning_rate: rate, test_share: 0.4, ..recipe(seed, steps) })?;
    let [train, test] = &report.parts;
    let mut all = [train.clone(), test.clone()].concat();
    all.sort_unstable();
    equal("all rows of both parts", all, (0..n).collect(), "Each row is in exactly one part.")?;
    let of_class = |c: usize| (0..n).filter(|i| i % k == c).count();
    let tested =
        (0..k).map(|c| ((0.4 * of_class(c) as f64 + 0.5).floor() as usize).min(of_class(c) - 1)).sum();
    equal("the number of test rows", test.len(), tested, "⌊0.4·n + ½⌋ of the n rows of each class.")?;
    let scale = |j: usize| {
        let column: Vec<f64> = train.iter().map(|&i| numbers[i * d + j]).collect();
        let mean = column.iter().sum::<f64>() / column.len() as f64;
        let variance = column.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / column.len() as f64;
        (mean, variance.sqrt())
    };
    let scales: Vec<(f64, f64)> = (0..d).map(scale).collect();
    let scaled = |of: &[usize]| {
        Matrix::from_fn(of.len(), d, |i, j| (numbers[of[i] * d + j] - scales[j].0) / scales[j].1)
    };
    let label = |of: &[usize]| of.iter().map(|i| i % k).collect::<Vec<_>>();
    let (want, losses) = descent_of(&scaled(train), &label(train), k, rate, steps);
    let look = "Every row, column, class and step counts.";
    let weights = Matrix::from_fn(k, d, |c, j| want[c * (d + 1) + j]);
    close_entries("W", &report.model.weights, &weights, |_, _| 1e-9, look)?;
    let intercepts: Vec<f64> = (0..k).map(|c| want[c * (d + 1) + d]).collect();
    close("b", &report.model.intercepts[..], &intercepts[..], 1e-9, look)?;
    close("the losses", &report.losses[..], &losses[..], 1e-9, look)?;
    for (evaluation, part) in report.evaluations.iter().zip(&report.parts) {
        let (x, mut confusion) = (scaled(part), vec![vec![0; k]; k]);
        for (i, label) in label(part).into_iter().enumerate() {
            let z = |c: usize| {
                x.row(i).iter().zip(weights.row(c)).map(|(x, w)| x * w).sum::<f64>() + intercepts[c]
            };
            confusion[label][(1..k).fold(0, |best, c| if z(c) > z(best) { c } else { best })] += 1;
        }
        let call = format!("the confusion matrix of {} rows", part.len());
        equal(&call, &evaluation.confusion, &confusion, look)?;
        let (all, correct) = (part.len(), (0..k).map(|c| evaluation.confusion[c][c]).sum::<usize>());
        let call = format!("the accuracy on {all} rows, {correct} of them correct");
        close(&call, evaluation.accuracy, correct as f64 / all as f64, 1e-12, look)?;
    }
    let of = |part: &[usize], c: usize| part.iter().filter(|i| **i % k == c).count();
    let balance: Vec<usize> = (0..k).map(|c| of(train, c)).collect();
    let majority = (1..k).fold(0, |best, c| if balance[c] > balance[best] { c } else { best });
    let want = of(test, majority) as f64 / test.len() as f64;
    let look = "The first of the most frequent classes of the training set, in alphabetical order.";
    close("baseline", report.baseline, want, 1e-12, look)?;
    equal("balance", &report.balance, &balance, "Training rows of each class.")?;
    equal("features", &report.features, &header, "The columns, in their order.")?;
    for (j, (got, want)) in report.scales.iter().zip(&scales).enumerate() {
        close(&format!("the mean of column {j}"), got.mean, want.0, 1e-9, look)?;
        close(&format!("the deviation of column {j}"), got.deviation, want.1, 1e-9, look)?;
    }
    equal("the number of scales", report.scales.len(), d, "One for each numeric column.")
}
