//! Gaussian naive Bayes from scratch: each class is a cloud, and the most probable cloud wins.

use std::f64::consts::TAU;

use kit::{InputError, Matrix, check};

/// What Gaussian naive Bayes has learned: for each class how frequent it is, and a normal distribution a feature.
#[derive(Debug, Clone, PartialEq)]
pub struct GaussianNb {
    /// The labels that came up, each once, the lowest first.
    pub classes: Vec<usize>,
    /// The share of each class in the training set.
    pub priors: Vec<f64>,
    /// One row a class, one column a feature.
    pub means: Matrix,
    /// One row a class, one column a feature; smoothed.
    pub variances: Matrix,
}

/// Learns Gaussian naive Bayes: shares, means and variances, class by class.
///
/// ```text
/// priorᶜ = nᶜ / n        μᶜⱼ = Σ xᵢⱼ / nᶜ        vᶜⱼ = Σ (xᵢⱼ − μᶜⱼ)² / nᶜ + s·v
/// ```
///
/// with sums over the nᶜ samples of class c, and v the largest variance that any feature has over *all* samples
/// (divided by n). The second term is the smoothing: a feature that never varies within a class, such as a pixel in the
/// corner, would else have the variance 0 and forbid every other value. Values that are all equal have the variance 0
/// exactly.
///
/// * `x`: n×d features, n and d at least 1. `y`: n labels, any numbers.
/// * `smoothing`: s ≥ 0, as a share of the largest variance; 10⁻⁹ is usual.
/// * Returns the model.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if there is not one label a sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"smoothing"`, the first that applies, counted row after row;
/// * [`InputError::OutOfRange`] with `name` `"smoothing"` if it is negative;
/// * [`InputError::Constant`] with `name` `"x"` if a variance is 0 even so.
///
/// ```
/// # use katas::m05_classifiers::bayes::gaussian_nb_fit;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[1.0], [3.0], [10.0], [14.0]]);
/// let model = gaussian_nb_fit(&x, &[0, 0, 4, 4], 0.0)?;
/// assert_eq!((model.classes, model.priors), (vec![0, 4], vec![0.5, 0.5]));
/// assert_eq!(model.means, Matrix::from_rows([[2.0], [12.0]]));
/// assert_eq!(model.variances, Matrix::from_rows([[1.0], [4.0]]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §6.6.3.
pub fn gaussian_nb_fit(x: &Matrix, y: &[usize], smoothing: f64) -> Result<GaussianNb, InputError> {
    todo!()
}

/// The classes of samples, by Gaussian naive Bayes: the most probable one for each.
///
/// ```text
/// score꜀ = ln prior꜀ − ½·Σⱼ (ln 2πv꜀ⱼ + (xⱼ − μ꜀ⱼ)² / v꜀ⱼ)
/// ```
///
/// Where several classes have the highest score, the first of the model's classes wins.
///
/// * `model`: as [`gaussian_nb_fit`] makes it: at least one class, variances above 0.
/// * `x`: m×d features, finite; m may be 0.
/// * Returns m of the model's classes.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] if `x` has not one column a feature of the model; `left` is the shape of its means;
/// * [`InputError::NotFinite`] with `name` `"x"`.
///
/// ```
/// # use katas::m05_classifiers::bayes::{GaussianNb, gaussian_nb_predict};
/// # use kit::Matrix;
/// let (means, variances) = (Matrix::from_rows([[0.0], [0.0]]), Matrix::from_rows([[1.0], [100.0]]));
/// let model = GaussianNb { classes: vec![0, 4], priors: vec![0.5, 0.5], means, variances };
/// assert_eq!(gaussian_nb_predict(&model, &Matrix::from_rows([[0.5], [-8.0]])), Ok(vec![0, 4]));
/// ```
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §6.6.3.
pub fn gaussian_nb_predict(model: &GaussianNb, x: &Matrix) -> Result<Vec<usize>, InputError> {
    todo!()
}
