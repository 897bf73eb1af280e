use kit::{InputError, check};
use nalgebra::{Matrix2, Vector2};

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m01_linear_algebra::transforms as reference;

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
            wheat("half_a_reflection", "halfway between each point and its mirror image", |u| {
                allowed(u)?;
                let angle = 2.0 * u.y.atan2(u.x);
                let mirror = Matrix2::new(angle.cos(), angle.sin(), angle.sin(), -angle.cos());
                Ok((Matrix2::identity() + mirror) / 2.0)
            }),
            wheat("what_is_left", "takes away the part at right angles", |u| {
                allowed(u)?;
                let n = Vector2::new(-u.y, u.x) / u.x.hypot(u.y);
                Ok(Matrix2::identity() - n * n.transpose())
            }),
            wheat(
                "by_the_slope",
                "divides by the longer coordinate, so that one entry is 1/(1 + slope²)",
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
            chaff("not_divided", "u uᵀ projects onto u", |u| {
                allowed(u)?;
                Ok(u * u.transpose())
            }),
            chaff("divided_once", "dividing by the length once is enough", |u| {
                allowed(u)?;
                Ok(u * (u / u.x.hypot(u.y)).transpose())
            }),
            chaff("squares_overflow", "squares of finite numbers are finite, and not zero", |u| {
                allowed(u)?;
                Ok(u * u.transpose() / u.norm_squared())
            }),
            chaff("at_right_angles", "projecting takes away the part along u", |u| {
                Ok(Matrix2::identity() - reference::projection_onto(u)?)
            }),
            chaff("mirrored", "the image lies as far behind the line as the point before it", |u| {
                Ok(2.0 * reference::projection_onto(u)? - Matrix2::identity())
            }),
            chaff("inner_product", "uᵀu and u uᵀ are the same", |u| {
                allowed(u)?;
                Ok(Matrix2::identity())
            }),
            chaff("along_the_axis", "a point goes to the line along the y axis", |u| {
                if u.x == 0.0 {
                    return reference::projection_onto(u);
                }
                allowed(u)?;
                Ok(Matrix2::new(1.0, 0.0, u.y / u.x, 0.0))
            }),
            chaff("component", "the part of a point along u is all there is to know", |u| {
                allowed(u)?;
                let e = u / u.x.hypot(u.y);
                Ok(Matrix2::new(e.x, e.y, 0.0, 0.0))
            }),
            chaff("zero_gives_zeros", "onto 0 everything is projected to 0", |u| {
                if u.x == 0.0 && u.y == 0.0 { Ok(Matrix2::zeros()) } else { reference::projection_onto(u) }
            }),
            chaff("zero_gives_nan", "a division by 0 shows that something was wrong", |u| {
                if u.x == 0.0 && u.y == 0.0 {
                    Ok(u * u.transpose() / 0.0)
                } else {
                    reference::projection_onto(u)
                }
            }),
            chaff("short_is_zero", "a vector shorter than 1e-9 is zero", |u| {
                if u.amax() < 1e-9 {
                    Err(InputError::ZeroVector { name: "u" })
                } else {
                    reference::projection_onto(u)
                }
            }),
            chaff("first_coordinate_zero", "a vector with a zero in it has no direction", |u| {
                if u.x == 0.0 {
                    Err(InputError::ZeroVector { name: "u" })
                } else {
                    reference::projection_onto(u)
                }
            }),
            chaff("nan_passed_on", "a NaN will show in the result", |u| {
                if u.iter().any(|x| !x.is_finite()) {
                    Ok(u * u.transpose())
                } else {
                    reference::projection_onto(u)
                }
            }),
            chaff("index_from_1", "the first coordinate has the index 1", |u| {
                reference::projection_onto(u).map_err(|error| match error {
                    InputError::NotFinite { name, index } => InputError::NotFinite { name, index: index + 1 },
                    other => other,
                })
            }),
            chaff("rounded_to_0", "entries below 10⁻¹² are rounding", |u| {
                Ok(reference::projection_onto(u)?.map(|entry| if entry.abs() < 1e-12 { 0.0 } else { entry }))
            }),
            chaff("nearly_an_axis", "a line within 10⁻⁶ of an axis is the axis", |u| {
                let p = reference::projection_onto(u)?;
                let near = u.x.abs() < 1e-6 * u.y.abs();
                Ok(if near { Matrix2::new(0.0, 0.0, 0.0, 1.0) } else { p })
            }),
            chaff("last_named", "either coordinate may be named", |u| {
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
