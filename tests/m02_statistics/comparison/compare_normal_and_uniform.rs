use std::f64::consts::PI;

use judge::bounds::normal_distribution;
use judge::{Answer, Broken, close, equal, example, for_all, reads_as, rejected, rounding};
use katas::m02_statistics::comparison::compare_normal_and_uniform;
use kit::{Explanation, InputError};
use proptest::prelude::Strategy;
use proptest::sample::select;

use super::samples::{Compared, compared, reason, thousand_each, wrong};

fn told((mean, deviation, [normal, uniform]): &Compared) -> Result<Explanation, Broken> {
    compare_normal_and_uniform(*mean, *deviation, normal, uniform).accepted("compare_normal_and_uniform(…)")
}

fn result(told: &Explanation, name: &str) -> Result<f64, Broken> {
    let look = "See the table in the documentation; one number for each step.";
    match told.result(name) {
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
fn each_step_has_its_name_its_formula_and_its_numbers() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (told, want) = (told(given)?, lines(given));
        for (i, (step, want)) in told.steps.iter().zip(&want).enumerate() {
            let got = [step.name.clone(), step.formula.clone(), step.numbers.clone()];
            let look =
                "Name, formula and numbers as in the table: four decimals for μ, σ and d, none for counts.";
            equal(&format!("step {i}"), &got, want, look)?;
        }
        equal(
            "the number of steps",
            told.steps.len(),
            want.len(),
            "Four lines, four for each k, and two: 18.",
        )
    });
}

#[test]
fn the_title_names_mean_and_deviation() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let want = format!(
            "Normal and uniform, both with mean {:.4} and standard deviation {:.4}",
            given.0, given.1
        );
        equal("the title", told(given)?.title, want, "As in the documentation, with four decimals.")
    });
}

#[test]
fn the_uniform_interval_is_root_three_deviations_wide_on_either_side() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (told, (mean, deviation, _)) = (told(given)?, given);
        let tolerance = rounding(8, mean.abs() + 2.0 * deviation);
        let look = "The variance of a uniform distribution is (high − low)²/12; it has to be σ².";
        close("low", result(&told, "low")?, mean - 3.0_f64.sqrt() * deviation, tolerance, look)?;
        close("high", result(&told, "high")?, mean + 3.0_f64.sqrt() * deviation, tolerance, look)
    });
}

#[test]
fn the_heights_are_those_of_the_densities() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (told, deviation) = (told(given)?, given.1);
        let uniform = 1.0 / (12.0_f64.sqrt() * deviation);
        let look = "The uniform density is 1 over the width; the normal one at its mean is 1/(√2π·σ).";
        close("uniform height", result(&told, "uniform height")?, uniform, rounding(8, uniform), look)?;
        let normal = 1.0 / ((2.0 * PI).sqrt() * deviation);
        close("normal height", result(&told, "normal height")?, normal, rounding(8, normal), look)
    });
}

#[test]
fn the_shares_seen_are_counted_in_the_samples() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (told, (mean, deviation, samples)) = (told(given)?, given);
        for (kind, sample) in ["normal", "uniform"].into_iter().zip(samples) {
            for k in 1..=3 {
                let name = format!("{kind} {k}σ observed");
                let inside = sample.iter().filter(|&x| (x - mean).abs() <= f64::from(k) * deviation).count();
                let look = format!("{inside} of {} have |x − μ| ≤ {k}·σ, the edge included.", sample.len());
                let want = inside as f64 / sample.len() as f64;
                close(&name, result(&told, &name)?, want, rounding(4, 1.0), look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn the_shares_expected_are_68_95_99_7_percent_and_k_over_root_three() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let told = told(given)?;
        for k in 1..=3 {
            let (name, z) = (format!("normal {k}σ expected"), f64::from(k));
            let look = "Φ(k) is the share below μ + kσ; above lies 1 − Φ(k), and as much below μ − kσ.";
            // Φ is given with six decimals, and counts twice.
            close(&name, result(&told, &name)?, 2.0 * normal_distribution(z) - 1.0, 1.1e-6, look)?;
            let (name, want) = (format!("uniform {k}σ expected"), (z / 3.0_f64.sqrt()).min(1.0));
            let look = "2kσ of a width of 2√3·σ, but never more than all of it.";
            close(&name, result(&told, &name)?, want, rounding(4, 1.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn the_reach_is_the_largest_distance_in_deviations() {
    for_all("mean, σ, normal, uniform", compared()).holds(|given| {
        let (told, (mean, deviation, samples)) = (told(given)?, given);
        for (kind, sample) in ["normal", "uniform"].into_iter().zip(samples) {
            let name = format!("{kind} largest |z|");
            let want = sample.iter().fold(0.0_f64, |far, x| far.max((x - mean).abs())) / deviation;
            let look = "The furthest number on either side of μ, its distance without sign, over σ.";
            close(&name, result(&told, &name)?, want, rounding(4, want), look)?;
        }
        Ok(())
    });
}

#[test]
fn arguments_that_make_no_sense_are_rejected() {
    for_all("mean, σ, normal, uniform", wrong()).holds(|given| {
        let (mean, deviation, [normal, uniform]) = given;
        let got = compare_normal_and_uniform(*mean, *deviation, normal, uniform);
        let look = "Empty samples first, then what is not finite, in the order of the arguments, then σ.";
        rejected("compare_normal_and_uniform(mean, σ, normal, uniform)", got, reason(given), look)
    });
}

#[test]
fn a_deviation_that_is_not_above_0_is_rejected() {
    let wrong = select(vec![0.0, -0.0, -1.0, -f64::MIN_POSITIVE])
        .prop_map(|deviation| (1.0, deviation, [vec![1.0], vec![2.0]]));
    for_all("mean, σ, normal, uniform", wrong).holds(|(mean, deviation, [normal, uniform])| {
        let got = compare_normal_and_uniform(*mean, *deviation, normal, uniform);
        let want = InputError::OutOfRange { name: "deviation", got: *deviation, wanted: "deviation > 0" };
        rejected(
            "compare_normal_and_uniform(mean, σ, normal, uniform)",
            got,
            want,
            "Without deviation there is no shape.",
        )
    });
}

#[test]
fn it_reads_as_it_should() {
    example(|| {
        let text = told(&thousand_each())?.to_string();
        reads_as(
            "m02_statistics/comparison/compare_normal_and_uniform",
            &text,
            "Every line, in its order and words.",
        )
    });
}
