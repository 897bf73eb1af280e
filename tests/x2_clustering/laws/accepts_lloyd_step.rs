use judge::{Broken, any, ensure, example, for_all};
use katas::x2_clustering::laws::accepts_lloyd_step;
use kit::Generator;

use super::claims::{Claim, RIGHT, WRONG};

#[test]
fn accepts_every_correct_candidate() {
    example(|| {
        let is_rejected = |(_, claim): &(&str, Claim)| !accepts_lloyd_step(*claim);
        let rejected: Vec<&str> = RIGHT.into_iter().filter(is_rejected).map(|(how, _)| how).collect();
        ensure(rejected.is_empty(), || {
            let look = "Of several equally near centers each is correct: compare distances, not labels; take \
                        the means of the points as the candidate labeled them. Allow for rounding.";
            let got = format!("rejected: {}", rejected.join("; "));
            Broken::answer(got, "accepted: these are Lloyd's steps", look)
        })
    });
}

#[test]
fn rejects_every_wrong_candidate() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_lloyd_step(claim), || {
                let look = "On which points does it differ? Few points and many, one feature and several, \
                            more centers than points, equal values; and check the number of labels \
                            and centers, the distances, and the means.";
                Broken::answer(format!("accepted: {what}"), "rejected: this is no step of Lloyd's", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::laws::accepts_lloyd_step;
        assert!(!accepts_lloyd_step(|x, centers| (vec![0; x.rows()], centers.clone())));
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
                let got = accepts_lloyd_step(claim);
                ensure(got == want, || {
                    let word = |accepts| if accepts { "accepted" } else { "rejected" };
                    let look = "The verdict depends on the candidate alone, not on those judged before.";
                    Broken::answer(format!("{}: {what}", word(got)), word(want), look)
                })
            })
        });
    }
}
