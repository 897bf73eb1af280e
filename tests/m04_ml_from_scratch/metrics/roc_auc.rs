use judge::{Answer, any, close, example, for_all, rejected, rounding};
use katas::m04_ml_from_scratch::metrics::roc_auc;
use kit::InputError;
use proptest::prelude::*;

use super::super::draw::labels;
use super::super::sizes::{Numbers, fault, in_turn, kinds, many, numbers, ones_but, place, stray, unequal};

const CALL: &str = "roc_auc(y, score)";

/// Labels of both classes and scores, many of them equal.
fn ranked() -> impl Strategy<Value = (Vec<usize>, Vec<f64>)> + Send + Sync + Clone {
    many(2..=7).prop_map(|n| n.min(301)).prop_flat_map(|n| {
        let coarse = judge::any::vec((-2..=2_i32).prop_map(f64::from), n);
        (labels(n, 2), prop_oneof![coarse, numbers(Numbers::Eighths, n)])
    })
}

fn pair_counting(y: &[usize], score: &[f64]) -> f64 {
    let of = |class: usize| y.iter().zip(score).filter(move |(y, _)| **y == class).map(|(_, s)| *s);
    let won = of(1)
        .flat_map(|a| of(0).map(move |b| f64::from(u8::from(a > b)) + f64::from(u8::from(a == b)) / 2.0));
    won.sum::<f64>() / (of(1).count() * of(0).count()) as f64
}

#[test]
fn is_the_fraction_of_correctly_ranked_pairs() {
    for_all("y, score", ranked()).holds(|(y, score)| {
        let look = "Each positive against each negative: a higher score counts 1, a tie counts ½.";
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
fn is_invariant_under_increasing_functions() {
    for_all("y, score, k", (ranked(), -60..=10_i32)).holds(|((y, score), k)| {
        // Exact and strictly rising: equal scores stay equal, different ones different.
        let stretched: Vec<f64> =
            score.iter().map(|s| (s * s * s * 1024.0 + 5.0) * 2.0_f64.powi(*k)).collect();
        let call = "roc_auc(y, 2ᵏ·(1024·score³ + 5))";
        let got = roc_auc(y, &stretched).accepted(call)?;
        let want = roc_auc(y, score).accepted(CALL)?;
        let look = "Only the order of the scores matters: any increasing function leaves the area unchanged. \
                    Scores are tied where == says so.";
        close(call, got, want, rounding(4 * y.len(), 1.0), look)
    });
}

#[test]
fn negated_scores_give_the_complement() {
    for_all("y, score", ranked()).holds(|(y, score)| {
        let turned: Vec<f64> = score.iter().map(|s| -s).collect();
        let (got, other) =
            (roc_auc(y, &turned).accepted("roc_auc(y, −score)")?, roc_auc(y, score).accepted(CALL)?);
        let look = "Every pair won is then lost, and a tie stays a tie. Does a tie count ½?";
        close("roc_auc(y, −score)", got, 1.0 - other, rounding(4 * y.len(), 1.0), look)
    });
}

#[test]
fn is_permutation_invariant() {
    for_all("y, score, k", (ranked(), 0..8_usize)).holds(|((y, score), k)| {
        let (mut turned_y, mut turned_score) = (y.clone(), score.clone());
        turned_y.rotate_left(k % y.len());
        turned_score.rotate_left(k % y.len());
        let got = roc_auc(&turned_y, &turned_score).accepted("roc_auc after rotating the samples")?;
        let look = "Ties may come in any order, and are sorted in any order.";
        close(
            "roc_auc after rotating the samples",
            got,
            roc_auc(y, score).accepted(CALL)?,
            rounding(4 * y.len(), 1.0),
            look,
        )
    });
}

#[test]
fn equal_scores_give_one_half() {
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

mod robust {
    use super::*;

    #[test]
    fn rejects_a_single_class() {
        example(|| {
            for y in [[0, 0], [1, 1]] {
                let call = format!("roc_auc({y:?}, [1, 2])");
                rejected(
                    &call,
                    roc_auc(&y, &[1.0, 2.0]),
                    InputError::Constant { name: "y" },
                    "0 of 0 pairs is not a fraction.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unknown_labels() {
        for_all("y, i", stray()).cases(64).holds(|(y, index)| {
            let want = InputError::UnknownClass { index: *index, got: y[*index], classes: 2 };
            let look = "Labels are 0 and 1, in every place.";
            rejected("roc_auc(y, score)", roc_auc(y, &ones_but(y.len(), 0, 2.0)), want, look)
        });
    }

    #[test]
    fn rejects_scores_that_are_not_finite() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, _], [i, _], bad)| {
            let (score, want) = (ones_but(*n, *i, *bad), InputError::NotFinite { name: "score", index: *i });
            let look = "A NaN has no rank: check for it before you sort.";
            rejected(CALL, roc_auc(&in_turn(*n), &score), want, look)
        });
    }

    #[test]
    fn compares_scores_of_every_size() {
        // Eighths as multiples of the smallest number above 0, and up to 1.9·2¹⁰²³, where differences overflow.
        let units = judge::any::select(vec![8.0 * f64::from_bits(1), 1.875 * 2.0_f64.powi(1020)]);
        for_all("y, score, unit", (ranked(), units)).cases(96).holds(|((y, score), unit)| {
            let scaled: Vec<f64> = score.iter().map(|s| s * unit).collect();
            let call = "roc_auc(y, unit·score)";
            let look = "In any unit the order is the same. Compare scores, not their differences with 0.";
            let got = roc_auc(y, &scaled).accepted(call)?;
            close(call, got, pair_counting(y, score), rounding(4 * y.len(), 1.0), look)
        });
    }

    #[test]
    fn a_single_positive_sample_is_ranked_in_any_place() {
        let inputs = many(2..=4).prop_flat_map(|n| (Just(n), place(n), 0..n, 0..2_usize));
        for_all("n, i, rank, label", inputs).cases(128).holds(|&(n, i, rank, label)| {
            // The scores 0 to n − 1 in another order, with `rank` for sample i.
            let score: Vec<f64> = (0..n).map(|k| ((k + n - i + rank) % n) as f64).collect();
            let y: Vec<usize> = (0..n).map(|k| if k == i { label } else { 1 - label }).collect();
            let below = rank as f64 / (n - 1) as f64;
            let want = if label == 1 { below } else { 1.0 - below };
            let look = "One sample against all others, wherever it stands.";
            close(CALL, roc_auc(&y, &score).accepted(CALL)?, want, rounding(4 * n, 1.0), look)?;
            let got = roc_auc(&vec![label; n], &score);
            rejected("roc_auc(one class, score)", got, InputError::Constant { name: "y" }, look)
        });
    }

    #[test]
    fn rejects_unequal_lengths_of_any_size() {
        for_all("[n, m]", unequal()).cases(64).holds(|&[n, m]| {
            let want = InputError::LengthMismatch { left: n, right: m };
            rejected(
                "roc_auc(n labels, m scores)",
                roc_auc(&in_turn(n), &ones_but(m, 0, 2.0)),
                want,
                "Compare the lengths.",
            )
        });
    }

    #[test]
    fn rejects_unequal_lengths_and_no_labels() {
        example(|| {
            for (y, score) in [(&[1, 0][..], &[0.5][..]), (&[1, 0], &[0.5; 3])] {
                let want = InputError::LengthMismatch { left: y.len(), right: score.len() };
                rejected(
                    &format!("roc_auc({y:?}, {score:?})"),
                    roc_auc(y, score),
                    want,
                    "Compare the lengths, y's on the left.",
                )?;
            }
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("roc_auc([], [])", roc_auc(&[], &[]), want, "Without samples there are no pairs.")
        });
    }

    #[test]
    fn is_correct_for_any_size_and_magnitude() {
        let inputs = (many(2..=7), kinds()).prop_flat_map(|(n, [kind, _])| {
            // A few units of 10⁻¹⁰, or in the last place, apart.
            let apart = judge::any::select(vec![1e-10, 1e-13, f64::EPSILON]);
            let close = (apart, -60..=60_i32, judge::any::vec(-9..=9_i32, n)).prop_map(|(apart, k, off)| {
                let score = |off: i32| (1.0 + f64::from(off) * apart) * 2.0_f64.powi(k);
                off.into_iter().map(score).collect::<Vec<f64>>()
            });
            (labels(n, 2), prop_oneof![any::entries(n), close, numbers(kind, n)])
        });
        for_all("y, score", inputs).holds(|(y, score)| {
            let look = "Every pair counts, whatever the number of samples; scores are tied where == says so.";
            close(
                CALL,
                roc_auc(y, score).accepted(CALL)?,
                pair_counting(y, score),
                rounding(4 * y.len(), 1.0),
                look,
            )
        });
    }
}
