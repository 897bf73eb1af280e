use super::readers::{CALL, evaluated, reader, rows};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::m10_pipeline::model::evaluate;
use kit::{Generator, InputError, Matrix, Softmax};
use proptest::collection::vec;
use proptest::prelude::*;

#[test]
fn entry_i_j_counts_the_rows_of_class_i_taken_for_class_j() {
    for_all("(taken for, is), k", rows()).holds(|(rows, k)| {
        let count = |i: usize, j: usize| rows.iter().filter(|row| **row == (j, i)).count();
        let want: Vec<Vec<usize>> = (0..*k).map(|i| (0..*k).map(|j| count(i, j)).collect()).collect();
        let look =
            "Rows of the table are the truth, its columns what the model says. All k classes have theirs.";
        equal("confusion", evaluated(rows, *k)?.confusion, want, look)
    });
}

#[test]
fn accuracy_is_the_share_of_the_diagonal() {
    for_all("(taken for, is), k", rows()).holds(|(rows, k)| {
        let right = rows.iter().filter(|(taken, is)| taken == is).count();
        let want = right as f64 / rows.len() as f64;
        close(
            "accuracy",
            evaluated(rows, *k)?.accuracy,
            want,
            rounding(2, 1.0),
            "Rows told rightly, of all rows.",
        )
    });
}

#[test]
fn recall_is_the_share_of_each_class_that_was_found() {
    for_all("(taken for, is), k", rows()).holds(|(rows, k)| {
        let got = evaluated(rows, *k)?.recall;
        equal("number of recalls", got.len(), *k, "One a class.")?;
        for (class, got) in got.into_iter().enumerate() {
            let of_class: Vec<_> = rows.iter().filter(|row| row.1 == class).collect();
            let found = of_class.iter().filter(|row| row.0 == class).count();
            let want = (!of_class.is_empty()).then(|| found as f64 / of_class.len() as f64);
            let look = "Divide by the rows that are of the class, not by those taken for it; without any, \
                None and no NaN.";
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
fn the_order_of_the_rows_does_not_matter() {
    for_all("(taken for, is), k, seed", (rows(), any::seed())).cases(64).holds(|((rows, k), seed)| {
        let mut shuffled = rows.clone();
        Generator::from_seed(*seed).shuffle(&mut shuffled);
        let (got, want) = (evaluated(&shuffled, *k)?, evaluated(rows, *k)?);
        equal(
            "confusion, rows shuffled",
            got.confusion,
            want.confusion,
            "Every row counts once, wherever it stands.",
        )
    });
}

#[test]
fn of_equal_probabilities_the_first_class_is_taken() {
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
            "confusion of a model that knows nothing",
            got.confusion,
            want,
            "A tie goes to the first; max_by takes the last.",
        )
    });
}

#[test]
fn the_largest_probability_decides_however_small_it_is() {
    for_all("k, c", (3..6_usize, 0..5_usize)).cases(32).holds(|(k, c)| {
        // One logit is ½ larger than the others: with three classes its probability is 0.45, with five 0.29.
        let favorite = c % k;
        let intercepts = (0..*k).map(|j| if j == favorite { 0.5 } else { 0.0 }).collect();
        let model = Softmax { weights: Matrix::zeros(*k, 1), intercepts, classes: vec![String::new(); *k] };
        let got = evaluate(&model, &Matrix::zeros(1, 1), &[favorite]).accepted(CALL)?;
        let look = "No class need be more probable than not; the most probable one is taken.";
        equal("accuracy on a row of the most probable class", got.accuracy, 1.0, look)
    });
}

#[test]
fn the_slightest_lead_decides() {
    for_all("k, c, e", (3..6_usize, 0..5_usize, 1..=40_i32)).cases(64).holds(|(k, c, e)| {
        // One logit is 2⁻ᵉ larger than the others: by 2⁻⁴⁰ its probability is still larger by thousands of
        // roundings.
        let favorite = c % k;
        let larger = 2.0_f64.powi(-e);
        let intercepts = (0..*k).map(|j| if j == favorite { larger } else { 0.0 }).collect();
        let model = Softmax { weights: Matrix::zeros(*k, 1), intercepts, classes: vec![String::new(); *k] };
        let got = evaluate(&model, &Matrix::zeros(1, 1), &[favorite]).accepted(CALL)?;
        let look = "The most probable class is taken, by however little it leads. Only equal ones tie.";
        equal("accuracy on a row of the most probable class", got.accuracy, 1.0, look)
    });
}

#[test]
fn certainty_beyond_f64_is_still_told_apart() {
    example(|| {
        let model = Softmax {
            weights: Matrix::from_rows([[1.0], [2.0], [-3.0]]),
            intercepts: vec![0.0; 3],
            classes: vec![String::new(); 3],
        };
        let got = evaluate(&model, &Matrix::from_rows([[800.0], [-900.0]]), &[1, 2]).accepted(CALL)?;
        let look = "Logits of ±2700: exp without the shift is ∞, and ∞/∞ is NaN. `Softmax::probabilities` \
            can do it.";
        equal("accuracy", got.accuracy, 1.0, look)
    });
}

#[test]
fn what_does_not_fit_is_rejected() {
    example(|| {
        let (model, x) = (reader(2), Matrix::from_rows([[0.0], [1.0]]));
        let look = "Rows with labels, then rows at all, then features with weights, then numbers, then \
            labels with classes.";
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
fn what_is_not_finite_is_rejected() {
    for_all("bad, row", (any::not_finite(), 0..3_usize)).cases(32).holds(|(bad, row)| {
        let x = Matrix::from_fn(3, 1, |i, _| if i == *row { *bad } else { 1.0 });
        let want = InputError::NotFinite { name: "x", index: *row };
        rejected(
            "evaluate(model, x, [0, 1, 1])",
            evaluate(&reader(2), &x, &[0, 1, 1]),
            want,
            "A NaN has no class.",
        )
    });
}

#[test]
fn every_feature_has_a_part_in_the_decision() {
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
fn of_several_reasons_the_first_in_the_list_is_told() {
    example(|| {
        let model = Softmax {
            weights: Matrix::zeros(2, 2),
            intercepts: vec![0.0; 2],
            classes: vec![String::new(); 2],
        };
        let bad = |n, d| Matrix::from_fn(n, d, |i, j| if i + j == 0 { 0.0 } else { f64::NAN });
        let look = "Rows with labels, rows at all, features with weights, numbers, and last the labels.";
        let want = InputError::LengthMismatch { left: 2, right: 1 };
        rejected("evaluate(2 features, 2×3 with NaN, [7])", evaluate(&model, &bad(2, 3), &[7]), want, look)?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("evaluate(2 features, 0×3, [])", evaluate(&model, &bad(0, 3), &[]), want, look)?;
        let want = InputError::ShapeMismatch { left: (2, 3), right: (2, 2) };
        rejected(
            "evaluate(2 features, 2×3 with NaN, [7, 7])",
            evaluate(&model, &bad(2, 3), &[7; 2]),
            want,
            look,
        )?;
        let want = InputError::NotFinite { name: "x", index: 1 };
        rejected(
            "evaluate(2 features, 2×2 with NaN, [7, 7])",
            evaluate(&model, &bad(2, 2), &[7; 2]),
            want,
            look,
        )
    });
}
