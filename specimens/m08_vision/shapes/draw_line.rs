use ndarray::Array2;

use crate::reference::m08_vision::shapes as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type DrawLine = fn(&mut Array2<u8>, [i32; 2], [i32; 2], u8);

/// The kata, answered by a specimen.
pub fn draw_line(image: &mut Array2<u8>, from: [i32; 2], to: [i32; 2], value: u8) {
    answering::<DrawLine>(
        module_path!(),
        reference::draw_line,
        &[
            wheat("from_the_other_end", "draws from the end to the beginning", |image, from, to, value| {
                reference::draw_line(image, to, from, value);
            }),
            wheat("halves_the_other_way", "rounds a half down instead of up", |image, from, to, value| {
                let turned =
                    |[x, y]: [i32; 2]| [x, (-i64::from(y)).clamp(-2_147_483_648, 2_147_483_647) as i32];
                // Drawn upside down; what would not fit is left to the reference.
                if [from[1], to[1]].contains(&i32::MIN) {
                    return reference::draw_line(image, from, to, value);
                }
                let rows = image.nrows();
                let mut mirrored = Array2::from_shape_fn((2 * rows, image.ncols()), |_| 0);
                let up = |[x, y]: [i32; 2]| [x, y.saturating_add(rows as i32 - 1)];
                if [from[1], to[1]].iter().any(|y| y.unsigned_abs() > 1 << 30) {
                    return reference::draw_line(image, from, to, value);
                }
                reference::draw_line(&mut mirrored, up(turned(from)), up(turned(to)), 1);
                for ((i, j), pixel) in image.indexed_iter_mut() {
                    if mirrored[(rows - 1 - i, j)] == 1 {
                        *pixel = value;
                    }
                }
            }),
            chaff("rows_for_x", "A point is given as [row, column].", |image, [x0, y0], [x1, y1], value| {
                reference::draw_line(image, [y0, x0], [y1, x1], value);
            }),
            chaff("last_left_out", "The last point is not part of the line.", |image, from, to, value| {
                walked(image, from, to, value, |t, run| t < run, f64::round);
            }),
            chaff("cut_off", "`as i32` rounds to the nearest whole number.", |image, from, to, value| {
                walked(image, from, to, value, |t, run| t <= run, f64::trunc);
            }),
            chaff(
                "along_x_only",
                "One pixel in each column makes a connected line, however steep.",
                |image, from, to, value| {
                    let (a, b) = if from[0] <= to[0] { (from, to) } else { (to, from) };
                    let [dx, dy] = [0, 1].map(|k: usize| f64::from(b[k]) - f64::from(a[k]));
                    for x in a[0].max(0)..=b[0].min(image.ncols() as i32 - 1) {
                        let share = if dx == 0.0 { 0.0 } else { (f64::from(x) - f64::from(a[0])) / dx };
                        set(image, [f64::from(x), (f64::from(a[1]) + share * dy).round()], value);
                    }
                },
            ),
            chaff("to_the_right_only", "A line always goes from left to right.", |image, from, to, value| {
                if from[0] <= to[0] {
                    reference::draw_line(image, from, to, value);
                }
            }),
            chaff(
                "clamped",
                "End points outside the image are moved to its border.",
                |image, from, to, value| {
                    let (rows, cols) = (image.nrows() as i32, image.ncols() as i32);
                    let inside =
                        |[x, y]: [i32; 2]| [x.clamp(0, (cols - 1).max(0)), y.clamp(0, (rows - 1).max(0))];
                    reference::draw_line(image, inside(from), inside(to), value);
                },
            ),
            chaff(
                "all_or_nothing",
                "A line that leaves the image is not drawn at all.",
                |image, from, to, value| {
                    let (rows, cols) = (image.nrows() as i32, image.ncols() as i32);
                    let inside = |[x, y]: [i32; 2]| (0..cols).contains(&x) && (0..rows).contains(&y);
                    if inside(from) && inside(to) {
                        reference::draw_line(image, from, to, value);
                    }
                },
            ),
            chaff(
                "a_point_is_no_line",
                "A line whose ends are equal draws nothing.",
                |image, from, to, value| {
                    if from != to {
                        reference::draw_line(image, from, to, value);
                    }
                },
            ),
            chaff("in_single_precision", "f32 is precise enough for the slope.", |image, from, to, value| {
                let (a, b) = (from.map(|k| k as f32), to.map(|k| k as f32));
                let run = (b[0] - a[0]).abs().max((b[1] - a[1]).abs());
                if run < 100.0 {
                    return reference::draw_line(image, from, to, value);
                }
                let slope = (b[1] - a[1]) / (b[0] - a[0]);
                for x in 0..image.ncols() {
                    set(image, [x as f64, f64::from((a[1] + slope * (x as f32 - a[0])).round())], value);
                }
            }),
            chaff(
                "ends_in_32_bits",
                "f32 is precise enough for the end points.",
                |image, from, to, value| {
                    let [from, to] = [from, to].map(|end| end.map(|k| k as f32 as i32));
                    reference::draw_line(image, from, to, value);
                },
            ),
            chaff("small_images", "An image has at most 500 rows and columns.", |image, from, to, value| {
                let mut drawn = image.clone();
                reference::draw_line(&mut drawn, from, to, value);
                for ((i, j), pixel) in image.indexed_iter_mut() {
                    if i < 500 && j < 500 {
                        *pixel = drawn[(i, j)];
                    }
                }
            }),
            chaff("always_white", "A line is always 255.", |image, from, to, _| {
                reference::draw_line(image, from, to, 255);
            }),
            chaff(
                "two_thick",
                "Pixels of a line must share an edge (4-connected).",
                |image, from, to, value| {
                    reference::draw_line(image, from, to, value);
                    let (right, further) = (from[0].saturating_add(1), to[0].saturating_add(1));
                    reference::draw_line(image, [right, from[1]], [further, to[1]], value);
                },
            ),
            chaff(
                "pixels_in_a_row",
                "The rows of an array follow one another in memory.",
                |image, from, to, value| {
                    if image.is_standard_layout() {
                        reference::draw_line(image, from, to, value);
                    }
                },
            ),
            wheat(
                "every_pixel_is_asked",
                "which pixels are within half of the line, in whole numbers",
                |image, from, to, value| {
                    let [[x0, y0], [x1, y1]] = [from, to].map(|end| end.map(i128::from));
                    let (dx, dy) = (x1 - x0, y1 - y0);
                    let long = dx.abs().max(dy.abs());
                    for ((i, j), pixel) in image.indexed_iter_mut() {
                        let (s, t) = (j as i128 - x0, i as i128 - y0);
                        // Twice the distance along the short axis, in units of the long side.
                        let off = 2
                            * (t * dx - s * dy)
                            * if dx.abs() >= dy.abs() { dx.signum() } else { -dy.signum() };
                        let (along, run) = if dx.abs() >= dy.abs() { (s, dx) } else { (t, dy) };
                        let between = along * (along - run) <= 0;
                        if between && (-long < off && off <= long || long == 0 && s == 0 && t == 0) {
                            *pixel = value;
                        }
                    }
                },
            ),
            chaff("bright_pixels_kept", "A line is drawn on dark pixels only.", |i, a, b, v| {
                let before = i.clone();
                reference::draw_line(i, a, b, v);
                i.zip_mut_with(&before, |pixel, was| {
                    if *was > 100 {
                        *pixel = *was
                    }
                })
            }),
            chaff(
                "long_lines_approximated",
                "Of a line of thousands of pixels the end may be rounded.",
                |i, a, b, v| {
                    let run = a[0].abs_diff(b[0]).max(a[1].abs_diff(b[1]));
                    let is_long = run > 2000 && run < 40_000_000 && a[1] != b[1];
                    let by = if is_long { (run / 50) as i32 } else { 0 };
                    reference::draw_line(i, a, [b[0], b[1].saturating_add(by)], v)
                },
            ),
        ],
    )(image, from, to, value);
}

/// Step by step from one end to the other; far away it gives up.
fn walked(
    image: &mut Array2<u8>,
    from: [i32; 2],
    to: [i32; 2],
    value: u8,
    goes_on: fn(i64, i64) -> bool,
    rounded: fn(f64) -> f64,
) {
    let [dx, dy] = [0, 1].map(|k: usize| i64::from(to[k]) - i64::from(from[k]));
    let run = dx.abs().max(dy.abs());
    let mut t = 0;
    while goes_on(t, run) && t < 1000 {
        let share = if run == 0 { 0.0 } else { t as f64 / run as f64 };
        let at = |from: i32, d: i64| rounded(f64::from(from) + share * d as f64);
        set(image, [at(from[0], dx), at(from[1], dy)], value);
        t += 1;
    }
}

fn set(image: &mut Array2<u8>, [x, y]: [f64; 2], value: u8) {
    if x >= 0.0
        && y >= 0.0
        && let Some(pixel) = image.get_mut((y as usize, x as usize))
    {
        *pixel = value;
    }
}
