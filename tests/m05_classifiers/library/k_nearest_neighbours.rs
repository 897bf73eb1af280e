use judge::{Answer, Broken, any, ensure, equal, example, for_all, rejected};
use katas::m05_classifiers::library::k_nearest_neighbours;
use kit::{InputError, Matrix, data};
use proptest::prelude::{Just, prop_oneof};

use super::super::contract;
use super::super::samples::{
    Most, SPLIT, Split, clouds, crowd, fifth, labels_of, mixed, one_informative, sized,
};
use super::super::sizes::{fault, many};

const CALL: &str = "k_nearest_neighbours(x_train, y_train, x_test, k)";

/// The labels that may win: the k nearest vote, whichever they are where distances are equal.
fn possible(split: &Split, asked: usize, k: usize) -> Vec<usize> {
    let distance = |i: usize| -> f64 {
        let (a, b) = (split.x_train.row(i), split.x_test.row(asked));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
    };
    let n = split.y_train.len();
    let mut sorted: Vec<f64> = (0..n).map(distance).collect();
    sorted.sort_by(f64::total_cmp);
    let last = sorted[k - 1];
    let votes = |label: usize, rank: fn(f64, f64) -> bool| {
        (0..n).filter(|&i| split.y_train[i] == label && rank(distance(i), last)).count()
    };
    let (sure, at_the_edge) =
        ((|d, last| d < last) as fn(f64, f64) -> bool, (|d, last| d == last) as fn(f64, f64) -> bool);
    let seats = k - (0..n).filter(|&i| distance(i) < last).count();
    let most = |label| votes(label, sure) + votes(label, at_the_edge).min(seats);
    // A label may win if it does when it gets every seat at the edge that it can, and the others the rest.
    let labels = labels_of(&split.y_train);
    let surely =
        |label: usize| labels.iter().all(|other| *other == label || votes(*other, sure) <= most(label));
    labels.iter().copied().filter(|&label| most(label) > 0 && surely(label)).collect()
}

#[test]
fn is_the_majority_vote_of_the_k_nearest() {
    for_all("k, x_train, y_train, x_test", (0..9999_usize, sized())).cases(128).holds(|(k, split)| {
        let k = &(1 + k % split.y_train.len());
        let call = format!("k_nearest_neighbours(x_train, y_train, x_test, {k})");
        let got = k_nearest_neighbours(&split.x_train, &split.y_train, &split.x_test, *k).accepted(&call)?;
        equal(
            &format!("the number of predictions of {call}"),
            got.len(),
            split.x_test.rows(),
            "One per test sample.",
        )?;
        // The first ones and the last: that is enough of them.
        let some = (0..got.len()).filter(|i| *i < 3 || i + 2 > got.len());
        for (asked, label) in some.map(|i| (i, &got[i])) {
            let possible = possible(split, asked, *k);
            ensure(possible.contains(label), || {
                let look = "Euclidean distance in the unscaled features; pass k on, the library's default \
                            is 3.";
                Broken::answer(
                    format!("{call}: {label} for row {asked}"),
                    format!("one of {possible:?}"),
                    look,
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn one_neighbor_memorizes_the_training_set() {
    for_all(SPLIT, mixed()).cases(64).holds(|Split { x_train, .. }| {
        let label =
            |i: usize| (0..=i).find(|&earlier| x_train.row(earlier) == x_train.row(i)).unwrap_or(i) + 2;
        let y: Vec<usize> = (0..x_train.rows()).map(label).collect();
        if y.iter().all(|label| *label == y[0]) {
            return Ok(());
        }
        let call = "k_nearest_neighbours(x, y, x, 1)";
        let got = k_nearest_neighbours(x_train, &y, x_train, 1).accepted(call)?;
        equal(
            call,
            got,
            y,
            "With k = 1 the training set is memorized: the distance of a sample to itself is 0.",
        )
    });
}

#[test]
fn separates_distant_classes() {
    for_all(SPLIT, clouds()).cases(64).holds(|split| {
        contract::separates_distant_classes(CALL, split, |x, y, asked| k_nearest_neighbours(x, y, asked, 3))
    });
}

#[test]
fn predicts_each_sample_independently() {
    for_all(SPLIT, mixed()).cases(64).holds(|split| {
        contract::predicts_each_sample_independently(CALL, split, |x, y, asked| {
            k_nearest_neighbours(x, y, asked, 3)
        })
    });
}

#[test]
fn classifies_iris_like_scikit_learn() {
    example(|| {
        let knn = |x: &Matrix, y: &[usize], asked: &Matrix| k_nearest_neighbours(x, y, asked, 5);
        (0..5).try_for_each(|r| contract::has_correct(CALL, &fifth(data::iris(), r, 1), 28, knn))
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::library::k_nearest_neighbours;
        use kit::Matrix;
        let x = Matrix::from_rows([[0.0], [1.0], [5.0]]);
        assert_eq!(k_nearest_neighbours(&x, &[7, 7, 3], &Matrix::from_rows([[4.0]]), 1), Ok(vec![3]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn distinguishes_nearly_equal_distances() {
        for_all("k, u", (10..=40_i32, -40..=40_i32)).cases(32).holds(|&(k, u)| {
            let unit = 2.0_f64.powi(u);
            let train = Matrix::from_rows([[-unit * (1.0 + 2.0_f64.powi(-k))], [unit]]);
            let call = "k_nearest_neighbours([−2ᵘ·(1 + 2⁻ᵏ); 2ᵘ], [4, 6], [0], 1)";
            let got = k_nearest_neighbours(&train, &[4, 6], &Matrix::zeros(1, 1), 1).accepted(call)?;
            equal(call, got, vec![6], "The features as they are: f32 has 7 digits.")
        });
    }

    #[test]
    fn counts_the_votes_of_an_even_k() {
        for_all("half of k, first, second", (2..=20_usize, 3..=5_usize, 7..=9_usize)).cases(24).holds(
            |&(half, a, b)| {
                for (winner, other) in [(a, b), (b, a)] {
                    // half − 1 votes for the other class, which begins, one for a third, and half for the winner.
                    let k = 2 * half;
                    let label = |i: usize| match i {
                        1 => 6,
                        i if i % 2 == 0 && i + 2 < k => other,
                        _ => winner,
                    };
                    let y: Vec<usize> = (0..k).map(label).collect();
                    let x = Matrix::from_fn(k, 1, |i, _| 1.0 + i as f64);
                    let call = format!("k_nearest_neighbours(1 to {k}, {y:?}, [0], {k})");
                    let got = k_nearest_neighbours(&x, &y, &Matrix::zeros(1, 1), k).accepted(&call)?;
                    equal(&call, got, vec![winner], "All k vote, the farthest of them too.")?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn learns_anew_in_every_call() {
        for_all("a, b", (any::seed(), any::seed())).cases(24).holds(|&(a, b)| {
            // Labels that no f64 holds, and the same two samples the other way round.
            let y = [(1 << 53) + 1 + 2 * (a >> 12) as usize, usize::MAX - 2 * (b >> 12) as usize];
            for x in [[0.0, 10.0], [10.0, 0.0]] {
                let call = format!("k_nearest_neighbours({x:?}, {y:?}, [1; 9], 1)");
                let train = Matrix::from_fn(2, 1, |i, _| x[i]);
                let asked = Matrix::from_rows([[1.0], [9.0]]);
                let got = k_nearest_neighbours(&train, &y, &asked, 1).accepted(&call)?;
                let want = if x[0] == 0.0 { y.to_vec() } else { vec![y[1], y[0]] };
                equal(
                    &call,
                    got,
                    want,
                    "The label of the nearest sample of this training set, in all its bits.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_an_invalid_k() {
        for_all("n, more", (many(2..=4), 0..3_usize)).cases(32).holds(|(n, more)| {
            let k = if *more == 0 { 0 } else { n + more };
            let y: Vec<usize> = (0..*n).collect();
            let got = k_nearest_neighbours(&Matrix::zeros(*n, 1), &y, &Matrix::zeros(0, 1), k);
            let want = InputError::OutOfRange {
                name: "k",
                got: k as f64,
                wanted: "1 to the number of training samples",
            };
            let look = "The library checks k only when it predicts. Check it first.";
            rejected(&format!("{CALL} with {n} training samples and k = {k}"), got, want, look)
        });
    }

    #[test]
    fn accepts_no_test_samples() {
        example(|| {
            contract::accepts_no_test_samples(CALL, |x, y, asked| k_nearest_neighbours(x, y, asked, 2))
        });
    }

    #[test]
    fn rejects_a_single_class() {
        example(|| {
            contract::rejects_a_single_class(CALL, |x, y, asked| k_nearest_neighbours(x, y, asked, 2))
        });
    }

    #[test]
    fn predicts_the_majority_of_a_constant_feature() {
        for_all("value", any::magnitude(-300, 300)).cases(16).holds(|value| {
            contract::predicts_the_majority_of_a_constant_feature(CALL, *value, |x, y, asked| {
                k_nearest_neighbours(x, y, asked, 20)
            })
        });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|given| {
            contract::rejects_in_any_place(CALL, given, |x, y, asked| k_nearest_neighbours(x, y, asked, 1))
        });
    }

    #[test]
    fn separates_many_classes() {
        let most = Most { classes: 129, features: 33, rows: 301, queries: 151 };
        for_all(SPLIT, crowd(2, most)).cases(24).holds(|split| {
            contract::separates_distant_classes(CALL, split, |x, y, asked| {
                k_nearest_neighbours(x, y, asked, 3)
            })
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        example(|| {
            contract::rejects_invalid_arguments(CALL, |x, y, asked| k_nearest_neighbours(x, y, asked, 1))
        });
    }

    #[test]
    fn uses_every_row_and_feature() {
        for_all(SPLIT, one_informative(vec![12, 33, 129, 301], vec![3, 9, 33, 65])).cases(24).holds(
            |split| {
                contract::separates_distant_classes(CALL, split, |x, y, queries| {
                    k_nearest_neighbours(x, y, queries, 3)
                })
            },
        );
    }

    #[test]
    fn accepts_many_neighbors() {
        for_all(
            "n, k",
            (prop_oneof![101..=129_usize, Just(301)], prop_oneof![51..=101_usize, 151..=299_usize]),
        )
        .cases(12)
        .holds(|&(n, k)| {
            // The k nearest to 0 are the k first samples: of those, one more than half belong to class 4 where k is odd.
            let k = k.min(n);
            let y: Vec<usize> = (0..n).map(|i| if i < k / 2 + 1 { 4 } else { 6 }).collect();
            let x = Matrix::from_fn(n, 1, |i, _| 1.0 + i as f64);
            let call = format!("k_nearest_neighbours(1 to {n}, {} times 4 then 6, [0], {k})", k / 2 + 1);
            let got = k_nearest_neighbours(&x, &y, &Matrix::zeros(1, 1), k).accepted(&call)?;
            equal(&call, got, vec![4], "k neighbors vote, however many.")?;
            // With the one sample more that is left, the others win from 2(k/2 + 1) + 1 on.
            let k = 2 * (k / 2 + 1) + 1;
            if k > n {
                return Ok(());
            }
            let call = format!("the same with k = {k}");
            let got = k_nearest_neighbours(&x, &y, &Matrix::zeros(1, 1), k).accepted(&call)?;
            equal(&call, got, vec![6], "k neighbors vote, however many.")
        });
    }
}
