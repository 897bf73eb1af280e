//! Histograms: samples counted in bins.

use kit::{InputError, check};

/// The counts and the densities of the bins of a histogram.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// The number of samples in each bin.
    pub counts: Vec<usize>,
    /// The fraction of the samples in each bin, divided by its width: the total area of the bars is 1.
    pub density: Vec<f64>,
}

/// The histogram of a sample with given bin edges.
///
/// ```formula
/// bin i contains eᵢ ≤ x < eᵢ₊₁, the last bin also its right edge
/// densityᵢ = countᵢ / (n·(eᵢ₊₁ − eᵢ))
/// ```
///
/// * `x`: n ≥ 1 finite numbers from the first edge to the last, both included. So each is in exactly one bin.
/// * `edges`: m + 1 ≥ 2 finite numbers, strictly increasing, of absolute value at most 10³⁰⁰; the m bins may differ in
///   width.
/// * Returns m counts and m densities.
///
/// # Errors
///
/// * [`InputError::TooFew`] with `wanted` 1 if x is empty, with `wanted` 2 if there are fewer than two edges;
/// * [`InputError::NotFinite`] with `name` `"x"` or `"edges"` and the first index of a NaN or an infinity in it;
/// * [`InputError::OutOfRange`] with `name` `"edges"` and the first edge that is not above the one before it;
/// * [`InputError::OutOfRange`] with `name` `"x"` and the first sample that is outside of all bins.
///
/// ```
/// # use katas::m02_statistics::histograms::{Histogram, histogram};
/// let found = histogram(&[0.0, 1.0, 2.5, 3.0], &[0.0, 1.0, 3.0]);
/// assert_eq!(found, Ok(Histogram { counts: vec![1, 3], density: vec![0.25, 0.375] }));
/// ```
///
/// In Python: `numpy.histogram(x, bins=edges)` for the counts, with `density=True` for the densities; it ignores
/// samples outside of the edges.
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
