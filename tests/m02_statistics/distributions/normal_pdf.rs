use std::f64::consts::PI;

use judge::any::select;
use judge::{Answer, any, close, for_all, rejected, rejected_for, rounding};
use katas::m02_statistics::distributions::normal_pdf;
use kit::InputError;
use proptest::prelude::{Just, Strategy, prop_oneof};

fn deviation() -> impl Strategy<Value = f64> + Send + Sync + Clone {
    any::nonzero().prop_map(f64::abs)
}

/// How far rounding may carry a density z deviations off: an error of ε in z is one of z²·ε in the logarithm.
fn tolerance(z: f64, density: f64) -> f64 {
    rounding(16 + 4 * (z * z) as usize, density)
}

#[test]
fn has_area_one() {
    for_all("mean, deviation", (any::eighth(), deviation())).holds(|&(mean, deviation)| {
        // The sum over a grid of step σ/4 is the area of the density to more digits than f64 has.
        let mut area = 0.0;
        for i in -40..=40 {
            let x = mean + deviation * f64::from(i) / 4.0;
            area +=
                normal_pdf(x, mean, deviation).accepted("normal_pdf(x, mean, deviation)")? * deviation / 4.0;
        }
        let look = "The area of a density is 1. A wide density is a low one: 1/σ.";
        close("the area under normal_pdf", area, 1.0, rounding(256, 1.0), look)
    });
}

#[test]
fn is_symmetric_about_the_mean() {
    for_all("mean, deviation, d", (any::eighth(), deviation(), any::eighth())).holds(
        |&(mean, deviation, d)| {
            let got =
                normal_pdf(mean + d, mean, deviation).accepted("normal_pdf(mean + d, mean, deviation)")?;
            let want =
                normal_pdf(mean - d, mean, deviation).accepted("normal_pdf(mean − d, mean, deviation)")?;
            let look = "f(μ + d) = f(μ − d), the value above. Is the deviation squared?";
            close("normal_pdf(mean + d, mean, deviation)", got, want, tolerance(d / deviation, want), look)
        },
    );
}

#[test]
fn is_one_over_sigma_root_two_pi_at_the_mean() {
    for_all("mean, deviation", (any::eighth(), deviation())).holds(|&(mean, deviation)| {
        let got = normal_pdf(mean, mean, deviation).accepted("normal_pdf(mean, mean, deviation)")?;
        let want = 1.0 / (deviation * (2.0 * PI).sqrt());
        let look = "exp(0) = 1, so the density is 1/(σ·√2π), with both 2 and π below the square root, and σ \
                    outside of it.";
        close("normal_pdf(mean, mean, deviation)", got, want, rounding(8, want), look)
    });
}

#[test]
fn decreases_as_exp_of_minus_half_z_squared() {
    for_all("mean, deviation, z", (any::eighth(), deviation(), any::eighth())).holds(
        |&(mean, deviation, z)| {
            let got = normal_pdf(mean + z * deviation, mean, deviation)
                .accepted("normal_pdf(mean + z·σ, mean, σ)")?;
            let want = (-z * z / 2.0).exp() / (deviation * (2.0 * PI).sqrt());
            let look = "The exponent is −z²/2 with z = (x − μ)/σ, where σ is the standard deviation.";
            close("normal_pdf(mean + z·σ, mean, σ)", got, want, tolerance(z, want), look)
        },
    );
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::distributions::normal_pdf;
        assert!((normal_pdf(5.0, 5.0, 2.0).unwrap() - 0.199_471_140_200_716_35).abs() < 1e-15);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn handles_huge_and_tiny_sigma() {
        let sigma = prop_oneof![select(vec![1e-300, 1e-155, 1e155, 1e300]), any::magnitude(-300, 300)];
        for_all("z, σ", (any::eighth(), sigma.prop_map(f64::abs))).holds(|&(z, deviation)| {
            let got =
                normal_pdf(z * deviation, 0.0, deviation).accepted("normal_pdf(z·σ, 0, σ)")? * deviation;
            let want = (-z * z / 2.0).exp() / (2.0 * PI).sqrt();
            let look = "σ² overflows beyond 1e154 and underflows below 1e-162. Divide first, then square.";
            // With ln σ in the exponent 690 is rounded there; and below the normal numbers σ·5e-324 is a step.
            close("σ·normal_pdf(z·σ, 0, σ)", got, want, rounding(4096, want) + 1e-20, look)
        });
    }

    #[test]
    fn is_accurate_in_the_tails() {
        // At 37.5 standard deviations the density is about 1.7·10⁻³⁰⁶/σ, for σ = 64 just a normal number.
        let z = (64..=300_i32, any::nonzero()).prop_map(|(k, t)| f64::from(k) / 8.0 * t.signum());
        let other = (any::eighth(), (-6..=6_i32).prop_map(|k| 2.0_f64.powi(k)));
        for_all("z, (μ, σ)", (z, prop_oneof![1 => Just((0.0, 1.0)), 2 => other])).holds(
            |&(z, (mean, deviation))| {
                let x = mean + z * deviation;
                let want = (-z * z / 2.0).exp() / ((2.0 * PI).sqrt() * deviation);
                let got = normal_pdf(x, mean, deviation).accepted("normal_pdf(μ + z·σ, μ, σ)")?;
                let look = "A density of 10⁻²⁰⁰ is not 0. Are the tails cut off?";
                close(&format!("normal_pdf({x}, {mean}, {deviation})"), got, want, tolerance(z, want), look)
            },
        );
    }

    #[test]
    fn underflows_to_zero_far_out() {
        for_all("x, σ", (select(vec![1e3, -1e3, 1e200, -1e300]), select(vec![1.0, 0.125, 1e-300]))).holds(
            |&(x, deviation)| {
                let got = normal_pdf(x, 0.5, deviation).accepted("normal_pdf(x, 0.5, σ)")?;
                close(
                    "normal_pdf(x, 0.5, σ)",
                    got,
                    0.0,
                    0.0,
                    "exp of a large negative number underflows to 0. Where does a NaN or ∞ arise?",
                )
            },
        );
    }

    #[test]
    fn rejects_a_sigma_that_is_not_positive() {
        let wrong = prop_oneof![
            select(vec![0.0, -0.0, -1.0, -0.125, -f64::MIN_POSITIVE]),
            any::magnitude(-300, 300).prop_map(|sigma| -sigma.abs()),
        ];
        for_all("x, mean, deviation", (any::eighth(), any::eighth(), wrong)).holds(
            |&(x, mean, deviation)| {
                let want =
                    InputError::OutOfRange { name: "deviation", got: deviation, wanted: "deviation > 0" };
                let look = "The density needs σ > 0. σ² would hide a negative sign.";
                rejected("normal_pdf(x, mean, deviation)", normal_pdf(x, mean, deviation), want, look)
            },
        );
    }

    #[test]
    fn rejects_arguments_that_are_not_finite() {
        for_all("i, bad", (0..3_usize, any::not_finite())).holds(|&(i, bad)| {
            let (mut arguments, name) = ([0.5, 1.0, 2.0], ["x", "mean", "deviation"][i]);
            arguments[i] = bad;
            let [x, mean, deviation] = arguments;
            let mut wants = vec![InputError::NotFinite { name, index: 0 }];
            if i == 2 && bad != f64::INFINITY {
                wants.push(InputError::OutOfRange { name, got: bad, wanted: "deviation > 0" });
            }
            let look = "All comparisons with NaN are false. Check for NaN and infinity first.";
            let call = format!("normal_pdf({x}, {mean}, {deviation})");
            rejected_for(&call, normal_pdf(x, mean, deviation), &wants, look)
        });
    }

    #[test]
    fn is_accurate_for_parameters_of_every_magnitude() {
        let sigma = any::magnitude(-9, 9).prop_map(f64::abs);
        // Also where the mean is as large or as small as σ.
        let anywhere = (-290..=290_i32, any::fine(), any::nonzero())
            .prop_map(|(k, mean, sigma)| (mean * 10.0_f64.powi(k), sigma.abs() * 10.0_f64.powi(k)));
        let z = prop_oneof![2 => any::fine(), 1 => any::magnitude(-9, 1)];
        let parameters = prop_oneof![(any::wide(), sigma), anywhere];
        for_all("(mean, σ), z", (parameters, z)).holds(|&((mean, deviation), z)| {
            let x = mean + z * deviation;
            // x is rounded, so z is computed from it.
            let z = (x - mean) / deviation;
            let want = (-z * z / 2.0).exp() / (deviation * (2.0 * PI).sqrt());
            let got = normal_pdf(x, mean, deviation).accepted("normal_pdf(x, mean, σ)")?;
            let look = format!("z = {z}: exp(−z²/2)/(σ·√2π), in f64.");
            // A logarithm of σ in the exponent costs its own digits.
            let tolerance = tolerance(z, want) + rounding(2048, want);
            close(&format!("normal_pdf({x:?}, mean, σ)"), got, want, tolerance, look)
        });
    }
}
