//! Pictures of a clustering, and of how many clusters there may be.

use kit::figure::{Figure, Layer};
use kit::{InputError, Matrix, check};

/// The points of each cluster in the plane, with noise and with the number of the cluster at its mean.
///
/// * `x`: n×2 points, n at least 1, no entry above 10¹⁵⁰ in size. `names`: what the two features are.
/// * `labels`: for each point its cluster, any number, or `None` for noise.
/// * Returns a figure with the title `Clusters`, the names as axes, and these layers:
///   1. For each cluster, the lowest number first, `Points` with the label `cluster {number}`: its points in the order of x.
///   2. `Points` with the label `noise` for those without a cluster, if there are any.
///   3. For each cluster, the lowest number first, a `Note` with its number at the mean of its points.
///
/// # Errors
///
/// * [`InputError::LengthMismatch`] unless there is one label per point; `left` is the number of points;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no point;
/// * [`InputError::ShapeMismatch`] unless x has two columns; `left` is its shape and `right` is (n, 2);
/// * [`InputError::NotFinite`] with `name` `"x"` and the first `index`, in row-major order;
/// * [`InputError::OutOfRange`] with `name` `"x"` and the first entry that is above 10¹⁵⁰ in size.
///
/// ```
/// # use katas::x2_clustering::figures::cluster_figure;
/// # use kit::Matrix;
/// # use kit::figure::Layer;
/// let x = Matrix::from_rows([[1.0, 5.0], [8.0, 8.0], [3.0, 7.0]]);
/// let figure = cluster_figure(&x, &[Some(4), None, Some(4)], ["length", "width"])?;
/// assert_eq!(figure.layers[1], Layer::Points { label: "noise".to_owned(), at: vec![[8.0, 8.0]] });
/// assert_eq!(figure.layers[2], Layer::Note { at: [2.0, 6.0], text: "4".to_owned() });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `matplotlib.pyplot.scatter(x[:, 0], x[:, 1], c=labels)`.
///
/// Source: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd ed., §14.3, figure 14.6.
pub fn cluster_figure(x: &Matrix, labels: &[Option<usize>], names: [&str; 2]) -> Result<Figure, InputError> {
    check::same_length(x.rows(), labels.len())?;
    check::at_least(1, x.rows())?;
    check::same_shape(x.shape(), (x.rows(), 2))?;
    super::kmeans::check_points("x", x)?;
    let points_of = |label: Option<usize>| -> Vec<[f64; 2]> {
        let rows = (0..x.rows()).filter(|&i| labels[i] == label);
        rows.map(|i| [x[(i, 0)], x[(i, 1)]]).collect()
    };
    let mut clusters: Vec<usize> = labels.iter().copied().flatten().collect();
    clusters.sort_unstable();
    clusters.dedup();
    let mut figure = Figure::new("Clusters", names[0], names[1]);
    for &cluster in &clusters {
        figure =
            figure.with(Layer::Points { label: format!("cluster {cluster}"), at: points_of(Some(cluster)) });
    }
    let noise = points_of(None);
    if !noise.is_empty() {
        figure = figure.with(Layer::Points { label: "noise".to_owned(), at: noise });
    }
    for cluster in clusters {
        let points = points_of(Some(cluster));
        let mean = |axis: usize| points.iter().map(|point| point[axis]).sum::<f64>() / points.len() as f64;
        figure = figure.with(Layer::Note { at: [mean(0), mean(1)], text: cluster.to_string() });
    }
    Ok(figure)
}

/// The inertia against the number of clusters, and where the curve stops falling fast: the elbow.
///
/// The *elbow* is the number of clusters whose point lies lowest below the straight line from the first to the last point of
/// the curve, in units of inertia.
///
/// * `inertias`: the inertia with 1, 2, 3, … clusters; at least 2 numbers, finite and at least 0.
/// * Returns a figure with the title `Elbow`, the axes `number of clusters` and `inertia`, and these layers:
///   1. A `Line` without a label through (1, J₁), (2, J₂), …
///   2. `Points` without a label at the same places.
///   3. `Points` with the label `elbow: {k} clusters`: one point, the elbow; of several that lie equally low any. This layer
///      is missing if no point lies below the straight line. Where the distance is within rounding of 0, either is right.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 2 if there are fewer than 2;
/// * [`InputError::NotFinite`] with `name` `"inertias"`;
/// * [`InputError::OutOfRange`] with `name` `"inertias"` and the first negative one.
///
/// ```
/// # use katas::x2_clustering::figures::elbow_figure;
/// # use kit::figure::Layer;
/// let figure = elbow_figure(&[90.0, 30.0, 10.0, 6.0])?;
/// let label = "elbow: 2 clusters".to_owned();
/// assert_eq!(figure.layers[2], Layer::Points { label, at: vec![[2.0, 30.0]] });
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `matplotlib.pyplot.plot(range(1, len(inertias) + 1), inertias, marker="o")`.
///
/// Source: Thorndike, *Who Belongs in the Family?*, Psychometrika 18 (1953), figure 1.
pub fn elbow_figure(inertias: &[f64]) -> Result<Figure, InputError> {
    check::at_least(2, inertias.len())?;
    check::finite("inertias", inertias)?;
    check::all_in_range("inertias", inertias, |inertia| inertia >= 0.0, "a number ≥ 0")?;
    let points: Vec<[f64; 2]> = inertias.iter().enumerate().map(|(i, j)| [(i + 1) as f64, *j]).collect();
    let last = inertias.len() - 1;
    let below = |i: usize| {
        let t = i as f64 / last as f64;
        (1.0 - t) * inertias[0] + t * inertias[last] - inertias[i]
    };
    let figure = Figure::new("Elbow", "number of clusters", "inertia")
        .with(Layer::Line { label: String::new(), through: points.clone() })
        .with(Layer::Points { label: String::new(), at: points.clone() });
    let elbow = (1..last).fold(0, |best, i| if below(i) > below(best).max(0.0) { i } else { best });
    if elbow == 0 {
        return Ok(figure);
    }
    let label = format!("elbow: {} clusters", elbow + 1);
    Ok(figure.with(Layer::Points { label, at: vec![points[elbow]] }))
}
