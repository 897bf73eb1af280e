//! Clusters of any shape, where points are dense, and noise between them.

use kit::{InputError, Matrix, check};

/// Finds clusters as connected dense regions (DBSCAN).
///
/// * The *neighbors* of a point are all points at a Euclidean distance of at most ε, the point itself included.
/// * A *core point* has at least `min_points` neighbors.
/// * Core points that are neighbors are in one cluster, and so are all that are connected through such pairs.
/// * A *border point* is no core point but a neighbor of one: it is in the cluster of such a core point; if those are in
///   several clusters, in any of them.
/// * All other points are *noise*.
///
/// * `x`: n×d points, n and d at least 1, no entry above 10¹⁵⁰ in size. Distances must not lose their digits to cancellation
///   where points nearly coincide, as √(‖a‖² − 2a·b + ‖b‖²) does.
/// * `eps`: ε, a finite number > 0. `min_points`: at least 1.
/// * Returns for each point the number of its cluster, or `None` for noise. The numbers are 0 to m − 1 for m clusters, in
///   any order.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no point or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"x"` and the first entry that is above 10¹⁵⁰ in size, with `"eps"` unless it is
///   a finite number > 0, or with `"min_points"` if it is 0.
///
/// ```
/// # use katas::x2_clustering::dbscan::dbscan;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0], [1.0], [2.0], [9.0]]);
/// assert_eq!(dbscan(&x, 1.0, 3), Ok(vec![Some(0), Some(0), Some(0), None]));
/// ```
///
/// In Python: `sklearn.cluster.DBSCAN(eps=eps, min_samples=min_points).fit(x).labels_`, where noise is −1.
///
/// Source: Ester, Kriegel, Sander and Xu, *A Density-Based Algorithm for Discovering Clusters in Large Spatial Databases with
/// Noise*, KDD (1996), §3.
pub fn dbscan(x: &Matrix, eps: f64, min_points: usize) -> Result<Vec<Option<usize>>, InputError> {
    todo!()
}
