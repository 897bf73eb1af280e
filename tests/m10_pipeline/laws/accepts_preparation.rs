use judge::{Broken, ensure, example};
use katas::m10_pipeline::laws::accepts_preparation;

use super::claims::{RIGHT, WRONG};

#[test]
fn no_right_one_is_rejected() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_preparation(claim), || {
                let look = "Do you ask for one way of preparing? Whatever treats each row by what training \
                    showed is right, and 10⁻⁹ is no difference.";
                Broken::answer(
                    format!("rejected: {how}"),
                    "accepted: it learns from training rows only",
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
            ensure(!accepts_preparation(claim), || {
                let look = "Ask again with the same training rows and other test rows: one, several, near \
                    and far ones. What may change, and what may not?";
                Broken::answer(format!("accepted: {what}"), "rejected: the test has told it something", look)
            })?;
        }
        Ok(())
    });
}
