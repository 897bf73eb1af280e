use judge::{Answer, Broken, any, close, ensure, for_all};
use katas::m03_calculus::descent::minimum_of_quadratic;
use proptest::prelude::*;

use crate::m03_calculus::rejection::{not_finite, out_of_range};
use crate::m03_calculus::walker::not_positive;

/// The accuracy of the page: 10⁻⁹·max(1, |value|).
fn room(value: f64) -> f64 {
    1e-9 * value.abs().max(1.0)
}

#[test]
fn recovers_the_minimum_of_a_constructed_parabola() {
    for_all("a, x*, f(x*)", (any::nonzero(), any::eighth(), any::eighth())).holds(|&(a, lowest, depth)| {
        // a(x − x*)² + f(x*), multiplied out; exact in eighths.
        let a = a.abs();
        let (b, c) = (0.0 - 2.0 * a * lowest, a * lowest * lowest + depth);
        let call = format!("minimum_of_quadratic({a}, {b}, {c})");
        let [x, value] = minimum_of_quadratic(a, b, c).accepted(&call)?;
        let derivative = 2.0 * a * x + b;
        let look = format!(
            "f′(x) = 2ax + b is {derivative} there. The first number is x*, where it is 0, the second f(x*)."
        );
        close(&format!("{call}[0]"), x, lowest, room(lowest), look)?;
        let look = "The second number is f(x*) = ax² + bx + c.";
        close(&format!("{call}[1]"), value, depth, room(depth), look)
    });
}

#[test]
fn is_not_above_nearby_values() {
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
            Broken::answer(got, "the minimum", "Is x* the minimizer, and is the value f(x*)?")
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::descent::minimum_of_quadratic;
        let [x, lowest] = minimum_of_quadratic(1.0, 3.0, 2.0)?;
        assert!((x + 1.5).abs() < 1e-9 && (lowest + 0.25).abs() < 1e-9);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_accurate_for_curvatures_of_every_magnitude() {
        let scale = || (any::nonzero(), -6..=6_i32).prop_map(|(x, k)| x * 10_f64.powi(k));
        for_all("a, b, c", (scale(), scale(), any::eighth())).holds(|&(a, b, c)| {
            let a = a.abs();
            let (lowest, depth) = (-b / (2.0 * a), c - b * b / (4.0 * a));
            let call = format!("minimum_of_quadratic({a}, {b}, {c})");
            let [x, value] = minimum_of_quadratic(a, b, c).accepted(&call)?;
            let look = "A fixed learning rate diverges for a large a and is too slow for a small one.";
            close(&format!("{call}[0]"), x, lowest, room(lowest), look)?;
            // x off by 10⁻⁹·max(1, |x*|) lifts f by a times its square.
            close(&format!("{call}[1]"), value, depth, room(depth) + a * room(lowest).powi(2), look)
        });
    }

    #[test]
    fn does_not_depend_on_the_unit_of_f() {
        for_all("a, x*, k", (any::nonzero(), any::eighth(), -320..=320_i32)).holds(|&(a, lowest, k)| {
            // 2ᵏ·a·(x − x*)², multiplied out; exact.
            let a = a.abs() * 2.0_f64.powi(k);
            let (b, c) = (0.0 - 2.0 * a * lowest, a * lowest * lowest);
            let call = format!("minimum_of_quadratic({a:e}, {b:e}, {c:e})");
            let [x, _] = minimum_of_quadratic(a, b, c).accepted(&call)?;
            let look =
                "A parabola with a tiny or huge a has a minimum too. Is a compared with a constant other \
                 than 0?";
            close(&format!("{call}[0]"), x, lowest, room(lowest), look)
        });
    }

    /// What the page allows for f(x*), too, where c and the drop cancel.
    fn room_of_value(a: f64, lowest: f64, c: f64, value: f64) -> f64 {
        room(value).max(1e-12 * c.abs()) + a * room(lowest).powi(2)
    }

    #[test]
    fn is_accurate_through_the_whole_range() {
        let most = || prop_oneof![1 => Just(0.0), 6 => any::magnitude(-99, 99)];
        for_all("a, x*, c", (any::magnitude(-100, 100), most(), most())).holds(|&(a, lowest, c)| {
            let a = a.abs();
            let (b, drop) = (0.0 - 2.0 * a * lowest, a * lowest * lowest);
            if b.abs() > 1e100 || drop > 1e100 {
                return Ok(());
            }
            let call = format!("minimum_of_quadratic({a:e}, {b:e}, {c:e})");
            let [x, value] = minimum_of_quadratic(a, b, c).accepted(&call)?;
            let look = "x* = −b/(2a), for every a.";
            close(&format!("{call}[0]"), x, lowest, room(lowest), look)?;
            let look = "f(x*) = c − b²/(4a), for every c.";
            close(&format!("{call}[1]"), value, c - drop, room_of_value(a, lowest, c, c - drop), look)
        });
    }

    #[test]
    fn accepts_every_positive_a() {
        let a = prop_oneof![Just(1e-100), Just(1e100), any::magnitude(-100, 100).prop_map(f64::abs)];
        for_all("a, c", (a, any::wide())).holds(|&(a, c)| {
            let call = format!("minimum_of_quadratic({a:e}, 0, {c})");
            let [x, value] = minimum_of_quadratic(a, 0.0, c).accepted(&call)?;
            let look = "Without b the minimum is c, at 0, for every a > 0.";
            close(&format!("{call}[0]"), x, 0.0, room(0.0), look)?;
            close(&format!("{call}[1]"), value, c, room_of_value(a, 0.0, c, c), look)
        });
    }

    #[test]
    fn rejects_coefficients_that_are_not_finite() {
        let coefficients = (any::nonzero(), any::eighth(), any::eighth());
        for_all("a, b, c, which, bad", (coefficients, 0..3_usize, any::not_finite())).holds(
            |&((a, b, c), which, bad)| {
                let mut abc = [a.abs(), b, c];
                abc[which] = bad;
                let [a, b, c] = abc;
                let look = "Check the coefficients first.";
                let call = format!("minimum_of_quadratic({a}, {b}, {c})");
                // An a of −∞ is not positive either.
                let range = (which == 0 && bad < 0.0).then_some(bad);
                not_finite(&call, minimum_of_quadratic(a, b, c), (["a", "b", "c"][which], 0), range, look)
            },
        );
    }

    #[test]
    fn rejects_an_a_that_is_not_positive() {
        for_all("a, b, c", (not_positive(), any::eighth(), any::eighth())).holds(|&(a, b, c)| {
            let call = format!("minimum_of_quadratic({a}, {b}, {c})");
            out_of_range(&call, minimum_of_quadratic(a, b, c), "a", a, "f has no unique minimum for a ≤ 0.")
        });
    }
}
