use judge::{Answer, Broken, any, close, close_entries, ensure, example, for_all, rejected, rounding};
use katas::m01_linear_algebra::transforms::projection_onto;
use kit::{InputError, Matrix};
use nalgebra::{Matrix2, Vector2};
use proptest::prelude::{Strategy, any as any_of};
use proptest::sample::select;

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
fn it_leaves_its_line_alone() {
    for_all("u, t", (direction(), any::eighth())).holds(|&(Shown(u), t)| {
        let (p, on_the_line) = (projection(u)?, t * u);
        let call = format!("{CALL} = {:?}\nthe image of t·u, as a row,", matrix(p));
        let look = "A point of the line is its own nearest point: Pu = u. The length of u has to be divided \
                    out, twice.";
        let tolerance = rounding(16, on_the_line.norm());
        close_entries(&call, &row(p * on_the_line), &row(on_the_line), |_, _| tolerance, look)
    });
}

#[test]
fn the_error_is_at_right_angles_to_the_line() {
    for_all("u, p", (direction(), vector())).holds(|&(Shown(u), Shown(p))| {
        let map = projection(u)?;
        let call = format!("{CALL} = {:?}\n(p − Pp)·u", matrix(map));
        let look = "From p straight down to the line: p − Pp has no part along u.";
        close(&call, (p - map * p).dot(&u), 0.0, rounding(32, p.norm() * u.norm()), look)
    });
}

#[test]
fn the_image_lies_on_the_line() {
    for_all("u, p", (direction(), vector())).holds(|&(Shown(u), Shown(p))| {
        let map = projection(u)?;
        let call = format!("{CALL} = {:?}\nu₁(Pp)₂ − u₂(Pp)₁", matrix(map));
        let look =
            "Each image is a multiple of u, and then this difference is 0. Is p projected onto u or along u?";
        close(&call, u.perp(&(map * p)), 0.0, rounding(32, p.norm() * u.norm()), look)
    });
}

#[test]
fn projecting_twice_is_projecting_once() {
    for_all("u", direction()).holds(|&Shown(u)| {
        let p = projection(u)?;
        let call = format!("{CALL} = {:?}\nP·P", matrix(p));
        let look = "After the first time the point is on the line, and stays: PP = P.";
        close_entries(&call, &matrix(p * p), &matrix(p), |_, _| rounding(16, 1.0), look)
    });
}

#[test]
fn only_the_line_counts_and_not_the_length_of_u() {
    let factor = select(vec![2.0, -1.0, 0.125, 2.0_f64.powi(-30), 2.0_f64.powi(-700), 2.0_f64.powi(700)]);
    for_all("u, factor", (direction(), factor)).holds(|&(Shown(u), factor)| {
        let got = projection_onto(factor * u).accepted("projection_onto(factor·u)")?;
        let look = "u and a multiple of u name the same line, on which projection_onto(u) gave the other \
                    matrix. The squares of 10²⁰⁰ or 10⁻²⁰⁰ leave the range of f64; a smaller or larger u \
                    does as well.";
        let want = matrix(projection(u)?);
        close_entries("projection_onto(factor·u)", &matrix(got), &want, |_, _| rounding(16, 1.0), look)
    });
}

#[test]
fn a_line_beside_an_axis_is_not_the_axis() {
    for_all("k, swapped", (8..=45_i32, any_of::<bool>())).holds(|&(k, swapped)| {
        let t = 2.0_f64.powi(-k);
        let u = if swapped { Vector2::new(t, 1.0) } else { Vector2::new(1.0, t) };
        let p = projection(u)?;
        let look = format!("P has u₁u₂/‖u‖² beside its diagonal, here about 2⁻{k}: small, and not 0.");
        let call =
            format!("{CALL} = {:?} for u = {:?}: the entries beside the diagonal", matrix(p), Shown(u));
        let want = t / (1.0 + t * t);
        close(&call, [p.m12, p.m21].as_slice(), [want, want].as_slice(), rounding(16, 1.0), look)
    });
}

#[test]
fn without_a_direction_there_is_no_line() {
    example(|| {
        for u in [Vector2::new(0.0, 0.0), Vector2::new(0.0, -0.0)] {
            let got = projection_onto(u).map(matrix);
            let look = "Every multiple of 0 is 0: that is a point, not a line, and ‖u‖² is no divisor.";
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
fn a_coordinate_that_is_not_finite_is_rejected_by_its_place() {
    for_all("u, index, replacement", (vector(), 0..2_usize, any::not_finite())).holds(
        |&(Shown(mut u), index, replacement)| {
            // The first one counts.
            (index..2).for_each(|k| u[k] = replacement);
            let look = "NaN and infinity name no line. The index counts from 0.";
            let want = InputError::NotFinite { name: "u", index };
            rejected(&format!("projection_onto({:?})", Shown(u)), projection_onto(u).map(matrix), want, look)
        },
    );
}

#[test]
fn no_other_point_of_the_line_is_nearer() {
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
fn a_single_nan_is_rejected_by_its_place() {
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
