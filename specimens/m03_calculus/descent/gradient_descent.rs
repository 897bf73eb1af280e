use kit::InputError;

use super::super::answers::{
    Gradient, Path, asked_twice, counted_from_0, fitted, fitted_after_the_first, last_named, no_tiny_rate,
};
use super::walk::{from_the_start, later, usable, walk, within_its_length};
use crate::reference::m03_calculus::descent as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Descent = fn(Gradient<'_>, &[f64], f64, usize, f64) -> Path;

/// The kata, answered by a specimen.
pub fn gradient_descent(
    gradient: &dyn Fn(&[f64]) -> Vec<f64>,
    start: &[f64],
    learning_rate: f64,
    steps: usize,
    tolerance: f64,
) -> Result<Vec<Vec<f64>>, InputError> {
    answering::<Descent>(
        module_path!(),
        reference::gradient_descent,
        &[
            wheat("fused", "uses a fused multiply-add", |g, x0, rate, n, tol| {
                usable(x0, rate, tol)?;
                walk(g, x0, n, tol, |x, slope| (-rate).mul_add(slope, x))
            }),
            wheat("adds_the_negative", "adds the step −η·∇f", |g, x0, rate, n, tol| {
                usable(x0, rate, tol)?;
                walk(g, x0, n, tol, |x, slope| x + -rate * slope)
            }),
            wheat("asks_twice", "evaluates the gradient again where it uses it", |g, x0, rate, n, tol| {
                reference::gradient_descent(&asked_twice(g), x0, rate, n, tol)
            }),
            wheat("two_halves", "takes two half steps", |g, x0, rate, n, tol| {
                if n < 2 {
                    return reference::gradient_descent(g, x0, rate, n, tol);
                }
                let mut path = gradient_descent(g, x0, rate, n / 2, tol)?;
                if path.len() <= n / 2 {
                    return Ok(path);
                }
                let rest = gradient_descent(g, &path[n / 2], rate, n - n / 2, tol);
                path.extend_from_slice(&rest.map_err(|rejection| later(rejection, n / 2))?[1..]);
                Ok(path)
            }),
            wheat(
                "from_the_start",
                "sums all gradients so far and subtracts η times the sum from the initial point",
                from_the_start,
            ),
            chaff("climbs", "The gradient points downhill.", |g, x0, rate, n, tol| {
                usable(x0, rate, tol)?;
                walk(g, x0, n, tol, |x, slope| x + rate * slope)
            }),
            chaff(
                "rate_twice",
                "Both the gradient and the step are multiplied by η.",
                |g, x0, rate, n, tol| {
                    usable(x0, rate, tol)?;
                    walk(g, x0, n, tol, |x, slope| x - rate * (rate * slope))
                },
            ),
            chaff("rate_forgotten", "The step is the whole gradient.", |g, x0, rate, n, tol| {
                usable(x0, rate, tol)?;
                walk(g, x0, n, tol, |x, slope| x - slope)
            }),
            chaff("sign_only", "Only the sign of the gradient matters.", |g, x0, rate, n, tol| {
                usable(x0, rate, tol)?;
                walk(g, x0, n, tol, |x, slope| if slope == 0.0 { x } else { x - rate * slope.signum() })
            }),
            chaff("always_at_the_start", "The gradient is computed once.", |g, x0, rate, n, tol| {
                usable(x0, rate, tol)?;
                let once = g(x0);
                walk(&|_| once.clone(), x0, n, tol, |x, slope| x - rate * slope)
            }),
            chaff(
                "in_place",
                "Coordinates may be updated one after the other (Gauss–Seidel).",
                |g, x0, rate, n, tol| {
                    let mut path = reference::gradient_descent(g, x0, rate, n, tol)?;
                    for k in 1..path.len() {
                        let mut x = path[k - 1].clone();
                        for i in 0..x.len() {
                            x[i] -= rate * g(&x)[i];
                        }
                        path[k] = x;
                    }
                    Ok(path)
                },
            ),
            chaff("start_missing", "The path begins after the first step.", |g, x0, rate, n, tol| {
                let mut path = reference::gradient_descent(g, x0, rate, n, tol)?;
                if path.len() > 1 {
                    path.remove(0);
                }
                Ok(path)
            }),
            chaff("one_step_short", "n steps give n points.", |g, x0, rate, n, tol| {
                reference::gradient_descent(g, x0, rate, n.saturating_sub(1), tol)
            }),
            chaff("end_only", "Only the last point is returned.", |g, x0, rate, n, tol| {
                let path = reference::gradient_descent(g, x0, rate, n, tol)?;
                Ok(path.into_iter().last().into_iter().collect())
            }),
            chaff("tolerance_ignored", "All steps are always taken.", |g, x0, rate, n, tol| {
                usable(x0, rate, tol)?;
                walk(g, x0, n, -1.0, |x, slope| x - rate * slope)
            }),
            chaff(
                "stops_at_any",
                "One small entry of the gradient is enough to stop.",
                |g, x0, rate, n, tol| {
                    let path = reference::gradient_descent(g, x0, rate, n, tol)?;
                    let level = |x: &Vec<f64>| g(x).iter().any(|slope| slope.abs() <= tol);
                    let end = path.iter().position(level).map_or(path.len(), |k| k + 1);
                    Ok(path[..end].to_vec())
                },
            ),
            chaff(
                "stops_without_size",
                "A negative entry of the gradient is below the tolerance.",
                |g, x0, rate, n, tol| {
                    let path = reference::gradient_descent(g, x0, rate, n, tol)?;
                    let level = |x: &Vec<f64>| g(x).iter().all(|slope| *slope <= tol);
                    let end = path.iter().position(level).map_or(path.len(), |k| k + 1);
                    Ok(path[..end].to_vec())
                },
            ),
            chaff(
                "stops_by_the_step",
                "The tolerance bounds the step, not the gradient.",
                |g, x0, rate, n, tol| reference::gradient_descent(g, x0, rate, n, tol / rate),
            ),
            chaff("below_only", "An entry equal to the tolerance is too large.", |g, x0, rate, n, tol| {
                usable(x0, rate, tol)?;
                walk(g, x0, n, tol.next_down(), |x, slope| x - rate * slope)
            }),
            chaff(
                "one_step_late",
                "The stopping criterion is checked after the step.",
                |g, x0, rate, n, tol| {
                    let mut path = reference::gradient_descent(g, x0, rate, n, tol)?;
                    if path.len() <= n {
                        let last = path[path.len() - 1].clone();
                        path.push(last.iter().zip(g(&last)).map(|(x, slope)| x - rate * slope).collect());
                    }
                    Ok(path)
                },
            ),
            chaff(
                "diverging_cut",
                "A path that diverges is cut where it starts to grow.",
                |g, x0, rate, n, tol| {
                    let path = reference::gradient_descent(g, x0, rate, n, tol)?;
                    let size = |x: &[f64]| g(x).iter().map(|slope| slope.abs()).sum::<f64>();
                    let end = path.windows(2).position(|step| size(&step[1]) > size(&step[0]));
                    Ok(path[..end.map_or(path.len(), |k| k + 1)].to_vec())
                },
            ),
            chaff("not_finite_returned", "A diverging path may end in infinity.", |g, x0, rate, n, tol| {
                usable(x0, rate, tol)?;
                let mut path = vec![x0.to_vec()];
                for k in 0..n {
                    let slope = g(&path[k]);
                    if slope.len() != x0.len() {
                        return reference::gradient_descent(g, x0, rate, n, tol);
                    }
                    if slope.iter().all(|slope| slope.abs() <= tol) {
                        break;
                    }
                    path.push(path[k].iter().zip(slope).map(|(x, slope)| x - rate * slope).collect());
                }
                Ok(path)
            }),
            chaff("nan_is_level", "A NaN in the gradient is within the tolerance.", |g, x0, rate, n, tol| {
                let level =
                    |x: &[f64]| g(x).iter().map(|slope| if slope.is_nan() { 0.0 } else { *slope }).collect();
                reference::gradient_descent(&level, x0, rate, n, tol)
            }),
            chaff("steps_counted_from_0", "The first step has the number 0.", |g, x0, rate, n, tol| {
                reference::gradient_descent(g, x0, rate, n, tol).map_err(counted_from_0)
            }),
            chaff("truncates", "`zip` rejects unequal lengths by itself.", |g, x0, rate, n, tol| {
                reference::gradient_descent(&fitted(g, x0.len()), x0, rate, n, tol)
            }),
            chaff("any_rate", "A learning rate that is not positive is valid.", |g, x0, rate, n, tol| {
                usable(x0, 1.0, tol)?;
                walk(g, x0, n, tol, |x, slope| x - rate * slope)
            }),
            chaff(
                "any_tolerance",
                "A negative tolerance means that it never stops.",
                |g, x0, rate, n, tol| {
                    usable(x0, rate, 0.0)?;
                    walk(g, x0, n, tol, |x, slope| x - rate * slope)
                },
            ),
            chaff("empty_walks", "An empty initial point gives an empty path.", |g, x0, rate, n, tol| {
                if x0.is_empty() { Ok(vec![]) } else { reference::gradient_descent(g, x0, rate, n, tol) }
            }),
            chaff(
                "first_length_only",
                "Checking the length of the first gradient is enough.",
                |g, x0, rate, n, tol| {
                    reference::gradient_descent(&fitted_after_the_first(g, x0.len()), x0, rate, n, tol)
                },
            ),
            chaff("a_thousand_steps", "A thousand steps are always enough.", |g, x0, rate, n, tol| {
                reference::gradient_descent(g, x0, rate, n.min(1000), tol)
            }),
            chaff(
                "last_named",
                "The index may be that of any coordinate that is not finite.",
                |g, x0, rate, n, tol| {
                    last_named(x0)?;
                    reference::gradient_descent(g, x0, rate, n, tol)
                },
            ),
            chaff("no_tiny_rate", "A learning rate below 10⁻¹² is 0.", |g, x0, rate, n, tol| {
                no_tiny_rate(x0, rate)?;
                reference::gradient_descent(g, x0, rate, n, tol)
            }),
            chaff(
                "stops_where_it_stands",
                "A step that does not change x is the last.",
                |g, x0, rate, n, tol| {
                    let mut path = reference::gradient_descent(g, x0, rate, n, tol)?;
                    if let Some(k) = path.windows(2).position(|step| step[0] == step[1]) {
                        path.truncate(k + 1);
                    }
                    Ok(path)
                },
            ),
            chaff(
                "euclidean",
                "The Euclidean norm of the gradient has to be within the tolerance.",
                within_its_length,
            ),
        ],
    )(gradient, start, learning_rate, steps, tolerance)
}
