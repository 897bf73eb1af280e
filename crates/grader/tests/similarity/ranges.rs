pub fn matmul(a: &Matrix, b: &Matrix) -> Result<Matrix, InputError> {
    if a.cols() != b.rows() {
        return Err(InputError::UnequalShapes { left: a.shape(), right: b.shape() });
    }
    let mut product = Matrix::zeros(a.rows(), b.cols());
    for i in 0..a.rows() {
        for j in 0..b.cols() {
            let mut sum = 0.0;
            for k in 0..a.cols() {
                sum += a[(i, k)] * b[(k, j)];
            }
            product[(i, j)] = sum;
        }
    }
    Ok(product)
}

pub fn covariance(x: &Matrix) -> Matrix {
    let n = x.rows();
    let mut means = vec![0.0; x.cols()];
    for j in 0..x.cols() {
        let mut total = 0.0;
        for i in 0..n {
            total += x[(i, j)];
        }
        means[j] = total / n as f64;
    }
    let mut result = Matrix::zeros(x.cols(), x.cols());
    for a in 0..x.cols() {
        for b in 0..x.cols() {
            let mut total = 0.0;
            for i in 0..n {
                total += (x[(i, a)] - means[a]) * (x[(i, b)] - means[b]);
            }
            result[(a, b)] = total / (n as f64 - 1.0);
        }
    }
    result
}

pub fn nearest(points: &Matrix, centers: &Matrix) -> Vec<usize> {
    let mut labels = Vec::with_capacity(points.rows());
    for i in 0..points.rows() {
        let mut best = 0;
        let mut smallest = f64::INFINITY;
        for c in 0..centers.rows() {
            let mut distance = 0.0;
            for j in 0..points.cols() {
                let gap = points[(i, j)] - centers[(c, j)];
                distance += gap * gap;
            }
            if distance < smallest {
                smallest = distance;
                best = c;
            }
        }
        labels.push(best);
    }
    labels
}
