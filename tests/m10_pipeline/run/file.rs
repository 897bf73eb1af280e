//! Files to run on, and the expected results, computed in another way.

use judge::any;
use judge::any::select;
use judge::any::vec;
use judge::{Answer, Broken};
use katas::m10_pipeline::run::run;
use kit::pipeline::{Recipe, Report};
use kit::{Classifier, Matrix, Softmax};
use proptest::prelude::*;

/// A row: a number of its own, so that there are no duplicates, a measure, a word, a class.
pub type Row = (f64, Option<f64>, &'static str, &'static str);

/// 10 to 16 rows of two classes, with at least four of each.
pub fn rows() -> impl Strategy<Value = Vec<Row>> + Send + Sync + Clone {
    let measure = prop_oneof![4 => any::eighth().prop_map(Some), 1 => Just(None)];
    let row = (measure, select(vec!["red", "tan"]), select(vec!["cat", "dog"]));
    vec(row, 10..=16).prop_map(|rows| {
        let class = |i: usize, drawn| if i < 8 { ["cat", "dog"][i % 2] } else { drawn };
        // A column of missing values alone would hold words, and a number in a test row would change that.
        let measure = |i: usize, drawn: Option<f64>| if i == 1 { drawn.or(Some(1.0)) } else { drawn };
        rows.iter()
            .enumerate()
            .map(|(i, row)| (i as f64 / 8.0, measure(i, row.0), row.1, class(i, row.2)))
            .collect()
    })
}

/// The rows as a file.
pub fn text(rows: &[Row]) -> String {
    let line = |(number, measure, hue, kind): &Row| {
        let measure = measure.map_or("NA".to_owned(), |x| x.to_string());
        format!("{number},{measure},{hue},{kind}\n")
    };
    "number,mass,hue,kind\n".to_owned() + &rows.iter().map(line).collect::<String>()
}

/// A recipe for such a file.
pub fn recipe(seed: u64, steps: usize) -> Recipe {
    Recipe {
        target: "kind".to_owned(),
        ignored: vec![],
        words: vec![],
        ranges: vec![],
        test_share: 0.375,
        seed,
        learning_rate: 0.25,
        steps,
    }
}

/// Features of these rows, with everything learned from the training rows: number, mass, and the categories of the training rows.
pub fn features(rows: &[Row], train: &[usize], of: &[usize]) -> Matrix {
    let mut hues: Vec<&str> = train.iter().map(|&i| rows[i].2).collect();
    hues.sort_unstable();
    hues.dedup();
    let scaled = |value: fn(&Row) -> Option<f64>, i: usize| {
        let known: Vec<f64> = train.iter().filter_map(|&i| value(&rows[i])).collect();
        let n = known.len().max(1) as f64;
        let mean = known.iter().sum::<f64>() / n;
        let variance = known.iter().map(|x| (x - mean).powi(2)).sum::<f64>() / n;
        let deviation = if known.iter().all(|x| *x == known[0]) { 1.0 } else { variance.sqrt() };
        value(&rows[i]).map_or(0.0, |x| (x - mean) / deviation)
    };
    Matrix::from_fn(of.len(), 2 + hues.len(), |k, j| match j {
        0 => scaled(|row| Some(row.0), of[k]),
        1 => scaled(|row| row.1, of[k]),
        j => f64::from(u8::from(rows[of[k]].2 == hues[j - 2])),
    })
}

/// The labels of these rows.
pub fn labels(rows: &[Row], of: &[usize]) -> Vec<usize> {
    of.iter().map(|&i| usize::from(rows[i].3 == "dog")).collect()
}

/// Softmax regression by gradient descent from zero.
pub fn descent(x: &Matrix, y: &[usize], rate: f64, steps: usize) -> Softmax {
    let classes = vec!["cat".to_owned(), "dog".to_owned()];
    let mut model = Softmax { weights: Matrix::zeros(2, x.cols()), intercepts: vec![0.0; 2], classes };
    for _ in 0..steps {
        let old = model.clone();
        for (i, &label) in y.iter().enumerate() {
            for (c, p) in old.probabilities(x.row(i)).into_iter().enumerate() {
                let by = rate * (p - f64::from(u8::from(c == label))) / y.len() as f64;
                (0..x.cols()).for_each(|j| model.weights[(c, j)] -= by * x[(i, j)]);
                model.intercepts[c] -= by;
            }
        }
    }
    model
}

/// The report of this file, which is not rejected.
pub fn ran(text: &str, recipe: &Recipe) -> Result<Report, Broken> {
    run(text, recipe).accepted("run(text, recipe)")
}
