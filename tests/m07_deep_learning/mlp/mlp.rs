use candle_core::{DType, Device, Tensor};
use judge::any::vec;
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::m07_deep_learning::mlp::Mlp;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::softmax::surprise;
use super::super::tensors::{matrix, numbers, set, sorted, tensor};
use judge::any::sizes;

fn network(widths: &[usize], seed: u64) -> Result<Mlp, Broken> {
    Mlp::new(widths, DType::F64, &mut Generator::from_seed(seed)).accepted("Mlp::new(widths, F64, generator)")
}

fn forward(mlp: &Mlp, x: &Matrix) -> Result<Matrix, Broken> {
    matrix("forward(x)", &mlp.forward(&tensor(x)).accepted("forward(x)")?)
}

fn widths() -> impl Strategy<Value = Vec<usize>> + Send + Sync + Clone {
    // Some are deep: each layer but the last has a ReLU, also the fifth.
    prop_oneof![3 => vec(1..=4_usize, 2..=4), 1 => vec(2..=4_usize, 5..=7)]
}

/// Inputs, hidden units and outputs: one of them may be many.
fn wide_widths() -> impl Strategy<Value = Vec<usize>> + Send + Sync + Clone {
    prop_oneof![1 => widths(), 1 => sizes([1..=4, 1..=4, 1..=4], [151, 151, 151]).prop_map(Vec::from)]
}

/// Samples for a network of inputs, hidden units and outputs, each of any number.
fn wide_samples() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    sizes([1..=3, 1..=4, 1..=4, 1..=4], [303, 151, 151, 151])
        .prop_flat_map(|[n, d, h, k]| (any::matrix(n, d), Just(vec![d, h, k])))
}

/// The gradients of Σ c·logits with respect to all parameters by the chain rule, in the order of `parameters`.
fn backpropagated(widths: &[usize], parameters: &[&[f64]], x: &Matrix, c: &Matrix) -> Vec<Vec<f64>> {
    let mut gradients: Vec<Vec<f64>> = parameters.iter().map(|own| vec![0.0; own.len()]).collect();
    for row in 0..x.rows() {
        let layers = widths.len() - 1;
        let inputs: Vec<Vec<f64>> = (0..layers)
            .map(|i| {
                let h = by_hand(&widths[..=i], &parameters[..2 * i], x.row(row));
                if i == 0 { h } else { h.into_iter().map(|s| s.max(0.0)).collect() }
            })
            .collect();
        let mut delta = c.row(row).to_vec();
        for i in (0..layers).rev() {
            let (h, weight, width) = (&inputs[i], parameters[2 * i + 1], widths[i]);
            for (o, delta) in delta.iter().enumerate() {
                gradients[2 * i][o] += delta;
                h.iter().enumerate().for_each(|(k, h)| gradients[2 * i + 1][o * width + k] += delta * h);
            }
            let back = |k: usize| (0..delta.len()).map(|o| delta[o] * weight[o * width + k]).sum::<f64>();
            delta = (0..width).map(|k| if h[k] > 0.0 { back(k) } else { 0.0 }).collect();
        }
    }
    gradients
}

/// The names and shapes that the documentation promises, in alphabetical order.
fn promised(widths: &[usize]) -> Vec<(String, Vec<usize>)> {
    let layer = |(i, pair): (usize, &[usize])| {
        [
            (format!("layer{}.bias", i + 1), vec![pair[1]]),
            (format!("layer{}.weight", i + 1), vec![pair[1], pair[0]]),
        ]
    };
    widths.windows(2).enumerate().flat_map(layer).collect()
}

/// Sets all variables to small eighths, and raises each bias by a power of 2 finer than all products of its layer: all
/// sums are exact and no ReLU gets a 0, where its derivative jumps.
fn exact_weights(mlp: &Mlp, seed: u64) -> Vec<Vec<f64>> {
    let mut generator = Generator::from_seed(seed);
    let all = sorted(mlp.variables());
    let draw = |(k, (_, var)): (usize, &(String, candle_core::Var))| {
        let eighth = |generator: &mut Generator| generator.below(17) as f64 / 8.0 - 1.0;
        // Bias before weight. Products are multiples of 2⁻⁶ in the first layer, and of an eighth of the power before in others.
        let odd = if k % 2 == 0 { 2.0_f64.powi(-7 - 2 * k as i32) } else { 0.0 };
        let to: Vec<f64> = (0..var.elem_count()).map(|_| eighth(&mut generator) + odd).collect();
        set(var, &to);
        to
    };
    all.iter().enumerate().map(draw).collect()
}

/// The definition in plain numbers; `parameters` bias before weight, layer after layer.
fn by_hand(widths: &[usize], parameters: &[&[f64]], x: &[f64]) -> Vec<f64> {
    let mut h = x.to_vec();
    for (i, pair) in widths.windows(2).enumerate() {
        let (bias, weight) = (parameters[2 * i], parameters[2 * i + 1]);
        let sum =
            |o: usize| bias[o] + h.iter().enumerate().map(|(k, h)| h * weight[o * pair[0] + k]).sum::<f64>();
        let sums: Vec<f64> = (0..pair[1]).map(sum).collect();
        let last = i + 2 == widths.len();
        h = sums.into_iter().map(|s| if last { s } else { s.max(0.0) }).collect();
    }
    h
}

#[test]
fn has_weights_and_biases_of_the_documented_shapes() {
    for_all("widths", wide_widths()).cases(32).holds(|widths| {
        let got: Vec<_> = sorted(network(widths, 1)?.variables())
            .into_iter()
            .map(|(name, var)| (name, var.dims().to_vec()))
            .collect();
        let look = "Weights have one row per output and one column per input, as in candle's `Linear`.";
        equal("names and shapes of the variables", got, promised(widths), look)
    });
}

#[test]
fn has_he_initialization() {
    for_all("widths, seed", (wide_widths(), any::seed())).cases(64).holds(|(widths, seed)| {
        let mut generator = Generator::from_seed(*seed);
        let all = sorted(network(widths, *seed)?.variables());
        for (i, pair) in widths.windows(2).enumerate() {
            let bound = (6.0 / pair[0] as f64).sqrt();
            let want: Vec<f64> =
                (0..pair[0] * pair[1]).map(|_| generator.uniform_in(-bound, bound)).collect();
            let (bias, weight) = (numbers("a bias", &all[2 * i].1)?, numbers("a weight", &all[2 * i + 1].1)?);
            let look =
                "He initialization: layer after layer, row after row, uniform in ±√(6 / inputs); biases \
                    0, not drawn.";
            close(
                &format!("layer{}.weight", i + 1),
                weight.as_slice(),
                want.as_slice(),
                4.0 * f64::EPSILON * bound,
                look,
            )?;
            equal(&format!("layer{}.bias", i + 1), bias, vec![0.0; pair[1]], look)?;
        }
        Ok(())
    });
}

#[test]
fn advances_the_generator() {
    for_all("widths, seed", (wide_widths(), any::seed())).cases(48).holds(|(widths, seed)| {
        let [mut used, mut drawn] = [*seed; 2].map(Generator::from_seed);
        let dtype = if seed.is_multiple_of(2) { DType::F64 } else { DType::F32 };
        Mlp::new(widths, dtype, &mut used).accepted("Mlp::new(widths, dtype, generator)")?;
        let weights: usize = widths.windows(2).map(|pair| pair[0] * pair[1]).sum();
        for _ in 0..weights {
            drawn.uniform();
        }
        let look = "One number per weight, drawn from the given generator: a clone would give the next \
            network the same weights.";
        equal("the generator's next number", used.uniform(), drawn.uniform(), look)
    });
}

#[test]
fn computes_the_documented_logits() {
    let inputs =
        widths().prop_flat_map(|widths| (any::any_matrix(1..=3, widths[0]..=widths[0]), Just(widths)));
    for_all("x, widths, seed", (inputs, any::seed())).cases(64).holds(|((x, widths), seed)| {
        let mlp = network(widths, *seed)?;
        let parameters = exact_weights(&mlp, *seed);
        let parameters: Vec<&[f64]> = parameters.iter().map(Vec::as_slice).collect();
        let want: Vec<Vec<f64>> = (0..x.rows()).map(|i| by_hand(widths, &parameters, x.row(i))).collect();
        let want = Matrix::from_fn(x.rows(), *widths.last().unwrap_or(&1), |i, j| want[i][j]);
        // At most six layers of four inputs, weights up to 1, samples up to 8: each layer makes numbers four times as large.
        let look = "x·Wᵀ + b in each layer, ReLU between layers and not after the last; no softmax.";
        close_entries("forward(x)", &forward(&mlp, x)?, &want, |_, _| rounding(64, 64_000.0), look)
    });
}

#[test]
fn computes_the_logits_of_any_number_of_samples_and_units() {
    for_all("x, widths, seed", (wide_samples(), any::seed())).cases(64).holds(|((x, widths), seed)| {
        let mlp = network(widths, *seed)?;
        for seed in [*seed, seed ^ 1] {
            let parameters = exact_weights(&mlp, seed);
            let parameters: Vec<&[f64]> = parameters.iter().map(Vec::as_slice).collect();
            let want: Vec<Vec<f64>> = (0..x.rows()).map(|i| by_hand(widths, &parameters, x.row(i))).collect();
            let want = Matrix::from_fn(x.rows(), widths[2], |i, j| want[i][j]);
            let look = "Every sample, feature and unit counts, with the weights of this moment.";
            let (terms, most) =
                (widths[0] + widths[1] + 2, 2.0 * (9 * (widths[0] + 1) * (widths[1] + 1)) as f64);
            close_entries("forward(x)", &forward(&mlp, x)?, &want, |_, _| rounding(terms, most), look)?;
        }
        Ok(())
    });
}

#[test]
fn backpropagates_through_any_number_of_samples_and_units() {
    for_all("x, widths, seed", (wide_samples(), any::seed())).cases(48).holds(|((x, widths), seed)| {
        let mlp = network(widths, *seed)?;
        let parameters = exact_weights(&mlp, *seed);
        let parameters: Vec<&[f64]> = parameters.iter().map(Vec::as_slice).collect();
        let c = Matrix::from_fn(x.rows(), widths[2], |i, j| ((3 * i + 5 * j) % 17) as f64 / 8.0 - 1.0);
        let sum =
            mlp.forward(&tensor(x)).accepted("forward(x)")?.mul(&tensor(&c)).and_then(|all| all.sum_all());
        let gradients = sum.and_then(|sum| sum.backward()).accepted("backward() of Σ c·logits")?;
        let want = backpropagated(widths, &parameters, x, &c);
        let look =
            "Every sample, feature and unit has its part in the gradient: is something cut off by `detach`?";
        let (n, terms) = (x.rows(), widths.iter().sum::<usize>());
        // Each gradient is a sum over samples and outputs of numbers below 10·units.
        let tolerance = rounding(n + terms, (10 * n * widths[2] * (8 * widths[0] + 1)) as f64);
        for ((name, var), want) in sorted(mlp.variables()).iter().zip(&want) {
            let got = match gradients.get(var) {
                Some(got) => numbers("a gradient", got)?,
                None => vec![0.0; want.len()],
            };
            close(&format!("the gradient of {name}"), got.as_slice(), want.as_slice(), tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn treats_each_sample_independently() {
    for_all("x, seed", (any::any_matrix(1..=4, 3..=3), any::seed())).cases(32).holds(|(x, seed)| {
        let mlp = network(&[3, 5, 2], *seed)?;
        let whole = forward(&mlp, x)?;
        let look =
            "The logits of a sample depend on that sample alone. Is something averaged over the batch?";
        for i in 0..x.rows() {
            let row = Matrix::from_fn(1, 3, |_, j| x[(i, j)]);
            let want = Matrix::from_fn(1, 2, |_, j| whole[(i, j)]);
            close_entries(
                &format!("forward of row {i} alone"),
                &forward(&mlp, &row)?,
                &want,
                |_, _| rounding(64, 200.0),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn gradient_of_every_variable_matches_finite_differences() {
    for_all("seed", any::seed()).cases(4).holds(|&seed| {
        let widths = [2, 3, 2];
        let (mlp, labels) = (network(&widths, seed)?, [0, 1]);
        let at = exact_weights(&mlp, seed);
        let x = Matrix::from_rows([[1.0, -0.5], [0.25, 2.0]]);
        let logits = mlp.forward(&tensor(&x)).accepted("forward(x)")?;
        let truth = Tensor::new(&[0_u32, 1], &Device::Cpu).accepted("labels")?;
        let loss = candle_nn::loss::cross_entropy(&logits, &truth).accepted("the loss")?;
        let gradients = loss.backward().accepted("backward()")?;
        let all = sorted(mlp.variables());
        let gradient = |(_, var): &(String, candle_core::Var)| {
            gradients
                .get(var)
                .map_or(Ok(vec![0.0; var.elem_count()]), |gradient| numbers("a gradient", gradient))
        };
        let got: Vec<Vec<f64>> = all.iter().map(gradient).collect::<Result<_, _>>()?;
        let shape = |dims: &[usize]| [dims[0], dims.get(1).copied().unwrap_or(1)];
        let blocks: Vec<Block> = all
            .iter()
            .zip(&at)
            .zip(&got)
            .map(|(((name, var), at), got)| Block { name, shape: shape(var.dims()), at, got })
            .collect();
        let value = |flat: &[f64]| {
            let (mut rest, mut parameters) = (flat, Vec::new());
            for block in &at {
                let (own, after) = rest.split_at(block.len());
                (rest, _) = (after, parameters.push(own));
            }
            let surprises = labels
                .iter()
                .enumerate()
                .map(|(i, label)| surprise(&by_hand(&widths, &parameters, x.row(i)), *label));
            surprises.sum::<f64>() / 2.0
        };
        let look =
            "Is a layer missing from the variables, or cut off by `detach`? It would never be trained.";
        is_gradient(
            "backward() of the cross-entropy",
            &blocks,
            &Loss { value: &value, rounding: rounding(256, 10.0), samples: 2 },
            look,
        )
    });
}

#[test]
fn backpropagates_through_any_number_of_layers() {
    let inputs =
        widths().prop_flat_map(|widths| (any::any_matrix(1..=3, widths[0]..=widths[0]), Just(widths)));
    for_all("x, widths, seed", (inputs, any::seed())).cases(48).holds(|((x, widths), seed)| {
        let mlp = network(widths, *seed)?;
        let parameters = exact_weights(&mlp, *seed);
        let parameters: Vec<&[f64]> = parameters.iter().map(Vec::as_slice).collect();
        let c = Matrix::from_fn(x.rows(), widths[widths.len() - 1], |i, j| {
            1.0 + ((3 * i + 5 * j) % 7) as f64 / 8.0
        });
        let var = candle_core::Var::from_tensor(&tensor(x)).accepted("a variable")?;
        let sum = mlp.forward(&var).accepted("forward(x)")?.mul(&tensor(&c)).and_then(|all| all.sum_all());
        let gradients = sum.and_then(|sum| sum.backward()).accepted("backward() of Σ c·logits")?;
        let want = backpropagated(widths, &parameters, x, &c);
        let look = "Each layer passes the gradient on: is one of them cut off by `detach`?";
        for ((name, own), want) in sorted(mlp.variables()).iter().zip(&want) {
            let got =
                gradients.get(own).map_or(Ok(vec![0.0; want.len()]), |got| numbers("a gradient", got))?;
            // Each of at most six layers makes numbers four times as large.
            close(
                &format!("the gradient of {name}"),
                got.as_slice(),
                want.as_slice(),
                rounding(64, 1e6),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn exposes_its_own_variables() {
    example(|| {
        let mlp = network(&[2, 2, 1], 1)?;
        for (_, var) in sorted(mlp.variables()) {
            set(&var, &vec![0.0; var.elem_count()]);
        }
        let look = "`variables()` returns the network's own parameters, not copies: an optimizer changes \
            them.";
        let got = forward(&mlp, &Matrix::from_rows([[1.0, 1.0]]))?;
        equal("forward(x) with all variables at 0", got, Matrix::from_rows([[0.0]]), look)
    });
}

#[test]
fn keeps_single_precision() {
    example(|| {
        let mlp =
            Mlp::new(&[2, 3, 2], DType::F32, &mut Generator::from_seed(1)).accepted("Mlp::new(…, F32, …)")?;
        let types: Vec<DType> = sorted(mlp.variables()).iter().map(|(_, var)| var.dtype()).collect();
        let look = "The second argument is the type of all variables.";
        equal("types of the variables", types, vec![DType::F32; 4], look)?;
        let x = Tensor::zeros((1, 2), DType::F32, &Device::Cpu).accepted("a tensor")?;
        equal("type of the logits", mlp.forward(&x).accepted("forward(x)")?.dtype(), DType::F32, look)
    });
    for_all("x, seed", (any::any_matrix(1..=4, 3..=3), any::seed())).cases(16).holds(|(x, seed)| {
        let single = Mlp::new(&[3, 5, 4, 2], DType::F32, &mut Generator::from_seed(*seed))
            .accepted("Mlp::new(…, F32, …)")?;
        let want = forward(&network(&[3, 5, 4, 2], *seed)?, x)?;
        let x = tensor(x).to_dtype(DType::F32).accepted("a tensor")?;
        let z = single.forward(&x).accepted("forward(x) in f32")?;
        let look = "In f32 the logits are the same, to some digits, and have their gradients.";
        // Three layers of 3, 5 and 4 inputs, weights up to √(6 / inputs), samples up to 8: numbers below 1000.
        let tolerance = rounding(32, 1000.0) * 2.0_f64.powi(29);
        close_entries("forward(x) in f32", &matrix("forward(x)", &z)?, &want, |_, _| tolerance, look)?;
        let gradients = z.sum_all().and_then(|z| z.backward()).accepted("backward()")?;
        let bias = &sorted(single.variables())[4];
        let got = gradients.get(&bias.1).map_or(Ok(vec![]), |got| numbers("a gradient", got))?;
        equal(&format!("the gradient of Σ logits by {}", bias.0), got, vec![x.dims()[0] as f64; 2], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use candle_core::{DType, Device, Tensor};
        use katas::m07_deep_learning::mlp::Mlp;
        use kit::Generator;
        let mlp = Mlp::new(&[4, 8, 3], DType::F32, &mut Generator::from_seed(1))?;
        let x = Tensor::zeros((5, 4), DType::F32, &Device::Cpu)?;
        assert_eq!(mlp.forward(&x)?.dims(), [5, 3]);
        assert!(mlp.forward(&x.t()?).is_err());
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn f32_weights_are_the_rounded_f64_weights() {
        for_all("widths, seed", (wide_widths(), any::seed())).cases(24).holds(|(widths, seed)| {
            let single = Mlp::new(widths, DType::F32, &mut Generator::from_seed(*seed))
                .accepted("Mlp::new(…, F32, …)")?;
            for ((name, got), (_, want)) in
                sorted(single.variables()).iter().zip(sorted(network(widths, *seed)?.variables()))
            {
                // Weights of at most √6, rounded once.
                let (got, want) = (numbers(name, got)?, numbers(name, &want)?);
                let look = "The same seed gives the same network in each type: draw first, then convert.";
                close(
                    &format!("{name} in f32"),
                    got.as_slice(),
                    want.as_slice(),
                    3.0 * f64::from(f32::EPSILON),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn keeps_the_order_of_twelve_layers() {
        for_all("x, seed", (any::matrix(2, 2), any::seed())).cases(8).holds(|(x, seed)| {
            let mlp = network(&[2; 13], *seed)?;
            // A layer of its own for each: the turn of the numbers, and a bias that identifies the layer.
            for i in 1..13 {
                let all = sorted(mlp.variables());
                let var = |part: &str| all.iter().find(|(name, _)| *name == format!("layer{i}.{part}"));
                if let (Some((_, weight)), Some((_, bias))) = (var("weight"), var("bias")) {
                    set(weight, &if i % 3 == 0 { [0.0, 1.0, 1.0, 0.0] } else { [1.0, 0.5, 0.0, 1.0] });
                    set(bias, &[i as f64, -1.0]);
                }
            }
            let mut want = x.clone();
            for i in 1..13 {
                want = Matrix::from_fn(x.rows(), 2, |row, o| {
                    let (a, b) = (want[(row, 0)], want[(row, 1)]);
                    let sum = match (i % 3 == 0, o) {
                        (true, 0) => b,
                        (true, _) => a,
                        (false, 0) => a + 0.5 * b,
                        (false, _) => b,
                    } + if o == 0 { i as f64 } else { -1.0 };
                    if i == 12 { sum } else { sum.max(0.0) }
                });
            }
            let look = "Twelve layers: sorted by name `layer10` comes before `layer2`. Keep the layers in \
                order.";
            // Each layer adds at most half of the numbers and 12: all stay below 2¹².
            close_entries("forward(x)", &forward(&mlp, x)?, &want, |_, _| rounding(64, 4096.0), look)
        });
    }

    #[test]
    fn is_exact_for_samples_of_any_magnitude() {
        let inputs = (wide_samples(), any::seed(), any::magnitude(-150, 150));
        for_all("x, widths, seed, c", inputs).cases(64).holds(|((x, widths), seed, c)| {
            let mlp = network(widths, *seed)?;
            let x = Matrix::from_fn(x.rows(), x.cols(), |i, j| c * x[(i, j)]);
            let parameters = exact_weights(&mlp, *seed);
            let parameters: Vec<&[f64]> = parameters.iter().map(Vec::as_slice).collect();
            let want: Vec<Vec<f64>> = (0..x.rows()).map(|i| by_hand(widths, &parameters, x.row(i))).collect();
            let want = Matrix::from_fn(x.rows(), widths[2], |i, j| want[i][j]);
            let look =
                "ReLU is max(0, z), however large or small z is: nothing saturates, nothing is dropped.";
            let terms = widths[0] + widths[1] + 2;
            let most = 9.0 * (c.abs() * widths[0] as f64 + 1.0) * (widths[1] + 1) as f64;
            close_entries("forward(c·x)", &forward(&mlp, &x)?, &want, |_, _| rounding(4 * terms, most), look)
        });
    }

    #[test]
    fn accepts_a_transposed_tensor() {
        for_all("x, seed", (any::any_matrix(1..=4, 3..=3), any::seed())).cases(16).holds(|(x, seed)| {
            let mlp = network(&[3, 5, 2], *seed)?;
            let columns = Matrix::from_fn(3, x.rows(), |j, i| x[(i, j)]);
            let turned = tensor(&columns).t().accepted("a transposed tensor")?;
            let got = matrix("forward(x)", &mlp.forward(&turned).accepted("forward(x)")?)?;
            let look = "A transposed tensor lies in memory column after column. candle's own functions know; \
                `contiguous()` for the others.";
            close_entries(
                "forward of a transposed tensor",
                &got,
                &forward(&mlp, x)?,
                |_, _| rounding(64, 200.0),
                look,
            )
        });
    }

    #[test]
    fn rejects_samples_of_another_width_and_empty_batches() {
        let inputs = (sizes([1..=4, 1..=4, 1..=4], [301, 65, 65]), 0..4_usize);
        for_all("n, d, another, how", inputs).cases(64).holds(|&([n, d, another], how)| {
            let mlp = network(&[d, 2], 1)?;
            let shape = |dims: &[usize]| Tensor::zeros(dims, DType::F64, &Device::Cpu).accepted("a tensor");
            let forward =
                |dims: &[usize]| Ok::<_, Broken>(mlp.forward(&shape(dims)?).map(|_| "logits".to_owned()));
            let another = if another == d { d + 1 } else { another };
            let dims = match how {
                0 => vec![n],
                1 => vec![1, n, d],
                2 => vec![n, d, 1],
                _ => vec![n, another],
            };
            let (got, wanted) = (dims.clone(), vec![dims[0], d]);
            let want = InputError::Dimensions { name: "x".to_owned(), got, wanted };
            let look = "Samples are rows with as many numbers as the first width.";
            rejected(&format!("forward of a tensor of shape {dims:?}"), forward(&dims)?, want, look)?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("forward of no samples", forward(&[0, d])?, want, "An empty batch is an error.")
        });
    }

    #[test]
    fn rejects_invalid_widths() {
        for_all("widths, width, zero", sizes([2..=4, 1..=4, 0..=3], [17, 65, 16])).cases(48).holds(
            |&[n, width, zero]| {
                let new = |widths: &[usize]| {
                    Mlp::new(widths, DType::F64, &mut Generator::from_seed(1)).map(|_| "a network")
                };
                for widths in [&[][..], &[width]] {
                    let too_few = InputError::TooFew { got: widths.len(), wanted: 2 };
                    rejected(
                        &format!("Mlp::new({widths:?}, …)"),
                        new(widths),
                        too_few,
                        "At least two widths.",
                    )?;
                }
                let mut widths = vec![width.min(5); n];
                widths[zero % n] = 0;
                let nothing = InputError::OutOfRange { name: "widths", got: 0.0, wanted: "at least 1" };
                let look = "Every layer has at least one unit.";
                rejected(&format!("Mlp::new({widths:?}, …)"), new(&widths), nothing, look)
            },
        );
    }
}
