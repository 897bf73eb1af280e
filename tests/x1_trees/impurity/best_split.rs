use std::cmp::Ordering;

use judge::{Answer, Broken, Verdict, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::x1_trees::impurity::best_split;
use kit::{InputError, Matrix, Split};
use proptest::prelude::*;

use super::super::draw::{counting_but, distinct, fault, few, label, matrix, sized};
use super::super::exact::Node;

const CALL: &str = "best_split(x, y, min_leaf)";

fn asked(x: &Matrix, y: &[usize], min_leaf: usize) -> Result<Option<Split>, Broken> {
    best_split(x, y, min_leaf).accepted(CALL)
}

/// Whether the answer is a best split of these samples, or rightly none.
fn is_best(got: Option<Split>, node: &Node<'_>, min_leaf: usize) -> Verdict {
    let Some(best) = node.best(min_leaf) else {
        let look = "No threshold leaves min_leaf samples on both sides.";
        return equal(CALL, got, None, look);
    };
    let Some(split) = got else {
        let want = format!("a split with a decrease of {:.6}", node.decrease(best));
        let look =
            "Some threshold leaves min_leaf samples on both sides. A decrease of 0 is no reason for None.";
        return Err(Broken::answer(format!("{CALL} = None"), want, look));
    };
    let cut = node.cut_at(CALL, split.feature, split.threshold, min_leaf)?;
    ensure(cut.merit.order(best) == Ordering::Equal, || {
        let got = format!("{CALL} = {split:?}, which decreases it by {:.6}", node.decrease(cut.merit));
        let want = format!("a split that decreases the impurity by {:.6}", node.decrease(best));
        let look = "Try all thresholds of all features; weight the impurity of each part by its size.";
        Broken::answer(got, want, look)
    })?;
    // Squares of at most n fractions on either side, and their sums.
    let tolerance = rounding(16 + 4 * node.rows.len(), 1.0);
    let look = "G(node) minus the impurities of the parts, weighted by their sizes.";
    close("its decrease", split.decrease, node.decrease(best), tolerance, look)
}

#[test]
fn no_split_decreases_the_impurity_more() {
    for_all("x, y", few()).holds(|(x, y)| is_best(asked(x, y, 1)?, &Node::root(x, y), 1));
}

#[test]
fn separates_two_classes_halfway() {
    for_all("x, cut", (distinct(6), any::part(1..=5_usize))).cases(128).holds(|(x, cut)| {
        let y: Vec<usize> = (0..6).map(|i| if i < *cut { 4 } else { 7 }).collect();
        let column = matrix(6, 1, x);
        let got = asked(&column, &y, 1)?;
        ensure(got.is_some(), || Broken::answer("None", "a split", "The two classes can be separated."))?;
        is_best(got, &Node::root(&column, &y), 1)
    });
}

#[test]
fn leaves_enough_samples_on_both_sides() {
    for_all("x, y, min_leaf", (few(), any::part(1..=4_usize)))
        .holds(|((x, y), least)| is_best(asked(x, y, *least)?, &Node::root(x, y), *least));
}

#[test]
fn is_found_where_no_split_helps() {
    for_all("a, b, c, d", [any::nonzero(), any::nonzero(), any::nonzero(), any::nonzero()]).cases(64).holds(
        |[a, b, c, d]| {
            // The exclusive or: each split leaves both sides as mixed as before.
            let (a, c) = (a.abs(), c.abs());
            let x = matrix(4, 2, &[b - a, d - c, b - a, d + c, b + a, d - c, b + a, d + c]);
            is_best(asked(&x, &[5, 2, 2, 5], 1)?, &Node::root(&x, &[5, 2, 2, 5]), 1)
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::impurity::best_split;
        use kit::{Matrix, Split};
        let x = Matrix::from_rows([[5.0, 1.0], [3.0, 2.0], [4.0, 5.0], [2.0, 6.0]]);
        let split = Split { feature: 1, threshold: 3.5, decrease: 0.5 };
        assert_eq!(best_split(&x, &[4, 4, 7, 7], 1), Ok(Some(split)));
        assert_eq!(best_split(&x, &[4, 4, 7, 7], 3), Ok(None));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_best_for_any_size_and_magnitude() {
        let least = prop_oneof![2 => Just(1_usize), 1 => 2..=4_usize];
        for_all("x, y, classes, min_leaf", (sized([301, 65, 41]), any::part(least))).cases(192).holds(
            |(((x, y), _), least)| {
                let y: Vec<usize> = y.iter().map(|class| label(*class)).collect();
                is_best(asked(x, &y, *least)?, &Node::root(x, &y), *least)
            },
        );
    }

    #[test]
    fn uses_every_row_and_feature() {
        let inputs = any::sizes([2..=6, 1..=4], [301, 101])
            .prop_flat_map(|[n, d]| (Just(n), Just(d), any::place(n - 1), any::place(d)));
        for_all("n, d, i, j", inputs).cases(128).holds(|&(n, d, i, j)| {
            // One feature separates the rows up to i from the others; all others are constant.
            let x = Matrix::from_fn(n, d, |row, col| if col == j { row as f64 } else { 3.5 });
            let y: Vec<usize> = (0..n).map(|row| label(if row <= i { 1 } else { 7 })).collect();
            is_best(asked(&x, &y, 1)?, &Node::root(&x, &y), 1)
        });
    }

    #[test]
    fn min_leaf_may_be_large() {
        let inputs =
            any::many(2..=9, 301).prop_flat_map(|n| (distinct(n), 1..=n.div_ceil(2) + 1, any::seed()));
        for_all("x, min_leaf, seed", inputs).cases(96).holds(|(x, least, seed)| {
            let y: Vec<usize> = (0..x.len()).map(|i| (i as u64 * (seed % 97 + 3) / 7 % 3) as usize).collect();
            let column = matrix(x.len(), 1, x);
            is_best(asked(&column, &y, *least)?, &Node::root(&column, &y), *least)?;
            let look = "More samples are asked for than there are.";
            equal("with min_leaf = usize::MAX", asked(&column, &y, usize::MAX)?, None, look)
        });
    }

    #[test]
    fn lies_below_the_upper_neighbor() {
        for_all("x", prop_oneof![any::eighth(), any::magnitude(-300, 300)]).cases(64).holds(|&x| {
            let (low, high) = (x, x.next_up());
            let huge = [(-f64::MAX, f64::MAX), (0.0, f64::MAX), (1e308, f64::MAX)];
            for (low, high) in [(low, high), (high, high.next_up())].into_iter().chain(huge) {
                let column = Matrix::from_rows([[high], [low]]);
                is_best(asked(&column, &[0, 1], 1)?, &Node::root(&column, &[0, 1]), 1)?;
            }
            Ok(())
        });
    }

    #[test]
    fn takes_zero_and_minus_zero_as_one_value() {
        example(|| {
            let x = Matrix::from_rows([[0.0], [-0.0], [0.0], [-0.0]]);
            let look = "−0 = 0: nothing lies between them.";
            equal("best_split([0; −0; 0; −0], [1, 2, 1, 2], 1)", asked(&x, &[1, 2, 1, 2], 1)?, None, look)?;
            let x = Matrix::from_rows([[0.0], [-0.0], [-0.0], [1.0]]);
            is_best(asked(&x, &[1, 2, 1, 2], 1)?, &Node::root(&x, &[1, 2, 1, 2]), 1)
        });
    }

    #[test]
    fn is_none_for_constant_features_and_a_single_sample() {
        for_all("x, n", (any::wide(), any::many(1..=5, 301))).cases(64).holds(|&(x, n)| {
            let constant = Matrix::from_fn(n, 2, |_, j| x + j as f64);
            let y: Vec<usize> = (0..n).map(|i| i % 3).collect();
            equal(CALL, asked(&constant, &y, 1)?, None, "Equal values are on the same side.")
        });
    }

    #[test]
    fn splits_a_pure_node_too() {
        for_all("x, n", any::many(2..=6, 301).prop_flat_map(distinct)).cases(48).holds(|x| {
            let column = matrix(x.len(), 1, x);
            let y = vec![label(6); x.len()];
            is_best(asked(&column, &y, 1)?, &Node::root(&column, &y), 1)
        });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            let x = counting_but([*n, *d], [*i, *j], *bad);
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            let y: Vec<usize> = (0..*n).collect();
            rejected(CALL, best_split(&x, &y, 1), want, "Check all features; count row after row.")
        });
    }

    #[test]
    fn rejects_unequal_lengths() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(48).holds(|&[left, right]| {
            let want = InputError::LengthMismatch { left, right };
            let got = best_split(&Matrix::from_fn(left, 2, |i, _| i as f64), &vec![1; right], 1);
            rejected(CALL, got, want, "One label per sample; the number of samples on the left.")
        });
    }

    #[test]
    fn rejects_no_samples_no_features_and_min_leaf_0() {
        example(|| {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let look = "Nothing to split.";
            rejected("best_split(0×2, [], 1)", best_split(&Matrix::zeros(0, 2), &[], 1), few.clone(), look)?;
            rejected("best_split(2×0, …)", best_split(&Matrix::zeros(2, 0), &[1, 2], 1), few, look)?;
            let want = InputError::OutOfRange { name: "min_leaf", got: 0.0, wanted: "at least 1" };
            let x = Matrix::from_rows([[0.0], [1.0]]);
            rejected(
                "best_split(x, y, 0)",
                best_split(&x, &[1, 2], 0),
                want,
                "A side without samples is none.",
            )
        });
    }
}
