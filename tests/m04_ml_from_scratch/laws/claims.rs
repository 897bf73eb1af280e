//! Regressions that claim to be least squares: right ones by several ways, and wrong ones.

use kit::Matrix;

pub type Claim = fn(&Matrix, &[f64]) -> (Vec<f64>, f64);

/// Correct ones, each with its method.
pub const RIGHT: [(&str, Claim); 9] = [
    ("the normal equation, solved by elimination", |x, y| elimination(x, y, 0.0)),
    ("orthogonalized features, one after the other (Gram and Schmidt)", gram_schmidt),
    ("coordinate descent: one unknown after the other (Gauss and Seidel)", |x, y| coordinates(x, y, 400)),
    ("weights that are 9·10⁻¹⁰ too large, an intercept that is as much too small", |x, y| {
        off(x, y, 9e-10, -9e-10)
    }),
    ("weights and an intercept that are 9·10⁻¹⁰ too small", |x, y| off(x, y, -9e-10, -9e-10)),
    ("weights that are 9·10⁻¹⁰ too large in turn and too small", |x, y| {
        let (w, b) = elimination(x, y, 0.0);
        (w.iter().enumerate().map(|(j, w)| if j % 2 == 0 { w + 9e-10 } else { w - 9e-10 }).collect(), b)
    }),
    ("the normal equation with the features in another order", |x, y| {
        let d = x.cols();
        let turned = Matrix::from_fn(x.rows(), d, |i, j| x[(i, d - 1 - j)]);
        let (mut w, b) = elimination(&turned, y, 0.0);
        w.reverse();
        (w, b)
    }),
    ("the normal equation with the samples in another order", |x, y| {
        let n = x.rows();
        let turned = Matrix::from_fn(n, x.cols(), |i, j| x[(n - 1 - i, j)]);
        elimination(&turned, &y.iter().rev().copied().collect::<Vec<_>>(), 0.0)
    }),
    ("the normal equation of features in other units", |x, y| {
        let scaled =
            Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * 0.5_f64.powi(20 * (j as i32 + 1)));
        let (w, b) = elimination(&scaled, y, 0.0);
        (w.iter().enumerate().map(|(j, w)| w * 0.5_f64.powi(20 * (j as i32 + 1))).collect(), b)
    }),
];

/// Wrong ones, each with its mistake.
pub const WRONG: [(&str, Claim); 31] = [
    ("zeros, whatever the data", |x, _| (vec![0.0; x.cols()], 0.0)),
    ("the mean of y alone, without features", |x, y| {
        (vec![0.0; x.cols()], y.iter().sum::<f64>() / y.len() as f64)
    }),
    ("the best model through the origin: no intercept", |x, y| (through_the_origin(x, y), 0.0)),
    ("the best weights without an intercept, then the intercept", |x, y| {
        let w = through_the_origin(x, y);
        let b = mean(y.len(), |i| y[i] - dot(x.row(i), &w));
        (w, b)
    }),
    ("weights with an L2 penalty of a twentieth (ridge)", |x, y| elimination(x, y, 0.05)),
    ("gradient descent that has not converged", |x, y| {
        let (mut w, b) = elimination(x, y, 0.0);
        w[0] -= 0.01;
        (w, b)
    }),
    ("the intercept of gradient descent that has not converged", |x, y| {
        let (w, b) = elimination(x, y, 0.0);
        (w, b - 0.01)
    }),
    ("the first feature only, zeros for the others", |x, y| {
        let first = Matrix::from_fn(x.rows(), 1, |i, _| x[(i, 0)]);
        let (w, b) = elimination(&first, y, 0.0);
        ((0..x.cols()).map(|j| if j == 0 { w[0] } else { 0.0 }).collect(), b)
    }),
    ("a model through d + 1 of the samples: right for exact data only", |x, y| {
        // The corner samples 0, 1, 2 and 4 of any design are as good as others: drop samples until they solve exactly.
        let few: Vec<usize> =
            (0..y.len()).filter(|i| i.is_power_of_two() || *i == 0).take(x.cols() + 2).collect();
        let part = Matrix::from_fn(few.len(), x.cols(), |i, j| x[(few[i], j)]);
        elimination(&part, &few.iter().map(|i| y[*i]).collect::<Vec<_>>(), 1e-9)
    }),
    ("weights in the wrong order", |x, y| {
        let (mut w, b) = elimination(x, y, 0.0);
        w.reverse();
        (w, b)
    }),
    ("the intercept among the weights", |x, y| {
        let (mut w, b) = elimination(x, y, 0.0);
        w.push(b);
        (w, b)
    }),
    ("NaN", |x, _| (vec![f64::NAN; x.cols()], f64::NAN)),
    ("NaN for the intercept alone", |x, y| (elimination(x, y, 0.0).0, f64::NAN)),
    ("NaN for the last weight alone", |x, y| last(x, y, |_| f64::NAN)),
    ("an infinite last weight", |x, y| last(x, y, |_| f64::INFINITY)),
    ("an infinite intercept", |x, y| (elimination(x, y, 0.0).0, f64::NEG_INFINITY)),
    ("the last weight missing", |x, y| {
        let (w, b) = elimination(x, y, 0.0);
        (w[..w.len() - 1].to_vec(), b)
    }),
    ("no weights at all", |x, y| (Vec::new(), elimination(x, y, 0.0).1)),
    ("a weight of 0 too many", |x, y| {
        let (w, b) = elimination(x, y, 0.0);
        ([w, vec![0.0]].concat(), b)
    }),
    ("the last weight off by a hundredth", |x, y| last(x, y, |w| w + 0.01)),
    ("the last weight off by a hundredth the other way", |x, y| last(x, y, |w| w - 0.01)),
    ("the first weight too large by a hundredth", |x, y| {
        let (mut w, b) = elimination(x, y, 0.0);
        w[0] += 0.01;
        (w, b)
    }),
    ("the intercept too large by a hundredth", |x, y| off(x, y, 0.0, 0.01)),
    ("weights that are a twentieth too small, with the best intercept for them", |x, y| {
        let w: Vec<f64> = elimination(x, y, 0.0).0.iter().map(|w| 0.95 * w).collect();
        let b = mean(y.len(), |i| y[i] - dot(x.row(i), &w));
        (w, b)
    }),
    ("weights that are a twentieth too small, with the intercept of the right ones", |x, y| {
        let (w, b) = elimination(x, y, 0.0);
        (w.iter().map(|w| 0.95 * w).collect(), b)
    }),
    ("the last weight a twentieth too small", |x, y| last(x, y, |w| 0.95 * w)),
    ("the features centered, and the intercept not moved back", |x, y| {
        let (w, _) = elimination(x, y, 0.0);
        (w, mean(y.len(), |i| y[i]))
    }),
    ("right for a single feature only: each weight from its feature alone, without the others", |x, y| {
        let alone = |j: usize| {
            let column = Matrix::from_fn(x.rows(), 1, |i, _| x[(i, j)]);
            through_the_origin(&column, y)[0]
        };
        let w: Vec<f64> =
            if x.cols() == 1 { elimination(x, y, 0.0).0 } else { (0..x.cols()).map(alone).collect() };
        let b = mean(y.len(), |i| y[i] - dot(x.row(i), &w));
        (w, b)
    }),
    ("right for one feature, zeros for several", |x, y| match x.cols() {
        1 => elimination(x, y, 0.0),
        d => (vec![0.0; d], mean(y.len(), |i| y[i])),
    }),
    ("another sign of the weights", |x, y| {
        let (w, b) = elimination(x, y, 0.0);
        (w.iter().map(|w| -w).collect(), b)
    }),
    ("another sign of the intercept", |x, y| {
        let (w, b) = elimination(x, y, 0.0);
        (w, -b)
    }),
];

fn off(x: &Matrix, y: &[f64], of_w: f64, of_b: f64) -> (Vec<f64>, f64) {
    let (w, b) = elimination(x, y, 0.0);
    (w.iter().map(|w| w + of_w).collect(), b + of_b)
}

fn last(x: &Matrix, y: &[f64], other: impl Fn(f64) -> f64) -> (Vec<f64>, f64) {
    let (mut w, b) = elimination(x, y, 0.0);
    if let Some(last) = w.last_mut() {
        *last = other(*last);
    }
    (w, b)
}

/// The least sum of absolute errors, by reweighting: close to the median, not to the mean.
pub fn least_absolute(x: &Matrix, y: &[f64]) -> (Vec<f64>, f64) {
    let mut fitted = elimination(x, y, 0.0);
    for _ in 0..60 {
        let weight: Vec<f64> = (0..y.len())
            .map(|i| (dot(x.row(i), &fitted.0) + fitted.1 - y[i]).abs().max(1e-6).recip())
            .collect();
        fitted = weighted(x, y, &weight, 0.0);
    }
    fitted
}

fn mean(n: usize, of: impl Fn(usize) -> f64) -> f64 {
    (0..n).map(of).sum::<f64>() / n as f64
}

pub fn dot(x: &[f64], w: &[f64]) -> f64 {
    x.iter().zip(w).map(|(x, w)| x * w).sum()
}

pub fn elimination(x: &Matrix, y: &[f64], penalty: f64) -> (Vec<f64>, f64) {
    weighted(x, y, &vec![1.0; y.len()], penalty)
}

/// The system for (w, b) with a weight for each sample, by Gauss–Jordan elimination.
fn weighted(x: &Matrix, y: &[f64], weight: &[f64], penalty: f64) -> (Vec<f64>, f64) {
    let (n, d) = x.shape();
    let column = |i: usize, j: usize| if j < d { x[(i, j)] } else { 1.0 };
    let mut a = Matrix::from_fn(d + 1, d + 2, |j, k| {
        let other = |i: usize| if k <= d { column(i, k) } else { y[i] };
        // As a share of the variance, so that the weights shrink alike in every unit.
        let middle = mean(n, |i| column(i, j));
        let price = if j == k { penalty * mean(n, |i| (column(i, j) - middle).powi(2)) } else { 0.0 };
        mean(n, |i| weight[i] * column(i, j) * other(i)) + price
    });
    for p in 0..=d {
        for j in (0..=d).filter(|j| *j != p) {
            let factor = a[(j, p)] / a[(p, p)];
            (p..d + 2).for_each(|k| a[(j, k)] -= factor * a[(p, k)]);
        }
    }
    let solution = |j: usize| a[(j, d + 1)] / a[(j, j)];
    ((0..d).map(solution).collect(), solution(d))
}

fn through_the_origin(x: &Matrix, y: &[f64]) -> Vec<f64> {
    let d = x.cols();
    let mut w = vec![0.0; d];
    for _ in 0..400 {
        for j in 0..d {
            let rest = |i: usize| y[i] - dot(x.row(i), &w) + w[j] * x[(i, j)];
            w[j] = mean(y.len(), |i| rest(i) * x[(i, j)]) / mean(y.len(), |i| x[(i, j)] * x[(i, j)]);
        }
    }
    w
}

fn gram_schmidt(x: &Matrix, y: &[f64]) -> (Vec<f64>, f64) {
    // The last of the orthogonalised features belongs to it alone: so each weight in turn, with its feature last.
    let (n, d) = x.shape();
    let weight = |last: usize| {
        let order = (0..d).filter(|j| *j != last).chain([last]);
        let mut basis: Vec<Vec<f64>> = vec![vec![1.0; n]];
        for j in order {
            let mut column: Vec<f64> = (0..n).map(|i| x[(i, j)]).collect();
            for _ in 0..2 {
                for q in &basis {
                    let share = dot(&column, q) / dot(q, q);
                    column.iter_mut().zip(q).for_each(|(c, q)| *c -= share * q);
                }
            }
            basis.push(column);
        }
        dot(&basis[d], y) / dot(&basis[d], &basis[d])
    };
    let w: Vec<f64> = (0..d).map(weight).collect();
    let b = mean(n, |i| y[i] - dot(x.row(i), &w));
    (w, b)
}

fn coordinates(x: &Matrix, y: &[f64], rounds: usize) -> (Vec<f64>, f64) {
    let (n, d) = x.shape();
    let middle: Vec<f64> = (0..d).map(|j| mean(n, |i| x[(i, j)])).collect();
    let centered = Matrix::from_fn(n, d, |i, j| x[(i, j)] - middle[j]);
    let (mut w, level) = (vec![0.0; d], mean(n, |i| y[i]));
    for _ in 0..rounds {
        for j in 0..d {
            let rest = |i: usize| y[i] - level - dot(centered.row(i), &w) + w[j] * centered[(i, j)];
            w[j] = mean(n, |i| rest(i) * centered[(i, j)]) / mean(n, |i| centered[(i, j)] * centered[(i, j)]);
        }
    }
    let b = level - dot(&middle, &w);
    (w, b)
}
