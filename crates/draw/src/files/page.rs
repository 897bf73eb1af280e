use kit::figure::{Figure, Layer};

use super::panels::panels;
use super::scene::{Anchor, Scene};
use super::{axes, font, table};
use crate::limits::Limits;
use crate::palette::Rgb;

const MARGIN: f64 = 18.0;
const GAP: f64 = 14.0;
const TITLE: f64 = 16.0;
const FOOT: f64 = 10.5;
/// Where a title is broken into lines.
const WIDEST_TITLE: f64 = 600.0;
const FADED: Rgb = Rgb(105, 112, 120);

/// The whole picture: title, tables, plot and what was left out, one below the other.
pub(crate) fn scene(figure: &Figure) -> Scene {
    let (tables, others): (Vec<_>, Vec<_>) =
        figure.layers.iter().cloned().partition(|layer| matches!(layer, Layer::Table { .. }));
    let mut blocks: Vec<Scene> = lines(&figure.title).iter().map(|line| words(line, TITLE, None)).collect();
    blocks.extend(tables.iter().filter_map(|layer| table::block(figure, layer)));
    if figure.layers.is_empty() {
        blocks.push(words("The figure is empty: it has no layers.", 12.0, Some(FADED)));
    }
    if !others.is_empty() {
        let figure = Figure { layers: others, ..figure.clone() };
        let panels = panels(&figure);
        let height = if panels.len() > 1 { 220.0 } else { 360.0 };
        blocks.extend(panels.iter().map(|panel| axes::block(panel, height)));
        blocks.extend(left_out(&figure).map(|note| words(&note, FOOT, Some(FADED))));
    }

    let width = blocks.iter().map(|block| block.size[0]).fold(240.0, f64::max) + 2.0 * MARGIN;
    let mut page = Scene { title: figure.title.clone(), ..Scene::default() };
    let mut top = MARGIN;
    for block in blocks {
        let [wide, high] = block.size;
        page.place(block, [((width - wide) / 2.0).round(), top.round()]);
        top += high + GAP;
    }
    page.size = [width.ceil(), (top - GAP + MARGIN).max(60.0).ceil()];
    page
}

fn left_out(figure: &Figure) -> Option<String> {
    let number = Limits::of(figure).left_out;
    let log =
        if figure.x.logarithmic || figure.y.logarithmic { ", or not positive on a log axis" } else { "" };
    match number {
        0 => None,
        1 => Some(format!("1 place is not drawn: NaN or infinite{log}")),
        _ => Some(format!("{number} places are not drawn: NaN or infinite{log}")),
    }
}

fn words(line: &str, size: f64, ink: Option<Rgb>) -> Scene {
    let width = font::width(line, size);
    let mut block = Scene { size: [width, size * 1.1], ..Scene::default() };
    block.text(line, [width / 2.0, size * 0.85], size, Anchor::Middle, ink.unwrap_or(crate::palette::INK));
    block
}

fn lines(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in title.split_whitespace() {
        match lines.last_mut() {
            Some(line) if font::width(&format!("{line} {word}"), TITLE) <= WIDEST_TITLE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
