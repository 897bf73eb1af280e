use kit::{InputError, Matrix};

use super::super::relabeled::{
    Answer, by_columns, by_place, most_frequent, nan_as_0, one_by_one, one_class_is_fine, places,
    shorter_counts,
};
use crate::reference::m05_classifiers::neighbours::knn_predict;
use crate::reference::m05_classifiers::trees as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
            wheat("one_by_one", "predicts one sample at a time", |x, y, asked, trees, seed| {
                one_by_one(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
            }),
            chaff("one_tree", "A single tree is a random forest.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)
            }),
            chaff("no_seed", "The library needs no seed.", |x, y, asked, trees, _| {
                reference::random_forest(x, y, asked, trees, 0)
            }),
            chaff(
                "a_plain_tree",
                "All trees are trained on the same samples.",
                |x, y, asked, trees, seed| {
                    reference::random_forest(x, y, asked, trees.min(1), seed)?;
                    reference::decision_tree(x, y, asked, u16::MAX)
                },
            ),
            chaff("ten_trees", "Ten trees are always enough.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                reference::random_forest(x, y, asked, 10, seed)
            }),
            chaff("nearest_neighbor", "Any classifier will do.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                knn_predict(x, y, asked, 1)
            }),
            chaff(
                "indices",
                "The prediction is the index of the class, not its label.",
                |x, y, asked, trees, seed| {
                    places(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
                },
            ),
            chaff("by_columns", "The library's matrix is column-major.", |x, y, asked, trees, seed| {
                by_columns(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
            }),
            chaff(
                "most_frequent",
                "The majority-class baseline is good enough.",
                |x, y, asked, trees, seed| {
                    most_frequent(
                        |x, y, asked| reference::random_forest(x, y, asked, trees.min(1), seed),
                        x,
                        y,
                        asked,
                    )
                },
            ),
            chaff("one_class_is_fine", "A single class is allowed.", |x, y, asked, trees, seed| {
                one_class_is_fine(
                    |x, y, asked| reference::random_forest(x, y, asked, trees, seed),
                    x,
                    y,
                    asked,
                )
            }),
            chaff("no_trees", "A forest without trees is allowed.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.max(1), seed)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, y, asked, trees, seed| {
                nan_as_0(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, y, asked, trees, seed| {
                shorter_counts(|x, y, asked| reference::random_forest(x, y, asked, trees, seed), x, y, asked)
            }),
            chaff("a_byte_of_the_seed", "A seed fits into one byte.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees, seed & 0xff)
            }),
            chaff("half_the_seed", "A seed fits into 32 bits.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees, seed & 0xffff_ffff)
            }),
            chaff("at_least_ten", "A forest has at least ten trees.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                reference::random_forest(x, y, asked, trees.max(10), seed)
            }),
            chaff(
                "half_the_trees",
                "Half of the trees vote like all of them.",
                |x, y, asked, trees, seed| reference::random_forest(x, y, asked, trees.div_ceil(2), seed),
            ),
            chaff(
                "three_hundred_trees",
                "More than 300 trees change nothing.",
                |x, y, asked, trees, seed| reference::random_forest(x, y, asked, trees.min(300), seed),
            ),
            chaff("fifty_trees", "More than fifty trees change nothing.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(50), seed)
            }),
            chaff("odd_trees", "An odd number of trees avoids ties.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                reference::random_forest(x, y, asked, trees | 1, seed)
            }),
            chaff("a_thousand_seeds", "A thousand seeds are enough.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees, seed % 1000)
            }),
            chaff("seed_without_sign", "A seed is a positive i64.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees, seed & (u64::MAX >> 1))
            }),
            chaff("all_features", "Each split considers all features.", |x, y, asked, trees, seed| {
                reference::random_forest(x, y, asked, trees.min(1), seed)?;
                of_features(x.cols(), x, y, asked, trees, seed)
            }),
            wheat(
                "root_of_d",
                "states itself that √d features are considered",
                |x, y, asked, trees, seed| {
                    reference::random_forest(x, y, asked, trees.min(1), seed)?;
                    of_features((x.cols() as f64).sqrt() as usize, x, y, asked, trees, seed)
                },
            ),
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
