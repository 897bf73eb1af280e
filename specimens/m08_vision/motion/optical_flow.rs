use kit::{InputError, check};
use ndarray::ArrayView2;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m08_vision::motion as reference;

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
                "slopes_first",
                "computes the slopes of the whole image first",
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
            chaff("backwards", "what is new moved here from there", |before, after, at, window, steps| {
                let flow = reference::optical_flow(before, after, at, window, steps)?;
                Ok(flow.into_iter().map(|motion| motion.map(|[u, v]| [-u, -v])).collect())
            }),
            chaff("down_first", "motion is rows and columns", |before, after, at, window, steps| {
                let flow = reference::optical_flow(before, after, at, window, steps)?;
                Ok(flow.into_iter().map(|motion| motion.map(|[u, v]| [v, u])).collect())
            }),
            chaff("row_first", "a pixel is its row and its column", |before, after, at, window, steps| {
                reference::optical_flow(before, after, at, window, steps)?;
                let turned: Vec<_> = at.iter().map(|[x, y]| [*y, *x]).collect();
                reference::optical_flow(before, after, &turned, window, steps).or(Ok(vec![None; at.len()]))
            }),
            chaff("one_step", "least squares need no second step", |before, after, at, window, steps| {
                reference::optical_flow(before, after, at, window, steps.min(1))
            }),
            chaff(
                "no_half",
                "a slope is the difference of both neighbors",
                |before, after, at, window, steps| {
                    by(before, after, at, window, steps, &Rules { slope: 1.0, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff("nearest_pixel", "between pixels there is nothing", |before, after, at, window, steps| {
                by(before, after, at, window, steps, &Rules { between: nearest, ..Rules::LUCAS_KANADE })
            }),
            chaff("cut_off", "`as usize` finds the pixel", |before, after, at, window, steps| {
                let between = |image: Image<'_>, i: f64, j: f64| nearest(image, i.floor(), j.floor());
                by(before, after, at, window, steps, &Rules { between, ..Rules::LUCAS_KANADE })
            }),
            chaff(
                "last_step_alone",
                "each step finds the whole motion",
                |before, after, at, window, steps| {
                    by(before, after, at, window, steps, &Rules { adds: false, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "half_a_matrix",
                "gx and gy have nothing to do with each other",
                |before, after, at, window, steps| {
                    let solved: Solve = |[a, _, c], [s, t]| [s / a, t / c];
                    by(before, after, at, window, steps, &Rules { solved, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "determinant_only",
                "nobody can tell only where the determinant is 0",
                |before, after, at, window, steps| {
                    let known: Known = |[a, b, c], _| a * c - b * b > 0.0;
                    by(before, after, at, window, steps, &Rules { known, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff("greater_eigenvalue", "one slope is enough", |before, after, at, window, steps| {
                let known: Known = |[a, b, c], number| {
                    a * c - b * b > 0.0 && (a + c + (a - c).hypot(2.0 * b)) / 2.0 >= number
                };
                by(before, after, at, window, steps, &Rules { known, ..Rules::LUCAS_KANADE })
            }),
            chaff("sum_alone", "the smaller eigenvalue is at least 1", |before, after, at, window, steps| {
                let known: Known = |[a, b, c], _| (a + c - (a - c).hypot(2.0 * b)) / 2.0 >= 1.0;
                by(before, after, at, window, steps, &Rules { known, ..Rules::LUCAS_KANADE })
            }),
            chaff(
                "full_window",
                "outside the border the window goes on",
                |before, after, at, window, steps| {
                    by(before, after, at, window, steps, &Rules { goes_on: true, ..Rules::LUCAS_KANADE })
                },
            ),
            chaff(
                "still_where_unknown",
                "where nobody can tell nothing moves",
                |before, after, at, window, steps| {
                    let flow = reference::optical_flow(before, after, at, window, steps)?;
                    Ok(flow.into_iter().map(|motion| motion.or(Some([0.0, 0.0]))).collect())
                },
            ),
            chaff("known_alone", "who has no answer is left out", |before, after, at, window, steps| {
                let flow = reference::optical_flow(before, after, at, window, steps)?;
                Ok(flow.into_iter().filter(Option::is_some).collect())
            }),
            chaff("last_outside", "any pixel outside will do", |before, after, at, window, steps| {
                let turned: Vec<_> = at.iter().rev().copied().collect();
                let mut flow = reference::optical_flow(before, after, &turned, window, steps)?;
                flow.reverse();
                Ok(flow)
            }),
            chaff("small_window", "a window of 31 sees enough", |before, after, at, window, steps| {
                let seen = if window % 2 == 1 { window.min(31) } else { window };
                reference::optical_flow(before, after, at, seen, steps)
            }),
            chaff("ten_steps", "after ten steps nothing changes", |before, after, at, window, steps| {
                reference::optical_flow(before, after, at, window, steps.min(10))
            }),
            chaff(
                "pulled_inside",
                "a pixel outside is the nearest one inside",
                |before, after, at, window, steps| {
                    let (rows, cols) = before.dim();
                    let near: Vec<_> = at
                        .iter()
                        .map(|[x, y]| [*x.min(&cols.saturating_sub(1)), *y.min(&rows.saturating_sub(1))])
                        .collect();
                    reference::optical_flow(before, after, &near, window, steps)
                },
            ),
            chaff("few_first", "without pixels no shape matters", |before, after, at, window, steps| {
                check::at_least(1, before.len())?;
                reference::optical_flow(before, after, at, window, steps)
            }),
            wheat("orthogonal", "least squares by two orthogonal columns, no M⁻¹", orthogonal),
        ],
    )(before, after, at, window, steps)
}
