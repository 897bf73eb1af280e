use candle_core::{DType, Device, Tensor};
use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::m07_deep_learning::mlp::Mlp;
use kit::{Generator, InputError, Matrix};
use proptest::collection::vec;
use proptest::prelude::*;

use super::super::softmax::surprise;
use super::super::tensors::{matrix, numbers, set, sorted, tensor};

fn network(widths: &[usize], seed: u64) -> Result<Mlp, Broken> {
    Mlp::new(widths, DType::F64, &mut Generator::from_seed(seed)).accepted("Mlp::new(widths, F64, generator)")
}

fn forward(mlp: &Mlp, x: &Matrix) -> Result<Matrix, Broken> {
    matrix("forward(x)", &mlp.forward(&tensor(x)).accepted("forward(x)")?)
}

fn widths() -> impl Strategy<Value = Vec<usize>> + Send + Sync + Clone {
    // Some are deep: each layer but the last is rectified, also the fifth.
    prop_oneof![3 => vec(1..=4_usize, 2..=4), 1 => vec(2..=4_usize, 5..=7)]
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

/// Sets all variables to small eighths, no bias to 0: all sums are exact and no rectifier stands on its bend.
fn exact_weights(mlp: &Mlp, seed: u64) -> Vec<Vec<f64>> {
    let mut generator = Generator::from_seed(seed);
    let all = sorted(mlp.variables());
    let draw = |(name, var): &(String, candle_core::Var)| {
        let eighth = |generator: &mut Generator| generator.below(17) as f64 / 8.0 - 1.0;
        let odd = if name.ends_with("bias") { 1.0 / 128.0 } else { 0.0 };
        let to: Vec<f64> = (0..var.elem_count()).map(|_| eighth(&mut generator) + odd).collect();
        set(var, &to);
        to
    };
    all.iter().map(draw).collect()
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
fn each_layer_has_a_weight_and_a_bias_of_its_shape() {
    for_all("widths", widths()).cases(32).holds(|widths| {
        let got: Vec<_> = sorted(network(widths, 1)?.variables())
            .into_iter()
            .map(|(name, var)| (name, var.dims().to_vec()))
            .collect();
        let look = "Weights have one row an output and one column an input, as candle's `Linear` wants them.";
        equal("names and shapes of the variables", got, promised(widths), look)
    });
}

#[test]
fn the_first_weights_are_drawn_as_promised() {
    for_all("widths, seed", (widths(), any::seed())).cases(32).holds(|(widths, seed)| {
        let mut generator = Generator::from_seed(*seed);
        let all = sorted(network(widths, *seed)?.variables());
        for (i, pair) in widths.windows(2).enumerate() {
            let bound = (6.0 / pair[0] as f64).sqrt();
            let want: Vec<f64> =
                (0..pair[0] * pair[1]).map(|_| generator.uniform_in(-bound, bound)).collect();
            let (bias, weight) = (numbers("a bias", &all[2 * i].1)?, numbers("a weight", &all[2 * i + 1].1)?);
            let look =
                "Layer after layer, row after row, uniform in ±√(6 / inputs); biases 0, and not drawn.";
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
fn the_generator_goes_on_behind_the_last_weight() {
    for_all("widths, seed", (widths(), any::seed())).cases(16).holds(|(widths, seed)| {
        let [mut used, mut drawn] = [*seed; 2].map(Generator::from_seed);
        Mlp::new(widths, DType::F64, &mut used).accepted("Mlp::new(widths, F64, generator)")?;
        let weights: usize = widths.windows(2).map(|pair| pair[0] * pair[1]).sum();
        for _ in 0..weights {
            drawn.uniform();
        }
        let look = "One number for each weight, drawn from the generator that came: a copy of it would give \
            the next network the same weights.";
        equal("the generator's next number", used.uniform(), drawn.uniform(), look)
    });
}

#[test]
fn the_first_weights_of_single_precision_are_the_same_rounded() {
    for_all("widths, seed", (widths(), any::seed())).cases(16).holds(|(widths, seed)| {
        let single =
            Mlp::new(widths, DType::F32, &mut Generator::from_seed(*seed)).accepted("Mlp::new(…, F32, …)")?;
        for ((name, got), (_, want)) in
            sorted(single.variables()).iter().zip(sorted(network(widths, *seed)?.variables()))
        {
            // Weights of at most √6, rounded once.
            let (got, want) = (numbers(name, got)?, numbers(name, &want)?);
            let look = "The same seed gives the same network, whatever its type: draw first, then convert.";
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
fn the_tenth_layer_comes_after_the_ninth() {
    for_all("x, seed", (any::matrix(2, 2), any::seed())).cases(8).holds(|(x, seed)| {
        let mlp = network(&[2; 13], *seed)?;
        // A layer of its own for each: the turn of the numbers, and a bias that tells the layer.
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
        let look = "Twelve layers: by the alphabet `layer10` stands before `layer2`. Keep the layers in \
            their own order.";
        // Each layer adds at most half of the numbers and 12: all stay below 2¹².
        close_entries("forward(x)", &forward(&mlp, x)?, &want, |_, _| rounding(64, 4096.0), look)
    });
}

#[test]
fn the_logits_are_those_of_the_definition() {
    let inputs =
        widths().prop_flat_map(|widths| (any::any_matrix(1..=3, widths[0]..=widths[0]), Just(widths)));
    for_all("x, widths, seed", (inputs, any::seed())).cases(64).holds(|((x, widths), seed)| {
        let mlp = network(widths, *seed)?;
        let parameters = exact_weights(&mlp, *seed);
        let parameters: Vec<&[f64]> = parameters.iter().map(Vec::as_slice).collect();
        let want: Vec<Vec<f64>> = (0..x.rows()).map(|i| by_hand(widths, &parameters, x.row(i))).collect();
        let want = Matrix::from_fn(x.rows(), *widths.last().unwrap_or(&1), |i, j| want[i][j]);
        // At most six layers of four inputs, weights up to 1, samples up to 8: each layer makes numbers four times as large.
        let look = "x·Wᵀ + b in each layer, max(0, ·) between layers and not after the last; no softmax.";
        close_entries("forward(x)", &forward(&mlp, x)?, &want, |_, _| rounding(64, 64_000.0), look)
    });
}

#[test]
fn a_batch_is_its_rows() {
    for_all("x, seed", (any::any_matrix(1..=4, 3..=3), any::seed())).cases(32).holds(|(x, seed)| {
        let mlp = network(&[3, 5, 2], *seed)?;
        let whole = forward(&mlp, x)?;
        let look = "A sample's logits depend on that sample alone. Is something averaged over the batch?";
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
fn how_the_samples_lie_in_memory_does_not_matter() {
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
fn the_loss_has_a_slope_along_every_variable() {
    for_all("seed", any::seed()).cases(4).holds(|&seed| {
        let widths = [2, 3, 2];
        let (mlp, labels) = (network(&widths, seed)?, [0, 1]);
        let at = exact_weights(&mlp, seed);
        let x = Matrix::from_rows([[1.0, -0.5], [0.25, 2.0]]);
        let logits = mlp.forward(&tensor(&x)).accepted("forward(x)")?;
        let truth = Tensor::new(&[0_u32, 1], &Device::Cpu).accepted("labels")?;
        let loss = candle_nn::loss::cross_entropy(&logits, &truth).accepted("the loss")?;
        let slopes = loss.backward().accepted("backward()")?;
        let all = sorted(mlp.variables());
        let slope = |(_, var): &(String, candle_core::Var)| {
            slopes.get(var).map_or(Ok(vec![0.0; var.elem_count()]), |slope| numbers("a slope", slope))
        };
        let got: Vec<Vec<f64>> = all.iter().map(slope).collect::<Result<_, _>>()?;
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
        let look = "Is a layer left out of the variables, or cut off by `detach`? It would never learn.";
        is_gradient(
            "backward() of the cross-entropy",
            &blocks,
            &Loss { value: &value, rounding: rounding(256, 10.0), samples: 2 },
            look,
        )
    });
}

#[test]
fn the_variables_are_the_networks_own() {
    example(|| {
        let mlp = network(&[2, 2, 1], 1)?;
        for (_, var) in sorted(mlp.variables()) {
            set(&var, &vec![0.0; var.elem_count()]);
        }
        let look = "`variables()` hands out the network's weights themselves: an optimizer changes them \
            from outside.";
        let got = forward(&mlp, &Matrix::from_rows([[1.0, 1.0]]))?;
        equal("forward(x) with all variables at 0", got, Matrix::from_rows([[0.0]]), look)
    });
}

#[test]
fn single_precision_stays_single() {
    example(|| {
        let mlp =
            Mlp::new(&[2, 3, 2], DType::F32, &mut Generator::from_seed(1)).accepted("Mlp::new(…, F32, …)")?;
        let types: Vec<DType> = sorted(mlp.variables()).iter().map(|(_, var)| var.dtype()).collect();
        let look = "The second argument is the type of all variables.";
        equal("types of the variables", types, vec![DType::F32; 4], look)?;
        let x = Tensor::zeros((1, 2), DType::F32, &Device::Cpu).accepted("a tensor")?;
        equal("type of the logits", mlp.forward(&x).accepted("forward(x)")?.dtype(), DType::F32, look)
    });
}

#[test]
fn samples_of_another_width_and_empty_batches_are_rejected() {
    example(|| {
        let mlp = network(&[3, 2], 1)?;
        let shape = |dims: &[usize]| Tensor::zeros(dims, DType::F64, &Device::Cpu).accepted("a tensor");
        let forward =
            |dims: &[usize]| Ok::<_, Broken>(mlp.forward(&shape(dims)?).map(|_| "logits".to_owned()));
        for dims in [&[2, 4][..], &[3, 2], &[3], &[1, 3, 3], &[0, 2]] {
            let (got, wanted) = (dims.to_vec(), vec![dims[0], 3]);
            let want = InputError::Dimensions { name: "x".to_owned(), got, wanted };
            rejected(
                &format!("forward of a tensor of shape {dims:?}"),
                forward(dims)?,
                want,
                "Samples are rows of as many numbers as go in.",
            )?;
        }
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "forward of no samples",
            forward(&[0, 3])?,
            want,
            "An empty batch is a mistake of the caller.",
        )
    });
}

#[test]
fn a_network_without_layers_or_numbers_is_rejected() {
    example(|| {
        let new = |widths: &[usize]| {
            Mlp::new(widths, DType::F64, &mut Generator::from_seed(1)).map(|_| "a network")
        };
        for widths in [&[][..], &[3]] {
            let too_few = InputError::TooFew { got: widths.len(), wanted: 2 };
            rejected(&format!("Mlp::new({widths:?}, …)"), new(widths), too_few, "Two widths at least.")?;
        }
        for widths in [&[0, 3][..], &[3, 0], &[3, 0, 2], &[3, 2, 0]] {
            let nothing = InputError::OutOfRange { name: "widths", got: 0.0, wanted: "at least 1" };
            let look = "Nothing gets through a layer without numbers.";
            rejected(&format!("Mlp::new({widths:?}, …)"), new(widths), nothing, look)?;
        }
        Ok(())
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
