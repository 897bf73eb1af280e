use judge::{Answer, any, close, for_all};
use katas::m03_calculus::derivative::central_difference;
use proptest::prelude::*;

use super::scheme::{Scheme, anywhere, at_0, lost_step, not_positive, overflowing, place, step};
use crate::m03_calculus::expression::{Expression, draw, product};

const D: Scheme = Scheme {
    name: "central_difference",
    ask: central_difference,
    weights: &[(-1.0, -0.5), (1.0, 0.5)],
    order: 1,
};

#[test]
fn is_exact_for_a_parabola() {
    for_all("f, x, h", (draw::polynomial(2), place(20))).holds(|(f, (x, h))| {
        let want = f.derivative(0).at(&[*x]);
        let look =
            "From x − h to x + h is a distance of 2h. On a parabola that secant is parallel to the tangent.";
        D.gives(f, (*x, *h), want, 0.0, look)
    });
}

#[test]
fn follows_the_taylor_series_of_a_quartic() {
    for_all("f, x, h", (draw::polynomial(4), place(12))).holds(|(f, (x, h))| {
        let [f1, f3] = [1, 3].map(|order| f.derivative_of_order(order, 0).at(&[*x]));
        let look = "The secant goes from x − h to x + h, equally far to both sides.";
        D.gives(f, (*x, *h), f1 + h * h / 6.0 * f3, 0.0, look)
    });
}

#[test]
fn has_order_two() {
    for_all("f, x, h", (draw::composition(), place(20))).holds(|(f, (x, h))| {
        let [f1, f3, f5] = [1, 3, 5].map(|order| f.derivative_of_order(order, 0));
        // Taylor: what is left out is at most h⁴/120 times the largest fifth derivative between x − h and x + h.
        let truncation = h.powi(4) / 120.0 * f5.size(&[x.abs() + h]);
        let oracle = f1.error(&[*x]) + h * h * f3.error(&[*x]);
        let look =
            "Taylor: the terms with h cancel, f′(x) + h²/6·f‴(x) + … remains; halving h quarters the error.";
        D.gives(f, (*x, *h), f1.at(&[*x]) + h * h / 6.0 * f3.at(&[*x]), truncation + oracle, look)
    });
}

#[test]
fn is_linear_in_f() {
    let inputs = (any::eighth(), draw::composition(), draw::polynomial(3), place(12));
    for_all("a, f, g, x, h", inputs).holds(|(a, f, g, at)| D.is_linear(*a, f, g, *at));
}

#[test]
fn satisfies_a_product_rule() {
    let inputs = (draw::composition(), draw::polynomial(2), place(12));
    for_all("f, g, x, h", inputs).holds(|(f, g, (x, h))| {
        let (x, h) = (*x, *h);
        let (of_f, of_g) = (D.of(f, x, h)?, D.of(g, x, h)?);
        // With the means of the values at both ends the rule is exact, whatever h is.
        let mean = |f: &Expression| (f.at(&[x - h]) + f.at(&[x + h])) / 2.0;
        let error = |f: &Expression| {
            let at = |t: f64| f.error(&[t]) + 2.0 * f64::EPSILON * f.at(&[t]).abs();
            at(x - h) + at(x + h)
        };
        let size = |f: &Expression| f.at(&[x - h]).abs() + f.at(&[x + h]).abs();
        let both = product(f.clone(), g.clone());
        let tolerance = 2.0 * D.rounding(&both, x, h)
            + 2.0 * (D.rounding(f, x, h) * size(g) + D.rounding(g, x, h) * size(f))
            + of_f.abs() * error(g)
            + of_g.abs() * error(f);
        let look = "D(f·g) = D(f)·g + f·D(g), with the means of f and of g at both ends: the product rule.";
        let want = of_f * mean(g) + mean(f) * of_g;
        close("central_difference(f·g, x, h)", D.of(&both, x, h)?, want, tolerance, look)
    });
}

#[test]
fn satisfies_the_chain_rule() {
    // Steps a·h that are powers of two as well: x, a·x + b and both steps are exact.
    let inputs = (draw::composition(), step(3), any::eighth(), place(12));
    for_all("f, a, b, x, h", inputs).holds(|(f, a, b, (x, h))| {
        let (inner, got_at) = (a * x + b / 8.0, (*x, *h));
        let got = central_difference(&|t| f.at(&[a * t + b / 8.0]), got_at.0, got_at.1);
        let got = got.accepted("central_difference(t ↦ f(a·t + b/8), x, h)")?;
        let want = a * D.of(f, inner, a * h)?;
        let tolerance = 2.0 * a * D.rounding(f, inner, a * h);
        let look =
            "The chain rule with g(t) = a·t + b/8: a·D(f) at g(x) with the step a·h is the value above.";
        close("central_difference(t ↦ f(a·t + b/8), x, h)", got, want, tolerance, look)
    });
}

#[test]
fn is_zero_for_an_even_function_at_zero() {
    for_all("f, h", (draw::composition(), step(12))).holds(|(f, h)| {
        let even = |t: f64| f.at(&[t]) + f.at(&[-t]);
        let got =
            central_difference(&even, 0.0, *h).accepted("central_difference(t ↦ f(t) + f(−t), 0, h)")?;
        let look = "Both values of f are equal. Is f evaluated equally far to both sides?";
        close("central_difference(t ↦ f(t) + f(−t), 0, h)", got, 0.0, 4.0 * D.rounding(f, 0.0, *h), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::derivative::central_difference;
        assert_eq!(central_difference(&|x| x * x + 3.0 * x + 2.0, 1.0, 0.5), Ok(5.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn evaluates_f_at_x_minus_h_and_x_plus_h_only() {
        for_all("f, x, h", (draw::polynomial(2), prop_oneof![place(40), anywhere(3), at_0(-1000)]))
            .holds(|(f, at)| D.asks_only_there(f, *at, "x − h and x + h"));
    }

    #[test]
    fn accepts_every_step_size() {
        for_all("k", -1000..=996_i32).holds(|&k| D.takes_any_step(k));
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
        for_all("bad, x, h, which", (any::not_finite(), place(12), 0..4_usize))
            .holds(|&(bad, at, which)| D.reports_f(bad, at, which));
    }

    #[test]
    fn is_accurate_at_every_magnitude() {
        for_all("x, h", anywhere(3))
            .holds(|&at| D.is_accurate_at_every_magnitude(at, 3, |x, h| 3.0 * x * x + h * h));
    }

    #[test]
    fn reports_a_quotient_that_overflows() {
        for_all("size of f, k", overflowing()).holds(|&at| D.reports_an_overflow(at));
    }
}
