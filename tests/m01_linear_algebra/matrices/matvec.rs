use judge::any::select;
use judge::any::vec;
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::matrices::matvec;
use kit::{InputError, Matrix};
use nalgebra::DVector;
use ndarray::Array1;
use proptest::prelude::{Strategy, any as arbitrary, prop_oneof};

use super::super::range;
use super::{
    column, entry, form, formed, long, rough, size, sparse, square, to_nalgebra, to_ndarray, tolerance,
    unfit_sides,
};

/// A matrix and a vector whose shapes fit.
fn fitting() -> impl Strategy<Value = (Matrix, Vec<f64>)> + Send + Sync {
    let sides = sides().prop_flat_map(|(m, n)| (any::matrix(m, n), any::matrix(n, 1)));
    (sides, form(), form())
        .prop_map(|((a, x), form_a, form_x)| (formed(&a, form_a), formed(&x, form_x).as_slice().to_vec()))
}

/// Rows and columns: few, or many of one of them.
fn sides() -> impl Strategy<Value = (usize, usize)> + Send + Sync + Clone {
    let rung = || select(vec![33, 65, 101, 321, 1025_usize]);
    prop_oneof![
        12 => (1..=4_usize, 1..=4_usize),
        1 => (rung(), 1..=4_usize),
        1 => (1..=4_usize, rung()),
        1 => (17..=70_usize, 17..=70_usize),
        1 => (any::length(1..=4, 1025), 1..=4_usize),
        1 => (1..=4_usize, any::length(1..=4, 1025)),
        2 => square().prop_map(|n| (n, n)),
    ]
}

#[test]
fn multiplies_each_row_by_x() {
    for_all("a, x", fitting()).holds(|(a, x)| {
        let of = column(x);
        let want: Vec<f64> = (0..a.rows()).map(|i| entry(a, &of, i, 0)).collect();
        let got = matvec(a, x).accepted("matvec(a, x)")?;
        let look = "Entry i of A·x is the dot product of row i of A with x.";
        close("matvec(a, x)", &got[..], &want[..], tolerance(a, &of), look)
    });
}

#[test]
fn selects_a_column_by_a_basis_vector() {
    let inputs =
        any::any_matrix(1..=4, 1..=4).prop_flat_map(|a| (0..a.cols()).prop_map(move |j| (a.clone(), j)));
    for_all("a, j", inputs).holds(|(a, j)| {
        let unit: Vec<f64> = (0..a.cols()).map(|k| f64::from(u8::from(k == *j))).collect();
        let want: Vec<f64> = (0..a.rows()).map(|i| a[(i, *j)]).collect();
        let got = matvec(a, &unit).accepted("matvec(a, eⱼ)")?;
        let look = format!(
            "eⱼ = {unit:?} is a basis vector: A·eⱼ is column j of A. Is it a row, or another column?"
        );
        close("matvec(a, eⱼ)", &got[..], &want[..], rounding(a.cols(), 8.0), look)
    });
}

#[test]
fn is_linear_in_x() {
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
        let look = "A·(c·x + y) = c·(A·x) + A·y, the value above. Absolute values and squares violate it.";
        close("matvec(a, c·x + y)", &got[..], &want[..], 3.0 * tolerance, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::matrices::matvec;
        use kit::Matrix;
        let a = Matrix::from_rows([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]);
        assert_eq!(matvec(&a, &[1.0, 0.5, 2.0]), Ok(vec![2.0, 6.5]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn agrees_with_ndarray_and_nalgebra() {
        let rung = || select(vec![33, 101, 129, 321_usize]);
        let sides = prop_oneof![
            2 => (size(16), size(16)),
            1 => (long(), long()),
            1 => (rung(), 1..=4_usize),
            1 => (1..=4_usize, rung()),
            1 => select(vec![(129, 17), (17, 129), (101, 101_usize)]),
        ];
        let inputs =
            sides.prop_flat_map(|(m, n)| (rough(m, n), rough(n, 1).prop_map(|x| x.as_slice().to_vec())));
        for_all("a, x", inputs).cases(64).holds(|(a, x)| {
            let (got, tolerance) = (matvec(a, x).accepted("matvec(a, x)")?, tolerance(a, &column(x)));
            let want = to_ndarray(a).dot(&Array1::from_vec(x.clone())).to_vec();
            close(
                "matvec(a, x)",
                &got[..],
                &want[..],
                tolerance,
                "The value above is ndarray's `a.dot(&x)`.",
            )?;
            let want = to_nalgebra(a) * DVector::from_column_slice(x);
            close(
                "matvec(a, x)",
                &got[..],
                want.as_slice(),
                tolerance,
                "The value above is nalgebra's `a * x`.",
            )
        });
    }

    #[test]
    fn rejects_shapes_that_do_not_fit() {
        let inputs =
            unfit_sides().prop_flat_map(|(m, n, length, _)| (any::matrix(m, n), vec(any::eighth(), length)));
        for_all("a, x", inputs).holds(|(a, x)| {
            let want = InputError::ShapeMismatch { left: a.shape(), right: (x.len(), 1) };
            let look = "x needs as many entries as A has columns; `zip` would not report it. The shape of x \
                        as a column is (length, 1).";
            rejected("matvec(a, x)", matvec(a, x), want, look)
        });
    }

    #[test]
    fn returns_zeros_for_a_matrix_without_columns() {
        example(|| {
            let (tall, flat) = (Matrix::zeros(2, 0), Matrix::zeros(0, 3));
            let got = matvec(&tall, &[]).accepted("matvec(2×0, [])")?;
            close(
                "matvec(2×0, [])",
                &got[..],
                &[0.0, 0.0][..],
                0.0,
                "Two rows, two entries; an empty sum is 0.",
            )?;
            let got = matvec(&flat, &[1.0, 2.0, 3.0]).accepted("matvec(0×3, [1, 2, 3])")?;
            close("matvec(0×3, [1, 2, 3])", &got[..], &[][..], 0.0, "No rows, no entries; the shapes fit.")
        });
    }

    #[test]
    fn propagates_nan() {
        let inputs = sides().prop_flat_map(|(m, n)| {
            let (a, x) = (sparse(m, n), sparse(n, 1));
            (a, x, range::place(m), range::place(n), arbitrary::<bool>()).prop_map(
                |(mut a, mut x, i, j, in_x)| {
                    *(if in_x { &mut x[(j, 0)] } else { &mut a[(i, j)] }) = f64::NAN;
                    (a, x.as_slice().to_vec())
                },
            )
        });
        for_all("a, x", inputs).holds(|(a, x)| {
            let got = matvec(a, x).accepted("matvec(a, x)")?;
            equal("matvec(a, x).len()", got.len(), a.rows(), "One entry for each row of A.")?;
            let part_of = |i: usize| a.row(i).iter().chain(x).any(|entry| entry.is_nan());
            // Other entries may be NaN as well: some algorithms mix the entries.
            let hidden = (0..a.rows()).find(|&i| part_of(i) && !got[i].is_nan());
            ensure(hidden.is_none(), || {
                let want = format!("NaN in entry {}, which has a term with NaN", hidden.unwrap_or_default());
                Broken::answer(
                    format!("matvec(a, x) = {got:?}"),
                    want,
                    "0·NaN is NaN. Is a term skipped, for example one with a 0?",
                )
            })
        });
    }

    #[test]
    fn rejects_an_x_that_is_too_short() {
        example(|| {
            let a = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
            let want = InputError::ShapeMismatch { left: (2, 2), right: (1, 1) };
            let look = "A has two columns, x has one entry. Compare both numbers before you multiply.";
            rejected("matvec([[1, 2], [3, 4]], [5])", matvec(&a, &[5.0]), want, look)
        });
    }

    #[test]
    fn is_homogeneous_for_huge_and_tiny_matrices() {
        for_all("a, x, (j, k)", (fitting(), range::powers())).holds(|((a, x), (j, k))| {
            // Powers of two cause no rounding.
            let scaled = Matrix::from_fn(a.rows(), a.cols(), |row, col| a[(row, col)] * 2.0_f64.powi(*j));
            let by: Vec<f64> = x.iter().map(|x| x * 2.0_f64.powi(*k)).collect();
            let want = matvec(a, x).accepted("matvec(a, x)")?;
            let got = matvec(&scaled, &by).accepted("matvec(2ʲ·a, 2ᵏ·x)")?;
            let got: Vec<f64> = got.iter().map(|entry| entry / 2.0_f64.powi(j + k)).collect();
            let look = "(2ʲA)(2ᵏx) = 2ʲ⁺ᵏ(Ax). Is a small product dropped?";
            close("matvec(2ʲ·a, 2ᵏ·x)/2ʲ⁺ᵏ", &got[..], &want[..], 2.0 * tolerance(a, &column(x)), look)
        });
    }
}
