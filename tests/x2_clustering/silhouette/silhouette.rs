use judge::{Answer, Verdict, any, close, equal, example, for_all, rejected, rounding};
use katas::x2_clustering::silhouette::silhouette;
use kit::{InputError, Matrix};

use super::super::draw::{counting_but, fault, few, label, labeled, matrix, too_large};
use super::super::near::square;
use super::super::rejection::rejects_invalid;

const CALL: &str = "silhouette(x, labels)";

/// By definition: the mean distance to the others of the own cluster, and to each other cluster.
fn expected(x: &Matrix, labels: &[usize]) -> Vec<f64> {
    let mut names = labels.to_vec();
    names.sort_unstable();
    names.dedup();
    let mean = |i: usize, name: usize| {
        let others: Vec<usize> = (0..x.rows()).filter(|&j| j != i && labels[j] == name).collect();
        let sum: f64 = others.iter().map(|&j| square(x.row(i), x.row(j)).sqrt()).sum();
        (!others.is_empty()).then(|| sum / others.len() as f64)
    };
    let width = |i: usize| {
        let Some(a) = mean(i, labels[i]) else { return 0.0 };
        let others = names.iter().filter(|name| **name != labels[i]);
        let b = others.filter_map(|name| mean(i, *name)).fold(f64::INFINITY, f64::min);
        if a.max(b) == 0.0 { 0.0 } else { (b - a) / a.max(b) }
    };
    (0..x.rows()).map(width).collect()
}

fn agrees(x: &Matrix, labels: &[usize]) -> Verdict {
    let got = silhouette(x, labels).accepted(CALL)?;
    // Sums of up to n roots of sums of d squares, none of them negative, and a quotient.
    let tolerance = rounding(8 * (x.rows() + x.cols()) + 32, 1.0);
    let look =
        "a is a mean over the others of its cluster, b the smallest of the means over the other clusters.";
    equal("the number of silhouettes", got.len(), labels.len(), "One per point.")?;
    for (i, (got, want)) in got.into_iter().zip(expected(x, labels)).enumerate() {
        close(&format!("the silhouette of point {i}"), got, want, tolerance, look)?;
    }
    Ok(())
}

/// Labels of two clusters or more.
fn varied(clusters: &[usize], n: usize) -> Vec<usize> {
    let mut labels: Vec<usize> = clusters[..n].iter().map(|cluster| label(*cluster)).collect();
    if labels.iter().all(|it| *it == labels[0]) {
        labels[0] = label(4);
    }
    labels
}

#[test]
fn compares_the_own_cluster_with_the_next() {
    for_all("x, clusters", (few([8, 3]), any::vec(0..3_usize, 8)))
        .holds(|(x, clusters)| if x.rows() < 2 { Ok(()) } else { agrees(x, &varied(clusters, x.rows())) });
}

#[test]
fn is_near_one_for_clusters_far_apart() {
    for_all("x", any::vector(6..=6)).cases(64).holds(|x| {
        // A silhouette is at least 1 − a/b, with a at most 32 and b at least 10⁶.
        let far = Matrix::from_fn(6, 1, |i, _| x[i] + if i < 3 { 0.0 } else { 1e7 });
        let got = silhouette(&far, &[1, 1, 1, 0, 0, 0]).accepted(CALL)?;
        let look = "Near to its own cluster and far from the other one.";
        close(CALL, &got[..], &[1.0; 6][..], 1e-4, look)?;
        agrees(&far, &[1, 0, 1, 0, 1, 0])
    });
}

#[test]
fn is_negative_in_the_wrong_cluster() {
    for_all("x, gap", (any::eighth(), any::nonzero())).cases(64).holds(|&(x, gap)| {
        let gap = gap.abs();
        let x = matrix(4, 1, &[x, x + gap, x + 8.0 * gap, x + gap / 2.0]);
        agrees(&x, &[7, 7, 3, 3])
    });
}

#[test]
fn a_single_point_has_zero() {
    for_all("x", any::vector(3..=8)).cases(64).holds(|x| {
        let n = x.len();
        let labels: Vec<usize> = (0..n).map(|i| if i < n - 2 { i } else { n }).collect();
        agrees(&matrix(n, 1, x), &labels)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::silhouette::silhouette;
        use kit::Matrix;
        let x = Matrix::from_rows([[0.0], [2.0], [4.0]]);
        assert_eq!(silhouette(&x, &[5, 5, 2]), Ok(vec![0.5, 0.0, 0.0]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_size_and_magnitude() {
        for_all("x, labels", labeled([257, 101, 41])).cases(96).holds(|(x, labels)| agrees(x, labels));
    }

    #[test]
    fn equal_points_in_different_clusters_have_zero() {
        for_all("n, value", (any::many(2..=6, 301), any::wide())).cases(48).holds(|&(n, value)| {
            let x = Matrix::from_fn(n, 2, |_, j| value + j as f64);
            let labels: Vec<usize> = (0..n).map(|i| label(i % 2)).collect();
            let look = "a and b are both 0: the silhouette is 0, not NaN.";
            equal(CALL, silhouette(&x, &labels).accepted(CALL)?, vec![0.0; n], look)
        });
    }

    #[test]
    fn all_points_alone_have_zero() {
        for_all("n", any::many(2..=6, 301)).cases(32).holds(|&n| {
            let x = Matrix::from_fn(n, 1, |i, _| (i * i) as f64);
            let got = silhouette(&x, &(0..n).collect::<Vec<_>>()).accepted(CALL)?;
            equal(CALL, got, vec![0.0; n], "Each point is alone in its cluster.")
        });
    }

    #[test]
    fn tiny_differences_count() {
        for_all("gap", any::magnitude(-13, -9)).cases(48).holds(|gap| {
            // a = 1 and b = 1 + gap for the first point.
            let x = matrix(3, 1, &[0.0, -1.0, 1.0 + gap.abs()]);
            agrees(&x, &[4, 4, 2])
        });
    }

    #[test]
    fn many_clusters_count() {
        for_all("n, k, seed", (any::part(20..=40_usize), any::several(2..=5), any::seed())).cases(32).holds(
            |&(n, k, seed)| {
                let x = Matrix::from_fn(n, 2, |i, j| ((seed as usize % 97 + 31 * i + 17 * j) % 64) as f64);
                let labels: Vec<usize> = (0..n).map(|i| label(i % k.min(n - 1))).collect();
                agrees(&x, &labels)
            },
        );
    }

    #[test]
    fn rejects_a_single_cluster() {
        for_all("n", any::many(1..=6, 301)).cases(32).holds(|&n| {
            let x = counting_but([n, 2], [0, 0], 0.0);
            let want = InputError::Constant { name: "labels" };
            rejected(CALL, silhouette(&x, &vec![3; n]), want, "Without another cluster there is no b.")
        });
    }

    #[test]
    fn rejects_invalid_points_in_any_place() {
        for_all("[n, d], [i, j], bad, large", (fault(), too_large())).cases(64).holds(
            |&(([n, d], place, bad), large)| {
                let labels: Vec<usize> = (0..n.max(2)).collect();
                rejects_invalid(CALL, "x", &([n.max(2), d], place, bad), large, |x| silhouette(x, &labels))
            },
        );
    }

    #[test]
    fn rejects_unequal_lengths() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(48).holds(|&[left, right]| {
            let x = counting_but([left, 2], [0, 0], 0.0);
            let want = InputError::LengthMismatch { left, right };
            let got = silhouette(&x, &(0..right).collect::<Vec<_>>());
            rejected(CALL, got, want, "One label per point; the number of points on the left.")
        });
    }

    #[test]
    fn rejects_no_features() {
        example(|| {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let got = silhouette(&Matrix::zeros(2, 0), &[0, 1]);
            rejected("silhouette(2×0, [0, 1])", got, few, "Without features there is no distance.")?;
            let got = silhouette(&Matrix::zeros(0, 2), &[]);
            judge::ensure(got.is_err(), || {
                judge::Broken::answer(
                    format!("silhouette(0×2, []) = {got:?}"),
                    "an error",
                    "There is no point.",
                )
            })
        });
    }
}
