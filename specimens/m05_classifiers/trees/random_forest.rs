use kit::{InputError, Matrix};

use super::super::relabeled::{
    Answer, by_columns, by_place, most_frequent, nan_as_0, one_by_one, one_class_is_fine, places,
    shorter_counts,
};
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m05_classifiers::neighbours::knn_predict;
use crate::reference::m05_classifiers::trees as reference;

type Forest = fn(&Matrix, &[usize], &Matrix, u16, u64) -> Answer;

/// The kata, answered by a specimen.
pub fn random_forest(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    trees: u16,
    seed: u64,
) -> Result<Vec<usize>, InputError> {
    answering::<Forest>(
        module_path!(),
        reference::random_forest,
        &[
            wheat(
                "by_place",
                "the library sees 0, 1, 2 instead of the labels",
                |x, y, asked, trees, seed| {
                    by_place(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
                },
            ),
            wheat("one_by_one", "asks about one sample at a time", |x, y, asked, trees, seed| {
                one_by_one(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
            }),
            chaff("one_tree", "a tree is a small forest", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)
            }),
            chaff("no_seed", "the library draws for itself", |x, y, asked, trees, _| {
                reference::random_forest(x, y, asked, trees, 0)
            }),
            chaff("a_plain_tree", "all trees see the same samples", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                reference::decision_tree(x, y, asked, u16::MAX)
            }),
            chaff("ten_trees", "ten trees are enough", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                reference::random_forest(x, y, asked, 10, seed)
            }),
            chaff("nearest_neighbor", "one classifier is as good as another", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                knn_predict(x, y, asked, 1)
            }),
            chaff(
                "places",
                "answers are counted from 0 in the order of the labels",
                |x, y, asked, trees, seed| {
                    places(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
                },
            ),
            chaff("by_columns", "the library's matrix goes column by column", |x, y, asked, trees, seed| {
                by_columns(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
            }),
            chaff("most_frequent", "the most frequent class is a safe answer", |x, y, asked, trees, seed| {
                most_frequent(
                    |x, y, asked| reference::random_forest(x, y, asked, trees.min(1), seed),
                    x,
                    y,
                    asked,
                )
            }),
            chaff("one_class_is_fine", "one class alone is easy", |x, y, asked, trees, seed| {
                one_class_is_fine(
                    |x, y, asked| reference::random_forest(x, y, asked, trees, seed),
                    x,
                    y,
                    asked,
                )
            }),
            chaff("no_trees", "a forest may be empty", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.max(1), seed)
            }),
            chaff("nan_as_0", "a NaN counts as 0", |x, y, asked, trees, seed| {
                nan_as_0(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
            }),
            chaff(
                "shorter_counts",
                "labels behind the last sample do no harm",
                |x, y, asked, trees, seed| {
                    shorter_counts(
                        |x, y, asked| reference::random_forest(x, y, asked, trees, seed),
                        x,
                        y,
                        asked,
                    )
                },
            ),
            chaff("a_byte_of_the_seed", "a small seed is a seed", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees, seed & 0xff)
            }),
            chaff("half_the_seed", "a seed has 32 bits", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees, seed & 0xffff_ffff)
            }),
            chaff("at_least_ten", "fewer than ten trees are no forest", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                reference::random_forest(x, y, asked, trees.max(10), seed)
            }),
            chaff("half_the_trees", "half of them vote as all do", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.div_ceil(2), seed)
            }),
            chaff("all_features", "the best question of all is the best", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                of_features(x.cols(), x, y, asked, trees, seed)
            }),
            wheat("root_of_d", "says itself that √d features are seen", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                of_features((x.cols() as f64).sqrt() as usize, x, y, asked, trees, seed)
            }),
        ],
    )(x_train, y_train, x_test, trees, seed)
}

/// Each question sees m features.
fn of_features(m: usize, x: &Matrix, y: &[usize], asked: &Matrix, trees: u16, seed: u64) -> Answer {
    use smartcore::ensemble::random_forest_classifier::{
        RandomForestClassifier, RandomForestClassifierParameters,
    };
    use smartcore::linalg::basic::matrix::DenseMatrix;
    let says = |rejection: smartcore::error::Failed| InputError::Library {
        name: "smartcore",
        says: rejection.to_string(),
    };
    let dense = |x: &Matrix| DenseMatrix::new(x.rows(), x.cols(), x.as_slice().to_vec(), false).map_err(says);
    let parameters =
        RandomForestClassifierParameters::default().with_n_trees(trees).with_seed(seed).with_m(m);
    let model = RandomForestClassifier::fit(&dense(x)?, &y.to_vec(), parameters).map_err(says)?;
    model.predict(&dense(asked)?).map_err(says)
}
