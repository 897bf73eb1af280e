use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::matrices::matvec;
use kit::{InputError, Matrix};
use nalgebra::DVector;
use ndarray::Array1;
use proptest::collection::vec;
use proptest::prelude::{Strategy, any as arbitrary, prop_oneof};

use super::{column, entry, long, rough, size, sparse, to_nalgebra, to_ndarray, tolerance};

/// A matrix and a vector that fit; either number may be 0.
fn fitting() -> impl Strategy<Value = (Matrix, Vec<f64>)> + Send + Sync {
    (size(4), size(4)).prop_flat_map(|(m, n)| (any::matrix(m, n), vec(any::eighth(), n)))
}

#[test]
fn entry_i_is_row_i_times_x() {
    for_all("a, x", fitting()).holds(|(a, x)| {
        let of = column(x);
        let want: Vec<f64> = (0..a.rows()).map(|i| entry(a, &of, i, 0)).collect();
        let got = matvec(a, x).accepted("matvec(a, x)")?;
        let look = "One number for each row of A: the dot product of that row with x.";
        close("matvec(a, x)", &got[..], &want[..], tolerance(a, &of), look)
    });
}

#[test]
fn a_unit_vector_picks_out_a_column() {
    let inputs =
        any::any_matrix(1..=4, 1..=4).prop_flat_map(|a| (0..a.cols()).prop_map(move |j| (a.clone(), j)));
    for_all("a, j", inputs).holds(|(a, j)| {
        let unit: Vec<f64> = (0..a.cols()).map(|k| f64::from(u8::from(k == *j))).collect();
        let want: Vec<f64> = (0..a.rows()).map(|i| a[(i, *j)]).collect();
        let got = matvec(a, &unit).accepted("matvec(a, eⱼ)")?;
        let look =
            format!("eⱼ = {unit:?} has a single 1, so column j of A is left. Is it a row, or another one?");
        close("matvec(a, eⱼ)", &got[..], &want[..], rounding(a.cols(), 8.0), look)
    });
}

#[test]
fn it_is_linear_in_x() {
    let inputs = (1..=4_usize, 1..=4_usize).prop_flat_map(|(m, n)| {
        (any::eighth(), any::matrix(m, n), vec(any::eighth(), n), vec(any::eighth(), n))
    });
    for_all("c, a, x, y", inputs).holds(|(c, a, x, y)| {
        let combined: Vec<f64> = x.iter().zip(y).map(|(x, y)| c * x + y).collect();
        let of_x = matvec(a, x).accepted("matvec(a, x)")?;
        let of_y = matvec(a, y).accepted("matvec(a, y)")?;
        let want: Vec<f64> = of_x.iter().zip(&of_y).map(|(x, y)| c * x + y).collect();
        let got = matvec(a, &combined).accepted("matvec(a, c·x + y)")?;
        let tolerance = tolerance(a, &column(&[8.0 * 8.0 + 8.0].repeat(a.cols())));
        let look = "A·(c·x + y) = c·(A·x) + A·y: an entry of x may only be multiplied, by entries of A.";
        close("matvec(a, c·x + y)", &got[..], &want[..], 3.0 * tolerance, look)
    });
}

#[test]
fn it_agrees_with_ndarray_and_nalgebra() {
    let sides = prop_oneof![3 => (size(16), size(16)), 1 => (long(), long())];
    let inputs = sides.prop_flat_map(|(m, n)| (rough(m, n), vec(any::entry(), n)));
    for_all("a, x", inputs).cases(64).holds(|(a, x)| {
        let (got, tolerance) = (matvec(a, x).accepted("matvec(a, x)")?, tolerance(a, &column(x)));
        let want = to_ndarray(a).dot(&Array1::from_vec(x.clone())).to_vec();
        close(
            "matvec(a, x)",
            &got[..],
            &want[..],
            tolerance,
            "ndarray's `a.dot(&x)` gives the value above.",
        )?;
        let want = to_nalgebra(a) * DVector::from_column_slice(x);
        close(
            "matvec(a, x)",
            &got[..],
            want.as_slice(),
            tolerance,
            "nalgebra's `a * x` gives the value above.",
        )
    });
}

#[test]
fn shapes_that_do_not_fit_are_rejected_and_both_are_named() {
    let lengths = (size(4), size(4), size(5));
    let inputs = lengths.prop_flat_map(|(m, n, length)| {
        let length = if length == n { length + 1 } else { length };
        (any::matrix(m, n), vec(any::eighth(), length))
    });
    for_all("a, x", inputs).holds(|(a, x)| {
        let want = InputError::ShapeMismatch { left: a.shape(), right: (x.len(), 1) };
        let look = "x needs as many entries as A has columns, no fewer and no more; `zip` would not notice. \
                    As a column, x has one entry a row.";
        rejected("matvec(a, x)", matvec(a, x), want, look)
    });
}

#[test]
fn without_columns_every_entry_is_an_empty_sum() {
    example(|| {
        let (tall, flat) = (Matrix::zeros(2, 0), Matrix::zeros(0, 3));
        let got = matvec(&tall, &[]).accepted("matvec(2×0, [])")?;
        close(
            "matvec(2×0, [])",
            &got[..],
            &[0.0, 0.0][..],
            0.0,
            "Two rows, two entries; a sum without terms is 0.",
        )?;
        let got = matvec(&flat, &[1.0, 2.0, 3.0]).accepted("matvec(0×3, [1, 2, 3])")?;
        close("matvec(0×3, [1, 2, 3])", &got[..], &[][..], 0.0, "No rows, no entries; the shapes fit.")
    });
}

#[test]
fn a_nan_reaches_the_entries_that_it_is_part_of() {
    let inputs = (1..=3_usize, 1..=3_usize).prop_flat_map(|(m, n)| {
        let (a, x) = (sparse(m, n), sparse(n, 1));
        (a, x, 0..m, 0..n, arbitrary::<bool>()).prop_map(|(mut a, mut x, i, j, in_x)| {
            *(if in_x { &mut x[(j, 0)] } else { &mut a[(i, j)] }) = f64::NAN;
            (a, x.as_slice().to_vec())
        })
    });
    for_all("a, x", inputs).holds(|(a, x)| {
        let got = matvec(a, x).accepted("matvec(a, x)")?;
        equal("matvec(a, x).len()", got.len(), a.rows(), "One entry for each row of A.")?;
        let part_of = |i: usize| a.row(i).iter().chain(x).any(|entry| entry.is_nan());
        // Where else a NaN appears is left open: some algorithms mix the entries.
        let hidden = (0..a.rows()).find(|&i| part_of(i) && !got[i].is_nan());
        ensure(hidden.is_none(), || {
            let want = format!("NaN in entry {}, of which it is a part", hidden.unwrap_or_default());
            Broken::answer(
                format!("matvec(a, x) = {got:?}"),
                want,
                "0·NaN is NaN. Is a zero skipped, or a term?",
            )
        })
    });
}

#[test]
fn an_x_that_is_too_short_is_neither_padded_nor_repeated() {
    example(|| {
        let a = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
        let want = InputError::ShapeMismatch { left: (2, 2), right: (1, 1) };
        let look = "A has two columns, x has one entry. Look at both numbers before you multiply.";
        rejected("matvec([[1, 2], [3, 4]], [5])", matvec(&a, &[5.0]), want, look)
    });
}
