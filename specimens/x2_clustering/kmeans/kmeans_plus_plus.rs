use kit::{Generator, InputError, Matrix};

use super::super::placing::{chosen, clipped, drawn, each, nan_as_zero, part, seeded, single};
use crate::reference::x2_clustering::kmeans as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Centers = Result<Matrix, InputError>;
type KmeansPlusPlus = fn(&Matrix, usize, &mut Generator) -> Centers;

/// The kata, answered by a specimen.
pub fn kmeans_plus_plus(x: &Matrix, k: usize, generator: &mut Generator) -> Result<Matrix, InputError> {
    answering::<KmeansPlusPlus>(
        module_path!(),
        reference::kmeans_plus_plus,
        &[
            wheat("running_sums", "adds up the weights until the target is passed", |x, k, g| {
                usable(x, k)?;
                Ok(seeded(x, k, |nearest, _| nearest, g))
            }),
            wheat("scaled", "divides the weights by the largest one", |x, k, g| {
                usable(x, k)?;
                Ok(chosen(x, k, g, |nearest, _, g| {
                    let largest = nearest.iter().copied().fold(0.0, f64::max);
                    let scale = if largest > 0.0 { largest } else { 1.0 };
                    drawn(&nearest.iter().map(|square| square / scale).collect::<Vec<_>>(), g)
                }))
            }),
            wheat("backwards", "goes through the points from the last to the first", |x, k, g| {
                usable(x, k)?;
                let n = x.rows();
                let turned = Matrix::from_fn(n, x.cols(), |i, a| x[(n - 1 - i, a)]);
                Ok(seeded(&turned, k, |nearest, _| nearest, g))
            }),
            chaff("uniform", "Any k points are a start.", |x, k, g| {
                usable(x, k)?;
                let mut order: Vec<usize> = (0..x.rows()).collect();
                g.shuffle(&mut order);
                Ok(rows(x, &order[..k]))
            }),
            chaff("not_squared", "The probability is proportional to the distance.", |x, k, g| {
                usable(x, k)?;
                Ok(seeded(x, k, |nearest, _| nearest.sqrt(), g))
            }),
            chaff("fourth_power", "The square of the squared distance is the weight.", |x, k, g| {
                usable(x, k)?;
                Ok(seeded(x, k, |nearest, _| nearest * nearest, g))
            }),
            chaff("last_center", "The distance to the center drawn last counts.", |x, k, g| {
                usable(x, k)?;
                Ok(seeded(x, k, |_, last| last, g))
            }),
            chaff(
                "product",
                "The point must be far from the last center and from the nearest.",
                |x, k, g| {
                    usable(x, k)?;
                    Ok(seeded(x, k, |nearest, last| nearest.sqrt() * last.sqrt(), g))
                },
            ),
            chaff("farthest", "The next center is the farthest point.", |x, k, g| {
                usable(x, k)?;
                Ok(chosen(x, k, g, |nearest, _, _| {
                    (0..nearest.len()).fold(0, |best, i| if nearest[i] > nearest[best] { i } else { best })
                }))
            }),
            chaff("first_point_first", "The first center is the first point.", |x, k, g| {
                usable(x, k)?;
                let centers = reference::kmeans_plus_plus(x, k, g)?;
                Ok(Matrix::from_fn(k, x.cols(), |j, a| if j == 0 { x[(0, a)] } else { centers[(j, a)] }))
            }),
            chaff("with_replacement", "The same point may be drawn twice.", |x, k, g| {
                usable(x, k)?;
                let chosen: Vec<usize> = (0..k).map(|_| g.below(x.rows())).collect();
                Ok(rows(x, &chosen))
            }),
            chaff("last_point_never", "below(n − 1) draws the points up to n − 1.", |x, k, g| {
                usable(x, k)?;
                let n = (x.rows() - 1).max(k);
                reference::kmeans_plus_plus(&part(x, n, x.cols()), k, g)
            }),
            chaff(
                "in_a_box",
                "A start is any place between the smallest and the largest values.",
                |x, k, g| {
                    usable(x, k)?;
                    let mut centers = Matrix::zeros(k, x.cols());
                    for j in 0..k {
                        for a in 0..x.cols() {
                            let column = || (0..x.rows()).map(|i| x[(i, a)]);
                            let low = column().fold(f64::INFINITY, f64::min);
                            let high = column().fold(f64::NEG_INFINITY, f64::max);
                            centers[(j, a)] = g.uniform_in(low, high);
                        }
                    }
                    Ok(centers)
                },
            ),
            chaff("sorted", "The centers come in ascending order.", |x, k, g| {
                let centers = reference::kmeans_plus_plus(x, k, g)?;
                let mut order: Vec<usize> = (0..k).collect();
                order.sort_by(|&a, &b| centers[(a, 0)].total_cmp(&centers[(b, 0)]));
                Ok(rows(&centers, &order))
            }),
            chaff("first_of_equals", "Where all distances are 0 the first point is taken.", |x, k, g| {
                usable(x, k)?;
                Ok(chosen(x, k, g, |nearest, _, g| {
                    if nearest.iter().all(|weight| *weight == 0.0) { 0 } else { drawn(nearest, g) }
                }))
            }),
            chaff("distinct_only", "k centers need k different points.", |x, k, g| {
                usable(x, k)?;
                let centers = reference::kmeans_plus_plus(x, k, g)?;
                let repeated = (0..k).any(|j| (0..j).any(|i| centers.row(i) == centers.row(j)));
                if repeated { Err(InputError::TooFew { got: k - 1, wanted: k }) } else { Ok(centers) }
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, k, g| {
                usable(x, k)?;
                reference::kmeans_plus_plus(&each(x, single), k, g)
            }),
            chaff("always_the_same", "A fixed seed inside the function makes it reproducible.", |x, k, _| {
                reference::kmeans_plus_plus(x, k, &mut Generator::from_seed(42))
            }),
            chaff("generator_not_moved", "A clone of the generator is as random.", |x, k, g| {
                reference::kmeans_plus_plus(x, k, &mut g.clone())
            }),
            chaff("k_clipped", "If k is too large each point is a center.", |x, k, g| {
                reference::kmeans_plus_plus(x, k.min(x.rows()), g)
            }),
            chaff("no_center", "For k = 0 there are no centers.", |x, k, g| {
                if k == 0 { Ok(Matrix::zeros(0, x.cols())) } else { reference::kmeans_plus_plus(x, k, g) }
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, k, g| {
                reference::kmeans_plus_plus(&each(x, nan_as_zero), k, g)
            }),
            chaff("any_size", "The square of a number is finite.", |x, k, g| {
                kit::check::finite("x", x.as_slice())?;
                reference::kmeans_plus_plus(&each(x, clipped), k, g)
            }),
            chaff("distances_for_many", "Of many points the distance itself is the weight.", |x, k, g| {
                usable(x, k)?;
                let many = x.rows() > 8;
                Ok(chosen(x, k, g, |nearest, _, g| {
                    drawn(&nearest.iter().map(|d| if many { d.sqrt() } else { *d }).collect::<Vec<_>>(), g)
                }))
            }),
            chaff("four_features", "Features beyond the fourth hardly count.", |x, k, g| {
                usable(x, k)?;
                if x.cols() <= 4 {
                    return reference::kmeans_plus_plus(x, k, g);
                }
                let d = |a: usize, b: usize| {
                    (0..4).map(|j| (x[(a, j)] - x[(b, j)]).powi(2)).sum::<f64>()
                        + 1e-9 * (4..x.cols()).map(|j| (x[(a, j)] - x[(b, j)]).powi(2)).sum::<f64>()
                };
                let mut picked = vec![g.below(x.rows())];
                while picked.len() < k {
                    let w: Vec<f64> = (0..x.rows())
                        .map(|i| picked.iter().map(|&p| d(i, p)).fold(f64::INFINITY, f64::min))
                        .collect();
                    picked.push(if w.iter().all(|w| *w == 0.0) { g.below(x.rows()) } else { drawn(&w, g) });
                }
                Ok(rows(x, &picked))
            }),
            chaff("small_units", "A tiny distance is as good as its square.", |x, k, g| {
                usable(x, k)?;
                Ok(chosen(x, k, g, |nearest, _, g| {
                    let small = nearest.iter().copied().fold(0.0, f64::max) < 1e-6;
                    drawn(&nearest.iter().map(|d| if small { d.sqrt() } else { *d }).collect::<Vec<_>>(), g)
                }))
            }),
        ],
    )(x, k, generator)
}

fn usable(x: &Matrix, k: usize) -> Centers {
    reference::kmeans_plus_plus(x, k, &mut Generator::from_seed(0))
}

fn rows(x: &Matrix, chosen: &[usize]) -> Matrix {
    Matrix::from_fn(chosen.len(), x.cols(), |j, a| x[(chosen[j], a)])
}
