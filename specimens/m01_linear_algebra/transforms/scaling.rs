use nalgebra::{Matrix2, Vector2};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m01_linear_algebra::transforms as reference;

/// The kata, answered by a specimen.
pub fn scaling(sx: f64, sy: f64) -> Matrix2<f64> {
    answering::<fn(f64, f64) -> Matrix2<f64>>(
        module_path!(),
        reference::scaling,
        &[
            wheat("from_the_diagonal", "nalgebra's own diagonal matrix", |sx, sy| {
                Matrix2::from_diagonal(&Vector2::new(sx, sy))
            }),
            wheat("entry_by_entry", "fills zeros with the two factors", |sx, sy| {
                let mut map = Matrix2::zeros();
                map[(0, 0)] = sx;
                map[(1, 1)] = sy;
                map
            }),
            chaff("swapped", "the first factor belongs to y", |sx, sy| Matrix2::new(sy, 0.0, 0.0, sx)),
            chaff("first_for_both", "there is one factor", |sx, _| Matrix2::new(sx, 0.0, 0.0, sx)),
            chaff("off_the_diagonal", "the factors stand beside the diagonal", |sx, sy| {
                Matrix2::new(0.0, sx, sy, 0.0)
            }),
            chaff("a_full_row", "each row holds its factor twice", |sx, sy| Matrix2::new(sx, sx, sy, sy)),
            chaff("inverse", "scaling the plane shrinks the axes", |sx, sy| {
                Matrix2::new(1.0 / sx, 0.0, 0.0, 1.0 / sy)
            }),
            chaff("never_negative", "a factor is a size", |sx, sy| reference::scaling(sx.abs(), sy.abs())),
            chaff("zero_is_no_factor", "a factor of 0 leaves the coordinate", |sx, sy| {
                let factor = |s: f64| if s == 0.0 { 1.0 } else { s };
                reference::scaling(factor(sx), factor(sy))
            }),
            chaff("added_to_one", "a factor says how much is added", |sx, sy| {
                reference::scaling(1.0 + sx, 1.0 + sy)
            }),
            chaff("identity", "the points are scaled elsewhere", |_, _| Matrix2::identity()),
        ],
    )(sx, sy)
}
