use kit::{InputError, Matrix, check};

use super::super::relabeled::Answer;
use crate::reference::m05_classifiers::bayes as reference;
use crate::specimens::specimen::{answering, chaff, wheat};
use reference::GaussianNb;

type Predict = fn(&GaussianNb, &Matrix) -> Answer;

/// The kata, answered by a specimen.
pub fn gaussian_nb_predict(model: &GaussianNb, x: &Matrix) -> Result<Vec<usize>, InputError> {
    answering::<Predict>(
        module_path!(),
        reference::gaussian_nb_predict,
        &[
            wheat("least_cost", "minus the score, without the part that all classes share", |model, x| {
                best(model, x, |prior, terms| {
                    let cost = |[x, m, v]: &[f64; 3]| v.ln() + (x - m) * (x - m) / v;
                    2.0 * prior.ln() - terms.iter().map(cost).sum::<f64>()
                })
            }),
            wheat("deviations_first", "divides by the deviation before it squares", |model, x| {
                best(model, x, |prior, terms| {
                    let term = |[x, m, v]: &[f64; 3]| -0.5 * ((x - m) / v.sqrt()).powi(2) - v.sqrt().ln();
                    prior.ln() + terms.iter().rev().map(term).sum::<f64>()
                })
            }),
            chaff("product_of_densities", "The densities are multiplied.", |model, x| {
                best(model, x, |prior, terms| {
                    let density = |[x, m, v]: &[f64; 3]| {
                        (-(x - m).powi(2) / (2.0 * v)).exp() / (2.0 * std::f64::consts::PI * v).sqrt()
                    };
                    prior * terms.iter().map(density).product::<f64>()
                })
            }),
            chaff("no_prior", "The priors do not matter.", |model, x| {
                best(model, x, |_, terms| terms.iter().map(log_density).sum())
            }),
            chaff("prior_without_logarithm", "The prior is added without its logarithm.", |model, x| {
                best(model, x, |prior, terms| prior + terms.iter().map(log_density).sum::<f64>())
            }),
            chaff(
                "nearest_mean",
                "The class with the nearest mean wins, whatever the variances.",
                |model, x| {
                    best(model, x, |_, terms| -terms.iter().map(|[x, m, _]| (x - m).powi(2)).sum::<f64>())
                },
            ),
            chaff(
                "no_normalization",
                "The normalization factor of the density is the same for all classes.",
                |model, x| {
                    best(model, x, |prior, terms| {
                        prior.ln() - terms.iter().map(|[x, m, v]| (x - m).powi(2) / (2.0 * v)).sum::<f64>()
                    })
                },
            ),
            chaff("missing_half", "The score subtracts ln v, not half of it.", |model, x| {
                best(model, x, |prior, terms| {
                    prior.ln()
                        - terms.iter().map(|[x, m, v]| (x - m).powi(2) / (2.0 * v) + v.ln()).sum::<f64>()
                })
            }),
            chaff("variance_for_deviation", "The variance is the standard deviation.", |model, x| {
                best(model, x, |prior, terms| {
                    let term = |[x, m, v]: &[f64; 3]| -0.5 * ((x - m) / v).powi(2) - v.ln();
                    prior.ln() + terms.iter().map(term).sum::<f64>()
                })
            }),
            chaff("indices", "The prediction is the index of the class, not its label.", |model, x| {
                let answers = reference::gaussian_nb_predict(model, x)?;
                let place =
                    |label: &usize| model.classes.iter().position(|class| class == label).unwrap_or(0);
                Ok(answers.iter().map(place).collect())
            }),
            chaff("last_of_equals", "Of equal scores the last class wins.", |model, x| {
                reference::gaussian_nb_predict(model, x)?;
                let turned =
                    |m: &Matrix| Matrix::from_fn(m.rows(), m.cols(), |i, j| m[(m.rows() - 1 - i, j)]);
                let reversed = GaussianNb {
                    classes: model.classes.iter().rev().copied().collect(),
                    priors: model.priors.iter().rev().copied().collect(),
                    means: turned(&model.means),
                    variances: turned(&model.variances),
                };
                reference::gaussian_nb_predict(&reversed, x)
            }),
            chaff("floor", "A variance is at least 10⁻⁹.", |model, x| {
                best(model, x, |prior, terms| {
                    let term = |[x, m, v]: &[f64; 3]| log_density(&[*x, *m, v.max(1e-9)]);
                    prior.ln() + terms.iter().map(term).sum::<f64>()
                })
            }),
            chaff("small_is_none", "A variance below 10⁻¹² is 0.", |model, x| {
                if model.variances.as_slice().iter().any(|v| *v < 1e-12) {
                    return Err(InputError::Constant { name: "variances" });
                }
                reference::gaussian_nb_predict(model, x)
            }),
            chaff("nearly_equal", "Scores that differ by less than 10⁻⁹ are ties.", |model, x| {
                best(model, x, |prior, terms| {
                    let score = prior.ln() + terms.iter().map(log_density).sum::<f64>();
                    (score * 1e9).round()
                })
            }),
            chaff("nan_is_the_first", "A sample with a NaN belongs to the first class.", |model, x| {
                let clean = |i: usize, j: usize| if x[(i, j)].is_finite() { x[(i, j)] } else { 0.0 };
                reference::gaussian_nb_predict(model, &Matrix::from_fn(x.rows(), x.cols(), clean))
            }),
            chaff("shorter_rows", "Features that the model does not know are ignored.", |model, x| {
                let d = model.means.cols();
                let fitting = Matrix::from_fn(x.rows(), d, |i, j| if j < x.cols() { x[(i, j)] } else { 0.0 });
                reference::gaussian_nb_predict(model, if x.cols() == d { x } else { &fitting })
            }),
            chaff("low_enough", "A log-likelihood is never below −10⁹.", |model, x| {
                best(model, x, |prior, terms| {
                    (prior.ln() + terms.iter().map(log_density).sum::<f64>()).max(-1e9)
                })
            }),
            chaff("no_logarithm_of_0", "A small number has to be added to the priors.", |model, x| {
                best(model, x, |prior, terms| {
                    (prior + 1e-9).ln() + terms.iter().map(log_density).sum::<f64>()
                })
            }),
            wheat("parabolas", "for each class the coefficients of 1, x and x², computed once", parabolas),
            chaff("labels_of_32_bits", "A label fits into 32 bits.", |model, x| {
                let labels = reference::gaussian_nb_predict(model, x)?;
                Ok(labels.into_iter().map(|label| label as u32 as usize).collect())
            }),
            chaff("relative_floor", "A variance is at least 10⁻⁹ of the largest one.", |model, x| {
                let largest = model.variances.as_slice().iter().copied().fold(0.0, f64::max);
                let v = &model.variances;
                let variances = Matrix::from_fn(v.rows(), v.cols(), |c, j| v[(c, j)].max(1e-9 * largest));
                reference::gaussian_nb_predict(&GaussianNb { variances, ..model.clone() }, x)
            }),
        ],
    )(model, x)
}

fn log_density([x, m, v]: &[f64; 3]) -> f64 {
    -(x - m).powi(2) / (2.0 * v) - (std::f64::consts::TAU * v).ln() / 2.0
}

/// The first class with the highest score, which follows from its prior and the value, mean and variance of each
/// feature.
fn best(model: &GaussianNb, x: &Matrix, score: impl Fn(f64, &[[f64; 3]]) -> f64) -> Answer {
    reference::gaussian_nb_predict(model, x)?;
    let of = |i: usize, c: usize| {
        let terms: Vec<[f64; 3]> =
            (0..x.cols()).map(|j| [x[(i, j)], model.means[(c, j)], model.variances[(c, j)]]).collect();
        score(model.priors[c], &terms)
    };
    let class = |i: usize| {
        let order = (0..model.classes.len()).rev();
        model.classes[order.max_by(|a, b| of(i, *a).total_cmp(&of(i, *b))).unwrap_or(0)]
    };
    Ok((0..x.rows()).map(class).collect())
}

fn parabolas(model: &GaussianNb, x: &Matrix) -> Answer {
    let (means, variances) = (&model.means, &model.variances);
    check::same_columns(means.shape(), x.shape())?;
    check::finite("x", x.as_slice())?;
    let coefficients = |c: usize| {
        let ends = means.row(c).iter().zip(variances.row(c)).map(|(m, v)| m * m / v + v.ln());
        let rows = means.row(c).iter().zip(variances.row(c)).map(|(m, v)| [-2.0 * m / v, 1.0 / v]);
        (ends.sum::<f64>() - 2.0 * model.priors[c].ln(), rows.collect::<Vec<_>>())
    };
    let costs: Vec<_> = (0..model.classes.len()).map(coefficients).collect();
    let cost = |(end, rows): &(f64, Vec<[f64; 2]>), x: &[f64]| {
        end + rows.iter().zip(x).map(|([b, a], x)| (a * x + b) * x).sum::<f64>()
    };
    let class = |i: usize| {
        let least =
            (0..costs.len()).min_by(|a, b| cost(&costs[*a], x.row(i)).total_cmp(&cost(&costs[*b], x.row(i))));
        model.classes[least.unwrap_or(0)]
    };
    Ok((0..x.rows()).map(class).collect())
}
