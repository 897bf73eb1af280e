//! Forests that were never grown, and their votes.

use judge::any;
use katas::x1_trees::forest::BaggedTree;
use kit::{Generator, Matrix, Tree};
use proptest::prelude::*;

use super::super::draw::{matrix, tree_for};

/// A forest and samples; labels for them, of the classes that the forest knows.
pub type Judged = (Vec<BaggedTree>, Matrix, Vec<usize>);

/// Any number of trees, samples, features and classes: `most` of each.
pub fn judged(most: [usize; 4]) -> impl Strategy<Value = Judged> + Send + Sync + Clone {
    any::sizes([1..=5, 1..=4, 1..=3, 2..=3], most).prop_flat_map(|[trees, n, d, classes]| {
        let values = any::kinds().prop_flat_map(move |[kind, _]| any::numbers(kind, n * d));
        (any::part(values), any::seed(), any::seed(), any::part(0..=n)).prop_map(
            move |(x, seed, labels, distinct)| {
                let x = matrix(n, d, &x);
                let mut generator = Generator::from_seed(seed);
                let mut bagged = |k: usize| {
                    let depth = if k.is_multiple_of(3) { 4 } else { 1 };
                    // Some rows are in every sample, and the more, the fewer are out of bag.
                    let mut row = |_| if distinct > 0 { generator.below(distinct) } else { n - 1 };
                    let rows = (0..n).map(&mut row).collect();
                    BaggedTree { rows, tree: tree_for(&x, depth, classes, &mut generator) }
                };
                let forest = (0..trees).map(&mut bagged).collect();
                let mut labels = Generator::from_seed(labels);
                (forest, x, (0..n).map(|_| labels.below(classes)).collect())
            },
        )
    })
}

/// The class with the most votes, the lowest of several.
pub fn elected(votes: &[usize]) -> Option<usize> {
    let count = |class: usize| votes.iter().filter(|vote| **vote == class).count();
    let most = votes.iter().map(|vote| count(*vote)).max()?;
    votes.iter().copied().filter(|vote| count(*vote) == most).min()
}

/// A tree without splits.
pub fn stump(value: &[f64]) -> Tree {
    Tree::Leaf { samples: 3, value: value.to_vec() }
}
