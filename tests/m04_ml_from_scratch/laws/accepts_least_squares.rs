use judge::{Broken, any, ensure, example, for_all};
use katas::m04_ml_from_scratch::laws::accepts_least_squares;
use kit::Generator;

use super::claims::{Claim, RIGHT, WRONG, least_absolute};
use super::within::WITHIN;

#[test]
fn no_right_one_is_rejected() {
    example(|| {
        let is_rejected = |(_, claim): &(&str, Claim)| !accepts_least_squares(*claim);
        let rejected: Vec<&str> = RIGHT.into_iter().filter(is_rejected).map(|(how, _)| how).collect();
        ensure(rejected.is_empty(), || {
            let look = "Is your tolerance below rounding, or do you ask for one way of computing? Are your \
                        columns far from dependent?";
            Broken::answer(
                format!("rejected: {}", rejected.join("; ")),
                "accepted: it finds the minimum",
                look,
            )
        })
    });
}

#[test]
fn every_wrong_one_is_rejected() {
    example(|| {
        let is_accepted = |(_, claim): &(&str, Claim)| accepts_least_squares(*claim);
        let accepted: Vec<&str> = WRONG.into_iter().filter(is_accepted).map(|(what, _)| what).collect();
        ensure(accepted.is_empty(), || {
            let look = "On which data does it differ from the minimum? Noise, an intercept and several \
                        features tell it apart.";
            let got = format!("accepted: {}", accepted.join("; "));
            Broken::answer(got, "rejected: another w and b are closer", look)
        })
    });
}

#[test]
fn the_least_absolute_errors_are_not_the_least_squares() {
    example(|| {
        ensure(!accepts_least_squares(least_absolute), || {
            let look = "Both are right on exact data. On noisy ones, what is true of the squares only?";
            Broken::answer("accepted: the least sum of absolute errors", "rejected", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::laws::accepts_least_squares;
        assert!(!accepts_least_squares(|x, _| (vec![0.0; x.cols()], 0.0)));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn asks_only_within_the_page() {
        example(|| {
            WITHIN.into_iter().try_for_each(|(what, claim)| {
                ensure(accepts_least_squares(claim), || {
                    let look =
                        "Which data may a candidate be called with? With others it may panic, or fail.";
                    Broken::answer(format!("rejected: {what}"), "accepted", look)
                })
            })
        });
    }

    #[test]
    fn judges_candidates_in_any_order() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            let mut candidates: Vec<(&str, Claim, bool)> =
                RIGHT.iter().map(|(how, claim)| (*how, *claim, true)).collect();
            candidates.extend(WRONG.iter().map(|(what, claim)| (*what, *claim, false)));
            Generator::from_seed(seed).shuffle(&mut candidates);
            candidates.into_iter().try_for_each(|(what, claim, want)| {
                let got = accepts_least_squares(claim);
                ensure(got == want, || {
                    let word = |accepts| if accepts { "accepted" } else { "rejected" };
                    let look = "The verdict depends on the candidate alone, not on those judged before.";
                    Broken::answer(format!("{}: {what}", word(got)), word(want), look)
                })
            })
        });
    }
}
