use kit::figure::{Figure, Layer};

use super::canvas::paint;
use super::cut;
use super::marks::{block, point, stroke};
use super::screen::{Color, Screen};
use crate::contour;
use crate::legend::{Kind, entries};
use crate::palette::{self, Rgb};
use crate::scale::short;
use crate::shade::Shade;

/// What each mark means, as many entries in a line as the screen holds.
pub(crate) fn lines(figure: &Figure, screen: &Screen) -> Vec<String> {
    let mut pieces: Vec<(usize, String)> = Vec::new();
    for entry in entries(figure) {
        let signs: Vec<String> = entry.kinds.iter().map(|kind| sign(*kind, entry.series, screen)).collect();
        let length = signs.iter().map(|s| s.chars().count()).sum::<usize>() + signs.len() - 1;
        let ink = palette::glowing(entry.series);
        let label = cut(entry.label, screen.width.saturating_sub(length + 1));
        let text = format!("{} {label}", colored(&signs.join(" "), ink, screen));
        pieces.push((length + 1 + label.chars().count(), text));
    }
    for layer in &figure.layers {
        let Layer::Field { label, values, contours, .. } = layer else { continue };
        let shade = Shade::of(values);
        if *contours {
            let levels = contour::levels(values);
            let (Some(lo), Some(hi)) = (levels.first(), levels.last()) else { continue };
            let written: Vec<String> = levels
                .iter()
                .enumerate()
                .map(|(k, &v)| {
                    let ink = palette::level(0.25 + 0.75 * k as f64 / (levels.len().max(2) - 1) as f64);
                    colored(&short(v), ink, screen)
                })
                .collect();
            let length = levels.iter().map(|v| short(*v).chars().count() + 1).sum::<usize>();
            let name = if label.is_empty() { "lines at" } else { label };
            if length + name.chars().count() < screen.width {
                pieces.push((name.chars().count() + 1 + length, format!("{name}: {}", written.join(" "))));
            } else {
                let text = format!("{name}: {} lines from {} to {}", levels.len(), short(*lo), short(*hi));
                let text = cut(&text, screen.width);
                pieces.push((text.chars().count(), text));
            }
        } else if let Some([lo, hi]) = shade.ends() {
            let (lo, hi, name) = (short(lo), short(hi), if label.is_empty() { "from" } else { label });
            let name = cut(name, screen.width.saturating_sub(lo.chars().count() + hi.chars().count() + 11));
            let length = name.chars().count() + lo.chars().count() + hi.chars().count() + 11;
            pieces.push((length, format!("{name} {lo} {} {hi}", ramp(&shade, screen))));
        } else if !label.is_empty() {
            let label = cut(label, screen.width);
            pieces.push((label.chars().count(), label));
        }
    }
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (length, text) in pieces {
        match lines.last_mut() {
            Some((filled, line)) if *filled + 3 + length <= screen.width => {
                *filled += 3 + length;
                *line += "   ";
                *line += &text;
            }
            _ => lines.push((length, text)),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

fn sign(kind: Kind, series: usize, screen: &Screen) -> String {
    match (kind, screen.unicode) {
        (Kind::Points, _) => point(series, screen).to_string(),
        (Kind::Line, _) => stroke(series, screen).to_owned(),
        (Kind::Arrow, true) => format!("{}→", stroke(series, screen)),
        (Kind::Arrow, false) => "->".to_owned(),
        (Kind::Bar, _) => block(series, screen).to_string(),
    }
}

fn colored(text: &str, ink: Rgb, screen: &Screen) -> String {
    if screen.color == Color::None {
        return text.to_owned();
    }
    format!("{}{text}\x1b[0m", paint(Some(ink), None, screen.color))
}

/// Eight steps from the smallest to the largest.
fn ramp(shade: &Shade, screen: &Screen) -> String {
    let Some([lo, hi]) = shade.ends() else { return String::new() };
    let steps = (0..8).map(|k| f64::from(k) / 7.0);
    if screen.color == Color::None {
        return steps.map(|t| super::image::density(t, screen)).collect();
    }
    let cell = |t: f64| format!("{} ", paint(None, Some(shade.color(lo * (1.0 - t) + hi * t)), screen.color));
    steps.map(cell).collect::<String>() + "\x1b[0m"
}
