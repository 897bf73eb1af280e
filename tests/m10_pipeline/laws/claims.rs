//! Candidate preprocessings: right ones of several kinds, and ones that leak.

use kit::Matrix;

pub type Claim = fn(&Matrix, &Matrix) -> [Matrix; 2];

/// Right ones, each with how it goes about it.
pub const RIGHT: [(&str, Claim); 15] = [
    ("the identity", |train, test| [train.clone(), test.clone()]),
    ("standardized by the training rows", |train, test| {
        both(train, test, |m, j, x| (x - mean(m, j)) / deviation(m, j))
    }),
    ("min-max scaling by the training rows", |train, test| {
        both(train, test, |m, j, x| {
            (x - extreme(m, j, f64::min)) / (extreme(m, j, f64::max) - extreme(m, j, f64::min))
        })
    }),
    ("the rank among the training rows", |train, test| {
        both(train, test, |m, j, x| (0..m.rows()).filter(|&i| m[(i, j)] < x).count() as f64)
    }),
    ("clipped at the training rows' extremes", |train, test| {
        both(train, test, |m, j, x| x.clamp(extreme(m, j, f64::min), extreme(m, j, f64::max)))
    }),
    ("centered, with squares as additional features", |train, test| {
        [train, test].map(|part| {
            let d = part.cols();
            let centered = |i: usize, j: usize| part[(i, j)] - mean(train, j);
            Matrix::from_fn(part.rows(), 2 * d, |i, j| {
                if j < d { centered(i, j) } else { centered(i, j - d).powi(2) }
            })
        })
    }),
    ("millions of times as large, and a single row by a routine that rounds otherwise", |train, test| {
        [train, test].map(|part| {
            let scale = if part.rows() == 1 { 1e6 * (1.0 + 4e-10) } else { 1e6 };
            Matrix::from_fn(part.rows(), part.cols(), |i, j| part[(i, j)] * scale)
        })
    }),
    (
        "as they are, up to 10⁻¹⁰ by which a routine rounds otherwise for an odd number of test rows",
        |train, test| {
            let off = 1e-10 * (test.rows() % 2) as f64;
            [train, test].map(|part| Matrix::from_fn(part.rows(), part.cols(), |i, j| part[(i, j)] + off))
        },
    ),
    ("a millionth as large, up to 10⁻¹⁰ in the same way", |train, test| {
        let off = 1e-10 * (test.rows() % 2) as f64;
        [train, test].map(|part| Matrix::from_fn(part.rows(), part.cols(), |i, j| part[(i, j)] * 1e-6 + off))
    }),
    ("the median of the training rows subtracted", |train, test| {
        both(train, test, |m, j, x| {
            let mut column: Vec<f64> = (0..m.rows()).map(|i| m[(i, j)]).collect();
            column.sort_by(f64::total_cmp);
            x - column[column.len() / 2]
        })
    }),
    ("the distance to the nearest training row", |train, test| {
        [train, test].map(|part| {
            let distance = |i: usize, k: usize| -> f64 {
                (0..train.cols()).map(|j| (part[(i, j)] - train[(k, j)]).powi(2)).sum::<f64>().sqrt()
            };
            let nearest = |i: usize| (0..train.rows()).map(|k| distance(i, k)).fold(f64::INFINITY, f64::min);
            Matrix::from_fn(part.rows(), 1, |i, _| nearest(i))
        })
    }),
    ("one column: the sum of the columns, centered by the training rows", |train, test| {
        [train, test].map(|part| {
            Matrix::from_fn(part.rows(), 1, |i, _| {
                (0..part.cols()).map(|j| part[(i, j)] - mean(train, j)).sum()
            })
        })
    }),
    ("the first training row subtracted", |train, test| both(train, test, |m, j, x| x - m[(0, j)])),
    ("the training mean subtracted; NaN for rows that the page rules out", |train, test| {
        let factor = if is_allowed(train, test) { 1.0 } else { f64::NAN };
        both(train, test, |m, j, x| factor * (x - mean(m, j)))
    }),
    (
        "nine indicators for each column, of what is above a tenth, two tenths, … of its range",
        |train, test| {
            [train, test].map(|part| {
                Matrix::from_fn(part.rows(), 9 * part.cols(), |i, k| {
                    let j = k / 9;
                    let [low, high] = [f64::min, f64::max].map(|end| extreme(train, j, end));
                    let above = low + (k % 9 + 1) as f64 / 10.0 * (high - low);
                    f64::from(u8::from(part[(i, j)] > above))
                })
            })
        },
    ),
];

/// Whether a candidate may be called with these rows.
fn is_allowed(train: &Matrix, test: &Matrix) -> bool {
    let varies = |j: usize| extreme(train, j, f64::min) < extreme(train, j, f64::max);
    (3..=100).contains(&train.rows())
        && (1..=100).contains(&test.rows())
        && (1..=3).contains(&train.cols())
        && train.as_slice().iter().chain(test.as_slice()).all(|x| x.abs() <= 1000.0)
        && (0..train.cols()).all(varies)
}

/// Wrong ones, each with what is wrong about it.
pub const WRONG: [(&str, Claim); 40] = [
    ("mean and deviation of training and test together", |train, test| {
        let all = stacked(train, test);
        [train, test].map(|part| scaled(part, &all, &all))
    }),
    ("centered by the mean of all rows, a millionth as large", |train, test| {
        let all = stacked(train, test);
        both_by(&all, train, test, |m, j, x| (x - mean(m, j)) * 1e-6)
    }),
    ("each part by its own mean and deviation", |train, test| {
        [scaled(train, train, train), scaled(test, test, test)]
    }),
    ("both by the test rows", |train, test| [scaled(train, test, test), scaled(test, test, test)]),
    ("the mean of the training rows, the deviation of all", |train, test| {
        let all = stacked(train, test);
        [train, test].map(|part| scaled(part, train, &all))
    }),
    ("smallest and largest of all rows", |train, test| {
        let all = stacked(train, test);
        both_by(&all, train, test, |m, j, x| x / extreme(m, j, |a, b| a.abs().max(b.abs())))
    }),
    ("the first column right, the others by all rows", |train, test| {
        let all = stacked(train, test);
        [train, test].map(|part| {
            let by = |j: usize| if j > 0 { &all } else { train };
            Matrix::from_fn(part.rows(), part.cols(), |i, j| part[(i, j)] - mean(by(j), j))
        })
    }),
    ("training rows right, test rows centered by themselves", |train, test| {
        [scaled(train, train, train), scaled(test, test, train)]
    }),
    ("test rows right, training rows scaled by the extremes of all", |train, test| {
        let all = stacked(train, test);
        let cut = Matrix::from_fn(train.rows(), train.cols(), |i, j| {
            train[(i, j)] / extreme(&all, j, f64::max).max(50.0)
        });
        [cut, test.clone()]
    }),
    ("each test row minus the one before", |train, test| {
        let before = |i: usize, j: usize| if i == 0 { 0.0 } else { test[(i - 1, j)] };
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), |i, j| test[(i, j)] - before(i, j))]
    }),
    ("test rows that occur in the training dropped", |train, test| {
        let new: Vec<usize> =
            (0..test.rows()).filter(|&i| (0..train.rows()).all(|k| train.row(k) != test.row(i))).collect();
        [train.clone(), Matrix::from_fn(new.len(), test.cols(), |i, j| test[(new[i], j)])]
    }),
    ("test rows in the reverse order", |train, test| {
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), |i, j| test[(test.rows() - 1 - i, j)])]
    }),
    ("test rows sorted", |train, test| {
        let mut order: Vec<usize> = (0..test.rows()).collect();
        order.sort_by(|&a, &b| test[(a, 0)].total_cmp(&test[(b, 0)]));
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), |i, j| test[(order[i], j)])]
    }),
    ("training rows standardized, test rows left as they are", |train, test| {
        [scaled(train, train, train), test.clone()]
    }),
    ("the training rows prepared, and returned for the test as well", |train, _| {
        [train.clone(), train.clone()]
    }),
    ("a single test row leaks into the training rows, several do not", |train, test| {
        let all = if test.rows() == 1 { stacked(train, test) } else { train.clone() };
        [train, test].map(|part| scaled(part, &all, &all))
    }),
    ("test rows beyond 250 leak into the training rows, nearer ones do not", |train, test| {
        let far = test.as_slice().iter().any(|x| x.abs() > 250.0);
        let all = if far { stacked(train, test) } else { train.clone() };
        [train, test].map(|part| scaled(part, &all, &all))
    }),
    ("a test row beyond 250 becomes the mean of the others", |train, test| {
        let is_far = |i: usize| test.row(i).iter().any(|x| x.abs() > 250.0);
        let cell = |i: usize, j: usize| if is_far(i) { mean(test, j) } else { test[(i, j)] };
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), cell)]
    }),
    ("more than 40 test rows leak, fewer do not", |train, test| {
        let all = if test.rows() > 40 { stacked(train, test) } else { train.clone() };
        [train, test].map(|part| scaled(part, &all, &all))
    }),
    ("beyond 40 training rows the test rows count as well", |train, test| {
        let all = if train.rows() > 40 { stacked(train, test) } else { train.clone() };
        [train, test].map(|part| scaled(part, &all, &all))
    }),
    ("up to 40 training rows the test rows count as well", |train, test| {
        let all = if train.rows() <= 40 { stacked(train, test) } else { train.clone() };
        [train, test].map(|part| scaled(part, &all, &all))
    }),
    ("test rows beyond the fortieth are left as they are", |train, test| {
        let [kept, prepared] = [train, test].map(|part| scaled(part, train, train));
        let cell = |i: usize, j: usize| if i < 40 { prepared[(i, j)] } else { test[(i, j)] };
        [kept, Matrix::from_fn(test.rows(), test.cols(), cell)]
    }),
    ("40 test rows at most", |train, test| {
        [train.clone(), Matrix::from_fn(test.rows().min(40), test.cols(), |i, j| test[(i, j)])]
    }),
    ("the last of several test rows becomes the mean of them", |train, test| {
        let last = test.rows() - 1;
        let cell = |i: usize, j: usize| if i > 0 && i == last { mean(test, j) } else { test[(i, j)] };
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), cell)]
    }),
    ("the last training row becomes the first test row", |train, test| {
        let last = train.rows() - 1;
        let cell = |i: usize, j: usize| if i == last { test[(0, j)] } else { train[(i, j)] };
        [Matrix::from_fn(train.rows(), train.cols(), cell), test.clone()]
    }),
    ("the third column by all rows, the others right", |train, test| {
        let all = stacked(train, test);
        [train, test].map(|part| {
            let by = |j: usize| if j == 2 { &all } else { train };
            Matrix::from_fn(part.rows(), part.cols(), |i, j| part[(i, j)] - mean(by(j), j))
        })
    }),
    ("the rank among all rows", |train, test| {
        let all = stacked(train, test);
        both_by(&all, train, test, |m, j, x| (0..m.rows()).filter(|&i| m[(i, j)] < x).count() as f64)
    }),
    ("divided by the number of test rows", |train, test| {
        let n = test.rows() as f64;
        [train, test].map(|part| Matrix::from_fn(part.rows(), part.cols(), |i, j| part[(i, j)] / n))
    }),
    ("a number of its own for each test row: its index", |train, test| {
        [train, test].map(|part| {
            Matrix::from_fn(part.rows(), part.cols() + 1, |i, j| {
                if j < part.cols() { part[(i, j)] } else { i as f64 }
            })
        })
    }),
    ("negative test rows leak into the mean, others do not", |train, test| {
        let is_negative = (0..test.rows()).any(|i| test.row(i).iter().all(|x| *x < 0.0));
        let all = if is_negative { stacked(train, test) } else { train.clone() };
        [train, test].map(|part| scaled(part, &all, train))
    }),
    ("test rows that come twice are 0", |train, test| {
        let twice = |i: usize| (0..test.rows()).any(|k| k != i && test.row(k) == test.row(i));
        let cell = |i: usize, j: usize| if twice(i) { 0.0 } else { test[(i, j)] };
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), cell)]
    }),
    ("the second column by all rows, the others right", |train, test| {
        let all = stacked(train, test);
        [train, test].map(|part| {
            let by = |j: usize| if j == 1 { &all } else { train };
            Matrix::from_fn(part.rows(), part.cols(), |i, j| part[(i, j)] - mean(by(j), j))
        })
    }),
    ("the middle of several test rows becomes the mean of them", |train, test| {
        let (several, middle) = (test.rows() > 1, test.rows() / 2);
        let cell = |i: usize, j: usize| if several && i == middle { mean(test, j) } else { test[(i, j)] };
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), cell)]
    }),
    ("the first of several test rows becomes the one after", |train, test| {
        let next = |i: usize| if i == 0 && test.rows() > 1 { 1 } else { i };
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), |i, j| test[(next(i), j)])]
    }),
    ("each test row plus the one after", |train, test| {
        let after = |i: usize, j: usize| if i + 1 < test.rows() { test[(i + 1, j)] } else { 0.0 };
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), |i, j| test[(i, j)] + after(i, j))]
    }),
    ("training rows in the reverse order", |train, test| {
        let last = train.rows() - 1;
        [Matrix::from_fn(train.rows(), train.cols(), |i, j| train[(last - i, j)]), test.clone()]
    }),
    ("the last training row dropped", |train, test| {
        [Matrix::from_fn(train.rows() - 1, train.cols(), |i, j| train[(i, j)]), test.clone()]
    }),
    ("NaN for the last entry of the test rows", |train, test| {
        let last = (test.rows() - 1, test.cols() - 1);
        let cell = |i: usize, j: usize| if (i, j) == last { f64::NAN } else { test[(i, j)] };
        [train.clone(), Matrix::from_fn(test.rows(), test.cols(), cell)]
    }),
    ("the smallest of all rows subtracted", |train, test| {
        let all = stacked(train, test);
        both_by(&all, train, test, |m, j, x| x - extreme(m, j, f64::min))
    }),
    ("NaN", |train, test| {
        [train, test].map(|part| Matrix::from_fn(part.rows(), part.cols(), |_, _| f64::NAN))
    }),
];

fn both(train: &Matrix, test: &Matrix, of: impl Fn(&Matrix, usize, f64) -> f64) -> [Matrix; 2] {
    both_by(train, train, test, of)
}

fn both_by(
    by: &Matrix,
    train: &Matrix,
    test: &Matrix,
    of: impl Fn(&Matrix, usize, f64) -> f64,
) -> [Matrix; 2] {
    [train, test].map(|part| Matrix::from_fn(part.rows(), part.cols(), |i, j| of(by, j, part[(i, j)])))
}

fn scaled(part: &Matrix, middle: &Matrix, width: &Matrix) -> Matrix {
    let s = |j: usize| if deviation(width, j) == 0.0 { 1.0 } else { deviation(width, j) };
    Matrix::from_fn(part.rows(), part.cols(), |i, j| (part[(i, j)] - mean(middle, j)) / s(j))
}

fn stacked(train: &Matrix, test: &Matrix) -> Matrix {
    let n = train.rows();
    Matrix::from_fn(
        n + test.rows(),
        train.cols(),
        |i, j| if i < n { train[(i, j)] } else { test[(i - n, j)] },
    )
}

fn mean(m: &Matrix, j: usize) -> f64 {
    (0..m.rows()).map(|i| m[(i, j)]).sum::<f64>() / m.rows() as f64
}

fn deviation(m: &Matrix, j: usize) -> f64 {
    let square = |i: usize| (m[(i, j)] - mean(m, j)).powi(2);
    ((0..m.rows()).map(square).sum::<f64>() / m.rows() as f64).sqrt()
}

fn extreme(m: &Matrix, j: usize, which: fn(f64, f64) -> f64) -> f64 {
    (0..m.rows()).map(|i| m[(i, j)]).reduce(which).unwrap_or(0.0)
}
