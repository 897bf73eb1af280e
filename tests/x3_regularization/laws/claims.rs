//! Gradients of layer normalization, as somebody claims: right ones in several ways, and wrong ones. γ = 1, β = 0, ε = 1/16.

use kit::Matrix;

pub type Claim = fn(&Matrix, &Matrix) -> Matrix;

const EPSILON: f64 = 1.0 / 16.0;

/// Correct ones, each with its method.
pub const RIGHT: [(&str, Claim); 7] = [
    ("g without its mean and its part along x̂", |g, x| by_row(g, x, |g, x| projected(g, x, EPSILON, 0.0))),
    ("through the variance and the mean, step by step", |g, x| by_row(g, x, staged)),
    ("as a product with the Jacobian matrix", |g, x| by_row(g, x, jacobian)),
    ("n·g − Σg − x̂·Σ(g·x̂), divided by n·σ at the end", |g, x| by_row(g, x, multiplied)),
    ("entries that are 9·10⁻¹⁰ too large", |g, x| shifted(&by_row(g, x, staged), 9e-10)),
    ("entries that are 9·10⁻¹⁰ too small", |g, x| shifted(&by_row(g, x, jacobian), -9e-10)),
    ("right on up to 6×6 multiples of 1/8 from −8 to 8, and NaN elsewhere", |g, x| {
        let is_eighth = |value: &f64| value.abs() <= 8.0 && (8.0 * value).fract() == 0.0;
        let fits = x.rows().max(x.cols()) <= 6 && g.as_slice().iter().chain(x.as_slice()).all(is_eighth);
        times(&by_row(g, x, staged), if fits { 1.0 } else { f64::NAN })
    }),
];

/// Wrong ones, each with its mistake.
pub const WRONG: [(&str, Claim); 39] = [
    ("the upstream gradient itself", |g, _| g.clone()),
    ("zeros everywhere", |_, x| Matrix::zeros(x.rows(), x.cols())),
    ("an empty matrix", |_, _| Matrix::zeros(0, 0)),
    ("the mean and the variance as constants", |g, x| by_row(g, x, |g, x| parts(g, x, false, false))),
    ("the variance as a constant", |g, x| by_row(g, x, |g, x| parts(g, x, true, false))),
    ("the mean as a constant", |g, x| by_row(g, x, |g, x| parts(g, x, false, true))),
    ("statistics of each feature over the samples", |g, x| {
        turned(&by_row(&turned(g), &turned(x), |g, x| projected(g, x, EPSILON, 0.0)))
    }),
    ("statistics of the whole batch", |g, x| {
        let all = projected(g.as_slice(), x.as_slice(), EPSILON, 0.0);
        Matrix::from_fn(x.rows(), x.cols(), |i, j| all[i * x.cols() + j])
    }),
    ("the variance divided by d − 1", |g, x| by_row(g, x, |g, x| projected(g, x, EPSILON, 1.0))),
    ("no ε", |g, x| by_row(g, x, |g, x| projected(g, x, 0.0, 0.0))),
    ("an ε of 10⁻⁵", |g, x| by_row(g, x, |g, x| projected(g, x, 1e-5, 0.0))),
    ("ε added to σ", |g, x| by_row(g, x, outside)),
    ("divided by σ² + ε", |g, x| by_row(g, x, squared)),
    ("not divided by σ", |g, x| by_row(g, x, |g, x| scaled_back(g, x, 1.0))),
    ("x̂ not divided by σ", |g, x| by_row(g, x, |g, x| scaled_back(g, x, 0.0))),
    ("the other sign", |g, x| times(&by_row(g, x, staged), -1.0)),
    ("doubled", |g, x| times(&by_row(g, x, staged), 2.0)),
    ("halved", |g, x| times(&by_row(g, x, staged), 0.5)),
    ("a mean over the samples", |g, x| times(&by_row(g, x, staged), 1.0 / x.rows() as f64)),
    ("a mean over the features", |g, x| times(&by_row(g, x, staged), 1.0 / x.cols() as f64)),
    ("the part along x̂ added", |g, x| by_row(g, x, added)),
    ("NaN for a constant row", |g, x| {
        by_row(g, x, |g, x| if varies(x) { staged(g, x) } else { vec![f64::NAN; x.len()] })
    }),
    ("0 for a constant row", |g, x| {
        by_row(g, x, |g, x| if varies(x) { staged(g, x) } else { vec![0.0; x.len()] })
    }),
    ("the last sample left out", |g, x| {
        let all = by_row(g, x, staged);
        Matrix::from_fn(x.rows(), x.cols(), |i, j| if i + 1 == x.rows() { 0.0 } else { all[(i, j)] })
    }),
    ("the last feature left out of the sums", |g, x| by_row(g, x, shortened)),
    ("features beyond the second left out", |g, x| {
        let d = x.cols().min(2);
        let rows: Vec<Vec<f64>> = (0..x.rows()).map(|i| staged(&g.row(i)[..d], &x.row(i)[..d])).collect();
        Matrix::from_fn(x.rows(), x.cols(), |i, j| if j < d { rows[i][j] } else { 0.0 })
    }),
    ("the sixth feature left out", |g, x| without(g, x, |_, j| j > 4)),
    ("the first of several features left out", |g, x| without(g, x, |_, j| j == 0 && x.cols() > 1)),
    ("the last of several features left out", |g, x| without(g, x, |_, j| j > 0 && j + 1 == x.cols())),
    ("the sixth sample left out", |g, x| without(g, x, |i, _| i > 4)),
    ("a single sample left out", |g, x| without(g, x, |_, _| x.rows() == 1)),
    ("the second of two features left out", |g, x| without(g, x, |_, j| x.cols() == 2 && j == 1)),
    ("the upstream gradient itself for a single feature", |g, x| {
        if x.cols() == 1 { g.clone() } else { by_row(g, x, staged) }
    }),
    ("the first of several samples left out", |g, x| without(g, x, |i, _| i == 0 && x.rows() > 1)),
    ("the last feature left out where d is even", |g, x| {
        without(g, x, |_, j| x.cols().is_multiple_of(2) && j + 1 == x.cols())
    }),
    ("the last sample left out unless n = d", |g, x| {
        without(g, x, |i, _| x.rows() != x.cols() && i + 1 == x.rows())
    }),
    ("the statistics of the first sample for all", |g, x| {
        let first = x.row(0);
        let rows: Vec<Vec<f64>> = (0..x.rows()).map(|i| staged(g.row(i), first)).collect();
        Matrix::from_fn(x.rows(), x.cols(), |i, j| rows[i][j])
    }),
    ("transposed", |g, x| turned(&by_row(g, x, staged))),
    ("entries that are 10⁻³ too large", |g, x| shifted(&by_row(g, x, staged), 1e-3)),
];

fn by_row(g: &Matrix, x: &Matrix, row: fn(&[f64], &[f64]) -> Vec<f64>) -> Matrix {
    let rows: Vec<Vec<f64>> = (0..x.rows()).map(|i| row(g.row(i), x.row(i))).collect();
    Matrix::from_fn(x.rows(), x.cols(), |i, j| rows[i][j])
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// Differences to the mean, and their mean square.
fn centered(x: &[f64]) -> (Vec<f64>, f64) {
    let middle = mean(x);
    let centered: Vec<f64> = x.iter().map(|x| x - middle).collect();
    let variance = centered.iter().map(|c| c * c).sum::<f64>() / x.len() as f64;
    (centered, variance)
}

fn varies(x: &[f64]) -> bool {
    x.iter().any(|value| *value != x[0])
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn projected(g: &[f64], x: &[f64], epsilon: f64, less: f64) -> Vec<f64> {
    let (centered, variance) = centered(x);
    let n = x.len() as f64;
    let deviation = (variance * n / (n - less).max(1.0) + epsilon).sqrt();
    let x_hat: Vec<f64> = centered.iter().map(|c| c / deviation).collect();
    let (middle, along) = (mean(g), dot(g, &x_hat) / n);
    g.iter().zip(&x_hat).map(|(g, x_hat)| (g - middle - x_hat * along) / deviation).collect()
}

fn multiplied(g: &[f64], x: &[f64]) -> Vec<f64> {
    let (centered, variance) = centered(x);
    let (n, deviation) = (x.len() as f64, (variance + EPSILON).sqrt());
    let x_hat: Vec<f64> = centered.iter().map(|c| c / deviation).collect();
    let (sum, along) = (g.iter().sum::<f64>(), dot(g, &x_hat));
    g.iter().zip(&x_hat).map(|(g, x_hat)| (n * g - sum - x_hat * along) / (n * deviation)).collect()
}

fn parts(g: &[f64], x: &[f64], through_mean: bool, through_variance: bool) -> Vec<f64> {
    let (centered, variance) = centered(x);
    let (n, deviation) = (x.len() as f64, (variance + EPSILON).sqrt());
    let d_variance = -0.5 * dot(g, &centered) / deviation.powi(3);
    let d_mean = -g.iter().sum::<f64>() / deviation;
    let entry = |(g, c): (&f64, &f64)| {
        let by_variance = if through_variance { d_variance * 2.0 * c / n } else { 0.0 };
        g / deviation + by_variance + if through_mean { d_mean / n } else { 0.0 }
    };
    g.iter().zip(&centered).map(entry).collect()
}

fn staged(g: &[f64], x: &[f64]) -> Vec<f64> {
    parts(g, x, true, true)
}

fn jacobian(g: &[f64], x: &[f64]) -> Vec<f64> {
    let (centered, variance) = centered(x);
    let (n, deviation) = (x.len() as f64, (variance + EPSILON).sqrt());
    // ∂x̂ₖ/∂xⱼ
    let entry = |k: usize, j: usize| {
        let same = if k == j { 1.0 } else { 0.0 };
        (same - 1.0 / n - centered[k] * centered[j] / (n * deviation * deviation)) / deviation
    };
    (0..x.len()).map(|j| (0..x.len()).map(|k| g[k] * entry(k, j)).sum()).collect()
}

fn outside(g: &[f64], x: &[f64]) -> Vec<f64> {
    let (centered, variance) = centered(x);
    let deviation = variance.sqrt() + EPSILON;
    let x_hat: Vec<f64> = centered.iter().map(|c| c / deviation).collect();
    let (middle, along) = (mean(g), dot(g, &x_hat) / x.len() as f64);
    g.iter().zip(&x_hat).map(|(g, x_hat)| (g - middle - x_hat * along) / deviation).collect()
}

fn squared(g: &[f64], x: &[f64]) -> Vec<f64> {
    let deviation = (centered(x).1 + EPSILON).sqrt();
    staged(g, x).into_iter().map(|entry| entry / deviation).collect()
}

/// The last division by σ, or the one of x̂, left out.
fn scaled_back(g: &[f64], x: &[f64], whole: f64) -> Vec<f64> {
    let (centered, variance) = centered(x);
    let deviation = (variance + EPSILON).sqrt();
    let [inner, outer] = if whole == 1.0 { [deviation, 1.0] } else { [1.0, deviation] };
    let x_hat: Vec<f64> = centered.iter().map(|c| c / inner).collect();
    let (middle, along) = (mean(g), dot(g, &x_hat) / x.len() as f64);
    g.iter().zip(&x_hat).map(|(g, x_hat)| (g - middle - x_hat * along) / outer).collect()
}

fn added(g: &[f64], x: &[f64]) -> Vec<f64> {
    let (without, with) = (parts(g, x, true, false), staged(g, x));
    without.iter().zip(with).map(|(without, with)| 2.0 * without - with).collect()
}

fn shortened(g: &[f64], x: &[f64]) -> Vec<f64> {
    let d = (x.len() - 1).max(1);
    let mut entries = staged(&g[..d], &x[..d]);
    entries.resize(x.len(), 0.0);
    entries
}

/// 0 in these places.
fn without(g: &Matrix, x: &Matrix, is_left_out: impl Fn(usize, usize) -> bool) -> Matrix {
    let all = by_row(g, x, staged);
    Matrix::from_fn(x.rows(), x.cols(), |i, j| if is_left_out(i, j) { 0.0 } else { all[(i, j)] })
}

fn turned(x: &Matrix) -> Matrix {
    Matrix::from_fn(x.cols(), x.rows(), |i, j| x[(j, i)])
}

fn times(x: &Matrix, factor: f64) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| factor * x[(i, j)])
}

fn shifted(x: &Matrix, by: f64) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + by)
}
