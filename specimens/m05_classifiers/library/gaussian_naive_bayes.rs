use kit::{InputError, Matrix};

use super::super::relabeled::{
    Answer, by_columns, by_place, most_frequent, nan_as_0, one_by_one, one_class_is_fine, places,
    shorter_counts,
};
use crate::reference::m05_classifiers::bayes::{gaussian_nb_fit, gaussian_nb_predict};
use crate::reference::m05_classifiers::library as reference;
use crate::reference::m05_classifiers::neighbours::knn_predict;
use crate::specimens::specimen::{answering, chaff, wheat};

type Bayes = fn(&Matrix, &[usize], &Matrix) -> Answer;

/// The kata, answered by a specimen.
pub fn gaussian_naive_bayes(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
) -> Result<Vec<usize>, InputError> {
    answering::<Bayes>(
        module_path!(),
        reference::gaussian_naive_bayes,
        &[
            wheat("by_hand", "without the library", |x, y, asked| {
                reference::gaussian_naive_bayes(x, y, asked)?;
                gaussian_nb_predict(&gaussian_nb_fit(x, y, 0.0)?, asked)
            }),
            wheat("by_place", "the library sees 0, 1, 2 instead of the labels", |x, y, asked| {
                by_place(reference::gaussian_naive_bayes, x, y, asked)
            }),
            wheat("one_by_one", "predicts one sample at a time", |x, y, asked| {
                one_by_one(reference::gaussian_naive_bayes, x, y, asked)
            }),
            chaff("equal_priors", "All classes have the same prior probability.", |x, y, asked| {
                reference::gaussian_naive_bayes(x, y, asked)?;
                let mut model = gaussian_nb_fit(x, y, 0.0)?;
                model.priors.fill(1.0);
                gaussian_nb_predict(&model, asked)
            }),
            chaff("common_variance", "All classes have the same variance.", |x, y, asked| {
                reference::gaussian_naive_bayes(x, y, asked)?;
                let mut model = gaussian_nb_fit(x, y, 0.0)?;
                let (k, d) = model.variances.shape();
                for j in 0..d {
                    let mean = (0..k).map(|c| model.variances[(c, j)]).sum::<f64>() / k as f64;
                    (0..k).for_each(|c| model.variances[(c, j)] = mean);
                }
                gaussian_nb_predict(&model, asked)
            }),
            chaff("smooths", "A little smoothing of the variances does no harm.", |x, y, asked| {
                let two = y.first().is_none_or(|first| y.iter().any(|label| label != first));
                match reference::gaussian_naive_bayes(x, y, asked) {
                    Err(InputError::Constant { .. }) if two => {
                        gaussian_nb_predict(&gaussian_nb_fit(x, y, 1e-9)?, asked)
                    }
                    answer => answer,
                }
            }),
            chaff(
                "checks_all_rows",
                "A feature that varies over all rows varies within each class.",
                |x, y, asked| {
                    let two = y.first().is_none_or(|first| y.iter().any(|label| label != first));
                    match reference::gaussian_naive_bayes(x, y, asked) {
                        Err(InputError::Constant { .. }) if two => Ok(vec![y[0]; asked.rows()]),
                        answer => answer,
                    }
                },
            ),
            chaff(
                "calls_without_queries",
                "The library can be called without samples to predict.",
                |x, y, asked| {
                    let answers = reference::gaussian_naive_bayes(x, y, asked)?;
                    let says = "Predict failed: Failed to predict, all probabilities were NaN".to_owned();
                    if answers.is_empty() {
                        Err(InputError::Library { name: "smartcore", says })
                    } else {
                        Ok(answers)
                    }
                },
            ),
            chaff("nearest_neighbor", "Any classifier will do.", |x, y, asked| {
                reference::gaussian_naive_bayes(x, y, asked)?;
                knn_predict(x, y, asked, 1)
            }),
            chaff("indices", "The prediction is the index of the class, not its label.", |x, y, asked| {
                places(reference::gaussian_naive_bayes, x, y, asked)
            }),
            chaff("by_columns", "The library's matrix is column-major.", |x, y, asked| {
                by_columns(reference::gaussian_naive_bayes, x, y, asked)
            }),
            chaff("most_frequent", "The majority-class baseline is good enough.", |x, y, asked| {
                most_frequent(reference::gaussian_naive_bayes, x, y, asked)
            }),
            chaff("one_class_is_fine", "A single class is allowed.", |x, y, asked| {
                one_class_is_fine(reference::gaussian_naive_bayes, x, y, asked)
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, y, asked| {
                nan_as_0(reference::gaussian_naive_bayes, x, y, asked)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, y, asked| {
                shorter_counts(reference::gaussian_naive_bayes, x, y, asked)
            }),
            chaff("small_is_none", "A variance below 10⁻⁹ is 0.", |x, y, asked| {
                let answers = reference::gaussian_naive_bayes(x, y, asked)?;
                if gaussian_nb_fit(x, y, 0.0)?.variances.as_slice().iter().any(|v| *v < 1e-9) {
                    return Err(InputError::Constant { name: "x_train" });
                }
                Ok(answers)
            }),
            chaff(
                "smoothed_for_safety",
                "Smoothing by 10⁻⁹ of the largest variance changes no prediction.",
                |x, y, asked| {
                    reference::gaussian_naive_bayes(x, y, asked)?;
                    gaussian_nb_predict(&gaussian_nb_fit(x, y, 1e-9)?, asked)
                },
            ),
            chaff(
                "rounding_is_spread",
                "The computed variance of a constant feature is exactly 0.",
                |x, y, asked| {
                    let answers = reference::gaussian_naive_bayes(x, y, asked);
                    let varies = |class: usize, j: usize| {
                        let members: Vec<f64> =
                            (0..y.len()).filter(|&i| y[i] == class).map(|i| x[(i, j)]).collect();
                        let mean = members.iter().sum::<f64>() / members.len() as f64;
                        members.iter().any(|x| *x != mean)
                    };
                    match answers {
                        Err(InputError::Constant { name: "x_train" })
                            if y.iter().all(|class| (0..x.cols()).all(|j| varies(*class, j))) =>
                        {
                            Ok(vec![y[0]; asked.rows()])
                        }
                        answers => answers,
                    }
                },
            ),
        ],
    )(x_train, y_train, x_test)
}
