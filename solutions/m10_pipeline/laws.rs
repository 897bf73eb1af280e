//! Roles exchanged: here you write the property-based test (the law).

use kit::Matrix;

/// Property test: decides whether a candidate preprocessing of training and test rows leaks (data leakage).
///
/// The candidate takes training and test rows, one sample per row and with the same columns, and returns both
/// preprocessed for a model: scaled, transformed, with more or fewer columns. A preprocessing is free of leakage if
/// it learns from the training rows only, and treats every row by itself: there is a function g, made from the
/// training rows, and preprocessed row i is g(row i), for training and test rows alike.
///
/// * `candidate`: the function to be judged. It may be called with 3 to 100 training rows and 1 to 100 test rows of
///   1 to 3 columns, with entries up to 1000 in size; no column of the training rows is constant. On such data it
///   neither panics nor runs long, and the same rows give the same answer.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected**: any g will do, the identity, a scaling, ranks among the training rows, a
///     projection. What should be equal differs by less than 10⁻⁹, or by 10⁻⁹ of the larger one if that is more.
///   * **These must be rejected**: statistics learned from training and test rows together, each part on its own,
///     or both by those of the test; a leak in one column only, or through the deviation only, or through the
///     extremes; a test row that depends on other test rows, such as the one before; test rows left as they are
///     where training rows are not, or training rows returned in their place; rows dropped or reordered; NaN. Some leak
///     in certain cases only, such as with more than 40 training or test rows, or with fewer, for repeated or negative
///     test rows, or into the last row.
///
/// You may call it a few hundred times: fifty candidates are judged in at most ten seconds. You need not know what the
/// right answer is (metamorphic testing).
///
/// ```
/// # use katas::m10_pipeline::laws::accepts_preparation;
/// # use kit::Matrix;
/// assert!(accepts_preparation(|train, test| [train.clone(), test.clone()]));
/// assert!(!accepts_preparation(|train, test| [train.clone(), Matrix::zeros(test.rows(), 1)]));
/// ```
///
/// In Python: no single call; compare `scaler.fit(train).transform(test)[i]` with
/// `scaler.fit(train).transform(test[i:i + 1])`, on arrays drawn by `hypothesis.extra.numpy.arrays`.
///
/// Source: Kaufman, Rosset and Perlich, *Leakage in Data Mining*, KDD 2011.
pub fn accepts_preparation(candidate: fn(&Matrix, &Matrix) -> [Matrix; 2]) -> bool {
    const ROWS: [[f64; 3]; 6] = [
        [1.0, -2.0, 30.0],
        [2.0, 0.5, -10.0],
        [4.0, 3.0, 5.0],
        [-3.0, 1.0, 17.0],
        [2.5, -1.0, 8.0],
        [0.0, 7.0, -4.0],
    ];
    // Inside the range of the training rows, outside of it, and far away.
    const OTHERS: [[f64; 3]; 5] = [
        [1.5, 0.0, 7.0],
        [-9.0, 12.0, 60.0],
        [700.0, -800.0, 900.0],
        [2.0, 0.5, -10.0],
        [-600.0, 500.0, -400.0],
    ];
    // As many as the page allows nearly, without a pattern; some rows come twice.
    let many = |n: usize, d: usize, from: usize| {
        Matrix::from_fn(n, d, |i, j| {
            (((i % 45) * 37 + 11 * j + 5 * (i % 45) * j + from) % 101) as f64 * 19.0 - 950.0
        })
    };
    (1..=3).all(|d| {
        let part = |rows: &[[f64; 3]]| Matrix::from_fn(rows.len(), d, |i, j| rows[i][j]);
        leaks_nothing(candidate, &part(&ROWS), &part(&OTHERS))
            && leaks_nothing(candidate, &many(70, d, 3), &many(60, d, 50))
    })
}

/// Whether each test row is prepared alone as it is among the others, and none of them changes the training rows.
fn leaks_nothing(candidate: fn(&Matrix, &Matrix) -> [Matrix; 2], train: &Matrix, test: &Matrix) -> bool {
    let [prepared, repeated] = candidate(train, train);
    let [kept, together] = candidate(train, test);
    let whole = [&prepared, &repeated, &together].iter().all(|m| m.as_slice().iter().all(|x| x.is_finite()));
    whole
        && same(&prepared, &repeated)
        && same(&kept, &prepared)
        && together.rows() == test.rows()
        && (0..test.rows()).all(|i| {
            let [kept, alone] = candidate(train, &row(test, i));
            same(&kept, &prepared) && same(&alone, &row(&together, i))
        })
}

fn row(m: &Matrix, i: usize) -> Matrix {
    Matrix::from_fn(1, m.cols(), |_, j| m[(i, j)])
}

/// Of the same shape, and equal up to rounding; NaN equals nothing.
fn same(a: &Matrix, b: &Matrix) -> bool {
    let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-8 * a.abs().max(b.abs()).max(1.0);
    a.shape() == b.shape() && a.as_slice().iter().zip(b.as_slice()).all(close)
}
