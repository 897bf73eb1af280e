use judge::{Broken, ensure, example};
use katas::m04_ml_from_scratch::laws::accepts_least_squares;

use super::claims::{RIGHT, WRONG, least_absolute};

#[test]
fn no_right_one_is_refused() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_least_squares(claim), || {
                let look = "Is your tolerance below rounding, or do you ask for one way of computing? Are \
                            your columns far from dependent?";
                Broken::answer(format!("refused: {how}"), "accepted: it finds the minimum", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn every_wrong_one_is_refused() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_least_squares(claim), || {
                let look = "On which data does it differ from the minimum? Noise, an intercept and several \
                            features tell it apart.";
                Broken::answer(format!("accepted: {what}"), "refused: another w and b are closer", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn the_least_absolute_errors_are_not_the_least_squares() {
    example(|| {
        ensure(!accepts_least_squares(least_absolute), || {
            let look = "Both are right on exact data. On noisy ones, what is true of the squares only?";
            Broken::answer("accepted: the least sum of absolute errors", "refused", look)
        })
    });
}
