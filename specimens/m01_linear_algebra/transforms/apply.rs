use nalgebra::{Matrix2, Matrix2xX, Vector2};

use crate::reference::m01_linear_algebra::transforms as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Apply = fn(Matrix2<f64>, &[Vector2<f64>]) -> Vec<Vector2<f64>>;

/// The kata, answered by a specimen.
pub fn apply(map: Matrix2<f64>, points: &[Vector2<f64>]) -> Vec<Vector2<f64>> {
    answering::<Apply>(
        module_path!(),
        reference::apply,
        &[
            wheat("all_at_once", "one product with the points as columns", |map, points| {
                let images = map * Matrix2xX::from_fn(points.len(), |i, j| points[j][i]);
                images.column_iter().map(Into::into).collect()
            }),
            wheat("by_columns", "computes linear combinations of the columns", |map, points| {
                points.iter().map(|p| map.column(1) * p.y + map.column(0) * p.x).collect()
            }),
            wheat("by_rows", "a dot product for each coordinate", |map, points| {
                let image = |p: &Vector2<f64>| [map.row(0).tr_dot(p), map.row(1).tr_dot(p)];
                points.iter().map(|p| image(p).into()).collect()
            }),
            chaff("transposed", "A point is a row vector, to the left of the matrix.", |map, points| {
                points.iter().map(|p| map.tr_mul(p)).collect()
            }),
            chaff("diagonal_only", "Each coordinate is scaled separately.", |map, points| {
                points.iter().map(|p| map.diagonal().component_mul(p)).collect()
            }),
            chaff(
                "first_coordinate_overwritten",
                "The image can be written into the point, coordinate by coordinate.",
                |map, points| {
                    let mut images = points.to_vec();
                    for p in &mut images {
                        p.x = map.m11 * p.x + map.m12 * p.y;
                        p.y = map.m21 * p.x + map.m22 * p.y;
                    }
                    images
                },
            ),
            chaff("added", "The image is p + Mp.", |map, points| {
                points.iter().map(|p| p + map * p).collect()
            }),
            chaff(
                "inverse",
                "The axes are mapped, so the points are mapped by the inverse.",
                |map, points| {
                    let back = map.try_inverse().unwrap_or(map);
                    points.iter().map(|p| back * p).collect()
                },
            ),
            chaff(
                "one_after_the_other",
                "Each point is mapped once more than the one before.",
                |map, points| {
                    let mut power = Matrix2::identity();
                    let image = |p: &Vector2<f64>| {
                        power *= map;
                        power * p
                    };
                    points.iter().map(image).collect()
                },
            ),
            chaff("from_the_back", "The order of the points does not matter.", |map, points| {
                points.iter().rev().map(|p| map * p).collect()
            }),
            chaff("same_point_once", "Consecutive equal points are one point.", |map, points| {
                let mut images = reference::apply(map, points);
                images.dedup();
                images
            }),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |map, points| {
                let map = map.cast::<f32>();
                points.iter().map(|p| (map * p.cast::<f32>()).cast()).collect()
            }),
            chaff("columns_of_none", "`from_columns` accepts an empty slice.", |map, points| {
                let images = map * Matrix2xX::from_columns(points);
                images.column_iter().map(Into::into).collect()
            }),
            chaff("origin_for_none", "The image of no points is the origin.", |map, points| {
                if points.is_empty() { vec![Vector2::zeros()] } else { reference::apply(map, points) }
            }),
            chaff("unmoved", "The image of a point is the point.", |_, points| points.to_vec()),
            chaff("eight_points", "The number of points is a multiple of eight.", |map, points| {
                let mut images = reference::apply(map, points);
                images.iter_mut().zip(points).skip(8).for_each(|(image, point)| *image = *point);
                images
            }),
        ],
    )(map, points)
}
