use judge::{Answer, Broken, any, ensure, equal, example, for_all, mean_near, rejected};
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
    for_all("seed, s", (any::seed(), 0..=58_u32)).cases(12).holds(|&(seed, s)| {
        let (x, y) = with_a_stray_one();
        let stray = Matrix::from_rows([[2.0]]);
        let grown = |seed| random_forest(&x, &y, &stray, 1, seed).accepted(CALL);
        equal("the same forest once more", grown(seed)?, grown(seed)?, "The seed is yours to pass on.")?;
        // One tree in three does not see the stray sample: 60 trees agree by chance with 10⁻¹⁰.
        // Also seeds whose lowest bits are all the same.
        let others = (0..60_u64).map(|k| grown(seed.wrapping_add(k << s)));
        let answers: Vec<usize> = others.collect::<Result<Vec<_>, _>>()?.concat();
        ensure(answers.contains(&4) && answers.contains(&9), || {
            let look = "Trees from 60 seeds are all alike: is the seed passed on, all of it, and is each \
                        tree grown on samples drawn anew?";
            let got = format!(
                "one tree, the seeds seed + k·2^{s}, k below 60, the same answer: {:?}",
                answers.first()
            );
            Broken::answer(got, "4 from some and 9 from others", look)
        })
    });
}

#[test]
fn all_trees_vote() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        let (x, y) = with_a_stray_one();
        for k in 0..2 {
            let call = "random_forest(x, y, [2], 401, seed)";
            let got = random_forest(&x, &y, &Matrix::from_rows([[2.0]]), 401, seed.wrapping_add(k))
                .accepted(call)?;
            // Two trees in three see the stray sample at 2: that fewer than 201 of 401 do happens with 10⁻¹¹.
            let look = "Two trees in three remember the 9 among the 4s, so most votes are for 9. Is the \
                        number of trees passed on?";
            equal(call, got, vec![9], look)?;
        }
        Ok(())
    });
}

#[test]
fn as_many_trees_vote_as_were_asked_for() {
    example(|| {
        let (x, y) = with_a_stray_one();
        // A tree says 4 where it has not seen the stray sample: (5/6)⁶ ≈ 0.335 of them if each class is drawn for itself,
        // (9/10)¹⁰ ≈ 0.349 if not; now and then, with 2⁻¹⁰, it has not seen the 4s either. Of three trees two say so with
        // 3p²q + p³, 0.261 or 0.280.
        for (trees, want) in [(1, 0.342), (3, 0.27)] {
            let says_4 = |k: u64| -> Result<f64, Broken> {
                let call = format!("random_forest(x, y, [2], {trees}, seed)");
                // The trees of a forest may have the seeds that follow.
                let seed = 3 * k;
                let got = random_forest(&x, &y, &Matrix::from_rows([[2.0]]), trees, seed).accepted(&call)?;
                Ok(f64::from(u8::from(got == [4])))
            };
            let share = (0..2000).map(says_4).sum::<Result<f64, _>>()? / 2000.0;
            let call = format!("the share of 2000 forests of {trees} that say 4 at 2");
            let look = "A few trees remember the 9 among the 4s less often than many do. Is the number of \
                        trees passed on as it is?";
            // Either way of drawing is right: chance is given a tenth more than its 0.09.
            mean_near(&call, share, 2000, 1.1, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn a_question_sees_some_of_the_features_only() {
    example(|| {
        // The first of four features tells the classes apart; of each other one, a sample of class 9 lies among the 4s.
        // Whoever sees two of four does not see the first in half of all trees, and asks about another one: what lies
        // on its far side is of class 9. Whoever sees all asks about the first, or one that looks as good by chance.
        let far = |i: usize, j: usize| i >= 6 && !(j > 0 && i == 5 + j);
        let x = Matrix::from_fn(12, 4, |i, j| if far(i, j) { 100.0 } else { 0.0 } + (i % 6) as f64);
        let y: Vec<usize> = (0..12).map(|i| if i < 6 { 4 } else { 9 }).collect();
        let asked = Matrix::from_rows([[2.5, 105.0, 105.0, 105.0]]);
        let says_9 = |k: u64| -> Result<f64, Broken> {
            let call = "random_forest(x, y, [near, far, far, far], 1, k)";
            let got = random_forest(&x, &y, &asked, 1, k).accepted(call)?;
            Ok(f64::from(u8::from(got == [9])))
        };
        let share = (0..2000).map(says_9).sum::<Result<f64, _>>()? / 2000.0;
        let call = "the share of 2000 trees that ask about another feature than the best";
        let look = "At each question √d of the features are drawn, and the best of those is asked about: \
                    not the best of all.";
        // At least one half; chance is given what Hoeffding's inequality gives it.
        mean_near(call, share.min(0.5), 2000, 1.0, 0.5, look)
    });
}

#[test]
fn the_units_of_the_features_do_not_count() {
    for_all("seed, x_train, y_train, x_test", (any::seed(), mixed())).cases(32).holds(|(seed, split)| {
        let stretched = |x: &Matrix| {
            let stretch = |j: usize, x: f64| if j == 0 { 1024.0 * x + 8.0 } else { x / 4.0 };
            Matrix::from_fn(x.rows(), x.cols(), |i, j| stretch(j, x[(i, j)]))
        };
        let (x_train, y_train) = (&split.x_train, &split.y_train);
        // Also about other samples than those that it was grown on.
        for asked in [x_train, &split.x_test] {
            let want = random_forest(x_train, y_train, asked, 5, *seed).accepted(CALL)?;
            let got = random_forest(&stretched(x_train), y_train, &stretched(asked), 5, *seed);
            let look = "The first feature 1024x + 8, the others x/4: the same questions in other units. \
                        Are these trees?";
            equal("random_forest in other units", got.accepted(CALL)?, want, look)?;
        }
        Ok(())
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
fn most_irises_are_recognized() {
    example(|| {
        // scikit-learn 1.9: 29 of 30.
        let forest = |x: &Matrix, y: &[usize], asked: &Matrix| random_forest(x, y, asked, 15, 1);
        contract::gets_right(CALL, &fifth(data::iris(), 0, 1), 26, forest)
    });
}

#[test]
fn a_forest_without_trees_is_rejected() {
    example(|| {
        let x = Matrix::from_rows([[0.0], [1.0]]);
        let want = InputError::OutOfRange { name: "trees", got: 0.0, wanted: "at least 1" };
        rejected(&format!("{CALL} with 0 trees"), random_forest(&x, &[0, 1], &x, 0, 1), want, "Nobody votes.")
    });
}

#[test]
fn asked_about_nobody_it_says_nothing() {
    example(|| contract::says_nothing_of_nobody(CALL, |x, y, asked| random_forest(x, y, asked, 3, 1)));
}

#[test]
fn one_class_alone_is_rejected() {
    example(|| contract::rejects_one_class(CALL, |x, y, asked| random_forest(x, y, asked, 3, 1)));
}

#[test]
fn what_does_not_fit_is_rejected() {
    example(|| contract::rejects_what_does_not_fit(CALL, |x, y, asked| random_forest(x, y, asked, 3, 1)));
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::trees::random_forest;
        use kit::Matrix;
        let x = Matrix::from_rows([[0.0], [1.0], [2.0], [10.0], [11.0], [12.0]]);
        let queries = Matrix::from_rows([[-1.0], [13.0]]);
        assert_eq!(random_forest(&x, &[5, 5, 5, 2, 2, 2], &queries, 15, 1), Ok(vec![5, 2]));
        Ok::<(), kit::InputError>(())
    });
}
