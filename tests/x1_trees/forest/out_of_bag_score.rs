use judge::{Answer, Broken, any, close, example, for_all, rejected, rounding};
use katas::x1_trees::forest::{BaggedTree, out_of_bag_score};
use kit::{InputError, Matrix, Tree};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault};
use super::super::walk::predicted;
use super::votes::{elected, judged, stump};

const CALL: &str = "out_of_bag_score(forest, x, y)";

/// By definition; none if every tree has drawn every row.
fn expected(forest: &[BaggedTree], x: &Matrix, y: &[usize]) -> Option<f64> {
    let (mut right, mut all) = (0, 0);
    for (i, label) in y.iter().enumerate() {
        let without = forest.iter().filter(|it| !it.rows.contains(&i));
        let votes: Vec<usize> = without.map(|it| predicted(&it.tree, x.row(i))).collect();
        let Some(class) = elected(&votes) else { continue };
        all += 1;
        right += usize::from(class == *label);
    }
    (all > 0).then(|| right as f64 / all as f64)
}

fn agrees(forest: &[BaggedTree], x: &Matrix, y: &[usize]) -> judge::Verdict {
    let got = out_of_bag_score(forest, x, y);
    let look = "On each row only those trees vote that have not drawn it; rows without votes do not count.";
    match expected(forest, x, y) {
        // A quotient, or a sum of as many shares as there are rows.
        Some(want) => close(CALL, got.accepted(CALL)?, want, rounding(y.len() + 4, 1.0), look),
        None => rejected(CALL, got, InputError::TooFew { got: 0, wanted: 1 }, look),
    }
}

/// A tree that was grown on these rows and predicts this class.
fn voter(rows: &[usize], class: usize) -> BaggedTree {
    let value: Vec<f64> = (0..4).map(|it| f64::from(u8::from(it == class))).collect();
    BaggedTree { rows: rows.to_vec(), tree: stump(&value) }
}

#[test]
fn only_trees_that_never_saw_a_row_vote_on_it() {
    for_all("forest, x, y", judged([5, 6, 3, 3])).cases(192).holds(|(forest, x, y)| agrees(forest, x, y));
}

#[test]
fn rows_that_every_tree_has_drawn_do_not_count() {
    for_all("classes", any::vec(0..3_usize, 4)).cases(64).holds(|y| {
        // Row 2 is in both samples: three rows count.
        let forest = [voter(&[0, 2, 2, 0], 1), voter(&[1, 1, 2, 3], 2)];
        agrees(&forest, &Matrix::from_rows([[0.0], [1.0], [2.0], [3.0]]), y)
    });
}

#[test]
fn memorizing_does_not_help() {
    for_all("n", any::part(2..=9_usize)).cases(16).holds(|&n| {
        // Each tree knows the label of the one row that it has drawn, and no other has that label.
        let x = Matrix::from_fn(n, 1, |i, _| i as f64);
        let y: Vec<usize> = (0..n).collect();
        let sure = |i: usize| (0..n).map(|class| f64::from(u8::from(class == i))).collect::<Vec<_>>();
        let forest: Vec<BaggedTree> =
            (0..n).map(|i| BaggedTree { rows: vec![i; n], tree: stump(&sure(i)) }).collect();
        let got = out_of_bag_score(&forest, &x, &y).accepted(CALL)?;
        let look = "A tree's vote on a row of its own bootstrap sample is no test.";
        close(CALL, got, 0.0, 0.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::forest::{BaggedTree, out_of_bag_score};
        use kit::{Matrix, Tree};
        let forest =
            [BaggedTree { rows: vec![0, 0, 2], tree: Tree::Leaf { samples: 3, value: vec![0.0, 1.0] } }];
        assert_eq!(out_of_bag_score(&forest, &Matrix::from_rows([[5.0], [6.0], [7.0]]), &[0, 1, 0]), Ok(1.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn counts_the_votes_of_forests_of_any_size() {
        for_all("forest, x, y", judged([301, 301, 101, 151]))
            .cases(128)
            .holds(|(forest, x, y)| agrees(forest, x, y));
    }

    #[test]
    fn counts_every_row_and_every_tree() {
        let inputs = (any::many(2..=6, 301), any::many(1..=9, 301))
            .prop_flat_map(|(n, trees)| (Just(n), Just(trees), any::place(n), any::place(trees)));
        for_all("n, trees, i, k", inputs).cases(96).holds(|&(n, trees, i, k)| {
            // One row is out of bag, for one tree only.
            let all: Vec<usize> = (0..n).collect();
            let mut forest = vec![voter(&all, 0); trees];
            forest[k] = voter(
                &all.iter().map(|row| if *row == i { (i + 1) % n } else { *row }).collect::<Vec<_>>(),
                3,
            );
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            for (label, want) in [(3, 1.0), (2, 0.0)] {
                let mut y = vec![0; n];
                y[i] = label;
                let got = out_of_bag_score(&forest, &x, &y).accepted(CALL)?;
                close(CALL, got, want, 0.0, "One row has a vote, from one tree.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn values_of_any_size_vote() {
        for_all("size", any::part(any::magnitude(-120, 120))).cases(64).holds(|&size| {
            let tree = |value: [f64; 2]| stump(&value.map(|it| it * size.abs()));
            let trees = [tree([2.0, 1.0]), tree([1.0, 3.0]), tree([1.0, 2.0])];
            let forest = trees.map(|tree| BaggedTree { rows: vec![2, 2, 2], tree });
            agrees(&forest, &Matrix::from_rows([[size], [-size], [size / 2.0]]), &[1, 0, 0])
        });
    }

    #[test]
    fn any_label_may_be_wrong() {
        example(|| {
            let y = [usize::MAX, 1, 5, 1 << 40];
            agrees(&[voter(&[0, 0, 0, 0], 1)], &Matrix::from_rows([[0.0], [1.0], [2.0], [3.0]]), &y)
        });
    }

    #[test]
    fn rejects_forests_whose_trees_have_drawn_every_row() {
        for_all("n, trees", (any::many(1..=5, 301), any::part(1..=5_usize))).cases(32).holds(
            |&(n, trees)| {
                let forest = vec![voter(&(0..n).rev().collect::<Vec<_>>(), 0); trees];
                let x = Matrix::from_fn(n, 1, |i, _| i as f64);
                let want = InputError::TooFew { got: 0, wanted: 1 };
                let look = "No row is out of bag: there is nothing to measure.";
                rejected(CALL, out_of_bag_score(&forest, &x, &vec![0; n]), want, look)
            },
        );
    }

    #[test]
    fn rejects_rows_that_are_not_there() {
        let inputs = (any::many(1..=5, 301), any::part(1..=60_usize), any::select(vec![0_usize, 1, 1 << 40]))
            .prop_flat_map(|(n, trees, more)| (Just(n), Just(trees), Just(more), any::place(n)));
        for_all("n, trees, more, place", inputs).cases(64).holds(|&(n, trees, more, place)| {
            let mut forest = vec![voter(&vec![0; n], 0); trees];
            forest[place % trees].rows[place] = n + more;
            let x = Matrix::from_fn(n, 1, |i, _| i as f64);
            let wanted = "row numbers below the number of samples";
            let want = InputError::OutOfRange { name: "rows", got: (n + more) as f64, wanted };
            rejected(CALL, out_of_bag_score(&forest, &x, &vec![0; n]), want, "This is another training set.")
        });
    }

    #[test]
    fn rejects_what_does_not_fit() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(32).holds(|&[left, right]| {
            let x = Matrix::from_fn(left, 2, |i, j| (i + j) as f64);
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let mut forest = vec![voter(&vec![0; left], 0); 3];
            let want = InputError::LengthMismatch { left, right };
            rejected(CALL, out_of_bag_score(&forest, &x, &vec![0; right]), want, "One label per sample.")?;
            let y = vec![0; left];
            rejected(CALL, out_of_bag_score(&[], &x, &y), few.clone(), "Without trees there are no votes.")?;
            forest[right % 3].tree = stump(&[]);
            rejected(CALL, out_of_bag_score(&forest, &x, &y), few, "A leaf has at least one value.")?;
            let (left, right) = (Box::new(stump(&[1.0])), Box::new(stump(&[1.0])));
            forest[0].tree = Tree::Split { feature: 2, threshold: 0.0, left, right };
            forest.truncate(1);
            let wanted = "a feature of the samples";
            let want = InputError::OutOfRange { name: "feature", got: 2.0, wanted };
            rejected(CALL, out_of_bag_score(&forest, &x, &y), want, "Features count from 0.")
        });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(48).holds(
            |([n, d], [i, j], bad)| -> Result<(), Broken> {
                let x = counting_but([*n, *d], [*i, *j], *bad);
                let want = InputError::NotFinite { name: "x", index: i * d + j };
                let forest = [voter(&[], 1)];
                rejected(CALL, out_of_bag_score(&forest, &x, &vec![0; *n]), want, "Check all features.")
            },
        );
    }
}
