use judge::any::select;
use judge::{Answer, Broken, any, close, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::transforms::projection_onto;
use kit::{InputError, Matrix};
use nalgebra::{Matrix2, Vector2};
use proptest::prelude::{Just, Strategy, any as any_of, prop_oneof};

use super::plane::{Shown, matrix, vector};

const CALL: &str = "projection_onto(u)";

/// A vector that is not zero; either coordinate may be.
fn direction() -> impl Strategy<Value = Shown> + Send + Sync + Clone {
    let inputs = (any::nonzero(), any::eighth(), any_of::<bool>());
    inputs.prop_map(|(a, b, swapped)| Shown(if swapped { [b, a] } else { [a, b] }.into()))
}

fn projection(u: Vector2<f64>) -> Result<Matrix2<f64>, Broken> {
    projection_onto(u).accepted(CALL)
}

fn row(p: Vector2<f64>) -> Matrix {
    Matrix::from_rows([[p.x, p.y]])
}

#[test]
fn leaves_points_of_the_line_unchanged() {
    for_all("u, t", (direction(), any::eighth())).holds(|&(Shown(u), t)| {
        let (p, on_the_line) = (projection(u)?, t * u);
        let call = format!("{CALL} = {:?}\nthe image of t·u, as a row,", matrix(p));
        let look = "A point of the line is its own projection: Pu = u. The outer product has to be divided \
                    by ‖u‖².";
        let tolerance = rounding(16, on_the_line.norm());
        close_entries(&call, &row(p * on_the_line), &row(on_the_line), |_, _| tolerance, look)
    });
}

#[test]
fn has_a_residual_orthogonal_to_the_line() {
    for_all("u, p", (direction(), vector())).holds(|&(Shown(u), Shown(p))| {
        let map = projection(u)?;
        let call = format!("{CALL} = {:?}\n(p − Pp)·u", matrix(map));
        let look = "The residual p − Pp is orthogonal to u.";
        close(&call, (p - map * p).dot(&u), 0.0, rounding(32, p.norm() * u.norm()), look)
    });
}

#[test]
fn maps_every_point_onto_the_line() {
    for_all("u, p", (direction(), vector())).holds(|&(Shown(u), Shown(p))| {
        let map = projection(u)?;
        let call = format!("{CALL} = {:?}\nu₁(Pp)₂ − u₂(Pp)₁", matrix(map));
        let look =
            "Each image is a multiple of u, so this difference is 0. Is p projected onto u or along u?";
        close(&call, u.perp(&(map * p)), 0.0, rounding(32, p.norm() * u.norm()), look)
    });
}

#[test]
fn is_idempotent() {
    for_all("u", direction()).holds(|&Shown(u)| {
        let p = projection(u)?;
        let call = format!("{CALL} = {:?}\nP·P", matrix(p));
        let look = "P·P = P: after the first projection the point is on the line.";
        close_entries(&call, &matrix(p * p), &matrix(p), |_, _| rounding(16, 1.0), look)
    });
}

#[test]
fn finds_the_nearest_point_of_the_line() {
    for_all("u, p, t", (direction(), vector(), any::eighth())).holds(|&(Shown(u), Shown(p), t)| {
        let map = projection(u)?;
        let (there, elsewhere) = ((p - map * p).norm(), (p - t * u).norm());
        ensure(there <= elsewhere + rounding(32, p.norm() + (t * u).norm()), || {
            let got = format!("{CALL} = {:?}\n‖p − Pp‖ = {there}", matrix(map));
            Broken::answer(
                got,
                format!("at most ‖p − t·u‖ = {elsewhere}"),
                "Pp is the point of the line nearest to p.",
            )
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::transforms::projection_onto;
        use nalgebra::{Matrix2, Vector2};

        let p = projection_onto(Vector2::new(0.0, 2.0))?;
        assert!((p - Matrix2::new(0.0, 0.0, 0.0, 1.0)).norm() < 1e-14);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_depend_on_the_norm_of_u() {
        // Norms between 10⁻²⁹⁹ and 10²⁹⁹.
        let powers = (-990..=985_i32).prop_map(|k| 2.0_f64.powi(k));
        let factor = prop_oneof![
            select(vec![2.0, -1.0, 0.125, 2.0_f64.powi(-30), 2.0_f64.powi(-700), 2.0_f64.powi(700)]),
            powers
        ];
        for_all("u, factor", (direction(), factor)).holds(|&(Shown(u), factor)| {
            let got = projection_onto(factor * u).accepted("projection_onto(factor·u)")?;
            let look = "u and a multiple of u determine the same line, and projection_onto(u) is the value \
                        above. The squares of 10²⁰⁰ or 10⁻²⁰⁰ overflow or underflow: divide u by its \
                        largest absolute value first.";
            let want = matrix(projection(u)?);
            close_entries("projection_onto(factor·u)", &matrix(got), &want, |_, _| rounding(16, 1.0), look)
        });
    }

    #[test]
    fn is_accurate_for_a_line_near_an_axis() {
        for_all("k, swapped", (8..=45_i32, any_of::<bool>())).holds(|&(k, swapped)| {
            let t = 2.0_f64.powi(-k);
            let u = if swapped { Vector2::new(t, 1.0) } else { Vector2::new(1.0, t) };
            let p = projection(u)?;
            let look =
                format!("The off-diagonal entries of P are u₁u₂/‖u‖², here about 2⁻{k}: small, but not 0.");
            let call = format!("{CALL} = {:?} for u = {:?}: the off-diagonal entries", matrix(p), Shown(u));
            let want = t / (1.0 + t * t);
            close(&call, [p.m12, p.m21].as_slice(), [want, want].as_slice(), rounding(16, 1.0), look)
        });
    }

    #[test]
    fn rejects_the_zero_vector() {
        example(|| {
            for u in [Vector2::new(0.0, 0.0), Vector2::new(0.0, -0.0)] {
                let got = projection_onto(u).map(matrix);
                let look = "The zero vector determines no line, and ‖u‖² = 0 is no divisor.";
                rejected(
                    &format!("projection_onto({:?})", Shown(u)),
                    got,
                    InputError::ZeroVector { name: "u" },
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_coordinates_that_are_not_finite() {
        let replacements = (any::not_finite(), any::not_finite(), any_of::<bool>());
        for_all("u, index, (bad, later, both)", (vector(), 0..2_usize, replacements)).holds(
            |&(Shown(mut u), index, (bad, later, both))| {
                // The first one counts.
                u[index] = bad;
                if both {
                    u[1] = if index == 0 { later } else { bad };
                }
                let look = "NaN and infinity determine no line. The index counts from 0.";
                let want = InputError::NotFinite { name: "u", index };
                rejected(
                    &format!("projection_onto({:?})", Shown(u)),
                    projection_onto(u).map(matrix),
                    want,
                    look,
                )
            },
        );
    }

    #[test]
    fn rejects_a_single_nan() {
        example(|| {
            for (u, index) in [([f64::NAN, 1.0], 0), ([1.0, f64::NAN], 1)] {
                let got = projection_onto(u.into()).map(matrix);
                let look = "The first coordinate has the index 0, the second the index 1.";
                rejected(
                    &format!("projection_onto({u:?})"),
                    got,
                    InputError::NotFinite { name: "u", index },
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn is_accurate_for_lines_of_every_direction() {
        let vast = || any::magnitude(-299, 299);
        let ends = || prop_oneof![any::magnitude(-300, -297), any::magnitude(297, 299)];
        let alike = (any::nonzero(), any::eighth(), -298..=298_i32)
            .prop_map(|(a, b, k)| (a * 10_f64.powi(k), b * 10_f64.powi(k)));
        let inputs = prop_oneof![
            4 => (any::wide(), any::wide()),
            4 => (vast(), vast()),
            2 => alike,
            1 => any::angle().prop_map(|angle| (angle.cos(), angle.sin())),
            1 => (ends(), Just(0.0)),
        ];
        for_all("u", inputs).holds(|&(a, b)| {
            let u = if a == 0.0 && b == 0.0 { Vector2::new(1.0, 0.0) } else { Vector2::new(a, b) };
            let unit = u / u.x.hypot(u.y);
            let want = matrix(unit * unit.transpose());
            let look = "P = u uᵀ/‖u‖², in f64.";
            let call = format!("projection_onto({:?})", Shown(u));
            close_entries(&call, &matrix(projection(u)?), &want, |_, _| rounding(16, 1.0), look)
        });
    }
}
