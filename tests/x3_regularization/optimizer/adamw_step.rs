use judge::Broken;
use judge::any::{Numbers, select};
use judge::{Answer, Verdict, any, close, ensure, equal, example, for_all, rejected, rejected_for, rounding};
use katas::x3_regularization::optimizer::{AdamW, AdamWState, adamw_step};
use kit::InputError;
use proptest::prelude::*;

use super::super::draw::{bad_epsilon, epsilon, growing_but, too_large, values, wrong_vector};
use super::super::rejection::reasons;

const CALL: &str = "adamw_step(parameters, gradient, state, options)";

/// What the kata is given.
#[derive(Debug, Clone)]
struct Given {
    parameters: Vec<f64>,
    gradient: Vec<f64>,
    state: AdamWState,
    options: AdamW,
}

impl judge::Inputs for Given {}

const OPTIONS: AdamW =
    AdamW { learning_rate: 0.125, betas: [0.75, 0.875], epsilon: 0.0625, weight_decay: 0.5 };

fn start(n: usize) -> AdamWState {
    AdamWState { step: 0, first: vec![0.0; n], second: vec![0.0; n] }
}

fn asked(given: &Given) -> Result<(Vec<f64>, AdamWState), InputError> {
    adamw_step(&given.parameters, &given.gradient, &given.state, &given.options)
}

/// 1 − βᵗ, and its relative error: that of βᵗ is t·ε at most, and t·βᵗ/(1 − βᵗ) ≤ β/(1 − β).
fn correction(beta: f64, t: f64) -> (f64, f64) {
    (-(t * beta.ln()).exp_m1(), f64::EPSILON * (8.0 + 4.0 * beta / (1.0 - beta)))
}

const LOOK: &str = "θ − η·λ·θ − η·m̂/(√v̂ + ε), with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ) and t = step + 1; \
                    ε is outside the root.";

fn agrees(given: &Given, look: &str) -> Verdict {
    let Given { parameters, gradient, state, options } = given;
    let (theta, new) = asked(given).accepted(CALL)?;
    let n = parameters.len();
    let lengths = [theta.len(), new.first.len(), new.second.len()];
    equal("their numbers", lengths, [n; 3], "As many parameters and moments as before.")?;
    equal("the steps taken", new.step, state.step + 1, "This is one more step.")?;
    let AdamW { learning_rate, betas: [beta_1, beta_2], epsilon, weight_decay } = *options;
    let t = new.step as f64;
    let ((in_first, first_error), (in_second, second_error)) = (correction(beta_1, t), correction(beta_2, t));
    for i in 0..n {
        let g = gradient[i];
        let (kept, added) = (beta_1 * state.first[i], (1.0 - beta_1) * g);
        // Who adds 1 − β₁ times the difference rounds at the size of both.
        let (first, size) = (kept + added, state.first[i].abs() + g.abs());
        let of_first =
            "m is kept by β₁ and takes up 1 − β₁ of the gradient; the state is not bias-corrected.";
        close(&format!("first[{i}]"), new.first[i], first, rounding(8, size), of_first)?;
        let second = beta_2 * state.second[i] + (1.0 - beta_2) * g * g;
        let of_second = "v is kept by β₂ and takes up 1 − β₂ of the squared gradient; no decay enters it.";
        close(&format!("second[{i}]"), new.second[i], second, rounding(8, second), of_second)?;
        let root = (second / in_second).sqrt() + epsilon;
        let step = first / in_first / root;
        let step_error = (rounding(16, size) / in_first + (first / in_first).abs() * first_error) / root
            + step.abs() * (second_error + 16.0 * f64::EPSILON);
        let decay = learning_rate * (weight_decay * parameters[i]);
        let want = parameters[i] - decay - learning_rate * step;
        let terms = parameters[i].abs() + decay.abs() + (learning_rate * step).abs();
        close(
            &format!("parameter {i}"),
            theta[i],
            want,
            rounding(16, terms) + learning_rate * step_error,
            look,
        )?;
    }
    Ok(())
}

/// Moments and gradients of these kinds.
fn given(n: usize, [own, other]: [Numbers; 2], options: BoxedOptions) -> SBoxedStrategy<Given> {
    let steps = select(vec![0_usize, 1, 2, 9, 99, 1_000, 123_456, 1_000_000_000]);
    let steps = prop_oneof![3 => steps, 1 => 10..=5_000_usize];
    let steps = (steps, select(vec![false, false, false, true]));
    (values(own, n), values(other, n), values(other, n), values(other, n), steps, options)
        .prop_map(|(parameters, gradient, first, second, (step, is_at_rest), options)| {
            // Before the first step the moments are 0, and also where all gradients were.
            let of = |x: Vec<f64>| if step == 0 || is_at_rest { vec![0.0; x.len()] } else { x };
            let second = of(second).into_iter().map(f64::abs).collect();
            Given { parameters, gradient, state: AdamWState { step, first: of(first), second }, options }
        })
        .sboxed()
}

type BoxedOptions = SBoxedStrategy<AdamW>;

fn usual() -> BoxedOptions {
    let betas = [select(vec![0.75, 0.5, 0.0, 0.9]), select(vec![0.875, 0.999, 0.0, 0.5])];
    let rates = (select(vec![0.125, 1.0, 0.001]), select(vec![0.5, 0.0, 0.01]));
    (rates, betas, select(vec![0.0625, 1e-8]))
        .prop_map(|((learning_rate, weight_decay), betas, epsilon)| AdamW {
            learning_rate,
            betas,
            epsilon,
            weight_decay,
        })
        .sboxed()
}

fn any_options() -> BoxedOptions {
    let beta = || select(vec![0.9, 0.999, 0.0, 0.25, 1.0 - 1e-7, 0.999_999, 1e-9]);
    let rate = || prop_oneof![1 => any::magnitude(-30, 30), 2 => any::magnitude(-6, 1), 1 => any::fine()];
    (rate(), [beta(), beta()], epsilon(), rate(), any::part(any::<bool>()))
        .prop_map(|(learning_rate, betas, epsilon, decay, decays)| AdamW {
            learning_rate: learning_rate.abs() + 1e-30,
            betas,
            epsilon,
            weight_decay: if decays { decay.abs() } else { 0.0 },
        })
        .sboxed()
}

#[test]
fn follows_the_definition() {
    let inputs = (1..=4_usize).prop_flat_map(|n| given(n, [Numbers::Eighths; 2], usual()));
    for_all("inputs", inputs).holds(|given| agrees(given, LOOK));
}

#[test]
fn the_first_step_is_the_learning_rate_in_each_direction() {
    for_all("parameters, gradient, rate", (any::eighth(), any::nonzero(), select(vec![0.5, 0.01])))
        .cases(96)
        .holds(|&(theta, g, learning_rate)| {
            let options = AdamW { learning_rate, betas: [0.9, 0.999], epsilon: 1e-30, weight_decay: 0.0 };
            let (new, _) = adamw_step(&[theta], &[g], &start(1), &options).accepted(CALL)?;
            let look = "With the bias correction m̂ = g and v̂ = g² in the first step, so that m̂/√v̂ is \
                        the sign of g.";
            // 1 − 0.999 has an error of 1000·ε.
            close("the parameter", new[0], theta - learning_rate.copysign(g), 1e-11, look)
        });
}

#[test]
fn decay_does_not_depend_on_the_gradient() {
    let inputs = (any::nonzero(), any::nonzero(), select(vec![0.25, 0.5]));
    for_all("theta, g, decay", inputs).cases(96).holds(|&(theta, g, weight_decay)| {
        let shrunk = |g: f64| {
            let step = |weight_decay| {
                let options = AdamW { weight_decay, ..OPTIONS };
                adamw_step(&[theta], &[g], &start(1), &options).accepted(CALL)
            };
            Ok::<_, Broken>(step(0.0)?.0[0] - step(weight_decay)?.0[0])
        };
        let look = "Weight decay is no L2 penalty: η·λ·θ is subtracted as it is, and not divided by √v̂.";
        let want = 0.125 * weight_decay * theta;
        for g in [0.0, g, 1024.0 * g] {
            close(
                &format!("what the decay takes with the gradient {g}"),
                shrunk(g)?,
                want,
                rounding(64, 16.0),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn decay_does_not_enter_the_moments() {
    let inputs = (1..=3_usize).prop_flat_map(|n| given(n, [Numbers::Eighths; 2], usual()));
    for_all("inputs", inputs).cases(64).holds(|given| {
        let (_, with) = asked(given).accepted(CALL)?;
        let options = AdamW { weight_decay: 0.0, ..given.options.clone() };
        let (_, without) = asked(&Given { options, ..given.clone() }).accepted(CALL)?;
        equal("the state with decay", with, without, "The moments are those of the gradient alone.")
    });
}

#[test]
fn without_gradients_parameters_decay() {
    for_all("theta", any::vector(1..=4)).cases(64).holds(|theta| {
        let n = theta.len();
        let (new, state) = adamw_step(theta, &vec![0.0; n], &start(n), &OPTIONS).accepted(CALL)?;
        let want: Vec<f64> = theta.iter().map(|theta| theta * (1.0 - 0.125 * 0.5)).collect();
        equal("the number of parameters", new.len(), n, "As before.")?;
        for (i, want) in want.into_iter().enumerate() {
            close(&format!("parameter {i}"), new[i], want, rounding(8, 8.0), "θ·(1 − η·λ).")?;
        }
        equal("the state", state, AdamWState { step: 1, ..start(n) }, "The moments stay 0.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::optimizer::{AdamW, AdamWState, adamw_step};
        let options = AdamW { learning_rate: 0.5, betas: [0.9, 0.999], epsilon: 1e-30, weight_decay: 0.25 };
        let start = AdamWState { step: 0, first: vec![0.0], second: vec![0.0] };
        let (theta, state) = adamw_step(&[8.0], &[-3.0], &start, &options)?;
        // The decay takes 0.5·0.25·8 = 1; the first step of Adam is η·sign(g).
        assert!((theta[0] - 7.5).abs() < 1e-9 && state.step == 1 && (state.first[0] + 0.3).abs() < 1e-9);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let inputs =
            (any::size(1..=6, 1025), any::kinds()).prop_flat_map(|(n, kinds)| given(n, kinds, any_options()));
        for_all("inputs", inputs).holds(|given| agrees(given, LOOK));
    }

    #[test]
    fn steps_in_a_row_follow_the_definition() {
        for_all("gradients", any::vec(any::eighth(), 1..=40)).cases(48).holds(|gradients| {
            let (mut theta, mut state) = (vec![1.0, -2.0], start(2));
            let options = AdamW { betas: [0.9, 0.999], ..OPTIONS };
            for g in gradients {
                let (parameters, gradient) = (theta, vec![*g, 0.5 - g]);
                let given = Given { parameters, gradient, state, options: options.clone() };
                agrees(&given, LOOK)?;
                (theta, state) = asked(&given).accepted(CALL)?;
            }
            Ok(())
        });
    }

    #[test]
    fn everything_may_be_small() {
        let tiny = any::vec(any::magnitude(-12, -4), 2);
        for_all("parameters, gradient", (tiny.clone(), tiny)).cases(48).holds(|(parameters, gradient)| {
            let options =
                AdamW { learning_rate: 1e-4, betas: [1e-4, 0.0], epsilon: 1e-5, weight_decay: 1e-4 };
            let (parameters, gradient) = (parameters.clone(), gradient.clone());
            agrees(&Given { parameters, gradient, state: start(2), options }, LOOK)
        });
    }

    #[test]
    fn late_steps_need_no_correction() {
        example(|| {
            let state = AdamWState { step: 1_000_000_000, first: vec![0.5], second: vec![4.0] };
            let given = Given { parameters: vec![1.0], gradient: vec![0.5], state, options: OPTIONS };
            agrees(&given, LOOK)?;
            let (_, new) = asked(&given).accepted(CALL)?;
            ensure(new.step == 1_000_000_001, || {
                Broken::answer(new.step.to_string(), "1000000001", "10⁹ steps are allowed.")
            })
        });
    }

    #[test]
    fn numbers_up_to_the_limit_are_right() {
        example(|| {
            let state = AdamWState { step: 1, first: vec![1e60, -1e60], second: vec![0.0, 1e60] };
            let options =
                AdamW { learning_rate: 1e60, betas: [0.0, 0.0], epsilon: 1e-30, weight_decay: 1e60 };
            let given = Given { parameters: vec![1e60, -1e60], gradient: vec![1e60, 0.0], state, options };
            agrees(&given, LOOK)?;
            // Any learning rate above 0 is allowed.
            let options = AdamW { learning_rate: 1e-200, ..OPTIONS };
            let (parameters, gradient) = (vec![0.0, 1e-205], vec![-0.5, 1.0]);
            agrees(&Given { parameters, gradient, state: start(2), options }, LOOK)
        });
    }

    #[test]
    fn rejects_no_parameters_and_other_lengths() {
        for_all("[n, other]", any::unequal_lengths(301)).cases(48).holds(|&[n, other]| {
            let of = |n: usize| vec![0.5; n];
            let asked = |gradient, first, second| {
                let state = AdamWState { step: 3, first: of(first), second: of(second) };
                adamw_step(&of(n), &of(gradient), &state, &OPTIONS)
            };
            let want = InputError::LengthMismatch { left: n, right: other };
            let look = "Gradient and moments have one number per parameter.";
            rejected(CALL, asked(other, n, n), want.clone(), look)?;
            rejected(CALL, asked(n, other, n), want.clone(), look)?;
            rejected(CALL, asked(n, n, other), want, look)?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(CALL, adamw_step(&[], &[], &start(0), &OPTIONS), want, "At least one parameter.")
        });
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        let place = any::many(1..=5, 301).prop_flat_map(|n| (Just(n), any::place(n)));
        let negative = select(vec![-1e-9, -1e-300, -1.0, -1e50]);
        for_all("n and i, bad, large, negative", (place, any::not_finite(), too_large(), negative))
            .cases(64)
            .holds(|&((n, i), bad, large, negative)| {
                let fits = growing_but(n, n, 0.0);
                for got in [bad, large, negative] {
                    let want = |name| reasons(name, i, got, "a range");
                    let mut wrong = wrong_vector(n, i, got);
                    if got == negative && i + 1 < n {
                        // The first negative one counts.
                        wrong[n - 1] = -3.5;
                    }
                    let asked = |parameters: &[f64], gradient: &[f64], first: &[f64], second: &[f64]| {
                        let state = AdamWState { step: 2, first: first.to_vec(), second: second.to_vec() };
                        adamw_step(parameters, gradient, &state, &OPTIONS)
                    };
                    let look = "Finite, at most 10⁶⁰ in size, and no second moment below 0.";
                    rejected_for(CALL, asked(&fits, &fits, &fits, &wrong), &want("second"), look)?;
                    if got != negative {
                        rejected_for(CALL, asked(&wrong, &fits, &fits, &fits), &want("parameters"), look)?;
                        rejected_for(CALL, asked(&fits, &wrong, &fits, &fits), &want("gradient"), look)?;
                        rejected_for(CALL, asked(&fits, &fits, &wrong, &fits), &want("first"), look)?;
                    }
                }
                Ok(())
            });
    }

    #[test]
    fn rejects_options_out_of_range() {
        let rates = select(vec![0.0, -0.1, -1e-9, -1e-300, 1e60_f64.next_up(), f64::INFINITY, f64::NAN]);
        let decays = select(vec![-1e-9, -1e-300, 1e60_f64.next_up(), f64::NAN, f64::INFINITY]);
        let betas = select(vec![1.0, 1.0_f64.next_up(), -1e-9, -1e-300, f64::NAN, f64::INFINITY]);
        for_all("rate, decay, beta, epsilon", (rates, decays, betas, bad_epsilon())).cases(48).holds(
            |&(learning_rate, weight_decay, beta, epsilon)| {
                let asked = |options: AdamW| adamw_step(&[1.0], &[1.0], &start(1), &options);
                let want = |name, got| InputError::OutOfRange { name, got, wanted: "a range" };
                let look = "η above 0, β at least 0 and below 1, ε from 10⁻³⁰ to 1, λ at least 0.";
                let options = AdamW { learning_rate, ..OPTIONS };
                rejected(CALL, asked(options), want("learning_rate", learning_rate), look)?;
                let options = AdamW { weight_decay, ..OPTIONS };
                rejected(CALL, asked(options), want("weight_decay", weight_decay), look)?;
                rejected(CALL, asked(AdamW { betas: [beta, 0.5], ..OPTIONS }), want("betas", beta), look)?;
                rejected(CALL, asked(AdamW { betas: [0.5, beta], ..OPTIONS }), want("betas", beta), look)?;
                rejected(CALL, asked(AdamW { betas: [beta, 2.5], ..OPTIONS }), want("betas", beta), look)?;
                rejected(CALL, asked(AdamW { epsilon, ..OPTIONS }), want("epsilon", epsilon), look)
            },
        );
    }

    #[test]
    fn rejects_too_many_steps() {
        for_all("step", select(vec![1_000_000_001_usize, 1 << 40, usize::MAX])).cases(16).holds(|&step| {
            let want = InputError::OutOfRange { name: "step", got: step as f64, wanted: "at most 10⁹" };
            let answer = adamw_step(&[1.0], &[1.0], &AdamWState { step, ..start(1) }, &OPTIONS);
            rejected(CALL, answer, want, "At most 10⁹ steps.")
        });
    }
}
