use super::readers::{CALL, evaluated, one_feature_decides, reader, rows};
use judge::any::select;
use judge::any::sizes;
use judge::any::vec;
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m10_pipeline::model::evaluate;
use kit::{Generator, InputError, Matrix, Softmax};
use proptest::prelude::*;

#[test]
fn confusion_counts_true_and_predicted_classes() {
    for_all("predicted, true, k", rows()).holds(|(rows, k)| {
        let count = |i: usize, j: usize| rows.iter().filter(|row| **row == (j, i)).count();
        let want: Vec<Vec<usize>> = (0..*k).map(|i| (0..*k).map(|j| count(i, j)).collect()).collect();
        let look =
            "Rows of the confusion matrix are the true classes, columns the predictions. All k classes have \
                theirs.";
        equal("confusion", evaluated(rows, *k)?.confusion, want, look)
    });
}

#[test]
fn accuracy_is_the_fraction_on_the_diagonal() {
    for_all("predicted, true, k", rows()).holds(|(rows, k)| {
        let correct = rows.iter().filter(|(predicted, is)| predicted == is).count();
        let want = correct as f64 / rows.len() as f64;
        close(
            "accuracy",
            evaluated(rows, *k)?.accuracy,
            want,
            rounding(2, 1.0),
            "Correct predictions divided by all rows.",
        )
    });
}

#[test]
fn recall_is_true_positives_over_positives() {
    for_all("predicted, true, k", rows()).holds(|(rows, k)| {
        let got = evaluated(rows, *k)?.recall;
        equal("number of recalls", got.len(), *k, "One per class.")?;
        for (class, got) in got.into_iter().enumerate() {
            let of_class: Vec<_> = rows.iter().filter(|row| row.1 == class).collect();
            let found = of_class.iter().filter(|row| row.0 == class).count();
            let want = (!of_class.is_empty()).then(|| found as f64 / of_class.len() as f64);
            let look = "Divide by the rows of the class, not by those predicted as it; without any, None and \
                not NaN.";
            let close = match (got, want) {
                (Some(got), Some(want)) => (got - want).abs() <= rounding(2, 1.0),
                (got, want) => got == want,
            };
            ensure(close, || {
                Broken::answer(format!("recall of class {class}: {got:?}"), format!("{want:?}"), look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn is_right_for_any_number_of_rows_and_classes() {
    let drawn = sizes([1..=8, 1..=4], [1025, 301]).prop_flat_map(|[n, k]| (vec((0..k, 0..k), n), Just(k)));
    for_all("predicted, true, k", drawn).cases(64).holds(|(rows, k)| {
        let (got, n) = (evaluated(rows, *k)?, rows.len() as f64);
        let mut want = vec![vec![0; *k]; *k];
        rows.iter().for_each(|(predicted, is)| want[*is][*predicted] += 1);
        let look = "Every row and every class counts, however many.";
        equal("confusion", &got.confusion, &want, look)?;
        let correct: usize = (0..*k).map(|c| want[c][c]).sum();
        close("accuracy", got.accuracy, correct as f64 / n, rounding(2, 1.0), look)?;
        let of = |c: usize| want[c].iter().sum::<usize>();
        let recall = |c: usize| (of(c) > 0).then(|| want[c][c] as f64 / of(c) as f64);
        let wanted: Vec<Option<f64>> = (0..*k).map(recall).collect();
        let is_near = |(got, want): (&Option<f64>, &Option<f64>)| match (got, want) {
            (Some(got), Some(want)) => (got - want).abs() <= rounding(2, 1.0),
            (got, want) => got == want,
        };
        ensure(got.recall.len() == *k && got.recall.iter().zip(&wanted).all(is_near), || {
            Broken::answer(format!("recall {:?}", got.recall), format!("{wanted:?}"), look)
        })
    });
}

#[test]
fn is_permutation_invariant() {
    for_all("predicted, true, k, seed", (rows(), any::seed())).cases(64).holds(|((rows, k), seed)| {
        let mut shuffled = rows.clone();
        Generator::from_seed(*seed).shuffle(&mut shuffled);
        let (got, want) = (evaluated(&shuffled, *k)?, evaluated(rows, *k)?);
        let look = "Every row counts once, in any order.";
        equal("confusion, rows shuffled", got.confusion, want.confusion, look)
    });
}

#[test]
fn predicts_the_most_probable_class() {
    for_all("k, c", (3..6_usize, 0..5_usize)).cases(32).holds(|(k, c)| {
        // One logit is ½ larger than the others: with three classes its probability is 0.45, with five 0.29.
        let favorite = c % k;
        let intercepts = (0..*k).map(|j| if j == favorite { 0.5 } else { 0.0 }).collect();
        let model = Softmax { weights: Matrix::zeros(*k, 1), intercepts, classes: vec![String::new(); *k] };
        let got = evaluate(&model, &Matrix::zeros(1, 1), &[favorite]).accepted(CALL)?;
        let look = "The predicted class is the most probable one, even below ½.";
        equal("accuracy on a row of the most probable class", got.accuracy, 1.0, look)
    });
}

#[test]
fn uses_all_features() {
    let drawn = (1..=4_usize, 2..=3_usize, 1..=5_usize)
        .prop_flat_map(|(n, d, k)| (any::matrix(n, d), any::matrix(k, d), vec(any::eighth(), k)));
    for_all("x, W, b", drawn).cases(128).holds(|(x, weights, intercepts)| {
        let k = intercepts.len();
        let model = Softmax {
            weights: weights.clone(),
            intercepts: intercepts.clone(),
            classes: vec![String::new(); k],
        };
        let got =
            evaluate(&model, x, &vec![0; x.rows()]).accepted("evaluate(model of W and b, x, [0, …])")?;
        // Eighths: logits are exact, and differ by a 64th or not at all.
        let logit = |i: usize, c: usize| {
            x.row(i).iter().zip(weights.row(c)).map(|(x, w)| x * w).sum::<f64>() + intercepts[c]
        };
        let best = |i: usize| (1..k).fold(0, |best, c| if logit(i, c) > logit(i, best) { c } else { best });
        let close = |i: usize| (0..k).any(|c| c != best(i) && (logit(i, c) - logit(i, best(i))).abs() < 0.01);
        // Probabilities below ε round to 1 and 0; where two lead together, to one another.
        if (0..x.rows()).any(close) {
            return Ok(());
        }
        let mut want = vec![0; k];
        (0..x.rows()).for_each(|i| want[best(i)] += 1);
        let look = "Row c of W belongs to class c, column j to feature j: z = W·x + b, over all features.";
        equal(
            "the first row of the confusion, all rows being of class 0",
            got.confusion[0].clone(),
            want,
            look,
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m10_pipeline::model::evaluate;
        use kit::{Matrix, Softmax};
        let weights = Matrix::from_rows([[1.0], [-1.0]]);
        let model = Softmax::new(weights, vec![0.0; 2], vec!["up".to_owned(), "down".to_owned()])?;
        let evaluation = evaluate(&model, &Matrix::from_rows([[2.0], [1.0], [-3.0], [4.0]]), &[0, 1, 1, 0])?;
        assert_eq!((evaluation.accuracy, evaluation.confusion), (0.75, vec![vec![2, 0], vec![1, 1]]));
        assert_eq!(evaluation.recall, [Some(1.0), Some(0.5)]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn ties_go_to_the_first_class() {
        for_all("k, label", (2..5_usize, 0..4_usize)).cases(32).holds(|(k, label)| {
            let model = Softmax {
                weights: Matrix::zeros(*k, 2),
                intercepts: vec![0.0; *k],
                classes: vec![String::new(); *k],
            };
            let label = label % k;
            let got = evaluate(&model, &Matrix::zeros(1, 2), &[label]).accepted(CALL)?;
            let mut want = vec![vec![0; *k]; *k];
            want[label][0] = 1;
            equal(
                "confusion of a model of zeros",
                got.confusion,
                want,
                "A tie goes to the first class; `max_by` returns the last.",
            )
        });
    }

    #[test]
    fn distinguishes_tiny_leads() {
        for_all("k, c, e", (3..6_usize, 0..5_usize, 1..=40_i32)).cases(64).holds(|(k, c, e)| {
            // One logit is 2⁻ᵉ larger than the others: by 2⁻⁴⁰ its probability is still larger by thousands of
            // roundings.
            let favorite = c % k;
            let larger = 2.0_f64.powi(-e);
            let intercepts = (0..*k).map(|j| if j == favorite { larger } else { 0.0 }).collect();
            let model =
                Softmax { weights: Matrix::zeros(*k, 1), intercepts, classes: vec![String::new(); *k] };
            let got = evaluate(&model, &Matrix::zeros(1, 1), &[favorite]).accepted(CALL)?;
            let look = "The most probable class is predicted, however small its lead. Only equal ones tie.";
            equal("accuracy on a row of the most probable class", got.accuracy, 1.0, look)
        });
    }

    #[test]
    fn does_not_overflow_for_large_logits() {
        example(|| {
            let model = Softmax {
                weights: Matrix::from_rows([[1.0], [2.0], [-3.0]]),
                intercepts: vec![0.0; 3],
                classes: vec![String::new(); 3],
            };
            let got = evaluate(&model, &Matrix::from_rows([[800.0], [-900.0]]), &[1, 2]).accepted(CALL)?;
            let look = "Logits of ±2700: exp without the shift is ∞, and ∞/∞ is NaN. \
                `Softmax::probabilities` can do it.";
            equal("accuracy", got.accuracy, 1.0, look)
        });
    }

    #[test]
    fn rejects_mismatched_inputs() {
        example(|| {
            let (model, x) = (reader(2), Matrix::from_rows([[0.0], [1.0]]));
            let look = "As many labels as rows, at least one row, one weight per feature, labels below k.";
            rejected(
                "evaluate(model, 2×1, [0])",
                evaluate(&model, &x, &[0]),
                InputError::LengthMismatch { left: 2, right: 1 },
                look,
            )?;
            let none = evaluate(&model, &Matrix::zeros(0, 1), &[]);
            rejected("evaluate(model, 0×1, [])", none, InputError::TooFew { got: 0, wanted: 1 }, look)?;
            for cols in [0, 2] {
                let want = InputError::ShapeMismatch { left: (2, cols), right: (2, 1) };
                rejected(
                    &format!("evaluate(model, 2×{cols}, [0, 1])"),
                    evaluate(&model, &Matrix::zeros(2, cols), &[0, 1]),
                    want,
                    look,
                )?;
            }
            let want = InputError::UnknownClass { index: 1, got: 2, classes: 2 };
            rejected("evaluate(model, x, [0, 2])", evaluate(&model, &x, &[0, 2]), want, look)
        });
    }

    #[test]
    fn rejects_bad_numbers_labels_and_shapes_wherever_they_are() {
        let inputs =
            (sizes([1..=4, 1..=3, 1..=4], [301, 65, 33]), any::seed(), any::not_finite(), 1..=3_usize);
        for_all("n, d, k, i, bad, more", inputs).cases(64).holds(|&([n, d, k], i, bad, more)| {
            let model = Softmax {
                weights: Matrix::zeros(k, d),
                intercepts: vec![0.0; k],
                classes: (0..k).map(|c| c.to_string()).collect(),
            };
            let (good, y) = (Matrix::zeros(n, d), vec![k - 1; n]);
            let (mut x, mut labels, index) = (good.clone(), y.clone(), i as usize % (n * d));
            x[(index / d, index % d)] = bad;
            labels[i as usize % n] = k + more - 1;
            let look = "Features must be finite and labels below k; entries are counted row by row.";
            rejected(
                "evaluate of a bad x",
                evaluate(&model, &x, &y),
                InputError::NotFinite { name: "x", index },
                look,
            )?;
            let want = InputError::UnknownClass { index: i as usize % n, got: k + more - 1, classes: k };
            rejected("evaluate of a bad label", evaluate(&model, &good, &labels), want, look)?;
            for cols in [d - 1, d + more] {
                let want = InputError::ShapeMismatch { left: (n, cols), right: (k, d) };
                let call = format!("evaluate({k}×{d} weights, {n}×{cols} features)");
                let got = evaluate(&model, &Matrix::zeros(n, cols), &y);
                rejected(&call, got, want, "One weight per feature.")?;
            }
            for wrong in [n - 1, n + more] {
                let want = InputError::LengthMismatch { left: n, right: wrong };
                let call = format!("evaluate({n} rows, {wrong} labels)");
                rejected(&call, evaluate(&model, &good, &vec![0; wrong]), want, "As many labels as rows.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn handles_all_sizes_and_magnitudes() {
        let units = || prop_oneof![2 => Just(1.0), 1 => any::magnitude(-140, 140)];
        let minute = (any::magnitude(-130, -120), any::magnitude(-130, -120));
        let opposite = (any::magnitude(101, 140), any::magnitude(-140, -101));
        let units = prop_oneof![4 => (units(), units()), 2 => minute, 1 => opposite];
        let drawn =
            (sizes([1..=4, 1..=3, 1..=4], [301, 65, 33]), units).prop_flat_map(|([n, d, k], (a, b))| {
                let scaled = |m: Matrix, by: f64| Matrix::from_fn(m.rows(), m.cols(), |i, j| m[(i, j)] * by);
                (
                    any::matrix_of(n, d).prop_map(move |x| scaled(x, a)),
                    any::matrix_of(k, d).prop_map(move |w| scaled(w, b)),
                    any::entries(k)
                        .prop_map(move |all| all.into_iter().map(|x| x * (a * b)).collect::<Vec<f64>>()),
                    vec(0..k, n),
                )
            });
        for_all("x, W, b, y", drawn).cases(64).holds(|(x, weights, intercepts, y)| {
            let k = intercepts.len();
            let product = |i: usize, c: usize, j: usize| x[(i, j)] * weights[(c, j)];
            let z = |i: usize, c: usize| (0..x.cols()).map(|j| product(i, c, j)).sum::<f64>() + intercepts[c];
            let size = |i: usize, c: usize| {
                (0..x.cols()).map(|j| product(i, c, j).abs()).sum::<f64>() + intercepts[c].abs()
            };
            let best = |i: usize| (1..k).fold(0, |best, c| if z(i, c) > z(i, best) { c } else { best });
            // Rows in which two logits are so close that rounding decides are left out.
            let is_clear = |i: &usize| {
                let best = best(*i);
                let room = |c| 1e-12 + rounding(4 * x.cols() + 8, size(*i, c) + size(*i, best));
                (0..k).all(|c| c == best || z(*i, best) - z(*i, c) > room(c))
            };
            let rows: Vec<usize> = (0..x.rows()).filter(is_clear).collect();
            if rows.is_empty() {
                return Ok(());
            }
            let mut confusion = vec![vec![0; k]; k];
            rows.iter().for_each(|&i| confusion[y[i]][best(i)] += 1);
            let (clear, labels) = (
                Matrix::from_fn(rows.len(), x.cols(), |i, j| x[(rows[i], j)]),
                rows.iter().map(|&i| y[i]).collect::<Vec<_>>(),
            );
            let model = Softmax {
                weights: weights.clone(),
                intercepts: intercepts.clone(),
                classes: (0..k).map(|c| format!("class {c}")).collect(),
            };
            let got = evaluate(&model, &clear, &labels).accepted(CALL)?;
            let look = "Every row, feature and class counts, whatever their magnitude.";
            let correct: usize = (0..k).map(|c| confusion[c][c]).sum();
            equal("confusion", got.confusion, confusion, look)?;
            close("accuracy", got.accuracy, correct as f64 / rows.len() as f64, rounding(2, 1.0), look)
        });
    }

    #[test]
    fn a_single_feature_decides_among_many() {
        example(|| {
            for (d, k) in [3, 13, 65, 301].into_iter().flat_map(|d| (2..=4).map(move |k| (d, k))) {
                for j in [0, d / 2, d - 1] {
                    one_feature_decides([d, k], j, 1.0)?;
                    one_feature_decides([d, k], j, -1.0)?;
                }
            }
            Ok(())
        });
    }

    #[test]
    fn distinguishes_close_and_large_logits() {
        let weights = select(vec![[1.0, 1.0 + 1e-9], [2e6, 3e6], [1500.0, 1501.0]]);
        for_all("a, b", weights).cases(16).holds(|[a, b]| {
            let model = Softmax {
                weights: Matrix::from_rows([[*a], [*b]]),
                intercepts: vec![0.0; 2],
                classes: vec!["a".to_owned(), "b".to_owned()],
            };
            let x = Matrix::from_rows([[1.0], [-1.0], [1.0]]);
            let got = evaluate(&model, &x, &[1, 0, 0])
                .accepted("evaluate([logits (a·x, b·x)], (1, −1, 1), [1, 0, 0])")?;
            let look = "b > a: class 1 for x > 0 and class 0 for x < 0.";
            equal("confusion", got.confusion, vec![vec![1, 1], vec![0, 1]], look)
        });
    }
}
