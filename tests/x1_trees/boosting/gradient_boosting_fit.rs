use judge::{Answer, Broken, any, close, ensure, example, for_all, rejected, rounding};
use katas::x1_trees::boosting::{Boosted, gradient_boosting_fit};
use kit::{InputError, Matrix};

use super::super::draw::{counting_but, distinct, fault};
use super::super::targets::{few, is_boosted, sized, steps};
use super::rates::{is_rejected, rates, wrong_rates};

const CALL: &str = "gradient_boosting_fit(x, y, rounds, rate, max_depth)";

fn largest(y: &[f64]) -> f64 {
    y.iter().fold(0.0, |largest, y| y.abs().max(largest))
}

/// The model, with everything checked that the page says of it; and the outputs after each round.
fn fitted(
    (x, y): (&Matrix, &[f64]),
    rounds: usize,
    rate: f64,
    depth: usize,
) -> Result<(Boosted, Vec<Vec<f64>>), Broken> {
    let model = gradient_boosting_fit(x, y, rounds, rate, depth).accepted(CALL)?;
    let (n, size) = (y.len() as f64, largest(y));
    let mean = y.iter().map(|y| y / n).sum::<f64>();
    let look = "The best constant for the squared error is the mean of the targets.";
    close("the start", model.start, mean, rounding(2 * y.len() + 8, size), look)?;
    let after = is_boosted(&model, x, (rounds, rate, depth), size, |i, output| y[i] - output)?;
    Ok((model, after))
}

#[test]
fn each_tree_fits_what_the_ones_before_leave_over() {
    let inputs = (few(), any::part(0..=5_usize), rates(), any::part(0..=3_usize));
    for_all("x, y, rounds, rate, max_depth", inputs)
        .holds(|((x, y), rounds, rate, depth)| fitted((x, y), *rounds, *rate, *depth).map(|_| ()));
}

#[test]
fn the_training_error_never_rises() {
    for_all("seed, rate", (any::seed(), rates())).cases(48).holds(|&(seed, rate)| {
        let (x, y) = steps(30, 2, seed);
        let (_, after) = fitted((&x, &y), 8, rate, 2)?;
        let error =
            |outputs: &Vec<f64>| outputs.iter().zip(&y).map(|(output, y)| (y - output).powi(2)).sum::<f64>();
        let errors: Vec<f64> = after.iter().map(error).collect();
        ensure(errors.windows(2).all(|pair| pair[1] <= pair[0] + rounding(1000, errors[0])), || {
            let look = "Each tree predicts the residuals; add η times its prediction.";
            Broken::answer(format!("squared errors after each round: {errors:?}"), "never more", look)
        })
    });
}

#[test]
fn full_trees_at_rate_1_fit_in_one_round() {
    for_all("x, y", (distinct(6), any::vector(6..=6))).cases(64).holds(|(x, y)| {
        let x = Matrix::from_fn(6, 1, |i, _| x[(5 * i + 2) % 6]);
        let (_, after) = fitted((&x, y), 1, 1.0, usize::MAX)?;
        (0..6).try_for_each(|i| {
            let look = "mean + 1·(y − mean) = y.";
            close(&format!("the output for sample {i}"), after[1][i], y[i], rounding(32, largest(y)), look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x1_trees::boosting::gradient_boosting_fit;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0], [2.0]]);
        let model = gradient_boosting_fit(&x, &[0.0, 8.0], 2, 0.5, 1)?;
        assert_eq!((model.start, model.rate, model.trees.len()), (4.0, 0.5, 2));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_fitted_for_any_size_and_magnitude() {
        let inputs = (sized([301, 65]), any::part(0..=4_usize), rates(), any::part(0..=4_usize));
        for_all("x, y, rounds, rate, max_depth", inputs)
            .cases(64)
            .holds(|((x, y), rounds, rate, depth)| fitted((x, y), *rounds, *rate, *depth).map(|_| ()));
    }

    #[test]
    fn small_numbers_count() {
        for_all("seed, size", (any::seed(), any::magnitude(-120, -4))).cases(24).holds(|&(seed, size)| {
            let (x, y) = steps(12, 2, seed);
            let x = Matrix::from_fn(12, 2, |i, j| x[(i, j)] * size.abs());
            fitted((&x, &y.iter().map(|y| y * size / 4.0).collect::<Vec<_>>()), 2, size.abs(), 2).map(|_| ())
        });
    }

    #[test]
    fn grows_as_many_trees_as_rounds() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let (x, y) = steps(20, 2, seed);
            [17, 60, 257].into_iter().try_for_each(|rounds| fitted((&x, &y), rounds, 0.0625, 1).map(|_| ()))
        });
    }

    #[test]
    fn grows_deep_trees() {
        for_all("seed, depth", (any::seed(), any::part(50..=60_usize))).cases(6).holds(|&(seed, depth)| {
            let x = Matrix::from_fn(90, 1, |i, _| i as f64);
            let y: Vec<f64> = (0..90).map(|i| 4.0_f64.powi(i) * (1.0 + (seed % 7) as f64)).collect();
            fitted((&x, &y), 2, 0.5, depth)?;
            fitted((&x, &y), 1, 1.0, usize::MAX).map(|_| ())
        });
    }

    #[test]
    fn equal_targets_leave_nothing_over() {
        for_all("y, n", (any::wide(), any::many(1..=6, 301))).cases(48).holds(|&(y, n)| {
            let x = Matrix::from_fn(n, 2, |i, j| (i + j) as f64);
            fitted((&x, &vec![y; n]), 2, 0.5, 2).map(|_| ())
        });
    }

    #[test]
    fn rejects_rates_out_of_range() {
        for_all("rate", wrong_rates()).cases(32).holds(|&rate| {
            let x = Matrix::from_rows([[1.0], [2.0]]);
            is_rejected(CALL, &gradient_boosting_fit(&x, &[1.0, 2.0], 2, rate, 1))
        });
    }

    #[test]
    fn rejects_what_is_not_finite_in_any_place() {
        for_all("[n, d], [i, j], bad", fault()).cases(64).holds(|([n, d], [i, j], bad)| {
            let x = counting_but([*n, *d], [*i, *j], *bad);
            let mut y: Vec<f64> = (0..*n).map(|i| i as f64).collect();
            let want = InputError::NotFinite { name: "x", index: i * d + j };
            rejected(CALL, gradient_boosting_fit(&x, &y, 2, 0.5, 1), want, "Check all features.")?;
            y[*i] = *bad;
            let x = counting_but([*n, *d], [*i, *j], 0.5);
            let want = InputError::NotFinite { name: "y", index: *i };
            rejected(CALL, gradient_boosting_fit(&x, &y, 2, 0.5, 1), want, "Check all targets.")
        });
    }

    #[test]
    fn rejects_what_does_not_fit() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(32).holds(|&[left, right]| {
            let want = InputError::LengthMismatch { left, right };
            let x = Matrix::from_fn(left, 2, |i, _| i as f64);
            let got = gradient_boosting_fit(&x, &vec![1.0; right], 0, 0.5, 1);
            rejected(CALL, got, want, "One target per sample, also without rounds.")?;
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let got = gradient_boosting_fit(&Matrix::zeros(0, 2), &[], 2, 0.5, 1);
            rejected(CALL, got, few.clone(), "Of no targets there is no mean.")?;
            let got = gradient_boosting_fit(&Matrix::zeros(left, 0), &vec![1.0; left], 2, 0.5, 1);
            rejected(CALL, got, few, "Without features there is nothing to learn from.")
        });
    }

    #[test]
    fn no_rounds_give_the_mean() {
        example(|| fitted((&Matrix::from_rows([[1.0], [2.0]]), &[1.0, 4.0]), 0, 0.5, 1).map(|_| ()));
    }
}
