use judge::{Answer, any, equal, example, for_all, rejected};
use katas::x1_trees::tree::predict_tree;
use kit::{Generator, InputError, Matrix, Tree};
use proptest::prelude::*;

use super::super::draw::{Asked, asked, counting_but, fault, tree_for};
use super::super::walk::predicted;

const CALL: &str = "predict_tree(tree, x)";

/// What each sample should get.
fn expected((tree, x): &Asked) -> Vec<usize> {
    (0..x.rows()).map(|i| predicted(tree, x.row(i))).collect()
}

fn leaf(value: &[f64]) -> Box<Tree> {
    Box::new(Tree::Leaf { samples: 5, value: value.to_vec() })
}

fn split(feature: usize, threshold: f64, left: Box<Tree>, right: Box<Tree>) -> Tree {
    Tree::Split { feature, threshold, left, right }
}

#[test]
fn follows_the_splits_to_a_leaf() {
    for_all("tree, x", asked([4, 3, 3], 3)).holds(|given| {
        let got = predict_tree(&given.0, &given.1).accepted(CALL)?;
        let look = "From the root: left if the feature is at most the threshold, else right; at the leaf the \
                    class with the largest fraction, the lowest of several.";
        equal(CALL, got, expected(given), look)
    });
}

#[test]
fn goes_left_at_the_threshold() {
    for_all("threshold, feature", (any::eighth(), any::part(0..3_usize))).cases(64).holds(
        |&(threshold, feature)| {
            let tree = split(feature, threshold, leaf(&[0.25, 0.75]), leaf(&[1.0, 0.0]));
            let x = Matrix::from_fn(3, 3, |i, j| {
                let values = [threshold, threshold - 0.125, threshold + 0.125];
                if j == feature { values[i] } else { 0.0 }
            });
            let look = "At most the threshold is left: ≤, not <.";
            equal(CALL, predict_tree(&tree, &x).accepted(CALL)?, vec![1, 1, 0], look)
        },
    );
}

#[test]
fn predicts_the_largest_fraction() {
    let inputs = any::several(1..=5).prop_flat_map(|k| (any::vec(0..9_usize, k), any::part(0.01..1.0_f64)));
    for_all("counts, scale", inputs).cases(128).holds(|(counts, scale)| {
        let value: Vec<f64> = counts.iter().map(|count| *count as f64 * scale).collect();
        let largest = counts.iter().max().copied().unwrap_or(0);
        let want = counts.iter().position(|count| *count == largest).unwrap_or(0);
        let got = predict_tree(&leaf(&value), &Matrix::from_rows([[0.5]])).accepted(CALL)?;
        equal(&format!("{CALL} at {value:?}"), got, vec![want], "Of several largest ones the lowest class.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::tree::predict_tree;
        use kit::{Matrix, Tree};
        let left = Box::new(Tree::Leaf { samples: 4, value: vec![0.25, 0.75] });
        let right = Box::new(Tree::Leaf { samples: 2, value: vec![0.5, 0.5] });
        let tree = Tree::Split { feature: 0, threshold: 3.0, left, right };
        assert_eq!(predict_tree(&tree, &Matrix::from_rows([[3.0], [3.5]])), Ok(vec![1, 0]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn follows_trees_of_any_size() {
        for_all("tree, x", asked([301, 101, 151], 9)).cases(192).holds(|given| {
            let got = predict_tree(&given.0, &given.1).accepted(CALL)?;
            let look = "Any number of samples, features, classes and splits; thresholds of any magnitude.";
            equal(CALL, got, expected(given), look)
        });
    }

    #[test]
    fn follows_a_chain_of_splits() {
        let depth = any::select(vec![60_usize, 300, 2000]);
        for_all("depth, seed", (depth, any::seed())).cases(12).holds(|&(depth, seed)| {
            let mut tree = leaf(&[0.0, 1.0]);
            for level in (0..depth).rev() {
                let other = leaf(if level % 3 == 0 { &[0.0, 0.25, 0.75] } else { &[1.0, 0.0] });
                let sides = if seed % 2 == 0 { (other, tree) } else { (tree, other) };
                let threshold = if seed % 2 == 0 { level as f64 } else { (depth - level) as f64 };
                tree = Box::new(split(0, threshold, sides.0, sides.1));
            }
            let x = Matrix::from_fn(depth + 2, 1, |i, _| i as f64 - 0.5);
            let given = (*tree, x);
            equal(
                CALL,
                predict_tree(&given.0, &given.1).accepted(CALL)?,
                expected(&given),
                "All the way down.",
            )
        });
    }

    #[test]
    fn separates_nearly_equal_values() {
        for_all("x", prop_oneof![any::nonzero(), any::magnitude(-300, 300)]).cases(64).holds(|&x| {
            let tree = split(0, x, leaf(&[1.0, 0.0]), leaf(&[0.0, 1.0]));
            let samples = Matrix::from_rows([[x.next_down()], [x], [x.next_up()]]);
            let look = "The next number above the threshold goes right.";
            equal(CALL, predict_tree(&tree, &samples).accepted(CALL)?, vec![0, 0, 1], look)
        });
    }

    #[test]
    fn separates_nearly_equal_fractions() {
        for_all("p", any::part(0.001..0.999_f64)).cases(64).holds(|&p| {
            let tree = leaf(&[p, p.next_up(), p]);
            let look = "The second fraction is the largest, if only just.";
            equal(CALL, predict_tree(&tree, &Matrix::zeros(1, 1)).accepted(CALL)?, vec![1], look)
        });
    }

    #[test]
    fn accepts_no_samples_and_no_features() {
        example(|| {
            let tree = split(1, 0.5, leaf(&[1.0]), leaf(&[1.0]));
            let look = "No samples, no predictions.";
            equal(CALL, predict_tree(&tree, &Matrix::zeros(0, 2)).accepted(CALL)?, vec![], look)?;
            let look = "A single leaf asks for no feature.";
            let got = predict_tree(&leaf(&[0.0, 1.0]), &Matrix::zeros(3, 0)).accepted(CALL)?;
            equal(CALL, got, vec![1, 1, 1], look)
        });
    }

    #[test]
    fn rejects_features_that_are_not_there() {
        let inputs = (any::several(1..=3), any::select(vec![0_usize, 1, 300]), any::seed());
        for_all("d, more, seed", inputs).cases(96).holds(|&(d, more, seed)| {
            // Where no sample comes by, too.
            let mut generator = Generator::from_seed(seed);
            let x = Matrix::from_fn(3, d, |i, j| (i + j) as f64);
            let wrong = Box::new(split(d + more, 0.0, leaf(&[1.0]), leaf(&[1.0])));
            let right = Box::new(tree_for(&x, 3, 2, &mut generator));
            let (left, right) = if seed % 2 == 0 { (wrong, right) } else { (right, wrong) };
            let tree = split(0, if seed % 4 < 2 { -1e9 } else { 1e9 }, left, right);
            let got = (d + more) as f64;
            let want = InputError::OutOfRange { name: "feature", got, wanted: "a feature of the samples" };
            let look = "A split anywhere in the tree may ask for a feature that the samples do not have.";
            rejected(CALL, predict_tree(&tree, &x), want.clone(), look)?;
            rejected("predict_tree(tree, 0×d)", predict_tree(&tree, &Matrix::zeros(0, d)), want, look)
        });
    }

    #[test]
    fn rejects_leaves_without_a_value() {
        example(|| {
            let tree = split(0, 0.0, leaf(&[1.0]), leaf(&[]));
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let got = predict_tree(&tree, &Matrix::from_rows([[-1.0]]));
            rejected(CALL, got, want, "There is no largest of no values, whether a sample comes by or not.")
        });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            let x = counting_but([*n, *d], [*i, *j], *bad);
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            let tree = split(0, 0.5, leaf(&[1.0]), leaf(&[0.0, 1.0]));
            rejected(CALL, predict_tree(&tree, &x), want, "Check all features, used by the tree or not.")
        });
    }
}
