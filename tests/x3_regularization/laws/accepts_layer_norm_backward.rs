use judge::{Broken, any, ensure, example, for_all};
use katas::x3_regularization::laws::accepts_layer_norm_backward;
use kit::Generator;

use super::claims::{Claim, RIGHT, WRONG};

#[test]
fn accepts_every_correct_candidate() {
    example(|| {
        let is_rejected = |(_, claim): &(&str, Claim)| !accepts_layer_norm_backward(*claim);
        let rejected: Vec<&str> = RIGHT.into_iter().filter(is_rejected).map(|(how, _)| how).collect();
        ensure(rejected.is_empty(), || {
            let look = "Entries within 10⁻⁹ of the exact ones are correct, whichever formula they come \
                        from. Allow for rounding, and call the candidate only as the page says: up to 6×6, \
                        multiples of 1/8.";
            let got = format!("rejected: {}", rejected.join("; "));
            Broken::answer(got, "accepted: these are the gradient", look)
        })
    });
}

#[test]
fn rejects_every_wrong_candidate() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_layer_norm_backward(claim), || {
                let look = "On which batch does it differ? One sample and several, one feature and \
                            several, constant rows; and check the shape.";
                Broken::answer(format!("accepted: {what}"), "rejected: this is not the gradient", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::laws::accepts_layer_norm_backward;
        assert!(!accepts_layer_norm_backward(|grad_output, _| grad_output.clone()));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn judges_candidates_in_any_order() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let mut candidates: Vec<(&str, Claim, bool)> =
                RIGHT.iter().map(|(how, claim)| (*how, *claim, true)).collect();
            candidates.extend(WRONG.iter().map(|(what, claim)| (*what, *claim, false)));
            Generator::from_seed(seed).shuffle(&mut candidates);
            candidates.into_iter().try_for_each(|(what, claim, want)| {
                let got = accepts_layer_norm_backward(claim);
                ensure(got == want, || {
                    let word = |accepts| if accepts { "accepted" } else { "rejected" };
                    let look = "The verdict depends on the candidate alone, not on those judged before.";
                    Broken::answer(format!("{}: {what}", word(got)), word(want), look)
                })
            })
        });
    }
}
