use kit::{InputError, Matrix};

use super::{householder, uncentered};
use crate::reference::m04_ml_from_scratch::least_squares as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Model = (Vec<f64>, f64);
type Ridge = fn(&Matrix, &[f64], f64) -> Result<Model, InputError>;

/// The kata, answered by a specimen.
pub fn ridge(x: &Matrix, y: &[f64], penalty: f64) -> Result<Model, InputError> {
    answering::<Ridge>(
        module_path!(),
        reference::ridge,
        &[
            wheat(
                "textbook",
                "the system with a column of ones, by elimination with pivots",
                |x, y, penalty| {
                    usable(x, y, penalty)?;
                    uncentered(x, y, penalty).ok_or(InputError::Dependent { name: "x" })
                },
            ),
            wheat(
                "more_samples",
                "√(nλ) times each unit vector is one more sample with the target 0",
                |x, y, penalty| {
                    usable(x, y, penalty)?;
                    let ((n, d), center) = (x.shape(), |of: &dyn Fn(usize) -> f64| {
                        (0..y.len()).map(of).sum::<f64>() / y.len() as f64
                    });
                    let middle: Vec<f64> = (0..d).map(|j| center(&|i| x[(i, j)])).collect();
                    let level = center(&|i| y[i]);
                    let price = (n as f64 * penalty).sqrt();
                    // Each once more with the other sign: the means stay 0 and Householder's intercept too.
                    let rows = 2 * (n + d);
                    let sign = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
                    let all = Matrix::from_fn(rows, d, |i, j| match i / 2 {
                        k if k < n => sign(i) * (x[(k, j)] - middle[j]),
                        k => sign(i) * if k - n == j { price } else { 0.0 },
                    });
                    let targets: Vec<f64> = (0..rows)
                        .map(|i| if i / 2 < n { sign(i) * (y[i / 2] - level) } else { 0.0 })
                        .collect();
                    let (w, _) = if rows > d { householder(&all, &targets) } else { Some((vec![], 0.0)) }
                        .ok_or(InputError::Dependent { name: "x" })?;
                    let b = level - w.iter().zip(&middle).map(|(w, m)| w * m).sum::<f64>();
                    Ok((w, b))
                },
            ),
            wheat(
                "by_the_inverse",
                "([X 1]ᵀ[X 1]/n + λ)⁻¹[X 1]ᵀy/n, as the formula is printed",
                |x, y, penalty| {
                    reference::ridge(x, y, penalty)?;
                    by_the_inverse(x, y, penalty).ok_or(InputError::Dependent { name: "x" })
                },
            ),
            wheat(
                "one_unknown_a_sample",
                "weighs the samples instead of the features, where λ is above 0",
                |x, y, penalty| {
                    if reference::ridge(x, y, penalty).is_err() || penalty == 0.0 {
                        return reference::ridge(x, y, penalty);
                    }
                    let ((n, d), count) = (x.shape(), y.len() as f64);
                    let mean = |of: &dyn Fn(usize) -> f64| (0..n).map(of).sum::<f64>() / count;
                    let middle: Vec<f64> = (0..d).map(|j| mean(&|i| x[(i, j)])).collect();
                    let level = mean(&|i| y[i]);
                    let off = |i: usize, j: usize| x[(i, j)] - middle[j];
                    // (X Xᵀ + nλ)·α = y, all centered, by elimination: positive definite, so that no pivot is needed.
                    let mut a = Matrix::from_fn(n, n + 1, |i, k| match k {
                        k if k == n => y[i] - level,
                        k => {
                            (0..d).map(|j| off(i, j) * off(k, j)).sum::<f64>()
                                + if i == k { count * penalty } else { 0.0 }
                        }
                    });
                    for p in 0..n {
                        for i in p + 1..n {
                            let factor = a[(i, p)] / a[(p, p)];
                            (p..=n).for_each(|k| a[(i, k)] -= factor * a[(p, k)]);
                        }
                    }
                    let mut alpha = vec![0.0; n];
                    for i in (0..n).rev() {
                        alpha[i] =
                            (a[(i, n)] - (i + 1..n).map(|k| a[(i, k)] * alpha[k]).sum::<f64>()) / a[(i, i)];
                    }
                    let w: Vec<f64> = (0..d).map(|j| (0..n).map(|i| off(i, j) * alpha[i]).sum()).collect();
                    let b = level - w.iter().zip(&middle).map(|(w, x)| w * x).sum::<f64>();
                    Ok((w, b))
                },
            ),
            chaff(
                "penalty_on_the_sum",
                "The penalty is added to the sum of squares, not to the mean.",
                |x, y, penalty| {
                    reference::ridge(x, y, penalty)?;
                    reference::ridge(x, y, penalty / y.len() as f64)
                },
            ),
            chaff(
                "penalty_halved",
                "The regularization strength on the diagonal is λ/2.",
                |x, y, penalty| {
                    reference::ridge(x, y, penalty)?;
                    reference::ridge(x, y, penalty / 2.0)
                },
            ),
            chaff("penalty_not_divided", "The diagonal of XᵀX/n grows by n·λ.", |x, y, penalty| {
                reference::ridge(x, y, penalty)?;
                reference::ridge(x, y, penalty * y.len() as f64)
            }),
            chaff(
                "penalty_on_the_intercept",
                "The intercept is penalized like the weights.",
                |x, y, penalty| {
                    let (w, b) = reference::ridge(x, y, penalty)?;
                    Ok((w, b / (1.0 + penalty)))
                },
            ),
            chaff("no_penalty", "The penalty can be left out.", |x, y, penalty| {
                reference::ridge(x, y, penalty)?;
                reference::ridge(x, y, 1e-9)
            }),
            chaff(
                "shrunken_afterwards",
                "Ridge regression divides the least-squares weights by 1 + λ.",
                |x, y, penalty| {
                    let (_, level) = reference::ridge(x, y, penalty)?;
                    let (w, _) = reference::ridge(x, y, 1e-9)?;
                    Ok((w.iter().map(|w| w / (1.0 + penalty)).collect(), level))
                },
            ),
            chaff(
                "small_is_constant",
                "A column that varies by less than 10⁻⁹ is constant.",
                |x, y, penalty| {
                    let model = reference::ridge(x, y, penalty)?;
                    let reach =
                        |j: usize| (0..x.rows()).map(|i| (x[(i, j)] - x[(0, j)]).abs()).fold(0.0, f64::max);
                    let flat = penalty == 0.0 && (0..x.cols()).any(|j| reach(j) < 1e-9);
                    if flat { Err(InputError::Dependent { name: "x" }) } else { Ok(model) }
                },
            ),
            chaff(
                "twins_rejected",
                "Dependent columns are an error, even with a penalty.",
                |x, y, penalty| {
                    let twins = x.cols() == 2 && (0..x.rows()).all(|i| x[(i, 0)] == x[(i, 1)]);
                    if twins {
                        Err(InputError::Dependent { name: "x" })
                    } else {
                        reference::ridge(x, y, penalty)
                    }
                },
            ),
            chaff(
                "free_twins",
                "Dependent columns have a unique solution even without a penalty.",
                |x, y, penalty| match reference::ridge(x, y, penalty) {
                    Err(InputError::Dependent { .. }) => reference::ridge(x, y, 1e-9),
                    answer => answer,
                },
            ),
            chaff(
                "few_samples_fitted",
                "Fewer samples than weights have a unique solution even without a penalty.",
                |x, y, penalty| match reference::ridge(x, y, penalty) {
                    Err(InputError::Dependent { .. }) if x.rows() <= x.cols() => reference::ridge(x, y, 1e-9),
                    answer => answer,
                },
            ),
            chaff("penalty_capped", "A penalty above 10⁶ makes no difference.", |x, y, penalty| {
                reference::ridge(x, y, if penalty.is_finite() { penalty.min(1e6) } else { penalty })
            }),
            chaff("any_penalty", "A negative penalty is allowed.", |x, y, penalty| {
                if penalty < 0.0 { reference::ridge(x, y, 0.0) } else { reference::ridge(x, y, penalty) }
            }),
            chaff("through_the_origin", "A penalty makes the intercept unnecessary.", |x, y, penalty| {
                Ok((reference::ridge(x, y, penalty)?.0, 0.0))
            }),
            chaff("small_penalty_is_none", "A penalty below 10⁻⁶ is 0.", |x, y, penalty| {
                let fitted = reference::ridge(x, y, penalty)?;
                if penalty > 0.0 && penalty < 1e-6 { reference::ridge(x, y, 0.0) } else { Ok(fitted) }
            }),
            chaff(
                "center_penalty",
                "The weights of dependent columns are shared by position, not equally.",
                |x, y, penalty| {
                    let (mut w, b) = reference::ridge(x, y, penalty)?;
                    if penalty < 1e-3 && w.len() == 2 && (0..x.rows()).all(|i| x[(i, 0)] == x[(i, 1)]) {
                        w = vec![w[0] + w[1], 0.0];
                    }
                    Ok((w, b))
                },
            ),
        ],
    )(x, y, penalty)
}

fn usable(x: &Matrix, y: &[f64], penalty: f64) -> Result<(), InputError> {
    match reference::ridge(x, y, penalty) {
        Err(InputError::Dependent { .. }) | Ok(_) => Ok(()),
        Err(rejection) => Err(rejection),
    }
}

/// ([X 1]ᵀ[X 1]/n + λ)⁻¹[X 1]ᵀy/n, the inverse by Gauss and Jordan, columns brought to length 1 before; none where a
/// pivot is lost.
fn by_the_inverse(x: &Matrix, y: &[f64], penalty: f64) -> Option<(Vec<f64>, f64)> {
    let ((n, d), count) = (x.shape(), y.len() as f64);
    let entry = |i: usize, j: usize| if j < d { x[(i, j)] } else { 1.0 };
    let price = |j: usize| if j < d { penalty } else { 0.0 };
    let length = |j: usize| ((0..n).map(|i| entry(i, j).powi(2)).sum::<f64>() / count + price(j)).sqrt();
    let lengths: Vec<f64> = (0..=d).map(length).collect();
    if lengths.contains(&0.0) {
        return None;
    }
    let mean = |j: usize, of: &dyn Fn(usize) -> f64| {
        (0..n).map(|i| entry(i, j) / lengths[j] * of(i)).sum::<f64>() / count
    };
    let size = d + 1;
    let mut a = Matrix::from_fn(size, 2 * size, |j, k| match k.checked_sub(size) {
        Some(k) => f64::from(u8::from(j == k)),
        None if j == k => mean(j, &|i| entry(i, k) / lengths[k]) + price(j) / lengths[j].powi(2),
        None => mean(j, &|i| entry(i, k) / lengths[k]),
    });
    for p in 0..size {
        if a[(p, p)] < 1e-14 {
            return None;
        }
        let pivot = a[(p, p)];
        (0..2 * size).for_each(|k| a[(p, k)] /= pivot);
        for j in (0..size).filter(|j| *j != p) {
            let factor = a[(j, p)];
            (0..2 * size).for_each(|k| a[(j, k)] -= factor * a[(p, k)]);
        }
    }
    let right: Vec<f64> = (0..size).map(|j| mean(j, &|i| y[i])).collect();
    let solution = |j: usize| (0..size).map(|k| a[(j, size + k)] * right[k]).sum::<f64>() / lengths[j];
    Some(((0..d).map(solution).collect(), solution(d)))
}
