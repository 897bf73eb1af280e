//! How far two sets of edges agree.

use judge::{Broken, Verdict, ensure};
use ndarray::Array2;

use super::oracle;

/// At least 995 of 1000 edges lie within one pixel of one that the other found, both ways.
pub fn of_edges(got: &Array2<bool>, image: &Array2<u8>, low: f64, high: f64) -> Verdict {
    let want = oracle::canny(image, low, high);
    for (found, other, words) in [
        (got, &want, "of yours lie within a pixel of OpenCV's"),
        (&want, got, "of OpenCV's lie within a pixel of yours"),
    ] {
        let all = found.iter().filter(|edge| **edge).count();
        let near = found.indexed_iter().filter(|(place, edge)| **edge && is_near(other, *place)).count();
        ensure(1000 * near >= 995 * all, || {
            let look = "The page of `canny` lists OpenCV's conventions. Which one differs here?";
            Broken::answer(format!("{near} of {all} edge pixels {words}"), "at least 99.5 in a hundred", look)
        })?;
    }
    Ok(())
}

fn is_near(edges: &Array2<bool>, (i, j): (usize, usize)) -> bool {
    let (rows, cols) = edges.dim();
    let near = |at: usize, n: usize| at.saturating_sub(1)..(at + 2).min(n);
    near(i, rows).any(|k| near(j, cols).any(|l| edges[(k, l)]))
}
