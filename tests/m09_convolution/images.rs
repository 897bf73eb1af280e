//! Images to learn from, a training loop and a network that do not use the learner's katas.

use candle_core::{DType, Device, Tensor, Var};
use candle_nn::loss::cross_entropy;
use candle_nn::{AdamW, Optimizer, ParamsAdamW};
use judge::{Answer, Broken};
use kit::data::mnist::{Images, Part, Set};
use kit::{Generator, InputError, data};

/// Images of one channel with their labels.
pub struct Labeled {
    pub x: Tensor,
    pub labels: Vec<usize>,
}

impl Labeled {
    pub fn new(pixels: Vec<f32>, side: usize, labels: Vec<usize>) -> Result<Self, Broken> {
        let x = Tensor::from_vec(pixels, (labels.len(), 1, side, side), &Device::Cpu).accepted("a tensor")?;
        Ok(Self { x, labels })
    }

    pub fn samples(&self) -> (&Tensor, &[usize]) {
        (&self.x, &self.labels)
    }

    /// These images, in this order.
    pub fn taken(&self, rows: &[usize]) -> Result<(Tensor, Vec<u32>), Broken> {
        let indices = Tensor::new(rows.iter().map(|&i| i as u32).collect::<Vec<_>>(), &Device::Cpu);
        let x = indices.and_then(|indices| self.x.index_select(&indices, 0)).accepted("a batch")?;
        Ok((x, rows.iter().map(|&i| self.labels[i] as u32).collect()))
    }
}

/// The embedded digits: every fifth for validation, the others for training.
pub fn digits() -> Result<[Labeled; 2], Broken> {
    let all = data::digits();
    let part = |rows: Vec<usize>| {
        let pixels = rows.iter().flat_map(|i| all.features.row(*i)).map(|x| (x / 16.0) as f32).collect();
        Labeled::new(pixels, 8, rows.iter().map(|i| all.labels[*i]).collect())
    };
    let of = |fifth: bool| (0..all.labels.len()).filter(|i| i.is_multiple_of(5) == fifth).collect();
    Ok([part(of(false))?, part(of(true))?])
}

/// A set in the form of MNIST: the 60,000 for training, the 10,000 for validation.
pub fn mnist(set: Set) -> Result<[Labeled; 2], Broken> {
    let part = |part| {
        let images = Images::load(set, part).given(&format!("the files of {}", set.name()))?;
        let pixels = images.pixels.iter().map(|pixel| f32::from(*pixel) / 255.0).collect();
        Labeled::new(pixels, images.rows, images.labels.iter().map(|label| usize::from(*label)).collect())
    };
    Ok([part(Part::Training)?, part(Part::Test)?])
}

/// Trains on the images in mini-batches of a new order in each epoch, with Adam and a cosine schedule. Returns the mean
/// loss of the last epoch.
pub fn learn(
    model: &dyn Fn(&Tensor) -> Result<Tensor, InputError>,
    variables: Vec<Var>,
    images: &Labeled,
    [epochs, batch]: [usize; 2],
    max_learning_rate: f64,
) -> Result<f64, Broken> {
    let adam = ParamsAdamW { lr: max_learning_rate, weight_decay: 0.0, ..Default::default() };
    let mut adam = AdamW::new(variables, adam).accepted("an optimizer")?;
    let (mut order, mut generator) = ((0..images.labels.len()).collect::<Vec<_>>(), Generator::from_seed(1));
    let (steps, mut step, mut mean) = (epochs * order.len().div_ceil(batch), 0, f64::INFINITY);
    for _ in 0..epochs {
        generator.shuffle(&mut order);
        let mut sum = 0.0;
        for rows in order.chunks(batch) {
            let (x, targets) = images.taken(rows)?;
            let targets = Tensor::new(targets, x.device()).accepted("labels")?;
            let loss = cross_entropy(&model(&x).accepted("forward(images)")?, &targets).accepted("a loss")?;
            adam.set_learning_rate(
                max_learning_rate * (1.0 + (std::f64::consts::PI * step as f64 / steps as f64).cos()) / 2.0,
            );
            adam.backward_step(&loss).accepted("a step")?;
            let value: f64 =
                loss.to_dtype(DType::F64).and_then(|loss| loss.to_scalar()).accepted("a loss")?;
            (sum, step) = (sum + value * rows.len() as f64, step + 1);
        }
        mean = sum / order.len() as f64;
    }
    Ok(mean)
}

/// The fraction of images whose largest logit is that of their label.
pub fn accuracy(
    model: &dyn Fn(&Tensor) -> Result<Tensor, InputError>,
    images: &Labeled,
) -> Result<f64, Broken> {
    let mut correct = 0;
    for rows in (0..images.labels.len()).collect::<Vec<_>>().chunks(250) {
        let (x, targets) = images.taken(rows)?;
        let z = model(&x).accepted("forward(images)")?;
        let predicted =
            z.argmax(candle_core::D::Minus1).and_then(|p| p.to_vec1::<u32>()).accepted("classes")?;
        correct += predicted.iter().zip(targets).filter(|(p, t)| **p == *t).count();
    }
    Ok(correct as f64 / images.labels.len() as f64)
}

/// Two blocks of 3×3 kernels, pooling and ReLU, and a linear layer, drawn from a seed.
pub struct TwoBlocks {
    pub variables: Vec<Var>,
}

impl TwoBlocks {
    pub fn new(side: usize, [first, second]: [usize; 2], seed: u64) -> Result<Self, Broken> {
        let mut generator = Generator::from_seed(seed);
        let (mut variables, small) = (Vec::new(), side / 4);
        for shape in [vec![first, 9], vec![second, 9 * first], vec![10, second * small * small]] {
            let bound = (6.0 / shape[1] as f64).sqrt();
            let drawn = (0..shape[0] * shape[1]).map(|_| generator.uniform_in(-bound, bound) as f32);
            variables.push(Var::from_vec(drawn.collect(), &shape[..], &Device::Cpu).accepted("a variable")?);
            variables.push(Var::zeros(shape[0], DType::F32, &Device::Cpu).accepted("a variable")?);
        }
        Ok(Self { variables })
    }

    pub fn forward(&self, x: &Tensor) -> Result<Tensor, InputError> {
        let [k, b, l, c, w, d] = &self.variables[..] else { return Ok(x.clone()) };
        let h = Self::block(&Self::block(x, k, b)?, l, c)?;
        Ok(h.flatten_from(1)?.matmul(&w.t()?)?.broadcast_add(d)?)
    }

    /// The columns shifted by −1, 0 and 1, then the rows: nine copies, whose weighted sums are one matrix product.
    fn block(x: &Tensor, kernels: &Tensor, bias: &Tensor) -> candle_core::Result<Tensor> {
        let ((n, channels, rows, cols), outputs) = (x.dims4()?, kernels.dim(0)?);
        let mut h = x.clone();
        for axis in [3, 2] {
            let (padded, size) = (h.pad_with_zeros(axis, 1, 1)?, x.dim(axis)?);
            let shifted =
                (0..3).map(|i| padded.narrow(axis, i, size)).collect::<candle_core::Result<Vec<_>>>()?;
            h = Tensor::cat(&shifted, 1)?;
        }
        let patches = h.reshape((n, 9 * channels, rows * cols))?;
        let y = kernels
            .unsqueeze(0)?
            .broadcast_matmul(&patches)?
            .broadcast_add(&bias.reshape((1, outputs, 1))?)?;
        let windows = y.reshape((n, outputs, rows / 2, 2, cols / 2, 2))?;
        windows.max(5)?.max(3)?.relu()
    }
}
