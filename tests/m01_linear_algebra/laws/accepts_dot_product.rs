use judge::{Broken, Verdict, any, ensure, equal, example, for_all, rounding};
use katas::m01_linear_algebra::laws::accepts_dot_product;
use kit::Generator;

use super::claims::{self, Answer, Claim, RIGHT};
use super::wrong_claims::{WRONG_FORMULA, WRONG_LENGTH, WRONG_PRECISION, WRONG_SIGN};
use super::wrong_edges::{WRONG_CORNER, WRONG_REJECTION};

/// Whether an answer is right on these vectors, by the definition that the learner was given.
fn is_right(answer: &Answer, x: &[f64], y: &[f64]) -> bool {
    let size = x.iter().zip(y).map(|(x, y)| (x * y).abs()).sum();
    match (answer, claims::by_definition(x, y)) {
        (Ok(got), Ok(want)) if want.is_nan() => got.is_nan(),
        (Ok(got), Ok(want)) => (got - want).abs() <= rounding(2 * x.len(), size),
        (got, want) => *got == want,
    }
}

/// What a candidate returns for its vectors, and what the definition gives.
fn shown(claim: &Claim) -> (String, String) {
    let (x, y) = claim.seen_on;
    let answer = |answer: &Answer| match answer {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("Err({error:?})"),
    };
    let asked = format!("For x = {x:?}, y = {y:?} it returns {}", answer(&(claim.answer)(x, y)));
    (asked, answer(&claims::by_definition(x, y)))
}

fn all_are_rejected(claims: &[Claim]) -> Verdict {
    claims.iter().try_for_each(|claim| {
        let (x, y) = claim.seen_on;
        assert!(!is_right(&(claim.answer)(x, y), x, y), "\"{}\" is right on its vectors", claim.says);
        ensure(!accepts_dot_product(&claim.answer), || {
            let got = format!("accepts_dot_product(a candidate that {}) = true", claim.says);
            let (asked, right) = shown(claim);
            Broken::answer(got, "false", format!("{asked}; right is {right}. Which test would show it?"))
        })
    })
}

#[test]
fn accepts_right_candidates() {
    example(|| {
        RIGHT.iter().try_for_each(|claim| {
            let (x, y) = claim.seen_on;
            assert!(is_right(&(claim.answer)(x, y), x, y), "\"{}\" is wrong on its vectors", claim.says);
            ensure(accepts_dot_product(&claim.answer), || {
                let got = format!("accepts_dot_product(a candidate that {}) = false", claim.says);
                let (asked, first_to_last) = shown(claim);
                let look = format!(
                    "{asked}; summed from first to last it is {first_to_last}. Both are right: allow for \
                     rounding error."
                );
                Broken::answer(got, "true", look)
            })
        })
    });
}

#[test]
fn rejects_a_wrong_formula() {
    example(|| all_are_rejected(&WRONG_FORMULA));
}

#[test]
fn rejects_a_wrong_sign() {
    example(|| all_are_rejected(&WRONG_SIGN));
}

#[test]
fn rejects_missing_entries() {
    example(|| all_are_rejected(&WRONG_LENGTH));
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m01_linear_algebra::laws::accepts_dot_product;
        assert!(!accepts_dot_product(&|_, _| Ok(0.0)));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_low_precision() {
        example(|| all_are_rejected(&WRONG_PRECISION));
    }

    #[test]
    fn rejects_wrong_errors() {
        example(|| all_are_rejected(&WRONG_REJECTION));
    }

    #[test]
    fn rejects_wrong_edge_cases() {
        example(|| all_are_rejected(&WRONG_CORNER));
    }

    #[test]
    fn distinguishes_candidates_in_any_order() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            let right = RIGHT.iter().map(|claim| (claim, true));
            let wrong = [
                &WRONG_FORMULA[..],
                &WRONG_SIGN,
                &WRONG_LENGTH,
                &WRONG_PRECISION,
                &WRONG_REJECTION,
                &WRONG_CORNER,
            ];
            let mut all: Vec<_> =
                right.chain(wrong.into_iter().flatten().map(|claim| (claim, false))).collect();
            Generator::from_seed(seed).shuffle(&mut all);
            all.into_iter().try_for_each(|(claim, want)| {
                let got = accepts_dot_product(&claim.answer);
                let call = format!("accepts_dot_product(a candidate that {})", claim.says);
                equal(&call, got, want, "The decision must not depend on earlier calls.")
            })
        });
    }
}
