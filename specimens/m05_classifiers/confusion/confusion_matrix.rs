use kit::{InputError, Matrix};

use crate::reference::m05_classifiers::confusion as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Counts = Result<Matrix, InputError>;
type ConfusionMatrix = fn(&[usize], &[usize], usize) -> Counts;

/// The kata, answered by a specimen.
pub fn confusion_matrix(y: &[usize], predicted: &[usize], classes: usize) -> Result<Matrix, InputError> {
    answering::<ConfusionMatrix>(
        module_path!(),
        reference::confusion_matrix,
        &[
            wheat("cell_by_cell", "counts the pairs of each cell", |y, p, k| {
                reference::confusion_matrix(y, p, k)?;
                let count = |i: usize, j: usize| (0..y.len()).filter(|&s| y[s] == i && p[s] == j).count();
                Ok(Matrix::from_fn(k, k, |i, j| count(i, j) as f64))
            }),
            wheat("one_number_a_pair", "counts the numbers k·y + ŷ", |y, p, k| {
                reference::confusion_matrix(y, p, k)?;
                let mut counts = vec![0.0; k * k];
                (0..y.len()).rev().for_each(|s| counts[k * y[s] + p[s]] += 1.0);
                Matrix::new(k, k, counts)
            }),
            chaff("transposed", "Rows are the predicted classes.", |y, p, k| {
                let c = reference::confusion_matrix(y, p, k)?;
                Ok(Matrix::from_fn(k, k, |i, j| c[(j, i)]))
            }),
            chaff("row_normalized", "Each row is divided by its sum.", |y, p, k| {
                let c = reference::confusion_matrix(y, p, k)?;
                let sum = |i: usize| c.row(i).iter().sum::<f64>().max(1.0);
                Ok(Matrix::from_fn(k, k, |i, j| c[(i, j)] / sum(i)))
            }),
            chaff("present_or_not", "An entry is 1 if the pair occurs.", |y, p, k| {
                let c = reference::confusion_matrix(y, p, k)?;
                Ok(Matrix::from_fn(k, k, |i, j| c[(i, j)].min(1.0)))
            }),
            chaff("errors_only", "Correctly classified samples are not counted.", |y, p, k| {
                let c = reference::confusion_matrix(y, p, k)?;
                Ok(Matrix::from_fn(k, k, |i, j| if i == j { 0.0 } else { c[(i, j)] }))
            }),
            chaff("correct_ones_only", "Only correctly classified samples are counted.", |y, p, k| {
                let c = reference::confusion_matrix(y, p, k)?;
                Ok(Matrix::from_fn(k, k, |i, j| if i == j { c[(i, j)] } else { 0.0 }))
            }),
            chaff("both_ways", "The confusion matrix is symmetric.", |y, p, k| {
                let c = reference::confusion_matrix(y, p, k)?;
                Ok(Matrix::from_fn(k, k, |i, j| if i == j { c[(i, j)] } else { c[(i, j)] + c[(j, i)] }))
            }),
            chaff("classes_that_are_there", "A class that does not occur has no row.", |y, p, k| {
                let c = reference::confusion_matrix(y, p, k)?;
                let there: Vec<usize> =
                    (0..k).filter(|class| y.contains(class) || p.contains(class)).collect();
                Ok(Matrix::from_fn(there.len(), there.len(), |i, j| c[(there[i], there[j])]))
            }),
            chaff("shorter_counts", "Labels without a prediction are ignored.", |y, p, k| {
                let n = y.len().min(p.len());
                reference::confusion_matrix(&y[..n], &p[..n], k)
            }),
            chaff("unknown_left_out", "Unknown labels are ignored.", |y, p, k| {
                if y.len() != p.len() {
                    return reference::confusion_matrix(y, p, k);
                }
                let known: Vec<usize> = (0..y.len()).filter(|&s| y[s] < k && p[s] < k).collect();
                let pick = |labels: &[usize]| known.iter().map(|&s| labels[s]).collect::<Vec<_>>();
                reference::confusion_matrix(&pick(y), &pick(p), k)
            }),
            chaff("no_classes", "No classes give an empty matrix.", |y, p, k| {
                if k == 0 && y.len() == p.len() {
                    Ok(Matrix::zeros(0, 0))
                } else {
                    reference::confusion_matrix(y, p, k)
                }
            }),
            chaff("counts_of_a_byte", "A count fits into one byte.", |y, p, k| {
                let c = reference::confusion_matrix(y, p, k)?;
                Ok(Matrix::from_fn(k, k, |i, j| c[(i, j)] % 256.0))
            }),
        ],
    )(y, predicted, classes)
}
