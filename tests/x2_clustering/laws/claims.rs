//! Lloyd's steps, as somebody claims: right ones in several ways, and wrong ones.

use kit::Matrix;

pub type Claim = fn(&Matrix, &Matrix) -> (Vec<usize>, Matrix);

/// Correct ones, each with its method.
pub const RIGHT: [(&str, Claim); 7] = [
    ("the first of several equally near centers", |x, c| step(x, c, &euclidean, first, &mean)),
    ("the last of several equally near centers", |x, c| step(x, c, &euclidean, last, &mean)),
    ("nothing but what it may be called with", |x, c| {
        let ranges = [(x.rows(), 12), (x.cols(), 4), (c.rows(), 6), (c.cols(), 4)];
        let is_whole = |entry: &f64| entry.fract() == 0.0 && entry.abs() <= 100.0;
        let fits = ranges.iter().all(|(size, most)| (1..=*most).contains(size)) && x.cols() == c.cols();
        if fits && x.as_slice().iter().chain(c.as_slice()).all(is_whole) {
            step(x, c, &euclidean, first, &mean)
        } else {
            (Vec::new(), Matrix::zeros(0, 0))
        }
    }),
    ("squared distances as ‖x‖² − 2x·c + ‖c‖²", |x, c| step(x, c, &expanded, first, &mean)),
    ("means as running means", |x, c| step(x, c, &euclidean, first, &running)),
    ("centers that are 9·10⁻¹⁰ too large", |x, c| shifted(step(x, c, &euclidean, first, &mean), 9e-10)),
    ("centers that are 9·10⁻¹⁰ too small", |x, c| shifted(step(x, c, &euclidean, last, &mean), -9e-10)),
];

/// Wrong ones, each with its mistake.
pub const WRONG: [(&str, Claim); 37] = [
    ("all labels 0, and the centers as they are", |x, c| (vec![0; x.rows()], c.clone())),
    ("no labels and no centers", |_, _| (Vec::new(), Matrix::zeros(0, 0))),
    ("the sum of absolute differences as the distance", |x, c| step(x, c, &manhattan, first, &mean)),
    ("the largest difference as the distance", |x, c| step(x, c, &largest, first, &mean)),
    ("differences without their size", |x, c| step(x, c, &signed, first, &mean)),
    ("the largest dot product instead of the smallest distance", |x, c| {
        step(x, c, &|a, b| -dot(a, b), first, &mean)
    }),
    ("the farthest center instead of the nearest", |x, c| step(x, c, &|a, b| -euclidean(a, b), first, &mean)),
    ("the first feature only", |x, c| step(x, c, &|a, b| euclidean(&a[..1], &b[..1]), first, &mean)),
    ("the last feature left out", |x, c| {
        let d = x.cols().max(2) - 1;
        step(x, c, &|a, b| euclidean(&a[..d], &b[..d]), first, &mean)
    }),
    ("no center but the first two ever chosen", |x, c| {
        let labels = step(x, c, &euclidean, first, &mean).0;
        if c.rows() < 3 {
            return (labels.clone(), moved(x, c, &labels, &mean));
        }
        let two = Matrix::from_fn(2, c.cols(), |j, a| c[(j, a)]);
        let (labels, _) = step(x, &two, &euclidean, first, &mean);
        let means = moved(x, c, &labels, &mean);
        (labels, means)
    }),
    ("new centers that are 0.25 too large", |x, c| shifted(step(x, c, &euclidean, first, &mean), 0.25)),
    ("the last center never chosen", |x, c| {
        let all = step(x, c, &euclidean, first, &mean);
        if c.rows() < 2 {
            return all;
        }
        let fewer = Matrix::from_fn(c.rows() - 1, c.cols(), |j, a| c[(j, a)]);
        let (labels, _) = step(x, &fewer, &euclidean, first, &mean);
        let means = moved(x, c, &labels, &mean);
        (labels, means)
    }),
    ("the last point left out of the means", |x, c| {
        let (mut labels, _) = step(x, c, &euclidean, first, &mean);
        let kept = labels.pop();
        let means = moved(x, c, &labels, &mean);
        labels.extend(kept);
        (labels, means)
    }),
    ("the last point with the farthest center", |x, c| {
        let (mut labels, _) = step(x, c, &euclidean, first, &mean);
        let farthest = step(x, c, &|a, b| -euclidean(a, b), first, &mean).0;
        labels.pop();
        labels.extend(farthest.last());
        let means = moved(x, c, &labels, &mean);
        (labels, means)
    }),
    ("points beyond the eighth left out of the means", |x, c| {
        let (labels, _) = step(x, c, &euclidean, first, &mean);
        let means = moved(x, c, &labels[..labels.len().min(8)], &mean);
        (labels, means)
    }),
    ("features beyond the third left out of the distances", |x, c| {
        let d = x.cols().min(3);
        step(x, c, &|a, b| euclidean(&a[..d], &b[..d]), first, &mean)
    }),
    ("the last feature of several not moved", |x, c| {
        let (labels, means) = step(x, c, &euclidean, first, &mean);
        let last = x.cols().max(2) - 1;
        let from = |a: usize| if a == last { c } else { &means };
        (labels, Matrix::from_fn(c.rows(), c.cols(), |j, a| from(a)[(j, a)]))
    }),
    ("the last of several centers not moved", |x, c| {
        let (labels, means) = step(x, c, &euclidean, first, &mean);
        let last = c.rows().max(2) - 1;
        let from = |j: usize| if j == last { c } else { &means };
        (labels, Matrix::from_fn(c.rows(), c.cols(), |j, a| from(j)[(j, a)]))
    }),
    ("only the first center moved", |x, c| {
        let (labels, means) = step(x, c, &euclidean, first, &mean);
        let from = |j: usize| if j > 0 { c } else { &means };
        (labels, Matrix::from_fn(c.rows(), c.cols(), |j, a| from(j)[(j, a)]))
    }),
    ("means to six decimals", |x, c| {
        step(x, c, &euclidean, first, &|values, old| (1e6 * mean(values, old)).round() / 1e6)
    }),
    ("the last label missing", |x, c| {
        let (mut labels, means) = step(x, c, &euclidean, first, &mean);
        labels.pop();
        (labels, means)
    }),
    ("one label too many", |x, c| {
        let (mut labels, means) = step(x, c, &euclidean, first, &mean);
        labels.push(0);
        (labels, means)
    }),
    ("labels that count from 1", |x, c| {
        let (labels, means) = step(x, c, &euclidean, first, &mean);
        (labels.iter().map(|label| label + 1).collect(), means)
    }),
    ("the centers not moved", |x, c| (step(x, c, &euclidean, first, &mean).0, c.clone())),
    ("the median of the points as the center", |x, c| step(x, c, &euclidean, first, &median)),
    ("one of the points as the center", |x, c| step(x, c, &euclidean, first, &|values, _| values[0])),
    ("the old center counted as a point", |x, c| {
        let with = |values: &[f64], old| mean(&[values, &[old]].concat(), old);
        step(x, c, &euclidean, first, &with)
    }),
    ("half the way to the mean", |x, c| {
        step(x, c, &euclidean, first, &|values, old| f64::midpoint(mean(values, old), old))
    }),
    ("the sum of the points as the center", |x, c| {
        step(x, c, &euclidean, first, &|values, _| values.iter().sum())
    }),
    ("sums divided by all n points", |x, c| {
        let n = x.rows() as f64;
        step(x, c, &euclidean, first, &|values, _| values.iter().sum::<f64>() / n)
    }),
    ("means rounded to whole numbers", |x, c| {
        step(x, c, &euclidean, first, &|values, old| mean(values, old).round())
    }),
    ("NaN for a center without points", |x, c| lonely(x, c, |_, _| f64::NAN)),
    ("0 for a center without points", |x, c| lonely(x, c, |_, _| 0.0)),
    ("a center without points at the first point", |x, c| lonely(x, c, |x, a| x[(0, a)])),
    ("centers without points left out", |x, c| {
        let (labels, means) = step(x, c, &euclidean, first, &mean);
        let kept: Vec<usize> = (0..c.rows()).filter(|j| labels.contains(j)).collect();
        (labels, Matrix::from_fn(kept.len(), c.cols(), |j, a| means[(kept[j], a)]))
    }),
    ("new centers in the opposite order", |x, c| {
        let (labels, means) = step(x, c, &euclidean, first, &mean);
        (labels, Matrix::from_fn(c.rows(), c.cols(), |j, a| means[(c.rows() - 1 - j, a)]))
    }),
    ("labels of the new centers", |x, c| {
        let (_, means) = step(x, c, &euclidean, first, &mean);
        (step(x, &means, &euclidean, first, &mean).0, means)
    }),
];

type Distance<'a> = &'a dyn Fn(&[f64], &[f64]) -> f64;
type Center<'a> = &'a dyn Fn(&[f64], f64) -> f64;

fn differences<'a>(a: &'a [f64], b: &'a [f64]) -> impl Iterator<Item = f64> + 'a {
    a.iter().zip(b).map(|(a, b)| a - b)
}

fn euclidean(a: &[f64], b: &[f64]) -> f64 {
    differences(a, b).map(|difference| difference * difference).sum()
}

fn manhattan(a: &[f64], b: &[f64]) -> f64 {
    differences(a, b).map(f64::abs).sum()
}

fn largest(a: &[f64], b: &[f64]) -> f64 {
    differences(a, b).map(f64::abs).fold(0.0, f64::max)
}

fn signed(a: &[f64], b: &[f64]) -> f64 {
    differences(a, b).sum()
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn expanded(a: &[f64], b: &[f64]) -> f64 {
    dot(a, a) - 2.0 * dot(a, b) + dot(b, b)
}

fn first(new: f64, old: f64) -> bool {
    new < old
}

fn last(new: f64, old: f64) -> bool {
    new <= old
}

fn mean(values: &[f64], _: f64) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn running(values: &[f64], _: f64) -> f64 {
    values.iter().zip(1..).fold(0.0, |mean, (value, n)| mean + (value - mean) / f64::from(n))
}

fn median(values: &[f64], _: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2])
}

fn step(
    x: &Matrix,
    centers: &Matrix,
    distance: Distance,
    wins: fn(f64, f64) -> bool,
    center: Center,
) -> (Vec<usize>, Matrix) {
    let to = |i: usize, j: usize| distance(x.row(i), centers.row(j));
    let nearest =
        |i: usize| (1..centers.rows()).fold(0, |best, j| if wins(to(i, j), to(i, best)) { j } else { best });
    let labels: Vec<usize> = (0..x.rows()).map(nearest).collect();
    let means = moved(x, centers, &labels, center);
    (labels, means)
}

/// The centers of the points with these labels; where there are none, as before.
fn moved(x: &Matrix, centers: &Matrix, labels: &[usize], center: Center) -> Matrix {
    Matrix::from_fn(centers.rows(), centers.cols(), |j, a| {
        let values: Vec<f64> = (0..labels.len()).filter(|&i| labels[i] == j).map(|i| x[(i, a)]).collect();
        if values.is_empty() { centers[(j, a)] } else { center(&values, centers[(j, a)]) }
    })
}

fn lonely(x: &Matrix, centers: &Matrix, place: fn(&Matrix, usize) -> f64) -> (Vec<usize>, Matrix) {
    let (labels, means) = step(x, centers, &euclidean, first, &mean);
    let entry = |j: usize, a: usize| if labels.contains(&j) { means[(j, a)] } else { place(x, a) };
    let means = Matrix::from_fn(centers.rows(), centers.cols(), entry);
    (labels, means)
}

fn shifted((labels, means): (Vec<usize>, Matrix), by: f64) -> (Vec<usize>, Matrix) {
    let means = Matrix::from_fn(means.rows(), means.cols(), |j, a| means[(j, a)] + by);
    (labels, means)
}
