use judge::{Answer, Broken, any, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::ndarray_ops::matmul_nd;
use kit::{InputError, Matrix};
use ndarray::Array2;
use proptest::prelude::{Strategy, prop_oneof};

use super::stored::{Stored, array, matrix, side, stored};

/// A of shape m×k and B of shape k×n.
fn factors() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    let (short, long) = (1..=3_usize, 1..=20_usize);
    let shapes =
        prop_oneof![7 => (short.clone(), short.clone(), short), 1 => (long.clone(), long.clone(), long)];
    shapes.prop_flat_map(|(m, k, n)| (any::matrix(m, k), any::matrix(k, n))).prop_map(|(a, b)| [a, b])
}

/// Counted in 64ths each product of eighths is a whole number, so that the sums are exact.
fn product(a: &Matrix, b: &Matrix) -> Matrix {
    let in_8ths = |x: f64| (8.0 * x) as i64;
    let entry = |i, j| (0..a.cols()).map(|k| in_8ths(a[(i, k)]) * in_8ths(b[(k, j)])).sum::<i64>();
    Matrix::from_fn(a.rows(), b.cols(), |i, j| entry(i, j) as f64 / 64.0)
}

/// Rounding of k products of numbers up to 8 in size and of their sum.
fn tolerance(k: usize) -> impl Fn(usize, usize) -> f64 {
    move |_, _| rounding(k, 64.0 * k as f64)
}

#[test]
fn each_entry_is_a_row_times_a_column() {
    for_all("a, b", factors()).holds(|[a, b]| {
        let (x, y) = (array(a, Stored::RowByRow), array(b, Stored::RowByRow));
        let got = matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b)")?;
        let look =
            "Entry (i, j) is the dot product of row i of a with column j of b; `*` is another product.";
        close_entries("matmul_nd(a, b)", &matrix(got.view()), &product(a, b), tolerance(a.cols()), look)
    });
}

#[test]
fn it_does_not_matter_how_the_arrays_lie_in_memory() {
    for_all("a, b, a is stored, b is stored", (factors(), stored(), stored())).holds(
        |([a, b], by_a, by_b)| {
            let (x, y) = (array(a, *by_a), array(b, *by_b));
            let got = matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b)")?;
            let look = "A view need not lie row by row in memory. Let ndarray find the entries: use whole \
                        arrays, or indices.";
            close_entries("matmul_nd(a, b)", &matrix(got.view()), &product(a, b), tolerance(a.cols()), look)
        },
    );
}

#[test]
fn a_transposed_product_is_the_product_of_the_transposed_the_other_way_round() {
    for_all("a, b", factors()).holds(|[a, b]| {
        let (x, y) = (array(a, Stored::RowByRow), array(b, Stored::RowByRow));
        let got = matmul_nd(y.t(), x.t()).accepted("matmul_nd(bᵀ, aᵀ)")?;
        let straight = matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b)")?;
        let want = matrix(straight.t());
        let look = "(AB)ᵀ = BᵀAᵀ, but matmul_nd(a, b) transposed is the other matrix. Does either factor \
                    get turned round inside?";
        close_entries("matmul_nd(bᵀ, aᵀ)", &matrix(got.view()), &want, tolerance(2 * a.cols()), look)
    });
}

#[test]
fn the_identity_changes_nothing_from_either_side() {
    for_all("a", any::any_matrix(1..=3, 1..=3)).holds(|a| {
        let x = array(a, Stored::RowByRow);
        let look = "The identity has ones on the diagonal and zeros elsewhere: each sum has a single term.";
        let from_left = matmul_nd(Array2::eye(a.rows()).view(), x.view()).accepted("matmul_nd(I, a)")?;
        close_entries("matmul_nd(I, a)", &matrix(from_left.view()), a, |_, _| 0.0, look)?;
        let from_right = matmul_nd(x.view(), Array2::eye(a.cols()).view()).accepted("matmul_nd(a, I)")?;
        close_entries("matmul_nd(a, I)", &matrix(from_right.view()), a, |_, _| 0.0, look)
    });
}

#[test]
fn small_terms_are_kept_to_the_last_place() {
    for_all("x", (1..=1_000_000_i32).prop_map(|k| 1.0 + f64::from(k) * f64::EPSILON)).holds(|&x| {
        let (a, b) = (Matrix::from_rows([[x, 0.0], [0.0, 1.0]]), Matrix::from_rows([[1.0, 0.0], [0.0, x]]));
        let product = matmul_nd(array(&a, Stored::RowByRow).view(), array(&b, Stored::RowByRow).view());
        let got = matrix(product.accepted("matmul_nd([x 0; 0 1], [1 0; 0 x])")?.view());
        let want = Matrix::from_rows([[x, 0.0], [0.0, x]]);
        let look = "Times 1 and plus 0 round nothing. Is something counted in f32, or rounded?";
        // Algorithms that mix the entries (Strassen's) round all the same: 8·2² times in an entry at most.
        close_entries("matmul_nd([x 0; 0 1], [1 0; 0 x])", &got, &want, |_, _| rounding(32, x), look)
    });
}

#[test]
fn sides_that_do_not_meet_are_rejected() {
    let shapes = (side(), side(), 0..=2_usize, side());
    let inputs = shapes.prop_flat_map(|(m, k, other, n)| {
        // Any number of rows but k.
        let rows = if other < k { other } else { other + 1 };
        (any::matrix(m, k), any::matrix(rows, n))
    });
    for_all("a, b", inputs).holds(|(a, b)| {
        let (x, y) = (array(a, Stored::RowByRow), array(b, Stored::RowByRow));
        let want = InputError::ShapeMismatch { left: a.shape(), right: b.shape() };
        let look = "A row of a must be as long as a column of b; ndarray panics where it is not. Name both \
                    whole shapes, a's on the left.";
        let got = matmul_nd(x.view(), y.view()).map(|ab| matrix(ab.view()));
        rejected("matmul_nd(a, b)", got, want, look)
    });
}

#[test]
fn empty_arrays_have_a_product() {
    example(|| {
        for (m, k, n) in [(2, 0, 3), (0, 2, 3), (2, 3, 0), (0, 0, 0)] {
            let (a, b) = (Array2::zeros((m, k)), Array2::zeros((k, n)));
            let call = format!("matmul_nd(a, b) for shapes {m}×{k} and {k}×{n}");
            let got = matrix(matmul_nd(a.view(), b.view()).accepted(&call)?.view());
            let look = "The product is m×n, also where m, n or k is 0; a sum without terms is 0.";
            close_entries(&call, &got, &Matrix::zeros(m, n), |_, _| 0.0, look)?;
        }
        Ok(())
    });
}

#[test]
fn a_nan_is_not_hidden() {
    let inputs = (any::matrix(2, 3), any::matrix(3, 2), 0..2_usize, 0..3_usize);
    for_all("a, b, i, k", inputs).holds(|(a, b, i, k)| {
        let mut with_nan = a.clone();
        with_nan[(*i, *k)] = f64::NAN;
        let (x, y) = (array(&with_nan, Stored::RowByRow), array(b, Stored::RowByRow));
        let got =
            matrix(matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b), a with NaN in (i, k)")?.view());
        ensure(got.shape() == (2, 2) && got.row(*i).iter().all(|x| x.is_nan()), || {
            let look =
                "Each entry of row i has a term with the NaN, and NaN times 0 is NaN. What leaves it out?";
            Broken::answer(
                format!("matmul_nd(a, b) = {got:?}, a with NaN in (i, k)"),
                format!("NaN all along row {i}"),
                look,
            )
        })
    });
}

#[test]
fn a_nan_on_the_right_is_not_hidden_either() {
    let inputs = (any::matrix(2, 3), any::matrix(3, 2), 0..3_usize, 0..2_usize);
    for_all("a, b, k, j", inputs).holds(|(a, b, k, j)| {
        let mut with_nan = b.clone();
        with_nan[(*k, *j)] = f64::NAN;
        let (x, y) = (array(a, Stored::RowByRow), array(&with_nan, Stored::RowByRow));
        let got =
            matrix(matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b), b with NaN in (k, j)")?.view());
        ensure(got.shape() == (2, 2) && (0..2).all(|i| got[(i, *j)].is_nan()), || {
            let look =
                "Each entry of column j has a term with the NaN, and 0 times NaN is NaN. What leaves it out?";
            Broken::answer(
                format!("matmul_nd(a, b) = {got:?}, b with NaN in (k, j)"),
                format!("NaN all along column {j}"),
                look,
            )
        })
    });
}
