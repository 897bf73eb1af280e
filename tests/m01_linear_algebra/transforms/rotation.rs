use std::f64::consts::{FRAC_PI_2, TAU};

use judge::{any, close, close_entries, example, for_all, rounding};
use katas::m01_linear_algebra::transforms::rotation;
use kit::Matrix;
use nalgebra::{Matrix2, Vector2};
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::plane::{Shown, matrix, vector};

/// What a few roundings do to entries of size 1, and what the rounding of the angle itself does.
fn tolerance(angle: f64) -> f64 {
    rounding(8, 1.0) + rounding(2, angle)
}

#[test]
fn rotates_e1_to_e2_by_a_quarter_turn() {
    example(|| {
        let quarter = matrix(rotation(FRAC_PI_2));
        let look = "Angles are in radians and counterclockwise: (1, 0) goes to (0, 1), and (0, 1) to (−1, \
                    0). Both images are the columns.";
        let want = Matrix::from_rows([[0.0, -1.0], [1.0, 0.0]]);
        close_entries("rotation(π/2)", &quarter, &want, |_, _| tolerance(2.0), look)
    });
}

#[test]
fn preserves_lengths() {
    for_all("angle, p", (any::angle(), vector())).holds(|&(angle, Shown(p))| {
        let (got, want) = ((rotation(angle) * p).norm(), p.norm());
        let look = "cos² + sin² = 1 in each column. Which entry is wrong?";
        close("‖rotation(angle)·p‖", got, want, rounding(16, want), look)
    });
}

#[test]
fn preserves_angles() {
    for_all("angle, p, q", (any::angle(), vector(), vector())).holds(|&(angle, Shown(p), Shown(q))| {
        let r = rotation(angle);
        let look = "A rotation preserves the dot product of any two vectors, and so the angle between them.";
        let tolerance = rounding(32, p.norm() * q.norm());
        close("(rotation(angle)·p)·(rotation(angle)·q)", (r * p).dot(&(r * q)), p.dot(&q), tolerance, look)
    });
}

#[test]
fn has_determinant_one() {
    for_all("angle", any::angle()).holds(|&angle| {
        let r = rotation(angle);
        let call = format!("rotation(angle) = {:?}\nits determinant", matrix(r));
        let look = "A determinant of −1 means a reflection. Where does the minus sign belong?";
        close(&call, r.determinant(), 1.0, rounding(16, 1.0), look)
    });
}

#[test]
fn adds_the_angles_of_two_rotations() {
    for_all("a, b", [any::angle(), any::angle()]).holds(|&[a, b]| {
        let (got, want) = (matrix(rotation(a) * rotation(b)), matrix(rotation(a + b)));
        let look = "rotation(a + b) is the value above. The addition theorems of sine and cosine are in \
                    this product.";
        let tolerance = tolerance(a) + tolerance(b) + tolerance(a + b);
        close_entries("rotation(a)·rotation(b)", &got, &want, |_, _| tolerance, look)
    });
}

#[test]
fn is_the_identity_for_no_turn_and_a_full_turn() {
    example(|| {
        let identity = matrix(Matrix2::identity());
        let look = "A full turn is 2π radians, or 360 degrees. Which unit does the code use?";
        close_entries("rotation(0)", &matrix(rotation(0.0)), &identity, |_, _| tolerance(0.0), look)?;
        close_entries("rotation(2π)", &matrix(rotation(TAU)), &identity, |_, _| tolerance(TAU), look)
    });
}

#[test]
fn rotates_e1_to_the_point_at_the_angle() {
    for_all("angle", any::angle()).holds(|&angle| {
        let image = rotation(angle) * Vector2::new(1.0, 0.0);
        let got = Matrix::from_rows([[image.x, image.y]]);
        let want = Matrix::from_rows([[angle.cos(), angle.sin()]]);
        let look = "The point of the unit circle at the angle a is (cos a, sin a), a in radians.";
        close_entries("rotation(angle)·e₁, as a row,", &got, &want, |_, _| tolerance(angle), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::transforms::rotation;
        use nalgebra::Vector2;

        let quarter = rotation(std::f64::consts::FRAC_PI_2);
        assert!((quarter * Vector2::new(1.0, 0.0) - Vector2::new(0.0, 1.0)).norm() < 1e-14);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_accurate_for_large_and_small_angles() {
        let large = (any::nonzero(), 0..=15_i32).prop_map(|(angle, power)| angle * 10.0_f64.powi(power));
        // Also so small that the sine is the angle itself.
        let small = (8..=48_i32, any::nonzero()).prop_map(|(k, t)| t * 2.0_f64.powi(-k));
        let any_size = any::magnitude(-300, 15);
        // Eighths of a turn, and next to them.
        let eighth_turn = (-16..=16_i32).prop_map(|k| f64::from(k) * std::f64::consts::FRAC_PI_4);
        let off = prop_oneof![1 => Just(0.0), 3 => any::magnitude(-15, -2)];
        let near = (eighth_turn, off).prop_map(|(angle, off)| angle + off);
        let angles = prop_oneof![3 => any::angle(), 1 => large, 1 => small, 1 => any_size, 2 => near];
        for_all("angle", angles).holds(|&angle| {
            let (cos, sin) = (angle.cos(), angle.sin());
            let want = Matrix::from_rows([[cos, -sin], [sin, cos]]);
            let look = "(1, 0) goes to (cos a, sin a), (0, 1) to (−sin a, cos a); the angle a is in radians, \
                        and may be as large as 10¹⁵ or tiny.";
            close_entries("rotation(angle)", &matrix(rotation(angle)), &want, |_, _| tolerance(angle), look)
        });
    }

    #[test]
    fn is_orthogonal_for_every_angle() {
        for_all("angle", prop_oneof![any::magnitude(-300, 300), any::magnitude(100, 308)]).holds(|&angle| {
            let r = rotation(angle);
            let call =
                format!("rotation(angle) = {:?}\nits determinant and the norms of its columns", matrix(r));
            let got = [r.determinant(), r.column(0).norm(), r.column(1).norm()];
            let look = "Sine and cosine of one angle, however large it is: cos² + sin² = 1.";
            close(&call, got.as_slice(), [1.0; 3].as_slice(), rounding(16, 1.0), look)
        });
    }
}
