use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Verdict, any, close, close_entries, equal, example, for_all, rejected, rounding};
use katas::x3_regularization::batch_norm::batch_norm_backward;
use kit::{InputError, Matrix};

use super::super::draw::{Given, bad_epsilon, far, fault, few, matrix, sized, too_large};
use super::super::near::{self, normal};
use super::super::rejection;

const CALL: &str = "batch_norm_backward(grad_output, x, gamma, epsilon)";

fn asked(given: &Given) -> Result<(Matrix, Vec<f64>, Vec<f64>), InputError> {
    batch_norm_backward(&given.grad_output, &given.x, &given.gamma, given.epsilon)
}

fn column(x: &Matrix, j: usize) -> Vec<f64> {
    (0..x.rows()).map(|i| x[(i, j)]).collect()
}

const LOOK: &str =
    "γ/√(σ² + ε) times ∂L/∂y without its mean and without its part along x̂: mean and variance depend on x.";

fn agrees(given: &Given, look: &str) -> Verdict {
    let Given { grad_output, x, gamma, epsilon, .. } = given;
    let (dx, dgamma, dbeta) = asked(given).accepted(CALL)?;
    let d = x.cols();
    equal("the numbers of ∂L/∂γ and ∂L/∂β", [dgamma.len(), dbeta.len()], [d, d], "One per feature.")?;
    let (mut want, mut slack) = (Matrix::zeros(x.rows(), d), Matrix::zeros(x.rows(), d));
    for j in 0..d {
        let (normal, g) = (normal(&column(x, j), *epsilon), column(grad_output, j));
        let scaled: Vec<f64> = g.iter().map(|g| g * gamma[j]).collect();
        for (i, (entry, error)) in normal.backward(&scaled).into_iter().enumerate() {
            (want[(i, j)], slack[(i, j)]) = (entry, error);
        }
        let (along, error) = normal.along(&g);
        let of_gamma = "The sum of ∂L/∂y times x̂ over the samples.";
        close(&format!("∂L/∂γ[{j}]"), dgamma[j], along, error, of_gamma)?;
        let (sum, error) = near::sum(&g);
        close(&format!("∂L/∂β[{j}]"), dbeta[j], sum, error, "The sum of ∂L/∂y over the samples.")?;
    }
    close_entries("∂L/∂x", &dx, &want, |i, j| slack[(i, j)], look)
}

#[test]
fn gradient_matches_finite_differences() {
    for_all("layer", few(2..=4, 1..=2)).cases(96).holds(|given| {
        let Given { grad_output, x, gamma, beta, epsilon } = given;
        let (dx, dgamma, dbeta) = asked(given).accepted(CALL)?;
        let (n, d) = x.shape();
        let blocks = [
            Block::matrix("x", [n, d], x.as_slice(), dx.as_slice()),
            Block::vector("gamma", gamma, &dgamma),
            Block::vector("beta", beta, &dbeta),
        ];
        let value = |at: &[f64]| -> f64 {
            let x = matrix(n, d, at);
            let entry = |j: usize| {
                let normal = normal(&column(&x, j), *epsilon);
                let y = move |i: usize| at[n * d + j] * normal.x_hat[i] + at[n * d + d + j];
                (0..n).map(|i| grad_output[(i, j)] * y(i)).sum::<f64>()
            };
            (0..d).map(entry).sum()
        };
        let look =
            "L is the sum of ∂L/∂y times y. x reaches y directly, through the mean and through the variance.";
        let size = 8.0 * 32.0 * (n * d) as f64;
        is_gradient(
            CALL,
            &blocks,
            &Loss { value: &value, rounding: rounding(16 * n, size), samples: n },
            look,
        )
    });
}

#[test]
fn follows_the_closed_form() {
    for_all("layer", few(2..=6, 1..=3)).holds(|given| agrees(given, LOOK));
}

#[test]
fn the_gradient_of_each_feature_sums_to_0() {
    for_all("layer", few(2..=6, 1..=3)).cases(96).holds(|given| {
        let (dx, ..) = asked(given).accepted(CALL)?;
        equal("the shape of ∂L/∂x", dx.shape(), given.x.shape(), "As x.")?;
        (0..dx.cols()).try_for_each(|j| {
            let look = "A constant added to a feature changes no y, so the entries of a column cancel.";
            // Entries are below γ·g/√ε = 8·8·4 in size, times 1 + √n.
            close(
                &format!("the sum of column {j} of ∂L/∂x"),
                column(&dx, j).iter().sum(),
                0.0,
                rounding(256, 1024.0),
                look,
            )
        })
    });
}

#[test]
fn a_constant_upstream_gradient_moves_beta_alone() {
    for_all("layer, g", (few(2..=6, 1..=3), any::eighth())).cases(64).holds(|(given, g)| {
        let grad_output = Matrix::from_fn(given.x.rows(), given.x.cols(), |_, _| *g);
        agrees(&Given { grad_output, ..given.clone() }, LOOK)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x3_regularization::batch_norm::batch_norm_backward;
        use kit::Matrix;
        let (grad_output, x) = (Matrix::from_rows([[3.0], [0.0]]), Matrix::from_rows([[3.0], [5.0]]));
        let (dx, dgamma, dbeta) = batch_norm_backward(&grad_output, &x, &[2.0], 1.0)?;
        // x̂ = ∓1/√2: two samples can move apart only, and ε alone lets x̂ grow by that.
        assert!((dx[(0, 0)] - 1.06066).abs() < 1e-5 && (dx[(1, 0)] + 1.06066).abs() < 1e-5);
        assert!((dgamma[0] + 2.12132).abs() < 1e-5 && dbeta == [3.0]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        for_all("layer", sized([2..=9, 1..=4], [301, 301])).cases(160).holds(|given| agrees(given, LOOK));
    }

    #[test]
    fn features_far_from_0_keep_their_digits() {
        for_all("layer", far([2..=9, 1..=4], [301, 41])).cases(64).holds(|given| agrees(given, LOOK));
    }

    #[test]
    fn numbers_up_to_the_limit_are_right() {
        example(|| {
            let x = matrix(3, 1, &[1e60, -1e60, 0.0]);
            let (gamma, beta) = (vec![1e60], vec![0.0]);
            agrees(
                &Given { grad_output: x.clone(), x, gamma: gamma.clone(), beta: beta.clone(), epsilon: 1.0 },
                LOOK,
            )?;
            let (x, grad_output) = (matrix(2, 1, &[1.0, 1.0]), matrix(2, 1, &[1e60, -1e60]));
            agrees(&Given { grad_output, x, gamma, beta, epsilon: 1e-30 }, LOOK)
        });
    }

    #[test]
    fn rejects_too_few_samples_and_no_feature() {
        for_all("d", any::several(1..=3)).cases(32).holds(|&d| {
            for got in [0, 1] {
                let x = Matrix::zeros(got, d);
                let answer = batch_norm_backward(&x, &x, &vec![1.0; d], 1e-5);
                rejected(CALL, answer, InputError::TooFew { got, wanted: 2 }, "As the forward pass.")?;
            }
            let x = Matrix::zeros(3, 0);
            let answer = batch_norm_backward(&x, &x, &[], 1e-5);
            rejected(CALL, answer, InputError::TooFew { got: 0, wanted: 1 }, "At least one feature.")
        });
    }

    #[test]
    fn rejects_other_shapes() {
        for_all("[d, e]", any::unequal_lengths(301))
            .cases(48)
            .holds(|&features| rejection::rejects_other_shapes(CALL, batch_norm_backward, features));
    }

    #[test]
    fn rejects_invalid_numbers_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(2..=6), too_large()))
            .cases(64)
            .holds(|(fault, large)| rejection::rejects_invalid(CALL, batch_norm_backward, fault, *large));
    }

    #[test]
    fn rejects_an_epsilon_out_of_range() {
        for_all("epsilon", bad_epsilon())
            .cases(24)
            .holds(|&got| rejection::rejects_epsilon(CALL, batch_norm_backward, got));
    }
}
