use kit::Matrix;

use super::plot::Plot;
use super::scene::{Frame, Mark, Scene};
use crate::palette::Rgb;
use crate::shade::Shade;

/// A field as a surface of colors: between the numbers of the grid it is interpolated, classes are not.
pub(crate) fn field(scene: &mut Scene, plot: &Plot, [x, y]: [[f64; 2]; 2], values: &Matrix) {
    let (rows, cols) = values.shape();
    let corners = (plot.limits.at([x[0], y[0]]), plot.limits.at([x[1], y[1]]));
    let (Some(a), Some(b)) = corners else { return };
    if rows == 0 || cols == 0 {
        return;
    }
    let frame = between(plot, a, b);
    let shade = Shade::of(values);
    let shape = [(frame.height / 1.5).ceil().max(1.0) as usize, (frame.width / 1.5).ceil().max(1.0) as usize];
    let mut pixels = Vec::with_capacity(shape[0] * shape[1] * 3);
    let share = |at: f64, ends: [f64; 2]| {
        let length = ends[1] / 2.0 - ends[0] / 2.0;
        if length == 0.0 { 0.5 } else { ((at / 2.0 - ends[0] / 2.0) / length).clamp(0.0, 1.0) }
    };
    for i in 0..shape[0] {
        let up = 1.0 - (i as f64 + 0.5) / shape[0] as f64;
        let t = share(plot.limits.y.value(a[1].min(b[1]) + (b[1] - a[1]).abs() * up), y) * (rows - 1) as f64;
        for j in 0..shape[1] {
            let across = (j as f64 + 0.5) / shape[1] as f64;
            let s = share(plot.limits.x.value(a[0].min(b[0]) + (b[0] - a[0]).abs() * across), x)
                * (cols - 1) as f64;
            let v = if shade == Shade::Classes { nearest(values, t, s) } else { interpolated(values, t, s) };
            let Rgb(red, green, blue) = shade.color(v);
            pixels.extend([red, green, blue]);
        }
    }
    let (at, size) = ([frame.left, frame.top], [frame.width, frame.height]);
    scene.marks.push(Mark::Bitmap { at, size, shape, pixels, sharp: shade == Shade::Classes });
}

fn nearest(values: &Matrix, t: f64, s: f64) -> f64 {
    values[(t.round() as usize, s.round() as usize)]
}

/// Between four numbers by their distances; next to a number that is none, the nearest.
fn interpolated(values: &Matrix, t: f64, s: f64) -> f64 {
    let (i, j) = (t as usize, s as usize);
    let (k, l) = ((i + 1).min(values.rows() - 1), (j + 1).min(values.cols() - 1));
    let (t_part, s_part) = (t - i as f64, s - j as f64);
    let row = |i: usize| values[(i, j)] * (1.0 - s_part) + values[(i, l)] * s_part;
    let v = row(i) * (1.0 - t_part) + row(k) * t_part;
    if v.is_finite() { v } else { nearest(values, t, s) }
}

/// An image, pixel by pixel; returns where it stands.
pub(crate) fn draw(
    scene: &mut Scene,
    plot: &Plot,
    [at, size]: [[f64; 2]; 2],
    image: &Matrix,
    color: bool,
) -> Option<Frame> {
    let depth = if color { 3 } else { 1 };
    let shape = [image.rows(), image.cols() / depth];
    let frame = between(plot, plot.limits.at(at)?, plot.limits.at([at[0] + size[0], at[1] + size[1]])?);
    if shape.contains(&0) {
        return None;
    }
    let pixels = (0..shape[0]).flat_map(|i| image.row(i)[..shape[1] * depth].chunks(depth));
    let pixels = pixels.map(|v| if color { Rgb::channels(v[0], v[1], v[2]) } else { Rgb::gray(v[0]) });
    let pixels = pixels.flat_map(|Rgb(red, green, blue)| [red, green, blue]).collect();
    let (at, size) = ([frame.left, frame.top], [frame.width, frame.height]);
    scene.marks.push(Mark::Bitmap { at, size, shape, pixels, sharp: true });
    Some(frame)
}

/// The rectangle between two places.
fn between(plot: &Plot, a: [f64; 2], b: [f64; 2]) -> Frame {
    let [left, top] = plot.frame.at([a[0].min(b[0]), a[1].max(b[1])]);
    let [right, bottom] = plot.frame.at([a[0].max(b[0]), a[1].min(b[1])]);
    Frame { left, top, width: right - left, height: bottom - top }
}
