use kit::{InputError, Matrix, check};

use super::super::placing::{clipped, each, largest, manhattan, nan_as_zero, part, single, square};
use crate::reference::x2_clustering::dbscan as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Labels = Result<Vec<Option<usize>>, InputError>;
type Dbscan = fn(&Matrix, f64, usize) -> Labels;

/// The kata, answered by a specimen.
pub fn dbscan(x: &Matrix, eps: f64, min_points: usize) -> Result<Vec<Option<usize>>, InputError> {
    answering::<Dbscan>(
        module_path!(),
        reference::dbscan,
        &[
            wheat("components", "joins core points first, and border points at the end", |x, eps, least| {
                clustered(x, eps, least, &PLAIN)
            }),
            wheat(
                "last_cluster",
                "gives a border point to the last cluster that reaches it",
                |x, eps, least| {
                    clustered(x, eps, least, &Way { border: |clusters| clusters.last().copied(), ..PLAIN })
                },
            ),
            wheat("backwards", "begins with the last point", |x, eps, least| {
                reference::dbscan(x, eps, least)?;
                let n = x.rows();
                let turned = Matrix::from_fn(n, x.cols(), |i, a| x[(n - 1 - i, a)]);
                let mut labels = reference::dbscan(&turned, eps, least)?;
                labels.reverse();
                Ok(labels)
            }),
            wheat("squares", "compares squares, where they are numbers", |x, eps, least| {
                let is_near = |a: &[f64], b: &[f64], eps: f64| {
                    let (square, limit) = (square(a, b), eps * eps);
                    if limit > 1e-300 && limit < 1e300 { square <= limit } else { square.sqrt() <= eps }
                };
                clustered(x, eps, least, &Way { is_near, ..PLAIN })
            }),
            chaff("strictly_below", "A distance of exactly ε is too far.", |x, eps, least| {
                clustered(x, eps, least, &Way { is_near: |a, b, eps| square(a, b).sqrt() < eps, ..PLAIN })
            }),
            chaff("squared_distance", "The squared distance is compared with ε.", |x, eps, least| {
                clustered(x, eps, least, &Way { is_near: |a, b, eps| square(a, b) <= eps, ..PLAIN })
            }),
            chaff("absolute", "A distance is the sum of the absolute differences.", |x, eps, least| {
                clustered(x, eps, least, &Way { is_near: |a, b, eps| manhattan(a, b) <= eps, ..PLAIN })
            }),
            chaff("box", "A neighbor is within ε in each feature.", |x, eps, least| {
                clustered(x, eps, least, &Way { is_near: |a, b, eps| largest(a, b) <= eps, ..PLAIN })
            }),
            chaff("twice_eps", "Two balls of radius ε that touch are neighbors.", |x, eps, least| {
                clustered(
                    x,
                    eps,
                    least,
                    &Way { is_near: |a, b, eps| square(a, b).sqrt() <= 2.0 * eps, ..PLAIN },
                )
            }),
            chaff("without_itself", "A point is not its own neighbor.", |x, eps, least| {
                reference::dbscan(x, eps, least)?;
                clustered(x, eps, least.saturating_add(1), &PLAIN)
            }),
            chaff("min_points_ignored", "Points that are connected are a cluster.", |x, eps, least| {
                reference::dbscan(x, eps, least)?;
                clustered(x, eps, 1, &PLAIN)
            }),
            chaff(
                "small_clusters_are_noise",
                "A cluster has at least min_points points; density does not matter.",
                |x, eps, least| {
                    reference::dbscan(x, eps, least)?;
                    let labels = reference::dbscan(x, eps, 1)?;
                    let size = |label: Option<usize>| labels.iter().filter(|it| **it == label).count();
                    let kept = |label: Option<usize>| label.filter(|_| size(label) >= least);
                    Ok(renumbered(labels.iter().map(|&label| kept(label)).collect()))
                },
            ),
            chaff("border_is_noise", "Only core points are in a cluster.", |x, eps, least| {
                clustered(x, eps, least, &Way { border: |_| None, ..PLAIN })
            }),
            chaff("border_passes_on", "Every point of a cluster passes the cluster on.", |x, eps, least| {
                reference::dbscan(x, eps, least)?;
                Ok(spread(x, eps, least, |_| true))
            }),
            chaff("no_noise", "Noise is a cluster of its own.", |x, eps, least| {
                let labels = reference::dbscan(x, eps, least)?;
                let clusters = labels.iter().flatten().max().map_or(0, |last| last + 1);
                Ok(labels.into_iter().map(|label| label.or(Some(clusters))).collect())
            }),
            chaff(
                "nearest_instead_of_noise",
                "Each point belongs to the nearest cluster.",
                |x, eps, least| {
                    let labels = reference::dbscan(x, eps, least)?;
                    let nearest = |i: usize| {
                        let inside = (0..x.rows()).filter(|&j| labels[j].is_some());
                        let to = |j: &usize| square(x.row(i), x.row(*j));
                        inside.min_by(|a, b| to(a).total_cmp(&to(b))).and_then(|j| labels[j])
                    };
                    Ok((0..x.rows()).map(|i| labels[i].or_else(|| nearest(i))).collect())
                },
            ),
            chaff("one_hop", "A cluster is a core point with its neighbors.", |x, eps, least| {
                reference::dbscan(x, eps, least)?;
                Ok(spread(x, eps, least, |_| false))
            }),
            chaff("a_hundred_hops", "A cluster is at most a hundred points long.", |x, eps, least| {
                reference::dbscan(x, eps, least)?;
                Ok(spread(x, eps, least, |hops| hops < 100))
            }),
            chaff("in_order", "Only the point before has to be looked at.", |x, eps, least| {
                let labels = reference::dbscan(x, eps, least)?;
                let (mut cluster, mut found) = (0, Vec::new());
                for i in 0..x.rows() {
                    if i > 0 && labels[i].is_some() && labels[i - 1] != labels[i] {
                        cluster += 1;
                    }
                    found.push(labels[i].map(|_| cluster));
                }
                Ok(renumbered(found))
            }),
            chaff("from_one", "Clusters count from 1.", |x, eps, least| {
                Ok(reference::dbscan(x, eps, least)?
                    .into_iter()
                    .map(|it| it.map(|label| label + 1))
                    .collect())
            }),
            chaff("first_point_as_number", "A cluster is named after its first point.", |x, eps, least| {
                let labels = reference::dbscan(x, eps, least)?;
                let first = |label: usize| labels.iter().position(|it| *it == Some(label));
                Ok(labels.iter().map(|it| it.and_then(first)).collect())
            }),
            chaff("ten_clusters", "There are at most ten clusters.", |x, eps, least| {
                Ok(reference::dbscan(x, eps, least)?
                    .into_iter()
                    .map(|it| it.map(|label| label.min(9)))
                    .collect())
            }),
            chaff("sixty_features", "Sixty features are enough for a distance.", |x, eps, least| {
                reference::dbscan(x, eps, least)?;
                reference::dbscan(&part(x, x.rows(), 60), eps, least)
            }),
            chaff(
                "a_hundred_points",
                "A hundred points are enough to find the clusters.",
                |x, eps, least| {
                    reference::dbscan(x, eps, least)?;
                    let mut labels = reference::dbscan(&part(x, 100, x.cols()), eps, least)?;
                    labels.resize(x.rows(), None);
                    Ok(labels)
                },
            ),
            chaff("first_feature", "The first feature is enough.", |x, eps, least| {
                reference::dbscan(x, eps, least)?;
                reference::dbscan(&part(x, x.rows(), 1), eps, least)
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, eps, least| {
                reference::dbscan(x, eps, least)?;
                reference::dbscan(
                    &each(x, single),
                    f64::from(eps as f32).clamp(f64::MIN_POSITIVE, f64::MAX),
                    least,
                )
            }),
            chaff("equal_within_a_billionth", "ε and 10⁻⁹ more is the same.", |x, eps, least| {
                clustered(
                    x,
                    eps,
                    least,
                    &Way { is_near: |a, b, eps| square(a, b).sqrt() <= eps + 1e-9, ..PLAIN },
                )
            }),
            chaff("infinite_eps", "ε = ∞ takes all points as neighbors.", |x, eps, least| {
                reference::dbscan(x, if eps == f64::INFINITY { f64::MAX } else { eps }, least)
            }),
            chaff("eps_of_0", "With ε = 0 equal points are neighbors.", |x, eps, least| {
                reference::dbscan(x, if eps == 0.0 { f64::MIN_POSITIVE } else { eps }, least)
            }),
            chaff("min_points_of_0", "min_points = 0 is as 1.", |x, eps, least| {
                reference::dbscan(x, eps, least.max(1))
            }),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, eps, least| {
                reference::dbscan(&each(x, nan_as_zero), eps, least)
            }),
            chaff("any_size", "The square of a number is finite.", |x, eps, least| {
                check::finite("x", x.as_slice())?;
                reference::dbscan(&each(x, clipped), eps, least)
            }),
            chaff("empty", "Of no points the clustering is empty.", |x, eps, least| {
                if x.rows() == 0 { Ok(Vec::new()) } else { reference::dbscan(x, eps, least) }
            }),
            chaff("last_nan", "Any entry that is not finite may be named.", |x, e, m| {
                reference::dbscan(x, e, m).map_err(|error| match error {
                    InputError::NotFinite { name: "x", index } => {
                        let last = x.as_slice().iter().rposition(|v| !v.is_finite());
                        InputError::NotFinite { name: "x", index: last.unwrap_or(index) }
                    }
                    other => other,
                })
            }),
        ],
    )(x, eps, min_points)
}

struct Way {
    is_near: fn(&[f64], &[f64], f64) -> bool,
    /// Which of the clusters that reach it a border point is in.
    border: fn(&[usize]) -> Option<usize>,
}

const PLAIN: Way =
    Way { is_near: |a, b, eps| square(a, b).sqrt() <= eps, border: |clusters| clusters.first().copied() };

fn clustered(x: &Matrix, eps: f64, least: usize, way: &Way) -> Labels {
    reference::dbscan(x, eps, least)?;
    let n = x.rows();
    let near = |i: usize, j: usize| (way.is_near)(x.row(i), x.row(j), eps);
    let core: Vec<bool> = (0..n).map(|i| (0..n).filter(|&j| near(i, j)).count() >= least).collect();
    // The smallest core point that each is connected with.
    let mut smallest: Vec<usize> = (0..n).collect();
    let mut changed = true;
    while changed {
        changed = false;
        for i in (0..n).filter(|&i| core[i]) {
            for j in (0..n).filter(|&j| core[j]) {
                if smallest[j] < smallest[i] && near(i, j) {
                    smallest[i] = smallest[j];
                    changed = true;
                }
            }
        }
    }
    let of = |i: usize| {
        if core[i] {
            return Some(smallest[i]);
        }
        let mut clusters: Vec<usize> =
            (0..n).filter(|&j| core[j] && near(i, j)).map(|j| smallest[j]).collect();
        clusters.sort_unstable();
        (way.border)(&clusters)
    };
    Ok(renumbered((0..n).map(of).collect()))
}

/// From each core point on, as far as the number of hops allows; also through border points.
fn spread(x: &Matrix, eps: f64, least: usize, goes_on: fn(usize) -> bool) -> Vec<Option<usize>> {
    let n = x.rows();
    let near = |i: usize| (0..n).filter(|&j| square(x.row(i), x.row(j)).sqrt() <= eps).collect::<Vec<_>>();
    let mut labels = vec![None; n];
    for start in 0..n {
        if labels[start].is_some() || near(start).len() < least {
            continue;
        }
        labels[start] = Some(start);
        let mut open = vec![(start, 0)];
        while let Some((i, hops)) = open.pop() {
            for j in near(i) {
                if labels[j].is_none() {
                    labels[j] = Some(start);
                    if goes_on(hops) {
                        open.push((j, hops + 1));
                    }
                }
            }
        }
    }
    renumbered(labels)
}

/// The numbers 0, 1, 2, … in the order of the old ones.
fn renumbered(labels: Vec<Option<usize>>) -> Vec<Option<usize>> {
    let mut names: Vec<usize> = labels.iter().copied().flatten().collect();
    names.sort_unstable();
    names.dedup();
    labels.into_iter().map(|it| it.map(|it| names.partition_point(|name| *name < it))).collect()
}
