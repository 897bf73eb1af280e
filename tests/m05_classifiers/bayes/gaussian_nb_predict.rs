use judge::{Answer, any, equal, example, for_all, rejected};
use katas::m05_classifiers::bayes::{GaussianNb, gaussian_nb_predict};
use kit::{InputError, Matrix, data};
use proptest::prelude::*;

use super::super::samples::{Split, fifth, right, rows};
use super::super::sizes::{counting_but, fault, many, place, several};
use super::models::{asked, asked_of_any_size, model, score};

const CALL: &str = "gaussian_nb_predict(model, x)";

#[test]
fn predicts_the_class_with_the_highest_posterior() {
    let inputs = prop_oneof![1 => asked(), 1 => asked_of_any_size()];
    for_all("priors, means, variances, x", inputs).holds(|(priors, means, variances, x)| {
        let model = model(priors, means, variances);
        let got = gaussian_nb_predict(&model, x).accepted(CALL)?;
        equal("the number of predictions", got.len(), x.rows(), "One per sample.")?;
        for (i, label) in got.iter().enumerate() {
            let scores: Vec<f64> = (0..priors.len()).map(|c| score(&model, c, x.row(i))).collect();
            let mut order: Vec<usize> = (0..priors.len()).collect();
            order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
            // Rounding may decide between two that are this close.
            let close = order.len() > 1
                && scores[order[0]] - scores[order[1]] < 1e-9 * (1.0 + scores[order[0]].abs());
            let want = if close { *label } else { model.classes[order[0]] };
            let look = format!(
                "ln prior + Σ ln density for the classes {:?}: {scores:?}. The prediction is a label, not \
                 its index.",
                model.classes
            );
            equal(&format!("the class of row {i}"), *label, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn the_first_class_wins_a_tie() {
    for_all("mean, variance, x", (any::eighth(), any::nonzero(), any::eighth())).cases(64).holds(
        |(m, v, x)| {
            let (means, variances) =
                (Matrix::from_fn(3, 1, |_, _| *m), Matrix::from_fn(3, 1, |_, _| v.abs()));
            let model = model(&[1.0 / 3.0; 3], &means, &variances);
            let got = gaussian_nb_predict(&model, &Matrix::from_rows([[*x]])).accepted(CALL)?;
            equal(
                "the class, all three being alike,",
                got,
                vec![3],
                "Replace the best so far only if another is higher.",
            )
        },
    );
}

#[test]
fn predicts_each_sample_independently() {
    for_all("priors, means, variances, x", asked()).cases(64).holds(|(priors, means, variances, x)| {
        let model = model(priors, means, variances);
        let together = gaussian_nb_predict(&model, x).accepted(CALL)?;
        for (i, want) in together.into_iter().enumerate() {
            let alone = gaussian_nb_predict(&model, &rows(x, &[i])).accepted(CALL)?;
            equal(&format!("row {i} alone"), alone, vec![want], "Nothing is learned from the test samples.")?;
        }
        equal(
            "no sample",
            gaussian_nb_predict(&model, &rows(x, &[])).accepted(CALL)?,
            vec![],
            "Without samples there are no predictions.",
        )
    });
}

#[test]
fn classifies_digits_like_scikit_learn() {
    example(|| {
        let split = fifth(data::digits(), 0, 1);
        let got = gaussian_nb_predict(&learned(&split), &split.x_test).accepted(CALL)?;
        let look = "Of every fifth digit scikit-learn 1.9 classifies 298 of 360 correctly, with s = 10⁻⁹.";
        equal("correctly classified digits", right(&got, &split.y_test), 298, look)
    });
}

/// The model of a training set of ten classes, s = 10⁻⁹.
fn learned(Split { x_train, y_train, .. }: &Split) -> GaussianNb {
    let (n, d) = x_train.shape();
    let moments = |members: &[usize], j: usize| {
        let mean = members.iter().map(|&i| x_train[(i, j)]).sum::<f64>() / members.len() as f64;
        (mean, members.iter().map(|&i| (x_train[(i, j)] - mean).powi(2)).sum::<f64>() / members.len() as f64)
    };
    let all: Vec<usize> = (0..n).collect();
    let largest = (0..d).map(|j| moments(&all, j).1).fold(0.0, f64::max);
    let (mut means, mut variances, mut priors) = (Matrix::zeros(10, d), Matrix::zeros(10, d), vec![0.0; 10]);
    for c in 0..10 {
        let members: Vec<usize> = (0..n).filter(|&i| y_train[i] == c).collect();
        priors[c] = members.len() as f64 / n as f64;
        for j in 0..d {
            let (mean, variance) = moments(&members, j);
            (means[(c, j)], variances[(c, j)]) = (mean, variance + 1e-9 * largest);
        }
    }
    GaussianNb { classes: (0..10).collect(), priors, means, variances }
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m05_classifiers::bayes::{GaussianNb, gaussian_nb_predict};
        use kit::Matrix;
        let (means, variances) = (Matrix::from_rows([[0.0], [0.0]]), Matrix::from_rows([[1.0], [100.0]]));
        let model = GaussianNb { classes: vec![0, 4], priors: vec![0.5, 0.5], means, variances };
        assert_eq!(gaussian_nb_predict(&model, &Matrix::from_rows([[0.5], [-8.0]])), Ok(vec![0, 4]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_invariant_under_units() {
        // All features in one unit, or each in its own.
        let units = prop_oneof![(-40..=40_i32).prop_map(|k| [k; 3]), [-40..=40_i32, -40..=40, -40..=40]];
        for_all("priors, means, variances, x, k", (asked(), units)).holds(
            |((priors, means, variances, x), k)| {
                let by = |m: &Matrix, power: i32| {
                    Matrix::from_fn(m.rows(), m.cols(), |i, j| m[(i, j)] * 2.0_f64.powi(power * k[j]))
                };
                let plain = model(priors, means, variances);
                let scaled = model(priors, &by(means, 1), &by(variances, 2));
                let call = "gaussian_nb_predict(model in 2ᵏ, 2ᵏ·x)";
                let got = gaussian_nb_predict(&scaled, &by(x, 1)).accepted(call)?;
                equal("the number of predictions", got.len(), x.rows(), "One per sample.")?;
                for (i, label) in got.iter().enumerate() {
                    let of = |c: usize| score(&plain, c, x.row(i));
                    let highest = (0..priors.len()).map(of).fold(f64::NEG_INFINITY, f64::max);
                    // A unit adds the same to all scores, up to 3·28. Rounding may decide between two that are this close.
                    let near = |c: &usize| of(*c) > highest - 1e-9 * (100.0 + highest.abs());
                    let best: Vec<usize> = (0..priors.len()).filter(near).map(|c| plain.classes[c]).collect();
                    let want = if best.contains(label) { *label } else { best[0] };
                    let look = "Means and x of feature j were multiplied by 2ᵏ, variances by 4ᵏ, k its own: \
                                the same class. Is a variance compared with a fixed number, or with \
                                another one?";
                    equal(&format!("the class of row {i} from {call}"), *label, want, look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn distinguishes_nearly_equal_priors() {
        for_all("mean, variance, x", (any::eighth(), any::nonzero(), any::eighth())).cases(64).holds(
            |(m, v, x)| {
                // The second score is higher by 4·2⁻³⁴ > 2·10⁻¹⁰; scores are at most 1100 in size, and round to 10⁻¹².
                let more = 2.0_f64.powi(-34);
                let (means, variances) =
                    (Matrix::from_fn(2, 1, |_, _| *m), Matrix::from_fn(2, 1, |_, _| v.abs()));
                let model = model(&[0.5 - more, 0.5 + more], &means, &variances);
                let got = gaussian_nb_predict(&model, &Matrix::from_rows([[*x]])).accepted(CALL)?;
                let look = "The first class wins where scores are equal, not where they are nearly so.";
                equal("the class, with priors of ½ − 2⁻³⁴ and ½ + 2⁻³⁴,", got, vec![5], look)
            },
        );
    }

    #[test]
    fn accepts_very_small_priors() {
        for_all("k, variance, above", (2..=60_i32, any::nonzero(), any::<bool>())).cases(64).holds(
            |&(k, v, above)| {
                // Means 0 and 1, one variance: the second wins where (x − ½)/v is above −ln of the ratio of the priors.
                let (rare, v) = (2.0_f64.powi(-k), v.abs());
                let x = 0.5 - v * (rare / (1.0 - rare)).ln() + if above { 0.125 } else { -0.125 } * v;
                let model = model(
                    &[1.0 - rare, rare],
                    &Matrix::from_rows([[0.0], [1.0]]),
                    &Matrix::from_rows([[v], [v]]),
                );
                let call = format!("the class of {x}, variance {v}, priors 1 − 2⁻ᵏ and 2⁻ᵏ, k = {k}");
                let got = gaussian_nb_predict(&model, &Matrix::from_rows([[x]])).accepted(CALL)?;
                let look = "The logarithm of the prior as it is: nothing added to it, and no class left out \
                            because it is rare.";
                equal(&call, got, vec![if above { 5 } else { 3 }], look)
            },
        );
    }

    #[test]
    fn the_larger_variance_wins_far_away() {
        for_all("k, which, negative", (4..=400_i32, 0..2_usize, any::<bool>())).cases(64).holds(
            |&(k, which, negative)| {
                let x = if negative { -1.0 } else { 1.0 } * 2.0_f64.powi(k);
                let variances = Matrix::from_fn(2, 1, |c, _| if c == which { 4.0 } else { 1.0 });
                let model = model(&[0.5; 2], &Matrix::from_rows([[-1.0], [1.0]]), &variances);
                let got = gaussian_nb_predict(&model, &Matrix::from_rows([[x]])).accepted(CALL)?;
                let look =
                    "Scores have no lower bound but −∞: with which one does the search for the highest \
                        begin?";
                equal(
                    &format!("the class of {x:e}, variances {:?}", variances.as_slice()),
                    got,
                    vec![[3, 5][which]],
                    look,
                )
            },
        );
    }

    #[test]
    fn the_first_of_many_equals_wins() {
        let inputs = (several(2..=4), several(1..=2)).prop_flat_map(|(k, d)| (Just(k), Just(d), 0..k));
        for_all("k, d, first", inputs).cases(64).holds(|&(k, d, first)| {
            // From this class on all are alike; those before it are too far away.
            let means = Matrix::from_fn(k, d, |c, _| if c < first { 64.0 } else { 0.0 });
            let model = model(&vec![1.0 / k as f64; k], &means, &Matrix::from_fn(k, d, |_, _| 1.0));
            let got = gaussian_nb_predict(&model, &Matrix::from_fn(2, d, |_, _| 0.5)).accepted(CALL)?;
            let look =
                "Replace the best so far only if another is higher. The answer is a label, not its index.";
            equal(
                "the class, all from the given one on being alike,",
                got,
                vec![model.classes[first]; 2],
                look,
            )
        });
    }

    #[test]
    fn a_single_feature_decides_among_many() {
        let inputs = (several(1..=3), several(2..=3), many(1..=3)).prop_flat_map(|(d, k, m)| {
            (Just(d), place(d), Just(k), place(k), Just(m.min(1 + 100_000 / (k * d))))
        });
        for_all("d, j, k, c, m", inputs).cases(128).holds(|&(d, j, k, c, m)| {
            // The classes differ in feature j only, where class c is at 3 and the others at 0.
            let means = Matrix::from_fn(k, d, |class, l| if l == j && class == c { 3.0 } else { 0.0 });
            let model = model(&vec![1.0 / k as f64; k], &means, &Matrix::from_fn(k, d, |_, _| 1.0));
            // The last sample is at c, the others are not.
            let x = Matrix::from_fn(m, d, |i, l| if i + 1 == m && l == j { 3.0 } else { 0.0 });
            let got = gaussian_nb_predict(&model, &x).accepted(CALL)?;
            let first = model.classes[usize::from(c == 0)];
            let want: Vec<usize> =
                (0..m).map(|i| if i + 1 == m { model.classes[c] } else { first }).collect();
            equal(CALL, got, want, "Every sample, class and feature counts, whatever their number.")
        });
    }

    #[test]
    fn rejects_invalid_arguments_of_any_size() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            let model = model(&[0.5; 2], &Matrix::zeros(2, *d), &Matrix::from_fn(2, *d, |_, _| 1.0));
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            let got = gaussian_nb_predict(&model, &counting_but([*n, *d], [*i, *j], *bad));
            let call = format!("{CALL} with {bad} in row {i}, column {j}");
            rejected(&call, got, want, "Check x, row after row.")?;
            for (m, other) in [(0, d + 1), (0, d - 1), (*n, d + 1 + j), (*n, d - 1)] {
                let want = InputError::ShapeMismatch { left: (2, *d), right: (m, other) };
                let look =
                    "One column per feature of the model, also without samples; its means on the left.";
                rejected(CALL, gaussian_nb_predict(&model, &Matrix::zeros(m, other)), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn does_not_underflow() {
        for_all("which", 0..2_usize).cases(8).holds(|&which| {
            // 400 densities of e⁻¹⁸ or e⁻³²: their product is below every f64.
            let means = Matrix::from_fn(2, 400, |c, _| if c == which % 2 { 6.0 } else { 8.0 });
            let model = model(&[0.5; 2], &means, &Matrix::from_fn(2, 400, |_, _| 1.0));
            let got = gaussian_nb_predict(&model, &Matrix::zeros(1, 400)).accepted(CALL)?;
            let look = "The product of 400 densities is 0 for every class. Add logarithms instead.";
            equal("the nearer of two classes, both far off,", got, vec![[3, 5][which % 2]], look)
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        for_all("bad, k", (any::not_finite(), 0..4_usize)).cases(64).holds(|(bad, at)| {
            let model = model(&[0.5; 2], &Matrix::zeros(2, 2), &Matrix::from_fn(2, 2, |_, _| 1.0));
            for d in [1, 3] {
                let want = InputError::ShapeMismatch { left: (2, 2), right: (1, d) };
                let look = "One column per feature of the model; the shape of its means on the left.";
                rejected(
                    &format!("gaussian_nb_predict with a model of 2 features, samples of {d}"),
                    gaussian_nb_predict(&model, &Matrix::zeros(1, d)),
                    want,
                    look,
                )?;
            }
            let mut x = Matrix::zeros(2, 2);
            x[(at / 2, at % 2)] = *bad;
            let want = InputError::NotFinite { name: "x", index: *at };
            rejected(
                &format!("gaussian_nb_predict with {bad} at {at}"),
                gaussian_nb_predict(&model, &x),
                want,
                "A NaN has no class: every comparison with its score is false.",
            )
        });
    }
}
