//! The exercise turned round: here you write the law.

use kit::Matrix;

/// Decides whether somebody's preparation of training and test rows leaks.
///
/// The claimed function takes training and test rows, one sample a row and with the same columns, and returns both
/// prepared for a model: scaled, transformed, with more or fewer columns. A preparation is free of leaks if it learns from
/// the training rows only, and treats every row by itself: there is a function g, made from the training rows, and
/// prepared row i is g(row i), for training and test rows alike.
///
/// * `claimed`: what is to be judged. It may be asked for 3 to 100 training rows and 1 to 100 test rows of 1 to 3 columns,
///   with entries up to 1000 in size; no column of the training rows is constant. On such data it neither panics nor runs
///   long, and the same rows give the same answer.
/// * Returns `true` to accept, `false` to reject:
///   * **No right one may be rejected**: any g will do, doing nothing, a scaling, ranks among the training rows, a
///     projection. What should be equal differs by less than 10⁻⁹, or by 10⁻⁹ of the larger one if that is more.
///   * **These must be rejected**: numbers learned from training and test rows together, each part by its own numbers, or
///     both by those of the test; a leak in one column only, or through the deviation only, or through the extremes; a
///     test row that depends on other test rows, be it the one before; test rows left as they are where training rows
///     are not, or training rows in their place; rows dropped or reordered; NaN.
///
/// You may ask as often as you like, and need not know what the right answer is.
///
/// ```
/// # use katas::m10_pipeline::laws::accepts_preparation;
/// # use kit::Matrix;
/// assert!(accepts_preparation(|train, test| [train.clone(), test.clone()]));
/// assert!(!accepts_preparation(|train, test| [train.clone(), Matrix::zeros(test.rows(), 1)]));
/// ```
///
/// Source: Kaufman, Rosset and Perlich, *Leakage in Data Mining*, KDD 2011.
pub fn accepts_preparation(claimed: fn(&Matrix, &Matrix) -> [Matrix; 2]) -> bool {
    const ROWS: [[f64; 3]; 6] = [
        [1.0, -2.0, 30.0],
        [2.0, 0.5, -10.0],
        [4.0, 3.0, 5.0],
        [-3.0, 1.0, 17.0],
        [2.5, -1.0, 8.0],
        [0.0, 7.0, -4.0],
    ];
    // Inside of what the training rows span, outside of it, and far away.
    const OTHERS: [[f64; 3]; 5] = [
        [1.5, 0.0, 7.0],
        [-9.0, 12.0, 60.0],
        [700.0, -800.0, 900.0],
        [2.0, 0.5, -10.0],
        [-600.0, 500.0, -400.0],
    ];
    (1..=3).all(|d| {
        let part = |rows: &[[f64; 3]]| Matrix::from_fn(rows.len(), d, |i, j| rows[i][j]);
        let train = part(&ROWS);
        let [prepared, repeated] = claimed(&train, &train);
        let [_, together] = claimed(&train, &part(&OTHERS));
        let whole =
            [&prepared, &repeated, &together].iter().all(|m| m.as_slice().iter().all(|x| x.is_finite()));
        whole
            && same(&prepared, &repeated)
            && together.rows() == OTHERS.len()
            && (0..OTHERS.len()).all(|i| {
                let [kept, alone] = claimed(&train, &part(&OTHERS[i..=i]));
                same(&kept, &prepared) && same(&alone, &row(&together, i))
            })
    })
}

fn row(m: &Matrix, i: usize) -> Matrix {
    Matrix::from_fn(1, m.cols(), |_, j| m[(i, j)])
}

/// Of one shape, and equal up to rounding; nothing equals NaN.
fn same(a: &Matrix, b: &Matrix) -> bool {
    let close = |(a, b): (&f64, &f64)| (a - b).abs() <= 1e-8 * a.abs().max(b.abs()).max(1.0);
    a.shape() == b.shape() && a.as_slice().iter().zip(b.as_slice()).all(close)
}
