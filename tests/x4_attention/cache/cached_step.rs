use candle_core::{DType, Device, Var};
use candle_nn::VarMap;
use judge::{Answer, Broken, any, close, equal, for_all, rejected};
use katas::x4_attention::cache::{KvCache, cached_step};
use katas::x4_attention::gpt::GptSettings;
use kit::{Generator, InputError};
use proptest::prelude::*;

use super::super::definition::{self, single, tolerance};
use super::super::variables::{Numbers, fill, made, numbers, of_gpt, read, sorted};

const CALL: &str = "cached_step(variables, settings, token, cache)";
const NAMES: &str = "settings, T, seed";

/// A network, the length of a sequence for it, and the seed of all numbers.
#[derive(Debug, Clone, Copy)]
struct Given {
    settings: GptSettings,
    length: usize,
    seed: u64,
}

impl judge::Inputs for Given {
    fn describe(&self) -> Vec<String> {
        vec![format!("{:?}", self.settings), self.length.to_string(), self.seed.to_string()]
    }
}

fn given([length, spare, vocabulary, heads, size, layers]: [usize; 6], seed: u64) -> Given {
    let settings = GptSettings { vocabulary, context: length + spare, width: heads * size, heads, layers };
    Given { settings, length, seed }
}

fn few() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let sizes = (1..=4_usize, 0..=2_usize, 1..=5_usize, 1..=2_usize, 2..=3_usize, 1..=3_usize);
    (sizes, any::seed()).prop_map(|((length, spare, vocabulary, heads, size, layers), seed)| {
        given([length, spare, vocabulary, heads, size, layers], seed)
    })
}

fn any_size() -> impl Strategy<Value = Given> + Send + Sync + Clone {
    let small = [1..=4, 0..=2, 1..=5, 1..=2, 2..=3, 1..=3];
    (any::sizes(small, [257, 301, 301, 33, 65, 13]), any::seed()).prop_map(|(mut sizes, seed)| {
        // Where all are larger, few of some are enough: the work is their product.
        if sizes.iter().all(|size| *size > 4) {
            sizes = [13, sizes[1], sizes[2], 2, 3, 4];
        }
        given(sizes, seed)
    })
}

impl Given {
    /// Variables of these sizes, filled.
    fn variables(&self, dtype: DType) -> Result<(VarMap, Numbers), Broken> {
        let variables = made(&of_gpt(&self.settings), dtype);
        let numbers = fill(&variables, self.seed)?;
        Ok((variables, numbers))
    }

    fn tokens(&self, seed: u64) -> Vec<usize> {
        let mut generator = Generator::from_seed(self.seed ^ seed);
        (0..self.length).map(|_| generator.below(self.settings.vocabulary)).collect()
    }

    fn tolerance(&self) -> f64 {
        tolerance(self.length, self.settings.width) * (1.0 + self.settings.layers as f64)
    }

    /// One step: its logits.
    fn step(&self, variables: &VarMap, token: usize, cache: &mut KvCache) -> Result<Vec<f64>, Broken> {
        let logits = cached_step(variables, &self.settings, token, cache).accepted(CALL)?;
        let look = "One logit per token, in one dimension.";
        equal("the shape of the logits", logits.dims().to_vec(), vec![self.settings.vocabulary], look)?;
        numbers(CALL, &logits)
    }
}

fn cached_equals_recomputed(given: &Given, empty: &KvCache) -> Result<(), Broken> {
    let (variables, v) = given.variables(DType::F64)?;
    let (tokens, mut cache) = (given.tokens(1), empty.clone());
    let (logits, _) = definition::gpt(&tokens, &v, &given.settings);
    for (t, (token, want)) in tokens.iter().zip(&logits).enumerate() {
        let got = given.step(&variables, *token, &mut cache)?;
        let look = "The logits of the last position of the whole sequence: its query attends to all keys, \
            and its position is the number of those before.";
        let call = format!("the logits of step {t}, after the tokens {:?}", &tokens[..t.min(8)]);
        close(&call, got.as_slice(), want.as_slice(), given.tolerance(), look)?;
    }
    Ok(())
}

#[test]
fn cached_logits_equal_recomputed_ones() {
    for_all(NAMES, few()).cases(64).holds(|given| cached_equals_recomputed(given, &KvCache::default()));
}

#[test]
fn cached_logits_equal_recomputed_ones_for_any_size() {
    for_all(NAMES, any_size()).cases(16).holds(|given| cached_equals_recomputed(given, &KvCache::default()));
}

#[test]
fn the_cache_holds_keys_and_values_of_each_position() {
    for_all(NAMES, any_size()).cases(16).holds(|given| {
        let (variables, v) = given.variables(DType::F64)?;
        let (tokens, mut cache) = (given.tokens(1), KvCache::default());
        for token in &tokens {
            given.step(&variables, *token, &mut cache)?;
        }
        let (_, blocks) = definition::gpt(&tokens, &v, &given.settings);
        let look = "One tensor for each block, with one row per position: K and V, not split into heads.";
        equal("the number of tensors", [cache.keys.len(), cache.values.len()], [blocks.len(); 2], look)?;
        for (l, block) in blocks.iter().enumerate() {
            for (name, got, want) in
                [("keys", &cache.keys[l], &block.keys), ("values", &cache.values[l], &block.values)]
            {
                let name = format!("cache.{name}[{l}]");
                let shape = vec![tokens.len(), want[0].len()];
                equal(&format!("the shape of {name}"), got.dims().to_vec(), shape, look)?;
                let (got, want) = (numbers(&name, got)?, want.concat());
                close(&name, got.as_slice(), want.as_slice(), given.tolerance(), look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn two_sequences_with_caches_of_their_own_are_independent() {
    for_all(NAMES, few()).cases(32).holds(|given| {
        let (variables, v) = given.variables(DType::F64)?;
        let (one, two) = (given.tokens(1), given.tokens(2));
        let mut caches = [KvCache::default(), KvCache::default()];
        let [first, second] = [&one, &two].map(|tokens| definition::gpt(tokens, &v, &given.settings).0);
        let look =
            "All that a step knows of the past is in the cache that it is given: none is kept elsewhere.";
        for t in 0..given.length {
            for (which, (tokens, want)) in [(&one, &first), (&two, &second)].into_iter().enumerate() {
                let got = given.step(&variables, tokens[t], &mut caches[which])?;
                let call = format!("the logits of step {t} of sequence {which}");
                close(&call, got.as_slice(), want[t].as_slice(), given.tolerance(), look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn a_copy_of_the_cache_continues_from_there() {
    for_all("settings, T, seed, token", (few(), any::seed())).cases(32).holds(|(given, other)| {
        let given =
            &Given { settings: GptSettings { context: given.length + 1, ..given.settings }, ..*given };
        let (variables, v) = given.variables(DType::F64)?;
        let (tokens, mut cache) = (given.tokens(1), KvCache::default());
        for token in &tokens {
            given.step(&variables, *token, &mut cache)?;
        }
        let look = "A step changes the cache that it is given, not the tensors that a copy of it shares.";
        let vocabulary = given.settings.vocabulary;
        for token in [(*other % vocabulary as u64) as usize, 0, vocabulary - 1] {
            let got = given.step(&variables, token, &mut cache.clone())?;
            let (logits, _) = definition::gpt(&[&tokens[..], &[token]].concat(), &v, &given.settings);
            let call = format!("the logits after {token}, from a copy of the cache");
            close(&call, got.as_slice(), logits[tokens.len()].as_slice(), given.tolerance(), look)?;
        }
        Ok(())
    });
}

#[test]
fn the_variables_stay_as_they_are() {
    for_all(NAMES, few()).cases(24).holds(|given| {
        let (variables, v) = given.variables(DType::F64)?;
        let mut cache = KvCache::default();
        for token in given.tokens(1) {
            given.step(&variables, token, &mut cache)?;
        }
        equal("the variables after the steps", read(&variables)?, v, "A step reads the variables only.")
    });
}

#[test]
fn keeps_single_precision() {
    let inputs = (any::sizes([1..=4, 2..=5, 1..=2], [65, 65, 5]), any::seed());
    for_all("T, V, L, seed", inputs).cases(16).holds(|&([length, vocabulary, layers], seed)| {
        let settings = GptSettings { vocabulary, context: length, width: 8, heads: 2, layers };
        let given = Given { settings, length, seed };
        let (variables, v) = given.variables(DType::F32)?;
        let (tokens, mut cache) = (given.tokens(1), KvCache::default());
        let (logits, _) = definition::gpt(&tokens, &v, &settings);
        for (token, want) in tokens.iter().zip(&logits) {
            let got = cached_step(&variables, &settings, *token, &mut cache).accepted(CALL)?;
            let look = "The type of the variables, f32, with the same logits to some digits.";
            equal("the type of the logits", got.dtype(), DType::F32, look)?;
            let tolerance = single(length, 8) * (1.0 + layers as f64);
            close(CALL, numbers(CALL, &got)?.as_slice(), want.as_slice(), tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::DType;
        use katas::x4_attention::cache::{KvCache, cached_step};
        use katas::x4_attention::gpt::{Gpt, GptSettings};
        use kit::Generator;
        let settings = GptSettings { vocabulary: 3, context: 4, width: 4, heads: 2, layers: 2 };
        let gpt = Gpt::new(&settings, DType::F64, &mut Generator::from_seed(1))?;
        let mut cache = KvCache::default();
        cached_step(gpt.variables(), &settings, 2, &mut cache)?;
        let cached = cached_step(gpt.variables(), &settings, 0, &mut cache)?.to_vec1::<f64>()?;
        let whole = gpt.forward(&[vec![2, 0]])?.to_vec3::<f64>()?;
        assert!(cached.iter().zip(&whole[0][1]).all(|(a, b)| (a - b).abs() < 1e-12));
        assert_eq!(cache.keys[1].dims(), [2, 4]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    /// Steps through all tokens, and what the cache holds then.
    fn held(cache: &KvCache) -> Result<Vec<Vec<f64>>, Broken> {
        cache.keys.iter().chain(&cache.values).map(|t| numbers("the cache", t)).collect()
    }

    #[test]
    fn rejects_unknown_tokens_and_leaves_the_cache() {
        let more = any::select(vec![0_usize, 1, 7, 1 << 32]);
        for_all("settings, T, seed, more", (few(), more)).cases(48).holds(|(given, more)| {
            let given =
                &Given { settings: GptSettings { context: given.length + 1, ..given.settings }, ..*given };
            let (variables, _) = given.variables(DType::F64)?;
            let (mut cache, classes) = (KvCache::default(), given.settings.vocabulary);
            for token in given.tokens(1) {
                given.step(&variables, token, &mut cache)?;
            }
            let (before, got) = (held(&cache)?, classes + more);
            let answer = cached_step(&variables, &given.settings, got, &mut cache).map(|_| "logits");
            let want = InputError::UnknownClass { index: 0, got, classes };
            rejected(CALL, answer, want, "Tokens are below V.")?;
            equal("the cache after an error", held(&cache)?, before, "An error leaves the cache unchanged.")
        });
    }

    #[test]
    fn rejects_more_positions_than_the_context_and_leaves_the_cache() {
        for_all(NAMES, any_size()).cases(16).holds(|given| {
            let given =
                &Given { settings: GptSettings { context: given.length, ..given.settings }, ..*given };
            let (variables, _) = given.variables(DType::F64)?;
            let mut cache = KvCache::default();
            for token in given.tokens(1) {
                given.step(&variables, token, &mut cache)?;
            }
            let before = held(&cache)?;
            let answer = cached_step(&variables, &given.settings, 0, &mut cache).map(|_| "logits");
            let (got, wanted) = (given.length as f64, "fewer positions than the context length");
            let want = InputError::OutOfRange { name: "cache", got, wanted };
            rejected(CALL, answer, want, "The table of positions has C rows.")?;
            equal("the cache after an error", held(&cache)?, before, "An error leaves the cache unchanged.")
        });
    }

    #[test]
    fn rejects_variables_of_another_network() {
        for_all("settings, T, seed, place, way", (few(), any::seed(), 0..3_usize)).cases(48).holds(
            |(given, place, way)| {
                let mut shapes = of_gpt(&given.settings);
                let place = (*place % shapes.len() as u64) as usize;
                let names = |shapes: &[(String, Vec<usize>)]| {
                    let mut names: Vec<String> = shapes.iter().map(|(name, _)| name.clone()).collect();
                    names.sort();
                    names
                };
                let wanted = names(&shapes);
                match way {
                    0 => drop(shapes.remove(place)),
                    1 => shapes[place].0 += "x",
                    _ => shapes.push(("another".to_owned(), vec![2])),
                }
                let want = InputError::Names { got: names(&shapes), wanted };
                let variables = made(&shapes, DType::F64);
                let answer = cached_step(&variables, &given.settings, 0, &mut KvCache::default());
                let look = "The variables are those of a network of these settings, no more and no fewer.";
                rejected(CALL, answer.map(|_| "logits"), want, look)
            },
        );
    }

    #[test]
    fn rejects_variables_of_another_shape() {
        for_all("settings, T, seed, place", (few(), any::seed())).cases(48).holds(|(given, place)| {
            let shapes = of_gpt(&given.settings);
            let (name, wanted) = &shapes[(*place % shapes.len() as u64) as usize];
            let variables = made(&shapes, DType::F64);
            let mut got = wanted.clone();
            got[wanted.len() - 1] += 1;
            for (own, _) in sorted(&variables).iter().filter(|(own, _)| own == name) {
                let other = Var::zeros(&got[..], DType::F64, &Device::Cpu).accepted("a variable")?;
                variables.data().lock().expect("the lock is free").insert(own.clone(), other);
            }
            let answer =
                cached_step(&variables, &given.settings, 0, &mut KvCache::default()).map(|_| "logits");
            let want = InputError::Dimensions { name: name.clone(), got, wanted: wanted.clone() };
            rejected(CALL, answer, want, "A variable has the shape that follows from the settings.")
        });
    }

    #[test]
    fn rejects_invalid_settings() {
        for_all("settings, T, seed, way", (few(), 0..5_usize)).cases(32).holds(|(given, way)| {
            let (variables, _) = given.variables(DType::F64)?;
            let (mut settings, at_least) = (given.settings, "at least 1");
            let (name, place, wanted) = match way {
                0 => ("vocabulary", &mut settings.vocabulary, at_least),
                1 => ("context", &mut settings.context, at_least),
                2 => ("layers", &mut settings.layers, at_least),
                3 => ("width", &mut settings.width, at_least),
                _ => ("heads", &mut settings.heads, "a divisor of the width"),
            };
            *place = 0;
            let answer = cached_step(&variables, &settings, 0, &mut KvCache::default());
            // The variables may also be found to be those of another network.
            let is_rejected = answer.as_ref().is_err_and(|why| {
                matches!(
                    why,
                    InputError::Names { .. }
                        | InputError::Dimensions { .. }
                        | InputError::UnknownClass { .. }
                )
            });
            if is_rejected {
                return equal(CALL, answer.is_err(), true, "");
            }
            let want = InputError::OutOfRange { name, got: 0.0, wanted };
            let look = "All sizes are at least 1, and the heads divide the width.";
            rejected(CALL, answer.map(|_| "logits"), want, look)
        });
    }
}
