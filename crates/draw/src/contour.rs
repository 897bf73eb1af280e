//! Lines of equal value through a grid of numbers (marching squares: Lorensen and Cline's cubes, one dimension down).

use std::collections::BTreeMap;

use kit::Matrix;

use crate::scale::round_numbers;

/// A point on an edge of the grid: the edge from cell corner (i, j), to the right or upwards.
type Edge = (usize, usize, bool);

/// Round values between the smallest and the largest, at most about ten. Where most cells lie far below the largest,
/// as around the minimum of a loss, the values grow by factors.
pub(crate) fn levels(values: &Matrix) -> Vec<f64> {
    let mut sorted: Vec<f64> = values.as_slice().iter().copied().filter(|v| v.is_finite()).collect();
    sorted.sort_by(f64::total_cmp);
    let (Some(&lo), Some(&hi)) = (sorted.first(), sorted.last()) else { return Vec::new() };
    if lo >= hi {
        return Vec::new();
    }
    let tenth = sorted[sorted.len() / 10];
    let inside = |v: &f64| *v > lo && *v < hi;
    if lo >= 0.0 && tenth > 0.0 && hi / tenth > 12.0 {
        let (first, last) = (tenth.log10().floor() as i32 - 1, hi.log10().ceil() as i32);
        let factors: &[f64] = if hi / tenth < 1e3 { &[1.0, 2.0, 5.0] } else { &[1.0] };
        let all = (first..=last).flat_map(|k| factors.iter().map(move |m| m * 10_f64.powi(k)));
        let kept: Vec<f64> = all.filter(inside).collect();
        return kept[kept.len().saturating_sub(10)..].to_vec();
    }
    round_numbers(lo, hi, 8).into_iter().filter(inside).collect()
}

/// The lines along which the field has this value, each a list of places from 0 to 1 across and up the grid.
pub(crate) fn lines(values: &Matrix, level: f64) -> Vec<Vec<[f64; 2]>> {
    let mut ends: BTreeMap<Edge, Vec<Edge>> = BTreeMap::new();
    for i in 1..values.rows() {
        for j in 1..values.cols() {
            for [a, b] in crossings(values, level, i - 1, j - 1) {
                ends.entry(a).or_default().push(b);
                ends.entry(b).or_default().push(a);
            }
        }
    }
    let mut lines = Vec::new();
    // Open lines first, from their ends; what remains is closed.
    for wanted in [1, 2] {
        while let Some((&start, _)) = ends.iter().find(|(_, next)| next.len() == wanted) {
            lines.push(follow(&mut ends, start).into_iter().map(|edge| place(values, level, edge)).collect());
        }
    }
    lines
}

fn follow(ends: &mut BTreeMap<Edge, Vec<Edge>>, start: Edge) -> Vec<Edge> {
    let (mut path, mut here) = (vec![start], start);
    while let Some(next) = ends.get_mut(&here).and_then(Vec::pop) {
        if let Some(back) = ends.get_mut(&next)
            && let Some(k) = back.iter().position(|edge| *edge == here)
        {
            back.remove(k);
        }
        path.push(next);
        here = next;
    }
    ends.retain(|_, next| !next.is_empty());
    path
}

/// The pieces of the line within the cell whose first corner is (i, j).
fn crossings(values: &Matrix, level: f64, i: usize, j: usize) -> Vec<[Edge; 2]> {
    let corners = [values[(i, j)], values[(i, j + 1)], values[(i + 1, j + 1)], values[(i + 1, j)]];
    if corners.iter().any(|v| !v.is_finite()) {
        return Vec::new();
    }
    let above = corners.map(|v| v >= level);
    let edges: [Edge; 4] = [(i, j, true), (i, j + 1, false), (i + 1, j, true), (i, j, false)];
    let cut: Vec<Edge> = (0..4).filter(|&k| above[k] != above[(k + 1) % 4]).map(|k| edges[k]).collect();
    match cut[..] {
        [a, b] => vec![[a, b]],
        // A saddle: the middle decides which corners belong together.
        [a, b, c, d] if (corners.iter().map(|v| v / 4.0).sum::<f64>() >= level) == above[0] => {
            vec![[a, b], [c, d]]
        }
        [a, b, c, d] => vec![[a, d], [b, c]],
        _ => Vec::new(),
    }
}

fn place(values: &Matrix, level: f64, (i, j, rightwards): Edge) -> [f64; 2] {
    let (k, l) = if rightwards { (i, j + 1) } else { (i + 1, j) };
    let (from, to) = (values[(i, j)], values[(k, l)]);
    let t = ((level / 2.0 - from / 2.0) / (to / 2.0 - from / 2.0)).clamp(0.0, 1.0);
    let across = j as f64 + if rightwards { t } else { 0.0 };
    let up = i as f64 + if rightwards { 0.0 } else { t };
    [across / (values.cols() - 1) as f64, up / (values.rows() - 1) as f64]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// x² + y² on [−2, 2]².
    fn bowl() -> Matrix {
        let at = |k: usize| k as f64 / 10.0 - 2.0;
        Matrix::from_fn(41, 41, |i, j| at(i).powi(2) + at(j).powi(2))
    }

    #[test]
    fn the_line_of_a_bowl_is_one_closed_circle() {
        let lines = lines(&bowl(), 1.0);
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0].first(), lines[0].last());
        for [x, y] in &lines[0] {
            let (x, y) = (4.0 * x - 2.0, 4.0 * y - 2.0);
            assert!((x.hypot(y) - 1.0).abs() < 0.01);
        }
    }

    #[test]
    fn a_line_that_leaves_the_grid_is_open() {
        let lines = lines(&bowl(), 5.0);
        assert_eq!(lines.len(), 4);
    }

    #[test]
    fn a_saddle_has_two_branches() {
        let saddle = Matrix::from_rows([[1.0, -1.0], [-1.0, 1.0]]);
        assert_eq!(lines(&saddle, 0.0).len(), 2);
    }

    #[test]
    fn grids_without_lines() {
        for values in [Matrix::zeros(0, 0), Matrix::zeros(3, 3), Matrix::from_rows([[f64::NAN, 1.0]])] {
            assert!(levels(&values).is_empty());
            assert!(lines(&values, 0.5).is_empty());
        }
        assert!(!levels(&bowl()).is_empty());
    }
}
