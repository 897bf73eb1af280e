use judge::{Broken, any, ensure, example, for_all};
use katas::x4_attention::laws::accepts_attention;
use kit::Generator;

use super::claims::{Claim, RIGHT, WRONG};

#[test]
fn accepts_every_correct_candidate() {
    example(|| {
        let is_rejected = |(_, claim): &(&str, Claim)| !accepts_attention(*claim);
        let rejected: Vec<&str> = RIGHT.into_iter().filter(is_rejected).map(|(how, _)| how).collect();
        ensure(rejected.is_empty(), || {
            let look = "Entries within 10⁻⁹ of the exact ones are correct, whichever formula they come \
                        from. Allow for rounding, and call the candidate only as the page says: \
                        multiples of 1/8 up \
                        to 32, n and d up to 6, w up to 4.";
            let got = format!("rejected: {}", rejected.join("; "));
            Broken::answer(got, "accepted: this is causal attention", look)
        })
    });
}

#[test]
fn rejects_every_wrong_candidate() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_attention(claim), || {
                let look = "On which arguments does it differ? One token and several, one feature and \
                            several, small scores and large ones; and check the shape.";
                Broken::answer(format!("accepted: {what}"), "rejected: this is no causal attention", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x4_attention::laws::accepts_attention;
        // The values themselves are right only where each token attends to itself alone.
        assert!(!accepts_attention(|_, _, values| values.clone()));
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
                let got = accepts_attention(claim);
                ensure(got == want, || {
                    let word = |accepts| if accepts { "accepted" } else { "rejected" };
                    let look = "The verdict depends on the candidate alone, not on those judged before.";
                    Broken::answer(format!("{}: {what}", word(got)), word(want), look)
                })
            })
        });
    }
}
