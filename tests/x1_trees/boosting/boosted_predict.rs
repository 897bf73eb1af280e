use judge::{Answer, Verdict, any, close, equal, example, for_all, rejected, rounding};
use katas::x1_trees::boosting::{Boosted, boosted_predict};
use kit::{Generator, InputError, Matrix, Tree};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault, matrix, tree_for};
use super::super::targets::first_reached;

const CALL: &str = "boosted_predict(model, x)";

/// A model and samples.
type Asked = (f64, f64, Vec<Tree>, Matrix);

/// Models with any number of trees, whose leaves hold numbers of every kind. `most` limits trees, samples and features.
fn asked(most: [usize; 3]) -> impl Strategy<Value = Asked> + Send + Sync + Clone {
    any::sizes([0..=4, 1..=4, 1..=3], most).prop_flat_map(|[trees, m, d]| {
        let kinds = any::kinds().prop_flat_map(move |[kind, other]| {
            (any::numbers(kind, m * d), any::numbers(other, 16), any::numbers(other, 1))
        });
        let rate = prop_oneof![any::select(vec![1.0, 0.5, 0.125]), 0.001..1.0_f64];
        (kinds, any::part(rate), any::seed()).prop_map(move |((x, values, start), rate, seed)| {
            let (x, mut generator) = (matrix(m, d, &x), Generator::from_seed(seed));
            let mut grown = |k: usize| {
                let tree = tree_for(&x, if k.is_multiple_of(3) { 4 } else { 1 }, 1, &mut generator);
                with_values(tree, &mut || values[generator.below(16)])
            };
            let trees = (0..trees).map(&mut grown).collect();
            (start[0], rate, trees, x)
        })
    })
}

/// The tree with other values in its leaves.
fn with_values(tree: Tree, value: &mut impl FnMut() -> f64) -> Tree {
    match tree {
        Tree::Leaf { samples, .. } => Tree::Leaf { samples, value: vec![value()] },
        Tree::Split { feature, threshold, left, right } => {
            let (left, right) = (with_values(*left, value), with_values(*right, value));
            Tree::Split { feature, threshold, left: Box::new(left), right: Box::new(right) }
        }
    }
}

fn agrees(start: f64, rate: f64, trees: &[Tree], x: &Matrix) -> Verdict {
    let model = Boosted { start, rate, trees: trees.to_vec() };
    let got = boosted_predict(&model, x).accepted(CALL)?;
    equal("the number of outputs", got.len(), x.rows(), "One for each sample.")?;
    (0..x.rows()).try_for_each(|i| {
        let parts = || trees.iter().map(|tree| rate * first_reached(tree, x.row(i)));
        let (sum, size) = (parts().sum::<f64>(), parts().map(f64::abs).sum::<f64>());
        let look = "The start plus the learning rate times the value of each tree's leaf.";
        let tolerance = rounding(2 * trees.len() + 4, start.abs() + size);
        close(&format!("the output for sample {i}"), got[i], start + sum, tolerance, look)
    })
}

fn leaf(value: &[f64]) -> Tree {
    Tree::Leaf { samples: 2, value: value.to_vec() }
}

#[test]
fn adds_the_leaves_of_all_trees() {
    for_all("start, rate, trees, x", asked([4, 4, 3]))
        .holds(|(start, rate, trees, x)| agrees(*start, *rate, trees, x));
}

#[test]
fn goes_left_at_the_threshold() {
    for_all("threshold", any::eighth()).cases(32).holds(|&threshold| {
        let (left, right) = (Box::new(leaf(&[1.0])), Box::new(leaf(&[-1.0])));
        let tree = Tree::Split { feature: 0, threshold, left, right };
        let x = Matrix::from_rows([[threshold], [threshold - 0.125], [threshold + 0.125]]);
        agrees(0.5, 0.5, &[tree], &x)
    });
}

#[test]
fn without_trees_is_the_start() {
    for_all("start, rate, n", (any::eighth(), any::part(0.01..1.0_f64), any::many(1..=5, 301)))
        .cases(64)
        .holds(|&(start, rate, n)| agrees(start, rate, &[], &Matrix::from_fn(n, 1, |i, _| i as f64)));
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::boosting::{Boosted, boosted_predict};
        use kit::{Matrix, Tree};
        let leaf = |value| Tree::Leaf { samples: 1, value: vec![value] };
        let model = Boosted { start: 4.0, rate: 0.5, trees: vec![leaf(2.0), leaf(-1.0)] };
        assert_eq!(boosted_predict(&model, &Matrix::from_rows([[7.0]])), Ok(vec![4.5]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn adds_any_number_of_trees() {
        for_all("start, rate, trees, x", asked([301, 301, 101]))
            .cases(128)
            .holds(|(start, rate, trees, x)| agrees(*start, *rate, trees, x));
    }

    #[test]
    fn numbers_of_any_size_count() {
        let sizes = (any::magnitude(-120, 100), any::magnitude(-120, 100), any::magnitude(-120, 0));
        for_all("start, value, rate", sizes).cases(64).holds(|&(start, value, rate)| {
            let (left, right) = (Box::new(leaf(&[value])), Box::new(leaf(&[-value])));
            let tree = Tree::Split { feature: 0, threshold: start, left, right };
            let x = Matrix::from_rows([[start], [value]]);
            agrees(start, rate.abs(), &[tree], &x)?;
            // All of them small.
            let small = |it: f64| it.signum() * it.abs().min(1e-110);
            agrees(
                small(start),
                small(rate.abs()),
                &[leaf(&[small(value)])],
                &Matrix::from_rows([[small(value)]]),
            )
        });
    }

    #[test]
    fn only_the_first_value_of_a_leaf_counts() {
        example(|| agrees(1.0, 0.5, &[leaf(&[2.0, 7.0, 9.0])], &Matrix::from_rows([[0.0]])));
    }

    #[test]
    fn accepts_no_samples_and_no_features() {
        example(|| {
            agrees(1.0, 0.5, &[leaf(&[2.0])], &Matrix::zeros(0, 2))?;
            agrees(1.0, 0.5, &[leaf(&[2.0])], &Matrix::zeros(3, 0))
        });
    }

    #[test]
    fn rejects_trees_that_do_not_fit() {
        for_all("d, trees, which", (any::several(1..=3), any::many(1..=9, 301), any::seed()))
            .cases(48)
            .holds(|&(d, trees, which)| {
                let x = Matrix::from_fn(2, d, |i, j| (i + j) as f64);
                let mut model = Boosted { start: 0.0, rate: 0.5, trees: vec![leaf(&[1.0]); trees] };
                let place = (which % trees as u64) as usize;
                model.trees[place] = leaf(&[]);
                let want = InputError::TooFew { got: 0, wanted: 1 };
                rejected(CALL, boosted_predict(&model, &x), want, "A leaf has at least one value.")?;
                let (left, right) = (Box::new(leaf(&[1.0])), Box::new(leaf(&[1.0])));
                model.trees[place] = Tree::Split { feature: d, threshold: 0.0, left, right };
                let wanted = "a feature of the samples";
                let want = InputError::OutOfRange { name: "feature", got: d as f64, wanted };
                rejected(CALL, boosted_predict(&model, &x), want.clone(), "Check all trees.")?;
                rejected(
                    CALL,
                    boosted_predict(&model, &Matrix::zeros(0, d)),
                    want,
                    "Whether a sample comes by or not.",
                )
            });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(48).holds(|([n, d], [i, j], bad)| {
            let x = counting_but([*n, *d], [*i, *j], *bad);
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            let model = Boosted { start: 0.0, rate: 0.5, trees: vec![leaf(&[1.0])] };
            rejected(CALL, boosted_predict(&model, &x), want, "Check all features.")
        });
    }
}
