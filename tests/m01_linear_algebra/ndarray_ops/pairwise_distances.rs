use judge::{Answer, Broken, any, close, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::ndarray_ops::pairwise_distances;
use kit::{InputError, Matrix};
use proptest::prelude::{Just, Strategy};
use proptest::sample::select;

use super::stored::{Stored, array, matrix, stored};

fn points() -> impl Strategy<Value = Matrix> + Send + Sync + Clone {
    any::any_matrix(1..=4, 1..=6)
}

const CALL: &str = "pairwise_distances(points)";

/// What came out of the kata, as an m×m matrix.
fn distances(call: &str, points: &Matrix, by: Stored) -> Result<Matrix, Broken> {
    let d = matrix(pairwise_distances(array(points, by).view()).accepted(call)?.view());
    let m = points.rows();
    let shown = (format!("{call} = {d:?}"), format!("an array of shape {m}×{m}"));
    ensure(d.shape() == (m, m), || {
        Broken::answer(shown.0, shown.1, "The m rows are the points: one distance for each two of them.")
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
fn each_entry_is_the_distance_of_two_rows() {
    for_all("points", points()).holds(|points| {
        let (d, want) = (distances(CALL, points, Stored::RowByRow)?, wanted(points));
        let look = "Subtract the two rows, square, add up along the coordinates, take the root.";
        close_entries(CALL, &d, &want, tolerance(points, &want), look)
    });
}

#[test]
fn there_and_back_are_equally_far_and_home_is_at_0() {
    for_all("points", points()).holds(|points| {
        let d = distances(CALL, points, Stored::RowByRow)?;
        let transposed = Matrix::from_fn(d.rows(), d.cols(), |i, j| d[(j, i)]);
        let look = "Entry (j, i) is another number than entry (i, j): has only one half been filled?";
        close_entries(CALL, &d, &transposed, tolerance(points, &d), look)?;
        let shown = format!("{CALL} = {d:?}");
        ensure((0..d.rows()).all(|i| d[(i, i)] == 0.0), || {
            Broken::answer(shown, "zeros on the diagonal", "A point less itself is exactly 0.")
        })
    });
}

#[test]
fn a_detour_is_never_shorter() {
    for_all("points", any::any_matrix(3..=4, 1..=3)).holds(|points| {
        let d = distances(CALL, points, Stored::RowByRow)?;
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
                    "The triangle inequality holds for distances, not for their squares.",
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn far_from_the_origin_the_distances_stay() {
    // Up to 2³⁰ the sum with an eighth is exact.
    let offset = select(vec![1e6, -1e6, 1e9, -1e9, f64::from(1 << 30)]);
    for_all("points, offset", (points(), offset)).holds(|(points, offset)| {
        let far = Matrix::from_fn(points.rows(), points.cols(), |i, j| points[(i, j)] + offset);
        let (d, want) =
            (distances("pairwise_distances(points + offset)", &far, Stored::RowByRow)?, wanted(points));
        let look = "‖x‖² − 2x·y + ‖y‖² loses all digits when x and y nearly coincide far away. Subtract \
                    first, then square.";
        close_entries("pairwise_distances(points + offset)", &d, &want, tolerance(points, &want), look)
    });
}

#[test]
fn points_a_billion_times_as_close_are_still_apart() {
    // 2⁻³⁰ beside 8 leaves 20 binary digits to spare.
    let gap = 2.0_f64.powi(-30);
    for_all("p, step", (any::vector(1..=3), any::nonzero())).holds(move |(p, step)| {
        let points =
            Matrix::from_fn(2, p.len(), |i, k| if (i, k) == (1, 0) { p[0] + step * gap } else { p[k] });
        let d = distances("pairwise_distances([p; p + step·2⁻³⁰·e₁])", &points, Stored::RowByRow)?;
        let look = "Two points may be almost the same. Squares multiplied out cancel; a tolerance has no \
                    place here.";
        let call = format!("pairwise_distances([p; p + step·2⁻³⁰·e₁]) = {d:?}\nentry (0, 1)");
        close(&call, d[(0, 1)], step.abs() * gap, rounding(p.len() + 4, step.abs() * gap), look)
    });
}

#[test]
fn stretching_all_points_stretches_the_distances() {
    // Powers of two: the products are exact.
    let factor = select(vec![2.0, -0.5, 2.0_f64.powi(-400), 2.0_f64.powi(400)]);
    for_all("points, factor", (points(), factor)).holds(|(points, factor)| {
        let stretched = Matrix::from_fn(points.rows(), points.cols(), |i, j| factor * points[(i, j)]);
        let d = distances("pairwise_distances(factor·points)", &stretched, Stored::RowByRow)?;
        let (d, want) =
            (Matrix::from_fn(d.rows(), d.cols(), |i, j| d[(i, j)] / factor.abs()), wanted(points));
        let look = "Without the root the distances grow with the square of the factor; a number added under \
                    the root is left over.";
        close_entries("pairwise_distances(factor·points)/|factor|", &d, &want, tolerance(points, &want), look)
    });
}

#[test]
fn it_does_not_matter_how_the_array_lies_in_memory() {
    for_all("points, points are stored", (points(), stored())).holds(|(points, by)| {
        let (d, want) = (distances(CALL, points, *by)?, wanted(points));
        let look = "A view need not lie row by row in memory. Let ndarray find the entries: use whole \
                    arrays, or indices.";
        close_entries(CALL, &d, &want, tolerance(points, &want), look)
    });
}

#[test]
fn a_number_that_is_not_finite_is_rejected_by_its_place() {
    let inputs = points()
        .prop_flat_map(|points| (0..points.as_slice().len(), Just(points), any::not_finite(), stored()));
    for_all("index, points, replacement, points are stored", inputs).holds(
        |(index, points, replacement, by)| {
            let mut with = points.clone();
            // The first one counts, whatever stands behind it.
            (*index..points.as_slice().len())
                .for_each(|k| with[(k / points.cols(), k % points.cols())] = *replacement);
            let look = "The first one counts, row by row: entry (i, j) of n columns has the index i·n + j, \
                        however the view is stored.";
            let want = InputError::NotFinite { name: "points", index: *index };
            let call = "pairwise_distances(points with a replaced entry)";
            rejected(call, pairwise_distances(array(&with, *by).view()).map(|d| matrix(d.view())), want, look)
        },
    );
}

#[test]
fn no_point_and_points_without_coordinates_are_allowed() {
    example(|| {
        for (m, n) in [(0, 0), (0, 2), (3, 0)] {
            let call = format!("pairwise_distances(points) for shape {m}×{n}");
            let d = distances(&call, &Matrix::zeros(m, n), Stored::RowByRow)?;
            let look = "m points have m×m distances; without coordinates no point differs from another.";
            close_entries(&call, &d, &Matrix::zeros(m, m), |_, _| 0.0, look)?;
        }
        Ok(())
    });
}
