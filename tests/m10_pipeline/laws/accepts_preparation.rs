use judge::{Broken, ensure, example};
use katas::m10_pipeline::laws::accepts_preparation;

use super::claims::{RIGHT, WRONG};

#[test]
fn accepts_right_candidates() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_preparation(claim), || {
                let look = "Do not require a particular preprocessing: every function of a row and the \
                    training rows is right, and differences of 10⁻⁹ are rounding.";
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
fn rejects_wrong_candidates() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_preparation(claim), || {
                let look = "Call it with the same training rows and other test rows: one, several, near \
                    and far ones. What may change, and what may not?";
                Broken::answer(format!("accepted: {what}"), "rejected: it leaks from the test set", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m10_pipeline::laws::accepts_preparation;
        use kit::Matrix;
        assert!(accepts_preparation(|train, test| [train.clone(), test.clone()]));
        assert!(!accepts_preparation(|train, test| [train.clone(), Matrix::zeros(test.rows(), 1)]));
        Ok::<(), kit::InputError>(())
    });
}
