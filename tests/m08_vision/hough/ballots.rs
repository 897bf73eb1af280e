//! What the page says about votes, with room where rounding decides.

use std::f64::consts::PI;
use std::fmt;

use judge::Inputs;
use judge::any::vec;
use ndarray::Array2;
use proptest::prelude::*;

use judge::any::sizes;

/// Edges, drawn and shown as rows of dots and hashes.
#[derive(Clone)]
pub struct Edges(pub Array2<bool>);

impl Inputs for Edges {}

impl fmt::Debug for Edges {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = |row: ndarray::ArrayView1<'_, bool>| -> String {
            row.iter().map(|edge| if *edge { '#' } else { '.' }).collect()
        };
        let lines: Vec<_> = self.0.rows().into_iter().map(line).collect();
        let (first, next) = if self.0.ncols() < 8 { (" ", " ") } else { ("\n", "\n") };
        write!(f, "{}×{}{first}{}", self.0.nrows(), self.0.ncols(), lines.join(next))
    }
}

/// A few edges on up to this many rows and columns.
pub fn any_edges(most: usize) -> impl Strategy<Value = Edges> + Send + Sync + Clone {
    (1..=most, 1..=most).prop_flat_map(|(rows, cols)| {
        let edges = vec(prop::bool::weighted(0.3), rows * cols);
        edges.prop_map(move |edges| Edges(Array2::from_shape_fn((rows, cols), |(i, j)| edges[i * cols + j])))
    })
}

/// Edges on many rows or many columns, or few of them with many angles.
pub fn wide_edges() -> impl Strategy<Value = (Edges, usize)> + Send + Sync + Clone {
    let both = (33..=41_usize, 33..=41_usize, 1..=5_usize).prop_map(|(m, n, angles)| [m, n, angles]);
    let one = sizes([1..=6, 1..=6, 1..=9], [303, 303, 2001]);
    prop_oneof![11 => one, 1 => both].prop_flat_map(|[rows, cols, angles]| {
        let edges = vec(prop::bool::weighted(0.3), rows * cols);
        edges.prop_map(move |edges| {
            (Edges(Array2::from_shape_fn((rows, cols), |(i, j)| edges[i * cols + j])), angles)
        })
    })
}

/// The fewest and the most votes that each line may get: they differ where an edge lies so nearly between two lines that
/// rounding decides.
pub struct Ballots {
    pub fewest: Array2<u32>,
    pub most: Array2<u32>,
}

impl Ballots {
    /// `slack` is how near to the middle between two lines, in pixels, an edge may go to either.
    pub fn of(edges: &Array2<bool>, angles: usize, slack: f64) -> Self {
        let d = edges.nrows() + edges.ncols();
        let (mut fewest, mut most) = (Array2::zeros((2 * d + 1, angles)), Array2::zeros((2 * d + 1, angles)));
        for ((y, x), _) in edges.indexed_iter().filter(|(_, edge)| **edge) {
            for n in 0..angles {
                let theta = PI * n as f64 / angles as f64;
                let rho = x as f64 * theta.cos() + y as f64 * theta.sin();
                let row = |rho: f64| (rho.round() + d as f64) as usize;
                let (low, high) = (row(rho - slack), row(rho + slack));
                most[(low, n)] += 1;
                if low == high {
                    fewest[(low, n)] += 1;
                } else {
                    most[(high, n)] += 1;
                }
            }
        }
        Self { fewest, most }
    }

    /// The fewest and the most votes at a place of the table that may lie outside.
    pub fn at(&self, row: isize, n: isize) -> (u32, u32) {
        let (Ok(row), Ok(n)) = (usize::try_from(row), usize::try_from(n)) else { return (0, 0) };
        let place = (row, n);
        (self.fewest.get(place).copied().unwrap_or(0), self.most.get(place).copied().unwrap_or(0))
    }

    /// Whether a line with more than `threshold` votes stands here: surely, and possibly.
    pub fn is_line(&self, row: isize, n: isize, threshold: u32) -> (bool, bool) {
        let (before, after) = ([(row - 1, n), (row, n - 1)], [(row + 1, n), (row, n + 1)]);
        let (fewest, most) = self.at(row, n);
        let surely = fewest > threshold
            && before.iter().all(|&(row, n)| fewest > self.at(row, n).1)
            && after.iter().all(|&(row, n)| fewest >= self.at(row, n).1);
        let possibly = most > threshold
            && before.iter().all(|&(row, n)| most > self.at(row, n).0)
            && after.iter().all(|&(row, n)| most >= self.at(row, n).0);
        (surely, possibly)
    }

    /// All cells of the accumulator, as row and column.
    pub fn places(&self) -> impl Iterator<Item = (isize, isize)> + use<> {
        let (rows, angles) = self.most.dim();
        (0..rows as isize).flat_map(move |row| (0..angles as isize).map(move |n| (row, n)))
    }
}

/// Rounding in f64: a hundred units in the last place of a coordinate of thousands.
pub const ROUNDING: f64 = 1e-9;
