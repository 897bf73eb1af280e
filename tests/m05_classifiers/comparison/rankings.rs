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

/// One of 1000 and of 1001: on average of two folds they differ by 5·10⁻⁷.
pub fn barely_different_means_are_ranked(call: &str, at: usize) -> Verdict {
    let (fold_of_1000, fold_of_1001) = ((0..1000).collect(), (1000..2001).collect());
    let hit = |row: f64| {
        move |_: &Matrix, _: &[usize], x: &Matrix| {
            Ok((0..x.rows()).map(|i| usize::from(x[(i, 0)] == row)).collect::<Vec<_>>())
        }
    };
    let (in_the_larger, in_the_smaller) = (hit(1500.0), hit(500.0));
    let mut candidates: [(&str, Classifier); 2] =
        [("one of 1001", &in_the_larger), ("one of 1000", &in_the_smaller)];
    candidates.rotate_left(at);
    let folds = [fold_of_1000, fold_of_1001];
    let got = compare_classifiers(&candidates, &numbered(2001), &[1; 2001], &folds).accepted(call)?;
    let look = "The means of 1/1000 and 0, and of 0 and 1/1001: the first is larger. Only equal accuracies \
                are ties.";
    equal("the ranking", names(&got), vec!["one of 1000", "one of 1001"], look)
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

/// A prediction that differs from the label by a power of two is wrong.
pub fn whole_labels_are_compared(call: &str, off: usize) -> Verdict {
    let label = (1 << 63) | off;
    let (zeros, right) = (always(label ^ off), always(label));
    let candidates: [(&str, Classifier); 2] = [("the same name", &zeros), ("the same name", &right)];
    let got = compare_classifiers(&candidates, &numbered(2), &[label; 2], &[vec![0], vec![1]]);
    let got: Vec<f64> = got.accepted(call)?.iter().map(|score| score.accuracy).collect();
    let look = "One candidate predicts a number that differs in one bit, the other, of the same name, the \
                label. A prediction is right where it equals the label, in all its bits.";
    equal(&format!("the accuracies where all labels are {label}"), got, vec![1.0, 0.0], look)
}
