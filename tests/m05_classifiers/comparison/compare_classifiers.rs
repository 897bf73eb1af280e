use std::cell::RefCell;

use judge::{Answer, close, equal, example, for_all, rejected};
use katas::m05_classifiers::comparison::{Classifier, compare_classifiers};
use kit::{InputError, Matrix};
use proptest::prelude::{Just, Strategy};

use super::super::samples::rows;
use super::candidates::{accuracies, always, of, some_folds};
use super::spy::{dealt, memory, numbered, spy};

const CALL: &str = "compare_classifiers(candidates, x, y, folds)";

#[test]
fn each_score_is_mean_and_deviation_of_the_rounds() {
    for_all("y, folds", dealt()).holds(|(y, folds)| {
        let (zeros, ones, twos) = (always(0), always(1), always(2));
        let candidates: [(&str, Classifier); 3] = [("zeros", &zeros), ("ones", &ones), ("twos", &twos)];
        let got = compare_classifiers(&candidates, &numbered(y.len()), y, folds).accepted(CALL)?;
        equal("the number of scores", got.len(), 3, "One a candidate.")?;
        for (label, name) in ["zeros", "ones", "twos"].into_iter().enumerate() {
            let (score, rounds) = (of(&got, name)?, accuracies(y, folds, label));
            let k = rounds.len() as f64;
            let mean = rounds.iter().sum::<f64>() / k;
            let deviation = (rounds.iter().map(|a| (a - mean).powi(2)).sum::<f64>() / k).sqrt();
            let look =
                "The mean of the accuracies of the rounds, each counting the same however large its fold.";
            let call = format!("the accuracy of {name:?}, rounds {rounds:?},");
            close(&call, score.accuracy, mean, 1e-15, look)?;
            let look =
                "The root of the mean squared distance from that mean, divided by the number of rounds.";
            // Near 0 the root makes 10⁻⁸ of a rounding of 10⁻¹⁶.
            let call = format!("the deviation of {name:?}, rounds {rounds:?},");
            close(&call, score.deviation, deviation, 1e-7, look)?;
        }
        Ok(())
    });
}

#[test]
fn the_best_come_first_and_equals_in_the_order_given() {
    for_all("y, folds, order", (dealt(), Just(vec![0_usize, 1, 2]).prop_shuffle())).holds(
        |((y, folds), order)| {
            let all = [always(0), always(1), always(2)];
            let names = ["zeros", "ones", "twos"];
            // Each twice, so that there are equals for sure.
            let candidates: Vec<(&str, Classifier)> = [&order[..], &order[..]]
                .concat()
                .iter()
                .map(|&i| (names[i], &all[i] as Classifier))
                .collect();
            let got = compare_classifiers(&candidates, &numbered(y.len()), y, folds).accepted(CALL)?;
            let mean = |i: usize| {
                let rounds = accuracies(y, folds, i);
                rounds.iter().sum::<f64>() / rounds.len() as f64
            };
            let mut want: Vec<usize> = [&order[..], &order[..]].concat();
            want.sort_by(|&a, &b| mean(b).total_cmp(&mean(a)));
            // ⅓ of one round and ⅓ of another are equal on paper. As a mean of three rounds either may come out greater.
            let differ = |i: usize, j: usize| accuracies(y, folds, i) != accuracies(y, folds, j);
            let close_ones =
                (0..3).any(|i| (0..i).any(|j| differ(i, j) && (mean(i) - mean(j)).abs() < 1e-12));
            if close_ones {
                return Ok(());
            }
            let got: Vec<&str> = got.iter().map(|score| score.name.as_str()).collect();
            let want: Vec<&str> = want.into_iter().map(|i| names[i]).collect();
            equal(
                "the ranking",
                got,
                want,
                "The highest accuracy first; a stable sort leaves equals in their order.",
            )
        },
    );
}

#[test]
fn many_equals_stay_in_the_order_given() {
    for_all("n", 21..=40_usize).cases(8).holds(|&n| {
        let (right, wrong) = (always(1), always(0));
        let names: Vec<String> = (0..n).map(|i| format!("number {i}")).collect();
        let candidates: Vec<(&str, Classifier)> = (0..n)
            .map(|i| {
                (names[i].as_str(), if i % 3 == 0 { &wrong as Classifier } else { &right as Classifier })
            })
            .collect();
        let got =
            compare_classifiers(&candidates, &numbered(2), &[1, 1], &[vec![0], vec![1]]).accepted(CALL)?;
        let got: Vec<&str> = got.iter().map(|score| score.name.as_str()).collect();
        let order = (0..n).filter(|i| i % 3 != 0).chain((0..n).step_by(3));
        let want: Vec<&str> = order.map(|i| names[i].as_str()).collect();
        let look = "Every third is always wrong, the others are always right. A sort that is not stable \
                    leaves equals in order only where they are few.";
        equal(&format!("the ranking of {n}"), got, want, look)
    });
}

#[test]
fn one_right_answer_more_is_better() {
    for_all("at", 0..2_usize).cases(4).holds(|&at| {
        // 1 of 2000 is a twentieth of a per cent.
        let mut y = vec![0; 2000];
        y[..1001].fill(1);
        let (zeros, ones) = (always(0), always(1));
        let mut candidates: [(&str, Classifier); 2] = [("zeros", &zeros), ("ones", &ones)];
        candidates.rotate_left(at);
        let got =
            compare_classifiers(&candidates, &numbered(2000), &y, &[(0..2000).collect()]).accepted(CALL)?;
        let got: Vec<&str> = got.iter().map(|score| score.name.as_str()).collect();
        let look = "1001 of 2000 are more than 999. Compare accuracies as they are, not rounded: \
                    `f64::total_cmp` orders them.";
        equal("the ranking", got, vec!["ones", "zeros"], look)
    });
}

#[test]
fn every_candidate_learns_from_all_other_rows_and_is_asked_about_a_fold() {
    for_all("y, folds", some_folds()).holds(|(y, folds)| {
        let (x, told, others_told) = (numbered(y.len()), RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        let (first, second) = (spy(&told, |_| 0), spy(&others_told, |_| 1));
        compare_classifiers(&[("first", &first), ("second", &second)], &x, y, folds).accepted(CALL)?;
        let want: Vec<_> = folds
            .iter()
            .map(|fold| {
                let others: Vec<usize> = (0..y.len()).filter(|row| !fold.contains(row)).collect();
                (rows(&x, &others), others.iter().map(|&row| y[row]).collect::<Vec<_>>(), rows(&x, fold))
            })
            .collect();
        let look = "What it is tested on, it may not learn from; all other rows, in their order, in a fold \
                    or not. The same folds for every candidate.";
        for (name, told) in [("the first", &told), ("the second", &others_told)] {
            equal(
                &format!("(x_train, y_train, x_test) for {name}, round after round,"),
                told.take(),
                want.clone(),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn a_memory_does_no_better_than_guessing() {
    example(|| {
        // No label is 0, which is what the memory says of strangers.
        let (x, y) = (numbered(6), [1, 2, 1, 2, 1, 2]);
        let got = compare_classifiers(&[("memory", &memory)], &x, &y, &[vec![0, 3], vec![1, 4], vec![2, 5]])
            .accepted(CALL)?;
        equal(
            "the accuracy of one that knows its training set by heart",
            of(&got, "memory")?.accuracy,
            0.0,
            "A test row was in the training set.",
        )
    });
}

#[test]
fn one_round_of_some_rows_is_enough() {
    example(|| {
        let got = compare_classifiers(&[("ones", &always(1))], &numbered(4), &[0, 1, 1, 0], &[vec![2, 1, 3]]);
        let got = got.accepted("compare_classifiers with the only fold [2, 1, 3]")?;
        let (score, look) = (
            of(&got, "ones")?,
            "Folds need not hold every row here, and one is enough: then nothing scatters.",
        );
        equal("the number of scores with the only fold [2, 1, 3]", got.len(), 1, look)?;
        close("the accuracy with the only fold [2, 1, 3]", score.accuracy, 2.0 / 3.0, 1e-15, look)?;
        // As above, the root of a rounding.
        close("the deviation with the only fold [2, 1, 3]", score.deviation, 0.0, 1e-7, look)
    });
}

#[test]
fn nobody_to_compare_gives_an_empty_table() {
    example(|| {
        let got = compare_classifiers(&[], &numbered(2), &[0, 1], &[vec![0], vec![1]]).accepted(CALL)?;
        equal("the table without candidates", got, vec![], "No candidates, no scores; and no rejection.")
    });
}

#[test]
fn rejections_are_passed_on() {
    example(|| {
        let fine = always(0);
        let rejects = |_: &Matrix, _: &[usize], _: &Matrix| Err(InputError::Defective);
        let silent = |_: &Matrix, _: &[usize], _: &Matrix| Ok(vec![]);
        let compare = |candidates: &[(&str, Classifier)]| {
            compare_classifiers(candidates, &numbered(3), &[0; 3], &[vec![0], vec![1, 2]])
        };
        let call = "compare_classifiers with a candidate that rejects";
        let got = compare(&[("fine", &fine), ("rejects", &rejects), ("silent", &silent)]);
        rejected(call, got, InputError::Defective, "Candidate after candidate.")?;
        let call = "compare_classifiers with a candidate that says nothing";
        let got = compare(&[("silent", &silent), ("rejects", &rejects)]);
        rejected(call, got, InputError::LengthMismatch { left: 0, right: 1 }, "Count its answers.")
    });
}

#[test]
fn folds_that_do_not_fit_are_rejected() {
    example(|| {
        let never = |_: &Matrix, _: &[usize], _: &Matrix| Err(InputError::Defective);
        let compare = |n: usize, folds: &[Vec<usize>]| {
            compare_classifiers(&[("never", &never)], &numbered(3), &vec![0; n], folds)
        };
        let (few, folds) = (InputError::TooFew { got: 0, wanted: 1 }, [vec![0], vec![1, 2]]);
        for right in [2, 4] {
            let call = format!("compare_classifiers with 3 samples, {right} labels");
            let want = InputError::LengthMismatch { left: 3, right };
            rejected(&call, compare(right, &folds), want, "Samples on the left.")?;
        }
        let (call, look) = ("compare_classifiers with no folds", "The mean over no round is no number.");
        rejected(call, compare(3, &[]), few.clone(), look)?;
        let (call, look) = ("compare_classifiers with an empty fold", "The share of nothing is no number.");
        rejected(call, compare(3, &[vec![0, 1, 2], vec![]]), few, look)?;
        let wanted = "row numbers below the number of samples";
        let want = |got| InputError::OutOfRange { name: "folds", got, wanted };
        let call = "compare_classifiers with folds [0, 1], [2, 3] of 3";
        rejected(call, compare(3, &[vec![0, 1], vec![2, 3]]), want(3.0), "Rows are counted from 0.")?;
        let call = "compare_classifiers with folds [7, 1], [2, 9] of 3";
        rejected(call, compare(3, &[vec![7, 1], vec![2, 9]]), want(7.0), "The first is reported.")?;
        let nobody = compare_classifiers(&[], &numbered(3), &[0; 3], &[vec![0, 1], vec![2, 3]]);
        let look = "Data and folds are looked at, whoever is compared.";
        rejected("compare_classifiers of nobody with folds [0, 1], [2, 3] of 3", nobody, want(3.0), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::comparison::compare_classifiers;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [2.0], [3.0], [4.0]]);
        let threes = |_: &Matrix, _: &[usize], queries: &Matrix| Ok(vec![3; queries.rows()]);
        let sevens = |_: &Matrix, _: &[usize], queries: &Matrix| Ok(vec![7; queries.rows()]);
        let table = compare_classifiers(
            &[("sevens", &sevens), ("threes", &threes)],
            &x,
            &[7, 3, 3, 3],
            &[vec![0, 1], vec![2, 3]],
        )?;
        assert_eq!((table[0].name.as_str(), table[0].accuracy, table[0].deviation), ("threes", 0.75, 0.25));
        Ok::<(), kit::InputError>(())
    });
}
