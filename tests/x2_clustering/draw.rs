//! Points for several katas.

use judge::any;
use judge::any::{kinds, numbers, place, select};
use kit::{Generator, Matrix};
use proptest::prelude::*;

/// Points and centers.
pub type Placed = (Matrix, Matrix);

/// The shape of some points, a place among them, and a number there that is not finite.
pub type Fault = ([usize; 2], [usize; 2], f64);

/// A matrix of these numbers, row after row.
pub fn matrix(rows: usize, cols: usize, data: &[f64]) -> Matrix {
    Matrix::from_fn(rows, cols, |i, j| data[i * cols + j])
}

/// So many eighths, often with equal ones among them.
fn eighths(n: usize) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let ties = any::vec(select(vec![0.0, 1.0, 2.0]), n);
    prop_oneof![1 => any::vec(any::eighth(), n), 1 => ties]
}

/// A few points.
pub fn few(most: [usize; 2]) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    (1..=most[0], 1..=most[1])
        .prop_flat_map(|(n, d)| any::part(eighths(n * d)).prop_map(move |x| matrix(n, d, &x)))
}

/// A few points and centers.
pub fn few_placed() -> impl Strategy<Value = Placed> + Send + Sync + Clone {
    (1..=7_usize, 1..=3_usize, 1..=4_usize).prop_flat_map(|(n, d, k)| {
        (any::part(eighths(n * d)), any::part(eighths(k * d)))
            .prop_map(move |(x, centers)| (matrix(n, d, &x), matrix(k, d, &centers)))
    })
}

/// So many points with numbers of every kind.
pub fn points([n, d]: [usize; 2]) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let values = kinds().prop_flat_map(move |[kind, _]| numbers(kind, n * d));
    any::part(values).prop_map(move |x| matrix(n, d, &x))
}

/// Any number of points and features, with numbers of every kind.
pub fn sized(most: [usize; 2]) -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    any::sizes([1..=9, 1..=3], most).prop_flat_map(points)
}

/// Any number of points, features and centers, with numbers of every kind.
pub fn sized_placed(most: [usize; 3]) -> impl Strategy<Value = Placed> + Send + Sync + Clone {
    any::sizes([1..=9, 1..=3, 1..=4], most).prop_flat_map(|[n, d, k]| {
        let values = kinds().prop_flat_map(move |[kind, _]| (numbers(kind, n * d), numbers(kind, k * d)));
        any::part(values).prop_map(move |(x, centers)| (matrix(n, d, &x), matrix(k, d, &centers)))
    })
}

/// Any number of points, with a cluster for each: labels of any size.
pub fn labeled(most: [usize; 3]) -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    any::sizes([2..=9, 1..=3, 2..=4], most).prop_flat_map(|[n, d, k]| {
        (points([n, d]), any::seed()).prop_map(move |(x, seed)| {
            let mut generator = Generator::from_seed(seed);
            // Some clusters have many points, others one.
            let mut labels: Vec<usize> =
                (0..n).map(|_| generator.below(k).min(generator.below(k))).map(label).collect();
            labels[n - 1] = if labels.iter().all(|it| *it == labels[0]) { label(k) } else { labels[n - 1] };
            (x, labels)
        })
    })
}

/// Any label, by its cluster: some too large for a byte, for half a word, or for a table with a place for each.
pub fn label(cluster: usize) -> usize {
    const FIRST: [usize; 9] = [5, 2, 9, 0, 300, 70_000, 1 << 40, usize::MAX, 1];
    FIRST.get(cluster).copied().unwrap_or(1000 + 17 * cluster)
}

/// k groups of points, some 10⁷ times as far from each other as they are wide, so that k-means++ misses one with a chance
/// below 10⁻⁹; and the group of each point. It is the last feature alone that separates them.
pub fn groups(n: usize, d: usize, k: usize, seed: u64) -> (Matrix, Vec<usize>) {
    let mut generator = Generator::from_seed(seed);
    let mut groups: Vec<usize> = (0..n).map(|i| i % k).collect();
    generator.shuffle(&mut groups);
    let mut x = Matrix::zeros(n, d);
    for (i, &group) in groups.iter().enumerate() {
        for feature in 0..d {
            let far = if feature == d - 1 { 1_048_576.0 * group as f64 } else { 0.0 };
            x[(i, feature)] = far + (generator.below(257) as f64 - 128.0) / 4096.0;
        }
    }
    (x, groups)
}

/// Four points that are all equally far from each other.
pub fn simplex() -> Matrix {
    Matrix::from_fn(4, 4, |i, a| f64::from(u8::from(i == a)))
}

/// Of centers that are corners of the [`simplex`]: how many corners before the k-th center were not drawn before it.
pub fn rank(centers: &Matrix, k: usize) -> usize {
    let corner = |j: usize| (0..4).find(|&a| centers[(j, a)] > 0.5).unwrap_or(0);
    (0..corner(k)).filter(|&before| (0..k).all(|j| corner(j) != before)).count()
}

/// A number that is not finite, in any place.
pub fn fault() -> impl Strategy<Value = Fault> + Send + Sync + Clone {
    (any::many(1..=6, 301), any::several(1..=3), any::not_finite())
        .prop_flat_map(|(n, d, bad)| (place(n), place(d)).prop_map(move |(i, j)| ([n, d], [i, j], bad)))
}

/// Numbers that differ within each column, with another one in one place.
pub fn counting_but([n, d]: [usize; 2], [i, j]: [usize; 2], other: f64) -> Matrix {
    Matrix::from_fn(n, d, |k, l| if (k, l) == (i, j) { other } else { ((7 * k + 3 * l) % 11) as f64 - 5.0 })
}

/// A number above 10¹⁵⁰ in size.
pub fn too_large() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    select(vec![1e150_f64.next_up(), -1e151, 2e200, f64::MAX, -f64::MAX])
}

/// Standard normal numbers (Box and Muller), for samples in general position.
pub fn normal(generator: &mut Generator) -> f64 {
    let radius = (-2.0 * (1.0 - generator.uniform()).ln()).sqrt();
    radius * (std::f64::consts::TAU * generator.uniform()).cos()
}
