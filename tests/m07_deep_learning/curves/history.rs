use judge::{Answer, equal, example, for_all, rejected};
use katas::m07_deep_learning::curves::history;
use kit::InputError;

use super::courses::{NAMES, course, spoiled};

#[test]
fn each_curve_is_its_measure_epoch_after_epoch() {
    for_all("epochs", course()).holds(|course| {
        let got = history(&course.epochs()).accepted("history(epochs)")?;
        let curves = [got.training_loss, got.validation_loss, got.training_accuracy, got.validation_accuracy];
        for (which, got) in curves.into_iter().enumerate() {
            let look =
                "One number an epoch, in their order; training is not validation, loss is not accuracy.";
            equal(NAMES[which], got, course.measure(which), look)?;
        }
        Ok(())
    });
}

#[test]
fn the_best_epoch_is_the_first_with_the_smallest_validation_loss() {
    for_all("epochs", course()).holds(|course| {
        let got = history(&course.epochs()).accepted("history(epochs)")?.best;
        let look =
            "The validation loss decides, the smallest one, the first of equal ones; epochs count from 1.";
        equal("best", got, course.best(), look)
    });
}

#[test]
fn no_epoch_has_no_history() {
    example(|| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("history(&[])", history(&[]), want, "There is no best one among none.")
    });
}

#[test]
fn a_measure_that_is_not_finite_is_rejected_by_name() {
    for_all("epochs, measure, index", spoiled()).cases(64).holds(|(course, which, index)| {
        let want = InputError::NotFinite { name: NAMES[*which], index: *index };
        let look = "A NaN compares with nothing: it would be the best epoch, or hide it. Of several the \
            first measure is told, and its first epoch: one measure after the other.";
        rejected(&format!("history({course:?})"), history(&course.epochs()), want, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m07_deep_learning::curves::history;
        use katas::m07_deep_learning::fitting::Epoch;
        use katas::m07_deep_learning::training::Score;
        let epoch = |loss| Epoch {
            training: Score { loss: 0.0, accuracy: 1.0 },
            validation: Score { loss, accuracy: 0.5 },
        };
        assert_eq!(history(&[epoch(0.9), epoch(0.7), epoch(0.8)]).unwrap().best, 2);
        Ok::<(), kit::InputError>(())
    });
}
