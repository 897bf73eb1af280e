//! Other ways to compute it, right and wrong, for the specimens of `adversarial_figure`.

use kit::figure::{Figure, Layer};
use kit::{Dense, Matrix, check};

use super::super::{logits, says};
use super::Drawn;
use crate::reference::boss::adversarial::fgsm;
use crate::reference::boss::robustness as reference;

pub(super) fn pixels(figure: &Figure, k: usize) -> &Matrix {
    match &figure.layers[k] {
        Layer::Image { pixels, .. } => pixels,
        other => panic!("{other:?} is no image"),
    }
}

pub(super) fn pixels_mut(figure: &mut Figure, k: usize) -> &mut Matrix {
    match &mut figure.layers[k] {
        Layer::Image { pixels, .. } => pixels,
        other => panic!("{other:?} is no image"),
    }
}

/// With another shade for each change and ε.
pub(super) fn changed(
    network: &[Dense],
    image: &Matrix,
    label: usize,
    epsilon: f64,
    names: &[&str],
    shade: fn(f64, f64) -> f64,
) -> Drawn {
    let mut figure = reference::adversarial_figure(network, image, label, epsilon, names)?;
    let after = pixels(&figure, 2).clone();
    let of = |i: usize, j: usize| shade(after[(i, j)] - image[(i, j)], epsilon);
    *pixels_mut(&mut figure, 1) = Matrix::from_fn(image.rows(), image.cols(), of);
    Ok(figure)
}

/// With other words above the first and the third image.
pub(super) fn labeled(
    network: &[Dense],
    image: &Matrix,
    label: usize,
    epsilon: f64,
    names: &[&str],
    words: fn(&[Dense], &[f64], &[&str]) -> String,
) -> Drawn {
    let mut figure = reference::adversarial_figure(network, image, label, epsilon, names)?;
    for k in [0, 2] {
        if let Layer::Image { label, pixels, .. } = &mut figure.layers[k] {
            *label = words(network, pixels.as_slice(), names);
        }
    }
    Ok(figure)
}

pub(super) fn drawn_from_the_right(
    network: &[Dense],
    image: &Matrix,
    label: usize,
    epsilon: f64,
    names: &[&str],
) -> Drawn {
    let (r, c) = image.shape();
    check::at_least(1, r * c)?;
    let new = fgsm(network, image.as_slice(), label, epsilon)?;
    let classes = logits(network, &new).len();
    check::same_length(classes, names.len())?;
    let said = |pixels: &[f64]| {
        let z = logits(network, pixels);
        let class = says(network, pixels);
        let percent = (1.0 / z.iter().map(|other| (other - z[class]).exp()).sum::<f64>() * 100.0).round();
        format!("{} ({percent} %)", names[class])
    };
    let shades = new.iter().zip(image.as_slice()).map(|(new, old)| match new - old {
        0.0 => 0.5,
        change => 0.5 * (1.0 + change / epsilon),
    });
    let (w, h) = (c as f64, r as f64);
    let layer = |label: String, left: f64, pixels: Vec<f64>| Layer::Image {
        label,
        at: [left, 0.0],
        size: [w, h],
        pixels: Matrix::from_fn(r, c, |i, j| pixels[i * c + j]),
        color: false,
    };
    let mut figure = Figure::new(
        &["Adversarial example for ", names[label], ", ε = ", &epsilon.to_string()].concat(),
        "",
        "",
    );
    figure.equal_axes = true;
    figure.layers.push(layer(said(&new), 2.5 * w, new.clone()));
    figure.layers.push(layer("perturbation".to_owned(), w + w / 4.0, shades.collect()));
    figure.layers.push(layer(said(image.as_slice()), 0.0, image.as_slice().to_vec()));
    figure.layers.reverse();
    Ok(figure)
}
