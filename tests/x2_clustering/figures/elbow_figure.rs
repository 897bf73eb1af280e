use judge::{
    Answer, Broken, Verdict, any, ensure, equal, example, figure_reads_as, for_all, rejected, rejected_for,
    rounding,
};
use katas::x2_clustering::figures::elbow_figure;
use kit::InputError;
use kit::figure::Layer;
use proptest::prelude::*;

const CALL: &str = "elbow_figure(inertias)";

fn agrees(inertias: &[f64]) -> Verdict {
    let figure = elbow_figure(inertias).accepted(CALL)?;
    let words = [figure.title.as_str(), figure.x.label.as_str(), figure.y.label.as_str()];
    equal("title and axes", words, ["Elbow", "number of clusters", "inertia"], "As the page says.")?;
    let points: Vec<[f64; 2]> = inertias.iter().enumerate().map(|(i, j)| [1.0 + i as f64, *j]).collect();
    let want = [
        Layer::Line { label: String::new(), through: points.clone() },
        Layer::Points { label: String::new(), at: points.clone() },
    ];
    ensure(figure.layers.len() >= 2, || {
        Broken::answer(format!("{} layers", figure.layers.len()), "a line and points", "As the page says.")
    })?;
    equal("the first two layers", &figure.layers[..2], &want[..], "Numbers of clusters count from 1.")?;
    let last = inertias.len() - 1;
    let (first, end) = (inertias[0], inertias[last]);
    let below = |i: usize| first + (end - first) * (i as f64 / last as f64) - inertias[i];
    let lowest = (0..=last).map(below).fold(0.0, f64::max);
    let slack = rounding(64, inertias.iter().copied().fold(0.0, f64::max));
    match &figure.layers[2..] {
        [] => ensure(lowest <= slack, || {
            let look = "The point that lies lowest below the line from the first to the last.";
            Broken::answer("no elbow", format!("an elbow, {lowest:e} below the straight line"), look)
        }),
        [Layer::Points { label, at }] if at.len() == 1 => {
            let place = points.iter().position(|point| *point == at[0]);
            let named = place.filter(|place| *label == format!("elbow: {} clusters", place + 1));
            ensure(
                named.is_some_and(|place| place > 0 && place < last && below(place) >= lowest - slack),
                || {
                    let look = "In units of inertia, and neither the first nor the last point.";
                    let best = (0..=last).find(|&i| below(i) >= lowest).unwrap_or(0);
                    let want = format!("{} clusters, {lowest:e} below the straight line", best + 1);
                    Broken::answer(format!("{label:?} at {at:?}"), want, look)
                },
            )
        }
        other => {
            let look = "One point for the elbow, or nothing.";
            Err(Broken::answer(format!("{other:?}"), "at most one more layer, of one point", look))
        }
    }
}

/// Inertias that fall, or any.
fn inertias(most: usize) -> impl Strategy<Value = Vec<f64>> + Send + Sync + Clone {
    any::size(2..=7, most).prop_flat_map(|n| {
        let kinds = any::kinds().prop_flat_map(move |[kind, _]| any::numbers(kind, n));
        (any::part(kinds), any::select(vec![true, true, false])).prop_map(|(mut numbers, falls)| {
            numbers.iter_mut().for_each(|number| *number = number.abs());
            if falls {
                numbers.sort_by(|a, b| b.total_cmp(a));
            }
            numbers
        })
    })
}

#[test]
fn shows_inertias_and_the_elbow() {
    for_all("inertias", any::vector(2..=7))
        .holds(|inertias| agrees(&inertias.iter().map(|it| it.abs()).collect::<Vec<_>>()));
}

#[test]
fn finds_the_corner_of_two_lines() {
    for_all("corner, n, gentle, steep", (1..=6_usize, 1..=6_usize, any::nonzero(), any::nonzero()))
        .cases(96)
        .holds(|&(corner, more, gentle, steep)| {
            let (gentle, steep) = (gentle.abs(), gentle.abs() + steep.abs());
            let all = corner + more;
            let inertia = |i: usize| gentle * (all - i) as f64 + steep * corner.saturating_sub(i) as f64;
            agrees(&(0..=all).map(inertia).collect::<Vec<_>>())
        });
}

#[test]
fn draws_the_elbow_of_the_irises() {
    example(|| {
        // The inertia of k-means with 1 to 7 clusters.
        let inertias = [681.3706, 152.348, 78.8514, 57.2285, 46.4462, 39.04, 34.2982];
        let figure = elbow_figure(&inertias).accepted(CALL)?;
        figure_reads_as(
            "x2_clustering/figures/elbow_figure",
            &figure,
            "Line, points, the elbow at 2 clusters.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::x2_clustering::figures::elbow_figure;
        use kit::figure::Layer;
        let figure = elbow_figure(&[90.0, 30.0, 10.0, 6.0])?;
        let label = "elbow: 2 clusters".to_owned();
        assert_eq!(figure.layers[2], Layer::Points { label, at: vec![[2.0, 30.0]] });
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn shows_any_number_of_any_magnitude() {
        for_all("inertias", inertias(1025)).cases(192).holds(|inertias| agrees(inertias));
    }

    #[test]
    fn a_curve_without_a_corner_has_no_elbow() {
        for_all("n, first", (any::many(2..=6, 301), any::eighth())).cases(48).holds(|&(n, first)| {
            let first = first.abs();
            agrees(&vec![first; n])?;
            agrees(&(0..n).map(|i| (n - i) as f64).collect::<Vec<_>>())?;
            // Above the straight line everywhere.
            agrees(&(0..n).map(|i| (n * n - i * i) as f64).collect::<Vec<_>>())
        });
    }

    #[test]
    fn takes_the_largest_numbers() {
        example(|| {
            agrees(&[f64::MAX, 0.0, 0.0])?;
            agrees(&[f64::MAX, 1.0, f64::MAX])?;
            // Twice the first is no number.
            let large = f64::MAX / 1.5;
            agrees(&[large, large / 2.0, 0.0, large])?;
            agrees(&[0.0, 0.0])?;
            agrees(&[f64::MAX, f64::MAX / 4.0, 0.0])
        });
    }

    #[test]
    fn rejects_invalid_inertias_in_any_place() {
        let inputs = (any::many(2..=6, 301), any::not_finite())
            .prop_flat_map(|(n, bad)| (Just(n), any::place(n), Just(bad)));
        for_all("n, i, bad", inputs).cases(64).holds(|&(n, index, bad)| {
            let mut inertias: Vec<f64> = (0..n).map(|i| (n - i) as f64).collect();
            inertias[index] = bad;
            let negative = |got| InputError::OutOfRange { name: "inertias", got, wanted: "a number ≥ 0" };
            let mut wants = vec![InputError::NotFinite { name: "inertias", index }];
            // −∞ is negative as well.
            if bad < 0.0 {
                wants.push(negative(bad));
            }
            rejected_for(CALL, elbow_figure(&inertias), &wants, "Check all numbers.")?;
            // The first negative one is named.
            inertias[n - 1] = -3.5;
            inertias[index] = -1e-9;
            let look = "A sum of squares is not negative.";
            rejected(CALL, elbow_figure(&inertias), negative(-1e-9), look)
        });
    }

    #[test]
    fn rejects_fewer_than_two() {
        example(|| {
            for got in [0, 1] {
                let want = InputError::TooFew { got, wanted: 2 };
                rejected(CALL, elbow_figure(&vec![1.0; got]), want, "A curve has two points at least.")?;
            }
            Ok(())
        });
    }
}
