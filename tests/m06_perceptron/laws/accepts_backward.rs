use judge::{Broken, any, ensure, example, for_all};
use katas::m06_perceptron::laws::accepts_backward;
use kit::Generator;

use super::claims::{Claim, RIGHT, WRONG};

#[test]
fn accepts_every_correct_candidate() {
    example(|| {
        let is_rejected = |(_, claim): &(&str, Claim)| !accepts_backward(*claim);
        let rejected: Vec<&str> = RIGHT.into_iter().filter(is_rejected).map(|(how, _)| how).collect();
        ensure(rejected.is_empty(), || {
            let look = "Is your tolerance below the accuracy of finite differences? Is your own loss \
                half the \
                squared distance, averaged over the samples only?";
            let got = format!("rejected: {}", rejected.join("; "));
            Broken::answer(got, "accepted: this is the gradient", look)
        })
    });
}

#[test]
fn rejects_every_wrong_candidate() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_backward(claim), || {
                let look = "On which numbers does it differ? Use several samples, several neurons, as \
                    many neurons as features and not, weighted sums away from 0, targets without a \
                    pattern; and check every entry and the shape.";
                Broken::answer(format!("accepted: {what}"), "rejected: this is not the gradient", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m06_perceptron::laws::accepts_backward;
        assert!(!accepts_backward(|layer, _, _| layer.clone()));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn judges_candidates_in_any_order() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            let mut candidates: Vec<(&str, Claim, bool)> =
                RIGHT.iter().map(|(how, claim)| (*how, *claim, true)).collect();
            candidates.extend(WRONG.iter().map(|(what, claim)| (*what, *claim, false)));
            Generator::from_seed(seed).shuffle(&mut candidates);
            candidates.into_iter().try_for_each(|(what, claim, want)| {
                let got = accepts_backward(claim);
                ensure(got == want, || {
                    let word = |accepts| if accepts { "accepted" } else { "rejected" };
                    let look = "The verdict depends on the candidate alone, not on those judged before.";
                    Broken::answer(format!("{}: {what}", word(got)), word(want), look)
                })
            })
        });
    }
}
