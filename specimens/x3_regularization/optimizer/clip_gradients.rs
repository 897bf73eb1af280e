use kit::{InputError, Matrix, check};

use super::super::making::{each, last, nan_as_zero, single};
use crate::reference::x3_regularization::optimizer as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Clipped = Result<(Vec<Matrix>, f64), InputError>;
type ClipGradients = fn(&[Matrix], f64) -> Clipped;

/// The kata, answered by a specimen.
pub fn clip_gradients(gradients: &[Matrix], max_norm: f64) -> Result<(Vec<Matrix>, f64), InputError> {
    answering::<ClipGradients>(
        module_path!(),
        reference::clip_gradients,
        &[
            wheat("hypotenuses", "adds up the norm by hypotenuses", |g, c| {
                scaled(g, c, |entries| entries.iter().fold(0.0_f64, |norm, g| norm.hypot(*g)))
            }),
            wheat("norms_of_norms", "takes the norm of the norms of the matrices", |g, c| {
                reference::clip_gradients(g, c)?;
                let norms: Vec<f64> =
                    g.iter().map(|g| g.as_slice().iter().fold(0.0_f64, |norm, g| norm.hypot(*g))).collect();
                let norm = norms.iter().fold(0.0_f64, |norm, g| norm.hypot(*g));
                Ok((times(g, c, norm), norm))
            }),
            wheat("power_of_two", "scales by a power of two before it squares", |g, c| {
                scaled(g, c, |entries| {
                    let largest = entries.iter().fold(0.0_f64, |largest, g| largest.max(g.abs()));
                    if largest == 0.0 {
                        return 0.0;
                    }
                    let scale = largest.log2().floor().exp2();
                    scale * entries.iter().map(|g| (g / scale).powi(2)).sum::<f64>().sqrt()
                })
            }),
            chaff("plain_squares", "The square of a gradient is finite and not 0.", |g, c| {
                scaled(g, c, |entries| entries.iter().map(|g| g * g).sum::<f64>().sqrt())
            }),
            chaff("each_matrix", "Each matrix is clipped by its own norm.", |g, c| {
                let (_, norm) = reference::clip_gradients(g, c)?;
                let one =
                    |g: &Matrix| Ok(reference::clip_gradients(std::slice::from_ref(g), c)?.0[0].clone());
                Ok((g.iter().map(one).collect::<Result<_, kit::InputError>>()?, norm))
            }),
            chaff("each_entry", "Each entry is clipped to [−c, c].", |g, c| {
                let (_, norm) = reference::clip_gradients(g, c)?;
                Ok((g.iter().map(|g| each(g, |g| g.clamp(-c, c))).collect(), norm))
            }),
            chaff("largest_entry", "The norm is the largest entry.", |g, c| {
                scaled(g, c, |entries| entries.iter().fold(0.0_f64, |largest, g| largest.max(g.abs())))
            }),
            chaff("sum_of_sizes", "The norm is the sum of the absolute entries.", |g, c| {
                scaled(g, c, |entries| entries.iter().map(|g| g.abs()).sum())
            }),
            chaff("sum_of_norms", "The norm is the sum of the norms of the matrices.", |g, c| {
                reference::clip_gradients(g, c)?;
                let norms = g.iter().map(|g| reference::clip_gradients(std::slice::from_ref(g), c));
                let norm = norms.map(|it| it.map_or(0.0, |it| it.1)).sum();
                Ok((times(g, c, norm), norm))
            }),
            chaff("no_root", "The norm is the sum of squares.", |g, c| {
                let (_, norm) = reference::clip_gradients(g, c)?;
                let square = (norm * norm).min(f64::MAX);
                Ok((times(g, c, square), square))
            }),
            chaff("mean_square", "The norm is the root of the mean square.", |g, c| {
                let (_, norm) = reference::clip_gradients(g, c)?;
                let count = g.iter().map(|g| g.as_slice().len()).sum::<usize>().max(1);
                let norm = norm / (count as f64).sqrt();
                Ok((times(g, c, norm), norm))
            }),
            chaff("always_scaled", "All gradients get the norm c.", |g, c| {
                let (_, norm) = reference::clip_gradients(g, c)?;
                if norm == 0.0 {
                    return Ok((g.to_vec(), norm));
                }
                Ok((g.iter().map(|g| each(g, |g| g / norm * c)).collect(), norm))
            }),
            chaff("unit_length", "A gradient that is too long gets the length 1.", |g, c| {
                let (kept, norm) = reference::clip_gradients(g, c)?;
                if norm <= c { Ok((kept, norm)) } else { Ok((times(g, 1.0, norm), norm)) }
            }),
            chaff("set_to_0", "A gradient that is too long is dropped.", |g, c| {
                let (kept, norm) = reference::clip_gradients(g, c)?;
                if norm <= c {
                    Ok((kept, norm))
                } else {
                    Ok((g.iter().map(|g| each(g, |_| 0.0)).collect(), norm))
                }
            }),
            chaff("norm_after", "The norm returned is that after clipping.", |g, c| {
                let (clipped, norm) = reference::clip_gradients(g, c)?;
                Ok((clipped, norm.min(c)))
            }),
            chaff("as_pytorch", "10⁻⁶ is added to the norm, as in PyTorch.", |g, c| {
                let (kept, norm) = reference::clip_gradients(g, c)?;
                let factor = c / (norm + 1e-6);
                if factor >= 1.0 {
                    Ok((kept, norm))
                } else {
                    Ok((g.iter().map(|g| each(g, |g| g * factor)).collect(), norm))
                }
            }),
            chaff("multiplied_by_1", "Adding 0 and taking it away changes nothing.", |g, c| {
                let (clipped, norm) = reference::clip_gradients(g, c)?;
                if norm > c || norm == 0.0 {
                    return Ok((clipped, norm));
                }
                Ok((g.iter().map(|g| each(g, |g| g / norm * norm)).collect(), norm))
            }),
            chaff("first_matrix", "The first matrix shows the norm.", |g, c| {
                reference::clip_gradients(g, c)?;
                let norm = reference::clip_gradients(&g[..g.len().min(1)], c)?.1;
                Ok((times(g, c, norm), norm))
            }),
            chaff("last_matrix_left_out", "Matrices are numbered up to k − 2.", |g, c| {
                let (mut clipped, norm) = reference::clip_gradients(g, c)?;
                if let (Some(last), Some(given)) = (clipped.last_mut(), g.last()) {
                    *last = given.clone();
                }
                Ok((clipped, norm))
            }),
            chaff("reversed", "The order of the matrices does not matter.", |g, c| {
                let (mut clipped, norm) = reference::clip_gradients(g, c)?;
                clipped.reverse();
                Ok((clipped, norm))
            }),
            chaff("empty_left_out", "Empty matrices are left out.", |g, c| {
                let (mut clipped, norm) = reference::clip_gradients(g, c)?;
                clipped.retain(|g| !g.as_slice().is_empty());
                Ok((clipped, norm))
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |g, c| {
                reference::clip_gradients(g, c)?;
                reference::clip_gradients(&g.iter().map(|g| each(g, single)).collect::<Vec<_>>(), c)
            }),
            chaff("nan_as_0", "A missing gradient (NaN) counts as 0.", |g, c| {
                reference::clip_gradients(&g.iter().map(|g| each(g, nan_as_zero)).collect::<Vec<_>>(), c)
            }),
            chaff("any_size", "A norm is finite.", |g, c| {
                let entries: Vec<f64> = g.iter().flat_map(Matrix::as_slice).copied().collect();
                check::finite("gradients", &entries)?;
                let fitting: Vec<Matrix> = g.iter().map(|g| each(g, |g| g.clamp(-1e200, 1e200))).collect();
                reference::clip_gradients(&fitting, c)
            }),
            chaff("limit_of_0", "A limit of 0 stops the training.", |g, c| {
                if c == 0.0 {
                    Ok((g.iter().map(|g| each(g, |_| 0.0)).collect(), 0.0))
                } else {
                    reference::clip_gradients(g, c)
                }
            }),
            chaff("none", "Without gradients there is no norm.", |g, c| {
                check::at_least(1, g.len())?;
                reference::clip_gradients(g, c)
            }),
            chaff("nan_for_zeros", "0/0 is the factor of gradients that are 0.", |g, c| {
                let (clipped, norm) = reference::clip_gradients(g, c)?;
                if norm > 0.0 {
                    Ok((clipped, norm))
                } else {
                    Ok((g.iter().map(|g| each(g, |_| f64::NAN)).collect(), norm))
                }
            }),
            wheat("ranges_first", "asks for the size first: what is infinite is too large", |g, c| {
                for g in g {
                    check::all_in_range(
                        "gradients",
                        g.as_slice(),
                        |v| v.is_nan() || v.abs() <= 1e200,
                        "at most 10²⁰⁰ in size",
                    )?;
                }
                reference::clip_gradients(g, c)
            }),
            chaff("last_number", "Any number that is not finite or too large may be named.", |g, c| {
                let entries: Vec<f64> = g.iter().flat_map(Matrix::as_slice).copied().collect();
                reference::clip_gradients(g, c)
                    .map_err(|error| last(error, "gradients", &entries, |v| v.abs() <= 1e200))
            }),
            chaff("zeros_without_sign", "Adding 0 changes no number.", |g, c| {
                let (clipped, norm) = reference::clip_gradients(g, c)?;
                Ok((clipped.iter().map(|g| each(g, |g| g + 0.0)).collect(), norm))
            }),
            chaff("tiny_is_0", "What is below 10⁻²⁰⁰ is 0.", |g, c| {
                let (clipped, norm) = reference::clip_gradients(g, c)?;
                Ok((clipped, if norm < 1e-201 { 0.0 } else { norm }))
            }),
            chaff("nearly_short", "A norm that is larger by a thousandth is short enough.", |g, c| {
                let (clipped, norm) = reference::clip_gradients(g, c)?;
                if norm <= c * 1.0005 { Ok((g.to_vec(), norm)) } else { Ok((clipped, norm)) }
            }),
            chaff("rough_bound", "A bound is meant up to rounding.", |g, c| {
                reference::clip_gradients(
                    g,
                    if c > 9e-101 && c < 1.1e200 { c.clamp(1e-100, 1e200) } else { c },
                )
            }),
        ],
    )(gradients, max_norm)
}

fn times(gradients: &[Matrix], max_norm: f64, norm: f64) -> Vec<Matrix> {
    if norm <= max_norm {
        return gradients.to_vec();
    }
    gradients.iter().map(|g| each(g, |g| g * (max_norm / norm))).collect()
}

fn scaled(gradients: &[Matrix], max_norm: f64, norm: fn(&[f64]) -> f64) -> Clipped {
    reference::clip_gradients(gradients, max_norm)?;
    let entries: Vec<f64> = gradients.iter().flat_map(Matrix::as_slice).copied().collect();
    let norm = norm(&entries);
    Ok((times(gradients, max_norm, norm), norm))
}
