//! Gaussian mixtures: soft clusters, each with a shape of its own, fitted by expectation and maximization (EM).

use kit::{Generator, InputError, Matrix, check};

/// A mixture of k Gaussians in d dimensions.
#[derive(Debug, Clone, PartialEq)]
pub struct Mixture {
    /// The k weights: how large a part of the points comes from each component. They sum to 1.
    pub weights: Vec<f64>,
    /// k×d: one mean per row.
    pub means: Matrix,
    /// k covariance matrices, d×d.
    pub covariances: Vec<Matrix>,
}

/// What one step of EM gives.
#[derive(Debug, Clone, PartialEq)]
pub struct EmStep {
    /// n×k: the probability that point i comes from component j of the mixture before the step.
    pub responsibilities: Matrix,
    /// The mean log-likelihood of the points under the mixture before the step.
    pub log_likelihood: f64,
    /// The mixture after the step.
    pub mixture: Mixture,
}

/// One step of EM: how likely each point comes from each component (E), then each component fitted to its points (M).
///
/// E, with the weights πⱼ and the densities pⱼ of the mixture:
///
/// ```formula
/// rᵢⱼ = πⱼ·pⱼ(xᵢ) / Σₗ πₗ·pₗ(xᵢ)   log L = (1/n)·Σᵢ log Σₗ πₗ·pₗ(xᵢ)
/// ```
///
/// M, with Nⱼ = Σᵢ rᵢⱼ, the regularization λ and the identity I:
///
/// ```formula
/// πⱼ = Nⱼ/n   μⱼ = (1/Nⱼ)·Σᵢ rᵢⱼ·xᵢ
/// Σⱼ = (1/Nⱼ)·Σᵢ rᵢⱼ·(xᵢ − μⱼ)(xᵢ − μⱼ)ᵀ + λ·I
/// ```
///
/// Even where all pⱼ(xᵢ) underflow to 0, the responsibilities sum to 1, and the log-likelihood is finite. Covariances must not
/// lose their digits to cancellation where the means are large, as Σᵢ rᵢⱼ·xᵢxᵢᵀ/Nⱼ − μⱼμⱼᵀ does. A component with Nⱼ = 0 gets the
/// weight 0 and keeps its mean and covariance.
///
/// * `x`: n×d points, n and d at least 1, no entry above 10¹⁵⁰ in size.
/// * `mixture`: k components, k at least 1; the weights are at least 0 and sum to 1, up to 10⁻⁶.
/// * `regularization`: λ, finite and at least 0. It keeps covariances from becoming singular.
/// * Returns responsibilities and mean log-likelihood (natural logarithm) under the given mixture, and the new mixture, whose
///   covariances are symmetric to the last bit.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no point, no feature or no component;
/// * [`InputError::LengthMismatch`] unless there is one mean and one covariance per weight; `left` is the number of weights;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index`, in row-major order, or with `"weights"`;
/// * [`InputError::OutOfRange`] with `name` `"x"` and the first entry that is above 10¹⁵⁰ in size, with `"weights"` and the first
///   negative one, or else their sum, or with `"regularization"`;
/// * those of [`gaussian_log_density`](super::density::gaussian_log_density) for a mean or a covariance.
///
/// ```
/// # use katas::x2_clustering::mixture::{Mixture, em_step};
/// # use kit::Matrix;
/// let one = Matrix::from_rows([[1.0]]);
/// let means = Matrix::from_rows([[0.0], [8.0]]);
/// let mixture = Mixture { weights: vec![0.5, 0.5], means, covariances: vec![one.clone(), one] };
/// let step = em_step(&Matrix::from_rows([[4.0], [1000.0]]), &mixture, 0.0)?;
/// assert!((step.responsibilities[(0, 1)] - 0.5).abs() < 1e-12);
/// assert!((step.responsibilities[(1, 1)] - 1.0).abs() < 1e-12);
/// assert!((step.mixture.weights[1] - 0.75).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `model.predict_proba(x)` and `model.score(x)` of a `sklearn.mixture.GaussianMixture`; its `reg_covar` is λ.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §9.2.2, equations 9.23 to 9.28.
pub fn em_step(x: &Matrix, mixture: &Mixture, regularization: f64) -> Result<EmStep, InputError> {
    todo!()
}

/// Fits a mixture of k Gaussians: starts from k-means, then some steps of EM.
///
/// The start is the clustering of [`kmeans`](super::kmeans::kmeans) with a single start, as responsibilities: 1 for the
/// cluster of a point, 0 for the others. The M part of [`em_step`] makes the first mixture of them; a cluster without points has the weight 0, its
/// center as the mean and the covariance (1 + λ)·I. Then follow `steps` steps.
///
/// * `x`: n×d points, n and d at least 1, no entry above 10¹⁵⁰ in size. `k`: the number of components, 1 to n.
/// * `regularization`: λ, finite and at least 0, added to the diagonal of each covariance each time; with 0, a cluster in a
///   subspace has a singular covariance.
/// * `steps`: how many steps of EM, 0 or more.
/// * `generator`: the random number generator; nothing but k-means draws from it.
/// * Returns the mixture after the last step.
///
/// # Errors
///
/// * Those of [`kmeans`](super::kmeans::kmeans);
/// * [`InputError::OutOfRange`] with `name` `"regularization"`;
/// * [`InputError::NotPositiveDefinite`] with `name` `"covariance"` if a step meets a covariance that is not.
///
/// ```
/// # use katas::x2_clustering::mixture::gaussian_mixture;
/// # use kit::{Generator, Matrix};
/// let x = Matrix::from_rows([[1.0], [3.0]]);
/// let mixture = gaussian_mixture(&x, 1, 0.5, 3, &mut Generator::from_seed(1))?;
/// assert!((mixture.means[(0, 0)] - 2.0).abs() < 1e-12);
/// assert!((mixture.covariances[0][(0, 0)] - 1.5).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.mixture.GaussianMixture(k, reg_covar=regularization, max_iter=steps, tol=0).fit(x)`: `weights_`,
/// `means_`, `covariances_`.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §9.2.2.
pub fn gaussian_mixture(
    x: &Matrix,
    k: usize,
    regularization: f64,
    steps: usize,
    generator: &mut Generator,
) -> Result<Mixture, InputError> {
    todo!()
}
