//! Splits compared exactly, by the numbers of samples of each class.

use std::cmp::Ordering;

use judge::{Broken, rounding};
use kit::Matrix;

use super::draw::counts;

/// Σ꜀ l꜀²/nₗ + Σ꜀ r꜀²/nᵣ as a fraction: the larger it is, the more a split decreases the Gini impurity.
#[derive(Debug, Clone, Copy)]
pub struct Merit {
    over: i128,
    under: i128,
}

impl Merit {
    fn of([left_squares, left]: [usize; 2], [right_squares, right]: [usize; 2]) -> Self {
        let over = left_squares * right + right_squares * left;
        Self { over: over as i128, under: (left * right) as i128 }
    }

    pub fn order(self, other: Self) -> Ordering {
        (self.over * other.under).cmp(&(other.over * self.under))
    }
}

/// A gap between two neighboring values of a feature.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    pub low: f64,
    pub high: f64,
    pub merit: Merit,
}

/// The samples that reach a node.
#[derive(Debug)]
pub struct Node<'a> {
    pub x: &'a Matrix,
    pub y: &'a [usize],
    /// Row numbers, some perhaps more than once.
    pub rows: Vec<usize>,
}

impl<'a> Node<'a> {
    pub fn root(x: &'a Matrix, y: &'a [usize]) -> Self {
        Self { x, y, rows: (0..y.len()).collect() }
    }

    pub fn is_pure(&self) -> bool {
        self.rows.iter().all(|&row| self.y[row] == self.y[self.rows[0]])
    }

    /// The sides of a split.
    pub fn sides(&self, feature: usize, threshold: f64) -> [Self; 2] {
        let (left, right) = self.rows.iter().partition(|&&row| self.x[(row, feature)] <= threshold);
        [left, right].map(|rows| Self { x: self.x, y: self.y, rows })
    }

    /// All gaps of a feature with at least so many samples on each side.
    pub fn cuts(&self, feature: usize, least: usize) -> Vec<Cut> {
        let n = self.rows.len();
        let mut names: Vec<usize> = self.rows.iter().map(|&row| self.y[row]).collect();
        names.sort_unstable();
        names.dedup();
        let mut order: Vec<(f64, usize)> = self
            .rows
            .iter()
            .map(|&row| (self.x[(row, feature)], names.partition_point(|name| *name < self.y[row])))
            .collect();
        order.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut left, mut right) = (vec![0; names.len()], vec![0; names.len()]);
        order.iter().for_each(|&(_, class)| right[class] += 1);
        let mut squares = [0, right.iter().map(|count: &usize| count * count).sum::<usize>()];
        let mut cuts = Vec::new();
        for cut in 1..n {
            let (low, class) = order[cut - 1];
            squares[0] += 2 * left[class] + 1;
            squares[1] -= 2 * right[class] - 1;
            left[class] += 1;
            right[class] -= 1;
            let high = order[cut].0;
            if low != high && cut >= least && n - cut >= least {
                cuts.push(Cut { low, high, merit: Merit::of([squares[0], cut], [squares[1], n - cut]) });
            }
        }
        cuts
    }

    /// The best that a feature can do.
    pub fn best_of(&self, feature: usize, least: usize) -> Option<Merit> {
        self.cuts(feature, least).into_iter().map(|cut| cut.merit).max_by(|a, b| a.order(*b))
    }

    /// The best that any feature can do.
    pub fn best(&self, least: usize) -> Option<Merit> {
        (0..self.x.cols()).filter_map(|feature| self.best_of(feature, least)).max_by(|a, b| a.order(*b))
    }

    /// By how much a split decreases the Gini impurity.
    pub fn decrease(&self, merit: Merit) -> f64 {
        let n = self.rows.len() as i128;
        let labels: Vec<usize> = self.rows.iter().map(|&row| self.y[row]).collect();
        let squares: i128 = counts(&labels).into_iter().map(|count| (count * count) as i128).sum();
        (merit.over * n - squares * merit.under) as f64 / (merit.under * n * n) as f64
    }

    /// The gap in which a threshold lies, halfway.
    pub fn cut_at(&self, what: &str, feature: usize, threshold: f64, least: usize) -> Result<Cut, Broken> {
        let got = format!("{what} = feature {feature}, threshold {threshold:?}");
        if feature >= self.x.cols() {
            let want = format!("a feature below {}", self.x.cols());
            return Err(Broken::answer(got, want, "Features count from 0."));
        }
        let cuts = self.cuts(feature, least);
        let Some(cut) = cuts.iter().find(|cut| cut.low <= threshold && threshold < cut.high) else {
            let values: Vec<f64> = self.rows.iter().map(|&row| self.x[(row, feature)]).collect();
            let want = format!(
                "a threshold between two neighboring values, with {least} or more samples on each side"
            );
            let look = format!("At this node the feature is {values:?}.");
            return Err(Broken::answer(got, want, look));
        };
        let middle = f64::midpoint(cut.low, cut.high);
        if (threshold - middle).abs() <= rounding(2, cut.low.abs().max(cut.high.abs())) {
            return Ok(*cut);
        }
        let look = format!("The neighbors are {:?} and {:?}.", cut.low, cut.high);
        Err(Broken::answer(got, format!("the threshold halfway between neighbors, {middle:?}"), look))
    }
}
