use judge::{Verdict, any, close, equal, example, for_all, rounding};
use katas::m02_statistics::moments::{Moments, merge};
use proptest::prelude::{Strategy, prop_oneof};

use super::samples::far_away;
use crate::m02_statistics::{exact, range};

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
fn merges_two_samples_into_the_combined_one() {
    let both = ([range::sample(1, 5), range::sample(1, 5)], any::part(0..=9_u8));
    // Now and then equal.
    let both = both.prop_map(|([x, y], form)| if form == 9 { [x.clone(), x] } else { [x, y] });
    for_all("x, y", both).holds(|[x, y]| {
        let whole = [x.as_slice(), y].concat();
        let size = whole.iter().map(|x| x * x).sum();
        let look = "The common mean is the weighted mean. If the means differ, each sample deviates from \
                    the common mean: that adds to the sum of squares.";
        agrees(merge(moments(x), moments(y)), &whole, rounding(16, size), look)
    });
}

#[test]
fn is_commutative() {
    for_all("x, y", [any::vector(1..=5), any::vector(1..=5)]).holds(|[x, y]| {
        let (got, want) = (merge(moments(y), moments(x)), merge(moments(x), moments(y)));
        let (largest, size) = (exact::largest(x).max(exact::largest(y)), (x.len() + y.len()) as f64);
        let look = "merge(a, b) = merge(b, a), the value above.";
        close("merge(b, a).mean", got.mean, want.mean, rounding(16, largest), look)?;
        close("merge(b, a).squares", got.squares, want.squares, rounding(32, size * largest * largest), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::moments::{Moments, merge};
        let (a, b) =
            (Moments { count: 1, mean: 1.0, squares: 0.0 }, Moments { count: 1, mean: 5.0, squares: 0.0 });
        assert_eq!(merge(a, b), Moments { count: 2, mean: 3.0, squares: 8.0 });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn does_not_overflow_within_the_documented_range() {
        for_all("n, k", (any::size(1..=6, 100_000), -100..=145_i32)).holds(|&(n, k)| {
            // Two samples of n equal numbers each, up to as far apart as the page allows.
            let mean = 10.0_f64.powi(k) / n as f64;
            let [a, b] = [-mean, mean].map(|mean| Moments { count: n, mean, squares: 0.0 });
            let (got, want) = (merge(a, b), 2.0 * (mean * n as f64) * mean);
            let look = "Σ(xᵢ − x̄)² is 2n·x̄² here, far below the largest number. What is squared or \
                        multiplied on the way?";
            close("merge(a, b).mean", got.mean, 0.0, rounding(8, mean), look)?;
            close("merge(a, b).squares", got.squares, want, rounding(16, want), look)
        });
    }

    #[test]
    fn has_the_empty_sample_as_neutral_element() {
        for_all("x, first", (range::sample(1, 5), proptest::prelude::any::<bool>())).holds(|(x, first)| {
            let (part, nothing) = (moments(x), Moments::default());
            let got = if *first { merge(nothing, part) } else { merge(part, nothing) };
            let size = x.iter().map(|x| x * x).sum();
            agrees(got, x, rounding(16, size), "The mean 0 of an empty sample has the weight 0.")
        });
    }

    #[test]
    fn merges_two_empty_samples() {
        example(|| {
            let got = merge(Moments::default(), Moments::default());
            equal("merge of two empty streams", got, Moments::default(), "All three are 0; 0/0 would be NaN.")
        })
    }

    #[test]
    fn is_accurate_for_large_counts_and_close_means() {
        let count = || prop_oneof![1..=9_usize, (4..=48_u32).prop_map(|k| 3 << k)];
        let apart = prop_oneof![any::eighth(), (10..=44_i32).prop_map(|k| 2.0_f64.powi(-k))];
        let inputs = (count(), count(), any::eighth(), apart);
        for_all("n, m, mean, apart", inputs).holds(|&(count_a, count_b, mean, apart)| {
            let a = Moments { count: count_a, mean, squares: 0.0 };
            let b = Moments { count: count_b, mean: mean + apart, squares: 0.0 };
            let got = merge(a, b);
            let (n, m) = (count_a as f64, count_b as f64);
            let weight = n * m / (n + m);
            let look = format!(
                "n·m/(n + m)·d² = {weight}·{apart}² is added to the squares. Do large counts overflow, or \
                 is a small d dropped?"
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
    fn is_accurate_for_a_large_mean() {
        let parts =
            far_away().prop_flat_map(|x| (1..x.len()).prop_map(move |i| [x[..i].to_vec(), x[i..].to_vec()]));
        for_all("x, y", parts).holds(|[x, y]| {
            let whole = [x.as_slice(), y].concat();
            let look = "Σx² has 18 digits, and f64 keeps 16: cancellation. The distance of the two means is \
                        small; square that.";
            agrees(merge(moments(x), moments(y)), &whole, exact::squares_tolerance(&whole), look)
        });
    }

    #[test]
    fn is_accurate_for_numbers_of_every_magnitude() {
        let wide = || (1..=9_usize, any::wide(), any::magnitude(-12, 7));
        // No square overflows, and none of those that count underflows.
        let vast = || (any::size(1..=9, 1025), any::magnitude(-140, 146), any::magnitude(-280, 295));
        let tiny = || (any::size(1..=9, 1025), any::magnitude(-140, -101), any::magnitude(-280, -201));
        let inputs = prop_oneof![[wide(), wide()], [vast(), vast()], [tiny(), tiny()]];
        // One number does not deviate from its mean.
        let sample = |(count, mean, squares): (usize, f64, f64)| {
            (count, mean, if count == 1 { 0.0 } else { squares.abs() })
        };
        for_all("a, b", inputs.prop_map(move |parts| parts.map(sample))).holds(|parts| {
            let [a, b] = parts.map(|(count, mean, squares)| Moments { count, mean, squares });
            let (n, m, d) = (a.count as f64, b.count as f64, b.mean - a.mean);
            let (got, largest) = (merge(a, b), a.mean.abs().max(b.mean.abs()));
            let look = "Above, a and b stand as (count, mean, squares). The mean is a.mean + d·m/(n + m), \
                        and n·m/(n + m)·d² is added to both sums of squares, in f64.";
            close("merge(a, b).mean", got.mean, a.mean + d * m / (n + m), rounding(16, largest), look)?;
            let (between, off) = (n * m / (n + m) * d * d, rounding(8, largest));
            let want = a.squares + b.squares + between;
            // A common mean that is off by this much adds as much to the distance of either mean.
            let tolerance = rounding(32, want) + 4.0 * (n + m) * (d.abs() * off + off * off);
            close("merge(a, b).squares", got.squares, want, tolerance, look)
        });
    }
}
