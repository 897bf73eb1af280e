use kit::Matrix;
use kit::figure::{Figure, Layer};
use kit::pipeline::Report;

use crate::reference::m10_pipeline::report as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Figures = fn(&Report) -> Vec<Figure>;

/// The kata, answered by a specimen.
pub fn figures(report: &Report) -> Vec<Figure> {
    answering::<Figures>(
        module_path!(),
        reference::figures,
        &[
            wheat("pushed_in_loops", "layers pushed one by one", |report| {
                let mut figures: Vec<Figure> = Vec::new();
                let mut first = Figure::new("Class balance of the training set", "", "rows");
                let mut bars = Vec::new();
                for (c, rows) in report.balance.iter().enumerate() {
                    let (middle, high) = (c as f64, *rows as f64);
                    bars.push([middle - 0.4, middle + 0.4, high]);
                }
                first.layers.push(Layer::Bars { label: String::new(), bars });
                for (c, name) in report.model.classes.iter().enumerate() {
                    let at = [c as f64, 0.5 * report.balance[c] as f64];
                    first.layers.push(Layer::Note { at, text: name.clone() });
                }
                figures.push(first);
                let mut through = Vec::new();
                for step in 0..report.losses.len() {
                    through.push([step as f64, report.losses[step]]);
                }
                let line = Layer::Line { label: "training set".to_owned(), through };
                figures.push(Figure::new("Learning curve", "step", "mean cross-entropy").with(line));
                figures.push(table(report, &report.evaluations[1].confusion));
                figures
            }),
            wheat("from_the_text", "writes a figure's text, and reads it back", |report| {
                let same = |figure: Figure| figure.to_string().parse().unwrap_or(figure);
                reference::figures(report).into_iter().map(same).collect()
            }),
            chaff(
                "predicted_rows",
                "The bars show how many training rows are predicted as each class.",
                |report| {
                    let mut figures = reference::figures(report);
                    let predicted =
                        |c: usize| report.evaluations[0].confusion.iter().map(|row| row[c]).sum::<usize>();
                    for layer in &mut figures[0].layers {
                        if let Layer::Bars { bars, .. } = layer {
                            bars.iter_mut().enumerate().for_each(|(c, bar)| bar[2] = predicted(c) as f64);
                        }
                    }
                    figures
                },
            ),
            chaff("transposed", "Rows of the confusion matrix are the predictions.", |report| {
                let counts = &report.evaluations[1].confusion;
                let k = counts.len();
                let turned: Vec<Vec<usize>> =
                    (0..k).map(|i| (0..k).map(|j| counts[j][i]).collect()).collect();
                replaced(report, 2, table(report, &turned))
            }),
            chaff("training_confusion", "The confusion matrix is that of the training set.", |report| {
                replaced(report, 2, table(report, &report.evaluations[0].confusion))
            }),
            chaff("steps_from_one", "Steps are counted from 1.", |report| {
                let mut figures = reference::figures(report);
                for layer in &mut figures[1].layers {
                    if let Layer::Line { through, .. } = layer {
                        through.iter_mut().for_each(|point| point[0] += 1.0);
                    }
                }
                figures
            }),
            chaff("last_loss_missing", "The loss after the last step is not part of the curve.", |report| {
                let mut figures = reference::figures(report);
                for layer in &mut figures[1].layers {
                    if let Layer::Line { through, .. } = layer {
                        through.pop();
                    }
                }
                figures
            }),
            chaff("no_names", "Classes are shown by number, not by name.", |report| {
                let mut figures = reference::figures(report);
                figures[0].layers.truncate(1);
                figures
            }),
            chaff(
                "bars_not_centered",
                "A bar begins at its number instead of being centered on it.",
                |report| {
                    let mut figures = reference::figures(report);
                    if let Layer::Bars { bars, .. } = &mut figures[0].layers[0] {
                        bars.iter_mut()
                            .enumerate()
                            .for_each(|(c, bar)| (bar[0], bar[1]) = (c as f64, c as f64 + 0.8));
                    }
                    figures
                },
            ),
            chaff("shares", "The bars show fractions, not counts.", |report| {
                let mut figures = reference::figures(report);
                let all: usize = report.balance.iter().sum();
                if let Layer::Bars { bars, .. } = &mut figures[0].layers[0] {
                    bars.iter_mut().for_each(|bar| bar[2] /= all as f64);
                }
                figures
            }),
            chaff("notes_behind", "The notes come before the bars.", |report| {
                let mut figures = reference::figures(report);
                figures[0].layers.rotate_left(1);
                figures
            }),
            chaff("without_titles", "A figure needs no title.", |report| {
                let mut figures = reference::figures(report);
                figures.iter_mut().for_each(|figure| figure.title.clear());
                figures
            }),
            chaff("two_pictures", "The learning curve is left out.", |report| {
                let mut figures = reference::figures(report);
                figures.remove(1);
                figures
            }),
            wheat("bars_of_one_width", "the left end of each bar, and its width", |report| {
                let names = &report.model.classes;
                let mut balance = Figure::new("Class balance of the training set", "", "rows");
                let left = |c: usize| c as f64 - 0.4;
                let bar = |(c, rows): (usize, &usize)| [left(c), left(c) + 0.8, *rows as f64];
                let bars = report.balance.iter().enumerate().map(bar).collect();
                balance.layers.push(Layer::Bars { label: String::new(), bars });
                balance.layers.extend(names.iter().enumerate().map(|(c, name)| {
                    let at = [left(c) + 0.8 / 2.0, 0.5 * report.balance[c] as f64];
                    Layer::Note { at, text: name.clone() }
                }));
                let mut step = 0.0;
                let mut through = vec![];
                for loss in &report.losses {
                    through.push([step, *loss]);
                    step += 1.0;
                }
                let line = Layer::Line { label: "training set".to_owned(), through };
                let descent = Figure::new("Learning curve", "step", "mean cross-entropy").with(line);
                vec![balance, descent, table(report, &report.evaluations[1].confusion)]
            }),
            chaff("counts_of_a_byte", "A count fits into one byte.", |report| {
                let mut report = report.clone();
                report.evaluations[1].confusion.iter_mut().flatten().for_each(|count| *count %= 256);
                reference::figures(&report)
            }),
            chaff("bars_of_a_byte", "A class has at most 255 training rows.", |report| {
                let mut report = report.clone();
                report.balance.iter_mut().for_each(|rows| *rows = (*rows).min(255));
                reference::figures(&report)
            }),
            chaff("bars_of_a_thousand", "A bar is at most 1000 high.", |report| {
                let mut report = report.clone();
                report.balance.iter_mut().for_each(|rows| *rows = (*rows).min(1000));
                reference::figures(&report)
            }),
            chaff("narrow_bars", "With more than five classes bars are narrower.", |report| {
                let mut figures = reference::figures(report);
                if let Layer::Bars { bars, .. } = &mut figures[0].layers[0]
                    && bars.len() > 5
                {
                    bars.iter_mut()
                        .for_each(|[left, right, _]| (*left, *right) = (*left + 0.1, *right - 0.1));
                }
                figures
            }),
            chaff("short_names", "A name has at most forty letters.", |report| {
                let mut figures = reference::figures(report);
                for layer in &mut figures[0].layers {
                    if let Layer::Note { text, .. } = layer {
                        *text = text.chars().take(40).collect();
                    }
                }
                figures
            }),
            chaff("target_title", "The title names the target.", |report| {
                let mut figures = reference::figures(report);
                if report.target.len() > 8 {
                    figures[2].title = format!("Confusion matrix of {}", report.target);
                }
                figures
            }),
            chaff("shortest_first", "Names next to a table are sorted by length.", |report| {
                let mut figures = reference::figures(report);
                if let Layer::Table { rows, .. } = &mut figures[2].layers[0]
                    && rows.len() > 4
                {
                    rows.sort_by_key(String::len);
                }
                figures
            }),
        ],
    )(report)
}

fn table(report: &Report, counts: &[Vec<usize>]) -> Figure {
    let names = report.model.classes.clone();
    let values = Matrix::from_fn(names.len(), names.len(), |i, j| counts[i][j] as f64);
    let layer = Layer::Table { label: String::new(), rows: names.clone(), cols: names, values };
    Figure::new("Confusion matrix of the test set", "predicted class", "true class").with(layer)
}

fn replaced(report: &Report, which: usize, figure: Figure) -> Vec<Figure> {
    let mut figures = reference::figures(report);
    figures[which] = figure;
    figures
}
