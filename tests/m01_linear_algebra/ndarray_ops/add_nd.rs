use judge::any::vec;
use judge::{Answer, Broken, any, close_entries, ensure, example, for_all, rejected};
use katas::m01_linear_algebra::ndarray_ops::add_nd;
use kit::{InputError, Matrix};
use proptest::prelude::{Strategy, any as any_of, prop_oneof};

use super::super::range;
use super::stored::{Stored, array, matrix, side, sides, stored};

/// Two matrices of one shape.
fn pairs() -> impl Strategy<Value = [Matrix; 2]> + Send + Sync + Clone {
    let both = sides().prop_flat_map(|(m, n)| [any::matrix(m, n), any::matrix(m, n)]);
    // Now and then equal.
    (both, any::part(0..=9_u8)).prop_map(|([a, b], form)| if form == 9 { [a.clone(), a] } else { [a, b] })
}

#[test]
fn adds_elementwise() {
    for_all("a, b", pairs()).holds(|[a, b]| {
        let (x, y) = (array(a, Stored::RowMajor), array(b, Stored::RowMajor));
        let got = add_nd(x.view(), y.view()).accepted("add_nd(a, b)")?;
        let want = Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] + b[(i, j)]);
        let look = "Entry (i, j) of the sum is entry (i, j) of a plus entry (i, j) of b.";
        close_entries("add_nd(a, b)", &matrix(got.view()), &want, |_, _| 0.0, look)
    });
}

#[test]
fn is_commutative() {
    for_all("a, b", pairs()).holds(|[a, b]| {
        let (x, y) = (array(a, Stored::RowMajor), array(b, Stored::RowMajor));
        let got = add_nd(x.view(), y.view()).accepted("add_nd(a, b)")?;
        let want = add_nd(y.view(), x.view()).accepted("add_nd(b, a)")?;
        let look = "A + B = B + A, and add_nd(b, a) is the value above.";
        close_entries("add_nd(a, b)", &matrix(got.view()), &matrix(want.view()), |_, _| 0.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::ndarray_ops::add_nd;
        use ndarray::array;

        let (a, b) = (array![[1.0, 2.0], [3.0, 4.0]], array![[0.5, 0.0], [0.0, -4.0]]);
        assert_eq!(add_nd(a.view(), b.view()), Ok(array![[1.5, 2.0], [3.0, 0.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_depend_on_the_memory_layout() {
        for_all(
            "a, b, layout of a, layout of b",
            (pairs(), stored(), stored()),
        )
        .holds(|([a, b], by_a, by_b)| {
            let (x, y) = (array(a, *by_a), array(b, *by_b));
            let got = add_nd(x.view(), y.view()).accepted("add_nd(a, b)")?;
            let want = Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] + b[(i, j)]);
            let look = "A view need not be contiguous: its strides are arbitrary. Use operations on whole \
                        arrays, or indices, not the raw memory.";
            close_entries("add_nd(a, b)", &matrix(got.view()), &want, |_, _| 0.0, look)
        });
    }

    #[test]
    fn rejects_unequal_shapes() {
        let any_shape = || prop_oneof![3 => (side(), side()), 1 => sides()];
        // Also shapes that differ in one side only, by one or so that ndarray would broadcast; or whose sides are swapped.
        let differing = (any_shape(), any_shape(), 0..6_usize).prop_map(|((m, n), other, how)| match how {
            0 if m != 1 => ((m, n), (1, n)),
            1 if n != 1 => ((m, n), (m, 1)),
            2 if m != n => ((m, n), (n, m)),
            3 => ((m, n), (m, n + 1)),
            4 => ((m + 1, n), (m, n)),
            _ if other == (m, n) => ((m, n), (m + 1, n)),
            _ => ((m, n), other),
        });
        let differing = differing.prop_flat_map(|((m, n), (p, q))| [any::matrix(m, n), any::matrix(p, q)]);
        for_all("a, b", differing).holds(|[a, b]| {
            let (x, y) = (array(a, Stored::RowMajor), array(b, Stored::RowMajor));
            let want = InputError::ShapeMismatch { left: a.shape(), right: b.shape() };
            let look = "ndarray's + broadcasts a single row or column and panics otherwise. Compare both \
                        shapes first, a's on the left.";
            let got = add_nd(x.view(), y.view()).map(|ab| matrix(ab.view()));
            rejected("add_nd(a, b)", got, want, look)
        });
    }

    #[test]
    fn keeps_the_shape_of_empty_arrays() {
        example(|| {
            for (m, n) in [(0, 0), (0, 3), (2, 0)] {
                let empty = array(&Matrix::zeros(m, n), Stored::RowMajor);
                let call = format!("add_nd(a, b) for two arrays of shape {m}×{n}");
                let got = add_nd(empty.view(), empty.view()).accepted(&call)?;
                let look = "Empty arrays are valid; the sum has the shape of both, even without entries.";
                close_entries(&call, &matrix(got.view()), &Matrix::zeros(m, n), |_, _| 0.0, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn propagates_nan() {
        let inputs = sides()
            .prop_flat_map(|(m, n)| (any::matrix(m, n), range::place(m), range::place(n), any_of::<bool>()));
        for_all("a, i, j, in a", inputs).holds(|(a, i, j, in_a)| {
            let (m, n) = a.shape();
            let mut unknown = Matrix::zeros(m, n);
            unknown[(*i, *j)] = f64::NAN;
            let (x, y) = (array(a, Stored::RowMajor), array(&unknown, Stored::RowMajor));
            let (call, (x, y)) = match in_a {
                true => ("add_nd(zeros with NaN in entry (i, j), a)", (y, x)),
                false => ("add_nd(a, zeros with NaN in entry (i, j))", (x, y)),
            };
            let got = add_nd(x.view(), y.view()).accepted(call)?;
            let got = matrix(got.view());
            let only_there = |(p, q): (usize, usize)| got[(p, q)].is_nan() == ((p, q) == (*i, *j));
            let entries = (0..m).flat_map(|p| (0..n).map(move |q| (p, q)));
            ensure(got.shape() == (m, n) && entries.into_iter().all(only_there), || {
                let look = "A number plus NaN is NaN, in that entry and in no other.";
                Broken::answer(
                    format!("{call} = {got:?}"),
                    format!("NaN in entry ({i}, {j}) and nowhere else"),
                    look,
                )
            })
        });
    }

    #[test]
    fn adds_large_arrays_and_numbers_of_every_magnitude() {
        let extreme = any::any_matrix(1..=3, 1..=3).prop_flat_map(|a| {
            let shape = a.shape();
            vec(any::entry(), shape.0 * shape.1).prop_map(move |flat| {
                let of = Matrix::from_fn(shape.0, shape.1, |i, j| flat[i * shape.1 + j]);
                [of, a.clone()]
            })
        });
        let wide = (any::size(1..=3, 129), any::size(1..=3, 33))
            .prop_flat_map(|(m, n)| [any::matrix_of(m, n), any::matrix_of(m, n)]);
        // From the subnormal numbers up to where sums of two stay finite.
        let vast = sides().prop_flat_map(|(m, n)| {
            let entries = || range::entries(m * n, -322, 307);
            [entries(), entries()]
                .prop_map(move |both| both.map(|data| Matrix::from_fn(m, n, |i, j| data[i * n + j])))
        });
        let large = [any::matrix_of(150, 20), any::matrix_of(150, 20)];
        let inputs = prop_oneof![20 => extreme, 40 => wide, 40 => vast, 1 => large];
        for_all("a, b", inputs).holds(|[a, b]: &[Matrix; 2]| {
            let (x, y) = (array(a, Stored::RowMajor), array(b, Stored::RowMajor));
            let got = add_nd(x.view(), y.view()).accepted("add_nd(a, b)")?;
            let want = Matrix::from_fn(a.rows(), a.cols(), |i, j| a[(i, j)] + b[(i, j)]);
            let look = "Entry (i, j) of the sum is entry (i, j) of a plus entry (i, j) of b, in f64.";
            close_entries("add_nd(a, b)", &matrix(got.view()), &want, |_, _| 0.0, look)?;
            let got = add_nd(x.view(), x.view()).accepted("add_nd(a, a)")?;
            let want = Matrix::from_fn(a.rows(), a.cols(), |i, j| 2.0 * a[(i, j)]);
            close_entries("add_nd(a, a)", &matrix(got.view()), &want, |_, _| 0.0, look)
        });
    }
}
