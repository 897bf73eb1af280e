//! Samples sorted into bins.

use kit::{InputError, check};

/// How many samples fell into each bin, and how dense they lie there.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// How many samples each bin holds.
    pub counts: Vec<usize>,
    /// The share of the samples in each bin, per unit of its width: the bars have area 1 together.
    pub density: Vec<f64>,
}

/// Sorts a sample into bins between given edges.
///
/// ```text
/// bin i holds eᵢ ≤ x < eᵢ₊₁, the last bin also its right edge
/// densityᵢ = countᵢ / (n·(eᵢ₊₁ − eᵢ))
/// ```
///
/// * `x`: n ≥ 1 finite numbers from the first edge to the last, both included. So each is in just one bin.
/// * `edges`: m + 1 ≥ 2 finite numbers, each greater than the one before, at most 10³⁰⁰ in size; the m bins may
///   differ in width.
/// * Returns m counts and m densities.
///
/// # Errors
///
/// The first that applies:
///
/// * [`InputError::TooFew`] with `wanted` 1 if x is empty, else with `wanted` 2 if there are fewer than two edges;
/// * [`InputError::NotFinite`] with `name` `"x"`, then `"edges"`, and the first index of a NaN or an infinity;
/// * [`InputError::OutOfRange`] with `name` `"edges"`, and the first edge that is not above the one before it;
/// * [`InputError::OutOfRange`] with `name` `"x"` and the first sample that lies in no bin.
///
/// ```
/// # use katas::m02_statistics::histograms::{Histogram, histogram};
/// let found = histogram(&[0.0, 1.0, 2.5, 3.0], &[0.0, 1.0, 3.0]);
/// assert_eq!(found, Ok(Histogram { counts: vec![1, 3], density: vec![0.25, 0.375] }));
/// ```
///
/// Source: Wasserman, *All of Statistics*, ch. 20.
pub fn histogram(x: &[f64], edges: &[f64]) -> Result<Histogram, InputError> {
    check::at_least(1, x.len())?;
    check::at_least(2, edges.len())?;
    check::finite("x", x)?;
    check::finite("edges", edges)?;
    for pair in edges.windows(2) {
        check::in_range("edges", pair[1], pair[0] < pair[1], "each greater than the one before")?;
    }
    let all = edges[0]..=edges[edges.len() - 1];
    check::all_in_range("x", x, |x| all.contains(&x), "from the first edge to the last")?;
    let mut counts = vec![0; edges.len() - 1];
    for x in x {
        // The number of edges at or below x is the number of the bin, counted from 1; the last edge opens none.
        let bin = edges.partition_point(|edge| edge <= x);
        counts[bin.min(edges.len() - 1) - 1] += 1;
    }
    let bars = counts.iter().zip(edges.windows(2));
    let density = bars.map(|(&count, edge)| count as f64 / x.len() as f64 / (edge[1] - edge[0])).collect();
    Ok(Histogram { counts, density })
}
