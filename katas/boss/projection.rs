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
    todo!()
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
    todo!()
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
    todo!()
}
