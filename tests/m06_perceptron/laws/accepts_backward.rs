use judge::{Broken, ensure, example};
use katas::m06_perceptron::laws::accepts_backward;

use super::claims::{Claim, RIGHT, WRONG};

#[test]
fn no_right_one_is_rejected() {
    example(|| {
        let is_rejected = |(_, claim): &(&str, Claim)| !accepts_backward(*claim);
        let rejected: Vec<&str> = RIGHT.into_iter().filter(is_rejected).map(|(how, _)| how).collect();
        ensure(rejected.is_empty(), || {
            let look = "Is your tolerance below what differences can tell, or do you ask for one way of \
                computing? Is your own loss half the squares, averaged over the samples only?";
            let got = format!("rejected: {}", rejected.join("; "));
            Broken::answer(got, "accepted: these are the slopes", look)
        })
    });
}

#[test]
fn every_wrong_one_is_rejected() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_backward(claim), || {
                let look = "On which numbers does it differ? Several samples, several neurons, as many \
                    neurons as features and not, sums away from 0, targets without pattern; and every entry \
                    looked at, none missing and none too many.";
                Broken::answer(format!("accepted: {what}"), "rejected: these are not the slopes", look)
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
