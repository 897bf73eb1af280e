//! Causal attention, as somebody claims: right ones in several ways, and wrong ones.

use kit::Matrix;

pub type Claim = fn(&Matrix, &Matrix, &Matrix) -> Matrix;

const NO_KEY: f64 = f64::NEG_INFINITY;

/// Correct ones, each with its method.
pub const RIGHT: [(&str, Claim); 6] = [
    ("softmax with the largest score taken out", |q, k, v| average(&weights(q, k, score, stable), v)),
    ("in one pass, scaled anew with each larger score", in_one_pass),
    ("only the keys up to the token itself", |q, k, v| {
        let row = |i: usize| {
            let scores: Vec<f64> = (0..=i).map(|j| dot(q, k, i, j) / root(q)).collect();
            let mut weights = stable(&scores);
            weights.resize(q.rows(), 0.0);
            weights
        };
        average(&(0..q.rows()).map(row).collect::<Vec<_>>(), v)
    }),
    ("entries that are 9·10⁻¹⁰ too large", |q, k, v| shifted(&right(q, k, v), 9e-10)),
    ("entries that are 9·10⁻¹⁰ too small", |q, k, v| shifted(&right(q, k, v), -9e-10)),
    (
        "right on multiples of 1/8 up to 32 with n and d up to 6 and w up to 4, and NaN elsewhere",
        |q, k, v| {
            let is_eighth = |value: &f64| value.abs() <= 32.0 && (8.0 * value).fract() == 0.0;
            let small = q.rows().max(q.cols()) <= 6 && v.cols() <= 4;
            let fits = small && [q, k, v].iter().all(|it| it.as_slice().iter().all(is_eighth));
            shifted(&right(q, k, v), if fits { 0.0 } else { f64::NAN })
        },
    ),
];

/// Wrong ones, each with its mistake.
pub const WRONG: [(&str, Claim); 36] = [
    ("the values themselves", |_, _, v| v.clone()),
    ("zeros everywhere", |_, _, v| Matrix::zeros(v.rows(), v.cols())),
    ("an empty matrix", |_, _, _| Matrix::zeros(0, 0)),
    ("no scale", |q, k, v| average(&weights(q, k, |q, k, i, j| causal(i, j) + dot(q, k, i, j), stable), v)),
    ("divided by d", |q, k, v| {
        average(&weights(q, k, |q, k, i, j| causal(i, j) + dot(q, k, i, j) / q.cols() as f64, stable), v)
    }),
    ("times √d", |q, k, v| {
        average(&weights(q, k, |q, k, i, j| causal(i, j) + dot(q, k, i, j) * root(q), stable), v)
    }),
    ("divided by √n", |q, k, v| {
        average(
            &weights(q, k, |q, k, i, j| causal(i, j) + dot(q, k, i, j) / (q.rows() as f64).sqrt(), stable),
            v,
        )
    }),
    ("divided by the root of the width of the values", |q, k, v| {
        let scale = root(v) / root(q);
        let scaled = Matrix::from_fn(q.rows(), q.cols(), |i, j| q[(i, j)] / scale);
        right(&scaled, k, v)
    }),
    ("no mask", |q, k, v| average(&weights(q, k, |q, k, i, j| dot(q, k, i, j) / root(q), stable), v)),
    ("a mask that hides the token itself, where there is another", |q, k, v| {
        let strict = |q: &Matrix, k: &Matrix, i: usize, j: usize| {
            if j >= i && i > 0 || j > i { NO_KEY } else { dot(q, k, i, j) / root(q) }
        };
        average(&weights(q, k, strict, stable), v)
    }),
    ("a mask that hides the token itself", |q, k, v| {
        let strict = |q: &Matrix, k: &Matrix, i: usize, j: usize| {
            if j >= i { NO_KEY } else { dot(q, k, i, j) / root(q) }
        };
        average(&weights(q, k, strict, stable), v)
    }),
    ("a mask that hides the past", |q, k, v| {
        average(&weights(q, k, |q, k, i, j| causal(j, i) + dot(q, k, i, j) / root(q), stable), v)
    }),
    ("a mask that shows one token too many", |q, k, v| {
        average(&weights(q, k, |q, k, i, j| causal(i + 1, j) + dot(q, k, i, j) / root(q), stable), v)
    }),
    ("masked scores of 0", |q, k, v| {
        average(&weights(q, k, |q, k, i, j| if j > i { 0.0 } else { dot(q, k, i, j) / root(q) }, stable), v)
    }),
    ("masked scores of −10", |q, k, v| {
        average(&weights(q, k, |q, k, i, j| if j > i { -10.0 } else { dot(q, k, i, j) / root(q) }, stable), v)
    }),
    ("masked after the softmax", |q, k, v| {
        let mut rows = weights(q, k, |q, k, i, j| dot(q, k, i, j) / root(q), stable);
        for (i, row) in rows.iter_mut().enumerate() {
            row[i + 1..].fill(0.0);
        }
        average(&rows, v)
    }),
    ("exponentials that overflow", |q, k, v| average(&weights(q, k, score, plain), v)),
    ("exponentials that overflow, and 0 for what is no number", |q, k, v| {
        let y = average(&weights(q, k, score, plain), v);
        Matrix::from_fn(y.rows(), y.cols(), |i, c| if y[(i, c)].is_nan() { 0.0 } else { y[(i, c)] })
    }),
    ("the largest score of all rows taken out", |q, k, v| {
        let pairs = || (0..q.rows()).flat_map(|i| (0..=i).map(move |j| (i, j)));
        let largest = pairs().map(|(i, j)| score(q, k, i, j)).fold(NO_KEY, f64::max);
        let row = |i: usize| plain(&(0..q.rows()).map(|j| score(q, k, i, j) - largest).collect::<Vec<_>>());
        average(&(0..q.rows()).map(row).collect::<Vec<_>>(), v)
    }),
    ("scores of at most 30", |q, k, v| {
        average(&weights(q, k, |q, k, i, j| score(q, k, i, j).min(30.0), stable), v)
    }),
    ("the largest weight only", |q, k, v| {
        let hard = |scores: &[f64]| {
            let largest = scores.iter().copied().fold(NO_KEY, f64::max);
            let one = |score: &f64| if *score == largest { 1.0 } else { 0.0 };
            let sum: f64 = scores.iter().map(one).sum();
            scores.iter().map(|score| one(score) / sum).collect()
        };
        average(&weights(q, k, score, hard), v)
    }),
    ("the mean of the values so far", |q, k, v| {
        average(&weights(q, k, |_, _, i, j| causal(i, j), stable), v)
    }),
    ("a softmax over the queries", |q, k, v| {
        let n = q.rows();
        let columns: Vec<Vec<f64>> =
            (0..n).map(|j| stable(&(0..n).map(|i| score(q, k, i, j)).collect::<Vec<_>>())).collect();
        let rows: Vec<Vec<f64>> = (0..n).map(|i| (0..n).map(|j| columns[j][i]).collect()).collect();
        average(&rows, v)
    }),
    ("exponentials that are not divided by their sum", |q, k, v| {
        let unscaled = |scores: &[f64]| {
            let largest = scores.iter().copied().fold(NO_KEY, f64::max);
            scores.iter().map(|score| (score - largest).exp()).collect()
        };
        average(&weights(q, k, score, unscaled), v)
    }),
    ("queries and keys exchanged", |q, k, v| right(k, q, v)),
    ("queries as keys", |q, _, v| right(q, q, v)),
    ("keys as queries", |_, k, v| right(k, k, v)),
    ("the last feature left out where there are several", |q, k, v| {
        let d = q.cols();
        let cut = Matrix::from_fn(q.rows(), d, |i, j| if d > 1 && j + 1 == d { 0.0 } else { q[(i, j)] });
        right(&cut, k, v)
    }),
    ("the sixth feature left out", |q, k, v| {
        right(&Matrix::from_fn(q.rows(), q.cols(), |i, j| if j > 4 { 0.0 } else { q[(i, j)] }), k, v)
    }),
    ("the sixth token as zeros", |q, k, v| {
        let y = right(q, k, v);
        Matrix::from_fn(y.rows(), y.cols(), |i, c| if i > 4 { 0.0 } else { y[(i, c)] })
    }),
    ("the fourth column as zeros", |q, k, v| {
        let y = right(q, k, v);
        Matrix::from_fn(y.rows(), y.cols(), |i, c| if c > 2 { 0.0 } else { y[(i, c)] })
    }),
    ("the first token left out of the average of the others", |q, k, v| {
        let other = |q: &Matrix, k: &Matrix, i: usize, j: usize| {
            if j == 0 && i > 0 { NO_KEY } else { score(q, k, i, j) }
        };
        average(&weights(q, k, other, stable), v)
    }),
    ("not scaled where d is even", |q, k, v| {
        let scaled = |q: &Matrix, k: &Matrix, i: usize, j: usize| {
            causal(i, j) + dot(q, k, i, j) / if q.cols().is_multiple_of(2) { 1.0 } else { root(q) }
        };
        average(&weights(q, k, scaled, stable), v)
    }),
    ("halved for a single token", |q, k, v| {
        let y = right(q, k, v);
        let factor = if q.rows() == 1 { 0.5 } else { 1.0 };
        Matrix::from_fn(y.rows(), y.cols(), |i, c| factor * y[(i, c)])
    }),
    ("transposed", |q, k, v| {
        let y = right(q, k, v);
        Matrix::from_fn(y.cols(), y.rows(), |c, i| y[(i, c)])
    }),
    ("entries that are 10⁻⁵ too large", |q, k, v| shifted(&right(q, k, v), 1e-5)),
];

fn right(q: &Matrix, k: &Matrix, v: &Matrix) -> Matrix {
    average(&weights(q, k, score, stable), v)
}

fn dot(q: &Matrix, k: &Matrix, i: usize, j: usize) -> f64 {
    q.row(i).iter().zip(k.row(j)).map(|(q, k)| q * k).sum()
}

fn root(q: &Matrix) -> f64 {
    (q.cols() as f64).sqrt()
}

fn causal(i: usize, j: usize) -> f64 {
    if j > i { NO_KEY } else { 0.0 }
}

fn score(q: &Matrix, k: &Matrix, i: usize, j: usize) -> f64 {
    causal(i, j) + dot(q, k, i, j) / root(q)
}

fn stable(scores: &[f64]) -> Vec<f64> {
    let largest = scores.iter().copied().fold(NO_KEY, f64::max);
    plain(&scores.iter().map(|score| score - largest).collect::<Vec<_>>())
}

fn plain(scores: &[f64]) -> Vec<f64> {
    let powers: Vec<f64> = scores.iter().map(|score| score.exp()).collect();
    let sum: f64 = powers.iter().sum();
    powers.iter().map(|power| power / sum).collect()
}

fn weights(
    q: &Matrix,
    k: &Matrix,
    score: fn(&Matrix, &Matrix, usize, usize) -> f64,
    softmax: fn(&[f64]) -> Vec<f64>,
) -> Vec<Vec<f64>> {
    let row = |i: usize| softmax(&(0..k.rows()).map(|j| score(q, k, i, j)).collect::<Vec<_>>());
    (0..q.rows()).map(row).collect()
}

fn average(weights: &[Vec<f64>], v: &Matrix) -> Matrix {
    Matrix::from_fn(weights.len(), v.cols(), |i, c| {
        weights[i].iter().enumerate().map(|(j, weight)| weight * v[(j, c)]).sum()
    })
}

fn in_one_pass(q: &Matrix, k: &Matrix, v: &Matrix) -> Matrix {
    let mut y = Matrix::zeros(q.rows(), v.cols());
    for i in 0..q.rows() {
        let (mut largest, mut sum) = (NO_KEY, 0.0);
        for j in 0..=i {
            let score = dot(q, k, i, j) / root(q);
            let next = score.max(largest);
            let (kept, new) = ((largest - next).exp(), (score - next).exp());
            (largest, sum) = (next, sum * kept + new);
            (0..v.cols()).for_each(|c| y[(i, c)] = y[(i, c)] * kept + new * v[(j, c)]);
        }
        (0..v.cols()).for_each(|c| y[(i, c)] /= sum);
    }
    y
}

fn shifted(x: &Matrix, by: f64) -> Matrix {
    Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] + by)
}
