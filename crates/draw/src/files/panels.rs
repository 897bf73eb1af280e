//! What is read more easily in another arrangement than layer over layer.

use kit::figure::{Figure, Layer};

/// The figure as panels, one below the other: two where the y axis names two measures, as `loss and accuracy`, and each line
/// is called after one of them. A share and a loss on one axis say less than each on its own.
pub(crate) fn panels(figure: &Figure) -> Vec<Figure> {
    let whole = || vec![figure.clone()];
    let Some((upper, lower)) = figure.y.label.split_once(" and ") else { return whole() };
    let is_of =
        |layer: &Layer, measure: &str| matches!(layer, Layer::Line { label, .. } if label.ends_with(measure));
    let lines = figure.layers.iter().filter(|layer| matches!(layer, Layer::Line { .. }));
    let (of_lower, others): (Vec<_>, Vec<_>) = lines.partition(|layer| is_of(layer, lower));
    if of_lower.is_empty() || others.is_empty() || !others.iter().all(|layer| is_of(layer, upper)) {
        return whole();
    }
    let panel = |measure: &str, layers: Vec<Layer>| {
        let mut panel = Figure { layers, ..figure.clone() };
        panel.y.label = measure.to_owned();
        panel
    };
    let rest: Vec<Layer> = figure.layers.iter().filter(|layer| !is_of(layer, lower)).cloned().collect();
    vec![panel(upper, rest), panel(lower, of_lower.into_iter().cloned().collect())]
}

/// Names of bars and where their middles are, where each bar has a note in it, and nothing else has one.
pub(crate) fn bar_names(figure: &Figure) -> Option<Vec<(f64, String)>> {
    let mut bars = figure.layers.iter().filter_map(|layer| match layer {
        Layer::Bars { bars, .. } => Some(bars),
        _ => None,
    });
    let (Some(bars), None) = (bars.next(), bars.next()) else { return None };
    let notes = figure.layers.iter().filter_map(|layer| match layer {
        Layer::Note { at, text } => Some((*at, text)),
        _ => None,
    });
    let notes: Vec<_> = notes.collect();
    let name = |[left, right, height]: &[f64; 3]| {
        let is_in = |at: [f64; 2]| (*left..=*right).contains(&at[0]) && (0.0..=*height).contains(&at[1]);
        let mut inside = notes.iter().filter(|(at, _)| is_in(*at));
        match (inside.next(), inside.next()) {
            (Some((_, text)), None) => Some(((left + right) / 2.0, (*text).clone())),
            _ => None,
        }
    };
    let names: Vec<_> = bars.iter().map(name).collect::<Option<_>>()?;
    (!names.is_empty() && names.len() == notes.len()).then_some(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(label: &str) -> Layer {
        Layer::Line { label: label.to_owned(), through: vec![[0.0, 1.0], [1.0, 2.0]] }
    }

    #[test]
    fn two_measures_get_a_panel_each() {
        let best = Layer::Points { label: "best epoch".to_owned(), at: vec![[1.0, 2.0]] };
        let curves = Figure::new("", "epoch", "loss and accuracy");
        let curves = curves.with(line("training loss")).with(line("training accuracy")).with(best);
        let panels = super::panels(&curves);
        let labels: Vec<_> =
            panels.iter().map(|panel| (panel.y.label.as_str(), panel.layers.len())).collect();
        assert_eq!(labels, [("loss", 2), ("accuracy", 1)]);
        let other = Figure::new("", "x", "rise and fall").with(line("rise")).with(line("something else"));
        assert_eq!(super::panels(&other).len(), 1);
    }

    #[test]
    fn notes_in_bars_name_them() {
        let bars = Layer::Bars { label: String::new(), bars: vec![[-0.4, 0.4, 2.0], [0.6, 1.4, 4.0]] };
        let note = |x: f64, y: f64, text: &str| Layer::Note { at: [x, y], text: text.to_owned() };
        let figure = Figure::new("", "", "rows").with(bars).with(note(0.0, 1.0, "a"));
        assert_eq!(bar_names(&figure), None);
        let figure = figure.with(note(1.0, 2.0, "b"));
        assert_eq!(bar_names(&figure), Some(vec![(0.0, "a".to_owned()), (1.0, "b".to_owned())]));
        assert_eq!(bar_names(&figure.with(note(3.0, 9.0, "far away"))), None);
    }
}
