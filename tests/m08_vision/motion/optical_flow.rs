use judge::{Answer, Broken, ensure, equal, example, figure_shows, for_all, rejected};
use katas::m08_vision::motion::optical_flow;
use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use ndarray::Array2;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use super::definition::{Motion, motion};
use super::scenes::{all_places, hills, pairs};
use crate::m08_vision::images::gray;

const CALL: &str = "optical_flow(before, after, at, window, steps)";

type Flow = Vec<Option<[f64; 2]>>;

fn asked(
    before: &Array2<u8>,
    after: &Array2<u8>,
    at: &[[usize; 2]],
    window: usize,
    steps: usize,
) -> Result<Flow, Broken> {
    let got = optical_flow(before.view(), after.view(), at, window, steps).accepted(CALL)?;
    equal("the number of answers", got.len(), at.len(), "One for each pixel of `at`, in order.")?;
    Ok(got)
}

#[test]
fn each_step_adds_what_least_squares_still_find() {
    for_all("before, after, window, steps", (pairs(), select(vec![1_usize, 3, 5]), 0..=2_usize))
        .cases(128)
        .holds(|([before, after], window, steps)| {
            let (before, after) = (gray(before), gray(after));
            let places = all_places(before.dim());
            let got = asked(&before, &after, &places, *window, *steps)?;
            for (place, got) in places.into_iter().zip(got) {
                let call = format!("the motion at {place:?}");
                match (motion(&before, &after, place, *window, *steps), got) {
                    (Motion::Undecided, _) | (Motion::None, None) => {}
                    (Motion::None, Some(_)) => {
                        let look = "Where the smaller eigenvalue of M is below the number of pixels in the \
                            window there is no answer. M is summed over the window as far as it lies inside.";
                        return Err(Broken::answer(format!("{call} = {got:?}"), "None", look));
                    }
                    (Motion::Known(want, room), got) => ensure(
                        got.is_some_and(|got| (0..2).all(|k| (got[k] - want[k]).abs() <= room)),
                        || {
                            let look = "[u, v] is right and down. Slopes are half the difference of both \
                                neighbors, of `before`. Each step looks at `after` where the motion so far \
                                leads, between pixels, and adds to it.";
                            Broken::answer(format!("{call} = {got:?}"), format!("Some({want:?})"), look)
                        },
                    )?,
                }
            }
            Ok(())
        });
}

#[test]
fn a_window_is_as_large_as_it_is_asked_for() {
    let windows = select(vec![15_usize, 31, 33, 45, 67, 85, usize::MAX]);
    for_all("window, x, y", (windows, 0..=43_usize, 0..=39_usize)).cases(16).holds(|&(window, x, y)| {
        let (before, after) = (hills((40, 44), [0.0, 0.0]), hills((40, 44), [0.5, -0.25]));
        // From any pixel a window of 87 reaches everything.
        let Motion::Known(want, room) = motion(&before, &after, [x, y], window.min(87), 1) else {
            return Ok(());
        };
        let got = asked(&before, &after, &[[x, y]], window, 1)?[0];
        ensure(got.is_some_and(|got| (0..2).all(|k| (got[k] - want[k]).abs() <= room)), || {
            let look =
                "The window is as large as it is asked for, and counts as far as it lies inside the image.";
            Broken::answer(format!("{got:?} at [{x}, {y}]"), format!("Some({want:?})"), look)
        })
    });
}

#[test]
fn there_are_as_many_steps_as_are_asked_for() {
    let image = pairs().prop_map(|[image, _]| image);
    let steps = prop_oneof![3 => 0..=40_usize, 1 => Just(300_usize)];
    for_all("before, brightness after, steps", (image, any::<u8>(), steps)).cases(64).holds(
        |(before, even, steps)| {
            let before = gray(before);
            let after = Array2::from_elem(before.dim(), *even);
            let places = all_places(before.dim());
            for (place, got) in places.iter().zip(asked(&before, &after, &places, 3, *steps)?) {
                // Rounding does not pass from one step to the next: `after` is everywhere the same.
                let Motion::Known(one, room) = motion(&before, &after, *place, 3, 1) else { continue };
                let (want, room) = (one.map(|step| step * *steps as f64), *steps as f64 * room);
                ensure(got.is_some_and(|got| (0..2).all(|k| (got[k] - want[k]).abs() <= room)), || {
                    let look = "An even `after` looks the same wherever one is: each step adds what the \
                        first one added, and none may be saved.";
                    Broken::answer(format!("{got:?} at {place:?}"), format!("Some({want:?})"), look)
                })?;
            }
            Ok(())
        },
    );
}

#[test]
fn what_stands_still_does_not_move() {
    let image = pairs().prop_map(|[image, _]| image);
    for_all("image, steps", (image, 0..=5_usize)).cases(64).holds(|(image, steps)| {
        let image = gray(image);
        for motion in asked(&image, &image, &all_places(image.dim()), 3, *steps)?.into_iter().flatten() {
            let look = "The two images do not differ: nothing is left to explain.";
            equal("the motion between an image and itself", motion.map(|it| it + 0.0), [0.0, 0.0], look)?;
        }
        Ok(())
    });
}

#[test]
fn hills_that_move_are_followed() {
    let eighths = || (-12..=12_i32).prop_map(|k| f64::from(k) / 8.0);
    for_all("u, v, x, y", (eighths(), eighths(), 12..=20_usize, 12..=20_usize)).cases(48).holds(
        |&(u, v, x, y)| {
            let (before, after) = (hills((32, 32), [0.0, 0.0]), hills((32, 32), [u, v]));
            let got = asked(&before, &after, &[[x, y]], 11, 12)?[0];
            // Whole shades of 0 to 255, and straight lines between pixels of a curve, cost a part of a tenth of a pixel.
            ensure(got.is_some_and(|[s, t]| (s - u).abs() < 0.15 && (t - v).abs() < 0.15), || {
                let look = "Steps bring it nearer. If it runs the other way: what is at (x, y) is at (x + \
                    u, y + v) later.";
                Broken::answer(format!("{got:?}"), format!("about Some([{u}, {v}])"), look)
            })
        },
    );
}

#[test]
fn along_an_edge_and_where_all_is_even_nobody_can_tell() {
    for_all("rows of stripes, window", (vec(any::<u8>(), 7), select(vec![1_usize, 3, 5]))).cases(48).holds(
        |(stripes, window)| {
            let stripes = Array2::from_shape_fn((6, 7), |(_, x)| stripes[x]);
            for (name, image) in [
                ("upright stripes", stripes.clone()),
                ("level stripes", stripes.t().to_owned()),
                ("an even image", Array2::from_elem((6, 7), stripes[(0, 0)])),
            ] {
                let places = all_places(image.dim());
                let got = asked(&image, &image, &places, *window, 3)?;
                let odd = places.iter().zip(&got).find(|(_, motion)| motion.is_some());
                let look = "Upright stripes that move down look as before. Ask for the smaller eigenvalue \
                    of M before you divide by the determinant, which may be 0 or rounding.";
                let words = || format!("{name}: {:?}", odd.unwrap_or((&[0, 0], &None)));
                ensure(odd.is_none(), || Broken::answer(words(), "None", look))?;
            }
            Ok(())
        },
    );
}

#[test]
fn on_their_sides_the_images_move_on_their_side() {
    for_all("before, after", pairs()).cases(64).holds(|[before, after]| {
        let (before, after) = (gray(before), gray(after));
        let (tall, wide) = (before.t().to_owned(), after.t().to_owned());
        for place @ [x, y] in all_places(before.dim()) {
            // Where it is known to be known, and how well.
            let Motion::Known(_, room) = motion(&before, &after, place, 3, 1) else { continue };
            let got = asked(&tall, &wide, &[[y, x]], 3, 1)?[0].map(|[u, v]| [v, u]);
            let want = asked(&before, &after, &[place], 3, 1)?[0];
            let near = match (got, want) {
                (Some(a), Some(b)) => (0..2).all(|k| (a[k] - b[k]).abs() <= 2.0 * room),
                (a, b) => a.is_none() && b.is_none(),
            };
            let look = "Rows and columns play the same part; an image need not be square.";
            ensure(near, || {
                Broken::answer(format!("at {place:?}, turned back: {got:?}"), format!("{want:?}"), look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn each_pixel_is_answered_for_itself() {
    for_all("before, after, which", (pairs(), vec(0..=24_usize, 0..=5))).cases(48).holds(
        |([before, after], which)| {
            let (before, after) = (gray(before), gray(after));
            let all = all_places(before.dim());
            let places: Vec<_> = which.iter().map(|k| all[k % all.len()]).collect();
            let got = asked(&before, &after, &places, 3, 2)?;
            for (place, got) in places.into_iter().zip(got) {
                let alone = asked(&before, &after, &[place], 3, 2)?[0];
                // Sums over many windows at once may be added up in another order.
                let near = match (motion(&before, &after, place, 3, 2), got, alone) {
                    (Motion::Known(_, room), Some(a), Some(b)) => {
                        (0..2).all(|k| (a[k] - b[k]).abs() <= 2.0 * room)
                    }
                    (Motion::Undecided, ..) => true,
                    (_, a, b) => a.is_none() && b.is_none(),
                };
                let look = "In the order of `at`; a pixel may be asked for twice, and none at all is a \
                    question as well.";
                ensure(near, || {
                    let got = format!("at {place:?}, asked for together with others: {got:?}");
                    Broken::answer(got, format!("{alone:?}, as asked for alone"), look)
                })?;
            }
            Ok(())
        },
    );
}

#[test]
fn images_and_pixels_that_do_not_fit_are_rejected() {
    example(|| {
        let (image, other) = (Array2::from_elem((3, 4), 7_u8), Array2::from_elem((4, 3), 7_u8));
        let want = InputError::ShapeMismatch { left: (3, 4), right: (4, 3) };
        let got = optical_flow(image.view(), other.view(), &[[9, 9]], 2, 1);
        rejected("optical_flow of 3×4 and 4×3 images", got, want, "A pixel must be in both.")?;
        let none = Array2::zeros((0, 4));
        let got = optical_flow(none.view(), none.view(), &[], 3, 1);
        let want = InputError::TooFew { got: 0, wanted: 1 };
        rejected("optical_flow of 0×4 images", got, want.clone(), "There is nothing to look at.")?;
        let look = "Of several reasons the one that stands first in the list is told: shapes, pixels, \
            places, the window.";
        let got = optical_flow(none.view(), none.view(), &[[9, 9]], 2, 1);
        rejected("optical_flow of 0×4 images at [9, 9] with a window of 2", got, want, look)?;
        let want = InputError::ShapeMismatch { left: (0, 4), right: (4, 3) };
        let got = optical_flow(none.view(), other.view(), &[], 3, 1);
        rejected("optical_flow of a 0×4 and a 4×3 image", got, want, look)?;
        let want = InputError::OutOfRange { name: "y", got: 3.0, wanted: "inside the image" };
        let got = optical_flow(image.view(), image.view(), &[[0, 3], [4, 0]], 3, 1);
        rejected(
            "optical_flow at [0, 3] and [4, 0] of 3×4 images",
            got,
            want,
            "Pixel by pixel, of each x before y.",
        )?;
        let asked = |at: &[[usize; 2]], window| optical_flow(image.view(), image.view(), at, window, 1);
        for (place, name, got) in [([4, 0], "x", 4), ([0, 3], "y", 3), ([5, 9], "x", 5), ([3, 9], "y", 9)] {
            let want = InputError::OutOfRange { name, got: got as f64, wanted: "inside the image" };
            let look = "[x, y]: x is below the number of columns, y below the number of rows. Of several \
                pixels outside the first counts, before the window.";
            rejected(
                &format!("optical_flow at [1, 1], {place:?} and [7, 7] of 3×4 images"),
                asked(&[[1, 1], place, [7, 7]], 2),
                want,
                look,
            )?;
        }
        for window in [0, 2, usize::MAX - 1] {
            let want = InputError::NotOdd { name: "window", got: window };
            let look = "An even window has no middle, and 0 is even.";
            rejected(
                &format!("optical_flow with a window of {window}"),
                asked(&[[1, 1]], window),
                want,
                look,
            )?;
        }
        let huge = asked(&[[1, 1]], usize::MAX).accepted("optical_flow with a window of usize::MAX")?;
        equal("the motion of an even image", huge, vec![None], "A window counts as far as it lies inside.")
    });
}

#[test]
fn a_picture_that_turns_can_be_looked_at() {
    example(|| {
        let (rows, cols) = (48, 64);
        let (middle, angle) = ([31.5, 23.5], 0.04_f64);
        let turned = |angle: f64| {
            let (sin, cos) = angle.sin_cos();
            Matrix::from_fn(rows, cols, |i, j| {
                let (x, y) = (j as f64 - middle[0], i as f64 - middle[1]);
                let (s, t) = (x * cos + y * sin, y * cos - x * sin);
                (128.0 + 60.0 * (0.55 * s).sin() + 60.0 * (0.5 * t).cos()).round()
            })
        };
        let (before, after) = (turned(0.0), turned(angle));
        let places: Vec<[usize; 2]> =
            (6..rows - 4).step_by(6).flat_map(|y| (6..cols - 4).step_by(6).map(move |x| [x, y])).collect();
        let got = asked(&gray(&before), &gray(&after), &places, 9, 10)?;
        let at = |x: f64, y: f64| [x + 0.5, rows as f64 - y - 0.5];
        let mut arrows = Vec::new();
        for ([x, y], motion) in places.iter().zip(&got) {
            let Some([u, v]) = motion else { continue };
            let (x, y) = (*x as f64, *y as f64);
            arrows.push([at(x, y), at(x + 3.0 * u, y + 3.0 * v)]);
            // Turned about the middle, a point moves across its radius.
            let want = [-angle * (y - middle[1]), angle * (x - middle[0])];
            ensure((u - want[0]).abs() < 0.35 && (v - want[1]).abs() < 0.35, || {
                let look = "The further from the middle, the faster, and across the radius.";
                Broken::answer(format!("[{u}, {v}] at [{x}, {y}]"), format!("about {want:?}"), look)
            })?;
        }
        let pixels = Matrix::from_fn(rows, cols, |i, j| 0.6 + before[(i, j)] / 700.0);
        let (size, label) = ([cols as f64, rows as f64], String::new());
        let figure = Figure::new("A picture that turns, by Lucas and Kanade", "", "")
            .with_equal_axes()
            .with(Layer::Image { label, at: [0.0, 0.0], size, pixels, color: false })
            .with(Layer::Arrows { label: "motion, three times as long".to_owned(), arrows });
        figure_shows("m08_vision/motion/optical_flow", &figure);
        let known = got.iter().flatten().count();
        ensure(2 * known > got.len(), || {
            let look = "Hills and valleys everywhere: nearly all windows show enough.";
            Broken::answer(format!("{known} of {} pixels have an answer", got.len()), "most of them", look)
        })
    });
}
