use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Verdict, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::x3_regularization::layer_norm::layer_norm_backward;
use kit::{InputError, Matrix};

use super::super::draw::{Given, bad_epsilon, far, fault, few, matrix, sized, too_large};
use super::super::near::normal;
use super::super::rejection;

const CALL: &str = "layer_norm_backward(grad_output, x, gamma, epsilon)";

fn asked(given: &Given) -> Result<(Matrix, Vec<f64>, Vec<f64>), InputError> {
    layer_norm_backward(&given.grad_output, &given.x, &given.gamma, given.epsilon)
}

const LOOK: &str =
    "With g = ∂L/∂y·γ: 1/√(σ² + ε) times g without its mean over the features and without its part along x̂.";

fn agrees(given: &Given, look: &str) -> Verdict {
    let Given { grad_output, x, gamma, epsilon, .. } = given;
    let (dx, dgamma, dbeta) = asked(given).accepted(CALL)?;
    let (n, d) = x.shape();
    equal("the numbers of ∂L/∂γ and ∂L/∂β", [dgamma.len(), dbeta.len()], [d, d], "One per feature.")?;
    let (mut want, mut slack) = (Matrix::zeros(n, d), Matrix::zeros(n, d));
    // The sums of ∂L/∂y·x̂ and of ∂L/∂y over the samples, with their sizes and what x̂ carries in.
    let mut sums = vec![[0.0; 5]; d];
    for i in 0..n {
        let (normal, g) = (normal(x.row(i), *epsilon), grad_output.row(i));
        let scaled: Vec<f64> = g.iter().zip(gamma).map(|(g, gamma)| g * gamma).collect();
        for (j, (entry, error)) in normal.backward(&scaled).into_iter().enumerate() {
            (want[(i, j)], slack[(i, j)]) = (entry, error);
            let term = g[j] * normal.x_hat[j];
            let parts = [term, term.abs(), (g[j] * normal.slack[j]).abs(), g[j], g[j].abs()];
            sums[j].iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
    }
    for (j, [along, size, carried, sum, sum_size]) in sums.into_iter().enumerate() {
        let error = rounding(2 * n + 16, size + carried) + carried;
        let of_gamma = "The sum of ∂L/∂y times x̂ over the samples.";
        close(&format!("∂L/∂γ[{j}]"), dgamma[j], along, error, of_gamma)?;
        let error = rounding(n + 8, sum_size);
        close(&format!("∂L/∂β[{j}]"), dbeta[j], sum, error, "The sum of ∂L/∂y over the samples.")?;
    }
    close_entries("∂L/∂x", &dx, &want, |i, j| slack[(i, j)], look)
}

#[test]
fn gradient_matches_finite_differences() {
    for_all("layer", few(1..=3, 1..=4)).cases(96).holds(|given| {
        let Given { grad_output, x, gamma, beta, epsilon } = given;
        let (dx, dgamma, dbeta) = asked(given).accepted(CALL)?;
        let (n, d) = x.shape();
        let blocks = [
            Block::matrix("x", [n, d], x.as_slice(), dx.as_slice()),
            Block::vector("gamma", gamma, &dgamma),
            Block::vector("beta", beta, &dbeta),
        ];
        let value = |at: &[f64]| -> f64 {
            let entry = |i: usize| {
                let normal = normal(&at[i * d..(i + 1) * d], *epsilon);
                let y = move |j: usize| at[n * d + j] * normal.x_hat[j] + at[n * d + d + j];
                (0..d).map(|j| grad_output[(i, j)] * y(j)).sum::<f64>()
            };
            (0..n).map(entry).sum()
        };
        let look =
            "L is the sum of ∂L/∂y times y. x reaches y directly, through the mean and through the variance.";
        let size = 8.0 * 32.0 * (n * d) as f64;
        is_gradient(
            CALL,
            &blocks,
            &Loss { value: &value, rounding: rounding(16 * d, size), samples: n },
            look,
        )
    });
}

#[test]
fn follows_the_closed_form() {
    for_all("layer", few(1..=4, 1..=6)).holds(|given| agrees(given, LOOK));
}

#[test]
fn the_gradient_of_each_sample_sums_to_0() {
    for_all("layer", few(1..=4, 1..=6)).cases(96).holds(|given| {
        let (dx, ..) = asked(given).accepted(CALL)?;
        equal("the shape of ∂L/∂x", dx.shape(), given.x.shape(), "As x.")?;
        (0..dx.rows()).try_for_each(|i| {
            let look =
                "A constant added to all features of a sample changes no y, so the entries of a row cancel.";
            // Entries are below γ·g/√ε = 8·8·4 in size, times 1 + √d.
            close(
                &format!("the sum of row {i} of ∂L/∂x"),
                dx.row(i).iter().sum(),
                0.0,
                rounding(256, 1024.0),
                look,
            )
        })
    });
}

#[test]
fn a_different_scale_for_each_feature_counts_before_the_means() {
    for_all("layer", few(1..=2, 2..=4)).cases(64).holds(|given| {
        let gamma = (0..given.gamma.len()).map(|j| if j == 0 { 1.0 } else { -3.0 * j as f64 }).collect();
        agrees(&Given { gamma, ..given.clone() }, LOOK)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::layer_norm::layer_norm_backward;
        use kit::Matrix;
        let (grad_output, x) = (Matrix::from_rows([[3.0, 0.0]]), Matrix::from_rows([[3.0, 5.0]]));
        let (dx, dgamma, dbeta) = layer_norm_backward(&grad_output, &x, &[2.0, 7.0], 1.0)?;
        assert!((dx[(0, 0)] - 1.06066).abs() < 1e-5 && (dx[(0, 1)] + 1.06066).abs() < 1e-5);
        assert!((dgamma[0] + 2.12132).abs() < 1e-5 && dgamma[1] == 0.0 && dbeta == [3.0, 0.0]);
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
    fn numbers_up_to_the_limit_are_right() {
        example(|| {
            let x = matrix(1, 3, &[1e60, -1e60, 0.0]);
            let (gamma, beta) = (vec![1e60, -1e60, 1.0], vec![0.0; 3]);
            agrees(
                &Given { grad_output: x.clone(), x, gamma: gamma.clone(), beta: beta.clone(), epsilon: 1.0 },
                LOOK,
            )?;
            let (x, grad_output) = (matrix(1, 3, &[1.0; 3]), matrix(1, 3, &[1e60, -1e60, 1e60]));
            agrees(&Given { grad_output, x, gamma, beta, epsilon: 1e-30 }, LOOK)
        });
    }

    #[test]
    fn rejects_no_sample_and_no_feature() {
        example(|| {
            for (n, d) in [(0, 2), (3, 0), (0, 0)] {
                let x = Matrix::zeros(n, d);
                let answer = layer_norm_backward(&x, &x, &vec![1.0; d], 1e-5);
                rejected(CALL, answer, InputError::TooFew { got: 0, wanted: 1 }, "At least one of each.")?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_other_shapes() {
        for_all("[d, e]", any::unequal_lengths(301))
            .cases(48)
            .holds(|&features| rejection::rejects_other_shapes(CALL, layer_norm_backward, features));
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(1..=6), too_large()))
            .cases(64)
            .holds(|(fault, large)| rejection::rejects_invalid(CALL, layer_norm_backward, fault, *large));
    }

    #[test]
    fn rejects_an_epsilon_out_of_range() {
        for_all("epsilon", bad_epsilon())
            .cases(24)
            .holds(|&got| rejection::rejects_epsilon(CALL, layer_norm_backward, got));
    }
}
