//! Gaussian naive Bayes from scratch: a normal distribution per class and feature.

use std::f64::consts::TAU;

use kit::{InputError, Matrix, check};

/// A fitted Gaussian naive Bayes model: for each class its prior probability, and for each feature a normal
/// distribution.
#[derive(Debug, Clone, PartialEq)]
pub struct GaussianNb {
    /// The labels that occur, each once, in ascending order.
    pub classes: Vec<usize>,
    /// The prior probability of each class: its relative frequency in the training set.
    pub priors: Vec<f64>,
    /// One row per class, one column per feature.
    pub means: Matrix,
    /// One row per class, one column per feature; smoothed.
    pub variances: Matrix,
}

/// Fits Gaussian naive Bayes: the prior, the means and the variances of each class.
///
/// ```formula
/// priorᶜ = nᶜ / n        μᶜⱼ = Σ xᵢⱼ / nᶜ        vᶜⱼ = Σ (xᵢⱼ − μᶜⱼ)² / nᶜ + s·v
/// ```
///
/// with sums over the nᶜ samples of class c, and v the largest variance of any feature over *all* samples (divided by
/// n). The second term is the variance smoothing: without it a feature that is constant within a class, such as a
/// pixel in the corner, would have the variance 0 and rule out every other value. Values that are all equal have the
/// variance 0 exactly.
///
/// * `x`: n×d features, n and d at least 1. `y`: n labels, any numbers.
/// * `smoothing`: s ≥ 0, as a fraction of the largest variance; 10⁻⁹ is usual. A hyperparameter.
/// * Returns the fitted model.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per sample; `left` is the number of samples;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"smoothing"`, with `index` in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"smoothing"` if it is negative;
/// * [`InputError::Constant`] with `name` `"x"` if a variance is 0 in spite of the smoothing.
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
/// In Python: `sklearn.naive_bayes.GaussianNB(var_smoothing=smoothing).fit(x, y)`, with `class_prior_`, `theta_` and
/// `var_`; the default of `var_smoothing` is 1e-9.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §6.6.3.
pub fn gaussian_nb_fit(x: &Matrix, y: &[usize], smoothing: f64) -> Result<GaussianNb, InputError> {
    todo!()
}

/// The predictions of Gaussian naive Bayes: the class with the highest posterior probability for each sample.
///
/// ```formula
/// score꜀ = ln prior꜀ − ½·Σⱼ (ln 2πv꜀ⱼ + (xⱼ − μ꜀ⱼ)² / v꜀ⱼ)
/// ```
///
/// The score is the logarithm of prior times likelihood, the *joint log-likelihood*. Where several classes have the
/// highest score, the first of the model's classes wins.
///
/// * `model`: a model as [`gaussian_nb_fit`] returns it: at least one class, variances above 0.
/// * `x`: m×d features, finite; m may be 0.
/// * Returns m predicted labels, each one of the model's classes.
///
/// # Errors
///
/// * [`InputError::ShapeMismatch`] unless `x` has one column per feature of the model; `left` is the shape of its
///   means;
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
/// In Python: `sklearn.naive_bayes.GaussianNB().fit(x_train, y_train).predict(x)`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §6.6.3.
pub fn gaussian_nb_predict(model: &GaussianNb, x: &Matrix) -> Result<Vec<usize>, InputError> {
    todo!()
}
