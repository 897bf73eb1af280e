use kit::{InputError, Matrix};

use super::super::relabeled::{
    Answer, by_columns, by_place, most_frequent, nan_as_0, one_by_one, one_class_is_fine, places,
    shorter_counts,
};
use crate::reference::m05_classifiers::neighbours::knn_predict;
use crate::reference::m05_classifiers::trees as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Tree = fn(&Matrix, &[usize], &Matrix, u16) -> Answer;

/// The kata, answered by a specimen.
pub fn decision_tree(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    depth: u16,
) -> Result<Vec<usize>, InputError> {
    answering::<Tree>(
        module_path!(),
        reference::decision_tree,
        &[
            wheat("by_place", "the library sees 0, 1, 2 instead of the labels", |x, y, asked, depth| {
                by_place(|x, y, asked| reference::decision_tree(x, y, asked, depth), x, y, asked)
            }),
            wheat("one_by_one", "predicts one sample at a time", |x, y, asked, depth| {
                one_by_one(|x, y, asked| reference::decision_tree(x, y, asked, depth), x, y, asked)
            }),
            chaff(
                "never_ends",
                "The tree grows until its leaves are pure, whatever the maximum depth.",
                |x, y, asked, depth| {
                    reference::decision_tree(x, y, asked, depth)?;
                    reference::decision_tree(x, y, asked, u16::MAX)
                },
            ),
            chaff("one_split", "The tree has a single split.", |x, y, asked, depth| {
                reference::decision_tree(x, y, asked, depth)?;
                reference::decision_tree(x, y, asked, 1)
            }),
            chaff("one_less", "The library's depth counts splits, not levels.", |x, y, asked, depth| {
                reference::decision_tree(x, y, asked, depth)?;
                let most =
                    || most_frequent(|x, y, asked| reference::decision_tree(x, y, asked, depth), x, y, asked);
                if depth == 1 { most() } else { reference::decision_tree(x, y, asked, depth - 1) }
            }),
            chaff("nearest_neighbor", "Any classifier will do.", |x, y, asked, depth| {
                reference::decision_tree(x, y, asked, depth)?;
                knn_predict(x, y, asked, 1)
            }),
            chaff("last_feature_only", "Only the last feature is considered.", |x, y, asked, depth| {
                reference::decision_tree(x, y, asked, depth)?;
                let last = |x: &Matrix| Matrix::from_fn(x.rows(), 1, |i, _| x[(i, x.cols() - 1)]);
                reference::decision_tree(&last(x), y, &last(asked), depth)
            }),
            chaff(
                "indices",
                "The prediction is the index of the class, not its label.",
                |x, y, asked, depth| {
                    places(|x, y, asked| reference::decision_tree(x, y, asked, depth), x, y, asked)
                },
            ),
            chaff("by_columns", "The library's matrix is column-major.", |x, y, asked, depth| {
                by_columns(|x, y, asked| reference::decision_tree(x, y, asked, depth), x, y, asked)
            }),
            chaff("most_frequent", "The majority-class baseline is good enough.", |x, y, asked, depth| {
                most_frequent(|x, y, asked| reference::decision_tree(x, y, asked, depth), x, y, asked)
            }),
            chaff("no_split", "A maximum depth of 0 is allowed.", |x, y, asked, depth| {
                if depth > 0 {
                    return reference::decision_tree(x, y, asked, depth);
                }
                most_frequent(|x, y, asked| reference::decision_tree(x, y, asked, 1), x, y, asked)
            }),
            chaff("one_class_is_fine", "A single class is allowed.", |x, y, asked, depth| {
                one_class_is_fine(|x, y, asked| reference::decision_tree(x, y, asked, depth), x, y, asked)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, y, asked, depth| {
                nan_as_0(|x, y, asked| reference::decision_tree(x, y, asked, depth), x, y, asked)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, y, asked, depth| {
                shorter_counts(|x, y, asked| reference::decision_tree(x, y, asked, depth), x, y, asked)
            }),
            chaff(
                "one_split_more",
                "The library's depth is two more than the number of splits.",
                |x, y, asked, depth| {
                    reference::decision_tree(x, y, asked, depth)?;
                    reference::decision_tree(x, y, asked, depth.saturating_add(1))
                },
            ),
            chaff("at_most_six", "A deeper tree than six levels is never useful.", |x, y, asked, depth| {
                reference::decision_tree(x, y, asked, depth.min(6))
            }),
            chaff(
                "one_more_than_the_largest",
                "Adding 1 to the maximum depth cannot overflow.",
                |x, y, asked, depth| {
                    assert!(depth < u16::MAX, "attempt to add with overflow");
                    reference::decision_tree(x, y, asked, depth)
                },
            ),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, y, asked, depth| {
                reference::decision_tree(x, y, asked, depth)?;
                let rounded =
                    |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| f64::from(x[(i, j)] as f32));
                reference::decision_tree(&rounded(x), y, &rounded(asked), depth)
            }),
            chaff("labels_of_32_bits", "A label fits into 32 bits.", |x, y, asked, depth| {
                let answers = reference::decision_tree(x, y, asked, depth)?;
                Ok(answers.into_iter().map(|label| label as u32 as usize).collect())
            }),
            chaff("deep_enough", "A depth of four has no limit any more.", |x, y, asked, depth| {
                reference::decision_tree(x, y, asked, if depth > 3 { u16::MAX } else { depth })
            }),
        ],
    )(x_train, y_train, x_test, depth)
}
