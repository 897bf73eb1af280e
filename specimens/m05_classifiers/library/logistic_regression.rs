use kit::{InputError, Matrix};

use super::super::relabeled::{
    Answer, by_columns, by_place, most_frequent, nan_as_0, one_by_one, one_class_is_fine, places,
    scaled_by_all, shorter_counts,
};
use crate::reference::m05_classifiers::library as reference;
use crate::reference::m05_classifiers::neighbours::knn_predict;
use crate::specimens::specimen::{answering, chaff, wheat};

type Logistic = fn(&Matrix, &[usize], &Matrix, f64) -> Answer;

/// The kata, answered by a specimen.
pub fn logistic_regression(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    alpha: f64,
) -> Result<Vec<usize>, InputError> {
    answering::<Logistic>(
        module_path!(),
        reference::logistic_regression,
        &[
            wheat("by_place", "the library sees 0, 1, 2 instead of the labels", |x, y, asked, alpha| {
                by_place(|x, y, asked| reference::logistic_regression(x, y, asked, alpha), x, y, asked)
            }),
            wheat("one_by_one", "predicts one sample at a time", |x, y, asked, alpha| {
                one_by_one(|x, y, asked| reference::logistic_regression(x, y, asked, alpha), x, y, asked)
            }),
            wheat("features_reversed", "the last feature first", |x, y, asked, alpha| {
                reference::logistic_regression(x, y, asked, alpha)?;
                let turned =
                    |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, x.cols() - 1 - j)]);
                reference::logistic_regression(&turned(x), y, &turned(asked), alpha)
            }),
            chaff("always_1", "The regularization strength is always 1.", |x, y, asked, alpha| {
                reference::logistic_regression(x, y, asked, alpha)?;
                reference::logistic_regression(x, y, asked, 1.0)
            }),
            chaff(
                "hardly_any_penalty",
                "The library's default α = 0 is the right one.",
                |x, y, asked, alpha| {
                    reference::logistic_regression(x, y, asked, alpha)?;
                    reference::logistic_regression(x, y, asked, 1e-3)
                },
            ),
            chaff("inverse", "The parameter α is scikit-learn's C, its inverse.", |x, y, asked, alpha| {
                reference::logistic_regression(x, y, asked, alpha)?;
                reference::logistic_regression(x, y, asked, 1.0 / alpha)
            }),
            chaff(
                "penalty_on_the_mean",
                "The penalty is added to the mean of the losses.",
                |x, y, asked, alpha| {
                    reference::logistic_regression(x, y, asked, alpha)?;
                    reference::logistic_regression(x, y, asked, alpha * y.len() as f64)
                },
            ),
            chaff(
                "scaled_by_all",
                "The features are standardized first, with all samples.",
                |x, y, asked, alpha| {
                    scaled_by_all(
                        |x, y, asked| reference::logistic_regression(x, y, asked, alpha),
                        x,
                        y,
                        asked,
                    )
                },
            ),
            chaff("nearest_neighbor", "Any classifier will do.", |x, y, asked, alpha| {
                reference::logistic_regression(x, y, asked, alpha)?;
                knn_predict(x, y, asked, 1)
            }),
            chaff(
                "indices",
                "The prediction is the index of the class, not its label.",
                |x, y, asked, alpha| {
                    places(|x, y, asked| reference::logistic_regression(x, y, asked, alpha), x, y, asked)
                },
            ),
            chaff("by_columns", "The library's matrix is column-major.", |x, y, asked, alpha| {
                by_columns(|x, y, asked| reference::logistic_regression(x, y, asked, alpha), x, y, asked)
            }),
            chaff("most_frequent", "The majority-class baseline is good enough.", |x, y, asked, alpha| {
                most_frequent(|x, y, asked| reference::logistic_regression(x, y, asked, alpha), x, y, asked)
            }),
            chaff(
                "no_penalty_is_fine",
                "A regularization strength of 0 is allowed.",
                |x, y, asked, alpha| {
                    reference::logistic_regression(x, y, asked, if alpha <= 0.0 { 1e-9 } else { alpha })
                },
            ),
            chaff("one_class_is_fine", "A single class is allowed.", |x, y, asked, alpha| {
                one_class_is_fine(
                    |x, y, asked| reference::logistic_regression(x, y, asked, alpha),
                    x,
                    y,
                    asked,
                )
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, y, asked, alpha| {
                nan_as_0(|x, y, asked| reference::logistic_regression(x, y, asked, alpha), x, y, asked)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, y, asked, alpha| {
                shorter_counts(|x, y, asked| reference::logistic_regression(x, y, asked, alpha), x, y, asked)
            }),
            chaff(
                "a_penalty_in_bounds",
                "The regularization strength is clipped to 0.1 to 20.",
                |x, y, asked, alpha| {
                    reference::logistic_regression(x, y, asked, alpha)?;
                    reference::logistic_regression(x, y, asked, alpha.clamp(0.1, 20.0))
                },
            ),
            chaff("at_most_100", "A regularization strength above 100 is 100.", |x, y, asked, alpha| {
                reference::logistic_regression(x, y, asked, if alpha > 100.0 { 100.0 } else { alpha })
            }),
            chaff("of_two_classes", "The penalty matters with two classes only.", |x, y, asked, alpha| {
                let mut classes = y.to_vec();
                classes.sort_unstable();
                classes.dedup();
                let other = if alpha.is_finite() && alpha > 0.0 { 1.0 } else { alpha };
                reference::logistic_regression(x, y, asked, if classes.len() > 2 { other } else { alpha })
            }),
        ],
    )(x_train, y_train, x_test, alpha)
}
