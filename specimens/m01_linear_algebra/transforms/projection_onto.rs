use kit::{InputError, check};
use nalgebra::{Matrix2, Vector2};

use crate::reference::m01_linear_algebra::transforms as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Answer = Result<Matrix2<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn projection_onto(u: Vector2<f64>) -> Answer {
    answering::<fn(Vector2<f64>) -> Answer>(
        module_path!(),
        reference::projection_onto,
        &[
            wheat("of_unit_length", "the outer product of the unit vector with itself", |u| {
                allowed(u)?;
                let length = u.x.hypot(u.y);
                let e = u / length;
                Ok(e * e.transpose())
            }),
            wheat("half_a_reflection", "the midpoint of each point and its reflection", |u| {
                allowed(u)?;
                let angle = 2.0 * u.y.atan2(u.x);
                let mirror = Matrix2::new(angle.cos(), angle.sin(), angle.sin(), -angle.cos());
                Ok((Matrix2::identity() + mirror) / 2.0)
            }),
            wheat("what_is_left", "subtracts the orthogonal component", |u| {
                allowed(u)?;
                let n = Vector2::new(-u.y, u.x) / u.x.hypot(u.y);
                Ok(Matrix2::identity() - n * n.transpose())
            }),
            wheat(
                "by_the_tangent",
                "divides by the larger coordinate, so that one entry is 1/(1 + t²)",
                |u| {
                    allowed(u)?;
                    let steep = u.y.abs() > u.x.abs();
                    let slope = if steep { u.x / u.y } else { u.y / u.x };
                    let (most, both) = (1.0 / slope.mul_add(slope, 1.0), slope / slope.mul_add(slope, 1.0));
                    let least = slope * both;
                    Ok(if steep {
                        Matrix2::new(least, both, both, most)
                    } else {
                        Matrix2::new(most, both, both, least)
                    })
                },
            ),
            chaff(
                "not_divided",
                "The matrix u uᵀ is the projection, also if u is not a unit vector.",
                |u| {
                    allowed(u)?;
                    Ok(u * u.transpose())
                },
            ),
            chaff("divided_once", "The outer product is divided by the norm once.", |u| {
                allowed(u)?;
                Ok(u * (u / u.x.hypot(u.y)).transpose())
            }),
            chaff("squares_overflow", "The squares of finite numbers neither overflow nor underflow.", |u| {
                allowed(u)?;
                Ok(u * u.transpose() / u.norm_squared())
            }),
            chaff("at_right_angles", "The projection is the component orthogonal to u.", |u| {
                Ok(Matrix2::identity() - reference::projection_onto(u)?)
            }),
            chaff("mirrored", "The projection is the reflection at the line.", |u| {
                Ok(2.0 * reference::projection_onto(u)? - Matrix2::identity())
            }),
            chaff("inner_product", "uᵀu and u uᵀ are the same.", |u| {
                allowed(u)?;
                Ok(Matrix2::identity())
            }),
            chaff("along_the_axis", "A point is moved to the line parallel to the y axis.", |u| {
                if u.x == 0.0 {
                    return reference::projection_onto(u);
                }
                allowed(u)?;
                Ok(Matrix2::new(1.0, 0.0, u.y / u.x, 0.0))
            }),
            chaff("component", "The projection is the scalar component along u.", |u| {
                allowed(u)?;
                let e = u / u.x.hypot(u.y);
                Ok(Matrix2::new(e.x, e.y, 0.0, 0.0))
            }),
            chaff("zero_gives_zeros", "The projection onto the zero vector is the zero matrix.", |u| {
                if u.x == 0.0 && u.y == 0.0 { Ok(Matrix2::zeros()) } else { reference::projection_onto(u) }
            }),
            chaff("zero_gives_nan", "The zero vector needs no check: the result is NaN anyway.", |u| {
                if u.x == 0.0 && u.y == 0.0 {
                    Ok(u * u.transpose() / 0.0)
                } else {
                    reference::projection_onto(u)
                }
            }),
            chaff("short_is_zero", "A vector with a norm below 10⁻⁹ is zero.", |u| {
                if u.amax() < 1e-9 {
                    Err(InputError::ZeroVector { name: "u" })
                } else {
                    reference::projection_onto(u)
                }
            }),
            chaff("first_coordinate_zero", "A vector with a zero coordinate has no direction.", |u| {
                if u.x == 0.0 {
                    Err(InputError::ZeroVector { name: "u" })
                } else {
                    reference::projection_onto(u)
                }
            }),
            chaff("nan_passed_on", "A NaN in the input needs no check: the result is NaN anyway.", |u| {
                if u.iter().any(|x| !x.is_finite()) {
                    Ok(u * u.transpose())
                } else {
                    reference::projection_onto(u)
                }
            }),
            chaff("index_from_1", "The first coordinate has the index 1.", |u| {
                reference::projection_onto(u).map_err(|error| match error {
                    InputError::NotFinite { name, index } => InputError::NotFinite { name, index: index + 1 },
                    other => other,
                })
            }),
            chaff("rounded_to_0", "Entries below 10⁻¹² are rounding errors.", |u| {
                Ok(reference::projection_onto(u)?.map(|entry| if entry.abs() < 1e-12 { 0.0 } else { entry }))
            }),
            chaff("nearly_an_axis", "A line within 10⁻⁶ of an axis is the axis.", |u| {
                let p = reference::projection_onto(u)?;
                let near = u.x.abs() < 1e-6 * u.y.abs();
                Ok(if near { Matrix2::new(0.0, 0.0, 0.0, 1.0) } else { p })
            }),
            chaff("last_named", "The index may be that of either coordinate.", |u| {
                reference::projection_onto(u).map_err(|rejection| match rejection {
                    InputError::NotFinite { name, index } => {
                        InputError::NotFinite { name, index: if u.y.is_finite() { index } else { 1 } }
                    }
                    other => other,
                })
            }),
        ],
    )(u)
}

fn allowed(u: Vector2<f64>) -> Result<(), InputError> {
    check::finite("u", &u)?;
    if u == Vector2::zeros() { Err(InputError::ZeroVector { name: "u" }) } else { Ok(()) }
}
