use std::cmp::Reverse;
use std::f64::consts::PI;

use judge::{Answer, Broken, ensure, equal, example, figure_shows, for_all, rejected};
use katas::m08_vision::hough::{PolarLine, hough_lines};
use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use ndarray::Array2;
use proptest::prelude::*;

use super::ballots::{Ballots, Edges, ROUNDING, any_edges, wide_edges};

const CALL: &str = "hough_lines(edges, angles, threshold)";

fn lines_of(edges: &Array2<bool>, angles: usize, threshold: u32) -> Result<Vec<PolarLine>, Broken> {
    hough_lines(edges.view(), angles, threshold).accepted(CALL)
}

/// Few edges and a low threshold, or many and a higher one.
fn polls() -> impl Strategy<Value = (Edges, usize, u32)> + Send + Sync + Clone {
    let edges = prop_oneof![3 => (any_edges(7), judge::any::part(1..=8_usize)), 1 => wide_edges()];
    let threshold = judge::any::part(prop_oneof![3 => 0..=4_u32, 1 => 5..=60_u32]);
    (edges, threshold).prop_map(|((edges, angles), threshold)| (edges, angles, threshold))
}

/// All pixels whose middle is at most half a pixel from the line.
fn drawn((rows, cols): (usize, usize), rho: f64, theta: f64) -> Array2<bool> {
    Array2::from_shape_fn((rows, cols), |(y, x)| {
        (x as f64 * theta.cos() + y as f64 * theta.sin() - rho).abs() <= 0.5
    })
}

#[test]
fn lines_are_maxima_above_the_threshold() {
    for_all("edges, angles, threshold", polls()).holds(|(Edges(edges), angles, threshold)| {
        let (ballots, d) = (Ballots::of(edges, *angles, ROUNDING), (edges.nrows() + edges.ncols()) as isize);
        for line in lines_of(edges, *angles, *threshold)? {
            let (row, n) = (line.rho as isize + d, line.angle as isize);
            let (fewest, most) = ballots.at(row, n);
            ensure((fewest..=most).contains(&line.votes), || {
                let look =
                    "`rho` is the row of the accumulator minus d. The votes are those of `hough_votes`.";
                Broken::answer(format!("{line:?}"), format!("{fewest} to {most} votes there"), look)
            })?;
            ensure(ballots.is_line(row, n, *threshold).1, || {
                let [left, right] = [row - 1, row + 1].map(|row| ballots.at(row, n).1);
                let [before, after] = [n - 1, n + 1].map(|n| ballots.at(row, n).1);
                let want = format!(
                    "more than {threshold} votes, more than {left} at ρ − 1 and {before} at angle − 1, at \
                     least {right} at ρ + 1 and {after} at angle + 1"
                );
                let look = "A local maximum has more votes than the previous cell and at least those of the \
                    next, along both axes; and *more* than the threshold.";
                Broken::answer(format!("{line:?}"), want, look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn all_maxima_above_the_threshold_are_lines() {
    for_all("edges, angles, threshold", polls()).holds(|(Edges(edges), angles, threshold)| {
        let (ballots, d) = (Ballots::of(edges, *angles, ROUNDING), (edges.nrows() + edges.ncols()) as isize);
        let got = lines_of(edges, *angles, *threshold)?;
        for (row, n) in ballots.places().filter(|&(row, n)| ballots.is_line(row, n, *threshold).0) {
            let is_listed = got.iter().any(|it| it.rho as isize == row - d && it.angle as isize == n);
            ensure(is_listed, || {
                let votes = ballots.at(row, n).0;
                let want = format!("one with ρ = {}, angle {n}, {votes} votes", row - d);
                let look = "A maximum may be at the end of the accumulator: beyond it there are no votes. A \
                    tie with the next cell is allowed.";
                Broken::answer(format!("{} lines: {got:?}", got.len()), want, look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn is_sorted_by_votes() {
    for_all("edges, angles, threshold", polls()).cases(128).holds(|(Edges(edges), angles, threshold)| {
        let got = lines_of(edges, *angles, *threshold)?;
        let mut sorted = got.clone();
        sorted.sort_by_key(|line| (Reverse(line.votes), line.angle, line.rho));
        sorted.dedup();
        let look = "In descending order of votes; equal ones by angle, then by ρ, ascending. None twice.";
        ensure(got == sorted, || Broken::answer(format!("{got:?}"), format!("{sorted:?}"), look))
    });
}

#[test]
fn finds_a_drawn_line_first() {
    let line = (0..24_usize, 12..=24_i32, 20..=28_usize, 20..=28_usize);
    for_all("angle, share, rows, cols", line).cases(64).holds(|&(angle, share, rows, cols)| {
        let theta = PI * angle as f64 / 24.0;
        // Through a point in the middle third.
        let through = [f64::from(share) / 36.0 * cols as f64, rows as f64 / 2.0];
        let rho = (through[0] * theta.cos() + through[1] * theta.sin()).round();
        let edges = drawn((rows, cols), rho, theta);
        let got = lines_of(&edges, 24, 5)?;
        let look = "All its pixels vote for it, and not all of them for any other line. Are x and y, or sine \
            and cosine, exchanged?";
        let near = |line: &PolarLine| {
            // One step beyond the last angle comes the first, with the other sign.
            let steps = line.angle.abs_diff(angle);
            (steps <= 1 && (f64::from(line.rho) - rho).abs() <= 2.0)
                || (steps == 23 && (f64::from(line.rho) + rho).abs() <= 2.0)
        };
        ensure(got.first().is_some_and(near), || {
            let want = format!("first one about ρ = {rho}, angle {angle} of 24\n{:?}", Edges(edges.clone()));
            Broken::answer(format!("first {:?} of {}", got.first(), got.len()), want, look)
        })
    });
}

/// A kite: four lines, none of them along rows or columns.
fn kite() -> Array2<bool> {
    let corners = [[30.0, 4.0], [52.0, 20.0], [26.0, 42.0], [8.0, 16.0]];
    Array2::from_shape_fn((46, 60), |(y, x)| {
        (0..4).any(|k| {
            let ([ax, ay], [bx, by]): ([f64; 2], [f64; 2]) = (corners[k], corners[(k + 1) % 4]);
            let (run, rise) = (bx - ax, by - ay);
            let share = ((x as f64 - ax) * run + (y as f64 - ay) * rise) / (run * run + rise * rise);
            let off = (x as f64 - ax) * rise - (y as f64 - ay) * run;
            (0.0..=1.0).contains(&share) && off.abs() <= 0.5 * run.hypot(rise)
        })
    })
}

#[test]
fn finds_the_sides_of_a_kite() {
    example(|| {
        let edges = kite();
        let got = lines_of(&edges, 90, 18)?;
        let (rows, cols) = edges.dim();
        let (width, height) = (cols as f64, rows as f64);
        let mut figure = Figure::new("Lines of the Hough transform", "", "").with_equal_axes();
        let pixels = Matrix::from_fn(rows, cols, |i, j| f64::from(u8::from(edges[(i, j)])) * 0.55);
        let size = [width, height];
        figure.layers.push(Layer::Image { label: String::new(), at: [0.0, 0.0], size, pixels, color: false });
        // A few of them: of the others each is nearly one of these.
        for line in got.iter().take(7) {
            let theta = PI * line.angle as f64 / 90.0;
            let (sin, cos) = theta.sin_cos();
            let foot = [f64::from(line.rho) * cos, f64::from(line.rho) * sin];
            // From the foot in both directions, as far as the image reaches.
            let inside = |t: &f64| {
                let (x, y) = (foot[0] - t * sin, foot[1] + t * cos);
                (-0.5..width - 0.5).contains(&x) && (-0.5..height - 0.5).contains(&y)
            };
            let along: Vec<f64> = (-400..=400).map(|k| f64::from(k) / 4.0).filter(inside).collect();
            let at = |t: f64| [foot[0] - t * sin + 0.5, height - (foot[1] + t * cos) - 0.5];
            let ends = along.first().into_iter().chain(along.last()).map(|t| at(*t)).collect();
            figure.layers.push(Layer::Line { label: format!("{} votes", line.votes), through: ends });
        }
        figure_shows("m08_vision/hough/hough_lines", &figure);
        for (k, (theta, rho)) in SIDES.into_iter().enumerate() {
            let near = |line: &PolarLine| line.angle.abs_diff(theta) <= 2 && (line.rho - rho).abs() <= 2;
            ensure(got.iter().any(near), || {
                let want = format!(
                    "one about ρ = {rho}, angle {theta} of 90: side {k} of\n{:?}",
                    Edges(edges.clone())
                );
                let look = "A side of 25 edges or more has a line with more than 18 votes.";
                Broken::answer(format!("{got:?}"), want, look)
            })?;
        }
        Ok(())
    });
}

/// Angle and ρ of each side, from its corners.
const SIDES: [(usize, i32); 4] = [(63, -14), (25, 49), (73, 3), (31, 18)];

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv() {
    use crate::m08_vision::oracle;
    for_all("edges, angles, threshold", polls()).cases(128).holds(|(Edges(edges), angles, threshold)| {
        let d = (edges.nrows() + edges.ncols()) as isize;
        // OpenCV counts in f32. Where that decides, of a line or of a neighbor, the two need not agree.
        let ballots = Ballots::of(edges, *angles, 1e-4);
        let is_clear = |&(rho, n): &(i32, usize)| {
            let (row, n) = (rho as isize + d, n as isize);
            [(row, n), (row - 1, n), (row + 1, n), (row, n - 1), (row, n + 1)].iter().all(|&(row, n)| {
                let (fewest, most) = ballots.at(row, n);
                fewest == most
            })
        };
        let got = lines_of(edges, *angles, *threshold)?;
        let got: Vec<_> = got.iter().map(|line| (line.rho, line.angle)).filter(is_clear).collect();
        let want: Vec<_> = oracle::lines(edges, *angles, *threshold).into_iter().filter(is_clear).collect();
        equal("the lines as (ρ, angle)", got, want, "OpenCV's HoughLines lists others, or in another order.")
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::hough::{PolarLine, hough_lines};
        use ndarray::Array2;

        let column_3 = Array2::from_shape_fn((8, 6), |(_, x)| x == 3);
        assert_eq!(hough_lines(column_3.view(), 4, 5), Ok(vec![PolarLine { rho: 3, angle: 0, votes: 8 }]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn counts_all_edges_of_long_lines() {
        for_all(
            "length, at, level",
            (prop_oneof![4..=400_usize, 401..=4200_usize], 0..=300_usize, any::<bool>()),
        )
        .cases(24)
        .holds(|&(length, at, level)| {
            let column = Array2::from_shape_fn((length, at + 1), |(_, x)| x == at);
            let (edges, angle) = if level { (column.reversed_axes(), 2) } else { (column, 0) };
            // For the two angles between, no line passes nearest to more than two of them.
            let want = PolarLine { rho: at as i32, angle, votes: length as u32 };
            let look = "Every edge pixel votes, however many and however far from the first pixel.";
            for threshold in [3, length as u32 - 1] {
                let call = format!("the lines with more than {threshold} votes");
                equal(&call, lines_of(&edges, 4, threshold)?, vec![want], look)?;
            }
            equal("the lines with more votes than edges", lines_of(&edges, 4, length as u32)?, vec![], look)
        });
    }

    #[test]
    fn returns_no_lines_without_edges_and_rejects_empty_images() {
        example(|| {
            let (none, all) = (Array2::from_elem((4, 5), false), Array2::from_elem((4, 5), true));
            let look = "0 is not more than 0, and no line has more votes than there are edge pixels.";
            equal("the lines without edges", lines_of(&none, 6, 0)?, vec![], look)?;
            equal("the lines with more than 20 votes of 20 edges", lines_of(&all, 6, 20)?, vec![], look)?;
            equal("the lines with more than u32::MAX votes", lines_of(&all, 6, u32::MAX)?, vec![], look)?;
            for (shape, angles) in [((0, 3), 4), ((3, 0), 1), ((0, 300), 180), ((41, 0), 3600)] {
                let got = hough_lines(Array2::from_elem(shape, true).view(), angles, 0);
                let want = InputError::TooFew { got: 0, wanted: 1 };
                let call = format!("hough_lines({}×{} image, {angles}, 0)", shape.0, shape.1);
                rejected(&call, got, want, "What `hough_votes` rejects is rejected.")?;
            }
            for (angles, threshold) in [(0, 0), (0, 7), (3601, 0), (7200, 3), (65_537, 1), (usize::MAX, 0)] {
                let want = InputError::OutOfRange { name: "angles", got: angles as f64, wanted: "1 to 3600" };
                let look = "What `hough_votes` rejects is rejected.";
                let call = format!("hough_lines(edges, {angles}, {threshold})");
                rejected(&call, hough_lines(all.view(), angles, threshold), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn returns_all_lines() {
        example(|| {
            let each = (5..=9_usize).flat_map(|apart| [(apart, 40), (apart, 400), (apart, 3600)]);
            each.into_iter().try_for_each(|(apart, angles)| {
                // Few edges where there are many angles.
                let (rows, cols) = if angles > 400 { (5, 6) } else { (24, 30) };
                let edges = Array2::from_shape_fn((rows, cols), |(y, x)| (7 * y + 3 * x) % apart == 0);
                let ballots = Ballots::of(&edges, angles, ROUNDING);
                let got = lines_of(&edges, angles, 0)?;
                let many = ballots.places().filter(|&(row, n)| ballots.is_line(row, n, 0).0).count();
                let look = "Return all lines, not the best few.";
                ensure(got.len() >= many, || {
                    Broken::answer(
                        format!("{} lines for {angles} angles", got.len()),
                        format!("{many} or more: as many are local maxima"),
                        look,
                    )
                })
            })
        });
    }
}
