use judge::{
    Answer, Verdict, any, close, close_entries, equal, example, for_all, rejected, rejected_for, rounding,
};
use katas::x3_regularization::layer_norm::layer_norm;
use kit::{InputError, Matrix};

use super::super::draw::{
    Given, bad_epsilon, counting_but, far, fault, few, growing_but, matrix, sized, too_large, wrong_matrix,
    wrong_vector,
};
use super::super::near::normal;
use super::super::rejection::reasons;

const CALL: &str = "layer_norm(x, gamma, beta, epsilon)";

fn asked(given: &Given) -> Result<Matrix, InputError> {
    layer_norm(&given.x, &given.gamma, &given.beta, given.epsilon)
}

const LOOK: &str = "Mean and biased variance over the features of each sample; √(σ² + ε); γ and β per \
                    feature. Take the variance from differences to the mean.";

fn agrees(given: &Given, look: &str) -> Verdict {
    let Given { x, gamma, beta, epsilon, .. } = given;
    let y = asked(given).accepted(CALL)?;
    let (mut want, mut slack) = (Matrix::zeros(x.rows(), x.cols()), Matrix::zeros(x.rows(), x.cols()));
    for i in 0..x.rows() {
        let normal = normal(x.row(i), *epsilon);
        for j in 0..x.cols() {
            (want[(i, j)], slack[(i, j)]) = normal.scaled(j, gamma[j], beta[j]);
        }
    }
    close_entries("y", &y, &want, |i, j| slack[(i, j)], look)
}

#[test]
fn normalizes_each_sample_over_its_features() {
    for_all("layer", few(1..=4, 1..=5)).holds(|given| agrees(given, LOOK));
}

#[test]
fn normalized_samples_have_mean_0_and_variance_1() {
    for_all("x", any::any_matrix(1..=4, 2..=9)).cases(128).holds(|x| {
        let d = x.cols();
        let x = Matrix::from_fn(x.rows(), d, |i, j| if j < 2 { 16.0 * j as f64 - 8.0 } else { x[(i, j)] });
        let y = layer_norm(&x, &vec![1.0; d], &vec![0.0; d], 1e-12).accepted(CALL)?;
        equal("the shape of y", y.shape(), x.shape(), "As x.")?;
        for i in 0..x.rows() {
            let mean = y.row(i).iter().sum::<f64>() / d as f64;
            let variance = y.row(i).iter().map(|y| y * y).sum::<f64>() / d as f64;
            let look = "With γ = 1 and β = 0 each row of y has the mean 0 and the variance σ²/(σ² + ε).";
            close(&format!("the mean of row {i} of y"), mean, 0.0, rounding(64, 4.0), look)?;
            // σ² is at least 128/9, so ε takes less than 10⁻¹² of it.
            close(&format!("the variance of row {i} of y"), variance, 1.0, 1e-12, look)?;
        }
        Ok(())
    });
}

#[test]
fn is_invariant_under_a_shift_of_a_sample() {
    for_all("layer, shift", (few(1..=3, 1..=5), any::eighth())).cases(96).holds(|(given, shift)| {
        let x =
            Matrix::from_fn(given.x.rows(), given.x.cols(), |i, j| given.x[(i, j)] + (i + 1) as f64 * shift);
        let (y, other) = (asked(given).accepted(CALL)?, asked(&Given { x, ..given.clone() }).accepted(CALL)?);
        let look = "A constant added to all features of a sample goes into its mean, and is subtracted.";
        close("y of the shifted samples", other, y, rounding(64, 8.0 * 64.0 * 4.0), look)
    });
}

#[test]
fn is_invariant_under_a_positive_scale() {
    for_all("layer, k", (few(1..=3, 1..=5), any::part(-8..=8_i32))).cases(96).holds(|(given, k)| {
        // With ε scaled too the invariance is exact, and powers of two scale without rounding.
        let epsilon = 0.0625;
        let scale = f64::from(*k).exp2().min(4.0);
        let x = Matrix::from_fn(given.x.rows(), given.x.cols(), |i, j| given.x[(i, j)] * scale);
        let y = asked(&Given { epsilon, ..given.clone() }).accepted(CALL)?;
        let scaled = Given { x, epsilon: epsilon * scale * scale, ..given.clone() };
        let look = "x̂ has no unit: x times c and ε times c² give the same y.";
        close("y of the scaled samples", asked(&scaled).accepted(CALL)?, y, rounding(64, 8.0 * 8.0), look)
    });
}

#[test]
fn a_sample_does_not_depend_on_the_others() {
    for_all("layer", few(2..=5, 1..=4)).cases(64).holds(|given| {
        let all = asked(given).accepted(CALL)?;
        for i in 0..given.x.rows() {
            let x = Matrix::from_fn(1, given.x.cols(), |_, j| given.x[(i, j)]);
            let alone = asked(&Given { x, ..given.clone() }).accepted(CALL)?;
            let look = "No statistics of the batch.";
            // Entries are below γ·√d + β = 8·2 + 8 in size.
            close(&format!("sample {i} alone"), alone.row(0), all.row(i), rounding(64, 32.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::layer_norm::layer_norm;
        use kit::Matrix;
        let x = Matrix::from_rows([[1.0, 3.0], [70.0, 50.0]]);
        let y = layer_norm(&x, &[1.0, 5.0], &[0.0, 1.0], 1e-30)?;
        assert_eq!(y, Matrix::from_rows([[-1.0, 6.0], [1.0, -4.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        for_all("layer", sized([1..=9, 1..=9], [301, 301])).cases(160).holds(|given| agrees(given, LOOK));
    }

    #[test]
    fn samples_far_from_0_keep_their_digits() {
        for_all("layer", far([1..=9, 2..=9], [41, 301])).cases(64).holds(|given| agrees(given, LOOK));
    }

    #[test]
    fn a_single_feature_becomes_beta() {
        for_all("n, value, beta", (any::many(1..=6, 301), any::wide(), any::eighth())).cases(64).holds(
            |&(n, value, beta)| {
                let x = Matrix::from_fn(n, 1, |i, _| value * (i + 1) as f64);
                let (grad_output, gamma, beta, epsilon) = (x.clone(), vec![3.0], vec![beta], 1e-5);
                // Up to rounding, since the mean may be subtracted after the division by √ε.
                let look = "With σ² = 0 the root is √ε, and 0/√ε is 0.";
                agrees(&Given { grad_output, x, gamma, beta, epsilon }, look)
            },
        );
    }

    #[test]
    fn numbers_up_to_the_limit_are_right() {
        example(|| {
            let x = matrix(1, 2, &[1e60, -1e60]);
            let grad_output = x.clone();
            let (gamma, beta) = (vec![1e60, 1.0], vec![-1e60, 1e60]);
            agrees(&Given { grad_output, x, gamma, beta, epsilon: 1.0 }, LOOK)
        });
    }

    #[test]
    fn rejects_no_sample_and_no_feature() {
        example(|| {
            for (n, d) in [(0, 2), (3, 0), (0, 0)] {
                let ones = vec![1.0; d];
                let answer = layer_norm(&Matrix::zeros(n, d), &ones, &ones, 1e-5);
                rejected(CALL, answer, InputError::TooFew { got: 0, wanted: 1 }, "At least one of each.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_other_numbers_of_features() {
        for_all("[d, e]", any::unequal_lengths(301)).cases(48).holds(|&[d, e]| {
            let x = counting_but([2, d], [0, 0], 0.0);
            let [fits, other] = [d, e].map(|d| vec![1.0; d]);
            let want = InputError::LengthMismatch { left: d, right: e };
            let look = "γ and β have one number per feature.";
            rejected(CALL, layer_norm(&x, &other, &fits, 1e-5), want.clone(), look)?;
            rejected(CALL, layer_norm(&x, &fits, &other, 1e-5), want, look)
        });
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(1..=6), too_large())).cases(64).holds(
            |(([n, d], [i, j], bad), large)| {
                let (d, j) = (*d, *j);
                for got in [*bad, *large] {
                    let want = |name, index| reasons(name, index, got, "at most 10⁶⁰ in size");
                    let (fits, wrong) = (growing_but(d, d, 0.0), wrong_vector(d, j, got));
                    let x = counting_but([*n, d], [*i, j], 0.0);
                    let bad_x = wrong_matrix([*n, d], [*i, j], got);
                    let look = "Check all numbers: finite, and at most 10⁶⁰ in size.";
                    rejected_for(CALL, layer_norm(&bad_x, &fits, &fits, 1e-5), &want("x", i * d + j), look)?;
                    rejected_for(CALL, layer_norm(&x, &wrong, &fits, 1e-5), &want("gamma", j), look)?;
                    rejected_for(CALL, layer_norm(&x, &fits, &wrong, 1e-5), &want("beta", j), look)?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_an_epsilon_out_of_range() {
        for_all("epsilon", bad_epsilon()).cases(24).holds(|&got| {
            let want = InputError::OutOfRange { name: "epsilon", got, wanted: "10⁻³⁰ to 1" };
            let answer = layer_norm(&matrix(1, 2, &[1.0, 2.0]), &[1.0; 2], &[0.0; 2], got);
            rejected(CALL, answer, want, "ε from 10⁻³⁰ to 1.")
        });
    }
}
