use judge::{Broken, ensure, example};
use katas::m07_deep_learning::laws::accepts_batching;

use super::claims::{RIGHT, WRONG};

#[test]
fn no_right_one_is_rejected() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_batching(claim), || {
                let look = "Do you ask for one order, or for counts that chance does not keep? Count more, \
                    and allow what chance allows.";
                Broken::answer(format!("rejected: {how}"), "accepted: every order equally often", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn every_wrong_one_is_rejected() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_batching(claim), || {
                let look = "For which n and b does it differ: n that b divides, n below b, one sample? And \
                    what do many epochs tell that one does not?";
                Broken::answer(format!("accepted: {what}"), "rejected", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn it_decides_the_same_way_each_time() {
    example(|| {
        for (how, claim) in RIGHT.iter().chain(&WRONG) {
            let look = "A verdict that depends on the time of day is none: seed your own generator.";
            judge::equal(
                &format!("the second verdict on: {how}"),
                accepts_batching(*claim),
                accepts_batching(*claim),
                look,
            )?;
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
