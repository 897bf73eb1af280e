//! Other ways to compute it, right and wrong, for the specimens of `canny`.

use kit::{InputError, check};
use ndarray::{Array2, ArrayView2};

use crate::reference::m08_vision::edges as reference;

/// The neighbor along the slope, as rows down and columns to the right.
pub(super) type Direction = fn(f64, f64) -> (isize, isize);

pub(super) struct Rules {
    pub(super) size: fn(f64, f64) -> f64,
    pub(super) direction: Direction,
    /// Of the pixel before, here and after; the diagonals ask for more.
    pub(super) is_peak: fn(f64, f64, f64) -> bool,
    pub(super) follows: bool,
    pub(super) diagonal: bool,
    pub(super) rounds: usize,
}

impl Rules {
    pub(super) const CANNY: Self = Self {
        size: |gx, gy| gx.abs() + gy.abs(),
        direction: by_ratio,
        is_peak: |before, here, after| here > before && here >= after,
        follows: true,
        diagonal: true,
        rounds: usize::MAX,
    };
}

pub(super) fn by_ratio(gx: f64, gy: f64) -> (isize, isize) {
    let (x, y) = (gx.abs(), gy.abs());
    match (y / x).atan().to_degrees() {
        degrees if degrees < 22.5 => (0, 1),
        degrees if degrees > 67.5 => (1, 0),
        _ => (1, if gx * gy > 0.0 { 1 } else { -1 }),
    }
}

pub(super) fn by_tangent(gx: f64, gy: f64, tangent: f64) -> (isize, isize) {
    match (gx.abs(), gy.abs()) {
        (x, y) if y < tangent * x => (0, 1),
        (x, y) if x < tangent * y => (1, 0),
        _ => (1, if gx * gy > 0.0 { 1 } else { -1 }),
    }
}

pub(super) fn by_angle(gx: f64, gy: f64) -> (isize, isize) {
    let eighths = (gy.atan2(gx).to_degrees() / 45.0).round() as i64;
    [(0, 1), (1, 1), (1, 0), (1, -1)][eighths.rem_euclid(4) as usize]
}

pub(super) fn by(
    image: ArrayView2<'_, u8>,
    low: f64,
    high: f64,
    rules: &Rules,
) -> Result<Array2<bool>, InputError> {
    reference::canny(image, low, high)?;
    unchecked(image, low, high, rules)
}

pub(super) fn unchecked(
    image: ArrayView2<'_, u8>,
    low: f64,
    high: f64,
    rules: &Rules,
) -> Result<Array2<bool>, InputError> {
    let (gx, gy) = reference::sobel(image.mapv(f64::from).view())?;
    let (rows, cols) = image.dim();
    let m = |i: isize, j: isize| match (usize::try_from(i), usize::try_from(j)) {
        (Ok(i), Ok(j)) if i < rows && j < cols => (rules.size)(gx[(i, j)], gy[(i, j)]),
        _ => 0.0,
    };
    let candidate = Array2::from_shape_fn((rows, cols), |(i, j)| {
        let (down, right) = (rules.direction)(gx[(i, j)], gy[(i, j)]);
        let (k, l) = (i as isize, j as isize);
        let (before, here, after) = (m(k - down, l - right), m(k, l), m(k + down, l + right));
        let is_diagonal = down * right != 0;
        let strictly = !is_diagonal || here > after || (rules.is_peak)(here, here, here);
        here > low && (rules.is_peak)(before, here, after) && strictly
    });
    let mut edge =
        Array2::from_shape_fn((rows, cols), |(i, j)| candidate[(i, j)] && m(i as isize, j as isize) > high);
    for _ in 0..if rules.follows { rules.rounds } else { 0 } {
        let before = edge.clone();
        for (i, j) in (0..rows).flat_map(|i| (0..cols).map(move |j| (i, j))).filter(|at| candidate[*at]) {
            let near = |at: usize, n: usize| at.saturating_sub(1)..(at + 2).min(n);
            edge[(i, j)] |= near(i, rows)
                .any(|k| near(j, cols).any(|l| before[(k, l)] && (rules.diagonal || k == i || l == j)));
        }
        if edge == before {
            break;
        }
    }
    Ok(edge)
}

/// Each candidate points to another of its group, and one of them to itself.
pub(super) fn in_groups(image: ArrayView2<'_, u8>, low: f64, high: f64) -> Result<Array2<bool>, InputError> {
    let (rows, cols) = image.dim();
    check::at_least(1, rows * cols)?;
    check::finite_number("low", low)?;
    check::finite_number("high", high)?;
    check::in_range("low", low, 0.0 <= low && low <= high, "0 to high")?;
    let at = |i: isize, j: isize| {
        f64::from(image[(i.clamp(0, rows as isize - 1) as usize, j.clamp(0, cols as isize - 1) as usize)])
    };
    let slope = |i: isize, j: isize| {
        let rise = |di: isize, dj: isize| at(i + di, j + dj) - at(i - di, j - dj);
        [rise(-1, 1) + 2.0 * rise(0, 1) + rise(1, 1), rise(1, -1) + 2.0 * rise(1, 0) + rise(1, 1)]
    };
    let m = |i: isize, j: isize| {
        let inside = (0..rows as isize).contains(&i) && (0..cols as isize).contains(&j);
        if inside { slope(i, j).iter().map(|g| g.abs()).sum() } else { 0.0 }
    };
    let candidate = |(i, j): (usize, usize)| {
        let (i, j) = (i as isize, j as isize);
        let ([gx, gy], here) = (slope(i, j), m(i, j));
        let flat = std::f64::consts::FRAC_PI_8.tan();
        let ((di, dj), both) = if gy.abs() < flat * gx.abs() {
            ((0, 1), false)
        } else if gx.abs() < flat * gy.abs() {
            ((1, 0), false)
        } else {
            ((1, if gx * gy > 0.0 { 1 } else { -1 }), true)
        };
        let after = m(i + di, j + dj);
        here > low && here > m(i - di, j - dj) && (here > after || here == after && !both)
    };
    let candidates = Array2::from_shape_fn((rows, cols), candidate);
    let mut toward: Vec<usize> = (0..rows * cols).collect();
    let end = |toward: &[usize], mut k: usize| {
        while toward[k] != k {
            k = toward[k];
        }
        k
    };
    for (i, j) in (0..rows).flat_map(|i| (0..cols).map(move |j| (i, j))).filter(|place| candidates[*place]) {
        let before = [
            (i.wrapping_sub(1), j.wrapping_sub(1)),
            (i.wrapping_sub(1), j),
            (i.wrapping_sub(1), j + 1),
            (i, j.wrapping_sub(1)),
        ];
        for (k, l) in before.into_iter().filter(|place| candidates.get(*place) == Some(&true)) {
            let (a, b) = (end(&toward, k * cols + l), end(&toward, i * cols + j));
            toward[a.max(b)] = a.min(b);
        }
    }
    let mut strong = vec![false; rows * cols];
    for ((i, j), _) in candidates.indexed_iter().filter(|(_, is)| **is) {
        strong[end(&toward, i * cols + j)] |= m(i as isize, j as isize) > high;
    }
    Ok(Array2::from_shape_fn((rows, cols), |(i, j)| candidates[(i, j)] && strong[end(&toward, i * cols + j)]))
}
