//! Synthetic data sets for regression and classification, and the split into training set and test set.

use std::f64::consts::{PI, TAU};

use kit::{Generator, InputError, Matrix, check};

/// A random regression problem: targets are a linear function of the features plus Gaussian noise.
///
/// ```formula
/// yᵢ = xᵢ·w + b + σ·eᵢ
/// ```
///
/// Every entry of x is drawn uniformly from \[−1, 1), every eᵢ from the standard normal distribution, all
/// independently.
///
/// * `n`: the number of samples, at least 1. `w`: the true weights, one per feature, at least one. `b`: the true
///   intercept (bias).
/// * `noise`: σ ≥ 0, the standard deviation of the noise; 0 gives exact data.
/// * `generator`: the random number generator. The same state gives the same data; its state advances with every
///   number drawn, so that the next call draws other numbers.
/// * Returns (x, y): the n×d feature matrix and n targets.
///
/// # Errors
///
/// * [`InputError::TooFew`] if n = 0 or `w` is empty;
/// * [`InputError::NotFinite`] with `name` `"w"`, `"b"` or `"noise"` and the first `index`;
/// * [`InputError::OutOfRange`] with `name` `"noise"` if it is negative.
///
/// ```
/// # use katas::m04_ml_from_scratch::data::make_linear;
/// let (x, y) = make_linear(5, &[2.0], 1.0, 0.0, &mut kit::Generator::from_seed(1))?;
/// assert_eq!(x.shape(), (5, 1));
/// assert_eq!(y[4], 2.0 * x[(4, 0)] + 1.0);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.datasets.make_regression(n_samples=n, n_features=d, noise=sigma)`; there the features are
/// standard normal and the weights random.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §3.2.
pub fn make_linear(
    n: usize,
    w: &[f64],
    b: f64,
    noise: f64,
    generator: &mut Generator,
) -> Result<(Matrix, Vec<f64>), InputError> {
    todo!()
}

/// Isotropic Gaussian clusters for classification: one cluster (blob) per class, normally distributed around its
/// center.
///
/// * `n`: the number of points per class, at least 1. `centers`: k×d, one center per row, at least one.
/// * `deviation`: σ ≥ 0, the standard deviation of each coordinate, independent of all others.
/// * `generator`: the random number generator. The same state gives the same data; its state advances with every
///   number drawn, so that the next call draws other numbers.
/// * Returns (x, y): the k·n×d feature matrix, class after class, and the labels: n times 0, n times 1, …
///
/// # Errors
///
/// * [`InputError::TooFew`] if n = 0 or there is no center;
/// * [`InputError::NotFinite`] with `name` `"centers"` or `"deviation"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"deviation"` if it is negative.
///
/// ```
/// # use katas::m04_ml_from_scratch::data::make_blobs;
/// # use kit::{Generator, Matrix};
/// let centers = Matrix::from_rows([[0.0, 0.0], [5.0, 5.0]]);
/// let (x, y) = make_blobs(2, &centers, 0.0, &mut Generator::from_seed(1))?;
/// assert_eq!((x.row(3), y), (&[5.0, 5.0][..], vec![0, 0, 1, 1]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.datasets.make_blobs(n_samples=[n] * k, centers=centers, cluster_std=sigma, shuffle=False)`;
/// there the samples are shuffled by default.
///
/// Source: Bishop, *Pattern Recognition and Machine Learning*, §2.3.9 (mixtures of Gaussians).
pub fn make_blobs(
    n: usize,
    centers: &Matrix,
    deviation: f64,
    generator: &mut Generator,
) -> Result<(Matrix, Vec<usize>), InputError> {
    todo!()
}

/// Two interleaving half circles (moons): a binary classification problem that is not linearly separable.
///
/// ```text
/// class 0: (cos t, sin t)        class 1: (1 − cos t, ½ − sin t)
/// ```
///
/// with t drawn uniformly from \[0, π) for each point. Gaussian noise with the standard deviation σ is added to each
/// coordinate; all draws are independent.
///
/// * `n`: the number of points per class, at least 1. `noise`: σ ≥ 0, the standard deviation of the noise. From the
///   same state, for any σ above 0, it is σ times the same standard normal numbers.
/// * `generator`: the random number generator. The same state gives the same data; its state advances with every
///   number drawn, so that the next call draws other numbers.
/// * Returns (x, y): the 2n×2 feature matrix and the labels: n times 0, then n times 1.
///
/// # Errors
///
/// * [`InputError::TooFew`] if n = 0;
/// * [`InputError::NotFinite`] with `name` `"noise"`;
/// * [`InputError::OutOfRange`] with `name` `"noise"` if it is negative.
///
/// ```
/// # use katas::m04_ml_from_scratch::data::make_moons;
/// let (x, y) = make_moons(10, 0.0, &mut kit::Generator::from_seed(1))?;
/// assert_eq!((x.shape(), y[9], y[10]), ((20, 2), 0, 1));
/// assert!((x[(0, 0)].hypot(x[(0, 1)]) - 1.0).abs() < 1e-14);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.datasets.make_moons(n_samples=(n, n), noise=sigma, shuffle=False)`; there the angles are
/// evenly spaced, and the samples are shuffled by default.
///
/// Source: Pedregosa et al., *Scikit-learn: Machine Learning in Python*, JMLR 12 (2011), whose `make_moons` spaces t
/// evenly.
pub fn make_moons(
    n: usize,
    noise: f64,
    generator: &mut Generator,
) -> Result<(Matrix, Vec<usize>), InputError> {
    todo!()
}

/// Holdout: splits a data set at random into a training set and a test set.
///
/// Of n samples, ⌊s·n + ½⌋ go into the test set, but at least one, and at least one is left for training. Every
/// subset of that size is equally likely to be the test set.
///
/// * `x`: n×d features. `y`: n targets or labels. Their values are not inspected: a NaN stays with its sample.
/// * `test_size`: s, the fraction of samples in the test set, more than 0 and less than 1.
/// * `generator`: the random number generator. The same state gives the same split; its state advances with every
///   number drawn, so that the next split is independent of this one.
/// * Returns \[training set, test set\], each as features and targets. The order within each is not specified.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless x has one row per target; `left` is the number of rows;
/// * [`InputError::TooFew`] if there are fewer than two samples;
/// * [`InputError::NotFinite`] with `name` `"test_size"`;
/// * [`InputError::OutOfRange`] with `name` `"test_size"` unless it is above 0 and below 1.
///
/// ```
/// # use katas::m04_ml_from_scratch::data::train_test_split;
/// # use kit::{Generator, Matrix};
/// let x = Matrix::from_fn(8, 1, |i, _| i as f64);
/// let [(x_train, y_train), (x_test, _)] = train_test_split(&x, &[0.5; 8], 0.25, &mut Generator::from_seed(1))?;
/// assert_eq!((x_train.rows(), x_test.rows(), y_train.len()), (6, 2, 6));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.model_selection.train_test_split(x, y, test_size=s)`; there the size of the test set is ⌈s·n⌉.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §7.2.
pub fn train_test_split(
    x: &Matrix,
    y: &[f64],
    test_size: f64,
    generator: &mut Generator,
) -> Result<[(Matrix, Vec<f64>); 2], InputError> {
    todo!()
}
