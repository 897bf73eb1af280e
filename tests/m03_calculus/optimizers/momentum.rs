use judge::any::vec;
use judge::{Answer, any, close, equal, example, for_all};
use katas::m03_calculus::optimizers::momentum;
use proptest::prelude::*;

use crate::m03_calculus::rejection::{not_finite, out_of_range};
use crate::m03_calculus::walker::{
    Walker, few_or_many_steps, has_points, landscape, not_positive, rate, start, two,
};

/// β = ½, where everything is exact.
const WALKER: Walker = Walker {
    name: "momentum",
    ask: |gradient, start, rate, steps| momentum(gradient, start, rate, 0.5, steps),
};

/// β = 0: gradient descent.
const PLAIN: Walker = Walker {
    name: "momentum with β = 0",
    ask: |gradient, start, rate, steps| momentum(gradient, start, rate, 0.0, steps),
};

/// β in sixteenths, 0 included, sometimes nearly 1.
fn beta() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    prop_oneof![4 => (0..16_u8).prop_map(|k| f64::from(k) / 16.0), 1 => Just(0.99), 1 => Just(0.999)]
}

#[test]
fn accumulates_the_gradients_with_powers_of_beta() {
    for_all("f, x₀, η, β, steps", (landscape(), rate(), beta(), 0..=3_usize)).holds(
        |((f, start), rate, beta, steps)| {
            let grad = |x: &[f64]| (0..x.len()).map(|i| f.derivative(i).at(x)).collect::<Vec<f64>>();
            let path = momentum(&grad, start, *rate, *beta, *steps).accepted("momentum")?;
            has_points("momentum", &path, steps + 1, start.len())?;
            for i in 0..start.len() {
                close(&format!("path[0][{i}]"), path[0][i], start[i], 0.0, "The path starts at x₀.")?;
                // How far all steps together may carry.
                let mut far = start[i].abs();
                for k in 1..path.len() {
                    let terms = (0..k).map(|j| beta.powi((k - 1 - j) as i32) * grad(&path[j])[i]);
                    let (sum, size) =
                        terms.fold((0.0, 0.0), |(sum, size), term| (sum + term, size + term.abs()));
                    // k products and sums in v, then a product and a difference; or as many sums from the start.
                    far += rate * size;
                    let tolerance = 2.0 * f64::EPSILON * (k as f64 + 2.0) * far;
                    let look = format!(
                        "v = Σ βᵏ⁻¹⁻ʲ·∇f(xⱼ) is {sum} for the step from path[{}]. Is v kept, and multiplied \
                         by β once?",
                        k - 1
                    );
                    close(
                        &format!("path[{k}][{i}]"),
                        path[k][i],
                        path[k - 1][i] - rate * sum,
                        tolerance,
                        look,
                    )?;
                }
            }
            Ok(())
        },
    );
}

#[test]
fn satisfies_the_heavy_ball_recurrence() {
    let inputs = (any::nonzero(), any::eighth(), any::eighth(), beta(), any::length(2..=24, 257));
    for_all("L, x*, x₀, β, steps", inputs).holds(|&(l, lowest, start, beta, steps)| {
        let (l, rate) = (l.abs(), 0.125);
        let path =
            momentum(&|x| vec![l * (x[0] - lowest)], &[start], rate, beta, steps).accepted("momentum")?;
        has_points("momentum", &path, steps + 1, 1)?;
        for k in 1..steps {
            let [before, here, next] = [path[k - 1][0], path[k][0], path[k + 1][0]];
            let want = here - rate * l * (here - lowest) + beta * (here - before);
            // v is not seen here but through x, so the rounding of x enters with β/η·η = β: a few ε of each size.
            let largest = path[..=k + 1].iter().fold(lowest.abs(), |size, x| size.max(x[0].abs()));
            let tolerance = 16.0 * (k as f64 + 1.0) * f64::EPSILON * largest;
            let look = "xₖ₊₁ = xₖ − ηL(xₖ − x*) + β(xₖ − xₖ₋₁): a gradient step plus a fraction of the last \
                        step.";
            close(&format!("path[{}][0]", k + 1), next, want, tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn decays_by_beta_without_a_gradient() {
    for_all("x₀, g, η, steps", (any::eighth(), any::nonzero(), rate(), 1..=10_usize)).holds(
        |&(start, g, rate, steps)| {
            // The gradient is g at the start and 0 everywhere else.
            let path = WALKER.path(&|x| vec![if x[0] == start { g } else { 0.0 }], &[start], rate, steps)?;
            let mut want = start;
            for (k, x) in path.iter().enumerate().skip(1) {
                want -= rate * g * 0.5_f64.powi(k as i32 - 1);
                let look =
                    "With the gradient 0 each step is β = ½ times the last one. Is v kept from step to step?";
                close(&format!("path[{k}][0]"), x[0], want, 0.0, look)?;
            }
            Ok(())
        },
    );
}

#[test]
fn is_gradient_descent_for_beta_zero() {
    for_all("L, x₀, steps", (any::nonzero(), any::eighth(), any::length(0..=8, 257))).holds(
        |&(l, start, steps)| {
            let (l, rate) = (l.abs(), 0.125);
            let path = momentum(&|x| vec![l * x[0]], &[start], rate, 0.0, steps).accepted("momentum")?;
            has_points("momentum with β = 0", &path, steps + 1, 1)?;
            for (k, x) in path.iter().enumerate() {
                let want = (1.0 - rate * l).powi(k as i32) * start;
                // |1 − ηL| ≤ 1 here, and each step rounds a few times.
                let tolerance = 4.0 * f64::EPSILON * k as f64 * start.abs();
                close(&format!("path[{k}][0]"), x[0], want, tolerance, "With β = 0: xₖ = (1 − ηL)ᵏ·x₀.")?;
            }
            Ok(())
        },
    );
}

#[test]
fn updates_coordinates_independently() {
    for_all("L, x₀, steps", (two(), 0..=5_usize))
        .holds(|((l, start), steps)| WALKER.keeps_coordinates_apart(l, start, 0.0625, *steps));
}

#[test]
fn returns_the_start_for_zero_steps() {
    for_all("x₀, η", (start(), rate()))
        .holds(|(start, rate)| WALKER.path(&<[f64]>::to_vec, start, *rate, 0).map(|_| ()));
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::optimizers::momentum;
        let path = momentum(&|x| vec![2.0 * x[0]], &[8.0], 0.25, 0.5, 3);
        assert_eq!(path, Ok(vec![vec![8.0], vec![4.0], vec![0.0], vec![-2.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn reports_the_step_of_a_point_that_is_not_finite() {
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
    fn rejects_a_beta_outside_of_0_to_1() {
        let near = any::nonzero().prop_map(|beta| if beta > 0.0 { 0.875 + beta } else { beta });
        let far = any::magnitude(1, 300);
        let negative = any::magnitude(-300, 0).prop_map(|beta| -beta.abs());
        let outside = prop_oneof![near, Just(1.0), far, negative, any::not_finite()];
        for_all("β, steps", (outside, 0..=2_usize)).holds(|&(beta, steps)| {
            let got = momentum(&<[f64]>::to_vec, &[1.0], 0.5, beta, steps);
            let call = format!("momentum with β = {beta}");
            let look = "β has to be in [0, 1). Check it before the first step.";
            if beta.is_finite() {
                out_of_range(&call, got, "beta", beta, look)
            } else {
                not_finite(&call, got, ("beta", 0), Some(beta), look)
            }
        });
    }

    #[test]
    fn updates_many_coordinates_of_every_magnitude() {
        let many = any::length(1..=3, 1025)
            .prop_flat_map(|n| prop_oneof![any::entries(n), vec(any::magnitude(-300, 300), n)]);
        for_all("x₀, η", (many, rate())).holds(|(start, rate)| {
            let path = WALKER.path(&|x| vec![1.0; x.len()], start, *rate, 2)?;
            for (i, x0) in start.iter().enumerate() {
                // v is 1, then 1 + ½.
                let look = "The gradient is 1 everywhere and β = ½: every coordinate decreases by 2.5·η in \
                            two steps.";
                let tolerance = 8.0 * f64::EPSILON * (x0.abs() + 3.0);
                close(&format!("path[2][{i}]"), path[2][i], x0 - 2.5 * rate, tolerance, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn updates_coordinates_of_every_magnitude_in_the_same_way() {
        let l = any::nonzero().prop_map(f64::abs);
        for_all("L, x₀, k, steps", (l, start(), -900..=900_i32, 1..=5_usize))
            .cases(128)
            .holds(|(l, start, k, steps)| WALKER.scales_with_the_start(*l, start, *k, *steps));
    }

    #[test]
    fn keeps_every_fraction_of_the_velocity() {
        let beta = prop_oneof![Just(1.0_f64.next_down()), any::magnitude(-12, -1).prop_map(f64::abs), beta()];
        for_all("β, steps", (beta, 2..=40_usize)).cases(96).holds(|&(beta, steps)| {
            // The gradient is 1 at the start and 0 everywhere else.
            let grad = |x: &[f64]| vec![if x[0] == 0.0 { 1.0 } else { 0.0 }];
            let path = momentum(&grad, &[0.0], 0.5, beta, steps).accepted("momentum")?;
            has_points("momentum", &path, steps + 1, 1)?;
            let (mut want, mut v) = (0.0, 1.0);
            for (k, x) in path.iter().enumerate().skip(1) {
                want -= 0.5 * v;
                v *= beta;
                let tolerance = 4.0 * f64::EPSILON * (k * k) as f64;
                let look = "Without a gradient each step is β times the last one, for every β below 1.";
                close(&format!("path[{k}][0]"), x[0], want, tolerance, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn takes_tiny_steps() {
        for_all("x₀, k, steps", (start(), -900..=0_i32, 1..=5_usize))
            .cases(64)
            .holds(|(start, k, steps)| PLAIN.takes_tiny_steps(start, *k, *steps, 1.0));
    }

    #[test]
    fn updates_tiny_coordinates_with_a_tiny_learning_rate() {
        for_all("x₀·2²⁰", vec(any::nonzero(), 1..=3)).holds(|start| {
            let start: Vec<f64> = start.iter().map(|x| x * 2.0_f64.powi(-20)).collect();
            let rate = 2.0_f64.powi(-12);
            let path = momentum(&<[f64]>::to_vec, &start, rate, 0.0, 2).accepted("momentum")?;
            has_points("momentum", &path, 3, start.len())?;
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

    #[test]
    fn moves_evenly_on_a_slope_for_as_many_steps_as_it_takes() {
        let inputs = (any::nonzero(), rate(), judge::any::select(vec![0.5, 0.75, 0.0]), 1..=2_usize);
        let steps = (101..=1200_usize, 0..=3_usize);
        for_all("(g, η, β, n), (steps, few)", (inputs, steps)).cases(10).holds(
            |&((g, rate, beta, n), (steps, few))| {
                let ask = |steps| momentum(&|x| vec![g; x.len()], &vec![0.0; n], rate, beta, steps);
                let path = ask(steps).accepted("momentum")?;
                has_points("momentum", &path, steps + 1, n)?;
                for k in 1..=steps {
                    let v = g * (1.0 - beta.powi(k as i32)) / (1.0 - beta);
                    let tolerance = 8.0 * f64::EPSILON * (path[k][0].abs() + 16.0 * rate * g.abs());
                    let look = "The gradient is g everywhere: step k is −η·g·(1 + β + … + βᵏ⁻¹). Is v kept \
                                to the end?";
                    for (i, (here, before)) in path[k].iter().zip(&path[k - 1]).enumerate() {
                        let call = format!("path[{k}][{i}] − path[{}][{i}]", k - 1);
                        close(&call, here - before, -rate * v, tolerance, look)?;
                    }
                }
                let look = "A short run after a long one starts with v = 0, like the long one.";
                equal("momentum, a second time", ask(few).accepted("momentum")?, path[..=few].to_vec(), look)
            },
        );
    }
}
