use judge::{
    Answer, Broken, Verdict, any, ensure, equal, example, figure_reads_as, for_all, rejected, rounding,
};
use katas::x1_trees::importance::importance_figure;
use kit::InputError;
use kit::figure::Layer;
use proptest::prelude::*;

use super::names::{NAMES, names};

const CALL: &str = "importance_figure(names, importances)";

/// A number for each of n features, with ties.
fn importances(most: usize) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    let sizes = any::size(1..=6, most);
    sizes.prop_flat_map(|n| {
        let kinds = any::kinds().prop_flat_map(move |[kind, _]| any::numbers(kind, n));
        let ties = any::vec(any::select(vec![0.0, 0.25, 0.5, -0.125]), n);
        any::part(prop_oneof![kinds.boxed(), ties.boxed()])
    })
}

fn near(got: f64, want: f64, size: f64) -> bool {
    (got - want).abs() <= rounding(4, size)
}

fn agrees(importances: &[f64]) -> Verdict {
    let (n, names) = (importances.len(), names(importances.len()));
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let figure = importance_figure(&names, importances).accepted(CALL)?;
    let words = [figure.title.as_str(), figure.x.label.as_str(), figure.y.label.as_str()];
    equal("title and axes", words, ["Feature importance", "feature", "importance"], "As the page says.")?;
    equal("the number of layers", figure.layers.len(), n + 1, "Bars, and a note for each bar.")?;
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&a, &b| importances[b].partial_cmp(&importances[a]).unwrap_or(std::cmp::Ordering::Equal));
    let largest = importances.iter().fold(0.0_f64, |largest, it| largest.max(it.abs()));
    let look = "The largest importance first; equal ones in the order given.";
    let bars = match &figure.layers[0] {
        Layer::Bars { label, bars } if label.is_empty() && bars.len() == n => bars,
        other => return Err(Broken::answer(format!("{other:?}"), format!("{n} bars without a label"), look)),
    };
    for (i, feature) in order.iter().enumerate() {
        let (left, height) = (i as f64, importances[*feature]);
        let [from, to, high] = bars[i];
        let is_right =
            near(from, left + 0.1, left + 1.0) && near(to, left + 0.9, left + 1.0) && high == height;
        ensure(is_right, || {
            let want = format!("from {} to {} and {height:?} high", left + 0.1, left + 0.9);
            Broken::answer(format!("bar {i} = {:?}", bars[i]), want, look)
        })?;
        let y = height.max(0.0) + largest / 20.0;
        let is_note = match &figure.layers[i + 1] {
            Layer::Note { at, text } => {
                text == names[*feature]
                    && near(at[0], left + 0.5, left + 1.0)
                    && near(at[1], y, 2.0 * largest)
            }
            _ => false,
        };
        ensure(is_note, || {
            let want = format!("a note at [{}, {y:?}]: {}", left + 0.5, names[*feature]);
            let look = "Each name stands a twentieth of the largest absolute importance above its bar.";
            Broken::answer(format!("layer {} = {:?}", i + 1, figure.layers[i + 1]), want, look)
        })?;
    }
    Ok(())
}

#[test]
fn shows_the_most_important_feature_first() {
    for_all("importances", any::vector(1..=6)).holds(|importances| agrees(importances));
}

#[test]
fn equal_importances_keep_their_order() {
    for_all("importances", any::vec(any::select(vec![0.0, 0.25, 0.5]), 2..=6))
        .cases(128)
        .holds(|importances| agrees(importances));
}

#[test]
fn draws_the_features_of_the_irises() {
    example(|| {
        // Of a random forest, on the flowers that it was not trained on: the mean of five folds.
        let figure = importance_figure(&NAMES, &[-0.0003, 0.0027, 0.2717, 0.1997]).accepted(CALL)?;
        let look = "Title, axes, bars in descending order, names.";
        figure_reads_as("x1_trees/importance/importance_figure", &figure, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::importance::importance_figure;
        use kit::figure::Layer;
        let figure = importance_figure(&["width", "length"], &[0.25, 0.5])?;
        let bars = vec![[0.1, 0.9, 0.5], [1.1, 1.9, 0.25]];
        assert_eq!(figure.layers[0], Layer::Bars { label: String::new(), bars });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn shows_any_number_of_features_of_any_magnitude() {
        for_all("importances", importances(1025)).cases(128).holds(|importances| agrees(importances));
    }

    #[test]
    fn shows_zeros_and_negative_importances() {
        example(|| {
            agrees(&[0.0, 0.0, 0.0])?;
            agrees(&[-0.0, 0.0, -0.0])?;
            agrees(&[-0.5, -0.25, -1e-12])?;
            agrees(&[0.25, -1e-12, -3.0, 1e-12])
        });
    }

    #[test]
    fn keeps_any_names() {
        example(|| {
            let long = "the mean of all that was measured, ".repeat(30);
            let names =
                ["", " ", "naïve", "a\nb", "same", "same", "Petal_Length", "  \tx ", "𝛼 of a 🌳", &long];
            let importances: Vec<f64> = (0..names.len()).rev().map(|i| i as f64).collect();
            let figure = importance_figure(&names, &importances).accepted(CALL)?;
            let texts: Vec<String> = figure
                .layers
                .into_iter()
                .filter_map(|layer| if let Layer::Note { text, .. } = layer { Some(text) } else { None })
                .collect();
            equal("the notes", texts, names.map(ToOwned::to_owned).to_vec(), "Names as they are.")
        });
    }

    #[test]
    fn rejects_another_number_of_names() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(48).holds(|&[left, right]| {
            let names = vec!["same"; left];
            let want = InputError::LengthMismatch { left, right };
            let got = importance_figure(&names, &vec![0.5; right]);
            rejected(CALL, got, want, "One name per importance; the number of names on the left.")
        });
    }

    #[test]
    fn rejects_not_finite_importances_and_none() {
        let inputs = (any::many(1..=6, 301), any::not_finite())
            .prop_flat_map(|(n, bad)| (Just(n), any::place(n), Just(bad)));
        for_all("n, i, bad", inputs).cases(64).holds(|&(n, index, bad)| {
            let mut importances = vec![0.5; n];
            importances[index] = bad;
            let want = InputError::NotFinite { name: "importances", index };
            let got = importance_figure(&vec!["same"; n], &importances);
            rejected(CALL, got, want, "Bars have a height.")?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(CALL, importance_figure(&[], &[]), want, "Nothing to draw.")
        });
    }
}
