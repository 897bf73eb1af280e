//! How well a clustering fits: to the points themselves, and to labels that somebody knows.

use kit::{InputError, Matrix, check};

/// The silhouette of each point: whether it is nearer to its own cluster than to the next one.
///
/// With a, the mean distance to the other points of its cluster, and b, the smallest mean distance to the points of another
/// cluster:
///
/// ```formula
/// s = (b − a) / max(a, b)
/// ```
///
/// * `x`: n×d points, n and d at least 1, no entry above 10¹⁵⁰ in size. Distances are Euclidean; they must not lose their
///   digits to cancellation where points nearly coincide, as √(‖a‖² − 2a·b + ‖b‖²) does.
/// * `labels`: the cluster of each point, any numbers, at least two different ones.
/// * Returns s for each point, from −1 (nearer to another cluster) to 1. It is 0 for a point that is alone in its cluster,
///   and where a and b are both 0. The silhouette of the whole clustering is the mean.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per point; `left` is the number of points;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no point or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"x"` and the first entry that is above 10¹⁵⁰ in size;
/// * [`InputError::Constant`] with `name` `"labels"` if there is only one cluster.
///
/// ```
/// # use katas::x2_clustering::silhouette::silhouette;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0], [2.0], [4.0]]);
/// assert_eq!(silhouette(&x, &[5, 5, 2]), Ok(vec![0.5, 0.0, 0.0]));
/// ```
///
/// In Python: `sklearn.metrics.silhouette_samples(x, labels)`; the mean is `sklearn.metrics.silhouette_score(x, labels)`.
///
/// Source: Rousseeuw, *Silhouettes: a Graphical Aid to the Interpretation and Validation of Cluster Analysis*, Journal of
/// Computational and Applied Mathematics 20 (1987), §2.
pub fn silhouette(x: &Matrix, labels: &[usize]) -> Result<Vec<f64>, InputError> {
    todo!()
}

/// The adjusted Rand index of two clusterings of the same points: how much they agree, beyond chance.
///
/// It counts pairs of points. With nᵤᵥ points in cluster u of the one and v of the other, aᵤ and bᵥ points in each, n points
/// in all, and the number of pairs C(m) = m·(m − 1)/2:
///
/// ```formula
/// S = Σᵤᵥ C(nᵤᵥ)   A = Σᵤ C(aᵤ)   B = Σᵥ C(bᵥ)   E = A·B / C(n)
/// R = (S − E) / ((A + B)/2 − E)
/// ```
///
/// * `first`, `second`: n labels each, n at least 1; any numbers.
/// * Returns R: 1 if both divide the points in the same way, whatever the numbers; 0 on average for random labels; it may be
///   negative. Where the denominator is 0, both have a single cluster, or both one per point: then it is 1.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] if the lengths differ;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no label.
///
/// ```
/// # use katas::x2_clustering::silhouette::adjusted_rand_index;
/// assert_eq!(adjusted_rand_index(&[0, 0, 1, 1], &[7, 7, 3, 3]), Ok(1.0));
/// let crossed = adjusted_rand_index(&[0, 0, 1, 1], &[7, 3, 7, 3])?;
/// assert!((crossed + 0.5).abs() < 1e-12);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.metrics.adjusted_rand_score(first, second)`.
///
/// Source: Hubert and Arabie, *Comparing Partitions*, Journal of Classification 2 (1985), equation 5.
pub fn adjusted_rand_index(first: &[usize], second: &[usize]) -> Result<f64, InputError> {
    todo!()
}
