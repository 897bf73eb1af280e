use candle_core::{DType, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, equal, for_all, rejected, rounding};
use katas::x4_attention::gpt::{Gpt, GptSettings};
use kit::{Generator, InputError};

use super::super::definition::{gpt, single};
use super::super::variables::{Numbers, fill, numbers, of_gpt, put, read, sorted, tensor};
use super::given::{Given, NAMES, any_size, few, tokens, wrong};

#[test]
fn variables_have_the_documented_names_and_shapes() {
    for_all(NAMES, any_size()).cases(24).holds(|given| {
        let made = given.made(DType::F64)?;
        let got: Vec<_> =
            sorted(made.variables()).iter().map(|(name, var)| (name.clone(), var.dims().to_vec())).collect();
        let mut want = of_gpt(&given.settings);
        want.sort();
        let look = "The tables have one row per token and per position, head.weight one row per token.";
        equal("names and shapes of the variables", got, want, look)
    });
}

#[test]
fn weights_are_drawn_in_the_documented_order() {
    for_all(NAMES, any_size()).cases(24).holds(|given| {
        let [mut used, mut drawn] = [given.seed; 2].map(Generator::from_seed);
        let made = Gpt::new(&given.settings, DType::F64, &mut used)
            .accepted("Gpt::new(settings, F64, generator)")?;
        let all = read(made.variables())?;
        let look = "Tokens, positions, block after block, the output layer; uniform in ±1/√columns. \
            Biases and β are 0 and γ is 1, not drawn.";
        for (name, shape) in of_gpt(&given.settings) {
            let got = all.get(&name).cloned().unwrap_or_default();
            let want: Vec<f64> = match shape[..] {
                [rows, columns] => {
                    let a = 1.0 / (columns as f64).sqrt();
                    (0..rows * columns).map(|_| drawn.uniform_in(-a, a)).collect()
                }
                _ => vec![if name.ends_with("gamma") { 1.0 } else { 0.0 }; shape[0]],
            };
            close(&name, got.as_slice(), want.as_slice(), rounding(4, 1.0), look)?;
        }
        let look = "The same generator draws all: no clone, and no other seed for a block.";
        equal("the generator's next number", used.uniform(), drawn.uniform(), look)
    });
}

#[test]
fn forward_matches_the_definition() {
    for_all(NAMES, few()).cases(64).holds(|given| {
        let made = given.made(DType::F64)?;
        let v = fill(made.variables(), given.seed)?;
        let (got, want) = (given.got(&made, &given.tokens())?, given.want(&v, &given.tokens()));
        let look = "Token and position are added; then the blocks, layer normalization, the output layer. \
            No softmax at the end.";
        close("forward(tokens)", got.as_slice(), want.as_slice(), given.tolerance(), look)
    });
}

#[test]
fn forward_matches_the_definition_for_any_size() {
    for_all(NAMES, any_size()).cases(32).holds(|given| {
        let made = given.made(DType::F64)?;
        // With the weights of this moment, not with those of an earlier call.
        for seed in [given.seed, given.seed ^ 1] {
            let v = fill(made.variables(), seed)?;
            let (got, want) = (given.got(&made, &given.tokens())?, given.want(&v, &given.tokens()));
            let look = "Every sequence, token, position and block counts, with the variables of this moment.";
            close("forward(tokens)", got.as_slice(), want.as_slice(), given.tolerance(), look)?;
        }
        Ok(())
    });
}

#[test]
fn the_future_does_not_matter() {
    for_all("settings, batch, T, seed, t", (any_size(), any::seed())).cases(32).holds(|(given, t)| {
        let made = given.made(DType::F64)?;
        fill(made.variables(), given.seed)?;
        let (t, v) = ((*t % given.length as u64) as usize, given.settings.vocabulary);
        let mut other = given.tokens();
        let others = tokens(given.batch, given.length, v, given.seed ^ 3);
        for (sequence, another) in other.iter_mut().zip(others) {
            sequence[t..].copy_from_slice(&another[t..]);
        }
        let [got, want] = [given.got(&made, &other)?, given.got(&made, &given.tokens())?]
            .map(|y| y.chunks(given.length * v).flat_map(|y| y[..t * v].to_vec()).collect::<Vec<_>>());
        let look = "The logits of a position predict the next token: they must not have seen it.";
        let call = format!("the logits before {t} after all tokens from {t} on have changed");
        close(&call, got.as_slice(), want.as_slice(), given.tolerance(), look)
    });
}

#[test]
fn without_positions_one_block_ignores_the_order_of_earlier_tokens() {
    for_all(NAMES, few()).cases(32).holds(|given| {
        let given = &Given { settings: GptSettings { layers: 1, ..given.settings }, ..*given };
        let made = given.made(DType::F64)?;
        let v = fill(made.variables(), given.seed)?;
        let n = given.length;
        let mut reversed = given.tokens();
        reversed.iter_mut().for_each(|sequence| sequence[..n - 1].reverse());
        let compared = |positions: &[f64]| -> Result<[Vec<f64>; 2], Broken> {
            for (_, var) in sorted(made.variables()).iter().filter(|(name, _)| name == "position_embedding") {
                put(var, positions).accepted("a variable")?;
            }
            let last = |y: Vec<f64>| -> Vec<f64> {
                let vocabulary = given.settings.vocabulary;
                y.chunks(n * vocabulary).flat_map(|y| y[(n - 1) * vocabulary..].to_vec()).collect()
            };
            Ok([last(given.got(&made, &reversed)?), last(given.got(&made, &given.tokens())?)])
        };
        let [got, want] = compared(&vec![0.0; v["position_embedding"].len()])?;
        let look = "Only the table of positions distinguishes the orders of earlier tokens.";
        close("the logits of the last position", got.as_slice(), want.as_slice(), given.tolerance(), look)
    });
}

#[test]
fn each_sequence_of_a_batch_is_independent() {
    for_all(NAMES, any_size()).cases(24).holds(|given| {
        let given = &Given { batch: given.batch.min(5) + 1, ..*given };
        let made = given.made(DType::F64)?;
        fill(made.variables(), given.seed)?;
        let all = given.tokens();
        let whole = given.got(&made, &all)?;
        let look = "The logits of a sequence depend on that sequence alone.";
        for (i, want) in whole.chunks(given.length * given.settings.vocabulary).enumerate() {
            let got = given.got(&made, &all[i..=i])?;
            close(&format!("forward of sequence {i} alone"), got.as_slice(), want, given.tolerance(), look)?;
        }
        Ok(())
    });
}

/// Σ c·logits of the definition, and how near to 0 a hidden unit comes.
fn weighted(given: &Given, v: &Numbers, c: &[f64]) -> (f64, f64) {
    let (logits, blocks) = gpt(&given.tokens()[0], v, &given.settings);
    let nearest = blocks.iter().fold(f64::INFINITY, |nearest, block| nearest.min(block.nearest));
    (logits.concat().iter().zip(c).map(|(y, c)| y * c).sum(), nearest)
}

#[test]
fn gradients_match_finite_differences() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        let settings = GptSettings { vocabulary: 3, context: 3, width: 4, heads: 2, layers: 1 };
        let given = Given { settings, batch: 1, length: 2, seed };
        let made = given.made(DType::F64)?;
        let all = sorted(made.variables());
        let c = [0.5, -0.75, 1.0, 0.25, -1.0, 0.875];
        // Where a hidden unit is near 0, ReLU has no derivative to compare with: numbers are drawn until none is.
        let mut v = Numbers::new();
        for next in 0..1000 {
            v = fill(made.variables(), seed.wrapping_add(next))?;
            if weighted(&given, &v, &c).1 > 0.04 {
                break;
            }
        }
        let logits = made.forward(&given.tokens()).accepted("forward(tokens)")?;
        let sum = logits.mul(&tensor(&c, &[1, 2, 3])).and_then(|y| y.sum_all()).accepted("Σ c·logits")?;
        let gradients = sum.backward().accepted("backward() of Σ c·logits")?;
        let of = |var: &Var| {
            gradients.get(var).map_or(Ok(vec![0.0; var.elem_count()]), |g| numbers("a gradient", g))
        };
        let got = all.iter().map(|(_, var)| of(var)).collect::<Result<Vec<_>, _>>()?;
        let blocks: Vec<Block> =
            v.iter().zip(&got).map(|((name, at), got)| Block::vector(name, at, got)).collect();
        let value = |flat: &[f64]| {
            let mut rest = flat;
            let mut v = v.clone();
            for own in v.values_mut() {
                let (now, after) = rest.split_at(own.len());
                own.copy_from_slice(now);
                rest = after;
            }
            weighted(&given, &v, &c).0
        };
        let look = "Is a part cut off by `detach`, or missing from the variables? It would never be trained.";
        let loss = Loss { value: &value, rounding: given.tolerance(), samples: 1 };
        is_gradient("backward() of Σ c·logits", &blocks, &loss, look)
    });
}

#[test]
fn keeps_single_precision() {
    let inputs = (1..=3_usize, any::sizes([1..=4, 2..=5, 1..=2], [65, 65, 5]), any::seed());
    for_all("batch, T, V, L, seed", inputs).cases(24).holds(
        |&(batch, [length, vocabulary, layers], seed)| {
            let settings = GptSettings { vocabulary, context: length, width: 8, heads: 2, layers };
            let given = Given { settings, batch, length, seed };
            let made = given.made(DType::F32)?;
            let v = fill(made.variables(), seed)?;
            let logits = made.forward(&given.tokens()).accepted("forward(tokens) in f32")?;
            let look =
                "In f32 the logits are the same to some digits, of type f32, and have their gradients.";
            equal("the type of forward(tokens)", logits.dtype(), DType::F32, look)?;
            let (got, want) = (numbers("forward(tokens) in f32", &logits)?, given.want(&v, &given.tokens()));
            let tolerance = single(length, 8) * (1.0 + layers as f64);
            close("forward(tokens) in f32", got.as_slice(), want.as_slice(), tolerance, look)?;
            let gradients = logits.sum_all().and_then(|y| y.backward()).accepted("backward() of Σ logits")?;
            let bias = sorted(made.variables()).into_iter().find(|(name, _)| name == "head.bias");
            let got = bias.and_then(|(_, bias)| gradients.get(&bias).map(|g| numbers("a gradient", g)));
            let want = vec![(batch * length) as f64; vocabulary];
            equal("the gradient of Σ logits by head.bias", got.unwrap_or(Ok(Vec::new()))?, want, look)
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::DType;
        use katas::x4_attention::gpt::{Gpt, GptSettings};
        use kit::Generator;
        let settings = GptSettings { vocabulary: 7, context: 6, width: 8, heads: 2, layers: 3 };
        let gpt = Gpt::new(&settings, DType::F32, &mut Generator::from_seed(1))?;
        assert_eq!(gpt.forward(&[vec![0, 6, 2, 2], vec![5, 1, 0, 3]])?.dims(), [2, 4, 7]);
        assert!(gpt.forward(&[vec![7]]).is_err());
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn f32_weights_are_the_rounded_f64_weights() {
        for_all(NAMES, any_size()).cases(12).holds(|given| {
            let [one, two] = [DType::F32, DType::F64].map(|dtype| given.made(dtype));
            for ((name, got), (_, want)) in sorted(one?.variables()).iter().zip(sorted(two?.variables())) {
                equal(
                    &format!("the type of {name}"),
                    got.dtype(),
                    DType::F32,
                    "The type that was asked for.",
                )?;
                let (got, want) = (numbers(name, got)?, numbers(name, &want)?);
                let look = "The same seed gives the same network in each type: draw first, then convert.";
                close(name, got.as_slice(), want.as_slice(), f64::from(f32::EPSILON), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_invalid_settings() {
        for_all("settings, batch, T, seed, way", (few(), 0..6_usize)).cases(64).holds(|(given, way)| {
            let (settings, want) = wrong(&given.settings, *way);
            let new = Gpt::new(&settings, DType::F64, &mut Generator::from_seed(1)).map(|_| "a network");
            let look = "All sizes are at least 1, and the heads divide the width.";
            rejected(&format!("Gpt::new({settings:?}, …)"), new, want, look)
        });
    }

    #[test]
    fn rejects_unknown_tokens() {
        let inputs = (any_size(), any::seed(), any::select(vec![0_usize, 1, 7, 1 << 32, usize::MAX - 400]));
        for_all("settings, batch, T, seed, place, more", inputs).cases(48).holds(|(given, place, more)| {
            let made = given.made(DType::F64)?;
            let (mut all, classes) = (given.tokens(), given.settings.vocabulary);
            let index = (*place % (given.batch * given.length) as u64) as usize;
            let got = classes + more;
            all[given.batch - 1][given.length - 1] = classes + 5;
            all[index / given.length][index % given.length] = got;
            let want = InputError::UnknownClass { index, got, classes };
            let look = "Tokens are below V; the first one that is not, counted through all sequences.";
            rejected("forward(tokens)", made.forward(&all).map(|_| "logits"), want, look)
        });
    }

    #[test]
    fn rejects_sequences_that_are_too_long_or_unequal_or_empty() {
        let inputs = (any_size(), 0..4_usize, 1..=3_usize);
        for_all("settings, batch, T, seed, way, more", inputs).cases(48).holds(|(given, way, more)| {
            let made = given.made(DType::F64)?;
            let (c, v) = (given.settings.context, given.settings.vocabulary);
            let forward = |tokens: &[Vec<usize>]| made.forward(tokens).map(|_| "logits");
            let too_few = InputError::TooFew { got: 0, wanted: 1 };
            let (all, want) = match way {
                0 => (Vec::new(), too_few),
                1 => (vec![Vec::new(); given.batch], too_few),
                2 => {
                    let (got, wanted) = ((c + more) as f64, "at most the context length");
                    (
                        tokens(given.batch, c + more, v, 1),
                        InputError::OutOfRange { name: "tokens", got, wanted },
                    )
                }
                _ => {
                    let mut all = given.tokens();
                    all.push(vec![0; c.min(given.length) + more]);
                    let want = InputError::LengthMismatch { left: given.length, right: given.length + more };
                    (all, want)
                }
            };
            // A longer one may also be longer than the context.
            let got = (given.length + more) as f64;
            let long = InputError::OutOfRange { name: "tokens", got, wanted: "at most the context length" };
            let wants = if *way == 3 { vec![want, long] } else { vec![want] };
            let look = "A tensor has one length for all sequences, at least 1 and at most C.";
            judge::rejected_for("forward(tokens)", forward(&all), &wants, look)
        });
    }

    #[test]
    fn accepts_sequences_of_the_whole_context() {
        for_all(NAMES, few()).cases(32).holds(|given| {
            let given = &Given { length: given.settings.context, ..*given };
            let made = given.made(DType::F64)?;
            let v = fill(made.variables(), given.seed)?;
            let (got, want) = (given.got(&made, &given.tokens())?, given.want(&v, &given.tokens()));
            let look = "C tokens have C positions.";
            close("forward of C tokens", got.as_slice(), want.as_slice(), given.tolerance(), look)
        });
    }
}
