use judge::{Answer, any, equal, example, for_all, rejected};
use katas::x1_trees::forest::{BaggedTree, predict_forest};
use kit::{Generator, InputError, Matrix, Tree};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault, matrix, tree_for};
use super::super::walk::predicted;
use super::votes::{elected, judged, stump};

const CALL: &str = "predict_forest(forest, x)";

fn expected(forest: &[BaggedTree], x: &Matrix) -> Vec<usize> {
    let votes = |i: usize| forest.iter().map(|it| predicted(&it.tree, x.row(i))).collect::<Vec<_>>();
    (0..x.rows()).map(|i| elected(&votes(i)).unwrap_or(0)).collect()
}

/// A forest whose trees vote for these classes, whatever the sample.
fn voting(votes: &[usize], classes: usize) -> Vec<BaggedTree> {
    let sure = |vote: usize| (0..classes).map(|class| f64::from(u8::from(class == vote))).collect::<Vec<_>>();
    // What was drawn, and how much of it, does not matter.
    let bagged =
        |(k, vote): (usize, &usize)| BaggedTree { rows: vec![0; 5 * k % 7], tree: stump(&sure(*vote)) };
    votes.iter().enumerate().map(bagged).collect()
}

#[test]
fn is_the_majority_vote() {
    for_all("forest, x, y", judged([5, 4, 3, 3])).cases(128).holds(|(forest, x, _)| {
        let got = predict_forest(forest, x).accepted(CALL)?;
        let look = "Each tree predicts a class; the one with the most votes wins.";
        equal(CALL, got, expected(forest, x), look)
    });
}

#[test]
fn elects_the_lowest_of_equal_classes() {
    for_all("votes", any::vec(0..4_usize, 1..=9)).holds(|votes| {
        let got = predict_forest(&voting(votes, 4), &Matrix::from_rows([[0.5]])).accepted(CALL)?;
        let want = elected(votes).unwrap_or(0);
        let look = "Count the votes; with equally many the lowest class, in whatever order they come.";
        equal(&format!("{CALL} with the votes {votes:?}"), got, vec![want], look)
    });
}

#[test]
fn counts_votes_and_not_fractions() {
    for_all("p", any::part(0.01..0.49_f64)).cases(32).holds(|&p| {
        // Two trees are just in favor of class 1, and the third is certain of class 0.
        let value = [0.5 - p / 50.0, 0.5 + p / 50.0];
        let trees = [stump(&value), stump(&value), stump(&[1.0, 0.0])];
        let forest = trees.map(|tree| BaggedTree { rows: vec![0], tree });
        let got = predict_forest(&forest, &Matrix::from_rows([[0.5]])).accepted(CALL)?;
        let look = "Each tree has one vote, however pure its leaf is.";
        equal(CALL, got, vec![1], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::forest::{BaggedTree, predict_forest};
        use kit::{Matrix, Tree};
        let votes_for = |class: usize| {
            let value = (0..3).map(|c| if c == class { 1.0 } else { 0.0 }).collect();
            BaggedTree { rows: vec![0], tree: Tree::Leaf { samples: 1, value } }
        };
        let forest = [votes_for(2), votes_for(0), votes_for(2)];
        assert_eq!(predict_forest(&forest, &Matrix::from_rows([[5.0]])), Ok(vec![2]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn counts_the_votes_of_forests_of_any_size() {
        for_all("forest, x, y", judged([301, 301, 101, 151])).cases(128).holds(|(forest, x, _)| {
            let got = predict_forest(forest, x).accepted(CALL)?;
            equal(CALL, got, expected(forest, x), "All trees vote, for all samples.")
        });
    }

    #[test]
    fn one_vote_decides() {
        let inputs = (any::many(1..=3, 301), any::several(2..=3))
            .prop_flat_map(|(pairs, classes)| (Just(pairs), any::place(classes), any::place(2 * pairs + 1)));
        for_all("pairs, winner, place", inputs).cases(64).holds(|&(pairs, winner, place)| {
            let other = usize::from(winner == 0);
            let mut votes: Vec<usize> =
                (0..2 * pairs).map(|i| if i % 2 == 0 { winner } else { other }).collect();
            votes.insert(place, winner);
            let forest = voting(&votes, winner.max(other) + 1);
            let got = predict_forest(&forest, &Matrix::from_rows([[0.5]])).accepted(CALL)?;
            equal(CALL, got, vec![winner], "Of an odd number of votes for two classes one decides.")
        });
    }

    #[test]
    fn counts_beyond_a_byte() {
        let inputs = (any::select(vec![127_usize, 255, 256, 512, 1023]), any::part(1..=3_usize), any::seed());
        for_all("votes for one class, fewer for the other, seed", inputs).cases(24).holds(
            |&(many, few, seed)| {
                let (winner, other) = if seed % 2 == 0 { (0, 1) } else { (1, 0) };
                let votes = [vec![winner; many + few], vec![other; many.min(few)]].concat();
                let call = format!("{CALL} with {} votes for {winner}, {few} for {other}", many + few);
                let got = predict_forest(&voting(&votes, 2), &Matrix::from_rows([[0.5]])).accepted(&call)?;
                equal(&call, got, vec![winner], "A number of votes may be larger than a byte holds.")
            },
        );
    }

    #[test]
    fn samples_that_are_partly_alike_are_asked_apart() {
        let inputs = (any::part(2..=9_usize), any::part(2..=4_usize), any::part(1..=5_usize), any::seed());
        for_all("n, d, trees, seed", inputs).cases(48).holds(|&(n, d, trees, seed)| {
            let mut generator = Generator::from_seed(seed);
            let values: Vec<f64> = (0..n * d).map(|_| generator.below(3) as f64 / 2.0).collect();
            let x = matrix(n, d, &values);
            let mut bagged = |_| BaggedTree { rows: vec![0], tree: tree_for(&x, 3, 3, &mut generator) };
            let forest: Vec<BaggedTree> = (0..trees).map(&mut bagged).collect();
            let got = predict_forest(&forest, &x).accepted(CALL)?;
            equal(
                CALL,
                got,
                expected(&forest, &x),
                "Two samples with one feature in common may differ in another.",
            )
        });
    }

    #[test]
    fn follows_a_chain_of_splits() {
        let depth = any::select(vec![14_usize, 40, 150, 400]);
        for_all("depth, left", (depth, any::part(any::<bool>()))).cases(12).holds(|&(depth, left)| {
            let mut tree = stump(&[0.0, 1.0]);
            for level in (0..depth).rev() {
                let other = stump(if level % 3 == 0 { &[0.0, 0.25, 0.75] } else { &[1.0, 0.0] });
                let (threshold, sides) = if left {
                    ((depth - level) as f64, [tree, other])
                } else {
                    (level as f64, [other, tree])
                };
                let [left, right] = sides.map(Box::new);
                tree = Tree::Split { feature: 0, threshold, left, right };
            }
            let forest = [BaggedTree { rows: vec![0], tree }];
            let x = Matrix::from_fn(depth + 2, 1, |i, _| i as f64 - 0.5);
            equal(
                CALL,
                predict_forest(&forest, &x).accepted(CALL)?,
                expected(&forest, &x),
                "All the way down.",
            )
        });
    }

    #[test]
    fn values_of_any_size_vote() {
        for_all("size", any::part(any::magnitude(-120, 120))).cases(64).holds(|&size| {
            let size = size.abs();
            let trees = [[2.0, 1.0], [1.0, 3.0], [1.0, 2.0]].map(|value| stump(&value.map(|it| it * size)));
            let forest = trees.map(|tree| BaggedTree { rows: vec![0], tree });
            let got = predict_forest(&forest, &Matrix::from_rows([[size]])).accepted(CALL)?;
            equal(CALL, got, vec![1], "The largest value of a leaf is its vote, however small it is.")
        });
    }

    #[test]
    fn accepts_no_samples() {
        example(|| {
            let got = predict_forest(&voting(&[1, 1], 2), &Matrix::zeros(0, 3)).accepted(CALL)?;
            equal(CALL, got, vec![], "No samples, no predictions.")
        });
    }

    #[test]
    fn what_was_drawn_does_not_matter() {
        example(|| {
            let mut forest = voting(&[1, 0, 1], 2);
            forest[0].rows = vec![usize::MAX, 5];
            forest[2].rows = vec![];
            let got = predict_forest(&forest, &Matrix::from_rows([[0.5], [1.5]])).accepted(CALL)?;
            equal(CALL, got, vec![1, 1], "All trees vote, whatever their rows.")
        });
    }

    #[test]
    fn rejects_no_trees_and_trees_that_do_not_fit() {
        let more = any::select(vec![0_usize, 1, 300]);
        for_all("d, trees, more, which", (any::several(1..=3), any::part(1..=60_usize), more, any::seed()))
            .cases(64)
            .holds(|&(d, trees, more, which)| {
                let few = InputError::TooFew { got: 0, wanted: 1 };
                let filled = Matrix::from_fn(2, d, |i, j| (i + j) as f64);
                let (got, wanted) = ((d + more) as f64, "a feature of the samples");
                let beyond = InputError::OutOfRange { name: "feature", got, wanted };
                let leaf = || Box::new(stump(&[1.0]));
                let split = Tree::Split { feature: d + more, threshold: 0.0, left: leaf(), right: leaf() };
                // Also on the side of a split where no sample comes by.
                let hidden = |bad: Tree| match which / 64 % 3 {
                    0 => bad,
                    1 => Tree::Split { feature: 0, threshold: 1e9, left: leaf(), right: Box::new(bad) },
                    _ => Tree::Split { feature: 0, threshold: -1e9, left: Box::new(bad), right: leaf() },
                };
                let mut forest = voting(&vec![0; trees], 2);
                for x in [filled, Matrix::zeros(0, d)] {
                    let look = "Without trees there are no votes.";
                    rejected(CALL, predict_forest(&[], &x), few.clone(), look)?;
                    let place = (which % trees as u64) as usize;
                    forest[place].tree = hidden(stump(&[]));
                    let look = "A leaf has at least one value, whether a sample comes by or not.";
                    rejected(CALL, predict_forest(&forest, &x), few.clone(), look)?;
                    forest[place].tree = hidden(split.clone());
                    let look = "Check all trees, each as a whole, whether a sample comes by or not.";
                    rejected(CALL, predict_forest(&forest, &x), beyond.clone(), look)?;
                }
                Ok(())
            });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(48).holds(|([n, d], [i, j], bad)| {
            let x = counting_but([*n, *d], [*i, *j], *bad);
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            rejected(CALL, predict_forest(&voting(&[1, 0, 1], 2), &x), want, "Check all features.")
        });
    }
}
