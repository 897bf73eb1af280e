//! Two pairs of points, to see from clusters alone whether draws in a row are independent, whatever the clusters' numbers.

use judge::{Broken, Verdict, drawn_with};
use kit::Matrix;

/// Two pairs: a squared distance of 4 within a pair, of 4.5 between the pairs.
fn pairs() -> Matrix {
    let height = 2.5_f64.sqrt();
    Matrix::from_rows([[1.0, 0.0, 0.0], [-1.0, 0.0, 0.0], [0.0, 1.0, height], [0.0, -1.0, height]])
}

/// Compares how often the first pair becomes a cluster with the probabilities, in two calls in a row: of three clusters of all
/// points, which depends on the last center drawn, and of two clusters of the first three points, which depends on the second.
/// `joins` asks for so many clusters and says whether the first two points are in one.
pub fn are_independent(mut joins: impl FnMut(&Matrix, usize) -> Result<bool, Broken>) -> Verdict {
    let (all, mut counts) = (pairs(), [0; 4]);
    let three = Matrix::from_fn(3, 3, |i, a| all[(i, a)]);
    for _ in 0..900 {
        let (first, second) = (joins(&all, 3)?, joins(&three, 2)?);
        counts[2 * usize::from(first) + usize::from(second)] += 1;
    }
    // The one pair or the other; then the third point alone, if it is the first center drawn, or the second one.
    let joined = (1.0 + 2.0 * 4.5 / 8.5) / 3.0;
    let probabilities = [1.0 - joined, joined, 1.0 - joined, joined].map(|share| share / 2.0);
    let kinds = ["in neither", "in the second call only", "in the first call only", "in both"];
    let look = "The generator is left where the last draw left it.";
    drawn_with(
        "the first two points in one cluster, in two calls in a row",
        &kinds,
        &counts,
        &probabilities,
        look,
    )
}
