use judge::{Answer, Broken, Verdict, any, close, equal, example, for_all, rejected};
use katas::m03_calculus::derivative::gradient;
use kit::InputError;
use proptest::prelude::*;

use super::slopes::{
    ORDINARY, broken_axis, function_and_point, not_finite, one_for_each_axis, point_and_index,
    powers_and_uneven_point, scaling, tolerance,
};
use crate::m03_calculus::expression::Expression;

fn keeps_its_promise(f: &Expression, x: &[f64], look: &str) -> Verdict {
    let got = slopes(f, x)?;
    for (i, &got) in got.iter().enumerate() {
        let exact = f.derivative(i);
        let room = tolerance(f, x, i) + exact.error(x);
        close(&format!("gradient(f, x)[{i}]"), got, exact.at(x) + 0.0, room, look)?;
    }
    Ok(())
}

fn slopes(f: &Expression, x: &[f64]) -> Result<Vec<f64>, Broken> {
    let got = gradient(&|x| f.at(x), x).accepted("gradient(f, x)")?;
    one_for_each_axis("gradient(f, x)", &got, x.len())?;
    Ok(got)
}

#[test]
fn each_entry_is_the_partial_derivative() {
    for_all("f, x", function_and_point()).holds(|(f, x)| keeps_its_promise(f, x, ORDINARY));
}

#[test]
fn each_axis_has_a_step_of_its_own_size() {
    for_all("f, x", powers_and_uneven_point()).holds(|(f, x)| keeps_its_promise(f, x, scaling(x)));
}

#[test]
fn every_axis_has_its_own_slope_however_many_there_are() {
    let inputs = (1..=8_usize).prop_flat_map(|n| any::vectors(n..=n));
    for_all("a, x", inputs).holds(|[a, x]| {
        let f = |x: &[f64]| x.iter().zip(a).map(|(x, a)| a * x).sum();
        let got = gradient(&f, x).accepted("gradient(x ↦ a·x, x)")?;
        one_for_each_axis("gradient(x ↦ a·x, x)", &got, x.len())?;
        for (i, (got, at)) in got.iter().zip(x).enumerate() {
            // S is at most Σ|aⱼ|(|xⱼ| + 1), and sᵢ = max(1, |xᵢ|).
            let size: f64 = a.iter().zip(x).map(|(a, x)| a.abs() * (x.abs() + 1.0)).sum();
            let room = 1e-6 * size / at.abs().max(1.0);
            close(&format!("gradient(x ↦ a·x, x)[{i}]"), *got, a[i], room, "The slope along axis i is aᵢ.")?;
        }
        Ok(())
    });
}

#[test]
fn a_function_that_does_not_depend_on_an_axis_is_level_along_it() {
    for_all("x, i", point_and_index()).holds(|(x, i)| {
        let i = *i;
        let without = |at: &[f64]| at.iter().enumerate().map(|(j, x)| if i == j { 0.0 } else { x * x }).sum();
        let got = gradient(&without, x).accepted("gradient(f, x)")?;
        one_for_each_axis("gradient(f, x)", &got, x.len())?;
        let look = format!("f does not look at x[{i}]. What else was moved?");
        // S is |f| here. Equal values cancel but for the rounding of their weights.
        let room = 1e-6 * without(x) / x[i].abs().max(1.0);
        close(&format!("gradient(f, x)[{i}]"), got[i], 0.0, room, look)
    });
}

#[test]
fn the_point_itself_is_handed_on_unchanged_but_for_one_coordinate() {
    for_all("x", any::vector(1..=4)).holds(|x| {
        let strays = std::cell::Cell::new(0);
        let watching = |at: &[f64]| {
            let moved = at.iter().zip(x).filter(|(a, b)| a != b).count();
            strays.set(strays.get().max(if at.len() == x.len() { moved } else { usize::MAX }));
            0.0
        };
        gradient(&watching, x).accepted("gradient(f, x)")?;
        judge::ensure(strays.get() <= 1, || {
            let got = format!("f was asked where {} coordinates differ from x", strays.get());
            let look = "Does the coordinate moved last stay moved? Are there as many as in x?";
            Broken::answer(got, "at most one moved coordinate", look)
        })
    });
}

#[test]
fn a_point_without_coordinates_has_an_empty_gradient() {
    example(|| {
        let got = gradient(&|_| 1.0, &[]).accepted("gradient(f, [])")?;
        equal("gradient(f, [])", got, vec![], "No axis, no slope.")
    });
}

#[test]
fn a_coordinate_that_is_not_finite_is_rejected() {
    for_all("x, i, bad", (point_and_index(), any::not_finite())).holds(|((x, i), bad)| {
        let mut x = x.clone();
        // The first one counts.
        x[*i..].fill(*bad);
        let want = InputError::NotFinite { name: "x", index: *i };
        rejected(
            &format!("gradient(f, {x:?})"),
            gradient(&|x| x[0], &x),
            want,
            "Look at x before f is asked.",
        )
    });
}

#[test]
fn a_slope_that_is_not_finite_is_reported_with_its_axis() {
    for_all("x, i, bad", (point_and_index(), any::not_finite())).holds(|((x, i), bad)| {
        let call =
            format!("gradient(f, x), where f is {bad} as soon as x[{i}] moves or a coordinate behind it");
        let look = "A slope made of such values is none. Name the first axis along which it is met.";
        rejected(&call, gradient(&broken_axis(x, *i, *bad), x), not_finite(*i), look)
    });
}
