use judge::{
    Answer, Broken, Verdict, any, close, ensure, equal, example, for_all, rejected, rejected_for, rounding,
};
use katas::x2_clustering::mixture::{EmStep, Mixture, em_step};
use kit::{Generator, InputError, Matrix};

use super::super::draw::{fault, few_placed, matrix, too_large};
use super::super::gauss::{Drawn, drawn, expected, identity, is_maximized, unit};
use super::super::near::square;
use super::super::rejection::rejects_invalid;

const CALL: &str = "em_step(x, mixture, regularization)";

/// The answer, checked by definition.
fn stepped(x: &Matrix, drawn: &Drawn, regularization: f64) -> Result<EmStep, Broken> {
    let mixture = drawn.mixture();
    let step = em_step(x, &mixture, regularization).accepted(CALL)?;
    let (want, [mean, slack]) = expected(x, drawn);
    let k = drawn.weights.len();
    equal("the shape of the responsibilities", step.responsibilities.shape(), (x.rows(), k), "n×k.")?;
    for (i, want) in want.iter().enumerate() {
        let row = step.responsibilities.row(i);
        let look = "The responsibilities of a point sum to 1, however small its densities are.";
        let call = format!("the sum of the responsibilities of point {i}");
        close(&call, row.iter().sum::<f64>(), 1.0, rounding(8 * k + 64, 1.0 + mean.abs()), look)?;
        for (j, ([want, tolerance], got)) in want.iter().zip(row).enumerate() {
            let look =
                "πⱼ·pⱼ(xᵢ) over the sum for all components: in logarithms, with the largest taken out.";
            close(&format!("responsibility ({i}, {j})"), *got, *want, *tolerance, look)?;
        }
    }
    let look =
        "The mean over the points of the logarithm of Σⱼ πⱼ·pⱼ(xᵢ), under the mixture before the step.";
    close("log_likelihood", step.log_likelihood, mean, slack, look)?;
    is_maximized(&step.mixture, x, &step.responsibilities, regularization, &mixture)?;
    Ok(step)
}

fn case(n: usize, d: usize, k: usize, unit: f64, far: f64, seed: u64) -> (Drawn, Matrix) {
    let mut generator = Generator::from_seed(seed);
    let drawn = drawn(d, k, unit, &mut generator);
    let x = drawn.points(n, far, &mut generator);
    (drawn, x)
}

#[test]
fn expects_and_maximizes() {
    let sizes = (any::part(1..=6_usize), any::part(1..=3_usize), any::part(1..=3_usize));
    for_all("[n, d, k], seed", (sizes, any::seed())).cases(192).holds(|&((n, d, k), seed)| {
        let (drawn, x) = case(n, d, k, 1.0, 2.0, seed);
        stepped(&x, &drawn, 0.0).map(|_| ())
    });
}

#[test]
fn adds_the_regularization_to_the_variances() {
    for_all("n, regularization, seed", (any::part(1..=6_usize), any::eighth(), any::seed())).cases(96).holds(
        |&(n, regularization, seed)| {
            let (drawn, x) = case(n, 2, 2, 1.0, 2.0, seed);
            stepped(&x, &drawn, regularization.abs()).map(|_| ())
        },
    );
}

#[test]
fn never_lowers_the_likelihood() {
    for_all("seed", any::seed()).cases(64).holds(|&seed| {
        let (drawn, x) = case(40, 2, 2, 1.0, 1.0, seed);
        let first = stepped(&x, &drawn, 0.0)?;
        // A component that lost its points may have become singular: then there is no likelihood to compare.
        let Ok(second) = em_step(&x, &first.mixture, 0.0) else { return Ok(()) };
        ensure(second.log_likelihood >= first.log_likelihood - 1e-9, || {
            let got = format!("{} after the step", second.log_likelihood);
            let look = "EM never makes the points less likely: compare with the mixture before the step.";
            Broken::answer(got, format!("at least {}", first.log_likelihood), look)
        })
    });
}

#[test]
fn small_equal_variances_make_it_kmeans() {
    for_all("x, centers", few_placed()).cases(192).holds(|(x, centers)| {
        let ((n, d), k) = (x.shape(), centers.rows());
        let tiny = Matrix::from_fn(d, d, |a, b| if a == b { 2.0_f64.powi(-24) } else { 0.0 });
        let weights = vec![1.0 / k as f64; k];
        let mixture = Mixture { weights, means: centers.clone(), covariances: vec![tiny; k] };
        let step = em_step(x, &mixture, 0.5).accepted(CALL)?;
        equal("the shape of the responsibilities", step.responsibilities.shape(), (n, k), "n×k.")?;
        for i in 0..n {
            // Squared distances are exact multiples of 1/64, which is 2¹⁸ variances.
            let squares: Vec<f64> = (0..k).map(|j| square(x.row(i), centers.row(j))).collect();
            let least = squares.iter().copied().fold(f64::INFINITY, f64::min);
            let nearest = squares.iter().filter(|square| **square == least).count();
            for (j, square) in squares.iter().enumerate() {
                let want = if *square == least { 1.0 / nearest as f64 } else { 0.0 };
                let look =
                    "If all variances are equal and tiny, each point belongs to its nearest mean alone.";
                let off = 1e-12 + rounding(64, square * 2.0_f64.powi(24));
                close(&format!("responsibility ({i}, {j})"), step.responsibilities[(i, j)], want, off, look)?;
            }
        }
        is_maximized(&step.mixture, x, &step.responsibilities, 0.5, &mixture)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::mixture::{Mixture, em_step};
        use kit::Matrix;
        let one = Matrix::from_rows([[1.0]]);
        let means = Matrix::from_rows([[0.0], [8.0]]);
        let mixture = Mixture { weights: vec![0.5, 0.5], means, covariances: vec![one.clone(), one] };
        let step = em_step(&Matrix::from_rows([[4.0], [1000.0]]), &mixture, 0.0)?;
        assert!((step.responsibilities[(0, 1)] - 0.5).abs() < 1e-12);
        assert!((step.responsibilities[(1, 1)] - 1.0).abs() < 1e-12);
        assert!((step.mixture.weights[1] - 0.75).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_unit() {
        let inputs = (any::sizes([1..=6, 1..=3, 1..=3], [301, 65, 301]), unit(), any::seed());
        for_all("[n, d, k], unit, seed", inputs).cases(64).holds(|&([n, d, k], unit, seed)| {
            let (drawn, x) = case(n, d, k, unit, 8.0, seed);
            stepped(&x, &drawn, 0.125 * unit * unit).map(|_| ())
        });
    }

    #[test]
    fn responsibilities_sum_to_one_at_a_distance_of_a_thousand() {
        for_all(
            "d, k, far, seed",
            (1..=3_usize, 2..=4_usize, any::select(vec![40.0, 1e3, 1e5]), any::seed()),
        )
        .cases(64)
        .holds(|&(d, k, far, seed)| {
            let (drawn, x) = case(9, d, k, 1.0, far, seed);
            stepped(&x, &drawn, 0.0).map(|_| ())
        });
    }

    #[test]
    fn a_component_without_points_keeps_its_place() {
        for_all("k, seed", (any::part(2..=4_usize), any::seed())).cases(32).holds(|&(k, seed)| {
            let (mut drawn, x) = case(9, 2, k, 1.0, 1.0, seed);
            drawn.weights = vec![1.0 / (k - 1) as f64; k];
            drawn.weights[seed as usize % k] = 0.0;
            stepped(&x, &drawn, 0.25).map(|_| ())
        });
    }

    #[test]
    fn covariances_are_right_far_from_the_origin() {
        for_all("far, seed", (any::select(vec![1e4, 1e6, 1e7]), any::seed())).cases(32).holds(
            |&(far, seed)| {
                let (mut drawn, x) = case(20, 2, 2, 1.0, 1.0, seed);
                drawn.gaussians.iter_mut().for_each(|it| it.mean.iter_mut().for_each(|mean| *mean += far));
                let x = Matrix::from_fn(20, 2, |i, a| x[(i, a)] + far);
                stepped(&x, &drawn, 0.0).map(|_| ())
            },
        );
    }

    #[test]
    fn order_of_points_and_components_does_not_matter() {
        for_all("seed", any::seed()).cases(32).holds(|&seed| {
            let (drawn, x) = case(8, 2, 3, 1.0, 2.0, seed);
            let turned = Matrix::from_fn(8, 2, |i, a| x[(7 - i, a)]);
            let reversed = Drawn {
                gaussians: drawn.gaussians.iter().rev().cloned().collect(),
                weights: drawn.weights.iter().rev().copied().collect(),
            };
            stepped(&x, &drawn, 0.0)?;
            stepped(&turned, &reversed, 0.0).map(|_| ())
        });
    }

    #[test]
    fn rejects_invalid_points_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large())).cases(64).holds(
            |&(([n, d], [i, j], bad), large)| {
                let (d, j) = (d.min(65), j.min(64));
                let fault = ([n, d], [i, j], bad);
                rejects_invalid(CALL, "x", &fault, large, |x| em_step(x, &plain(1, d), 0.0))
            },
        );
    }

    /// k components in d dimensions at 0, with variance 1.
    fn plain(k: usize, d: usize) -> Mixture {
        let weights = vec![1.0 / k as f64; k];
        Mixture { weights, means: Matrix::zeros(k, d), covariances: vec![identity(d); k] }
    }

    #[test]
    fn rejects_invalid_weights() {
        for_all("k, bad", (any::several(2..=4), any::not_finite())).cases(48).holds(|&(k, bad)| {
            let x = matrix(2, 1, &[0.0, 1.0]);
            let with = |j: usize, weight: f64| {
                let mut mixture = plain(k, 1);
                mixture.weights[j] = weight;
                em_step(&x, &mixture, 0.0)
            };
            let look = "Weights are probabilities: at least 0, with the sum 1.";
            let out = |got| InputError::OutOfRange { name: "weights", got, wanted: "at least 0, a sum of 1" };
            // The sum is the same as the weight, and not 1.
            let wants = [InputError::NotFinite { name: "weights", index: k - 1 }, out(bad)];
            rejected_for(CALL, with(k - 1, bad), &wants, look)?;
            rejected(CALL, with(k - 1, -0.5), out(-0.5), look)?;
            let mut wrong = plain(k, 1);
            // The first negative one is named.
            (wrong.weights[0], wrong.weights[k - 1]) = (-0.5, -0.25);
            rejected(CALL, em_step(&x, &wrong, 0.0), out(-0.5), look)?;
            for off in [1e-5, -1e-5, 0.01, -0.01] {
                let mut pair = plain(2, 1);
                pair.weights[1] += off;
                rejected(
                    CALL,
                    em_step(&x, &pair, 0.0),
                    out(pair.weights.iter().sum()),
                    "The sum is 1 up to 10⁻⁶.",
                )?;
            }
            wrong.weights = vec![1.0; k];
            rejected(CALL, em_step(&x, &wrong, 0.0), out(k as f64), look)?;
            wrong.weights = vec![0.0; k];
            rejected(CALL, em_step(&x, &wrong, 0.0), out(0.0), look)
        });
    }

    #[test]
    fn accepts_weights_whose_sum_was_rounded() {
        example(|| {
            for off in [9e-7, -9e-7] {
                let mut mixture = plain(2, 1);
                mixture.weights[1] += off;
                let step = em_step(&matrix(2, 1, &[0.0, 1.0]), &mixture, 0.0).accepted(CALL)?;
                let (got, look) = (step.responsibilities[(0, 0)], "The sum is 1 up to 10⁻⁶.");
                close("responsibility (0, 0)", got, 0.5, 1e-6, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_parts_that_do_not_fit() {
        for_all("[k, m]", any::unequal_lengths(101)).cases(32).holds(|&[k, m]| {
            let x = matrix(2, 1, &[0.0, 1.0]);
            let want = InputError::LengthMismatch { left: k, right: m };
            let look = "One mean and one covariance per weight; the number of weights on the left.";
            let (fine, other) = (plain(k, 1), plain(m, 1));
            let wrong = Mixture { means: other.means, ..fine.clone() };
            rejected(CALL, em_step(&x, &wrong, 0.0), want.clone(), look)?;
            let wrong = Mixture { covariances: other.covariances, ..fine };
            rejected(CALL, em_step(&x, &wrong, 0.0), want, look)
        });
    }

    #[test]
    fn rejects_an_invalid_component_in_any_place() {
        for_all("k", any::several(1..=4)).cases(24).holds(|&k| {
            let x = matrix(2, 1, &[0.0, 1.0]);
            let mut wrong = plain(k, 1);
            wrong.covariances[k - 1] = matrix(1, 1, &[0.0]);
            let want = InputError::NotPositiveDefinite { name: "covariance" };
            rejected(CALL, em_step(&x, &wrong, 0.0), want, "Each covariance is positive definite.")?;
            let mut wrong = plain(k, 1);
            wrong.covariances[k - 1] = identity(2);
            let want = InputError::ShapeMismatch { left: (2, 1), right: (2, 2) };
            rejected(CALL, em_step(&x, &wrong, 0.0), want, "Each covariance is d×d.")?;
            let mut wrong = plain(k, 1);
            wrong.means[(k - 1, 0)] = f64::NAN;
            let want = InputError::NotFinite { name: "mean", index: 0 };
            rejected(CALL, em_step(&x, &wrong, 0.0), want, "Each mean is finite.")?;
            let mut wrong = plain(k, 1);
            wrong.means = Matrix::zeros(k, 3);
            let want = InputError::LengthMismatch { left: 1, right: 3 };
            rejected(CALL, em_step(&x, &wrong, 0.0), want, "Each mean has d entries.")
        });
    }

    #[test]
    fn rejects_nothing_and_regularizations_out_of_range() {
        example(|| -> Verdict {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let look = "At least one point, one feature and one component.";
            let got = em_step(&Matrix::zeros(0, 1), &plain(2, 1), 0.0);
            rejected("em_step(0×1, …)", got, few.clone(), look)?;
            rejected("em_step(2×0, …)", em_step(&Matrix::zeros(2, 0), &plain(2, 0), 0.0), few, look)?;
            // Weights of no component do not sum to 1: another reason.
            let x = matrix(2, 1, &[0.0, 1.0]);
            let got = em_step(&x, &plain(0, 1), 0.0);
            ensure(got.is_err(), || {
                Broken::answer(format!("em_step(x, no component, 0) = {got:?}"), "an error", look)
            })?;
            for got in [-1e-9, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let want =
                    InputError::OutOfRange { name: "regularization", got, wanted: "a finite number ≥ 0" };
                let look = "The regularization is finite and at least 0.";
                rejected("em_step(x, mixture, λ)", em_step(&x, &plain(2, 1), got), want, look)?;
            }
            Ok(())
        });
    }
}
