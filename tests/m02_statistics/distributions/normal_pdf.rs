use std::f64::consts::PI;

use judge::{Answer, any, close, for_all, rejected, rounding};
use katas::m02_statistics::distributions::normal_pdf;
use kit::InputError;
use proptest::prelude::Strategy;
use proptest::sample::select;

fn deviation() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    any::nonzero().prop_map(f64::abs)
}

/// How far rounding may carry a density z deviations off: an error of ε in z is one of z²·ε in the logarithm.
fn tolerance(z: f64, density: f64) -> f64 {
    rounding(16 + 4 * (z * z) as usize, density)
}

#[test]
fn its_area_is_1() {
    for_all("mean, deviation", (any::eighth(), deviation())).holds(|&(mean, deviation)| {
        // For the bell the sum over a grid of step σ/4 is its area to more digits than f64 has.
        let mut area = 0.0;
        for i in -40..=40 {
            let x = mean + deviation * f64::from(i) / 4.0;
            area +=
                normal_pdf(x, mean, deviation).accepted("normal_pdf(x, mean, deviation)")? * deviation / 4.0;
        }
        let look =
            "A density is a probability per unit of x, all of it together 1. A wide bell is a low one: 1/σ.";
        close("the area under normal_pdf", area, 1.0, rounding(256, 1.0), look)
    });
}

#[test]
fn it_is_symmetric_about_the_mean() {
    for_all("mean, deviation, d", (any::eighth(), deviation(), any::eighth())).holds(
        |&(mean, deviation, d)| {
            let got =
                normal_pdf(mean + d, mean, deviation).accepted("normal_pdf(mean + d, mean, deviation)")?;
            let want =
                normal_pdf(mean - d, mean, deviation).accepted("normal_pdf(mean − d, mean, deviation)")?;
            let look =
                "Equally far from the mean on either side the bell is equally high. Is the distance squared?";
            close("normal_pdf(mean + d, mean, deviation)", got, want, tolerance(d / deviation, want), look)
        },
    );
}

#[test]
fn at_the_mean_it_is_one_over_sigma_root_two_pi() {
    for_all("mean, deviation", (any::eighth(), deviation())).holds(|&(mean, deviation)| {
        let got = normal_pdf(mean, mean, deviation).accepted("normal_pdf(mean, mean, deviation)")?;
        let want = 1.0 / (deviation * (2.0 * PI).sqrt());
        let look = "exp(0) is 1: what is left is 1/(σ·√2π), with both the 2 and the π below the root, and σ \
                    outside of it.";
        close("normal_pdf(mean, mean, deviation)", got, want, rounding(8, want), look)
    });
}

#[test]
fn z_deviations_off_it_has_fallen_to_exp_of_minus_half_z_squared() {
    for_all("mean, deviation, z", (any::eighth(), deviation(), any::eighth())).holds(
        |&(mean, deviation, z)| {
            let got = normal_pdf(mean + z * deviation, mean, deviation)
                .accepted("normal_pdf(mean + z·σ, mean, σ)")?;
            let want = (-z * z / 2.0).exp() / (deviation * (2.0 * PI).sqrt());
            let look = "The exponent is −z²/2 with z = (x − μ)/σ: σ is the deviation, so σ², and a half.";
            close("normal_pdf(mean + z·σ, mean, σ)", got, want, tolerance(z, want), look)
        },
    );
}

#[test]
fn no_scale_is_too_large_or_too_small() {
    for_all("z, σ", (any::eighth(), select(vec![1e-300, 1e-155, 1e155, 1e300]))).holds(|&(z, deviation)| {
        let got = normal_pdf(z * deviation, 0.0, deviation).accepted("normal_pdf(z·σ, 0, σ)")? * deviation;
        let want = (-z * z / 2.0).exp() / (2.0 * PI).sqrt();
        let look = "σ² overflows beyond 1e154 and vanishes below 1e-162. Divide first, then square.";
        // Whoever takes ln σ into the exponent rounds 690 there; and below the normal numbers σ·5e-324 is a step.
        close("σ·normal_pdf(z·σ, 0, σ)", got, want, rounding(4096, want) + 1e-20, look)
    });
}

#[test]
fn far_out_it_is_small_but_not_zero() {
    for_all("z", (8..=37_i32, any::nonzero()).prop_map(|(k, t)| f64::from(k) * t.signum())).holds(|&z| {
        // At 37 deviations the density is about 2·10⁻²⁹⁸, a normal number still.
        let want = (-z * z / 2.0).exp() / (2.0 * PI).sqrt();
        let got = normal_pdf(z, 0.0, 1.0).accepted("normal_pdf(z, 0, 1)")?;
        let look = "A density of 10⁻²⁰⁰ is one. Is it cut off before f64 does so?";
        close(&format!("normal_pdf({z}, 0, 1)"), got, want, tolerance(z, want), look)
    });
}

#[test]
fn far_out_it_is_zero() {
    for_all("x, σ", (select(vec![1e3, -1e3, 1e200, -1e300]), select(vec![1.0, 0.125, 1e-300]))).holds(
        |&(x, deviation)| {
            let got = normal_pdf(x, 0.5, deviation).accepted("normal_pdf(x, 0.5, σ)")?;
            close(
                "normal_pdf(x, 0.5, σ)",
                got,
                0.0,
                0.0,
                "exp of a large negative number is 0. Where does a NaN or an ∞ arise?",
            )
        },
    );
}

#[test]
fn a_deviation_that_is_not_above_0_is_rejected() {
    let wrong = select(vec![0.0, -0.0, -1.0, -0.125, -f64::MIN_POSITIVE]);
    for_all("x, mean, deviation", (any::eighth(), any::eighth(), wrong)).holds(|&(x, mean, deviation)| {
        let want = InputError::OutOfRange { name: "deviation", got: deviation, wanted: "deviation > 0" };
        let look =
            "With σ = 0 there is no density, and a negative deviation means nothing. σ² would hide its sign.";
        rejected("normal_pdf(x, mean, deviation)", normal_pdf(x, mean, deviation), want, look)
    });
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("x, mean, σ, i", any::one_not_finite()).holds(|&([x, mean, deviation], i)| {
        let want = InputError::NotFinite { name: ["x", "mean", "deviation"][i], index: 0 };
        let look = "Comparisons with NaN are all false, so it slips through them. Ask for it first.";
        rejected("normal_pdf(x, mean, σ)", normal_pdf(x, mean, deviation), want, look)
    });
}
