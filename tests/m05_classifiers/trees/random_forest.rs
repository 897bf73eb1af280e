use judge::{Answer, Broken, any, ensure, equal, example, for_all, refused};
use katas::m05_classifiers::trees::random_forest;
use kit::{InputError, Matrix, data};

use super::super::contract;
use super::super::samples::{SPLIT, clouds, fifth, mixed};

const CALL: &str = "random_forest(x_train, y_train, x_test, trees, seed)";

/// Ten samples in a row, of class 4 up to the fifth, then of class 9; and one of class 9 among the first.
fn with_a_stray_one() -> (Matrix, Vec<usize>) {
    let y = (0..10).map(|i| if i >= 5 || i == 2 { 9 } else { 4 }).collect();
    (Matrix::from_fn(10, 1, |i, _| i as f64), y)
}

#[test]
fn the_seed_decides_which_forest_grows() {
    for_all("seed", any::seed()).cases(6).holds(|&seed| {
        let (x, y) = with_a_stray_one();
        let stray = Matrix::from_rows([[2.0]]);
        let grown = |seed| random_forest(&x, &y, &stray, 1, seed).accepted(CALL);
        equal("the same forest once more", grown(seed)?, grown(seed)?, "The seed is yours to pass on.")?;
        // One tree in three does not see the stray sample: 60 trees agree by chance with 10⁻¹⁰.
        let answers: Vec<usize> = (0..60).map(|k| grown(seed.wrapping_add(k))).collect::<Result<Vec<_>, _>>()?.concat();
        ensure(answers.contains(&4) && answers.contains(&9), || {
            let look = "Trees from 60 seeds are all alike: is the seed passed on, and is each tree grown on samples drawn anew?";
            Broken::answer(format!("one tree, 60 seeds, the same answer: {:?}", answers.first()), "4 from some and 9 from others", look)
        })
    });
}

#[test]
fn all_trees_vote() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        let (x, y) = with_a_stray_one();
        for k in 0..2 {
            let call = "random_forest(x, y, [2], 401, seed)";
            let got = random_forest(&x, &y, &Matrix::from_rows([[2.0]]), 401, seed.wrapping_add(k)).accepted(call)?;
            // Two trees in three see the stray sample at 2: that fewer than 201 of 401 do happens with 10⁻¹¹.
            let look = "Two trees in three remember the 9 among the 4s, so most votes are for 9. Is the number of trees passed on?";
            equal(call, got, vec![9], look)?;
        }
        Ok(())
    });
}

#[test]
fn the_units_of_the_features_do_not_count() {
    for_all("seed, x_train, y_train, x_test", (any::seed(), mixed())).cases(32).holds(|(seed, split)| {
        let stretched = Matrix::from_fn(split.x_train.rows(), split.x_train.cols(), |i, j| {
            let x = split.x_train[(i, j)];
            if j == 0 { 1024.0 * x + 8.0 } else { x / 4.0 }
        });
        let want = random_forest(&split.x_train, &split.y_train, &split.x_train, 5, *seed).accepted(CALL)?;
        let got = random_forest(&stretched, &split.y_train, &stretched, 5, *seed).accepted(CALL)?;
        let look = "The first feature 1024x + 8, the others x/4: the same questions in other units. Are these trees?";
        equal("random_forest(x, y, x, 5, seed) in other units", got, want, look)
    });
}

#[test]
fn far_clouds_are_told_apart_whatever_they_are_called() {
    for_all(SPLIT, clouds()).cases(24).holds(|split| {
        contract::tells_clouds_apart(CALL, split, |x, y, asked| random_forest(x, y, asked, 15, 1))
    });
}

#[test]
fn each_sample_is_judged_by_itself() {
    for_all(SPLIT, mixed()).cases(24).holds(|split| {
        contract::judges_each_by_itself(CALL, split, |x, y, asked| random_forest(x, y, asked, 5, 7))
    });
}

#[test]
fn most_irises_are_recognised() {
    example(|| {
        // scikit-learn 1.9: 29 of 30.
        let forest = |x: &Matrix, y: &[usize], asked: &Matrix| random_forest(x, y, asked, 15, 1);
        contract::gets_right(CALL, &fifth(data::iris(), 0, 1), 26, forest)
    });
}

#[test]
fn a_forest_without_trees_is_refused() {
    example(|| {
        let x = Matrix::from_rows([[0.0], [1.0]]);
        let want = InputError::OutOfRange { name: "trees", got: 0.0, wanted: "at least 1" };
        refused(&format!("{CALL} with 0 trees"), random_forest(&x, &[0, 1], &x, 0, 1), want, "Nobody votes.")
    });
}

#[test]
fn asked_about_nobody_it_says_nothing() {
    example(|| contract::says_nothing_of_nobody(CALL, |x, y, asked| random_forest(x, y, asked, 3, 1)));
}

#[test]
fn one_class_alone_is_refused() {
    example(|| contract::refuses_one_class(CALL, |x, y, asked| random_forest(x, y, asked, 3, 1)));
}

#[test]
fn what_does_not_fit_is_refused() {
    example(|| contract::refuses_what_does_not_fit(CALL, |x, y, asked| random_forest(x, y, asked, 3, 1)));
}
