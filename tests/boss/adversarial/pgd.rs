use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::boss::adversarial::pgd;
use kit::{Dense, InputError, Matrix};
use proptest::prelude::*;

use super::super::networks::{
    epsilon, layer, loss, loss_rounding, many_pixels, signs, steep_linear_task, task, three_to_two,
    wide_attack,
};
use super::{rejects_what_does_not_fit, rejects_what_is_not_finite, within_limits};

const CALL: &str = "pgd(network, x, label, epsilon, step, steps)";
const NAMES: &str = "network, x, label, epsilon, step, steps";

/// A step size of at most 1, and up to six steps.
fn schedule() -> impl Strategy<Value = (f64, usize)> + Send + Sync + Clone {
    ((1..=8_i32).prop_map(|k| f64::from(k) / 8.0), 0..=6_usize)
}

/// The iterates; none if a derivative is so small that rounding may decide its sign.
fn iterates(
    network: &[Dense],
    x: &[f64],
    label: usize,
    epsilon: f64,
    step: f64,
    steps: usize,
) -> Option<Vec<Vec<f64>>> {
    let mut iterates = vec![x.to_vec()];
    for t in 0..steps {
        let signs = signs(network, &iterates[t], label);
        let moved = |i: usize| {
            let to = iterates[t][i] + step * signs[i]?;
            Some(to.clamp(x[i] - epsilon, x[i] + epsilon).clamp(0.0, 1.0))
        };
        let next = (0..x.len()).map(moved).collect::<Option<Vec<f64>>>()?;
        iterates.push(next);
    }
    Some(iterates)
}

fn is_no_weaker(network: &[Dense], label: usize, got: &[f64], than: f64, whose: &str) -> Result<(), Broken> {
    let loss = loss(network, got, label);
    ensure(loss >= than - 2.0 * loss_rounding(), || {
        let look = "Return the iterate with the largest loss, not the last one.";
        Broken::answer(
            format!("{CALL} = {got:?} has the loss {loss}"),
            format!("at least {than}, the loss {whose}"),
            look,
        )
    })
}

#[test]
fn stays_within_epsilon_and_range() {
    for_all(NAMES, (task(), epsilon(), schedule())).holds(|((network, x, label), epsilon, (step, steps))| {
        let got = pgd(network, x, *label, *epsilon, *step, *steps).accepted(CALL)?;
        within_limits(CALL, &got, x, *epsilon)
    });
}

#[test]
fn zero_epsilon_or_zero_steps_is_the_identity() {
    for_all(NAMES, (task(), epsilon(), schedule())).cases(64).holds(
        |((network, x, label), epsilon, (step, steps))| {
            let call = "pgd(network, x, label, 0, step, steps)";
            equal(
                call,
                pgd(network, x, *label, 0.0, *step, *steps).accepted(call)?,
                x.clone(),
                "For ε = 0 only x is allowed.",
            )?;
            let call = "pgd(network, x, label, epsilon, step, 0)";
            equal(
                call,
                pgd(network, x, *label, *epsilon, *step, 0).accepted(call)?,
                x.clone(),
                "Without steps x is the only iterate.",
            )
        },
    );
}

#[test]
fn returns_the_iterate_with_the_largest_loss() {
    for_all(NAMES, (task(), epsilon(), schedule())).holds(|((network, x, label), epsilon, (step, steps))| {
        let got = pgd(network, x, *label, *epsilon, *step, *steps).accepted(CALL)?;
        equal("the number of pixels", got.len(), x.len(), "The answer has one pixel per pixel of x.")?;
        let Some(iterates) = iterates(network, x, *label, *epsilon, *step, *steps) else { return Ok(()) };
        let near = |point: &Vec<f64>| point.iter().zip(&got).all(|(a, b)| (a - b).abs() <= rounding(32, 4.0));
        let strongest = iterates.iter().map(|point| loss(network, point, *label)).fold(0.0, f64::max);
        ensure(iterates.iter().any(near), || {
            let look = "Each step starts at the last iterate, with the gradient there, and is projected \
                back: within ε of x, and within 0 and 1.";
            Broken::answer(format!("{CALL} = {got:?}"), format!("one of the iterates {iterates:?}"), look)
        })?;
        is_no_weaker(
            network,
            *label,
            &got,
            strongest,
            &format!("of the strongest of the iterates {iterates:?}"),
        )
    });
}

#[test]
fn more_steps_never_reduce_the_loss() {
    for_all(NAMES, (task(), epsilon(), schedule())).holds(|((network, x, label), epsilon, (step, steps))| {
        let short = pgd(network, x, *label, *epsilon, *step, *steps).accepted(CALL)?;
        let call = "pgd(network, x, label, epsilon, step, steps + 1)";
        let long = pgd(network, x, *label, *epsilon, *step, steps + 1).accepted(call)?;
        equal(
            "the number of pixels",
            [short.len(), long.len()],
            [x.len(); 2],
            "One comes back for each that went in.",
        )?;
        is_no_weaker(network, *label, &short, loss(network, x, *label), "of x")?;
        is_no_weaker(network, *label, &long, loss(network, &short, *label), "with one step fewer")
    });
}

#[test]
fn is_at_least_as_strong_as_fgsm() {
    for_all("network, x, label, epsilon, steps", (task(), epsilon(), 1..=5_usize)).holds(
        |((network, x, label), epsilon, steps)| {
            let step = epsilon.max(0.125);
            let call = "pgd(network, x, label, epsilon, step ≥ epsilon, steps)";
            let got = pgd(network, x, *label, *epsilon, step, *steps).accepted(call)?;
            equal("the number of pixels", got.len(), x.len(), "The answer has one pixel per pixel of x.")?;
            let signs: Option<Vec<f64>> = signs(network, x, *label).into_iter().collect();
            let Some(signs) = signs else { return Ok(()) };
            let fast: Vec<f64> =
                x.iter().zip(signs).map(|(x, s)| (x + epsilon * s).clamp(0.0, 1.0)).collect();
            is_no_weaker(network, *label, &got, loss(network, &fast, *label), "of FGSM")
        },
    );
}

#[test]
fn small_steps_reach_epsilon_on_linear_models() {
    for_all("network, x, label", steep_linear_task()).holds(|(network, x, label)| {
        let call = "pgd([layer], x, label, ½, ⅛, 4)";
        let got = pgd(network, x, *label, 0.5, 0.125, 4).accepted(call)?;
        equal("the number of pixels", got.len(), x.len(), "The answer has one pixel per pixel of x.")?;
        for (i, sign) in signs(network, x, *label).into_iter().enumerate() {
            // Each step makes the other class more likely, and the derivatives larger: a clear sign stays clear.
            let Some(sign) = sign else { continue };
            let want = (x[i] + 0.5 * sign).clamp(0.0, 1.0);
            let look =
                "With one layer and two classes a derivative keeps its sign: four steps of ⅛ are one of ½.";
            close(&format!("pixel {i}"), got[i], want, rounding(32, 4.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn the_start_is_an_iterate() {
    example(|| {
        let dense = |weights, bias: [f64; 2]| Dense { weights, bias: bias.to_vec() };
        // −4·(tanh(10x − 4) − tanh(10x − 6)): the loss is largest at ½, and a step from 0.45 goes far beyond it.
        let network = [
            dense(Matrix::from_rows([[10.0], [10.0]]), [-4.0, -6.0]),
            dense(Matrix::from_rows([[-4.0, 4.0], [0.0, 0.0]]), [0.0, 0.0]),
        ];
        let got = pgd(&network, &[0.45], 0, 0.5, 0.5, 1).accepted(CALL)?;
        let look = "The loss is 5.5 at x and 0.7 after the step: x itself is the strongest iterate.";
        equal("pgd(network, [0.45], 0, 0.5, 0.5, 1)", got, vec![0.45], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::adversarial::pgd;
        use kit::{Dense, Matrix};
        let layer = Dense { weights: Matrix::from_rows([[1.0, 0.0], [0.0, 2.0]]), bias: vec![0.0, 0.0] };
        assert_eq!(pgd(&[layer], &[0.5, 0.875], 0, 0.25, 0.125, 3), Ok(vec![0.25, 1.0]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn crosses_valleys_with_large_steps() {
        example(|| {
            let network = |hidden: [[f64; 2]; 2], bias: [f64; 2], output: [[f64; 2]; 2]| {
                let hidden = Dense { weights: Matrix::from_rows(hidden), bias: bias.to_vec() };
                vec![hidden, Dense { weights: Matrix::from_rows(output), bias: vec![0.0; 2] }]
            };
            // The losses of the iterates are 5.09, 5.00 and 9.59.
            let falls = network([[-1.0, 2.0], [4.0, 3.0]], [-1.0, -3.0], [[3.0, -2.0], [-3.0, 3.0]]);
            let call = "pgd(a network, (½, ½), 0, ½, 1, 2)";
            let got = pgd(&falls, &[0.5; 2], 0, 0.5, 1.0, 2).accepted(call)?;
            let look = "The first step leads to (1, 1) and reduces the loss, the second on to (1, 0) and to \
                a much larger loss: take all steps.";
            equal(call, got, vec![1.0, 0.0], look)?;
            let flips = network([[-3.0, 3.0], [-3.0, -2.0]], [-2.0, 2.0], [[3.0, 2.0], [-3.0, 3.0]]);
            let call = "pgd(another network, (½, ½), 1, ½, 1, 2)";
            let got = pgd(&flips, &[0.5; 2], 1, 0.5, 1.0, 2).accepted(call)?;
            let look = "The first step leads to (1, 1). There the derivative of pixel 0 changes its sign, \
                and a step of 1 takes it to the other end: do not limit the step size by ε; project the \
                result.";
            equal(call, got, vec![0.0, 1.0], look)
        });
    }

    #[test]
    fn pixels_without_influence_stay() {
        let units = any::select(vec![[1.0, 1.0], [1e-4, 1e-4], [1e-110, 1e-110], [1.0, 1e110], [1e110, 1.0]]);
        let inputs = (layer(3, 2), epsilon(), schedule(), units);
        for_all("layer, epsilon, step, steps, [unit of weights, unit of steps]", inputs).cases(64).holds(
            |(layer, epsilon, (step, steps), [of_w, of_steps])| {
                let weight = |c: usize, j: usize| if j == 1 { 0.0 } else { layer.weights[(c, j)] * of_w };
                let bias = layer.bias.iter().map(|b| b * of_w).collect();
                let blind = Dense { weights: Matrix::from_fn(2, 3, weight), bias };
                let x = 0.5 * of_steps.min(1.0);
                let call = "pgd([layer without weights for pixel 1], x, 0, epsilon, step, steps)";
                let got =
                    pgd(&[blind], &[x; 3], 0, epsilon * of_steps, step * of_steps, *steps).accepted(call)?;
                equal("the number of pixels", got.len(), 3, "The answer has one pixel per pixel of x.")?;
                equal("pixel 1", got[1], x, "Its derivative is 0, and the sign of 0 is 0.")
            },
        );
    }

    #[test]
    fn takes_all_steps() {
        let inputs = (steep_linear_task(), 7..=400_usize);
        for_all("network, x, label, steps", inputs).cases(64).holds(|((network, x, label), steps)| {
            let call = "pgd([layer], x, label, 1, 2⁻⁹, steps)";
            let got = pgd(network, x, *label, 1.0, 1.0 / 512.0, *steps).accepted(call)?;
            equal("the number of pixels", got.len(), x.len(), "The answer has one pixel per pixel of x.")?;
            for (i, sign) in signs(network, x, *label).into_iter().enumerate() {
                // As above: a clear sign stays clear, and each step is exact.
                let Some(sign) = sign else { continue };
                let want = (x[i] + *steps as f64 / 512.0 * sign).clamp(0.0, 1.0);
                let look = "With one layer and two classes a derivative keeps its sign: take all steps, in \
                    the same direction.";
                close(&format!("pixel {i}"), got[i], want, rounding(1024, 4.0), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_invalid_pixels_epsilon_and_steps() {
        for_all("off", any::nonzero()).cases(64).holds(|off| {
            let (network, x) = (three_to_two(), [0.0, 0.5, 1.0]);
            let far = if *off > 0.0 { 1.0 + off } else { *off };
            let look = "Pixels lie between 0 and 1, both included; ε is at least 0; the step size is \
                greater than 0, without steps as well.";
            for steps in [3, 0] {
                let ask = |x: &[f64], epsilon, step| pgd(&network, x, 0, epsilon, step, steps);
                let want = InputError::OutOfRange { name: "x", got: far, wanted: "0 to 1" };
                rejected(CALL, ask(&[0.5, far, 1.0], 0.25, 0.125), want, look)?;
                let got = -off.abs();
                let want = InputError::OutOfRange { name: "epsilon", got, wanted: "a number ≥ 0" };
                let call = format!("pgd(network, x, 0, below 0, ⅛, {steps})");
                rejected(&call, ask(&x, got, 0.125), want, look)?;
                for got in [got, 0.0] {
                    let want = InputError::OutOfRange { name: "step", got, wanted: "a number > 0" };
                    let call = format!("pgd(network, x, 0, ¼, not above 0, {steps})");
                    rejected(&call, ask(&x, 0.25, got), want, look)?;
                }
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_mismatched_inputs() {
        example(|| {
            rejects_what_does_not_fit("pgd", |network, x, label| pgd(network, x, label, 0.25, 0.125, 3))
        });
    }

    #[test]
    fn rejects_nan_and_infinity() {
        for_all("bad, k", (any::not_finite(), 0..3_usize)).cases(64).holds(|(bad, k)| {
            let ask = |network: &[Dense], x: &[f64], label: usize| pgd(network, x, label, 0.25, 0.125, 0);
            rejects_what_is_not_finite("pgd", ask, *bad, *k)?;
            let network = three_to_two();
            let rejection = |name| InputError::NotFinite { name, index: 0 };
            let look = "NaN < 0 is false: check that ε and the step size are finite.";
            [3, 0].into_iter().try_for_each(|steps| {
                let ask = |epsilon, step| pgd(&network, &[0.5; 3], 0, epsilon, step, steps);
                rejected(CALL, ask(*bad, 0.125), rejection("epsilon"), look)?;
                rejected(CALL, ask(0.25, *bad), rejection("step"), look)
            })
        });
    }

    #[test]
    fn handles_large_networks_and_all_scales() {
        let inputs = (wide_attack(), prop_oneof![Just(0.3), Just(1.0), Just(2000.0)], 1..=3_usize);
        for_all("network, x, label, epsilon, step / epsilon, steps", inputs).cases(48).holds(
            |(((network, x, label), epsilon), factor, steps)| {
                let step = factor * epsilon;
                let got = pgd(network, x, *label, *epsilon, step, *steps).accepted(CALL)?;
                equal(
                    "the number of pixels",
                    got.len(),
                    x.len(),
                    "The answer has one pixel per pixel of \
                    x.",
                )?;
                let Some(iterates) = iterates(network, x, *label, *epsilon, step, *steps) else {
                    return Ok(());
                };
                let is_near = |(a, b): (&f64, &f64)| (a - b).abs() <= rounding(32, b.abs() + epsilon);
                let strongest = iterates.iter().map(|point| loss(network, point, *label)).fold(0.0, f64::max);
                ensure(iterates.iter().any(|point| got.iter().zip(point).all(is_near)), || {
                    let look = "Each step starts at the last iterate and is projected back, for every pixel \
                        and scale.";
                    Broken::answer(format!("{CALL} = {got:?}"), "one of the iterates", look)
                })?;
                is_no_weaker(network, *label, &got, strongest, "of the strongest of the iterates")
            },
        );
    }

    #[test]
    fn moves_each_of_many_pixels() {
        example(|| {
            let (network, x, signs) = many_pixels();
            for steps in [1, 2] {
                let call = format!("pgd of 301 pixels ½, ε = ⅛, {steps} steps of 1/16");
                let got = pgd(&network, &x, 64, 0.125, 0.0625, steps).accepted(&call)?;
                let by = 0.0625 * steps as f64;
                let want: Vec<f64> = signs.iter().map(|sign| 0.5 + by * sign).collect();
                equal("the pixels", got, want, "Every pixel moves, along the sign of its own derivative.")?;
            }
            Ok(())
        });
    }
}
