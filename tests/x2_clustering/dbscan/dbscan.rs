use judge::{Answer, Broken, Verdict, any, ensure, equal, example, for_all, rejected};
use katas::x2_clustering::dbscan::dbscan;
use kit::{Generator, InputError, Matrix};

use super::super::draw::{counting_but, fault, few, matrix, sized, too_large};
use super::super::near::square;
use super::super::rejection::rejects_invalid;

const CALL: &str = "dbscan(x, eps, min_points)";

/// Compares the answer with the definition, where no distance is so close to ε that rounding decides.
fn agrees(x: &Matrix, eps: f64, min_points: usize) -> Verdict {
    let got = dbscan(x, eps, min_points).accepted(CALL)?;
    let n = x.rows();
    equal("the number of labels", got.len(), n, "One per point.")?;
    let near: Vec<Vec<usize>> =
        (0..n).map(|i| (0..n).filter(|&j| square(x.row(i), x.row(j)).sqrt() <= eps).collect()).collect();
    let is_core = |i: usize| near[i].len() >= min_points;
    let region = regions(&near, is_core);
    let clusters = region.iter().flatten().max().map_or(0, |last| last + 1);
    // To which number each connected region was given, by its first core point.
    let mut number = vec![None; clusters];
    for i in (0..n).filter(|&i| is_core(i)) {
        let Some(label) = got[i] else {
            let look = format!("Point {i} has {} neighbors within ε, itself included.", near[i].len());
            return Err(Broken::answer(format!("core point {i} is noise"), "a cluster", look));
        };
        let Some(region) = region[i] else { continue };
        let look = "Core points that are neighbors, and all connected through such pairs, are one cluster.";
        equal(&format!("the cluster of core point {i}"), label, *number[region].get_or_insert(label), look)?;
    }
    let numbers: Vec<usize> = number.into_iter().flatten().collect();
    let mut sorted = numbers.clone();
    sorted.sort_unstable();
    let look = "Regions that are not connected are different clusters: numbers 0 to m − 1, each once.";
    equal("the numbers of the clusters, sorted", sorted, (0..clusters).collect(), look)?;
    for i in (0..n).filter(|&i| !is_core(i)) {
        let possible: Vec<usize> = near[i]
            .iter()
            .filter(|&&j| is_core(j))
            .filter_map(|&j| region[j])
            .map(|it| numbers[it])
            .collect();
        let fits = got[i].map_or(possible.is_empty(), |label| possible.contains(&label));
        ensure(fits, || {
            let want = if possible.is_empty() {
                "noise".to_owned()
            } else {
                format!("one of the clusters {possible:?}")
            };
            let look =
                "A border point is in the cluster of a core point within ε; it does not pass the cluster on.";
            Broken::answer(format!("the label of point {i}, no core point, is {:?}", got[i]), want, look)
        })?;
    }
    Ok(())
}

/// The connected regions of core points, by joining again and again.
fn regions(near: &[Vec<usize>], is_core: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let n = near.len();
    let mut of: Vec<Option<usize>> = (0..n).map(|i| is_core(i).then_some(i)).collect();
    loop {
        let before = of.clone();
        for i in (0..n).filter(|&i| is_core(i)) {
            let least = near[i].iter().filter_map(|&j| of[j]).min();
            of[i] = of[i].min(least.or(of[i]));
        }
        if of == before {
            break;
        }
    }
    let mut names: Vec<usize> = of.iter().copied().flatten().collect();
    names.sort_unstable();
    names.dedup();
    of.into_iter().map(|it| it.map(|it| names.partition_point(|name| *name < it))).collect()
}

/// An ε between two distances of the points, so that rounding decides nothing; larger than all, if there is none.
fn between(x: &Matrix, seed: u64) -> f64 {
    let n = x.rows();
    let pairs = (0..n).flat_map(|i| (0..i).map(move |j| (i, j)));
    let mut distances: Vec<f64> = pairs.map(|(i, j)| square(x.row(i), x.row(j)).sqrt()).collect();
    distances.push(0.0);
    distances.sort_by(f64::total_cmp);
    let gaps: Vec<f64> = distances
        .windows(2)
        .filter(|pair| pair[1] > 1.001 * pair[0])
        .map(|pair| f64::midpoint(pair[0], pair[1]))
        .collect();
    let last = 2.0 * distances[distances.len() - 1] + f64::MIN_POSITIVE;
    // Mostly one of the small distances, so that there are several clusters.
    let mut generator = Generator::from_seed(seed);
    let place = generator.below(gaps.len() + 1).min(generator.below(gaps.len() + 1));
    gaps.get(place).copied().unwrap_or(last)
}

#[test]
fn follows_the_definition() {
    let eps = any::select(vec![0.125, 0.25, 1.0, 1.5, 2.0, 4.0]);
    for_all("x, eps, min_points", (few([9, 2]), eps, any::part(1..=4_usize)))
        .cases(512)
        .holds(|(x, eps, min_points)| agrees(x, *eps, *min_points));
}

#[test]
fn a_chain_is_one_cluster() {
    for_all("start, step, n", (any::eighth(), any::nonzero(), any::part(3..=12_usize))).cases(64).holds(
        |&(start, step, n)| {
            // Whole numbers of steps: each point is exactly ε from the next one, in any order.
            let x = Matrix::from_fn(n, 1, |i, _| start + step * ((17 * i) % n) as f64);
            [1, 2, 3, 4].into_iter().try_for_each(|min_points| agrees(&x, step.abs(), min_points))
        },
    );
}

#[test]
fn two_clusters_may_share_a_border_point() {
    for_all("a, b", [any::eighth(), any::eighth()]).cases(64).holds(|&[a, b]| {
        // The point in the middle is within ε of a core point on either side, and has three neighbors itself.
        let xs = [-3.0, -2.5, -2.0, -1.5, -1.0, 0.0, 1.0, 1.5, 2.0, 2.5, 3.0];
        let x = Matrix::from_fn(11, 2, |i, j| if j == 0 { a + xs[(i * 7) % 11] } else { b });
        agrees(&x, 1.0, 4)
    });
}

#[test]
fn isolated_points_are_noise() {
    for_all("n, gap", (any::part(1..=9_usize), any::nonzero())).cases(64).holds(|&(n, gap)| {
        let x = Matrix::from_fn(n, 1, |i, _| 2.0 * gap * i as f64);
        let got = dbscan(&x, gap.abs(), 2).accepted(CALL)?;
        equal(CALL, got, vec![None; n], "Each point has only itself as a neighbor: one of two.")?;
        agrees(&x, gap.abs(), 1)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::dbscan::dbscan;
        use kit::Matrix;
        let x = Matrix::from_rows([[0.0], [1.0], [2.0], [9.0]]);
        assert_eq!(dbscan(&x, 1.0, 3), Ok(vec![Some(0), Some(0), Some(0), None]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn follows_the_definition_for_any_size_and_magnitude() {
        for_all("x, min_points, seed", (sized([257, 65]), any::part(1..=5_usize), any::seed()))
            .cases(64)
            .holds(|(x, min_points, seed)| {
                agrees(x, between(x, *seed), *min_points)?;
                // The same where the points differ in the last feature only.
                let last = x.cols() - 1;
                let x = Matrix::from_fn(x.rows(), x.cols(), |i, j| if j < last { 0.0 } else { x[(i, j)] });
                agrees(&x, between(&x, *seed), *min_points)
            });
    }

    #[test]
    fn clusters_of_many_points() {
        for_all("n, seed", (any::select(vec![101_usize, 151, 257]), any::seed())).cases(6).holds(
            |&(n, seed)| {
                let mut generator = Generator::from_seed(seed);
                let side = 4 * (n as f64).sqrt() as usize;
                let mut x = Matrix::zeros(n, 2);
                (0..2 * n).for_each(|k| x[(k / 2, k % 2)] = generator.below(side) as f64 / 8.0);
                [(0.375, 3), (0.5, 4), (0.25, 1), (8.0, 60), (8.0, 101)]
                    .into_iter()
                    .try_for_each(|(eps, min_points)| agrees(&x, eps, min_points))
            },
        );
    }

    #[test]
    fn a_long_chain_does_not_overflow_the_stack() {
        example(|| {
            let x = Matrix::from_fn(600, 1, |i, _| i as f64);
            let got = dbscan(&x, 1.0, 2).accepted(CALL)?;
            equal("a chain of 600 points", got, vec![Some(0); 600], "All are connected.")
        });
    }

    #[test]
    fn a_distance_of_exactly_eps_counts() {
        for_all("a, b", [any::eighth(), any::eighth()]).cases(64).holds(|&[a, b]| {
            // 3, 4 and 5: exact in f64, whether roots or squares are compared.
            let x = matrix(2, 2, &[a, b, a + 3.0, b + 4.0]);
            agrees(&x, 5.0, 2)?;
            agrees(&x, 5.0_f64.next_down() - 1e-9, 2)
        });
    }

    #[test]
    fn identical_points_are_neighbors() {
        for_all("n, value", (any::many(1..=6, 301), any::wide())).cases(48).holds(|&(n, value)| {
            let x = Matrix::from_fn(n, 2, |_, _| value);
            [1, n, n + 1].into_iter().try_for_each(|min_points| agrees(&x, 1e-100, min_points))
        });
    }

    #[test]
    fn any_number_of_neighbors_may_be_asked_for() {
        example(|| {
            let x = matrix(3, 1, &[0.0, 1.0, 2.0]);
            agrees(&x, 1.0, usize::MAX)?;
            agrees(&x, f64::MAX, 3)?;
            agrees(&x, f64::MIN_POSITIVE, 1)
        });
    }

    #[test]
    fn rejects_parameters_out_of_range() {
        for_all("n", any::many(1..=6, 301)).cases(16).holds(|&n| {
            let x = counting_but([n, 2], [0, 0], 0.0);
            for got in [0.0, -0.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let want = InputError::OutOfRange { name: "eps", got, wanted: "a finite number > 0" };
                rejected(CALL, dbscan(&x, got, 2), want, "ε is a finite number above 0.")?;
            }
            let want = InputError::OutOfRange { name: "min_points", got: 0.0, wanted: "at least 1" };
            rejected(CALL, dbscan(&x, 1.0, 0), want, "Every point has a neighbor, itself.")
        });
    }

    #[test]
    fn rejects_invalid_points_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large()))
            .cases(64)
            .holds(|(fault, large)| rejects_invalid(CALL, "x", fault, *large, |x| dbscan(x, 1.0, 2)));
    }

    #[test]
    fn rejects_no_points_and_no_features() {
        example(|| {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let look = "At least one point and one feature.";
            rejected("dbscan(0×2, 1, 2)", dbscan(&Matrix::zeros(0, 2), 1.0, 2), few.clone(), look)?;
            rejected("dbscan(2×0, 1, 2)", dbscan(&Matrix::zeros(2, 0), 1.0, 2), few, look)
        });
    }
}
