use kit::{InputError, Matrix};

use crate::reference::m05_classifiers::bayes as reference;
use crate::specimens::specimen::{answering, chaff, wheat};
use reference::GaussianNb;

type Fitted = Result<GaussianNb, InputError>;
type Fit = fn(&Matrix, &[usize], f64) -> Fitted;

/// The kata, answered by a specimen.
pub fn gaussian_nb_fit(x: &Matrix, y: &[usize], smoothing: f64) -> Result<GaussianNb, InputError> {
    answering::<Fit>(
        module_path!(),
        reference::gaussian_nb_fit,
        &[
            wheat("welford", "one pass with running means and squares (Welford)", |x, y, smoothing| {
                let mut model = reference::gaussian_nb_fit(x, y, smoothing)?;
                let all = vec![0; y.len()];
                let largest = (0..x.cols()).map(|j| welford(x, &all, 0, j)[1]).fold(0.0, f64::max);
                for c in 0..model.classes.len() {
                    for j in 0..x.cols() {
                        let [mean, variance] = welford(x, y, model.classes[c], j);
                        (model.means[(c, j)], model.variances[(c, j)]) =
                            (mean, variance + smoothing * largest);
                    }
                }
                Ok(model)
            }),
            wheat(
                "by_pairs",
                "the variance is half the mean squared distance of two samples",
                |x, y, smoothing| {
                    let mut model = reference::gaussian_nb_fit(x, y, smoothing)?;
                    let all: Vec<usize> = (0..y.len()).collect();
                    let largest = (0..x.cols()).map(|j| pairs(x, &all, j)).fold(0.0, f64::max);
                    for c in 0..model.classes.len() {
                        let members: Vec<usize> =
                            all.iter().copied().filter(|&i| y[i] == model.classes[c]).collect();
                        (0..x.cols()).for_each(|j| {
                            model.variances[(c, j)] = pairs(x, &members, j) + smoothing * largest
                        });
                    }
                    Ok(model)
                },
            ),
            chaff("n_minus_1", "The variance divides by n − 1.", |x, y, smoothing| {
                let mut model = reference::gaussian_nb_fit(x, y, smoothing)?;
                for (c, class) in model.classes.clone().into_iter().enumerate() {
                    let n = y.iter().filter(|label| **label == class).count() as f64;
                    (0..x.cols()).for_each(|j| model.variances[(c, j)] *= n / (n - 1.0).max(1.0));
                }
                Ok(model)
            }),
            chaff("deviations", "The model stores standard deviations.", |x, y, smoothing| {
                let model = reference::gaussian_nb_fit(x, y, smoothing)?;
                let v = &model.variances;
                let variances = Matrix::from_fn(v.rows(), v.cols(), |i, j| v[(i, j)].sqrt());
                Ok(GaussianNb { variances, ..model })
            }),
            chaff(
                "variance_of_all",
                "The variance of a feature is the same for all classes.",
                |x, y, smoothing| {
                    let model = reference::gaussian_nb_fit(x, y, smoothing)?;
                    let whole = reference::gaussian_nb_fit(x, &vec![0; y.len()], smoothing)?;
                    let v = &model.variances;
                    let variances = Matrix::from_fn(v.rows(), v.cols(), |_, j| whole.variances[(0, j)]);
                    Ok(GaussianNb { variances, ..model })
                },
            ),
            chaff("equal_priors", "All classes have the same prior probability.", |x, y, smoothing| {
                let model = reference::gaussian_nb_fit(x, y, smoothing)?;
                let k = model.classes.len();
                Ok(GaussianNb { priors: vec![1.0 / k as f64; k], ..model })
            }),
            chaff(
                "counts_for_priors",
                "A prior is the number of samples of the class.",
                |x, y, smoothing| {
                    let model = reference::gaussian_nb_fit(x, y, smoothing)?;
                    let priors = model.priors.iter().map(|prior| prior * y.len() as f64).collect();
                    Ok(GaussianNb { priors, ..model })
                },
            ),
            chaff(
                "absolute_smoothing",
                "The smoothing s itself is added to each variance.",
                |x, y, smoothing| {
                    let plain = smoothed(x, y, smoothing, |_| 1.0)?;
                    reference::gaussian_nb_fit(x, y, smoothing)?;
                    Ok(plain)
                },
            ),
            chaff(
                "smoothed_by_class",
                "The smoothing is a fraction of the class's own largest variance.",
                |x, y, smoothing| {
                    reference::gaussian_nb_fit(x, y, smoothing)?;
                    smoothed(x, y, smoothing, |variances| variances.iter().copied().fold(0.0, f64::max))
                },
            ),
            chaff("no_smoothing", "The variances are not smoothed.", |x, y, smoothing| {
                reference::gaussian_nb_fit(x, y, smoothing)?;
                smoothed(x, y, smoothing, |_| 0.0)
            }),
            chaff(
                "in_order_of_appearance",
                "The classes are listed in order of appearance.",
                |x, y, smoothing| {
                    let mut model = reference::gaussian_nb_fit(x, y, smoothing)?;
                    let mut order: Vec<usize> = Vec::new();
                    y.iter().for_each(|label| {
                        if !order.contains(label) {
                            order.push(*label)
                        }
                    });
                    model.classes = order;
                    Ok(model)
                },
            ),
            chaff(
                "rounding_is_spread",
                "A variance of 10⁻³⁴ from rounding is a variance.",
                |x, y, smoothing| match reference::gaussian_nb_fit(x, y, smoothing) {
                    Err(InputError::Constant { .. }) => smoothed(x, y, 1.0, |_| 1e-34),
                    fitted => fitted,
                },
            ),
            chaff("floor", "A variance is at least 10⁻⁹.", |x, y, smoothing| {
                let model = reference::gaussian_nb_fit(x, y, smoothing)?;
                let v = &model.variances;
                let variances = Matrix::from_fn(v.rows(), v.cols(), |i, j| v[(i, j)].max(1e-9));
                Ok(GaussianNb { variances, ..model })
            }),
            chaff("small_is_none", "A variance below 10⁻¹² is 0.", |x, y, smoothing| {
                let model = reference::gaussian_nb_fit(x, y, smoothing)?;
                if model.variances.as_slice().iter().any(|v| *v < 1e-12) {
                    return Err(InputError::Constant { name: "x" });
                }
                Ok(model)
            }),
            chaff("negative_smoothing", "A negative smoothing is allowed.", |x, y, smoothing| {
                reference::gaussian_nb_fit(x, y, smoothing.abs())
            }),
            chaff(
                "square_of_the_mean",
                "The formula mean of squares minus square of the mean is as accurate.",
                |x, y, smoothing| {
                    let mut model = reference::gaussian_nb_fit(x, y, smoothing)?;
                    let variance = |rows: &[usize], j: usize| {
                        let mean = |power: i32| {
                            rows.iter().map(|i| x[(*i, j)].powi(power)).sum::<f64>() / rows.len() as f64
                        };
                        let constant = rows.iter().all(|i| x[(*i, j)] == x[(rows[0], j)]);
                        if constant { 0.0 } else { (mean(2) - mean(1).powi(2)).max(0.0) }
                    };
                    let all: Vec<usize> = (0..y.len()).collect();
                    let largest = (0..x.cols()).map(|j| variance(&all, j)).fold(0.0, f64::max);
                    for c in 0..model.classes.len() {
                        let members: Vec<usize> =
                            all.iter().copied().filter(|&i| y[i] == model.classes[c]).collect();
                        (0..x.cols()).for_each(|j| {
                            model.variances[(c, j)] = variance(&members, j) + smoothing * largest
                        });
                    }
                    Ok(model)
                },
            ),
            chaff("labels_of_a_byte", "A label fits into one byte.", |x, y, smoothing| {
                let model = reference::gaussian_nb_fit(x, y, smoothing)?;
                Ok(GaussianNb { classes: model.classes.iter().map(|label| label % 256).collect(), ..model })
            }),
            wheat(
                "merged_halves",
                "the moments of two halves, merged (Chan, Golub and LeVeque)",
                |x, y, smoothing| {
                    let mut model = reference::gaussian_nb_fit(x, y, smoothing)?;
                    let largest =
                        (0..x.cols()).map(|j| halves(&column(x, j, |_| true))[1]).fold(0.0, f64::max);
                    for (c, class) in model.classes.iter().enumerate() {
                        for j in 0..x.cols() {
                            let [mean, variance] = halves(&column(x, j, |i| y[i] == *class));
                            model.means[(c, j)] = mean;
                            model.variances[(c, j)] = smoothing.mul_add(largest, variance);
                        }
                    }
                    Ok(model)
                },
            ),
            wheat(
                "from_the_first",
                "mean square less squared mean, of distances from the first",
                |x, y, smoothing| {
                    let mut model = reference::gaussian_nb_fit(x, y, smoothing)?;
                    let moments = |values: &[f64]| {
                        let mean = |of: fn(f64) -> f64| {
                            values.iter().map(|value| of(value - values[0])).sum::<f64>()
                                / values.len() as f64
                        };
                        let off = mean(|d| d);
                        [values[0] + off, mean(|d| d * d) - off * off]
                    };
                    let largest =
                        (0..x.cols()).map(|j| moments(&column(x, j, |_| true))[1]).fold(0.0, f64::max);
                    for (c, class) in model.classes.iter().enumerate() {
                        for j in 0..x.cols() {
                            let [mean, variance] = moments(&column(x, j, |i| y[i] == *class));
                            (model.means[(c, j)], model.variances[(c, j)]) =
                                (mean, variance + smoothing * largest);
                        }
                    }
                    Ok(model)
                },
            ),
            chaff("at_most_1", "A smoothing above 1 is 1.", |x, y, smoothing| {
                reference::gaussian_nb_fit(x, y, if smoothing > 1.0 { 1.0 } else { smoothing })
            }),
            chaff("little_is_none", "A smoothing below 10⁻¹⁰ is 0.", |x, y, smoothing| {
                let little = (0.0..1e-10).contains(&smoothing);
                reference::gaussian_nb_fit(x, y, if little { 0.0 } else { smoothing })
            }),
            chaff(
                "a_lonely_sample",
                "The variance of a single sample is unknown, so it is that of all.",
                |x, y, s| {
                    let mut model = reference::gaussian_nb_fit(x, y, s)?;
                    let all = reference::gaussian_nb_fit(x, &vec![0; y.len()], s)?;
                    for (c, class) in model.classes.iter().enumerate() {
                        if y.iter().filter(|label| *label == class).count() == 1 {
                            (0..x.cols()).for_each(|j| model.variances[(c, j)] = all.variances[(0, j)]);
                        }
                    }
                    Ok(model)
                },
            ),
        ],
    )(x, y, smoothing)
}

fn welford(x: &Matrix, y: &[usize], class: usize, j: usize) -> [f64; 2] {
    let (mut n, mut mean, mut squares) = (0.0, 0.0, 0.0);
    for i in (0..y.len()).filter(|&i| y[i] == class) {
        n += 1.0;
        let off = x[(i, j)] - mean;
        mean += off / n;
        squares += off * (x[(i, j)] - mean);
    }
    [mean, squares / n]
}

fn pairs(x: &Matrix, rows: &[usize], j: usize) -> f64 {
    let n = rows.len() as f64;
    let squares = rows.iter().flat_map(|&a| rows.iter().map(move |&b| (x[(a, j)] - x[(b, j)]).powi(2)));
    squares.sum::<f64>() / (2.0 * n * n)
}

/// With s times whatever a class's plain variances say added to them.
fn smoothed(x: &Matrix, y: &[usize], s: f64, share: impl Fn(&[f64]) -> f64) -> Fitted {
    // So little that nothing changes but that constant features pass.
    let model =
        reference::gaussian_nb_fit(x, y, 0.0).or_else(|_| reference::gaussian_nb_fit(x, y, 1e-300))?;
    let v = model.variances.clone();
    let variances = Matrix::from_fn(v.rows(), v.cols(), |i, j| v[(i, j)] + s * share(v.row(i)));
    Ok(GaussianNb { variances, ..model })
}

fn column(x: &Matrix, j: usize, counts: impl Fn(usize) -> bool) -> Vec<f64> {
    (0..x.rows()).filter(|i| counts(*i)).map(|i| x[(i, j)]).collect()
}

fn halves(values: &[f64]) -> [f64; 2] {
    if let [value] = values {
        return [*value, 0.0];
    }
    let (first, second) = values.split_at(values.len() / 2);
    let ([a, v], [b, w]) = (halves(first), halves(second));
    let share = second.len() as f64 / values.len() as f64;
    [a + share * (b - a), v + share * (w - v) + share * (1.0 - share) * (b - a) * (b - a)]
}
