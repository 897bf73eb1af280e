use judge::{Broken, Verdict, any, close_entries, ensure, example, figure_reads_as, for_all, rounding};
use katas::m01_linear_algebra::transforms::transform_figure;
use kit::figure::Layer;
use kit::{Figure, Matrix};
use nalgebra::{Matrix2, Vector2};
use proptest::prelude::{Strategy, prop_oneof};

use super::plane::{any_map, any_points, extreme_map_and_points, map, points, vast, vast_points};

const CALL: &str = "transform_figure(map, points)";

fn inputs() -> impl Strategy<Value = (Matrix, Matrix)> + Send + Sync + Clone {
    (any_map(), any_points())
}

/// The rows of this layer: x and y of each point, or x and y of the tail and of the head of each arrow.
fn layer(figure: &Figure, wanted: &str) -> Result<Matrix, Broken> {
    let rows = figure.layers.iter().find_map(|layer| match layer {
        Layer::Points { label, at } if label == wanted => Some((2, at.as_flattened())),
        Layer::Arrows { label, arrows } if label == wanted => Some((4, arrows.as_flattened().as_flattened())),
        _ => None,
    });
    let (width, flat) = rows.ok_or_else(|| {
        let look = "The documentation lists the four layers with their labels.";
        Broken::answer(headings(figure), format!("points or arrows with the label {wanted:?}"), look)
    })?;
    Ok(Matrix::from_fn(flat.len() / width, width, |i, j| flat[width * i + j]))
}

/// The figure without its numbers.
fn headings(figure: &Figure) -> String {
    let text = figure.to_string();
    let headings: Vec<_> = text.lines().filter(|line| !line.starts_with("  ")).collect();
    headings.join("\n")
}

fn reads(figure: &Figure, label: &str, want: &Matrix, look: &str) -> Verdict {
    close_entries(&format!("{label:?}, one per row,"), &layer(figure, label)?, want, |_, _| 0.0, look)
}

#[test]
fn has_title_equal_axes_and_four_layers() {
    for_all("map, points", inputs()).holds(|(m, p)| {
        let got = headings(&transform_figure(map(m), &points(p)));
        let want = "figure A linear map of the plane\nx x\ny y\nequal\narrows unit vectors\narrows their \
                    images\npoints before\npoints after";
        let look = "Title, labels, order and equal axes are those of the documentation: on unequal axes \
                    angles are distorted. A layer without points is still a layer.";
        ensure(got == want, || Broken::answer(got, want, look))
    });
}

#[test]
fn shows_the_points_before_and_after() {
    for_all("map, points", inputs()).holds(|(m, p)| {
        let figure = transform_figure(map(m), &points(p));
        reads(&figure, "before", p, "The points as given, in their order.")?;
        // Products of eighths are counted in 64ths and exact.
        let after = Matrix::from_fn(p.rows(), 2, |k, i| m[(i, 0)] * p[(k, 0)] + m[(i, 1)] * p[(k, 1)]);
        reads(&figure, "after", &after, "The map times each point, in the same order.")
    });
}

#[test]
fn shows_the_standard_basis_and_the_columns() {
    for_all("map", any::matrix(2, 2)).holds(|m| {
        let figure = transform_figure(map(m), &[]);
        let unit_vectors = Matrix::from_rows([[0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]]);
        reads(
            &figure,
            "unit vectors",
            &unit_vectors,
            "From the origin, which is the tail, to (1, 0) and to (0, 1).",
        )?;
        let columns = Matrix::from_rows([[0.0, 0.0, m[(0, 0)], m[(1, 0)]], [0.0, 0.0, m[(0, 1)], m[(1, 1)]]]);
        reads(
            &figure,
            "their images",
            &columns,
            "From the origin to the first and to the second column of the map.",
        )
    });
}

/// The outline of a house: so many points along each wall that one sees the wall.
fn house() -> Vec<Vector2<f64>> {
    let corners = [[0.0, 0.0], [2.0, 0.0], [2.0, 2.0], [1.0, 3.0], [0.0, 2.0]].map(Vector2::from);
    let wall = |k: usize| {
        let (from, to) = (corners[k], corners[(k + 1) % corners.len()]);
        (0..16).map(move |step| from + (to - from) * (f64::from(step) / 16.0))
    };
    (0..corners.len()).flat_map(wall).collect()
}

#[test]
fn shows_a_rotation_by_30_degrees() {
    example(|| {
        let (cos, sin) = (3.0_f64.sqrt() / 2.0, 0.5);
        let figure = transform_figure(Matrix2::new(cos, -sin, sin, cos), &house());
        let look = "Rotation by 30°: the house and both arrows turn counterclockwise about the origin. \
                    `cargo kata plot` draws it.";
        figure_reads_as("m01_linear_algebra/transforms/a_house_turned_by_30_degrees", &figure, look)
            .map_err(|broken| Broken { got: format!("{CALL}\n{}", broken.got), ..broken })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::transforms::transform_figure;
        use nalgebra::{Matrix2, Vector2};

        let figure = transform_figure(Matrix2::new(1.0, 0.5, 0.0, 1.0), &[Vector2::new(0.0, 2.0)]);
        assert!(figure.to_string().ends_with("points before\n  0 2\npoints after\n  1 2\n"));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn keeps_linear_axes() {
        for_all("k", 1..=300_i32).holds(|&k| {
            let far = 10.0_f64.powi(k);
            let points = [Vector2::new(1.0, 1.0), Vector2::new(far, far)];
            let figure = transform_figure(Matrix2::identity(), &points);
            let look = "Both axes are linear, also for positive numbers of different magnitudes: the plane \
                        is not distorted.";
            ensure(!figure.x.logarithmic && !figure.y.logarithmic, || {
                Broken::answer(headings(&figure), "linear axes", look)
            })
        });
    }

    #[test]
    fn shows_many_points_of_every_magnitude() {
        let many = any::size(0..=4, 1025).prop_flat_map(|n| any::matrix_of(n, 2));
        let inputs = prop_oneof![
            (any::matrix_of(2, 2), many),
            (vast(2, 2), vast_points(257)),
            extreme_map_and_points()
        ];
        for_all("map, points", inputs).holds(|(m, p)| {
            let figure = transform_figure(map(m), &points(p));
            reads(&figure, "before", p, "The points as given, in their order.")?;
            let term = |k: usize, i: usize, j: usize| m[(i, j)] * p[(k, j)];
            let after = Matrix::from_fn(p.rows(), 2, |k, i| term(k, i, 0) + term(k, i, 1));
            let tolerance = |k, i| rounding(4, term(k, i, 0).abs() + term(k, i, 1).abs());
            let call = "\"after\", one point per row,";
            close_entries(call, &layer(&figure, "after")?, &after, tolerance, "The map times each point.")?;
            let columns =
                Matrix::from_rows([[0.0, 0.0, m[(0, 0)], m[(1, 0)]], [0.0, 0.0, m[(0, 1)], m[(1, 1)]]]);
            reads(&figure, "their images", &columns, "From the origin to each column of the matrix.")?;
            let unit_vectors = Matrix::from_rows([[0.0, 0.0, 1.0, 0.0], [0.0, 0.0, 0.0, 1.0]]);
            reads(&figure, "unit vectors", &unit_vectors, "From the origin to (1, 0) and to (0, 1).")
        });
    }
}
