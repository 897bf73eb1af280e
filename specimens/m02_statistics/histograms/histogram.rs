use kit::InputError;

use crate::reference::m02_statistics::histograms::{self as reference, Histogram};
use crate::specimens::specimen::{answering, chaff, wheat};

type MakeHistogram = fn(&[f64], &[f64]) -> Result<Histogram, InputError>;

/// The kata, answered by a specimen.
pub fn histogram(x: &[f64], edges: &[f64]) -> Result<Histogram, InputError> {
    answering::<MakeHistogram>(
        module_path!(),
        reference::histogram,
        &[
            wheat("bin_by_bin", "goes through the sample once for each bin", |x, edges| {
                reference::histogram(x, edges)?;
                let last = edges.len() - 2;
                let held = |i: usize, x: f64| x >= edges[i] && (x < edges[i + 1] || i == last);
                let counts = (0..=last).map(|i| x.iter().filter(|&&x| held(i, x)).count()).collect();
                Ok(with_counts(counts, x, edges))
            }),
            wheat("sorted", "sorts the sample and splits it at the edges", |x, edges| {
                reference::histogram(x, edges)?;
                let mut sorted = x.to_vec();
                sorted.sort_by(f64::total_cmp);
                let mut cuts: Vec<usize> =
                    edges.iter().map(|edge| sorted.partition_point(|x| x < edge)).collect();
                if let Some(end) = cuts.last_mut() {
                    *end = x.len();
                }
                Ok(with_counts(cuts.windows(2).map(|cut| cut[1] - cut[0]).collect(), x, edges))
            }),
            wheat("adds_density", "adds 1/(n·width) for each sample", |x, edges| {
                let counts = reference::histogram(x, edges)?.counts;
                let bars = counts.iter().zip(edges.windows(2));
                let density = bars.map(|(&count, edge)| {
                    (0..count)
                        .map(|_| 1.0 / (x.len() as f64 * (edge[1] - edge[0])))
                        .fold(0.0, |sum, one| sum + one)
                });
                Ok(Histogram { density: density.collect(), counts: counts.clone() })
            }),
            wheat(
                "from_the_distribution",
                "counts the samples below each edge, and subtracts",
                |x, edges| {
                    reference::histogram(x, edges)?;
                    let last = edges.len() - 1;
                    let below = |i: usize| {
                        if i == last { x.len() } else { x.iter().filter(|x| **x < edges[i]).count() }
                    };
                    let share = |i: usize| below(i) as f64 / x.len() as f64;
                    Ok(Histogram {
                        counts: (0..last).map(|i| below(i + 1) - below(i)).collect(),
                        density: (0..last)
                            .map(|i| (share(i + 1) - share(i)) / (edges[i + 1] - edges[i]))
                            .collect(),
                    })
                },
            ),
            chaff("last_bin_open", "The last bin excludes its right edge.", |x, edges| {
                let mut counts = reference::histogram(x, edges)?.counts;
                let last = counts.len() - 1;
                counts[last] -= x.iter().filter(|&&x| x == edges[last + 1]).count();
                Ok(with_counts(counts, x, edges))
            }),
            chaff("right_edges_closed", "A bin contains its right edge.", |x, edges| {
                reference::histogram(x, edges)?;
                let held = |i: usize, x: f64| (x > edges[i] || i == 0) && x <= edges[i + 1];
                let counts =
                    (0..edges.len() - 1).map(|i| x.iter().filter(|&&x| held(i, x)).count()).collect();
                Ok(with_counts(counts, x, edges))
            }),
            chaff("both_edges_closed", "A bin contains both of its edges.", |x, edges| {
                reference::histogram(x, edges)?;
                let held = |i: usize, x: f64| edges[i] <= x && x <= edges[i + 1];
                let counts =
                    (0..edges.len() - 1).map(|i| x.iter().filter(|&&x| held(i, x)).count()).collect();
                Ok(with_counts(counts, x, edges))
            }),
            chaff("counts_for_densities", "The density of a bin is its count.", |x, edges| {
                let counts = reference::histogram(x, edges)?.counts;
                Ok(Histogram { density: counts.iter().map(|&count| count as f64).collect(), counts })
            }),
            chaff(
                "frequencies_for_densities",
                "The density of a bin is its relative frequency.",
                |x, edges| {
                    let counts = reference::histogram(x, edges)?.counts;
                    let n = x.len() as f64;
                    Ok(Histogram { density: counts.iter().map(|&count| count as f64 / n).collect(), counts })
                },
            ),
            chaff("equal_widths", "All bins have the width of the first.", |x, edges| {
                let counts = reference::histogram(x, edges)?.counts;
                let area = x.len() as f64 * (edges[1] - edges[0]);
                Ok(Histogram { density: counts.iter().map(|&count| count as f64 / area).collect(), counts })
            }),
            chaff(
                "bin_by_division",
                "The bin index is the distance from the first edge divided by the width.",
                |x, edges| {
                    reference::histogram(x, edges)?;
                    let bins = edges.len() - 1;
                    let width = (edges[bins] - edges[0]) / bins as f64;
                    let mut counts = vec![0; bins];
                    for x in x {
                        counts[(((x - edges[0]) / width) as usize).min(bins - 1)] += 1;
                    }
                    Ok(with_counts(counts, x, edges))
                },
            ),
            chaff("one_bin_per_edge", "There are as many bins as edges.", |x, edges| {
                let mut found = reference::histogram(x, edges)?;
                found.counts.push(0);
                found.density.push(0.0);
                Ok(found)
            }),
            chaff("outside_left_out", "Samples outside of the edges are ignored.", |x, edges| {
                let (Some(&first), Some(&last)) = (edges.first(), edges.last()) else {
                    return reference::histogram(x, edges);
                };
                let inside: Vec<f64> = x.iter().copied().filter(|x| !(*x < first || *x > last)).collect();
                if inside.is_empty() {
                    reference::histogram(x, edges)
                } else {
                    reference::histogram(&inside, edges)
                }
            }),
            chaff(
                "outside_pressed_in",
                "Samples outside of the edges count in the first or last bin.",
                |x, edges| {
                    let rising = edges.len() > 1 && edges.windows(2).all(|pair| pair[0] < pair[1]);
                    if !rising
                        || !edges.iter().all(|edge| edge.is_finite())
                        || x.iter().any(|x| !x.is_finite())
                    {
                        return reference::histogram(x, edges);
                    }
                    let pressed: Vec<f64> =
                        x.iter().map(|x| x.clamp(edges[0], edges[edges.len() - 1])).collect();
                    reference::histogram(&pressed, edges)
                },
            ),
            chaff("empty_is_flat", "The histogram of an empty sample has densities of 0.", |x, edges| {
                if x.is_empty() && edges.len() > 1 {
                    let bins = edges.len() - 1;
                    return Ok(Histogram { counts: vec![0; bins], density: vec![0.0; bins] });
                }
                reference::histogram(x, edges)
            }),
            chaff("edges_sorted", "Edges in any order are sorted first.", |x, edges| {
                if edges.iter().any(|edge| !edge.is_finite()) {
                    return reference::histogram(x, edges);
                }
                let mut sorted = edges.to_vec();
                sorted.sort_by(f64::total_cmp);
                sorted.dedup();
                reference::histogram(x, &sorted)
            }),
            chaff("nan_left_out", "A NaN is a missing value and can be skipped.", |x, edges| {
                let known: Vec<f64> = x.iter().copied().filter(|x| !x.is_nan()).collect();
                reference::histogram(&known, edges)
            }),
            chaff("minus_zero_below_zero", "`total_cmp` orders −0 and 0 as `<` does.", |x, edges| {
                reference::histogram(x, edges)?;
                let mut counts = vec![0; edges.len() - 1];
                for x in x {
                    let bin = edges.partition_point(|edge| edge.total_cmp(x).is_le());
                    counts[bin.clamp(1, edges.len() - 1) - 1] += 1;
                }
                Ok(with_counts(counts, x, edges))
            }),
            chaff("last_bad_edge", "The error may name any edge that is not increasing.", |x, edges| match (
                reference::histogram(x, edges),
                edges.windows(2).rfind(|pair| pair[0] >= pair[1]),
            ) {
                (Err(InputError::OutOfRange { name: "edges", wanted, .. }), Some(pair)) => {
                    Err(InputError::OutOfRange { name: "edges", got: pair[1], wanted })
                }
                (answer, _) => answer,
            }),
            chaff(
                "room_at_the_end",
                "A sample within 10⁻⁹ beyond the last edge is on it.",
                |x, edges| {
                    let last = edges.last().copied().unwrap_or(0.0);
                    let near = |x: f64| if x > last && x < last + 1e-9 { last } else { x };
                    reference::histogram(&x.iter().map(|x| near(*x)).collect::<Vec<f64>>(), edges)
                },
            ),
            chaff("narrow_is_none", "A bin of width 10⁻⁹ is empty.", |x, edges| {
                let found = reference::histogram(x, edges)?;
                match edges.windows(2).find(|pair| pair[1] - pair[0] < 1e-9) {
                    Some(pair) => {
                        let wanted = "each greater than the one before";
                        Err(InputError::OutOfRange { name: "edges", got: pair[1], wanted })
                    }
                    None => Ok(found),
                }
            }),
            chaff("counts_of_a_byte", "A count fits into a byte.", |x, edges| {
                let found = reference::histogram(x, edges)?;
                Ok(with_counts(found.counts.iter().map(|count| count % 256).collect(), x, edges))
            }),
            chaff("last_outside_named", "The error may name any sample outside of the edges.", |x, edges| {
                reference::histogram(x, edges).map_err(|rejection| match rejection {
                    InputError::OutOfRange { name: "x", got, wanted } => {
                        let outside = |x: &&f64| **x < edges[0] || **x > edges[edges.len() - 1];
                        let last = x.iter().rfind(outside);
                        InputError::OutOfRange { name: "x", got: last.copied().unwrap_or(got), wanted }
                    }
                    other => other,
                })
            }),
            chaff("nan_edge_left_out", "An edge that is NaN can be left out.", |x, edges| {
                let inner = edges.len().saturating_sub(1);
                let without = |(i, edge): (usize, &f64)| {
                    if edge.is_nan() && 0 < i && i < inner { None } else { Some(*edge) }
                };
                let known: Vec<f64> = edges.iter().enumerate().filter_map(without).collect();
                reference::histogram(x, &known)
            }),
            chaff(
                "rounded_in",
                "A sample outside by less than 10⁻⁹ of an edge is a rounding error.",
                |x, edges| {
                    let (&[low, .., high], 4..) = (edges, x.len()) else {
                        return reference::histogram(x, edges);
                    };
                    let near = |x: &f64| {
                        if high < *x && *x < high + 1e-9 * high.abs() {
                            high
                        } else if low - 1e-9 * low.abs() < *x && *x < low {
                            low
                        } else {
                            *x
                        }
                    };
                    reference::histogram(&x.iter().map(near).collect::<Vec<_>>(), edges)
                },
            ),
        ],
    )(x, edges)
}

fn with_counts(counts: Vec<usize>, x: &[f64], edges: &[f64]) -> Histogram {
    let density = |(&count, edge): (&usize, &[f64])| count as f64 / (x.len() as f64 * (edge[1] - edge[0]));
    Histogram { density: counts.iter().zip(edges.windows(2)).map(density).collect(), counts }
}
