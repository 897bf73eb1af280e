use judge::{Answer, Verdict, any, close, close_entries, equal, for_all, rejected, rounding};
use katas::x4_attention::positions::sinusoidal_positions;
use kit::{InputError, Matrix};
use proptest::prelude::*;

const CALL: &str = "sinusoidal_positions(length, width)";

/// ωᵢ
fn frequency(i: usize, width: usize) -> f64 {
    10000_f64.powf(-2.0 * i as f64 / width as f64)
}

/// How far an angle may be off: a power by way of the logarithm, or a product of up to d/2 ratios, times the position.
fn angle_slack(t: usize, i: usize, width: usize) -> f64 {
    rounding(32 + width, t as f64 * frequency(i, width)) + rounding(4, 1.0)
}

fn agrees(length: usize, width: usize) -> Verdict {
    let got = sinusoidal_positions(length, width).accepted(CALL)?;
    let want = Matrix::from_fn(length, width, |t, j| {
        let angle = t as f64 * frequency(j / 2, width);
        if j % 2 == 0 { angle.sin() } else { angle.cos() }
    });
    let look = "Column 2i is sin(t·ωᵢ), column 2i + 1 is cos(t·ωᵢ), with ωᵢ = 10000^(−2i/d) and t from 0.";
    close_entries(CALL, &got, &want, |t, j| angle_slack(t, j / 2, width), look)
}

fn sizes() -> impl Strategy<Value = (usize, usize)> + Send + Sync + Clone {
    (any::part(1..=6_usize), any::part((1..=4_usize).prop_map(|half| 2 * half)))
}

#[test]
fn columns_are_sines_and_cosines() {
    for_all("length, width", sizes()).cases(64).holds(|&(length, width)| agrees(length, width));
}

#[test]
fn position_0_is_sine_0_and_cosine_1() {
    for_all("length, width", sizes()).cases(48).holds(|&(length, width)| {
        let got = sinusoidal_positions(length, width).accepted(CALL)?;
        let want: Vec<f64> = (0..width).map(|j| (j % 2) as f64).collect();
        close("row 0", got.row(0), want.as_slice(), 0.0, "Positions count from 0: sin 0 = 0, cos 0 = 1.")
    });
}

#[test]
fn wavelengths_grow_by_the_same_factor_from_pair_to_pair() {
    for_all("half", any::part(1..=8_usize)).cases(16).holds(|&half| {
        let p = sinusoidal_positions(2, 2 * half).accepted(CALL)?;
        for i in 0..half {
            // At position 1 the angle is ωᵢ itself.
            let omega = p[(1, 2 * i)].atan2(p[(1, 2 * i + 1)]);
            let look = "ω₀ = 1, and each later one is smaller by the factor 10000^(−2/d).";
            let want = (-(i as f64) / half as f64 * 10000_f64.ln()).exp();
            close(&format!("the angle of pair {i} at position 1"), omega, want, rounding(64, 1.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn a_shift_is_a_linear_map() {
    for_all("length, width, shift", (sizes(), any::part(1..=9_usize))).cases(64).holds(
        |&((length, width), shift)| {
            let p = sinusoidal_positions(length + shift, width).accepted(CALL)?;
            let look = "Each pair of columns is rotated by shift·ωᵢ, whatever the position.";
            for (t, i) in (0..length).flat_map(|t| (0..width / 2).map(move |i| (t, i))) {
                let (sin, cos) = (shift as f64 * frequency(i, width)).sin_cos();
                let (even, odd) = (p[(t, 2 * i)], p[(t, 2 * i + 1)]);
                let want = [even * cos + odd * sin, odd * cos - even * sin];
                let got = [p[(t + shift, 2 * i)], p[(t + shift, 2 * i + 1)]];
                let tolerance = 4.0 * angle_slack(t + shift, i, width);
                let name = format!("pair {i} of position {}", t + shift);
                close(&name, got.as_slice(), want.as_slice(), tolerance, look)?;
            }
            Ok(())
        },
    );
}

#[test]
fn more_positions_leave_the_first_ones_as_they_are() {
    for_all("length, width, more", (sizes(), any::part(1..=9_usize))).cases(48).holds(
        |&((length, width), more)| {
            let few = sinusoidal_positions(length, width).accepted(CALL)?;
            let many = sinusoidal_positions(length + more, width).accepted(CALL)?;
            let look = "A position does not depend on the length.";
            let first = Matrix::from_fn(length, width, |t, j| many[(t, j)]);
            close_entries("the first rows of more", &first, &few, |t, j| angle_slack(t, j / 2, width), look)
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::positions::sinusoidal_positions;
        let p = sinusoidal_positions(3, 4)?;
        assert_eq!(p.row(0), [0.0, 1.0, 0.0, 1.0]);
        assert!((p[(2, 0)] - 2.0_f64.sin()).abs() < 1e-12 && (p[(2, 3)] - 0.02_f64.cos()).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size() {
        let sizes = any::sizes([0..=6, 1..=4], [1025, 151]).prop_map(|[length, half]| (length, 2 * half));
        for_all("length, width", any::part(sizes)).cases(96).holds(|&(length, width)| agrees(length, width));
    }

    #[test]
    fn is_right_for_far_positions() {
        for_all("length", any::many(0..=4, 1025)).cases(24).holds(|&length| agrees(8 * length, 4));
    }

    #[test]
    fn no_positions_are_an_empty_matrix() {
        for_all("half", any::part(1..=40_usize)).cases(16).holds(|&half| {
            let got = sinusoidal_positions(0, 2 * half).accepted(CALL)?;
            equal(CALL, got.shape(), (0, 2 * half), "No row, and still d columns.")
        });
    }

    #[test]
    fn rejects_odd_widths_and_none() {
        for_all("length, half", (any::many(0..=4, 301), any::many(0..=4, 301))).cases(64).holds(
            |&(length, half)| {
                for width in [0, 2 * half + 1] {
                    let want = InputError::OutOfRange { name: "width", got: width as f64, wanted: "even" };
                    let look = "Sine and cosine come in pairs: d is even, and at least 2.";
                    rejected(CALL, sinusoidal_positions(length, width), want, look)?;
                }
                Ok(())
            },
        );
    }
}
