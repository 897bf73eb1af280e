use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::boss::adversarial::fgsm;
use kit::{Dense, InputError, Matrix};
use proptest::prelude::*;

use super::super::networks::{
    epsilon, is_clear_cut, layer, linear_task, loss, loss_rounding, many_pixels, says, signs, steep_task,
    task, three_to_two, wide_attack,
};
use super::super::trained::{held_out, softmax_of_the_digits};
use super::{rejects_what_does_not_fit, rejects_what_is_not_finite, within_limits};
use judge::any::sizes;

const CALL: &str = "fgsm(network, x, label, epsilon)";
const NAMES: &str = "network, x, label, epsilon";

#[test]
fn stays_within_epsilon_and_range() {
    for_all(NAMES, (task(), epsilon())).holds(|((network, x, label), epsilon)| {
        within_limits(CALL, &fgsm(network, x, *label, *epsilon).accepted(CALL)?, x, *epsilon)
    });
}

#[test]
fn epsilon_zero_is_the_identity() {
    for_all("network, x, label", task()).cases(64).holds(|(network, x, label)| {
        let call = "fgsm(network, x, label, 0)";
        equal(call, fgsm(network, x, *label, 0.0).accepted(call)?, x.clone(), "x + 0 is x.")
    });
}

#[test]
fn each_pixel_moves_by_epsilon_uphill() {
    for_all(NAMES, (task(), epsilon())).holds(|((network, x, label), epsilon)| {
        let got = fgsm(network, x, *label, *epsilon).accepted(CALL)?;
        equal("the number of pixels", got.len(), x.len(), "One pixel per pixel of x.")?;
        for (i, sign) in signs(network, x, *label).into_iter().enumerate() {
            let Some(sign) = sign else { continue };
            let want = (x[i] + epsilon * sign).clamp(0.0, 1.0);
            let look = "x + ε·sign(∂L/∂x) for the loss of the given label, clipped to 0 to 1; the size of \
                the derivative does not matter.";
            let sign_text = ["negative", "0", "positive"][(sign + 1.0) as usize];
            close(
                &format!("pixel {i}, whose derivative is {sign_text},"),
                got[i],
                want,
                rounding(4, 4.0),
                look,
            )?;
        }
        Ok(())
    });
}

#[test]
fn never_reduces_the_loss_of_a_linear_model() {
    for_all(NAMES, (linear_task(3), epsilon())).holds(|((network, x, label), epsilon)| {
        let got = fgsm(network, x, *label, *epsilon).accepted(CALL)?;
        equal("the number of pixels", got.len(), x.len(), "One pixel per pixel of x.")?;
        let (before, after) = (loss(network, x, *label), loss(network, &got, *label));
        // A pixel whose derivative is nearly 0 may go either way: that costs at most 10⁻⁶·ε each.
        ensure(after >= before - loss_rounding() - 3e-6 * epsilon, || {
            let look = "The loss of one layer is convex: it lies above its tangent plane, which increases \
                along the step of every pixel.";
            Broken::answer(
                format!("{CALL} = {got:?} has the loss {after}"),
                format!("at least {before}, the loss of x"),
                look,
            )
        })
    });
}

#[test]
#[ignore = "needs time"]
fn attacks_the_digits_as_in_numpy() {
    for_all("seed", Just(1_u64)).cases(1).within_seconds(600).holds(|_| {
        let (network, test) = (softmax_of_the_digits(), held_out());
        for (epsilon, want) in [(0.0, 340), (0.1, 252), (0.2, 63), (0.3, 1)] {
            let mut correct = 0;
            for (x, label) in &test {
                let call = format!("fgsm(softmax of the digits, a digit, {label}, {epsilon})");
                let got = fgsm(&network, x, *label, epsilon).accepted(&call)?;
                equal("the number of pixels", got.len(), 64, "The answer has one pixel per pixel of x.")?;
                correct += usize::from(says(&network, &got) == Some(*label));
            }
            let look =
                "Softmax regression from zero weights, 500 steps of learning rate 0.5, attacked in NumPy.";
            equal(&format!("correct of 360 at ε = {epsilon}"), correct, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::boss::adversarial::fgsm;
        use kit::{Dense, Matrix};
        let layer = Dense { weights: Matrix::from_rows([[1.0, 0.0], [0.0, 2.0]]), bias: vec![0.0, 0.0] };
        assert_eq!(fgsm(&[layer], &[0.5, 0.875], 0, 0.25), Ok(vec![0.25, 1.0]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn steep_derivatives_have_their_sign() {
        for_all(NAMES, (steep_task(), epsilon())).holds(|((network, x, label), epsilon)| {
            // The same image once more with the opposite weights: not the answer of the call before.
            let opposite = network
                .iter()
                .map(|layer| {
                    let negated = |of: &Matrix| Matrix::from_fn(of.rows(), of.cols(), |c, j| -of[(c, j)]);
                    Dense { weights: negated(&layer.weights), bias: layer.bias.clone() }
                })
                .collect();
            for network in [network, &opposite] {
                let got = fgsm(network, x, *label, *epsilon).accepted(CALL)?;
                equal("the number of pixels", got.len(), x.len(), "One pixel per pixel of x.")?;
                if !is_clear_cut(network, x) {
                    continue;
                }
                for (i, sign) in signs(network, x, *label).into_iter().enumerate() {
                    let Some(sign) = sign else { continue };
                    let want = (x[i] + epsilon * sign).clamp(0.0, 1.0);
                    let look = "However steep the loss is and however far apart the logits are, the \
                        derivative has a sign, and no NaN.";
                    close(&format!("pixel {i}"), got[i], want, rounding(4, 4.0), look)?;
                }
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_a_bad_pixel_or_label_wherever_it_is() {
        let inputs = (sizes([1..=3, 2..=3, 0..=2], [301, 65, 41]), any::seed(), any::magnitude(-12, 150));
        for_all("n, classes, more, i, off", inputs).cases(48).holds(|&([n, k, more], i, off)| {
            let network =
                [Dense { weights: Matrix::from_fn(k, n, |c, j| ((c + j) % 3) as f64), bias: vec![0.5; k] }];
            let (good, mut x, i) = (vec![0.5; n], vec![0.5; n], i as usize % n);
            x[i] = if off > 0.0 { 1.0 + off.max(1e-9) } else { off };
            let want = InputError::OutOfRange { name: "x", got: x[i], wanted: "0 to 1" };
            rejected(
                CALL,
                fgsm(&network, &x, 0, 0.25),
                want,
                "Every pixel lies between 0 and 1, both included.",
            )?;
            let want = InputError::UnknownClass { index: 0, got: k + more, classes: k };
            let look = "The outputs of the last layer are the classes, counted from 0.";
            rejected(CALL, fgsm(&network, &good, k + more, 0.25), want, look)?;
            let want = InputError::ShapeMismatch { left: (1, n + 1 + more), right: (k, n) };
            let look = "As many pixels as the first layer has inputs.";
            rejected(CALL, fgsm(&network, &vec![0.5; n + 1 + more], 0, 0.25), want, look)?;
            let want = InputError::OutOfRange { name: "epsilon", got: -off.abs(), wanted: "a number ≥ 0" };
            rejected(CALL, fgsm(&network, &good, 0, -off.abs()), want, "ε is at least 0.")
        });
    }

    #[test]
    fn pixels_without_influence_stay() {
        let units = any::select(vec![1.0, 1.0, 1e-10, 1e-110]);
        for_all("layer / unit, epsilon / unit, unit", (layer(3, 2), epsilon(), units)).cases(64).holds(
            |(layer, epsilon, unit)| {
                let weight = |c: usize, j: usize| if j == 1 { 0.0 } else { layer.weights[(c, j)] * unit };
                let bias = layer.bias.iter().map(|b| b * unit).collect();
                let blind = Dense { weights: Matrix::from_fn(2, 3, weight), bias };
                let call = "fgsm([layer without weights for pixel 1], unit·(½, ½, ½), 0, epsilon)";
                let got = fgsm(&[blind], &[0.5 * unit; 3], 0, epsilon * unit).accepted(call)?;
                equal("the number of pixels", got.len(), 3, "The answer has one pixel per pixel of x.")?;
                equal(
                    "pixel 1",
                    got[1],
                    0.5 * unit,
                    "Its derivative is 0, and the sign of 0 is 0. What does `f64::signum` return for it?",
                )
            },
        );
    }

    #[test]
    fn rejects_pixels_out_of_range_and_negative_epsilon() {
        for_all("off, k", (any::nonzero(), 0..3_usize)).cases(64).holds(|(off, k)| {
            let (network, look) =
                (three_to_two(), "Pixels lie between 0 and 1, both included, and ε is at least 0.");
            let mut x = [0.0, 0.5, 1.0];
            x[*k] = if *off > 0.0 { 1.0 + off } else { *off };
            let want = InputError::OutOfRange { name: "x", got: x[*k], wanted: "0 to 1" };
            rejected(CALL, fgsm(&network, &x, 0, 0.25), want, look)?;
            let want = InputError::OutOfRange { name: "epsilon", got: -off.abs(), wanted: "a number ≥ 0" };
            rejected(
                "fgsm(network, (0, ½, 1), 0, below 0)",
                fgsm(&network, &[0.0, 0.5, 1.0], 0, -off.abs()),
                want,
                look,
            )
        });
    }

    #[test]
    fn accepts_huge_epsilon() {
        example(|| {
            let layer =
                Dense { weights: Matrix::from_rows([[1.0, -1.0], [-1.0, 1.0]]), bias: vec![0.0, 0.0] };
            let call = "fgsm([W], (¼, ½), 0, 10³⁰⁰)";
            let got = fgsm(&[layer], &[0.25, 0.5], 0, 1e300).accepted(call)?;
            equal(
                call,
                got,
                vec![0.0, 1.0],
                "The loss of class 0 falls with pixel 0 and rises with pixel 1: clip both to 0 to 1.",
            )
        });
    }

    #[test]
    fn rejects_mismatched_inputs() {
        example(|| rejects_what_does_not_fit("fgsm", |network, x, label| fgsm(network, x, label, 0.25)));
    }

    #[test]
    fn rejects_nan_and_infinity() {
        for_all("bad, k", (any::not_finite(), 0..3_usize)).cases(64).holds(|(bad, k)| {
            rejects_what_is_not_finite("fgsm", |network, x, label| fgsm(network, x, label, 0.25), *bad, *k)?;
            let want = InputError::NotFinite { name: "epsilon", index: 0 };
            rejected(
                CALL,
                fgsm(&three_to_two(), &[0.5; 3], 0, *bad),
                want,
                "NaN < 0 is false: check that ε is finite.",
            )
        });
    }

    #[test]
    fn handles_large_networks_and_all_scales() {
        for_all(NAMES, wide_attack()).cases(64).holds(|((network, x, label), epsilon)| {
            let got = fgsm(network, x, *label, *epsilon).accepted(CALL)?;
            equal("the number of pixels", got.len(), x.len(), "One pixel per pixel of x.")?;
            for (i, sign) in signs(network, x, *label).into_iter().enumerate() {
                let Some(sign) = sign else { continue };
                let want = (x[i] + epsilon * sign).clamp(0.0, 1.0);
                let look = "x + ε·sign(∂L/∂x), clipped to 0 to 1, for every pixel and every scale.";
                close(&format!("pixel {i}"), got[i], want, rounding(4, x[i] + epsilon), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn moves_each_of_many_pixels() {
        example(|| {
            let (network, x, signs) = many_pixels();
            let got = fgsm(&network, &x, 64, 0.125).accepted("fgsm of 301 pixels ½, ε = ⅛")?;
            let want: Vec<f64> = signs.iter().map(|sign| 0.5 + 0.125 * sign).collect();
            equal("the pixels", got, want, "Every pixel moves by ε, along the sign of its own derivative.")
        });
    }
}
