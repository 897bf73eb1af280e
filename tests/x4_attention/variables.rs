//! Variables of a network: their documented names, and numbers to put into them.

use std::collections::BTreeMap;

use candle_core::{DType, Device, Tensor, Var};
use candle_nn::VarMap;
use judge::{Answer, Broken};
use katas::x4_attention::gpt::GptSettings;
use kit::Generator;

/// The numbers of each variable by its name.
pub type Numbers = BTreeMap<String, Vec<f64>>;

/// All numbers of a tensor, the last index running fastest.
pub fn numbers(call: &str, t: &Tensor) -> Result<Vec<f64>, Broken> {
    t.flatten_all().and_then(|flat| flat.to_dtype(DType::F64)?.to_vec1()).accepted(call)
}

/// A tensor of these numbers.
pub fn tensor(data: &[f64], shape: &[usize]) -> Tensor {
    Tensor::from_slice(data, shape, &Device::Cpu).expect("as many numbers as the shape says")
}

/// The documented names and shapes of a block, in the order in which they are drawn.
pub fn of_block(prefix: &str, d: usize) -> Vec<(String, Vec<usize>)> {
    let linear = [
        ("attention.query", d, d),
        ("attention.key", d, d),
        ("attention.value", d, d),
        ("attention.output", d, d),
        ("mlp.hidden", 4 * d, d),
        ("mlp.output", d, 4 * d),
    ];
    let of_linear = |(name, rows, columns): (&str, usize, usize)| {
        [
            (format!("{prefix}{name}.weight"), vec![rows, columns]),
            (format!("{prefix}{name}.bias"), vec![rows]),
        ]
    };
    let of_norm = |name: &str| ["gamma", "beta"].map(|part| (format!("{prefix}{name}.{part}"), vec![d]));
    linear
        .into_iter()
        .flat_map(of_linear)
        .chain(["layer_norm1", "layer_norm2"].iter().flat_map(|n| of_norm(n)))
        .collect()
}

/// The documented names and shapes of a network, in the order in which they are drawn.
pub fn of_gpt(settings: &GptSettings) -> Vec<(String, Vec<usize>)> {
    let (v, c, d) = (settings.vocabulary, settings.context, settings.width);
    let mut all =
        vec![("token_embedding".to_owned(), vec![v, d]), ("position_embedding".to_owned(), vec![c, d])];
    (1..=settings.layers).for_each(|l| all.extend(of_block(&format!("block{l}."), d)));
    let rest = [
        ("head.weight", vec![v, d]),
        ("head.bias", vec![v]),
        ("layer_norm.gamma", vec![d]),
        ("layer_norm.beta", vec![d]),
    ];
    all.extend(rest.map(|(name, shape)| (name.to_owned(), shape)));
    all
}

/// Variables of these shapes, all 0.
pub fn made(shapes: &[(String, Vec<usize>)], dtype: DType) -> VarMap {
    let variables = VarMap::new();
    for (name, shape) in shapes {
        let var = Var::zeros(&shape[..], dtype, &Device::Cpu).expect("a variable");
        variables.data().lock().expect("the lock is free").insert(name.clone(), var);
    }
    variables
}

/// The names in alphabetical order, each with its variable.
pub fn sorted(variables: &VarMap) -> Vec<(String, Var)> {
    let held = variables.data().lock().expect("the lock is free");
    let mut sorted: Vec<_> = held.iter().map(|(name, var)| (name.clone(), var.clone())).collect();
    sorted.sort_by(|(a, _), (b, _)| a.cmp(b));
    sorted
}

/// What the variables hold now.
pub fn read(variables: &VarMap) -> Result<Numbers, Broken> {
    sorted(variables).into_iter().map(|(name, var)| Ok((name.clone(), numbers(&name, &var)?))).collect()
}

/// Sets all variables to drawn eighths, from −1 to 1 for biases, γ and β. Sums of products with weights stay of the size of
/// their terms: weights are smaller the more columns they have.
pub fn fill(variables: &VarMap, seed: u64) -> Result<Numbers, Broken> {
    let mut generator = Generator::from_seed(seed);
    for (name, var) in sorted(variables) {
        let columns = if var.dims().len() == 2 { var.dims()[1] } else { 1 };
        let unit = 2.0_f64.powf((columns as f64).log2().floor() / -2.0);
        let drawn: Vec<f64> =
            (0..var.elem_count()).map(|_| (generator.below(17) as f64 / 8.0 - 1.0) * unit).collect();
        put(&var, &drawn).accepted(&format!("the variable {name}"))?;
    }
    read(variables)
}

/// Sets a variable.
pub fn put(var: &Var, to: &[f64]) -> candle_core::Result<()> {
    var.set(&tensor(to, var.dims()).to_dtype(var.dtype())?)
}

/// Features of some positions, eighths from −2 to 2.
pub fn drawn(n: usize, seed: u64) -> Vec<f64> {
    let mut generator = Generator::from_seed(seed ^ 0x5eed);
    (0..n).map(|_| generator.below(33) as f64 / 8.0 - 2.0).collect()
}
