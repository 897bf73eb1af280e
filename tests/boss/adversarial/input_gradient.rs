use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, any, close, equal, example, for_all};
use katas::boss::adversarial::input_gradient;
use kit::{Dense, Matrix};

use super::super::networks::{loss, loss_rounding, network, task};
use super::{rejects_what_does_not_fit, rejects_what_is_not_finite};

const CALL: &str = "input_gradient(network, x, label)";

#[test]
fn it_is_the_slope_of_the_loss_in_every_pixel() {
    for_all("network, x, label", task()).holds(|(network, x, label)| {
        let got = input_gradient(network, x, *label).accepted(CALL)?;
        let value = |x: &[f64]| loss(network, x, *label);
        let loss = Loss { value: &value, rounding: loss_rounding(), samples: 1 };
        let look = "Start behind the softmax, where the slopes are p, less 1 for the label. Back through a \
            layer: the transpose of its weights; back through a bend: tanh′ = 1 − h².";
        is_gradient(CALL, &[Block::vector("x", x, &got)], &loss, look)
    });
}

#[test]
fn one_layer_has_its_weights_in_the_gradient() {
    example(|| {
        let weights = Matrix::from_rows([[1.0, 0.0, 2.0], [-1.0, 4.0, 2.0]]);
        let layer = Dense { weights, bias: vec![0.0, 0.0] };
        let got =
            input_gradient(&[layer], &[0.0, 0.0, 1.0], 1).accepted("input_gradient([W], (0, 0, 1), 1)")?;
        let look =
            "Both classes have the probability ½, so ∂L/∂z = (½, −½): half of row 0 less half of row 1.";
        close("the slopes", got.as_slice(), [1.0, -2.0, 0.0].as_slice(), 1e-12, look)
    });
}

#[test]
fn a_network_that_is_sure_and_wrong_still_has_a_slope() {
    for_all("far, label", (10..=1000_u32, 0..2_usize)).holds(|(far, label)| {
        let z = f64::from(*far);
        let layer = Dense { weights: Matrix::from_rows([[z, 1.0], [-z, -0.5]]), bias: vec![0.0, 0.0] };
        // The label is the class against which everything speaks.
        let x = if *label == 0 { [-1.0, 0.0] } else { [1.0, 0.0] };
        let got = input_gradient(&[layer], &x, *label).accepted("input_gradient([W], (±1, 0), label)")?;
        let to = if *label == 0 { -1.0 } else { 1.0 };
        // e^(−2·far) is all that is missing from p = 1 and 0, besides the rounding of logits of this size.
        let p = 1.0 / (1.0 + (-2.0 * z).exp());
        let want = [to * p * 2.0 * z, to * p * 1.5];
        let look = "e¹⁰⁰⁰ is no number: take the largest logit out before the powers.";
        close("the slopes", got.as_slice(), want.as_slice(), judge::rounding(64, 2.0 * z * (1.0 + z)), look)
    });
}

#[test]
fn a_network_that_is_sure_and_right_has_none() {
    for_all("far", 400..=1000_u32).cases(32).holds(|far| {
        let z = f64::from(*far);
        let layer = Dense { weights: Matrix::from_rows([[z, 1.0], [-z, -0.5]]), bias: vec![0.0, 0.0] };
        let got = input_gradient(&[layer], &[1.0, 0.0], 0).accepted("input_gradient([W], (1, 0), 0)")?;
        let look = "e⁻⁸⁰⁰ is 0 beside 1: p_label is 1, and nothing pulls. Is a probability kept away from 1?";
        close("the slopes", got.as_slice(), [0.0; 2].as_slice(), 0.0, look)
    });
}

#[test]
fn a_neuron_whose_sum_is_infinite_is_bent_to_1_and_flat() {
    example(|| {
        let hidden = Dense { weights: Matrix::from_rows([[1e308, 1e308], [1.0, 0.0]]), bias: vec![0.0; 2] };
        let output = Dense { weights: Matrix::from_rows([[1.0, 1.0], [1.0, -1.0]]), bias: vec![0.0; 2] };
        // The second neuron gives tanh 1, and the classes differ by it alone.
        let t = 1.0_f64.tanh();
        let p = 1.0 / (1.0 + (2.0 * t).exp());
        let got = input_gradient(&[hidden, output], &[1.0, 1.0], 0)
            .accepted("input_gradient(network, (1, 1), 0)")?;
        let look = "10³⁰⁸ + 10³⁰⁸ is infinite, but tanh of it is 1: what reaches the next layer is finite, \
            and nothing is rejected.";
        close(
            "the slopes",
            got.as_slice(),
            [-2.0 * p * (1.0 - t * t), 0.0].as_slice(),
            judge::rounding(64, 1.0),
            look,
        )
    });
}

#[test]
fn a_pixel_that_no_neuron_listens_to_has_no_slope() {
    for_all("network, x", (network(2, 2), [any::eighth(), any::eighth()])).cases(64).holds(|(network, x)| {
        let mut deaf = network.clone();
        (0..deaf[0].weights.rows()).for_each(|c| deaf[0].weights[(c, 1)] = 0.0);
        let got = input_gradient(&deaf, x, 0)
            .accepted("input_gradient(network without weights for pixel 1, x, 0)")?;
        equal("the number of slopes", got.len(), 2, "One for each pixel.")?;
        equal("the slope of pixel 1", got[1], 0.0, "All its weights in the first layer are 0.")
    });
}

#[test]
fn what_does_not_fit_is_rejected() {
    example(|| rejects_what_does_not_fit("input_gradient", input_gradient));
}

#[test]
fn what_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..3_usize))
        .cases(64)
        .holds(|(bad, k)| rejects_what_is_not_finite("input_gradient", input_gradient, *bad, *k));
}

#[test]
fn an_image_without_pixels_has_no_slopes() {
    for_all("bias", any::vector(1..=3)).cases(32).holds(|bias| {
        let layer = Dense { weights: Matrix::zeros(bias.len(), 0), bias: bias.clone() };
        let got = input_gradient(&[layer], &[], 0).accepted("input_gradient([k×0], [], 0)")?;
        equal("the number of slopes", got.len(), 0, "Nothing to change, nothing to reject.")
    });
}
