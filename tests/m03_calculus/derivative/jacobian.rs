use judge::{Answer, Verdict, any, close, equal, for_all, rejected};
use katas::m03_calculus::derivative::jacobian;
use kit::{InputError, Matrix};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::slopes::{broken_axis, not_finite, point_and_index, scaling, tolerance};
use crate::m03_calculus::expression::{Expression, draw};

/// Components of f, and a point: m and n are rarely equal.
fn system() -> impl Strategy<Value = (Vec<Expression>, Vec<f64>)> + Send + Sync + Clone {
    let x = (-16..=16_i32).prop_map(|k| f64::from(k) / 8.0);
    (1..=3_usize, 1..=3_usize).prop_flat_map(move |(m, n)| (vec(draw::of_several(n), m), vec(x.clone(), n)))
}

/// Components made of powers, and a point whose coordinates are of very different sizes.
fn uneven_system() -> impl Strategy<Value = (Vec<Expression>, Vec<f64>)> + Send + Sync + Clone {
    let x = (any::nonzero(), select(vec![1.0, 1e-12, 1e3, 1e8])).prop_map(|(x, scale)| x * scale);
    (1..=3_usize, 1..=3_usize)
        .prop_flat_map(move |(m, n)| (vec(draw::powers_of_several(n), m), vec(x.clone(), n)))
}

fn keeps_its_promise(f: &[Expression], x: &[f64], look: &str) -> Verdict {
    let got = jacobian(&|x| f.iter().map(|f| f.at(x)).collect(), x).accepted("jacobian(f, x)")?;
    equal(
        "the shape of jacobian(f, x)",
        got.shape(),
        (f.len(), x.len()),
        "A row for each component of f, a column for each coordinate of x.",
    )?;
    for (i, f) in f.iter().enumerate() {
        for j in 0..x.len() {
            let exact = f.derivative(j);
            let room = tolerance(f, x, j) + exact.error(x);
            close(&format!("jacobian(f, x)[({i}, {j})]"), got[(i, j)], exact.at(x) + 0.0, room, look)?;
        }
    }
    Ok(())
}

#[test]
fn each_entry_is_the_partial_derivative_of_its_component() {
    for_all("f, x", system()).holds(|(f, x)| {
        keeps_its_promise(f, x, "Entry (i, j) is the slope of component i along axis j. Is it transposed?")
    });
}

#[test]
fn each_axis_has_a_step_of_its_own_size() {
    for_all("f, x", uneven_system()).holds(|(f, x)| keeps_its_promise(f, x, scaling(x)));
}

#[test]
fn a_linear_map_has_its_own_matrix_everywhere() {
    let inputs = (1..=7_usize, 1..=7_usize).prop_flat_map(|(m, n)| (any::matrix(m, n), any::vector(n..=n)));
    for_all("A, x", inputs).holds(|(a, x)| {
        let map =
            |x: &[f64]| (0..a.rows()).map(|i| a.row(i).iter().zip(x).map(|(a, x)| a * x).sum()).collect();
        let got = jacobian(&map, x).accepted("jacobian(x ↦ A·x, x)")?;
        equal(
            "its shape",
            got.shape(),
            a.shape(),
            "A row for each component of f, a column for each coordinate of x.",
        )?;
        for i in 0..a.rows() {
            for (j, at) in x.iter().enumerate() {
                // S is at most Σ|aᵢⱼ|(|xⱼ| + 1), and sⱼ = max(1, |xⱼ|).
                let size: f64 = a.row(i).iter().zip(x).map(|(a, x)| a.abs() * (x.abs() + 1.0)).sum();
                let call = format!("jacobian(x ↦ A·x, x)[({i}, {j})]");
                close(
                    &call,
                    got[(i, j)],
                    a[(i, j)],
                    1e-6 * size / at.abs().max(1.0),
                    "Entry (i, j) is the slope of component i along axis j: rise over the whole width, with \
                     its sign.",
                )?;
            }
        }
        Ok(())
    });
}

#[test]
fn without_coordinates_or_components_the_shape_remains() {
    for_all("m, n", (0..=3_usize, 0..=3_usize)).holds(|&(m, n)| {
        let (m, n) = if m < n { (m, 0) } else { (0, n) };
        let got = jacobian(&|_| vec![1.0; m], &vec![1.0; n]).accepted("jacobian(f, x)")?;
        let call = format!("jacobian(f, x) for {m} components and {n} coordinates");
        equal(
            &call,
            got,
            Matrix::zeros(m, n),
            "f(x) itself tells m, also where there is no axis to move along.",
        )
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
            &format!("jacobian(f, {x:?})"),
            jacobian(&<[f64]>::to_vec, &x),
            want,
            "Look at x before f is asked.",
        )
    });
}

#[test]
fn a_component_that_is_not_finite_is_reported() {
    let inputs = (point_and_index(), any::not_finite(), 0..3_usize);
    for_all("x, j, bad, i", inputs).holds(|((x, j), bad, i)| {
        let breaks = broken_axis(x, *j, *bad);
        let f = |at: &[f64]| (0..3).map(|k| if k == *i { breaks(at) } else { at[0] }).collect();
        let call = format!(
            "jacobian(f, x), where component {i} of f is {bad} as soon as x[{j}] moves, or one behind it"
        );
        let look = "The index counts the components of f.";
        rejected(&call, jacobian(&f, x), not_finite(*i), look)
    });
}

#[test]
fn a_function_that_changes_its_length_is_rejected() {
    for_all("x, j, m, other", (point_and_index(), 0..4_usize, 0..4_usize)).holds(|((x, j), m, other)| {
        let (m, other) = (*m, if m == other { other + 1 } else { *other });
        let f = |at: &[f64]| vec![1.0; if at[*j] == x[*j] { m } else { other }];
        let call =
            format!("jacobian(f, x), where f gives {m} numbers at x and {other} as soon as x[{j}] moves");
        let want = InputError::LengthMismatch { left: m, right: other };
        let look = "`zip` would end with the shorter one. Compare with the length of f(x).";
        rejected(&call, jacobian(&f, x), want, look)
    });
}
