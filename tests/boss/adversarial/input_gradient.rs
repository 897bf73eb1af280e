use judge::gradient::{Block, Loss, is_gradient};
use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rounding};
use katas::boss::adversarial::input_gradient;
use kit::{Dense, Matrix};

use super::super::networks::{
    gradient, is_clear_cut, loss, loss_rounding, network, steep_task, task, wide_attack,
};
use super::{rejects_what_does_not_fit, rejects_what_is_not_finite};

const CALL: &str = "input_gradient(network, x, label)";

#[test]
fn matches_finite_differences() {
    for_all("network, x, label", task()).holds(|(network, x, label)| {
        let got = input_gradient(network, x, *label).accepted(CALL)?;
        let value = |x: &[f64]| loss(network, x, *label);
        let loss = Loss { value: &value, rounding: loss_rounding(), samples: 1 };
        let look = "Start at the logits, where ∂L/∂z is p, less 1 for the label. Backward through a layer: \
            times the transpose of its weights; backward through tanh: tanh′ = 1 − h².";
        is_gradient(CALL, &[Block::vector("x", x, &got)], &loss, look)
    });
}

#[test]
fn of_one_layer_is_a_difference_of_weights() {
    example(|| {
        let weights = Matrix::from_rows([[1.0, 0.0, 2.0], [-1.0, 4.0, 2.0]]);
        let layer = Dense { weights, bias: vec![0.0, 0.0] };
        let got =
            input_gradient(&[layer], &[0.0, 0.0, 1.0], 1).accepted("input_gradient([W], (0, 0, 1), 1)")?;
        let look =
            "Both classes have the probability ½, so ∂L/∂z = (½, −½): half of row 0 minus half of row 1.";
        close("the derivatives", got.as_slice(), [1.0, -2.0, 0.0].as_slice(), 1e-12, look)
    });
}

#[test]
fn pixels_without_influence_have_derivative_0() {
    for_all("network, x", (network(2, 2), [any::eighth(), any::eighth()])).cases(64).holds(|(network, x)| {
        let mut blind = network.clone();
        (0..blind[0].weights.rows()).for_each(|c| blind[0].weights[(c, 1)] = 0.0);
        let got = input_gradient(&blind, x, 0)
            .accepted("input_gradient(network without weights for pixel 1, x, 0)")?;
        equal("the number of derivatives", got.len(), 2, "One per pixel.")?;
        equal("the derivative of pixel 1", got[1], 0.0, "All its weights in the first layer are 0.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::adversarial::input_gradient;
        use kit::{Dense, Matrix};
        let layer = Dense { weights: Matrix::from_rows([[1.0, 0.0], [0.0, 2.0]]), bias: vec![0.0, 0.0] };
        assert_eq!(input_gradient(&[layer], &[0.0, 0.0], 0), Ok(vec![-0.5, 1.0]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_exact_for_logits_of_any_size() {
        for_all("network, x, label", steep_task()).holds(|(network, x, label)| {
            let got = input_gradient(network, x, *label).accepted(CALL)?;
            if !is_clear_cut(network, x) {
                let look = "Whatever the size of the weights, no NaN and no ∞.";
                return ensure(got.iter().all(|g| g.is_finite()), || Broken::answer(CALL, "finite", look));
            }
            let (want, layer) = (gradient(network, x, *label), &network[0]);
            let largest = layer.weights.as_slice().iter().fold(0.0_f64, |most, w| most.max(w.abs()));
            let look =
                "Subtract the largest logit before exp: whatever the size of the weights, no NaN and no ∞.";
            close(CALL, got.as_slice(), want.as_slice(), rounding(64 * (1 + layer.bias.len()), largest), look)
        });
    }

    #[test]
    fn is_finite_for_confident_mistakes() {
        for_all("far, label", (10..=1000_u32, 0..2_usize)).holds(|(far, label)| {
            let z = f64::from(*far);
            let layer = Dense { weights: Matrix::from_rows([[z, 1.0], [-z, -0.5]]), bias: vec![0.0, 0.0] };
            // The label is the class with the small logit.
            let x = if *label == 0 { [-1.0, 0.0] } else { [1.0, 0.0] };
            let got = input_gradient(&[layer], &x, *label).accepted("input_gradient([W], (±1, 0), label)")?;
            let to = if *label == 0 { -1.0 } else { 1.0 };
            // p differs from 1 and 0 by e^(−2·far), and the logits are rounded in their size.
            let p = 1.0 / (1.0 + (-2.0 * z).exp());
            let want = [to * p * 2.0 * z, to * p * 1.5];
            let look = "e¹⁰⁰⁰ overflows: subtract the largest logit before exp.";
            close("the derivatives", got.as_slice(), want.as_slice(), rounding(64, 2.0 * z * (1.0 + z)), look)
        });
    }

    #[test]
    fn vanishes_for_confident_predictions() {
        for_all("far", 400..=1000_u32).cases(32).holds(|far| {
            let z = f64::from(*far);
            let layer = Dense { weights: Matrix::from_rows([[z, 1.0], [-z, -0.5]]), bias: vec![0.0, 0.0] };
            let got = input_gradient(&[layer], &[1.0, 0.0], 0).accepted("input_gradient([W], (1, 0), 0)")?;
            let look = "e⁻⁸⁰⁰ is negligible against 1: p_label is 1 and the gradient 0. Do you clip \
                probabilities away from 1?";
            close("the derivatives", got.as_slice(), [0.0; 2].as_slice(), 0.0, look)
        });
    }

    #[test]
    fn saturated_units_have_no_gradient() {
        example(|| {
            let hidden =
                Dense { weights: Matrix::from_rows([[1e308, 1e308], [1.0, 0.0]]), bias: vec![0.0; 2] };
            let output = Dense { weights: Matrix::from_rows([[1.0, 1.0], [1.0, -1.0]]), bias: vec![0.0; 2] };
            // The second hidden unit gives tanh 1, and the classes differ by it alone.
            let t = 1.0_f64.tanh();
            let p = 1.0 / (1.0 + (2.0 * t).exp());
            let got = input_gradient(&[hidden, output], &[1.0, 1.0], 0)
                .accepted("input_gradient(network, (1, 1), 0)")?;
            let look = "10³⁰⁸ + 10³⁰⁸ is infinite, but tanh of it is 1: the inputs of the next layer are \
                finite, and nothing is rejected.";
            close(
                "the derivatives",
                got.as_slice(),
                [-2.0 * p * (1.0 - t * t), 0.0].as_slice(),
                rounding(64, 1.0),
                look,
            )
        });
    }

    #[test]
    fn every_class_counts() {
        for_all("classes, one of them", (2..=40_usize, 1..=39_usize)).cases(64).holds(|&(classes, one)| {
            // All logits are 0 and all classes as probable; only one class has a weight.
            let one = 1 + (one - 1) % (classes - 1);
            let weights = Matrix::from_fn(classes, 1, |c, _| if c == one { 12.0 } else { 0.0 });
            let layer = Dense { weights, bias: vec![0.0; classes] };
            let call = format!("input_gradient([{classes}×1, 12 in row {one}], [0], 0)");
            let got = input_gradient(&[layer], &[0.0], 0).accepted(&call)?;
            let (want, look) =
                (12.0 / classes as f64, "Σ p·w over all classes: 12 times the probability of that class.");
            close(&call, got.as_slice(), [want].as_slice(), rounding(64, 1.0), look)
        });
    }

    #[test]
    fn rejects_mismatched_inputs() {
        example(|| rejects_what_does_not_fit("input_gradient", input_gradient));
    }

    #[test]
    fn rejects_nan_and_infinity() {
        for_all("bad, k", (any::not_finite(), 0..3_usize))
            .cases(64)
            .holds(|(bad, k)| rejects_what_is_not_finite("input_gradient", input_gradient, *bad, *k));
    }

    #[test]
    fn accepts_images_without_pixels() {
        for_all("bias", any::vector(1..=3)).cases(32).holds(|bias| {
            let layer = Dense { weights: Matrix::zeros(bias.len(), 0), bias: bias.clone() };
            let got = input_gradient(&[layer], &[], 0).accepted("input_gradient([k×0], [], 0)")?;
            equal("the number of derivatives", got.len(), 0, "An image without pixels has an empty gradient.")
        });
    }

    #[test]
    fn handles_large_networks_and_all_scales() {
        let units = any::select(vec![[1.0, 1.0], [1e-9, 1.0], [1e-110, 1.0], [1.0, 1e4], [1.0, 1e150]]);
        for_all("network, x, label, epsilon, [scale, unit of x]", (wide_attack(), units)).cases(48).holds(
            |(((network, x, label), _), [scale, unit])| {
                let mut network = network.clone();
                // Pixels in another unit, and weights for them: the logits are the same.
                let weights = &network[0].weights;
                network[0].weights =
                    Matrix::from_fn(weights.rows(), weights.cols(), |c, j| weights[(c, j)] / unit);
                // Of one layer or two biases and pixels are minute as well; the product of more would vanish.
                let scale = if *scale > 1e-100 || network.len() <= 2 { *scale } else { 1e-9 };
                let all = if scale < 1e-100 { scale } else { 1.0 };
                network.iter_mut().for_each(|layer| layer.bias.iter_mut().for_each(|b| *b *= all));
                let x = &x.iter().map(|x| x * all * unit).collect::<Vec<f64>>();
                network.iter_mut().for_each(|layer| {
                    let weights = &layer.weights;
                    layer.weights =
                        Matrix::from_fn(weights.rows(), weights.cols(), |c, j| weights[(c, j)] * scale);
                });
                let got = input_gradient(&network, x, *label).accepted(CALL)?;
                // The derivatives go through every layer: at most the product of the largest sums of its columns.
                let column = |w: &Matrix, j: usize| (0..w.rows()).map(|c| w[(c, j)].abs()).sum::<f64>();
                let largest = |w: &Matrix| (0..w.cols()).map(|j| column(w, j)).fold(0.0, f64::max);
                let size: f64 = network.iter().map(|layer| largest(&layer.weights)).product();
                let row = |w: &Matrix, c: usize| w.row(c).iter().map(|w| w.abs()).sum::<f64>();
                let sums = |w: &Matrix| (0..w.rows()).map(|c| row(w, c)).fold(1.0, f64::max);
                let logit: f64 = network.iter().map(|layer| 1.0 + sums(&layer.weights)).product();
                let units: usize =
                    network.iter().map(|layer| layer.weights.rows() + layer.weights.cols()).sum();
                let look = "Every pixel, unit, layer and class counts, whatever the scale of the weights.";
                let want = gradient(&network, x, *label);
                close(CALL, got.as_slice(), want.as_slice(), rounding(16 * units, size * logit), look)
            },
        );
    }
}
