use std::cmp::Ordering;

use judge::{Answer, Broken, Verdict, any, drawn_with, ensure, equal, example, for_all, rejected};
use katas::x1_trees::forest::{BaggedTree, fit_forest};
use kit::{Generator, InputError, Matrix, Tree};

use super::super::draw::{Labeled, counting_but, fault, few, sized};
use super::super::exact::Node;
use super::super::walk::{Limits, is_grown};

const CALL: &str = "fit_forest(x, y, classes, trees, features, generator)";

/// A forest, of which everything is checked but chance.
fn grown(
    (x, y): &Labeled,
    classes: usize,
    trees: usize,
    features: usize,
    generator: &mut Generator,
) -> Result<Vec<BaggedTree>, Broken> {
    let forest = fit_forest(x, y, classes, trees, features, generator).accepted(CALL)?;
    equal("the number of trees", forest.len(), trees, "As many as were asked for.")?;
    for BaggedTree { rows, tree } in &forest {
        let n = y.len();
        ensure(rows.len() == n && rows.iter().all(|row| *row < n), || {
            let look = "Each tree comes with its own bootstrap sample, as `bootstrap_sample` draws it.";
            Broken::answer(format!("the rows {rows:?}"), format!("{n} row numbers below {n}"), look)
        })?;
        let limits = Limits { classes, depth: usize::MAX, min_leaf: 1, features };
        is_grown(tree, Node { x, y, rows: rows.clone() }, limits)?;
    }
    Ok(forest)
}

/// Samples whose features are all different, in a random order each, with random labels of two classes.
fn scattered(n: usize, d: usize, generator: &mut Generator) -> Labeled {
    let mut x = Matrix::zeros(n, d);
    for j in 0..d {
        let mut order: Vec<usize> = (0..n).collect();
        generator.shuffle(&mut order);
        (0..n).for_each(|i| x[(i, j)] = order[i] as f64);
    }
    (x, (0..n).map(|_| generator.below(2)).collect())
}

#[test]
fn each_tree_is_grown_on_its_own_rows() {
    for_all("x, y, seed", (few(), any::seed())).cases(128).holds(|(labeled, seed)| {
        let (d, mut generator) = (labeled.0.cols(), Generator::from_seed(*seed));
        grown(labeled, 3, 4, d, &mut generator).map(|_| ())
    });
}

#[test]
fn each_split_considers_some_features_only() {
    for_all("x, y, features, seed", (few(), any::part(1..=3_usize), any::seed())).cases(128).holds(
        |(labeled, features, seed)| {
            let features = (*features).min(labeled.0.cols());
            grown(labeled, 3, 4, features, &mut Generator::from_seed(*seed)).map(|_| ())
        },
    );
}

/// Two classes, and four features each of which separates them less well than the one before; in
/// nearly every bootstrap sample, too.
fn graded() -> Labeled {
    let is_exchanged = |i: usize, j: usize| {
        let place = i.min(15 - i);
        place % 2 == 1 && place / 2 < [0, 1, 2, 4][j]
    };
    let x = Matrix::from_fn(16, 4, |i, j| (if is_exchanged(i, j) { 15 - i } else { i }) as f64);
    (x, (0..16).map(|i| i / 8).collect())
}

#[test]
fn features_are_drawn_with_equal_probabilities() {
    // How likely the best of 1, 2 or 3 drawn features is the best of all 4, the second best, and so on: (4 − i choose
    // m − 1) of the (4 choose m) draws have feature i of the order, counted from 1, and none before it.
    let cases = [
        (1, [0.25, 0.25, 0.25, 0.25]),
        (2, [3.0 / 6.0, 2.0 / 6.0, 1.0 / 6.0, 0.0]),
        (3, [3.0 / 4.0, 1.0 / 4.0, 0.0, 0.0]),
    ];
    for_all("seed", any::seed()).cases(1).holds(move |&seed| {
        let (labeled, mut generator) = (graded(), Generator::from_seed(seed));
        for (features, probabilities) in cases {
            let mut counts = [0; 4];
            for bagged in grown(&labeled, 2, 5000, features, &mut generator)? {
                let Tree::Split { feature, .. } = bagged.tree else { continue };
                let node = Node { x: &labeled.0, y: &labeled.1, rows: bagged.rows };
                let best: Vec<_> = (0..4).filter_map(|feature| node.best_of(feature, 1)).collect();
                let better = best.iter().filter(|it| it.order(best[feature]) == Ordering::Greater).count();
                // Where two are equally good the number says nothing.
                if (0..4).all(|a| (0..a).all(|b| best[a].order(best[b]) != Ordering::Equal)) {
                    counts[better] += 1;
                }
            }
            let names = ["the best feature", "the second best", "the third best", "the last"];
            let look = "At each split so many features are drawn, without replacement, each as likely.";
            let what = format!("the feature at the root, with features = {features}");
            drawn_with(&what, &names, &counts, &probabilities, look)?;
        }
        Ok(())
    });
}

#[test]
fn draws_features_for_each_split_anew() {
    for_all("seed", any::seed()).cases(4).holds(|&seed| {
        // Whether the splits below the root ask for the root's feature: of two features, every other time.
        let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 2]);
        for _ in 0..20 {
            let labeled = scattered(40, 2, &mut generator);
            for bagged in grown(&labeled, 2, 10, 1, &mut generator)? {
                let Tree::Split { feature: root, left, right, .. } = bagged.tree else { continue };
                for below in [*left, *right] {
                    if let Tree::Split { feature, .. } = below {
                        counts[usize::from(feature == root)] += 1;
                    }
                }
            }
        }
        let look = "The features are drawn for each split, not once for each tree.";
        drawn_with("below the root", &["the other feature", "the same feature"], &counts, &[0.5, 0.5], look)
    });
}

#[test]
fn depends_on_the_generator_only() {
    for_all("n, seed", (any::select(vec![30_usize, 41, 101]), any::seed())).cases(6).holds(|&(n, seed)| {
        let labeled = scattered(n, 3, &mut Generator::from_seed(seed ^ 99));
        let grow = |generator: &mut Generator| grown(&labeled, 2, 2, 2, generator);
        let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
        let forest = grow(&mut first)?;
        let look = "What else than the generator decides? A static, the clock, a hash map's order?";
        equal("the forest from the same state", grow(&mut again)?, forest.clone(), look)?;
        let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
        for (what, other) in [
            ("the state that was left behind", grow(&mut first)?),
            ("another seed", grow(&mut Generator::from_seed(seed ^ 1))?),
        ] {
            ensure(other != forest, || {
                Broken::answer(format!("the same from {what}"), "another forest", look)
            })?;
        }
        // Two samples of 30 rows are the same with a chance far below 10⁻¹⁰.
        let look = "Each tree has a bootstrap sample of its own.";
        ensure(forest[0].rows != forest[1].rows, || {
            Broken::answer("the same rows for both trees", "other rows for each tree", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::forest::fit_forest;
        use kit::{Generator, Matrix};
        let x = Matrix::from_rows([[1.0, 5.0], [2.0, 7.0], [3.0, 6.0]]);
        let forest = fit_forest(&x, &[0, 0, 1], 2, 10, 1, &mut Generator::from_seed(1))?;
        assert!(forest.len() == 10 && forest.iter().all(|bagged| bagged.rows.len() == 3));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_grown_for_any_size_and_magnitude() {
        let inputs = (sized([301, 65, 41]), any::part(1..=3_usize), any::part(1..=70_usize), any::seed());
        for_all("x, y, classes, trees, features, seed", inputs).cases(48).holds(
            |((labeled, classes), trees, features, seed)| {
                let features = (*features).min(labeled.0.cols());
                let mut generator = Generator::from_seed(*seed);
                grown(labeled, *classes, *trees, features, &mut generator).map(|_| ())
            },
        );
    }

    #[test]
    fn grows_many_trees() {
        for_all("x, y, seed", (few(), any::seed())).cases(6).holds(|(labeled, seed)| {
            // The same generator for each number of trees.
            [2, 51, 101, 300].into_iter().try_for_each(|trees| {
                grown(labeled, 3, trees, 1, &mut Generator::from_seed(*seed)).map(|_| ())
            })
        });
    }

    #[test]
    fn rows_are_drawn_with_replacement() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let labeled = (Matrix::from_rows([[1.0], [2.0]]), vec![0, 1]);
            let forest = grown(&labeled, 2, 600, 1, &mut Generator::from_seed(seed))?;
            let mut counts = [0; 3];
            forest.iter().for_each(|bagged| counts[bagged.rows.iter().sum::<usize>()] += 1);
            let names = ["row 0 twice", "both rows", "row 1 twice"];
            let look = "Each tree is grown on a bootstrap sample of its own.";
            drawn_with("the rows of a tree", &names, &counts, &[0.25, 0.5, 0.25], look)
        });
    }

    #[test]
    fn forests_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let labeled = (Matrix::from_rows([[1.0], [2.0]]), vec![0, 1]);
            let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 9]);
            for _ in 0..900 {
                let mut kind = || {
                    let forest = grown(&labeled, 2, 1, 1, &mut generator)?;
                    Ok::<usize, Broken>(forest[0].rows.iter().sum())
                };
                counts[3 * kind()? + kind()?] += 1;
            }
            let names: Vec<String> = (0..9).map(|k| format!("sums {} and {}", k / 3, k % 3)).collect();
            let shares = [0.25, 0.5, 0.25];
            let probabilities: Vec<f64> = (0..9).map(|k| shares[k / 3] * shares[k % 3]).collect();
            let look = "The generator is left where the last draw left it.";
            drawn_with("the rows of two forests", &names, &counts, &probabilities, look)
        });
    }

    #[test]
    fn only_features_that_vary_are_drawn() {
        for_all("n, d, seed", (any::part(2..=9_usize), any::several(2..=4), any::seed())).cases(32).holds(
            |&(n, d, seed)| {
                let mut generator = Generator::from_seed(seed);
                let last = d - 1;
                let x = Matrix::from_fn(n, d, |i, j| if j == last { i as f64 } else { 7.0 });
                let labeled = (x, (0..n).map(|i| i % 2).collect::<Vec<_>>());
                // The walk sees no split missing: one drawn feature is enough to separate all.
                grown(&labeled, 2, 8, 1, &mut generator).map(|_| ())
            },
        );
    }

    #[test]
    fn grows_on_a_single_class_and_on_equal_samples() {
        example(|| {
            let mut generator = Generator::from_seed(3);
            let x = Matrix::from_rows([[1.0], [2.0], [4.0]]);
            grown(&(x, vec![1, 1, 1]), 2, 5, 1, &mut generator)?;
            let x = Matrix::from_rows([[0.0], [-0.0], [0.0]]);
            grown(&(x, vec![0, 1, 1]), 2, 5, 1, &mut generator)?;
            grown(&(Matrix::from_rows([[1e300]]), vec![0]), 1, 5, 1, &mut generator).map(|_| ())
        });
    }

    #[test]
    fn rejects_invalid_samples_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            let forest = |x: &Matrix, y: &[usize]| fit_forest(x, y, 3, 2, 1, &mut Generator::from_seed(1));
            let mut y: Vec<usize> = (0..*n).map(|i| i % 3).collect();
            let x = counting_but([*n, *d], [*i, *j], *bad);
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            rejected(CALL, forest(&x, &y), want, "Check all features; count row after row.")?;
            let x = counting_but([*n, *d], [*i, *j], 0.0);
            let got = forest(&x, &y[1..]);
            let want = InputError::LengthMismatch { left: *n, right: n - 1 };
            // Of one sample none is left: another reason.
            if *n > 1 {
                rejected(CALL, got, want, "One label per sample.")?;
            }
            y[*i] = 3 + j;
            let want = InputError::UnknownClass { index: *i, got: 3 + j, classes: 3 };
            rejected(CALL, forest(&x, &y), want, "Labels are 0 to classes − 1.")
        });
    }

    #[test]
    fn rejects_numbers_out_of_range() {
        let inputs = (any::several(1..=3), any::select(vec![1_usize, 2, 300]), any::seed());
        for_all("d, more, seed", inputs).cases(32).holds(|&(d, more, seed)| {
            let x = Matrix::from_fn(2, d, |i, j| (i + j) as f64);
            let mut generator = Generator::from_seed(seed);
            let mut asked =
                |classes, trees, features| fit_forest(&x, &[0, 0], classes, trees, features, &mut generator);
            let out = |name, got: usize, wanted| InputError::OutOfRange { name, got: got as f64, wanted };
            let look = "See the section Errors.";
            for features in [0, d + more] {
                let want = out("features", features, "1 to the number of features");
                rejected(CALL, asked(2, 3, features), want, look)?;
            }
            rejected(CALL, asked(2, 0, 1), out("trees", 0, "at least 1"), look)?;
            rejected(CALL, asked(1000 + more, 3, 1), out("classes", 1000 + more, "1 to 1000"), look)?;
            // Of no classes every label is an unknown one, too: either reason is right.
            let got = asked(0, 3, 1);
            ensure(got.is_err(), || Broken::answer(format!("{CALL} = {got:?}"), "an error", look))
        });
    }

    #[test]
    fn rejects_no_samples_and_no_features() {
        example(|| -> Verdict {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let asked = |x: &Matrix, y: &[usize]| fit_forest(x, y, 2, 3, 1, &mut Generator::from_seed(1));
            let look = "A bootstrap sample of nothing is none.";
            rejected("fit_forest(0×2, …)", asked(&Matrix::zeros(0, 2), &[]), few, look)?;
            let got = asked(&Matrix::zeros(2, 0), &[0, 1]);
            ensure(got.is_err(), || Broken::answer(format!("fit_forest(2×0, …) = {got:?}"), "an error", look))
        });
    }
}
