//! A small network of plain matrices: 64 pixels, one hidden layer with ReLU, ten digits.

use katas::reference::x3_regularization::augment::{Augmentation, augment};
use katas::reference::x3_regularization::batch_norm::{
    RunningStatistics, batch_norm, batch_norm_backward, batch_norm_evaluate,
};
use katas::reference::x3_regularization::dropout::dropout;
use katas::reference::x3_regularization::optimizer::{AdamW, AdamWState, adamw_step, warmup_cosine};
use katas::reference::x3_regularization::stopping::smoothed_cross_entropy;
use kit::{Generator, Matrix};

const PIXELS: usize = 64;
const HIDDEN: usize = 32;
const CLASSES: usize = 10;
const EPSILON: f64 = 1e-5;

/// What regularizes the training.
#[derive(Clone)]
pub struct Recipe {
    pub weight_decay: f64,
    pub dropout: f64,
    pub batch_norm: bool,
    pub smoothing: f64,
    pub augmentation: Option<Augmentation>,
}

pub const PLAIN: Recipe =
    Recipe { weight_decay: 0.0, dropout: 0.0, batch_norm: false, smoothing: 0.0, augmentation: None };

/// Images, one per row, and their digits.
pub struct Samples {
    pub x: Matrix,
    pub labels: Vec<usize>,
}

/// All parameters in one vector: the hidden layer, its scale and shift, the output layer.
pub struct Network {
    parameters: Vec<f64>,
    running: RunningStatistics,
    has_batch_norm: bool,
}

/// Where the parts of the parameters begin.
const PLACES: [usize; 7] = {
    let mut places = [0; 7];
    let sizes = [HIDDEN * PIXELS, HIDDEN, HIDDEN, HIDDEN, CLASSES * HIDDEN, CLASSES];
    let mut k = 0;
    while k < 6 {
        places[k + 1] = places[k] + sizes[k];
        k += 1;
    }
    places
};

fn part(parameters: &[f64], k: usize) -> &[f64] {
    &parameters[PLACES[k]..PLACES[k + 1]]
}

/// x·Wᵀ + b.
fn linear(x: &Matrix, w: &[f64], b: &[f64]) -> Matrix {
    let d = x.cols();
    Matrix::from_fn(x.rows(), b.len(), |i, j| dot(x.row(i), &w[j * d..(j + 1) * d]) + b[j])
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

/// Adds gᵀ·x and the sums of g to the gradients of a layer.
fn add(gradient: &mut [f64], [weights, bias]: [usize; 2], g: &Matrix, x: &Matrix) {
    let d = x.cols();
    for i in 0..g.rows() {
        for (j, g) in g.row(i).iter().enumerate() {
            gradient[PLACES[bias] + j] += g;
            if *g != 0.0 {
                let from = PLACES[weights] + j * d;
                gradient[from..from + d].iter_mut().zip(x.row(i)).for_each(|(sum, x)| *sum += g * x);
            }
        }
    }
}

impl Network {
    fn new(has_batch_norm: bool, generator: &mut Generator) -> Self {
        let mut parameters = vec![0.0; PLACES[6]];
        for (k, inputs) in [(0, PIXELS), (4, HIDDEN)] {
            // He's initialization, uniform.
            let limit = (6.0 / inputs as f64).sqrt();
            parameters[PLACES[k]..PLACES[k + 1]]
                .iter_mut()
                .for_each(|weight| *weight = generator.uniform_in(-limit, limit));
        }
        parameters[PLACES[2]..PLACES[3]].fill(1.0);
        let running = RunningStatistics { mean: vec![0.0; HIDDEN], variance: vec![1.0; HIDDEN] };
        Self { parameters, running, has_batch_norm }
    }

    fn logits(&self, x: &Matrix) -> Matrix {
        let p = |k| part(&self.parameters, k);
        let mut hidden = linear(x, p(0), p(1));
        if self.has_batch_norm {
            hidden = batch_norm_evaluate(&hidden, p(2), p(3), &self.running, EPSILON).expect("a batch");
        }
        let active = Matrix::from_fn(x.rows(), HIDDEN, |i, j| hidden[(i, j)].max(0.0));
        linear(&active, p(4), p(5))
    }

    /// The mean loss without smoothing, and the share of wrong answers.
    pub fn evaluate(&self, samples: &Samples) -> (f64, f64) {
        let logits = self.logits(&samples.x);
        let best = |row: &[f64]| (0..CLASSES).fold(0, |best, k| if row[k] > row[best] { k } else { best });
        let wrong = (0..logits.rows()).filter(|&i| best(logits.row(i)) != samples.labels[i]).count();
        let loss = smoothed_cross_entropy(&logits, &samples.labels, 0.0).expect("finite logits").0;
        (loss, wrong as f64 / logits.rows() as f64)
    }

    fn gradient(&mut self, batch: &Samples, recipe: &Recipe, generator: &mut Generator) -> Vec<f64> {
        let (n, parameters) = (batch.x.rows(), self.parameters.clone());
        let p = |k| part(&parameters, k);
        let before = linear(&batch.x, p(0), p(1));
        let hidden = if recipe.batch_norm {
            let (y, running) = batch_norm(&before, p(2), p(3), &self.running, 0.1, EPSILON).expect("a batch");
            self.running = running;
            y
        } else {
            before.clone()
        };
        let active = Matrix::from_fn(n, HIDDEN, |i, j| hidden[(i, j)].max(0.0));
        let (dropped, mask) = dropout(&active, recipe.dropout, generator).expect("a rate");
        let logits = linear(&dropped, p(4), p(5));
        let (_, g) = smoothed_cross_entropy(&logits, &batch.labels, recipe.smoothing).expect("finite logits");
        let mut gradient = vec![0.0; parameters.len()];
        add(&mut gradient, [4, 5], &g, &dropped);
        let w = p(4);
        let mut back = Matrix::from_fn(n, HIDDEN, |i, j| {
            if hidden[(i, j)] <= 0.0 || mask[(i, j)] == 0.0 {
                return 0.0;
            }
            (0..CLASSES).map(|k| g[(i, k)] * w[k * HIDDEN + j]).sum::<f64>() * mask[(i, j)]
        });
        if recipe.batch_norm {
            let (dx, dgamma, dbeta) = batch_norm_backward(&back, &before, p(2), EPSILON).expect("a batch");
            gradient[PLACES[2]..PLACES[3]].copy_from_slice(&dgamma);
            gradient[PLACES[3]..PLACES[4]].copy_from_slice(&dbeta);
            back = dx;
        }
        add(&mut gradient, [0, 1], &back, &batch.x);
        gradient
    }
}

/// Trains for so many epochs in batches of 30, with a warmup and a cosine. `after` sees the network after each epoch.
pub fn train(
    samples: &Samples,
    recipe: &Recipe,
    epochs: usize,
    seed: u64,
    mut after: impl FnMut(&Network),
) -> Network {
    const BATCH: usize = 30;

    let mut generator = Generator::from_seed(seed);
    let mut network = Network::new(recipe.batch_norm, &mut generator);
    let n = network.parameters.len();
    let mut state = AdamWState { step: 0, first: vec![0.0; n], second: vec![0.0; n] };
    let steps = epochs * samples.labels.len().div_ceil(BATCH);
    let mut order: Vec<usize> = (0..samples.labels.len()).collect();
    for _ in 0..epochs {
        generator.shuffle(&mut order);
        for rows in order.chunks(BATCH) {
            let batch = drawn(samples, rows, recipe, &mut generator);
            let gradient = network.gradient(&batch, recipe, &mut generator);
            let learning_rate =
                warmup_cosine(state.step, steps / 10, steps, 0.02).expect("a step").max(1e-12);
            let options = AdamW {
                learning_rate,
                betas: [0.9, 0.999],
                epsilon: 1e-8,
                weight_decay: recipe.weight_decay,
            };
            (network.parameters, state) =
                adamw_step(&network.parameters, &gradient, &state, &options).expect("a step");
        }
        after(&network);
    }
    network
}

fn drawn(samples: &Samples, rows: &[usize], recipe: &Recipe, generator: &mut Generator) -> Samples {
    let mut x = Matrix::from_fn(rows.len(), PIXELS, |i, j| samples.x[(rows[i], j)]);
    if let Some(options) = &recipe.augmentation {
        for i in 0..rows.len() {
            let image = Matrix::from_fn(8, 8, |k, l| x[(i, 8 * k + l)]);
            let other = augment(&image, options, generator).expect("an image");
            (0..PIXELS).for_each(|j| x[(i, j)] = other.as_slice()[j]);
        }
    }
    Samples { x, labels: rows.iter().map(|&i| samples.labels[i]).collect() }
}
