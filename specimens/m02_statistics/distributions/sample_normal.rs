use std::f64::consts::PI;

use kit::{Generator, InputError};

use crate::reference::m02_statistics::distributions as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type SampleNormal = fn(usize, f64, f64, &mut Generator) -> Result<Vec<f64>, InputError>;

/// The kata, answered by a specimen.
pub fn sample_normal(
    n: usize,
    mean: f64,
    deviation: f64,
    generator: &mut Generator,
) -> Result<Vec<f64>, InputError> {
    answering::<SampleNormal>(
        module_path!(),
        reference::sample_normal,
        &[
            wheat("cosine_only", "discards the second number of each pair", |n, mean, deviation, g| {
                drawn(n, mean, deviation, || radius(g) * (2.0 * PI * g.uniform()).cos())
            }),
            wheat("polar", "takes a point in the unit circle (Marsaglia)", |n, mean, deviation, g| {
                drawn(n, mean, deviation, || {
                    loop {
                        let (x, y) = (g.uniform_in(-1.0, 1.0), g.uniform_in(-1.0, 1.0));
                        let s = x * x + y * y;
                        if 0.0 < s && s < 1.0 {
                            return x * (-2.0 * s.ln() / s).sqrt();
                        }
                    }
                })
            }),
            wheat(
                "rejection",
                "rejection sampling from the exponential distribution",
                |n, mean, deviation, g| {
                    drawn(n, mean, deviation, || {
                        loop {
                            let y = -(1.0 - g.uniform()).ln();
                            if g.uniform() < (-(y - 1.0).powi(2) / 2.0).exp() {
                                return if g.below(2) == 0 { y } else { -y };
                            }
                        }
                    })
                },
            ),
            wheat("inverse", "inverse transform sampling by bisection", |n, mean, deviation, g| {
                drawn(n, mean, deviation, || {
                    // Between two multiples of 2⁻⁵³, so that it is neither 0 nor 1.
                    let p = g.uniform() + 0.5_f64.powi(54);
                    let halve = |(low, high): (f64, f64), _| {
                        let middle = (low + high) / 2.0;
                        if below(middle) < p { (middle, high) } else { (low, middle) }
                    };
                    (0..52).fold((-8.3, 8.3), halve).0
                })
            }),
            chaff(
                "variance_for_deviation",
                "The standard normal number is multiplied by the variance.",
                |n, mean, deviation, g| {
                    drawn(n, mean, deviation, || deviation * radius(g) * (2.0 * PI * g.uniform()).cos())
                },
            ),
            chaff("root_of_deviation", "The parameter is the variance.", |n, mean, deviation, g| {
                drawn(n, mean, deviation, || {
                    radius(g) * (2.0 * PI * g.uniform()).cos() / deviation.sqrt().max(1e-9)
                })
            }),
            chaff(
                "two_forgotten",
                "The radius of the Box–Muller transform is √(−ln u).",
                |n, mean, deviation, g| {
                    drawn(n, mean, deviation, || radius(g) / 2.0_f64.sqrt() * (2.0 * PI * g.uniform()).cos())
                },
            ),
            chaff("degrees", "`cos` takes degrees.", |n, mean, deviation, g| {
                drawn(n, mean, deviation, || radius(g) * g.uniform().cos())
            }),
            chaff(
                "one_number_for_both",
                "One uniform number is enough for radius and angle.",
                |n, mean, deviation, g| {
                    drawn(n, mean, deviation, || {
                        let u = g.uniform();
                        (-2.0 * (1.0 - u).ln()).sqrt() * (2.0 * PI * u).cos()
                    })
                },
            ),
            chaff(
                "twelve_uniforms",
                "The sum of twelve uniform numbers minus six is normally distributed.",
                |n, mean, deviation, g| {
                    drawn(n, mean, deviation, || (0..12).map(|_| g.uniform()).sum::<f64>() - 6.0)
                },
            ),
            chaff(
                "uniform",
                "A uniform number with the same standard deviation is as good as a normal one.",
                |n, mean, deviation, g| {
                    drawn(n, mean, deviation, || g.uniform_in(-1.0, 1.0) * 3.0_f64.sqrt())
                },
            ),
            chaff(
                "right_half",
                "The radius of the Box–Muller transform is a normal number.",
                |n, mean, deviation, g| {
                    drawn(n, mean, deviation, || (radius(g) * (2.0 * PI * g.uniform()).cos()).abs())
                },
            ),
            chaff(
                "mirrored",
                "The negative of a normal number is a second, independent one.",
                |n, mean, deviation, g| {
                    let mut kept = None;
                    drawn(n, mean, deviation, || {
                        if let Some(z) = kept.take() {
                            return z;
                        }
                        let z = radius(g) * (2.0 * PI * g.uniform()).cos();
                        kept = Some(-z);
                        z
                    })
                },
            ),
            chaff("each_twice", "A number may be returned twice.", |n, mean, deviation, g| {
                let numbers = reference::sample_normal(n.div_ceil(2), mean, deviation, g)?;
                Ok(numbers.iter().flat_map(|&z| [z, z]).take(n).collect())
            }),
            chaff(
                "every_fourth_copied",
                "An earlier number may be returned again.",
                |n, mean, deviation, g| {
                    let mut numbers = reference::sample_normal(n, mean, deviation, g)?;
                    for i in (3..n).step_by(4) {
                        numbers[i] = numbers[i - 3];
                    }
                    Ok(numbers)
                },
            ),
            chaff(
                "angle_becomes_radius",
                "One new uniform number per normal number is enough.",
                |n, mean, deviation, g| {
                    let mut u = g.uniform();
                    drawn(n, mean, deviation, || {
                        let next = g.uniform();
                        let z = (-2.0 * (1.0 - u).ln()).sqrt() * (2.0 * PI * next).cos();
                        u = next;
                        z
                    })
                },
            ),
            chaff("always_pairs", "The sample size is always even.", |n, mean, deviation, g| {
                reference::sample_normal(n + n % 2, mean, deviation, g)
            }),
            chaff("mean_forgotten", "The mean is always 0.", |n, mean, deviation, g| {
                reference::sample_normal(n, mean, deviation, g)?;
                reference::sample_normal(n, 0.0, deviation, g)
            }),
            chaff("own_seed", "The function may seed a generator of its own.", |n, mean, deviation, _| {
                reference::sample_normal(n, mean, deviation, &mut Generator::from_seed(1))
            }),
            chaff(
                "negative_deviation_allowed",
                "The distribution is symmetric, so the sign of σ does not matter.",
                |n, mean, deviation, g| reference::sample_normal(n, mean, deviation.abs(), g),
            ),
            chaff(
                "zero_deviation_rejected",
                "A standard deviation of 0 is invalid.",
                |n, mean, deviation, g| {
                    if deviation == 0.0 {
                        return Err(InputError::OutOfRange {
                            name: "deviation",
                            got: 0.0,
                            wanted: "deviation ≥ 0",
                        });
                    }
                    reference::sample_normal(n, mean, deviation, g)
                },
            ),
            chaff(
                "nan_goes_through",
                "A NaN in the input needs no check: the result is NaN anyway.",
                |n, mean, deviation, g| match reference::sample_normal(n, mean, deviation, g) {
                    Err(InputError::NotFinite { .. }) => Ok(vec![f64::NAN; n]),
                    answer => answer,
                },
            ),
        ],
    )(n, mean, deviation, generator)
}

/// Box and Muller's radius.
fn radius(generator: &mut Generator) -> f64 {
    (-2.0 * (1.0 - generator.uniform()).ln()).sqrt()
}

/// n numbers μ + σ·z; rejects as the reference does.
fn drawn(n: usize, mean: f64, deviation: f64, mut z: impl FnMut() -> f64) -> Result<Vec<f64>, InputError> {
    reference::sample_normal(0, mean, deviation, &mut Generator::from_seed(1))?;
    Ok((0..n).map(|_| mean + deviation * z()).collect())
}

/// The normal distribution function by Marsaglia's series.
fn below(z: f64) -> f64 {
    let (mut sum, mut term, mut odd) = (z, z, 1.0);
    while sum + term != sum {
        odd += 2.0;
        term *= z * z / odd;
        sum += term;
    }
    0.5 + sum * (-0.5 * z * z).exp() / (2.0 * PI).sqrt()
}
