use judge::any::select;
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected};
use katas::m01_linear_algebra::matrices::matmul;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::{Just, Strategy, any as arbitrary, prop_oneof};

use super::super::range;
use super::{
    chain, entry, factors, from_nalgebra, from_ndarray, long, long_sides, rough, size, sparse, to_nalgebra,
    to_ndarray, tolerance, transposed, unfit_sides,
};

#[test]
fn multiplies_rows_by_columns() {
    for_all("a, b", factors()).cases(160).holds(|[a, b]| {
        // Equal factors are the same matrix, every other time.
        let b = if a == b && a.rows() % 2 == 0 { a } else { b };
        let want = Matrix::from_fn(a.rows(), b.cols(), |i, j| entry(a, b, i, j));
        let got = matmul(a, b).accepted("matmul(a, b)")?;
        let off = (0..a.rows()).flat_map(|i| (0..b.cols()).map(move |j| (i, j)));
        let off = off.filter(|_| got.shape() == want.shape()).find(|&place| got[place] != want[place]);
        let look = match off {
            Some(_) if a.cols() == 0 => "An empty sum is 0.".to_owned(),
            Some((i, j)) => format!("Entry ({i}, {j}): {}", written_out(a, b, i, j)),
            None => "The product has as many rows as A and as many columns as B.".to_owned(),
        };
        close("matmul(a, b)", got, want, tolerance(a, b), look)
    });
}

fn written_out(a: &Matrix, b: &Matrix, i: usize, j: usize) -> String {
    let terms: Vec<_> = (0..a.cols()).map(|k| format!("({})·({})", a[(i, k)], b[(k, j)])).collect();
    format!("{} = {}, row {i} of A times column {j} of B.", terms.join(" + "), entry(a, b, i, j))
}

#[test]
fn copies_a_row_for_a_single_one() {
    let sizes = (1..=3_usize, any::any_matrix(1..=3, 1..=3));
    let inputs = sizes.prop_flat_map(|(m, b)| (Just(m), 0..m, 0..b.rows(), Just(b)));
    for_all("m, i, k, b", inputs).holds(|(m, i, k, b)| {
        let a = Matrix::from_fn(*m, b.rows(), |row, col| f64::from(u8::from((row, col) == (*i, *k))));
        let want = Matrix::from_fn(*m, b.cols(), |row, col| if row == *i { b[(*k, col)] } else { 0.0 });
        let got = matmul(&a, b).accepted("matmul(a, b)")?;
        let look = format!("a = {a:?} has a single 1, at (i, k): row i of the product is row k of B.");
        close("matmul(a, b)", got, want, tolerance(&a, b), look)
    });
}

#[test]
fn has_the_identity_as_neutral_element() {
    for_all("a", any::any_matrix(1..=4, 1..=4)).holds(|a| {
        let one = |n: usize| Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)));
        let (left, right) = (one(a.rows()), one(a.cols()));
        let look = "I·A = A·I = A for the identity matrix I.";
        let got = matmul(&left, a).accepted("matmul(I, a)")?;
        close("matmul(I, a)", got, a.clone(), tolerance(&left, a), look)?;
        let got = matmul(a, &right).accepted("matmul(a, I)")?;
        close("matmul(a, I)", got, a.clone(), tolerance(a, &right), look)
    });
}

#[test]
fn is_associative() {
    for_all("a, b, c", chain(1..=3)).holds(|[a, b, c]| {
        let (ab, bc) = (matmul(a, b).accepted("matmul(a, b)")?, matmul(b, c).accepted("matmul(b, c)")?);
        let left = matmul(&ab, c).accepted("matmul(matmul(a, b), c)")?;
        let right = matmul(a, &bc).accepted("matmul(a, matmul(b, c))")?;
        let look =
            "(A·B)·C = A·(B·C), the value above. Rows belong to the left factor, columns to the right one.";
        close("matmul(matmul(a, b), c)", left, right, tolerance(&ab, c) + tolerance(a, &bc), look)
    });
}

#[test]
fn transposes_in_reverse_order() {
    for_all("a, b", chain(1..=4)).holds(|[a, b]| {
        let got = transposed(&matmul(a, b).accepted("matmul(a, b)")?);
        let want = matmul(&transposed(b), &transposed(a)).accepted("matmul(bᵀ, aᵀ)")?;
        let look =
            "(A·B)ᵀ = Bᵀ·Aᵀ, and matmul(bᵀ, aᵀ) is the value above. Which index runs over which dimension?";
        close("matmul(a, b)ᵀ", got, want, 2.0 * tolerance(a, b), look)
    });
}

#[test]
fn adds_n_equal_terms() {
    let inputs = (1..=3_usize, any::size(1..=40, 65), 1..=3_usize, any::eighth(), any::eighth());
    for_all("m, n, p, x, y", inputs).holds(|&(m, n, p, x, y): &(usize, usize, usize, f64, f64)| {
        let (a, b) = (Matrix::from_fn(m, n, |_, _| x), Matrix::from_fn(n, p, |_, _| y));
        let want = Matrix::from_fn(m, p, |_, _| n as f64 * x * y);
        let got = matmul(&a, &b).accepted("matmul(a, b)")?;
        let look = "All entries of a (m×n) are x, all of b (n×p) are y: every entry is n·x·y. Is each of \
                    the n terms added once?";
        close("matmul(a, b)", got, want, tolerance(&a, &b), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::matrices::matmul;
        use kit::Matrix;
        let a = Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]);
        let b = Matrix::from_rows([[1.0, 0.0, 0.5], [0.0, 1.0, 0.5]]);
        assert_eq!(matmul(&a, &b), Ok(Matrix::from_rows([[1.0, 2.0, 1.5], [3.0, 4.0, 3.5]])));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn agrees_with_ndarray() {
        let sizes = (size(6), size(6), size(6));
        let inputs = sizes.prop_flat_map(|(m, n, p)| (rough(m, n), rough(n, p)));
        for_all("a, b", inputs).holds(|(a, b)| {
            let want = from_ndarray(&to_ndarray(a).dot(&to_ndarray(b)));
            let got = matmul(a, b).accepted("matmul(a, b)")?;
            close("matmul(a, b)", got, want, tolerance(a, b), "The value above is ndarray's `a.dot(&b)`.")
        });
    }

    #[test]
    fn agrees_with_nalgebra_for_larger_matrices() {
        for_all("a, b", chain(0..=24)).cases(32).holds(|[a, b]| {
            let want = from_nalgebra(&(to_nalgebra(a) * to_nalgebra(b)));
            let got = matmul(a, b).accepted("matmul(a, b)")?;
            close("matmul(a, b)", got, want, tolerance(a, b), "The value above is nalgebra's `a * b`.")
        });
    }

    #[test]
    fn multiplies_large_matrices_completely() {
        let rung = || select(vec![33, 101, 253_usize]);
        let small = || 1..=9_usize;
        let sides = prop_oneof![
            1 => (long(), long(), long()),
            2 => (rung(), small(), small()),
            1 => (small(), rung(), small()),
            1 => (small(), small(), rung()),
            1 => Just((110, 12, 12)),
        ];
        for_all("(m, n, p), seed", (sides, any::seed())).cases(24).holds(|&((m, n, p), seed)| {
            let mut draw = Generator::from_seed(seed);
            // Eighths, or sevenths, which single precision does not hold.
            let unit = if seed % 2 == 0 { 8.0 } else { 7.0 };
            let mut fractions = |rows, cols| {
                let data = (0..rows * cols).map(|_| draw.below(129) as f64 / unit - 8.0).collect::<Vec<_>>();
                Matrix::from_fn(rows, cols, |i, j| data[i * cols + j])
            };
            let (a, b) = (&fractions(m, n), &fractions(n, p));
            let want = from_ndarray(&to_ndarray(a).dot(&to_ndarray(b)));
            let got = matmul(a, b).accepted("matmul(a, b)")?;
            equal("matmul(a, b).shape()", got.shape(), want.shape(), "As many rows as A and columns as B.")?;
            let tolerance = tolerance(a, b);
            let places = || (0..a.rows()).flat_map(|i| (0..b.cols()).map(move |j| (i, j)));
            let off = places().find(|&place| (got[place] - want[place]).abs() > tolerance);
            ensure(off.is_none(), || {
                let (i, j) = off.unwrap_or_default();
                let what = format!(
                    "entry ({i}, {j}) of matmul(a, b), {:?} times {:?}, = {}",
                    a.shape(),
                    b.shape(),
                    got[(i, j)]
                );
                let look = "Are all rows, columns and terms computed? An algorithm with blocks has \
                            incomplete ones at the ends.";
                Broken::answer(what, want[(i, j)].to_string(), look)
            })
        });
    }

    #[test]
    fn rejects_shapes_that_do_not_fit() {
        let inputs = unfit_sides().prop_flat_map(|(m, n, rows, p)| (any::matrix(m, n), any::matrix(rows, p)));
        for_all("a, b", inputs).holds(|(a, b)| {
            let want = InputError::ShapeMismatch { left: a.shape(), right: b.shape() };
            let look = "B needs as many rows as A has columns; nothing is truncated, padded or repeated.";
            rejected("matmul(a, b)", matmul(a, b), want, look)
        });
    }

    #[test]
    fn keeps_the_shape_of_empty_matrices() {
        for_all("m, p", (size(3), size(3))).holds(|&(m, p): &(usize, usize)| {
            let product =
                |m, n, p| matmul(&Matrix::zeros(m, n), &Matrix::zeros(n, p)).accepted("matmul(m×n, n×p)");
            let look = "m×0 times 0×p is m×p: every entry is an empty sum, 0.";
            close("matmul(m×0, 0×p)", product(m, 0, p)?, Matrix::zeros(m, p), 0.0, look)?;
            let look = "No entries, but a shape: the product has as many rows as A and columns as B.";
            close("matmul(0×2, 2×p)", product(0, 2, p)?, Matrix::zeros(0, p), 0.0, look)?;
            close("matmul(m×2, 2×0)", product(m, 2, 0)?, Matrix::zeros(m, 0), 0.0, look)
        });
    }

    #[test]
    fn propagates_nan() {
        let inputs = long_sides().prop_flat_map(|(m, n, p)| {
            let place = (0..m, 0..n, 0..p, arbitrary::<bool>());
            (sparse(m, n), sparse(n, p), place).prop_map(|(mut a, mut b, (i, k, j, in_b))| {
                *(if in_b { &mut b[(k, j)] } else { &mut a[(i, k)] }) = f64::NAN;
                [a, b]
            })
        });
        for_all("a, b", inputs).cases(96).holds(|[a, b]| {
            let got = matmul(a, b).accepted("matmul(a, b)")?;
            let (m, p) = (a.rows(), b.cols());
            equal("matmul(a, b).shape()", got.shape(), (m, p), "As many rows as A and columns as B.")?;
            let part_of = |i, j| (0..a.cols()).any(|k| a[(i, k)].is_nan() || b[(k, j)].is_nan());
            // Other entries may be NaN as well: some algorithms mix the entries (Strassen's).
            let mut places = (0..m).flat_map(|i| (0..p).map(move |j| (i, j)));
            let hidden = places.find(|&(i, j)| part_of(i, j) && !got[(i, j)].is_nan());
            ensure(hidden.is_none(), || {
                let want =
                    format!("NaN in entry {:?}, which has a term with NaN", hidden.unwrap_or_default());
                Broken::answer(
                    format!("matmul(a, b) = {got:?}"),
                    want,
                    "0·NaN is NaN. Is a term skipped, for example one with a 0?",
                )
            })
        });
    }

    #[test]
    fn rejects_a_b_that_is_too_short() {
        example(|| {
            let (a, b) = (Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]), Matrix::from_rows([[5.0]]));
            let want = InputError::ShapeMismatch { left: (2, 2), right: (1, 1) };
            let look = "A has two columns, B has one row. Compare both numbers before you multiply.";
            rejected("matmul([[1, 2], [3, 4]], [[5]])", matmul(&a, &b), want, look)
        });
    }

    #[test]
    fn is_homogeneous_for_huge_and_tiny_matrices() {
        for_all("a, b, (j, k)", (chain(1..=3), range::powers())).holds(|([a, b], (j, k))| {
            // Powers of two cause no rounding.
            let scaled = |a: &Matrix, k: i32| {
                Matrix::from_fn(a.rows(), a.cols(), |row, col| a[(row, col)] * 2.0_f64.powi(k))
            };
            let want = matmul(a, b).accepted("matmul(a, b)")?;
            let got = matmul(&scaled(a, *j), &scaled(b, *k)).accepted("matmul(2ʲ·a, 2ᵏ·b)")?;
            let look = "(2ʲA)(2ᵏB) = 2ʲ⁺ᵏ(AB). Is a small product dropped?";
            close("matmul(2ʲ·a, 2ᵏ·b)/2ʲ⁺ᵏ", scaled(&got, -j - k), want, 2.0 * tolerance(a, b), look)
        });
    }
}
