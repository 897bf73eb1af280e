use std::cell::RefCell;

use judge::{Answer, Broken, any, drawn_with, equal, for_all, rejected};
use katas::x4_attention::generation::{Sampling, generate};
use kit::{Generator, InputError};
use proptest::prelude::*;

use super::choices::by_hand;

const CALL: &str = "generate(model, prompt, count, end, sampling, generator)";
const NAMES: &str = "V, prompt, count, sampling, unit, seed";

/// A vocabulary, what is generated, and how.
#[derive(Debug, Clone)]
struct Given {
    vocabulary: usize,
    prompt: Vec<usize>,
    count: usize,
    sampling: Sampling,
    /// What the logits are multiplied by, and the temperature as well.
    unit: f64,
    seed: u64,
}

impl judge::Inputs for Given {
    fn describe(&self) -> Vec<String> {
        let (v, count, seed) = (self.vocabulary, self.count, self.seed);
        let [prompt, sampling] = [format!("{:?}", self.prompt), format!("{:?}", self.sampling)];
        vec![v.to_string(), prompt, count.to_string(), sampling, format!("{:?}", self.unit), seed.to_string()]
    }
}

/// How a token is chosen, and the unit of logits and temperature.
fn sampling() -> impl Strategy<Value = (Sampling, f64)> + Send + Sync + Clone {
    let temperature = any::select(vec![0.0, 0.5, 1.0, 1.0, 3.0]);
    let top_k = any::select(vec![1_usize, 2, 3, 60, 1000]);
    let top_p = any::select(vec![0.3, 0.9, 1.0, 1.0, 1e-4, 1e-110]);
    let unit = any::select(vec![1.0, 1.0, 1.0, 1e-12, 1e8, 1e-105, 1e110]);
    (temperature, top_k, top_p, unit).prop_map(|(temperature, top_k, top_p, unit)| {
        (Sampling { temperature: temperature * unit, top_k, top_p }, unit)
    })
}

fn given(
    sizes: impl Strategy<Value = [usize; 3]> + Send + Sync + Clone + 'static,
) -> impl Strategy<Value = Given> + Send + Sync + Clone {
    sizes.prop_flat_map(|[vocabulary, length, count]| {
        (any::vec(0..vocabulary, length), sampling(), any::seed()).prop_map(
            move |(prompt, (sampling, unit), seed)| Given { vocabulary, prompt, count, sampling, unit, seed },
        )
    })
}

fn few() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    given(
        (any::part(1..=5_usize), any::part(1..=3_usize), any::part(0..=5_usize)).prop_map(<[usize; 3]>::from),
    )
}

fn any_size() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let sizes = (any::sizes([1..=5, 1..=3], [301, 301]), any::many(1..=6, 301));
    given(sizes.prop_map(|([vocabulary, length], count)| [vocabulary, length, count]))
}

/// Logits that depend on every token and its place; no two are equal, and no sum of probabilities is a round number.
fn logits(given: &Given, tokens: &[usize]) -> Vec<f64> {
    let folded = tokens.iter().fold(tokens.len() as u64, |sum, token| {
        (sum.wrapping_mul(6_364_136_223_846_793_005)).wrapping_add(*token as u64 + 1)
    });
    let mut generator = Generator::from_seed(folded);
    (0..given.vocabulary).map(|_| given.unit * generator.uniform_in(-2.0, 2.0)).collect()
}

/// The lowest token whose cumulative sum exceeds u.
fn chosen(p: &[f64], u: f64) -> usize {
    let mut sum = 0.0;
    let reached = p.iter().position(|p| {
        sum += p;
        u < sum
    });
    reached.unwrap_or_else(|| p.iter().rposition(|p| *p > 0.0).unwrap_or(0))
}

/// The definition.
fn generated(given: &Given, end: Option<usize>, generator: &mut Generator) -> Vec<usize> {
    let mut tokens = given.prompt.clone();
    for _ in 0..given.count {
        let p = by_hand(&logits(given, &tokens), &given.sampling);
        let token = chosen(&p, generator.uniform());
        tokens.push(token);
        if Some(token) == end {
            break;
        }
    }
    tokens.split_off(given.prompt.len())
}

/// The answer; what the model was asked is checked on the way.
fn asked(given: &Given, end: Option<usize>, generator: &mut Generator) -> Result<Vec<usize>, Broken> {
    let calls = RefCell::new(Vec::new());
    let mut model = |tokens: &[usize]| {
        calls.borrow_mut().push(tokens.to_vec());
        Ok(logits(given, tokens))
    };
    let got =
        generate(&mut model, &given.prompt, given.count, end, &given.sampling, generator).accepted(CALL)?;
    let want: Vec<Vec<usize>> = (0..got.len()).map(|i| [&given.prompt[..], &got[..i]].concat()).collect();
    let look = "Once per token, with the prompt and all tokens that were generated before it.";
    equal("what the model is called with", calls.into_inner(), want, look)?;
    Ok(got)
}

#[test]
fn each_token_is_drawn_by_the_cumulative_sum() {
    for_all(NAMES, few()).holds(|given| {
        let [mut used, mut again] = [given.seed; 2].map(Generator::from_seed);
        let got = asked(given, None, &mut used)?;
        let look = "The lowest token whose cumulative sum exceeds u, after temperature, top-k and top-p.";
        equal(CALL, got, generated(given, None, &mut again), look)
    });
}

#[test]
fn each_token_of_any_number_is_drawn_by_the_cumulative_sum() {
    for_all(NAMES, any_size()).cases(96).holds(|given| {
        let [mut used, mut again] = [given.seed; 2].map(Generator::from_seed);
        let got = asked(given, None, &mut used)?;
        equal(
            CALL,
            got,
            generated(given, None, &mut again),
            "Every token of the past counts, and every one is drawn.",
        )?;
        let look = "One `uniform()` per token, also where the choice is greedy: no clone of the generator.";
        equal("the generator's next number", used.uniform(), again.uniform(), look)
    });
}

#[test]
fn greedy_generation_does_not_depend_on_the_generator() {
    for_all(NAMES, any_size()).cases(32).holds(|given| {
        let sampling = Sampling { temperature: 0.0, ..given.sampling };
        let given = &Given { sampling, ..given.clone() };
        let [mut one, mut two] = [given.seed, given.seed ^ 1].map(Generator::from_seed);
        let (got, want) = (asked(given, None, &mut one)?, asked(given, None, &mut two)?);
        equal(
            "with another seed",
            got,
            want,
            "At temperature 0 the most probable token is taken, whatever u is.",
        )
    });
}

#[test]
fn stops_after_the_end_token() {
    let inputs = (any_size(), any::seed());
    for_all("V, prompt, count, sampling, unit, seed, end", inputs).cases(64).holds(|(given, end)| {
        // Most vocabularies are small, so most sequences have one.
        let end = (*end % given.vocabulary.min(5) as u64) as usize;
        let [mut used, mut again] = [given.seed; 2].map(Generator::from_seed);
        let got = asked(given, Some(end), &mut used)?;
        let look = "The end token is the last one returned, and nothing is drawn after it. \
            One in the prompt does not count.";
        equal(CALL, got, generated(given, Some(end), &mut again), look)?;
        equal("the generator's next number", used.uniform(), again.uniform(), look)
    });
}

#[test]
fn tokens_come_as_often_as_their_probabilities_say() {
    // Relative entropy: chance exceeds the bound with a probability below 1e-14 in each of the cases.
    let logits = any::vec(any::part(-8..=8_i32), 2..=6);
    for_all("4z, seed", (logits, any::seed())).cases(4).holds(|(quarters, seed)| {
        let z: Vec<f64> = quarters.iter().map(|z| f64::from(*z) / 4.0).collect();
        let sampling = Sampling { temperature: 1.0, top_k: z.len(), top_p: 1.0 };
        let (mut generator, mut counts) = (Generator::from_seed(*seed), vec![0; z.len()]);
        for _ in 0..20 {
            let mut model = |_: &[usize]| Ok(z.clone());
            let got = generate(&mut model, &[0], 100, None, &sampling, &mut generator).accepted(CALL)?;
            got.iter().filter(|token| **token < z.len()).for_each(|token| counts[*token] += 1);
        }
        let names: Vec<String> = (0..z.len()).map(|i| format!("token {i}")).collect();
        let look = "Each token has its own u, and comes with its probability.";
        drawn_with("2000 tokens", &names, &counts, &by_hand(&z, &sampling), look)
    });
}

#[test]
fn a_count_of_0_generates_nothing() {
    for_all(NAMES, few()).cases(32).holds(|given| {
        let given = &Given { count: 0, ..given.clone() };
        let [mut used, fresh] = [given.seed; 2].map(Generator::from_seed);
        equal(
            CALL,
            asked(given, None, &mut used)?,
            Vec::new(),
            "Nothing is generated, and the prompt is not returned.",
        )?;
        equal("the generator", used == fresh, true, "Nothing is drawn either.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::generation::{Sampling, generate};
        use kit::Generator;
        // The largest logit is that of the token after the last one.
        let mut model = |tokens: &[usize]| {
            let next = tokens[tokens.len() - 1] + 1;
            Ok((0..5).map(|i| if i == next { 1.0 } else { 0.0 }).collect())
        };
        let greedy = Sampling { temperature: 0.0, top_k: 5, top_p: 1.0 };
        let mut generator = Generator::from_seed(1);
        assert_eq!(generate(&mut model, &[0], 3, None, &greedy, &mut generator), Ok(vec![1, 2, 3]));
        assert_eq!(generate(&mut model, &[0], 3, Some(2), &greedy, &mut generator), Ok(vec![1, 2]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn top_p_counts_to_the_last_digits() {
        let logits = any::vec(any::part(-8..=8_i32), 2..=6);
        for_all("4z, seed, place", (logits, any::seed(), any::part(0..6_usize))).cases(64).holds(
            |(quarters, seed, place)| {
                let z: Vec<f64> = quarters.iter().map(|z| f64::from(*z) / 4.0).collect();
                let (_, q) = super::super::choices::in_order(&z, 1.0, z.len());
                // A little more than a sum: one token more is needed to reach it. Rounding is far less, that of f32 far more.
                let top_p = q[..1 + place % (z.len() - 1)].iter().sum::<f64>() + 1e-9;
                let sampling = Sampling { temperature: 1.0, top_k: z.len(), top_p };
                let p = by_hand(&z, &sampling);
                let [mut used, mut again] = [*seed; 2].map(Generator::from_seed);
                let mut model = |_: &[usize]| Ok(z.clone());
                let got = generate(&mut model, &[0], 20, None, &sampling, &mut used).accepted(CALL)?;
                let want: Vec<usize> = (0..20).map(|_| chosen(&p, again.uniform())).collect();
                let look = "The settings are taken as they are, in double precision.";
                equal(CALL, got, want, look)
            },
        );
    }

    #[test]
    fn rejects_empty_prompts() {
        for_all(NAMES, few()).cases(48).holds(|given| {
            let mut model = |tokens: &[usize]| Ok(logits(given, tokens));
            let mut generator = Generator::from_seed(given.seed);
            let got = generate(&mut model, &[], given.count, None, &given.sampling, &mut generator);
            let look = "The model predicts from at least one token.";
            rejected(CALL, got, InputError::TooFew { got: 0, wanted: 1 }, look)
        });
    }

    #[test]
    fn returns_the_error_of_the_model() {
        for_all("V, prompt, count, sampling, unit, seed, step", (any_size(), any::seed())).cases(48).holds(
            |(given, step)| {
                let given = &Given { count: given.count + 1, ..given.clone() };
                let fails = given.prompt.len() + (*step % given.count as u64) as usize;
                let why = || InputError::UnknownClass { index: 3, got: fails, classes: 2 };
                let mut model = |tokens: &[usize]| {
                    if tokens.len() == fails { Err(why()) } else { Ok(logits(given, tokens)) }
                };
                let mut generator = Generator::from_seed(given.seed);
                let got =
                    generate(&mut model, &given.prompt, given.count, None, &given.sampling, &mut generator);
                rejected(CALL, got, why(), "An error of the model is returned as it is.")
            },
        );
    }

    #[test]
    fn rejects_invalid_settings_and_logits() {
        for_all("V, prompt, count, sampling, unit, seed, way", (few(), 0..5_usize)).cases(64).holds(
            |(given, way)| {
                let (mut sampling, mut z) = (given.sampling, vec![0.0; 3]);
                match way {
                    0 => sampling.top_k = 0,
                    1 => sampling.temperature = f64::NAN,
                    2 => sampling.temperature = f64::INFINITY,
                    3 => z[1] = f64::NAN,
                    _ => z.clear(),
                }
                let mut model = |_: &[usize]| Ok(z.clone());
                let mut generator = Generator::from_seed(given.seed);
                let count = given.count + 1;
                let got = generate(&mut model, &given.prompt, count, None, &sampling, &mut generator);
                let is_right = got.as_ref().is_err_and(|why| match (way, why) {
                    (0, InputError::OutOfRange { name, got, .. }) => *name == "top_k" && *got == 0.0,
                    (1 | 2, InputError::OutOfRange { name, got, .. }) => {
                        *name == "temperature" && !got.is_finite()
                    }
                    (3, why) => *why == InputError::NotFinite { name: "logits", index: 1 },
                    (4, why) => *why == InputError::TooFew { got: 0, wanted: 1 },
                    _ => false,
                });
                judge::ensure(is_right, || {
                    let want = "the error of next_token_probabilities for these logits and settings";
                    let look = "The reasons of `next_token_probabilities` are returned as they are.";
                    Broken::answer(format!("{CALL} = {got:?}"), want, look)
                })
            },
        );
    }
}
