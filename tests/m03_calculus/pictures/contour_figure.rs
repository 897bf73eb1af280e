use judge::{Answer, Broken, Verdict, any, close, equal, example, figure_reads_as, for_all, rejected};
use katas::m03_calculus::pictures::contour_figure;
use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use proptest::prelude::*;

use super::layers::{five_layers, front_shows, plane_path};
use crate::m03_calculus::expression::draw;

/// The ends of the map in x and in y, and the heights.
type Map<'a> = (&'a [f64; 2], &'a [f64; 2], &'a Matrix);

fn map(figure: &Figure) -> Result<Map<'_>, Broken> {
    five_layers(figure, "contours f")?;
    match &figure.layers[0] {
        Layer::Field { x, y, values, .. } => {
            equal(
                "the shape of the grid",
                values.shape(),
                (61, 61),
                "61 points along each side, both ends included.",
            )?;
            Ok((x, y, values))
        }
        other => Err(Broken::answer(format!("{other:?}"), "contours", "The contours are the first layer.")),
    }
}

fn extent(path: &[[f64; 2]], i: usize) -> [f64; 2] {
    path.iter().fold([path[0][i]; 2], |[low, high], point| [low.min(point[i]), high.max(point[i])])
}

#[test]
fn plots_a_square_around_the_path() {
    // A map asks f 3721 times: few paths, and each with its first point alone, which has no width.
    for_all("path", plane_path()).cases(12).holds(|path| {
        is_around(path)?;
        is_around(&path[..1])
    });
}

fn is_around(path: &[[f64; 2]]) -> Verdict {
    let figure = contour_figure(&|x| x[0], path).accepted(&format!("contour_figure(f, {path:?})"))?;
    let (x, y, _) = map(&figure)?;
    let sides = [extent(path, 0), extent(path, 1)];
    let longer = sides.iter().fold(0.0, |longer: f64, [low, high]| longer.max(high - low));
    let reach = if longer > 0.0 { 0.75 * longer } else { 1.0 };
    for (name, got, [low, high]) in [("x", x, sides[0]), ("y", y, sides[1])] {
        let middle = (low + high) / 2.0;
        let look = format!(
            "The path goes from {low} to {high} along {name}; the longer side of its bounding box is \
             {longer}."
        );
        // In eighths all is exact but for 0.75 times, a few ε of 16.
        close(&format!("the first {name}"), got[0], middle - reach, 64.0 * f64::EPSILON, &look)?;
        close(&format!("the last {name}"), got[1], middle + reach, 64.0 * f64::EPSILON, &look)?;
    }
    Ok(())
}

#[test]
fn holds_f_at_the_grid_points() {
    let inputs = (draw::of_several(2), plane_path(), 0..61_usize, 0..61_usize);
    for_all("f, path, i, j", inputs).cases(24).holds(|(f, path, i, j)| {
        let figure = contour_figure(&|x| f.at(x), path).accepted("contour_figure(f, path)")?;
        let (x, y, values) = map(&figure)?;
        let at = |[first, last]: &[f64; 2], k: usize| first + (last - first) * k as f64 / 60.0;
        // The position of a grid point is off by a few ε of 32, which the derivatives of f propagate.
        let derivatives: f64 = (0..2).map(|k| f.derivative(k).size(&[32.0, 32.0])).sum();
        // Of each grid a point anywhere, and the corners and some between them.
        let sides = || (0..61).step_by(12);
        let between = sides().flat_map(|i| sides().map(move |j| (i, j)));
        for (i, j) in std::iter::once((*i, *j)).chain(between) {
            let point = [at(x, j), at(y, i)];
            let tolerance = 32.0 * f64::EPSILON * derivatives * 32.0 + 4.0 * f.error(&point);
            let look = format!(
                "There x = {} and y = {}: row i belongs to the i-th y, column j to the j-th x.",
                point[0], point[1]
            );
            close(&format!("the grid at ({i}, {j})"), values[(i, j)], f.at(&point), tolerance, look)?;
        }
        Ok(())
    });
}

#[test]
fn shows_the_path_and_its_steps() {
    for_all("path", plane_path()).cases(16).holds(|path| {
        let figure = contour_figure(&|x| x[0] * x[1], path).accepted("contour_figure(f, path)")?;
        front_shows(&figure, "contours f", path)
    });
}

#[test]
fn has_title_and_equal_axes() {
    example(|| {
        let figure = contour_figure(&|x| x[0], &[[2.0, 1.0], [0.0, 0.0]]).accepted("contour_figure")?;
        let got = [figure.title.as_str(), &figure.x.label, &figure.y.label];
        equal("title and axes", got, ["Gradient descent", "x", "y"], "As in the documentation.")?;
        let look = "Only with axes of equal scale are the steps orthogonal to the contours.";
        equal("equal axes", figure.equal_axes, true, look)
    });
}

#[test]
fn shows_a_zigzag_in_a_long_valley() {
    example(|| {
        // ½(x² + 8y²) with η = 0.21875: along y the factor is −0.75, along x 0.78125.
        let path: Vec<_> = (0..16).map(|k| [6.0 * 0.78125_f64.powi(k), 2.0 * (-0.75_f64).powi(k)]).collect();
        let valley = |x: &[f64]| (x[0] * x[0] + 8.0 * x[1] * x[1]) / 2.0;
        let figure = contour_figure(&valley, &path).accepted("contour_figure")?;
        figure_reads_as(
            "m03_calculus/pictures/contour_figure",
            &figure,
            "A zigzag in a long valley: contours, 15 steps, and the points, start and end of the path.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::pictures::contour_figure;
        use kit::figure::Layer;
        let figure = contour_figure(&|x| x[0] * x[0] + x[1] * x[1], &[[4.0, 0.0], [0.0, 2.0]])?;
        let Layer::Field { x, y, .. } = &figure.layers[0] else { panic!("contours are the first layer") };
        assert_eq!((x, y), (&[-1.0, 5.0], &[-2.0, 4.0]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn rejects_an_empty_path() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "contour_figure(f, [])",
                contour_figure(&|_| 0.0, &[]),
                want,
                "The path has to have a point.",
            )
        });
    }

    #[test]
    fn rejects_points_that_are_not_finite() {
        let inputs = (plane_path(), 0..514_usize, any::not_finite(), any::<bool>());
        for_all("path, i, bad, in f", inputs).cases(128).holds(|(path, i, bad, in_f)| {
            // All different, so that f can be bad at one of them alone.
            let apart = |(k, [x, y]): (usize, &[f64; 2])| [x / 64.0 + k as f64, *y];
            let mut path: Vec<[f64; 2]> = path.iter().enumerate().map(apart).collect();
            let index = i / 2 % path.len();
            let place = path[index];
            if !in_f {
                // The first one counts.
                path[index..].iter_mut().for_each(|point| point[i % 2] = *bad);
            }
            let f = |x: &[f64]| if *in_f && x == place { *bad } else { 1.0 };
            let name = if *in_f { "f" } else { "path" };
            let call = format!("contour_figure(f, {path:?}) with f({place:?}) = {}", f(&place));
            rejected(
                &call,
                contour_figure(&f, &path),
                InputError::NotFinite { name, index },
                "The index of a point counts from 0.",
            )
        });
    }

    #[test]
    fn keeps_values_that_are_not_finite_off_the_path() {
        for_all("path, value off the path", (plane_path(), any::not_finite())).cases(12).holds(
            |(path, off)| {
                let f = |x: &[f64]| if path.iter().any(|point| point == x) { 1.0 } else { *off };
                let figure = contour_figure(&f, path).accepted("contour_figure(f, path)")?;
                let (_, _, values) = map(&figure)?;
                let corner = values[(0, 0)];
                judge::ensure(corner.to_string() == off.to_string(), || {
                    let look = format!(
                        "f is {off} everywhere but on the path here. The grid holds it as it is, and nothing \
                        is drawn there."
                    );
                    Broken::answer(format!("the grid at (0, 0) = {corner}"), off.to_string(), look)
                })
            },
        );
    }

    #[test]
    fn shows_long_paths_of_every_magnitude() {
        let unit = prop_oneof![any::magnitude(-15, 12), any::magnitude(-290, 290)];
        let long = (judge::any::select(vec![3, 5, 17, 101, 257]), unit).prop_flat_map(|(n, unit)| {
            judge::any::vec([any::eighth(), any::eighth()], n).prop_map(move |path| {
                path.iter().map(|point| point.map(|x| x * unit)).collect::<Vec<[f64; 2]>>()
            })
        });
        for_all("path", long).cases(12).holds(|path| {
            let figure = contour_figure(&|x| x[0], path).accepted("contour_figure(f, path)")?;
            front_shows(&figure, "contours f", path)?;
            let (x, _, _) = map(&figure)?;
            let sides = [extent(path, 0), extent(path, 1)];
            let longer = sides.iter().fold(0.0, |longer: f64, [low, high]| longer.max(high - low));
            let reach = if longer > 0.0 { 0.75 * longer } else { 1.0 };
            let ([low, high], look) = (sides[0], "Every point of the path counts in its bounding box.");
            let tolerance = 16.0 * f64::EPSILON * (low.abs() + high.abs() + reach);
            close("the first x", x[0], (low + high) / 2.0 - reach, tolerance, look)?;
            close("the last x", x[1], (low + high) / 2.0 + reach, tolerance, look)
        });
    }
}
