use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected};
use katas::m01_linear_algebra::matrices::matmul;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::{Just, Strategy, any as arbitrary};

use super::{
    chain, entry, from_nalgebra, from_ndarray, long, rough, size, sparse, to_nalgebra, to_ndarray, tolerance,
    transposed,
};

#[test]
fn entry_i_j_is_row_i_of_a_times_column_j_of_b() {
    for_all("a, b", chain(4)).holds(|[a, b]| {
        let want = Matrix::from_fn(a.rows(), b.cols(), |i, j| entry(a, b, i, j));
        let got = matmul(a, b).accepted("matmul(a, b)")?;
        let off = (0..a.rows()).flat_map(|i| (0..b.cols()).map(move |j| (i, j)));
        let off = off.filter(|_| got.shape() == want.shape()).find(|&place| got[place] != want[place]);
        let look = match off {
            Some(_) if a.cols() == 0 => "A sum without terms is 0.".to_owned(),
            Some((i, j)) => format!("Entry ({i}, {j}): {}", written_out(a, b, i, j)),
            None => "As many rows as A, as many columns as B, whatever stands in between.".to_owned(),
        };
        close("matmul(a, b)", got, want, tolerance(a, b), look)
    });
}

fn written_out(a: &Matrix, b: &Matrix, i: usize, j: usize) -> String {
    let terms: Vec<_> = (0..a.cols()).map(|k| format!("({})·({})", a[(i, k)], b[(k, j)])).collect();
    format!("{} = {}, row {i} of A times column {j} of B.", terms.join(" + "), entry(a, b, i, j))
}

#[test]
fn a_single_one_copies_a_row_of_b() {
    let sizes = (1..=3_usize, any::any_matrix(1..=3, 1..=3));
    let inputs = sizes.prop_flat_map(|(m, b)| (Just(m), 0..m, 0..b.rows(), Just(b)));
    for_all("m, i, k, b", inputs).holds(|(m, i, k, b)| {
        let a = Matrix::from_fn(*m, b.rows(), |row, col| f64::from(u8::from((row, col) == (*i, *k))));
        let want = Matrix::from_fn(*m, b.cols(), |row, col| if row == *i { b[(*k, col)] } else { 0.0 });
        let got = matmul(&a, b).accepted("matmul(a, b)")?;
        let look = format!("a = {a:?} has its only 1 in place (i, k): row i of the product is row k of B.");
        close("matmul(a, b)", got, want, tolerance(&a, b), look)
    });
}

#[test]
fn the_identity_on_either_side_changes_nothing() {
    for_all("a", any::any_matrix(1..=4, 1..=4)).holds(|a| {
        let one = |n: usize| Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)));
        let (left, right) = (one(a.rows()), one(a.cols()));
        let look = "Multiplied by I, which has ones on its diagonal and zeros elsewhere, A stays A.";
        let got = matmul(&left, a).accepted("matmul(I, a)")?;
        close("matmul(I, a)", got, a.clone(), tolerance(&left, a), look)?;
        let got = matmul(a, &right).accepted("matmul(a, I)")?;
        close("matmul(a, I)", got, a.clone(), tolerance(a, &right), look)
    });
}

#[test]
fn the_brackets_do_not_matter() {
    for_all("a, b, c", chain(3)).holds(|[a, b, c]| {
        let (ab, bc) = (matmul(a, b).accepted("matmul(a, b)")?, matmul(b, c).accepted("matmul(b, c)")?);
        let left = matmul(&ab, c).accepted("matmul(matmul(a, b), c)")?;
        let right = matmul(a, &bc).accepted("matmul(a, matmul(b, c))")?;
        let look = "A·(B·C) gave the value above. Rows belong to the left factor, columns to the right one.";
        close("matmul(matmul(a, b), c)", left, right, tolerance(&ab, c) + tolerance(a, &bc), look)
    });
}

#[test]
fn transposing_reverses_the_factors() {
    for_all("a, b", chain(4)).holds(|[a, b]| {
        let got = transposed(&matmul(a, b).accepted("matmul(a, b)")?);
        let want = matmul(&transposed(b), &transposed(a)).accepted("matmul(bᵀ, aᵀ)")?;
        let look = "(A·B)ᵀ = Bᵀ·Aᵀ, and matmul(bᵀ, aᵀ) gave the value above. Which index runs over what?";
        close("matmul(a, b)ᵀ", got, want, 2.0 * tolerance(a, b), look)
    });
}

#[test]
fn equal_terms_are_added_n_times() {
    let inputs = (1..=3_usize, 1..=40_usize, 1..=3_usize, any::eighth(), any::eighth());
    for_all("m, n, p, x, y", inputs).holds(|&(m, n, p, x, y): &(usize, usize, usize, f64, f64)| {
        let (a, b) = (Matrix::from_fn(m, n, |_, _| x), Matrix::from_fn(n, p, |_, _| y));
        let want = Matrix::from_fn(m, p, |_, _| n as f64 * x * y);
        let got = matmul(&a, &b).accepted("matmul(a, b)")?;
        let look = "a is m×n and holds x everywhere, b is n×p and holds y: every entry is n·x·y. Is each of \
                    the n terms there once?";
        close("matmul(a, b)", got, want, tolerance(&a, &b), look)
    });
}

#[test]
fn it_agrees_with_ndarray() {
    let sizes = (size(6), size(6), size(6));
    let inputs = sizes.prop_flat_map(|(m, n, p)| (rough(m, n), rough(n, p)));
    for_all("a, b", inputs).holds(|(a, b)| {
        let want = from_ndarray(&to_ndarray(a).dot(&to_ndarray(b)));
        let got = matmul(a, b).accepted("matmul(a, b)")?;
        close("matmul(a, b)", got, want, tolerance(a, b), "ndarray's `a.dot(&b)` gives the value above.")
    });
}

#[test]
fn it_agrees_with_nalgebra_on_larger_ones() {
    for_all("a, b", chain(24)).cases(32).holds(|[a, b]| {
        let want = from_nalgebra(&(to_nalgebra(a) * to_nalgebra(b)));
        let got = matmul(a, b).accepted("matmul(a, b)")?;
        close("matmul(a, b)", got, want, tolerance(a, b), "nalgebra's `a * b` gives the value above.")
    });
}

#[test]
fn long_sides_are_multiplied_to_their_ends() {
    for_all("m, n, p, seed", (long(), long(), long(), any::seed())).cases(6).holds(|&(m, n, p, seed)| {
        let mut draw = Generator::from_seed(seed);
        let mut eighths = |rows, cols| {
            let data = (0..rows * cols).map(|_| draw.below(129) as f64 / 8.0 - 8.0).collect::<Vec<_>>();
            Matrix::from_fn(rows, cols, |i, j| data[i * cols + j])
        };
        let (a, b) = (&eighths(m, n), &eighths(n, p));
        let want = from_ndarray(&to_ndarray(a).dot(&to_ndarray(b)));
        let got = matmul(a, b).accepted("matmul(a, b)")?;
        equal("matmul(a, b).shape()", got.shape(), want.shape(), "As many rows as A and columns as B.")?;
        let places = || (0..a.rows()).flat_map(|i| (0..b.cols()).map(move |j| (i, j)));
        let off = places().find(|&place| (got[place] - want[place]).abs() > tolerance(a, b));
        ensure(off.is_none(), || {
            let (i, j) = off.unwrap_or_default();
            let what = format!(
                "entry ({i}, {j}) of matmul(a, b), {:?} times {:?}, = {}",
                a.shape(),
                b.shape(),
                got[(i, j)]
            );
            let look = "Whoever goes in blocks has a rest: of rows, of columns, and of terms.";
            Broken::answer(what, want[(i, j)].to_string(), look)
        })
    });
}

#[test]
fn shapes_that_do_not_fit_are_rejected_and_both_are_named() {
    let sizes = (size(4), size(4), size(5), size(4));
    let inputs = sizes.prop_flat_map(|(m, n, rows, p)| {
        let rows = if rows == n { rows + 1 } else { rows };
        (any::matrix(m, n), any::matrix(rows, p))
    });
    for_all("a, b", inputs).holds(|(a, b)| {
        let want = InputError::ShapeMismatch { left: a.shape(), right: b.shape() };
        let look = "B needs as many rows as A has columns. Nothing is cut, filled up or started over.";
        rejected("matmul(a, b)", matmul(a, b), want, look)
    });
}

#[test]
fn empty_matrices_keep_their_shape() {
    for_all("m, p", (size(3), size(3))).holds(|&(m, p): &(usize, usize)| {
        let product =
            |m, n, p| matmul(&Matrix::zeros(m, n), &Matrix::zeros(n, p)).accepted("matmul(m×n, n×p)");
        let look = "m×0 times 0×p: every entry is a sum without terms, 0, and there are m·p of them.";
        close("matmul(m×0, 0×p)", product(m, 0, p)?, Matrix::zeros(m, p), 0.0, look)?;
        let look = "No entries, but a shape: the product has A's rows and B's columns.";
        close("matmul(0×2, 2×p)", product(0, 2, p)?, Matrix::zeros(0, p), 0.0, look)?;
        close("matmul(m×2, 2×0)", product(m, 2, 0)?, Matrix::zeros(m, 0), 0.0, look)
    });
}

#[test]
fn a_nan_reaches_the_entries_that_it_is_part_of() {
    let sizes = (1..=3_usize, 1..=3_usize, 1..=3_usize);
    let inputs = sizes.prop_flat_map(|(m, n, p)| {
        let place = (0..m, 0..n, 0..p, arbitrary::<bool>());
        (sparse(m, n), sparse(n, p), place).prop_map(|(mut a, mut b, (i, k, j, in_b))| {
            *(if in_b { &mut b[(k, j)] } else { &mut a[(i, k)] }) = f64::NAN;
            [a, b]
        })
    });
    for_all("a, b", inputs).holds(|[a, b]| {
        let got = matmul(a, b).accepted("matmul(a, b)")?;
        let (m, p) = (a.rows(), b.cols());
        equal("matmul(a, b).shape()", got.shape(), (m, p), "As many rows as A and columns as B.")?;
        let part_of = |i, j| (0..a.cols()).any(|k| a[(i, k)].is_nan() || b[(k, j)].is_nan());
        // Where else a NaN appears is left open: some algorithms mix the entries (Strassen's).
        let mut places = (0..m).flat_map(|i| (0..p).map(move |j| (i, j)));
        let hidden = places.find(|&(i, j)| part_of(i, j) && !got[(i, j)].is_nan());
        ensure(hidden.is_none(), || {
            let want = format!("NaN in entry {:?}, of which it is a part", hidden.unwrap_or_default());
            Broken::answer(
                format!("matmul(a, b) = {got:?}"),
                want,
                "0·NaN is NaN. Is a zero skipped, or a term?",
            )
        })
    });
}

#[test]
fn a_b_that_is_too_short_is_neither_padded_nor_repeated() {
    example(|| {
        let (a, b) = (Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]), Matrix::from_rows([[5.0]]));
        let want = InputError::ShapeMismatch { left: (2, 2), right: (1, 1) };
        let look = "A has two columns, B has one row. Look at both numbers before you multiply.";
        rejected("matmul([[1, 2], [3, 4]], [[5]])", matmul(&a, &b), want, look)
    });
}
