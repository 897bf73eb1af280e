//! Data sets for several katas.

use judge::any;
use kit::data::Dataset;
use kit::{Generator, Matrix};
use proptest::prelude::*;

use super::sizes::{label, many, several};

/// A training set and a test set.
#[derive(Debug)]
pub struct Split {
    pub x_train: Matrix,
    pub y_train: Vec<usize>,
    pub x_test: Matrix,
    pub y_test: Vec<usize>,
}

impl judge::Inputs for Split {
    fn describe(&self) -> Vec<String> {
        vec![format!("{:?}", self.x_train), format!("{:?}", self.y_train), format!("{:?}", self.x_test)]
    }
}

/// The names under which a [`Split`] is shown.
pub const SPLIT: &str = "x_train, y_train, x_test";

/// These rows of a matrix, in this order.
pub fn rows(x: &Matrix, rows: &[usize]) -> Matrix {
    Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)])
}

/// Every fifth sample for the test, from number `r` on; the others for training, or only every `step`-th of them.
pub fn fifth(dataset: &Dataset, r: usize, step: usize) -> Split {
    let (test, train): (Vec<usize>, Vec<usize>) = (0..dataset.labels.len()).partition(|i| i % 5 == r);
    let train: Vec<usize> = train.into_iter().step_by(step).collect();
    let labels = |rows: &[usize]| rows.iter().map(|&i| dataset.labels[i]).collect();
    Split {
        x_train: rows(&dataset.features, &train),
        y_train: labels(&train),
        x_test: rows(&dataset.features, &test),
        y_test: labels(&test),
    }
}

/// How many predictions are correct.
pub fn right(predicted: &[usize], y: &[usize]) -> usize {
    predicted.iter().zip(y).filter(|(predicted, y)| predicted == y).count()
}

/// Two or three clouds far apart in every feature, with labels of any numbers, the samples in any order; and samples
/// near the middle of each.
pub fn clouds() -> impl Strategy<Value = Split> + Send + Sync + Clone {
    (2..=3_usize, any::seed(), any::eighth()).prop_map(|(classes, seed, shift)| {
        let mut generator = Generator::from_seed(seed);
        // Any numbers: some too large for a byte, for half a word, or for a table with a place for each.
        let mut labels =
            vec![0, 1, 2, 300, 70_000, 1 << 40, 1 << 53, (1 << 53) + 1, usize::MAX, usize::MAX - 1];
        generator.shuffle(&mut labels);
        // In each class every feature varies.
        const OFF: [[f64; 2]; 5] = [[0.0, 1.0], [1.0, 0.0], [-1.0, 0.5], [0.5, -1.0], [-0.5, -0.5]];
        let mut order: Vec<usize> = (0..5 * classes).collect();
        generator.shuffle(&mut order);
        let at = |class: usize, j: usize| 64.0 * class as f64 + shift * (j as f64 + 1.0);
        let x_train = Matrix::from_fn(order.len(), 2, |i, j| at(order[i] / 5, j) + OFF[order[i] % 5][j]);
        let x_test = Matrix::from_fn(classes, 2, |i, j| at(i, j) + 0.25);
        Split {
            x_train,
            y_train: order.iter().map(|i| labels[i / 5]).collect(),
            x_test,
            y_test: labels[..classes].to_vec(),
        }
    })
}

/// Samples of two or three classes without any order in them, and a few others; each class has two members at least,
/// and no feature is constant within a class.
pub fn mixed() -> impl Strategy<Value = Split> + Send + Sync + Clone {
    (4..=9_usize, 1..=3_usize, 2..=3_usize)
        .prop_flat_map(|(n, d, classes)| (any::matrix(n, d), any::matrix(3, d), Just(classes)))
        .prop_map(|(x, x_test, classes)| without_order(x, x_test, classes))
}

/// The same with any number of samples, features, classes and test samples.
pub fn sized() -> impl Strategy<Value = Split> + Send + Sync + Clone {
    (many(6..=9), several(1..=3), several(2..=3), many(1..=3)).prop_flat_map(|(n, d, classes, m)| {
        // Some hundred thousand differences to look at.
        let m = m.min(1 + 200_000 / (n * d));
        let few = (any::matrix(n.min(9), d.min(3)), any::matrix(m.min(3), d.min(3)));
        (few, any::seed()).prop_map(move |((x, x_test), seed)| {
            if n <= 9 && d <= 3 && m <= 3 {
                return without_order(x, x_test, classes);
            }
            let mut generator = Generator::from_seed(seed);
            let mut eighths = |rows| {
                let mut x = Matrix::zeros(rows, d);
                (0..rows * d).for_each(|k| x[(k / d, k % d)] = (generator.below(129) as f64 - 64.0) / 8.0);
                x
            };
            without_order(eighths(n), eighths(m), classes)
        })
    })
}

fn without_order(mut x: Matrix, x_test: Matrix, classes: usize) -> Split {
    let (n, d) = x.shape();
    let classes = classes.min(n / 2);
    let y: Vec<usize> = (0..n).map(|i| label(i % classes)).collect();
    // The first member of a class is moved off where it would be the same as all others.
    for class in 0..classes {
        for j in 0..d {
            if (class..n).step_by(classes).all(|i| x[(i, j)] == x[(class, j)]) {
                x[(class, j)] += 1.0;
            }
        }
    }
    Split { x_train: x, y_train: y, x_test, y_test: Vec::new() }
}

/// The labels that occur, each once and sorted.
pub fn labels_of(y: &[usize]) -> Vec<usize> {
    let mut labels = y.to_vec();
    labels.sort_unstable();
    labels.dedup();
    labels
}

/// How much a [`crowd`] may hold.
#[derive(Debug, Clone, Copy)]
pub struct Most {
    pub classes: usize,
    pub features: usize,
    pub rows: usize,
    pub queries: usize,
}

/// Any number of classes far apart in every feature, of unequal sizes from `least` members on, with labels of any numbers,
/// the samples in any order; and many test samples near their middles, in no order.
pub fn crowd(least: usize, most: Most) -> impl Strategy<Value = Split> + Send + Sync + Clone {
    (several(2..=3), several(1..=3), many(1..=3), many(1..=3), any::seed()).prop_map(
        move |(classes, d, more, m, seed)| {
            let (classes, d) = (classes.min(most.classes), d.min(most.features));
            let mut generator = Generator::from_seed(seed);
            // One class has many more members than the others.
            let large = generator.below(classes);
            let mut of: Vec<usize> = Vec::new();
            for class in 0..classes {
                let members =
                    least + generator.below(3) + if class == large { more.min(most.rows) } else { 0 };
                of.extend(vec![class; members]);
            }
            let mut labels: Vec<usize> = (0..classes).map(label).collect();
            generator.shuffle(&mut labels);
            let mut seen = vec![0_usize; classes];
            let mut numbered: Vec<(usize, usize)> = Vec::new();
            for &class in &of {
                numbered.push((class, seen[class]));
                seen[class] += 1;
            }
            generator.shuffle(&mut numbered);
            let mut x_train = Matrix::zeros(of.len(), d);
            for (i, (class, t)) in numbered.iter().enumerate() {
                for j in 0..d {
                    // Eighths from −1 to −⅛ and from ⅛ to 1 in turn: every feature varies within every class.
                    let noise = generator.below(8) as f64 / 8.0 - 1.0 + 1.125 * (t % 2) as f64;
                    x_train[(i, j)] = 64.0 * *class as f64 + noise;
                }
            }
            let asked: Vec<usize> = (0..m.min(most.queries)).map(|_| generator.below(classes)).collect();
            let x_test = Matrix::from_fn(asked.len(), d, |i, _| 64.0 * asked[i] as f64 + 0.25);
            Split {
                x_train,
                y_train: numbered.iter().map(|(class, _)| labels[*class]).collect(),
                x_test,
                y_test: asked.iter().map(|class| labels[*class]).collect(),
            }
        },
    )
}

/// Three classes that only one feature of many separates, the rows of the last class at the end; and a test sample of each.
pub fn one_informative(
    sizes: Vec<usize>,
    features: Vec<usize>,
) -> impl Strategy<Value = Split> + Send + Sync + Clone {
    let drawn = (judge::any::select(sizes), judge::any::select(features), any::seed());
    drawn.prop_map(|(n, d, seed)| {
        // Often the last feature.
        let informative = if seed % 2 == 0 { d - 1 } else { seed as usize % d };
        informative_in(n, d, |j| j == informative, seed)
    })
}

/// The same where all features from this one on separate the classes.
pub fn informative_from(
    n: usize,
    shapes: Vec<(usize, usize)>,
) -> impl Strategy<Value = Split> + Send + Sync + Clone {
    let drawn = (judge::any::select(shapes), any::seed());
    drawn.prop_map(move |((d, from), seed)| informative_in(n, d, |j| j >= from, seed))
}

fn informative_in(n: usize, d: usize, informative: impl Fn(usize) -> bool, seed: u64) -> Split {
    let mut generator = Generator::from_seed(seed);
    let last = if n > 100 { 24 } else { 4 };
    let class = |i: usize| if i + last >= n { 2 } else { i % 2 };
    // Eighths from −1 to −⅛, and from ⅛ to 1 for every other two rows: every feature varies within every class.
    let mut noise = |i: usize| generator.below(8) as f64 / 8.0 - 1.0 + 1.125 * (i / 2 % 2) as f64;
    let mut x_train = Matrix::zeros(n, d);
    for i in 0..n {
        for j in 0..d {
            x_train[(i, j)] = noise(i) + if informative(j) { 64.0 * class(i) as f64 } else { 0.0 };
        }
    }
    let x_test = Matrix::from_fn(3, d, |i, j| 0.25 + if informative(j) { 64.0 * i as f64 } else { 0.0 });
    let y_train = (0..n).map(|i| [7, 3, 300][class(i)]).collect();
    Split { x_train, y_train, x_test, y_test: vec![7, 3, 300] }
}

/// The same samples in a unit of so much, and their test samples again and again until there are this many.
pub fn in_units(split: &Split, unit: f64, asked: usize) -> Split {
    let scaled =
        |x: &Matrix, rows: usize| Matrix::from_fn(rows, x.cols(), |i, j| x[(i % x.rows(), j)] * unit);
    let m = split.y_test.len();
    Split {
        x_train: scaled(&split.x_train, split.x_train.rows()),
        y_train: split.y_train.clone(),
        x_test: scaled(&split.x_test, asked.max(m)),
        y_test: (0..asked.max(m)).map(|i| split.y_test[i % m]).collect(),
    }
}
