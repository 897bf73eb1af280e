//! Roles exchanged: here you write the property-based test (the law).

use kit::Matrix;

/// Tests other implementations of [`lloyd_step`](super::kmeans::lloyd_step): decides whether a candidate assigns each point
/// to the nearest of the given centers, and moves each center to the mean of its points.
///
/// The candidate takes n×d points and k×d centers, and returns n labels and k×d new centers. You choose both, and may call
/// it as often as you like.
///
/// * `candidate`: the function under test. It may be called with n from 1 to 12 points, d from 1 to 4 features, k from 1 to
///   6 centers, and whole numbers from −100 to 100 as entries. There it neither panics nor runs long.
/// * Returns `true` to accept, `false` to reject:
///   * **No correct candidate may be rejected.** Of several equally near centers each is correct, whichever a candidate
///     prefers. Its new centers are within 10⁻⁹ of the exact ones for the labels that *it* assigned.
///   * **These must be rejected**: another distance than the Euclidean one; a label that is not that of a nearest center; a
///     feature, a point or a center left out; a center that is not the mean of its points, such as their median, or the
///     mean of the old center and its points; a center without points that moves, disappears or is NaN; centers in another
///     order; labels of the new centers instead of the old ones; too few or too many labels or centers.
///
/// ```
/// # use katas::x2_clustering::laws::accepts_lloyd_step;
/// assert!(!accepts_lloyd_step(|x, centers| (vec![0; x.rows()], centers.clone())));
/// ```
///
/// In Python: `hypothesis.given(...)` draws the points; the rest is an `assert`.
///
/// Source: Lloyd, *Least Squares Quantization in PCM*, IEEE Transactions on Information Theory 28 (1982), method I.
pub fn accepts_lloyd_step(candidate: fn(&Matrix, &Matrix) -> (Vec<usize>, Matrix)) -> bool {
    use kit::Generator;

    let mut generator = Generator::from_seed(1);
    (0..600).all(|_| {
        let [n, d, k] = [12, 4, 6].map(|most| 1 + generator.below(most));
        let values = 2 + generator.below(30);
        let mut points = |rows: usize| {
            let mut points = Matrix::zeros(rows, d);
            (0..rows * d).for_each(|i| points[(i / d, i % d)] = generator.below(values) as f64 * 3.0 - 9.0);
            points
        };
        let (x, centers) = (points(n), points(k));
        let (labels, means) = candidate(&x, &centers);
        labels.len() == n
            && means.shape() == (k, d)
            && (0..n).all(|i| is_nearest(x.row(i), &centers, labels[i]))
            && (0..k).all(|j| is_mean(&x, &labels, centers.row(j), means.row(j), j))
    })
}

/// Whole numbers: squared distances are exact.
fn is_nearest(point: &[f64], centers: &Matrix, label: usize) -> bool {
    let square = |j: usize| super::kmeans::squared_distance(point, centers.row(j));
    label < centers.rows() && (0..centers.rows()).all(|j| square(label) <= square(j))
}

fn is_mean(x: &Matrix, labels: &[usize], before: &[f64], after: &[f64], cluster: usize) -> bool {
    let rows: Vec<usize> = (0..x.rows()).filter(|&i| labels[i] == cluster).collect();
    let mean = |a: usize| {
        if rows.is_empty() {
            before[a]
        } else {
            rows.iter().map(|&i| x[(i, a)]).sum::<f64>() / rows.len() as f64
        }
    };
    after.iter().enumerate().all(|(a, after)| (after - mean(a)).abs() < 1e-8)
}
