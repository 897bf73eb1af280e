use judge::{any, close, example, for_all};
use katas::m03_calculus::optimizers::adam;
use proptest::prelude::*;

use crate::m03_calculus::walker::{Walker, landscape, rate, start};

const WALKER: Walker = Walker { name: "adam", ask: adam };

/// What rounding can do to a step of about this length at x: the weights of the slopes are powers of β, which may be
/// built up by products or by differences like 1 − 0.999; their relative error is below 1000ε for each of k steps.
fn room(k: usize, x: f64, step: f64) -> f64 {
    2.0 * f64::EPSILON * x.abs() + 1000.0 * f64::EPSILON * k as f64 * step.abs()
}

#[test]
fn the_first_step_has_the_length_of_the_learning_rate_whatever_the_slope() {
    let slope = (any::nonzero(), -3..=30_i32).prop_map(|(g, k)| g * 10_f64.powi(k));
    for_all("x₀, g, η", (any::eighth(), slope, rate())).holds(|&(start, g, rate)| {
        let path = WALKER.path(&|_| vec![g], &[start], rate, 1)?;
        let step = rate * g / (g.abs() + 1e-8);
        let look = "After one slope m̂ = g and v̂ = g². Without the correction m = 0.1·g and v = 0.001·g², \
                    3.2 times too long.";
        close("path[1][0]", path[1][0], start - step, room(1, start.abs() + rate, rate), look)
    });
}

#[test]
fn equal_slopes_give_equal_steps() {
    for_all("g, η, steps", (any::nonzero(), rate(), 1..=200_usize)).cases(96).holds(|&(g, rate, steps)| {
        let path = WALKER.path(&|_| vec![g], &[0.0], rate, steps)?;
        for (k, x) in path.iter().enumerate() {
            let want = -(k as f64) * rate * g / (g.abs() + 1e-8);
            let look = "Means of equal slopes are that slope: each sum is divided by the sum of its k \
                        weights, 1 − βᵏ.";
            close(&format!("path[{k}][0]"), x[0], want, room(k, k as f64 * rate, k as f64 * rate), look)?;
        }
        Ok(())
    });
}

#[test]
fn each_step_is_the_mean_slope_over_the_root_of_the_mean_square() {
    for_all("f, x₀, η, steps", (landscape(), rate(), 0..=14_usize)).holds(|((f, start), rate, steps)| {
        let slope = |x: &[f64]| (0..x.len()).map(|i| f.derivative(i).at(x)).collect::<Vec<f64>>();
        let path = WALKER.path(&slope, start, *rate, *steps)?;
        for i in 0..start.len() {
            let slopes: Vec<f64> = path.iter().map(|x| slope(x)[i]).collect();
            for k in 1..path.len() {
                // Σ βᵏ⁻ʲ·sⱼ / Σ βᵏ⁻ʲ over the first k slopes: a mean, written out.
                let mean = |beta: f64, of: fn(f64) -> f64| {
                    let weight = |j: usize| beta.powi((k - 1 - j) as i32);
                    let sum: f64 = (0..k).map(|j| weight(j) * of(slopes[j])).sum();
                    sum / (0..k).map(weight).sum::<f64>()
                };
                let size = mean(0.9, f64::abs);
                let root = mean(0.999, |g| g * g).sqrt() + 1e-8;
                let want = path[k - 1][i] - rate * mean(0.9, |g| g) / root;
                let tolerance = room(k, path[k - 1][i].abs() + path[k][i].abs(), rate * size / root);
                let look = format!(
                    "The slopes so far are {:?}: m̂ is {}, √v̂ + ε is {root}.",
                    &slopes[..k],
                    mean(0.9, |g| g)
                );
                close(&format!("path[{k}][{i}]"), path[k][i], want, tolerance, look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn slopes_of_another_unit_lead_the_same_way() {
    for_all("L, x₀, k, steps", (any::nonzero(), any::nonzero(), 1..=40_i32, 1..=8_usize)).holds(
        |&(l, start, k, steps)| {
            let slope = |x: f64| l * (x.abs() + 1.0);
            let unit = 2.0_f64.powi(k);
            let path = WALKER.path(&|x| vec![slope(x[0])], &[start], 0.125, steps)?;
            let scaled = WALKER.path(&|x| vec![slope(x[0]) * unit], &[start], 0.125, steps)?;
            for (k, (x, scaled)) in path.iter().zip(&scaled).enumerate() {
                // No slope is below |L|, so ε changes a step by a share of 10⁻⁸/|L|, and a step is at most twice η. A point
                // off by d has a slope off by a share of d, which moves both means, and a step by at most 4·η·d = d/2.
                let grown = 1.5_f64.powi(k as i32);
                let tolerance =
                    grown * (k as f64 * 0.25 * 1e-8 / l.abs() + 2.0 * room(k, start.abs() + 2.0, 0.25));
                let look =
                    format!("All slopes {unit} times as large give the same path. Is the root taken of v̂?");
                close(&format!("path[{k}][0]"), scaled[0], x[0], tolerance, look)?;
            }
            Ok(())
        },
    );
}

#[test]
fn epsilon_stands_beside_the_root_not_below_it() {
    for_all("m, η", (1..=64_u8, rate())).holds(|&(m, rate)| {
        let g = f64::from(m) * 1e-9;
        let path = WALKER.path(&|_| vec![g], &[0.0], rate, 1)?;
        let look = "√v̂ + ε is about twice ε for a slope of ε. √(v̂ + ε) would be about √ε, 10⁻⁴.";
        close("path[1][0]", path[1][0], -rate * g / (g + 1e-8), room(1, 0.0, rate), look)
    });
}

#[test]
fn without_any_slope_it_stays_where_it_is() {
    for_all("x₀, steps", (start(), 0..=5_usize)).holds(|(start, steps)| {
        let path = WALKER.path(&|x| vec![0.0; x.len()], start, 0.5, *steps)?;
        let end = &path[path.len() - 1];
        judge::equal("the end", end, start, "0/(0 + ε) is 0.")
    });
}

#[test]
fn coordinates_do_not_mix() {
    let inputs = (1..=6_usize).prop_flat_map(|n| (any::vector(n..=n), any::vector(n..=n)));
    for_all("L, x₀, steps", (inputs, 0..=5_usize))
        .holds(|((l, start), steps)| WALKER.keeps_coordinates_apart(l, start, 0.0625, *steps));
}

#[test]
fn a_point_that_is_not_finite_is_reported_with_the_step() {
    let inputs = (start(), 0..=4_usize, any::not_finite(), 0..3_usize);
    for_all("x₀, k, bad, i", inputs).holds(|(start, k, bad, i)| WALKER.reports_the_step(start, *k, *bad, *i));
}

#[test]
fn a_gradient_of_another_length_is_rejected() {
    for_all("x₀, wrong", (start(), 0..=4_usize)).holds(|(start, wrong)| WALKER.rejects_length(start, *wrong));
}

#[test]
fn as_many_steps_are_taken_as_were_asked_for_with_any_rate() {
    for_all("x₀, k, steps", (any::eighth(), -300..=300_i32, 1..=1500_usize))
        .cases(48)
        .holds(|&(start, k, steps)| WALKER.goes_on(start, k, steps));
}

#[test]
fn an_empty_start_is_rejected() {
    example(|| WALKER.rejects_an_empty_start());
}

#[test]
fn a_start_or_rate_that_is_not_finite_is_rejected() {
    for_all("x₀, bad, in x₀", (start(), any::not_finite(), any::<bool>()))
        .holds(|(start, bad, in_start)| WALKER.rejects_not_finite(start, *bad, *in_start));
}

#[test]
fn a_learning_rate_that_is_not_positive_is_rejected() {
    for_all("η, steps", (any::eighth().prop_map(|rate| 0.0 - rate.abs()), 0..=2_usize))
        .holds(|&(rate, steps)| WALKER.rejects_rate(rate, steps));
}
