use kit::{Explanation, InputError, Step};

use crate::reference::m02_statistics::comparison as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Compare = fn(f64, f64, &[f64], &[f64]) -> Result<Explanation, InputError>;

/// The kata, answered by a specimen.
pub fn compare_normal_and_uniform(
    mean: f64,
    deviation: f64,
    normal: &[f64],
    uniform: &[f64],
) -> Result<Explanation, InputError> {
    answering::<Compare>(
        module_path!(),
        reference::compare_normal_and_uniform,
        &[
            wheat(
                "from_the_variance",
                "finds the interval from (high − low)² = 12σ²",
                |mean, deviation, normal, uniform| {
                    let mut explanation =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    let width = (12.0 * deviation * deviation).sqrt();
                    set(&mut explanation, "low", |_| mean - width / 2.0);
                    set(&mut explanation, "high", |_| mean + width / 2.0);
                    set(&mut explanation, "uniform height", |_| width.recip());
                    Ok(explanation)
                },
            ),
            wheat("zero_without_a_sign", "writes −0 as 0", |mean, deviation, normal, uniform| {
                let mut explanation =
                    reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                let unsigned = |text: &mut String| *text = text.replace("-0.0000", "0.0000");
                unsigned(&mut explanation.title);
                explanation.steps.iter_mut().for_each(|step| unsigned(&mut step.numbers));
                Ok(explanation)
            }),
            wheat("standardized", "computes with z-scores", |mean, deviation, normal, uniform| {
                let mut explanation =
                    reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                for (kind, sample) in [("normal", normal), ("uniform", uniform)] {
                    let z: Vec<f64> = sample.iter().map(|x| ((x - mean) / deviation).abs()).collect();
                    for k in 1..=3 {
                        let share = z.iter().filter(|&&z| z <= f64::from(k)).count() as f64 / z.len() as f64;
                        set(&mut explanation, &format!("{kind} {k}σ observed"), |_| share);
                    }
                    set(&mut explanation, &format!("{kind} largest |z|"), |_| {
                        z.iter().copied().fold(0.0, f64::max)
                    });
                }
                Ok(explanation)
            }),
            chaff(
                "half_width_sigma",
                "The uniform distribution with standard deviation σ goes from μ − σ to μ + σ.",
                |mean, deviation, normal, uniform| {
                    let mut explanation =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    set(&mut explanation, "low", |_| mean - deviation);
                    set(&mut explanation, "high", |_| mean + deviation);
                    Ok(explanation)
                },
            ),
            chaff(
                "half_the_width",
                "The uniform density is 1 over half of the width.",
                |mean, deviation, normal, uniform| {
                    changed(mean, deviation, normal, uniform, "uniform height", |height| 2.0 * height)
                },
            ),
            chaff(
                "height_without_sigma",
                "The maximum of the normal density is 0.3989 for every σ.",
                |mean, deviation, normal, uniform| {
                    let mut explanation =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    set(&mut explanation, "normal height", |height| height * deviation);
                    Ok(explanation)
                },
            ),
            chaff(
                "samples_swapped",
                "The uniform sample comes first.",
                |mean, deviation, normal, uniform| {
                    reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    reference::compare_normal_and_uniform(mean, deviation, uniform, normal)
                },
            ),
            chaff(
                "one_sided",
                "Φ(k) is the probability of being within kσ.",
                |mean, deviation, normal, uniform| {
                    changed(mean, deviation, normal, uniform, "normal 1σ expected", |share| {
                        (share + 1.0) / 2.0
                    })
                },
            ),
            chaff(
                "not_capped",
                "The coverage of the uniform distribution is k/√3 for every k.",
                |mean, deviation, normal, uniform| {
                    changed(mean, deviation, normal, uniform, "uniform 2σ expected", |_| {
                        2.0 / 3.0_f64.sqrt()
                    })
                },
            ),
            chaff(
                "expected_for_observed",
                "The observed coverage is the expected one.",
                |mean, deviation, normal, uniform| {
                    changed(mean, deviation, normal, uniform, "normal 1σ observed", |_| 0.682_690)
                },
            ),
            chaff(
                "largest_z_in_x",
                "The largest deviation is given in the unit of x, not in standard deviations.",
                |mean, deviation, normal, uniform| {
                    let mut explanation =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    set(&mut explanation, "normal largest |z|", |reach| reach * deviation);
                    Ok(explanation)
                },
            ),
            chaff(
                "maximum_for_largest_z",
                "The number with the largest deviation is the maximum.",
                |mean, deviation, normal, uniform| {
                    let mut explanation =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    let largest = uniform.iter().copied().fold(f64::MIN, f64::max);
                    set(&mut explanation, "uniform largest |z|", |_| (largest - mean).abs() / deviation);
                    Ok(explanation)
                },
            ),
            chaff(
                "edge_outside",
                "A number at a distance of exactly kσ is outside.",
                |mean, deviation, normal, uniform| {
                    let mut explanation =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    let inside = uniform.iter().filter(|&x| (x - mean).abs() < deviation).count();
                    set(&mut explanation, "uniform 1σ observed", |_| inside as f64 / uniform.len() as f64);
                    Ok(explanation)
                },
            ),
            chaff(
                "numbers_left_out",
                "A step needs no numbers, only the formula.",
                |mean, deviation, normal, uniform| {
                    let mut explanation =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    explanation.steps.iter_mut().for_each(|step| step.numbers.clone_from(&step.formula));
                    Ok(explanation)
                },
            ),
            chaff(
                "without_largest_z",
                "The steps for the largest |z| may be omitted.",
                |mean, deviation, normal, uniform| {
                    let mut explanation =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    explanation.steps.truncate(16);
                    Ok(explanation)
                },
            ),
            chaff("untitled", "An explanation needs no title.", |mean, deviation, normal, uniform| {
                let explanation = reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                Ok(Explanation { title: "Normal and uniform".to_owned(), ..explanation })
            }),
            chaff("nothing", "An explanation may be empty.", |_, _, _, _| Ok(Explanation::default())),
            chaff(
                "negative_deviation_allowed",
                "The sign of σ does not matter.",
                |mean, deviation, normal, uniform| {
                    let size = if deviation == 0.0 { deviation } else { deviation.abs() };
                    reference::compare_normal_and_uniform(mean, size, normal, uniform)
                },
            ),
            chaff(
                "nan_left_out",
                "A NaN is a missing value and can be skipped.",
                |mean, deviation, normal, uniform| {
                    let known: Vec<f64> = normal.iter().copied().filter(|x| !x.is_nan()).collect();
                    reference::compare_normal_and_uniform(mean, deviation, &known, uniform)
                },
            ),
            chaff(
                "some_room",
                "A tolerance of 10⁻⁹ at the edge is needed for rounding.",
                |mean, deviation, normal, uniform| {
                    let mut explanation =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    let inside = uniform.iter().filter(|&x| (x - mean).abs() <= deviation + 1e-9).count();
                    set(&mut explanation, "uniform 1σ observed", |_| inside as f64 / uniform.len() as f64);
                    Ok(explanation)
                },
            ),
            chaff(
                "truncated_title",
                "Four decimals are what is left when the others are cut off.",
                |mean, deviation, normal, uniform| {
                    let mut comparison =
                        reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
                    let cut = (mean * 1e4).trunc() / 1e4;
                    comparison.title = format!(
                        "Normal and uniform, both with mean {cut:.4} and standard deviation {deviation:.4}"
                    );
                    Ok(comparison)
                },
            ),
        ],
    )(mean, deviation, normal, uniform)
}

/// Puts another result into the step of this name.
fn set(explanation: &mut Explanation, name: &str, to: impl Fn(f64) -> f64) {
    let found = |step: &&mut Step| step.name == name;
    if let Some(step) = explanation.steps.iter_mut().find(found) {
        step.result.iter_mut().for_each(|result| *result = to(*result));
    }
}

/// The reference's explanation with another result in one step.
fn changed(
    mean: f64,
    deviation: f64,
    normal: &[f64],
    uniform: &[f64],
    name: &str,
    to: fn(f64) -> f64,
) -> Result<Explanation, InputError> {
    let mut explanation = reference::compare_normal_and_uniform(mean, deviation, normal, uniform)?;
    set(&mut explanation, name, to);
    Ok(explanation)
}
