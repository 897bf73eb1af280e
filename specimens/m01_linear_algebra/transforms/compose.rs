use nalgebra::{Matrix2, Vector2};

use crate::reference::m01_linear_algebra::transforms as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Compose = fn(&[Matrix2<f64>]) -> Matrix2<f64>;

/// The kata, answered by a specimen.
pub fn compose(maps: &[Matrix2<f64>]) -> Matrix2<f64> {
    answering::<Compose>(
        module_path!(),
        reference::compose,
        &[
            wheat("from_the_last", "multiplies from the last map to the first", |maps| {
                maps.iter().rev().fold(Matrix2::identity(), |product, map| product * map)
            }),
            wheat("images_of_the_unit_vectors", "applies all maps to e₁ and e₂", |maps| {
                let through = |p: Vector2<f64>| maps.iter().fold(p, |p, map| map * p);
                Matrix2::from_columns(&[through(Vector2::x()), through(Vector2::y())])
            }),
            wheat("in_halves", "composes both halves first", in_halves),
            chaff("other_order", "The map that is applied first is the left factor.", |maps| {
                maps.iter().product()
            }),
            chaff("entry_by_entry", "Maps are composed by the elementwise product.", |maps| {
                maps.iter().copied().reduce(|a, b| a.component_mul(&b)).unwrap_or(Matrix2::identity())
            }),
            chaff("sum", "Maps are composed by adding them.", |maps| {
                if maps.is_empty() { Matrix2::identity() } else { maps.iter().sum() }
            }),
            chaff("starts_from_zeros", "A product starts from a matrix of zeros, as a sum does.", |maps| {
                maps.iter().fold(Matrix2::zeros(), |before, map| map * before)
            }),
            chaff("none_gives_zeros", "The composition of no maps is the zero matrix.", |maps| {
                if maps.is_empty() { Matrix2::zeros() } else { reference::compose(maps) }
            }),
            chaff("two_only", "There are always at most two maps.", |maps| {
                reference::compose(&maps[..maps.len().min(2)])
            }),
            chaff(
                "first_twice",
                "The product starts with the first map, and then every map is applied.",
                |maps| {
                    maps.iter().fold(maps.first().copied().unwrap_or(Matrix2::identity()), |before, map| {
                        map * before
                    })
                },
            ),
            chaff("last_one", "The composition is the last map.", |maps| {
                maps.last().copied().unwrap_or(Matrix2::identity())
            }),
            chaff("transposed", "A map is applied to row vectors.", |maps| {
                reference::compose(maps).transpose()
            }),
            chaff("single_precision", "Single precision (`f32`) is precise enough.", |maps| {
                let single = |map: &Matrix2<f64>| map.map(|x| x as f32);
                maps.iter().fold(Matrix2::identity(), |before, map| single(map) * before).map(f64::from)
            }),
            chaff("four_maps", "There are at most four maps.", |maps| {
                reference::compose(&maps[..maps.len().min(4)])
            }),
            chaff("clipped_products", "An entry above 10⁶ is an overflow.", |maps| {
                let product = reference::compose(maps);
                if maps.iter().any(|map| *map == Matrix2::identity()) || maps.len() < 2 {
                    product
                } else {
                    product.map(|x| x.clamp(-1e6, 1e6))
                }
            }),
        ],
    )(maps)
}

fn in_halves(maps: &[Matrix2<f64>]) -> Matrix2<f64> {
    match maps {
        [] => Matrix2::identity(),
        [map] => *map,
        _ => {
            let (first, second) = maps.split_at(maps.len() / 2);
            in_halves(second) * in_halves(first)
        }
    }
}
