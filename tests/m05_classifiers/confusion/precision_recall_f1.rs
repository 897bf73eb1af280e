use judge::{Answer, any, close, equal, example, for_all, rejected};
use katas::m05_classifiers::confusion::{ClassScore, precision_recall_f1};
use kit::{InputError, Matrix};
use proptest::prelude::*;

const CALL: &str = "precision_recall_f1(C)";

/// A share is one quotient, or 1/(1 + a quotient), or 1 less one: a few roundings of at most 1.
const SHARE: f64 = 4.0 * f64::EPSILON;

/// Counts, with classes that are absent and classes that nobody was given.
fn counts() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (1..=4_usize).prop_flat_map(|k| {
        let counts = prop::collection::vec(0..=5_u8, k * k);
        // Some or many: a thousand does not fit into a byte.
        (counts, 0..=k, 0..=k, prop::sample::select(vec![1.0, 1000.0])).prop_map(
            move |(counts, row, col, many)| {
                let count = |i: usize, j: usize| many * f64::from(counts[i * k + j]);
                Matrix::from_fn(k, k, |i, j| if i == row || j == col { 0.0 } else { count(i, j) })
            },
        )
    })
}

fn scored(counts: &Matrix) -> Result<Vec<ClassScore>, judge::Broken> {
    let scores = precision_recall_f1(counts).accepted(CALL)?;
    equal("the number of scores", scores.len(), counts.rows(), "One a class.")?;
    Ok(scores)
}

/// part/whole, and 0 where there is no whole.
fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 { part / whole } else { 0.0 }
}

#[test]
fn precision_is_a_share_of_the_column_and_recall_of_the_row() {
    for_all("C", counts()).holds(|c| {
        for (i, score) in scored(c)?.iter().enumerate() {
            let row: f64 = c.row(i).iter().sum();
            let column: f64 = (0..c.rows()).map(|j| c[(j, i)]).sum();
            let look =
                "Of those that were given class i, column i, how many belong to it? None given: 0, not NaN.";
            close(
                &format!("the precision of class {i}"),
                score.precision,
                share(c[(i, i)], column),
                SHARE,
                look,
            )?;
            let look =
                "Of those that belong to class i, row i, how many were given it? None there: 0, not NaN.";
            close(&format!("the recall of class {i}"), score.recall, share(c[(i, i)], row), SHARE, look)?;
            equal(
                &format!("the support of class {i}"),
                score.support,
                row as usize,
                "How many belong to it: row i.",
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
fn transposed_precision_and_recall_change_places() {
    for_all("C", counts()).cases(64).holds(|c| {
        let transposed = Matrix::from_fn(c.rows(), c.rows(), |i, j| c[(j, i)]);
        for (i, (score, other)) in scored(c)?.iter().zip(scored(&transposed)?).enumerate() {
            let look = "Truth and prediction exchanged: what was one is the other.";
            close(&format!("class {i}: precision of Cᵀ"), other.precision, score.recall, SHARE, look)?;
            close(&format!("class {i}: recall of Cᵀ"), other.recall, score.precision, SHARE, look)?;
            close(&format!("class {i}: F1 of Cᵀ"), other.f1, score.f1, 8.0 * f64::EPSILON, look)?;
        }
        Ok(())
    });
}

#[test]
fn no_classes_have_no_scores() {
    example(|| equal(CALL, scored(&Matrix::zeros(0, 0))?, vec![], "A 0×0 matrix is square."));
}

#[test]
fn what_counts_nothing_is_rejected() {
    for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(32).holds(|(bad, at)| {
        let with = |value: f64| {
            let mut c = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
            // The first counts, whatever stands behind it.
            (*at..4)
                .for_each(|k| c[(k / 2, k % 2)] = if k == *at || !value.is_finite() { value } else { -7.5 });
            c
        };
        let look = "Counts are whole numbers, at least 0. Look at all of them first.";
        rejected(
            &format!("precision_recall_f1 with {bad} at {at}"),
            precision_recall_f1(&with(*bad)),
            InputError::NotFinite { name: "counts", index: *at },
            look,
        )?;
        for got in [-1.0, 0.5, 1.0 + 2.0_f64.powi(-40)] {
            let want = InputError::OutOfRange { name: "counts", got, wanted: "whole numbers, at least 0" };
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
fn of_three_that_belong_to_a_class_three_are_its_support() {
    example(|| {
        let scores = scored(&Matrix::from_rows([[1.0, 2.0], [4.0, 8.0]]))?;
        let got: Vec<usize> = scores.iter().map(|score| score.support).collect();
        let look =
            "The support counts the samples that belong to a class, rightly classified or not: its row.";
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
