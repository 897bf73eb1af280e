use judge::{Answer, Broken, any, ensure, equal, example, for_all, mean_near, rejected};
use katas::m05_classifiers::trees::random_forest;
use kit::{Generator, InputError, Matrix, data};

use super::super::contract;
use super::super::samples::{Most, SPLIT, clouds, crowd, fifth, in_units, informative_from, mixed};
use super::super::sizes::fault;

const CALL: &str = "random_forest(x_train, y_train, x_test, trees, seed)";

/// Ten samples in a row, of class 4 up to the fifth, then of class 9; and one of class 9 among the first.
fn with_a_stray_one() -> (Matrix, Vec<usize>) {
    let y = (0..10).map(|i| if i >= 5 || i == 2 { 9 } else { 4 }).collect();
    (Matrix::from_fn(10, 1, |i, _| i as f64), y)
}

/// What the library itself says; nothing if it does not.
fn by_smartcore(x: &Matrix, y: &[usize], asked: &Matrix, trees: u16, seed: u64) -> Vec<usize> {
    use smartcore::ensemble::random_forest_classifier::{
        RandomForestClassifier, RandomForestClassifierParameters,
    };
    use smartcore::linalg::basic::matrix::DenseMatrix;
    let dense = |x: &Matrix| DenseMatrix::new(x.rows(), x.cols(), x.as_slice().to_vec(), false);
    let parameters = RandomForestClassifierParameters::default().with_n_trees(trees).with_seed(seed);
    let predicted = dense(x).and_then(|x| RandomForestClassifier::fit(&x, &y.to_vec(), parameters));
    predicted.and_then(|model| model.predict(&dense(asked)?)).unwrap_or_default()
}

#[test]
fn depends_on_the_seed() {
    for_all("seed, s", (any::seed(), 0..=58_u32)).cases(12).holds(|&(seed, s)| {
        let (x, y) = with_a_stray_one();
        let stray = Matrix::from_rows([[2.0]]);
        let grown = |seed| random_forest(&x, &y, &stray, 1, seed).accepted(CALL);
        equal("the same forest once more", grown(seed)?, grown(seed)?, "Pass the seed on.")?;
        // One tree in three does not see the stray sample: 60 trees agree by chance with 10⁻¹⁰.
        // Also seeds whose lowest bits are all the same.
        let others = (0..60_u64).map(|k| grown(seed.wrapping_add(k << s)));
        let answers: Vec<usize> = others.collect::<Result<Vec<_>, _>>()?.concat();
        ensure(answers.contains(&4) && answers.contains(&9), || {
            let look = "Trees from 60 seeds are all alike: is the whole seed passed on, and is each tree \
                        trained on its own bootstrap sample?";
            let got = format!(
                "one tree, the seeds seed + k·2^{s}, k below 60, the same answer: {:?}",
                answers.first()
            );
            Broken::answer(got, "4 from some and 9 from others", look)
        })
    });
}

#[test]
fn is_a_majority_vote_of_many_trees() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        let (x, y) = with_a_stray_one();
        for k in 0..2 {
            let call = "random_forest(x, y, [2], 401, seed)";
            let got = random_forest(&x, &y, &Matrix::from_rows([[2.0]]), 401, seed.wrapping_add(k))
                .accepted(call)?;
            // Two trees in three see the stray sample at 2: that fewer than 201 of 401 do happens with 10⁻¹¹.
            let look = "Two trees in three have the 9 in their bootstrap sample, so most votes are for \
                9. Is the \
                        number of trees passed on?";
            equal(call, got, vec![9], look)?;
        }
        Ok(())
    });
}

#[test]
fn is_invariant_under_units() {
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
            let look = "The first feature became 1024x + 8, the others x/4: the same splits in other units. \
                        Are these trees?";
            equal("random_forest in other units", got.accepted(CALL)?, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn separates_distant_classes() {
    for_all(SPLIT, clouds()).cases(24).holds(|split| {
        contract::separates_distant_classes(CALL, split, |x, y, asked| random_forest(x, y, asked, 15, 1))
    });
}

#[test]
fn predicts_each_sample_independently() {
    for_all(SPLIT, mixed()).cases(24).holds(|split| {
        contract::predicts_each_sample_independently(CALL, split, |x, y, asked| {
            random_forest(x, y, asked, 5, 7)
        })
    });
}

#[test]
fn classifies_iris_like_scikit_learn() {
    example(|| {
        // scikit-learn 1.9: 29 of 30.
        let forest = |x: &Matrix, y: &[usize], asked: &Matrix| random_forest(x, y, asked, 15, 1);
        contract::has_correct(CALL, &fifth(data::iris(), 0, 1), 26, forest)
    });
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

mod robust {
    use super::*;

    #[test]
    fn has_the_requested_number_of_trees() {
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
                    let got =
                        random_forest(&x, &y, &Matrix::from_rows([[2.0]]), trees, seed).accepted(&call)?;
                    Ok(f64::from(u8::from(got == [4])))
                };
                let share = (0..2000).map(says_4).sum::<Result<f64, _>>()? / 2000.0;
                let call = format!("the share of 2000 forests of {trees} that say 4 at 2");
                let look = "A few trees predict the 9 among the 4s less often than many do. Is the number of \
                            trees passed on unchanged?";
                // Either way of drawing is right: chance is given a tenth more than its 0.09.
                mean_near(&call, share, 2000, 1.1, want, look)?;
            }
            Ok(())
        });
    }

    /// Power: by Hoeffding's inequality a share that is off by 0.25, as with one feature of four, or by 0.5, as with all, is
    /// overlooked with a chance below 10⁻⁹.
    #[test]
    fn considers_random_features_at_each_split() {
        example(|| {
            // The first of four features separates the classes; of each other one, four samples of class 9 lie among the 4s, so
            // that it hardly ever looks as good. The root asks about the first where that is one of the two that are drawn: in
            // half of all trees. Where it asks about another one, what lies on its far side is of class 9.
            let far = |i: usize, j: usize| i >= 12 && !(j > 0 && (i - 12) / 4 == j - 1);
            let x = Matrix::from_fn(24, 4, |i, j| if far(i, j) { 100.0 } else { 0.0 } + (i % 12) as f64);
            let y: Vec<usize> = (0..24).map(|i| if i < 12 { 4 } else { 9 }).collect();
            let asked = Matrix::from_rows([[2.5, 105.0, 105.0, 105.0]]);
            let says_9 = |k: u64| -> Result<f64, Broken> {
                let call = "random_forest(x, y, [near, far, far, far], 1, k)";
                let got = random_forest(&x, &y, &asked, 1, k).accepted(call)?;
                Ok(f64::from(u8::from(got == [9])))
            };
            let share = (0..2000).map(says_9).sum::<Result<f64, _>>()? / 2000.0;
            let call = "the share of 2000 trees whose root asks about another feature than the best";
            let look =
                "Of four features two are drawn at each split: in half of all trees the best is one of them.";
            // A bootstrap sample misses all four with 0.015, so that the share lies within 0.48 and 0.52.
            mean_near(call, share, 2000, 1.3, 0.5, look)
        });
    }

    #[test]
    fn is_the_forest_of_the_library() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            // About half of the trees say this, and half say that: each tree and each draw counts.
            let mut generator = Generator::from_seed(seed ^ 5);
            let mut uniform = |n: usize| (0..n).map(|_| generator.uniform()).collect::<Vec<_>>();
            let [x, asked] = [24, 200]
                .map(|n| (uniform(2 * n), n))
                .map(|(all, n)| Matrix::from_fn(n, 2, |i, j| all[2 * i + j]));
            let y: Vec<usize> = (0..24).map(|i| if i < 2 { i } else { generator.below(2) }).collect();
            for trees in [1, 2, 3, 4, 10, 64, 401] {
                let call = format!("random_forest(x_train, y_train, x_test, {trees}, {seed})");
                let got = random_forest(&x, &y, &asked, trees, seed).accepted(&call)?;
                let look = "The predictions of smartcore's RandomForestClassifier with this number of trees \
                            and this seed, all else as it is by default. Are both passed on unchanged?";
                equal(&call, got, by_smartcore(&x, &y, &asked, trees, seed), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn grows_to_full_depth_on_all_samples() {
        example(|| {
            // Classes by turns: a tree that has seen a sample is right about it only in a leaf of its own, and two in three have.
            let (x, by_turns) = (Matrix::from_fn(64, 1, |i, _| i as f64), (0..64).map(|i| 3 + i % 2));
            let by_turns: Vec<usize> = by_turns.collect();
            let call = "random_forest([0; 1; …; 63], [3, 4, 3, 4, …], the same, 101, 1)";
            let got = random_forest(&x, &by_turns, &x, 101, 1).accepted(call)?;
            let right = got.iter().zip(&by_turns).filter(|(got, want)| got == want).count();
            // With probability 0.003 a sample is missing from the bootstrap samples of most trees; eight of 64 are with 10⁻¹⁰.
            ensure(right >= 57, || {
                let look = "Trees grow until their leaves are pure: no limit to their depth.";
                Broken::answer(format!("{call}: {right} of 64 right"), "57 or more", look)
            })?;
            let (x, halves) =
                (Matrix::from_fn(602, 1, |i, _| i as f64), [vec![3; 301], vec![4; 301]].concat());
            let call = "random_forest([0; 1; …; 601], 301 times 3 then 301 times 4, [100; 500], 5, 1)";
            let asked = Matrix::from_rows([[100.0], [500.0]]);
            let got = random_forest(&x, &halves, &asked, 5, 1).accepted(call)?;
            equal(call, got, vec![3, 4], "All samples count, however many.")
        });
    }

    #[test]
    fn rejects_0_trees() {
        example(|| {
            let x = Matrix::from_rows([[0.0], [1.0]]);
            let want = InputError::OutOfRange { name: "trees", got: 0.0, wanted: "at least 1" };
            rejected(
                &format!("{CALL} with 0 trees"),
                random_forest(&x, &[0, 1], &x, 0, 1),
                want,
                "At least one tree has to vote.",
            )
        });
    }

    #[test]
    fn accepts_no_test_samples() {
        example(|| contract::accepts_no_test_samples(CALL, |x, y, asked| random_forest(x, y, asked, 3, 1)));
    }

    #[test]
    fn rejects_a_single_class() {
        example(|| contract::rejects_a_single_class(CALL, |x, y, asked| random_forest(x, y, asked, 3, 1)));
    }

    #[test]
    fn predicts_the_majority_of_a_constant_feature() {
        for_all("value", any::magnitude(-300, 300)).cases(16).holds(|value| {
            contract::predicts_the_majority_of_a_constant_feature(CALL, *value, |x, y, asked| {
                random_forest(x, y, asked, 25, 3)
            })
        });
    }

    #[test]
    fn rejects_not_finite_features_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|given| {
            contract::rejects_in_any_place(CALL, given, |x, y, asked| random_forest(x, y, asked, 3, 1))
        });
    }

    #[test]
    fn separates_many_test_samples() {
        // A class of seven and more is missing in a bootstrap sample of a hundred with at most 10⁻³, in most of 25 trees never.
        let most = Most { classes: 5, features: 3, rows: 65, queries: 301 };
        for_all(SPLIT, crowd(7, most)).cases(8).holds(|split| {
            let split = &in_units(split, 1.0, 302);
            contract::separates_distant_classes(CALL, split, |x, y, asked| random_forest(x, y, asked, 25, 3))
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        example(|| contract::rejects_invalid_arguments(CALL, |x, y, asked| random_forest(x, y, asked, 3, 1)));
    }

    #[test]
    fn uses_every_row_and_feature() {
        for_all(SPLIT, informative_from(129, vec![(33, 8), (101, 32)])).cases(3).holds(|split| {
            contract::separates_distant_classes(CALL, split, |x, y, queries| {
                random_forest(x, y, queries, 25, 3)
            })
        });
    }

    #[test]
    fn is_invariant_under_powers_of_two() {
        for_all("k, x_train, y_train, x_test", (-45..=25_i32, mixed())).cases(48).holds(|(k, split)| {
            let by = |x: &Matrix| Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(i, j)] * 2.0_f64.powi(*k));
            let want = random_forest(&split.x_train, &split.y_train, &split.x_test, 5, 2).accepted(CALL)?;
            let call = "random_forest(2ᵏ·x_train, y_train, 2ᵏ·x_test, 5, 2)";
            let got = random_forest(&by(&split.x_train), &split.y_train, &by(&split.x_test), 5, 2)
                .accepted(call)?;
            equal(call, got, want, "The features were multiplied by 2ᵏ: the same splits in another unit.")
        });
    }

    #[test]
    fn separates_nearly_equal_values() {
        for_all("k", 10..=40_i32).cases(16).holds(|&k| {
            let far = 1.0 + 0.5_f64.powi(k);
            let (x, y) = (Matrix::from_fn(20, 1, |i, _| if i < 10 { 1.0 } else { far }), [6; 10].map(|y| y));
            let y = [&y[..], &[1; 10]].concat();
            let call = "random_forest([1 ten times; 1 + 2⁻ᵏ ten times], y, [1; 1 + 2⁻ᵏ], 25, 1)";
            let got = random_forest(&x, &y, &Matrix::from_rows([[1.0], [far]]), 25, 1).accepted(call)?;
            equal(call, got, vec![6, 1], "There is a number between the two. f32 has 7 digits.")
        });
    }

    #[test]
    fn another_number_of_trees_is_another_forest() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let (x, y) = with_a_stray_one();
            // As above: one tree in three says 4, many trees say 9 but with 10⁻¹¹. Thirty single trees all say 9 with 10⁻⁵.
            for k in 0..30_u64 {
                let grown = |trees| {
                    let asked = Matrix::from_rows([[2.0]]);
                    random_forest(&x, &y, &asked, trees, seed.wrapping_add(k)).accepted(CALL)
                };
                grown(1)?;
                let look =
                    "The number of trees counts, also where all other arguments are those of a call before.";
                equal("401 trees, after one tree with the same seed,", grown(401)?, vec![9], look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn many_trees_and_one_tree_differ() {
        for_all("seed", any::seed()).cases(1).holds(|&seed| {
            let (x, y) = with_a_stray_one();
            let grown =
                |trees, seed| random_forest(&x, &y, &Matrix::from_rows([[2.0]]), trees, seed).accepted(CALL);
            // As in the laws above: most of many trees say 9, with 10⁻¹¹; one tree in three says 4, so that 60 agree by
            // chance with 10⁻¹⁰.
            equal(
                "401 trees",
                grown(401, seed)?,
                vec![9],
                "Most trees have the 9 in their bootstrap sample.",
            )?;
            let few = (0..60_u64).map(|k| grown(1, seed.wrapping_add(k))).collect::<Result<Vec<_>, _>>()?;
            let look =
                "A single tree may miss the 9 in its bootstrap sample. Is the number of trees passed on?";
            equal("whether one of 60 forests of a single tree says 4", few.contains(&vec![4]), true, look)
        });
    }
}
