use judge::{Broken, ensure, example};
use katas::boss::laws::accepts_attack;

use super::claims::{RIGHT, WRONG};

#[test]
fn no_right_one_is_rejected() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_attack(claim), || {
                let look = "Do you ask for one way of attacking, or for certain pixels? What counts is how \
                    large the loss is, and that the limits are kept; is your tolerance below what rounding \
                    does?";
                Broken::answer(
                    format!("rejected: {how}"),
                    "accepted: no other point within the limits has more loss",
                    look,
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn every_wrong_one_is_rejected() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_attack(claim), || {
                let look = "For which question does it show? Several pixels, both labels, right and wrong \
                    before, pixels near and at 0 and 1, a small ε and one larger than all room; and how \
                    strong is the strongest attack?";
                Broken::answer(
                    format!("accepted: {what}"),
                    "rejected: it leaves the limits, or more loss is possible",
                    look,
                )
            })?;
        }
        Ok(())
    });
}
