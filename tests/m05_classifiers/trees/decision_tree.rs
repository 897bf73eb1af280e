use judge::{Answer, Broken, any, ensure, equal, example, for_all, rejected};
use katas::m05_classifiers::trees::decision_tree;
use kit::{InputError, Matrix, data};
use proptest::prelude::*;

use super::super::contract;
use super::super::samples::{Most, SPLIT, clouds, crowd, fifth, in_units, mixed, one_informative};
use super::super::sizes::fault;

const CALL: &str = "decision_tree(x_train, y_train, x_test, max_depth)";

/// Different values of one feature, and a label for each, of two kinds at least.
fn one_feature() -> impl Strategy<Value = (Vec<f64>, Vec<usize>)> + Send + Sync + Clone {
    (any::vector(2..=8), judge::any::vec(0..3_usize, 8)).prop_map(|(mut x, labels)| {
        x.sort_by(f64::total_cmp);
        x.dedup();
        if x.len() == 1 {
            x.push(x[0] + 1.0);
        }
        let mut y: Vec<usize> = (0..x.len()).map(|i| [4, 0, 7][labels[i]]).collect();
        if y.iter().all(|label| *label == y[0]) {
            y[0] = 9;
        }
        (x, y)
    })
}

#[test]
fn thresholds_are_midpoints() {
    for_all("x, y", one_feature()).cases(128).holds(|(x, y)| {
        let column = Matrix::from_fn(x.len(), 1, |i, _| x[i]);
        // Between two neighbors a quarter and three quarters of the way; and the training samples themselves.
        let mut asked: Vec<(f64, usize)> = x.iter().copied().zip(y.iter().copied()).collect();
        for i in 1..x.len() {
            let step = x[i] - x[i - 1];
            asked.extend([(x[i - 1] + 0.25 * step, y[i - 1]), (x[i] - 0.25 * step, y[i])]);
        }
        let x_test = Matrix::from_fn(asked.len(), 1, |i, _| asked[i].0);
        let want: Vec<usize> = asked.iter().map(|(_, label)| *label).collect();
        let call = "decision_tree(x, y, between, 64)";
        let got = decision_tree(&column, y, &x_test, 64).accepted(call)?;
        let look = format!(
            "The queries are {:?}. With enough depth the leaves are pure; thresholds are midpoints.",
            x_test.as_slice()
        );
        equal(call, got, want, look)
    });
}

#[test]
fn has_at_most_two_to_the_depth_leaves() {
    for_all("n, depth", (prop_oneof![2..=24_usize, 40..=72_usize], 1..=5_usize)).cases(64).holds(
        |&(n, depth)| {
            // Every sample is a class of its own: what has no leaf of its own is not separated.
            let (column, y) = (Matrix::from_fn(n, 1, |i, _| i as f64), (0..n).rev().collect::<Vec<_>>());
            let call = format!("decision_tree(0 to {}, {} to 0, x, {depth})", n - 1, n - 1);
            let got = decision_tree(&column, &y, &column, depth as u16).accepted(&call)?;
            equal(&format!("the number of predictions of {call}"), got.len(), n, "One per test sample.")?;
            let (changes, most) =
                (got.windows(2).filter(|pair| pair[0] != pair[1]).count(), (1 << depth) - 1);
            ensure(changes <= most, || {
                let look = "Pass max_depth on; it counts splits: each level at most doubles the number of \
                        leaves.";
                Broken::answer(format!("{call} = {got:?} along x"), format!("{most} changes at most"), look)
            })
        },
    );
}

#[test]
fn depth_counts_splits() {
    for_all("steps, depth", (any::vector(6..=6), 1..=2_usize)).cases(64).holds(|(steps, depth)| {
        // Two or three classes one behind the other: one cut, or two, the second below the first.
        let mut x = Vec::new();
        for step in steps {
            x.push(x.last().unwrap_or(&0.0) + step.abs() + 0.125);
        }
        let y = if *depth == 1 { [4, 4, 4, 0, 0, 0] } else { [4, 4, 0, 0, 7, 7] };
        let column = Matrix::from_fn(6, 1, |i, _| x[i]);
        let call = format!("decision_tree(x, y, x, {depth})");
        let got = decision_tree(&column, &y, &column, *depth as u16).accepted(&call)?;
        let look = "max_depth counts splits, not the levels of the tree.";
        equal(&format!("{call}, x = {x:?},"), got, y.to_vec(), look)
    });
}

#[test]
fn is_invariant_under_increasing_functions() {
    for_all(SPLIT, mixed()).cases(64).holds(|split| {
        let stretched = Matrix::from_fn(split.x_train.rows(), split.x_train.cols(), |i, j| {
            let x = split.x_train[(i, j)];
            if j == 0 { x * x * x } else { 1000.0 * x + 5.0 }
        });
        let call = "decision_tree(x, y, x, 3)";
        let want = decision_tree(&split.x_train, &split.y_train, &split.x_train, 3).accepted(call)?;
        let got = decision_tree(&stretched, &split.y_train, &stretched, 3).accepted(call)?;
        let look = "Increasing functions, x³ and 1000x + 5, were applied to the features: the splits of the \
                    training samples stay the same. Is it a tree, on the features as they are?";
        equal(&format!("{call} with transformed features"), got, want, look)
    });
}

#[test]
fn ignores_an_uninformative_feature() {
    for_all("noise", any::nonzero()).cases(32).holds(|&noise| {
        // The first feature separates the classes; each value of the second occurs in both.
        let x = Matrix::from_rows([[0.0, noise], [0.25, -noise], [1.0, noise], [1.25, -noise]]);
        // The last one is left of the cut at 0.625, and nearest to the third sample.
        let asked = Matrix::from_rows([[0.125, 1000.0 * noise], [1.125, -1000.0 * noise], [0.5625, noise]]);
        let got = decision_tree(&x, &[6, 6, 1, 1], &asked, 8).accepted(CALL)?;
        equal(
            CALL,
            got,
            vec![6, 1, 6],
            "A tree splits on the most informative feature, however large the other feature's values are.",
        )
    });
}

#[test]
fn separates_distant_classes() {
    for_all(SPLIT, clouds()).cases(64).holds(|split| {
        contract::separates_distant_classes(CALL, split, |x, y, asked| decision_tree(x, y, asked, 8))
    });
}

#[test]
fn predicts_each_sample_independently() {
    for_all(SPLIT, mixed()).cases(64).holds(|split| {
        contract::predicts_each_sample_independently(CALL, split, |x, y, asked| decision_tree(x, y, asked, 8))
    });
}

#[test]
fn classifies_iris_like_scikit_learn() {
    example(|| {
        // scikit-learn 1.9: 29, 29, 26, 29 and 28 of 30; between splits that are equally good it chooses at random.
        let tree = |x: &Matrix, y: &[usize], asked: &Matrix| decision_tree(x, y, asked, 20);
        (0..5).try_for_each(|r| contract::has_correct(CALL, &fifth(data::iris(), r, 1), 26, tree))
    });
}

#[test]
fn one_split_has_two_leaves() {
    example(|| {
        let column = Matrix::from_fn(8, 1, |i, _| i as f64);
        let call = "decision_tree(0 to 7, 0 to 7, x, 1)";
        let mut got = decision_tree(&column, &[0, 1, 2, 3, 4, 5, 6, 7], &column, 1).accepted(call)?;
        got.dedup();
        ensure(got.len() <= 2, || {
            let look = "One split gives two leaves. Which depth is passed to the library?";
            Broken::answer(format!("{call} gives {} different labels: {got:?}", got.len()), "2 at most", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::trees::decision_tree;
        use kit::Matrix;
        let x = Matrix::from_rows([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]]);
        assert_eq!(decision_tree(&x, &[5, 5, 2, 2], &Matrix::from_rows([[0.75, 9.0]]), 1), Ok(vec![2]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_any_depth() {
        for_all("n", 65..=100_usize).cases(2).holds(|&n| {
            // Six questions have 64 answers.
            let (column, y) = (Matrix::from_fn(n, 1, |i, _| i as f64), (0..n).rev().collect::<Vec<_>>());
            for depth in [100, u16::MAX] {
                let call = format!("decision_tree(0 to {}, {} to 0, x, {depth})", n - 1, n - 1);
                let got = decision_tree(&column, &y, &column, depth).accepted(&call)?;
                let look = "Every sample is a class of its own, and the depth is enough for all. Is the \
                    depth \
                            clipped? And does max_depth + 1 overflow?";
                equal(&call, got, y.clone(), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn separates_nearly_equal_values() {
        for_all("x, k", (any::nonzero(), 10..=40_i32)).cases(32).holds(|&(x, k)| {
            let column = Matrix::from_rows([[x], [x * (1.0 + 0.5_f64.powi(k))]]);
            let call = "decision_tree([x; x·(1 + 2⁻ᵏ)], [6, 1], the same, 1)";
            let got = decision_tree(&column, &[6, 1], &column, 1).accepted(call)?;
            equal(call, got, vec![6, 1], "There is a number between the two. f32 has 7 digits.")
        });
    }

    #[test]
    fn rejects_depth_0() {
        example(|| {
            let x = Matrix::from_rows([[0.0], [1.0]]);
            let want = InputError::OutOfRange { name: "max_depth", got: 0.0, wanted: "at least 1" };
            rejected(
                &format!("{CALL} with depth 0"),
                decision_tree(&x, &[0, 1], &x, 0),
                want,
                "Check max_depth.",
            )
        });
    }

    #[test]
    fn accepts_no_test_samples() {
        example(|| contract::accepts_no_test_samples(CALL, |x, y, asked| decision_tree(x, y, asked, 3)));
    }

    #[test]
    fn rejects_a_single_class() {
        example(|| contract::rejects_a_single_class(CALL, |x, y, asked| decision_tree(x, y, asked, 3)));
    }

    #[test]
    fn predicts_the_majority_of_a_constant_feature() {
        for_all("value", any::magnitude(-300, 300)).cases(16).holds(|value| {
            contract::predicts_the_majority_of_a_constant_feature(CALL, *value, |x, y, asked| {
                decision_tree(x, y, asked, 3)
            })
        });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|given| {
            contract::rejects_in_any_place(CALL, given, |x, y, asked| decision_tree(x, y, asked, 3))
        });
    }

    #[test]
    fn separates_many_classes() {
        let most = Most { classes: 13, features: 13, rows: 301, queries: 301 };
        for_all(SPLIT, crowd(2, most)).cases(16).holds(|split| {
            let split = &in_units(split, 1.0, 302);
            contract::separates_distant_classes(CALL, split, |x, y, asked| decision_tree(x, y, asked, 64))
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        example(|| contract::rejects_invalid_arguments(CALL, |x, y, asked| decision_tree(x, y, asked, 3)));
    }

    #[test]
    fn uses_every_row_and_feature() {
        for_all(SPLIT, one_informative(vec![129, 301], vec![3, 9, 33, 65])).cases(12).holds(|split| {
            contract::separates_distant_classes(CALL, split, |x, y, queries| decision_tree(x, y, queries, 8))
        });
    }

    #[test]
    fn is_invariant_under_units() {
        for_all("k, x, y", (-45..=25_i32, one_feature())).cases(96).holds(|(k, (x, y))| {
            let unit = 2.0_f64.powi(*k);
            let of = |unit: f64| Matrix::from_fn(x.len(), 1, |i, _| x[i] * unit);
            let call = "decision_tree(2ᵏ·x, y, 2ᵏ·x, 64)";
            let got = decision_tree(&of(unit), y, &of(unit), 64).accepted(call)?;
            let look = "The features were multiplied by 2ᵏ: each sample keeps its leaf, and grown to the \
                end its label.";
            equal(call, got, y.clone(), look)
        });
    }
}
