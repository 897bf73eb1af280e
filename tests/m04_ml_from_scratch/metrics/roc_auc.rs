use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::metrics::roc_auc;
use kit::InputError;
use proptest::prelude::*;

use super::super::draw::labels;

const CALL: &str = "roc_auc(y, score)";

/// Labels of both classes and scores, many of them equal.
fn ranked() -> impl Strategy<Value = (Vec<usize>, Vec<f64>)> + Send + Sync + Clone {
    (2..=7_usize).prop_flat_map(|n| {
        let coarse = prop::collection::vec((-2..=2_i32).prop_map(f64::from), n);
        (labels(n, 2), prop_oneof![coarse, any::vector(n..=n)])
    })
}

fn pair_counting(y: &[usize], score: &[f64]) -> f64 {
    let of = |class: usize| y.iter().zip(score).filter(move |(y, _)| **y == class).map(|(_, s)| *s);
    let won = of(1)
        .flat_map(|a| of(0).map(move |b| f64::from(u8::from(a > b)) + f64::from(u8::from(a == b)) / 2.0));
    won.sum::<f64>() / (of(1).count() * of(0).count()) as f64
}

#[test]
fn it_is_the_share_of_pairs_in_the_right_order() {
    for_all("y, score", ranked()).holds(|(y, score)| {
        let look = "Each 1 against each 0: a higher score wins the pair, an equal one half of it.";
        close(
            CALL,
            roc_auc(y, score).accepted(CALL)?,
            pair_counting(y, score),
            rounding(4 * y.len(), 1.0),
            look,
        )
    });
}

#[test]
fn only_the_order_of_the_scores_matters() {
    for_all("y, score, k", (ranked(), -60..=10_i32)).holds(|((y, score), k)| {
        // Exact and strictly rising: equal scores stay equal, different ones different.
        let stretched: Vec<f64> =
            score.iter().map(|s| (s * s * s * 1024.0 + 5.0) * 2.0_f64.powi(*k)).collect();
        let call = "roc_auc(y, 2ᵏ·(1024·score³ + 5))";
        let got = roc_auc(y, &stretched).accepted(call)?;
        let want = roc_auc(y, score).accepted(CALL)?;
        let look = "The scores are no probabilities: they may be stretched or squeezed as long as the order \
                    stays. Scores are equal where == says so.";
        close(call, got, want, rounding(4 * y.len(), 1.0), look)
    });
}

#[test]
fn scores_turned_round_give_the_complement() {
    for_all("y, score", ranked()).holds(|(y, score)| {
        let turned: Vec<f64> = score.iter().map(|s| -s).collect();
        let (got, other) =
            (roc_auc(y, &turned).accepted("roc_auc(y, −score)")?, roc_auc(y, score).accepted(CALL)?);
        let look = "Every pair won is then lost, and a tie stays a tie. How are ties counted?";
        close("roc_auc(y, −score)", got, 1.0 - other, rounding(4 * y.len(), 1.0), look)
    });
}

#[test]
fn the_order_of_the_samples_does_not_matter() {
    for_all("y, score, k", (ranked(), 0..8_usize)).holds(|((y, score), k)| {
        let (mut turned_y, mut turned_score) = (y.clone(), score.clone());
        turned_y.rotate_left(k % y.len());
        turned_score.rotate_left(k % y.len());
        let got = roc_auc(&turned_y, &turned_score).accepted("roc_auc after turning the samples round")?;
        let look = "Samples with equal scores may come in any order, and are sorted in any order.";
        close(
            "roc_auc after turning the samples round",
            got,
            roc_auc(y, score).accepted(CALL)?,
            rounding(4 * y.len(), 1.0),
            look,
        )
    });
}

#[test]
fn equal_scores_say_nothing() {
    example(|| {
        for score in [[0.5; 4], [0.0, -0.0, -0.0, 0.0]] {
            let call = format!("roc_auc([1, 0, 0, 1], {score:?})");
            let got = roc_auc(&[1, 0, 0, 1], &score).accepted(&call)?;
            close(&call, got, 0.5, 4.0 * f64::EPSILON, "All pairs are ties, and 0 and −0 are equal.")?;
        }
        Ok(())
    });
}

#[test]
fn one_class_alone_has_no_pairs() {
    example(|| {
        for y in [[0, 0], [1, 1]] {
            let call = format!("roc_auc({y:?}, [1, 2])");
            rejected(
                &call,
                roc_auc(&y, &[1.0, 2.0]),
                InputError::Constant { name: "y" },
                "0 of 0 pairs is no share.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn a_label_that_is_neither_0_nor_1_is_rejected() {
    example(|| {
        let want = InputError::UnknownClass { index: 1, got: 2, classes: 2 };
        rejected(
            "roc_auc([1, 2, 0], [1, 2, 3])",
            roc_auc(&[1, 2, 0], &[1.0, 2.0, 3.0]),
            want,
            "Labels are 0 and 1.",
        )
    });
}

#[test]
fn a_score_that_is_not_finite_is_rejected_by_place() {
    for_all("bad, k", (any::not_finite(), 0..3_usize)).cases(64).holds(|(bad, k)| {
        let mut score = [1.0, 2.0, 3.0];
        score[*k] = *bad;
        let look = "A NaN has no place in an order: look for it before you sort.";
        rejected(CALL, roc_auc(&[0, 1, 0], &score), InputError::NotFinite { name: "score", index: *k }, look)
    });
}

#[test]
fn lengths_that_differ_and_nothing_at_all_are_rejected() {
    example(|| {
        for (y, score) in [(&[1, 0][..], &[0.5][..]), (&[1], &[0.5; 2])] {
            let want = InputError::LengthMismatch { left: y.len(), right: score.len() };
            rejected(
                &format!("roc_auc({y:?}, {score:?})"),
                roc_auc(y, score),
                want,
                "Compare the lengths first, y's on the left.",
            )?;
        }
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("roc_auc([], [])", roc_auc(&[], &[]), want, "Nothing has no pairs.")
    });
}

#[test]
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let look = "Of several reasons the one that stands first in the list is told.";
        let want = InputError::LengthMismatch { left: 1, right: 2 };
        rejected("roc_auc([2], [1, NaN])", roc_auc(&[2], &[1.0, f64::NAN]), want, look)?;
        let want = InputError::NotFinite { name: "score", index: 1 };
        rejected("roc_auc([2, 2], [1, NaN])", roc_auc(&[2, 2], &[1.0, f64::NAN]), want, look)?;
        let want = InputError::UnknownClass { index: 0, got: 2, classes: 2 };
        rejected("roc_auc([2, 2], [1, 0])", roc_auc(&[2, 2], &[1.0, 0.0]), want, look)
    })
}

#[test]
fn one_pair_won_one_tied_and_one_lost_are_one_half() {
    example(|| {
        let call = "roc_auc([0, 1, 1, 1], [1, 1, 2, 0])";
        let got = roc_auc(&[0, 1, 1, 1], &[1.0, 1.0, 2.0, 0.0]).accepted(call)?;
        close(call, got, 0.5, rounding(16, 1.0), "Three pairs: (1 + ½ + 0)/3.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m04_ml_from_scratch::metrics::roc_auc;
        assert_eq!(roc_auc(&[0, 1, 0, 1], &[0.1, 0.9, 0.5, 0.5]), Ok(0.875));
        Ok::<(), kit::InputError>(())
    });
}
