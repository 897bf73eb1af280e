use std::fmt::Display;

use kit::Matrix;

use crate::broken::{Broken, Verdict};
use crate::check::{close, ensure};

/// The answer is this matrix, up to `tolerance(i, j)` in entry (i, j).
///
/// An array or matrix of a library is converted before: its own `Debug` is harder to read than `2×2 [1 2; 3 4]`.
///
/// # Errors
///
/// [`Broken`] if it is not, with both matrices and the first entry that differs; `call` names what was asked, `look`
/// says where to look.
pub fn close_entries(
    call: &str,
    got: &Matrix,
    want: &Matrix,
    tolerance: impl Fn(usize, usize) -> f64,
    look: impl Display,
) -> Verdict {
    compare(call, got, want, &tolerance, &look)
}

fn compare(
    call: &str,
    got: &Matrix,
    want: &Matrix,
    tolerance: &dyn Fn(usize, usize) -> f64,
    look: &dyn Display,
) -> Verdict {
    ensure(got.shape() == want.shape(), || {
        Broken::answer(format!("{call} = {got:?}"), format!("{want:?}"), look)
    })?;
    for i in 0..want.rows() {
        for j in 0..want.cols() {
            let entry = format!("entry ({i}, {j})");
            close(&entry, got[(i, j)], want[(i, j)], tolerance(i, j), look).map_err(|broken| {
                let got = format!("{call} = {got:?}\n{}, rows and columns counted from 0", broken.got);
                Broken { got, want: format!("{want:?}\n{entry} = {}", broken.want), ..broken }
            })?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_entry_that_differs_is_named() {
        let (got, want) =
            (Matrix::from_rows([[1.0, 2.5], [3.0, 9.0]]), Matrix::from_rows([[1.0, 2.0], [3.0, 4.0]]));
        let broken = close_entries("f(x)", &got, &want, |_, _| 0.0, "").expect_err("entries differ");
        assert_eq!(
            broken.got,
            "f(x) = 2×2 [1 2.5; 3 9]\nentry (0, 1) = 2.5, rows and columns counted from 0"
        );
        assert_eq!(broken.want, "2×2 [1 2; 3 4]\nentry (0, 1) = 2.0");
    }

    #[test]
    fn empty_matrices_of_different_shapes_differ() {
        assert!(close_entries("f(x)", &Matrix::zeros(0, 2), &Matrix::zeros(0, 3), |_, _| 0.0, "").is_err());
        assert!(close_entries("f(x)", &Matrix::zeros(0, 2), &Matrix::zeros(0, 2), |_, _| 0.0, "").is_ok());
    }
}
