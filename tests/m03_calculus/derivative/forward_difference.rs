use judge::{Answer, any, close, for_all};
use katas::m03_calculus::derivative::forward_difference;
use proptest::prelude::*;

use super::scheme::{Scheme, anywhere, at_0, lost_step, not_positive, overflowing, place, step};
use crate::m03_calculus::expression::{Expression, draw, product, sum};

const D: Scheme = Scheme {
    name: "forward_difference",
    ask: forward_difference,
    weights: &[(0.0, -1.0), (1.0, 1.0)],
    order: 1,
};

#[test]
fn is_exact_for_a_linear_function() {
    for_all("a, b, x, h", (any::eighth(), any::eighth(), place(20))).holds(|&(a, b, at)| {
        let f = sum(product(Expression::Number(a), Expression::Variable(0)), Expression::Number(b));
        D.gives(&f, at, a, 0.0, "f = a·x + b has the derivative a. Divide the difference of the values by h.")
    });
}

#[test]
fn follows_the_taylor_series_of_a_cubic() {
    for_all("f, x, h", (draw::polynomial(3), place(12))).holds(|(f, (x, h))| {
        let [f1, f2, f3] = [1, 2, 3].map(|order| f.derivative_of_order(order, 0).at(&[*x]));
        let want = f1 + h / 2.0 * f2 + h * h / 6.0 * f3;
        let look = "The secant goes from x to x + h: forward, not backward, and not to both sides.";
        D.gives(f, (*x, *h), want, 0.0, look)
    });
}

#[test]
fn has_order_one() {
    for_all("f, x, h", (draw::composition(), place(20))).holds(|(f, (x, h))| {
        let [f1, f2, f3] = [1, 2, 3].map(|order| f.derivative_of_order(order, 0));
        // Taylor: what is left out is at most h²/6 times the largest third derivative between x and x + h.
        let truncation = h * h / 6.0 * f3.size(&[x.abs() + h]);
        let oracle = f1.error(&[*x]) + h * f2.error(&[*x]);
        let look = "Taylor: (f(x + h) − f(x))/h = f′(x) + ½h·f″(x) + …; halving h halves the error.";
        D.gives(f, (*x, *h), f1.at(&[*x]) + h / 2.0 * f2.at(&[*x]), truncation + oracle, look)
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
        let want = of_f * g.at(&[x + h]) + f.at(&[x]) * of_g;
        let both = product(f.clone(), g.clone());
        let tolerance = 2.0 * D.rounding(&both, x, h)
            + D.rounding(f, x, h) * 2.0 * g.at(&[x + h]).abs()
            + f.at(&[x]).abs() * 2.0 * D.rounding(g, x, h)
            + of_f.abs() * g.error(&[x + h]);
        let look = "D(f·g) = D(f)·g(x + h) + f(x)·D(g), the product rule for forward differences.";
        close(
            "forward_difference(f·g, x, h)",
            D.of(&both, x, h)?,
            want,
            tolerance + f.error(&[x]) * of_g.abs(),
            look,
        )
    });
}

#[test]
fn satisfies_the_chain_rule() {
    // Steps a·h that are powers of two as well: x, a·x + b and both steps are exact.
    let inputs = (draw::composition(), step(3), any::eighth(), place(12));
    for_all("f, a, b, x, h", inputs).holds(|(f, a, b, (x, h))| {
        let (inner, got_at) = (a * x + b / 8.0, (*x, *h));
        let got = forward_difference(&|t| f.at(&[a * t + b / 8.0]), got_at.0, got_at.1);
        let got = got.accepted("forward_difference(t ↦ f(a·t + b/8), x, h)")?;
        let want = a * D.of(f, inner, a * h)?;
        let tolerance = 2.0 * a * D.rounding(f, inner, a * h);
        let look =
            "The chain rule with g(t) = a·t + b/8: a·D(f) at g(x) with the step a·h is the value above.";
        close("forward_difference(t ↦ f(a·t + b/8), x, h)", got, want, tolerance, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::derivative::forward_difference;
        assert_eq!(forward_difference(&|x| x * x + 3.0 * x + 2.0, 1.0, 0.5), Ok(5.5));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn evaluates_f_at_x_and_x_plus_h_only() {
        for_all("f, x, h", (draw::polynomial(2), prop_oneof![place(40), anywhere(3), at_0(-1000)]))
            .holds(|(f, at)| D.asks_only_there(f, *at, "x and x + h"));
    }

    #[test]
    fn accepts_every_step_size() {
        for_all("k", prop_oneof![3 => -1022..=1000_i32, 1 => -1022..=-990_i32])
            .holds(|&k| D.takes_any_step(k));
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
                "x + h rounds to x, so both values of f are equal. A derivative of 0 would be wrong.",
            )
        });
    }

    #[test]
    fn accepts_the_smallest_step_that_changes_x() {
        for_all("k", -20..=20_i32).holds(|&k| {
            // The neighbors of −2ᵏ are ε·2ᵏ⁻¹ away toward 0, and twice as far the other way: only x + h differs from x.
            let (x, h) = (-(2.0_f64.powi(k)), 0.375 * f64::EPSILON * 2.0_f64.powi(k));
            let call = format!("forward_difference(t ↦ 1, {x}, {h:e})");
            let got = forward_difference(&|_| 1.0, x, h).accepted(&call)?;
            close(&call, got, 0.0, 0.0, "f is constant: its derivative is 0.")
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
            .holds(|&at| D.is_accurate_at_every_magnitude(at, 3, |x, h| 3.0 * x * x + 3.0 * x * h + h * h));
    }

    #[test]
    fn reports_a_quotient_that_overflows() {
        for_all("size of f, k", overflowing()).holds(|&at| D.reports_an_overflow(at));
    }
}
