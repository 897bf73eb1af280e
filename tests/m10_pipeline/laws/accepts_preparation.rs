use judge::{Broken, any, ensure, example, for_all};
use katas::m10_pipeline::laws::accepts_preparation;
use kit::Generator;

use super::claims::{RIGHT, WRONG};

#[test]
fn accepts_right_candidates() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_preparation(claim), || {
                let look = "Do not require a particular preprocessing: every function of a row and the \
                    training rows is right, and differences of 10⁻⁹ are rounding. Call it only as the page \
                    says: 3 to 100 training rows, 1 to 100 test rows, 1 to 3 columns, entries up to 1000.";
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
                    and far ones. What may change, and what may not? A NaN differs from every number.";
                let want =
                    "rejected: it leaks from the test set, does not keep the rows in order, or gives NaN";
                Broken::answer(format!("accepted: {what}"), want, look)
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

mod robust {
    use super::*;

    #[test]
    fn judges_candidates_in_any_order() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let right = RIGHT.iter().map(|(how, claim)| (*how, *claim, true));
            let wrong = WRONG.iter().map(|(what, claim)| (*what, *claim, false));
            let mut candidates: Vec<_> = right.chain(wrong).collect();
            Generator::from_seed(seed).shuffle(&mut candidates);
            // Half of them: a page that gives fifty candidates ten seconds does not say on which machine.
            candidates.into_iter().take(26).try_for_each(|(what, claim, want)| {
                let got = accepts_preparation(claim);
                ensure(got == want, || {
                    let word = |accepts| if accepts { "accepted" } else { "rejected" };
                    let look = "The verdict depends on the candidate alone, not on those judged before.";
                    Broken::answer(format!("{}: {what}", word(got)), word(want), look)
                })
            })
        });
    }
}
