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
    super::kmeans::check_points("x", x)?;
    let (n, k) = (x.rows(), mixture.weights.len());
    check::at_least(1, k)?;
    check::same_length(k, mixture.means.rows())?;
    check::same_length(k, mixture.covariances.len())?;
    check::finite("weights", &mixture.weights)?;
    check::all_in_range("weights", &mixture.weights, |weight| weight >= 0.0, "at least 0")?;
    let sum: f64 = mixture.weights.iter().sum();
    check::in_range("weights", sum, (sum - 1.0).abs() <= 1e-6, "a sum of 1")?;
    check_regularization(regularization)?;
    let mut responsibilities = Matrix::zeros(n, k);
    for (j, weight) in mixture.weights.iter().enumerate() {
        let log_p = super::density::gaussian_log_density(x, mixture.means.row(j), &mixture.covariances[j])?;
        log_p.iter().enumerate().for_each(|(i, log_p)| responsibilities[(i, j)] = weight.ln() + log_p);
    }
    let mut log_likelihood = 0.0;
    for i in 0..n {
        // The largest term is taken out: what is left does not underflow as a whole.
        let largest = responsibilities.row(i).iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = responsibilities.row(i).iter().map(|log| (log - largest).exp()).sum();
        let total = largest + sum.ln();
        (0..k).for_each(|j| responsibilities[(i, j)] = (responsibilities[(i, j)] - total).exp());
        log_likelihood += total / n as f64;
    }
    let mixture = maximized(x, &responsibilities, regularization, mixture);
    Ok(EmStep { responsibilities, log_likelihood, mixture })
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
    check_regularization(regularization)?;
    let start = super::kmeans::kmeans(x, k, 1, generator)?;
    let belongs = |i: usize, j: usize| if start.labels[i] == j { 1.0 } else { 0.0 };
    let unit = Matrix::from_fn(x.cols(), x.cols(), |a, b| if a == b { 1.0 + regularization } else { 0.0 });
    let empty = Mixture { weights: vec![0.0; k], means: start.centers, covariances: vec![unit; k] };
    let first = maximized(x, &Matrix::from_fn(x.rows(), k, belongs), regularization, &empty);
    (0..steps).try_fold(first, |mixture, _| Ok(em_step(x, &mixture, regularization)?.mixture))
}

fn check_regularization(value: f64) -> Result<(), InputError> {
    let holds = value.is_finite() && value >= 0.0;
    check::in_range("regularization", value, holds, "a finite number ≥ 0")
}

/// The mixture that fits the points best, given where each comes from.
fn maximized(x: &Matrix, responsibilities: &Matrix, regularization: f64, before: &Mixture) -> Mixture {
    let (n, d) = x.shape();
    let mut after = before.clone();
    for j in 0..before.weights.len() {
        let r: Vec<f64> = (0..n).map(|i| responsibilities[(i, j)]).collect();
        let total: f64 = r.iter().sum();
        after.weights[j] = total / n as f64;
        if total == 0.0 {
            continue;
        }
        for a in 0..d {
            after.means[(j, a)] = (0..n).map(|i| r[i] * x[(i, a)]).sum::<f64>() / total;
        }
        let deviation = |i: usize, a: usize| x[(i, a)] - after.means[(j, a)];
        for a in 0..d {
            for b in a..d {
                let sum: f64 = (0..n).map(|i| r[i] * deviation(i, a) * deviation(i, b)).sum();
                let entry = sum / total + if a == b { regularization } else { 0.0 };
                after.covariances[j][(a, b)] = entry;
                after.covariances[j][(b, a)] = entry;
            }
        }
    }
    after
}
