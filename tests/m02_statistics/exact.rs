//! Moments of samples that are eighths, in whole numbers: nothing is rounded until the last division.

fn eighths(x: &[f64]) -> impl Iterator<Item = i128> + '_ {
    x.iter().map(|x| (8.0 * x) as i128)
}

/// x̄: the sum in eighths over 8n.
pub(crate) fn mean(x: &[f64]) -> f64 {
    eighths(x).sum::<i128>() as f64 / (8 * x.len()) as f64
}

/// Σ(xᵢ − x̄)² = (n·Σxᵢ² − (Σxᵢ)²) / n, by König and Huygens; exact in whole numbers, where nothing cancels.
pub(crate) fn squares(x: &[f64]) -> f64 {
    let n = x.len() as i128;
    let (sum, of_squares) = eighths(x).fold((0, 0), |(sum, squares), k| (sum + k, squares + k * k));
    (n * of_squares - sum * sum) as f64 / (64 * n.max(1)) as f64
}

/// The largest |xᵢ|.
pub(crate) fn largest(x: &[f64]) -> f64 {
    x.iter().fold(0.0, |largest, x| largest.max(x.abs()))
}

/// Σ(xᵢ − x̄)² of any numbers, in two passes, and how far off it may be: twice what [`squares_tolerance`] allows.
pub(crate) fn two_pass(x: &[f64]) -> (f64, f64) {
    let n = x.len() as f64;
    let mean = x.iter().sum::<f64>() / n;
    let s: f64 = x.iter().map(|x| (x - mean) * (x - mean)).sum();
    (s, 2.0 * tolerance_of(x.len(), s, largest(x)))
}

/// How far off Σ(xᵢ − x̄)² may be: n·ε·(S + |x̄|·√(n·S)) to first order, whether it is summed in two passes or one,
/// and n·(n·ε·x̄)² for the error of the mean itself. The formula Σx² − n·x̄² is off by n·ε·x̄² instead.
///
/// Source: Chan, Golub and LeVeque, *Algorithms for Computing the Sample Variance*, The American Statistician 37 (1983).
pub(crate) fn squares_tolerance(x: &[f64]) -> f64 {
    tolerance_of(x.len(), squares(x), largest(x))
}

fn tolerance_of(n: usize, s: f64, m: f64) -> f64 {
    judge::rounding(8 * n, s + m * (n as f64 * s).sqrt()) + n as f64 * judge::rounding(4 * n, m).powi(2)
}
