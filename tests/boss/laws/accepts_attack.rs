use judge::{Broken, any, ensure, equal, example, for_all};
use katas::boss::laws::accepts_attack;
use kit::Generator;

use super::claims::{RIGHT, WRONG};

#[test]
fn accepts_right_candidates() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_attack(claim), || {
                let look = "Do you require one particular attack, or particular pixels? Only the loss and \
                    the limits count. Is your tolerance smaller than the rounding errors?";
                Broken::answer(
                    format!("rejected: {how}"),
                    "accepted: no other image within the limits has a larger loss",
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
            ensure(!accepts_attack(claim), || {
                let look = "Which input shows it? Try several pixels, both labels, correct and wrong \
                    predictions before the attack, pixels near and at 0 and 1, a small ε and one larger \
                    than 1; and compare with the loss of the strongest attack.";
                Broken::answer(
                    format!("accepted: {what}"),
                    "rejected: it leaves the limits, or a larger loss is possible",
                    look,
                )
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::laws::accepts_attack;
        assert!(!accepts_attack(|_, x, _, _| x.to_vec()));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn verdicts_do_not_depend_on_the_order() {
        for_all("seed", any::seed()).cases(2).holds(|seed| {
            let right = RIGHT.iter().map(|(what, candidate)| (*what, *candidate, true));
            let wrong = WRONG.iter().map(|(what, candidate)| (*what, *candidate, false));
            let mut all: Vec<_> = right.chain(wrong).collect();
            Generator::from_seed(*seed).shuffle(&mut all);
            for (what, candidate, want) in all {
                let look = "Judge each candidate by itself.";
                equal(&format!("accepts_attack({what})"), accepts_attack(candidate), want, look)?;
            }
            Ok(())
        });
    }
}
