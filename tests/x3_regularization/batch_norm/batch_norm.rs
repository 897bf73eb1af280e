use judge::any::select;
use judge::{
    Answer, Broken, Verdict, any, close, close_entries, ensure, equal, example, for_all, rejected, rounding,
};
use katas::x3_regularization::batch_norm::{RunningStatistics, batch_norm};
use kit::{InputError, Matrix};

use super::super::draw::{Given, bad_epsilon, far, fault, few, matrix, sized, too_large};
use super::super::near::{Normal, normal};
use super::statistics::{Trained, growing, momentum, rejects_invalid, rejects_other_numbers, with_running};

const CALL: &str = "batch_norm(x, gamma, beta, running, momentum, epsilon)";

fn columns(x: &Matrix, epsilon: f64) -> Vec<Normal> {
    let column = |j: usize| (0..x.rows()).map(|i| x[(i, j)]).collect::<Vec<_>>();
    (0..x.cols()).map(|j| normal(&column(j), epsilon)).collect()
}

fn agrees(given: &Given, running: &RunningStatistics, momentum: f64) -> Verdict {
    let Given { x, gamma, beta, epsilon, .. } = given;
    let (y, new) = batch_norm(x, gamma, beta, running, momentum, *epsilon).accepted(CALL)?;
    let (n, columns) = (x.rows() as f64, columns(x, *epsilon));
    let look = "Over the samples, for each feature by itself: subtract the mean, divide by √(σ² + ε) with \
                the biased variance, then scale by γ and add β. Take the variance from differences to the \
                mean.";
    let entry = |i: usize, j: usize| columns[j].scaled(i, gamma[j], beta[j]);
    let want = Matrix::from_fn(x.rows(), x.cols(), |i, j| entry(i, j).0);
    close_entries("y", &y, &want, |i, j| entry(i, j).1, look)?;
    let look = "One running mean and one running variance per feature.";
    equal("their numbers", (new.mean.len(), new.variance.len()), (x.cols(), x.cols()), look)?;
    for (j, column) in columns.iter().enumerate() {
        let (old, batch) = ((1.0 - momentum) * running.mean[j], momentum * column.mean);
        // Who adds α times the difference rounds at the size of both.
        let size = running.mean[j].abs() + column.mean.abs();
        let slack = rounding(8, size) + momentum * column.mean_slack;
        let look = "The new running mean is (1 − α) times the old one and α times that of the batch.";
        close(&format!("running mean {j}"), new.mean[j], old + batch, slack, look)?;
        let unbiased = n / (n - 1.0);
        let (old, batch) = ((1.0 - momentum) * running.variance[j], momentum * column.variance * unbiased);
        let size = running.variance[j] + column.variance * unbiased;
        let slack = rounding(8, size) + momentum * column.variance_slack * unbiased;
        let look = "The running variance takes up the unbiased variance, divided by n − 1.";
        close(&format!("running variance {j}"), new.variance[j], old + batch, slack, look)?;
    }
    Ok(())
}

#[test]
fn normalizes_each_feature_over_the_batch() {
    for_all("layer", with_running(few(2..=5, 1..=3)))
        .holds(|Trained { given, running }| agrees(given, running, 0.5));
}

#[test]
fn normalized_features_have_mean_0_and_variance_1() {
    for_all("x", any::any_matrix(2..=9, 1..=3)).cases(128).holds(|x| {
        let d = x.cols();
        // Nothing is constant: the first two samples lie eight apart.
        let x = Matrix::from_fn(x.rows(), d, |i, j| if i < 2 { 16.0 * i as f64 - 8.0 } else { x[(i, j)] });
        let (y, _) = batch_norm(&x, &vec![1.0; d], &vec![0.0; d], &growing(d), 0.5, 1e-12).accepted(CALL)?;
        for j in 0..d {
            let n = x.rows() as f64;
            let mean = (0..x.rows()).map(|i| y[(i, j)]).sum::<f64>() / n;
            let variance = (0..x.rows()).map(|i| y[(i, j)] * y[(i, j)]).sum::<f64>() / n;
            let look = "With γ = 1 and β = 0 each column of y has the mean 0 and the variance σ²/(σ² + ε).";
            close(&format!("the mean of column {j} of y"), mean, 0.0, rounding(64, 4.0), look)?;
            // σ² is at least 128/9, so ε takes less than 10⁻¹² of it.
            close(&format!("the variance of column {j} of y"), variance, 1.0, 1e-12, look)?;
        }
        Ok(())
    });
}

#[test]
fn running_statistics_move_by_the_momentum() {
    let inputs = (with_running(few(2..=4, 1..=2)), momentum());
    for_all("layer, momentum", inputs)
        .cases(128)
        .holds(|(Trained { given, running }, momentum)| agrees(given, running, *momentum));
}

#[test]
fn y_does_not_depend_on_the_running_statistics() {
    for_all("layer", with_running(few(2..=4, 1..=3))).cases(64).holds(|Trained { given, running }| {
        let Given { x, gamma, beta, epsilon, .. } = given;
        let [first, second] =
            [running, &growing(x.cols())].map(|it| batch_norm(x, gamma, beta, it, 0.5, *epsilon));
        let look = "In training the batch is normalized with its own statistics.";
        equal("y with other running statistics", first.accepted(CALL)?.0, second.accepted(CALL)?.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::batch_norm::{RunningStatistics, batch_norm};
        use kit::Matrix;
        let start = RunningStatistics { mean: vec![0.0], variance: vec![1.0] };
        let x = Matrix::from_rows([[2.0], [6.0]]);
        let (y, running) = batch_norm(&x, &[3.0], &[1.0], &start, 0.5, 1e-30)?;
        assert_eq!(y, Matrix::from_rows([[-2.0], [4.0]]));
        assert_eq!(running, RunningStatistics { mean: vec![2.0], variance: vec![4.5] });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        let inputs = (with_running(sized([2..=9, 1..=4], [301, 301])), momentum());
        for_all("layer, momentum", inputs)
            .cases(160)
            .holds(|(Trained { given, running }, momentum)| agrees(given, running, *momentum));
    }

    #[test]
    fn features_far_from_0_keep_their_digits() {
        for_all("layer", with_running(far([2..=9, 1..=4], [301, 41])))
            .cases(64)
            .holds(|Trained { given, running }| agrees(given, running, 0.5));
    }

    #[test]
    fn a_constant_feature_becomes_beta() {
        let inputs = (any::many(2..=6, 301), any::eighth(), any::eighth(), any::eighth());
        for_all("n, value, gamma, beta", inputs).cases(64).holds(|&(n, value, gamma, beta)| {
            let x = Matrix::from_fn(n, 1, |_, _| value);
            let (y, _) = batch_norm(&x, &[gamma], &[beta], &growing(1), 0.5, 1e-5).accepted(CALL)?;
            let look = "With σ² = 0 the root is √ε, and 0/√ε is 0.";
            // Sums of eighths are exact, and so is their mean.
            close(
                "y",
                y,
                Matrix::from_fn(n, 1, |_, _| beta),
                rounding(n, value.abs().max(1.0) * 8.0) / 1e-4,
                look,
            )
        });
    }

    #[test]
    fn numbers_up_to_the_limit_are_right() {
        example(|| {
            let x = matrix(2, 2, &[1e60, -1e60, -1e60, 1e60]);
            let grad_output = x.clone();
            let given =
                Given { grad_output, x, gamma: vec![1e60, 1.0], beta: vec![-1e60, 1e60], epsilon: 1.0 };
            let running = RunningStatistics { mean: vec![1e60, -1e60], variance: vec![1e60, 0.0] };
            agrees(&given, &running, 0.5)
        });
    }

    #[test]
    fn rejects_a_single_sample_and_no_feature() {
        for_all("d", any::several(1..=3)).cases(32).holds(|&d| {
            let ones = vec![1.0; d];
            for got in [0, 1] {
                let answer = batch_norm(&Matrix::zeros(got, d), &ones, &ones, &growing(d), 0.5, 1e-5);
                let look = "The unbiased variance of one sample is 0/0.";
                rejected(CALL, answer, InputError::TooFew { got, wanted: 2 }, look)?;
            }
            let answer = batch_norm(&Matrix::zeros(3, 0), &[], &[], &growing(0), 0.5, 1e-5);
            rejected(CALL, answer, InputError::TooFew { got: 0, wanted: 1 }, "At least one feature.")
        });
    }

    fn forward(
        x: &Matrix,
        gamma: &[f64],
        beta: &[f64],
        running: &RunningStatistics,
    ) -> Result<(), InputError> {
        batch_norm(x, gamma, beta, running, 0.5, 1e-5).map(|_| ())
    }

    #[test]
    fn rejects_other_numbers_of_features() {
        for_all("[d, e]", any::unequal_lengths(301))
            .cases(48)
            .holds(|&features| rejects_other_numbers(CALL, 3, features, &forward));
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(2..=6), too_large()))
            .cases(64)
            .holds(|(fault, large)| rejects_invalid(CALL, fault, *large, &forward));
    }

    #[test]
    fn rejects_parameters_out_of_range() {
        let momenta = select(vec![-0.1, 1.0_f64.next_up(), f64::NAN, f64::INFINITY, -1e-9, -1e-300]);
        let variances = select(vec![-1e-9, -1e-300, -1.0, -1e50]);
        for_all("momentum, epsilon, variance", (momenta, bad_epsilon(), variances)).cases(48).holds(
            |&(momentum, epsilon, variance)| {
                let x = matrix(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, 7.0]);
                let asked = |momentum, epsilon, variance: f64| {
                    // The first negative one counts.
                    let variance = vec![1.0, variance, if variance < 0.0 { -3.5 } else { 1.0 }];
                    let running = RunningStatistics { mean: vec![0.0; 3], variance };
                    batch_norm(&x, &[1.0; 3], &[0.0; 3], &running, momentum, epsilon)
                };
                let want = |name, got| InputError::OutOfRange { name, got, wanted: "a range" };
                let look = "α from 0 to 1, ε from 10⁻³⁰ to 1, no variance below 0.";
                rejected(CALL, asked(momentum, 1e-5, 1.0), want("momentum", momentum), look)?;
                rejected(CALL, asked(0.5, epsilon, 1.0), want("epsilon", epsilon), look)?;
                rejected(CALL, asked(0.5, 1e-5, variance), want("variance", variance), look)
            },
        );
    }

    #[test]
    fn shifting_the_batch_shifts_the_mean_alone() {
        for_all("x, shift", (any::any_matrix(2..=6, 1..=3), any::eighth())).cases(96).holds(|(x, shift)| {
            let d = x.cols();
            let moved = Matrix::from_fn(x.rows(), d, |i, j| x[(i, j)] + shift * (j + 1) as f64);
            let asked = |x: &Matrix| {
                batch_norm(x, &vec![1.0; d], &vec![0.0; d], &growing(d), 1.0, 0.0625).accepted(CALL)
            };
            let ((y, old), (other, new)) = (asked(x)?, asked(&moved)?);
            let look =
                "The mean is subtracted, so a constant added to a feature changes no y and no variance.";
            close("y of the shifted batch", other, y, rounding(64, 256.0), look)?;
            for j in 0..d {
                let want = old.mean[j] + shift * (j + 1) as f64;
                close(&format!("running mean {j}"), new.mean[j], want, rounding(32, 64.0), look)?;
                ensure((new.variance[j] - old.variance[j]).abs() <= rounding(256, 4096.0), || {
                    Broken::answer(format!("{new:?}"), format!("the variances of {old:?}"), look)
                })?;
            }
            Ok(())
        });
    }
}
