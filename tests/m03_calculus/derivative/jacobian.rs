use judge::any::select;
use judge::any::vec;
use judge::{Answer, Verdict, any, close, equal, for_all, rejected, rejected_for};
use katas::m03_calculus::derivative::jacobian;
use kit::{InputError, Matrix};
use proptest::prelude::*;

use super::partials::{broken_axis, not_finite, point_and_index, scaling, tolerance};
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
fn computes_the_partial_derivatives_of_each_component() {
    for_all("f, x", system()).holds(|(f, x)| {
        keeps_its_promise(f, x, "Entry (i, j) is the partial derivative ∂fᵢ/∂xⱼ. Is the matrix transposed?")
    });
}

#[test]
fn is_the_matrix_of_a_linear_map() {
    let inputs = (any::length(1..=7, 65), any::length(1..=7, 65)).prop_flat_map(|(m, n)| {
        // Not large both ways.
        let n = if m > 7 { n.min(7) } else { n };
        (any::matrix(m, n), any::vector(n..=n))
    });
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
                    "Entry (i, j) is ∂fᵢ/∂xⱼ: the difference divided by the whole width.",
                )?;
            }
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::derivative::jacobian;
        let j = jacobian(&|x| vec![-x[1], x[0]], &[2.0, 3.0])?;
        assert_eq!(j.shape(), (2, 2));
        assert!((j[(0, 1)] + 1.0).abs() < 1e-6 && (j[(1, 0)] - 1.0).abs() < 1e-6);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn scales_the_step_for_each_axis() {
        for_all("f, x", uneven_system()).holds(|(f, x)| keeps_its_promise(f, x, scaling(x)));
    }

    #[test]
    fn keeps_the_shape_without_coordinates_or_components() {
        for_all("m, n", (any::length(0..=3, 65), any::length(0..=3, 65))).holds(|&(m, n)| {
            let (m, n) = if m < n { (m, 0) } else { (0, n) };
            let got = jacobian(&|_| vec![1.0; m], &vec![1.0; n]).accepted("jacobian(f, x)")?;
            let call = format!("jacobian(f, x) for {m} components and {n} coordinates");
            equal(&call, got, Matrix::zeros(m, n), "The length of f(x) is m, also for n = 0.")
        });
    }

    #[test]
    fn rejects_coordinates_that_are_not_finite() {
        for_all("x, i, bad", (point_and_index(), any::not_finite())).holds(|((x, i), bad)| {
            let mut x = x.clone();
            // The first one counts.
            x[*i..].fill(*bad);
            // The quotient of the only component is not finite either.
            let wants = [("x", *i), ("f", 0)].map(|(name, index)| InputError::NotFinite { name, index });
            let look = "Check x before f is evaluated.";
            rejected_for(&format!("jacobian(f, {x:?})"), jacobian(&|_| vec![1.0], &x), &wants, look)?;
            let want = InputError::NotFinite { name: "x", index: *i };
            rejected(&format!("jacobian(x ↦ [], {x:?})"), jacobian(&|_| vec![], &x), want, look)
        });
    }

    #[test]
    fn reports_a_component_that_is_not_finite() {
        let inputs = (point_and_index(), any::not_finite(), any::length(1..=3, 65), 0..65_usize);
        for_all("x, j, bad, m, i", inputs).cases(128).holds(|((x, j), bad, m, i)| {
            let i = &(i % m);
            let breaks = broken_axis(x, *j, *bad);
            let f = |at: &[f64]| (0..*m).map(|k| if k == *i { breaks(at) } else { at[0] }).collect();
            let call = format!(
                "jacobian(f, x), where component {i} of f is {bad} if x[{j}] or a coordinate behind it \
                 changes"
            );
            let look = "The index is that of the component of f.";
            rejected(&call, jacobian(&f, x), not_finite(*i), look)
        });
    }

    #[test]
    fn rejects_a_function_that_changes_its_length() {
        for_all("x, j, m, other", (point_and_index(), any::length(0..=4, 257), any::length(0..=4, 257)))
            .cases(128)
            .holds(|((x, j), m, other)| {
                let (m, other) = (*m, if m == other { other + 1 } else { *other });
                let f = |at: &[f64]| vec![1.0; if at[*j] == x[*j] { m } else { other }];
                let call =
                    format!("jacobian(f, x), where f returns {m} numbers at x and {other} if x[{j}] changes");
                let want = InputError::LengthMismatch { left: m, right: other };
                let look = "`zip` stops at the end of the shorter one. Compare with the length of f(x).";
                rejected(&call, jacobian(&f, x), want, look)
            });
    }

    #[test]
    fn computes_large_jacobians_at_points_of_every_magnitude() {
        let sides = prop_oneof![
            14 => (any::length(1..=4, 101), any::length(1..=7, 129)),
            1 => Just((257, 3)),
            2 => Just((2, 257)),
        ];
        let inputs = sides.prop_flat_map(|(m, n)| {
            // Not large both ways.
            let n = if m > 4 { n.min(7) } else { n };
            let entries =
                prop_oneof![vec(any::magnitude(-12, 7), m * n), vec(any::magnitude(-150, 150), m * n)];
            let matrix = entries.prop_map(move |a| Matrix::from_fn(m, n, |i, j| a[i * n + j]));
            (
                matrix,
                prop_oneof![
                    any::entries(n),
                    vec(any::magnitude(-140, 140), n),
                    vec(any::magnitude(-140, -101), n)
                ],
            )
        });
        for_all("A, x₀", inputs).cases(64).holds(|(a, x0)| {
            // Next to x₀ one term is not 0, so that f has no rounding error of its own.
            let term = |a: f64, x: f64, x0: f64| a * (x - x0) * (1.0 + (x - x0) / x0.abs().max(1.0));
            let row = |i: usize, x: &[f64]| (0..x.len()).map(|j| term(a[(i, j)], x[j], x0[j])).sum();
            let map = |x: &[f64]| (0..a.rows()).map(|i| row(i, x)).collect::<Vec<f64>>();
            let call = "jacobian(f, x₀) with fᵢ(x) = Σ aᵢⱼdⱼ(1 + dⱼ/sⱼ), d = x − x₀";
            let got = jacobian(&map, x0).accepted(call)?;
            let look = "A row for each component, a column for each coordinate.";
            equal("its shape", got.shape(), a.shape(), look)?;
            for (i, j) in (0..a.rows()).flat_map(|i| (0..a.cols()).map(move |j| (i, j))) {
                // S is 2·sⱼ·|aᵢⱼ|, from the second derivative.
                let (at, room) = (format!("{call}: entry ({i}, {j})"), 2e-6 * a[(i, j)].abs());
                close(&at, got[(i, j)], a[(i, j)], room, "∂fᵢ/∂xⱼ = aᵢⱼ at x₀, for every i and j.")?;
            }
            Ok(())
        });
    }
}
