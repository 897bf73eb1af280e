use std::f64::consts::PI;

use kit::InputError;
use ndarray::{Array2, ArrayView2, Axis};

use crate::reference::m08_vision::hough as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Votes = Result<Array2<u32>, InputError>;
type HoughVotes = fn(ArrayView2<'_, bool>, usize) -> Votes;

/// The kata, answered by a specimen.
pub fn hough_votes(edges: ArrayView2<'_, bool>, angles: usize) -> Votes {
    answering::<HoughVotes>(
        module_path!(),
        reference::hough_votes,
        &[
            wheat("angle_by_angle", "goes over the image once for each angle", |edges, angles| {
                by(edges, angles, &Rules::HOUGH)
            }),
            wheat("by_the_normal", "rotates the direction step by step", |edges, angles| {
                let mut votes = Array2::zeros(reference::hough_votes(edges, angles)?.dim());
                let d = (edges.nrows() + edges.ncols()) as f64;
                let (sin, cos) = (PI / angles as f64).sin_cos();
                let (mut x, mut y) = (1.0_f64, 0.0_f64);
                for mut column in votes.axis_iter_mut(Axis(1)) {
                    for ((i, j), _) in edges.indexed_iter().filter(|(_, edge)| **edge) {
                        // One more and one less, so that the cut-off goes downwards for all.
                        column[(j as f64 * x + i as f64 * y + d + 1.5) as usize - 1] += 1;
                    }
                    (x, y) = (x * cos - y * sin, x * sin + y * cos);
                }
                Ok(votes)
            }),
            chaff("x_is_the_row", "The first index of the array is x.", |edges, angles| {
                by(
                    edges,
                    angles,
                    &Rules { rho: |x, y, theta| y * theta.cos() + x * theta.sin(), ..Rules::HOUGH },
                )
            }),
            chaff("cut_off", "`as i32` rounds to the nearest whole number.", |edges, angles| {
                by(edges, angles, &Rules { round: f64::trunc, ..Rules::HOUGH })
            }),
            chaff(
                "next_below",
                "ρ is rounded down (floor), not to the nearest whole number.",
                |edges, angles| by(edges, angles, &Rules { round: f64::floor, ..Rules::HOUGH }),
            ),
            chaff("no_sign", "ρ has no sign (|ρ| is used as the row).", |edges, angles| {
                by(edges, angles, &Rules { round: |rho| rho.round().abs(), ..Rules::HOUGH })
            }),
            chaff("nothing_below_zero", "Lines with negative ρ need no votes.", |edges, angles| {
                let mut votes = reference::hough_votes(edges, angles)?;
                let d = edges.nrows() + edges.ncols();
                votes.slice_mut(ndarray::s![..d, ..]).fill(0);
                Ok(votes)
            }),
            chaff("full_turn", "The angles cover the full circle, 2π.", |edges, angles| {
                by(edges, angles, &Rules { angle: |n, angles| 2.0 * PI * n / angles, ..Rules::HOUGH })
            }),
            chaff("both_ends", "The last angle is π itself.", |edges, angles| {
                let angle = |n: f64, angles: f64| PI * n / (angles - 1.0).max(1.0);
                by(edges, angles, &Rules { angle, ..Rules::HOUGH })
            }),
            chaff(
                "slope_for_normal",
                "θ is the direction of the line, not of its normal.",
                |edges, angles| {
                    let rho = |x: f64, y: f64, theta: f64| y * theta.cos() - x * theta.sin();
                    by(edges, angles, &Rules { rho, ..Rules::HOUGH })
                },
            ),
            chaff("everybody_votes", "Every pixel votes, not only the edges.", |edges, angles| {
                let all = Array2::from_elem(edges.dim(), true);
                reference::hough_votes(all.view(), angles)
            }),
            chaff("one_is_enough", "A line has a vote or none: votes are not counted.", |edges, angles| {
                Ok(reference::hough_votes(edges, angles)?.mapv(|votes| votes.min(1)))
            }),
            chaff("sine_in_32_bits", "f32 is precise enough for the sines.", |edges, angles| {
                let rho = |x: f64, y: f64, theta: f64| {
                    x * f64::from(theta.cos() as f32) + y * f64::from(theta.sin() as f32)
                };
                by(edges, angles, &Rules { rho, ..Rules::HOUGH })
            }),
            chaff(
                "near_the_first_pixel",
                "The first 24 rows and columns show every line.",
                |edges, angles| {
                    let near = Array2::from_shape_fn(edges.dim(), |(i, j)| edges[(i, j)] && i < 24 && j < 24);
                    reference::hough_votes(near.view(), angles)
                },
            ),
            chaff("a_byte", "The votes of a line fit into a byte.", |edges, angles| {
                Ok(reference::hough_votes(edges, angles)?.mapv(|votes| votes.min(255)))
            }),
            chaff("turned_table", "The accumulator has one row per angle.", |edges, angles| {
                Ok(reference::hough_votes(edges, angles)?.reversed_axes())
            }),
            chaff("any_number", "0 angles need no check.", |edges, angles| {
                let rows = 2 * (edges.nrows() + edges.ncols()) + 1;
                match reference::hough_votes(edges, angles) {
                    Err(_) => Ok(Array2::zeros((rows, angles.min(9)))),
                    votes => votes,
                }
            }),
            chaff("pixels_in_a_row", "The rows of a view follow one another in memory.", |edges, angles| {
                if edges.is_standard_layout() {
                    return reference::hough_votes(edges, angles);
                }
                let read = Array2::from_shape_vec(edges.dim(), edges.t().iter().copied().collect())
                    .unwrap_or_default();
                reference::hough_votes(read.view(), angles)
            }),
            chaff("whole_degrees", "An angle is rounded to whole degrees.", |edges, angles| {
                let mut votes = Array2::zeros(reference::hough_votes(edges, angles)?.dim());
                let d = (edges.nrows() + edges.ncols()) as f64;
                for n in 0..angles {
                    let a = if angles > 180 {
                        (180.0 * n as f64 / angles as f64).round().to_radians()
                    } else {
                        PI * n as f64 / angles as f64
                    };
                    for ((y, x), _) in edges.indexed_iter().filter(|(_, e)| **e) {
                        votes[((x as f64 * a.cos() + y as f64 * a.sin() + d).round() as usize, n)] += 1;
                    }
                }
                Ok(votes)
            }),
            chaff("angles_up_to_3599", "3600 angles are too many.", |e, n| {
                reference::hough_votes(e, if n == 3600 { 3601 } else { n })
            }),
            chaff("large_images_once", "In large images one vote for each line is enough.", |e, n| {
                let votes = reference::hough_votes(e, n)?;
                let is_large = e.nrows().min(e.ncols()) > 30;
                Ok(if is_large { votes.mapv(|v| v.min(1)) } else { votes })
            }),
        ],
    )(edges, angles)
}

struct Rules {
    rho: fn(f64, f64, f64) -> f64,
    round: fn(f64) -> f64,
    angle: fn(f64, f64) -> f64,
}

impl Rules {
    const HOUGH: Self = Self {
        rho: |x, y, theta| x * theta.cos() + y * theta.sin(),
        round: f64::round,
        angle: |n, angles| PI * n / angles,
    };
}

fn by(edges: ArrayView2<'_, bool>, angles: usize, rules: &Rules) -> Votes {
    let mut votes = Array2::zeros(reference::hough_votes(edges, angles)?.dim());
    let d = (edges.nrows() + edges.ncols()) as f64;
    for n in 0..angles {
        let theta = (rules.angle)(n as f64, angles as f64);
        for ((i, j), _) in edges.indexed_iter().filter(|(_, edge)| **edge) {
            let rho = (rules.round)((rules.rho)(j as f64, i as f64, theta));
            votes[((rho + d) as usize, n)] += 1;
        }
    }
    Ok(votes)
}
