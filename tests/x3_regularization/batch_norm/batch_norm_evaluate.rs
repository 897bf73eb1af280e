use judge::any::select;
use judge::{Answer, Verdict, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::x3_regularization::batch_norm::{RunningStatistics, batch_norm_evaluate};
use kit::{InputError, Matrix};

use super::super::draw::{Given, bad_epsilon, epsilon, fault, few, matrix, sized, too_large};
use super::statistics::{Trained, growing, rejects_invalid, rejects_other_numbers, with_running};

const CALL: &str = "batch_norm_evaluate(x, gamma, beta, running, epsilon)";

fn asked(given: &Given, running: &RunningStatistics) -> Result<Matrix, InputError> {
    batch_norm_evaluate(&given.x, &given.gamma, &given.beta, running, given.epsilon)
}

fn agrees(given: &Given, running: &RunningStatistics) -> Verdict {
    let Given { x, gamma, beta, epsilon, .. } = given;
    let y = asked(given, running).accepted(CALL)?;
    let (m, v) = (&running.mean, &running.variance);
    let root = |j: usize| (v[j] + epsilon).sqrt();
    let want =
        Matrix::from_fn(x.rows(), x.cols(), |i, j| gamma[j] * ((x[(i, j)] - m[j]) / root(j)) + beta[j]);
    // Whether the mean is subtracted first or γ·m/√(v + ε) at the end.
    let size =
        |i: usize, j: usize| gamma[j].abs() * ((x[(i, j)].abs() + m[j].abs()) / root(j)) + beta[j].abs();
    let look = "The running mean and variance instead of those of the batch: γ·(x − m)/√(v + ε) + β.";
    close_entries("y", &y, &want, |i, j| rounding(16, size(i, j)), look)
}

#[test]
fn normalizes_with_the_running_statistics() {
    for_all("layer", with_running(few(1..=4, 1..=3)))
        .holds(|Trained { given, running }| agrees(given, running));
}

#[test]
fn is_affine() {
    for_all("layer", with_running(few(3..=3, 1..=3))).cases(96).holds(|Trained { given, running }| {
        // The third sample halfway between the first two.
        let d = given.x.cols();
        let row = |x: &Matrix, j: usize| f64::midpoint(x[(0, j)], x[(1, j)]);
        let x = Matrix::from_fn(3, d, |i, j| if i < 2 { given.x[(i, j)] } else { row(&given.x, j) });
        let y = asked(&Given { x, ..given.clone() }, running).accepted(CALL)?;
        for j in 0..d {
            let look = "In evaluation this is a fixed affine function: halfway in x is halfway in y.";
            let size = y[(0, j)].abs() + y[(1, j)].abs() + given.beta[j].abs();
            let size = size
                + given.gamma[j].abs() * (8.0 + running.mean[j].abs())
                    / (running.variance[j] + 0.0625).sqrt();
            close(&format!("y[2,{j}]"), y[(2, j)], row(&y, j), rounding(64, size), look)?;
        }
        Ok(())
    });
}

#[test]
fn a_sample_does_not_depend_on_the_others() {
    for_all("layer", with_running(few(2..=5, 1..=3))).cases(96).holds(|Trained { given, running }| {
        let all = asked(given, running).accepted(CALL)?;
        for i in 0..given.x.rows() {
            let x = Matrix::from_fn(1, given.x.cols(), |_, j| given.x[(i, j)]);
            let alone = asked(&Given { x, ..given.clone() }, running).accepted(CALL)?;
            equal(&format!("sample {i} alone"), alone.row(0), all.row(i), "No statistics of the batch.")?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::batch_norm::{RunningStatistics, batch_norm_evaluate};
        use kit::Matrix;
        let running = RunningStatistics { mean: vec![2.0], variance: vec![3.0] };
        let y = batch_norm_evaluate(&Matrix::from_rows([[8.0]]), &[5.0], &[1.0], &running, 1.0)?;
        assert_eq!(y, Matrix::from_rows([[16.0]]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        for_all("layer", with_running(sized([1..=9, 1..=4], [301, 301])))
            .cases(192)
            .holds(|Trained { given, running }| agrees(given, running));
    }

    #[test]
    fn a_feature_without_variance_is_divided_by_the_root_of_epsilon() {
        for_all("x, epsilon", (any::eighth(), epsilon())).cases(96).holds(|&(x, epsilon)| {
            let running = RunningStatistics { mean: vec![0.5], variance: vec![0.0] };
            let y = batch_norm_evaluate(&matrix(1, 1, &[x]), &[2.0], &[1.0], &running, epsilon);
            let want = 2.0 * ((x - 0.5) / epsilon.sqrt()) + 1.0;
            close(
                "y[0,0]",
                y.accepted(CALL)?[(0, 0)],
                want,
                rounding(16, want.abs() + 2.0),
                "ε is inside the root.",
            )
        });
    }

    #[test]
    fn numbers_up_to_the_limit_are_right() {
        example(|| {
            let x = matrix(1, 2, &[1e60, -1e60]);
            let grad_output = x.clone();
            let given =
                Given { grad_output, x, gamma: vec![1e60, 1.0], beta: vec![-1e60, 1e60], epsilon: 1e-30 };
            agrees(&given, &RunningStatistics { mean: vec![-1e60, 1e60], variance: vec![0.0, 1e60] })
        });
    }

    #[test]
    fn rejects_no_sample_and_no_feature() {
        example(|| {
            for (n, d) in [(0, 2), (3, 0), (0, 0)] {
                let ones = vec![1.0; d];
                let answer = batch_norm_evaluate(&Matrix::zeros(n, d), &ones, &ones, &growing(d), 1e-5);
                rejected(CALL, answer, InputError::TooFew { got: 0, wanted: 1 }, "At least one of each.")?;
            }
            Ok(())
        });
    }

    fn forward(
        x: &Matrix,
        gamma: &[f64],
        beta: &[f64],
        running: &RunningStatistics,
    ) -> Result<(), InputError> {
        batch_norm_evaluate(x, gamma, beta, running, 1e-5).map(|_| ())
    }

    #[test]
    fn rejects_other_numbers_of_features() {
        for_all("[d, e]", any::unequal_lengths(301))
            .cases(48)
            .holds(|&features| rejects_other_numbers(CALL, 1, features, &forward));
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(1..=6), too_large()))
            .cases(64)
            .holds(|(fault, large)| rejects_invalid(CALL, fault, *large, &forward));
    }

    #[test]
    fn rejects_parameters_out_of_range() {
        for_all("epsilon, variance", (bad_epsilon(), select(vec![-1e-9, -1e-300, -1.0, -1e50])))
            .cases(48)
            .holds(|&(epsilon, variance)| {
                let asked = |epsilon, variance: f64| {
                    // The first negative one counts.
                    let variance = vec![1.0, variance, if variance < 0.0 { -3.5 } else { 1.0 }];
                    let running = RunningStatistics { mean: vec![0.0; 3], variance };
                    batch_norm_evaluate(&matrix(1, 3, &[1.0; 3]), &[1.0; 3], &[0.0; 3], &running, epsilon)
                };
                let want = |name, got| InputError::OutOfRange { name, got, wanted: "a range" };
                let look = "ε from 10⁻³⁰ to 1, no variance below 0.";
                rejected(CALL, asked(epsilon, 1.0), want("epsilon", epsilon), look)?;
                rejected(CALL, asked(1e-5, variance), want("variance", variance), look)
            });
    }
}
