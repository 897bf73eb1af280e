use judge::{Broken, any, close, ensure, equal, for_all};
use katas::m01_linear_algebra::matrices::transpose;
use kit::Matrix;
use proptest::collection::vec;
use proptest::prelude::{Strategy, prop_oneof};

use super::{
    column, entry, from_nalgebra, from_ndarray, long, matrix, size, to_nalgebra, to_ndarray, transposed,
};

#[test]
fn entry_i_j_moves_to_place_j_i() {
    for_all("a", matrix(4)).holds(|a| {
        let look = "Row i of A is column i of Aᵀ, read from top to bottom. To swap the numbers of rows and \
                    columns is not enough: the entries have to move.";
        close("transpose(a)", transpose(a), transposed(a), 0.0, look)
    });
}

#[test]
fn its_memory_holds_the_columns_of_a_one_after_the_other() {
    for_all("a", any::any_matrix(1..=4, 1..=4)).holds(|a| {
        let columns = (0..a.cols()).flat_map(|j| (0..a.rows()).map(move |i| a[(i, j)]));
        let look = "Rows lie one after the other in memory, and the rows of Aᵀ are the columns of A.";
        close("transpose(a).as_slice()", transpose(a).as_slice(), &columns.collect::<Vec<_>>()[..], 0.0, look)
    });
}

#[test]
fn twice_is_not_at_all() {
    for_all("a", matrix(4)).holds(|a| {
        let look = "(Aᵀ)ᵀ = A: each pair of indices is exchanged and exchanged back.";
        close("transpose(transpose(a))", transpose(&transpose(a)), a.clone(), 0.0, look)
    });
}

#[test]
fn m_by_n_becomes_n_by_m_even_without_entries() {
    for_all("m, n", (size(4), size(4))).holds(|&(m, n): &(usize, usize)| {
        let got = transpose(&Matrix::zeros(m, n)).shape();
        let look = "A 0×3 matrix has no entries, but three columns, and its transpose three rows.";
        equal("transpose(m×n).shape()", got, (n, m), look)
    });
}

#[test]
fn it_carries_a_matrix_to_the_other_side_of_a_dot_product() {
    let inputs = (1..=4_usize, 1..=4_usize)
        .prop_flat_map(|(m, n)| (any::matrix(m, n), vec(any::eighth(), n), vec(any::eighth(), m)));
    for_all("a, x, y", inputs).holds(|(a, x, y)| {
        let t = transpose(a);
        equal("transpose(a).shape()", t.shape(), (a.cols(), a.rows()), "m×n becomes n×m.")?;
        let product = |a: &Matrix, x: &[f64]| -> Vec<f64> {
            let x = column(x);
            (0..a.rows()).map(|i| entry(a, &x, i, 0)).collect()
        };
        let dot = |x: &[f64], y: &[f64]| -> f64 { x.iter().zip(y).map(|(x, y)| x * y).sum() };
        let look = "x·(Aᵀy) = (A·x)·y for all x and y: no other matrix than the transpose does that.";
        // No tolerance: sums of a few products of three eighths are exact.
        close("x·(transpose(a)·y)", dot(x, &product(&t, y)), dot(&product(a, x), y), 0.0, look)
    });
}

#[test]
fn the_entries_themselves_stay_as_they_are() {
    let number = || prop_oneof![any::entry(), any::not_finite()];
    for_all("a_11, a_12", (number(), number())).holds(|&(first, second): &(f64, f64)| {
        let t = transpose(&Matrix::from_rows([[first, second]]));
        let same = |got: f64, want: f64| got == want || (got.is_nan() && want.is_nan());
        ensure(t.shape() == (2, 1) && same(t[(0, 0)], first) && same(t[(1, 0)], second), || {
            let want = format!("2×1 [{first}; {second}]");
            Broken::answer(format!("transpose(a) = {t:?}"), want, "Nothing is computed: entries only move.")
        })
    });
}

#[test]
fn it_agrees_with_nalgebra_and_ndarray() {
    let large = (long(), long()).prop_flat_map(|(m, n)| any::matrix(m, n));
    for_all("a", prop_oneof![3 => matrix(12), 1 => large]).cases(64).holds(|a| {
        let want = from_nalgebra(&to_nalgebra(a).transpose());
        close("transpose(a)", transpose(a), want, 0.0, "nalgebra's `transpose` gives the value above.")?;
        let want = from_ndarray(&to_ndarray(a).reversed_axes());
        close("transpose(a)", transpose(a), want, 0.0, "ndarray's `reversed_axes` gives the value above.")
    });
}
