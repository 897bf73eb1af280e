use judge::any::vec;
use judge::{Answer, any, close, equal, example, for_all, rejected, rejected_for, rounding};
use katas::m02_statistics::histograms::histogram;
use kit::InputError;
use proptest::prelude::{Just, Strategy, prop_oneof};

use super::samples::{edges, sample_and_edges};
use crate::m02_statistics::range;

/// How many numbers lie in each bin.
fn counted(x: &[f64], edges: &[f64]) -> Vec<usize> {
    let last = edges.len() - 2;
    let inside = |i: usize, x: f64| edges[i] <= x && (x < edges[i + 1] || i == last && x == edges[i + 1]);
    (0..=last).map(|i| x.iter().filter(|x| inside(i, **x)).count()).collect()
}

#[test]
fn includes_left_edges_and_the_last_right_edge() {
    for_all("x, edges", sample_and_edges()).holds(|[x, edges]| {
        let got = histogram(x, edges).accepted("histogram(x, edges)")?.counts;
        let look = "A number on an edge belongs to the bin that starts there; only the last bin also \
                    includes its right edge.";
        equal("histogram(x, edges).counts", got, counted(x, edges), look)
    });
}

#[test]
fn counts_each_sample_once() {
    for_all("x, edges", sample_and_edges()).holds(|[x, edges]| {
        let got = histogram(x, edges).accepted("histogram(x, edges)")?.counts;
        let look = format!(
            "The counts {got:?} have to sum to n. Which sample is missing or counted twice: one on an edge?"
        );
        equal("the sum of the counts", got.iter().sum(), x.len(), look)
    });
}

#[test]
fn has_one_bin_between_consecutive_edges() {
    for_all("x, edges", sample_and_edges()).holds(|[x, edges]| {
        let got = histogram(x, edges).accepted("histogram(x, edges)")?;
        let (lengths, bins) = ((got.counts.len(), got.density.len()), edges.len() - 1);
        equal("the numbers of counts and densities", lengths, (bins, bins), "m + 1 edges bound m bins.")
    });
}

#[test]
fn has_total_area_one() {
    for_all("x, edges", sample_and_edges()).holds(|[x, edges]| {
        let got = histogram(x, edges).accepted("histogram(x, edges)")?.density;
        let area =
            got.iter().zip(edges.windows(2)).map(|(density, edge)| density * (edge[1] - edge[0])).sum();
        let look = "Density times width is the relative frequency of a bin. Bins may differ in width.";
        close("the sum of density·width", area, 1.0, rounding(4 * edges.len() + x.len(), 1.0), look)
    });
}

#[test]
fn divides_the_count_by_n_and_width() {
    for_all("x, edges", sample_and_edges()).holds(|[x, edges]| {
        let got = histogram(x, edges).accepted("histogram(x, edges)")?;
        let bars = got.counts.iter().zip(&got.density).zip(edges.windows(2));
        for (i, ((&count, &density), edge)) in bars.enumerate() {
            let want = count as f64 / (x.len() as f64 * (edge[1] - edge[0]));
            let look = format!(
                "Bin {i} from {} to {} counts {count}: divide by n and by the width.",
                edge[0], edge[1]
            );
            close(&format!("density of bin {i}"), density, want, rounding(x.len() + 4, want), look)?;
        }
        Ok(())
    });
}

#[test]
fn counts_everything_in_a_single_bin() {
    example(|| {
        let got =
            histogram(&[0.0, 0.125, 0.5], &[0.0, 0.5]).accepted("histogram([0, 0.125, 0.5], [0, 0.5])")?;
        equal("counts", got.counts, vec![3], "Both edges belong to the only bin.")?;
        close(
            "density",
            got.density[0],
            2.0,
            rounding(8, 2.0),
            "Everything on half a unit is a density of 2.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m02_statistics::histograms::{Histogram, histogram};
        let found = histogram(&[0.0, 1.0, 2.5, 3.0], &[0.0, 1.0, 3.0]);
        assert_eq!(found, Ok(Histogram { counts: vec![1, 3], density: vec![0.25, 0.375] }));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn counts_anew_when_one_sample_moves() {
        let inputs = (sample_and_edges(), 0..1025_usize, 0..64_usize).prop_map(|([x, edges], i, bin)| {
            let (i, bin) = (i % x.len(), bin % (edges.len() - 1));
            (x, edges, i, bin)
        });
        for_all("x, edges, i, bin", inputs).holds(|(x, edges, i, bin)| {
            let before = histogram(x, edges).accepted("histogram(x, edges)")?.counts;
            let mut moved = x.clone();
            moved[*i] = f64::midpoint(edges[*bin], edges[bin + 1]);
            let last = edges.len() - 2;
            let from = (0..last).find(|&k| x[*i] < edges[k + 1]).unwrap_or(last);
            let mut want = before.clone();
            want[from] -= 1;
            want[*bin] += 1;
            let got = histogram(&moved, edges).accepted("histogram(moved, edges)")?.counts;
            let look = "One sample goes to the middle of another bin: one count falls by 1, one grows by 1. \
                        Is the sample of an earlier call kept?";
            equal(&format!("histogram(moved, edges).counts, after {before:?} for x,"), got, want, look)
        });
    }

    #[test]
    fn does_not_depend_on_the_unit() {
        for_all("x, edges, k", (sample_and_edges(), prop_oneof![3 => -960..=960_i32, 1 => 961..=988_i32]))
            .holds(|([x, edges], k)| {
                let unit = 2.0_f64.powi(*k);
                let scaled = |values: &[f64]| values.iter().map(|value| value * unit).collect::<Vec<f64>>();
                let want = histogram(x, edges).accepted("histogram(x, edges)")?;
                let got = histogram(&scaled(x), &scaled(edges)).accepted("histogram(2ᵏ·x, 2ᵏ·edges)")?;
                let look = "Samples and edges were multiplied by 2ᵏ, which causes no rounding. Is a width \
                        compared with a constant?";
                equal("histogram(2ᵏ·x, 2ᵏ·edges).counts", &got.counts, &want.counts, look)?;
                let density: Vec<f64> = got.density.iter().map(|density| density * unit).collect();
                close(
                    "its density times 2ᵏ",
                    density.as_slice(),
                    want.density.as_slice(),
                    rounding(x.len() + 8, 8.0),
                    look,
                )
            });
    }

    #[test]
    fn counts_many_samples() {
        example(|| {
            let x: Vec<f64> = (0..70_000).map(|i| f64::from(i % 7)).collect();
            let got = histogram(&x, &[0.0, 1.0, 6.0]).accepted("histogram of 70 000 samples")?;
            equal(
                "counts",
                got.counts,
                vec![10_000, 60_000],
                "A byte overflows at 255, and every sample counts.",
            )
        });
    }

    #[test]
    fn distinguishes_neighbors_of_an_edge() {
        for_all("edges", edges()).holds(|edges| {
            for (i, &edge) in edges.iter().enumerate().skip(1).take(edges.len() - 2) {
                let got =
                    histogram(&[edge.next_down(), edge], edges).accepted("histogram([below e, e], edges)")?;
                let mut want = vec![0; edges.len() - 1];
                (want[i - 1], want[i]) = (1, 1);
                let look = format!(
                    "{:?} is just below the edge {edge}. Compare with the edges; a division rounds.",
                    edge.next_down()
                );
                equal(&format!("counts of [just below {edge}, {edge}]"), got.counts, want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn treats_minus_zero_as_zero() {
        let zero = || judge::any::select(vec![0.0, -0.0]);
        for_all("x, edge", (vec(zero(), 1..=4), zero())).holds(|(x, edge)| {
            let look = "−0 and 0 are equal: `<` and `==` agree, `total_cmp` distinguishes them.";
            let got = histogram(x, &[-1.0, *edge, 1.0]).accepted("histogram(x, [−1, edge, 1])")?;
            equal("histogram(x, [−1, edge, 1]).counts", got.counts, vec![0, x.len()], look)?;
            let got = histogram(x, &[*edge, 1.0]).accepted("histogram(x, [edge, 1])")?;
            equal("histogram(x, [edge, 1]).counts", got.counts, vec![x.len()], look)
        });
    }

    #[test]
    fn rejects_an_empty_sample() {
        for_all("edges", edges()).holds(|edges| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "histogram([], edges)",
                histogram(&[], edges),
                want,
                "Relative frequencies of an empty sample are 0/0.",
            )
        });
    }

    #[test]
    fn rejects_fewer_than_two_edges() {
        for_all("x, edges", (range::sample(1, 3), any::vector(0..=1))).holds(|(x, edges)| {
            let want = InputError::TooFew { got: edges.len(), wanted: 2 };
            rejected("histogram(x, edges)", histogram(x, edges), want, "A bin has two edges.")
        });
    }

    #[test]
    fn rejects_edges_that_do_not_increase() {
        // One edge that does not increase, or two: the error contains the first. No sample is outside.
        let fall = prop_oneof![1 => Just(0.0), 2 => any::eighth()];
        let inputs = (edges(), 0..65_usize, fall, any::vector(0..=1));
        for_all("edges, i, fall, again", inputs).holds(|(edges, i, fall, again)| {
            let (mut edges, i) = (edges.clone(), 1 + i % (edges.len() - 1));
            let fall = if i + 1 == edges.len() { 0.0 } else { fall.abs() };
            edges[i] = edges[i - 1] - fall;
            if again.len() == 1 {
                edges.push(edges[edges.len() - 1]);
            }
            let got = histogram(&[edges[0]], &edges);
            let want = InputError::OutOfRange {
                name: "edges",
                got: edges[i],
                wanted: "each greater than the one before",
            };
            let look = "A bin of width 0 would have an infinite density. The error contains the first such \
                        edge.";
            rejected(&format!("histogram([{}], {edges:?})", edges[0]), got, want, look)
        });
    }

    #[test]
    fn rejects_a_sample_just_outside() {
        let inputs = (sample_and_edges(), 0..1025_usize, proptest::prelude::any::<bool>());
        for_all("x, edges, i, low", inputs).holds(|([x, edges], i, low)| {
            let mut x = x.clone();
            let i = i % x.len();
            let got = if *low { edges[0].next_down() } else { edges[edges.len() - 1].next_up() };
            let want = InputError::OutOfRange { name: "x", got, wanted: "from the first edge to the last" };
            let look = "It is just outside. No tolerance is needed: nothing was rounded.";
            x[i] = got;
            rejected(
                &format!("histogram(x with {got:?} in place i, edges)"),
                histogram(&x, edges),
                want,
                look,
            )
        });
    }

    #[test]
    fn rejects_a_sample_outside_of_all_bins() {
        let outside = (sample_and_edges(), 0..1025_usize, any::nonzero(), proptest::prelude::any::<bool>());
        for_all("x, edges, i, far, low", outside).holds(|([x, edges], i, far, low)| {
            let (mut x, i) = (x.clone(), i % x.len());
            let (below, above) = (edges[0] - far.abs(), edges[edges.len() - 1] + far.abs());
            x[i] = if *low { below } else { above };
            // Another one behind it, on the other side; the error contains the first.
            x.push(if *low { above } else { below });
            let want =
                InputError::OutOfRange { name: "x", got: x[i], wanted: "from the first edge to the last" };
            let look =
                "A sample outside of all bins is neither ignored nor counted in the first or last bin.";
            rejected(&format!("histogram({x:?}, edges)"), histogram(&x, edges), want, look)
        });
    }

    #[test]
    fn rejects_numbers_that_are_not_finite() {
        for_all("x, edges, i, bad", (sample_and_edges(), 0..1025_usize, any::not_finite())).holds(
            |([x, edges], i, bad)| {
                let look = "All comparisons with NaN are false. Search for NaN and infinity first.";
                let (mut with, i) = (x.clone(), i % x.len());
                with[i] = *bad;
                let outside = InputError::OutOfRange {
                    name: "x",
                    got: *bad,
                    wanted: "from the first edge to the last",
                };
                let wants = [InputError::NotFinite { name: "x", index: i }, outside];
                rejected_for(&format!("histogram({with:?}, edges)"), histogram(&with, edges), &wants, look)?;
                // At the end, or −∞ in front, so that no sample is outside.
                let inner = edges;
                let front = *bad == f64::NEG_INFINITY;
                let edges =
                    if front { [vec![*bad], edges.clone()] } else { [edges.clone(), vec![*bad]] }.concat();
                let index = if front { 0 } else { edges.len() - 1 };
                let wanted = "each greater than the one before";
                let wants = [
                    InputError::NotFinite { name: "edges", index },
                    InputError::OutOfRange { name: "edges", got: *bad, wanted },
                ];
                rejected_for(&format!("histogram(x, {edges:?})"), histogram(x, &edges), &wants, look)?;
                if inner.len() < 3 {
                    return Ok(());
                }
                // Or between two edges: it is not above the one before, or the next one is not above it.
                let (mut edges, at) = (inner.clone(), 1 + i % (inner.len() - 2));
                edges[at] = *bad;
                let wants = [
                    InputError::NotFinite { name: "edges", index: at },
                    InputError::OutOfRange { name: "edges", got: *bad, wanted },
                    InputError::OutOfRange { name: "edges", got: edges[at + 1], wanted },
                ];
                let got = histogram(&edges[..1], &edges);
                rejected_for(&format!("histogram([{}], {edges:?})", edges[0]), got, &wants, look)
            },
        );
    }

    #[test]
    fn counts_large_samples_in_many_bins_of_every_width() {
        let width = || any::magnitude(-8, 5).prop_map(f64::abs);
        let edges = (any::wide(), any::size(1..=5, 257)).prop_flat_map(move |(first, bins)| {
            vec(width(), bins).prop_map(move |widths| {
                let mut edges = vec![first];
                for width in widths {
                    let last = edges[edges.len() - 1];
                    edges.push((last + width).max(last.next_up()));
                }
                edges
            })
        });
        let inputs = edges.prop_flat_map(|edges| {
            let number = (0..edges.len() - 1, 0..=4_u8);
            (vec(number, 1..=30), any::size(1..=8, 257), Just(edges)).prop_map(|(places, n, edges)| {
                let x = places.iter().cycle().take(n).map(|&(bin, quarter)| {
                    let (left, right) = (edges[bin], edges[bin + 1]);
                    (left + (right - left) * f64::from(quarter) / 4.0).clamp(left, right)
                });
                [x.collect::<Vec<_>>(), edges]
            })
        });
        for_all("x, edges", inputs).holds(|[x, edges]| {
            let got = histogram(x, edges).accepted("histogram(x, edges)")?;
            let counts = counted(x, edges);
            let look = "Every sample and every bin counts, and edges are compared in f64.";
            equal("histogram(x, edges).counts", &got.counts, &counts, look)?;
            for (i, (&count, &density)) in counts.iter().zip(&got.density).enumerate() {
                let want = count as f64 / x.len() as f64 / (edges[i + 1] - edges[i]);
                close(&format!("density of bin {i}"), density, want, rounding(x.len() + 8, want), look)?;
            }
            Ok(())
        });
    }
}
