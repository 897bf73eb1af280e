use nalgebra::{Matrix2, Vector2};

use crate::reference::m01_linear_algebra::transforms as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

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
            chaff("swapped", "The first factor belongs to y.", |sx, sy| Matrix2::new(sy, 0.0, 0.0, sx)),
            chaff("first_for_both", "Both coordinates have the same scale factor.", |sx, _| {
                Matrix2::new(sx, 0.0, 0.0, sx)
            }),
            chaff("off_the_diagonal", "The scale factors are off the diagonal.", |sx, sy| {
                Matrix2::new(0.0, sx, sy, 0.0)
            }),
            chaff("a_full_row", "Each row contains its scale factor twice.", |sx, sy| {
                Matrix2::new(sx, sx, sy, sy)
            }),
            chaff("inverse", "The axes are scaled, so the points are scaled by the inverse.", |sx, sy| {
                Matrix2::new(1.0 / sx, 0.0, 0.0, 1.0 / sy)
            }),
            chaff("never_negative", "A scale factor is never negative.", |sx, sy| {
                reference::scaling(sx.abs(), sy.abs())
            }),
            chaff("zero_is_no_factor", "A scale factor of 0 leaves the coordinate unchanged.", |sx, sy| {
                let factor = |s: f64| if s == 0.0 { 1.0 } else { s };
                reference::scaling(factor(sx), factor(sy))
            }),
            chaff("added_to_one", "The diagonal entry is 1 plus the scale factor.", |sx, sy| {
                reference::scaling(1.0 + sx, 1.0 + sy)
            }),
            chaff("identity", "The matrix of a scaling is the identity.", |_, _| Matrix2::identity()),
        ],
    )(sx, sy)
}
