use judge::{Broken, any, ensure, equal, example, for_all};
use katas::m08_vision::laws::accepts_blur;
use kit::Generator;

use super::claims::{RIGHT, WRONG, median};

#[test]
fn accepts_right_candidates() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_blur(claim), || {
                let look = "Is your tolerance below the 10⁻⁹ that the page allows? The border is mirrored: \
                    dcb|abcd|cba.";
                Broken::answer(format!("rejected: {how}"), "accepted: it is a Gaussian blur", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn rejects_wrong_candidates() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_blur(claim), || {
                let look = "On which image does it differ? Test several sizes and σ, images that are not \
                    square, both signs, and structure near every border.";
                Broken::answer(format!("accepted: {what}"), "rejected", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::laws::accepts_blur;
        assert!(!accepts_blur(|image, _, _| image.to_owned()));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_a_median_filter() {
        example(|| {
            ensure(!accepts_blur(median), || {
                let look = "It keeps constant images and stays within the range, but it is not linear.";
                Broken::answer("accepted: the median of the neighborhood", "rejected", look)
            })
        });
    }

    #[test]
    fn verdicts_do_not_depend_on_the_order() {
        for_all("seed", any::seed()).cases(1).holds(|seed| {
            let right = RIGHT.iter().map(|(what, candidate)| (*what, *candidate, true));
            let wrong = WRONG.iter().map(|(what, candidate)| (*what, *candidate, false));
            let mut all: Vec<_> = right.chain(wrong).collect();
            Generator::from_seed(*seed).shuffle(&mut all);
            for (what, candidate, want) in all {
                let look = "Judge each candidate by itself.";
                equal(&format!("accepts_blur({what})"), accepts_blur(candidate), want, look)?;
            }
            Ok(())
        });
    }
}
