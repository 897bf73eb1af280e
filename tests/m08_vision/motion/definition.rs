//! Lucas' and Kanade's method, as it is defined, with the room that rounding needs.

use judge::{Broken, Verdict, ensure};
use ndarray::Array2;

/// What is known about the motion at one pixel.
pub enum Motion {
    /// The window shows no corner.
    None,
    /// Whether it shows one is a matter of rounding.
    Undecided,
    /// u, v, and how far rounding may carry either.
    Known([f64; 2], f64),
}

pub fn motion(
    before: &Array2<u8>,
    after: &Array2<u8>,
    [x, y]: [usize; 2],
    window: usize,
    steps: usize,
) -> Motion {
    let (rows, cols) = before.dim();
    let half = (window / 2) as isize;
    let clamped = |i: isize, n: usize| i.clamp(0, n as isize - 1) as usize;
    let pixel = |of: &Array2<u8>, x: isize, y: isize| f64::from(of[(clamped(y, rows), clamped(x, cols))]);
    let gradient = |x: isize, y: isize| {
        let across = pixel(before, x + 1, y) - pixel(before, x - 1, y);
        [across / 2.0, (pixel(before, x, y + 1) - pixel(before, x, y - 1)) / 2.0]
    };
    let places = (-half..=half)
        .flat_map(|down| (-half..=half).map(move |right| (x as isize + right, y as isize + down)));
    let places: Vec<(isize, isize)> =
        places.filter(|(x, y)| (0..cols as isize).contains(x) && (0..rows as isize).contains(y)).collect();
    let sum = |term: &dyn Fn(isize, isize) -> f64| places.iter().map(|&(x, y)| term(x, y)).sum::<f64>();
    let a = sum(&|x, y| gradient(x, y)[0].powi(2));
    let b = sum(&|x, y| gradient(x, y)[0] * gradient(x, y)[1]);
    let c = sum(&|x, y| gradient(x, y)[1].powi(2));
    let (greater, smaller) = eigenvalues(a, b, c);
    let number = places.len() as f64;
    if (smaller - number).abs() < 1e-9 * (greater + 1.0) {
        return Motion::Undecided;
    }
    if smaller < number {
        return Motion::None;
    }
    let bilinear = |s: f64, t: f64| {
        let (left, top) = (s.floor(), t.floor());
        let (right_share, lower_share) = (s - left, t - top);
        let at = |dx: f64, dy: f64| pixel(after, (left + dx) as isize, (top + dy) as isize);
        let upper = at(0.0, 0.0) * (1.0 - right_share) + at(1.0, 0.0) * right_share;
        let lower = at(0.0, 1.0) * (1.0 - right_share) + at(1.0, 1.0) * right_share;
        upper * (1.0 - lower_share) + lower * lower_share
    };
    // An iteration amplifies an error by the gradients; its own rounding grows with the condition number of M.
    let steepest = sum(&|x, y| gradient(x, y).iter().map(|g| g.abs()).sum());
    let carried = 2.0 * 255.0 * steepest / smaller;
    let own = 1e3 * f64::EPSILON * (greater / smaller) * carried;
    let ([mut u, mut v], mut room) = ([0.0, 0.0], 0.0);
    for _ in 0..steps {
        let left = |x: isize, y: isize| pixel(before, x, y) - bilinear(x as f64 + u, y as f64 + v);
        let (s, t) =
            (sum(&|x, y| gradient(x, y)[0] * left(x, y)), sum(&|x, y| gradient(x, y)[1] * left(x, y)));
        let determinant = a * c - b * b;
        (u, v) = (u + (c * s - b * t) / determinant, v + (a * t - b * s) / determinant);
        room = room * (1.0 + carried) + own + 1e-12;
    }
    Motion::Known([u, v], room)
}

fn eigenvalues(a: f64, b: f64, c: f64) -> (f64, f64) {
    let (middle, spread) = ((a + c) / 2.0, ((a - c) / 2.0).hypot(b));
    (middle + spread, middle - spread)
}

/// Whether this is the motion at a place, as the definition has it.
pub fn is_the_step(
    before: &Array2<u8>,
    after: &Array2<u8>,
    (place, window, steps): ([usize; 2], usize, usize),
    got: Option<[f64; 2]>,
) -> Verdict {
    let call = format!("the motion at {place:?}");
    match motion(before, after, place, window, steps) {
        Motion::Undecided => Ok(()),
        Motion::None => ensure(got.is_none(), || {
            let look = "Undetermined where the smaller eigenvalue of M is below the number of pixels in the \
                window, as far as it is inside.";
            Broken::answer(format!("{call} = {got:?}"), "None", look)
        }),
        Motion::Known(want, room) => {
            let is_near = got.is_some_and(|got| (0..2).all(|k| (got[k] - want[k]).abs() <= room));
            ensure(is_near, || {
                let look = "[u, v] is right and down. Each iteration interpolates `after`.";
                Broken::answer(format!("{call} = {got:?}"), format!("Some({want:?})"), look)
            })
        }
    }
}

/// Whether these are the motions at all places.
pub fn are_the_steps(
    [before, after]: [&Array2<u8>; 2],
    places: &[[usize; 2]],
    (window, steps): (usize, usize),
    got: Vec<Option<[f64; 2]>>,
) -> Verdict {
    let mut all = places.iter().zip(got);
    all.try_for_each(|(place, got)| is_the_step(before, after, (*place, window, steps), got))
}
