//! Other ways to compute it, right and wrong, for the specimens of `optical_flow`.

use kit::{InputError, check};
use ndarray::Array2;

use super::{Flow, Image};
use crate::reference::m08_vision::motion as reference;

/// Whether a window of so many pixels has an answer, by Σgx², Σgx·gy, Σgy².
pub(super) type Known = fn([f64; 3], f64) -> bool;

/// M⁻¹ b.
pub(super) type Solve = fn([f64; 3], [f64; 2]) -> [f64; 2];

pub(super) struct Rules {
    pub(super) gradient: f64,
    pub(super) known: Known,
    pub(super) solved: Solve,
    pub(super) between: fn(Image<'_>, f64, f64) -> f64,
    pub(super) adds: bool,
    pub(super) goes_on: bool,
}

impl Rules {
    pub(super) const LUCAS_KANADE: Self = Self {
        gradient: 0.5,
        known: |[a, b, c], number| (a + c - (a - c).hypot(2.0 * b)) / 2.0 >= number,
        solved: |[a, b, c], [s, t]| {
            let determinant = a * c - b * b;
            [(c * s - b * t) / determinant, (a * t - b * s) / determinant]
        },
        between: |image, i, j| {
            let (up, left) = (i.floor(), j.floor());
            let (down, across) = (i - up, j - left);
            let row =
                |i: f64| nearest(image, i, left) * (1.0 - across) + nearest(image, i, left + 1.0) * across;
            row(up) * (1.0 - down) + row(up + 1.0) * down
        },
        adds: true,
        goes_on: false,
    };
}

pub(super) fn nearest(image: Image<'_>, i: f64, j: f64) -> f64 {
    let clamped = |at: f64, n: usize| at.round().clamp(0.0, (n - 1) as f64) as usize;
    f64::from(image[(clamped(i, image.nrows()), clamped(j, image.ncols()))])
}

pub(super) fn by_eigenvectors([a, b, c]: [f64; 3], [s, t]: [f64; 2]) -> [f64; 2] {
    let angle = (2.0 * b).atan2(a - c) / 2.0;
    let (sin, cos) = angle.sin_cos();
    let along = a * cos * cos + 2.0 * b * sin * cos + c * sin * sin;
    let across = a * sin * sin - 2.0 * b * sin * cos + c * cos * cos;
    let (p, q) = ((s * cos + t * sin) / along, (t * cos - s * sin) / across);
    [p * cos - q * sin, p * sin + q * cos]
}

pub(super) fn by(
    before: Image<'_>,
    after: Image<'_>,
    at: &[[usize; 2]],
    window: usize,
    steps: usize,
    rules: &Rules,
) -> Flow {
    reference::optical_flow(before, after, at, window, 0)?;
    let (rows, cols) = before.dim();
    let gradients = Array2::from_shape_fn((rows, cols), |(i, j)| {
        let at = |down: f64, right: f64| nearest(before, i as f64 + down, j as f64 + right);
        [at(0.0, 1.0) - at(0.0, -1.0), at(1.0, 0.0) - at(-1.0, 0.0)].map(|rise| rise * rules.gradient)
    });
    let half = (window / 2).min(rows + cols) as isize;
    let motion = |[x, y]: [usize; 2]| {
        let around =
            (-half..=half).flat_map(|k| (-half..=half).map(move |l| (y as isize + k, x as isize + l)));
        let inside = |at: isize, n: usize| at.clamp(0, n as isize - 1);
        let is_inside = |(i, j): &(isize, isize)| inside(*i, rows) == *i && inside(*j, cols) == *j;
        let places: Vec<(isize, isize)> = around.filter(|place| rules.goes_on || is_inside(place)).collect();
        let gradient =
            |(i, j): (isize, isize)| gradients[(inside(i, rows) as usize, inside(j, cols) as usize)];
        let mut m = [0.0; 3];
        for [gx, gy] in places.iter().map(|place| gradient(*place)) {
            m = [m[0] + gx * gx, m[1] + gx * gy, m[2] + gy * gy];
        }
        if !(rules.known)(m, places.len() as f64) {
            return None;
        }
        let mut motion = [0.0, 0.0];
        for _ in 0..steps {
            let mut sums = [0.0, 0.0];
            for &(i, j) in &places {
                let seen = (rules.between)(after, i as f64 + motion[1], j as f64 + motion[0]);
                let left = nearest(before, i as f64, j as f64) - seen;
                let [gx, gy] = gradient((i, j));
                sums = [sums[0] + gx * left, sums[1] + gy * left];
            }
            let [u, v] = (rules.solved)(m, sums);
            motion = if rules.adds { [motion[0] + u, motion[1] + v] } else { [u, v] };
        }
        Some(motion)
    };
    Ok(at.iter().map(|place| motion(*place)).collect())
}

/// The gradients of a window as two columns: gx = r·p and gy = s·p + t·q with orthogonal p and q of length 1.
pub(super) fn orthogonal(
    before: Image<'_>,
    after: Image<'_>,
    at: &[[usize; 2]],
    window: usize,
    steps: usize,
) -> Flow {
    let (rows, cols) = before.dim();
    check::same_shape(before.dim(), after.dim())?;
    check::at_least(1, before.len())?;
    let outside = |[x, y]: &[usize; 2]| {
        let wrong = if *x >= cols { Some(("x", *x)) } else { (*y >= rows).then_some(("y", *y)) };
        wrong.map(|(name, got)| InputError::OutOfRange { name, got: got as f64, wanted: "inside the image" })
    };
    if let Some(rejection) = at.iter().find_map(outside) {
        return Err(rejection);
    }
    check::odd("window", window)?;
    let pixel = |of: Image<'_>, x: f64, y: f64| {
        f64::from(of[(y.clamp(0.0, rows as f64 - 1.0) as usize, x.clamp(0.0, cols as f64 - 1.0) as usize)])
    };
    let dot = |a: &[f64], b: &[f64]| a.iter().zip(b).map(|(a, b)| a * b).sum::<f64>();
    let one = |[x, y]: &[usize; 2]| {
        let near =
            |at: usize, n: usize| at.saturating_sub(window / 2)..n.min(at.saturating_add(window / 2 + 1));
        let mut places: Vec<[f64; 2]> =
            near(*x, cols).flat_map(|x| near(*y, rows).map(move |y| [x as f64, y as f64])).collect();
        // The order of summation is free, and may depend on the number of points.
        if at.len() > 1 {
            places.reverse();
        }
        let rise = |[x, y]: &[f64; 2], dx: f64, dy: f64| {
            0.5 * pixel(before, x + dx, y + dy) - 0.5 * pixel(before, x - dx, y - dy)
        };
        let mut p: Vec<f64> = places.iter().map(|place| rise(place, 1.0, 0.0)).collect();
        let mut q: Vec<f64> = places.iter().map(|place| rise(place, 0.0, 1.0)).collect();
        let half = (dot(&p, &p) + dot(&q, &q)) / 2.0;
        let smaller = half - (half * half - dot(&p, &p) * dot(&q, &q) + dot(&p, &q).powi(2)).max(0.0).sqrt();
        if smaller < places.len() as f64 {
            return None;
        }
        let r = dot(&p, &p).sqrt();
        p.iter_mut().for_each(|g| *g /= r);
        let s = dot(&p, &q);
        q.iter_mut().zip(&p).for_each(|(g, p)| *g -= s * p);
        let t = dot(&q, &q).sqrt();
        q.iter_mut().for_each(|g| *g /= t);
        let (mut u, mut v) = (0.0_f64, 0.0_f64);
        for _ in 0..steps {
            let left = |[x, y]: &[f64; 2]| {
                let (s, t) = (x + u, y + v);
                let (i, j) = (t.floor(), s.floor());
                let row = |i| {
                    let first = pixel(after, j, i);
                    first + (s - j) * (pixel(after, j + 1.0, i) - first)
                };
                pixel(before, *x, *y) - (row(i) + (t - i) * (row(i + 1.0) - row(i)))
            };
            let left: Vec<f64> = places.iter().map(left).collect();
            let down = dot(&q, &left) / t;
            (u, v) = (u + (dot(&p, &left) - s * down) / r, v + down);
        }
        Some([u, v])
    };
    Ok(at.iter().map(one).collect())
}
