use kit::{InputError, check};
use ndarray::{Array2, ArrayView2};

use super::tuned;
use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m08_vision::edges as reference;

type Canny = fn(ArrayView2<'_, u8>, f64, f64) -> Result<Array2<bool>, InputError>;

/// The kata, answered by a specimen.
pub fn canny(image: ArrayView2<'_, u8>, low: f64, high: f64) -> Result<Array2<bool>, InputError> {
    answering::<Canny>(
        module_path!(),
        reference::canny,
        &[
            wheat("tuned", "three rows at a time, in 16 bits", tuned::canny),
            wheat("sweeps", "sweeps over the image until nothing new comes", |image, low, high| {
                by(image, low, high, &Rules::CANNY)
            }),
            wheat("by_angle", "asks for the angle of each slope", |image, low, high| {
                by(image, low, high, &Rules { direction: by_angle, ..Rules::CANNY })
            }),
            chaff("bounds_exchanged", "low is for the strong edges", |image, low, high| {
                reference::canny(image, low, high)?;
                unchecked(image, high, low, &Rules::CANNY)
            }),
            chaff("no_hysteresis", "only what is above high is an edge", |image, low, high| {
                by(image, low, high, &Rules { follows: false, ..Rules::CANNY })
            }),
            chaff("low_is_enough", "what is above low is an edge", |image, low, high| {
                reference::canny(image, low, high)?;
                by(image, low, low, &Rules::CANNY)
            }),
            chaff("one_step", "weak edges beside strong ones are enough", |image, low, high| {
                by(image, low, high, &Rules { rounds: 1, ..Rules::CANNY })
            }),
            chaff("straight_only", "an edge goes on to four neighbours", |image, low, high| {
                by(image, low, high, &Rules { diagonal: false, ..Rules::CANNY })
            }),
            chaff("no_thinning", "every steep pixel is an edge", |image, low, high| {
                by(image, low, high, &Rules { is_peak: |_, _, _| true, ..Rules::CANNY })
            }),
            chaff("along_the_edge", "neighbours are compared along the edge", |image, low, high| {
                let turned: Direction = |gx, gy| {
                    let (down, right) = by_ratio(gx, gy);
                    if down * right == 0 { (right, down) } else { (1, -right) }
                };
                by(image, low, high, &Rules { direction: turned, ..Rules::CANNY })
            }),
            chaff("other_diagonal", "y points up, so the diagonals are exchanged", |image, low, high| {
                by(image, low, high, &Rules { direction: |gx, gy| by_ratio(gx, -gy), ..Rules::CANNY })
            }),
            chaff("four_quarters", "the nearer axis is direction enough", |image, low, high| {
                let axis: Direction = |gx, gy| if gy.abs() > gx.abs() { (1, 0) } else { (0, 1) };
                by(image, low, high, &Rules { direction: axis, ..Rules::CANNY })
            }),
            chaff("euclid", "the size of a slope is √(gx² + gy²)", |image, low, high| {
                let size = |gx: f64, gy: f64| gx.hypot(gy);
                by(image, low, high, &Rules { size, ..Rules::CANNY })
            }),
            chaff("ties_both", "two equal peaks side by side are both edges", |image, low, high| {
                by(image, low, high, &Rules { is_peak: |b, h, a| h >= b && h >= a, ..Rules::CANNY })
            }),
            chaff("ties_neither", "a peak is greater than both neighbours", |image, low, high| {
                by(image, low, high, &Rules { is_peak: |b, h, a| h > b && h > a, ..Rules::CANNY })
            }),
            chaff("tangent_cut_off", "five digits are enough for tan 22.5°", |image, low, high| {
                by(
                    image,
                    low,
                    high,
                    &Rules { direction: |gx, gy| by_tangent(gx, gy, 0.41421), ..Rules::CANNY },
                )
            }),
            chaff("tangent_rounded_up", "tan 22.5° is 0.41422", |image, low, high| {
                by(
                    image,
                    low,
                    high,
                    &Rules { direction: |gx, gy| by_tangent(gx, gy, 0.41422), ..Rules::CANNY },
                )
            }),
            chaff("border_left_out", "there are no edges on the border", |image, low, high| {
                let (rows, cols) = image.dim();
                let mut edges = reference::canny(image, low, high)?;
                for ((i, j), edge) in edges.indexed_iter_mut() {
                    *edge &= i > 0 && j > 0 && i + 1 < rows && j + 1 < cols;
                }
                Ok(edges)
            }),
            chaff("equal_is_above", "m ≥ low will do", |image, low, high| {
                reference::canny(image, low, high)?;
                unchecked(image, low - 0.5, high - 0.5, &Rules::CANNY)
            }),
            chaff("on_its_side", "an image is columns × rows", |image, low, high| {
                Ok(reference::canny(image, low, high)?.reversed_axes())
            }),
            chaff("exchanges_bounds", "bounds in the wrong order are put right", |image, low, high| {
                reference::canny(image, low.min(high), high.max(low))
            }),
            chaff("bounds_first", "bounds are looked at before the image", |image, low, high| {
                reference::canny(Array2::zeros((1, 1)).view(), low, high)?;
                reference::canny(image, low, high)
            }),
            chaff("rounded_bounds", "bounds are whole numbers, so they are rounded", |image, low, high| {
                reference::canny(image, low, high)?;
                reference::canny(image, low.round(), high.round())
            }),
            chaff("short_chains", "no edge goes on for more than a thousand pixels", |image, low, high| {
                let all = reference::canny(image, low, high)?;
                let strong = reference::canny(image, high, high)?;
                let mut seen = Array2::from_elem(all.dim(), false);
                let mut now: Vec<(usize, usize)> =
                    strong.indexed_iter().filter(|(_, e)| **e).map(|(p, _)| p).collect();
                for _ in 0..1000 {
                    let mut next = Vec::new();
                    for (i, j) in now {
                        if std::mem::replace(&mut seen[(i, j)], true) {
                            continue;
                        }
                        for k in i.saturating_sub(1)..(i + 2).min(all.nrows()) {
                            for l in j.saturating_sub(1)..(j + 2).min(all.ncols()) {
                                if all[(k, l)] && !seen[(k, l)] {
                                    next.push((k, l));
                                }
                            }
                        }
                    }
                    now = next;
                }
                Ok(seen)
            }),
            chaff("infinite_low", "an infinite bound is out of order", |image, low, high| {
                match reference::canny(image, low, high) {
                    Err(InputError::NotFinite { name: "low", .. }) if low.is_infinite() => {
                        Err(InputError::OutOfRange { name: "low", got: low, wanted: "0 to high" })
                    }
                    other => other,
                }
            }),
            wheat("in_groups", "joins candidates into groups, and keeps those with a strong one", in_groups),
        ],
    )(image, low, high)
}

/// The neighbour along the slope, as rows down and columns to the right.
type Direction = fn(f64, f64) -> (isize, isize);

struct Rules {
    size: fn(f64, f64) -> f64,
    direction: Direction,
    /// Of the pixel before, here and after; the diagonals ask for more.
    is_peak: fn(f64, f64, f64) -> bool,
    follows: bool,
    diagonal: bool,
    rounds: usize,
}

impl Rules {
    const CANNY: Self = Self {
        size: |gx, gy| gx.abs() + gy.abs(),
        direction: by_ratio,
        is_peak: |before, here, after| here > before && here >= after,
        follows: true,
        diagonal: true,
        rounds: usize::MAX,
    };
}

fn by_ratio(gx: f64, gy: f64) -> (isize, isize) {
    let (x, y) = (gx.abs(), gy.abs());
    match (y / x).atan().to_degrees() {
        degrees if degrees < 22.5 => (0, 1),
        degrees if degrees > 67.5 => (1, 0),
        _ => (1, if gx * gy > 0.0 { 1 } else { -1 }),
    }
}

fn by_tangent(gx: f64, gy: f64, tangent: f64) -> (isize, isize) {
    match (gx.abs(), gy.abs()) {
        (x, y) if y < tangent * x => (0, 1),
        (x, y) if x < tangent * y => (1, 0),
        _ => (1, if gx * gy > 0.0 { 1 } else { -1 }),
    }
}

fn by_angle(gx: f64, gy: f64) -> (isize, isize) {
    let eighths = (gy.atan2(gx).to_degrees() / 45.0).round() as i64;
    [(0, 1), (1, 1), (1, 0), (1, -1)][eighths.rem_euclid(4) as usize]
}

fn by(image: ArrayView2<'_, u8>, low: f64, high: f64, rules: &Rules) -> Result<Array2<bool>, InputError> {
    reference::canny(image, low, high)?;
    unchecked(image, low, high, rules)
}

fn unchecked(
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
fn in_groups(image: ArrayView2<'_, u8>, low: f64, high: f64) -> Result<Array2<bool>, InputError> {
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
    let mut towards: Vec<usize> = (0..rows * cols).collect();
    let end = |towards: &[usize], mut k: usize| {
        while towards[k] != k {
            k = towards[k];
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
            let (a, b) = (end(&towards, k * cols + l), end(&towards, i * cols + j));
            towards[a.max(b)] = a.min(b);
        }
    }
    let mut strong = vec![false; rows * cols];
    for ((i, j), _) in candidates.indexed_iter().filter(|(_, is)| **is) {
        strong[end(&towards, i * cols + j)] |= m(i as isize, j as isize) > high;
    }
    Ok(Array2::from_shape_fn((rows, cols), |(i, j)| {
        candidates[(i, j)] && strong[end(&towards, i * cols + j)]
    }))
}
