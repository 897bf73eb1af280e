use judge::{Answer, Broken, any, close, ensure, equal, for_all, rejected, rounding};
use katas::x4_attention::generation::{Sampling, next_token_probabilities};
use kit::InputError;
use proptest::prelude::*;

use super::choices::{NAMES, any_size, few, in_order, kept, ordered, tolerance};

const CALL: &str = "next_token_probabilities(z, sampling)";

fn asked(logits: &[f64], sampling: &Sampling) -> Result<Vec<f64>, Broken> {
    let p = next_token_probabilities(logits, sampling).accepted(CALL)?;
    equal(
        "the number of probabilities",
        p.len(),
        logits.len(),
        "One for each token, in the order of the logits.",
    )?;
    Ok(p)
}

fn near(got: &[f64], want: &[f64], logits: &[f64], temperature: f64, look: &str) -> Result<(), Broken> {
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        close(&format!("p[{i}]"), *got, *want, tolerance(logits, temperature, *want), look)?;
    }
    Ok(())
}

#[test]
fn sums_to_1() {
    for_all(NAMES, any_size()).holds(|choice| {
        let p = asked(&choice.logits, &choice.sampling())?;
        let look = "What is kept is divided by its sum; all others are 0.";
        close("Σ p", p.iter().sum::<f64>(), 1.0, rounding(4 * p.len() + 8, 1.0), look)
    });
}

#[test]
fn is_the_softmax_of_the_logits_over_the_temperature() {
    for_all(NAMES, few()).holds(|choice| {
        let sampling = Sampling { top_k: choice.logits.len(), ..choice.sampling() };
        let (order, q) = in_order(&choice.logits, choice.temperature, choice.logits.len());
        let want = kept(choice.logits.len(), &order, &q, q.len());
        let look = "exp(z/τ), divided by the sum. Are the logits divided by τ, before softmax?";
        near(&asked(&choice.logits, &sampling)?, &want, &choice.logits, choice.temperature, look)
    });
}

#[test]
fn temperature_0_is_greedy() {
    for_all("z, τ, k, place, p", (any_size(), any::select(vec![1.0, 0.5, 1e-3, 1e-200]))).holds(
        |(choice, top_p)| {
            let sampling = Sampling { temperature: 0.0, top_k: choice.top_k, top_p: *top_p };
            let best = ordered(&choice.logits)[0];
            let want: Vec<f64> = (0..choice.logits.len()).map(|i| f64::from(i == best)).collect();
            let look = "All probability goes to the largest logit; of equal ones to the lowest token.";
            equal(CALL, asked(&choice.logits, &sampling)?, want, look)
        },
    );
}

#[test]
fn a_high_temperature_makes_tokens_equal_and_a_low_one_picks_the_best() {
    for_all(NAMES, few()).holds(|choice| {
        let (n, z) = (choice.logits.len(), &choice.logits);
        let hot = asked(z, &Sampling { temperature: 1e12, top_k: n, top_p: 1.0 })?;
        let look = "As τ grows, z/τ comes near 0 for all tokens.";
        // Logits differ by at most 16.
        close("p at τ = 10¹²", hot.as_slice(), vec![1.0 / n as f64; n].as_slice(), 2e-11, look)?;
        let cold = asked(z, &Sampling { temperature: 1e-3, top_k: n, top_p: 1.0 })?;
        let best = z.iter().fold(f64::NEG_INFINITY, |most, z| most.max(*z));
        let ties = z.iter().filter(|z| **z == best).count() as f64;
        let want: Vec<f64> = z.iter().map(|z| if *z == best { 1.0 / ties } else { 0.0 }).collect();
        let look = "Near 0 all probability goes to the largest logit, in equal shares to equal ones.";
        // An eighth is 125 times τ, and e⁻¹²⁵ < 10⁻⁵⁴.
        close("p at τ = 0.001", cold.as_slice(), want.as_slice(), rounding(64, 1.0), look)
    });
}

#[test]
fn ratios_of_what_is_kept_do_not_depend_on_top_k() {
    for_all(NAMES, few()).holds(|choice| {
        let p = asked(&choice.logits, &choice.sampling())?;
        let order = ordered(&choice.logits);
        let best = order[0];
        for &i in order.iter().take(choice.top_k) {
            let want = p[best] * ((choice.logits[i] - choice.logits[best]) / choice.temperature).exp();
            let look = "pᵢ/pⱼ = exp((zᵢ − zⱼ)/τ): what is kept is divided by one number.";
            close(&format!("p[{i}]"), p[i], want, tolerance(&choice.logits, choice.temperature, want), look)?;
        }
        Ok(())
    });
}

#[test]
fn top_k_keeps_the_k_largest_logits() {
    for_all(NAMES, any_size()).holds(|choice| {
        let (order, q) = in_order(&choice.logits, choice.temperature, choice.top_k);
        let want = kept(choice.logits.len(), &order, &q, q.len());
        let look = "The k largest, of equal logits the lowest tokens; k beyond the vocabulary keeps all.";
        near(&asked(&choice.logits, &choice.sampling())?, &want, &choice.logits, choice.temperature, look)
    });
}

#[test]
fn top_p_keeps_the_smallest_set() {
    for_all("z, τ, k, place, p", (few(), any::part(1..=79_u32))).holds(|(choice, eightieths)| {
        let top_p = f64::from(*eightieths) / 80.0;
        let p = asked(&choice.logits, &Sampling { top_p, ..choice.sampling() })?;
        let (order, q) = in_order(&choice.logits, choice.temperature, choice.top_k);
        let m = p.iter().filter(|p| **p > 0.0).count();
        let best_first = order.iter().take(m).all(|&i| p[i] > 0.0);
        ensure(m > 0 && m <= q.len() && best_first, || {
            let look = "The most probable tokens are kept, of equal ones the lowest.";
            Broken::answer(format!("{CALL} = {p:?}"), "the first m tokens in the order, and no other", look)
        })?;
        let [with, without] = [m, m - 1].map(|m| q[..m].iter().sum::<f64>());
        let slack = rounding(64, 1.0);
        ensure(with >= top_p - slack && (m == 1 || without < top_p + slack), || {
            let got =
                format!("{CALL} keeps {m} tokens, with a sum of {with}; without the last one {without}");
            let look = "The token that reaches p is kept, too, and none after it. At least one is kept.";
            Broken::answer(got, format!("the fewest tokens whose sum is at least {top_p}"), look)
        })?;
        near(
            &p,
            &kept(p.len(), &order, &q, m),
            &choice.logits,
            choice.temperature,
            "Divided by the sum of what is kept.",
        )
    });
}

#[test]
fn top_p_of_any_size() {
    for_all(NAMES, any_size()).holds(|choice| {
        let (order, q) = in_order(&choice.logits, choice.temperature, choice.top_k);
        // Between two sums that rounding does not bring together.
        let m = 1 + (choice.place % q.iter().filter(|q| **q > 1e-6).count().max(1) as u64) as usize;
        let before: f64 = q[..m - 1].iter().sum();
        let top_p = (before + q[m - 1] / 2.0).min(1.0);
        let carried = tolerance(&choice.logits, choice.temperature, 1.0);
        if carried > 1e-8 {
            return equal("nothing is asked where rounding decides", true, true, "");
        }
        let p = asked(&choice.logits, &Sampling { top_p, ..choice.sampling() })?;
        let look = "Sum up in the order of the probabilities, until p is reached.";
        near(&p, &kept(p.len(), &order, &q, m), &choice.logits, choice.temperature, look)
    });
}

#[test]
fn a_constant_added_to_all_logits_changes_nothing() {
    for_all("z, τ, k, place, c", (few(), any::eighth())).holds(|(choice, c)| {
        let moved: Vec<f64> = choice.logits.iter().map(|z| z + c).collect();
        let (got, want) = (asked(&moved, &choice.sampling())?, asked(&choice.logits, &choice.sampling())?);
        near(&got, &want, &[16.0], choice.temperature, "Only differences of logits count.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::generation::{Sampling, next_token_probabilities};
        let logits = [0.0, 2.0, 2.0, -1.0];
        let two = Sampling { temperature: 0.5, top_k: 2, top_p: 1.0 };
        assert_eq!(next_token_probabilities(&logits, &two), Ok(vec![0.0, 0.5, 0.5, 0.0]));
        let greedy = Sampling { temperature: 0.0, top_k: 2, top_p: 1.0 };
        assert_eq!(next_token_probabilities(&logits, &greedy), Ok(vec![0.0, 1.0, 0.0, 0.0]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn logits_of_any_size_do_not_overflow() {
        let extreme = any::select(vec![1e300, -1e300, 9.5e299, 0.0, -0.0, 5e-324, 1e-300]);
        let temperature = any::select(vec![5e-324, 1e-300, 1e-9, 1.0, 1e9, 1e300, f64::MAX]);
        let sizes = any::many(1..=4, 301);
        let inputs = sizes.prop_flat_map(move |n| (any::vec(extreme.clone(), n), temperature.clone()));
        for_all("z, τ", inputs).holds(|(z, temperature)| {
            let p = asked(z, &Sampling { temperature: *temperature, top_k: z.len(), top_p: 1.0 })?;
            let largest = z.iter().fold(f64::NEG_INFINITY, |most, z| most.max(*z));
            let powers: Vec<f64> = z.iter().map(|z| ((z - largest) / temperature).exp()).collect();
            let sum: f64 = powers.iter().sum();
            let look = "Subtract the largest logit before dividing by τ: then no power exceeds 1.";
            for (i, power) in powers.iter().enumerate() {
                // A difference over τ near 1 or below has few digits to lose.
                close(&format!("p[{i}]"), p[i], power / sum, rounding(4 * z.len() + 64, 1.0), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn zeros_of_both_signs_are_equal() {
        for_all("z", any::vec(any::select(vec![0.0, -0.0, -1.0]), 1..=70)).holds(|z| {
            let greedy = Sampling { temperature: 0.0, top_k: 1, top_p: 1.0 };
            let best = ordered(z)[0];
            let look = "−0 equals 0: of equal logits the lowest token is first.";
            for temperature in [0.0, 1.0] {
                let p = asked(z, &Sampling { temperature, ..greedy })?;
                equal("the only token that is kept", p.iter().position(|p| *p == 1.0), Some(best), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_empty_logits() {
        for_all("z, τ, k, place", few()).cases(32).holds(|choice| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let look = "Without tokens there is no next one.";
            rejected("of no logits", next_token_probabilities(&[], &choice.sampling()), want, look)
        });
    }

    #[test]
    fn rejects_logits_that_are_not_finite() {
        for_all("z, τ, k, place, bad", (any_size(), any::not_finite())).cases(128).holds(|(choice, bad)| {
            let (mut z, n) = (choice.logits.clone(), choice.logits.len());
            let index = (choice.place % n as u64) as usize;
            z[n - 1] = f64::NAN;
            z[index] = *bad;
            let want = InputError::NotFinite { name: "logits", index };
            let look = "The first logit that is NaN or infinite.";
            rejected(CALL, next_token_probabilities(&z, &choice.sampling()), want, look)
        });
    }

    #[test]
    fn rejects_invalid_settings() {
        let bad = any::select(vec![f64::NAN, f64::NEG_INFINITY, -1.0, -5e-324, -1e-9]);
        for_all("z, τ, k, place, bad", (few(), bad)).cases(128).holds(|(choice, bad)| {
            let right = choice.sampling();
            let rejects = |sampling: Sampling, name: &'static str, got: f64, wanted: &'static str| {
                let answer = next_token_probabilities(&choice.logits, &sampling);
                let call = format!("next_token_probabilities(z, {sampling:?})");
                let is_same = |why: &InputError| match why {
                    InputError::OutOfRange { name: n, got: g, wanted: w } => {
                        *n == name && *w == wanted && (*g == got || g.is_nan() && got.is_nan())
                    }
                    _ => false,
                };
                if answer.as_ref().is_err_and(is_same) {
                    return equal(&call, answer.is_err(), true, "");
                }
                rejected(
                    &call,
                    answer,
                    InputError::OutOfRange { name, got, wanted },
                    "See the ranges on the page.",
                )
            };
            let wanted = "a finite number ≥ 0";
            rejects(Sampling { temperature: *bad, ..right }, "temperature", *bad, wanted)?;
            rejects(Sampling { temperature: f64::INFINITY, ..right }, "temperature", f64::INFINITY, wanted)?;
            for temperature in [right.temperature, 0.0] {
                rejects(Sampling { top_k: 0, temperature, ..right }, "top_k", 0.0, "at least 1")?;
            }
            for top_p in [*bad, 0.0, 1.0_f64.next_up(), 2.0, f64::INFINITY] {
                rejects(Sampling { top_p, ..right }, "top_p", top_p, "above 0, at most 1")?;
            }
            Ok(())
        });
    }
}
