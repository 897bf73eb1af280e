pub fn matmul(a: &Matrix, b: &Matrix) -> Result<Matrix, InputError> {
    if a.cols() != b.rows() {
        return Err(InputError::UnequalShapes { left: a.shape(), right: b.shape() });
    }
    Ok(Matrix::from_fn(a.rows(), b.cols(), |i, j| (0..a.cols()).map(|k| a[(i, k)] * b[(k, j)]).sum()))
}

pub fn covariance(x: &Matrix) -> Matrix {
    let n = x.rows();
    let means: Vec<f64> = (0..x.cols()).map(|j| (0..n).map(|i| x[(i, j)]).sum::<f64>() / n as f64).collect();
    Matrix::from_fn(x.cols(), x.cols(), |a, b| {
        (0..n).map(|i| (x[(i, a)] - means[a]) * (x[(i, b)] - means[b])).sum::<f64>() / (n as f64 - 1.0)
    })
}

pub fn nearest(points: &Matrix, centers: &Matrix) -> Vec<usize> {
    let squared = |i: usize, c: usize| {
        (0..points.cols()).map(|j| (points[(i, j)] - centers[(c, j)]).powi(2)).sum::<f64>()
    };
    let closest = |i: usize| (0..centers.rows()).min_by(|a, b| squared(i, *a).total_cmp(&squared(i, *b)));
    (0..points.rows()).map(|i| closest(i).unwrap_or(0)).collect()
}
