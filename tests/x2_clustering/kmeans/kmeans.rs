use judge::{
    Answer, Broken, Verdict, any, close, drawn_with, ensure, equal, example, for_all, rejected, rounding,
};
use katas::x2_clustering::kmeans::{Clustering, kmeans};
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault, few, groups, matrix, normal, points, too_large};
use super::super::near::{are_means, are_nearest, square};
use super::super::pairs::are_independent;
use super::super::rejection::rejects_invalid;

const CALL: &str = "kmeans(x, k, starts, generator)";

/// The answer: a fixed point of Lloyd's algorithm with its inertia.
fn found(x: &Matrix, k: usize, starts: usize, generator: &mut Generator) -> Result<Clustering, Broken> {
    let got = kmeans(x, k, starts, generator).accepted(CALL)?;
    equal("the shape of the centers", got.centers.shape(), (k, x.cols()), "One center per row.")?;
    are_nearest(CALL, x, &got.centers, &got.labels)?;
    are_means(CALL, x, &got.labels, &got.centers, None)?;
    let to = |i: usize, j: usize| square(x.row(i), got.centers.row(j));
    let (mut want, mut least) = (0.0, 0.0);
    for (i, &label) in got.labels.iter().enumerate() {
        want += to(i, label);
        least += (0..k).map(|j| to(i, j)).fold(f64::INFINITY, f64::min);
    }
    let look = "The inertia is that of the labels and centers that are returned. Take differences \
                before squares.";
    // Means that are summed in another order are off by this much, and the sum of the squares by its square. Where two
    // centers are about equally near, it may be the other one's distance that is added up.
    let (n, d) = x.shape();
    let off = rounding(2 * n + 8, x.as_slice().iter().fold(0.0, |largest: f64, x| largest.max(x.abs())));
    let tolerance = rounding(4 * d + 2 * n + 16, want) + (4 * n * d) as f64 * off * off + (want - least);
    close("the inertia", got.inertia, want, tolerance, look)?;
    Ok(got)
}

/// The clusters are these groups, whatever their numbers.
fn same_clusters(labels: &[usize], groups: &[usize]) -> Verdict {
    for i in 0..groups.len() {
        for j in 0..i {
            ensure((labels[i] == labels[j]) == (groups[i] == groups[j]), || {
                let word = |same: bool| if same { "the same cluster" } else { "different clusters" };
                let got = format!("points {j} and {i} in {}", word(labels[i] == labels[j]));
                let look = "The groups are far apart: each of them is a cluster.";
                Broken::answer(got, word(groups[i] == groups[j]), look)
            })?;
        }
    }
    Ok(())
}

#[test]
fn is_a_fixed_point() {
    let inputs = (few([8, 3]), any::part(1..=8_usize), any::part(1..=4_usize), any::seed());
    for_all("x, k, starts, seed", inputs).holds(|(x, k, starts, seed)| {
        found(x, (*k).min(x.rows()), *starts, &mut Generator::from_seed(*seed)).map(|_| ())
    });
}

#[test]
fn finds_well_separated_groups() {
    // Three starts miss a group with a chance far below 10⁻²⁰.
    for_all("n, k, seed", (any::part(8..=24_usize), any::part(1..=4_usize), any::seed())).cases(64).holds(
        |&(n, k, seed)| {
            let (x, groups) = groups(n, 2, k, seed);
            let got = found(&x, k, 3, &mut Generator::from_seed(seed))?;
            same_clusters(&got.labels, &groups)
        },
    );
}

/// A rectangle that is half as long again as high: divided across if the start is a short side, which is worse.
fn rectangle() -> Matrix {
    matrix(4, 2, &[0.0, 0.0, 0.0, 1.0, 1.5, 0.0, 1.5, 1.0])
}

#[test]
fn one_start_may_end_in_a_local_minimum() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 2]);
        for _ in 0..1200 {
            let got = found(&rectangle(), 2, 1, &mut generator)?;
            counts[usize::from(got.inertia > 2.0)] += 1;
        }
        // The second center is the other end of the short side with a weight of 1 of 1 + 2.25 + 3.25.
        let look = "The start is drawn with kmeans_plus_plus, and each step is one of Lloyd's.";
        let worse = 1.0 / 6.5;
        drawn_with("the inertia", &["1", "2.25"], &counts, &[1.0 - worse, worse], look)
    });
}

#[test]
fn the_best_of_all_starts_counts() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 2]);
        for _ in 0..1200 {
            let got = found(&rectangle(), 2, 2, &mut generator)?;
            counts[usize::from(got.inertia > 2.0)] += 1;
        }
        let look =
            "The inertia is the worse one only if both starts end there: compare them, and draw each anew.";
        let worse = 1.0 / (6.5 * 6.5);
        drawn_with("the inertia with two starts", &["1", "2.25"], &counts, &[1.0 - worse, worse], look)
    });
}

#[test]
fn depends_on_the_generator_only() {
    for_all("n, seed", (any::select(vec![60_usize, 101, 301]), any::seed())).cases(12).holds(|&(n, seed)| {
        let mut numbers = Generator::from_seed(seed ^ 5);
        let x: Vec<f64> = (0..n * 2).map(|_| normal(&mut numbers)).collect();
        let x = matrix(n, 2, &x);
        let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
        let got = found(&x, 20, 1, &mut first)?;
        let look = "What else than the generator decides? A static, the clock, a hash map's order?";
        equal("the clustering from the same state", found(&x, 20, 1, &mut again)?, got.clone(), look)?;
        // That two starts number twenty clusters alike has a chance far below 10⁻¹⁰.
        let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
        for (what, other) in [
            ("the state that was left behind", found(&x, 20, 1, &mut first)?),
            ("another seed", found(&x, 20, 1, &mut Generator::from_seed(seed ^ 1))?),
        ] {
            ensure(other.centers != got.centers, || {
                Broken::answer(format!("the same centers from {what}"), "other centers", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::kmeans::kmeans;
        use kit::{Generator, Matrix};
        let x = Matrix::from_rows([[1.0], [3.0], [70.0], [72.0]]);
        let found = kmeans(&x, 2, 5, &mut Generator::from_seed(1))?;
        assert_eq!(found.inertia, 4.0);
        assert!(found.labels[0] == found.labels[1] && found.labels[1] != found.labels[2]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_a_fixed_point_for_any_size_and_magnitude() {
        let inputs = any::sizes([1..=9, 1..=3, 1..=4], [301, 101, 101])
            .prop_flat_map(|[n, d, k]| (points([n.max(k), d]), Just(k), any::part(1..=3_usize), any::seed()));
        for_all("x, k, starts, seed", inputs).cases(96).holds(|(x, k, starts, seed)| {
            found(x, *k, *starts, &mut Generator::from_seed(*seed)).map(|_| ())
        });
    }

    #[test]
    fn goes_on_until_the_labels_stay() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            // Quantiles of Student's t with two degrees of freedom: any two intervals are nearly a fixed point, so that steps
            // are small. Mostly more than 200 of them, and never more than 281.
            let quantile = |p: f64| (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            let x = Matrix::from_fn(2001, 1, |i, _| quantile((i as f64 + 0.5) / 2001.0));
            found(&x, 2, 1, &mut Generator::from_seed(seed))?;
            // Some 30 steps, in any unit.
            [1.0, 2.0_f64.powi(-17), 2.0_f64.powi(-100), 2.0_f64.powi(100)].into_iter().try_for_each(|unit| {
                let x = Matrix::from_fn(301, 1, |i, _| unit * i as f64);
                found(&x, 6, 1, &mut Generator::from_seed(seed)).map(|_| ())
            })
        });
    }

    #[test]
    fn finds_many_groups_in_many_dimensions() {
        let inputs = any::sizes([8..=12, 1..=3, 2..=4], [301, 65, 13]);
        for_all("[n, d, k], seed", (inputs, any::seed())).cases(32).holds(|&([n, d, k], seed)| {
            let (x, groups) = groups(n.max(k), d, k, seed);
            let got = found(&x, k, 4, &mut Generator::from_seed(seed))?;
            same_clusters(&got.labels, &groups)
        });
    }

    #[test]
    fn tries_as_many_starts_as_asked() {
        for_all("seed", any::seed()).cases(4).holds(|&seed| {
            // Twelve starts are all the worse with a chance below 2·10⁻¹⁰.
            let mut left: Vec<Generator> = Vec::new();
            for starts in [12, 51, 101, 300, 301] {
                let mut generator = Generator::from_seed(seed);
                let got = found(&rectangle(), 2, starts, &mut generator)?;
                close(
                    "the inertia of the best of many starts",
                    got.inertia,
                    1.0,
                    1e-12,
                    "Keep the best one.",
                )?;
                ensure(!left.contains(&generator), || {
                    let got = format!("{starts} starts leave the generator where fewer starts left it");
                    let want = "a generator that has moved on by the numbers of all starts";
                    Broken::answer(got, want, "Each start draws new numbers, however many starts there are.")
                })?;
                left.push(generator);
            }
            Ok(())
        });
    }

    #[test]
    fn many_starts_find_what_few_miss() {
        for_all("seed", any::seed()).cases(10).holds(|&seed| {
            // Five rectangles: a start divides all of them along with a chance of about 0.1, so that 300 starts miss it
            // with a chance below 10⁻¹³.
            let corners = rectangle();
            let shift = |i: usize, a: usize| if a == 0 { 5.0 * (i / 4) as f64 } else { 0.0 };
            let x = Matrix::from_fn(20, 2, |i, a| corners[(i % 4, a)] + shift(i, a));
            let one = found(&x, 10, 1, &mut Generator::from_seed(seed))?;
            let got = found(&x, 10, 300, &mut Generator::from_seed(seed))?;
            let look = "Make all starts that are asked for, and keep the best one.";
            close("the inertia of the best of 300 starts", got.inertia, 5.0, 1e-11, look)?;
            let look = "The best of several starts is no worse than the first of them.";
            ensure(got.inertia <= one.inertia + 1e-11, || {
                let (got, one) = (got.inertia, one.inertia);
                Broken::answer(
                    format!("an inertia of {got} with 300 starts"),
                    format!("at most {one}, that of one"),
                    look,
                )
            })
        });
    }

    #[test]
    fn results_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(2).holds(|&seed| {
            let mut generator = Generator::from_seed(seed);
            are_independent(|x, k| {
                let labels = found(x, k, 1, &mut generator)?.labels;
                Ok(labels[0] == labels[1])
            })
        });
    }

    #[test]
    fn clusters_identical_points() {
        for_all("x, n, k, seed", (any::wide(), any::many(1..=5, 301), any::part(1..=5_usize), any::seed()))
            .cases(48)
            .holds(|&(value, n, k, seed)| {
                let x = Matrix::from_fn(n, 2, |_, _| value);
                let got = found(&x, k.min(n), 2, &mut Generator::from_seed(seed))?;
                let look = "There is one place only. A center without points stays where it started.";
                let same = Matrix::from_fn(k.min(n), 2, |_, _| value);
                close("the centers", got.centers, same, rounding(2 * n + 8, value), look)?;
                close("the inertia", got.inertia, 0.0, rounding(64 + 8 * n, n as f64 * value * value), look)
            });
    }

    #[test]
    fn every_point_may_be_a_cluster() {
        for_all("n, seed", (any::many(1..=6, 129), any::seed())).cases(24).holds(|&(n, seed)| {
            let x = Matrix::from_fn(n, 1, |i, _| (i * i) as f64);
            let got = found(&x, n, 1, &mut Generator::from_seed(seed))?;
            equal("the inertia for k = n", got.inertia, 0.0, "Each point is its own center.")
        });
    }

    #[test]
    fn rejects_numbers_out_of_range() {
        for_all("n, more", (any::many(1..=6, 301), any::select(vec![1_usize, 2, 300]))).cases(32).holds(
            |&(n, more)| {
                let x = counting_but([n, 2], [0, 0], 0.0);
                let asked = |k, starts| kmeans(&x, k, starts, &mut Generator::from_seed(1));
                for k in [0, n + more] {
                    let want = InputError::OutOfRange { name: "k", got: k as f64, wanted: "1 to n" };
                    rejected(CALL, asked(k, 2), want, "At least one cluster, and no more than points.")?;
                }
                let want = InputError::OutOfRange { name: "starts", got: 0.0, wanted: "at least 1" };
                rejected(CALL, asked(1, 0), want, "Without a start there is no clustering.")
            },
        );
    }

    #[test]
    fn rejects_invalid_points_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large())).cases(64).holds(|(fault, large)| {
            rejects_invalid(CALL, "x", fault, *large, |x| kmeans(x, 1, 1, &mut Generator::from_seed(1)))
        });
    }

    #[test]
    fn rejects_no_points_and_no_features() {
        example(|| {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let look = "There is nothing to divide.";
            let got = kmeans(&Matrix::zeros(2, 0), 1, 1, &mut Generator::from_seed(1));
            rejected("kmeans(2×0, 1, 1, …)", got, few, look)?;
            // Of no points no k is possible: another reason.
            let got = kmeans(&Matrix::zeros(0, 2), 1, 1, &mut Generator::from_seed(1));
            ensure(got.is_err(), || {
                Broken::answer(format!("kmeans(0×2, 1, 1, …) = {got:?}"), "an error", look)
            })
        });
    }
}
