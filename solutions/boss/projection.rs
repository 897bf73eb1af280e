//! Dimensionality reduction: projection onto principal components, reconstruction, and a figure.

use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

use super::pca::{center, covariance, explained_variance_ratio, principal_components};

/// Projection: the coordinates (scores) of samples along principal components.
///
/// ```formula
/// sᵢₖ = vₖ·(xᵢ − m)
/// ```
///
/// * `x`: n×d, one sample per row; n may be 0. `mean`: m, d numbers. `components`: q×d, one component v per row.
/// * Returns the n×q scores. x and m may be far from 0: the difference is taken first, so that no precision is lost
///   (no cancellation).
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x does not have one column for each entry of m; `left` is the number of
///   columns;
/// * [`InputError::ShapeMismatch`] if the components do not have as many columns as x; `left` is the shape of x;
/// * [`InputError::NotFinite`] with `name` `"x"`, `"mean"` or `"components"`.
///
/// ```
/// # use katas::boss::projection::project;
/// # use kit::Matrix;
/// let (x, v) = (Matrix::from_rows([[3.0, 5.0]]), Matrix::from_rows([[0.0, 1.0]]));
/// assert_eq!(project(&x, &[1.0, 1.0], &v), Ok(Matrix::from_rows([[4.0]])));
/// ```
///
/// In Python: `sklearn.decomposition.PCA(q).fit(x).transform(x)`, or `(x - mean) @ components.T`.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §12.1.
pub fn project(x: &Matrix, mean: &[f64], components: &Matrix) -> Result<Matrix, InputError> {
    check::same_length(x.cols(), mean.len())?;
    check::same_columns(x.shape(), components.shape())?;
    check::finite("x", x.as_slice())?;
    check::finite("mean", mean)?;
    check::finite("components", components.as_slice())?;
    let along = |i: usize, k: usize| {
        let deviations = x.row(i).iter().zip(mean).map(|(x, m)| x - m);
        deviations.zip(components.row(k)).map(|(deviation, v)| deviation * v).sum()
    };
    Ok(Matrix::from_fn(x.rows(), components.rows(), along))
}

/// Reconstruction: the samples that scores stand for (the inverse of the projection).
///
/// ```formula
/// x̂ᵢ = m + sᵢ₀·v₀ + … + sᵢ,q₋₁·v_q₋₁
/// ```
///
/// * `scores`: n×q, one sample per row; n may be 0. `mean`: m, d numbers. `components`: q×d, one component v per
///   row.
/// * Returns the n×d samples x̂. Where the scores are projections on all d components of a basis, x̂ is x; where
///   some are missing, the squared distance of x̂ from x (reconstruction error), summed over the samples and
///   divided by n − 1, is the variance of the components left out.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if the components do not have one column for each entry of m; `left` is the
///   number of columns;
/// * [`InputError::ShapeMismatch`] if the scores do not have one column per component; `left` is the shape of the
///   scores;
/// * [`InputError::NotFinite`] with `name` `"scores"`, `"mean"` or `"components"`.
///
/// ```
/// # use katas::boss::projection::reconstruct;
/// # use kit::Matrix;
/// let (scores, v) = (Matrix::from_rows([[4.0]]), Matrix::from_rows([[0.0, 1.0]]));
/// assert_eq!(reconstruct(&scores, &[1.0, 1.0], &v), Ok(Matrix::from_rows([[1.0, 5.0]])));
/// ```
///
/// In Python: `pca.inverse_transform(scores)`, or `mean + scores @ components`.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §12.1.2.
pub fn reconstruct(scores: &Matrix, mean: &[f64], components: &Matrix) -> Result<Matrix, InputError> {
    check::same_length(components.cols(), mean.len())?;
    check::product_shapes(scores.shape(), components.shape())?;
    check::finite("scores", scores.as_slice())?;
    check::finite("mean", mean)?;
    check::finite("components", components.as_slice())?;
    let sum =
        |i: usize, j: usize| (0..scores.cols()).map(|k| scores[(i, k)] * components[(k, j)]).sum::<f64>();
    Ok(Matrix::from_fn(scores.rows(), mean.len(), |i, j| mean[j] + sum(i, j)))
}

/// Scatter plot of the data along their first two principal components.
///
/// * `x`: n×d samples, at least two, not all equal; d is at least 2. Entries are 0 or from 10⁻⁷⁰ to 10⁷⁰ in size.
///   `labels`: n, each an index into `class_names`.
/// * Returns a figure with the title `Two principal components`, equal axes labeled `first (14.9 % of the
///   variance)` and `second (13.6 % of the variance)`, the explained variance ratios with one decimal, and, for
///   each class in turn, points labeled with its name: the scores of its samples in their order, along the first
///   and the second component of the centered x. After all of them, for each class that has a sample, a note with
///   the class's name at the mean of its points. Each component is taken with the sign that makes its entry of
///   largest absolute value positive.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if x does not have one row per label; `left` is the number of rows;
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer samples or fewer features;
/// * [`InputError::NotFinite`] with `name` `"x"`, in row-major order;
/// * [`InputError::UnknownClass`] with the index of a label without a name;
/// * [`InputError::Constant`] with `name` `"x"` if all samples are equal.
///
/// ```
/// # use katas::boss::projection::pca_figure;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[3.0, 0.0], [-3.0, 0.0], [0.0, 1.0], [0.0, -1.0]]);
/// let figure = pca_figure(&x, &[0, 0, 1, 1], &["level", "upright"])?;
/// assert_eq!(figure.x.label, "first (90.0 % of the variance)");
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `matplotlib.pyplot.scatter(*PCA(2).fit_transform(x).T, c=labels)` (scikit-learn chooses the sign
/// otherwise).
///
/// Source: James, Witten, Hastie and Tibshirani, *An Introduction to Statistical Learning*, 2nd ed., ch. 12.
pub fn pca_figure(x: &Matrix, labels: &[usize], class_names: &[&str]) -> Result<Figure, InputError> {
    check::same_length(x.rows(), labels.len())?;
    check::at_least(2, x.rows())?;
    check::at_least(2, x.cols())?;
    check::finite("x", x.as_slice())?;
    check::labels(labels, class_names.len())?;
    let ratios = explained_variance_ratio(x)?;
    let (_, v) = principal_components(&covariance(x)?, 2)?;
    let sign = |k: usize| {
        v.row(k).iter().fold(0.0_f64, |most, v| if v.abs() > most.abs() { *v } else { most }).signum()
    };
    let oriented = Matrix::from_fn(2, x.cols(), |k, j| sign(k) * v[(k, j)]);
    let scores = project(x, &center(x)?.1, &oriented)?;
    let axis = |name: &str, ratio: f64| format!("{name} ({:.1} % of the variance)", 100.0 * ratio);
    let mut figure =
        Figure::new("Two principal components", &axis("first", ratios[0]), &axis("second", ratios[1]));
    let mut notes = Vec::new();
    for (class, name) in class_names.iter().enumerate() {
        let of_class = (0..labels.len()).filter(|&i| labels[i] == class);
        let at: Vec<[f64; 2]> = of_class.map(|i| [scores[(i, 0)], scores[(i, 1)]]).collect();
        if !at.is_empty() {
            let mean = [0, 1].map(|axis| at.iter().map(|point| point[axis]).sum::<f64>() / at.len() as f64);
            notes.push(Layer::Note { at: mean, text: (*name).to_owned() });
        }
        figure = figure.with(Layer::Points { label: (*name).to_owned(), at });
    }
    Ok(notes.into_iter().fold(figure.with_equal_axes(), Figure::with))
}
