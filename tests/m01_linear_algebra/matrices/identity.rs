use judge::{any, close, equal, example, for_all};
use katas::m01_linear_algebra::matrices::identity;
use kit::Matrix;
use proptest::prelude::Strategy;

use super::{column, entry, transposed};

#[test]
fn has_ones_on_the_diagonal_and_zeros_elsewhere() {
    for_all("n", any::length(0..=6, 65)).cases(128).holds(|&n: &usize| {
        let want = Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)));
        let look = "Entry (i, j) is 1 if i = j and 0 otherwise. How far apart are the ones in memory?";
        close("identity(n)", identity(n), want, 0.0, look)
    });
}

#[test]
fn leaves_every_vector_unchanged() {
    for_all("x", any::length(1..=6, 65).prop_flat_map(|n| any::vector(n..=n))).cases(128).holds(|x| {
        let (n, x) = (x.len(), column(x));
        let one = identity(n);
        equal(
            "identity(n).shape()",
            one.shape(),
            (n, n),
            "The identity for a vector with n entries has n rows and n columns.",
        )?;
        let got = Matrix::from_fn(n, 1, |i, j| entry(&one, &x, i, j));
        let look = format!("I = {one:?}. Entry i of I·x is row i of I times x, and has to be xᵢ.");
        close("I·x", got, x, 0.0, look)
    });
}

#[test]
fn is_symmetric() {
    for_all("n", 0..=6_usize).holds(|&n: &usize| {
        let look = "The identity equals its transpose, the value above.";
        close("identity(n)", identity(n), transposed(&identity(n)), 0.0, look)
    });
}

#[test]
fn has_two_ones_for_n_2() {
    example(|| {
        let want = Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]);
        equal("identity(2)", identity(2), want, "Two rows, two ones: (0, 0) and (1, 1).")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::matrices::identity;
        use kit::Matrix;
        assert_eq!(identity(2), Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_square_also_when_empty() {
        for_all("n", 0..=6_usize).holds(|&n: &usize| {
            let look = "n rows and n columns; identity(0) is the 0×0 matrix.";
            equal("identity(n).shape()", identity(n).shape(), (n, n), look)
        });
    }

    #[test]
    fn has_n_ones_for_every_n() {
        example(|| {
            let one = |n: usize| Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)));
            let mut sizes = (0..=64).chain([96, 100, 101, 128, 129, 150, 160, 200, 256, 257, 300, 400]);
            let off = sizes.find(|&n| identity(n) != one(n));
            let look = "n rows and n columns, ones at (i, i) and zeros elsewhere, whatever n is.";
            equal("the first n for which identity(n) is wrong", off, None, look)
        });
    }

    #[test]
    fn has_ones_on_the_diagonal_of_a_large_matrix() {
        for_all("n", 65..=400_usize).cases(8).holds(|&n: &usize| {
            let one = identity(n);
            equal("identity(n).shape()", one.shape(), (n, n), "n rows and n columns.")?;
            let places = (0..n).flat_map(|i| (0..n).map(move |j| (i, j)));
            let off = places.into_iter().find(|&(i, j)| one[(i, j)] != f64::from(u8::from(i == j)));
            let look = "Entry (i, j) is 1 if i = j and 0 otherwise.";
            equal("the first place (row, column) where identity(n) is wrong", off, None, look)
        });
    }
}
