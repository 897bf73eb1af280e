use judge::{Verdict, any, close, equal, example, for_all, rounding};
use katas::m02_statistics::moments::{Moments, merge};
use proptest::prelude::{Strategy, prop_oneof};

use super::samples::far_away;
use crate::m02_statistics::exact;

/// The moments of x in exact arithmetic, rounded once.
fn moments(x: &[f64]) -> Moments {
    if x.is_empty() {
        return Moments::default();
    }
    Moments { count: x.len(), mean: exact::mean(x), squares: exact::squares(x) }
}

fn agrees(got: Moments, x: &[f64], squares_tolerance: f64, look: &str) -> Verdict {
    let want = moments(x);
    equal("merge(a, b).count", got.count, want.count, "Counts add up.")?;
    close("merge(a, b).mean", got.mean, want.mean, rounding(8, exact::largest(x)), look)?;
    close("merge(a, b).squares", got.squares, want.squares, squares_tolerance, look)
}

#[test]
fn two_parts_merge_into_the_whole() {
    for_all("x, y", [any::vector(1..=5), any::vector(1..=5)]).holds(|[x, y]| {
        let whole = [x.as_slice(), y].concat();
        let size = whole.iter().map(|x| x * x).sum();
        let look = "The larger part pulls the mean more. And where the means differ, each part lies off the \
                    common mean: that adds to the squares.";
        agrees(merge(moments(x), moments(y)), &whole, rounding(16, size), look)
    });
}

#[test]
fn the_order_of_the_parts_does_not_matter() {
    for_all("x, y", [any::vector(0..=5), any::vector(0..=5)]).holds(|[x, y]| {
        let (got, want) = (merge(moments(y), moments(x)), merge(moments(x), moments(y)));
        let (largest, size) = (exact::largest(x).max(exact::largest(y)), (x.len() + y.len()) as f64);
        let look = "merge(b, a) gave other moments than merge(a, b).";
        close("merge(b, a).mean", got.mean, want.mean, rounding(16, largest), look)?;
        close("merge(b, a).squares", got.squares, want.squares, rounding(32, size * largest * largest), look)
    });
}

#[test]
fn nothing_merged_with_a_part_is_that_part() {
    for_all("x, first", (any::vector(1..=5), proptest::prelude::any::<bool>())).holds(|(x, first)| {
        let (part, nothing) = (moments(x), Moments::default());
        let got = if *first { merge(nothing, part) } else { merge(part, nothing) };
        let size = x.iter().map(|x| x * x).sum();
        agrees(got, x, rounding(16, size), "An empty stream has mean 0, but that 0 weighs nothing.")
    });
}

#[test]
fn nothing_merged_with_nothing_is_nothing() {
    example(|| {
        let got = merge(Moments::default(), Moments::default());
        equal(
            "merge of two empty streams",
            got,
            Moments::default(),
            "All three are 0. A division 0/0 makes NaN.",
        )
    })
}

#[test]
fn large_parts_and_close_means_count_in_full() {
    let count = || prop_oneof![1..=9_usize, (4..=40_u32).prop_map(|k| 3 << k)];
    let apart = prop_oneof![any::eighth(), (10..=30_i32).prop_map(|k| 2.0_f64.powi(-k))];
    let inputs = (count(), count(), any::eighth(), apart);
    for_all("n, m, mean, apart", inputs).holds(|&(count_a, count_b, mean, apart)| {
        let a = Moments { count: count_a, mean, squares: 0.0 };
        let b = Moments { count: count_b, mean: mean + apart, squares: 0.0 };
        let got = merge(a, b);
        let (n, m) = (count_a as f64, count_b as f64);
        let weight = n * m / (n + m);
        let look = format!(
            "n·m/(n + m)·d² = {weight}·{apart}² lies between the two parts. Which step is too small for the \
             counts, or passes over a small d?"
        );
        equal("merge(a, b).count", got.count, count_a + count_b, "Counts add up.")?;
        close("merge(a, b).mean", got.mean, mean + apart * m / (n + m), rounding(8, 16.0), &look)?;
        // A common mean is off by a few of its ε: n·(distance of a)² + m·(distance of b)² by as much of 2·weight·d.
        let (want, off) = (weight * apart * apart, rounding(8, 16.0));
        let tolerance = rounding(16, want) + 4.0 * weight * apart.abs() * off + (n + m) * off * off;
        close("merge(a, b).squares", got.squares, want, tolerance, &look)
    });
}

#[test]
fn a_large_mean_does_not_drown_the_spread() {
    let parts =
        far_away().prop_flat_map(|x| (1..x.len()).prop_map(move |i| [x[..i].to_vec(), x[i..].to_vec()]));
    for_all("x, y", parts).holds(|[x, y]| {
        let whole = [x.as_slice(), y].concat();
        let look = "Going back to Σx² loses all digits: it has 18, and f64 keeps 16. The distance of the \
                    two means is small; square that.";
        agrees(merge(moments(x), moments(y)), &whole, exact::squares_tolerance(&whole), look)
    });
}
