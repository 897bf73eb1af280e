use judge::{any, close, equal, example, for_all};
use katas::m01_linear_algebra::matrices::identity;
use kit::Matrix;

use super::{column, entry, transposed};

#[test]
fn it_is_square_and_may_be_empty() {
    for_all("n", 0..=6_usize).holds(|&n: &usize| {
        let look = "n rows and n columns; identity(0) is the 0×0 matrix.";
        equal("identity(n).shape()", identity(n).shape(), (n, n), look)
    });
}

#[test]
fn ones_stand_on_the_diagonal_and_zeros_elsewhere() {
    for_all("n", 0..=20_usize).holds(|&n: &usize| {
        let want = Matrix::from_fn(n, n, |i, j| f64::from(u8::from(i == j)));
        let look = "Entry (i, j) is 1 where row and column have the same number. How far apart do the ones \
                    lie in memory?";
        close("identity(n)", identity(n), want, 0.0, look)
    });
}

#[test]
fn it_leaves_every_vector_as_it_is() {
    for_all("x", any::vector(1..=6)).holds(|x| {
        let (n, x) = (x.len(), column(x));
        let one = identity(n);
        equal(
            "identity(n).shape()",
            one.shape(),
            (n, n),
            "To be multiplied by x it needs n rows and n columns.",
        )?;
        let got = Matrix::from_fn(n, 1, |i, j| entry(&one, &x, i, j));
        let look = format!("I = {one:?}. Entry i of I·x is row i of I times x, and must be xᵢ.");
        close("I·x", got, x, 0.0, look)
    });
}

#[test]
fn it_is_its_own_transpose() {
    for_all("n", 0..=6_usize).holds(|&n: &usize| {
        let look = "Mirrored at the diagonal it is the same: the value above is its transpose.";
        close("identity(n)", identity(n), transposed(&identity(n)), 0.0, look)
    });
}

#[test]
fn of_two_rows_each_has_its_one() {
    example(|| {
        let want = Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]);
        equal("identity(2)", identity(2), want, "Two rows, two ones: (0, 0) and (1, 1).")
    });
}
