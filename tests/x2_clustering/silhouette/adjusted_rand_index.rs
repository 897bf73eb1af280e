use judge::{Answer, Broken, Verdict, any, close, equal, example, for_all, mean_near, rejected, rounding};
use katas::x2_clustering::silhouette::adjusted_rand_index;
use kit::{Generator, InputError};

use super::super::draw::label;

const CALL: &str = "adjusted_rand_index(first, second)";

/// From all pairs of points, in whole numbers.
fn expected(first: &[usize], second: &[usize]) -> f64 {
    let mut pairs = [[0_i128; 2]; 2];
    for i in 0..first.len() {
        for j in 0..i {
            pairs[usize::from(first[i] == first[j])][usize::from(second[i] == second[j])] += 1;
        }
    }
    let [[apart, in_second], [in_first, together]] = pairs;
    let numerator = 2 * (together * apart - in_first * in_second);
    let denominator =
        (together + in_first) * (in_first + apart) + (together + in_second) * (in_second + apart);
    if denominator == 0 { 1.0 } else { numerator as f64 / denominator as f64 }
}

fn agrees(first: &[usize], second: &[usize]) -> Result<f64, Broken> {
    let got = adjusted_rand_index(first, second).accepted(CALL)?;
    let want = expected(first, second);
    // A difference of numbers of up to (A + B)/2, relative to how much of that chance leaves.
    let share = |labels: &[usize]| {
        let n = labels.len() as f64;
        let same = |i: usize| labels.iter().filter(|it| **it == labels[i]).count() as f64 - 1.0;
        (0..labels.len()).map(same).sum::<f64>() / (n * (n - 1.0)).max(1.0)
    };
    let (a, b) = (share(first), share(second));
    let magnified = f64::midpoint(a, b) / (f64::midpoint(a, b) - a * b);
    let size = if magnified.is_finite() { magnified } else { 1.0 };
    let look = "S, A, B count pairs: m·(m − 1)/2 for each cell, each cluster of the one, each of the other.";
    close(CALL, got, want, rounding(4 * first.len() + 64, size), look)?;
    Ok(got)
}

/// Two clusterings of n points: random ones, or the second like the first with some changes.
fn two(n: usize, k: usize, m: usize, like: bool, seed: u64) -> [Vec<usize>; 2] {
    let mut generator = Generator::from_seed(seed);
    let first: Vec<usize> = (0..n).map(|_| generator.below(k)).collect();
    let second = first
        .iter()
        .map(|cluster| {
            let other = generator.below(m);
            if like && generator.below(8) > 0 { (cluster + 1) % m } else { other }
        })
        .collect();
    [first, second]
}

fn named(clusters: &[usize], shift: usize) -> Vec<usize> {
    clusters.iter().map(|cluster| label(cluster + shift)).collect()
}

#[test]
fn counts_pairs_of_points() {
    let labels = || any::vec(0..4_usize, 1..=8);
    for_all("first, second", (labels(), labels())).holds(|(first, second)| {
        let n = first.len().min(second.len());
        agrees(&first[..n], &second[..n]).map(|_| ())
    });
}

#[test]
fn is_one_whatever_the_numbers() {
    for_all("clusters, shift", (any::vec(0..4_usize, 1..=8), 1..=4_usize)).cases(128).holds(
        |(clusters, shift)| {
            let got = agrees(&named(clusters, 0), &named(clusters, *shift))?;
            close(
                "for other numbers of the same clusters",
                got,
                1.0,
                rounding(64, 1.0),
                "Only who is with whom counts.",
            )
        },
    );
}

#[test]
fn is_symmetric() {
    for_all("clusters", any::vec([0..3_usize, 0..3_usize], 2..=8)).cases(128).holds(|clusters| {
        let first: Vec<usize> = clusters.iter().map(|it| it[0]).collect();
        let second: Vec<usize> = clusters.iter().map(|it| it[1]).collect();
        let (one, other) = (agrees(&first, &second)?, agrees(&second, &first)?);
        close("adjusted_rand_index(second, first)", other, one, rounding(96, 8.0), "Both have the same part.")
    });
}

#[test]
fn is_zero_on_average_for_random_labels() {
    for_all("seed", any::seed()).cases(3).holds(|&seed| {
        // The sizes of the clusters stay, the order is random: the expectation is exactly 0.
        let mut generator = Generator::from_seed(seed);
        let first = [0, 0, 0, 0, 1, 1, 1, 2, 2, 3];
        let mut second = [0, 0, 0, 1, 1, 1, 1, 1, 2, 2];
        let mut sum = 0.0;
        for _ in 0..2000 {
            generator.shuffle(&mut second);
            sum += agrees(&first, &second)?;
        }
        let look = "Subtract what chance gives, E = A·B/C(n), above and below.";
        mean_near("the mean over random labels", sum / 2000.0, 2000, 2.0, 0.0, look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::silhouette::adjusted_rand_index;
        assert_eq!(adjusted_rand_index(&[0, 0, 1, 1], &[7, 7, 3, 3]), Ok(1.0));
        let crossed = adjusted_rand_index(&[0, 0, 1, 1], &[7, 3, 7, 3])?;
        assert!((crossed + 0.5).abs() < 1e-12);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn is_right_for_any_number_of_points_and_clusters() {
        let inputs = (any::many(1..=9, 1025), any::several(1..=4), any::several(1..=4), any::seed());
        for_all("n, k, m, seed", inputs).cases(96).holds(|&(n, k, m, seed)| {
            let [first, second] = two(n, k, m, seed % 3 > 0, seed);
            agrees(&named(&first, 0), &named(&second, 3)).map(|_| ())
        });
    }

    #[test]
    fn counts_more_pairs_than_four_bytes_hold() {
        for_all("seed", any::seed()).cases(2).holds(|&seed| -> Verdict {
            // 200,000 points: 2·10¹⁰ pairs, counted by the sizes of the clusters.
            let n = 200_000;
            let first: Vec<usize> = (0..n).map(|i| usize::from(i < n / 2)).collect();
            let second: Vec<usize> = (0..n).map(|i| usize::from(i % 2 == 0) + seed as usize % 5).collect();
            let got = adjusted_rand_index(&first, &second).accepted(CALL)?;
            // Each half of the one is halved by the other: R = −1/(n − 2) exactly.
            let look = "Products of numbers of pairs do not fit into 64 bits: compute them as f64.";
            close(CALL, got, -1.0 / (n as f64 - 2.0), 1e-9, look)
        });
    }

    #[test]
    fn is_one_for_two_trivial_clusterings() {
        for_all("n", any::many(1..=6, 301)).cases(32).holds(|&n| {
            let (one, each): (Vec<usize>, Vec<usize>) = (vec![label(2); n], (0..n).map(label).collect());
            let look = "The denominator is 0: both have one cluster, or both one per point.";
            equal("for one cluster twice", agrees(&one, &vec![label(6); n])?, 1.0, look)?;
            equal("for single points twice", agrees(&each, &(0..n).collect::<Vec<_>>())?, 1.0, look)?;
            if n > 1 {
                let look = "A single cluster and one per point agree no more than by chance.";
                equal("for one cluster and single points", agrees(&one, &each)?, 0.0, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_unequal_lengths() {
        for_all("[n, m]", any::unequal_lengths(301)).cases(48).holds(|&[left, right]| {
            let want = InputError::LengthMismatch { left, right };
            let got = adjusted_rand_index(&vec![1; left], &vec![1; right]);
            rejected(CALL, got, want, "Both are about the same points.")
        });
    }

    #[test]
    fn rejects_no_points() {
        example(|| {
            let few = InputError::TooFew { got: 0, wanted: 1 };
            let got = adjusted_rand_index(&[], &[]);
            rejected("adjusted_rand_index([], [])", got, few, "There is no point.")
        });
    }
}
