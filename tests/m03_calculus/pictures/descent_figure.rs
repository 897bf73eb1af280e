use judge::{Answer, any, close, equal, example, figure_reads_as, for_all, rejected, rounding};
use katas::m03_calculus::pictures::descent_figure;
use kit::figure::Layer;
use kit::{Figure, InputError};
use proptest::prelude::*;

use super::layers::{five_layers, front_shows, path};
use crate::m03_calculus::expression::draw;

/// The points of the curve.
fn curve(figure: &Figure) -> Result<Vec<[f64; 2]>, judge::Broken> {
    five_layers(figure, "line f")?;
    let Layer::Line { through, .. } = &figure.layers[0] else { return Ok(Vec::new()) };
    Ok(through.clone())
}

#[test]
fn the_curve_is_that_of_f() {
    for_all("f, path", (draw::composition(), path())).cases(64).holds(|(f, path)| {
        let figure = descent_figure(&|x| f.at(&[x]), path).accepted("descent_figure(f, path)")?;
        for [x, y] in curve(&figure)? {
            close(
                &format!("the curve at x = {x}"),
                y,
                f.at(&[x]),
                0.0,
                "Each point of the line is (x, f(x)).",
            )?;
        }
        Ok(())
    });
}

#[test]
fn the_curve_reaches_a_quarter_beyond_the_path_at_equal_distances() {
    for_all("path", path()).cases(96).holds(|path| {
        let figure = descent_figure(&|x| x, path).accepted("descent_figure(x ↦ x, path)")?;
        let xs: Vec<f64> = curve(&figure)?.iter().map(|point| point[0]).collect();
        equal("the number of points of the curve", xs.len(), 101, "From end to end, both included.")?;
        let (low, high) = path.iter().fold((path[0], path[0]), |(low, high), x| (low.min(*x), high.max(*x)));
        let margin = if high > low { (high - low) / 4.0 } else { 1.0 };
        for (i, x) in xs.into_iter().enumerate() {
            let want = low - margin + i as f64 / 100.0 * (high - low + 2.0 * margin);
            // Whoever walks from point to point rounds once for each, with numbers below 16.
            let look = "The path may wander: its smallest and largest x count, not its ends. Without width, \
                        1 to each side.";
            close(&format!("x number {i} of the curve"), x, want, rounding(128, 16.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn the_steps_lie_on_the_curve_from_point_to_point() {
    for_all("f, path", (draw::composition(), path())).cases(64).holds(|(f, path)| {
        let figure = descent_figure(&|x| f.at(&[x]), path).accepted("descent_figure(f, path)")?;
        let on_curve: Vec<_> = path.iter().map(|&x| [x, f.at(&[x])]).collect();
        front_shows(&figure, "line f", &on_curve)
    });
}

#[test]
fn title_and_axes_say_what_is_seen() {
    example(|| {
        let figure = descent_figure(&|x| x * x, &[2.0, 1.0]).accepted("descent_figure(x ↦ x², [2, 1])")?;
        let got = [figure.title.as_str(), &figure.x.label, &figure.y.label];
        equal(
            "title and axes",
            got,
            ["Gradient descent", "x", "f(x)"],
            "They are given in the documentation.",
        )?;
        let special = (figure.equal_axes, figure.x.logarithmic, figure.y.logarithmic);
        equal("equal or logarithmic axes", special, (false, false, false), "A curve has plain axes.")
    });
}

#[test]
fn where_f_is_not_finite_the_curve_has_no_point() {
    for_all("path, bad", (path(), any::not_finite())).cases(64).holds(|(path, bad)| {
        // Known along the path only, so that both margins fall away.
        let (low, high) = path.iter().fold((path[0], path[0]), |(low, high), x| (low.min(*x), high.max(*x)));
        let f = |x: f64| if (low..=high).contains(&x) { 1.0 } else { *bad };
        let figure = descent_figure(&f, path).accepted("descent_figure(f, path)")?;
        let outside = curve(&figure)?.into_iter().find(|[x, y]| !y.is_finite() || *x < low || *x > high);
        equal(
            "a point of the curve outside the path",
            outside,
            None,
            "f is known between the ends of the path only here.",
        )
    });
}

#[test]
fn an_empty_path_is_rejected() {
    example(|| {
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("descent_figure(f, [])", descent_figure(&|x| x, &[]), want, "There is nothing to see.")
    });
}

#[test]
fn a_point_that_is_not_finite_is_rejected() {
    for_all("path, i, bad, in f", (path(), 0..5_usize, any::not_finite(), any::<bool>())).holds(
        |(path, i, bad, in_f)| {
            // All different, so that f can be bad at one of them alone.
            let mut path: Vec<f64> = path.iter().enumerate().map(|(k, x)| x / 64.0 + k as f64).collect();
            let index = i % path.len();
            let place = path[index];
            if !in_f {
                // The first one counts.
                path[index..].fill(*bad);
            }
            let f = |x: f64| if *in_f && x == place { *bad } else { 1.0 };
            let name = if *in_f { "f" } else { "path" };
            let call = format!("descent_figure(f, {path:?}) with f({place}) = {}", f(place));
            rejected(
                &call,
                descent_figure(&f, &path),
                InputError::NotFinite { name, index },
                "Number the points from 0.",
            )
        },
    );
}

#[test]
fn a_descent_into_the_nearer_valley_looks_like_this() {
    example(|| {
        let f = |x: f64| 0.125 * x.powi(4) - x * x + 0.25 * x + 3.0;
        let mut path = vec![0.375];
        for k in 0..12 {
            let x: f64 = path[k];
            path.push(x - 0.25 * (0.5 * x.powi(3) - 2.0 * x + 0.25));
        }
        let figure = descent_figure(&f, &path).accepted("descent_figure")?;
        figure_reads_as(
            "m03_calculus/pictures/descent_figure",
            &figure,
            "The other laws of this kata say which layer should hold what: look at them first.",
        )
    });
}

#[test]
fn a_rate_just_below_2_over_l_swings_from_side_to_side_like_this() {
    example(|| {
        let path: Vec<f64> = (0..12).map(|k| 4.0 * (-0.8125_f64).powi(k)).collect();
        let figure = descent_figure(&|x| x * x, &path).accepted("descent_figure")?;
        figure_reads_as(
            "m03_calculus/pictures/overshooting",
            &figure,
            "The other laws of this kata say which layer should hold what: look at them first.",
        )
    });
}
