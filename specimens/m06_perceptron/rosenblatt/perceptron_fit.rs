use kit::{InputError, Matrix};

use crate::reference::m06_perceptron::rosenblatt as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Fitted = Result<(Vec<f64>, f64, usize), InputError>;
type PerceptronFit = fn(&Matrix, &[usize], usize) -> Fitted;

/// The kata, answered by a specimen.
pub fn perceptron_fit(x: &Matrix, y: &[usize], passes: usize) -> Fitted {
    answering::<PerceptronFit>(
        module_path!(),
        reference::perceptron_fit,
        &[
            wheat("dual", "counts how often each sample was a mistake; w is their sum", |x, y, passes| {
                usable(x, y, passes)?;
                let inner =
                    |i: usize, k: usize| x.row(i).iter().zip(x.row(k)).map(|(a, b)| a * b).sum::<f64>() + 1.0;
                let mut times = vec![0.0; y.len()];
                let mut last = 0;
                for _ in 0..passes {
                    last = 0;
                    for i in 0..y.len() {
                        let z: f64 = (0..y.len()).map(|k| times[k] * side(y[k]) * inner(i, k)).sum();
                        if side(y[i]) * z <= 0.0 {
                            times[i] += 1.0;
                            last += 1;
                        }
                    }
                    if last == 0 {
                        let total = |input: &dyn Fn(usize) -> f64| {
                            (0..y.len()).map(|k| times[k] * side(y[k]) * input(k)).sum()
                        };
                        let w = (0..x.cols()).map(|j| total(&|k| x[(k, j)])).collect();
                        return Ok((w, total(&|_| 1.0), times.iter().sum::<f64>() as usize));
                    }
                }
                Err(InputError::NotConverged { steps: passes, residual: f64::from(last) })
            }),
            wheat(
                "signed_samples",
                "turns the samples of class 0 round, and adds a 1 to each",
                |x, y, passes| {
                    usable(x, y, passes)?;
                    let n = x.cols();
                    let signed = |i: usize, j: usize| side(y[i]) * if j < n { x[(i, j)] } else { 1.0 };
                    let signed = Matrix::from_fn(y.len(), n + 1, signed);
                    let (mut w, mut mistakes, mut pass) = (vec![0.0; n + 1], 0, 0);
                    loop {
                        let before = mistakes;
                        for i in 0..y.len() {
                            let right = signed.row(i).iter().zip(&w).map(|(x, w)| x * w).sum::<f64>() > 0.0;
                            if !right {
                                w.iter_mut().zip(signed.row(i)).for_each(|(w, x)| *w += x);
                                mistakes += 1;
                            }
                        }
                        pass += 1;
                        if mistakes == before {
                            let b = w.pop().unwrap_or(0.0);
                            return Ok((w, b, mistakes));
                        }
                        if pass == passes {
                            return Err(InputError::NotConverged {
                                steps: passes,
                                residual: (mistakes - before) as f64,
                            });
                        }
                    }
                },
            ),
            chaff(
                "on_the_line_is_correct",
                "A sample on the decision boundary is correctly classified.",
                |x, y, passes| by(x, y, passes, |z, s| s * z < 0.0, |s| (s, s)),
            ),
            chaff("no_bias", "The decision boundary passes through the origin.", |x, y, passes| {
                by(x, y, passes, |z, s| s * z <= 0.0, |s| (s, 0.0))
            }),
            chaff("label_for_sign", "A mistake in class 0 adds nothing.", |x, y, passes| {
                by(x, y, passes, |z, s| s * z <= 0.0, |s| ((s + 1.0) / 2.0, (s + 1.0) / 2.0))
            }),
            chaff("bias_has_no_sign", "Every mistake adds 1 to b, whatever its class.", |x, y, passes| {
                by(x, y, passes, |z, s| s * z <= 0.0, |s| (s, 1.0))
            }),
            chaff("half_steps", "The learning rate is ½.", |x, y, passes| {
                by(x, y, passes, |z, s| s * z <= 0.0, |s| (s / 2.0, s / 2.0))
            }),
            chaff("double_bias_step", "The bias moves by 2 for each mistake.", |x, y, passes| {
                by(x, y, passes, |z, s| s * z <= 0.0, |s| (s, 2.0 * s))
            }),
            chaff("with_a_margin", "A sample with s·(w·x + b) < 1 is a mistake.", |x, y, passes| {
                by(x, y, passes, |z, s| s * z < 1.0, |s| (s, s))
            }),
            chaff(
                "nearly_on_the_line",
                "A sample within rounding of the decision boundary lies on it.",
                |x, y, passes| by(x, y, passes, |z, s| s * z <= 1e-9, |s| (s, s)),
            ),
            chaff(
                "learns_from_everything",
                "Every sample updates w, correctly classified or not.",
                |x, y, passes| {
                    let (w, b, mistakes) = reference::perceptron_fit(x, y, passes)?;
                    let all = |input: &dyn Fn(usize) -> f64| {
                        (0..y.len()).map(|i| side(y[i]) * input(i)).sum::<f64>()
                    };
                    let w = w.iter().enumerate().map(|(j, w)| w + all(&|i| x[(i, j)])).collect();
                    Ok((w, b + all(&|_| 1.0), mistakes + y.len()))
                },
            ),
            chaff("one_pass", "A single epoch is enough.", |x, y, passes| {
                usable(x, y, passes)?;
                let (mut w, mut b, mut mistakes) = (vec![0.0; x.cols()], 0.0, 0);
                for (i, &label) in y.iter().enumerate() {
                    let z = x.row(i).iter().zip(&w).map(|(x, w)| x * w).sum::<f64>() + b;
                    if side(label) * z <= 0.0 {
                        w.iter_mut().zip(x.row(i)).for_each(|(w, x)| *w += side(label) * x);
                        b += side(label);
                        mistakes += 1;
                    }
                }
                Ok((w, b, mistakes))
            }),
            chaff("backwards", "The samples are visited in reverse order.", |x, y, passes| {
                let last = y.len().saturating_sub(1);
                let turned = Matrix::from_fn(x.rows(), x.cols(), |i, j| x[(x.rows() - 1 - i, j)]);
                let labels: Vec<usize> = (0..y.len()).map(|i| y[last - i]).collect();
                usable(x, y, passes)?;
                reference::perceptron_fit(&turned, &labels, passes)
            }),
            chaff("passes_counted", "The number of mistakes is the number of epochs.", |x, y, passes| {
                let (w, b, _) = reference::perceptron_fit(x, y, passes)?;
                let done = (1..=passes).find(|&k| reference::perceptron_fit(x, y, k).is_ok());
                Ok((w, b, done.unwrap_or(passes)))
            }),
            chaff("looks_counted", "Every visited sample counts as a mistake.", |x, y, passes| {
                let (w, b, mistakes) = reference::perceptron_fit(x, y, passes)?;
                Ok((w, b, mistakes * y.len()))
            }),
            chaff("normalized", "The weights are normalized to length 1.", |x, y, passes| {
                let (w, b, mistakes) = reference::perceptron_fit(x, y, passes)?;
                let length = w.iter().map(|w| w * w).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
                Ok((w.iter().map(|w| w / length).collect(), b / length, mistakes))
            }),
            chaff(
                "gives_up_silently",
                "The last weights are returned although training did not converge.",
                |x, y, passes| match reference::perceptron_fit(x, y, passes) {
                    Err(InputError::NotConverged { .. }) => Ok((vec![0.0; x.cols()], 0.0, passes)),
                    answer => answer,
                },
            ),
            chaff(
                "all_mistakes_left",
                "The residual is the number of all mistakes, not those of the last epoch.",
                |x, y, passes| match reference::perceptron_fit(x, y, passes) {
                    Err(InputError::NotConverged { steps, .. }) => {
                        Err(InputError::NotConverged { steps, residual: (steps * y.len()) as f64 })
                    }
                    answer => answer,
                },
            ),
            chaff("one_class_learned", "A single class is allowed.", |x, y, passes| {
                match reference::perceptron_fit(x, y, passes) {
                    Err(InputError::Constant { .. }) => Ok((vec![0.0; x.cols()], side(y[0]), 1)),
                    answer => answer,
                }
            }),
            chaff("any_label", "Every label other than 1 counts as 0.", |x, y, passes| {
                let binary: Vec<usize> = y.iter().map(|label| usize::from(*label == 1)).collect();
                reference::perceptron_fit(x, &binary, passes)
            }),
            chaff("no_passes_no_questions", "With 0 epochs nothing needs to be checked.", |x, y, passes| {
                if passes == 0 {
                    Ok((vec![0.0; x.cols()], 0.0, 0))
                } else {
                    reference::perceptron_fit(x, y, passes)
                }
            }),
            chaff("at_most_5000", "What has not converged after 5000 epochs never will.", |x, y, passes| {
                match reference::perceptron_fit(x, y, passes.min(5000)) {
                    Err(InputError::NotConverged { residual, .. }) => {
                        Err(InputError::NotConverged { steps: passes, residual })
                    }
                    fitted => fitted,
                }
            }),
        ],
    )(x, y, passes)
}

fn side(label: usize) -> f64 {
    if label == 1 { 1.0 } else { -1.0 }
}

/// What the reference rejects at once, and nothing else.
fn usable(x: &Matrix, y: &[usize], passes: usize) -> Result<(), InputError> {
    match reference::perceptron_fit(x, y, passes.min(1)) {
        Ok(_) | Err(InputError::NotConverged { .. }) => Ok(()),
        Err(rejection) => Err(rejection),
    }
}

/// With other mistakes, and other steps of w (times x) and of b.
fn by(
    x: &Matrix,
    y: &[usize],
    passes: usize,
    mistaken: fn(f64, f64) -> bool,
    step: fn(f64) -> (f64, f64),
) -> Fitted {
    usable(x, y, passes)?;
    let (mut w, mut b, mut mistakes, mut before) = (vec![0.0; x.cols()], 0.0, 0, 0);
    for _ in 0..passes {
        before = mistakes;
        for (i, &label) in y.iter().enumerate() {
            let z = x.row(i).iter().zip(&w).map(|(x, w)| x * w).sum::<f64>() + b;
            if mistaken(z, side(label)) {
                let (along, up) = step(side(label));
                w.iter_mut().zip(x.row(i)).for_each(|(w, x)| *w += along * x);
                b += up;
                mistakes += 1;
            }
        }
        if mistakes == before {
            return Ok((w, b, mistakes));
        }
    }
    Err(InputError::NotConverged { steps: passes, residual: (mistakes - before) as f64 })
}
