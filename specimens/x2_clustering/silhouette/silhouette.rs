use kit::{InputError, Matrix, check};

use super::super::placing::{clipped, each, manhattan, nan_as_zero, part, single, square};
use crate::reference::x2_clustering::silhouette as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Widths = Result<Vec<f64>, InputError>;
type Silhouette = fn(&Matrix, &[usize]) -> Widths;

/// The kata, answered by a specimen.
pub fn silhouette(x: &Matrix, labels: &[usize]) -> Result<Vec<f64>, InputError> {
    answering::<Silhouette>(
        module_path!(),
        reference::silhouette,
        &[
            wheat("by_clusters", "collects the points of each cluster first", |x, labels| {
                measured(x, labels, &PLAIN)
            }),
            wheat("two_cases", "takes 1 − a/b where a < b, and b/a − 1 where it is not", |x, labels| {
                let quotient = |a: f64, b: f64| match (a < b, a > b) {
                    (true, _) => 1.0 - a / b,
                    (_, true) => b / a - 1.0,
                    _ => 0.0,
                };
                measured(x, labels, &Way { quotient, ..PLAIN })
            }),
            chaff("itself_counts", "The mean over its cluster counts the point itself.", |x, labels| {
                measured(x, labels, &Way { own_divisor: |size| size, ..PLAIN })
            }),
            chaff("squared", "Silhouettes are about squared distances, as the inertia.", |x, labels| {
                measured(x, labels, &Way { distance: square, ..PLAIN })
            }),
            chaff("absolute", "A distance is the sum of the absolute differences.", |x, labels| {
                measured(x, labels, &Way { distance: manhattan, ..PLAIN })
            }),
            chaff("opposite_sign", "s = (a − b)/max(a, b).", |x, labels| {
                measured(x, labels, &Way { quotient: |a, b| -(PLAIN.quotient)(a, b), ..PLAIN })
            }),
            chaff("over_b", "b is larger than a: it is the divisor.", |x, labels| {
                let quotient = |a: f64, b: f64| if a == b { 0.0 } else { (b - a) / b };
                measured(x, labels, &Way { quotient, ..PLAIN })
            }),
            chaff("over_a", "The distance to the own cluster is the divisor.", |x, labels| {
                let quotient = |a: f64, b: f64| if a == b { 0.0 } else { (b - a) / a };
                measured(x, labels, &Way { quotient, ..PLAIN })
            }),
            chaff("over_the_sum", "The divisor is a + b.", |x, labels| {
                let quotient = |a: f64, b: f64| if a == b { 0.0 } else { (b - a) / (a + b) };
                measured(x, labels, &Way { quotient, ..PLAIN })
            }),
            chaff("not_negative", "A silhouette is at least 0.", |x, labels| {
                Ok(reference::silhouette(x, labels)?.into_iter().map(|s| s.max(0.0)).collect())
            }),
            chaff("farthest_cluster", "b is about the farthest cluster.", |x, labels| {
                measured(
                    x,
                    labels,
                    &Way { others: |means| means.iter().copied().fold(0.0, f64::max), ..PLAIN },
                )
            }),
            chaff("all_others", "b is the mean over all other clusters.", |x, labels| {
                measured(
                    x,
                    labels,
                    &Way { others: |means| means.iter().sum::<f64>() / means.len() as f64, ..PLAIN },
                )
            }),
            chaff("first_other", "b is about any other cluster.", |x, labels| {
                measured(x, labels, &Way { others: |means| means[0], ..PLAIN })
            }),
            chaff("to_the_centers", "Distances to the means of the clusters are enough.", |x, labels| {
                reference::silhouette(x, labels)?;
                let center = |name: usize| -> Vec<f64> {
                    let rows: Vec<usize> = (0..x.rows()).filter(|&i| labels[i] == name).collect();
                    let mean = |a| rows.iter().map(|&i| x[(i, a)]).sum::<f64>() / rows.len() as f64;
                    (0..x.cols()).map(mean).collect()
                };
                let of = |i: usize| {
                    let to = |name: usize| square(x.row(i), &center(name)).sqrt();
                    let others = labels.iter().filter(|name| **name != labels[i]);
                    (PLAIN.quotient)(
                        to(labels[i]),
                        others.map(|name| to(*name)).fold(f64::INFINITY, f64::min),
                    )
                };
                Ok((0..x.rows()).map(of).collect())
            }),
            chaff(
                "nearest_point",
                "b is the distance to the nearest point of another cluster.",
                |x, labels| {
                    reference::silhouette(x, labels)?;
                    let nearest = |i: usize| {
                        let others = (0..x.rows()).filter(|&j| labels[j] != labels[i]);
                        others.map(|j| square(x.row(i), x.row(j)).sqrt()).fold(f64::INFINITY, f64::min)
                    };
                    let widths = reference::silhouette(x, labels)?;
                    let own = |i: usize| {
                        let cluster = (0..x.rows()).filter(|&j| labels[j] == labels[i]);
                        let size = labels.iter().filter(|name| **name == labels[i]).count();
                        cluster.map(|j| square(x.row(i), x.row(j)).sqrt()).sum::<f64>()
                            / (size - 1).max(1) as f64
                    };
                    let is_alone = |i: usize| labels.iter().filter(|name| **name == labels[i]).count() == 1;
                    let of =
                        |i: usize| if is_alone(i) { widths[i] } else { (PLAIN.quotient)(own(i), nearest(i)) };
                    Ok((0..x.rows()).map(of).collect())
                },
            ),
            chaff("alone_is_one", "A point that is alone in its cluster fits perfectly.", |x, labels| {
                measured(x, labels, &Way { alone: 1.0, ..PLAIN })
            }),
            chaff("alone_is_nan", "0/0 is the mean distance to no points.", |x, labels| {
                measured(x, labels, &Way { alone: f64::NAN, ..PLAIN })
            }),
            chaff("equal_is_nan", "max(a, b) is never 0.", |x, labels| {
                measured(x, labels, &Way { quotient: |a, b| (b - a) / a.max(b), ..PLAIN })
            }),
            chaff("the_mean", "Each point has the silhouette of the clustering, the mean.", |x, labels| {
                let widths = reference::silhouette(x, labels)?;
                let mean = widths.iter().sum::<f64>() / widths.len() as f64;
                Ok(vec![mean; widths.len()])
            }),
            chaff("labels_of_two_bytes", "A label fits into 16 bits.", |x, labels| {
                reference::silhouette(x, labels)?;
                let short: Vec<usize> = labels.iter().map(|label| label & 0xffff).collect();
                reference::silhouette(x, &short).or(Ok(vec![0.0; labels.len()]))
            }),
            chaff("two_clusters", "There are two clusters: the first label and all others.", |x, labels| {
                reference::silhouette(x, labels)?;
                let others: Vec<usize> =
                    labels.iter().map(|label| usize::from(*label != labels[0])).collect();
                reference::silhouette(x, &others)
            }),
            chaff("sixty_features", "Sixty features are enough for a distance.", |x, labels| {
                reference::silhouette(x, labels)?;
                reference::silhouette(&part(x, x.rows(), 60), labels)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, labels| {
                reference::silhouette(x, labels)?;
                reference::silhouette(&each(x, single), labels)
            }),
            chaff("one_cluster_is_0", "With one cluster all silhouettes are 0.", |x, labels| {
                match reference::silhouette(x, labels) {
                    Err(InputError::Constant { .. }) => Ok(vec![0.0; labels.len()]),
                    other => other,
                }
            }),
            chaff("n_clusters_rejected", "n clusters have no silhouettes.", |x, labels| {
                let widths = reference::silhouette(x, labels)?;
                let mut names = labels.to_vec();
                names.sort_unstable();
                names.dedup();
                check::in_range("labels", names.len() as f64, names.len() < labels.len(), "fewer than n")?;
                Ok(widths)
            }),
            chaff("shorter_counts", "Surplus labels are ignored.", |x, labels| {
                let n = x.rows().min(labels.len());
                reference::silhouette(&part(x, n, x.cols()), &labels[..n])
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, labels| {
                reference::silhouette(&each(x, nan_as_zero), labels)
            }),
            chaff("any_size", "The square of a number is finite.", |x, labels| {
                check::finite("x", x.as_slice())?;
                reference::silhouette(&each(x, clipped), labels)
            }),
        ],
    )(x, labels)
}

struct Way {
    distance: fn(&[f64], &[f64]) -> f64,
    own_divisor: fn(f64) -> f64,
    others: fn(&[f64]) -> f64,
    quotient: fn(f64, f64) -> f64,
    alone: f64,
}

const PLAIN: Way = Way {
    distance: |a, b| square(a, b).sqrt(),
    own_divisor: |size| size - 1.0,
    others: |means| means.iter().copied().fold(f64::INFINITY, f64::min),
    quotient: |a, b| if a == b { 0.0 } else { (b - a) / a.max(b) },
    alone: 0.0,
};

fn measured(x: &Matrix, labels: &[usize], way: &Way) -> Widths {
    reference::silhouette(x, labels)?;
    let mut names = labels.to_vec();
    names.sort_unstable();
    names.dedup();
    let clusters: Vec<Vec<usize>> =
        names.iter().map(|name| (0..labels.len()).filter(|&i| labels[i] == *name).collect()).collect();
    let of = |i: usize| {
        let sum = |rows: &[usize]| rows.iter().map(|&j| (way.distance)(x.row(i), x.row(j))).sum::<f64>();
        let (own, others): (Vec<&Vec<usize>>, Vec<&Vec<usize>>) =
            clusters.iter().partition(|rows| labels[rows[0]] == labels[i]);
        if own[0].len() == 1 {
            return way.alone;
        }
        let means: Vec<f64> = others.iter().map(|rows| sum(rows) / rows.len() as f64).collect();
        (way.quotient)(sum(own[0]) / (way.own_divisor)(own[0].len() as f64), (way.others)(&means))
    };
    Ok((0..x.rows()).map(of).collect())
}
