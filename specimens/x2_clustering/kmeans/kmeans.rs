use kit::{Generator, InputError, Matrix};

use super::super::placing::{
    Plan, RIGHT, clipped, each, expanded, manhattan, median, nan_as_zero, part, seeded, single, square,
};
use crate::reference::x2_clustering::kmeans as reference;
use crate::reference::x2_clustering::kmeans::Clustering;
use crate::specimens::specimen::{answering, chaff, wheat};

type Clustered = Result<Clustering, InputError>;
type Kmeans = fn(&Matrix, usize, usize, &mut Generator) -> Clustered;

/// The kata, answered by a specimen.
pub fn kmeans(
    x: &Matrix,
    k: usize,
    starts: usize,
    generator: &mut Generator,
) -> Result<Clustering, InputError> {
    answering::<Kmeans>(
        module_path!(),
        reference::kmeans,
        &[
            wheat("last_of_equals", "of equally near centers takes the last", |x, k, starts, g| {
                searched(
                    x,
                    k,
                    starts,
                    g,
                    &Search { plan: Plan { wins: |new, old| new <= old, ..RIGHT }, ..PLAIN },
                )
            }),
            wheat("expanded", "takes ‖x‖² − 2x·c + ‖c‖²", |x, k, starts, g| {
                searched(x, k, starts, g, &Search { plan: Plan { distance: expanded, ..RIGHT }, ..PLAIN })
            }),
            wheat("last_best", "of equally good starts takes the last", |x, k, starts, g| {
                searched(x, k, starts, g, &Search { is_better: |new, old| new <= old, ..PLAIN })
            }),
            chaff("one_start", "One start is enough.", |x, k, starts, g| {
                searched(x, k, starts.min(1), g, &PLAIN)
            }),
            chaff("last_start", "The last start counts.", |x, k, starts, g| {
                searched(x, k, starts, g, &Search { is_better: |_, _| true, ..PLAIN })
            }),
            chaff(
                "worst_start",
                "The clustering with the highest inertia is the best one.",
                |x, k, starts, g| {
                    searched(x, k, starts, g, &Search { is_better: |new, old| new > old, ..PLAIN })
                },
            ),
            chaff("ten_starts", "More than ten starts are never needed.", |x, k, starts, g| {
                searched(x, k, starts.min(10), g, &PLAIN)
            }),
            chaff("uniform_start", "Any k points are a start.", |x, k, starts, g| {
                searched(
                    x,
                    k,
                    starts,
                    g,
                    &Search { weight: |nearest| if nearest > 0.0 { 1.0 } else { 0.0 }, ..PLAIN },
                )
            }),
            chaff(
                "start_by_distance",
                "The start is drawn in proportion to the distance.",
                |x, k, starts, g| searched(x, k, starts, g, &Search { weight: f64::sqrt, ..PLAIN }),
            ),
            chaff("no_step", "A good start is a good clustering.", |x, k, starts, g| {
                searched(x, k, starts, g, &Search { most: 0, ..PLAIN })
            }),
            chaff("one_step", "One step of Lloyd's algorithm is enough.", |x, k, starts, g| {
                searched(x, k, starts, g, &Search { most: 1, ..PLAIN })
            }),
            chaff("five_steps", "Five steps of Lloyd's algorithm are enough.", |x, k, starts, g| {
                searched(x, k, starts, g, &Search { most: 5, ..PLAIN })
            }),
            chaff("absolute", "A distance is the sum of the absolute differences.", |x, k, starts, g| {
                searched(x, k, starts, g, &Search { plan: Plan { distance: manhattan, ..RIGHT }, ..PLAIN })
            }),
            chaff("medians", "A center is the median of its points.", |x, k, starts, g| {
                let plan = Plan { center: |values, _| median(values), ..RIGHT };
                searched(x, k, starts, g, &Search { plan, ..PLAIN })
            }),
            chaff("nan_without_points", "0/0 is the mean of no points.", |x, k, starts, g| {
                let plan = Plan { lonely: |_, _, _| f64::NAN, ..RIGHT };
                searched(x, k, starts, g, &Search { plan, ..PLAIN })
            }),
            chaff("zeros_without_points", "A center without points is 0.", |x, k, starts, g| {
                let plan = Plan { lonely: |_, _, _| 0.0, ..RIGHT };
                searched(x, k, starts, g, &Search { plan, ..PLAIN })
            }),
            chaff(
                "small_moves",
                "Steps may end once no center moves by more than 10⁻⁴.",
                |x, k, starts, g| {
                    let mut best = usable(x, k, starts)?;
                    for start in 0..starts {
                        let mut centers = weighted(x, k, PLAIN.weight, g);
                        let mut labels = RIGHT.labels(x, &centers);
                        for _ in 0..PLAIN.most {
                            let moved = RIGHT.moved(x, &centers, &labels);
                            let most = centers.as_slice().iter().zip(moved.as_slice());
                            let most = most.fold(0.0_f64, |most, (from, to)| most.max((from - to).abs()));
                            centers = moved;
                            if most < 1e-4 {
                                break;
                            }
                            labels = RIGHT.labels(x, &centers);
                        }
                        let inertia =
                            labels.iter().enumerate().map(|(i, &j)| square(x.row(i), centers.row(j))).sum();
                        if start == 0 || inertia < best.inertia {
                            best = Clustering { labels, centers, inertia };
                        }
                    }
                    Ok(best)
                },
            ),
            chaff(
                "expanded_inertia",
                "The inertia is Σ ‖x‖² − 2x·c + ‖c‖².",
                |x, k, starts, g| {
                    let found = reference::kmeans(x, k, starts, g)?;
                    let to = |(i, &j): (usize, &usize)| expanded(x.row(i), found.centers.row(j));
                    let inertia = found.labels.iter().enumerate().map(to).sum();
                    Ok(Clustering { inertia, ..found })
                },
            ),
            chaff("mean_inertia", "The inertia is a mean.", |x, k, starts, g| {
                let found = reference::kmeans(x, k, starts, g)?;
                Ok(Clustering { inertia: found.inertia / x.rows() as f64, ..found })
            }),
            chaff(
                "root_of_inertia",
                "The inertia is a sum of distances, not of squares.",
                |x, k, starts, g| {
                    let found = reference::kmeans(x, k, starts, g)?;
                    let to = |(i, &j): (usize, &usize)| square(x.row(i), found.centers.row(j)).sqrt();
                    let inertia = found.labels.iter().enumerate().map(to).sum();
                    Ok(Clustering { inertia, ..found })
                },
            ),
            chaff(
                "labels_of_another",
                "Labels of the last start fit the centers of the best.",
                |x, k, starts, g| {
                    let found = reference::kmeans(x, k, starts, g)?;
                    Ok(Clustering { labels: reference::kmeans(x, k, 1, g)?.labels, ..found })
                },
            ),
            chaff("from_one", "Clusters count from 1.", |x, k, starts, g| {
                let found = reference::kmeans(x, k, starts, g)?;
                Ok(Clustering { labels: found.labels.iter().map(|label| label + 1).collect(), ..found })
            }),
            chaff("sorted_centers", "The centers come in ascending order.", |x, k, starts, g| {
                let found = reference::kmeans(x, k, starts, g)?;
                let mut order: Vec<usize> = (0..k).collect();
                order.sort_by(|&a, &b| found.centers[(a, 0)].total_cmp(&found.centers[(b, 0)]));
                let centers = Matrix::from_fn(k, x.cols(), |j, a| found.centers[(order[j], a)]);
                Ok(Clustering { centers, ..found })
            }),
            chaff("sixty_features", "Sixty features are enough for a distance.", |x, k, starts, g| {
                let distance = |a: &[f64], b: &[f64]| square(&a[..a.len().min(60)], &b[..b.len().min(60)]);
                searched(x, k, starts, g, &Search { plan: Plan { distance, ..RIGHT }, ..PLAIN })
            }),
            chaff("first_feature", "The first feature decides.", |x, k, starts, g| {
                searched(
                    x,
                    k,
                    starts,
                    g,
                    &Search { plan: Plan { distance: |a, b| (a[0] - b[0]).abs(), ..RIGHT }, ..PLAIN },
                )
            }),
            chaff("single_precision", "Single precision (f32) is accurate enough.", |x, k, starts, g| {
                usable(x, k, starts)?;
                reference::kmeans(&each(x, single), k, starts, g)
            }),
            chaff(
                "always_the_same",
                "A fixed seed inside the function makes it reproducible.",
                |x, k, starts, _| reference::kmeans(x, k, starts, &mut Generator::from_seed(42)),
            ),
            chaff("generator_not_moved", "A clone of the generator is as random.", |x, k, starts, g| {
                reference::kmeans(x, k, starts, &mut g.clone())
            }),
            chaff("starts_from_one_state", "Each start may use the same numbers.", |x, k, starts, g| {
                let found = reference::kmeans(x, k, starts.min(1), &mut g.clone())?;
                g.uniform();
                Ok(found)
            }),
            chaff("k_clipped", "If k is too large each point is a cluster.", |x, k, starts, g| {
                reference::kmeans(x, k.min(x.rows()), starts, g)
            }),
            chaff("no_start_is_one", "At least one start is made.", |x, k, starts, g| {
                reference::kmeans(x, k, starts.max(1), g)
            }),
            chaff(
                "a_hundred_points",
                "A hundred points are enough to find the clusters.",
                |x, k, starts, g| {
                    usable(x, k, starts)?;
                    let found = reference::kmeans(&part(x, k.max(100), x.cols()), k, starts, g)?;
                    let labels = RIGHT.labels(x, &found.centers);
                    Ok(Clustering { labels, ..found })
                },
            ),
            chaff("nan_as_0", "A missing value (NaN) counts as 0.", |x, k, starts, g| {
                reference::kmeans(&each(x, nan_as_zero), k, starts, g)
            }),
            chaff("any_size", "The square of a number is finite.", |x, k, starts, g| {
                kit::check::finite("x", x.as_slice())?;
                reference::kmeans(&each(x, clipped), k, starts, g)
            }),
            chaff("a_hundred_steps", "A hundred steps are enough.", |x, k, starts, generator| {
                let mut best = reference::kmeans(x, k, starts, &mut generator.clone())?;
                for start in 0..starts {
                    let mut centers = reference::kmeans_plus_plus(x, k, generator)?;
                    let mut labels = vec![0; x.rows()];
                    for _ in 0..100 {
                        (labels, centers) = reference::lloyd_step(x, &centers)?;
                    }
                    let inertia =
                        labels.iter().enumerate().map(|(i, &j)| square(x.row(i), centers.row(j))).sum();
                    if start == 0 || inertia < best.inertia {
                        best = reference::Clustering { labels, centers, inertia };
                    }
                }
                Ok(best)
            }),
        ],
    )(x, k, starts, generator)
}

struct Search {
    plan: Plan,
    weight: fn(f64) -> f64,
    most: usize,
    is_better: fn(f64, f64) -> bool,
}

const PLAIN: Search =
    Search { plan: RIGHT, weight: |nearest| nearest, most: 300, is_better: |new, old| new < old };

fn usable(x: &Matrix, k: usize, starts: usize) -> Clustered {
    reference::kmeans(x, k, starts.min(1), &mut Generator::from_seed(0))
}

fn searched(x: &Matrix, k: usize, starts: usize, generator: &mut Generator, search: &Search) -> Clustered {
    let mut best = usable(x, k, starts)?;
    for start in 0..starts {
        let mut centers = weighted(x, k, search.weight, generator);
        let mut labels = search.plan.labels(x, &centers);
        for _ in 0..search.most {
            centers = search.plan.moved(x, &centers, &labels);
            let next = search.plan.labels(x, &centers);
            if next == labels {
                break;
            }
            labels = next;
        }
        let inertia = labels.iter().enumerate().map(|(i, &j)| square(x.row(i), centers.row(j))).sum();
        if start == 0 || (search.is_better)(inertia, best.inertia) {
            best = Clustering { labels, centers, inertia };
        }
    }
    Ok(best)
}

/// A start whose weights are another function of the squared distance.
fn weighted(x: &Matrix, k: usize, weight: fn(f64) -> f64, generator: &mut Generator) -> Matrix {
    if weight(4.0) == 2.0 {
        return seeded(x, k, |nearest, _| nearest.sqrt(), generator);
    }
    if weight(4.0) == 1.0 {
        return seeded(x, k, |nearest, _| if nearest > 0.0 { 1.0 } else { 0.0 }, generator);
    }
    seeded(x, k, |nearest, _| nearest, generator)
}
