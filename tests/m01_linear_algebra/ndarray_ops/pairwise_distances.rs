use judge::any::select;
use judge::{Answer, Broken, any, close, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::ndarray_ops::pairwise_distances;
use kit::{InputError, Matrix};
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::super::range;
use super::stored::{Stored, array, matrix, stored};

fn points() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    let sides = prop_oneof![
        16 => (1..=4_usize, 1..=6_usize),
        1 => (select(vec![17, 33, 65_usize]), 1..=3_usize),
        1 => (1..=4_usize, select(vec![17, 33, 65, 101, 321_usize])),
        1 => (any::length(1..=4, 65), 1..=3_usize),
        1 => (1..=4_usize, any::length(1..=6, 321)),
        1 => (5..=16_usize).prop_map(|n| (n, n)),
    ];
    sides.prop_flat_map(|(m, n)| any::matrix(m, n))
}

const CALL: &str = "pairwise_distances(points)";

/// What came out of the kata, as an m×m matrix.
fn distances(call: &str, points: &Matrix, by: Stored) -> Result<Matrix, Broken> {
    let d = matrix(pairwise_distances(array(points, by).view()).accepted(call)?.view());
    let m = points.rows();
    let shown = (format!("{call} = {d:?}"), format!("an array of shape {m}×{m}"));
    ensure(d.shape() == (m, m), || {
        Broken::answer(shown.0, shown.1, "The m rows are the points: one distance for each pair.")
    })?;
    Ok(d)
}

/// Counted in eighths the squares are whole numbers, and their sum is exact.
fn wanted(points: &Matrix) -> Matrix {
    let in_8ths = |x: f64| (8.0 * x) as i64;
    let squared = |i, j| {
        (0..points.cols()).map(|k| (in_8ths(points[(i, k)]) - in_8ths(points[(j, k)])).pow(2)).sum::<i64>()
    };
    Matrix::from_fn(points.rows(), points.rows(), |i, j| (squared(i, j) as f64).sqrt() / 8.0)
}

/// A few units in the last place of each distance: n squares, their sum and a root.
fn tolerance(points: &Matrix, want: &Matrix) -> impl Fn(usize, usize) -> f64 {
    move |i, j| rounding(points.cols() + 4, want[(i, j)])
}

#[test]
fn computes_the_distance_of_each_pair_of_rows() {
    for_all("points", points()).holds(|points| {
        let (d, want) = (distances(CALL, points, Stored::RowMajor)?, wanted(points));
        let look = "Subtract the two rows, square, sum over the coordinates, take the square root.";
        close_entries(CALL, &d, &want, tolerance(points, &want), look)
    });
}

#[test]
fn is_symmetric_with_zeros_on_the_diagonal() {
    for_all("points", points()).holds(|points| {
        let d = distances(CALL, points, Stored::RowMajor)?;
        let transposed = Matrix::from_fn(d.rows(), d.cols(), |i, j| d[(j, i)]);
        let look = "Entry (j, i) differs from entry (i, j). Is only one triangle filled?";
        close_entries(CALL, &d, &transposed, tolerance(points, &d), look)?;
        let shown = format!("{CALL} = {d:?}");
        ensure((0..d.rows()).all(|i| d[(i, i)] == 0.0), || {
            Broken::answer(shown, "zeros on the diagonal", "The distance of a point to itself is exactly 0.")
        })
    });
}

#[test]
fn satisfies_the_triangle_inequality() {
    for_all("points", any::any_matrix(3..=4, 1..=3)).holds(|points| {
        let d = distances(CALL, points, Stored::RowMajor)?;
        let m = points.rows();
        for (i, j, k) in (0..m * m * m).map(|t| (t / m / m, t / m % m, t % m)) {
            let detour = d[(i, k)] + d[(k, j)];
            let slack = rounding(2 * points.cols() + 8, detour);
            ensure(d[(i, j)] <= detour + slack, || {
                let got = format!("{CALL} = {d:?}\nD[{i}, {j}] = {}", d[(i, j)]);
                let want = format!("at most D[{i}, {k}] + D[{k}, {j}] = {detour}");
                Broken::answer(
                    got,
                    want,
                    "The triangle inequality D[i, j] ≤ D[i, k] + D[k, j] holds for distances, not for their \
                     squares.",
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::ndarray_ops::pairwise_distances;
        use ndarray::array;

        let points = array![[0.0, 0.0], [3.0, 4.0]];
        assert_eq!(pairwise_distances(points.view()), Ok(array![[0.0, 5.0], [5.0, 0.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_translation_invariant_far_from_the_origin() {
        // Up to 2³⁰ the sum with an eighth is exact.
        let offset = select(vec![1e6, -1e6, 1e9, -1e9, f64::from(1 << 30)]);
        for_all("points, offset", (points(), offset)).holds(|(points, offset)| {
            let far = Matrix::from_fn(points.rows(), points.cols(), |i, j| points[(i, j)] + offset);
            let (d, want) =
                (distances("pairwise_distances(points + offset)", &far, Stored::RowMajor)?, wanted(points));
            let look = "‖x‖² − 2x·y + ‖y‖² loses all digits to cancellation if x and y are far from the \
                        origin. Subtract first, then square.";
            close_entries("pairwise_distances(points + offset)", &d, &want, tolerance(points, &want), look)
        });
    }

    #[test]
    fn is_accurate_for_nearly_equal_points() {
        // 2⁻³⁰ compared with 8 leaves 20 binary digits.
        let gap = 2.0_f64.powi(-30);
        for_all("p, step", (any::vector(1..=3), any::nonzero())).holds(move |(p, step)| {
            let points =
                Matrix::from_fn(2, p.len(), |i, k| if (i, k) == (1, 0) { p[0] + step * gap } else { p[k] });
            let d = distances("pairwise_distances([p; p + step·2⁻³⁰·e₁])", &points, Stored::RowMajor)?;
            let look = "Two points may be nearly equal. Squares multiplied out cancel; a tolerance has no \
                        place here.";
            let call = format!("pairwise_distances([p; p + step·2⁻³⁰·e₁]) = {d:?}\nentry (0, 1)");
            close(&call, d[(0, 1)], step.abs() * gap, rounding(p.len() + 4, step.abs() * gap), look)
        });
    }

    #[test]
    fn scales_with_the_points() {
        // Powers of two: the products are exact.
        let factor = prop_oneof![select(vec![2.0, -0.5]), (-480..=490_i32).prop_map(|k| 2.0_f64.powi(k))];
        for_all("points, factor", (points(), factor)).holds(|(points, factor)| {
            let stretched = Matrix::from_fn(points.rows(), points.cols(), |i, j| factor * points[(i, j)]);
            let d = distances("pairwise_distances(factor·points)", &stretched, Stored::RowMajor)?;
            let (d, want) =
                (Matrix::from_fn(d.rows(), d.cols(), |i, j| d[(i, j)] / factor.abs()), wanted(points));
            let look = "Without the square root the distances grow with the square of the factor; a number \
                        added below the square root remains.";
            close_entries(
                "pairwise_distances(factor·points)/|factor|",
                &d,
                &want,
                tolerance(points, &want),
                look,
            )
        });
    }

    #[test]
    fn does_not_depend_on_the_memory_layout() {
        for_all("points, layout of points", (points(), stored())).holds(|(points, by)| {
            let (d, want) = (distances(CALL, points, *by)?, wanted(points));
            let look = "A view need not be contiguous: its strides are arbitrary. Use operations on whole \
                        arrays, or indices, not the raw memory.";
            close_entries(CALL, &d, &want, tolerance(points, &want), look)
        });
    }

    #[test]
    fn rejects_values_that_are_not_finite() {
        let inputs = points()
            .prop_flat_map(|points| (0..points.as_slice().len(), Just(points), any::not_finite(), stored()));
        for_all("index, points, replacement, layout of points", inputs).holds(
            |(index, points, replacement, by)| {
                let mut with = points.clone();
                // The first one counts, whatever stands behind it.
                (*index..points.as_slice().len())
                    .for_each(|k| with[(k / points.cols(), k % points.cols())] = *replacement);
                let look = "The first one in row-major order: entry (i, j) of n columns has the index i·n + \
                            j, whatever the strides of the view are.";
                let want = InputError::NotFinite { name: "points", index: *index };
                let call = "pairwise_distances(points with a replaced entry)";
                rejected(
                    call,
                    pairwise_distances(array(&with, *by).view()).map(|d| matrix(d.view())),
                    want,
                    look,
                )
            },
        );
    }

    #[test]
    fn accepts_no_points_and_no_coordinates() {
        example(|| {
            for (m, n) in [(0, 0), (0, 2), (3, 0)] {
                let call = format!("pairwise_distances(points) for shape {m}×{n}");
                let d = distances(&call, &Matrix::zeros(m, n), Stored::RowMajor)?;
                let look = "m points have m×m distances; without coordinates all points are equal.";
                close_entries(&call, &d, &Matrix::zeros(m, m), |_, _| 0.0, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_accurate_for_many_points_and_numbers_of_every_magnitude() {
        let inputs =
            (any::length(1..=4, 101), any::length(1..=6, 33)).prop_flat_map(|(m, n)| any::matrix_of(m, n));
        let many =
            select(vec![(129, 2), (257, 1), (3, 1025_usize)]).prop_flat_map(|(m, n)| any::matrix_of(m, n));
        // The squares of all differences are representable.
        let vast = (1..=4_usize, any::size(1..=6, 33)).prop_flat_map(|(m, n)| {
            range::entries(m * n, -130, 149).prop_map(move |x| Matrix::from_fn(m, n, |i, j| x[i * n + j]))
        });
        // The ends of the range: differences are up to twice as large.
        let end = select(vec![1e150, -1e150, 0.75e150, -0.6e150, 0.0]);
        let ends = (2..=5_usize, any::size(1..=3, 33)).prop_flat_map(move |(m, n)| {
            any::vec(end.clone(), m * n).prop_map(move |x| Matrix::from_fn(m, n, |i, j| x[i * n + j]))
        });
        let large = any::matrix_of(80, 48);
        let inputs = (prop_oneof![16 => inputs, 4 => many, 12 => vast, 4 => ends, 1 => large], stored());
        for_all("points, layout of points", inputs).cases(96).holds(|(points, by)| {
            let d = distances(CALL, points, *by)?;
            let square =
                |i, j| points.row(i).iter().zip(points.row(j)).map(|(x, y)| (x - y) * (x - y)).sum::<f64>();
            let want = Matrix::from_fn(points.rows(), points.rows(), |i, j| square(i, j).sqrt());
            let look = "Every point and every coordinate counts, in f64.";
            let twice = |i, j| 2.0 * tolerance(points, &want)(i, j);
            close_entries(CALL, &d, &want, twice, look)
        });
    }
}
