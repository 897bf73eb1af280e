use judge::{Answer, any, close, for_all};
use katas::m03_calculus::derivative::second_derivative;
use proptest::prelude::*;

use super::scheme::{Scheme, anywhere, at_0, lost_step, not_positive, overflowing, place, step};
use crate::m03_calculus::expression::draw;

const D: Scheme = Scheme {
    name: "second_derivative",
    ask: second_derivative,
    weights: &[(-1.0, 1.0), (0.0, -2.0), (1.0, 1.0)],
    order: 2,
};

#[test]
fn is_exact_for_a_cubic() {
    for_all("f, x, h", (draw::polynomial(3), place(16))).holds(|(f, (x, h))| {
        let want = f.derivative_of_order(2, 0).at(&[*x]);
        let look =
            "The slope of the right secant minus that of the left one, divided by the distance h of their \
             midpoints.";
        D.gives(f, (*x, *h), want, 0.0, look)
    });
}

#[test]
fn follows_the_taylor_series_of_a_quintic() {
    for_all("f, x, h", (draw::polynomial(5), place(8))).holds(|(f, (x, h))| {
        let [f2, f4] = [2, 4].map(|order| f.derivative_of_order(order, 0).at(&[*x]));
        let look = "The three points are x − h, x and x + h. Is f evaluated there?";
        D.gives(f, (*x, *h), f2 + h * h / 12.0 * f4, 0.0, look)
    });
}

#[test]
fn has_order_two() {
    for_all("f, x, h", (draw::composition(), place(12))).cases(96).holds(|(f, (x, h))| {
        let [f2, f4, f6] = [2, 4, 6].map(|order| f.derivative_of_order(order, 0));
        // Taylor: what is left out is at most h⁴/360 times the largest sixth derivative between x − h and x + h.
        let truncation = h.powi(4) / 360.0 * f6.size(&[x.abs() + h]);
        let oracle = f2.error(&[*x]) + h * h * f4.error(&[*x]);
        let look = "Taylor: f″(x) + h²/12·f⁗(x) + … remains; halving h quarters the error.";
        D.gives(f, (*x, *h), f2.at(&[*x]) + h * h / 12.0 * f4.at(&[*x]), truncation + oracle, look)
    });
}

#[test]
fn is_linear_in_f() {
    let inputs = (any::eighth(), draw::composition(), draw::polynomial(3), place(8));
    for_all("a, f, g, x, h", inputs).holds(|(a, f, g, at)| D.is_linear(*a, f, g, *at));
}

#[test]
fn satisfies_the_chain_rule() {
    let inputs = (draw::composition(), step(3), any::eighth(), place(8));
    for_all("f, a, b, x, h", inputs).holds(|(f, a, b, (x, h))| {
        let inner = a * x + b / 8.0;
        let call = "second_derivative(t ↦ f(a·t + b/8), x, h)";
        let got = second_derivative(&|t| f.at(&[a * t + b / 8.0]), *x, *h).accepted(call)?;
        let tolerance = 2.0 * a * a * D.rounding(f, inner, a * h);
        let look =
            "The chain rule: a²·D(f) at a·x + b/8 with the step a·h is the value above. Is the divisor h²?";
        close(call, got, a * a * D.of(f, inner, a * h)?, tolerance, look)
    });
}

#[test]
fn is_symmetric_under_reflection() {
    for_all("f, x, h", (draw::composition(), place(8))).holds(|(f, (x, h))| {
        let call = "second_derivative(t ↦ f(−t), −x, h)";
        let got = second_derivative(&|t| f.at(&[-t]), -x, *h).accepted(call)?;
        let look = "D(f) at x is the value above. Both neighbors of x have the same sign.";
        close(call, got, D.of(f, *x, *h)?, 2.0 * D.rounding(f, *x, *h), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::derivative::second_derivative;
        assert_eq!(second_derivative(&|x| x * x + 3.0 * x + 2.0, 1.0, 0.5), Ok(2.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn evaluates_f_at_three_points_only() {
        for_all("f, x, h", (draw::polynomial(2), prop_oneof![place(40), anywhere(3), at_0(-495)]))
            .holds(|(f, at)| D.asks_only_there(f, *at, "x − h, x and x + h"));
    }

    #[test]
    fn accepts_every_step_size() {
        // h² is a normal number down to 2⁻⁵¹¹.
        for_all("k", -495..=495_i32).holds(|&k| D.takes_any_step(k));
    }

    #[test]
    fn rejects_x_and_h_that_are_not_finite() {
        for_all("bad, in x", (any::not_finite(), any::<bool>()))
            .holds(|&(bad, in_x)| D.rejects_not_finite(bad, in_x));
    }

    #[test]
    fn rejects_a_step_that_is_not_positive() {
        for_all("x, h", (any::eighth(), not_positive()))
            .holds(|&(x, h)| D.rejects_step(x, h, "A step has to be positive: h > 0."));
    }

    #[test]
    fn rejects_a_step_that_is_lost_in_rounding() {
        for_all("x, h", lost_step()).holds(|&(x, h)| {
            D.rejects_step(
                x,
                h,
                "x + h and x − h round to x, so all values of f are equal. A derivative of 0 would be wrong.",
            )
        });
    }

    #[test]
    fn rejects_a_step_that_is_lost_on_one_side() {
        for_all("k, left", (-20..=20_i32, any::<bool>())).holds(|&(k, left)| {
            // The neighbors of 2ᵏ are ε·2ᵏ away on the far side of 0, and half as far on the near side.
            let x = if left { -1.0 } else { 1.0 } * 2.0_f64.powi(k);
            D.rejects_step(
                x,
                0.375 * f64::EPSILON * x.abs(),
                "One of x + h and x − h rounds to x. Compare both with x.",
            )
        });
    }

    #[test]
    fn reports_values_of_f_that_are_not_finite() {
        for_all("bad, x, h, which", (any::not_finite(), place(8), 0..4_usize))
            .holds(|&(bad, at, which)| D.reports_f(bad, at, which));
    }

    #[test]
    fn is_accurate_at_every_magnitude() {
        for_all("x, h", anywhere(4))
            .holds(|&at| D.is_accurate_at_every_magnitude(at, 4, |x, h| 12.0 * x * x + 2.0 * h * h));
    }

    #[test]
    fn reports_a_quotient_that_overflows() {
        for_all("size of f, k", overflowing()).holds(|&at| D.reports_an_overflow(at));
    }
}
