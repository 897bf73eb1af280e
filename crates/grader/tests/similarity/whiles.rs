pub fn nearest(data: &Matrix, means: &Matrix) -> Vec<usize> {
    let mut answer: Vec<usize> = Vec::with_capacity(data.rows());
    let mut row = 0;
    while row < data.rows() {
        let mut winner = 0;
        let mut least = f64::INFINITY;
        let mut m = 0;
        while m < means.rows() {
            let mut squared = 0.0;
            let mut column = 0;
            while column < data.cols() {
                let difference: f64 = data[(row, column)] - means[(m, column)];
                squared = squared + difference * difference;
                column += 1;
            }
            if squared < least {
                least = squared;
                winner = m;
            }
            m += 1;
        }
        answer.push(winner);
        row += 1;
    }
    return answer;
}

// The covariance of the columns.
pub fn covariance(data: &Matrix) -> Matrix {
    let count = data.rows();
    let mut centers: Vec<f64> = vec![0.0; data.cols()];
    let mut column = 0;
    while column < data.cols() {
        let mut sum = 0.0;
        let mut row = 0;
        while row < count {
            sum += data[(row, column)];
            row += 1;
        }
        centers[column] = sum / count as f64;
        column += 1;
    }
    let mut matrix = Matrix::zeros(data.cols(), data.cols());
    let mut p = 0;
    while p < data.cols() {
        let mut q = 0;
        while q < data.cols() {
            let mut sum = 0.0;
            let mut row = 0;
            while row < count {
                sum += (data[(row, p)] - centers[p]) * (data[(row, q)] - centers[q]);
                row += 1;
            }
            matrix[(p, q)] = sum / (count as f64 - 1.0);
            q += 1;
        }
        p += 1;
    }
    return matrix;
}

pub fn matmul(left: &Matrix, right: &Matrix) -> Result<Matrix, InputError> {
    // The inner sides have to agree.
    if left.cols() != right.rows() {
        return Err(InputError::UnequalShapes { left: left.shape(), right: right.shape() });
    }
    let mut out = Matrix::zeros(left.rows(), right.cols());
    let mut row = 0;
    while row < left.rows() {
        let mut column = 0;
        while column < right.cols() {
            let mut entry: f64 = 0.0;
            let mut inner = 0;
            while inner < left.cols() {
                entry += left[(row, inner)] * right[(inner, column)];
                inner += 1;
            }
            out[(row, column)] = entry;
            column += 1;
        }
        row += 1;
    }
    return Ok(out);
}
