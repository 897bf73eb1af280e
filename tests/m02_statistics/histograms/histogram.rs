use judge::{Answer, any, close, equal, example, for_all, rejected, rounding};
use katas::m02_statistics::histograms::histogram;
use kit::InputError;
use proptest::collection::vec;
use proptest::prelude::{Just, Strategy};

use crate::m02_statistics::moments::samples::spoiled;

/// Edges at eighths, 1 to 5 bins of any width.
fn edges() -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    (any::eighth(), vec(1..=16_u8, 1..=5)).prop_map(|(first, widths)| {
        let mut edges = vec![first];
        edges.extend(widths.iter().scan(first, |edge, &width| {
            *edge += f64::from(width) / 8.0;
            Some(*edge)
        }));
        edges
    })
}

/// A sample of eighths between the edges, and the edges; every third number is an edge.
fn sample_and_edges() -> impl Strategy<Value = [Vec<f64>; 2]> + Send + Sync + Clone {
    edges().prop_flat_map(|edges| {
        let (first, last) = (edges[0], edges[edges.len() - 1]);
        let anywhere = (0..=(8.0 * (last - first)) as u32).prop_map(move |k| first + f64::from(k) / 8.0);
        let number = proptest::prop_oneof![2 => anywhere, 1 => proptest::sample::select(edges.clone())];
        (vec(number, 1..=8), Just(edges)).prop_map(|(x, edges)| [x, edges])
    })
}

#[test]
fn a_bin_holds_its_left_edge_and_the_last_bin_both() {
    for_all("x, edges", sample_and_edges()).holds(|[x, edges]| {
        let got = histogram(x, edges).accepted("histogram(x, edges)")?.counts;
        let last = edges.len() - 2;
        let held = |i: usize| {
            let inside =
                |x: &&f64| edges[i] <= **x && (**x < edges[i + 1] || i == last && **x == edges[i + 1]);
            x.iter().filter(inside).count()
        };
        let look = "A number on an edge belongs to the bin that begins there; only the last bin also owns \
                    its right edge.";
        equal("histogram(x, edges).counts", got, (0..=last).map(held).collect(), look)
    });
}

#[test]
fn every_sample_is_in_just_one_bin() {
    for_all("x, edges", sample_and_edges()).holds(|[x, edges]| {
        let got = histogram(x, edges).accepted("histogram(x, edges)")?.counts;
        let look = format!(
            "The counts {got:?} have to add up to n. Who was lost, or counted twice: somebody on an edge?"
        );
        equal("the sum of the counts", got.iter().sum(), x.len(), look)
    });
}

#[test]
fn there_is_one_bin_between_each_two_edges() {
    for_all("x, edges", sample_and_edges()).holds(|[x, edges]| {
        let got = histogram(x, edges).accepted("histogram(x, edges)")?;
        let (lengths, bins) = ((got.counts.len(), got.density.len()), edges.len() - 1);
        equal("the numbers of counts and densities", lengths, (bins, bins), "m + 1 edges bound m bins.")
    });
}

#[test]
fn the_bars_have_area_1_together() {
    for_all("x, edges", sample_and_edges()).holds(|[x, edges]| {
        let got = histogram(x, edges).accepted("histogram(x, edges)")?.density;
        let area =
            got.iter().zip(edges.windows(2)).map(|(density, edge)| density * (edge[1] - edge[0])).sum();
        let look = "Density times width is the share of a bin. Bins may differ in width: each has its own.";
        close("the sum of density·width", area, 1.0, rounding(4 * edges.len() + x.len(), 1.0), look)
    });
}

#[test]
fn density_is_the_share_per_width() {
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
fn in_another_unit_the_counts_are_the_same() {
    for_all("x, edges, k", (sample_and_edges(), -300..=300_i32)).holds(|([x, edges], k)| {
        let unit = 2.0_f64.powi(*k);
        let scaled = |values: &[f64]| values.iter().map(|value| value * unit).collect::<Vec<f64>>();
        let want = histogram(x, edges).accepted("histogram(x, edges)")?;
        let got = histogram(&scaled(x), &scaled(edges)).accepted("histogram(2ᵏ·x, 2ᵏ·edges)")?;
        let look = "Samples and edges were multiplied by 2ᵏ, which rounds nothing. Is a width compared with \
                    a fixed number?";
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
fn many_samples_are_counted_too() {
    example(|| {
        let x: Vec<f64> = (0..70_000).map(|i| f64::from(i % 7)).collect();
        let got = histogram(&x, &[0.0, 1.0, 6.0]).accepted("histogram of 70 000 samples")?;
        equal("counts", got.counts, vec![10_000, 60_000], "A byte counts to 255, and each sample counts.")
    });
}

#[test]
fn neighbors_of_an_edge_are_told_apart() {
    for_all("edges", edges()).holds(|edges| {
        for (i, &edge) in edges.iter().enumerate().skip(1).take(edges.len() - 2) {
            let got =
                histogram(&[edge.next_down(), edge], edges).accepted("histogram([below e, e], edges)")?;
            let mut want = vec![0; edges.len() - 1];
            (want[i - 1], want[i]) = (1, 1);
            let look = format!(
                "{:?} lies below the edge {edge}, if only just. Compare; a division rounds.",
                edge.next_down()
            );
            equal(&format!("counts of [just below {edge}, {edge}]"), got.counts, want, look)?;
        }
        Ok(())
    });
}

#[test]
fn minus_zero_lies_on_the_edge_zero() {
    let zero = || proptest::sample::select(vec![0.0, -0.0]);
    for_all("x, edge", (vec(zero(), 1..=4), zero())).holds(|(x, edge)| {
        let look = "−0 and 0 are one number: `<` and `==` say so, `total_cmp` does not.";
        let got = histogram(x, &[-1.0, *edge, 1.0]).accepted("histogram(x, [−1, edge, 1])")?;
        equal("histogram(x, [−1, edge, 1]).counts", got.counts, vec![0, x.len()], look)?;
        let got = histogram(x, &[*edge, 1.0]).accepted("histogram(x, [edge, 1])")?;
        equal("histogram(x, [edge, 1]).counts", got.counts, vec![x.len()], look)
    });
}

#[test]
fn an_empty_sample_is_rejected() {
    for_all("edges", vec(any::eighth(), 0..=3)).holds(|edges| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected(
            "histogram([], edges)",
            histogram(&[], edges),
            want,
            "Shares of nothing are 0/0. This comes first.",
        )
    });
}

#[test]
fn fewer_than_two_edges_bound_no_bin() {
    for_all("x, edges", [any::vector(1..=3), any::vector(0..=1)]).holds(|[x, edges]| {
        let want = InputError::TooFew { got: edges.len(), wanted: 2 };
        rejected("histogram(x, edges)", histogram(x, edges), want.clone(), "A bin has two edges.")?;
        let look = "Both are counted before either is looked into.";
        rejected("histogram([NaN], edges)", histogram(&[f64::NAN], edges), want, look)
    });
}

#[test]
fn edges_that_do_not_rise_are_rejected() {
    // One edge that does not rise, or two: the first is to be named.
    let inputs = (edges(), 0..5_usize, any::eighth(), any::vector(0..=1));
    for_all("edges, i, fall, again", inputs).holds(|(edges, i, fall, again)| {
        let (mut edges, i) = (edges.clone(), 1 + i % (edges.len() - 1));
        edges[i] = edges[i - 1] - fall.abs();
        if let Some(again) = again.first() {
            edges.push(edges[edges.len() - 1] - again.abs());
        }
        let got = histogram(&[edges[0]], &edges);
        let want = InputError::OutOfRange {
            name: "edges",
            got: edges[i],
            wanted: "each greater than the one before",
        };
        let look = "A bin of width 0 would have an infinite density, one turned round holds nothing. Name \
                    the first such edge.";
        rejected(&format!("histogram([{}], {edges:?})", edges[0]), got, want, look)
    });
}

#[test]
fn a_sample_just_outside_is_rejected() {
    for_all("edges, low", (edges(), proptest::prelude::any::<bool>())).holds(|(edges, low)| {
        let got = if *low { edges[0].next_down() } else { edges[edges.len() - 1].next_up() };
        let want = InputError::OutOfRange { name: "x", got, wanted: "from the first edge to the last" };
        let look = "It lies outside, if only just. No room is made for rounding: nothing was rounded.";
        rejected(&format!("histogram([{got:?}], edges)"), histogram(&[got], edges), want, look)
    });
}

#[test]
fn a_sample_in_no_bin_is_rejected() {
    let outside = (sample_and_edges(), 0..9_usize, any::nonzero(), proptest::prelude::any::<bool>());
    for_all("x, edges, i, far, low", outside).holds(|([x, edges], i, far, low)| {
        let (mut x, i) = (x.clone(), i % x.len());
        let (below, above) = (edges[0] - far.abs(), edges[edges.len() - 1] + far.abs());
        x[i] = if *low { below } else { above };
        // Another one behind it, on the other side, which is not to be named.
        x.push(if *low { above } else { below });
        let want = InputError::OutOfRange { name: "x", got: x[i], wanted: "from the first edge to the last" };
        let look = "It would be left out, or pressed into the bin at the end; both lie about the sample.";
        rejected(&format!("histogram({x:?}, edges)"), histogram(&x, edges), want, look)
    });
}

#[test]
fn the_first_nan_or_infinity_is_named() {
    for_all("bad, i, good", (spoiled(), any::vector(2..=3))).holds(|((bad, i), good)| {
        let look = "Comparisons with NaN are all false, so it falls through every bin. Ask for it first: in \
                    x, then in the edges.";
        let want = InputError::NotFinite { name: "x", index: *i };
        rejected("histogram(bad, good)", histogram(bad, good), want, look)?;
        let edges = [good.as_slice(), bad].concat();
        let want = InputError::NotFinite { name: "edges", index: good.len() + i };
        rejected("histogram(good, [good, bad])", histogram(good, &edges), want, look)
    });
}

#[test]
fn one_bin_holds_everything() {
    example(|| {
        let got =
            histogram(&[0.0, 0.125, 0.5], &[0.0, 0.5]).accepted("histogram([0, 0.125, 0.5], [0, 0.5])")?;
        equal("counts", got.counts, vec![3], "Both edges belong to the only bin.")?;
        close("density", got.density[0], 2.0, rounding(8, 2.0), "All of it on half a unit is a density of 2.")
    });
}
