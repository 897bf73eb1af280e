use judge::any::select;
use judge::any::vec;
use judge::{Broken, any, close, ensure, equal, example, for_all};
use katas::m01_linear_algebra::matrices::transpose;
use kit::Matrix;
use proptest::prelude::{Strategy, prop_oneof};

use super::{
    column, entry, form, formed, from_nalgebra, from_ndarray, long, matrix, rough, size, square, to_nalgebra,
    to_ndarray, transposed,
};

#[test]
fn moves_entry_i_j_to_j_i() {
    let both = (any::length(1..=4, 129), any::length(1..=4, 129));
    let even = select(vec![(16, 16), (16, 32), (64, 48), (12, 10), (40, 40), (144, 72_usize)]);
    let sides = prop_oneof![12 => both, 2 => square().prop_map(|n| (n, n)), 1 => even];
    let inputs = (sides.prop_flat_map(|(m, n)| any::matrix(m, n)), form());
    for_all("a", inputs.prop_map(|(a, form)| formed(&a, form))).holds(|a| {
        let look = "Row i of A is column i of Aᵀ. Exchanging the two dimensions of the shape is not enough: \
                    the entries have to move in memory.";
        close("transpose(a)", transpose(a), transposed(a), 0.0, look)
    });
}

#[test]
fn stores_the_columns_one_after_the_other() {
    for_all("a", any::any_matrix(1..=4, 1..=4)).holds(|a| {
        let columns = (0..a.cols()).flat_map(|j| (0..a.rows()).map(move |i| a[(i, j)]));
        let look = "A matrix is stored row by row, and the rows of Aᵀ are the columns of A.";
        close("transpose(a).as_slice()", transpose(a).as_slice(), &columns.collect::<Vec<_>>()[..], 0.0, look)
    });
}

#[test]
fn is_its_own_inverse() {
    for_all("a", any::any_matrix(1..=4, 1..=4)).holds(|a| {
        let look = "(Aᵀ)ᵀ = A: transposing twice gives A again.";
        close("transpose(transpose(a))", transpose(&transpose(a)), a.clone(), 0.0, look)
    });
}

#[test]
fn is_adjoint_in_the_dot_product() {
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
        let look = "x·(Aᵀy) = (A·x)·y for all x and y: only the transpose satisfies this.";
        // No tolerance: sums of a few products of three eighths are exact.
        close("x·(transpose(a)·y)", dot(x, &product(&t, y)), dot(&product(a, x), y), 0.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::matrices::transpose;
        use kit::Matrix;
        let a = Matrix::from_rows([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]);
        assert_eq!(transpose(&a), Matrix::from_rows([[1.0, 4.0], [2.0, 5.0], [3.0, 6.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn exchanges_the_dimensions_of_an_empty_matrix() {
        for_all("m, n", (size(4), any::size(0..=4, 1025))).holds(|&(m, n): &(usize, usize)| {
            let got = transpose(&Matrix::zeros(m, n)).shape();
            let look = "A 0×3 matrix has no entries, but three columns; its transpose has three rows.";
            equal("transpose(m×n).shape()", got, (n, m), look)
        });
    }

    #[test]
    fn keeps_entries_exactly() {
        let zero = || select(vec![0.0, -0.0]);
        let number = move || prop_oneof![any::entry(), any::not_finite(), any::magnitude(-322, 308), zero()];
        let sides = (any::size(1..=2, 33), any::size(1..=2, 33));
        let inputs = sides.prop_flat_map(move |(m, n)| {
            vec(number(), m * n).prop_map(move |data| Matrix::from_fn(m, n, |i, j| data[i * n + j]))
        });
        for_all("a", inputs).holds(|a| {
            let (t, want) = (transpose(a), transposed(a));
            let same = |(got, want): (&f64, &f64)| {
                got.to_bits() == want.to_bits() || (got.is_nan() && want.is_nan())
            };
            let all_same = t.as_slice().iter().zip(want.as_slice()).all(same);
            ensure(t.shape() == want.shape() && all_same, || {
                let look = "Nothing is computed: the entries are copied exactly, −0 as −0.";
                Broken::answer(format!("transpose(a) = {t:?}"), format!("{want:?}"), look)
            })
        });
    }

    #[test]
    fn moves_the_entries_of_long_matrices() {
        example(|| {
            for (m, n) in [(321, 2), (2, 321), (1025, 3), (3, 1025)] {
                let a = Matrix::from_fn(m, n, |i, j| (i * n + j) as f64);
                let look = "Column i of Aᵀ is row i of A, however many there are.";
                close(&format!("transpose(a), a of {m}×{n},"), transpose(&a), transposed(&a), 0.0, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn agrees_with_nalgebra_and_ndarray() {
        let most = any::size(1..=4, 129);
        let sides = prop_oneof![2 => (long(), long()), 1 => (most.clone(), most)];
        let one_long = select(vec![(1, 1025), (1025, 1), (3, 321), (321, 3), (101, 257_usize)]);
        let sides = prop_oneof![3 => sides, 1 => one_long];
        let large = sides.prop_flat_map(|(m, n)| rough(m, n));
        let wide = any::wide_matrix(1..=4, 1..=4);
        for_all("a", prop_oneof![2 => matrix(12), 1 => large, 2 => wide]).cases(96).holds(|a| {
            let want = from_nalgebra(&to_nalgebra(a).transpose());
            close("transpose(a)", transpose(a), want, 0.0, "The value above is nalgebra's `transpose`.")?;
            let want = from_ndarray(&to_ndarray(a).reversed_axes());
            close("transpose(a)", transpose(a), want, 0.0, "The value above is ndarray's `reversed_axes`.")
        });
    }
}
