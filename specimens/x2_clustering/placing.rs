//! Lloyd's steps in several ways, and points with other numbers.

use kit::{Generator, Matrix};

/// How points are assigned and centers are moved.
pub struct Plan {
    pub distance: fn(&[f64], &[f64]) -> f64,
    /// Whether a later center wins over the best so far.
    pub wins: fn(f64, f64) -> bool,
    /// Of the values of one feature, and the old entry; not asked where there are no values.
    pub center: fn(&[f64], f64) -> f64,
    /// For a center without points: of the points, the old entry and the feature.
    pub lonely: fn(&Matrix, f64, usize) -> f64,
}

pub const RIGHT: Plan = Plan {
    distance: square,
    wins: |new, old| new < old,
    center: |values, _| mean(values),
    lonely: |_, old, _| old,
};

pub fn square(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).powi(2)).sum()
}

pub fn manhattan(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).sum()
}

pub fn largest(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max)
}

pub fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// ‖a‖² − 2a·b + ‖b‖².
pub fn expanded(a: &[f64], b: &[f64]) -> f64 {
    (dot(a, a) - 2.0 * dot(a, b) + dot(b, b)).max(0.0)
}

pub fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

pub fn running_mean(values: &[f64]) -> f64 {
    values.iter().zip(1_u32..).fold(0.0, |mean, (value, n)| mean + (value - mean) / f64::from(n))
}

pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    f64::midpoint(sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2])
}

impl Plan {
    pub fn labels(&self, x: &Matrix, centers: &Matrix) -> Vec<usize> {
        let to = |i: usize, j: usize| (self.distance)(x.row(i), centers.row(j));
        let nearest = |i: usize| {
            (1..centers.rows()).fold(0, |best, j| if (self.wins)(to(i, j), to(i, best)) { j } else { best })
        };
        (0..x.rows()).map(nearest).collect()
    }

    pub fn moved(&self, x: &Matrix, centers: &Matrix, labels: &[usize]) -> Matrix {
        Matrix::from_fn(centers.rows(), centers.cols(), |j, a| {
            let values: Vec<f64> = (0..labels.len()).filter(|&i| labels[i] == j).map(|i| x[(i, a)]).collect();
            if values.is_empty() {
                (self.lonely)(x, centers[(j, a)], a)
            } else {
                (self.center)(&values, centers[(j, a)])
            }
        })
    }

    pub fn step(&self, x: &Matrix, centers: &Matrix) -> (Vec<usize>, Matrix) {
        let labels = self.labels(x, centers);
        let means = self.moved(x, centers, &labels);
        (labels, means)
    }
}

/// With other numbers in the matrix.
pub fn each(x: &Matrix, f: impl Fn(f64) -> f64) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| f(x[(i, j)]))
}

/// As read in single precision, without leaving its range.
pub fn single(x: f64) -> f64 {
    if x.is_finite() && x.abs() < 1e38 { f64::from(x as f32) } else { x }
}

pub fn nan_as_zero(x: f64) -> f64 {
    if x.is_finite() { x } else { 0.0 }
}

pub fn clipped(x: f64) -> f64 {
    x.clamp(-1e150, 1e150)
}

/// The first rows and columns.
pub fn part(x: &Matrix, rows: usize, cols: usize) -> Matrix {
    Matrix::from_fn(rows.min(x.rows()), cols.min(x.cols()), |i, j| x[(i, j)])
}

/// A place, with probabilities proportional to the weights; uniformly, if all are 0.
pub fn drawn(weights: &[f64], generator: &mut Generator) -> usize {
    let total: f64 = weights.iter().sum();
    if total == 0.0 {
        return generator.below(weights.len());
    }
    let target = generator.uniform() * total;
    let mut sum = 0.0;
    let mut last = 0;
    for (i, weight) in weights.iter().enumerate() {
        sum += weight;
        if *weight > 0.0 {
            last = i;
            if target < sum {
                return i;
            }
        }
    }
    last
}

/// k-means++ with weights of its own: of the squared distance to the nearest center, and to the last one.
pub fn seeded(x: &Matrix, k: usize, weight: fn(f64, f64) -> f64, generator: &mut Generator) -> Matrix {
    chosen(x, k, generator, |nearest, last, generator| {
        let weights: Vec<f64> = nearest.iter().zip(last).map(|(near, last)| weight(*near, *last)).collect();
        drawn(&weights, generator)
    })
}

/// Points that are chosen one after the other, from the squared distances to the nearest center and to the last one.
pub fn chosen(
    x: &Matrix,
    k: usize,
    generator: &mut Generator,
    choose: impl Fn(&[f64], &[f64], &mut Generator) -> usize,
) -> Matrix {
    let mut chosen = vec![generator.below(x.rows())];
    let mut nearest = vec![f64::INFINITY; x.rows()];
    while chosen.len() < k {
        let center = x.row(chosen[chosen.len() - 1]);
        let last: Vec<f64> = (0..x.rows()).map(|i| square(x.row(i), center)).collect();
        nearest.iter_mut().zip(&last).for_each(|(near, last)| *near = near.min(*last));
        chosen.push(choose(&nearest, &last, generator));
    }
    Matrix::from_fn(k, x.cols(), |j, a| x[(chosen[j], a)])
}
