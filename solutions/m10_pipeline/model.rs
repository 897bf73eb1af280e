//! Training and evaluation of a classifier.

use kit::pipeline::Evaluation;
use kit::{Classifier, InputError, Matrix, Softmax, check};

/// Softmax regression (multinomial logistic regression) trained by full-batch gradient descent, with its loss
/// curve.
///
/// The loss function is the mean cross-entropy of the n rows:
///
/// ```formula
/// L(W, b) = −Σᵢ ln pᵢ,yᵢ / n    with pᵢ = softmax(W·xᵢ + b)
/// ```
///
/// Gradient descent starts at W = 0, b = 0 and takes the given number of steps, each with both gradients at the old
/// W and b:
///
/// ```formula
/// W ← W − η·∂L/∂W,    b ← b − η·∂L/∂b
/// ```
///
/// * `x`: n×d features, n at least 1. `y`: n labels, each an index into `classes`. `classes`: the names of the k
///   classes; not every one need occur.
/// * `learning_rate`: η > 0. `steps`: the number of steps; 0 returns zeros.
/// * Returns the model after the last step, and `steps` + 1 losses: before each step, and after the last.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x does not have one row per label; `left` is the number of rows;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no row;
/// * [`InputError::NotFinite`] with `name` `"x"` (entries in row-major order) or `"learning_rate"`;
/// * [`InputError::OutOfRange`] with `name` `"learning_rate"`, `wanted` `"a number > 0"`;
/// * [`InputError::UnknownClass`] with the index of a label that is not an index into `classes`;
/// * [`InputError::NotConverged`] with the given `steps` and an infinite `residual` if a loss or a weight is not
///   finite: training diverged.
///
/// ```
/// # use katas::m10_pipeline::model::train;
/// # use kit::Matrix;
/// let classes = ["down".to_owned(), "up".to_owned()];
/// let (model, losses) = train(&Matrix::from_rows([[2.0], [-2.0]]), &[1, 0], &classes, 0.5, 1)?;
/// assert_eq!((model.weights, model.intercepts), (Matrix::from_rows([[-0.5], [0.5]]), vec![0.0, 0.0]));
/// assert_eq!((losses[0], losses[1] < losses[0]), (2.0_f64.ln(), true));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.linear_model.LogisticRegression(C=numpy.inf)` minimizes the same loss, with another optimizer;
/// `torch.nn.CrossEntropyLoss()` with `torch.optim.SGD` takes the same steps.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §4.3.4.
pub fn train(
    x: &Matrix,
    y: &[usize],
    classes: &[String],
    learning_rate: f64,
    steps: usize,
) -> Result<(Softmax, Vec<f64>), InputError> {
    check::same_length(x.rows(), y.len())?;
    check::at_least(1, y.len())?;
    check::finite("x", x.as_slice())?;
    check::finite_number("learning_rate", learning_rate)?;
    check::positive("learning_rate", learning_rate)?;
    check::labels(y, classes.len())?;
    let (k, d, n) = (classes.len(), x.cols(), y.len() as f64);
    let mut model = Softmax::new(Matrix::zeros(k, d), vec![0.0; k], classes.to_vec())?;
    let mut losses = Vec::new();
    for step in 0..=steps {
        let (mut loss, mut dw, mut db) = (0.0, Matrix::zeros(k, d), vec![0.0; k]);
        for (i, &label) in y.iter().enumerate() {
            let p = model.probabilities(x.row(i));
            loss += cross_entropy(&model, x.row(i), label) / n;
            for (c, p) in p.iter().enumerate() {
                let grad_logit = (p - f64::from(u8::from(c == label))) / n;
                x.row(i).iter().enumerate().for_each(|(j, x)| dw[(c, j)] += grad_logit * x);
                db[c] += grad_logit;
            }
        }
        losses.push(loss);
        if step < steps {
            let w = &model.weights;
            model.weights = Matrix::from_fn(k, d, |c, j| w[(c, j)] - learning_rate * dw[(c, j)]);
            model.intercepts.iter_mut().zip(db).for_each(|(b, db)| *b -= learning_rate * db);
        }
    }
    let numbers = model.weights.as_slice().iter().chain(&model.intercepts).chain(&losses);
    if numbers.copied().all(f64::is_finite) {
        Ok((model, losses))
    } else {
        Err(InputError::NotConverged { steps, residual: f64::INFINITY })
    }
}

/// Evaluation of a classifier on rows whose classes are known: accuracy, confusion matrix and recall.
///
/// The predicted class of a row is the one with the largest probability, the first of these where several share it.
///
/// * `model`: k classes, d features. `x`: n×d features, n and d at least 1. `y`: n labels, 0, 1, …, k − 1.
/// * Returns the accuracy; the confusion matrix, where entry (i, j) counts the rows of class i that were predicted
///   as class j; and the recall of each class, the fraction of its rows that was predicted correctly (true
///   positives by all positives), `None` for a class without rows.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x does not have one row per label; `left` is the number of rows;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no row;
/// * [`InputError::ShapeMismatch`] if the model does not have one weight per feature; `left` is the shape of x,
///   `right` that of the weights;
/// * [`InputError::NotFinite`] with `name` `"x"`; entries are in row-major order;
/// * [`InputError::UnknownClass`] with the index of a label that is not below k.
///
/// ```
/// # use katas::m10_pipeline::model::evaluate;
/// # use kit::{Matrix, Softmax};
/// let weights = Matrix::from_rows([[1.0], [-1.0]]);
/// let model = Softmax::new(weights, vec![0.0; 2], vec!["up".to_owned(), "down".to_owned()])?;
/// let evaluation = evaluate(&model, &Matrix::from_rows([[2.0], [1.0], [-3.0], [4.0]]), &[0, 1, 1, 0])?;
/// assert_eq!((evaluation.accuracy, evaluation.confusion), (0.75, vec![vec![2, 0], vec![1, 1]]));
/// assert_eq!(evaluation.recall, [Some(1.0), Some(0.5)]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.metrics.accuracy_score(y, p)`, `confusion_matrix(y, p)` and `recall_score(y, p,
/// average=None)`.
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, §4.4.
pub fn evaluate(model: &Softmax, x: &Matrix, y: &[usize]) -> Result<Evaluation, InputError> {
    let k = model.classes.len();
    check::same_length(x.rows(), y.len())?;
    check::at_least(1, y.len())?;
    check::same_columns(x.shape(), model.weights.shape())?;
    check::finite("x", x.as_slice())?;
    check::labels(y, k)?;
    let mut confusion = vec![vec![0; k]; k];
    for (i, &label) in y.iter().enumerate() {
        let p = model.probabilities(x.row(i));
        let predicted = (1..k).fold(0, |best, c| if p[c] > p[best] { c } else { best });
        confusion[label][predicted] += 1;
    }
    let correct: usize = (0..k).map(|c| confusion[c][c]).sum();
    let recall = confusion.iter().enumerate().map(|(c, row): (usize, &Vec<usize>)| {
        let rows: usize = row.iter().sum();
        (rows > 0).then(|| row[c] as f64 / rows as f64)
    });
    let recall = recall.collect();
    Ok(Evaluation { accuracy: correct as f64 / y.len() as f64, confusion, recall })
}

/// −ln p of the true class, from the logits (log-sum-exp): p may underflow to 0 where its logarithm is −1000.
fn cross_entropy(model: &Softmax, row: &[f64], label: usize) -> f64 {
    let logit = |c: usize| {
        model.weights.row(c).iter().zip(row).map(|(w, x)| w * x).sum::<f64>() + model.intercepts[c]
    };
    let z: Vec<f64> = (0..model.intercepts.len()).map(logit).collect();
    let largest = z.iter().fold(f64::NEG_INFINITY, |largest, z| largest.max(*z));
    largest - z[label] + z.iter().map(|z| (z - largest).exp()).sum::<f64>().ln()
}
