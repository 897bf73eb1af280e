//! Other ways to compute it, right and wrong, for the specimens of `success_figure`.

use kit::figure::{Figure, Layer};
use kit::{Dense, InputError, Matrix};

use super::Drawn;
use crate::reference::boss::adversarial::fgsm;
use crate::reference::boss::robustness as reference;

/// With another place for each point.
pub(super) fn points(
    networks: &[(&str, &[Dense])],
    x: &Matrix,
    labels: &[usize],
    epsilons: &[f64],
    to: fn([f64; 2]) -> [f64; 2],
) -> Drawn {
    let mut figure = reference::success_figure(networks, x, labels, epsilons)?;
    for layer in &mut figure.layers {
        if let Layer::Line { through, .. } = layer {
            through.iter_mut().for_each(|point| *point = to(*point));
        }
    }
    Ok(figure)
}

pub(super) type Rate = fn(&[Dense], &Matrix, &[usize], f64) -> Result<f64, InputError>;

/// With another rate; the reference says what is rejected.
pub(super) fn by(
    networks: &[(&str, &[Dense])],
    x: &Matrix,
    labels: &[usize],
    epsilons: &[f64],
    rate: Rate,
) -> Drawn {
    let figure = reference::success_figure(networks, x, labels, epsilons)?;
    redrawn(figure, networks, |network, epsilon| rate(network, x, labels, epsilon))
}

/// With another rate for each network and ε, asked for in order.
pub(super) fn redrawn(
    mut figure: Figure,
    networks: &[(&str, &[Dense])],
    mut rate: impl FnMut(&[Dense], f64) -> Result<f64, InputError>,
) -> Drawn {
    for (layer, (_, network)) in figure.layers.iter_mut().zip(networks) {
        if let Layer::Line { through, .. } = layer {
            for point in through {
                point[1] = rate(network, point[0])?;
            }
        }
    }
    Ok(figure)
}

pub(super) fn attack_on_attack(
    networks: &[(&str, &[Dense])],
    x: &Matrix,
    labels: &[usize],
    epsilons: &[f64],
) -> Drawn {
    let figure = reference::success_figure(networks, x, labels, epsilons)?;
    let mut so_far = 0.0;
    let further = |network: &[Dense], epsilon: f64| {
        so_far += epsilon;
        let rows = (0..labels.len()).map(|i| fgsm(network, x.row(i), labels[i], so_far));
        let rows = rows.collect::<Result<Vec<_>, _>>()?.concat();
        reference::attack_success_rate(network, x, labels, &Matrix::new(x.rows(), x.cols(), rows)?)
    };
    redrawn(figure, networks, further)
}
