use judge::{Answer, Broken, equal, example, figure_reads_as, for_all, rejected};
use katas::m07_deep_learning::curves::curves_figure;
use kit::figure::Layer;
use kit::{Figure, InputError};

use super::courses::{Course, NAMES, any_course, course, spoiled};

fn figure(course: &Course) -> Result<Figure, Broken> {
    curves_figure(&course.epochs()).accepted("curves_figure(epochs)")
}

#[test]
fn draws_the_four_curves() {
    for_all("epochs", course()).holds(|course| {
        let figure = figure(course)?;
        for (which, name) in NAMES.into_iter().enumerate() {
            let through =
                course.measure(which).iter().enumerate().map(|(i, y)| [(i + 1) as f64, *y]).collect();
            let want = Layer::Line { label: name.to_owned(), through };
            let look = "Layers 0 to 3 are lines through (epoch from 1, value): losses first, training \
                before validation.";
            equal(&format!("layer {which}"), figure.layers.get(which), Some(&want), look)?;
        }
        Ok(())
    });
}

#[test]
fn marks_the_best_epoch_on_the_validation_loss() {
    for_all("epochs", course()).holds(|course| {
        let best = course.best();
        let at = vec![[best as f64, course.measure(1)[best - 1]]];
        let want = Layer::Points { label: "best epoch".to_owned(), at };
        let look = "One point, in front of the lines, at the first minimum of the validation loss.";
        let figure = figure(course)?;
        equal("layer 4", figure.layers.get(4), Some(&want), look)?;
        equal("the number of layers", figure.layers.len(), 5, "Four lines and a point.")
    });
}

#[test]
fn has_title_and_axes() {
    for_all("epochs", any_course()).cases(24).holds(|course| {
        let figure = figure(course)?;
        let words = [figure.title, figure.x.label, figure.y.label];
        equal(
            "title and axes",
            words,
            ["Learning curves", "epoch", "loss and accuracy"].map(str::to_owned),
            "As documented.",
        )?;
        let special = (figure.equal_axes, figure.x.logarithmic, figure.y.logarithmic);
        equal("equal or logarithmic axes", special, (false, false, false), "Plain axes.")
    });
}

#[test]
fn draws_an_overfitting_training() {
    example(|| {
        let epoch = |i: i32| {
            let t = f64::from(i);
            let training = 2.0 * (-0.35 * t).exp() + 0.02;
            let validation = 2.0 * (-0.3 * t).exp() + 0.25 + 0.002 * t * t;
            [
                training,
                validation,
                1.0 - 0.8 * (-0.4 * t).exp(),
                0.93 - 0.75 * (-0.4 * t).exp() - 0.0002 * t * t,
            ]
        };
        let figure = figure(&Course((1..=20).map(epoch).collect()))?;
        let look = "The other laws of this kata check each layer: look at them first.";
        figure_reads_as("m07_deep_learning/curves/curves_figure", &figure, look)
    });
}

#[test]
fn is_exact_for_any_number_of_epochs_and_magnitude() {
    for_all("epochs", any_course()).cases(96).holds(|course| {
        let figure = figure(course)?;
        let look = "Every epoch counts, whatever their number and however large or small their losses.";
        for (which, name) in NAMES.into_iter().enumerate() {
            let through =
                course.measure(which).iter().enumerate().map(|(i, y)| [(i + 1) as f64, *y]).collect();
            let want = Layer::Line { label: name.to_owned(), through };
            equal(&format!("layer {which}"), figure.layers.get(which), Some(&want), look)?;
        }
        let best = course.best();
        let at = vec![[best as f64, course.measure(1)[best - 1]]];
        equal(
            "layer 4",
            figure.layers.get(4),
            Some(&Layer::Points { label: "best epoch".to_owned(), at }),
            look,
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m07_deep_learning::curves::curves_figure;
        use katas::m07_deep_learning::fitting::Epoch;
        use katas::m07_deep_learning::training::Score;
        let score = Score { loss: 0.5, accuracy: 0.75 };
        let figure = curves_figure(&[Epoch { training: score, validation: score }]).unwrap();
        assert_eq!(figure.layers.len(), 5);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_no_epochs() {
        example(|| {
            rejected(
                "curves_figure(&[])",
                curves_figure(&[]),
                InputError::TooFew { got: 0, wanted: 1 },
                "Without epochs there are no curves.",
            )
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("epochs, measure, index", spoiled()).cases(32).holds(|(course, which, index)| {
            let want = InputError::NotFinite { name: NAMES[*which], index: *index };
            rejected("curves_figure(epochs)", curves_figure(&course.epochs()), want, "As `history` does.")
        });
    }
}
