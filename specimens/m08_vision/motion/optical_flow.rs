use kit::InputError;
use ndarray::ArrayView2;

use crate::reference::m08_vision::motion as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

mod ways;

use ways::{Known, Rules, Solve, by, by_eigenvectors, nearest, orthogonal};

type Flow = Result<Vec<Option<[f64; 2]>>, InputError>;

type Image<'a> = ArrayView2<'a, u8>;

type OpticalFlow = fn(Image<'_>, Image<'_>, &[[usize; 2]], usize, usize) -> Flow;

/// The kata, answered by a specimen.
pub fn optical_flow(
    before: ArrayView2<'_, u8>,
    after: ArrayView2<'_, u8>,
    at: &[[usize; 2]],
    window: usize,
    steps: usize,
) -> Flow {
    answering::<OpticalFlow>(
        module_path!(),
        reference::optical_flow,
        &[
            wheat(
                "gradients_first",
                "computes the gradients of the whole image first",
                |before, after, at, window, steps| by(before, after, at, window, steps, &Rules::LUCAS_KANADE),
            ),
            wheat(
                "along_the_axes",
                "solves along the eigenvectors of M",
                |before, after, at, window, steps| {
                    by(
                        before,
                        after,
                        at,
                        window,
                        steps,
                        &Rules { solved: by_eigenvectors, ..Rules::LUCAS_KANADE },
                    )
                },
            ),
            chaff(
                "backwards",
                "The motion is from the second image to the first.",
                |before, after, at, window, steps| {
                    let flow = reference::optical_flow(before, after, at, window, steps)?;
                    Ok(flow.into_iter().map(|motion| motion.map(|[u, v]| [-u, -v])).collect())
                },
            ),
            chaff(
                "down_first",
                "The motion is returned as [down, right].",
                |before, after, at, window, steps| {
                    let flow = reference::optical_flow(before, after, at, window, steps)?;
                    Ok(flow.into_iter().map(|motion| motion.map(|[u, v]| [v, u])).collect())
                },
            ),
            chaff("row_first", "A pixel is given as [row, column].", |before, after, at, window, steps| {
                reference::optical_flow(before, after, at, window, steps)?;
                let turned: Vec<_> = at.iter().map(|[x, y]| [*y, *x]).collect();
                reference::optical_flow(before, after, &turned, window, steps).or(Ok(vec![None; at.len()]))
            }),
            chaff(
                "one_step",
                "One least-squares step is enough, without iteration.",
                |before, after, at, window, steps| {
                    reference::optical_flow(before, after, at, window, steps.min(1))
                },
            ),
            chaff(
                "no_half",
                "The gradient is the difference of both neighbors, without dividing by 2.",
                |before, after, at, window, steps| {
                    by(before, after, at, window, steps, &Rules { gradient: 1.0, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "nearest_pixel",
                "Between pixels the nearest pixel is taken instead of interpolating.",
                |before, after, at, window, steps| {
                    by(before, after, at, window, steps, &Rules { between: nearest, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "cut_off",
                "`as usize` gives the pixel without interpolating.",
                |before, after, at, window, steps| {
                    let between = |image: Image<'_>, i: f64, j: f64| nearest(image, i.floor(), j.floor());
                    by(before, after, at, window, steps, &Rules { between, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "last_step_alone",
                "Each step finds the whole motion instead of adding to it.",
                |before, after, at, window, steps| {
                    by(before, after, at, window, steps, &Rules { adds: false, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "half_a_matrix",
                "The product gx·gy does not matter.",
                |before, after, at, window, steps| {
                    let solved: Solve = |[a, _, c], [s, t]| [s / a, t / c];
                    by(before, after, at, window, steps, &Rules { solved, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "determinant_only",
                "The motion is undetermined only where the determinant is 0.",
                |before, after, at, window, steps| {
                    let known: Known = |[a, b, c], _| a * c - b * b > 0.0;
                    by(before, after, at, window, steps, &Rules { known, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "greater_eigenvalue",
                "One large eigenvalue is enough to determine the motion.",
                |before, after, at, window, steps| {
                    let known: Known = |[a, b, c], number| {
                        a * c - b * b > 0.0 && (a + c + (a - c).hypot(2.0 * b)) / 2.0 >= number
                    };
                    by(before, after, at, window, steps, &Rules { known, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "sum_alone",
                "The threshold for the smaller eigenvalue is 1, whatever the window.",
                |before, after, at, window, steps| {
                    let known: Known = |[a, b, c], _| (a + c - (a - c).hypot(2.0 * b)) / 2.0 >= 1.0;
                    by(before, after, at, window, steps, &Rules { known, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "full_window",
                "Beyond the border the window continues over replicated pixels.",
                |before, after, at, window, steps| {
                    by(before, after, at, window, steps, &Rules { goes_on: true, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "still_where_unknown",
                "Where the motion is undetermined it is [0, 0].",
                |before, after, at, window, steps| {
                    let flow = reference::optical_flow(before, after, at, window, steps)?;
                    Ok(flow.into_iter().map(|motion| motion.or(Some([0.0, 0.0]))).collect())
                },
            ),
            chaff(
                "known_alone",
                "Pixels whose motion is undetermined are left out of the result.",
                |before, after, at, window, steps| {
                    let flow = reference::optical_flow(before, after, at, window, steps)?;
                    Ok(flow.into_iter().filter(Option::is_some).collect())
                },
            ),
            chaff(
                "small_window",
                "No window above 31 is ever needed.",
                |before, after, at, window, steps| {
                    let seen = if window % 2 == 1 { window.min(31) } else { window };
                    reference::optical_flow(before, after, at, seen, steps)
                },
            ),
            chaff("ten_steps", "After ten steps nothing changes.", |before, after, at, window, steps| {
                reference::optical_flow(before, after, at, window, steps.min(10))
            }),
            chaff(
                "pulled_inside",
                "A pixel outside the image is moved to the nearest one inside.",
                |before, after, at, window, steps| {
                    let (rows, cols) = before.dim();
                    let near: Vec<_> = at
                        .iter()
                        .map(|[x, y]| [*x.min(&cols.saturating_sub(1)), *y.min(&rows.saturating_sub(1))])
                        .collect();
                    reference::optical_flow(before, after, &near, window, steps)
                },
            ),
            wheat("orthogonal", "least squares by two orthogonal columns, no M⁻¹", orthogonal),
            chaff(
                "stops_when_converged",
                "An iteration that moves less than 10⁻⁵ pixels is the last one.",
                converged,
            ),
            chaff("no_points_unchecked", "Without points the window does not matter.", |b, a, p, w, n| {
                if p.is_empty() && b.dim() == a.dim() && !b.is_empty() {
                    return Ok(vec![]);
                }
                reference::optical_flow(b, a, p, w, n)
            }),
            chaff(
                "as_many_as_pixels",
                "An eigenvalue that equals the number of pixels is too small.",
                |before, after, at, window, steps| {
                    let known = |[a, b, c]: [f64; 3], n| (a + c - (a - c).hypot(2.0 * b)) / 2.0 > n;
                    by(before, after, at, window, steps, &Rules { known, ..Rules::LUCAS_KANADE })
                },
            ),
        ],
    )(before, after, at, window, steps)
}

fn converged(
    before: Image<'_>,
    after: Image<'_>,
    points: &[[usize; 2]],
    window: usize,
    iterations: usize,
) -> Flow {
    let steps = iterations.min(40);
    let mut found = reference::optical_flow(before, after, points, window, iterations)?;
    let all = (0..=steps).map(|n| reference::optical_flow(before, after, points, window, n));
    let all = all.collect::<Result<Vec<_>, InputError>>()?;
    for (k, found) in found.iter_mut().enumerate() {
        let step = |pair: &&[Vec<Option<[f64; 2]>>]| match (pair[0][k], pair[1][k]) {
            (Some(a), Some(b)) => (a[0] - b[0]).hypot(a[1] - b[1]) < 1e-5,
            _ => false,
        };
        if let Some(pair) = all.windows(2).find(step) {
            *found = pair[1][k];
        }
    }
    Ok(found)
}
