use judge::{Answer, equal, example, for_all, rejected};
use katas::m07_deep_learning::curves::history;
use katas::m07_deep_learning::fitting::Epoch;
use katas::m07_deep_learning::training::Score;
use kit::InputError;

use super::courses::{NAMES, any_course, course, spoiled};

#[test]
fn curves_are_the_measures_by_epoch() {
    for_all("epochs", course()).holds(|course| {
        let got = history(&course.epochs()).accepted("history(epochs)")?;
        let curves = [got.training_loss, got.validation_loss, got.training_accuracy, got.validation_accuracy];
        for (which, got) in curves.into_iter().enumerate() {
            let look =
                "One number per epoch, in their order; training is not validation, loss is not accuracy.";
            equal(NAMES[which], got, course.measure(which), look)?;
        }
        Ok(())
    });
}

#[test]
fn the_best_epoch_minimizes_the_validation_loss() {
    for_all("epochs", course()).holds(|course| {
        let got = history(&course.epochs()).accepted("history(epochs)")?.best;
        let look = "The smallest validation loss, the first of equal ones; epochs are counted from 1.";
        equal("best", got, course.best(), look)
    });
}

#[test]
fn is_exact_for_any_number_of_epochs_and_magnitude() {
    for_all("epochs", any_course()).cases(96).holds(|course| {
        let got = history(&course.epochs()).accepted("history(epochs)")?;
        let look = "Every epoch counts, whatever their number and however large or small their losses.";
        equal("best", got.best, course.best(), look)?;
        let curves = [got.training_loss, got.validation_loss, got.training_accuracy, got.validation_accuracy];
        for (which, got) in curves.into_iter().enumerate() {
            equal(NAMES[which], got, course.measure(which), look)?;
        }
        Ok(())
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

mod robust {
    use super::*;

    #[test]
    fn rejects_no_epochs() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("history(&[])", history(&[]), want, "Without epochs there is no best one.")
        });
    }

    #[test]
    fn finds_the_best_among_losses_of_any_size_and_sign() {
        for_all("k", -300..=300_i32).holds(|&k| {
            let unit = 10_f64.powi(k);
            let epoch = |loss: f64| Epoch {
                training: Score { loss: 0.0, accuracy: 1.0 },
                validation: Score { loss: loss * unit, accuracy: 0.5 },
            };
            for (losses, want) in
                [(vec![2.0, 1.5], 2), (vec![0.5, -1.0, -2.0], 3), (vec![-1.5, -2.0, -1.0], 2)]
            {
                let epochs: Vec<Epoch> = losses.iter().map(|loss| epoch(*loss)).collect();
                let call = format!("the best of validation losses {losses:?} times 10^{k}");
                let look =
                    "Compare with the losses themselves, not with a number that the search begins with.";
                equal(&call, history(&epochs).accepted("history(epochs)")?.best, want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("epochs, measure, index", spoiled()).cases(64).holds(|(course, which, index)| {
            let want = InputError::NotFinite { name: NAMES[*which], index: *index };
            let look = "Every comparison with NaN is false: it would be the best epoch, or hide it.";
            rejected(&format!("history({course:?})"), history(&course.epochs()), want, look)
        });
    }
}
