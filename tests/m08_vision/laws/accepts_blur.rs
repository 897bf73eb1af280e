use judge::{Broken, ensure, example};
use katas::m08_vision::laws::accepts_blur;

use super::claims::{RIGHT, WRONG, median};

#[test]
fn no_right_one_is_rejected() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_blur(claim), || {
                let look = "Is your tolerance below the 10⁻⁹ that is allowed? Beyond the border: \
                    dcb|abcd|cba, to and fro.";
                Broken::answer(format!("rejected: {how}"), "accepted: it is the Gaussian blur", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn every_wrong_one_is_rejected() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_blur(claim), || {
                let look = "On which image does it differ? Several sizes and σ, not square, both signs, \
                    something near every border.";
                Broken::answer(format!("accepted: {what}"), "rejected", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn a_median_is_no_blur_of_this_kind() {
    example(|| {
        ensure(!accepts_blur(median), || {
            let look = "It keeps what is even and stays within the range. What is true of sums only?";
            Broken::answer("accepted: the median of the neighborhood", "rejected", look)
        })
    });
}
