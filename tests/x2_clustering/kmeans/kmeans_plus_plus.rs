use judge::{Answer, Broken, Verdict, any, drawn_with, ensure, equal, example, for_all, rejected};
use katas::x2_clustering::kmeans::kmeans_plus_plus;
use kit::{Generator, InputError, Matrix};
use proptest::prelude::*;

use super::super::draw::{counting_but, fault, few, matrix, points, rank, simplex, too_large};
use super::super::near::square;
use super::super::rejection::rejects_invalid;

const CALL: &str = "kmeans_plus_plus(x, k, generator)";

fn rows_of(x: &Matrix) -> Vec<&[f64]> {
    (0..x.rows()).map(|i| x.row(i)).collect()
}

fn distinct(x: &Matrix) -> usize {
    let mut rows = rows_of(x);
    rows.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    rows.dedup();
    rows.len()
}

/// The centers: rows of x, different ones as long as there are any.
fn drawn(x: &Matrix, k: usize, generator: &mut Generator) -> Result<Matrix, Broken> {
    let centers = kmeans_plus_plus(x, k, generator).accepted(CALL)?;
    equal("the shape of the centers", centers.shape(), (k, x.cols()), "One center per row.")?;
    let points = rows_of(x);
    for center in rows_of(&centers) {
        ensure(points.contains(&center), || {
            let look = "Each center is one of the points, with all of its features.";
            Broken::answer(format!("a center {center:?}"), "a row of x", look)
        })?;
    }
    let look = "A point at a distance of 0 from a center is not drawn while others are farther.";
    equal("the number of different centers", distinct(&centers), k.min(distinct(x)), look)?;
    Ok(centers)
}

/// Compares how often each sequence of points is drawn with its probability. The points are all different.
fn follows(x: &Matrix, k: usize, draws: usize, seed: u64) -> Verdict {
    let n = x.rows();
    let (mut generator, mut counts) = (Generator::from_seed(seed), vec![0; n.pow(k as u32)]);
    let place = |row: &[f64]| (0..n).find(|&i| x.row(i) == row).unwrap_or(0);
    for _ in 0..draws {
        let centers = drawn(x, k, &mut generator)?;
        counts[rows_of(&centers).into_iter().fold(0, |code, row| code * n + place(row))] += 1;
    }
    let sequence =
        |code: usize| -> Vec<usize> { (0..k).rev().map(|digit| code / n.pow(digit as u32) % n).collect() };
    let probability = |code: usize| {
        let points = sequence(code);
        (1..k).fold(1.0 / n as f64, |probability, step| {
            let weight = |i: usize| {
                points[..step].iter().map(|&j| square(x.row(i), x.row(j))).fold(f64::INFINITY, f64::min)
            };
            probability * weight(points[step]) / (0..n).map(weight).sum::<f64>()
        })
    };
    let possible: Vec<usize> = (0..counts.len()).filter(|&code| probability(code) > 0.0).collect();
    let names: Vec<String> = possible.iter().map(|&code| format!("points {:?}", sequence(code))).collect();
    let of: Vec<usize> = possible.iter().map(|&code| counts[code]).collect();
    let probabilities: Vec<f64> = possible.iter().map(|&code| probability(code)).collect();
    let look =
        "The first uniformly; then in proportion to the squared distance to the nearest center so far.";
    drawn_with(CALL, &names, &of, &probabilities, look)
}

#[test]
fn centers_are_different_points() {
    for_all("x, k, seed", (few([7, 3]), any::part(1..=7_usize), any::seed()))
        .holds(|(x, k, seed)| drawn(x, (*k).min(x.rows()), &mut Generator::from_seed(*seed)).map(|_| ()));
}

#[test]
fn far_points_are_drawn_in_proportion_to_the_squared_distance() {
    for_all("seed", any::seed())
        .cases(3)
        .holds(|&seed| follows(&matrix(4, 1, &[0.0, 1.0, 3.0, 7.0]), 2, 1500, seed));
}

#[test]
fn the_nearest_center_counts() {
    for_all("seed", any::seed()).cases(2).holds(|&seed| {
        // Two pairs: after one point of each, the other two are equally likely.
        let x = matrix(4, 2, &[0.0, 0.0, 1.0, 1.0, 6.0, -3.0, 7.0, -2.0]);
        follows(&x, 3, 2000, seed)
    });
}

#[test]
fn depends_on_the_generator_only() {
    let n = any::select(vec![40_usize, 101, 257, 301]);
    for_all("n, seed", (n, any::seed())).cases(24).holds(|&(n, seed)| {
        let x = Matrix::from_fn(n, 2, |i, j| ((i * 37 + j * 11) % n) as f64);
        let (mut first, mut again) = (Generator::from_seed(seed), Generator::from_seed(seed));
        let centers = drawn(&x, 20, &mut first)?;
        let look = "What else than the generator decides? A static, the clock, a hash map's order?";
        equal("the centers from the same state", drawn(&x, 20, &mut again)?, centers.clone(), look)?;
        // Two draws of 20 of 40 points agree with a chance far below 10⁻¹⁰.
        let look = "All randomness comes from the generator you are given. Is it cloned, or seeded anew?";
        for (what, other) in [
            ("the state that was left behind", drawn(&x, 20, &mut first)?),
            ("another seed", drawn(&x, 20, &mut Generator::from_seed(seed ^ 1))?),
        ] {
            ensure(other != centers, || {
                Broken::answer(format!("the same centers from {what}"), "other centers", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::kmeans::kmeans_plus_plus;
        use kit::{Generator, Matrix};
        let x = Matrix::from_rows([[3.0], [3.0], [8.0]]);
        let centers = kmeans_plus_plus(&x, 2, &mut Generator::from_seed(1))?;
        assert_eq!(centers[(0, 0)] + centers[(1, 0)], 11.0);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn draws_from_any_number_of_points_of_any_magnitude() {
        let inputs = any::sizes([1..=9, 1..=3, 1..=4], [301, 101, 301])
            .prop_flat_map(|[n, d, k]| (points([n.max(k), d]), Just(k), any::seed()));
        for_all("x, k, seed", inputs)
            .cases(96)
            .holds(|(x, k, seed)| drawn(x, *k, &mut Generator::from_seed(*seed)).map(|_| ()));
    }

    #[test]
    fn squared_distances_count_for_any_size_and_unit() {
        let unit = any::select(vec![1.0, 2.0_f64.powi(-30), 2.0_f64.powi(-150), 2.0_f64.powi(300)]);
        let size = any::select(vec![(12_usize, 6_usize), (12, 17), (41, 3), (301, 2)]);
        for_all("(n, d), j, unit, seed", (size, 0..17_usize, unit, any::seed())).cases(8).holds(
            |&((n, d), j, unit, seed)| {
                // Points in a row along one feature, and one that is far from them along another.
                let far = 0.4 * (n as f64).powf(1.5);
                let at = |i: usize| if i + 1 == n { [far, 0.0] } else { [0.0, i as f64] };
                let (first, second) = (j % d, (j + 1) % d);
                let x = Matrix::from_fn(n, d, |i, a| {
                    unit * if a == first {
                        at(i)[0]
                    } else if a == second {
                        at(i)[1]
                    } else {
                        2.5
                    }
                });
                let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 2]);
                for _ in 0..600 {
                    let centers = kmeans_plus_plus(&x, 2, &mut generator).accepted(CALL)?;
                    counts[usize::from(centers[(1, first)] == 0.0)] += 1;
                }
                let share = |from: usize| {
                    let weight = |i: usize| square(&at(i), &at(from));
                    weight(n - 1) / (0..n).map(weight).sum::<f64>()
                };
                let likely = (0..n).map(share).sum::<f64>() / n as f64;
                let look = "In proportion to the squared distance, over all features, in any unit.";
                let kinds = ["the far point", "another one"];
                drawn_with("the second center", &kinds, &counts, &[likely, 1.0 - likely], look)
            },
        );
    }

    #[test]
    fn each_of_many_points_may_be_first() {
        for_all("n, seed", (any::select(vec![17_usize, 101, 301]), any::seed())).cases(6).holds(
            |&(n, seed)| {
                let x = Matrix::from_fn(n, 1, |i, _| i as f64);
                let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 8]);
                for _ in 0..1500 {
                    counts[8 * drawn(&x, 1, &mut generator)?[(0, 0)] as usize / n] += 1;
                }
                let first = |part: usize| (part * n).div_ceil(8);
                let names: Vec<String> =
                    (0..8).map(|part| format!("points {} to {}", first(part), first(part + 1) - 1)).collect();
                let probabilities: Vec<f64> =
                    (0..8).map(|part| (first(part + 1) - first(part)) as f64 / n as f64).collect();
                drawn_with("the first center", &names, &counts, &probabilities, "The last one is as likely.")
            },
        );
    }

    #[test]
    fn centers_in_a_row_are_independent() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            // Of the third center two points are left, of the second center three, all equally likely.
            let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 6]);
            for _ in 0..900 {
                let [first, next] =
                    [drawn(&simplex(), 3, &mut generator)?, drawn(&simplex(), 3, &mut generator)?];
                counts[3 * rank(&first, 2) + rank(&next, 1)] += 1;
            }
            let names: Vec<String> = (0..6).map(|k| format!("ranks {} and {}", k / 3, k % 3)).collect();
            let look = "The generator is left where the last draw left it.";
            let call = "the third center of one call and the second of the next";
            drawn_with(call, &names, &counts, &[1.0 / 6.0; 6], look)
        });
    }

    #[test]
    fn equal_points_are_drawn_uniformly_where_no_other_is_left() {
        for_all("seed", any::seed()).cases(3).holds(|&seed| {
            let x = matrix(4, 1, &[3.0, 3.0, 3.0, 8.0]);
            let (mut generator, mut counts) = (Generator::from_seed(seed), [0; 2]);
            for _ in 0..1200 {
                let centers = drawn(&x, 3, &mut generator)?;
                counts[usize::from(centers[(2, 0)] == 8.0)] += 1;
            }
            let look = "If all squared distances are 0, each point is equally likely.";
            drawn_with("the third center", &["3", "8"], &counts, &[0.75, 0.25], look)
        });
    }

    #[test]
    fn draws_from_identical_points() {
        for_all("x, n, seed", (any::wide(), any::many(1..=5, 301), any::seed())).cases(48).holds(
            |&(value, n, seed)| {
                let x = Matrix::from_fn(n, 2, |_, _| value);
                drawn(&x, n, &mut Generator::from_seed(seed)).map(|_| ())
            },
        );
    }

    #[test]
    fn rejects_k_out_of_range() {
        for_all("n, more", (any::many(1..=6, 301), any::select(vec![1_usize, 2, 300]))).cases(32).holds(
            |&(n, more)| {
                let x = counting_but([n, 2], [0, 0], 0.0);
                for k in [0, n + more] {
                    let want = InputError::OutOfRange { name: "k", got: k as f64, wanted: "1 to n" };
                    let got = kmeans_plus_plus(&x, k, &mut Generator::from_seed(1));
                    rejected(CALL, got, want, "At least one center, and no more than points.")?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_invalid_points_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large())).cases(64).holds(|(fault, large)| {
            rejects_invalid(CALL, "x", fault, *large, |x| {
                kmeans_plus_plus(x, 1, &mut Generator::from_seed(1))
            })
        });
    }

    #[test]
    fn rejects_no_points_and_no_features() {
        example(|| {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let look = "There is nothing to draw from.";
            let got = kmeans_plus_plus(&Matrix::zeros(2, 0), 1, &mut Generator::from_seed(1));
            rejected("kmeans_plus_plus(2×0, 1, …)", got, few, look)?;
            // Of no points no k is possible: another reason.
            let got = kmeans_plus_plus(&Matrix::zeros(0, 2), 1, &mut Generator::from_seed(1));
            ensure(got.is_err(), || {
                Broken::answer(format!("kmeans_plus_plus(0×2, 1, …) = {got:?}"), "an error", look)
            })
        });
    }
}
