//! Candidates that are nearly equal, equally good in different ways, or wrong by a power of two.

use judge::{Answer, Verdict, equal};
use katas::m05_classifiers::comparison::{Classifier, Score, compare_classifiers};
use kit::Matrix;

use super::candidates::always;
use super::spy::numbered;

fn names(scores: &[Score]) -> Vec<&str> {
    scores.iter().map(|score| score.name.as_str()).collect()
}

/// 1001 right answers of 2000 are more than 999, whichever candidate comes first.
pub fn nearly_equal_accuracies_are_ranked(call: &str, at: usize) -> Verdict {
    // 1 of 2000 is a twentieth of a per cent.
    let mut y = vec![0; 2000];
    y[..1001].fill(1);
    let (zeros, ones) = (always(0), always(1));
    let mut candidates: [(&str, Classifier); 2] = [("zeros", &zeros), ("ones", &ones)];
    candidates.rotate_left(at);
    let got = compare_classifiers(&candidates, &numbered(2000), &y, &[(0..2000).collect()]).accepted(call)?;
    let look = "1001 of 2000 are more than 999. Compare accuracies as they are, not rounded: \
                `f64::total_cmp` orders them.";
    equal("the ranking", names(&got), vec!["ones", "zeros"], look)
}

/// Accuracies of 0 and 1 have the mean of ½ and ½.
pub fn equal_means_keep_their_order(call: &str, at: usize) -> Verdict {
    let zeros = always(0);
    let by_turns = |_: &Matrix, _: &[usize], x: &Matrix| Ok((0..x.rows()).map(|i| i % 2).collect::<Vec<_>>());
    let mut candidates: [(&str, Classifier); 2] = [("0 and 1", &zeros), ("½ and ½", &by_turns)];
    candidates.rotate_left(at);
    let folds = [vec![0, 1], vec![2, 3]];
    let got = compare_classifiers(&candidates, &numbered(4), &[1, 1, 0, 0], &folds).accepted(call)?;
    let want = candidates.map(|(name, _)| name).to_vec();
    let look =
        "Both mean accuracies are ½: ties keep the order of the candidates, whatever their deviations.";
    equal("the ranking of accuracies (0, 1) and (½, ½)", names(&got), want, look)
}

/// A prediction of 0 is wrong where the label is a power of two.
pub fn whole_labels_are_compared(call: &str, label: usize) -> Verdict {
    let (zeros, right) = (always(0), always(label));
    let candidates: [(&str, Classifier); 2] = [("the same name", &zeros), ("the same name", &right)];
    let got = compare_classifiers(&candidates, &numbered(2), &[label; 2], &[vec![0], vec![1]]);
    let got: Vec<f64> = got.accepted(call)?.iter().map(|score| score.accuracy).collect();
    let look = "One candidate predicts 0, the other, of the same name, the label. A prediction is right \
                where it equals the label, in all its bits.";
    equal(&format!("the accuracies where all labels are {label}"), got, vec![1.0, 0.0], look)
}
