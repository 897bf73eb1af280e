use crate::reference::m04_ml_from_scratch::logistic as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Sigmoid = fn(f64) -> f64;

/// The kata, answered by a specimen.
pub fn sigmoid(z: f64) -> f64 {
    answering::<Sigmoid>(
        module_path!(),
        reference::sigmoid,
        &[
            wheat("two_branches", "a power of at most 1 on either side", |z| {
                let small = (-z.abs()).exp();
                if z < 0.0 { small / (1.0 + small) } else { 1.0 / (1.0 + small) }
            }),
            wheat("through_the_logarithm", "e to the minus softplus", |z| {
                (-((-z).max(0.0) + (-z.abs()).exp().ln_1p())).exp() + if z.is_nan() { f64::NAN } else { 0.0 }
            }),
            wheat("balanced", "e to half of z over itself and its inverse", |z| {
                let half = (z.clamp(-1400.0, 1400.0) / 2.0).exp();
                half / (half + 1.0 / half)
            }),
            chaff("e_to_the_z_on_both_sides", "The formula eᶻ/(1 + eᶻ) works for every z.", |z| {
                z.exp() / (1.0 + z.exp())
            }),
            chaff(
                "from_the_tanh",
                "The formula (1 + tanh(z/2))/2 is as accurate for very negative z.",
                |z| 0.5 * (1.0 + (z / 2.0).tanh()),
            ),
            chaff("complement", "The formula 1 − 1/(1 + eᶻ) is as accurate for very negative z.", |z| {
                1.0 - 1.0 / (1.0 + z.exp())
            }),
            chaff("sign_forgotten", "The sigmoid is 1/(1 + eᶻ).", |z| 1.0 / (1.0 + z.exp())),
            chaff("tanh", "The sigmoid is the hyperbolic tangent.", |z| z.tanh()),
            chaff("base_two", "The base of the power does not matter.", |z| 1.0 / (1.0 + (-z).exp2())),
            chaff("clipped", "The logit is clipped to ±36 to avoid overflow.", |z| {
                1.0 / (1.0 + (-z.clamp(-36.0, 36.0)).exp())
            }),
            chaff("a_step", "The sigmoid is a step function.", |z| if z >= 0.0 { 1.0 } else { 0.0 }),
            chaff("nan_is_even", "The sigmoid of NaN is ½.", |z| {
                if z.is_nan() { 0.5 } else { reference::sigmoid(z) }
            }),
        ],
    )(z)
}
