use candle_core::{DType, Device, Tensor, Var};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, equal, for_all, rejected, rounding};
use katas::x4_attention::block::TransformerBlock;
use kit::{Generator, InputError};

use super::super::definition::{block, single, tolerance};
use super::super::variables::{drawn, fill, numbers, of_block, put, sorted, tensor};
use super::given::{Given, NAMES, any_size, few, rows};

#[test]
fn variables_have_the_documented_names_and_shapes() {
    for_all(NAMES, any_size()).cases(32).holds(|given| {
        let made = given.made(DType::F64)?;
        let got: Vec<_> =
            sorted(made.variables()).iter().map(|(name, var)| (name.clone(), var.dims().to_vec())).collect();
        let mut want = of_block("", given.width);
        want.sort();
        let look = "Weights have one row per output; the hidden layer has 4d units; γ and β have d numbers.";
        equal("names and shapes of the variables", got, want, look)
    });
}

#[test]
fn weights_are_drawn_in_the_documented_order() {
    for_all(NAMES, any_size()).cases(24).holds(|given| {
        let [mut used, mut drawn] = [given.seed; 2].map(Generator::from_seed);
        let made = TransformerBlock::new(given.width, given.heads, DType::F64, &mut used)
            .accepted("TransformerBlock::new(width, heads, F64, generator)")?;
        let all = super::super::variables::read(made.variables())?;
        let look = "Query, key, value, output, hidden, output; uniform in ±1/√columns; biases and β 0, γ 1.";
        for (name, shape) in of_block("", given.width) {
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
        let look = "One number per weight, drawn from the given generator, and not from a clone.";
        equal("the generator's next number", used.uniform(), drawn.uniform(), look)
    });
}

#[test]
fn forward_matches_the_definition() {
    for_all(NAMES, few()).cases(96).holds(|given| {
        let made = given.made(DType::F64)?;
        let v = fill(made.variables(), given.seed)?;
        let (got, want) = (given.got(&made, &given.x())?, given.want(&v, &given.x()));
        let look = "Normalize, attend, add x; normalize, MLP, add. Scores are divided by √(d/h). \
            A position attends to itself and to what comes before it.";
        close("forward(x)", got.as_slice(), want.as_slice(), tolerance(given.positions, given.width), look)
    });
}

#[test]
fn forward_matches_the_definition_for_any_size() {
    for_all(NAMES, any_size()).cases(40).holds(|given| {
        let made = given.made(DType::F64)?;
        // With the weights of this moment, not with those of an earlier call.
        for seed in [given.seed, given.seed ^ 1] {
            let v = fill(made.variables(), seed)?;
            let (got, want) = (given.got(&made, &given.x())?, given.want(&v, &given.x()));
            let look =
                "Every sequence, position, head and feature counts, with the variables of this moment.";
            close(
                "forward(x)",
                got.as_slice(),
                want.as_slice(),
                tolerance(given.positions, given.width),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn the_future_does_not_matter() {
    let far = any::select(vec![1.0, 1000.0, -1e6]);
    for_all("batch, T, heads, d/heads, seed, far, t", (any_size(), far, any::seed())).cases(40).holds(
        |(given, far, t)| {
            let made = given.made(DType::F64)?;
            fill(made.variables(), given.seed)?;
            let (x, d) = (given.x(), given.width);
            let t = (*t % given.positions as u64) as usize;
            let mut other = x.clone();
            let others = drawn(x.len(), given.seed ^ 7);
            for i in (0..x.len()).filter(|i| i / d % given.positions >= t) {
                other[i] = far * others[i];
            }
            let [got, want] = [given.got(&made, &other)?, given.got(&made, &x)?].map(|y| {
                let before = |sequence: &[f64]| sequence[..t * d].to_vec();
                y.chunks(given.positions * d).flat_map(before).collect::<Vec<_>>()
            });
            let look = "A position sees what comes before it: later keys have the score −∞.";
            let call = format!("the positions before {t} after all from {t} on have changed");
            close(&call, got.as_slice(), want.as_slice(), tolerance(given.positions, d), look)
        },
    );
}

#[test]
fn the_order_of_earlier_positions_does_not_matter_to_the_last_one() {
    for_all(NAMES, few()).cases(64).holds(|given| {
        let made = given.made(DType::F64)?;
        fill(made.variables(), given.seed)?;
        let (x, d, n) = (given.x(), given.width, given.positions);
        let turned = |sequence: &[f64]| {
            let mut sequence = rows(sequence, d);
            sequence[..n - 1].reverse();
            sequence.concat()
        };
        let reversed: Vec<f64> = x.chunks(n * d).flat_map(turned).collect();
        let last = |y: Vec<f64>| y.chunks(n * d).flat_map(|y| y[(n - 1) * d..].to_vec()).collect::<Vec<_>>();
        let (got, want) = (last(given.got(&made, &reversed)?), last(given.got(&made, &x)?));
        let look = "Attention is a weighted mean, without an order of its own: positions are numbered in the \
            embedding, not in the block.";
        close("the last position", got.as_slice(), want.as_slice(), tolerance(n, d), look)
    });
}

#[test]
fn each_sequence_of_a_batch_is_independent() {
    for_all(NAMES, any_size()).cases(24).holds(|given| {
        let given = &Given { batch: given.batch.min(5) + 1, ..*given };
        let made = given.made(DType::F64)?;
        fill(made.variables(), given.seed)?;
        let (x, size) = (given.x(), given.positions * given.width);
        let whole = given.got(&made, &x)?;
        let look = "The output of a sequence depends on that sequence alone.";
        for (i, (x, want)) in x.chunks(size).zip(whole.chunks(size)).enumerate() {
            let got = given.got(&made, x)?;
            let call = format!("forward of sequence {i} alone");
            close(&call, got.as_slice(), want, tolerance(given.positions, given.width), look)?;
        }
        Ok(())
    });
}

/// Σ c·y of the definition, y for x and all variables in alphabetical order.
fn weighted(given: &Given, c: &[f64], shapes: &[(String, Vec<usize>)], flat: &[f64]) -> (f64, f64) {
    let (x, mut rest) = flat.split_at(given.positions * given.width);
    let mut v = std::collections::BTreeMap::new();
    for (name, shape) in shapes {
        let (own, after) = rest.split_at(shape.iter().product());
        v.insert(name.clone(), own.to_vec());
        rest = after;
    }
    let passed = block(&rows(x, given.width), &v, "", given.heads);
    (passed.y.concat().iter().zip(c).map(|(y, c)| y * c).sum(), passed.nearest)
}

#[test]
fn gradients_match_finite_differences() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        let given = Given { batch: 1, positions: 3, heads: 2, width: 4, seed };
        let made = given.made(DType::F64)?;
        let mut shapes = of_block("", 4);
        shapes.sort();
        let all = sorted(made.variables());
        let c: Vec<f64> = (0..12).map(|i| f64::from(i * 5 % 7) / 4.0 - 0.75).collect();
        // Where a hidden unit is near 0, ReLU has no derivative to compare with: numbers are drawn until none is.
        let mut flat = Vec::new();
        for next in 0..1000 {
            let v = fill(made.variables(), seed.wrapping_add(next))?;
            flat = [drawn(12, seed.wrapping_add(next)), v.into_values().flatten().collect()].concat();
            if weighted(&given, &c, &shapes, &flat).1 > 0.04 {
                break;
            }
        }
        let x = Var::from_tensor(&tensor(&flat[..12], &given.shape())).accepted("a variable")?;
        let y = made.forward(&x).accepted("forward(x)")?;
        let sum = y.mul(&tensor(&c, &given.shape())).and_then(|y| y.sum_all()).accepted("Σ c·y")?;
        let gradients = sum.backward().accepted("backward() of Σ c·y")?;
        let of = |var: &Var| match gradients.get(var) {
            Some(gradient) => numbers("a gradient", gradient),
            None => Ok(vec![0.0; var.elem_count()]),
        };
        let mut got = vec![of(&x)?];
        for (_, var) in &all {
            got.push(of(var)?);
        }
        let names = [vec!["x".to_owned()], all.iter().map(|(name, _)| name.clone()).collect()].concat();
        let (mut blocks, mut at) = (Vec::new(), &flat[..]);
        for (name, got) in names.iter().zip(&got) {
            let (own, after) = at.split_at(got.len());
            blocks.push(Block::vector(name, own, got));
            at = after;
        }
        let value = |flat: &[f64]| weighted(&given, &c, &shapes, flat).0;
        let look = "Is a part cut off by `detach`, or by an operation of candle without a backward pass? \
            It would never be trained.";
        let loss = Loss { value: &value, rounding: tolerance(3, 4), samples: 1 };
        is_gradient("backward() of Σ c·y", &blocks, &loss, look)
    });
}

#[test]
fn keeps_single_precision() {
    let inputs = (1..=3_usize, any::sizes([1..=4, 1..=3], [65, 17]), any::seed());
    for_all("batch, T, heads, seed", inputs).cases(24).holds(|&(batch, [positions, heads], seed)| {
        let given = Given { batch, positions, heads, width: 4 * heads, seed };
        let made = given.made(DType::F32)?;
        let v = fill(made.variables(), seed)?;
        let x = tensor(&given.x(), &given.shape()).to_dtype(DType::F32).accepted("a tensor")?;
        let y = made.forward(&x).accepted("forward(x) in f32")?;
        let look = "In f32 the output is the same to some digits, of type f32, and has its gradients.";
        equal("the type of forward(x)", y.dtype(), DType::F32, look)?;
        let (got, want) = (numbers("forward(x) in f32", &y)?, given.want(&v, &given.x()));
        close("forward(x) in f32", got.as_slice(), want.as_slice(), single(positions, 4 * heads), look)?;
        let gradients = y.sum_all().and_then(|y| y.backward()).accepted("backward() of Σ y")?;
        let bias = sorted(made.variables()).into_iter().find(|(name, _)| name == "mlp.output.bias");
        let got = bias.and_then(|(_, bias)| gradients.get(&bias).map(|g| numbers("a gradient", g)));
        let got = got.unwrap_or(Ok(Vec::new()))?;
        let want = vec![(batch * positions) as f64; 4 * heads];
        equal("the gradient of Σ y by mlp.output.bias", got, want, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{DType, Device, Tensor};
        use katas::x4_attention::block::TransformerBlock;
        use kit::Generator;
        let block = TransformerBlock::new(8, 2, DType::F32, &mut Generator::from_seed(1))?;
        let x = Tensor::ones((3, 5, 8), DType::F32, &Device::Cpu)?;
        assert_eq!(block.forward(&x)?.dims(), [3, 5, 8]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn f32_weights_are_the_rounded_f64_weights() {
        for_all(NAMES, any_size()).cases(16).holds(|given| {
            let [one, two] = [DType::F32, DType::F64].map(|dtype| given.made(dtype));
            for ((name, got), (_, want)) in sorted(one?.variables()).iter().zip(sorted(two?.variables())) {
                equal(
                    &format!("the type of {name}"),
                    got.dtype(),
                    DType::F32,
                    "The type that was asked for.",
                )?;
                let (got, want) = (numbers(name, got)?, numbers(name, &want)?);
                let look = "The same seed gives the same block in each type: draw first, then convert.";
                close(name, got.as_slice(), want.as_slice(), f64::from(f32::EPSILON), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn accepts_a_tensor_that_is_not_contiguous() {
        for_all(NAMES, few()).cases(32).holds(|given| {
            let made = given.made(DType::F64)?;
            fill(made.variables(), given.seed)?;
            let want = given.got(&made, &given.x())?;
            let turned = tensor(&given.x(), &given.shape())
                .transpose(0, 2)
                .and_then(|x| x.contiguous()?.transpose(0, 2));
            let y = made.forward(&turned.accepted("a tensor")?).accepted("forward(x)")?;
            let got = numbers("forward(x)", &y)?;
            let look = "A transposed tensor lies in memory in another order.";
            let call = "forward of a tensor that is not contiguous";
            close(call, got.as_slice(), want.as_slice(), tolerance(given.positions, given.width), look)
        });
    }

    #[test]
    fn equal_features_and_large_scores_are_finite() {
        let large = any::select(vec![0.0, 1.0, 1e4, 1e8]);
        for_all("batch, T, heads, d/heads, seed, c", (few(), large)).cases(48).holds(|(given, c)| {
            let made = given.made(DType::F64)?;
            let v = fill(made.variables(), given.seed)?;
            // Each position has one number in all its features: their variance is 0, and LN is β.
            let x: Vec<f64> = (0..given.batch * given.positions)
                .flat_map(|i| vec![c * (i % 3) as f64; given.width])
                .collect();
            let (got, want) = (given.got(&made, &x)?, given.want(&v, &x));
            let look = "ε keeps the variance 0 from a division by 0.";
            let tolerance = tolerance(given.positions, given.width) + rounding(64, *c);
            // An error of x comes through LN multiplied by at most 317, where x has one.
            let tolerance = tolerance + 317.0 * 50.0 * rounding(4 * given.width, *c);
            close("forward(x) of equal features", got.as_slice(), want.as_slice(), tolerance, look)?;
            // Scores of some thousands.
            for (name, var) in
                sorted(made.variables()).iter().filter(|(name, _)| name.contains("layer_norm1"))
            {
                put(var, &v[name].iter().map(|g| 64.0 * g).collect::<Vec<_>>()).accepted("a variable")?;
            }
            let v = super::super::super::variables::read(made.variables())?;
            let (got, want) = (given.got(&made, &given.x())?, given.want(&v, &given.x()));
            let look = "Softmax subtracts the largest score of each query, so none overflows.";
            // Scores 64² times as large, with errors as much larger.
            let tolerance = 4096.0 * super::tolerance(given.positions, given.width);
            close("forward(x) with large scores", got.as_slice(), want.as_slice(), tolerance, look)
        });
    }

    #[test]
    fn rejects_other_shapes_and_empty_batches() {
        let inputs = (any_size(), 0..5_usize, 1..=3_usize);
        for_all("batch, T, heads, d/heads, seed, how, more", inputs).cases(48).holds(|(given, how, more)| {
            let made =
                TransformerBlock::new(given.width, given.heads, DType::F64, &mut Generator::from_seed(1))
                    .accepted("TransformerBlock::new(width, heads, F64, generator)")?;
            let [batch, positions, d] = given.shape();
            let forward = |dims: &[usize]| {
                let x = Tensor::zeros(dims, DType::F64, &Device::Cpu).accepted("a tensor")?;
                Ok::<_, Broken>(made.forward(&x).map(|_| "features".to_owned()))
            };
            let shape = match how {
                0 => vec![batch, positions, d + more],
                1 => vec![0, positions, d],
                2 => vec![batch, 0, d],
                3 => vec![positions, d],
                _ => vec![1, batch, positions, d],
            };
            let call = format!("forward of a tensor of shape {shape:?}");
            let want = match how {
                0 => InputError::Dimensions {
                    name: "x".to_owned(),
                    got: shape.clone(),
                    wanted: vec![batch, positions, d],
                },
                1 | 2 => InputError::TooFew { got: 0, wanted: 1 },
                _ => InputError::Library { name: "candle", says: String::new() },
            };
            rejected(&call, forward(&shape)?, want, "Batch, positions and features, in this order.")
        });
    }

    #[test]
    fn rejects_invalid_widths_and_heads() {
        for_all("width, heads", any::sizes([1..=6, 1..=6], [301, 65])).cases(64).holds(|&[width, heads]| {
            let new = |width, heads| {
                TransformerBlock::new(width, heads, DType::F64, &mut Generator::from_seed(1))
                    .map(|_| "a block")
            };
            let (name, wanted) = ("heads", "a divisor of the width");
            for heads in [heads, 0, width + heads, 2 * width] {
                if heads == 0 || width % heads != 0 {
                    let want = InputError::OutOfRange { name, got: heads as f64, wanted };
                    let call = format!("TransformerBlock::new({width}, {heads}, …)");
                    rejected(&call, new(width, heads), want, "Each head has d/h features.")?;
                }
            }
            let want = InputError::OutOfRange { name: "width", got: 0.0, wanted: "at least 1" };
            rejected("TransformerBlock::new(0, 1, …)", new(0, 1), want, "A position has features.")
        });
    }
}
