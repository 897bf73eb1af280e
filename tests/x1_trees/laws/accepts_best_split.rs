use judge::{Broken, any, ensure, example, for_all};
use katas::x1_trees::laws::accepts_best_split;
use kit::Generator;

use super::claims::{Claim, RIGHT, WRONG};

#[test]
fn accepts_every_correct_candidate() {
    example(|| {
        let is_rejected = |(_, claim): &(&str, Claim)| !accepts_best_split(*claim);
        let rejected: Vec<&str> = RIGHT.into_iter().filter(is_rejected).map(|(how, _)| how).collect();
        ensure(rejected.is_empty(), || {
            let look = "Of several splits with the same decrease each is correct: compare decreases, neither \
                        features nor thresholds. Allow for rounding.";
            let got = format!("rejected: {}", rejected.join("; "));
            Broken::answer(got, "accepted: these are best splits", look)
        })
    });
}

#[test]
fn rejects_every_wrong_candidate() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_best_split(claim), || {
                let look = "On which samples does it differ? Use few samples and many, one feature and \
                            several, equal values, pure nodes, constant features; and check feature, \
                            threshold and decrease.";
                Broken::answer(format!("accepted: {what}"), "rejected: this is no best split", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::laws::accepts_best_split;
        assert!(!accepts_best_split(|_, _| None));
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
                let got = accepts_best_split(claim);
                ensure(got == want, || {
                    let word = |accepts| if accepts { "accepted" } else { "rejected" };
                    let look = "The verdict depends on the candidate alone, not on those judged before.";
                    Broken::answer(format!("{}: {what}", word(got)), word(want), look)
                })
            })
        });
    }
}
