use std::cmp::Reverse;

use kit::{InputError, check};
use ndarray::{Array2, ArrayView2, Zip, s};

use crate::reference::m08_vision::hough as reference;
use crate::reference::m08_vision::hough::PolarLine;
use crate::specimens::specimen::{answering, chaff, wheat};

type Lines = Result<Vec<PolarLine>, InputError>;
type HoughLines = fn(ArrayView2<'_, bool>, usize, u32) -> Lines;
/// Whether a place with so many votes is a peak, by those before it (ρ − 1, angle − 1) and after it.
type Peak = fn(u32, [u32; 2], [u32; 2]) -> bool;

/// The kata, answered by a specimen.
pub fn hough_lines(edges: ArrayView2<'_, bool>, angles: usize, threshold: u32) -> Lines {
    answering::<HoughLines>(
        module_path!(),
        reference::hough_lines,
        &[
            wheat(
                "with_a_margin",
                "adds a margin of zeros around the accumulator",
                |edges, angles, threshold| Ok(sorted(peaks(edges, angles, threshold, usual)?)),
            ),
            wheat(
                "whole_tables",
                "compares the table with itself, moved by one",
                |edges, angles, threshold| {
                    let votes = with_margin(edges, angles)?;
                    let moved = |i: usize, j: usize| {
                        votes.slice(s![i..i + votes.nrows() - 2, j..j + votes.ncols() - 2])
                    };
                    let inner = moved(1, 1);
                    let mut listed = inner.mapv(|votes| votes > threshold);
                    for (other, strictly) in
                        [(moved(0, 1), true), (moved(1, 0), true), (moved(2, 1), false), (moved(1, 2), false)]
                    {
                        Zip::from(&mut listed).and(&inner).and(&other).for_each(|listed, here, other| {
                            *listed &= if strictly { here > other } else { here >= other };
                        });
                    }
                    let d = (inner.nrows() / 2) as i32;
                    let found =
                        listed.indexed_iter().filter(|(_, listed)| **listed).map(|((row, angle), _)| {
                            PolarLine { rho: row as i32 - d, angle, votes: inner[(row, angle)] }
                        });
                    let mut found: Vec<_> = found.collect();
                    found.sort_by(|a, b| {
                        b.votes.cmp(&a.votes).then(a.angle.cmp(&b.angle)).then(a.rho.cmp(&b.rho))
                    });
                    Ok(found)
                },
            ),
            chaff(
                "no_peaks",
                "Every line above the threshold is returned (no non-maximum suppression).",
                |edges, angles, threshold| Ok(sorted(peaks(edges, angles, threshold, |_, _, _| true)?)),
            ),
            chaff("ties_both", "Of two equal neighbors both are maxima.", |edges, angles, threshold| {
                let peak: Peak = |here, before, after| before.iter().chain(&after).all(|it| here >= *it);
                Ok(sorted(peaks(edges, angles, threshold, peak)?))
            }),
            chaff(
                "ties_neither",
                "A maximum must exceed all neighbors strictly.",
                |edges, angles, threshold| {
                    let peak: Peak = |here, before, after| before.iter().chain(&after).all(|it| here > *it);
                    Ok(sorted(peaks(edges, angles, threshold, peak)?))
                },
            ),
            chaff("last_of_equals", "Of equal neighbors the last one counts.", |edges, angles, threshold| {
                let peak: Peak = |here, before, after| {
                    before.iter().all(|it| here >= *it) && after.iter().all(|it| here > *it)
                };
                Ok(sorted(peaks(edges, angles, threshold, peak)?))
            }),
            chaff("along_rho_only", "Only neighbors along ρ are compared.", |edges, angles, threshold| {
                let peak: Peak = |here, before, after| here > before[0] && here >= after[0];
                Ok(sorted(peaks(edges, angles, threshold, peak)?))
            }),
            chaff(
                "along_the_angle_only",
                "Only neighbors along θ are compared.",
                |edges, angles, threshold| {
                    let peak: Peak = |here, before, after| here > before[1] && here >= after[1];
                    Ok(sorted(peaks(edges, angles, threshold, peak)?))
                },
            ),
            chaff(
                "no_ends",
                "A maximum never lies at the end of the accumulator.",
                |edges, angles, threshold| {
                    let mut lines = reference::hough_lines(edges, angles, threshold)?;
                    lines.retain(|line| line.angle > 0 && line.angle + 1 < angles);
                    Ok(lines)
                },
            ),
            chaff(
                "threshold_is_enough",
                "As many votes as the threshold are enough.",
                |edges, angles, threshold| {
                    if threshold == 0 {
                        return reference::hough_lines(edges, angles, 0);
                    }
                    reference::hough_lines(edges, angles, threshold - 1)
                },
            ),
            chaff(
                "row_for_rho",
                "The row index of the accumulator is ρ, without subtracting d.",
                |edges, angles, threshold| {
                    let d = (edges.nrows() + edges.ncols()) as i32;
                    let lines = reference::hough_lines(edges, angles, threshold)?;
                    Ok(lines.into_iter().map(|line| PolarLine { rho: line.rho + d, ..line }).collect())
                },
            ),
            chaff(
                "as_they_come",
                "Lines are returned in the order of the accumulator.",
                |edges, angles, threshold| peaks(edges, angles, threshold, usual),
            ),
            chaff(
                "fewest_first",
                "Lines are sorted by votes from the fewest up.",
                |edges, angles, threshold| {
                    let mut lines = reference::hough_lines(edges, angles, threshold)?;
                    lines.reverse();
                    Ok(lines)
                },
            ),
            chaff(
                "best_only",
                "Only the line with the most votes is returned.",
                |edges, angles, threshold| {
                    let mut lines = reference::hough_lines(edges, angles, threshold)?;
                    lines.truncate(1);
                    Ok(lines)
                },
            ),
            chaff("forty_votes", "More than forty votes make no difference.", |edges, angles, threshold| {
                let lines = reference::hough_lines(edges, angles, threshold)?;
                Ok(lines.into_iter().map(|line| PolarLine { votes: line.votes.min(40), ..line }).collect())
            }),
            chaff(
                "near_the_first_pixel",
                "The first 30 rows and columns show every line.",
                |edges, angles, threshold| {
                    let near = Array2::from_shape_fn(edges.dim(), |(i, j)| edges[(i, j)] && i < 30 && j < 30);
                    reference::hough_lines(near.view(), angles, threshold)
                },
            ),
            chaff(
                "nothing_from_nothing",
                "An image without pixels gives an empty list.",
                |edges, angles, threshold| {
                    if edges.is_empty() {
                        Ok(vec![])
                    } else {
                        reference::hough_lines(edges, angles, threshold)
                    }
                },
            ),
            chaff("at_most_100", "A hundred lines are enough.", |edges, angles, threshold| {
                let mut l = reference::hough_lines(edges, angles, threshold)?;
                l.truncate(100);
                Ok(l)
            }),
            wheat("from_a_map", "keeps the votes in a map", from_a_map),
            chaff("threshold_of_a_byte", "A threshold is below 256.", |e, n, t| {
                reference::hough_lines(e, n, if t < 1 << 30 { t % 256 } else { t })
            }),
            chaff("three_hundred_at_most", "Three hundred lines are enough.", |e, n, t| {
                let mut lines = reference::hough_lines(e, n, t)?;
                lines.truncate(300);
                Ok(lines)
            }),
            chaff("angles_up_to_361", "More than 361 angles show no other line.", |e, n, t| {
                let mut lines = reference::hough_lines(e, n, t)?;
                lines.retain(|line| n < 362 || line.votes > 40);
                Ok(lines)
            }),
            chaff("angles_up_to_720", "More than 720 angles show no other line.", |e, n, t| {
                let mut lines = reference::hough_lines(e, n, t)?;
                lines.retain(|line| line.angle < 720);
                Ok(lines)
            }),
        ],
    )(edges, angles, threshold)
}

fn usual(here: u32, before: [u32; 2], after: [u32; 2]) -> bool {
    before.iter().all(|it| here > *it) && after.iter().all(|it| here >= *it)
}

fn sorted(mut lines: Vec<PolarLine>) -> Vec<PolarLine> {
    lines.sort_by_key(|line| (Reverse(line.votes), line.angle, line.rho));
    lines
}

fn with_margin(edges: ArrayView2<'_, bool>, angles: usize) -> Result<Array2<u32>, InputError> {
    let votes = reference::hough_votes(edges, angles)?;
    let mut wide = Array2::zeros((votes.nrows() + 2, votes.ncols() + 2));
    wide.slice_mut(s![1..=votes.nrows(), 1..=votes.ncols()]).assign(&votes);
    Ok(wide)
}

fn peaks(edges: ArrayView2<'_, bool>, angles: usize, threshold: u32, is_peak: Peak) -> Lines {
    let votes = with_margin(edges, angles)?;
    let d = edges.nrows() + edges.ncols();
    let mut lines = Vec::new();
    for (row, n) in (1..votes.nrows() - 1).flat_map(|row| (1..=angles).map(move |n| (row, n))) {
        let here = votes[(row, n)];
        let before = [votes[(row - 1, n)], votes[(row, n - 1)]];
        let after = [votes[(row + 1, n)], votes[(row, n + 1)]];
        if here > threshold && is_peak(here, before, after) {
            lines.push(PolarLine { rho: row as i32 - 1 - d as i32, angle: n - 1, votes: here });
        }
    }
    Ok(lines)
}

fn from_a_map(edges: ArrayView2<'_, bool>, angles: usize, threshold: u32) -> Lines {
    check::at_least(1, edges.len())?;
    if angles == 0 || angles > 3600 {
        return Err(InputError::OutOfRange { name: "angles", got: angles as f64, wanted: "1 to 3600" });
    }
    let mut votes = std::collections::BTreeMap::<(usize, i32), u32>::new();
    for ((y, x), _) in edges.indexed_iter().filter(|(_, edge)| **edge) {
        for n in 0..angles {
            let (sin, cos) = (n as f64 / angles as f64 * std::f64::consts::PI).sin_cos();
            *votes.entry((n, sin.mul_add(y as f64, cos * x as f64).round_ties_even() as i32)).or_default() +=
                1;
        }
    }
    let at = |n: Option<usize>, rho: i32| n.and_then(|n| votes.get(&(n, rho))).copied().unwrap_or(0);
    let mut lines: Vec<PolarLine> = Vec::new();
    for (&(n, rho), &count) in &votes {
        let before = at(Some(n), rho - 1).max(at(n.checked_sub(1), rho)).max(threshold);
        if count > before && count >= at(Some(n), rho + 1).max(at(Some(n + 1), rho)) {
            let place = lines.partition_point(|line| line.votes >= count);
            lines.insert(place, PolarLine { rho, angle: n, votes: count });
        }
    }
    Ok(lines)
}
