use judge::{Broken, Verdict, any, close, equal, example, figure_reads_as, for_all, rounding};
use katas::m10_pipeline::report::figures;
use kit::figure::{Figure, Layer};
use kit::{Matrix, pipeline::Report};

use super::finished::{balanced, long_names, names, penguins, report, reports, wide_reports};

fn three(report: &Report) -> Result<[Figure; 3], Broken> {
    let got = figures(report);
    let count = got.len();
    <[Figure; 3]>::try_from(got).map_err(|_| {
        Broken::answer(
            format!("{count} figures"),
            "3 figures",
            "Class balance, learning curve, confusion matrix: in this order.",
        )
    })
}

#[test]
fn titles_and_axes_are_as_documented() {
    example(|| has_its_titles(three(&penguins())?));
}

fn has_its_titles(figures: [Figure; 3]) -> Verdict {
    let got = figures.map(|figure| [figure.title, figure.x.label, figure.y.label]);
    let want = [
        ["Class balance of the training set", "", "rows"],
        ["Learning curve", "step", "mean cross-entropy"],
        ["Confusion matrix of the test set", "predicted class", "true class"],
    ];
    let look = "They are given on the page, and are the same for every report.";
    equal("title, x and y of each", got, want.map(|it| it.map(ToOwned::to_owned)), look)
}

#[test]
fn bars_show_the_class_balance() {
    for_all("confusion, losses", reports()).cases(64).holds(|(confusion, losses)| {
        let report = report(&names(confusion.len()), confusion, losses);
        let [figure, ..] = three(&report)?;
        let rows = |c: usize| report.balance[c] as f64;
        let k = confusion.len();
        let look = "One layer of bars, then a note for each class.";
        let (mut words, mut places) = (Vec::new(), Vec::new());
        for layer in &figure.layers {
            match layer {
                Layer::Bars { label, bars } => {
                    words.push(format!("{} bars {label:?}", bars.len()));
                    places.extend(bars.concat());
                }
                Layer::Note { at, text } => {
                    words.push(format!("note {text:?}"));
                    places.extend(at);
                }
                other => words.push(format!("{other:?}")),
            }
        }
        let notes = (0..k).map(|c| format!("note {:?}", names(k)[c]));
        let want: Vec<String> = [format!("{k} bars {:?}", "")].into_iter().chain(notes).collect();
        equal("layers of the first figure", words, want, look)?;
        let bars = (0..k).flat_map(|c| [c as f64 - 0.4, c as f64 + 0.4, rows(c)]);
        let want: Vec<f64> = bars.chain((0..k).flat_map(|c| [c as f64, rows(c) / 2.0])).collect();
        let call = "left end, right end and height of each bar, then x and y of each note";
        // A bar may begin at c − 0.4 and be 0.8 wide.
        close(call, &places[..], &want[..], rounding(4, 4.0), look)
    });
}

#[test]
fn curve_starts_at_step_0() {
    for_all("confusion, losses", reports()).cases(64).holds(|(confusion, losses)| {
        let [_, figure, _] = three(&report(&names(confusion.len()), confusion, losses))?;
        let through = losses.iter().enumerate().map(|(step, loss)| [step as f64, *loss]).collect();
        let want = vec![Layer::Line { label: "training set".to_owned(), through }];
        equal(
            "layers of the second figure",
            figure.layers,
            want,
            "Loss t belongs to step t; the first is before any step.",
        )
    });
}

#[test]
fn table_is_the_test_confusion_matrix() {
    for_all("confusion, losses", reports()).cases(64).holds(|(confusion, losses)| {
        let k = confusion.len();
        let [_, _, figure] = three(&report(&names(k), confusion, losses))?;
        let names: Vec<String> = names(k).iter().map(ToString::to_string).collect();
        let values = Matrix::from_fn(k, k, |i, j| confusion[i][j] as f64);
        let want = vec![Layer::Table { label: String::new(), rows: names.clone(), cols: names, values }];
        equal(
            "layers of the third figure",
            figure.layers,
            want,
            "Rows are the true classes, and it is the second evaluation.",
        )
    });
}

#[test]
fn draws_the_class_balance_of_the_penguins() {
    example(|| {
        let [figure, ..] = three(&penguins())?;
        figure_reads_as(
            "m10_pipeline/report/balance",
            &figure,
            "The other laws of this kata say what each layer holds.",
        )
    });
}

#[test]
fn draws_the_learning_curve_of_the_penguins() {
    example(|| {
        let [_, figure, _] = three(&penguins())?;
        figure_reads_as(
            "m10_pipeline/report/descent",
            &figure,
            "The other laws of this kata say what each layer holds.",
        )
    });
}

#[test]
fn draws_the_confusion_matrix_of_the_penguins() {
    example(|| {
        let [.., figure] = three(&penguins())?;
        figure_reads_as(
            "m10_pipeline/report/confusion",
            &figure,
            "The other laws of this kata say what each layer holds.",
        )
    });
}

mod robust {
    use super::*;

    #[test]
    fn handles_many_classes_long_names_and_losses_of_all_magnitudes() {
        for_all("confusion, losses, seed", (wide_reports(), any::seed())).cases(24).holds(
            |((confusion, losses), seed)| {
                let k = confusion.len();
                let names = long_names(k, *seed);
                let borrowed: Vec<&str> = names.iter().map(String::as_str).collect();
                // In no order, and more than a byte holds.
                let mut report = balanced(&borrowed, confusion, losses, |c| (c * c * 797 + 3000) % 5009 + 2);
                report.target = format!("the kind of {}", names[0]);
                let [balance, curve, table] = three(&report)?;
                let look = "Every class, step and entry counts, and names and losses are shown as they are.";
                let rows = |c: usize| report.balance[c] as f64;
                let (mut notes, mut places, mut bars) = (Vec::new(), Vec::new(), Vec::new());
                for layer in &balance.layers {
                    match layer {
                        Layer::Note { text, at } => {
                            notes.push(text.clone());
                            places.extend(at);
                        }
                        Layer::Bars { bars: some, .. } => bars.extend(some.concat()),
                        _ => {}
                    }
                }
                equal("the notes of the first figure", &notes, &names, look)?;
                let want: Vec<f64> = (0..k).flat_map(|c| [c as f64 - 0.4, c as f64 + 0.4, rows(c)]).collect();
                let call = "left end, right end and height of each bar";
                close(call, &bars[..], &want[..], rounding(4, 128.0), look)?;
                let want: Vec<f64> = (0..k).flat_map(|c| [c as f64, rows(c) / 2.0]).collect();
                close("the places of the notes", &places[..], &want[..], rounding(4, 64.0), look)?;
                let through = losses.iter().enumerate().map(|(step, loss)| [step as f64, *loss]).collect();
                let want = vec![Layer::Line { label: "training set".to_owned(), through }];
                equal("layers of the second figure", &curve.layers, &want, look)?;
                let values = Matrix::from_fn(k, k, |i, j| confusion[i][j] as f64);
                let want =
                    vec![Layer::Table { label: String::new(), rows: names.clone(), cols: names, values }];
                equal("layers of the third figure", &table.layers, &want, look)?;
                has_its_titles([balance, curve, table])
            },
        );
    }
}
