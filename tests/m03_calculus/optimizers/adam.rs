use judge::any::{select, vec};
use judge::{any, close, example, for_all, rejected};
use katas::m03_calculus::optimizers::adam;
use kit::InputError;
use proptest::prelude::*;

use crate::m03_calculus::walker::{Walker, few_or_many_steps, landscape, not_positive, rate, start, two};

const WALKER: Walker = Walker { name: "adam", ask: adam };

/// What rounding can do to a step of about this size at x: the weights of the gradients are powers of β, which may be
/// built up by products or by differences like 1 − 0.999; their relative error is below 1000ε for each of k steps.
fn room(k: usize, x: f64, step: f64) -> f64 {
    2.0 * f64::EPSILON * x.abs() + 1000.0 * f64::EPSILON * k as f64 * step.abs()
}

#[test]
fn takes_equal_steps_for_equal_gradients() {
    let steps = prop_oneof![7 => any::length(1..=200, 1025), 1 => select(vec![301_usize, 6001])];
    for_all("g, η, steps", (any::nonzero(), rate(), steps)).cases(96).holds(|&(g, rate, steps)| {
        let path = WALKER.path(&|_| vec![g], &[0.0], rate, steps)?;
        for (k, x) in path.iter().enumerate() {
            let want = -(k as f64) * rate * g / (g.abs() + 1e-8);
            let look = "Averages of equal gradients are that gradient: each sum is divided by the sum of \
                        its k weights, 1 − βᵏ.";
            close(&format!("path[{k}][0]"), x[0], want, room(k, k as f64 * rate, k as f64 * rate), look)?;
        }
        Ok(())
    });
}

#[test]
fn divides_the_first_moment_by_the_root_of_the_second() {
    for_all("f, x₀, η, steps", (landscape(), rate(), 0..=14_usize)).holds(|((f, start), rate, steps)| {
        let grad = |x: &[f64]| (0..x.len()).map(|i| f.derivative(i).at(x)).collect::<Vec<f64>>();
        let path = WALKER.path(&grad, start, *rate, *steps)?;
        for i in 0..start.len() {
            let gradients: Vec<f64> = path.iter().map(|x| grad(x)[i]).collect();
            for k in 1..path.len() {
                // Σ βᵏ⁻ʲ·sⱼ / Σ βᵏ⁻ʲ over the first k gradients: a mean, written out.
                let mean = |beta: f64, of: fn(f64) -> f64| {
                    let weight = |j: usize| beta.powi((k - 1 - j) as i32);
                    let sum: f64 = (0..k).map(|j| weight(j) * of(gradients[j])).sum();
                    sum / (0..k).map(weight).sum::<f64>()
                };
                let size = mean(0.9, f64::abs);
                let root = mean(0.999, |g| g * g).sqrt() + 1e-8;
                let want = path[k - 1][i] - rate * mean(0.9, |g| g) / root;
                let tolerance = room(k, path[k - 1][i].abs() + path[k][i].abs(), rate * size / root);
                let look = format!(
                    "The gradients so far are {:?}: m̂ is {}, √v̂ + ε is {root}.",
                    &gradients[..k],
                    mean(0.9, |g| g)
                );
                close(&format!("path[{k}][{i}]"), path[k][i], want, tolerance, look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn stays_where_the_gradient_is_zero() {
    for_all("x₀, steps", (start(), any::length(0..=5, 257))).holds(|(start, steps)| {
        let path = WALKER.path(&|x| vec![0.0; x.len()], start, 0.5, *steps)?;
        let end = &path[path.len() - 1];
        judge::equal("the end", end, start, "0/(0 + ε) is 0.")
    });
}

#[test]
fn moves_on_where_the_gradient_becomes_zero() {
    for_all("x₀, η, steps", (any::eighth(), rate(), prop_oneof![6 => 1..=20_usize, 1 => 41..=120_usize]))
        .holds(|&(start, rate, steps)| {
            // 1 at the start and 0 wherever the path leads.
            let path = WALKER.path(&|x| vec![f64::from(x[0] > start - rate / 2.0)], &[start], rate, steps)?;
            let mut want = start;
            for (k, point) in path.iter().enumerate().skip(1) {
                let share = |beta: f64| beta.powi(k as i32 - 1) * (1.0 - beta) / (1.0 - beta.powi(k as i32));
                want -= rate * share(0.9) / (share(0.999).sqrt() + 1e-8);
                let look =
                    "Both averages remember the first gradient: the point moves on where the gradient is 0.";
                let tolerance = room(k, 2.0 * (start.abs() + k as f64 * rate), k as f64 * rate);
                close(&format!("path[{k}][0]"), point[0], want, k as f64 * tolerance, look)?;
            }
            Ok(())
        });
}

#[test]
fn updates_coordinates_independently() {
    for_all("L, x₀, steps", (two(), 0..=5_usize))
        .holds(|((l, start), steps)| WALKER.keeps_coordinates_apart(l, start, 0.0625, *steps));
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::optimizers::adam;
        let path = adam(&|x| vec![2.0 * x[0], 100.0], &[3.0, 5.0], 0.5, 1)?;
        assert!((path[1][0] - 2.5).abs() < 1e-8 && (path[1][1] - 4.5).abs() < 1e-8);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn takes_a_first_step_of_the_learning_rate_for_every_gradient() {
        let grad = (any::nonzero(), -150..=150_i32).prop_map(|(g, k)| g * 10_f64.powi(k));
        for_all("x₀, g, η", (any::eighth(), grad, rate())).holds(|&(start, g, rate)| {
            let path = WALKER.path(&|_| vec![g], &[start], rate, 1)?;
            let step = rate * g / (g.abs() + 1e-8);
            let look = "After one gradient m̂ = g and v̂ = g². Without bias correction m = 0.1·g and v = \
                        0.001·g², 3.2 times too long.";
            close("path[1][0]", path[1][0], start - step, room(1, start.abs() + rate, rate), look)?;
            let (from, again) = (path[1][0], WALKER.path(&|_| vec![g], &path[1], rate, 1)?);
            let look = "A call that begins where another one ended begins anew: m = v = 0 and k = 1.";
            let call = "path[1][0] of a second call, from the end of the first";
            close(call, again[1][0], from - step, room(1, from.abs() + rate, rate), look)
        });
    }

    #[test]
    fn is_invariant_under_scaling_of_the_gradient() {
        for_all(
            "L, x₀, k, steps",
            (any::nonzero(), any::nonzero(), prop_oneof![1..=40_i32, 1..=480_i32], 1..=8_usize),
        )
        .holds(|&(l, start, k, steps)| {
            let grad = |x: f64| l * (x.abs() + 1.0);
            let unit = 2.0_f64.powi(k);
            let path = WALKER.path(&|x| vec![grad(x[0])], &[start], 0.125, steps)?;
            let scaled = WALKER.path(&|x| vec![grad(x[0]) * unit], &[start], 0.125, steps)?;
            for (k, (x, scaled)) in path.iter().zip(&scaled).enumerate() {
                // No gradient is below |L|, so ε changes a step by a share of 10⁻⁸/|L|, and a step is at most twice η. A point
                // off by d has a gradient off by a share of d, which moves both means, and a step by at most 4·η·d = d/2.
                let grown = 1.5_f64.powi(k as i32);
                let tolerance =
                    grown * (k as f64 * 0.25 * 1e-8 / l.abs() + 2.0 * room(k, start.abs() + 2.0, 0.25));
                let look = format!(
                    "Gradients {unit} times as large give the same path. Is the square root of v̂ taken?"
                );
                close(&format!("path[{k}][0]"), scaled[0], x[0], tolerance, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn adds_epsilon_outside_of_the_root() {
        let tiny = prop_oneof![(1..=64_u8).prop_map(|m| f64::from(m) * 1e-9), any::magnitude(-150, -4)];
        for_all("g, η", (tiny.prop_map(f64::abs), rate())).holds(|&(g, rate)| {
            let path = WALKER.path(&|_| vec![g], &[0.0], rate, 1)?;
            let look = "√v̂ + ε is about twice ε for a gradient of ε. √(v̂ + ε) would be about √ε, 10⁻⁴.";
            close("path[1][0]", path[1][0], -rate * g / (g + 1e-8), room(1, 0.0, rate), look)
        });
    }

    #[test]
    fn reports_the_step_of_a_point_that_is_not_finite() {
        let inputs = (start(), 0..=4_usize, any::not_finite(), 0..257_usize);
        for_all("x₀, k, bad, i", inputs)
            .holds(|(start, k, bad, i)| WALKER.reports_the_step(start, *k, *bad, *i));
    }

    #[test]
    fn reports_the_step_of_an_overflow() {
        let inputs = any::length(1..=3, 257)
            .prop_flat_map(|n| (Just(n), any::place(n), 0..=3_usize, 1..=3_usize, select(vec![1.0, -1.0])));
        for_all("n, i, k, more, direction", inputs).cases(64).holds(|&(n, i, k, more, direction)| {
            // Equal gradients give equal steps, here of η: point k is at ±1.5·10³⁰⁸, and point k + 1 at ±∞.
            let (mut start, rate) = (vec![0.0; n], 5e307);
            start[i] = direction * (1.5e308 - k as f64 * rate);
            let grad = |x: &[f64]| (0..x.len()).map(|j| if j == i { -direction } else { 0.0 }).collect();
            let got = adam(&grad, &start, rate, k + more);
            let look = format!(
                "Coordinate {i} is infinite at point {}, with finite gradients. Check each new \
                 point for ∞ as well as for NaN.",
                k + 1
            );
            rejected("adam", got, InputError::NotFinite { name: "path", index: k + 1 }, look)
        });
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
    fn updates_many_coordinates_of_every_magnitude() {
        let many = any::length(1..=3, 1025)
            .prop_flat_map(|n| prop_oneof![any::entries(n), vec(any::magnitude(-300, 300), n)]);
        for_all("x₀, η", (many, rate())).holds(|(start, rate)| {
            let path = WALKER.path(&|x| vec![2.0; x.len()], start, *rate, 5)?;
            for (i, x0) in start.iter().enumerate() {
                let look =
                    "The gradient is 2 everywhere: every coordinate decreases by about η in each step.";
                let want = x0 - 5.0 * rate * 2.0 / (2.0 + 1e-8);
                let room = room(10, 5.0 * x0.abs() + 5.0, 5.0 * rate);
                close(&format!("path[5][{i}]"), path[5][i], want, room, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn takes_tiny_steps() {
        for_all("x₀, k, steps", (start(), -900..=0_i32, 1..=5_usize))
            .cases(64)
            .holds(|(start, k, steps)| WALKER.takes_tiny_steps(start, *k, *steps, 1.0 / (1.0 + 1e-8)));
    }

    #[test]
    fn updates_tiny_coordinates_with_a_tiny_learning_rate() {
        for_all("x₀·2²⁰", vec(any::nonzero(), 1..=3)).holds(|start| {
            let start: Vec<f64> = start.iter().map(|x| x * 2.0_f64.powi(-20)).collect();
            let rate = 2.0_f64.powi(-12);
            let path = WALKER.path(&|x| vec![2.0; x.len()], &start, rate, 2)?;
            for (i, x0) in start.iter().enumerate() {
                let look = "Tiny numbers are updated like all others.";
                close(
                    &format!("path[2][{i}]"),
                    path[2][i],
                    x0 - 2.0 * rate * 2.0 / (2.0 + 1e-8),
                    room(4, x0.abs() + 2.0 * rate, 2.0 * rate),
                    look,
                )?;
            }
            Ok(())
        });
    }
}
