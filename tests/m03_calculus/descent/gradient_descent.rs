use judge::any::vec;
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected};
use katas::m03_calculus::descent::gradient_descent;
use kit::InputError;
use proptest::prelude::*;

use super::bowl::bowl;
use crate::m03_calculus::rejection::{not_finite, out_of_range};
use crate::m03_calculus::walker::{
    Walker, few_or_many_steps, has_points, landscape, not_positive, rate, start,
};

const WALKER: Walker = Walker {
    name: "gradient_descent",
    ask: |gradient, start, rate, steps| gradient_descent(gradient, start, rate, steps, 0.0),
};

#[test]
fn steps_along_the_negative_gradient() {
    for_all("f, x₀, η, steps", (landscape(), rate(), 0..=3_usize)).holds(|((f, start), rate, steps)| {
        let partial: Vec<_> = (0..start.len()).map(|i| f.derivative(i)).collect();
        let grad = |x: &[f64]| partial.iter().map(|d| d.at(x)).collect::<Vec<f64>>();
        let path = gradient_descent(&grad, start, *rate, *steps, 0.0).accepted("gradient_descent")?;
        // A gradient of 0 ends the path early, as documented.
        let level = path.last().is_some_and(|x| x.len() == start.len() && grad(x).iter().all(|g| *g == 0.0));
        let points = if level { path.len().min(steps + 1) } else { steps + 1 };
        has_points("gradient_descent", &path, points, start.len())?;
        equal("path[0]", &path[0], start, "The path starts at x₀, before any step.")?;
        let mut sizes: Vec<f64> = start.iter().map(|x| x.abs()).collect();
        for k in 1..path.len() {
            let (x, grad) = (&path[k - 1], grad(&path[k - 1]));
            for i in 0..x.len() {
                // A product and a difference, each within ε of its size; or as many sums of gradients from the start.
                sizes[i] += 2.0 * rate * grad[i].abs();
                let tolerance = 2.0 * f64::EPSILON * k as f64 * sizes[i];
                let look = format!(
                    "path[{}] is {x:?}, the gradient there {grad:?}: the step is −η times the gradient.",
                    k - 1
                );
                close(&format!("path[{k}][{i}]"), path[k][i], x[i] - rate * grad[i], tolerance, look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn multiplies_the_distance_by_one_minus_eta_l() {
    let inputs = (any::nonzero(), any::eighth(), any::eighth(), rate(), 1..=12_usize);
    for_all("L, x*, x₀, η, steps", inputs).holds(|&(l, lowest, start, rate, steps)| {
        // The curvature 9 − |L| is in [1, 9), so that both converging and diverging paths are drawn.
        let l = 9.0 - l.abs();
        let (factor, distance) = (1.0 - rate * l, start - lowest);
        let grad = |x: &[f64]| vec![l * (x[0] - lowest)];
        let path = gradient_descent(&grad, &[start], rate, steps, 0.0).accepted("gradient_descent")?;
        // Exactly at x* the gradient is 0 and the path ends early, as documented.
        let level = path.last().is_some_and(|x| x == &[lowest]);
        let points = if level { path.len().min(steps + 1) } else { steps + 1 };
        has_points("gradient_descent with ∇f(x) = L·(x − x*)", &path, points, 1)?;
        for (k, x) in path.iter().enumerate() {
            // Each step rounds four times, by ε of (|x*| + (1 + ηL)·distance); later steps multiply that by |1 − ηL|.
            let size = lowest.abs() + (1.0 + rate * l) * distance.abs();
            let tolerance = 4.0 * f64::EPSILON * k as f64 * factor.abs().max(1.0).powi(k as i32) * size;
            let want = lowest + factor.powi(k as i32) * distance;
            let look = format!("xₖ − x* = (1 − ηL)ᵏ·(x₀ − x*), and here 1 − ηL = {factor}, with L = {l}.");
            close(&format!("path[{k}][0]"), x[0], want, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn decreases_f_below_two_over_l() {
    let inputs = (bowl(), any::vector(2..=2), 1..=15_u8);
    for_all("f, x₀, 8·η·L", inputs).holds(|(f, start, c)| {
        let rate = f64::from(*c) / 8.0 / f.steepest();
        let path =
            gradient_descent(&|x| f.gradient(x), start, rate, 20, 1e-6).accepted("gradient_descent")?;
        f.falls(&path, rate)?;
        ensure(path.len() > 1 || f.gradient(start).iter().all(|g| g.abs() <= 1e-6), || {
            Broken::answer(
                format!("{path:?}"),
                "a path with steps",
                "The gradient at the start is not within the tolerance, but no step is taken.",
            )
        })
    });
}

#[test]
fn diverges_above_two_over_l() {
    let inputs = (any::nonzero(), any::eighth(), any::nonzero(), 17..=40_u8);
    for_all("L, x*, x₀ − x*, 8·η·L", inputs).holds(|&(l, lowest, distance, c)| {
        let (l, rate) = (l.abs(), f64::from(c) / 8.0 / l.abs());
        let path = WALKER.path(&|x| vec![l * (x[0] - lowest)], &[lowest + distance], rate, 10)?;
        for (k, step) in path.windows(2).enumerate() {
            let away = [&step[0], &step[1]].map(|x| (x[0] - lowest).abs());
            ensure(away[1] > away[0], || {
                let got = format!(
                    "path[{k}] has the distance {} from x*, path[{}] only {}",
                    away[0],
                    k + 1,
                    away[1]
                );
                let look = "With η > 2/L the iteration diverges. Is the path cut, or η reduced?";
                Broken::answer(got, "a diverging path, returned as it is", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn converges_to_the_minimum_and_stops() {
    for_all("f, x₀", (bowl(), any::vector(2..=2))).cases(128).holds(|(f, start)| {
        const TOLERANCE: f64 = 1e-6;
        let rate = 1.0 / f.steepest();
        let path = gradient_descent(&|x| f.gradient(x), start, rate, 2000, TOLERANCE)
            .accepted("gradient_descent")?;
        let level = |x: &Vec<f64>| x.len() == 2 && f.gradient(x).iter().all(|g| g.abs() <= TOLERANCE);
        let first = path.iter().position(level).map(|k| k + 1);
        let look =
            "The path ends at the first point where every |entry| of the gradient is within the tolerance.";
        equal(
            "the number of points up to the first with a gradient within the tolerance",
            first,
            Some(path.len()),
            look,
        )?;
        // No curvature is below 1, so the end is at most ‖∇f‖ ≤ √2·tolerance away.
        let [x, y] = [0, 1].map(|i| path[path.len() - 1][i]);
        close("the x of the end", x, f.lowest[0], 1.5 * TOLERANCE, "The gradient vanishes at x* only.")?;
        close("the y of the end", y, f.lowest[1], 1.5 * TOLERANCE, "The gradient vanishes at x* only.")
    });
}

#[test]
fn stops_at_the_first_gradient_within_the_tolerance() {
    // With ∇f(x) = x and η = ½ each point is half the last one, exactly.
    let unit = prop_oneof![2 => Just(1.0), 1 => (-300..=300_i32).prop_map(|k| 2.0_f64.powi(k))];
    // Also just below an entry of the gradient, by less than single precision distinguishes.
    let just_below = prop_oneof![2 => Just(1.0), 1 => Just(1.0 - 0.5_f64.powi(40))];
    let tolerance = (any::nonzero(), just_below).prop_map(|(t, factor)| t.abs() / 8.0 * factor);
    for_all("x₀, tolerance, unit of both, steps", (start(), tolerance, unit, 0..=9_usize)).holds(
        |(start, tolerance, unit, steps)| {
            let (start, tolerance) =
                (&start.iter().map(|x| x * unit).collect::<Vec<f64>>(), &(tolerance * unit));
            let mut want = vec![start.clone()];
            while want.len() <= *steps && want[want.len() - 1].iter().any(|x| x.abs() > *tolerance) {
                want.push(want[want.len() - 1].iter().map(|x| x / 2.0).collect());
            }
            let got = gradient_descent(&<[f64]>::to_vec, start, 0.5, *steps, *tolerance)
                .accepted("gradient_descent")?;
            let look =
                "Here ∇f(x) = x. Stop at the first point with every |entry| ≤ tolerance, also at the start.";
            equal(&format!("gradient_descent(x ↦ x, x₀, ½, steps, {tolerance})"), got, want, look)
        },
    );
}

#[test]
fn has_one_point_more_than_steps() {
    for_all("x₀, η, steps", (start(), rate(), any::length(0..=20, 1025))).cases(128).holds(
        |(start, rate, steps)| {
            let path = WALKER.path(&|x| vec![1.0; x.len()], start, *rate, *steps)?;
            let end = path[path.len() - 1][0];
            close(
                "the end[0]",
                end,
                start[0] - rate * *steps as f64,
                0.0,
                "The gradient is 1 everywhere: x decreases by η in each step.",
            )
        },
    );
}

#[test]
fn returns_the_start_for_zero_steps_or_a_zero_gradient() {
    for_all("x₀, steps", (start(), any::length(0..=3, 257))).holds(|(start, steps)| {
        let got = gradient_descent(&|x| vec![0.0; x.len()], start, 0.5, *steps, 0.0)
            .accepted("gradient_descent")?;
        equal(
            "the path where the gradient is 0",
            got,
            vec![start.clone()],
            "Where the gradient is 0 the path ends.",
        )
    });
}

#[test]
fn updates_coordinates_independently() {
    let inputs = any::length(1..=6, 33).prop_flat_map(|n| (any::vector(n..=n), vec(any::nonzero(), n)));
    for_all("L, x₀, steps", (inputs, 0..=5_usize))
        .holds(|((l, start), steps)| WALKER.keeps_coordinates_apart(l, start, 0.0625, *steps));
}

#[test]
fn follows_a_worked_example() {
    example(|| {
        let got = gradient_descent(&<[f64]>::to_vec, &[1.0], 0.5, 4, 0.5).accepted("gradient_descent")?;
        let (want, look) = (vec![vec![1.0], vec![0.5]], "At ½ the gradient is ½, within the tolerance.");
        equal("gradient_descent(x ↦ x, [1], ½, 4, ½)", got, want, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::descent::gradient_descent;
        let path = gradient_descent(&|x| vec![2.0 * x[0]], &[8.0], 0.25, 3, 0.0);
        assert_eq!(path, Ok(vec![vec![8.0], vec![4.0], vec![2.0], vec![1.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn reports_the_step_of_an_overflow() {
        for_all("m", 1..=200_i32).holds(|&m| {
            // 1 − ηL = −2ᵐ, so xₖ = (−2ᵐ)ᵏ, which leaves the numbers at the first k with m·k ≥ 1024.
            let l = 1.0 + 2.0_f64.powi(m);
            let (factor, index) = (-2.0_f64.powi(m), 1024_usize.div_ceil(m as usize));
            let grad = |x: &[f64]| if m < 53 { vec![l * x[0]] } else { vec![-factor * x[0]] };
            let got = gradient_descent(&grad, &[1.0], 1.0, 2000, 0.0);
            let look =
                "Each point is −2ᵐ times the last one. The index k of xₖ counts from 0; check each new \
                 point.";
            rejected("gradient_descent", got, InputError::NotFinite { name: "path", index }, look)
        });
    }

    #[test]
    fn reports_the_step_of_a_gradient_that_is_not_finite() {
        let inputs = (start(), 0..=4_usize, any::not_finite(), 0..257_usize);
        for_all("x₀, k, bad, i", inputs)
            .holds(|(start, k, bad, i)| WALKER.reports_the_step(start, *k, *bad, *i));
    }

    #[test]
    fn rejects_a_gradient_of_another_length() {
        for_all("x₀, wrong", (start(), any::length(0..=4, 257)))
            .holds(|(start, wrong)| WALKER.rejects_length(start, *wrong));
    }

    #[test]
    fn takes_all_steps_with_every_learning_rate() {
        for_all("x₀, k, steps", (any::eighth(), -300..=300_i32, few_or_many_steps()))
            .cases(48)
            .holds(|&(start, k, steps)| WALKER.goes_on(start, k, steps));
    }

    #[test]
    fn rejects_an_empty_start() {
        example(|| WALKER.rejects_an_empty_start());
    }

    #[test]
    fn rejects_a_start_or_learning_rate_that_is_not_finite() {
        for_all("x₀, bad, in x₀, steps", (start(), any::not_finite(), any::<bool>(), 0..=3_usize))
            .holds(|(start, bad, in_start, steps)| WALKER.rejects_not_finite(start, *bad, *in_start, *steps));
    }

    #[test]
    fn rejects_a_learning_rate_that_is_not_positive() {
        for_all("η, steps", (not_positive(), 0..=2_usize))
            .holds(|&(rate, steps)| WALKER.rejects_rate(rate, steps));
    }

    #[test]
    fn rejects_a_tolerance_that_is_negative_or_not_finite() {
        let negative = prop_oneof![any::nonzero(), any::magnitude(-300, 300)].prop_map(|t| -t.abs());
        let tolerance = prop_oneof![negative, any::not_finite()];
        for_all("tolerance, steps", (tolerance, 0..=2_usize)).holds(|&(tolerance, steps)| {
            let got = gradient_descent(&<[f64]>::to_vec, &[1.0], 0.5, steps, tolerance);
            let call = format!("gradient_descent(…, {tolerance})");
            let look = "Check the tolerance before the first step.";
            if tolerance.is_finite() {
                return out_of_range(&call, got, "tolerance", tolerance, look);
            }
            // −∞ is negative as well.
            let range = (tolerance < 0.0).then_some(tolerance);
            not_finite(&call, got, ("tolerance", 0), range, look)
        });
    }

    #[test]
    fn updates_many_coordinates_of_every_magnitude() {
        for_all("x₀, η, steps", (any::wide_vector(1..=3), rate(), 0..=3_usize)).holds(
            |(start, rate, steps)| {
                let path = WALKER.path(&|x| vec![1.0; x.len()], start, *rate, *steps)?;
                let tolerance =
                    |x: f64| 2.0 * f64::EPSILON * (*steps as f64 + 1.0) * (x.abs() + *steps as f64);
                for (i, x0) in start.iter().enumerate() {
                    let look = "The gradient is 1 everywhere: every coordinate decreases by η in each step.";
                    let want = x0 - rate * *steps as f64;
                    close(&format!("path[{steps}][{i}]"), path[*steps][i], want, tolerance(*x0), look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn updates_coordinates_of_every_magnitude_in_the_same_way() {
        let l = any::nonzero().prop_map(f64::abs);
        for_all("L, x₀, k, steps", (l, start(), -900..=900_i32, 1..=5_usize)).cases(128).holds(
            |(l, start, k, steps)| {
                // No coordinate is 0, where the path would end.
                let start: Vec<f64> = start.iter().map(|x| x + if *x < 0.0 { -1.0 } else { 1.0 }).collect();
                WALKER.scales_with_the_start(*l, &start, *k, *steps)
            },
        );
    }

    #[test]
    fn takes_tiny_steps() {
        for_all("x₀, k, steps", (start(), -900..=0_i32, 1..=5_usize))
            .cases(64)
            .holds(|(start, k, steps)| WALKER.takes_tiny_steps(start, *k, *steps, 1.0));
    }

    #[test]
    fn updates_tiny_coordinates_with_a_tiny_learning_rate() {
        for_all("x₀·2²⁰", vec(any::nonzero(), 1..=3)).holds(|start| {
            let start: Vec<f64> = start.iter().map(|x| x * 2.0_f64.powi(-20)).collect();
            let rate = 2.0_f64.powi(-12);
            let path = WALKER.path(&<[f64]>::to_vec, &start, rate, 2)?;
            for (i, x0) in start.iter().enumerate() {
                let look = "Tiny numbers are updated like all others.";
                close(
                    &format!("path[2][{i}]"),
                    path[2][i],
                    x0 * (1.0 - rate).powi(2),
                    8.0 * f64::EPSILON * x0.abs(),
                    look,
                )?;
            }
            Ok(())
        });
    }
}
