use candle_core::{DType, Device, Tensor};
use candle_nn::VarMap;
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, refused, rounding};
use katas::m09_convolution::cnn::Cnn;
use kit::{Generator, InputError};
use ndarray::{Array3, Array4, s};
use proptest::prelude::*;

use super::super::arrays::{Case, numbers};

fn network(side: usize, channels: &[usize], classes: usize, seed: u64) -> Result<Cnn, Broken> {
    Cnn::new(side, channels, classes, DType::F64, &mut Generator::from_seed(seed))
        .accepted("Cnn::new(…, F64, generator)")
}

fn sorted(variables: &VarMap) -> Vec<(String, candle_core::Var)> {
    let held = variables.data().lock().expect("nobody else holds the variables");
    let mut all: Vec<_> = held.iter().map(|(name, var)| (name.clone(), var.clone())).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all
}

/// Side, channels, classes.
fn shapes() -> impl Strategy<Value = (usize, Vec<usize>, usize)> + Send + Sync + Clone {
    (prop::collection::vec(1..=2_usize, 1..=3), 1..=3_usize, 0..=2_usize)
        .prop_map(|(channels, classes, more)| ((1 << (channels.len() - 1)) + more, channels, classes))
}

#[derive(Debug, Clone)]
struct Shape((usize, Vec<usize>, usize), u64);

impl judge::Inputs for Shape {
    fn describe(&self) -> Vec<String> {
        let Self((side, channels, classes), seed) = self;
        vec![side.to_string(), format!("{channels:?}"), classes.to_string(), seed.to_string()]
    }
}

const NAMES: &str = "side, channels, classes, seed";

fn shape() -> impl Strategy<Value = Shape> + Send + Sync + Clone {
    (shapes(), any::seed()).prop_map(|(shape, seed)| Shape(shape, seed))
}

/// Names and shapes, in the order in which the weights are drawn.
fn promised(side: usize, channels: &[usize], classes: usize) -> Vec<(String, Vec<usize>)> {
    let block = |(i, pair): (usize, &[usize])| (format!("block{}", i + 1), vec![pair[1], pair[0], 3, 3]);
    let small = side >> (channels.len() - 1);
    let inputs = channels[channels.len() - 1] * small * small;
    channels.windows(2).enumerate().map(block).chain([("dense".to_owned(), vec![classes, inputs])]).collect()
}

/// Sets the biases to numbers that are not 0.
fn biased(cnn: &Cnn) -> Result<(), Broken> {
    for (name, var) in sorted(cnn.variables()).into_iter().filter(|(name, _)| name.ends_with("bias")) {
        let to: Vec<f64> = (0..var.elem_count()).map(|i| 0.125 * (i as f64 + 1.0)).collect();
        let to = Tensor::from_vec(to, var.dims(), &Device::Cpu).accepted("a tensor")?;
        var.set(&to).accepted(&name)?;
    }
    Ok(())
}

fn images(n: usize, channels: usize, side: usize, seed: u64) -> Array4<f64> {
    let mut generator = Generator::from_seed(seed);
    Array4::from_shape_simple_fn((n, channels, side, side), || generator.below(17) as f64 / 8.0 - 1.0)
}

fn tensor(x: &Array4<f64>) -> Result<Tensor, Broken> {
    let (numbers, (n, c, h, w)) = (x.iter().copied().collect::<Vec<_>>(), x.dim());
    Tensor::from_vec(numbers, (n, c, h, w), &Device::Cpu).accepted("a tensor")
}

/// The definition for one image.
fn by_hand(cnn: &Cnn, blocks: usize, image: Array3<f64>) -> Result<Vec<f64>, Broken> {
    let all: std::collections::HashMap<_, _> = sorted(cnn.variables()).into_iter().collect();
    let read = |name: String| numbers(&name, &all[&name]);
    let mut h = image;
    for i in 1..=blocks {
        let weight = &all[&format!("block{i}.weight")];
        let (o, c) = (weight.dims()[0], weight.dims()[1]);
        let kernels =
            Array4::from_shape_vec((o, c, 3, 3), read(format!("block{i}.weight"))?).accepted("kernels")?;
        let bias = read(format!("block{i}.bias"))?;
        let y = Case { x: h, kernels: kernels.clone(), stride: 1, padding: 1 }.convolved(&kernels);
        h = Array3::from_shape_fn((o, y.dim().1 / 2, y.dim().2 / 2), |(o, r, q)| {
            let window = y.slice(s![o, 2 * r..2 * r + 2, 2 * q..2 * q + 2]);
            (window.fold(f64::NEG_INFINITY, |max, y| max.max(*y)) + bias[o]).max(0.0)
        });
    }
    let (weight, bias) = (read("dense.weight".to_owned())?, read("dense.bias".to_owned())?);
    let flat: Vec<f64> = h.into_iter().collect();
    Ok(bias
        .iter()
        .enumerate()
        .map(|(k, b)| b + flat.iter().enumerate().map(|(j, h)| h * weight[k * flat.len() + j]).sum::<f64>())
        .collect())
}

#[test]
fn the_variables_have_the_promised_names_and_shapes() {
    for_all(NAMES, shape()).cases(32).holds(|Shape((side, channels, classes), seed)| {
        let cnn = network(*side, channels, *classes, *seed)?;
        let got: Vec<_> =
            sorted(cnn.variables()).iter().map(|(name, var)| (name.clone(), var.dims().to_vec())).collect();
        let mut want = Vec::new();
        for (name, shape) in promised(*side, channels, *classes) {
            want.extend([(format!("{name}.bias"), shape[..1].to_vec()), (format!("{name}.weight"), shape)]);
        }
        equal(
            "names and shapes",
            got,
            want,
            "3×3 kernels for each pair of neighbouring channels; each block halves the side, rounded down.",
        )
    });
}

#[test]
fn the_first_weights_are_drawn_as_promised() {
    for_all(NAMES, shape()).cases(32).holds(|Shape((side, channels, classes), seed)| {
        let all: std::collections::HashMap<_, _> = sorted(network(*side, channels, *classes, *seed)?.variables()).into_iter().collect();
        let mut generator = Generator::from_seed(*seed);
        for (name, shape) in promised(*side, channels, *classes) {
            let inputs: usize = shape[1..].iter().product();
            let bound = (6.0 / inputs as f64).sqrt();
            let want: Vec<f64> = (0..shape[0] * inputs).map(|_| generator.uniform_in(-bound, bound)).collect();
            let look = "Block after block, the affine layer last, the last index running fastest; ±√(6 / inputs), 9 inputs a channel for a block. Biases are 0 and not drawn.";
            let missing = || Broken::answer(format!("no variable {name}"), "one", look);
            let (weight, bias) = (all.get(&format!("{name}.weight")), all.get(&format!("{name}.bias")));
            let got = numbers("a weight", weight.ok_or_else(missing)?)?;
            close(&format!("{name}.weight"), got.as_slice(), want.as_slice(), 4.0 * f64::EPSILON * bound, look)?;
            equal(&format!("{name}.bias"), numbers("a bias", bias.ok_or_else(missing)?)?, vec![0.0; shape[0]], look)?;
        }
        Ok(())
    });
}

#[test]
fn the_logits_are_those_of_the_definition_image_by_image() {
    for_all(NAMES, shape()).cases(32).holds(|Shape((side, channels, classes), seed)| {
        let cnn = network(*side, channels, *classes, *seed)?;
        biased(&cnn)?;
        let x = images(2, channels[0], *side, *seed);
        let got = numbers("forward(images)", &cnn.forward(&tensor(&x)?).accepted("forward(images)")?)?;
        let one = |i: usize| by_hand(&cnn, channels.len() - 1, x.slice(s![i, .., .., ..]).to_owned());
        let want = [one(0)?, one(1)?].concat();
        // Weights up to 2.5, at most two blocks: some hundred operations on numbers below 10,000.
        let look = "Convolution with zeros around, bias, the largest of 2×2, rectified; then flat: channels, rows, columns. No bend and no softmax at the end.";
        close("forward(images)", got.as_slice(), want.as_slice(), rounding(512, 1e4), look)
    });
}

#[test]
fn every_variable_gets_its_slope() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        let cnn = network(4, &[1, 2, 2], 2, seed)?;
        biased(&cnn)?;
        let x = images(2, 1, 4, seed);
        let z = cnn.forward(&tensor(&x)?).accepted("forward(images)")?;
        let slopes = z.sqr().and_then(|z| (z.sum_all()? * 0.5)?.backward()).accepted("backward()")?;
        let loss = || -> Result<f64, Broken> {
            let one = |i: usize| by_hand(&cnn, 2, x.slice(s![i, .., .., ..]).to_owned());
            Ok([one(0)?, one(1)?].concat().iter().map(|z| z * z / 2.0).sum())
        };
        for (name, var) in sorted(cnn.variables()) {
            let at = numbers(&name, &var)?;
            let got = slopes.get(&var).map_or(Ok(vec![0.0; at.len()]), |slope| numbers("a slope", slope))?;
            for k in [0, at.len() / 2, at.len() - 1] {
                let shifted = |h: f64| -> Result<f64, Broken> {
                    let mut to = at.clone();
                    to[k] += h;
                    let to = Tensor::from_vec(to, var.dims(), &Device::Cpu).accepted("a tensor")?;
                    var.set(&to).accepted("a variable")?;
                    loss()
                };
                const H: f64 = 1.0 / (1 << 20) as f64;
                let (right, middle, left) = (shifted(H)?, shifted(0.0)?, shifted(-H)?);
                // Where the largest pixel or the bend of a rectifier lies within the step, either side's slope is right.
                let (above, below) = ((right - middle) / H, (middle - left) / H);
                let slack = 1e-4 * (1.0 + middle + above.abs() + below.abs());
                let look = "Is the pooling's slope candle's own, or a layer cut off by `detach`? It would learn too slowly, or never.";
                ensure((above.min(below) - slack..=above.max(below) + slack).contains(&got[k]), || {
                    Broken::answer(format!("the slope of Σ z²/2 along {name}[{k}] = {}", got[k]), format!("{above:.4}, give or take {slack:.1e}"), look)
                })?;
            }
        }
        Ok(())
    });
}

#[test]
fn single_precision_stays_single() {
    example(|| {
        let cnn = Cnn::new(4, &[1, 2], 3, DType::F32, &mut Generator::from_seed(1))
            .accepted("Cnn::new(…, F32, …)")?;
        let x = Tensor::zeros((1, 1, 4, 4), DType::F32, &Device::Cpu).accepted("a tensor")?;
        let got = cnn.forward(&x).map(|z| (z.dtype(), z.dims().to_vec()));
        equal(
            "type and shape of the logits",
            got,
            Ok((DType::F32, vec![1, 3])),
            "`dtype` is the type of all variables.",
        )
    });
}

#[test]
fn images_of_another_size_and_empty_batches_are_refused() {
    example(|| {
        let cnn = network(4, &[2, 2], 3, 1)?;
        let zeros = |shape: &[usize]| Tensor::zeros(shape, DType::F64, &Device::Cpu).accepted("a tensor");
        let ask = |shape: &[usize]| Ok::<_, Broken>(cnn.forward(&zeros(shape)?).map(|_| "logits"));
        for shape in [&[3, 2, 4, 5][..], &[3, 2, 5, 4], &[3, 1, 4, 4], &[2, 4, 4], &[0, 2, 8, 8]] {
            let (got, wanted) = (shape.to_vec(), vec![shape[0], 2, 4, 4]);
            let want = InputError::Dimensions { name: "images".to_owned(), got, wanted };
            refused(
                &format!("forward of a tensor of shape {shape:?}"),
                ask(shape)?,
                want,
                "Images × channels × side × side.",
            )?;
        }
        refused(
            "forward of no images",
            ask(&[0, 2, 4, 4])?,
            InputError::TooFew { got: 0, wanted: 1 },
            "An empty batch is a mistake of the caller.",
        )
    });
}

#[test]
fn networks_that_cannot_be_are_refused() {
    example(|| {
        let ask = |side, channels: &[usize], classes| {
            Cnn::new(side, channels, classes, DType::F32, &mut Generator::from_seed(1)).map(|_| "a network")
        };
        let refusal = |name, got, wanted| InputError::OutOfRange { name, got, wanted };
        let look = "Channels first, then classes, then the side.";
        refused("no channels", ask(8, &[], 10), InputError::TooFew { got: 0, wanted: 1 }, look)?;
        refused("channels [1, 0]", ask(0, &[1, 0], 0), refusal("channels", 0.0, "at least 1"), look)?;
        refused("no classes", ask(0, &[1, 2], 0), refusal("classes", 0.0, "at least 1"), look)?;
        refused(
            "side 3, two blocks",
            ask(3, &[1, 2, 2], 2),
            refusal("side", 3.0, "at least 2 in each block"),
            look,
        )
    });
}
