use judge::{Broken, any, ensure, example, for_all};
use katas::m05_classifiers::laws::{CrossValidation, accepts_cross_validation};
use kit::Generator;

use super::claims::{RIGHT, WRONG};

/// The first ones have a test row in the training set.
const LEAKS: usize = 8;

fn every_one_is_rejected(claims: &[(&str, CrossValidation)], look: &str) -> judge::Verdict {
    let is_accepted = |(_, claim): &&(&str, CrossValidation)| accepts_cross_validation(*claim);
    let accepted: Vec<&str> = claims.iter().filter(is_accepted).map(|(what, _)| *what).collect();
    ensure(accepted.is_empty(), || {
        Broken::answer(format!("accepted: {}", accepted.join("; ")), "rejected", look)
    })
}

#[test]
fn accepts_every_correct_candidate() {
    example(|| {
        let is_rejected = |(_, claim): &(&str, CrossValidation)| !accepts_cross_validation(*claim);
        let rejected: Vec<&str> = RIGHT.into_iter().filter(is_rejected).map(|(how, _)| how).collect();
        ensure(rejected.is_empty(), || {
            let look = "Do you require one order of the folds, or exact equality of the accuracies?";
            Broken::answer(
                format!("rejected: {}", rejected.join("; ")),
                "accepted: the cross-validation is correct",
                look,
            )
        })
    });
}

#[test]
fn rejects_candidates_that_leak() {
    example(|| {
        let look = "Pass a classifier that records its calls. Is a test row among the training rows, in any \
                    round?";
        every_one_is_rejected(&WRONG[..LEAKS], look)
    });
}

#[test]
fn rejects_every_other_wrong_candidate() {
    example(|| {
        let look = "What did the classifier get in each round, and what are the right accuracies? Folds of \
                    unequal size, not sorted, detect most mistakes.";
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

mod robust {
    use super::*;

    #[test]
    fn judges_candidates_in_any_order() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            let mut candidates: Vec<(&str, CrossValidation, bool)> =
                RIGHT.iter().map(|(how, claim)| (*how, *claim, true)).collect();
            candidates.extend(WRONG.iter().map(|(what, claim)| (*what, *claim, false)));
            Generator::from_seed(seed).shuffle(&mut candidates);
            candidates.into_iter().try_for_each(|(what, claim, want)| {
                let got = accepts_cross_validation(claim);
                ensure(got == want, || {
                    let word = |accepts| if accepts { "accepted" } else { "rejected" };
                    let look = "The verdict depends on the candidate alone, not on those judged before.";
                    Broken::answer(format!("{}: {what}", word(got)), word(want), look)
                })
            })
        });
    }
}
