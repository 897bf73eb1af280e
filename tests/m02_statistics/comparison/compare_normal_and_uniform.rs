use std::f64::consts::PI;

use judge::any::select;
use judge::bounds::normal_distribution;
use judge::{Answer, Broken, close, equal, example, for_all, reads_as, rejected, rejected_for, rounding};
use katas::m02_statistics::comparison::compare_normal_and_uniform;
use kit::{Explanation, InputError};
use proptest::prelude::Strategy;

use super::samples::{Compared, compared, compared_widely, reasons, thousand_each, wrong};

fn asked((mean, deviation, [normal, uniform]): &Compared) -> Result<Explanation, Broken> {
    compare_normal_and_uniform(*mean, *deviation, normal, uniform).accepted("compare_normal_and_uniform(…)")
}

fn result(comparison: &Explanation, name: &str) -> Result<f64, Broken> {
    let look = "See the table in the documentation; one number for each step.";
    match comparison.result(name) {
        Some(&[one]) => Ok(one),
        other => Err(Broken::answer(format!("the result of step {name:?} is {other:?}"), "one number", look)),
    }
}

/// Name, formula and numbers of every step.
fn lines((mean, deviation, samples): &Compared) -> Vec<[String; 3]> {
    let line = |name: &str, formula: &str, numbers: String| [name.to_owned(), formula.to_owned(), numbers];
    let mut lines = vec![
        line("low", "μ − √3·σ", format!("{mean:.4} − √3·{deviation:.4}")),
        line("high", "μ + √3·σ", format!("{mean:.4} + √3·{deviation:.4}")),
        line("uniform height", "1 / (2·√3·σ)", format!("1 / (2·√3·{deviation:.4})")),
        line("normal height", "1 / (√2π·σ)", format!("1 / (√2π·{deviation:.4})")),
    ];
    for (k, phi, root) in
        [(1, "0.841345", "0.577350"), (2, "0.977250", "1.154701"), (3, "0.998650", "1.732051")]
    {
        let seen = |sample: &[f64]| {
            let inside = sample.iter().filter(|&x| (x - mean).abs() <= f64::from(k) * deviation).count();
            format!("{inside} / {}", sample.len())
        };
        lines.push(line(&format!("normal {k}σ observed"), "inside / n", seen(&samples[0])));
        lines.push(line(&format!("normal {k}σ expected"), &format!("2·Φ({k}) − 1"), format!("2·{phi} − 1")));
        lines.push(line(&format!("uniform {k}σ observed"), "inside / n", seen(&samples[1])));
        lines.push(line(
            &format!("uniform {k}σ expected"),
            &format!("min(1, {k}/√3)"),
            format!("min(1, {root})"),
        ));
    }
    for (kind, sample) in ["normal", "uniform"].into_iter().zip(samples) {
        let furthest = sample.iter().fold(0.0_f64, |far, x| far.max((x - mean).abs()));
        lines.push(line(
            &format!("{kind} largest |z|"),
            "max |x − μ| / σ",
            format!("{furthest:.4} / {deviation:.4}"),
        ));
    }
    lines
}

#[test]
fn lists_name_formula_and_numbers_of_each_step() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (comparison, want) = (asked(given)?, lines(given));
        for (i, (step, want)) in comparison.steps.iter().zip(&want).enumerate() {
            let got = [step.name.clone(), step.formula.clone(), step.numbers.clone()];
            let look = "Name, formula and numbers as in the table: four decimals, none for counts.";
            equal(&format!("step {i}"), &got, want, look)?;
        }
        equal(
            "the number of steps",
            comparison.steps.len(),
            want.len(),
            "Four steps, four for each k, and two: 18.",
        )
    });
}

#[test]
fn has_mean_and_standard_deviation_in_the_title() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let want = format!(
            "Normal and uniform, both with mean {:.4} and standard deviation {:.4}",
            given.0, given.1
        );
        equal("the title", asked(given)?.title, want, "As in the documentation, with four decimals.")
    });
}

#[test]
fn extends_the_uniform_interval_by_root_three_sigma() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (comparison, (mean, deviation, _)) = (asked(given)?, given);
        let tolerance = rounding(8, mean.abs() + 2.0 * deviation);
        let look = "The variance of a uniform distribution is (high − low)²/12; it has to be σ².";
        close("low", result(&comparison, "low")?, mean - 3.0_f64.sqrt() * deviation, tolerance, look)?;
        close("high", result(&comparison, "high")?, mean + 3.0_f64.sqrt() * deviation, tolerance, look)
    });
}

#[test]
fn computes_the_heights_of_both_densities() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (comparison, deviation) = (asked(given)?, given.1);
        let uniform = 1.0 / (12.0_f64.sqrt() * deviation);
        let look = "The uniform density is 1/width; the normal density at its mean is 1/(√2π·σ).";
        close("uniform height", result(&comparison, "uniform height")?, uniform, rounding(8, uniform), look)?;
        let normal = 1.0 / ((2.0 * PI).sqrt() * deviation);
        close("normal height", result(&comparison, "normal height")?, normal, rounding(8, normal), look)
    });
}

#[test]
fn counts_the_observed_coverage() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (comparison, (mean, deviation, samples)) = (asked(given)?, given);
        for (kind, sample) in ["normal", "uniform"].into_iter().zip(samples) {
            for k in 1..=3 {
                let name = format!("{kind} {k}σ observed");
                let inside = sample.iter().filter(|&x| (x - mean).abs() <= f64::from(k) * deviation).count();
                let look = format!(
                    "{inside} of {} numbers have |x − μ| ≤ {k}·σ, those at exactly {k}·σ included.",
                    sample.len()
                );
                let want = inside as f64 / sample.len() as f64;
                close(&name, result(&comparison, &name)?, want, rounding(4, 1.0), look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn computes_the_expected_coverage() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let comparison = asked(given)?;
        for k in 1..=3 {
            let (name, z) = (format!("normal {k}σ expected"), f64::from(k));
            let look = "Φ(k) is the probability below μ + kσ; 1 − Φ(k) is above, and as much below μ − kσ.";
            // Φ is given with six decimals, and counts twice.
            close(&name, result(&comparison, &name)?, 2.0 * normal_distribution(z) - 1.0, 1.1e-6, look)?;
            let (name, want) = (format!("uniform {k}σ expected"), (z / 3.0_f64.sqrt()).min(1.0));
            let look = "2kσ over the width 2√3·σ, at most 1.";
            close(&name, result(&comparison, &name)?, want, rounding(4, 1.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn computes_the_largest_z_score() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (comparison, (mean, deviation, samples)) = (asked(given)?, given);
        for (kind, sample) in ["normal", "uniform"].into_iter().zip(samples) {
            let name = format!("{kind} largest |z|");
            let want = sample.iter().fold(0.0_f64, |far, x| far.max((x - mean).abs())) / deviation;
            let look = "The largest absolute deviation from μ on either side, divided by σ.";
            close(&name, result(&comparison, &name)?, want, rounding(4, want), look)?;
        }
        Ok(())
    });
}

#[test]
fn reads_as_documented() {
    example(|| {
        let text = asked(&thousand_each())?.to_string();
        reads_as(
            "m02_statistics/comparison/compare_normal_and_uniform",
            &text,
            "The explanation of the samples with mean 10 and standard deviation 2, step by step.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::comparison::compare_normal_and_uniform;
        let comparison = compare_normal_and_uniform(0.0, 2.0, &[-1.0, 3.0], &[2.0, -3.0]).unwrap();
        assert_eq!(comparison.result("normal 1σ observed"), Some(&[0.5][..]));
        assert_eq!(comparison.result("uniform largest |z|"), Some(&[1.5][..]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_invalid_arguments() {
        for_all("mean, σ, normal, uniform", wrong()).holds(|given| {
            let (mean, deviation, [normal, uniform]) = given;
            let got = compare_normal_and_uniform(*mean, *deviation, normal, uniform);
            let look = "Check for an empty sample, for numbers that are not finite, and for σ > 0.";
            rejected_for("compare_normal_and_uniform(mean, σ, normal, uniform)", got, &reasons(given), look)
        });
    }

    #[test]
    fn rejects_a_sigma_that_is_not_positive() {
        let wrong = select(vec![0.0, -0.0, -1.0, -f64::MIN_POSITIVE, -1e300, -1e-9])
            .prop_map(|deviation| (1.0, deviation, [vec![1.0], vec![2.0]]));
        for_all("mean, σ, normal, uniform", wrong).holds(|(mean, deviation, [normal, uniform])| {
            let got = compare_normal_and_uniform(*mean, *deviation, normal, uniform);
            let want = InputError::OutOfRange { name: "deviation", got: *deviation, wanted: "deviation > 0" };
            rejected(
                "compare_normal_and_uniform(mean, σ, normal, uniform)",
                got,
                want,
                "A standard deviation has to be positive here.",
            )
        });
    }

    #[test]
    fn computes_results_for_large_samples_in_every_unit() {
        for_all("mean, σ, normal, uniform", compared_widely()).holds(|given| {
            let (comparison, (mean, deviation, samples)) = (asked(given)?, given);
            let look =
                "Name, formula and numbers as in the table, for every size of the samples and every unit.";
            let title =
                format!("Normal and uniform, both with mean {mean:.4} and standard deviation {deviation:.4}");
            // Numbers that round to 0 may keep their sign or lose it.
            let unsigned = |text: &String| text.replace("-0.0000", "0.0000");
            equal("the title", unsigned(&comparison.title), unsigned(&title), look)?;
            for (i, (step, want)) in comparison.steps.iter().zip(&lines(given)).enumerate() {
                let got = [&step.name, &step.formula, &step.numbers].map(unsigned);
                equal(&format!("step {i}"), got, want.each_ref().map(unsigned), look)?;
            }
            let look = "Every number of both samples counts, in f64.";
            for (kind, sample) in ["normal", "uniform"].into_iter().zip(samples) {
                for k in 1..=3 {
                    let name = format!("{kind} {k}σ observed");
                    let inside =
                        sample.iter().filter(|&x| (x - mean).abs() <= f64::from(k) * deviation).count();
                    let want = inside as f64 / sample.len() as f64;
                    close(&name, result(&comparison, &name)?, want, rounding(4, 1.0), look)?;
                }
                let name = format!("{kind} largest |z|");
                let want = sample.iter().fold(0.0_f64, |far, x| far.max((x - mean).abs())) / deviation;
                close(&name, result(&comparison, &name)?, want, rounding(4, want), look)?;
            }
            let tolerance = rounding(8, mean.abs() + 2.0 * deviation);
            let half = 3.0_f64.sqrt() * deviation;
            close("low", result(&comparison, "low")?, mean - half, tolerance, look)?;
            close("high", result(&comparison, "high")?, mean + half, tolerance, look)?;
            let (uniform, normal) = (1.0 / (2.0 * half), 1.0 / ((2.0 * PI).sqrt() * deviation));
            close(
                "uniform height",
                result(&comparison, "uniform height")?,
                uniform,
                rounding(8, uniform),
                look,
            )?;
            close("normal height", result(&comparison, "normal height")?, normal, rounding(8, normal), look)
        });
    }
}
