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
    check_centers(x, centers)?;
    Ok((0..x.rows()).map(|i| nearest(x.row(i), centers).1).sum())
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
    check_points("x", x)?;
    check::in_range("k", k as f64, (1..=x.rows()).contains(&k), "1 to the number of points")?;
    let mut chosen = vec![generator.below(x.rows())];
    let mut squares = vec![f64::INFINITY; x.rows()];
    while chosen.len() < k {
        let last = x.row(chosen[chosen.len() - 1]);
        for (i, square) in squares.iter_mut().enumerate() {
            *square = square.min(squared_distance(x.row(i), last));
        }
        chosen.push(draw(&squares, generator));
    }
    Ok(Matrix::from_fn(k, x.cols(), |j, feature| x[(chosen[j], feature)]))
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
    check_centers(x, centers)?;
    let labels: Vec<usize> = (0..x.rows()).map(|i| nearest(x.row(i), centers).0).collect();
    let mut counts = vec![0.0; centers.rows()];
    labels.iter().for_each(|&label| counts[label] += 1.0);
    let mut means = Matrix::zeros(centers.rows(), x.cols());
    for (i, &label) in labels.iter().enumerate() {
        x.row(i).iter().enumerate().for_each(|(feature, value)| means[(label, feature)] += value);
    }
    let mean = |j: usize, feature: usize| {
        if counts[j] > 0.0 { means[(j, feature)] / counts[j] } else { centers[(j, feature)] }
    };
    let centers = Matrix::from_fn(centers.rows(), x.cols(), mean);
    Ok((labels, centers))
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
    check::in_range("starts", starts as f64, starts >= 1, "at least 1")?;
    let mut best = converged(x, kmeans_plus_plus(x, k, generator)?)?;
    for _ in 1..starts {
        let other = converged(x, kmeans_plus_plus(x, k, generator)?)?;
        if other.inertia < best.inertia {
            best = other;
        }
    }
    Ok(best)
}

/// Lloyd's steps from these centers on.
fn converged(x: &Matrix, centers: Matrix) -> Result<Clustering, InputError> {
    const MOST_STEPS: usize = 300;

    let (mut labels, mut centers) = lloyd_step(x, &centers)?;
    for _ in 1..MOST_STEPS {
        let before = labels;
        (labels, centers) = lloyd_step(x, &centers)?;
        if labels == before {
            break;
        }
    }
    let inertia = labels.iter().enumerate().map(|(i, &j)| squared_distance(x.row(i), centers.row(j))).sum();
    Ok(Clustering { labels, centers, inertia })
}

/// The checks that all katas of points share.
pub(super) fn check_points(name: &'static str, points: &Matrix) -> Result<(), InputError> {
    check::at_least(1, points.rows().min(points.cols()))?;
    check::finite(name, points.as_slice())?;
    check::all_in_range(name, points.as_slice(), |value| value.abs() <= 1e150, "at most 10¹⁵⁰ in size")
}

fn check_centers(x: &Matrix, centers: &Matrix) -> Result<(), InputError> {
    check::same_columns(x.shape(), centers.shape())?;
    check_points("x", x)?;
    check_points("centers", centers)
}

/// ‖a − b‖².
pub(super) fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b) * (a - b)).sum()
}

/// The number of the nearest center, the first of several, and the squared distance to it.
fn nearest(point: &[f64], centers: &Matrix) -> (usize, f64) {
    let first = (0, squared_distance(point, centers.row(0)));
    (1..centers.rows())
        .map(|j| (j, squared_distance(point, centers.row(j))))
        .fold(first, |best, other| if other.1 < best.1 { other } else { best })
}

/// Draws a place with probabilities proportional to these weights; uniformly, if all are 0.
fn draw(weights: &[f64], generator: &mut Generator) -> usize {
    let total: f64 = weights.iter().sum();
    if total == 0.0 {
        return generator.below(weights.len());
    }
    let mut left = generator.uniform() * total;
    let passed = |weight: &f64| {
        left -= weight;
        left < 0.0
    };
    // Rounding may leave a little at the end: then it is the last one that can be drawn.
    let last = weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0);
    weights.iter().position(passed).unwrap_or(last)
}
