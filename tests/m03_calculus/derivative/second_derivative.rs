use judge::{Answer, any, close, for_all};
use katas::m03_calculus::derivative::second_derivative;
use proptest::prelude::*;

use super::scheme::{Scheme, lost_step, place, step};
use crate::m03_calculus::expression::draw;

const D: Scheme = Scheme {
    name: "second_derivative",
    ask: second_derivative,
    weights: &[(-1.0, 1.0), (0.0, -2.0), (1.0, 1.0)],
    order: 2,
};

#[test]
fn a_cubic_has_its_second_derivative_for_every_step() {
    for_all("f, x, h", (draw::polynomial(3), place(16))).holds(|(f, (x, h))| {
        let want = f.derivative_of_order(2, 0).at(&[*x]);
        let look =
            "The slope of the right chord less that of the left one, over the distance of their middles.";
        D.gives(f, (*x, *h), want, 0.0, look)
    });
}

#[test]
fn on_a_quintic_it_is_f2_plus_a_twelfth_h_squared_f4() {
    for_all("f, x, h", (draw::polynomial(5), place(8))).holds(|(f, (x, h))| {
        let [f2, f4] = [2, 4].map(|order| f.derivative_of_order(order, 0).at(&[*x]));
        let look = "The three points lie at x − h, x and x + h. Are these the ones that were asked?";
        D.gives(f, (*x, *h), f2 + h * h / 12.0 * f4, 0.0, look)
    });
}

#[test]
fn its_error_is_a_twelfth_h_squared_times_the_fourth_derivative_so_it_falls_as_h_squared() {
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
fn it_is_linear_in_f() {
    let inputs = (any::eighth(), draw::composition(), draw::polynomial(3), place(8));
    for_all("a, f, g, x, h", inputs).holds(|(a, f, g, at)| D.is_linear(*a, f, g, *at));
}

#[test]
fn a_stretched_function_bends_with_the_square_of_the_stretching() {
    let inputs = (draw::composition(), step(3), any::eighth(), place(8));
    for_all("f, a, b, x, h", inputs).holds(|(f, a, b, (x, h))| {
        let inner = a * x + b / 8.0;
        let call = "second_derivative(t ↦ f(a·t + b/8), x, h)";
        let got = second_derivative(&|t| f.at(&[a * t + b / 8.0]), *x, *h).accepted(call)?;
        let tolerance = 2.0 * a * a * D.rounding(f, inner, a * h);
        let look = "The law wants a²·D(f)(a·x + b/8) with the step a·h. Is h squared below the fraction?";
        close(call, got, a * a * D.of(f, inner, a * h)?, tolerance, look)
    });
}

#[test]
fn looked_at_from_the_other_side_the_bend_is_the_same() {
    for_all("f, x, h", (draw::composition(), place(8))).holds(|(f, (x, h))| {
        let call = "second_derivative(t ↦ f(−t), −x, h)";
        let got = second_derivative(&|t| f.at(&[-t]), -x, *h).accepted(call)?;
        let look = "The law wants D(f)(x). Both neighbors of x enter with the same sign.";
        close(call, got, D.of(f, *x, *h)?, 2.0 * D.rounding(f, *x, *h), look)
    });
}

#[test]
fn f_is_asked_at_x_and_its_two_neighbors_only() {
    for_all("f, x, h", (draw::polynomial(2), place(40)))
        .holds(|(f, at)| D.asks_only_there(f, *at, "x − h, x and x + h"));
}

#[test]
fn every_step_that_moves_x_is_taken() {
    // h² is a normal number down to 2⁻⁵¹¹.
    for_all("k", -400..=400_i32).holds(|&k| D.takes_any_step(k));
}

#[test]
fn an_x_or_h_that_is_not_finite_is_rejected() {
    for_all("bad, in x", (any::not_finite(), any::<bool>()))
        .holds(|&(bad, in_x)| D.rejects_not_finite(bad, in_x));
}

#[test]
fn a_step_that_is_not_positive_is_rejected() {
    for_all("x, h", (any::eighth(), prop_oneof![Just(0.0), any::nonzero().prop_map(|h| -h.abs())]))
        .holds(|&(x, h)| D.rejects_step(x, h, "h is a distance: h > 0. Zero leads to 0/0."));
}

#[test]
fn a_step_that_is_lost_in_rounding_is_rejected() {
    for_all("x, h", lost_step()).holds(|&(x, h)| {
        D.rejects_step(
            x,
            h,
            "x + h and x − h round to x, so all values of f are the same one. A slope of 0 would be a lie.",
        )
    });
}

#[test]
fn a_step_that_is_lost_on_one_side_only_is_rejected() {
    for_all("k, left", (-20..=20_i32, any::<bool>())).holds(|&(k, left)| {
        // The neighbors of 2ᵏ lie ε·2ᵏ away on the far side of 0, and half as far on the near side.
        let x = if left { -1.0 } else { 1.0 } * 2.0_f64.powi(k);
        D.rejects_step(
            x,
            0.375 * f64::EPSILON * x.abs(),
            "One of x + h and x − h is x again. Compare both with x.",
        )
    });
}

#[test]
fn a_value_of_f_that_is_not_finite_is_reported() {
    for_all("bad, x, h, which", (any::not_finite(), place(8), 0..4_usize))
        .holds(|&(bad, at, which)| D.reports_f(bad, at, which));
}
