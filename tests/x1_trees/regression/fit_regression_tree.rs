use judge::{Answer, Verdict, any, close, example, for_all, rejected, rounding};
use katas::x1_trees::regression::fit_regression_tree;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{counting_but, distinct, fault};
use super::super::targets::{few, first_reached, is_regression_tree, sized, steps};

const CALL: &str = "fit_regression_tree(x, y, max_depth)";

fn agrees(x: &Matrix, y: &[f64], depth: usize) -> Verdict {
    let tree = fit_regression_tree(x, y, depth).accepted(CALL)?;
    is_regression_tree(&tree, (x, y), (0..y.len()).collect(), depth, 0.0)
}

#[test]
fn each_split_lowers_the_squared_error_most() {
    for_all("x, y, max_depth", (few(), any::part(0..=8_usize))).holds(|((x, y), depth)| agrees(x, y, *depth));
}

#[test]
fn fits_distinct_samples_exactly() {
    for_all("x, y", (distinct(6), any::vector(6..=6))).cases(128).holds(|(x, y)| {
        let x = Matrix::from_fn(6, 2, |i, j| if j == 0 { 1.5 } else { x[(5 * i + 2) % 6] });
        let tree = fit_regression_tree(&x, y, usize::MAX).accepted(CALL)?;
        (0..6).try_for_each(|i| {
            let got = first_reached(&tree, x.row(i));
            let look = "Without a limit each sample has a leaf of its own, or shares it with equal targets.";
            // A mean of up to six equal numbers.
            close(&format!("what sample {i} gets"), got, y[i], rounding(8, y[i]), look)
        })
    });
}

#[test]
fn one_leaf_holds_the_mean() {
    for_all("x, y", few()).cases(128).holds(|(x, y)| agrees(x, y, 0));
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::regression::fit_regression_tree;
        use kit::{Matrix, Tree};
        let x = Matrix::from_rows([[1.0], [2.0], [4.0]]);
        let left = Box::new(Tree::Leaf { samples: 2, value: vec![0.5] });
        let right = Box::new(Tree::Leaf { samples: 1, value: vec![7.0] });
        let tree = Tree::Split { feature: 0, threshold: 3.0, left, right };
        assert_eq!(fit_regression_tree(&x, &[0.0, 1.0, 7.0], 1), Ok(tree));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_grown_for_any_size_and_magnitude() {
        let depth = prop_oneof![2 => 0..=4_usize, 1 => Just(60), 1 => Just(usize::MAX)];
        for_all("x, y, max_depth", (sized([301, 65]), any::part(depth)))
            .cases(128)
            .holds(|((x, y), depth)| agrees(x, y, *depth));
    }

    #[test]
    fn uses_every_row_and_feature() {
        let inputs = any::sizes([2..=6, 1..=4], [301, 101])
            .prop_flat_map(|[n, d]| (Just(n), Just(d), any::place(n - 1), any::place(d)));
        for_all("n, d, i, j", inputs).cases(128).holds(|&(n, d, i, j)| {
            // The targets change between rows i and i + 1; one feature counts the rows, all others are constant.
            let x = Matrix::from_fn(n, d, |row, col| if col == j { row as f64 } else { 3.5 });
            let y: Vec<f64> = (0..n).map(|row| if row <= i { -1.25 } else { 2.5 }).collect();
            agrees(&x, &y, 3)
        });
    }

    #[test]
    fn counts_depths_beyond_fifty() {
        for_all("depth", any::part(50..=60_usize)).cases(6).holds(|&depth| {
            // Each target is four times the one before: the last sample is split off again and again.
            let x = Matrix::from_fn(90, 1, |i, _| i as f64);
            let y: Vec<f64> = (0..90).map(|i| 4.0_f64.powi(i)).collect();
            agrees(&x, &y, depth)
        });
    }

    #[test]
    fn is_accurate_far_from_0() {
        for_all("seed, offset", (any::seed(), any::select(vec![1e3, -1e6, 1e7]))).cases(32).holds(
            |&(seed, offset)| {
                let (x, y) = steps(40, 3, seed);
                agrees(&x, &y.iter().map(|y| y + offset).collect::<Vec<_>>(), 4)
            },
        );
    }

    #[test]
    fn equal_targets_and_equal_samples_share_a_leaf() {
        for_all("y, n", (any::wide(), any::many(1..=6, 301))).cases(48).holds(|&(y, n)| {
            agrees(&Matrix::from_fn(n, 2, |i, j| (i + j) as f64), &vec![y; n], 5)?;
            agrees(
                &Matrix::from_fn(n, 2, |_, j| y + j as f64),
                &(0..n).map(|i| i as f64).collect::<Vec<_>>(),
                5,
            )
        });
    }

    #[test]
    fn zero_and_minus_zero_are_one_value() {
        example(|| agrees(&Matrix::from_rows([[0.0], [-0.0], [1.0]]), &[1.0, 2.0, 2.0], 5));
    }

    #[test]
    fn rejects_what_is_not_finite_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            let x = counting_but([*n, *d], [*i, *j], *bad);
            let mut y: Vec<f64> = (0..*n).map(|i| i as f64).collect();
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            rejected(CALL, fit_regression_tree(&x, &y, 3), want, "Check all features.")?;
            y[*i] = *bad;
            let x = counting_but([*n, *d], [*i, *j], 0.5);
            let want = InputError::NotFinite { name: "y", index: *i };
            rejected(CALL, fit_regression_tree(&x, &y, 3), want, "Check all targets.")
        });
    }

    #[test]
    fn rejects_what_does_not_fit() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(32).holds(|&[left, right]| {
            let want = InputError::LengthMismatch { left, right };
            let x = Matrix::from_fn(left, 2, |i, _| i as f64);
            rejected(CALL, fit_regression_tree(&x, &vec![1.0; right], 3), want, "One target per sample.")?;
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let got = fit_regression_tree(&Matrix::zeros(0, 2), &[], 3);
            rejected(CALL, got, few.clone(), "Of no targets there is no mean.")?;
            let got = fit_regression_tree(&Matrix::zeros(left, 0), &vec![1.0; left], 3);
            rejected(CALL, got, few, "Without features there is nothing to learn from.")
        });
    }
}
