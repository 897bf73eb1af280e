use judge::{Answer, any, equal, example, for_all, rejected};
use katas::m05_classifiers::neighbours::knn_predict;
use kit::{InputError, Matrix, data};
use proptest::prelude::*;

use super::super::contract;
use super::super::samples::{Most, SPLIT, Split, clouds, crowd, labels_of, mixed, right, rows, sized};
use super::super::sizes::{fault, many};

const CALL: &str = "knn_predict(x_train, y_train, x_test, k)";

/// All training samples, those with the smallest distance first, of equal ones the first. Of eighths the squares and their
/// sums are exact.
fn nearest_first(split: &Split, asked: usize) -> Vec<(f64, usize)> {
    let distance = |i: usize| -> f64 {
        let (a, b) = (split.x_train.row(i), split.x_test.row(asked));
        a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
    };
    let mut order: Vec<(f64, usize)> = (0..split.y_train.len()).map(|i| (distance(i), i)).collect();
    // Stable: equal distances stay in the order of the rows.
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    order
}

/// The k first vote; the lowest of the winners.
fn by_definition(split: &Split, asked: usize, k: usize) -> usize {
    let order = nearest_first(split, asked);
    let votes = |label: usize| order[..k].iter().filter(|(_, i)| split.y_train[*i] == label).count();
    labels_of(&split.y_train).into_iter().rev().max_by_key(|&label| votes(label)).unwrap_or(0)
}

/// Whether one that votes and one that does not are equally far, along other features or by other parts of the way: as the
/// hypotenuse of a hypotenuse, say, two such distances need not come out equal.
fn rounding_decides(split: &Split, asked: usize, k: usize) -> bool {
    let order = nearest_first(split, asked);
    let parts = |i: usize| -> Vec<f64> {
        split.x_train.row(i).iter().zip(split.x_test.row(asked)).map(|(a, b)| (a - b).abs()).collect()
    };
    let same = |a: &(f64, usize), b: &(f64, usize)| a.0 == b.0 && parts(a.1) != parts(b.1);
    order[..k].iter().any(|near| order[k..].iter().any(|far| same(near, far)))
}

#[test]
fn is_the_majority_vote_of_the_k_nearest() {
    let number = prop_oneof![3 => 0..4_usize, 1 => 0..9999_usize];
    for_all("k, x_train, y_train, x_test", (number, sized())).holds(|(k, split)| {
        let k = &(1 + k % split.y_train.len());
        let call = format!("knn_predict(x_train, y_train, x_test, {k})");
        let got = knn_predict(&split.x_train, &split.y_train, &split.x_test, *k).accepted(&call)?;
        equal(
            &format!("the number of predictions of {call}"),
            got.len(),
            split.x_test.rows(),
            "One per test sample.",
        )?;
        for (asked, label) in got.into_iter().enumerate() {
            let want =
                if rounding_decides(split, asked, *k) { label } else { by_definition(split, asked, *k) };
            let look = "Distances in all features, unscaled; the k smallest, of equal ones the first rows; \
                        the most votes, of equal ones the lowest label.";
            equal(&format!("{call} for test row {asked}"), label, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn one_neighbor_memorizes_the_training_set() {
    for_all("k, x", (0..5_usize, any::any_matrix(1..=5, 1..=3))).holds(|(first, x)| {
        // Where two samples are the same the first one counts: equal samples get equal labels here.
        let label = |i: usize| (0..=i).find(|&earlier| x.row(earlier) == x.row(i)).unwrap_or(i) + first;
        let y: Vec<usize> = (0..x.rows()).map(label).collect();
        let call = "knn_predict(x, y, x, 1)";
        let got = knn_predict(x, &y, x, 1).accepted(call)?;
        equal(
            call,
            got,
            y,
            "With k = 1 the training set is memorized: the distance of a sample to itself is 0.",
        )
    });
}

#[test]
fn all_neighbors_give_the_majority_class() {
    for_all(SPLIT, sized()).cases(64).holds(|split| {
        let n = split.y_train.len();
        let got = knn_predict(&split.x_train, &split.y_train, &split.x_test, n).accepted(CALL)?;
        let votes = |label: usize| split.y_train.iter().filter(|&&y| y == label).count();
        let want = labels_of(&split.y_train).into_iter().rev().max_by_key(|&label| votes(label)).unwrap_or(0);
        equal(
            &format!("{CALL} with k = {n}"),
            got,
            vec![want; split.x_test.rows()],
            "All samples vote, and votes are not weighted by distance.",
        )
    });
}

#[test]
fn separates_distant_classes() {
    for_all(SPLIT, clouds()).cases(64).holds(|split| {
        contract::separates_distant_classes(CALL, split, |x, y, asked| knn_predict(x, y, asked, 3))
    });
}

#[test]
fn predicts_each_sample_independently() {
    for_all(SPLIT, mixed()).cases(64).holds(|split| {
        contract::predicts_each_sample_independently(CALL, split, |x, y, asked| knn_predict(x, y, asked, 2))
    });
}

#[test]
fn classifies_digits_like_scikit_learn() {
    example(|| {
        let digits = data::digits();
        let (train, test): (Vec<usize>, Vec<usize>) = ((0..300).collect(), (300..400).collect());
        let (x_train, x_test) = (rows(&digits.features, &train), rows(&digits.features, &test));
        let got = knn_predict(&x_train, &digits.labels[..300], &x_test, 5).accepted(CALL)?;
        let look = "scikit-learn 1.9 has 94 as well. Pixels are whole numbers, so distances are exact.";
        equal(
            "correctly classified digits of rows 300 to 399, trained on rows 0 to 299, k = 5,",
            right(&got, &digits.labels[300..400]),
            94,
            look,
        )
    });
}

#[test]
fn two_farther_neighbors_outvote_the_nearest() {
    example(|| {
        let (x, asked) = (Matrix::from_rows([[1.0], [2.0], [3.0]]), Matrix::from_rows([[0.0]]));
        let call = "knn_predict([1; 2; 3], [9, 4, 4], [0], 3)";
        let got = knn_predict(&x, &[9, 4, 4], &asked, 3).accepted(call)?;
        equal(call, got, vec![4], "Three vote: one for 9, two for 4. Do k neighbors vote?")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::neighbours::knn_predict;
        use kit::Matrix;
        let x = Matrix::from_rows([[0.0], [1.0], [5.0]]);
        let queries = Matrix::from_rows([[4.0], [2.5]]);
        assert_eq!(knn_predict(&x, &[7, 7, 3], &queries, 1), Ok(vec![3, 7]));
        assert_eq!(knn_predict(&x, &[7, 7, 3], &queries, 2), Ok(vec![3, 7]));
        assert_eq!(knn_predict(&x, &[7, 7, 3], &queries, 3), Ok(vec![7, 7]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn distinguishes_nearly_equal_distances() {
        for_all("j, k, u, negative", (0..2_usize, 10..=40_i32, -40..=40_i32, any::<bool>())).holds(
            |&(j, k, u, negative)| {
                // The first is 2ᵘ·(1 + 2⁻ᵏ) from the origin along feature j, the second 2ᵘ along the other: squares of 1 and
                // 1 + 2⁻ᵏ differ, rounded, and so do the roots of those.
                let (unit, sign) = (2.0_f64.powi(u), if negative { -1.0 } else { 1.0 });
                let far = unit * (1.0 + 2.0_f64.powi(-k));
                let train = Matrix::from_fn(2, 2, |i, feature| match (i, feature == j) {
                    (0, true) => sign * far,
                    (1, false) => unit,
                    _ => 0.0,
                });
                let call = "knn_predict([2ᵘ·(1 + 2⁻ᵏ) along j; 2ᵘ across], [4, 6], the origin, 1)";
                let got = knn_predict(&train, &[4, 6], &Matrix::zeros(1, 2), 1).accepted(call)?;
                let look = "Only equal distances are equal: f32 has 7 digits, and a fixed number such as \
                    10⁻⁹ \
                            is large or small with the unit.";
                equal(call, got, vec![6], look)
            },
        );
    }

    #[test]
    fn is_accurate_far_from_0() {
        for_all("k, u", (10..=40_i32, -40..=40_i32)).cases(64).holds(|&(k, u)| {
            // All differences are exact; the squares of the coordinates themselves are rounded by more than the difference.
            let (unit, center) = (2.0_f64.powi(u), 2.0_f64.powi(u + 51 - k));
            let train = Matrix::from_rows([[center + unit * (1.0 + 2.0_f64.powi(-k))], [center - unit]]);
            let call = "knn_predict([c + 2ᵘ·(1 + 2⁻ᵏ); c − 2ᵘ], [4, 6], [c], 1) with c = 2ᵘ·2⁵¹⁻ᵏ";
            let got = knn_predict(&train, &[4, 6], &Matrix::from_rows([[center]]), 1).accepted(call)?;
            let look = "Subtract before you square: a² − 2ab + b² is the same on paper, but suffers from \
                        cancellation.";
            equal(call, got, vec![6], look)
        });
    }

    #[test]
    fn breaks_many_ties_by_row() {
        for_all("n, k", (prop_oneof![21..=60_usize, Just(151), Just(301)], 0..301_usize)).cases(64).holds(
            |&(n, k)| {
                let k = 1 + k % n;
                // Every other sample is at the distance 1, the others at 2. Labels go down: the last of those who vote wins.
                let (x, y) = (
                    Matrix::from_fn(n, 1, |i, _| [2.0, -1.0, -2.0, 1.0][i % 4]),
                    (0..n).rev().collect::<Vec<_>>(),
                );
                let order: Vec<usize> = (1..n).step_by(2).chain((0..n).step_by(2)).collect();
                let want = order[..k].iter().map(|i| y[*i]).min().unwrap_or(0);
                let call =
                    format!("knn_predict([2, −1, −2, 1, 2, …], [{}, {}, … 0], [0], {k})", n - 1, n - 2);
                let got = knn_predict(&x, &y, &Matrix::zeros(1, 1), k).accepted(&call)?;
                let look = "Of equal distances the first rows vote. An unstable sort keeps the order of ties \
                only in \
                        short lists.";
                equal(&call, got, vec![want], look)
            },
        );
    }

    #[test]
    fn rejects_an_invalid_k() {
        for_all("n, k", (many(1..=4), judge::any::select(vec![0, 1, 2, 100, 1 << 32]))).holds(|(n, more)| {
            let k = if *more == 0 { 0 } else { n + more };
            let got = knn_predict(&Matrix::zeros(*n, 1), &vec![0; *n], &Matrix::zeros(0, 1), k);
            let want = InputError::OutOfRange {
                name: "k",
                got: k as f64,
                wanted: "1 to the number of training samples",
            };
            let look =
                "At least one neighbor and at most as many as samples; check k even without test samples.";
            rejected(&format!("knn_predict with {n} training samples and k = {k}"), got, want, look)
        });
    }

    #[test]
    fn accepts_no_test_samples() {
        example(|| contract::accepts_no_test_samples(CALL, |x, y, asked| knn_predict(x, y, asked, 2)));
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|given| {
            contract::rejects_in_any_place(CALL, given, |x, y, asked| knn_predict(x, y, asked, 1))
        });
    }

    #[test]
    fn separates_many_classes() {
        let most = Most { classes: 129, features: 129, rows: 301, queries: 301 };
        for_all(SPLIT, crowd(2, most)).cases(48).holds(|split| {
            // Some million differences at most.
            if split.x_train.as_slice().len() * split.x_test.rows() > 3_000_000 {
                return Ok(());
            }
            contract::separates_distant_classes(CALL, split, |x, y, asked| knn_predict(x, y, asked, 3))
        });
    }

    #[test]
    fn accepts_distances_of_any_size() {
        for_all("k, u", (-149..=149_i32, 0..2_usize)).cases(64).holds(|&(k, far)| {
            let unit = 10_f64.powi(k);
            let x = Matrix::from_rows([[-3.0 * unit, unit], [2.0 * unit, -unit]]);
            let asked = Matrix::from_fn(1, 2, |_, j| x[(far, j)] * 0.5);
            let got = knn_predict(&x, &[4, 6], &asked, 1).accepted(CALL)?;
            equal(
                CALL,
                got,
                vec![[4, 6][far]],
                "Half-way from the origin to one of two samples on either side.",
            )
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        example(|| contract::rejects_invalid_arguments(CALL, |x, y, asked| knn_predict(x, y, asked, 1)));
    }

    #[test]
    fn counts_hundreds_of_votes() {
        let few = prop_oneof![1..=100_usize, 200..=300_usize];
        for_all("few, many, lower", (few, 240..=600_usize, any::<bool>())).cases(32).holds(
            |&(few, many, lower)| {
                let labels = if lower { [7, 3] } else { [3, 7] };
                let y = [vec![labels[0]; few], vec![labels[1]; many]].concat();
                let x = Matrix::from_fn(y.len(), 1, |i, _| i as f64);
                let call = format!(
                    "knn_predict with k = {}, {few} votes for {} and {many} for {},",
                    y.len(),
                    labels[0],
                    labels[1]
                );
                let got = knn_predict(&x, &y, &Matrix::zeros(1, 1), y.len()).accepted(&call)?;
                let want = match few.cmp(&many) {
                    std::cmp::Ordering::Less => labels[1],
                    std::cmp::Ordering::Equal => 3,
                    std::cmp::Ordering::Greater => labels[0],
                };
                equal(&call, got, vec![want], "Each of the k votes counts, however many there are.")
            },
        );
    }
}
