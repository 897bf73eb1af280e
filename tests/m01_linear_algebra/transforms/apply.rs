use judge::{Broken, any, close_entries, ensure, example, for_all, rounding};
use katas::m01_linear_algebra::transforms::apply;
use kit::Matrix;
use nalgebra::Matrix2;
use proptest::collection::vec;

use super::plane::{any_points, map, points, rows};

#[test]
fn each_image_is_the_map_times_the_point() {
    for_all("map, points", (any::matrix(2, 2), any_points())).holds(|(m, p)| {
        let got = rows(&apply(map(m), &points(p)));
        // Products of eighths are counted in 64ths and exact.
        let want = Matrix::from_fn(p.rows(), 2, |k, i| m[(i, 0)] * p[(k, 0)] + m[(i, 1)] * p[(k, 1)]);
        let look = "Points and images stand in rows here. The first coordinate of an image is the first row \
                    of the map times the point.";
        close_entries("apply(map, points)", &got, &want, |_, _| 0.0, look)
    });
}

#[test]
fn the_unit_vectors_go_to_the_columns() {
    for_all("map", any::matrix(2, 2)).holds(|m| {
        let unit_vectors = points(&Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]));
        let (got, want) = (rows(&apply(map(m), &unit_vectors)), Matrix::from_fn(2, 2, |i, j| m[(j, i)]));
        let look =
            "e₁ picks out the first column of the map, e₂ the second. Do rows and columns change places?";
        close_entries("apply(map, [e₁, e₂]), one a row,", &got, &want, |_, _| 0.0, look)
    });
}

#[test]
fn the_identity_moves_no_point() {
    for_all("points", any_points()).holds(|p| {
        let got = rows(&apply(Matrix2::identity(), &points(p)));
        let look = "As many points as came, each where it was, in the same order.";
        close_entries("apply(identity, points)", &got, p, |_, _| 0.0, look)
    });
}

#[test]
fn rounding_stays_small() {
    let inputs = (vec(any::entry(), 4), any::nonzero());
    for_all("entries, x", inputs).holds(|(entries, x)| {
        let m = Matrix::from_fn(2, 2, |i, j| entries[2 * i + j]);
        let p = Matrix::from_rows([[*x, 1.0 / 3.0]]);
        let want = Matrix::from_fn(1, 2, |_, i| m[(i, 0)].mul_add(p[(0, 0)], m[(i, 1)] * p[(0, 1)]));
        let size = |i: usize| (m[(i, 0)] * p[(0, 0)]).abs() + (m[(i, 1)] * p[(0, 1)]).abs();
        let got = rows(&apply(map(&m), &points(&p)));
        let look = "Two products and a sum round three times, and no more was lost than that. Is something \
                    counted in f32?";
        close_entries("apply(map of the entries, [(x, 1/3)])", &got, &want, |_, i| rounding(4, size(i)), look)
    });
}

#[test]
fn no_points_have_no_images() {
    example(|| {
        let got = apply(Matrix2::new(1.0, 2.0, 3.0, 4.0), &[]);
        ensure(got.is_empty(), || {
            Broken::answer(
                format!("apply(map, []) = {:?}", rows(&got)),
                "no point",
                "As many points as came.",
            )
        })
    });
}
