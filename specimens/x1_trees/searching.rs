//! Searches for a split in several ways.

use kit::{Matrix, Split};

/// The fractions of the classes.
pub fn shares(labels: &[usize]) -> Vec<f64> {
    let mut sorted = labels.to_vec();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a == b).map(|group| group.len() as f64 / labels.len() as f64).collect()
}

pub fn gini(labels: &[usize]) -> f64 {
    1.0 - shares(labels).iter().map(|p| p * p).sum::<f64>()
}

pub fn entropy(labels: &[usize]) -> f64 {
    shares(labels).iter().map(|p| -p * p.log2()).sum()
}

pub fn misclassified(labels: &[usize]) -> f64 {
    1.0 - shares(labels).iter().copied().fold(0.0, f64::max)
}

/// By how much an impurity decreases, weighted by the sizes of the parts.
pub fn decrease(impurity: fn(&[usize]) -> f64, left: &[usize], right: &[usize]) -> f64 {
    let all = [left, right].concat();
    let part = |labels: &[usize]| labels.len() as f64 / all.len() as f64 * impurity(labels);
    impurity(&all) - part(left) - part(right)
}

/// How a split is searched for.
pub struct Search {
    /// What is compared: the largest wins.
    pub merit: fn(&[usize], &[usize]) -> f64,
    /// What is returned as the decrease.
    pub decrease: fn(&[usize], &[usize]) -> f64,
    /// The threshold between two neighbors.
    pub threshold: fn(f64, f64) -> f64,
    /// Whether parts of these sizes are large enough.
    pub is_allowed: fn(usize, usize, usize) -> bool,
    /// Whether a later split wins where it is equally good.
    pub prefers_last: bool,
}

pub const RIGHT: Search = Search {
    merit: |left, right| decrease(gini, left, right),
    decrease: |left, right| decrease(gini, left, right),
    threshold: halfway,
    is_allowed: |left, right, least| left.min(right) >= least,
    prefers_last: false,
};

pub fn halfway(low: f64, high: f64) -> f64 {
    let middle = low / 2.0 + high / 2.0;
    if middle >= low && middle < high { middle } else { low }
}

impl Search {
    /// The best split among these features.
    pub fn among(
        &self,
        x: &Matrix,
        y: &[usize],
        least: usize,
        features: impl Iterator<Item = usize>,
    ) -> Option<Split> {
        let mut best: Option<(f64, Split)> = None;
        for feature in features {
            let mut order: Vec<usize> = (0..y.len()).collect();
            let value = |i: usize| x[(i, feature)];
            order.sort_by(|&a, &b| value(a).total_cmp(&value(b)));
            let labels: Vec<usize> = order.iter().map(|&i| y[i]).collect();
            for cut in 1..y.len() {
                let (low, high) = (value(order[cut - 1]), value(order[cut]));
                if low == high || !(self.is_allowed)(cut, y.len() - cut, least) {
                    continue;
                }
                let (left, right) = labels.split_at(cut);
                let merit = (self.merit)(left, right);
                let wins =
                    |old: f64| if self.prefers_last { merit >= old - 1e-12 } else { merit > old + 1e-12 };
                if best.is_none_or(|(old, _)| wins(old)) {
                    let (threshold, decrease) = ((self.threshold)(low, high), (self.decrease)(left, right));
                    best = Some((merit, Split { feature, threshold, decrease }));
                }
            }
        }
        best.map(|(_, split)| split)
    }

    /// The best split of all.
    pub fn split(&self, x: &Matrix, y: &[usize], least: usize) -> Option<Split> {
        self.among(x, y, least, 0..x.cols())
    }
}

/// With other numbers in the matrix.
pub fn each(x: &Matrix, f: impl Fn(f64) -> f64) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| f(x[(i, j)]))
}

/// The first n rows.
pub fn rows(x: &Matrix, n: usize) -> Matrix {
    Matrix::from_fn(n.min(x.rows()), x.cols(), |i, j| x[(i, j)])
}
