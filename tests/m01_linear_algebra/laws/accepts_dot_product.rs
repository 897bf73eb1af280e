use judge::{Broken, Verdict, ensure, example, rounding};
use katas::m01_linear_algebra::laws::accepts_dot_product;

use super::claims::{self, Answer, Claim, RIGHT};
use super::wrong_claims::{
    WRONG_CORNER, WRONG_FORMULA, WRONG_LENGTH, WRONG_PRECISION, WRONG_REJECTION, WRONG_SIGN,
};

/// Whether an answer is right on these vectors, by the definition that the learner was given.
fn is_right(answer: &Answer, x: &[f64], y: &[f64]) -> bool {
    let size = x.iter().zip(y).map(|(x, y)| (x * y).abs()).sum();
    match (answer, claims::by_definition(x, y)) {
        (Ok(got), Ok(want)) if want.is_nan() => got.is_nan(),
        (Ok(got), Ok(want)) => (got - want).abs() <= rounding(2 * x.len(), size),
        (got, want) => *got == want,
    }
}

/// What a claim says of its vectors, and what the definition says.
fn shown(claim: &Claim) -> (String, String) {
    let (x, y) = claim.seen_on;
    let answer = |answer: &Answer| match answer {
        Ok(value) => format!("{value:?}"),
        Err(error) => format!("Err({error:?})"),
    };
    let asked = format!("For x = {x:?}, y = {y:?} it says {}", answer(&(claim.answer)(x, y)));
    (asked, answer(&claims::by_definition(x, y)))
}

fn all_are_rejected(claims: &[Claim]) -> Verdict {
    claims.iter().try_for_each(|claim| {
        let (x, y) = claim.seen_on;
        assert!(!is_right(&(claim.answer)(x, y), x, y), "\"{}\" is right on its vectors", claim.says);
        ensure(!accepts_dot_product(&claim.answer), || {
            let got = format!("accepts_dot_product(one that {}) = true", claim.says);
            let (asked, right) = shown(claim);
            Broken::answer(got, "false", format!("{asked}; right is {right}. Which question would show it?"))
        })
    })
}

#[test]
fn every_right_claim_is_accepted_however_it_rounds() {
    example(|| {
        RIGHT.iter().try_for_each(|claim| {
            let (x, y) = claim.seen_on;
            assert!(is_right(&(claim.answer)(x, y), x, y), "\"{}\" is wrong on its vectors", claim.says);
            ensure(accepts_dot_product(&claim.answer), || {
                let got = format!("accepts_dot_product(one that {}) = false", claim.says);
                let (asked, first_to_last) = shown(claim);
                let look = format!(
                    "{asked}; from first to last it is {first_to_last}. Both are right: leave room for \
                     rounding."
                );
                Broken::answer(got, "true", look)
            })
        })
    });
}

#[test]
fn a_wrong_formula_is_rejected() {
    example(|| all_are_rejected(&WRONG_FORMULA));
}

#[test]
fn a_wrong_sign_is_rejected() {
    example(|| all_are_rejected(&WRONG_SIGN));
}

#[test]
fn a_claim_that_passes_over_entries_is_rejected() {
    example(|| all_are_rejected(&WRONG_LENGTH));
}

#[test]
fn a_claim_that_is_only_nearly_right_is_rejected() {
    example(|| all_are_rejected(&WRONG_PRECISION));
}

#[test]
fn a_claim_that_rejects_the_wrong_vectors_is_rejected() {
    example(|| all_are_rejected(&WRONG_REJECTION));
}

#[test]
fn a_claim_that_is_wrong_in_a_corner_is_rejected() {
    example(|| all_are_rejected(&WRONG_CORNER));
}
