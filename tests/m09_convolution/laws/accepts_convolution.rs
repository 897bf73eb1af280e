use judge::{Broken, any, ensure, equal, example, for_all};
use katas::m09_convolution::laws::accepts_convolution;
use kit::Generator;

use super::claims::{RIGHT, WRONG};

#[test]
fn accepts_right_candidates() {
    example(|| {
        for (how, claim) in RIGHT {
            ensure(accepts_convolution(claim), || {
                let look = "Another order of summation changes the last digits: allow 10⁻⁹. Is your own \
                    convolution right?";
                Broken::answer(format!("rejected: {how}"), "accepted", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn rejects_wrong_candidates() {
    example(|| {
        for (what, claim) in WRONG {
            ensure(!accepts_convolution(claim), || {
                let look = "On which image would it differ? Test shapes that are not square, several \
                    channels and kernels, a stride, a padding, no symmetry.";
                Broken::answer(format!("accepted: {what}"), "rejected", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m09_convolution::laws::accepts_convolution;
        use ndarray::Array3;
        assert!(!accepts_convolution(|_, _, _, _| Array3::zeros((1, 1, 1))));
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
                equal(&format!("accepts_convolution({what})"), accepts_convolution(candidate), want, look)?;
            }
            Ok(())
        });
    }
}
