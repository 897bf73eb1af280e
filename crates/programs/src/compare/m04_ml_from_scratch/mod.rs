//! Contests of milestone 4: the descents, against the same ones on whole arrays, and a score of ranks.

use katas::m04_ml_from_scratch as yours;
use katas::reference::m04_ml_from_scratch as reference;
use katas::tuned::m04_ml_from_scratch as tuned;
use kit::{Generator, InputError, Matrix};
use ndarray::{Array1, Array2};

use crate::contest::{Contest, Run};

const FEATURES: usize = 20;
const STEPS: usize = 20;
const SIZES: &[usize] = &[10, 1_000, 100_000];

/// Features, targets, and labels: 0 and 1 in turn, so that both are present.
type Samples = (Matrix, Vec<f64>, Vec<usize>);
type Arrays = (Array2<f64>, Array1<f64>, Array1<f64>);

/// All of them, in the order of the katas.
pub fn contests() -> Vec<Box<dyn Run>> {
    vec![
        Contest::new("m04_ml_from_scratch/linear/fit", SIZES, samples)
            .between(
                |(x, y, _)| yours::linear::fit(x, y, 0.1, STEPS),
                |(x, y, _)| reference::linear::fit(x, y, 0.1, STEPS),
            )
            .tuned(|(x, y, _)| tuned::linear::fit(x, y, 0.1, STEPS))
            .library("ndarray", arrays, |(x, y, _)| descend(x, y, 0.2, |z| z))
            .boxed(),
        Contest::new("m04_ml_from_scratch/logistic/fit", SIZES, samples)
            .between(
                |(x, _, y)| yours::logistic::fit(x, y, 0.5, STEPS),
                |(x, _, y)| reference::logistic::fit(x, y, 0.5, STEPS),
            )
            .tuned(|(x, _, y)| tuned::logistic::fit(x, y, 0.5, STEPS))
            .library("ndarray", arrays, |(x, _, y)| descend(x, y, 0.5, |z| 1.0 / (1.0 + (-z).exp())))
            .boxed(),
        Contest::new("m04_ml_from_scratch/multinomial/multinomial_fit", SIZES, samples)
            .between(
                |(x, _, y)| numbers(yours::multinomial::multinomial_fit(x, y, 2, 0.5, STEPS)),
                |(x, _, y)| numbers(reference::multinomial::multinomial_fit(x, y, 2, 0.5, STEPS)),
            )
            .tuned(|(x, _, y)| numbers(tuned::multinomial::multinomial_fit(x, y, 2, 0.5, STEPS)))
            .boxed(),
        Contest::new("m04_ml_from_scratch/metrics/roc_auc", &[10, 100, 1_000], samples)
            .between(
                |(_, score, y)| yours::metrics::roc_auc(y, score),
                |(_, score, y)| reference::metrics::roc_auc(y, score),
            )
            .tuned(|(_, score, y)| tuned::metrics::roc_auc(y, score))
            .boxed(),
    ]
}

fn samples(generator: &mut Generator, n: usize) -> Samples {
    let n = n.max(2);
    let mut x = Matrix::zeros(n, FEATURES);
    (0..n * FEATURES).for_each(|k| x[(k / FEATURES, k % FEATURES)] = generator.uniform_in(-1.0, 1.0));
    let y = (0..n).map(|_| generator.uniform_in(-1.0, 1.0)).collect();
    (x, y, (0..n).map(|i| i % 2).collect())
}

fn arrays((x, y, labels): &Samples) -> Arrays {
    let entries = Array2::from_shape_fn(x.shape(), |ij| x[ij]);
    (entries, y.iter().copied().collect(), labels.iter().map(|label| *label as f64).collect())
}

/// As one would write it with NumPy: a product with X for the predictions, one with its transpose for the slope.
fn descend(x: &Array2<f64>, y: &Array1<f64>, rate: f64, predicted: fn(f64) -> f64) -> (Vec<f64>, f64) {
    let (mut w, mut b, n) = (Array1::<f64>::zeros(x.ncols()), 0.0, y.len() as f64);
    for _ in 0..STEPS {
        let residuals = (x.dot(&w) + b).mapv(predicted) - y;
        w.scaled_add(-rate / n, &x.t().dot(&residuals));
        b -= rate * residuals.sum() / n;
    }
    (w.to_vec(), b)
}

fn numbers(model: Result<(Matrix, Vec<f64>), InputError>) -> Result<Vec<f64>, InputError> {
    model.map(|(w, b)| [w.as_slice(), &b].concat())
}
