//! Attention by its definition, with the bound up to which rounding may carry a right answer.

use judge::rounding;
use kit::Matrix;

/// A matrix, and how far each entry may be off.
#[derive(Debug, Clone)]
pub struct Rough {
    pub value: Matrix,
    pub slack: Matrix,
}

/// An argument: exact.
pub fn exact(value: &Matrix) -> Rough {
    Rough { value: value.clone(), slack: Matrix::zeros(value.rows(), value.cols()) }
}

fn entries(rows: usize, cols: usize, entry: impl Fn(usize, usize) -> (f64, f64)) -> Rough {
    let (mut value, mut slack) = (Matrix::zeros(rows, cols), Matrix::zeros(rows, cols));
    for (i, j) in (0..rows).flat_map(|i| (0..cols).map(move |j| (i, j))) {
        (value[(i, j)], slack[(i, j)]) = entry(i, j);
    }
    Rough { value, slack }
}

/// Σ x·y for so many pairs, each with its slack.
fn sum_of_products(n: usize, pair: impl Fn(usize) -> [(f64, f64); 2]) -> (f64, f64) {
    let (mut sum, mut size, mut carried) = (0.0, 0.0, 0.0);
    for k in 0..n {
        let [(x, dx), (y, dy)] = pair(k);
        sum += x * y;
        size += (x * y).abs();
        carried += x.abs() * dy + dx * y.abs() + dx * dy;
    }
    (sum, rounding(2 * n + 16, size) + carried)
}

/// a·b
pub fn product(a: &Rough, b: &Rough) -> Rough {
    entries(a.value.rows(), b.value.cols(), |i, j| {
        sum_of_products(a.value.cols(), |k| {
            [(a.value[(i, k)], a.slack[(i, k)]), (b.value[(k, j)], b.slack[(k, j)])]
        })
    })
}

/// These columns.
pub fn columns(of: &Rough, from: usize, count: usize) -> Rough {
    entries(of.value.rows(), count, |i, j| (of.value[(i, from + j)], of.slack[(i, from + j)]))
}

/// Output and weights of one attention.
pub fn attend(queries: &Rough, keys: &Rough, values: &Rough, mask: &Matrix) -> (Rough, Rough) {
    let (n, m, d) = (queries.value.rows(), keys.value.rows(), queries.value.cols());
    let root = (d as f64).sqrt();
    let scores = entries(n, m, |i, j| {
        if mask[(i, j)] == f64::NEG_INFINITY {
            return (f64::NEG_INFINITY, 0.0);
        }
        let (sum, slack) = sum_of_products(d, |c| {
            [(queries.value[(i, c)], queries.slack[(i, c)]), (keys.value[(j, c)], keys.slack[(j, c)])]
        });
        let score = sum / root + mask[(i, j)];
        (score, slack / root + rounding(8, (sum / root).abs() + mask[(i, j)].abs()))
    });
    let rows: Vec<Vec<(f64, f64)>> =
        (0..n).map(|i| softmax(scores.value.row(i), scores.slack.row(i))).collect();
    let weights = entries(n, m, |i, j| rows[i][j]);
    let output = entries(n, values.value.cols(), |i, c| {
        let (sum, slack) = sum_of_products(m, |j| [rows[i][j], (values.value[(j, c)], values.slack[(j, c)])]);
        let size: f64 = (0..m).map(|j| rows[i][j].0 * values.value[(j, c)].abs()).sum();
        // Softmax in one pass scales what it has with each new largest score.
        (sum, slack + rounding(4 * m + 16, size))
    });
    (output, weights)
}

/// Each weight with its slack: the smallest and the largest that scores within their slack give.
pub fn softmax(scores: &[f64], slack: &[f64]) -> Vec<(f64, f64)> {
    let m = scores.len();
    let largest = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let power = |j: usize, sign: f64| (scores[j] - largest + sign * slack[j]).exp();
    let others = |sign: f64| {
        let powers: Vec<f64> = (0..m).map(|j| power(j, sign)).collect();
        let mut others = vec![0.0; m];
        let (mut before, mut after) = (0.0, 0.0);
        for j in 0..m {
            others[j] += before;
            others[m - 1 - j] += after;
            before += powers[j];
            after += powers[m - 1 - j];
        }
        others
    };
    let (least, middle, most) = (others(-1.0), others(0.0), others(1.0));
    let share = |own: f64, others: f64| match own {
        0.0 => 0.0,
        f64::INFINITY => 1.0,
        _ => own / (own + others),
    };
    let weight = |j: usize| {
        let want = share(power(j, 0.0), middle[j]);
        let (low, high) = (share(power(j, -1.0), most[j]), share(power(j, 1.0), least[j]));
        // exp(z) of a rounded z is off by |z| units.
        let far = (largest - scores[j]).min(800.0) as usize;
        (want, (high - want).max(want - low).max(0.0) + rounding(2 * m + 2 * far + 32, high))
    };
    (0..m).map(weight).collect()
}
