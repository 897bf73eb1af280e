use judge::{Answer, Broken, any, close, ensure, equal, example, for_all, rejected, rounding};
use katas::boss::adversarial::fgsm;
use kit::{Dense, InputError, Matrix};
use proptest::prelude::*;

use super::super::networks::{
    epsilon, layer, linear_task, loss, loss_rounding, says, signs, task, three_to_two,
};
use super::super::trained::{held_out, softmax_of_the_digits};
use super::{rejects_what_does_not_fit, rejects_what_is_not_finite, within_limits};

const CALL: &str = "fgsm(network, x, label, epsilon)";
const NAMES: &str = "network, x, label, epsilon";

#[test]
fn no_pixel_goes_further_than_epsilon_or_out_of_range() {
    for_all(NAMES, (task(), epsilon())).holds(|((network, x, label), epsilon)| {
        within_limits(CALL, &fgsm(network, x, *label, *epsilon).accepted(CALL)?, x, *epsilon)
    });
}

#[test]
fn epsilon_zero_changes_nothing() {
    for_all("network, x, label", task()).cases(64).holds(|(network, x, label)| {
        let call = "fgsm(network, x, label, 0)";
        equal(call, fgsm(network, x, *label, 0.0).accepted(call)?, x.clone(), "x plus nothing is x.")
    });
}

#[test]
fn each_pixel_goes_a_whole_step_to_where_the_loss_grows() {
    for_all(NAMES, (task(), epsilon())).holds(|((network, x, label), epsilon)| {
        let got = fgsm(network, x, *label, *epsilon).accepted(CALL)?;
        equal("the number of pixels", got.len(), x.len(), "One pixel comes back for each that went in.")?;
        for (i, sign) in signs(network, x, *label).into_iter().enumerate() {
            let Some(sign) = sign else { continue };
            let want = (x[i] + epsilon * sign).clamp(0.0, 1.0);
            let look = "Uphill, for the label that was given; the sign alone counts, not the size; as far \
                as 0 and 1 let it.";
            let uphill = ["down", "nowhere", "up"][(sign + 1.0) as usize];
            close(
                &format!("pixel {i}, for which uphill is {uphill},"),
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
fn a_pixel_that_no_neuron_listens_to_stays_as_it_is() {
    for_all("layer, epsilon", (layer(3, 2), epsilon())).cases(64).holds(|(layer, epsilon)| {
        let mut deaf = layer.clone();
        (0..2).for_each(|c| deaf.weights[(c, 1)] = 0.0);
        let call = "fgsm([layer without weights for pixel 1], (½, ½, ½), 0, epsilon)";
        let got = fgsm(&[deaf], &[0.5; 3], 0, *epsilon).accepted(call)?;
        equal("the number of pixels", got.len(), 3, "One pixel comes back for each that went in.")?;
        equal(
            "pixel 1",
            got[1],
            0.5,
            "Its slope is 0, and the sign of 0 is 0. What does `f64::signum` say of it?",
        )
    });
}

#[test]
fn the_loss_of_a_single_layer_never_falls() {
    for_all(NAMES, (linear_task(3), epsilon())).holds(|((network, x, label), epsilon)| {
        let got = fgsm(network, x, *label, *epsilon).accepted(CALL)?;
        equal("the number of pixels", got.len(), x.len(), "One pixel comes back for each that went in.")?;
        let (before, after) = (loss(network, x, *label), loss(network, &got, *label));
        // A pixel whose slope is nearly 0 may go either way: that costs at most 10⁻⁶·ε each.
        ensure(after >= before - loss_rounding() - 3e-6 * epsilon, || {
            let look = "The loss of one layer is convex: it lies above its tangent, and along the tangent \
                each pixel goes up.";
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
fn the_digits_fall_as_they_do_in_numpy() {
    for_all("seed", Just(1_u64)).cases(1).within_seconds(600).holds(|_| {
        let (network, test) = (softmax_of_the_digits(), held_out());
        for (epsilon, want) in [(0.0, 340), (0.1, 252), (0.2, 63), (0.3, 1)] {
            let mut right = 0;
            for (x, label) in &test {
                let call = format!("fgsm(softmax of the digits, a digit, {label}, {epsilon})");
                let got = fgsm(&network, x, *label, epsilon).accepted(&call)?;
                equal("the number of pixels", got.len(), 64, "One pixel comes back for each that went in.")?;
                right += usize::from(says(&network, &got) == Some(*label));
            }
            let look = "Softmax regression, zero start, 500 steps of 0.5 over all samples but each fifth, \
                attacked in NumPy.";
            equal(&format!("right of 360 at ε = {epsilon}"), right, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn pixels_out_of_range_and_an_epsilon_below_zero_are_rejected() {
    for_all("off, k", (any::nonzero(), 0..3_usize)).cases(64).holds(|(off, k)| {
        let (network, look) =
            (three_to_two(), "Pixels lie between 0 and 1, both allowed, and ε is a distance.");
        let mut x = [0.0, 0.5, 1.0];
        // The last pixel is outside, too: the first is told.
        x[2] = 7.0;
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
fn a_huge_epsilon_makes_black_and_white() {
    example(|| {
        let layer = Dense { weights: Matrix::from_rows([[1.0, -1.0], [-1.0, 1.0]]), bias: vec![0.0, 0.0] };
        let call = "fgsm([W], (¼, ½), 0, 10³⁰⁰)";
        let got = fgsm(&[layer], &[0.25, 0.5], 0, 1e300).accepted(call)?;
        equal(call, got, vec![0.0, 1.0], "Class 0 lives on pixel 0 and against pixel 1.")
    });
}

#[test]
fn what_does_not_fit_is_rejected() {
    example(|| rejects_what_does_not_fit("fgsm", |network, x, label| fgsm(network, x, label, 0.25)));
}

#[test]
fn what_is_not_finite_is_rejected_by_name_and_place() {
    for_all("bad, k", (any::not_finite(), 0..3_usize)).cases(64).holds(|(bad, k)| {
        rejects_what_is_not_finite("fgsm", |network, x, label| fgsm(network, x, label, 0.25), *bad, *k)?;
        let want = InputError::NotFinite { name: "epsilon", index: 0 };
        rejected(CALL, fgsm(&three_to_two(), &[0.5; 3], 0, *bad), want, "Before it is compared with 0.")
    });
}
