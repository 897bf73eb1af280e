//! Samples that a known line separates.

use kit::Matrix;
use proptest::prelude::*;

use super::super::draw::small;
use super::super::sizes::{many, several};

/// Points on either side of a known line, their labels, and that line's (u, c).
#[derive(Debug)]
pub struct Separable {
    pub x: Matrix,
    pub y: Vec<usize>,
    pub line: Vec<f64>,
}

impl judge::Inputs for Separable {
    fn describe(&self) -> Vec<String> {
        vec![format!("{:?}", self.x), format!("{:?}", self.y)]
    }
}

/// Two to six samples in one to three dimensions, in eighths, at least ½ from a line.
pub fn separable() -> impl Strategy<Value = Separable> + Send + Sync + Clone {
    let u = judge::any::select(vec![
        vec![1.0, 0.0],
        vec![0.0, -1.0],
        vec![1.0, 1.0],
        vec![2.0, -1.0],
        vec![1.0],
        vec![-1.0, 2.0, 1.0],
    ]);
    let points = judge::any::vec((judge::any::vec(small(), 3), any::<bool>()), 2..=6);
    (u, -2..=2_i32, points).prop_map(|(u, c, points)| {
        let (n, c) = (u.len(), f64::from(c) / 2.0);
        let square: f64 = u.iter().map(|u| u * u).sum();
        let side = |i: usize| match i {
            0 => 1.0,
            1 => -1.0,
            _ => {
                if points[i].1 {
                    1.0
                } else {
                    -1.0
                }
            }
        };
        // Moved along u to its own side, by quarters, until u·x + c is ½ there or more.
        let x = Matrix::from_fn(points.len(), n, |i, j| {
            let height = (0..n).map(|k| u[k] * points[i].0[k]).sum::<f64>() + c;
            let missing = (0.5 - side(i) * height).max(0.0);
            points[i].0[j] + side(i) * u[j] * (4.0 * missing / square).ceil() / 4.0
        });
        let y = (0..points.len()).map(|i| usize::from(side(i) > 0.0)).collect();
        Separable { x, y, line: [u, vec![c]].concat() }
    })
}

/// Many samples in many dimensions, in eighths, at least ½ from a line of which two weights are not 0.
pub fn many_separable() -> impl Strategy<Value = Separable> + Send + Sync + Clone {
    let shape = (judge::any::size(2..=8, 129), judge::any::size(1..=3, 33));
    let large =
        judge::any::select(vec![(301, 3), (151, 2), (13, 65), (41, 41), (5, 129), (65, 13), (1025, 1)]);
    let shape = prop_oneof![4 => shape, 1 => large];
    (shape, judge::any::part(any::<u64>().no_shrink())).prop_map(|((m, n), seed)| {
        let mut generator = kit::Generator::from_seed(seed);
        let mut line = vec![0.0; n + 1];
        line[generator.below(n)] = 1.0;
        // The last feature counts: what drops it loses the line.
        line[n - 1] = -1.0;
        line[n] = generator.below(5) as f64 / 2.0 - 1.0;
        let square: f64 = line[..n].iter().map(|u| u * u).sum();
        let mut x = Matrix::zeros(m, n);
        (0..m * n).for_each(|at| x[(at / n, at % n)] = generator.below(33) as f64 / 8.0 - 2.0);
        let y: Vec<usize> = (0..m).map(|i| if i < 2 { 1 - i } else { generator.below(2) }).collect();
        for (i, &label) in y.iter().enumerate() {
            let missing = (0.5 - side(label) * height(&line[..n], line[n], x.row(i))).max(0.0);
            for j in 0..n {
                x[(i, j)] += side(label) * line[j] * (4.0 * missing / square).ceil() / 4.0;
            }
        }
        Separable { x, y, line }
    })
}

/// w·x + b.
pub fn height(w: &[f64], b: f64, row: &[f64]) -> f64 {
    w.iter().zip(row).map(|(w, x)| w * x).sum::<f64>() + b
}

/// −1 or 1 for the label 0 or 1.
pub fn side(label: usize) -> f64 {
    2.0 * label as f64 - 1.0
}

/// w, b and the samples that were mistakes, of samples that a line separates.
pub fn by_definition(x: &Matrix, y: &[usize]) -> (Vec<f64>, f64, Vec<usize>) {
    let (mut w, mut b, mut mistakes) = (vec![0.0; x.cols()], 0.0, Vec::new());
    loop {
        let before = mistakes.len();
        for (i, &label) in y.iter().enumerate() {
            if side(label) * height(&w, b, x.row(i)) <= 0.0 {
                w.iter_mut().zip(x.row(i)).for_each(|(w, x)| *w += side(label) * x);
                b += side(label);
                mistakes.push(i);
            }
        }
        if mistakes.len() == before {
            return (w, b, mistakes);
        }
    }
}

/// Samples of any size and labels that have nothing to do with them, in eighths.
pub fn any_samples() -> impl Strategy<Value = (Matrix, Vec<usize>)> + Send + Sync + Clone {
    (many(2..=6), several(1..=3), judge::any::seed()).prop_map(|(m, n, seed)| {
        let (m, mut generator) = (m.min(2 + 5000 / n), kit::Generator::from_seed(seed));
        let mut x = Matrix::zeros(m, n);
        (0..m * n).for_each(|at| x[(at / n, at % n)] = generator.below(33) as f64 / 8.0 - 2.0);
        (x, (0..m).map(|i| if i < 2 { i } else { generator.below(2) }).collect())
    })
}
