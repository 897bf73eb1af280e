//! Which color a layer has, and what the legend says.

use kit::figure::{Figure, Layer};

/// How a layer is shown in the legend.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Points,
    Line,
    Arrow,
    Bar,
}

/// One line of the legend. Layers with the same label share it, and their color.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Entry<'a> {
    pub label: &'a str,
    pub series: usize,
    pub kinds: Vec<Kind>,
}

/// For each layer the number of its color; layers that have colors of their own get none.
pub(crate) fn series(figure: &Figure) -> Vec<Option<usize>> {
    let mut known: Vec<&str> = Vec::new();
    let mut number = |layer| {
        let (label, _) = label(layer)?;
        let found = known.iter().position(|other| !label.is_empty() && *other == label);
        Some(found.unwrap_or_else(|| {
            known.push(label);
            known.len() - 1
        }))
    };
    figure.layers.iter().map(&mut number).collect()
}

/// The legend, in the order of the layers.
pub(crate) fn entries(figure: &Figure) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (layer, number) in figure.layers.iter().zip(series(figure)) {
        let (Some((label, kind)), Some(series)) = (label(layer), number) else { continue };
        match entries.iter_mut().find(|entry| entry.series == series) {
            Some(entry) if entry.kinds.contains(&kind) => {}
            Some(entry) => entry.kinds.push(kind),
            None if label.is_empty() => {}
            None => entries.push(Entry { label, series, kinds: vec![kind] }),
        }
    }
    entries
}

fn label(layer: &Layer) -> Option<(&str, Kind)> {
    match layer {
        Layer::Points { label, .. } => Some((label, Kind::Points)),
        Layer::Line { label, .. } => Some((label, Kind::Line)),
        Layer::Arrows { label, .. } => Some((label, Kind::Arrow)),
        Layer::Bars { label, .. } => Some((label, Kind::Bar)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_label_means_the_same_color() {
        let points = |label: &str| Layer::Points { label: label.to_owned(), at: vec![] };
        let arrows = |label: &str| Layer::Arrows { label: label.to_owned(), arrows: vec![] };
        let figure =
            Figure::new("", "", "").with(points("before")).with(arrows("before")).with(points("after"));
        let figure = figure.with(points("")).with(points(""));
        assert_eq!(series(&figure), [Some(0), Some(0), Some(1), Some(2), Some(3)]);
        let entries = entries(&figure);
        assert_eq!(entries.len(), 2);
        assert_eq!(entries[0].kinds, [Kind::Points, Kind::Arrow]);
    }
}
