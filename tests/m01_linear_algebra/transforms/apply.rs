use judge::any::vec;
use judge::{Broken, any, close_entries, ensure, example, for_all, rounding};
use katas::m01_linear_algebra::transforms::apply;
use kit::Matrix;
use nalgebra::Matrix2;
use proptest::prelude::{Strategy, prop_oneof};

use super::plane::{any_map, any_points, extreme_map_and_points, map, points, rows, vast, vast_points};

#[test]
fn multiplies_the_map_by_each_point() {
    for_all("map, points", (any_map(), any_points())).holds(|(m, p)| {
        let got = rows(&apply(map(m), &points(p)));
        // Products of eighths are counted in 64ths and exact.
        let want = Matrix::from_fn(p.rows(), 2, |k, i| m[(i, 0)] * p[(k, 0)] + m[(i, 1)] * p[(k, 1)]);
        let look = "Points and images are shown as rows. The first coordinate of an image is the first row \
                    of the map times the point.";
        close_entries("apply(map, points)", &got, &want, |_, _| 0.0, look)
    });
}

#[test]
fn maps_the_standard_basis_to_the_columns() {
    for_all("map", any::matrix(2, 2)).holds(|m| {
        let unit_vectors = points(&Matrix::from_rows([[1.0, 0.0], [0.0, 1.0]]));
        let (got, want) = (rows(&apply(map(m), &unit_vectors)), Matrix::from_fn(2, 2, |i, j| m[(j, i)]));
        let look = "M·e₁ is the first column of M, M·e₂ the second. Are rows and columns exchanged?";
        close_entries("apply(map, [e₁, e₂]), one a row,", &got, &want, |_, _| 0.0, look)
    });
}

#[test]
fn leaves_points_unchanged_for_the_identity() {
    for_all("points", any_points()).holds(|p| {
        let got = rows(&apply(Matrix2::identity(), &points(p)));
        let look = "The identity leaves every point unchanged, in the same order.";
        close_entries("apply(identity, points)", &got, p, |_, _| 0.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::transforms::apply;
        use nalgebra::{Matrix2, Vector2};

        let shear = Matrix2::new(1.0, 0.5, 0.0, 1.0);
        let points = [Vector2::new(0.0, 2.0), Vector2::new(3.0, 0.0)];
        assert_eq!(apply(shear, &points), [Vector2::new(1.0, 2.0), Vector2::new(3.0, 0.0)]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn depends_on_nothing_but_the_arguments() {
        let rotated = |[a, b, c, d]: [f64; 4]| {
            [[a, b, c, d], [d, b, c, a], [a, c, b, d], [d, -c, -b, a], [-a, b, c, -d]]
        };
        let inputs = (any::matrix(2, 2), any_points());
        for_all("map, points", inputs).cases(64).holds(move |(m, p)| {
            // Maps with the same trace, determinant or norm, one call after the other.
            for entries in rotated([m[(0, 0)], m[(0, 1)], m[(1, 0)], m[(1, 1)]]) {
                let m = Matrix::from_fn(2, 2, |i, j| entries[2 * i + j]);
                let got = rows(&apply(map(&m), &points(p)));
                let want = Matrix::from_fn(p.rows(), 2, |k, i| m[(i, 0)] * p[(k, 0)] + m[(i, 1)] * p[(k, 1)]);
                let look = "Another map in an earlier call must not matter.";
                close_entries(&format!("apply({m:?}, points)"), &got, &want, |_, _| 0.0, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_accurate_to_rounding_error() {
        let inputs = (vec(any::entry(), 4), any::nonzero());
        for_all("entries, x", inputs).holds(|(entries, x)| {
            let m = Matrix::from_fn(2, 2, |i, j| entries[2 * i + j]);
            let p = Matrix::from_rows([[*x, 1.0 / 3.0]]);
            let want = Matrix::from_fn(1, 2, |_, i| m[(i, 0)].mul_add(p[(0, 0)], m[(i, 1)] * p[(0, 1)]));
            let size = |i: usize| (m[(i, 0)] * p[(0, 0)]).abs() + (m[(i, 1)] * p[(0, 1)]).abs();
            let got = rows(&apply(map(&m), &points(&p)));
            let look = "The error is larger than that of two rounded products and a sum. Is something \
                        computed in f32?";
            close_entries(
                "apply(map of the entries, [(x, 1/3)])",
                &got,
                &want,
                |_, i| rounding(4, size(i)),
                look,
            )
        });
    }

    #[test]
    fn returns_no_images_for_no_points() {
        example(|| {
            let got = apply(Matrix2::new(1.0, 2.0, 3.0, 4.0), &[]);
            ensure(got.is_empty(), || {
                Broken::answer(
                    format!("apply(map, []) = {:?}", rows(&got)),
                    "no point",
                    "As many images as points.",
                )
            })
        });
    }

    #[test]
    fn maps_many_points_of_every_magnitude() {
        let many = any::size(0..=4, 1025).prop_flat_map(|n| any::matrix_of(n, 2));
        let inputs = prop_oneof![
            (any::matrix_of(2, 2), many),
            (vast(2, 2), vast_points(257)),
            extreme_map_and_points()
        ];
        for_all("map, points", inputs).holds(|(m, p)| {
            let got = rows(&apply(map(m), &points(p)));
            let term = |k: usize, i: usize, j: usize| m[(i, j)] * p[(k, j)];
            let want = Matrix::from_fn(p.rows(), 2, |k, i| term(k, i, 0) + term(k, i, 1));
            let tolerance = |k, i| rounding(4, term(k, i, 0).abs() + term(k, i, 1).abs());
            let look = "As many images as points, in the same order, each with all its digits.";
            close_entries("apply(map, points)", &got, &want, tolerance, look)
        });
    }
}
