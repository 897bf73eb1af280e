use judge::{Broken, Inputs, Verdict, ensure, example, for_all};
use katas::m08_vision::shapes::draw_line;
use ndarray::{Array2, ShapeBuilder};
use proptest::prelude::*;

use super::drawn::{picture, pixels_set};
use crate::m08_vision::images::shape;

/// An end point of a line.
#[derive(Clone, Copy, PartialEq)]
struct End([i32; 2]);

impl std::fmt::Debug for End {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl Inputs for End {}

fn ends(from: i32, to: i32) -> impl Strategy<Value = [End; 2]> + Send + Sync + Clone {
    let end = move || [from..=to, from..=to].prop_map(End);
    [end(), end()]
}

const SHAPE: (usize, usize) = (7, 9);

/// One pixel for each step along the long axis, each the nearest; no others.
fn is_the_line(shape: (usize, usize), End(from): End, End(to): End) -> Verdict {
    let call = format!("draw_line of {from:?} to {to:?} on {} rows, {} columns", shape.0, shape.1);
    let set = pixels_set(shape, 99, |image| draw_line(image, from, to, 99))?;
    let ([x0, y0], [x1, y1]) = (from.map(i128::from), to.map(i128::from));
    let steep = (y1 - y0).abs() > (x1 - x0).abs();
    let transposed = |[x, y]: [i128; 2]| if steep { [y, x] } else { [x, y] };
    let (a, b) = (transposed([x0, y0]), transposed([x1, y1]));
    let (a, b) = if a[0] <= b[0] { (a, b) } else { (b, a) };
    let run = (b[0] - a[0]).max(1);
    let (rows, cols) = (shape.0 as i128, shape.1 as i128);
    let (long, broad) = if steep { (rows, cols) } else { (cols, rows) };
    let set: Vec<[i128; 2]> = set.iter().map(|pixel| transposed(pixel.map(i128::from))).collect();
    let shown = |what: String| {
        let back: Vec<[i64; 2]> = set.iter().map(|pixel| transposed(*pixel).map(|k| k as i64)).collect();
        // A picture of a large image shows nothing.
        if shape.0.max(shape.1) > 40 {
            format!("{call}: {what}")
        } else {
            format!("{call}: {what}\n{}", picture(shape, &back))
        }
    };
    // Twice the distance from the exact line, in units of the run: whole numbers.
    let off = |t: i128, s: i128| ((s - a[1]) * 2 * run - 2 * (t - a[0]) * (b[1] - a[1])).abs();
    for &[t, s] in &set {
        ensure((a[0]..=b[0]).contains(&t) && off(t, s) <= run, || {
            let look = "Which pixel of that column (or row, for a steep line) is nearest to the exact line? \
                [x, y]: x counts columns. Does the line end at its ends?";
            let [x, y] = transposed([t, s]);
            Broken::answer(
                shown(format!("[{x}, {y}] is set")),
                "not set: another pixel is nearer, or the line ends before",
                look,
            )
        })?;
    }
    for t in a[0].max(0)..=b[0].min(long - 1) {
        let here = set.iter().filter(|pixel| pixel[0] == t).count();
        // The nearest lies outside, unless it is exactly between two.
        let is_inside = (0..broad).any(|s| off(t, s) < run);
        ensure(here == 1 || here == 0 && !is_inside, || {
            let axis = if steep { "row" } else { "column" };
            let look = "Exactly one pixel for each step along the major axis, both end points included.";
            Broken::answer(shown(format!("{here} pixels are set in {axis} {t}")), "one", look)
        })?;
    }
    Ok(())
}

#[test]
fn sets_the_nearest_pixels() {
    for_all("from, to", ends(0, 6)).holds(|&[from, to]| is_the_line(SHAPE, from, to));
}

#[test]
fn sets_the_nearest_pixels_of_images_of_any_size() {
    let drawn = shape(9).prop_flat_map(|[rows, cols]| {
        let end = move || [-3..=cols as i32 + 3, -3..=rows as i32 + 3].prop_map(End);
        (Just([rows, cols]), [end(), end()])
    });
    for_all("rows, cols, from, to", drawn)
        .holds(|&([rows, cols], [from, to])| is_the_line((rows, cols), from, to));
}

#[test]
fn draws_both_end_points() {
    for_all("from, to", ends(0, 6)).holds(|&[from, to]| {
        for (End(from), End(to)) in [(from, to), (from, from)] {
            let set = pixels_set(SHAPE, 99, |image| draw_line(image, from, to, 99))?;
            for [x, y] in [from, to] {
                ensure(set.contains(&[i64::from(x), i64::from(y)]), || {
                    let got = format!("draw_line of {from:?} to {to:?}:\n{}", picture(SHAPE, &set));
                    let look = "The end points belong to the line, also when they are equal. [x, y] is \
                        column x of row y.";
                    Broken::answer(got, format!("[{x}, {y}] is set"), look)
                })?;
            }
        }
        Ok(())
    });
}

#[test]
fn clips_at_the_border() {
    for_all("from, to", ends(-12, 20)).holds(|&[from, to]| is_the_line(SHAPE, from, to));
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::shapes::draw_line;
        use ndarray::{Array2, array};

        let mut image = Array2::zeros((3, 4));
        draw_line(&mut image, [0, 0], [6, 2], 9);
        assert_eq!(image, array![[9, 9, 0, 0], [0, 0, 9, 9], [0, 0, 0, 0]]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn work_is_bounded_for_distant_end_points() {
        let far = || {
            let one = || prop_oneof![Just(i32::MIN), Just(i32::MAX), -2_000_000_000..=2_000_000_000, -3..=9];
            [one(), one()].prop_map(End)
        };
        for_all("from, to", [far(), far()])
            .cases(64)
            .within_seconds(3)
            .holds(|&[from, to]| is_the_line(SHAPE, from, to));
    }

    #[test]
    fn distant_end_points_are_exact() {
        let ends = [0..=8_i32, 0..=6_i32].prop_flat_map(|[x, y]| {
            // Far away on both sides of a pixel of the image, which the line passes through.
            let far = |most: i32| [-most..=most, -most..=most];
            (10..=30_i32)
                .prop_flat_map(move |power| far(1 << power))
                .prop_map(move |[right, down]| [End([x - right, y - down]), End([x + right, y + down])])
        });
        for_all("from, to", ends)
            .cases(64)
            .within_seconds(3)
            .holds(|&[from, to]| is_the_line(SHAPE, from, to));
    }

    #[test]
    fn the_nearest_pixel_of_long_lines_is_exact() {
        // Beyond 2³¹ pixels long, and in one column of the image within 1/run of the middle between two pixels.
        let drawn = (0..1_000_000_000_i64, -40..=40_i64, any::<bool>(), any::<bool>(), any::<bool>());
        let drawn = drawn.prop_map(|(k, near, above, upright, down)| {
            let run = (1_i64 << 31) + 2 * k + 1;
            let before = nearby_coprime(run / 2 + near, run);
            let half = if above { i64::midpoint(run, 1) } else { run / 2 };
            let rise = i128::from(inverse(before, run)) * i128::from(half) % i128::from(run);
            let rise = rise as i64;
            let left = 5 - before;
            let top = 5 - (i128::from(before) * i128::from(rise) / i128::from(run)) as i64;
            let ends = [[left, top], [left + run, top + rise]];
            let flipped = |[x, y]: [i64; 2]| if down { [x, y] } else { [x, 10 - y] };
            let turned = |[x, y]: [i64; 2]| if upright { [y, x] } else { [x, y] };
            let clamped = |at: i64| at.clamp(i32::MIN.into(), i32::MAX.into()) as i32;
            ends.map(|end| End(turned(flipped(end)).map(clamped)))
        });
        for_all("from, to", drawn).cases(64).within_seconds(3).holds(|&[from, to]| {
            is_the_line((11, 11), from, to).and_then(|()| is_the_line((11, 11), to, from))
        });
    }

    /// A number near this one that has no divisor in common with `run`.
    fn nearby_coprime(mut near: i64, run: i64) -> i64 {
        let gcd = |mut a: i64, mut b: i64| {
            while b != 0 {
                (a, b) = (b, a % b);
            }
            a
        };
        while gcd(near, run) != 1 {
            near += 1;
        }
        near
    }

    /// The inverse of a number modulo `run`, by Euclid's algorithm.
    fn inverse(of: i64, run: i64) -> i64 {
        let (mut a, mut b, mut s, mut t) = (of, run, 1_i64, 0_i64);
        while b != 0 {
            let q = a / b;
            (a, b, s, t) = (b, a - q * b, t, s - q * t);
        }
        s.rem_euclid(run)
    }

    #[test]
    fn draws_on_large_images() {
        let ends = (any::<bool>(), [(0..=1200, 0..=2), (0..=1200, 0..=2)]);
        let ends = ends.prop_map(|(upright, ends)| {
            (
                upright,
                ends.map(|(along, across)| End(if upright { [across, along] } else { [along, across] })),
            )
        });
        for_all("upright, from, to", ends).cases(48).holds(|&(upright, [from, to])| {
            is_the_line(if upright { (1200, 3) } else { (3, 1200) }, from, to)
        });
    }

    #[test]
    fn sets_the_value_and_accepts_empty_images() {
        example(|| {
            for value in [0, 6, 77, 128, 203, 254, 255] {
                let set = pixels_set((3, 5), value, |image| draw_line(image, [1, 1], [3, 1], value))?;
                ensure(set == [[1, 1], [2, 1], [3, 1]], || {
                    let got = format!("draw_line of [1, 1] to [3, 1] with {value} set {set:?}");
                    Broken::answer(got, "[1, 1], [2, 1], [3, 1]", "Set the pixels to `value`.")
                })?;
            }
            for shape in [(0, 0), (0, 4), (4, 0)] {
                draw_line(&mut Array2::zeros(shape), [-1, -1], [5, 3], 9);
            }
            Ok(())
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
        example(|| {
            let (mut image, mut stored) = (Array2::zeros((5, 8)), Array2::zeros((5, 8).f()));
            draw_line(&mut image, [-2, 1], [7, 4], 9);
            draw_line(&mut stored, [-2, 1], [7, 4], 9);
            ensure(stored == image && image.iter().any(|pixel| *pixel == 9), || {
                let look = "An array may be stored column by column. Index it as image[(y, x)].";
                Broken::answer(format!("stored column by column: {stored:?}"), format!("{image:?}"), look)
            })
        });
    }
}
