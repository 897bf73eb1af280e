use std::sync::OnceLock;

use kit::{Generator, Matrix};

use crate::reference::m10_pipeline::laws as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Claim = fn(&Matrix, &Matrix) -> [Matrix; 2];
type AcceptsPreparation = fn(Claim) -> bool;

/// The kata, answered by a specimen.
pub fn accepts_preparation(claimed: Claim) -> bool {
    answering::<AcceptsPreparation>(
        module_path!(),
        reference::accepts_preparation,
        &[
            wheat(
                "random_rows",
                "a hundred random training and test rows, and each test row alone",
                |claimed| {
                    (1..=3).all(|d| {
                        asked(claimed, &drawn(30, d, 5.0, 1), &drawn(20, d, 300.0, 2), All)
                            && many(claimed, d)
                    })
                },
            ),
            chaff("few_rows", "What does not leak with thirty rows never leaks.", |claimed| {
                (1..=3).all(|d| asked(claimed, &drawn(30, d, 5.0, 1), &drawn(20, d, 300.0, 2), All))
            }),
            wheat(
                "rows_added_one_by_one",
                "the test set grows by one row at a time, from both ends",
                |claimed| {
                    (1..=3).all(|d| {
                        let (train, test) = (drawn(8, d, 5.0, 3), drawn(6, d, 500.0, 4));
                        let whole = claimed(&train, &test);
                        let grows = (1..=6).all(|n| {
                            let [kept, first] = claimed(&train, &rows(&test, 0, n));
                            let [again, last] = claimed(&train, &rows(&test, 6 - n, n));
                            close(&kept, &whole[0])
                                && close(&again, &whole[0])
                                && close(&first, &rows(&whole[1], 0, n))
                                && close(&last, &rows(&whole[1], 6 - n, n))
                        });
                        whole[1].rows() == 6
                            && grows
                            && close(&claimed(&train, &train)[1], &whole[0])
                            && many(claimed, d)
                    })
                },
            ),
            chaff("accepts_everything", "Every candidate may be accepted.", |_| true),
            chaff("rejects_everything", "Rejecting every candidate is safe.", |_| false),
            chaff(
                "first_verdict",
                "The verdict on the first candidate holds for the next ones.",
                |claimed| {
                    static FIRST: OnceLock<bool> = OnceLock::new();
                    *FIRST.get_or_init(|| reference::accepts_preparation(claimed))
                },
            ),
            chaff(
                "training_rows_only",
                "It is enough that the prepared training rows do not change.",
                |claimed| {
                    (1..=3).all(|d| asked(claimed, &drawn(30, d, 5.0, 1), &drawn(20, d, 300.0, 2), TrainOnly))
                },
            ),
            chaff("test_rows_only", "It is enough that each test row is prepared alone.", |claimed| {
                (1..=3).all(|d| asked(claimed, &drawn(30, d, 5.0, 1), &drawn(20, d, 300.0, 2), TestOnly))
            }),
            chaff("one_column", "A candidate that is right for one column is right for all.", |claimed| {
                asked(claimed, &drawn(30, 1, 5.0, 1), &drawn(20, 1, 300.0, 2), All)
            }),
            chaff("mean_zero", "Prepared training rows always have mean 0.", |claimed| {
                let train = drawn(30, 2, 5.0, 1);
                let [prepared, _] = claimed(&train, &drawn(20, 2, 300.0, 2));
                (0..prepared.cols()).all(|j| (0..30).map(|i| prepared[(i, j)]).sum::<f64>().abs() < 1e-6)
            }),
            chaff("test_mean_not_zero", "A test set with mean 0 shows a leak, and only that.", |claimed| {
                let test = drawn(20, 2, 300.0, 2);
                let [_, prepared] = claimed(&drawn(30, 2, 5.0, 1), &test);
                let sum = |j: usize| (0..prepared.rows()).map(|i| prepared[(i, j)]).sum::<f64>();
                (0..prepared.cols()).all(|j| sum(j).abs() > 1e-6)
            }),
            chaff(
                "order_of_training_rows",
                "The order of the training rows changes no preprocessing.",
                |claimed| {
                    let (train, test) = (drawn(8, 2, 5.0, 3), drawn(6, 2, 500.0, 4));
                    let turned = Matrix::from_fn(8, 2, |i, j| train[(7 - i, j)]);
                    close(&claimed(&train, &test)[1], &claimed(&turned, &test)[1])
                        && reference::accepts_preparation(claimed)
                },
            ),
            chaff("twice_as_many_columns", "No preprocessing makes more than six columns.", |claimed| {
                let [prepared, _] = claimed(&drawn(8, 2, 5.0, 3), &drawn(6, 2, 500.0, 4));
                prepared.cols() <= 6 && reference::accepts_preparation(claimed)
            }),
            chaff("hundredths", "What differs by less than 0.01 is equal.", |claimed| {
                let alike = |a: &Matrix, b: &Matrix| {
                    let near = |(a, b): (&f64, &f64)| (a - b).abs() < 0.01;
                    a.shape() == b.shape() && a.as_slice().iter().zip(b.as_slice()).all(near)
                };
                let larger = |part: &Matrix| part.as_slice().iter().any(|x| x.abs() > 0.01);
                let (train, test) = (drawn(30, 2, 5.0, 1), drawn(20, 2, 300.0, 2));
                let whole = claimed(&train, &test);
                let same = (0..20).all(|i| {
                    let [kept, alone] = claimed(&train, &rows(&test, i, 1));
                    alike(&kept, &whole[0]) && alike(&alone, &rows(&whole[1], i, 1))
                });
                same && (!larger(&whole[1]) || reference::accepts_preparation(claimed))
            }),
            chaff("same_shape", "A preprocessing keeps the number of columns.", |claimed| {
                let (train, test) = (drawn(30, 3, 5.0, 1), drawn(20, 3, 300.0, 2));
                let [a, b] = claimed(&train, &test);
                a.shape() == train.shape()
                    && b.shape() == test.shape()
                    && reference::accepts_preparation(claimed)
            }),
            chaff(
                "test_inside_the_training_range",
                "Test rows within the training range are enough to test with.",
                |claimed| {
                    (1..=3).all(|d| {
                        let train = drawn(30, d, 5.0, 1);
                        let [prepared, _] = claimed(&train, &train);
                        let [kept, same] = claimed(&train, &rows(&train, 0, 1));
                        close(&kept, &prepared) && close(&same, &rows(&prepared, 0, 1))
                    })
                },
            ),
            chaff(
                "absolute_tolerance",
                "Rounding errors are below 10⁻⁹, however large the numbers are.",
                |claimed| {
                    let alike = |a: &Matrix, b: &Matrix| {
                        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9;
                        a.shape() == b.shape() && a.as_slice().iter().zip(b.as_slice()).all(near)
                    };
                    let (train, test) = (drawn(8, 2, 5.0, 3), drawn(6, 2, 500.0, 4));
                    let [_, together] = claimed(&train, &test);
                    (0..6).all(|i| alike(&claimed(&train, &rows(&test, i, 1))[1], &rows(&together, i, 1)))
                        && reference::accepts_preparation(claimed)
                },
            ),
            chaff("to_the_last_bit", "Equal results are equal to the last bit.", |claimed| {
                let alike = |a: &Matrix, b: &Matrix| a == b;
                let (train, test) = (drawn(8, 2, 5.0, 3), drawn(6, 2, 500.0, 4));
                let [kept, _] = claimed(&train, &test);
                (0..6).all(|i| alike(&claimed(&train, &rows(&test, i, 1))[0], &kept))
                    && reference::accepts_preparation(claimed)
            }),
            chaff(
                "relative_tolerance",
                "Rounding errors are below 10⁻⁹ of the number, however small it is.",
                |claimed| {
                    let alike = |a: &Matrix, b: &Matrix| {
                        let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
                        a.shape() == b.shape() && a.as_slice().iter().zip(b.as_slice()).all(near)
                    };
                    let (train, test) = (drawn(8, 2, 5.0, 3), drawn(6, 2, 500.0, 4));
                    let [kept, _] = claimed(&train, &test);
                    (0..6).all(|i| alike(&claimed(&train, &rows(&test, i, 1))[0], &kept))
                        && reference::accepts_preparation(claimed)
                },
            ),
            chaff("never_a_single_row", "Test sets of several rows are enough to test with.", |claimed| {
                (1..=3).all(|d| {
                    let (train, test) = (drawn(8, d, 5.0, 3), drawn(6, d, 500.0, 4));
                    let whole = claimed(&train, &test);
                    let pairs = (0..5).all(|i| {
                        let [kept, two] = claimed(&train, &rows(&test, i, 2));
                        close(&kept, &whole[0]) && close(&two, &rows(&whole[1], i, 2))
                    });
                    whole[1].rows() == 6 && pairs && close(&claimed(&train, &train)[1], &whole[0])
                })
            }),
            chaff("near_rows_only", "Test rows near the training rows are enough to test with.", |claimed| {
                (1..=3).all(|d| asked(claimed, &drawn(30, d, 5.0, 1), &drawn(20, d, 60.0, 2), All))
            }),
            chaff("scaled_by_the_training", "Standardization is the only right preprocessing.", |claimed| {
                let (train, test) = (drawn(30, 1, 5.0, 1), drawn(20, 1, 300.0, 2));
                let mean = train.as_slice().iter().sum::<f64>() / 30.0;
                let variance = train.as_slice().iter().map(|x| (x - mean).powi(2)).sum::<f64>() / 30.0;
                let want = Matrix::from_fn(20, 1, |i, _| (test[(i, 0)] - mean) / variance.sqrt());
                close(&claimed(&train, &test)[1], &want)
            }),
            chaff(
                "nan_equals_nan",
                "Two results are equal unless their difference is large (NaN passes).",
                |claimed| {
                    let not_apart = |a: &Matrix, b: &Matrix| {
                        a.shape() == b.shape()
                            && !a.as_slice().iter().zip(b.as_slice()).any(|(a, b)| (a - b).abs() > 1e-6)
                    };
                    let (train, test) = (drawn(8, 2, 5.0, 3), drawn(6, 2, 500.0, 4));
                    let whole = claimed(&train, &test);
                    if whole[0].as_slice().iter().any(|x| x.is_nan()) {
                        return (0..6).all(|i| not_apart(&claimed(&train, &rows(&test, i, 1))[0], &whole[0]));
                    }
                    reference::accepts_preparation(claimed)
                },
            ),
            wheat(
                "halves_and_wholes",
                "each half of the test rows, and training rows among them",
                |claimed| {
                    (1..=3).all(|d| {
                        let (train, new) =
                            (drawn(12, d, 3.0, 20 + d as u64), drawn(6, d, 450.0, 30 + d as u64));
                        let mixed = Matrix::from_fn(18, d, |i, j| {
                            if i % 3 == 0 { new[(i / 3, j)] } else { train[(2 * (i / 3) + i % 3 - 1, j)] }
                        });
                        let [kept, all] = claimed(&train, &mixed);
                        let twins = |i: usize| {
                            i.is_multiple_of(3)
                                || close(&rows(&all, i, 1), &rows(&kept, 2 * (i / 3) + i % 3 - 1, 1))
                        };
                        let alone = |(from, n): (usize, usize)| {
                            let [again, part] = claimed(&train, &rows(&mixed, from, n));
                            close(&again, &kept) && close(&part, &rows(&all, from, n))
                        };
                        all.rows() == 18
                            && kept.rows() == 12
                            && all.as_slice().iter().chain(kept.as_slice()).all(|x| x.is_finite())
                            && (0..18).all(twins)
                            && [(0, 9), (9, 9), (0, 1), (3, 1), (17, 1), (0, 17)].into_iter().all(alone)
                            && many(claimed, d)
                    })
                },
            ),
            chaff("many_rows_only", "What does not leak with many rows never leaks.", |claimed| {
                (1..=3).all(|d| many(claimed, d))
            }),
            chaff("four_columns", "A preprocessing takes any number of columns.", |claimed| {
                reference::accepts_preparation(claimed)
                    && asked(claimed, &drawn(30, 4, 5.0, 1), &drawn(20, 4, 300.0, 2), All)
            }),
        ],
    )(claimed)
}

#[derive(PartialEq)]
enum Asked {
    All,
    TrainOnly,
    TestOnly,
}

use Asked::{All, TestOnly, TrainOnly};

fn asked(claimed: Claim, train: &Matrix, test: &Matrix, what: Asked) -> bool {
    let [prepared, together] = claimed(train, test);
    let alike = what == TestOnly || close(&claimed(train, train)[1], &prepared);
    let each = |i: usize| {
        let [kept, alone] = claimed(train, &rows(test, i, 1));
        let train_kept = what == TestOnly || close(&kept, &prepared);
        let stands_alone =
            what == TrainOnly || (i < together.rows() && close(&alone, &rows(&together, i, 1)));
        train_kept && stands_alone
    };
    (what == TrainOnly || (together.rows() == test.rows() && alike)) && (0..test.rows()).all(each)
}

/// Many training rows and many test rows, of which some come twice and some are negative in all columns.
fn many(claimed: Claim, d: usize) -> bool {
    let (train, test) = (drawn(80, d, 9.0, 41), drawn(70, d, 400.0, 42));
    let twice = Matrix::from_fn(70, d, |i, j| if i < 35 { test[(i, j)] } else { test[(i - 30, j)] });
    asked(claimed, &train, &twice, All)
}

fn drawn(n: usize, d: usize, size: f64, seed: u64) -> Matrix {
    let mut generator = Generator::from_seed(seed);
    let entries: Vec<f64> = (0..n * d).map(|_| generator.uniform_in(-size, 2.0 * size)).collect();
    Matrix::from_fn(n, d, |i, j| entries[i * d + j])
}

fn rows(m: &Matrix, from: usize, n: usize) -> Matrix {
    Matrix::from_fn(n.min(m.rows().saturating_sub(from)), m.cols(), |i, j| m[(from + i, j)])
}

fn close(a: &Matrix, b: &Matrix) -> bool {
    let near = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-7 * a.abs().max(b.abs()).max(1.0);
    a.shape() == b.shape() && a.as_slice().iter().zip(b.as_slice()).all(near)
}
