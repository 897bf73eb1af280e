use judge::{Answer, Broken, any, close_entries, ensure, example, for_all, rejected};
use katas::m01_linear_algebra::ndarray_ops::add_nd;
use kit::{InputError, Matrix};
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::stored::{Stored, array, matrix, side, stored};

/// Two matrices of one shape, now and then with a huge or a tiny entry.
fn pairs() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    let entries = |n| vec(any::entry(), n);
    let (short, long) = (1..=3_usize, 1..=12_usize);
    let shape = prop_oneof![7 => (short.clone(), short), 1 => (long.clone(), long)];
    let flat = shape.prop_flat_map(move |(m, n)| (Just((m, n)), entries(m * n), entries(m * n)));
    flat.prop_map(|((m, n), a, b)| [a, b].map(|flat| Matrix::from_fn(m, n, |i, j| flat[i * n + j])))
}

#[test]
fn each_entry_is_the_sum_of_two() {
    for_all("a, b", pairs()).holds(|[a, b]| {
        let (x, y) = (array(a, Stored::RowByRow), array(b, Stored::RowByRow));
        let got = add_nd(x.view(), y.view()).accepted("add_nd(a, b)")?;
        let want = Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] + b[(i, j)]);
        let look = "Entry (i, j) of the sum is entry (i, j) of a plus entry (i, j) of b, rounded once.";
        close_entries("add_nd(a, b)", &matrix(got.view()), &want, |_, _| 0.0, look)
    });
}

#[test]
fn it_does_not_matter_how_the_arrays_lie_in_memory() {
    for_all("a, b, a is stored, b is stored", (pairs(), stored(), stored())).holds(|([a, b], by_a, by_b)| {
        let (x, y) = (array(a, *by_a), array(b, *by_b));
        let got = add_nd(x.view(), y.view()).accepted("add_nd(a, b)")?;
        let want = Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] + b[(i, j)]);
        let look = "A view need not lie row by row in memory. Let ndarray find the entries: use whole \
                    arrays, or indices.";
        close_entries("add_nd(a, b)", &matrix(got.view()), &want, |_, _| 0.0, look)
    });
}

#[test]
fn shapes_that_differ_are_rejected_never_stretched() {
    let any_shape = || (side(), side()).prop_flat_map(|(m, n)| any::matrix(m, n));
    let differing = (any_shape(), any_shape()).prop_map(|(a, b)| {
        // Equal shapes become one that ndarray would repeat.
        let single_row = Matrix::zeros(if a.rows() == 1 { 2 } else { 1 }, a.cols());
        if a.shape() == b.shape() { [a, single_row] } else { [a, b] }
    });
    for_all("a, b", differing).holds(|[a, b]| {
        let (x, y) = (array(a, Stored::RowByRow), array(b, Stored::RowByRow));
        let want = InputError::ShapeMismatch { left: a.shape(), right: b.shape() };
        let look = "ndarray's + repeats a single row or column and panics on the rest. Compare both shapes \
                    first, a's on the left.";
        let got = add_nd(x.view(), y.view()).map(|ab| matrix(ab.view()));
        rejected("add_nd(a, b)", got, want, look)
    });
}

#[test]
fn an_empty_array_keeps_its_shape() {
    example(|| {
        for (m, n) in [(0, 0), (0, 3), (2, 0)] {
            let empty = array(&Matrix::zeros(m, n), Stored::RowByRow);
            let call = format!("add_nd(a, b) for two arrays of shape {m}×{n}");
            let got = add_nd(empty.view(), empty.view()).accepted(&call)?;
            let look = "Nothing to add is no error; the sum has the shape of both, even without entries.";
            close_entries(&call, &matrix(got.view()), &Matrix::zeros(m, n), |_, _| 0.0, look)?;
        }
        Ok(())
    });
}

#[test]
fn a_nan_is_not_hidden() {
    for_all("a, i, j", (any::matrix(2, 3), 0..2_usize, 0..3_usize)).holds(|(a, i, j)| {
        let mut unknown = Matrix::zeros(2, 3);
        unknown[(*i, *j)] = f64::NAN;
        let (x, y) = (array(a, Stored::RowByRow), array(&unknown, Stored::RowByRow));
        let call = "add_nd(a, zeros with NaN in entry (i, j))";
        let got = add_nd(x.view(), y.view()).accepted(call)?;
        let got = matrix(got.view());
        let only_there = |(p, q): (usize, usize)| got[(p, q)].is_nan() == ((p, q) == (*i, *j));
        let entries = (0..2).flat_map(|p| (0..3).map(move |q| (p, q)));
        ensure(got.shape() == (2, 3) && entries.into_iter().all(only_there), || {
            let look = "A number plus an unknown one is unknown. What hides it?";
            Broken::answer(
                format!("{call} = {got:?}"),
                format!("NaN in entry ({i}, {j}) and nowhere else"),
                look,
            )
        })
    });
}
