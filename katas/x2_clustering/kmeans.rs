//! k-means: k centers, and each point belongs to the nearest one.

use kit::{Generator, InputError, Matrix, check};

/// Points divided among k centers.
#[derive(Debug, Clone, PartialEq)]
pub struct Clustering {
    /// For each point the number of its cluster, 0 to k − 1.
    pub labels: Vec<usize>,
    /// k×d: one center per row.
    pub centers: Matrix,
    /// The sum of the squared distances from each point to the center of its cluster.
    pub inertia: f64,
}

/// The inertia of points: the sum of their squared distances to the nearest of k centers.
///
/// ```formula
/// J = Σᵢ minⱼ ‖xᵢ − cⱼ‖²
/// ```
///
/// Differences are taken before squares: as ‖x‖² − 2x·c + ‖c‖² the distances of points far from the origin would lose their
/// digits to cancellation.
///
/// * `x`: n×d points, n and d at least 1. `centers`: k×d, k at least 1. No entry is above 10¹⁵⁰ in size, so that squares
///   are finite.
/// * Returns J, at least 0.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no point, no feature or no center;
/// * [`InputError::ShapeMismatch`] unless x and the centers have the same number of columns; `left` is the shape of x;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"centers"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with such a name and the first entry that is above 10¹⁵⁰ in size.
///
/// ```
/// # use katas::x2_clustering::kmeans::inertia;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0, 0.0], [0.0, 2.0], [7.0, 1.0]]);
/// assert_eq!(inertia(&x, &Matrix::from_rows([[0.0, 1.0], [5.0, 1.0]])), Ok(6.0));
/// ```
///
/// In Python: `(scipy.spatial.distance.cdist(x, centers) ** 2).min(axis=1).sum()`; `inertia_` of a fitted
/// `sklearn.cluster.KMeans`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §14.3.6.
pub fn inertia(x: &Matrix, centers: &Matrix) -> Result<f64, InputError> {
    todo!()
}

/// Draws k starting centers from the points, far from each other (k-means++).
///
/// The first center is a point drawn uniformly. Each further one is a point drawn with a probability that is proportional
/// to D², its squared distance to the nearest center drawn so far. Where D² is 0 for all points, it is drawn uniformly. Points
/// that nearly coincide are different points: as ‖x‖² − 2x·c + ‖c‖² their D² would lose its digits to cancellation.
///
/// * `x`: n×d points, n and d at least 1, no entry above 10¹⁵⁰ in size. `k`: the number of centers, 1 to n.
/// * `generator`: the random number generator. The same state gives the same centers; its state advances with every
///   number drawn, so that the next call gives centers that are independent of these.
/// * Returns k×d: the centers, each a row of x, in the order in which they were drawn.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if there is no point or no feature;
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"x"` and the first entry that is above 10¹⁵⁰ in size, or with `"k"` unless
///   it is 1 to n.
///
/// ```
/// # use katas::x2_clustering::kmeans::kmeans_plus_plus;
/// # use kit::{Generator, Matrix};
/// let x = Matrix::from_rows([[3.0], [3.0], [8.0]]);
/// let centers = kmeans_plus_plus(&x, 2, &mut Generator::from_seed(1))?;
/// assert_eq!(centers[(0, 0)] + centers[(1, 0)], 11.0);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.cluster.kmeans_plusplus(x, k, n_local_trials=1)`.
///
/// Source: Arthur and Vassilvitskii, *k-means++: The Advantages of Careful Seeding*, SODA (2007), §2.2.
pub fn kmeans_plus_plus(x: &Matrix, k: usize, generator: &mut Generator) -> Result<Matrix, InputError> {
    todo!()
}

/// One step of Lloyd's algorithm: each point goes to the nearest center, then each center to the mean of its points.
///
/// * `x`: n×d points, n and d at least 1. `centers`: k×d, k at least 1. No entry is above 10¹⁵⁰ in size.
/// * Returns for each point the number of the nearest of the *given* centers, of several equally near ones any; and the
///   new centers, k×d, in the same order: the means of the points with that number. A center without points stays where it
///   is.
///
/// # Errors
///
/// Those of [`inertia`].
///
/// ```
/// # use katas::x2_clustering::kmeans::lloyd_step;
/// # use kit::Matrix;
/// let x = Matrix::from_rows([[0.0, 0.0], [0.0, 2.0], [7.0, 1.0]]);
/// let centers = Matrix::from_rows([[1.0, 1.0], [9.0, 1.0], [50.0, 50.0]]);
/// let means = Matrix::from_rows([[0.0, 1.0], [7.0, 1.0], [50.0, 50.0]]);
/// assert_eq!(lloyd_step(&x, &centers), Ok((vec![0, 0, 1], means)));
/// ```
///
/// In Python: `sklearn.cluster.KMeans(len(centers), init=centers, n_init=1, max_iter=1).fit(x).cluster_centers_`; there a
/// center without points moves to a point far from its own.
///
/// Source: Lloyd, *Least Squares Quantization in PCM*, IEEE Transactions on Information Theory 28 (1982), method I.
pub fn lloyd_step(x: &Matrix, centers: &Matrix) -> Result<(Vec<usize>, Matrix), InputError> {
    todo!()
}

/// Divides points into k clusters such that the inertia is small (k-means).
///
/// Each start draws its centers with [`kmeans_plus_plus`] and repeats [`lloyd_step`] until a step gives the same labels as
/// the step before it, at most 300 steps. Of several starts the clustering with the lowest inertia counts.
///
/// * `x`: n×d points, n and d at least 1, no entry above 10¹⁵⁰ in size. `k`: the number of clusters, 1 to n.
/// * `starts`: how many starts, at least 1, each with new numbers from the generator.
/// * `generator`: the random number generator. The same state gives the same clustering; its state advances with every
///   number drawn, so that the next call gives a clustering that is independent of this one.
/// * Returns labels and centers of the last step of the best start, and their inertia: each center is the mean of its
///   points, and (unless 300 steps were too few) each point belongs to the nearest center. A cluster may be empty if there
///   are fewer than k different points.
///
/// # Errors
///
/// Those of [`kmeans_plus_plus`], and [`InputError::OutOfRange`] with `name` `"starts"` if it is 0.
///
/// ```
/// # use katas::x2_clustering::kmeans::kmeans;
/// # use kit::{Generator, Matrix};
/// let x = Matrix::from_rows([[1.0], [3.0], [70.0], [72.0]]);
/// let found = kmeans(&x, 2, 5, &mut Generator::from_seed(1))?;
/// assert_eq!(found.inertia, 4.0);
/// assert!(found.labels[0] == found.labels[1] && found.labels[1] != found.labels[2]);
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.cluster.KMeans(k, n_init=starts).fit(x)`: `labels_`, `cluster_centers_`, `inertia_`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §14.3.6, algorithm 14.1.
pub fn kmeans(
    x: &Matrix,
    k: usize,
    starts: usize,
    generator: &mut Generator,
) -> Result<Clustering, InputError> {
    todo!()
}
