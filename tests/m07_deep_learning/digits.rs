//! Images to learn from, and a network that is not the learner's.

use candle_core::{Device, Tensor, Var};
use judge::{Answer, Broken};
use kit::data::mnist::{Images, Part, Set};
use kit::{Generator, InputError, data};

/// Samples with their labels.
pub struct Labeled {
    pub x: Tensor,
    pub labels: Vec<usize>,
}

impl Labeled {
    pub fn samples(&self) -> (&Tensor, &[usize]) {
        (&self.x, &self.labels)
    }

    fn new(pixels: Vec<f32>, width: usize, labels: Vec<usize>) -> Result<Self, Broken> {
        let x = Tensor::from_vec(pixels, (labels.len(), width), &Device::Cpu).accepted("a tensor")?;
        Ok(Self { x, labels })
    }
}

/// The embedded digits: every fifth for validation, the others for training.
pub fn digits() -> Result<[Labeled; 2], Broken> {
    let all = data::digits();
    let part = |rows: Vec<usize>| {
        let pixels = rows.iter().flat_map(|i| all.features.row(*i)).map(|x| (x / 16.0) as f32).collect();
        Labeled::new(pixels, 64, rows.iter().map(|i| all.labels[*i]).collect())
    };
    let of = |fifth: bool| (0..all.labels.len()).filter(|i| i.is_multiple_of(5) == fifth).collect();
    Ok([part(of(false))?, part(of(true))?])
}

/// A set in the form of MNIST: the 60,000 for training, the 10,000 for validation.
pub fn mnist(set: Set) -> Result<[Labeled; 2], Broken> {
    let part = |part| {
        let images = Images::load(set, part).given(&format!("the files of {}", set.name()))?;
        let pixels = images.pixels.iter().map(|pixel| f32::from(*pixel) / 255.0).collect();
        let labels = images.labels.iter().map(|label| usize::from(*label)).collect();
        Labeled::new(pixels, images.rows * images.cols, labels)
    };
    Ok([part(Part::Training)?, part(Part::Test)?])
}

/// One hidden layer, drawn from a seed.
pub struct TwoLayers {
    pub variables: Vec<Var>,
}

impl TwoLayers {
    pub fn new(inputs: usize, hidden: usize, outputs: usize, seed: u64) -> Result<Self, Broken> {
        let mut generator = Generator::from_seed(seed);
        let mut draw = |rows: usize, cols: usize| {
            let bound = (6.0 / rows as f64).sqrt();
            let numbers: Vec<f32> =
                (0..rows * cols).map(|_| generator.uniform_in(-bound, bound) as f32).collect();
            Var::from_vec(numbers, (rows, cols), &Device::Cpu).accepted("a variable")
        };
        let (w, v) = (draw(inputs, hidden)?, draw(hidden, outputs)?);
        let zeros = |n| Var::zeros(n, candle_core::DType::F32, &Device::Cpu).accepted("a variable");
        Ok(Self { variables: vec![w, zeros(hidden)?, v, zeros(outputs)?] })
    }

    pub fn forward(&self, x: &Tensor) -> Result<Tensor, InputError> {
        let [w, b, v, c] = &self.variables[..] else { return Ok(x.clone()) };
        let hidden = x.matmul(w)?.broadcast_add(b)?.relu()?;
        Ok(hidden.matmul(v)?.broadcast_add(c)?)
    }
}
