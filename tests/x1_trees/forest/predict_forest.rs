use judge::{Answer, any, equal, example, for_all, rejected};
use katas::x1_trees::forest::{BaggedTree, predict_forest};
use kit::{InputError, Matrix, Tree};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault};
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
    votes.iter().map(|vote| BaggedTree { rows: vec![0], tree: stump(&sure(*vote)) }).collect()
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
        for_all("d, trees, which", (any::several(1..=3), any::part(1..=60_usize), any::seed()))
            .cases(48)
            .holds(|&(d, trees, which)| {
                let few = InputError::TooFew { got: 0, wanted: 1 };
                let x = Matrix::from_fn(2, d, |i, j| (i + j) as f64);
                rejected(CALL, predict_forest(&[], &x), few.clone(), "Without trees there are no votes.")?;
                let mut forest = voting(&vec![0; trees], 2);
                let place = (which % trees as u64) as usize;
                forest[place].tree = stump(&[]);
                rejected(CALL, predict_forest(&forest, &x), few, "A leaf has at least one value.")?;
                let (left, right) = (Box::new(stump(&[1.0])), Box::new(stump(&[1.0])));
                forest[place].tree = Tree::Split { feature: d, threshold: 0.0, left, right };
                let wanted = "a feature of the samples";
                let want = InputError::OutOfRange { name: "feature", got: d as f64, wanted };
                rejected(CALL, predict_forest(&forest, &x), want, "Check all trees.")
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
