use judge::any::vec;
use judge::{Answer, Broken, Verdict, any, close, equal, example, for_all, rejected, rejected_for};
use katas::m03_calculus::derivative::gradient;
use kit::InputError;
use proptest::prelude::*;

use super::partials::{
    ORDINARY, broken_axis, function_and_point, not_finite, one_for_each_axis, point_and_index,
    powers_and_uneven_point, scaling, tolerance,
};
use crate::m03_calculus::expression::Expression;

fn keeps_its_promise(f: &Expression, x: &[f64], look: &str) -> Verdict {
    let got = partials(f, x)?;
    for (i, &got) in got.iter().enumerate() {
        let exact = f.derivative(i);
        let room = tolerance(f, x, i) + exact.error(x);
        close(&format!("gradient(f, x)[{i}]"), got, exact.at(x) + 0.0, room, look)?;
    }
    Ok(())
}

fn partials(f: &Expression, x: &[f64]) -> Result<Vec<f64>, Broken> {
    let got = gradient(&|x| f.at(x), x).accepted("gradient(f, x)")?;
    one_for_each_axis("gradient(f, x)", &got, x.len())?;
    Ok(got)
}

#[test]
fn computes_the_partial_derivatives() {
    for_all("f, x", function_and_point()).holds(|(f, x)| keeps_its_promise(f, x, ORDINARY));
}

#[test]
fn is_the_coefficient_vector_of_a_linear_function() {
    let inputs = any::length(1..=8, 65).prop_flat_map(|n| any::vectors(n..=n));
    for_all("a, x", inputs).holds(|[a, x]| {
        let f = |x: &[f64]| x.iter().zip(a).map(|(x, a)| a * x).sum();
        let got = gradient(&f, x).accepted("gradient(x ↦ a·x, x)")?;
        one_for_each_axis("gradient(x ↦ a·x, x)", &got, x.len())?;
        for (i, (got, at)) in got.iter().zip(x).enumerate() {
            // S is at most Σ|aⱼ|(|xⱼ| + 1), and sᵢ = max(1, |xᵢ|).
            let size: f64 = a.iter().zip(x).map(|(a, x)| a.abs() * (x.abs() + 1.0)).sum();
            let room = 1e-6 * size / at.abs().max(1.0);
            close(&format!("gradient(x ↦ a·x, x)[{i}]"), *got, a[i], room, "∂f/∂xᵢ = aᵢ.")?;
        }
        Ok(())
    });
}

#[test]
fn is_zero_along_an_axis_that_f_does_not_depend_on() {
    for_all("x, i", point_and_index()).holds(|(x, i)| {
        let i = *i;
        let without = |at: &[f64]| at.iter().enumerate().map(|(j, x)| if i == j { 0.0 } else { x * x }).sum();
        let got = gradient(&without, x).accepted("gradient(f, x)")?;
        one_for_each_axis("gradient(f, x)", &got, x.len())?;
        let look = format!("f does not depend on x[{i}]. Which other coordinate is varied?");
        // S is |f| here. Equal values cancel but for the rounding of their weights.
        let room = 1e-6 * without(x) / x[i].abs().max(1.0);
        close(&format!("gradient(f, x)[{i}]"), got[i], 0.0, room, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::derivative::gradient;
        let g = gradient(&|x| x[0] * x[1], &[2.0, 3.0])?;
        assert!((g[0] - 3.0).abs() < 1e-6 && (g[1] - 2.0).abs() < 1e-6);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn scales_the_step_for_each_axis() {
        for_all("f, x", powers_and_uneven_point()).holds(|(f, x)| keeps_its_promise(f, x, scaling(x)));
    }

    #[test]
    fn varies_one_coordinate_at_a_time() {
        for_all("x", any::length(1..=4, 65).prop_flat_map(|n| any::vector(n..=n))).holds(|x| {
            let strays = std::cell::Cell::new(0);
            let watching = |at: &[f64]| {
                let moved = at.iter().zip(x).filter(|(a, b)| a != b).count();
                strays.set(strays.get().max(if at.len() == x.len() { moved } else { usize::MAX }));
                0.0
            };
            gradient(&watching, x).accepted("gradient(f, x)")?;
            judge::ensure(strays.get() <= 1, || {
                let got = format!("f was evaluated where {} coordinates differ from x", strays.get());
                let look = "Is a varied coordinate restored? Are there as many coordinates as in x?";
                Broken::answer(got, "at most one varied coordinate", look)
            })
        });
    }

    #[test]
    fn is_empty_for_an_empty_point() {
        example(|| {
            let got = gradient(&|_| 1.0, &[]).accepted("gradient(f, [])")?;
            equal("gradient(f, [])", got, vec![], "No coordinates, no partial derivatives.")
        });
    }

    #[test]
    fn rejects_coordinates_that_are_not_finite() {
        for_all("x, i, bad", (point_and_index(), any::not_finite())).holds(|((x, i), bad)| {
            let mut x = x.clone();
            // The first one counts.
            x[*i..].fill(*bad);
            // The quotient along that axis is not finite either.
            let wants = ["x", "f"].map(|name| InputError::NotFinite { name, index: *i });
            let look = "Check x before f is evaluated.";
            rejected_for(&format!("gradient(f, {x:?})"), gradient(&|_| 1.0, &x), &wants, look)
        });
    }

    #[test]
    fn reports_the_axis_of_a_quotient_that_is_not_finite() {
        let inputs = (point_and_index(), any::not_finite(), any::<bool>());
        for_all("(x, i), bad, opposite", inputs).holds(|((x, i), bad, opposite)| {
            let other = if *opposite { format!(" upward, {} downward", -bad) } else { String::new() };
            let call = format!(
                "gradient(f, x), where f is {bad} if x[{i}] or a coordinate behind it changes{other}"
            );
            let broken = broken_axis(x, *i, *bad);
            let f = |at: &[f64]| {
                let down = at.iter().zip(x).skip(*i).any(|(at, x)| at < x);
                if *opposite && down { -broken(at) } else { broken(at) }
            };
            let look = "The quotient is not finite, NaN or infinite. The error contains the first such axis.";
            rejected(&call, gradient(&f, x), not_finite(*i), look)
        });
    }

    #[test]
    fn computes_the_gradient_at_points_of_many_coordinates_of_every_magnitude() {
        let inputs = prop_oneof![12 => any::length(1..=8, 129), 1 => Just(257)].prop_flat_map(|n| {
            let point = prop_oneof![
                any::entries(n),
                vec(any::magnitude(-140, 140), n),
                vec(any::magnitude(-140, -101), n),
            ];
            (prop_oneof![vec(any::magnitude(-12, 7), n), vec(any::magnitude(-150, 150), n)], point)
        });
        for_all("a, x₀", inputs).cases(96).holds(|(a, x0)| {
            // Next to x₀ one term is not 0, so that f has no rounding error of its own.
            let term = |d: f64, a: f64, x0: f64| a * d * (1.0 + d / x0.abs().max(1.0));
            let f = |x: &[f64]| x.iter().zip(x0).zip(a).map(|((x, x0), a)| term(x - x0, *a, *x0)).sum();
            let call = "gradient(x ↦ Σ aᵢdᵢ(1 + dᵢ/sᵢ), x₀) with d = x − x₀";
            let got = gradient(&f, x0).accepted(call)?;
            one_for_each_axis(call, &got, x0.len())?;
            for (i, (got, a)) in got.iter().zip(a).enumerate() {
                // S is 2·sᵢ·|aᵢ|, from the second derivative.
                let look = "∂f/∂xᵢ = aᵢ at x₀, for every i. Is the step scaled with max(1, |xᵢ|)?";
                close(&format!("{call}: entry {i}"), *got, *a, 2e-6 * a.abs(), look)?;
            }
            Ok(())
        });
    }
}
