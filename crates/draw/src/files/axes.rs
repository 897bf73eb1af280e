use kit::figure::{Figure, Layer};

use super::panels::bar_names;
use super::plot::{NAME, NUMBER, Plot, SPINE};
use super::scene::{Anchor, DIGIT, Frame, Scene};
use super::{font, layers, legend};
use crate::limits::{Limits, equal_axes};
use crate::palette::Rgb;
use crate::scale::Tick;

/// Room above for the caption of an image.
const CAPTION: f64 = 22.0;
const GRID: Rgb = Rgb(228, 231, 235);

/// The plot with axes, layers and legend, about this high. An axis without a label is not drawn; bars that have names have
/// them below, instead of numbers.
pub(crate) fn block(figure: &Figure, height: f64) -> Scene {
    let (limits, [width, height]) = fitted(figure, height);
    let (x_axis, y_axis) = (!figure.x.label.is_empty(), !figure.y.label.is_empty());
    let names = bar_names(figure);
    let named: Vec<Tick> = names
        .iter()
        .flatten()
        .filter_map(|(x, name)| Some(Tick { at: limits.x.at(*x)?, label: name.clone() }))
        .collect();
    let x_ticks = if x_axis { limits.x.ticks((width / 90.0).max(2.0) as usize) } else { Vec::new() };
    let without_notes;
    let figure = match names.is_some() {
        true => {
            let layers = figure.layers.iter().filter(|layer| !matches!(layer, Layer::Note { .. }));
            without_notes = Figure { layers: layers.cloned().collect(), ..figure.clone() };
            &without_notes
        }
        false => figure,
    };
    let y_ticks = if y_axis { limits.y.ticks((height / 60.0).max(2.0) as usize) } else { Vec::new() };
    let gutter = y_ticks.iter().map(|tick| font::width(&tick.label, NUMBER)).fold(0.0, f64::max);
    let left = if y_axis { gutter + 10.0 + NAME * 1.7 } else { 4.0 };
    let plot = Plot { frame: Frame { left: left.ceil(), top: 8.0, width, height }, limits };
    let frame = plot.frame;

    let mut scene = Scene::default();
    grid(&mut scene, frame, &x_ticks, &y_ticks);
    layers::draw(&mut scene, figure, &plot);
    spines(&mut scene, figure, &plot);
    x_numbers(&mut scene, frame, if named.is_empty() { &x_ticks } else { &named });
    for tick in &y_ticks {
        let y = frame.at([0.0, tick.at])[1];
        scene.line(vec![[frame.left - 4.0, y], [frame.left, y]], 1.0, SPINE);
        scene.words(&tick.label, [frame.left - 8.0, y + NUMBER * DIGIT / 2.0], NUMBER, Anchor::End);
    }
    let [middle_x, middle_y] = frame.at([0.5, 0.5]);
    scene.words(&figure.x.label, [middle_x, frame.bottom() + 22.0 + NAME * 1.3], NAME, Anchor::Middle);
    scene.upwards(&figure.y.label, [NAME, middle_y], NAME, Anchor::Middle);
    let right = legend::draw(&mut scene, figure, &plot);
    let overhang = x_ticks
        .last()
        .map_or(4.0, |tick| 4.0_f64.max(font::width(&tick.label, NUMBER) / 2.0 - (1.0 - tick.at) * width));
    let below = match (x_axis, named.is_empty()) {
        (true, _) => 22.0 + NAME * 1.6,
        (false, false) => 22.0,
        (false, true) => 4.0,
    };
    scene.size = [right.max(frame.right() + overhang), frame.bottom() + below];
    scene
}

/// The limits and the size of the plot, with units equally long where that is asked for.
fn fitted(figure: &Figure, height: f64) -> (Limits, [f64; 2]) {
    let mut limits = Limits::of(figure);
    let captions =
        figure.layers.iter().any(|layer| matches!(layer, Layer::Image { label, .. } if !label.is_empty()));
    let mut size = [560.0, height];
    if equal_axes(figure) {
        let aspect = limits.aspect().clamp(0.1, 10.0);
        let height = 420.0_f64.min(600.0 / aspect).max(120.0);
        size = [(height * aspect).clamp(140.0, 600.0).round(), height.round()];
    }
    if captions {
        limits.raise(CAPTION / size[1]);
        size[1] += CAPTION;
    }
    if equal_axes(figure) {
        limits.widen(size[0] / size[1]);
    }
    (limits, size)
}

fn grid(scene: &mut Scene, frame: Frame, x_ticks: &[Tick], y_ticks: &[Tick]) {
    for tick in x_ticks {
        scene.line(vec![frame.at([tick.at, 0.0]), frame.at([tick.at, 1.0])], 0.75, GRID);
    }
    for tick in y_ticks {
        scene.line(vec![frame.at([0.0, tick.at]), frame.at([1.0, tick.at])], 0.75, GRID);
    }
}

/// The two axes, with small marks where they are logarithmic.
fn spines(scene: &mut Scene, figure: &Figure, plot: &Plot) {
    let (frame, limits) = (plot.frame, plot.limits);
    if !figure.x.label.is_empty() {
        scene.line(vec![frame.at([0.0, 0.0]), frame.at([1.0, 0.0])], 1.0, SPINE);
        for at in limits.x.small_ticks() {
            let [x, y] = frame.at([at, 0.0]);
            scene.line(vec![[x, y], [x, y + 2.5]], 0.75, SPINE);
        }
    }
    if !figure.y.label.is_empty() {
        scene.line(vec![frame.at([0.0, 0.0]), frame.at([0.0, 1.0])], 1.0, SPINE);
        for at in limits.y.small_ticks() {
            let [x, y] = frame.at([0.0, at]);
            scene.line(vec![[x - 2.5, y], [x, y]], 0.75, SPINE);
        }
    }
}

/// The numbers below; one that would run into its neighbor is left out.
fn x_numbers(scene: &mut Scene, frame: Frame, ticks: &[Tick]) {
    let mut free = f64::NEG_INFINITY;
    for tick in ticks {
        let [x, y] = frame.at([tick.at, 0.0]);
        scene.line(vec![[x, y], [x, y + 4.0]], 1.0, SPINE);
        let half = font::width(&tick.label, NUMBER) / 2.0;
        if x - half > free {
            scene.words(&tick.label, [x, y + 8.0 + NUMBER * DIGIT], NUMBER, Anchor::Middle);
            free = x + half + 6.0;
        }
    }
}
