use judge::any::select;
use judge::{Answer, Broken, any, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::ndarray_ops::matmul_nd;
use kit::{InputError, Matrix};
use ndarray::Array2;
use proptest::prelude::{Strategy, any as any_of, prop_oneof};

use super::super::range;
use super::stored::{Stored, array, matrix, side, stored};

/// A of shape m×k and B of shape k×n.
fn factors() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    let both = long_sides().prop_flat_map(|(m, k, n)| [any::matrix(m, k), any::matrix(k, n)]);
    // Now and then the second is the first, its transpose, or symmetric.
    (both, any::part(0..=15_u8)).prop_map(|([a, b], form)| match form {
        13 if a.rows() == a.cols() => [a.clone(), a],
        14 => [a.clone(), Matrix::from_fn(a.cols(), a.rows(), |i, j| a[(j, i)])],
        15 if b.rows() == b.cols() => {
            [a, Matrix::from_fn(b.rows(), b.cols(), |i, j| b[(i.min(j), i.max(j))])]
        }
        _ => [a, b],
    })
}

/// m, k and n: small, or one of the three long, or all three longer than a block.
fn long_sides() -> impl Strategy<Value = (usize, usize, usize)> + Send + Sync + Clone {
    // An algorithm that pads to a square with a power of two as its side (Strassen's) takes seconds for much more.
    let rung = || select(vec![33, 65, 101_usize]);
    let small = || 1..=3_usize;
    prop_oneof![
        16 => (small(), small(), small()),
        1 => (rung(), small(), small()),
        1 => (small(), rung(), small()),
        1 => (small(), small(), rung()),
        1 => (17..=40_usize, 17..=40_usize, 17..=40_usize),
        1 => (any::length(1..=3, 101), small(), small()),
        1 => (small(), any::length(1..=3, 101), small()),
        1 => (small(), small(), any::length(1..=3, 101)),
        2 => prop_oneof![2..=12_usize, select(vec![8, 16, 32_usize])].prop_map(|n| (n, n, n)),
    ]
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
fn multiplies_rows_by_columns() {
    for_all("a, b", factors()).holds(|[a, b]| {
        let (x, y) = (array(a, Stored::RowMajor), array(b, Stored::RowMajor));
        let got = matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b)")?;
        let look = "Entry (i, j) is the dot product of row i of a and column j of b; `*` is the elementwise \
                    product.";
        close_entries("matmul_nd(a, b)", &matrix(got.view()), &product(a, b), tolerance(a.cols()), look)
    });
}

#[test]
fn transposes_in_reverse_order() {
    for_all("a, b", factors()).holds(|[a, b]| {
        let (x, y) = (array(a, Stored::RowMajor), array(b, Stored::RowMajor));
        let got = matmul_nd(y.t(), x.t()).accepted("matmul_nd(bᵀ, aᵀ)")?;
        let straight = matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b)")?;
        let want = matrix(straight.t());
        let look = "(AB)ᵀ = BᵀAᵀ, and matmul_nd(a, b)ᵀ is the value above. Is one of the factors transposed \
                    inside?";
        close_entries("matmul_nd(bᵀ, aᵀ)", &matrix(got.view()), &want, tolerance(2 * a.cols()), look)
    });
}

#[test]
fn has_the_identity_as_neutral_element() {
    for_all("a", any::any_matrix(1..=3, 1..=3)).holds(|a| {
        let x = array(a, Stored::RowMajor);
        let look = "I·A = A·I = A for the identity matrix I.";
        let from_left = matmul_nd(Array2::eye(a.rows()).view(), x.view()).accepted("matmul_nd(I, a)")?;
        close_entries("matmul_nd(I, a)", &matrix(from_left.view()), a, |_, _| 0.0, look)?;
        let from_right = matmul_nd(x.view(), Array2::eye(a.cols()).view()).accepted("matmul_nd(a, I)")?;
        close_entries("matmul_nd(a, I)", &matrix(from_right.view()), a, |_, _| 0.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::ndarray_ops::matmul_nd;
        use ndarray::array;

        let (a, b) = (array![[1.0, 2.0], [3.0, 4.0]], array![[1.0], [0.5]]);
        assert_eq!(matmul_nd(a.view(), b.view()), Ok(array![[2.0], [5.0]]));
        assert_eq!(matmul_nd(a.t(), b.view()), Ok(array![[2.5], [4.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_depend_on_the_memory_layout() {
        for_all("a, b, layout of a, layout of b", (factors(), stored(), stored())).holds(
            |([a, b], by_a, by_b)| {
                let (x, y) = (array(a, *by_a), array(b, *by_b));
                let got = matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b)")?;
                let look = "A view need not be contiguous: its strides are arbitrary. Use operations on \
                            whole arrays, or indices, not the raw memory.";
                close_entries(
                    "matmul_nd(a, b)",
                    &matrix(got.view()),
                    &product(a, b),
                    tolerance(a.cols()),
                    look,
                )
            },
        );
    }

    #[test]
    fn keeps_all_digits() {
        for_all("x", (1..=1_000_000_i32).prop_map(|k| 1.0 + f64::from(k) * f64::EPSILON)).holds(|&x| {
            let (a, b) =
                (Matrix::from_rows([[x, 0.0], [0.0, 1.0]]), Matrix::from_rows([[1.0, 0.0], [0.0, x]]));
            let product = matmul_nd(array(&a, Stored::RowMajor).view(), array(&b, Stored::RowMajor).view());
            let got = matrix(product.accepted("matmul_nd([x 0; 0 1], [1 0; 0 x])")?.view());
            let want = Matrix::from_rows([[x, 0.0], [0.0, x]]);
            let look = "Times 1 and plus 0 cause no rounding. Is something computed in f32?";
            // Algorithms that mix the entries (Strassen's) round all the same: 8·2² times in an entry at most.
            close_entries("matmul_nd([x 0; 0 1], [1 0; 0 x])", &got, &want, |_, _| rounding(32, x), look)
        });
    }

    #[test]
    fn rejects_shapes_that_do_not_fit() {
        let shapes = (side(), range::unequal(129), side(), any_of::<bool>());
        let inputs = shapes.prop_flat_map(|(m, (k, rows), n, alike)| {
            // Often as many rows of one as columns of the other where that does not matter.
            let (m, n) = if alike && k < 8 && rows < 8 { (rows, k) } else { (m, n) };
            (any::matrix(m, k), any::matrix(rows, n))
        });
        let inputs = (inputs, stored(), stored());
        for_all("a, b, layout of a, layout of b", inputs).holds(|((a, b), by_a, by_b)| {
            let (x, y) = (array(a, *by_a), array(b, *by_b));
            let want = InputError::ShapeMismatch { left: a.shape(), right: b.shape() };
            let look = "a must have as many columns as b has rows; ndarray panics if not. The error \
                        contains both shapes, a's on the left.";
            let got = matmul_nd(x.view(), y.view()).map(|ab| matrix(ab.view()));
            rejected("matmul_nd(a, b)", got, want, look)
        });
    }

    #[test]
    fn multiplies_empty_arrays() {
        example(|| {
            for (m, k, n) in [(2, 0, 3), (0, 2, 3), (2, 3, 0), (0, 0, 0)] {
                let (a, b) = (Array2::zeros((m, k)), Array2::zeros((k, n)));
                let call = format!("matmul_nd(a, b) for shapes {m}×{k} and {k}×{n}");
                let got = matrix(matmul_nd(a.view(), b.view()).accepted(&call)?.view());
                let look = "The product is m×n, also if m, n or k is 0; an empty sum is 0.";
                close_entries(&call, &got, &Matrix::zeros(m, n), |_, _| 0.0, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn propagates_nan() {
        let inputs = long_sides().prop_flat_map(|(m, k, n)| {
            let place = (range::place(m), range::place(k), range::place(n), any_of::<bool>());
            ([any::matrix(m, k), any::matrix(k, n)], place)
        });
        for_all("a, b, (i, k, j), in a", inputs).cases(128).holds(|([a, b], (i, k, j, in_a))| {
            let (mut a, mut b) = (a.clone(), b.clone());
            *(if *in_a { &mut a[(*i, *k)] } else { &mut b[(*k, *j)] }) = f64::NAN;
            let (x, y) = (array(&a, Stored::RowMajor), array(&b, Stored::RowMajor));
            let call = "matmul_nd(a, b), a with NaN in (i, k) or b with NaN in (k, j),";
            let got = matrix(matmul_nd(x.view(), y.view()).accepted(call)?.view());
            let line = match in_a {
                true => (0..b.cols()).map(|j| (*i, j)).collect::<Vec<_>>(),
                false => (0..a.rows()).map(|i| (i, *j)).collect(),
            };
            let all =
                got.shape() == (a.rows(), b.cols()) && line.into_iter().all(|place| got[place].is_nan());
            ensure(all, || {
                let look = "Each entry of row i, or of column j, has a term with the NaN, and NaN times 0 is \
                            NaN. What skips it?";
                let want = if *in_a {
                    format!("NaN in every entry of row {i}")
                } else {
                    format!("NaN in every entry of column {j}")
                };
                Broken::answer(format!("{call} = {got:?}"), want, look)
            })
        });
    }

    #[test]
    fn multiplies_large_arrays_and_numbers_of_every_magnitude() {
        let inputs = (any::size(1..=3, 33), any::size(1..=3, 129), any::size(1..=3, 33))
            .prop_flat_map(|(m, k, n)| (any::matrix_of(m, k), any::matrix_of(k, n)));
        let vast = |m, n| {
            range::entries(m * n, -150, 150).prop_map(move |x| Matrix::from_fn(m, n, |i, j| x[i * n + j]))
        };
        let vast = long_sides().prop_flat_map(move |(m, k, n)| (vast(m, k), vast(k, n)));
        // Padded to 256 rows at most.
        let tall = (any::matrix(253, 2), any::matrix(2, 3));
        let inputs = (prop_oneof![16 => inputs, 16 => vast, 1 => tall], stored(), stored());
        for_all("a, b, layout of a, layout of b", inputs).cases(128).holds(|((a, b), by_a, by_b)| {
            let (x, y) = (array(a, *by_a), array(b, *by_b));
            let got = matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b)")?;
            let term = |i, j, k| a[(i, k)] * b[(k, j)];
            let want = Matrix::from_fn(a.rows(), b.cols(), |i, j| (0..a.cols()).map(|k| term(i, j, k)).sum());
            // A bound for all entries at once, so that algorithms pass which mix the entries (Strassen's).
            let largest = |of: &Matrix| of.as_slice().iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
            let tolerance = rounding(8 * a.cols() * a.cols(), largest(a) * largest(b));
            let look = "Every row of a, every column of b and every term counts, in f64.";
            close_entries("matmul_nd(a, b)", &matrix(got.view()), &want, |_, _| tolerance, look)
        });
    }

    #[test]
    fn adds_all_of_many_products() {
        example(|| {
            // An algorithm that pads to a square has 512 rows.
            let a = Matrix::from_fn(2, 321, |i, k| ((i + 3 * k) % 7) as f64 - 2.0);
            let b = Matrix::from_fn(321, 2, |k, j| ((2 * k + j) % 5) as f64 - 1.0);
            let (x, y) = (array(&a, Stored::RowMajor), array(&b, Stored::RowMajor));
            let got = matmul_nd(x.view(), y.view()).accepted("matmul_nd(a, b)")?;
            let look = "An entry is the sum of as many products as a has columns.";
            let call = "matmul_nd(a, b) for shapes 2×321 and 321×2";
            close_entries(call, &matrix(got.view()), &product(&a, &b), tolerance(321), look)
        });
    }

    #[test]
    fn is_homogeneous_for_huge_and_tiny_arrays() {
        for_all("a, b, (j, k)", (factors(), range::powers())).holds(|([a, b], (j, k))| {
            // Powers of two cause no rounding.
            let scaled = |a: &Matrix, k: i32| {
                Matrix::from_fn(a.rows(), a.cols(), |row, col| a[(row, col)] * 2.0_f64.powi(k))
            };
            let (x, y) = (array(&scaled(a, *j), Stored::RowMajor), array(&scaled(b, *k), Stored::RowMajor));
            let got = matrix(matmul_nd(x.view(), y.view()).accepted("matmul_nd(2ʲ·a, 2ᵏ·b)")?.view());
            let got = scaled(&got, -j - k);
            let look = "(2ʲA)(2ᵏB) = 2ʲ⁺ᵏ(AB). Is a small product dropped?";
            let tolerance = rounding(8 * a.cols() * a.cols(), 64.0);
            close_entries("matmul_nd(2ʲ·a, 2ᵏ·b)/2ʲ⁺ᵏ", &got, &product(a, b), |_, _| tolerance, look)
        });
    }
}
