use kit::figure::Layer;
use kit::{Figure, InputError};

use crate::reference::m07_deep_learning::curves as reference;
use crate::reference::m07_deep_learning::fitting::Epoch;
use crate::specimens::specimen::{answering, chaff, wheat};

type Kata = fn(&[Epoch]) -> Result<Figure, InputError>;

/// The kata, answered by a specimen.
pub fn curves_figure(epochs: &[Epoch]) -> Result<Figure, InputError> {
    answering::<Kata>(
        module_path!(),
        reference::curves_figure,
        &[
            wheat("pushed", "pushes the layers one by one", |epochs| {
                let done = reference::curves_figure(epochs)?;
                let mut figure = Figure::new("Learning curves", "epoch", "loss and accuracy");
                done.layers.into_iter().for_each(|layer| figure.layers.push(layer));
                Ok(figure)
            }),
            wheat("from_the_epochs", "draws the lines from the epochs themselves", |epochs| {
                let mut figure = reference::curves_figure(epochs)?;
                let line = |label: &str, of: fn(&Epoch) -> f64| Layer::Line {
                    label: label.to_owned(),
                    through: (1..).zip(epochs).map(|(i, epoch)| [f64::from(i), of(epoch)]).collect(),
                };
                figure.layers[0] = line("training loss", |epoch| epoch.training.loss);
                figure.layers[3] = line("validation accuracy", |epoch| epoch.validation.accuracy);
                Ok(figure)
            }),
            chaff("from_zero", "Epochs are counted from 0.", |epochs| {
                altered(epochs, |layers| {
                    layers.iter_mut().for_each(|layer| match layer {
                        Layer::Line { through, .. } => through.iter_mut().for_each(|p| p[0] -= 1.0),
                        Layer::Points { at, .. } => at.iter_mut().for_each(|p| p[0] -= 1.0),
                        _ => {}
                    });
                })
            }),
            chaff("no_validation", "The training curves are enough.", |epochs| {
                altered(epochs, |layers| layers.truncate(1))
            }),
            chaff("best_on_training", "The best epoch is marked on the training loss.", |epochs| {
                altered(epochs, |layers| {
                    let Layer::Line { through, .. } = &layers[0] else { return };
                    let lowest = through.iter().copied().min_by(|a, b| a[1].total_cmp(&b[1]));
                    layers[4] =
                        Layer::Points { label: "best epoch".to_owned(), at: lowest.into_iter().collect() };
                })
            }),
            chaff("losses_and_accuracies_mixed", "The order of the lines does not matter.", |epochs| {
                altered(epochs, |layers| layers.swap(1, 2))
            }),
            chaff("nameless", "A figure needs no title.", |epochs| {
                reference::curves_figure(epochs).map(|figure| Figure { title: String::new(), ..figure })
            }),
            chaff("nothing_drawn", "No epochs give an empty figure.", |epochs| {
                if epochs.is_empty() {
                    Ok(Figure::new("Learning curves", "", ""))
                } else {
                    reference::curves_figure(epochs)
                }
            }),
            chaff("bad_epochs_left_out", "Epochs that are not finite are left out.", |epochs| {
                if epochs.first().is_some_and(|e| {
                    ![e.training.loss, e.validation.loss, e.training.accuracy, e.validation.accuracy]
                        .iter()
                        .all(|x| x.is_finite())
                }) {
                    return reference::curves_figure(epochs);
                }
                let good: Vec<Epoch> = epochs
                    .iter()
                    .filter(|e| {
                        [e.training.loss, e.validation.loss, e.training.accuracy, e.validation.accuracy]
                            .iter()
                            .all(|x| x.is_finite())
                    })
                    .copied()
                    .collect();
                reference::curves_figure(&good)
            }),
            chaff("progress_of_a_thousandth", "An improvement below 0.001 does not count.", |epochs| {
                let h: Vec<f64> = epochs.iter().map(|e| e.validation.loss).collect();
                altered(epochs, |layers| {
                    let b = (1..h.len()).fold(0, |b, i| if h[i] < h[b] - 1e-3 { i } else { b });
                    layers[4] =
                        Layer::Points { label: "best epoch".to_owned(), at: vec![[(b + 1) as f64, h[b]]] };
                })
            }),
            chaff("cut_off_above_two", "Losses above 2 are clipped.", |epochs| {
                let cut: Vec<Epoch> = epochs
                    .iter()
                    .map(|e| {
                        let mut e = *e;
                        e.training.loss = e.training.loss.min(2.0);
                        e.validation.loss = e.validation.loss.min(2.0);
                        e
                    })
                    .collect();
                reference::curves_figure(&if epochs
                    .iter()
                    .all(|e| e.training.loss.is_finite() && e.validation.loss.is_finite())
                {
                    cut
                } else {
                    epochs.to_vec()
                })
            }),
            wheat("epoch_by_epoch", "all four lines grow together, and the best point moves", |epochs| {
                let Some(first) = epochs.first() else {
                    return Err(InputError::TooFew { got: 0, wanted: 1 });
                };
                let names = ["training loss", "validation loss", "training accuracy", "validation accuracy"];
                let of = |e: &Epoch| {
                    [e.training.loss, e.validation.loss, e.training.accuracy, e.validation.accuracy]
                };
                for (measure, name) in names.into_iter().enumerate() {
                    if let Some(index) = epochs.iter().position(|epoch| !of(epoch)[measure].is_finite()) {
                        return Err(InputError::NotFinite { name, index });
                    }
                }
                let (mut lines, mut best) = (vec![Vec::new(); 4], [1.0, first.validation.loss]);
                let mut number = 0.0;
                for epoch in epochs {
                    number += 1.0;
                    lines.iter_mut().zip(of(epoch)).for_each(|(line, y)| line.push([number, y]));
                    if epoch.validation.loss < best[1] {
                        best = [number, epoch.validation.loss];
                    }
                }
                let mut figure = Figure::new("Learning curves", "epoch", "loss and accuracy");
                for (label, through) in names.into_iter().zip(lines) {
                    figure.layers.push(Layer::Line { label: label.to_owned(), through });
                }
                Ok(figure.with(Layer::Points { label: "best epoch".to_owned(), at: vec![best] }))
            }),
            chaff("losses_above_0", "A validation loss is never below 0.", |epochs| {
                altered(epochs, |layers| {
                    let Layer::Line { through, .. } = &layers[1] else { return };
                    if through.iter().all(|p| p[1] < 0.0) {
                        let at = vec![through[0]];
                        layers[4] = Layer::Points { label: "best epoch".to_owned(), at };
                    }
                })
            }),
            chaff("large_losses_logarithmic", "Large losses need a logarithmic axis.", |epochs| {
                let mut figure = reference::curves_figure(epochs)?;
                figure.y.logarithmic = epochs.iter().any(|epoch| epoch.training.loss > 2.5);
                Ok(figure)
            }),
        ],
    )(epochs)
}

fn altered(epochs: &[Epoch], alter: impl Fn(&mut Vec<Layer>)) -> Result<Figure, InputError> {
    let mut figure = reference::curves_figure(epochs)?;
    alter(&mut figure.layers);
    Ok(figure)
}
