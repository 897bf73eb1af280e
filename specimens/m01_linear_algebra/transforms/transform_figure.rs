use kit::Figure;
use kit::figure::Layer;
use nalgebra::{Matrix2, Vector2};

use crate::reference::m01_linear_algebra::transforms as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type TransformFigure = fn(Matrix2<f64>, &[Vector2<f64>]) -> Figure;

/// The kata, answered by a specimen.
pub fn transform_figure(map: Matrix2<f64>, points: &[Vector2<f64>]) -> Figure {
    answering::<TransformFigure>(
        module_path!(),
        reference::transform_figure,
        &[
            wheat(
                "by_the_columns",
                "takes the images of the basis vectors from the columns",
                |map, points| {
                    let mut figure = Figure::new("A linear map of the plane", "x", "y");
                    figure.equal_axes = true;
                    let to = |x: f64, y: f64| [[0.0; 2], [x, y]];
                    let label = str::to_owned;
                    let unit_vectors = vec![to(1.0, 0.0), to(0.0, 1.0)];
                    let images = vec![to(map.m11, map.m21), to(map.m12, map.m22)];
                    let after =
                        points.iter().map(|p| [map.m11 * p.x + map.m12 * p.y, map.m21 * p.x + map.m22 * p.y]);
                    figure.layers = vec![
                        Layer::Arrows { label: label("unit vectors"), arrows: unit_vectors },
                        Layer::Arrows { label: label("their images"), arrows: images },
                        Layer::Points {
                            label: label("before"),
                            at: points.iter().map(|p| [p.x, p.y]).collect(),
                        },
                        Layer::Points { label: label("after"), at: after.collect() },
                    ];
                    figure
                },
            ),
            wheat(
                "the_plane_without_a_map_then_with",
                "draws the identity and the map, and takes half of each",
                |map, points| {
                    let before = reference::transform_figure(Matrix2::identity(), points);
                    let images: Vec<_> = points.iter().map(|p| map * p).collect();
                    let after = reference::transform_figure(map, &images);
                    let [unit_vectors, _, points, _] = four(&before);
                    let [_, arrows, images, _] = four(&after);
                    let images = relabeled(images, "after");
                    Figure { layers: vec![unit_vectors, arrows, points, images], ..before }
                },
            ),
            chaff(
                "rows_for_columns",
                "The images of the basis vectors are the rows of the matrix.",
                |map, points| {
                    let (figure, other) = (
                        reference::transform_figure(map, points),
                        reference::transform_figure(map.transpose(), points),
                    );
                    let ([unit, _, before, after], [_, images, ..]) = (four(&figure), four(&other));
                    Figure { layers: vec![unit, images, before, after], ..figure }
                },
            ),
            chaff("points_as_rows", "A point is a row vector, to the left of the matrix.", |map, points| {
                let (figure, other) = (
                    reference::transform_figure(map, points),
                    reference::transform_figure(map.transpose(), points),
                );
                let ([unit, images, before, _], [.., after]) = (four(&figure), four(&other));
                Figure { layers: vec![unit, images, before, after], ..figure }
            }),
            chaff("unequal_axes", "The axes need not have equal scale.", |map, points| Figure {
                equal_axes: false,
                ..reference::transform_figure(map, points)
            }),
            chaff(
                "arrows_from_old_to_new",
                "An arrow goes from the basis vector to its image.",
                |map, points| {
                    let figure = reference::transform_figure(map, points);
                    let [unit, _, before, after] = four(&figure);
                    let moved =
                        [Vector2::x(), Vector2::y()].map(|e: Vector2<f64>| [e.into(), (map * e).into()]);
                    let images = Layer::Arrows { label: "their images".to_owned(), arrows: moved.to_vec() };
                    Figure { layers: vec![unit, images, before, after], ..figure }
                },
            ),
            chaff("heads_for_tails", "An arrow is given as head and tail, in this order.", |map, points| {
                let figure = reference::transform_figure(map, points);
                let layers = figure.layers.iter().cloned().map(|layer| match layer {
                    Layer::Arrows { label, mut arrows } => {
                        arrows.iter_mut().for_each(|ends| ends.swap(0, 1));
                        Layer::Arrows { label, arrows }
                    }
                    other => other,
                });
                Figure { layers: layers.collect(), ..figure }
            }),
            chaff("labels_swapped", "The layer `before` holds the images.", |map, points| {
                let figure = reference::transform_figure(map, points);
                let [unit, images, before, after] = four(&figure);
                let layers = vec![unit, images, relabeled(after, "before"), relabeled(before, "after")];
                Figure { layers, ..figure }
            }),
            chaff("points_at_the_back", "The order of the layers does not matter.", |map, points| {
                let figure = reference::transform_figure(map, points);
                let [unit, images, before, after] = four(&figure);
                Figure { layers: vec![before, after, unit, images], ..figure }
            }),
            chaff("no_layer_without_points", "A layer without points is omitted.", |map, points| {
                let mut figure = reference::transform_figure(map, points);
                figure.layers.truncate(if points.is_empty() { 2 } else { 4 });
                figure
            }),
            chaff(
                "closed",
                "The points are a closed polygon that repeats the first point.",
                |map, points| {
                    let closed: Vec<_> = points.iter().chain(points.first()).copied().collect();
                    reference::transform_figure(map, &closed)
                },
            ),
            chaff("title_of_ones_own", "The title and the labels may be any text.", |map, points| Figure {
                title: "Before and after".to_owned(),
                ..reference::transform_figure(map, points)
            }),
            chaff("mapped_twice", "The images are mapped again for the figure.", |map, points| {
                let figure = reference::transform_figure(map, points);
                let [unit, _, before, _] = four(&figure);
                let [_, images, _, after] = four(&reference::transform_figure(map * map, points));
                Figure { layers: vec![unit, images, before, after], ..figure }
            }),
        ],
    )(map, points)
}

/// The four layers of the reference's figure.
fn four(figure: &Figure) -> [Layer; 4] {
    std::array::from_fn(|k| figure.layers[k].clone())
}

fn relabeled(layer: Layer, label: &str) -> Layer {
    match layer {
        Layer::Points { at, .. } => Layer::Points { label: label.to_owned(), at },
        other => other,
    }
}
