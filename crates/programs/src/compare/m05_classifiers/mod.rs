//! Contests of milestone 5: nearest neighbors, against the library's tree of balls.

use katas::m05_classifiers as yours;
use katas::reference::m05_classifiers as reference;
use katas::tuned::m05_classifiers as tuned;
use kit::{Generator, InputError, Matrix};

use crate::contest::{Contest, Run};

const FEATURES: usize = 16;
const NEIGHBORS: usize = 5;
const ASKED: usize = 20;
const SIZES: &[usize] = &[10, 100, 1_000];

/// Training features, labels, and samples in question.
type Samples = (Matrix, Vec<usize>, Matrix);

/// All of them, in the order of the katas.
pub fn contests() -> Vec<Box<dyn Run>> {
    vec![
        Contest::new("m05_classifiers/neighbours/knn_predict", SIZES, samples)
            .between(
                |(x, y, asked)| numbers(yours::neighbours::knn_predict(x, y, asked, NEIGHBORS)),
                |(x, y, asked)| numbers(reference::neighbours::knn_predict(x, y, asked, NEIGHBORS)),
            )
            .tuned(|(x, y, asked)| numbers(tuned::neighbours::knn_predict(x, y, asked, NEIGHBORS)))
            .library("smartcore", Clone::clone, |(x, y, asked)| {
                numbers(reference::library::k_nearest_neighbours(x, y, asked, NEIGHBORS))
            })
            .boxed(),
    ]
}

/// Three classes, each shifted a little, so that neighbors mean something. Equal distances do not happen.
fn samples(generator: &mut Generator, n: usize) -> Samples {
    let n = n.max(NEIGHBORS);
    let mut cloud = |rows: usize| {
        let mut x = Matrix::zeros(rows, FEATURES);
        for k in 0..rows * FEATURES {
            let class = k / FEATURES % 3;
            x[(k / FEATURES, k % FEATURES)] = generator.uniform() + 0.25 * class as f64;
        }
        x
    };
    let (x, asked) = (cloud(n), cloud(ASKED));
    (x, (0..n).map(|i| i % 3).collect(), asked)
}

fn numbers(labels: Result<Vec<usize>, InputError>) -> Result<Vec<f64>, InputError> {
    Ok(labels?.into_iter().map(|label| label as f64).collect())
}
