use judge::{Broken, ensure, example};
use katas::m05_classifiers::laws::{CrossValidation, accepts_cross_validation};

use super::claims::{RIGHT, WRONG};

/// What the first ones have in common: somebody is tested on what he has seen.
const LEAKS: usize = 3;

fn every_one_is_rejected(claims: &[(&str, CrossValidation)], look: &str) -> judge::Verdict {
    let is_accepted = |(_, claim): &&(&str, CrossValidation)| accepts_cross_validation(*claim);
    let accepted: Vec<&str> = claims.iter().filter(is_accepted).map(|(what, _)| *what).collect();
    ensure(accepted.is_empty(), || {
        Broken::answer(format!("accepted: {}", accepted.join("; ")), "rejected", look)
    })
}

#[test]
fn no_honest_one_is_rejected() {
    example(|| {
        let is_rejected = |(_, claim): &(&str, CrossValidation)| !accepts_cross_validation(*claim);
        let rejected: Vec<&str> = RIGHT.into_iter().filter(is_rejected).map(|(how, _)| how).collect();
        ensure(rejected.is_empty(), || {
            let look = "Do you ask for one order of the folds, or for the last bit of the accuracy?";
            Broken::answer(format!("rejected: {}", rejected.join("; ")), "accepted: it is honest", look)
        })
    });
}

#[test]
fn whoever_trains_on_test_rows_is_rejected() {
    example(|| {
        let look = "Hand it a classifier that notes what it is given. Is a test row among the training \
                    rows, in any round?";
        every_one_is_rejected(&WRONG[..LEAKS], look)
    });
}

#[test]
fn every_other_wrong_one_is_rejected() {
    example(|| {
        let look = "What was the classifier given in each round, and what do the accuracies have to be? \
                    Folds of unequal size, in no order, tell most apart.";
        every_one_is_rejected(&WRONG[LEAKS..], look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::laws::accepts_cross_validation;
        assert!(!accepts_cross_validation(|_, _, _, folds| vec![1.0; folds.len()]));
        Ok::<(), kit::InputError>(())
    });
}
