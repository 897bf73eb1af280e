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
fn draws_the_graph_of_f() {
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
fn spaces_the_curve_equally_with_a_margin() {
    for_all("path", path()).cases(96).holds(|path| {
        let figure = descent_figure(&|x| x, path).accepted("descent_figure(x ↦ x, path)")?;
        let xs: Vec<f64> = curve(&figure)?.iter().map(|point| point[0]).collect();
        equal("the number of points of the curve", xs.len(), 101, "From end to end, both included.")?;
        let (low, high) = path.iter().fold((path[0], path[0]), |(low, high), x| (low.min(*x), high.max(*x)));
        let margin = if high > low { (high - low) / 4.0 } else { 1.0 };
        for (i, x) in xs.into_iter().enumerate() {
            let want = low - margin + i as f64 / 100.0 * (high - low + 2.0 * margin);
            // Going from point to point rounds once for each, with numbers below 16.
            let look = "The minimum and maximum of the path count, not its ends. If the range is 0, 1 to \
                        each side.";
            close(&format!("x number {i} of the curve"), x, want, rounding(128, 16.0), look)?;
        }
        Ok(())
    });
}

#[test]
fn shows_the_path_and_its_steps() {
    for_all("f, path", (draw::composition(), path())).cases(64).holds(|(f, path)| {
        let figure = descent_figure(&|x| f.at(&[x]), path).accepted("descent_figure(f, path)")?;
        let on_curve: Vec<_> = path.iter().map(|&x| [x, f.at(&[x])]).collect();
        front_shows(&figure, "line f", &on_curve)
    });
}

#[test]
fn has_title_and_axes() {
    example(|| {
        let figure = descent_figure(&|x| x * x, &[2.0, 1.0]).accepted("descent_figure(x ↦ x², [2, 1])")?;
        let got = [figure.title.as_str(), &figure.x.label, &figure.y.label];
        equal("title and axes", got, ["Gradient descent", "x", "f(x)"], "As in the documentation.")?;
        let special = (figure.equal_axes, figure.x.logarithmic, figure.y.logarithmic);
        equal(
            "equal or logarithmic axes",
            special,
            (false, false, false),
            "The axes are linear, without equal scale.",
        )
    });
}

#[test]
fn shows_a_descent_into_the_nearer_minimum() {
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
            "Twelve steps to the nearer of two minima, on the graph of f.",
        )
    });
}

#[test]
fn shows_an_oscillation_below_two_over_l() {
    example(|| {
        let path: Vec<f64> = (0..12).map(|k| 4.0 * (-0.8125_f64).powi(k)).collect();
        let figure = descent_figure(&|x| x * x, &path).accepted("descent_figure")?;
        figure_reads_as(
            "m03_calculus/pictures/overshooting",
            &figure,
            "x² with ηL = 1.8125: every step overshoots to the other side.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m03_calculus::pictures::descent_figure;
        use kit::figure::Layer;
        let figure = descent_figure(&|x| x * x, &[4.0, 2.0, 1.0])?;
        let arrows = vec![[[4.0, 16.0], [2.0, 4.0]], [[2.0, 4.0], [1.0, 1.0]]];
        assert_eq!(figure.layers[1], Layer::Arrows { label: "steps".to_owned(), arrows });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn omits_points_where_f_is_not_finite() {
        for_all("path, bad", (path(), any::not_finite())).cases(64).holds(|(path, bad)| {
            // Finite along the path only, so that both margins are omitted.
            let (low, high) =
                path.iter().fold((path[0], path[0]), |(low, high), x| (low.min(*x), high.max(*x)));
            let f = |x: f64| if (low..=high).contains(&x) { 1.0 } else { *bad };
            let figure = descent_figure(&f, path).accepted("descent_figure(f, path)")?;
            let outside = curve(&figure)?.into_iter().find(|[x, y]| !y.is_finite() || *x < low || *x > high);
            equal(
                "a point of the curve outside the path",
                outside,
                None,
                "f is finite between the ends of the path only.",
            )
        });
    }

    #[test]
    fn rejects_an_empty_path() {
        example(|| {
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected(
                "descent_figure(f, [])",
                descent_figure(&|x| x, &[]),
                want,
                "The path has to have a point.",
            )
        });
    }

    #[test]
    fn rejects_points_that_are_not_finite() {
        for_all("path, i, bad, in f", (path(), 0..257_usize, any::not_finite(), any::<bool>())).holds(
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
                    "The index of a point counts from 0.",
                )
            },
        );
    }

    #[test]
    fn shows_long_paths_of_every_magnitude() {
        let long = (any::length(1..=5, 257), prop_oneof![any::magnitude(-15, 7), any::magnitude(-290, 290)])
            .prop_flat_map(|(n, unit)| {
                judge::any::vec(any::eighth(), n)
                    .prop_map(move |path| path.iter().map(|x| x * unit).collect::<Vec<f64>>())
            });
        for_all("path", long).cases(64).holds(|path| {
            let figure = descent_figure(&|x| x, path).accepted("descent_figure(x ↦ x, path)")?;
            front_shows(&figure, "line f", &path.iter().map(|&x| [x, x]).collect::<Vec<_>>())?;
            let xs: Vec<f64> = curve(&figure)?.iter().map(|point| point[0]).collect();
            equal("the number of points of the curve", xs.len(), 101, "From end to end, both included.")?;
            let (low, high) =
                path.iter().fold((path[0], path[0]), |(low, high), x| (low.min(*x), high.max(*x)));
            let margin = if high > low { (high - low) / 4.0 } else { 1.0 };
            let tolerance = rounding(128, low.abs() + high.abs() + margin);
            let look = "Every point of the path counts in its range.";
            close("the first x of the curve", xs[0], low - margin, tolerance, look)?;
            close("the last x of the curve", xs[100], high + margin, tolerance, look)
        });
    }
}
