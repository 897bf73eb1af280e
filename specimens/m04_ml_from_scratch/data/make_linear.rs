use kit::{Generator, InputError, Matrix};

use super::{normal, twelve_uniforms};
use crate::reference::m04_ml_from_scratch::data as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Data = (Matrix, Vec<f64>);
type MakeLinear = fn(usize, &[f64], f64, f64, &mut Generator) -> Result<Data, InputError>;

/// The kata, answered by a specimen.
pub fn make_linear(
    n: usize,
    w: &[f64],
    b: f64,
    noise: f64,
    generator: &mut Generator,
) -> Result<Data, InputError> {
    answering::<MakeLinear>(
        module_path!(),
        reference::make_linear,
        &[
            wheat(
                "noise_last",
                "all features first, then all noises, by the polar method",
                |n, w, b, noise, g| made(n, w, b, noise, g, |g| g.uniform_in(-1.0, 1.0), polar),
            ),
            wheat("columns_first", "column by column, with 1 − 2u", |n, w, b, noise, g| {
                usable(n, w, b, noise)?;
                let columns: Vec<Vec<f64>> =
                    w.iter().map(|_| (0..n).map(|_| 1.0 - 2.0 * (1.0 - g.uniform())).collect()).collect();
                let x = Matrix::from_fn(n, w.len(), |i, j| columns[j][i]);
                let y = (0..n)
                    .map(|i| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b + noise * normal(g));
                let y = y.collect();
                Ok((x, y))
            }),
            wheat(
                "ratio_of_uniforms",
                "noise as the ratio of two uniform numbers (Kinderman and Monahan)",
                |n, w, b, noise, g| {
                    made(
                        n,
                        w,
                        b,
                        noise,
                        g,
                        |g| g.uniform_in(-1.0, 1.0),
                        |g| loop {
                            let (u, v) = (
                                1.0 - g.uniform(),
                                g.uniform_in(-1.0, 1.0) * (2.0 / std::f64::consts::E).sqrt(),
                            );
                            if v * v <= -4.0 * u * u * u.ln() {
                                return v / u;
                            }
                        },
                    )
                },
            ),
            chaff("features_from_0", "The features are drawn from 0 to 1.", |n, w, b, noise, g| {
                made(n, w, b, noise, g, Generator::uniform, normal)
            }),
            chaff("normal_features", "The features are normally distributed, too.", |n, w, b, noise, g| {
                made(n, w, b, noise, g, normal, normal)
            }),
            chaff(
                "uniform_noise",
                "Noise may have any distribution with the right standard deviation.",
                |n, w, b, noise, g| {
                    made(
                        n,
                        w,
                        b,
                        noise,
                        g,
                        |g| g.uniform_in(-1.0, 1.0),
                        |g| g.uniform_in(-1.0, 1.0) * 3.0_f64.sqrt(),
                    )
                },
            ),
            chaff("variance_for_deviation", "The parameter σ is the variance.", |n, w, b, noise, g| {
                usable(n, w, b, noise)?;
                reference::make_linear(n, w, b, noise.sqrt(), g)
            }),
            chaff(
                "one_number_per_row",
                "One random number is enough for all features of a sample.",
                |n, w, b, noise, g| {
                    usable(n, w, b, noise)?;
                    let rows: Vec<f64> = (0..n).map(|_| g.uniform_in(-1.0, 1.0)).collect();
                    let x = Matrix::from_fn(n, w.len(), |i, _| rows[i]);
                    let y = (0..n).map(|i| w.iter().sum::<f64>() * rows[i] + b + noise * normal(g)).collect();
                    Ok((x, y))
                },
            ),
            chaff("one_noise_for_all", "One noise term is enough for all samples.", |n, w, b, noise, g| {
                let (x, y) = reference::make_linear(n, w, b, 0.0, g)?;
                usable(n, w, b, noise)?;
                let off = noise * normal(g);
                Ok((x, y.iter().map(|y| y + off).collect()))
            }),
            chaff("noise_grows_with_x", "The noise is proportional to the target.", |n, w, b, noise, g| {
                usable(n, w, b, noise)?;
                let (x, y) = reference::make_linear(n, w, b, 0.0, g)?;
                let y = y.iter().enumerate().map(|(i, y)| y + noise * x[(i, 0)] * normal(g)).collect();
                Ok((x, y))
            }),
            chaff(
                "sum_of_uniforms",
                "A sum of twelve uniform numbers is exactly normal.",
                |n, w, b, noise, g| made(n, w, b, noise, g, |g| g.uniform_in(-1.0, 1.0), twelve_uniforms),
            ),
            chaff(
                "noise_copied_across_pairs",
                "Two consecutive samples may share their noise.",
                |n, w, b, noise, g| {
                    let (x, exact) = reference::make_linear(n, w, b, 0.0, g)?;
                    usable(n, w, b, noise)?;
                    let noises: Vec<f64> = (0..=n / 2).map(|_| noise * normal(g)).collect();
                    Ok((x, exact.iter().enumerate().map(|(i, y)| y + noises[i.div_ceil(2)]).collect()))
                },
            ),
            chaff(
                "features_copied_across_pairs",
                "Two consecutive samples may share their features.",
                |n, w, b, noise, g| {
                    usable(n, w, b, noise)?;
                    let (drawn, _) = reference::make_linear(n, w, b, 0.0, g)?;
                    let x =
                        Matrix::from_fn(n, w.len(), |i, j| drawn[(i - usize::from(i > 0 && i % 2 == 0), j)]);
                    let exact = |i: usize| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b;
                    let y = (0..n).map(|i| exact(i) + noise * normal(g)).collect();
                    Ok((x, y))
                },
            ),
            chaff("absolute_noise", "Noise is never negative.", |n, w, b, noise, g| {
                made(n, w, b, noise, g, |g| g.uniform_in(-1.0, 1.0), |g| normal(g).abs())
            }),
            chaff(
                "no_intercept",
                "The intercept belongs to the model, not to the data.",
                |n, w, b, noise, g| {
                    usable(n, w, b, noise)?;
                    reference::make_linear(n, w, 0.0, noise, g)
                },
            ),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |n, w, b, noise, _| reference::make_linear(n, w, b, noise, &mut Generator::from_seed(1)),
            ),
            chaff(
                "generator_not_moved",
                "Working on a clone of the generator leaves the caller's generator untouched, as it \
                    should be.",
                |n, w, b, noise, g| reference::make_linear(n, w, b, noise, &mut g.clone()),
            ),
            chaff(
                "negative_noise",
                "The sign of the standard deviation does not matter.",
                |n, w, b, noise, g| reference::make_linear(n, w, b, noise.abs(), g),
            ),
            chaff("no_features", "Without weights the target is just b.", |n, w, b, noise, g| {
                if w.is_empty() && n > 0 {
                    Ok((Matrix::zeros(n, 0), vec![b; n]))
                } else {
                    reference::make_linear(n, w, b, noise, g)
                }
            }),
            chaff(
                "kept_without_noise",
                "Without noise nothing random is drawn.",
                |n, w, b, noise, generator| {
                    if noise == 0.0 {
                        reference::make_linear(n, w, b, noise, &mut generator.clone())
                    } else {
                        reference::make_linear(n, w, b, noise, generator)
                    }
                },
            ),
        ],
    )(n, w, b, noise, generator)
}

fn usable(n: usize, w: &[f64], b: f64, noise: f64) -> Result<(), InputError> {
    reference::make_linear(n, w, b, noise, &mut Generator::from_seed(0)).map(|_| ())
}

fn made(
    n: usize,
    w: &[f64],
    b: f64,
    noise: f64,
    generator: &mut Generator,
    feature: fn(&mut Generator) -> f64,
    error: fn(&mut Generator) -> f64,
) -> Result<Data, InputError> {
    usable(n, w, b, noise)?;
    let drawn: Vec<f64> = (0..n * w.len()).map(|_| feature(generator)).collect();
    let x = Matrix::new(n, w.len(), drawn)?;
    let exact = |i: usize| x.row(i).iter().zip(w).map(|(x, w)| x * w).sum::<f64>() + b;
    let y = (0..n).map(|i| exact(i) + noise * error(generator)).collect();
    Ok((x, y))
}

/// Marsaglia's polar method.
fn polar(generator: &mut Generator) -> f64 {
    loop {
        let (u, v) = (generator.uniform_in(-1.0, 1.0), generator.uniform_in(-1.0, 1.0));
        let s: f64 = u * u + v * v;
        if s > 0.0 && s < 1.0 {
            return u * (-2.0 * s.ln() / s).sqrt();
        }
    }
}
