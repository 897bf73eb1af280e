use std::cell::RefCell;

use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected};
use katas::m05_classifiers::comparison::{Classifier, compare_classifiers};
use kit::{Generator, InputError, Matrix};
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::super::samples::rows;
use super::super::sizes::{many, several, unequal};
use super::candidates::{accuracies, always, of, some_folds};
use super::faults::{any_names_are_kept, fails_in_one_round, has_one_invalid_fold};
use super::rankings::{
    barely_different_means_are_ranked, equal_means_keep_their_order, nearly_equal_accuracies_are_ranked,
    whole_labels_are_compared,
};
use super::spy::{memory, numbered, split_rows, spy};

const CALL: &str = "compare_classifiers(candidates, x, y, folds)";

#[test]
fn scores_are_mean_and_standard_deviation() {
    for_all("y, folds", split_rows()).holds(|(y, folds)| {
        let (zeros, ones, twos) = (always(0), always(1), always(2));
        let candidates: [(&str, Classifier); 3] = [("zeros", &zeros), ("ones", &ones), ("twos", &twos)];
        let got = compare_classifiers(&candidates, &numbered(y.len()), y, folds).accepted(CALL)?;
        equal("the number of scores", got.len(), 3, "One per candidate.")?;
        for (label, name) in ["zeros", "ones", "twos"].into_iter().enumerate() {
            let (score, rounds) = (of(&got, name)?, accuracies(y, folds, label));
            let k = rounds.len() as f64;
            let mean = rounds.iter().sum::<f64>() / k;
            let deviation = (rounds.iter().map(|a| (a - mean).powi(2)).sum::<f64>() / k).sqrt();
            let look =
                "The mean of the accuracies of the rounds, each with the same weight however large its fold.";
            let call = format!("the accuracy of {name:?}, rounds {rounds:?},");
            close(&call, score.accuracy, mean, 4.0 * k * f64::EPSILON, look)?;
            let look = "The root of the mean squared deviation, divided by the number of rounds.";
            // Near 0 the root makes 10⁻⁸ of a rounding of 10⁻¹⁶; elsewhere of a rounding of kε in the variance k·ε/σ.
            let error = if deviation > 1e-3 { 1e-10 } else { 1e-7 };
            let call = format!("the deviation of {name:?}, rounds {rounds:?},");
            close(&call, score.deviation, deviation, error, look)?;
        }
        Ok(())
    });
}

#[test]
fn sorts_by_accuracy_and_keeps_ties() {
    for_all("y, folds, order", (split_rows(), Just(vec![0_usize, 1, 2]).prop_shuffle())).holds(
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
                "The highest accuracy first; a stable sort keeps the order of ties.",
            )
        },
    );
}

#[test]
fn trains_on_all_other_rows_and_tests_on_the_fold() {
    for_all("y, folds", some_folds()).holds(|(y, folds)| {
        let (x, recorded, others_recorded) =
            (numbered(y.len()), RefCell::new(Vec::new()), RefCell::new(Vec::new()));
        let (first, second) = (spy(&recorded, |_| 0), spy(&others_recorded, |_| 1));
        compare_classifiers(&[("first", &first), ("second", &second)], &x, y, folds).accepted(CALL)?;
        let want: Vec<_> = folds
            .iter()
            .map(|fold| {
                let others: Vec<usize> = (0..y.len()).filter(|row| !fold.contains(row)).collect();
                (rows(&x, &others), others.iter().map(|&row| y[row]).collect::<Vec<_>>(), rows(&x, fold))
            })
            .collect();
        let look = "The training set is all rows that are not in the fold, in their order. The same folds \
                    for every candidate.";
        for (name, recorded) in [("the first", &recorded), ("the second", &others_recorded)] {
            equal(
                &format!("(x_train, y_train, x_test) for {name}, round after round,"),
                recorded.take(),
                want.clone(),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn does_not_leak_test_rows() {
    example(|| {
        // No label is 0, which is what the memory says of strangers.
        let (x, y) = (numbered(6), [1, 2, 1, 2, 1, 2]);
        let got = compare_classifiers(&[("memory", &memory)], &x, &y, &[vec![0, 3], vec![1, 4], vec![2, 5]])
            .accepted(CALL)?;
        equal(
            "the accuracy of a classifier that memorizes its training set",
            of(&got, "memory")?.accuracy,
            0.0,
            "A test row was in the training set.",
        )
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

mod robust {
    use super::*;

    #[test]
    fn keeps_the_order_of_many_ties() {
        for_all("n", prop_oneof![3 => 21..=40_usize, 1 => Just(302)]).cases(12).holds(|&n| {
            let (right, wrong) = (always(1), always(0));
            let names: Vec<String> = (0..n).map(|i| format!("number {i}")).collect();
            let candidates: Vec<(&str, Classifier)> = (0..n)
                .map(|i| {
                    (names[i].as_str(), if i % 3 == 0 { &wrong as Classifier } else { &right as Classifier })
                })
                .collect();
            let got = compare_classifiers(&candidates, &numbered(2), &[1, 1], &[vec![0], vec![1]])
                .accepted(CALL)?;
            let look = "Every third is always wrong, the others are always right.";
            let accuracies: Vec<f64> = got.iter().map(|score| score.accuracy).collect();
            let wrong = n.div_ceil(3);
            equal("the accuracies", accuracies, [vec![1.0; n - wrong], vec![0.0; wrong]].concat(), look)?;
            let got: Vec<&str> = got.iter().map(|score| score.name.as_str()).collect();
            let order = (0..n).filter(|i| i % 3 != 0).chain((0..n).step_by(3));
            let want: Vec<&str> = order.map(|i| names[i].as_str()).collect();
            let look = "Every third is always wrong, the others are always right. An unstable sort keeps the \
                        order of ties only in short lists.";
            equal(&format!("the ranking of {n}"), got, want, look)
        });
    }

    #[test]
    fn distinguishes_nearly_equal_accuracies() {
        let ranked = [nearly_equal_accuracies_are_ranked, barely_different_means_are_ranked];
        // Whichever candidate comes first.
        example(move || (0..4).try_for_each(|i| ranked[i % 2](CALL, i / 2)));
    }

    #[test]
    fn keeps_ties_of_different_deviations() {
        for_all("at", 0..2_usize).cases(4).holds(|&at| equal_means_keep_their_order(CALL, at));
    }

    #[test]
    fn compares_labels_of_every_size() {
        for_all("k", 0..64_u32).cases(32).holds(|&k| whole_labels_are_compared(CALL, 1 << k));
    }

    #[test]
    fn accepts_a_single_fold() {
        example(|| {
            let got =
                compare_classifiers(&[("ones", &always(1))], &numbered(4), &[0, 1, 1, 0], &[vec![2, 1, 3]]);
            let got = got.accepted("compare_classifiers with the only fold [2, 1, 3]")?;
            let (score, look) = (
                of(&got, "ones")?,
                "Folds need not hold every row here, and one is enough: then the deviation is 0.",
            );
            equal("the number of scores with the only fold [2, 1, 3]", got.len(), 1, look)?;
            close("the accuracy with the only fold [2, 1, 3]", score.accuracy, 2.0 / 3.0, 1e-15, look)?;
            // As above, the root of a rounding.
            close("the deviation with the only fold [2, 1, 3]", score.deviation, 0.0, 1e-7, look)
        });
    }

    #[test]
    fn accepts_no_candidates() {
        example(|| {
            let got = compare_classifiers(&[], &numbered(2), &[0, 1], &[vec![0], vec![1]]).accepted(CALL)?;
            equal("the table without candidates", got, vec![], "Without candidates the result is empty.")
        });
    }

    #[test]
    fn returns_the_error_of_a_candidate() {
        example(|| {
            let fine = always(0);
            let rejects = |_: &Matrix, _: &[usize], _: &Matrix| Err(InputError::Defective);
            let silent = |_: &Matrix, _: &[usize], _: &Matrix| Ok(vec![]);
            let compare = |candidates: &[(&str, Classifier)]| {
                compare_classifiers(candidates, &numbered(3), &[0; 3], &[vec![0], vec![1, 2]])
            };
            let call = "compare_classifiers with a candidate that returns an error";
            let got = compare(&[("fine", &fine), ("rejects", &rejects)]);
            rejected(call, got, InputError::Defective, "Return its error unchanged.")?;
            let call = "compare_classifiers with a candidate that predicts nothing";
            // The folds hold one row and two.
            let got = compare(&[("silent", &silent)]);
            let named =
                |reason: &InputError| matches!(reason, InputError::LengthMismatch { left: 0, right: 1 | 2 });
            ensure(got.as_ref().is_err_and(named), || {
                let want = "Err(LengthMismatch { left: 0, right: 1 })";
                Broken::answer(format!("{call} = {got:?}"), want, "Count its predictions.")
            })
        });
    }

    #[test]
    fn returns_the_error_of_any_candidate_in_any_round() {
        let inputs = (several(1..=3), several(2..=4))
            .prop_flat_map(|(c, k)| (Just([c.min(41), k]), 0..c.min(41), 0..k));
        for_all("[candidates, k], candidate, round", inputs)
            .cases(48)
            .holds(|(sizes, at, round)| fails_in_one_round(*sizes, *at, *round));
    }

    #[test]
    fn keeps_any_names() {
        example(|| any_names_are_kept(CALL));
    }

    #[test]
    fn rejects_invalid_folds_of_any_size() {
        let inputs = (unequal(), several(2..=3)).prop_flat_map(|(lengths, k)| {
            (Just(lengths), Just(k), 0..k, prop_oneof![Just(0), Just(1), 2..=300_usize, Just(1 << 32)])
        });
        for_all("[n, m], k, fold, beyond", inputs)
            .cases(64)
            .holds(|(lengths, k, at, beyond)| has_one_invalid_fold(*lengths, *k, *at, *beyond));
    }

    #[test]
    fn rejects_invalid_folds() {
        example(|| {
            let zeros = always(0);
            let compare = |n: usize, folds: &[Vec<usize>]| {
                compare_classifiers(&[("zeros", &zeros)], &numbered(3), &vec![0; n], folds)
            };
            let (few, folds) = (InputError::TooFew { got: 0, wanted: 1 }, [vec![0], vec![1, 2]]);
            for right in [2, 4] {
                let call = format!("compare_classifiers with 3 samples, {right} labels");
                let want = InputError::LengthMismatch { left: 3, right };
                rejected(&call, compare(right, &folds), want, "Samples on the left.")?;
            }
            let (call, look) =
                ("compare_classifiers with no folds", "The mean over no round is not defined.");
            rejected(call, compare(3, &[]), few.clone(), look)?;
            let (call, look) =
                ("compare_classifiers with an empty fold", "The accuracy on no samples is not defined.");
            rejected(call, compare(3, &[vec![0, 1, 2], vec![]]), few, look)?;
            let wanted = "row numbers below the number of samples";
            let want = |got| InputError::OutOfRange { name: "folds", got, wanted };
            let call = "compare_classifiers with folds [0, 1], [2, 3] of 3";
            rejected(call, compare(3, &[vec![0, 1], vec![2, 3]]), want(3.0), "Rows are counted from 0.")?;
            let none = compare_classifiers(&[], &numbered(3), &[0; 3], &[vec![0, 1], vec![2, 3]]);
            let look = "Check data and folds even without candidates.";
            rejected(
                "compare_classifiers without candidates with folds [0, 1], [2, 3] of 3",
                none,
                want(3.0),
                look,
            )
        });
    }

    #[test]
    fn passes_data_of_any_size_and_magnitude_unchanged() {
        let special = judge::any::select(vec![0.5, f64::NAN, f64::INFINITY, f64::NEG_INFINITY]);
        let inputs = (many(3..=7), several(2..=3), any::size(2..=3, 17), special, any::seed());
        let inputs = inputs.prop_flat_map(|(n, d, k, special, seed)| {
            (any::matrix_of(n.max(k), d.min(2 + 15_000 / n)), Just((k, special, seed)))
        });
        for_all("x, (k, special, seed)", inputs).cases(128).holds(|(x, (k, special, seed))| {
            let bits = |x: &Matrix| {
                x.as_slice().iter().map(|x| if x.is_nan() { 1 } else { x.to_bits() }).collect::<Vec<_>>()
            };
            // In units that are tiny or huge, too.
            let (n, unit) = (x.rows(), [1.0, 1.0, 1e110, 1e-110][(seed % 4) as usize]);
            let mut x = Matrix::from_fn(n, x.cols(), |i, j| x[(i, j)] * unit);
            x[(n / 2, 1)] = special * unit;
            let y: Vec<usize> = (0..n).map(|i| i * i % 3).collect();
            let mut order: Vec<usize> = (0..n).collect();
            Generator::from_seed(*seed).shuffle(&mut order);
            let folds: Vec<Vec<usize>> =
                (0..*k).map(|r| order.iter().copied().skip(r).step_by(*k).collect()).collect();
            let recorded = RefCell::new(Vec::new());
            let classifier = spy(&recorded, |_| 1);
            // As many candidates as folds, so that now and then there are many.
            let names: Vec<String> = (0..*k).map(|i| format!("number {i}")).collect();
            let candidates: Vec<(&str, Classifier)> =
                names.iter().map(|name| (name.as_str(), &classifier as Classifier)).collect();
            let got = compare_classifiers(&candidates, &x, &y, &folds).accepted(CALL)?;
            let recorded: Vec<_> =
                recorded.take().into_iter().map(|(a, y, b)| (bits(&a), y, bits(&b))).collect();
            equal("the number of calls", recorded.len(), k * k, "Once per candidate and fold.")?;
            let look = "Pass the rows on unchanged, whatever their number and size, NaN and ∞ too.";
            for fold in &folds {
                let others: Vec<usize> = (0..n).filter(|row| !fold.contains(row)).collect();
                let labels: Vec<usize> = others.iter().map(|&row| y[row]).collect();
                let want = (bits(&rows(&x, &others)), labels, bits(&rows(&x, fold)));
                let calls = recorded.iter().filter(|call| **call == want).count();
                // Folds that are the same to the last bit would count twice.
                equal(
                    &format!("whether fold {fold:?} was tested for each candidate"),
                    calls >= *k,
                    true,
                    look,
                )?;
            }
            let rounds = accuracies(&y, &folds, 1);
            let mean = rounds.iter().sum::<f64>() / *k as f64;
            let order: Vec<&str> = got.iter().map(|score| score.name.as_str()).collect();
            equal(
                "the ranking",
                order,
                names.iter().map(String::as_str).collect(),
                "All are equally good: their order stays.",
            )?;
            for score in &got {
                let error = 4.0 * *k as f64 * f64::EPSILON;
                close(&format!("the accuracy of {:?}", score.name), score.accuracy, mean, error, look)?;
            }
            Ok(())
        });
    }
}
