use kit::figure::{Figure, Layer};
use kit::{InputError, check};

use crate::reference::x1_trees::importance as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Drawn = Result<Figure, InputError>;
type ImportanceFigure = fn(&[&str], &[f64]) -> Drawn;

/// The kata, answered by a specimen.
pub fn importance_figure(names: &[&str], importances: &[f64]) -> Result<Figure, InputError> {
    answering::<ImportanceFigure>(
        module_path!(),
        reference::importance_figure,
        &[
            wheat("pairs", "sorts pairs of importance and name", |names, importances| {
                drawn(names, importances, &PLAIN)
            }),
            wheat("one_by_one", "takes out the largest one again and again", |names, importances| {
                let order = |importances: &[f64]| {
                    let mut left: Vec<usize> = (0..importances.len()).collect();
                    let mut order = Vec::new();
                    while !left.is_empty() {
                        let best = (1..left.len()).fold(0, |best, k| {
                            if importances[left[k]] > importances[left[best]] { k } else { best }
                        });
                        order.push(left.remove(best));
                    }
                    order
                };
                drawn(names, importances, &Plan { order, ..PLAIN })
            }),
            chaff("as_they_come", "The bars stand in the order of the features.", |names, importances| {
                let order = |importances: &[f64]| (0..importances.len()).collect();
                drawn(names, importances, &Plan { order, ..PLAIN })
            }),
            chaff("ascending", "The least important feature comes first.", |names, importances| {
                let order = |importances: &[f64]| {
                    let mut order: Vec<usize> = (0..importances.len()).collect();
                    order.sort_by(|&a, &b| importances[a].total_cmp(&importances[b]));
                    order
                };
                drawn(names, importances, &Plan { order, ..PLAIN })
            }),
            chaff(
                "ties_turned",
                "Sorting ascending and reversing keeps equal ones in order.",
                |names, importances| {
                    let order = |importances: &[f64]| {
                        let mut order: Vec<usize> = (0..importances.len()).collect();
                        order.sort_by(|&a, &b| (importances[a] + 0.0).total_cmp(&(importances[b] + 0.0)));
                        order.reverse();
                        order
                    };
                    drawn(names, importances, &Plan { order, ..PLAIN })
                },
            ),
            chaff(
                "by_size",
                "The most important feature has the largest absolute value.",
                |names, importances| {
                    let order = |importances: &[f64]| {
                        let mut order: Vec<usize> = (0..importances.len()).collect();
                        order.sort_by(|&a, &b| importances[b].abs().total_cmp(&importances[a].abs()));
                        order
                    };
                    drawn(names, importances, &Plan { order, ..PLAIN })
                },
            ),
            chaff("signed_zeros", "−0 is less important than 0.", |names, importances| {
                let order = |importances: &[f64]| {
                    let mut order: Vec<usize> = (0..importances.len()).collect();
                    order.sort_by(|&a, &b| importances[b].total_cmp(&importances[a]));
                    order
                };
                drawn(names, importances, &Plan { order, ..PLAIN })
            }),
            chaff("names_not_sorted", "The names stay where they are.", |names, importances| {
                let mut figure = reference::importance_figure(names, importances)?;
                for (layer, name) in figure.layers.iter_mut().skip(1).zip(names) {
                    if let Layer::Note { text, .. } = layer {
                        *text = (*name).to_owned();
                    }
                }
                Ok(figure)
            }),
            chaff(
                "names_tidied",
                "A name is shown in lower case and cut where it is long.",
                |names, importances| {
                    let mut figure = reference::importance_figure(names, importances)?;
                    for layer in &mut figure.layers {
                        if let Layer::Note { text, .. } = layer {
                            *text = text.to_lowercase().chars().take(40).collect();
                        }
                    }
                    Ok(figure)
                },
            ),
            chaff("whole_width", "Bars touch each other.", |names, importances| {
                drawn(names, importances, &Plan { bar: |i| [i, i + 1.0], ..PLAIN })
            }),
            chaff("from_one", "The first bar is number 1.", |names, importances| {
                drawn(names, importances, &Plan { bar: |i| [i + 1.1, i + 1.9], ..PLAIN })
            }),
            chaff("negative_cut", "A negative importance is drawn as 0.", |names, importances| {
                drawn(names, importances, &Plan { height: |height| height.max(0.0), ..PLAIN })
            }),
            chaff("percent", "Importances are percentages.", |names, importances| {
                drawn(names, importances, &Plan { height: |height| 100.0 * height, ..PLAIN })
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |names, importances| {
                drawn(names, importances, &Plan { height: |height| f64::from(height as f32), ..PLAIN })
            }),
            chaff("on_the_bar", "A name stands on its bar.", |names, importances| {
                drawn(names, importances, &Plan { note: |height, _| height.max(0.0), ..PLAIN })
            }),
            chaff(
                "above_negative_bars",
                "The name of a negative bar stands a bit above its end.",
                |names, importances| {
                    drawn(
                        names,
                        importances,
                        &Plan { note: |height, largest| height + largest / 20.0, ..PLAIN },
                    )
                },
            ),
            chaff("fixed_gap", "A gap of 0.05 fits every figure.", |names, importances| {
                drawn(names, importances, &Plan { note: |height, _| height.max(0.0) + 0.05, ..PLAIN })
            }),
            chaff("largest_signed", "The largest importance is positive.", |names, importances| {
                let most = importances.iter().copied().fold(0.0_f64, f64::max);
                let mut figure = reference::importance_figure(names, importances)?;
                let largest = importances.iter().fold(0.0_f64, |largest, it| largest.max(it.abs()));
                for layer in &mut figure.layers {
                    if let Layer::Note { at, .. } = layer {
                        at[1] += (most - largest) / 20.0;
                    }
                }
                Ok(figure)
            }),
            chaff("ten_bars", "A bar chart shows the ten most important features.", |names, importances| {
                let mut figure = reference::importance_figure(names, importances)?;
                figure.layers.truncate(11);
                if let Some(Layer::Bars { bars, .. }) = figure.layers.first_mut() {
                    bars.truncate(10);
                }
                Ok(figure)
            }),
            chaff("no_names", "The bars need no names.", |names, importances| {
                let mut figure = reference::importance_figure(names, importances)?;
                figure.layers.truncate(1);
                Ok(figure)
            }),
            chaff("axes_exchanged", "The features stand on the vertical axis.", |names, importances| {
                let mut figure = reference::importance_figure(names, importances)?;
                std::mem::swap(&mut figure.x, &mut figure.y);
                Ok(figure)
            }),
            chaff("names_cut", "Surplus names are ignored.", |names, importances| {
                let n = names.len().min(importances.len());
                reference::importance_figure(&names[..n], &importances[..n])
            }),
            chaff("nan_as_0", "An importance that is no number counts as 0.", |names, importances| {
                let finite = |it: &f64| if it.is_finite() { *it } else { 0.0 };
                reference::importance_figure(names, &importances.iter().map(finite).collect::<Vec<_>>())
            }),
            chaff("empty", "Without features the figure is empty.", |names, importances| {
                if names.is_empty() && importances.is_empty() {
                    return Ok(Figure::new("Feature importance", "feature", "importance"));
                }
                reference::importance_figure(names, importances)
            }),
        ],
    )(names, importances)
}

/// How the figure is laid out.
struct Plan {
    order: fn(&[f64]) -> Vec<usize>,
    bar: fn(f64) -> [f64; 2],
    height: fn(f64) -> f64,
    /// Of the height of its bar and the largest absolute importance.
    note: fn(f64, f64) -> f64,
}

const PLAIN: Plan = Plan {
    order: |importances| {
        let mut pairs: Vec<(f64, usize)> = importances.iter().copied().zip(0..).collect();
        pairs.sort_by(|a, b| b.0.partial_cmp(&a.0).unwrap_or(std::cmp::Ordering::Equal).then(a.1.cmp(&b.1)));
        pairs.into_iter().map(|(_, feature)| feature).collect()
    },
    bar: |i| [i + 0.1, i + 0.9],
    height: |height| height,
    note: |height, largest| if height > 0.0 { height + 0.05 * largest } else { 0.05 * largest },
};

fn drawn(names: &[&str], importances: &[f64], plan: &Plan) -> Drawn {
    check::same_length(names.len(), importances.len())?;
    check::at_least(1, names.len())?;
    check::finite("importances", importances)?;
    let order = (plan.order)(importances);
    let largest = importances.iter().map(|it| it.abs()).fold(0.0, f64::max);
    let bar = |(i, feature): (usize, &usize)| {
        let [left, right] = (plan.bar)(i as f64);
        [left, right, (plan.height)(importances[*feature])]
    };
    let bars = order.iter().enumerate().map(bar).collect();
    let mut figure = Figure::new("Feature importance", "feature", "importance")
        .with(Layer::Bars { label: String::new(), bars });
    for (i, feature) in order.iter().enumerate() {
        let [left, right] = (plan.bar)(i as f64);
        let at = [f64::midpoint(left, right), (plan.note)(importances[*feature], largest)];
        figure = figure.with(Layer::Note { at, text: names[*feature].to_owned() });
    }
    Ok(figure)
}
