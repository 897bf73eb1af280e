use kit::{InputError, check};

use crate::reference::m01_linear_algebra::vectors as reference;
use crate::reference::m01_linear_algebra::vectors::norm;
use crate::specimens::specimen::{answering, chaff, wheat};

type Cosine = fn(&[f64], &[f64]) -> Result<f64, InputError>;

/// The kata, answered by a specimen.
pub fn cosine_similarity(x: &[f64], y: &[f64]) -> Result<f64, InputError> {
    answering::<Cosine>(
        module_path!(),
        reference::cosine_similarity,
        &[
            wheat("over_the_largest_first", "divides each vector by its largest entry first", |x, y| {
                usable(x, y)?;
                let (x, y) = (over_the_largest(x), over_the_largest(y));
                Ok((dot(&x, &y) / (dot(&x, &x) * dot(&y, &y)).sqrt()).clamp(-1.0, 1.0))
            }),
            wheat("law_of_cosines", "uses the law of cosines", |x, y| {
                usable(x, y)?;
                let (x, y) = (unit(x), unit(y));
                let side: f64 = x.iter().zip(&y).map(|(x, y)| (x - y).powi(2)).sum();
                Ok((1.0 - side / 2.0).clamp(-1.0, 1.0))
            }),
            wheat("half_angle", "takes the angle from the diagonals of a rhombus (Kahan)", |x, y| {
                usable(x, y)?;
                let (x, y) = (unit(x), unit(y));
                let diagonal = |sign: f64| x.iter().zip(&y).map(|(x, y)| (x + sign * y).powi(2)).sum::<f64>();
                Ok((2.0 * diagonal(-1.0).sqrt().atan2(diagonal(1.0).sqrt())).cos())
            }),
            wheat(
                "from_the_back",
                "sums from the last term to the first, one norm after the other",
                |x, y| {
                    usable(x, y)?;
                    let sum: f64 = x.iter().zip(y).rev().map(|(a, b)| a / norm(x) * (b / norm(y))).sum();
                    Ok(sum.clamp(-1.0, 1.0))
                },
            ),
            wheat(
                "angle_to_what_is_left",
                "computes the angle from the components of y along x and orthogonal to x (Gram–Schmidt)",
                |x, y| {
                    usable(x, y)?;
                    let (x, y) = (unit(x), unit(y));
                    let along = dot(&x, &y);
                    let rest: Vec<f64> = x.iter().zip(&y).map(|(x, y)| y - along * x).collect();
                    Ok(norm(&rest).atan2(along).cos())
                },
            ),
            chaff("dot_only", "The dot product is the cosine.", |x, y| {
                usable(x, y)?;
                Ok(dot(x, y).clamp(-1.0, 1.0))
            }),
            chaff("not_rooted", "The dot product is divided by the squared norms.", |x, y| {
                usable(x, y)?;
                Ok((dot(x, y) / norm(x) / norm(x) / norm(y) / norm(y)).clamp(-1.0, 1.0))
            }),
            chaff("one_length_only", "Dividing by one of the norms is enough.", |x, y| {
                usable(x, y)?;
                Ok(dot(&unit(x), y).clamp(-1.0, 1.0))
            }),
            chaff(
                "squares_out_of_range",
                "The square of an `f64` neither overflows nor underflows.",
                |x, y| {
                    usable(x, y)?;
                    Ok((dot(x, y) / (dot(x, x).sqrt() * dot(y, y).sqrt())).clamp(-1.0, 1.0))
                },
            ),
            chaff(
                "product_out_of_range",
                "The product of two norms neither overflows nor underflows.",
                |x, y| {
                    usable(x, y)?;
                    let product = norm(x) * norm(y);
                    Ok((x.iter().zip(y).map(|(x, y)| x * y / product).sum::<f64>()).clamp(-1.0, 1.0))
                },
            ),
            chaff(
                "beyond_one",
                "By the Cauchy–Schwarz inequality the computed quotient cannot exceed 1.",
                |x, y| {
                    usable(x, y)?;
                    Ok(dot(&unit(x), &unit(y)))
                },
            ),
            chaff("absolute", "An angle is between 0° and 90°.", |x, y| {
                Ok(reference::cosine_similarity(x, y)?.abs())
            }),
            chaff("angle", "The cosine similarity is the angle.", |x, y| {
                Ok(reference::cosine_similarity(x, y)?.acos().clamp(-1.0, 1.0))
            }),
            chaff("distance", "The cosine similarity is 1 − cos.", |x, y| {
                Ok((1.0 - reference::cosine_similarity(x, y)?).clamp(-1.0, 1.0))
            }),
            chaff("centered", "The mean is subtracted first, as for a correlation.", |x, y| {
                usable(x, y)?;
                let centered = |v: &[f64]| {
                    let mean = v.iter().sum::<f64>() / v.len() as f64;
                    v.iter().map(|v| v - mean).collect::<Vec<_>>()
                };
                reference::cosine_similarity(&centered(x), &centered(y))
            }),
            chaff(
                "zero_is_perpendicular",
                "The zero vector is orthogonal to all vectors, so the similarity is 0.",
                |x, y| match reference::cosine_similarity(x, y) {
                    Err(InputError::ZeroVector { .. }) => Ok(0.0),
                    answer => answer,
                },
            ),
            chaff("zero_over_zero", "The zero vector needs no check.", |x, y| {
                check::same_length(x.len(), y.len())?;
                check::finite("x", x)?;
                check::finite("y", y)?;
                Ok(dot(&unit(x), &unit(y)).clamp(-1.0, 1.0))
            }),
            chaff("tiny_is_zero", "A norm below 10⁻¹² counts as 0.", |x, y| {
                check::same_length(x.len(), y.len())?;
                check::finite("x", x)?;
                check::finite("y", y)?;
                for (name, v) in [("x", x), ("y", y)] {
                    if norm(v) < 1e-12 {
                        return Err(InputError::ZeroVector { name });
                    }
                }
                reference::cosine_similarity(x, y)
            }),
            chaff("blames_y", "Every error about a zero vector names y.", |x, y| {
                match reference::cosine_similarity(x, y) {
                    Err(InputError::ZeroVector { .. }) => Err(InputError::ZeroVector { name: "y" }),
                    answer => answer,
                }
            }),
            chaff("nan_out", "A NaN in the input needs no check: the result is NaN anyway.", |x, y| {
                match reference::cosine_similarity(x, y) {
                    Err(InputError::NotFinite { .. }) => Ok(f64::NAN),
                    answer => answer,
                }
            }),
            chaff("infinity_allowed", "Only NaN has to be rejected, not infinity.", |x, y| {
                match reference::cosine_similarity(x, y) {
                    Err(InputError::NotFinite { .. }) if !x.iter().chain(y).any(|v| v.is_nan()) => Ok(1.0),
                    answer => answer,
                }
            }),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |x, y| {
                let n = x.len().min(y.len());
                reference::cosine_similarity(&x[..n], &y[..n])
            }),
            chaff("last_one_missing", "A loop to n − 1 includes the last entry.", |x, y| {
                usable(x, y)?;
                let n = x.len() - 1;
                Ok(dot(&unit(x)[..n], &unit(y)[..n]).clamp(-1.0, 1.0))
            }),
            chaff("rest_of_the_fours", "The length of a long vector is a multiple of four.", |x, y| {
                reference::cosine_similarity(x, y)?;
                let end = if x.len() < 8 { x.len() } else { x.len() / 4 * 4 };
                reference::cosine_similarity(&x[..end], &y[..end])
            }),
            chaff("round_answers", "A similarity within 10⁻⁹ of 0 or 1 is 0 or 1.", |x, y| {
                let cosine = reference::cosine_similarity(x, y)?;
                Ok(if (cosine - cosine.round()).abs() < 1e-9 { cosine.round() } else { cosine })
            }),
            chaff(
                "nearly_parallel",
                "A cosine that differs from ±1 by less than 10⁻⁹ is ±1.",
                |x, y| {
                    let cosine = reference::cosine_similarity(x, y)?;
                    Ok(if x.len() > 2 && 1.0 - cosine.abs() < 1e-9 { cosine.signum() } else { cosine })
                },
            ),
        ],
    )(x, y)
}

fn usable(x: &[f64], y: &[f64]) -> Result<(), InputError> {
    reference::cosine_similarity(x, y).map(drop)
}

fn dot(x: &[f64], y: &[f64]) -> f64 {
    x.iter().zip(y).map(|(x, y)| x * y).sum()
}

fn unit(x: &[f64]) -> Vec<f64> {
    let length = norm(x);
    x.iter().map(|x| x / length).collect()
}

fn over_the_largest(x: &[f64]) -> Vec<f64> {
    let largest = x.iter().fold(0.0_f64, |largest, x| largest.max(x.abs()));
    x.iter().map(|x| x / largest).collect()
}
