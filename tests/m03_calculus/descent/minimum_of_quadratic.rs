use judge::{Answer, Broken, any, close, ensure, for_all, rejected};
use katas::m03_calculus::descent::minimum_of_quadratic;
use kit::InputError;
use proptest::prelude::*;

use crate::m03_calculus::rejection::out_of_range;

/// What is promised: 10⁻⁹·max(1, |value|).
fn room(value: f64) -> f64 {
    1e-9 * value.abs().max(1.0)
}

#[test]
fn a_parabola_built_around_its_lowest_point_gives_it_back() {
    for_all("a, x*, f(x*)", (any::nonzero(), any::eighth(), any::eighth())).holds(|&(a, lowest, depth)| {
        // a(x − x*)² + f(x*), multiplied out; exact in eighths.
        let a = a.abs();
        let (b, c) = (0.0 - 2.0 * a * lowest, a * lowest * lowest + depth);
        let call = format!("minimum_of_quadratic({a}, {b}, {c})");
        let [x, value] = minimum_of_quadratic(a, b, c).accepted(&call)?;
        let slope = 2.0 * a * x + b;
        let look =
            format!("The slope there is 2ax + b = {slope}. First comes x*, where it is 0, then f(x*).");
        close(&format!("{call}[0]"), x, lowest, room(lowest), look)?;
        let look = "The second number is f there: ax² + bx + c, all of it.";
        close(&format!("{call}[1]"), value, depth, room(depth), look)
    });
}

#[test]
fn narrow_and_wide_parabolas_are_no_harder() {
    let scale = || (any::nonzero(), -6..=6_i32).prop_map(|(x, k)| x * 10_f64.powi(k));
    for_all("a, b, c", (scale(), scale(), any::eighth())).holds(|&(a, b, c)| {
        let a = a.abs();
        let (lowest, depth) = (-b / (2.0 * a), c - b * b / (4.0 * a));
        let call = format!("minimum_of_quadratic({a}, {b}, {c})");
        let [x, value] = minimum_of_quadratic(a, b, c).accepted(&call)?;
        let look = "One learning rate for every a climbs out of the narrow ones and sleeps in the wide ones.";
        close(&format!("{call}[0]"), x, lowest, room(lowest), look)?;
        // x off by 10⁻⁹·max(1, |x*|) lifts f by a times its square.
        close(&format!("{call}[1]"), value, depth, room(depth) + a * room(lowest).powi(2), look)
    });
}

#[test]
fn the_unit_of_f_does_not_matter() {
    for_all("a, x*, k", (any::nonzero(), any::eighth(), -60..=60_i32)).holds(|&(a, lowest, k)| {
        // 2ᵏ·a·(x − x*)², multiplied out; exact.
        let a = a.abs() * 2.0_f64.powi(k);
        let (b, c) = (0.0 - 2.0 * a * lowest, a * lowest * lowest);
        let call = format!("minimum_of_quadratic({a:e}, {b:e}, {c:e})");
        let [x, _] = minimum_of_quadratic(a, b, c).accepted(&call)?;
        let look =
            "A very flat parabola is one still, and a very steep one. Is a compared with anything but 0?";
        close(&format!("{call}[0]"), x, lowest, room(lowest), look)
    });
}

#[test]
fn nothing_nearby_is_lower() {
    let inputs = (any::nonzero(), any::eighth(), any::eighth(), any::nonzero());
    for_all("a, b, c, away", inputs).holds(|&(a, b, c, away)| {
        let a = a.abs();
        let [x, value] = minimum_of_quadratic(a, b, c).accepted("minimum_of_quadratic(a, b, c)")?;
        let f = |x: f64| a * x * x + b * x + c;
        ensure(f(x + away) >= value - room(value), || {
            let got = format!(
                "minimum_of_quadratic({a}, {b}, {c}) = [{x}, {value}], yet f({}) = {}",
                x + away,
                f(x + away)
            );
            Broken::answer(got, "the lowest value", "Is it a minimum, and is the value that of f?")
        })
    });
}

#[test]
fn a_coefficient_that_is_not_finite_is_rejected() {
    for_all("which, bad", (0..3_usize, any::not_finite())).holds(|&(which, bad)| {
        let mut abc = [1.0, 2.0, 3.0];
        abc[which] = bad;
        let [a, b, c] = abc;
        let want = InputError::NotFinite { name: ["a", "b", "c"][which], index: 0 };
        let look = "Look at the coefficients first.";
        rejected(&format!("minimum_of_quadratic({a}, {b}, {c})"), minimum_of_quadratic(a, b, c), want, look)
    });
}

#[test]
fn a_line_and_a_parabola_upside_down_are_rejected() {
    for_all("a, b, c", (any::eighth(), any::eighth(), any::eighth())).holds(|&(a, b, c)| {
        let a = 0.0 - a.abs();
        let call = format!("minimum_of_quadratic({a}, {b}, {c})");
        out_of_range(
            &call,
            minimum_of_quadratic(a, b, c),
            "a",
            a,
            "It falls for ever. A division by a does not notice.",
        )
    });
}
