//! Networks to test, and their forward pass by the definition.

use candle_core::{DType, Device, Tensor};
use candle_nn::VarMap;
use judge::{Answer, Broken, Verdict, any, close, equal, rounding};
use katas::m09_convolution::cnn::Cnn;
use kit::Generator;
use ndarray::{Array3, Array4, s};
use proptest::prelude::*;

use super::super::arrays::{Case, numbers};
use judge::any::sizes;

pub fn network(side: usize, channels: &[usize], classes: usize, seed: u64) -> Result<Cnn, Broken> {
    Cnn::new(side, channels, classes, DType::F64, &mut Generator::from_seed(seed))
        .accepted("Cnn::new(…, F64, generator)")
}

pub fn sorted(variables: &VarMap) -> Vec<(String, candle_core::Var)> {
    let held = variables.data().lock().expect("no other thread holds the variables");
    let mut all: Vec<_> = held.iter().map(|(name, var)| (name.clone(), var.clone())).collect();
    all.sort_by(|(a, _), (b, _)| a.cmp(b));
    all
}

/// Side, channels, classes.
fn shapes() -> impl Strategy<Value = (usize, Vec<usize>, usize)> + Send + Sync + Clone {
    (judge::any::vec(1..=2_usize, 1..=4), 1..=3_usize, 0..=2_usize)
        .prop_map(|(channels, classes, more)| ((1 << (channels.len() - 1)) + more, channels, classes))
}

#[derive(Debug, Clone)]
pub struct Shape(pub (usize, Vec<usize>, usize), pub u64);

impl judge::Inputs for Shape {
    fn describe(&self) -> Vec<String> {
        let Self((side, channels, classes), seed) = self;
        vec![side.to_string(), format!("{channels:?}"), classes.to_string(), seed.to_string()]
    }
}

pub const NAMES: &str = "side, channels, classes, seed";

pub fn shape() -> impl Strategy<Value = Shape> + Send + Sync + Clone {
    (shapes(), any::seed()).prop_map(|(shape, seed)| Shape(shape, seed))
}

/// A network with many channels, classes or blocks, or for a large image.
pub fn any_size() -> impl Strategy<Value = Shape> + Send + Sync + Clone {
    let sizes = sizes([1..=2, 1..=2, 1..=3, 0..=2], [41, 65, 101, 61]);
    let one = sizes.prop_map(|[first, second, classes, more]| (2 + more, vec![first, second], classes));
    let deep =
        (5..=6_usize, 0..=1_usize).prop_map(|(blocks, more)| ((1 << blocks) + more, vec![1; blocks + 1], 2));
    (prop_oneof![3 => one, 1 => deep], any::seed()).prop_map(|(shape, seed)| Shape(shape, seed))
}

/// A network with up to twelve blocks, for images of up to thousands of rows; or one of [`any_size`].
pub fn any_depth() -> impl Strategy<Value = Shape> + Send + Sync + Clone {
    let deep = (7..=12_usize, 1..=3_usize, any::seed()).prop_map(|(blocks, more, seed)| {
        let channels = (0..=blocks).map(|i| 1 + i % 3).collect();
        Shape(((1 << blocks) + more, channels, 2), seed)
    });
    prop_oneof![3 => any_size(), 1 => deep]
}

/// Names and shapes, in the order in which the weights are drawn.
pub fn documented(side: usize, channels: &[usize], classes: usize) -> Vec<(String, Vec<usize>)> {
    let block = |(i, pair): (usize, &[usize])| (format!("block{}", i + 1), vec![pair[1], pair[0], 3, 3]);
    let small = side >> (channels.len() - 1);
    let inputs = channels[channels.len() - 1] * small * small;
    channels.windows(2).enumerate().map(block).chain([("dense".to_owned(), vec![classes, inputs])]).collect()
}

/// Sets the biases to numbers that are not 0.
pub fn biased(cnn: &Cnn) -> Result<(), Broken> {
    for (name, var) in sorted(cnn.variables()).into_iter().filter(|(name, _)| name.ends_with("bias")) {
        let to: Vec<f64> = (0..var.elem_count()).map(|i| 0.125 * (i as f64 + 1.0)).collect();
        let to = Tensor::from_vec(to, var.dims(), &Device::Cpu).accepted("a tensor")?;
        var.set(&to).accepted(&name)?;
    }
    Ok(())
}

pub fn images(n: usize, channels: usize, side: usize, seed: u64) -> Array4<f64> {
    let mut generator = Generator::from_seed(seed);
    Array4::from_shape_simple_fn((n, channels, side, side), || generator.below(17) as f64 / 8.0 - 1.0)
}

pub fn tensor(x: &Array4<f64>) -> Result<Tensor, Broken> {
    let (numbers, (n, c, h, w)) = (x.iter().copied().collect::<Vec<_>>(), x.dim());
    Tensor::from_vec(numbers, (n, c, h, w), &Device::Cpu).accepted("a tensor")
}

/// The definition for one image.
pub fn by_hand(cnn: &Cnn, blocks: usize, image: Array3<f64>) -> Result<Vec<f64>, Broken> {
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

/// In f32 the same network has the same logits, to some digits, and draws as many numbers.
pub fn f32_is_near_f64((side, channels, classes): &(usize, Vec<usize>, usize), seed: u64) -> Verdict {
    let [mut generator, mut other] = [seed; 2].map(Generator::from_seed);
    let cnn =
        Cnn::new(*side, channels, *classes, DType::F32, &mut generator).accepted("Cnn::new(…, F32, …)")?;
    let double =
        Cnn::new(*side, channels, *classes, DType::F64, &mut other).accepted("Cnn::new(…, F64, …)")?;
    equal("the generator's state", generator.state(), other.state(), "It advances as for F64.")?;
    let x = tensor(&images(2, channels[0], *side, seed))?;
    let single = x.to_dtype(DType::F32).accepted("a tensor")?;
    let z = cnn.forward(&single).accepted("forward(images) in f32")?;
    let look = "`dtype` is the type of all variables; f32 has seven digits.";
    let of = (z.dtype(), z.dims());
    equal("type and shape of the logits", of, (DType::F32, &[2, *classes][..]), look)?;
    let want = double.forward(&x).accepted("forward(images)")?;
    let (got, want) = (numbers("logits", &z)?, numbers("logits", &want)?);
    // At most three blocks and a linear layer, weights up to 2.5: logits below 10³, and some hundred operations.
    close("logits in f32", got.as_slice(), want.as_slice(), rounding(512, 1e3) * 2.0_f64.powi(29), look)
}
