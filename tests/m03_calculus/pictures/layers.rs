//! The layers that both figures share.

use judge::{Verdict, any, equal};
use kit::Figure;
use kit::figure::Layer;
use proptest::prelude::*;

/// A path of points in eighths, of which sometimes some or all are equal.
pub fn path() -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let path = any::length(1..=5, 257).prop_flat_map(|n| any::vector(n..=n));
    (path, 0..8_usize).prop_map(|(path, same)| stay(path, same))
}

/// The path stays where it is: for a step, or for ever.
fn stay<P: Copy>(mut path: Vec<P>, same: usize) -> Vec<P> {
    let first = path[0];
    match same {
        0 => path.fill(first),
        1 => path.insert(0, first),
        _ => {}
    }
    path
}

/// A path in the plane.
pub fn plane_path() -> impl Strategy<Value = Vec<[f64; 2]>> + Send + Sync + Clone {
    let path = any::length(1..=5, 257).prop_flat_map(|n| judge::any::vec([any::eighth(), any::eighth()], n));
    // Also along one axis only, or with negative coordinates.
    (path, 0..8_usize).prop_map(|(mut path, same)| {
        let first = path[0];
        match same {
            2 => path.iter_mut().for_each(|point| point[0] = first[0]),
            3 => path.iter_mut().for_each(|point| point[1] = first[1]),
            4 => path.iter_mut().flatten().for_each(|x| *x = -x.abs()),
            _ => {}
        }
        stay(path, same)
    })
}

/// There are the five layers that are documented, in their order; `back` is the kind of the first.
pub fn five_layers(figure: &Figure, back: &str) -> Verdict {
    let got: Vec<String> = figure.layers.iter().map(name).collect();
    let want =
        [back, "arrows steps", "points path", "points start", "points end"].map(str::to_owned).to_vec();
    let look = "The documentation lists the layers with their labels, from back to front.";
    equal("the layers, from back to front,", got, want, look)
}

/// The layers in front show the path, the steps from point to point, and both ends.
pub fn front_shows(figure: &Figure, back: &str, path: &[[f64; 2]]) -> Verdict {
    five_layers(figure, back)?;
    let steps: Vec<_> = path.windows(2).map(|ends| [ends[0], ends[1]]).collect();
    if let Layer::Arrows { arrows, .. } = &figure.layers[1] {
        let look = "Each arrow goes from a point of the path to the next one: one fewer than points.";
        equal("the arrows", arrows, &steps, look)?;
    }
    let wanted = [path, &path[..1], &path[path.len() - 1..]];
    for (layer, want) in figure.layers[2..].iter().zip(wanted) {
        if let Layer::Points { label, at } = layer {
            equal(
                &format!("the points {label:?}"),
                at.as_slice(),
                want,
                "Points of the path, in its order.",
            )?;
        }
    }
    Ok(())
}

/// Kind and label of a layer.
fn name(layer: &Layer) -> String {
    match layer {
        Layer::Line { label, .. } => format!("line {label}"),
        Layer::Arrows { label, .. } => format!("arrows {label}"),
        Layer::Points { label, .. } => format!("points {label}"),
        Layer::Field { label, contours: true, .. } => format!("contours {label}"),
        other => format!("another layer: {other:?}"),
    }
}
