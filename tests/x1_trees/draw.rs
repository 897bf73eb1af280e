//! Samples for several katas.

use judge::any;
use judge::any::{Numbers, kinds, numbers, place, select};
use kit::{Generator, Matrix, Tree};
use proptest::prelude::*;

/// Features and labels.
pub type Labeled = (Matrix, Vec<usize>);

/// A matrix of these numbers, row after row.
pub fn matrix(rows: usize, cols: usize, data: &[f64]) -> Matrix {
    Matrix::from_fn(rows, cols, |i, j| data[i * cols + j])
}

/// A few samples of up to three classes, often with equal values.
pub fn few() -> impl Strategy<Value = Labeled> + Send + Sync + Clone {
    few_with(0..3_usize)
}

/// A few samples, often with equal values, with a label or target each.
pub fn few_with<S: Strategy + Send + Sync + Clone + 'static>(
    label: S,
) -> impl Strategy<Value = (Matrix, Vec<S::Value>)> + Send + Sync + Clone {
    (1..=8_usize, 1..=3_usize).prop_flat_map(move |(n, d)| {
        let ties = any::vec(select(vec![0.0, 1.0, 2.0]), n * d);
        let values = prop_oneof![1 => any::vec(any::eighth(), n * d).boxed(), 1 => ties.boxed()];
        (any::part(values), any::vec(label.clone(), n)).prop_map(move |(x, y)| (matrix(n, d, &x), y))
    })
}

/// Any number of samples, features and classes, with numbers of every kind; and how many classes there are. The labels are
/// random, or follow one feature.
pub fn sized(most: [usize; 3]) -> impl Strategy<Value = (Labeled, usize)> + Send + Sync + Clone {
    any::sizes([1..=9, 1..=3, 1..=4], most).prop_flat_map(|[n, d, classes]| {
        let values = kinds().prop_flat_map(move |[kind, _]| numbers(kind, n * d));
        (values, place(d), select(vec![true, true, false]), any::seed()).prop_map(
            move |(x, feature, follows, seed)| {
                let x = matrix(n, d, &x);
                let mut generator = Generator::from_seed(seed);
                let mut order: Vec<usize> = (0..n).collect();
                order.sort_by(|&a, &b| x[(a, feature)].total_cmp(&x[(b, feature)]));
                let mut y = vec![0; n];
                for (rank, &row) in order.iter().enumerate() {
                    y[row] = if follows { rank * classes / n } else { generator.below(classes) };
                }
                ((x, y), classes)
            },
        )
    })
}

/// Any label, by its class: some too large for a byte, for half a word, or for a table with a place for each.
pub fn label(class: usize) -> usize {
    const FIRST: [usize; 9] = [5, 2, 9, 0, 300, 70_000, 1 << 40, usize::MAX, 1];
    FIRST.get(class).copied().unwrap_or(1000 + 17 * class)
}

/// Labels of any number of classes, few or many, in no order.
pub fn labels(most: usize) -> impl Strategy<Value = Vec<usize>> + Send + Sync + Clone {
    let small = any::vec(0..4_usize, 1..=8);
    let large = (any::many(1..=9, most), any::several(1..=4), any::seed()).prop_map(|(n, classes, seed)| {
        let mut generator = Generator::from_seed(seed);
        // The first class is often the most frequent one.
        let mut class = || generator.below(classes).min(generator.below(classes));
        (0..n).map(|_| class()).collect::<Vec<usize>>()
    });
    prop_oneof![1 => small, 1 => large].prop_map(|classes| classes.into_iter().map(label).collect())
}

/// How many samples each label has, the lowest label first.
pub fn counts(labels: &[usize]) -> Vec<usize> {
    let mut sorted = labels.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(<[usize]>::len).collect()
}

/// Labels of which one, wherever it stands, is another than all others.
pub fn all_but_one() -> impl Strategy<Value = Vec<usize>> + Send + Sync + Clone {
    (any::many(2..=6, 1025), any::seed()).prop_map(|(n, seed)| {
        let mut labels = vec![label(7); n];
        labels[(seed % n as u64) as usize] = label(0);
        labels
    })
}

/// A tree and samples to predict, whose features often are just at a threshold; and how many classes there are.
pub type Asked = (Tree, Matrix);

/// Trees of any shape that ask for any feature, and samples. `most` limits samples, features and classes.
pub fn asked(most: [usize; 3], depth: usize) -> impl Strategy<Value = Asked> + Send + Sync + Clone {
    any::sizes([1..=4, 1..=3, 2..=3], most).prop_flat_map(move |[m, d, classes]| {
        let values = kinds().prop_flat_map(move |[kind, _]| numbers(kind, m * d));
        (any::part(values), 0..=depth, any::seed()).prop_map(move |(x, depth, seed)| {
            let x = matrix(m, d, &x);
            (tree_for(&x, depth, classes, &mut Generator::from_seed(seed)), x)
        })
    })
}

/// A tree with thresholds at values of x, and just below and above them.
pub fn tree_for(x: &Matrix, depth: usize, classes: usize, generator: &mut Generator) -> Tree {
    if depth == 0 || generator.below(6) == 0 {
        // Often several classes are equally frequent.
        let counts: Vec<usize> = (0..classes).map(|_| generator.below(3)).collect();
        let all = counts.iter().sum::<usize>().max(1);
        let value = counts.iter().map(|count| *count as f64 / all as f64).collect();
        return Tree::Leaf { samples: all, value };
    }
    // The last features, too: no fewer than the others.
    let feature = if generator.below(2) == 0 { x.cols() - 1 } else { generator.below(x.cols()) };
    let value = x[(generator.below(x.rows()), feature)];
    let threshold = match generator.below(4) {
        0 => value.next_down(),
        1 => value.next_up(),
        _ => value,
    };
    let mut below = || Box::new(tree_for(x, depth - 1, classes, generator));
    Tree::Split { feature, threshold, left: below(), right: below() }
}

/// A place in a matrix of any shape, and a number there that is not finite.
pub fn fault() -> impl Strategy<Value = ([usize; 2], [usize; 2], f64)> + Send + Sync + Clone {
    (any::many(1..=6, 301), any::several(1..=3), any::not_finite())
        .prop_flat_map(|(n, d, bad)| (place(n), place(d)).prop_map(move |(i, j)| ([n, d], [i, j], bad)))
}

/// Numbers that differ within each column, with another one in one place.
pub fn counting_but([n, d]: [usize; 2], [i, j]: [usize; 2], other: f64) -> Matrix {
    Matrix::from_fn(n, d, |k, l| if (k, l) == (i, j) { other } else { ((7 * k + 3 * l) % 11) as f64 - 5.0 })
}

/// Numbers of one kind that are all different.
pub fn distinct(n: usize) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    kinds().prop_flat_map(move |[kind, _]| numbers(if n > 48 { Numbers::Fine } else { kind }, n)).prop_map(
        |mut x| {
            x.sort_by(f64::total_cmp);
            for i in 1..x.len() {
                if x[i] <= x[i - 1] {
                    x[i] = x[i - 1].next_up();
                }
            }
            x
        },
    )
}
