use judge::{Broken, any, ensure, example, for_all};
use katas::m07_deep_learning::laws::accepts_batching;
use kit::Generator;

use super::claims::{Claim, RIGHT, WRONG};

#[test]
fn accepts_every_correct_candidate() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_batching(claim), || {
                let look = "Do you require one order, or counts without random deviation? Count more, \
                    and allow \
                    for chance.";
                Broken::answer(format!("rejected: {how}"), "accepted: every order is equally likely", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn rejects_every_wrong_candidate() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_batching(claim), || {
                let look = "For which n and b does it differ: b divides n, n below b, one sample? And what \
                    do many epochs show that one does not?";
                Broken::answer(format!("accepted: {what}"), "rejected", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m07_deep_learning::laws::accepts_batching;
        assert!(!accepts_batching(|n, b, _| (0..n)
            .collect::<Vec<_>>()
            .chunks(b)
            .map(<[usize]>::to_vec)
            .collect()));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_deterministic() {
        // One at a time, because a verdict may take thousands of epochs.
        for_all("candidate", any::part(0..RIGHT.len() + WRONG.len())).cases(32).holds(|&number| {
            let (what, claim) = RIGHT.iter().chain(&WRONG).nth(number).expect("there are so many");
            let (first, second) = (accepts_batching(*claim), accepts_batching(*claim));
            let look = "Seed your own generator, so that the verdict is the same each time.";
            judge::equal(&format!("the second verdict on: {what}"), second, first, look)
        });
    }

    #[test]
    fn judges_candidates_in_any_order() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let mut candidates: Vec<(&str, Claim, bool)> =
                RIGHT.iter().map(|(how, claim)| (*how, *claim, true)).collect();
            candidates.extend(WRONG.iter().map(|(what, claim)| (*what, *claim, false)));
            Generator::from_seed(seed).shuffle(&mut candidates);
            candidates.into_iter().try_for_each(|(what, claim, want)| {
                let got = accepts_batching(claim);
                ensure(got == want, || {
                    let word = |accepts| if accepts { "accepted" } else { "rejected" };
                    let look = "The verdict depends on the candidate alone, not on those judged before.";
                    Broken::answer(format!("{}: {what}", word(got)), word(want), look)
                })
            })
        });
    }
}
