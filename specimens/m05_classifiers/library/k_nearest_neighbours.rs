use kit::{InputError, Matrix};

use super::super::relabeled::{
    Answer, by_columns, by_place, most_frequent, nan_as_0, one_by_one, one_class_is_fine, places,
    scaled_by_all, shorter_counts,
};
use crate::reference::m05_classifiers::library as reference;
use crate::reference::m05_classifiers::neighbours::knn_predict;
use crate::specimens::specimen::{answering, chaff, wheat};

type Knn = fn(&Matrix, &[usize], &Matrix, usize) -> Answer;

/// The kata, answered by a specimen.
pub fn k_nearest_neighbours(
    x_train: &Matrix,
    y_train: &[usize],
    x_test: &Matrix,
    k: usize,
) -> Result<Vec<usize>, InputError> {
    answering::<Knn>(
        module_path!(),
        reference::k_nearest_neighbours,
        &[
            wheat("by_hand", "without the library", |x, y, asked, k| {
                reference::k_nearest_neighbours(x, y, asked, k)?;
                knn_predict(x, y, asked, k)
            }),
            wheat("by_place", "the library sees 0, 1, 2 instead of the labels", |x, y, asked, k| {
                by_place(|x, y, asked| reference::k_nearest_neighbours(x, y, asked, k), x, y, asked)
            }),
            wheat("one_by_one", "predicts one sample at a time", |x, y, asked, k| {
                one_by_one(|x, y, asked| reference::k_nearest_neighbours(x, y, asked, k), x, y, asked)
            }),
            chaff("always_3", "The library's default k is the right one.", |x, y, asked, k| {
                reference::k_nearest_neighbours(x, y, asked, k)?;
                knn_predict(x, y, asked, 3.min(y.len()))
            }),
            chaff("indices", "The prediction is the index of the class, not its label.", |x, y, asked, k| {
                places(|x, y, asked| reference::k_nearest_neighbours(x, y, asked, k), x, y, asked)
            }),
            chaff(
                "scaled_by_all",
                "The features are standardized first, with all samples.",
                |x, y, asked, k| {
                    scaled_by_all(|x, y, asked| reference::k_nearest_neighbours(x, y, asked, k), x, y, asked)
                },
            ),
            chaff("by_columns", "The library's matrix is column-major.", |x, y, asked, k| {
                by_columns(|x, y, asked| reference::k_nearest_neighbours(x, y, asked, k), x, y, asked)
            }),
            chaff("weighted", "Votes are weighted by distance.", |x, y, asked, k| {
                reference::k_nearest_neighbours(x, y, asked, k)?;
                let class = |i: usize| {
                    let distance = |row: &usize| {
                        let pairs = x.row(*row).iter().zip(asked.row(i));
                        pairs.map(|(a, b)| (a - b).powi(2)).sum::<f64>().sqrt()
                    };
                    let mut order: Vec<usize> = (0..y.len()).collect();
                    order.sort_by(|a, b| distance(a).total_cmp(&distance(b)));
                    let weight = |label: usize| -> f64 {
                        order[..k]
                            .iter()
                            .filter(|row| y[**row] == label)
                            .map(|row| 1.0 / (distance(row) + 1e-9))
                            .sum()
                    };
                    y.iter().copied().max_by(|a, b| weight(*a).total_cmp(&weight(*b))).unwrap_or(0)
                };
                Ok((0..asked.rows()).map(class).collect())
            }),
            chaff(
                "predicts_the_training_set",
                "The method `predict` takes the training features.",
                |x, y, asked, k| {
                    let mut answers = reference::k_nearest_neighbours(x, y, asked, k)?;
                    let own = reference::k_nearest_neighbours(x, y, x, k)?;
                    answers.iter_mut().zip(own).for_each(|(answer, own)| *answer = own);
                    Ok(answers)
                },
            ),
            chaff("most_frequent", "The majority-class baseline is good enough.", |x, y, asked, k| {
                most_frequent(|x, y, asked| reference::k_nearest_neighbours(x, y, asked, k), x, y, asked)
            }),
            chaff("one_class_is_fine", "A single class is allowed.", |x, y, asked, k| {
                one_class_is_fine(|x, y, asked| reference::k_nearest_neighbours(x, y, asked, k), x, y, asked)
            }),
            chaff("as_many_as_there_are", "The library checks k.", |x, y, asked, k| {
                reference::k_nearest_neighbours(x, y, asked, k.clamp(1, y.len().max(1)))
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, y, asked, k| {
                nan_as_0(|x, y, asked| reference::k_nearest_neighbours(x, y, asked, k), x, y, asked)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, y, asked, k| {
                shorter_counts(|x, y, asked| reference::k_nearest_neighbours(x, y, asked, k), x, y, asked)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, y, asked, k| {
                reference::k_nearest_neighbours(x, y, asked, k)?;
                let rounded =
                    |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| f64::from(x[(i, j)] as f32));
                reference::k_nearest_neighbours(&rounded(x), y, &rounded(asked), k)
            }),
            chaff("at_most_five", "More than five neighbors are never useful.", |x, y, asked, k| {
                reference::k_nearest_neighbours(x, y, asked, k)?;
                reference::k_nearest_neighbours(x, y, asked, k.min(5))
            }),
            chaff("labels_of_a_byte", "A label fits into one byte.", |x, y, asked, k| {
                let answers = reference::k_nearest_neighbours(x, y, asked, k)?;
                Ok(answers.into_iter().map(|label| label % 256).collect())
            }),
        ],
    )(x_train, y_train, x_test, k)
}
