use judge::{Answer, any, close, equal, example, for_all, rejected};
use katas::m05_classifiers::confusion::{ClassScore, precision_recall_f1};
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::sizes::{fault, several};

const CALL: &str = "precision_recall_f1(C)";

/// A share is one quotient, or 1/(1 + a quotient), or 1 less one: a few roundings of at most 1.
const SHARE: f64 = 4.0 * f64::EPSILON;

/// Counts, with classes that are absent and classes that were never predicted.
fn counts() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (several(1..=4), any::seed()).prop_flat_map(|(k, seed)| {
        let mut generator = Generator::from_seed(seed);
        let filled: Vec<u8> = (0..k * k).map(|_| generator.below(6) as u8).collect();
        let counts = if k <= 4 { judge::any::vec(0..=5_u8, k * k).boxed() } else { Just(filled).boxed() };
        // Some or many: a thousand does not fit into a byte.
        (counts, 0..=k, 0..=k, judge::any::select(vec![1.0, 1000.0])).prop_map(
            move |(counts, row, col, many)| {
                let count = |i: usize, j: usize| many * f64::from(counts[i * k + j]);
                Matrix::from_fn(k, k, |i, j| if i == row || j == col { 0.0 } else { count(i, j) })
            },
        )
    })
}

fn scored(counts: &Matrix) -> Result<Vec<ClassScore>, judge::Broken> {
    let scores = precision_recall_f1(counts).accepted(CALL)?;
    equal("the number of scores", scores.len(), counts.rows(), "One per class.")?;
    Ok(scores)
}

/// part/whole, and 0 where there is no whole.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[test]
fn precision_uses_the_column_and_recall_the_row() {
    for_all("C", counts()).holds(|c| {
        for (i, score) in scored(c)?.iter().enumerate() {
            let row: f64 = c.row(i).iter().sum();
            let column: f64 = (0..c.rows()).map(|j| c[(j, i)]).sum();
            let look =
                "Of those predicted as class i, column i, how many belong to it? None predicted: 0, not NaN.";
            close(
                &format!("the precision of class {i}"),
                score.precision,
                share(c[(i, i)], column),
                SHARE,
                look,
            )?;
            let look =
                "Of those that belong to class i, row i, how many were predicted as it? None: 0, not NaN.";
            close(&format!("the recall of class {i}"), score.recall, share(c[(i, i)], row), SHARE, look)?;
            equal(
                &format!("the support of class {i}"),
                score.support,
                row as usize,
                "The number of samples of class i: the sum of row i.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn f1_is_the_harmonic_mean() {
    for_all("C", counts()).holds(|c| {
        for (i, score) in scored(c)?.iter().enumerate() {
            let (row, column): (f64, f64) = (c.row(i).iter().sum(), (0..c.rows()).map(|j| c[(j, i)]).sum());
            let (precision, recall) = (share(c[(i, i)], column), share(c[(i, i)], row));
            let want = share(2.0 * precision * recall, precision + recall);
            let look = "2/(1/precision + 1/recall): nearer to the smaller of the two. Both 0: 0, not NaN.";
            close(
                &format!("F1 of class {i}, precision {precision:.3}, recall {recall:.3},"),
                score.f1,
                want,
                8.0 * f64::EPSILON,
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn transposing_swaps_precision_and_recall() {
    for_all("C", counts()).cases(64).holds(|c| {
        let transposed = Matrix::from_fn(c.rows(), c.rows(), |i, j| c[(j, i)]);
        for (i, (score, other)) in scored(c)?.iter().zip(scored(&transposed)?).enumerate() {
            let look = "With true and predicted labels swapped, precision and recall are swapped.";
            close(&format!("class {i}: precision of Cᵀ"), other.precision, score.recall, SHARE, look)?;
            close(&format!("class {i}: recall of Cᵀ"), other.recall, score.precision, SHARE, look)?;
            close(&format!("class {i}: F1 of Cᵀ"), other.f1, score.f1, 8.0 * f64::EPSILON, look)?;
        }
        Ok(())
    });
}

#[test]
fn support_is_the_row_sum() {
    example(|| {
        let scores = scored(&Matrix::from_rows([[1.0, 2.0], [4.0, 8.0]]))?;
        let got: Vec<usize> = scores.iter().map(|score| score.support).collect();
        let look = "The support counts the samples of a class, correctly classified or not: its row.";
        equal("the supports of [[1, 2], [4, 8]]", got, vec![3, 12], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::confusion::precision_recall_f1;
        use kit::Matrix;
        let scores = precision_recall_f1(&Matrix::from_rows([[1.0, 3.0], [1.0, 5.0]]))?;
        assert_eq!((scores[0].precision, scores[0].recall, scores[0].support), (0.5, 0.25, 4));
        assert_eq!(scores[0].f1, 1.0 / 3.0);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_no_classes() {
        example(|| equal(CALL, scored(&Matrix::zeros(0, 0))?, vec![], "A 0×0 matrix is square."));
    }

    #[test]
    fn rejects_invalid_counts_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([k, d], [i, j], bad)| {
            let (k, look) = ((*k).min(65), "Counts are whole numbers, at least 0. Check all of them.");
            let (i, j) = (i % k, j % k);
            let with = |value: f64| {
                Matrix::from_fn(k, k, |l, m| if (l, m) == (i, j) { value } else { ((l + m) % 3) as f64 })
            };
            let want = InputError::NotFinite { name: "counts", index: i * k + j };
            rejected(
                &format!("{CALL} with {bad} in row {i}, column {j}"),
                precision_recall_f1(&with(*bad)),
                want,
                look,
            )?;
            for got in [-1.0, -1e300, -1e-300, 0.5, 1e-300, 255.5, 4_294_967_296.5] {
                let want =
                    InputError::OutOfRange { name: "counts", got, wanted: "whole numbers, at least 0" };
                let call = format!("{CALL} with {got} in row {i}, column {j}");
                rejected(&call, precision_recall_f1(&with(got)), want, look)?;
            }
            for (rows, cols) in [(k, k + d), (k + d, k), (k, k - 1), (k - 1, k)] {
                let want = InputError::NotSquare { rows, cols };
                rejected(
                    CALL,
                    precision_recall_f1(&Matrix::zeros(rows, cols)),
                    want,
                    "As many columns as rows.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn a_single_mistake_counts_in_any_place() {
        let inputs = several(2..=4)
            .prop_flat_map(|k| (Just(k), 0..k, 1..k, judge::any::select(vec![1.0, 300.0, 5e9])));
        for_all("k, i, further, many", inputs).cases(96).holds(|&(k, i, further, many)| {
            // All are right but one sample of class i, which was predicted as class j.
            let j = (i + further) % k;
            let c = Matrix::from_fn(
                k,
                k,
                |l, m| if l == m { many } else { f64::from(u8::from((l, m) == (i, j))) },
            );
            for (class, score) in scored(&c)?.iter().enumerate() {
                let (of_j, of_i) = (f64::from(u8::from(class == j)), f64::from(u8::from(class == i)));
                let look =
                    "A single mistake lowers the recall of its class and the precision of the other one.";
                close(
                    &format!("the precision of class {class}"),
                    score.precision,
                    many / (many + of_j),
                    SHARE,
                    look,
                )?;
                close(
                    &format!("the recall of class {class}"),
                    score.recall,
                    many / (many + of_i),
                    SHARE,
                    look,
                )?;
                equal(&format!("the support of class {class}"), score.support, (many + of_i) as usize, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_invalid_counts() {
        for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(32).holds(|(bad, at)| {
            let with = |value: f64| {
                let mut c = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
                c[(at / 2, at % 2)] = value;
                c
            };
            let look = "Counts are whole numbers, at least 0. Check all of them.";
            rejected(
                &format!("precision_recall_f1 with {bad} at {at}"),
                precision_recall_f1(&with(*bad)),
                InputError::NotFinite { name: "counts", index: *at },
                look,
            )?;
            for got in [-1.0, 0.5, 1.0 + 2.0_f64.powi(-40), 1e-12, 1e6 + 0.5] {
                let want =
                    InputError::OutOfRange { name: "counts", got, wanted: "whole numbers, at least 0" };
                rejected(
                    &format!("precision_recall_f1 with {got} at {at}"),
                    precision_recall_f1(&with(got)),
                    want,
                    look,
                )?;
            }
            let want = InputError::NotSquare { rows: 2, cols: 3 };
            rejected(
                "precision_recall_f1 with 2×3",
                precision_recall_f1(&Matrix::zeros(2, 3)),
                want,
                "As many columns as rows.",
            )?;
            let want = InputError::NotSquare { rows: 3, cols: 2 };
            rejected(
                "precision_recall_f1 with 3×2",
                precision_recall_f1(&Matrix::zeros(3, 2)),
                want,
                "As many columns as rows.",
            )
        });
    }

    #[test]
    fn is_accurate_for_many_classes_and_large_counts() {
        for_all("k, seed", (judge::any::select(vec![9_usize, 13, 33, 41, 101, 129]), any::seed()))
            .cases(12)
            .holds(|&(k, seed)| {
                let mut generator = Generator::from_seed(seed);
                // Sums of up to 129 of them are exact.
                let most = [10, 5_000_000, 4_000_000_000_000][(seed % 3) as usize];
                let mut c = Matrix::zeros(k, k);
                (0..k * k).for_each(|at| c[(at / k, at % k)] = generator.below(most) as f64);
                for (i, score) in scored(&c)?.iter().enumerate() {
                    let row: f64 = c.row(i).iter().sum();
                    let column: f64 = (0..k).map(|j| c[(j, i)]).sum();
                    let look = "All rows and columns count, whatever their number and size.";
                    close(
                        &format!("the precision of class {i}"),
                        score.precision,
                        share(c[(i, i)], column),
                        SHARE,
                        look,
                    )?;
                    close(
                        &format!("the recall of class {i}"),
                        score.recall,
                        share(c[(i, i)], row),
                        SHARE,
                        look,
                    )?;
                    close(
                        &format!("F1 of class {i}"),
                        score.f1,
                        share(2.0 * c[(i, i)], row + column),
                        2.0 * SHARE,
                        look,
                    )?;
                    equal(&format!("the support of class {i}"), score.support, row as usize, look)?;
                }
                Ok(())
            });
    }
}
