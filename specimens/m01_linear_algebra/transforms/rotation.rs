use nalgebra::{Matrix2, Rotation2};

use crate::reference::m01_linear_algebra::transforms as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

/// The kata, answered by a specimen.
pub fn rotation(angle: f64) -> Matrix2<f64> {
    answering::<fn(f64) -> Matrix2<f64>>(
        module_path!(),
        reference::rotation,
        &[
            wheat("of_the_library", "nalgebra's own rotation", |angle| *Rotation2::new(angle).matrix()),
            wheat("by_half_the_angle", "rational in the tangent of half the angle", |angle| {
                let t = (angle / 2.0).tan();
                let d = 1.0 + t * t;
                let (cos, sin) = ((1.0 - t) * (1.0 + t) / d, 2.0 * t / d);
                Matrix2::from_columns(&[[cos, sin].into(), [-sin, cos].into()])
            }),
            wheat("first_into_one_turn", "reduces the angle modulo 2π first", |angle| {
                let angle = angle.rem_euclid(std::f64::consts::TAU);
                let (cos, sin) = (angle.cos(), angle.sin());
                Matrix2::from_row_slice(&[cos, -sin, sin, cos])
            }),
            chaff("degrees", "Angles are in degrees.", |angle| reference::rotation(angle.to_radians())),
            chaff("sine_takes_degrees", "`sin` and `cos` take degrees.", |angle| {
                reference::rotation(angle.to_degrees())
            }),
            chaff(
                "clockwise",
                "Positive angles are clockwise, or `Matrix2::new` takes column-major order.",
                |angle| reference::rotation(-angle),
            ),
            chaff("reflection", "The sign of the second column does not matter.", |angle| {
                let (sin, cos) = angle.sin_cos();
                Matrix2::new(cos, sin, sin, -cos)
            }),
            chaff("no_minus_sign", "A rotation matrix has no negative entry.", |angle| {
                let (sin, cos) = angle.sin_cos();
                Matrix2::new(cos, sin, sin, cos)
            }),
            chaff("sine_and_cosine_swapped", "The image of e₁ is (sin a, cos a).", |angle| {
                let (sin, cos) = angle.sin_cos();
                Matrix2::new(sin, -cos, cos, sin)
            }),
            chaff("first_order", "sin a = a and cos a = 1 for every angle.", |angle| {
                Matrix2::new(1.0, -angle, angle, 1.0)
            }),
            chaff("sine_from_cosine", "The sine is √(1 − cos²), which is never negative.", |angle| {
                let cos = angle.cos();
                let sin = (1.0 - cos * cos).sqrt();
                Matrix2::new(cos, -sin, sin, cos)
            }),
            chaff("fixed_point", "An angle fits into a fixed-point number with fifteen decimals.", |angle| {
                reference::rotation((angle * 1e15).round() as i64 as f64 / 1e15)
            }),
            chaff("rounded_to_0", "Entries below 10⁻¹² are rounding errors.", |angle| {
                reference::rotation(angle).map(|entry| if entry.abs() < 1e-12 { 0.0 } else { entry })
            }),
            chaff("small_is_none", "An angle below 10⁻⁸ is 0.", |angle| {
                if angle.abs() < 1e-8 { Matrix2::identity() } else { reference::rotation(angle) }
            }),
            chaff("small_is_zero", "A sine or cosine below 10⁻⁹ is a rounding error.", |angle| {
                reference::rotation(angle).map(|x| if x.abs() < 1e-9 && angle.abs() > 0.1 { 0.0 } else { x })
            }),
        ],
    )(angle)
}
