use kit::figure::Layer;
use kit::{Figure, InputError};

use crate::reference::m02_statistics::limit_theorems as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type CentralLimitFigure = fn(usize, &[f64]) -> Result<Figure, InputError>;

/// The kata, answered by a specimen.
pub fn central_limit_figure(dice: usize, means: &[f64]) -> Result<Figure, InputError> {
    answering::<CentralLimitFigure>(
        module_path!(),
        reference::central_limit_figure,
        &[
            wheat("bar_by_bar", "goes through the means once for each bar", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                let (n, all) = (dice as f64, means.len() as f64);
                each_bar(&mut figure, |i, bar| {
                    let k = (dice + i) as f64;
                    let count = means.iter().filter(|&mean| (mean * n - k).abs() < 0.5).count();
                    [bar[0], bar[1], count as f64 / (all / n)]
                });
                Ok(figure)
            }),
            wheat(
                "bars_around_the_means",
                "puts each bar half a step to either side of k/n",
                |dice, means| {
                    let mut figure = reference::central_limit_figure(dice, means)?;
                    let n = dice as f64;
                    each_bar(&mut figure, |i, bar| {
                        let middle = (dice + i) as f64 / n;
                        [middle - 0.5 / n, middle + 0.5 / n, bar[2]]
                    });
                    each_point(&mut figure, |i, [_, y]| [1.0 + 0.05 * i as f64, y]);
                    Ok(figure)
                },
            ),
            wheat("places_added_up", "goes from bar to bar and from point to point", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                let (n, all) = (dice as f64, means.len() as f64);
                let mut left = 1.0 - 0.5 / n;
                each_bar(&mut figure, |i, _| {
                    let count = means.iter().filter(|&mean| (mean * n).round() as usize == dice + i).count();
                    left += if i == 0 { 0.0 } else { 1.0 / n };
                    [left, left + 1.0 / n, count as f64 / all * n]
                });
                let mut x = 1.0;
                each_point(&mut figure, |i, _| {
                    x += if i == 0 { 0.0 } else { 0.05 };
                    [x, reference_height(dice) * (-6.0 * n / 35.0 * (x - 3.5) * (x - 3.5)).exp()]
                });
                Ok(figure)
            }),
            chaff("truncated", "n times a mean is a whole number, so it can be truncated.", |dice, means| {
                let n = dice as f64;
                reference::central_limit_figure(dice, means)?;
                let cut: Vec<f64> = means.iter().map(|mean| (mean * n).floor().max(n) / n).collect();
                reference::central_limit_figure(dice, &cut)
            }),
            chaff("counts", "The height of a bar is its count.", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                each_bar(&mut figure, |_, [l, r, h]| [l, r, h * means.len() as f64 / dice as f64]);
                Ok(figure)
            }),
            chaff("shares", "The height of a bar is its relative frequency.", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                each_bar(&mut figure, |_, [l, r, h]| [l, r, h / dice as f64]);
                Ok(figure)
            }),
            chaff("bars_from_the_means", "A bar starts at its mean.", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                let half = 0.5 / dice as f64;
                each_bar(&mut figure, |_, [l, r, h]| [l + half, r + half, h]);
                Ok(figure)
            }),
            chaff("empty_bars_left_out", "Bars of height 0 are omitted.", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                if let Some(Layer::Bars { bars, .. }) = figure.layers.get_mut(0) {
                    bars.retain(|bar| bar[2] > 0.0);
                }
                Ok(figure)
            }),
            chaff(
                "bell_of_one_die",
                "The normal density has the standard deviation of one die.",
                |dice, means| {
                    let mut figure = reference::central_limit_figure(dice, means)?;
                    let one = reference::central_limit_figure(1, &[3.0])?;
                    figure.layers[1] = one.layers[1].clone();
                    Ok(figure)
                },
            ),
            chaff("deviation_over_n", "The standard deviation of a mean decreases as 1/n.", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                let narrow = reference::central_limit_figure(dice * dice, &[3.0])?;
                figure.layers[1] = narrow.layers[1].clone();
                Ok(figure)
            }),
            chaff("bell_of_height_one", "The maximum of a density is 1.", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                let height = reference_height(dice);
                each_point(&mut figure, |_, [x, y]| [x, y / height]);
                Ok(figure)
            }),
            chaff("bell_behind", "The line is the first layer.", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                figure.layers.reverse();
                Ok(figure)
            }),
            chaff("untitled", "A figure needs no title.", |dice, means| {
                let mut figure = reference::central_limit_figure(dice, means)?;
                figure.title.clear();
                Ok(figure)
            }),
            chaff("outside_left_out", "A mean outside of [1, 6] is ignored.", |dice, means| {
                let inside: Vec<f64> =
                    means.iter().copied().filter(|mean| !(*mean < 1.0 || *mean > 6.0)).collect();
                reference::central_limit_figure(dice, &inside)
            }),
            chaff("nan_left_out", "A NaN is a missing value and can be skipped.", |dice, means| {
                let known: Vec<f64> = means.iter().copied().filter(|mean| !mean.is_nan()).collect();
                reference::central_limit_figure(dice, &known)
            }),
            chaff("outside_at_the_border", "A mean just outside belongs to the last bar.", |dice, means| {
                if means.iter().any(|x| x.is_finite() && (*x < 0.99 || *x > 6.01)) {
                    return reference::central_limit_figure(dice, means);
                }
                let near = |x: &f64| if x.is_finite() { x.clamp(1.0, 6.0) } else { *x };
                reference::central_limit_figure(dice, &means.iter().map(near).collect::<Vec<_>>())
            }),
        ],
    )(dice, means)
}

/// The height of the bell at 3.5.
fn reference_height(dice: usize) -> f64 {
    (12.0 * dice as f64 / 35.0 / (2.0 * std::f64::consts::PI)).sqrt()
}

fn each_bar(figure: &mut Figure, mut to: impl FnMut(usize, [f64; 3]) -> [f64; 3]) {
    if let Some(Layer::Bars { bars, .. }) = figure.layers.get_mut(0) {
        bars.iter_mut().enumerate().for_each(|(i, bar)| *bar = to(i, *bar));
    }
}

fn each_point(figure: &mut Figure, mut to: impl FnMut(usize, [f64; 2]) -> [f64; 2]) {
    if let Some(Layer::Line { through, .. }) = figure.layers.get_mut(1) {
        through.iter_mut().enumerate().for_each(|(i, point)| *point = to(i, *point));
    }
}
