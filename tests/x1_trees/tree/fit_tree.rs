use judge::{Answer, Broken, any, ensure, equal, example, for_all, rejected, rounding};
use katas::x1_trees::tree::fit_tree;
use kit::{InputError, Matrix, Tree};
use proptest::prelude::*;

use super::super::draw::{counting_but, distinct, fault, few, matrix, sized};
use super::super::exact::Node;
use super::super::walk::{Limits, is_grown, reached};

const CALL: &str = "fit_tree(x, y, classes, max_depth, min_leaf)";

fn grown(x: &Matrix, y: &[usize], limits: Limits) -> Result<Tree, Broken> {
    let tree = fit_tree(x, y, limits.classes, limits.depth, limits.min_leaf).accepted(CALL)?;
    is_grown(&tree, Node::root(x, y), limits)?;
    Ok(tree)
}

/// All features are considered.
fn limits(classes: usize, depth: usize, min_leaf: usize) -> Limits {
    Limits { classes, depth, min_leaf, features: usize::MAX }
}

fn depth_of(tree: &Tree) -> usize {
    match tree {
        Tree::Leaf { .. } => 0,
        Tree::Split { left, right, .. } => 1 + depth_of(left).max(depth_of(right)),
    }
}

#[test]
fn splits_at_the_best_split_until_its_leaves_are_pure() {
    for_all("x, y", few()).holds(|(x, y)| grown(x, y, limits(3, 8, 1)).map(|_| ()));
}

#[test]
fn fits_distinct_samples_exactly() {
    let inputs = (distinct(6), any::vec(0..4_usize, 6));
    for_all("x, y", inputs).holds(|(x, y)| {
        // Distinct in the second feature only, and in no order there.
        let x = Matrix::from_fn(6, 2, |i, j| if j == 0 { 1.5 } else { x[(5 * i + 2) % 6] });
        let tree = fit_tree(&x, y, 4, usize::MAX, 1).accepted(CALL)?;
        for (i, class) in y.iter().enumerate() {
            let value = reached(&tree, x.row(i));
            let look = "Without limits a tree memorizes: each sample ends where all have its label.";
            // Six times 1/6, at most.
            ensure(value.len() == 4 && (value[*class] - 1.0).abs() <= rounding(8, 1.0), || {
                let got = format!("sample {i} of class {class} reaches a leaf with {value:?}");
                Broken::answer(got, format!("all of class {class}"), look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn has_at_most_the_maximum_depth() {
    for_all("x, y, max_depth", (few(), any::part(0..=3_usize))).holds(|((x, y), depth)| {
        let tree = grown(x, y, limits(3, *depth, 1))?;
        let look = "max_depth counts the splits on the way to a leaf; 0 gives a single leaf.";
        ensure(depth_of(&tree) <= *depth, || {
            Broken::answer(format!("depth {}", depth_of(&tree)), format!("at most {depth}"), look)
        })
    });
}

#[test]
fn leaves_have_the_smallest_size_at_least() {
    for_all("x, y, min_leaf", (few(), any::part(1..=4_usize)))
        .holds(|((x, y), least)| grown(x, y, limits(3, 8, *least)).map(|_| ()));
}

#[test]
fn learns_the_exclusive_or() {
    example(|| {
        let x = Matrix::from_rows([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
        let tree = grown(&x, &[0, 1, 1, 0], limits(2, 2, 1))?;
        let look = "The first split decreases nothing, and the second ones everything.";
        equal("the depth for the exclusive or", depth_of(&tree), 2, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::tree::fit_tree;
        use kit::{Matrix, Tree};
        let x = Matrix::from_rows([[1.0], [2.0], [4.0]]);
        let left = Box::new(Tree::Leaf { samples: 2, value: vec![1.0, 0.0] });
        let right = Box::new(Tree::Leaf { samples: 1, value: vec![0.0, 1.0] });
        let tree = Tree::Split { feature: 0, threshold: 3.0, left, right };
        assert_eq!(fit_tree(&x, &[0, 0, 1], 2, 5, 1), Ok(tree));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_grown_for_any_size_and_magnitude() {
        let depth = prop_oneof![1 => 0..=4_usize, 2 => Just(60), 1 => Just(usize::MAX)];
        let least = prop_oneof![2 => Just(1_usize), 1 => 2..=5_usize];
        let inputs = (sized([301, 65, 41]), any::part(depth), any::part(least), any::part(0..=2_usize));
        for_all("x, y, classes, max_depth, min_leaf, more", inputs).cases(96).holds(
            |(((x, y), classes), depth, least, more)| {
                // Some classes without samples, at the end.
                grown(x, y, limits(classes + more, *depth, *least)).map(|_| ())
            },
        );
    }

    #[test]
    fn counts_depths_beyond_fifty() {
        for_all("depth", any::part(50..=60_usize)).cases(8).holds(|&depth| {
            // Two classes in turn: the best splits take one sample from an end.
            let n = 130;
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            let y: Vec<usize> = (0..n).map(|i| i % 2).collect();
            grown(&x, &y, limits(2, depth, 1)).map(|_| ())
        });
    }

    #[test]
    fn grows_deep_chains() {
        for_all("n, k", (any::select(vec![101_usize, 301]), any::part(2..=1000_usize))).cases(6).holds(
            |&(n, classes)| {
                // Every sample has a class of its own, or two in turn.
                let x = Matrix::from_fn(n, 1, |i, _| ((i * 7) % n) as f64);
                let y: Vec<usize> = (0..n).map(|i| i % classes).collect();
                grown(&x, &y, limits(classes, usize::MAX, 1)).map(|_| ())
            },
        );
    }

    #[test]
    fn min_leaf_may_be_large() {
        let inputs = any::many(2..=9, 301)
            .prop_flat_map(|n| (distinct(n), any::vec(0..3_usize, n), any::part(1..=n.div_ceil(2) + 1)));
        for_all("x, y, min_leaf", inputs).cases(64).holds(|(x, y, least)| {
            let column = matrix(x.len(), 1, x);
            grown(&column, y, limits(3, usize::MAX, *least))?;
            grown(&column, y, limits(3, usize::MAX, usize::MAX)).map(|_| ())
        });
    }

    #[test]
    fn one_sample_of_a_class_gets_a_leaf() {
        let inputs = any::many(2..=6, 301).prop_flat_map(|n| (Just(n), any::place(n), any::part(1..3_usize)));
        for_all("n, i, d", inputs).cases(64).holds(|&(n, i, d)| {
            let x = Matrix::from_fn(n, d, |row, _| row as f64);
            let y: Vec<usize> = (0..n).map(|row| usize::from(row == i)).collect();
            grown(&x, &y, limits(2, usize::MAX, 1)).map(|_| ())
        });
    }

    #[test]
    fn equal_samples_share_a_leaf() {
        for_all("x, n, y", (any::wide(), any::many(2..=6, 301), any::seed())).cases(64).holds(
            |&(x, n, seed)| {
                let constant = Matrix::from_fn(n, 3, |_, j| x - j as f64);
                let y: Vec<usize> = (0..n).map(|i| ((i as u64 + seed % 5) % 3) as usize).collect();
                let tree = grown(&constant, &y, limits(3, 5, 1))?;
                let look = "No threshold separates samples with equal features: the tree is a single leaf.";
                equal("the depth", depth_of(&tree), 0, look)
            },
        );
    }

    #[test]
    fn zero_and_minus_zero_share_a_leaf() {
        example(|| {
            let x = Matrix::from_rows([[0.0], [-0.0], [0.0], [-0.0], [1.0]]);
            grown(&x, &[1, 0, 1, 0, 0], limits(2, 9, 1)).map(|_| ())
        });
    }

    #[test]
    fn one_sample_is_a_leaf() {
        for_all("x, classes", (any::magnitude(-300, 300), any::part(1..=1000_usize))).cases(32).holds(
            |&(x, classes)| {
                let one = Matrix::from_rows([[x]]);
                grown(&one, &[classes - 1], limits(classes, 3, 1)).map(|_| ())
            },
        );
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            let x = counting_but([*n, *d], [*i, *j], *bad);
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            let y: Vec<usize> = (0..*n).map(|i| i % 3).collect();
            rejected(CALL, fit_tree(&x, &y, 3, 4, 1), want, "Check all features; count row after row.")
        });
    }

    #[test]
    fn rejects_unknown_classes_in_any_place() {
        let inputs = (any::many(1..=6, 301), any::part(1..=60_usize), any::select(vec![0_usize, 1, 1 << 40]))
            .prop_flat_map(|(n, classes, above)| (Just(n), Just(classes), Just(above), any::place(n)));
        for_all("n, classes, above, i", inputs).cases(96).holds(|&(n, classes, above, index)| {
            let got = classes + above;
            let mut y: Vec<usize> = (0..n).map(|i| i % classes).collect();
            y[index] = got;
            let want = InputError::UnknownClass { index, got, classes };
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            let look = "Labels are 0 to classes − 1.";
            rejected(CALL, fit_tree(&x, &y, classes, 4, 1), want, look)
        });
    }

    #[test]
    fn rejects_unequal_lengths() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(48).holds(|&[left, right]| {
            let want = InputError::LengthMismatch { left, right };
            let got = fit_tree(&Matrix::from_fn(left, 2, |i, _| i as f64), &vec![1; right], 2, 3, 1);
            rejected(CALL, got, want, "One label per sample; the number of samples on the left.")
        });
    }

    #[test]
    fn rejects_no_samples_no_features_and_limits_out_of_range() {
        example(|| {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let (x, y, look) = (Matrix::from_rows([[0.0], [1.0]]), [0, 0], "See the section Errors.");
            rejected("fit_tree(0×2, …)", fit_tree(&Matrix::zeros(0, 2), &[], 2, 3, 1), few.clone(), look)?;
            rejected("fit_tree(2×0, …)", fit_tree(&Matrix::zeros(2, 0), &y, 2, 3, 1), few, look)?;
            for classes in [1001, usize::MAX] {
                let want =
                    InputError::OutOfRange { name: "classes", got: classes as f64, wanted: "1 to 1000" };
                rejected("fit_tree(x, y, classes, …)", fit_tree(&x, &y, classes, 3, 1), want, look)?;
            }
            let got = fit_tree(&x, &y, 0, 3, 1);
            ensure(got.is_err(), || {
                // Of no classes every label is an unknown one, too: either reason is right.
                Broken::answer(format!("fit_tree(…, classes = 0, …) = {got:?}"), "an error", look)
            })?;
            let want = InputError::OutOfRange { name: "min_leaf", got: 0.0, wanted: "at least 1" };
            rejected("fit_tree(…, min_leaf = 0)", fit_tree(&x, &y, 2, 3, 0), want, look)
        });
    }
}
