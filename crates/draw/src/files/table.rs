use kit::figure::{Figure, Layer};

use super::font;
use super::plot::{NAME, NUMBER, SPINE};
use super::scene::{Anchor, DIGIT, Frame, Scene};
use crate::palette::WHITE;
use crate::scale::short;
use crate::shade;

/// A table as a map of heat, with its numbers where they fit.
pub(crate) fn block(figure: &Figure, layer: &Layer) -> Option<Scene> {
    let Layer::Table { label, rows, cols, values } = layer else { return None };
    let size = if values.cols().max(values.rows()) > 12 { 9.5 } else { 12.0 };
    let numbers: Vec<Vec<String>> =
        (0..values.rows()).map(|i| values.row(i).iter().map(|v| short(*v)).collect()).collect();
    let widest = numbers.iter().flatten().map(|n| font::width(n, size)).fold(0.0, f64::max);
    let roomy = if values.cols() > 20 {
        14.0
    } else if values.cols() > 8 {
        36.0
    } else {
        52.0
    };
    let width = if values.cols() > 20 { roomy } else { f64::max(roomy, widest + 10.0) };
    let height = if values.rows() > 20 {
        14.0
    } else if values.rows() > 8 {
        30.0
    } else {
        40.0
    };
    let written = widest + 2.0 <= width && size <= height;

    let name = |text: &str| font::width(text, NUMBER);
    let side = rows.iter().map(|row| name(row)).fold(0.0, f64::max) + 8.0;
    let title = if figure.y.label.is_empty() { 0.0 } else { NAME * 1.7 };
    let turned = cols.iter().map(|col| name(col)).fold(0.0, f64::max);
    let upright = turned > width - 4.0;
    let caption = if label.is_empty() { 4.0 } else { 24.0 };
    let frame = Frame {
        left: (title + side).ceil(),
        top: caption,
        width: width * values.cols() as f64,
        height: height * values.rows() as f64,
    };

    let mut scene = Scene::default();
    let color = shade::table(values);
    scene.words(label, [frame.left + frame.width / 2.0, caption - 9.0], NAME, Anchor::Middle);
    for (i, row) in numbers.iter().enumerate() {
        for (j, number) in row.iter().enumerate() {
            let cell = Frame {
                left: frame.left + j as f64 * width,
                top: frame.top + i as f64 * height,
                width,
                height,
            };
            let paper = color(values[(i, j)]);
            scene.rectangle(cell, paper);
            scene.outline(cell, 1.0, WHITE);
            if written {
                scene.label(number, cell.at([0.5, 0.5]), size, None, paper.ink());
            }
        }
    }
    scene.outline(frame, 1.0, SPINE);
    for (i, row) in rows.iter().enumerate().take(values.rows()) {
        let y = frame.top + (i as f64 + 0.5) * height + NUMBER * DIGIT / 2.0;
        scene.words(row, [frame.left - 8.0, y], NUMBER, Anchor::End);
    }
    for (j, col) in cols.iter().enumerate().take(values.cols()) {
        let x = frame.left + (j as f64 + 0.5) * width;
        if upright {
            scene.upwards(col, [x + NUMBER * DIGIT / 2.0, frame.bottom() + 7.0], NUMBER, Anchor::End);
        } else {
            scene.words(col, [x, frame.bottom() + 8.0 + NUMBER * DIGIT], NUMBER, Anchor::Middle);
        }
    }
    let names = if cols.is_empty() {
        4.0
    } else if upright {
        turned + 10.0
    } else {
        10.0 + NUMBER
    };
    let middle = frame.left + frame.width / 2.0;
    scene.words(&figure.x.label, [middle, frame.bottom() + names + NAME], NAME, Anchor::Middle);
    scene.upwards(&figure.y.label, [NAME, frame.top + frame.height / 2.0], NAME, Anchor::Middle);
    let below = if figure.x.label.is_empty() { names } else { names + NAME * 1.4 };
    scene.size = [frame.right() + 4.0, frame.bottom() + below];
    Some(scene)
}
