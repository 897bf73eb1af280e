//! What the figures of this milestone consist of, or why they do not.

use judge::{Broken, Verdict, close, equal};
use kit::Figure;
use kit::figure::Layer;

/// The kind of a layer with its label: `bars throws`.
fn name(layer: &Layer) -> String {
    match layer {
        Layer::Bars { label, .. } => format!("bars {label}"),
        Layer::Line { label, .. } => format!("line {label}"),
        other => format!("{other:?}"),
    }
}

/// The kinds of all layers with their labels.
pub(crate) fn layers(figure: &Figure) -> Vec<String> {
    figure.layers.iter().map(name).collect()
}

/// Title and both axes.
pub(crate) fn captions(figure: &Figure) -> [&str; 3] {
    [&figure.title, &figure.x.label, &figure.y.label]
}

pub(crate) fn bars(figure: &Figure, layer: usize) -> Result<&[[f64; 3]], Broken> {
    match figure.layers.get(layer) {
        Some(Layer::Bars { bars, .. }) => Ok(bars),
        other => Err(missing(other, layer, "bars")),
    }
}

pub(crate) fn line(figure: &Figure, layer: usize) -> Result<&[[f64; 2]], Broken> {
    match figure.layers.get(layer) {
        Some(Layer::Line { through, .. }) => Ok(through),
        other => Err(missing(other, layer, "a line")),
    }
}

fn missing(got: Option<&Layer>, layer: usize, want: &str) -> Broken {
    let look = "The documentation lists the layers from back to front.";
    let got = got.map_or("not there".to_owned(), name);
    Broken::answer(format!("layer {layer} is {got}"), want, look)
}

/// The same rows of numbers, each up to its tolerance.
pub(crate) fn same_rows<const N: usize>(
    what: &str,
    got: &[[f64; N]],
    want: &[[f64; N]],
    tolerance: [f64; N],
    look: &str,
) -> Verdict {
    equal(&format!("the number of {what}s"), got.len(), want.len(), look)?;
    for (i, (got, want)) in got.iter().zip(want).enumerate() {
        for k in 0..N {
            let look = format!("{look} Wanted is {want:?}.");
            close(&format!("{what} {i} = {got:?}, number {k}"), got[k], want[k], tolerance[k], look)?;
        }
    }
    Ok(())
}
