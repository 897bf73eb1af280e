use judge::{Answer, any, close, for_all, rounding};
use katas::m03_calculus::derivative::richardson;
use proptest::prelude::*;

use super::scheme::{Scheme, anywhere, at_0, lost_step, not_positive, overflowing, place, step};
use crate::m03_calculus::expression::draw;

const D: Scheme = Scheme {
    name: "richardson",
    ask: richardson,
    weights: &[(-1.0, 1.0 / 6.0), (-0.5, -4.0 / 3.0), (0.5, 4.0 / 3.0), (1.0, -1.0 / 6.0)],
    order: 1,
};

#[test]
fn is_exact_for_a_quartic() {
    for_all("f, x, h", (draw::polynomial(4), place(16))).holds(|(f, (x, h))| {
        let want = f.derivative(0).at(&[*x]);
        let look = "D(h) has the error c·h², D(h/2) c·h²/4. Which weights cancel it and keep f′?";
        D.gives(f, (*x, *h), want, 0.0, look)
    });
}

#[test]
fn follows_the_taylor_series_of_a_sextic() {
    for_all("f, x, h", (draw::polynomial(6), place(8))).holds(|(f, (x, h))| {
        let [f1, f5] = [1, 5].map(|order| f.derivative_of_order(order, 0).at(&[*x]));
        let look = "The two central differences have the step sizes h and h/2. Are these combined?";
        D.gives(f, (*x, *h), f1 - h.powi(4) / 480.0 * f5, 0.0, look)
    });
}

#[test]
fn has_order_four() {
    for_all("f, x, h", (draw::composition(), place(16))).holds(|(f, (x, h))| {
        let [f1, f5] = [1, 5].map(|order| f.derivative_of_order(order, 0));
        // D(h) is f′ + h²/6·f‴ up to h⁴/120·max|f⁗′|. The middle term cancels; of the rest remain at most
        // (4·(1/2)⁴ + 1)/3 = 5/12 of h⁴/120, which is h⁴/288.
        let truncation = h.powi(4) / 288.0 * f5.size(&[x.abs() + h]);
        let look = "The h² terms cancel, so halving h divides the error by sixteen.";
        D.gives(f, (*x, *h), f1.at(&[*x]), truncation + f1.error(&[*x]), look)
    });
}

#[test]
fn is_linear_in_f() {
    let inputs = (any::eighth(), draw::composition(), draw::polynomial(3), place(12));
    for_all("a, f, g, x, h", inputs).holds(|(a, f, g, at)| D.is_linear(*a, f, g, *at));
}

#[test]
fn is_zero_for_an_even_function_at_zero() {
    for_all("f, h", (draw::composition(), step(12))).holds(|(f, h)| {
        let even = |t: f64| f.at(&[t]) + f.at(&[-t]);
        let got = richardson(&even, 0.0, *h).accepted("richardson(t ↦ f(t) + f(−t), 0, h)")?;
        let look = "Both values of each difference are equal. Is f evaluated equally far to both sides?";
        close("richardson(t ↦ f(t) + f(−t), 0, h)", got, 0.0, 4.0 * D.rounding(f, 0.0, *h), look)
    });
}

#[test]
fn is_exact_where_one_of_both_differences_is_zero() {
    for_all("a, (x, h), half", (any::nonzero(), place(16), any::<bool>())).holds(|&(a, (x, h), half)| {
        // f is 0 at x and at both x ± w.
        let w = if half { h / 2.0 } else { h };
        let f = |t: f64| a * (t - x) * (t - x - w) * (t - x + w);
        let call = format!("richardson(t ↦ a·(t − x)((t − x)² − w²), x, h) with w = {w}");
        let look = "f′(x) = −a·w². One of D(h) and D(h/2) is 0 here, the other is not.";
        // The values of f are at most a·h³; their rounding is divided by h.
        close(&call, richardson(&f, x, h).accepted(&call)?, -a * w * w, rounding(64, a * h * h), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::derivative::richardson;
        assert_eq!(richardson(&|x| x * x * x, 1.0, 0.5), Ok(3.0));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn evaluates_f_at_four_points_only() {
        for_all("f, x, h", (draw::polynomial(2), prop_oneof![place(40), anywhere(3), at_0(-495)]))
            .holds(|(f, at)| D.asks_only_there(f, *at, "x ± h and x ± h/2"));
    }

    #[test]
    fn accepts_every_step_size() {
        // h² is a normal number.
        for_all("k", -495..=498_i32).holds(|&k| D.takes_any_step(k));
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
    fn rejects_a_step_whose_half_is_lost_in_rounding() {
        for_all("k, which", (-20..=20_i32, 0..3_usize)).holds(|&(k, which)| {
            // Around 3·2ᵏ numbers lie 2ε·2ᵏ apart: 1.5 of these ε reach the next one, half of that falls back on both sides.
            // Around 2ᵏ they lie ε·2ᵏ apart away from 0 and ½ε·2ᵏ toward it: half of ¾ε falls back on the far side only.
            let (x, h) = [(3.0, 1.5), (1.0, 0.75), (-1.0, 0.75)][which];
            let (x, h) = (x * 2.0_f64.powi(k), h * f64::EPSILON * 2.0_f64.powi(k));
            let look = "x ± h differ from x, but x + h/2 or x − h/2 rounds to x: D(h/2) is not a derivative.";
            D.rejects_step(x, h, look)
        });
    }

    #[test]
    fn reports_values_of_f_that_are_not_finite() {
        for_all("bad, x, h, which", (any::not_finite(), place(12), 0..4_usize))
            .holds(|&(bad, at, which)| D.reports_f(bad, at, which));
    }

    #[test]
    fn is_accurate_at_every_magnitude() {
        for_all("x, h", anywhere(5))
            .holds(|&at| D.is_accurate_at_every_magnitude(at, 5, |x, h| 5.0 * x.powi(4) - h.powi(4) / 4.0));
    }

    #[test]
    fn reports_a_quotient_that_overflows() {
        for_all("size of f, k", overflowing()).holds(|&at| D.reports_an_overflow(at));
    }
}
