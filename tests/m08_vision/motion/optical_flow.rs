use judge::any::{part, select, vec};
use judge::{Answer, Broken, ensure, equal, example, figure_shows, for_all, rejected};
use katas::m08_vision::motion::optical_flow;
use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use ndarray::Array2;
use proptest::prelude::*;

use super::definition::{Motion, are_the_steps, is_the_step, motion};
use super::scenes::{all_places, hills, pairs, valley, wide_pairs};
use crate::m08_vision::images::gray;

const CALL: &str = "optical_flow(before, after, points, window, iterations)";

type Flow = Vec<Option<[f64; 2]>>;

fn flow(
    before: &Array2<u8>,
    after: &Array2<u8>,
    at: &[[usize; 2]],
    window: usize,
    steps: usize,
) -> Result<Flow, Broken> {
    let got = optical_flow(before.view(), after.view(), at, window, steps).accepted(CALL)?;
    equal("the number of answers", got.len(), at.len(), "One per point, in order.")?;
    Ok(got)
}

#[test]
fn each_iteration_is_a_least_squares_step() {
    for_all("before, after, window, iterations", (pairs(), select(vec![1_usize, 3, 5]), part(0..=2_usize)))
        .cases(128)
        .holds(|([before, after], window, steps)| {
            let (before, after) = (gray(before), gray(after));
            let places = all_places(before.dim());
            let got = flow(&before, &after, &places, *window, *steps)?;
            are_the_steps([&before, &after], &places, (*window, *steps), got)
        });
}

#[test]
fn is_correct_for_images_windows_and_points_of_any_number() {
    let windows = select(vec![1_usize, 3, 5, 7, 13, 17, 41, 43, 151, 301]);
    for_all("before, after, points, window, iterations", (wide_pairs(), windows, part(0..=3_usize)))
        .cases(64)
        .holds(|(([before, after], points), window, steps)| {
            let (before, after) = (gray(before), gray(after));
            let got = flow(&before, &after, points, *window, *steps)?;
            // A large window takes long to sum up by the definition: not at each of many points.
            let stride = points.len().div_ceil(24).max(1);
            let mut some = points.iter().zip(got).rev().step_by(stride);
            some.try_for_each(|(place, got)| {
                is_the_step(&before, &after, (*place, (*window).min(303), *steps), got)
            })
        });
}

#[test]
fn equal_images_have_no_motion() {
    let image = pairs().prop_map(|[image, _]| image);
    for_all("image, iterations", (image, 0..=5_usize)).cases(64).holds(|(image, steps)| {
        let image = gray(image);
        for motion in flow(&image, &image, &all_places(image.dim()), 3, *steps)?.into_iter().flatten() {
            let look = "The two images are equal, so the residual is 0.";
            equal("the motion between an image and itself", motion.map(|it| it + 0.0), [0.0, 0.0], look)?;
        }
        Ok(())
    });
}

#[test]
fn recovers_known_translations() {
    let eighths = || (-12..=12_i32).prop_map(|k| f64::from(k) / 8.0);
    let inputs = (eighths(), eighths(), 12..=20_usize, 12..=20_usize, 1..=12_usize);
    for_all("u, v, x, y, iterations", inputs).cases(48).holds(|&(u, v, x, y, steps)| {
        let (before, after) = (hills((32, 32), [0.0, 0.0]), hills((32, 32), [u, v]));
        // On soft hills each iteration leaves a fraction of an error: that of rounding stays far below 10⁻⁷.
        if let Motion::Known(want, _) = motion(&before, &after, [x, y], 11, steps) {
            let got = flow(&before, &after, &[[x, y]], 11, steps)?[0];
            ensure(got.is_some_and(|got| (0..2).all(|k| (got[k] - want[k]).abs() < 1e-7)), || {
                let look = "As many iterations as asked for, however small the steps become.";
                Broken::answer(format!("{got:?} after {steps}"), format!("Some({want:?})"), look)
            })?;
        }
        let got = flow(&before, &after, &[[x, y]], 11, 12)?[0];
        // Rounding to whole numbers from 0 to 255 and linear interpolation of a curve cost a fraction of a tenth of a pixel.
        ensure(got.is_some_and(|[s, t]| (s - u).abs() < 0.15 && (t - v).abs() < 0.15), || {
            let look = "Iterations converge. If the sign is wrong: (x, y) moves to (x + u, y + v).";
            Broken::answer(format!("{got:?}"), format!("about Some([{u}, {v}])"), look)
        })
    });
}

#[test]
fn is_undetermined_on_edges_and_flat_regions() {
    for_all("rows of stripes, window", (vec(any::<u8>(), 7), select(vec![1_usize, 3, 5]))).cases(48).holds(
        |(stripes, window)| {
            let stripes = Array2::from_shape_fn((6, 7), |(_, x)| stripes[x]);
            for (name, image) in [
                ("vertical stripes", stripes.clone()),
                ("horizontal stripes", stripes.t().to_owned()),
                ("a constant image", Array2::from_elem((6, 7), stripes[(0, 0)])),
            ] {
                let places = all_places(image.dim());
                let got = flow(&image, &image, &places, *window, 3)?;
                let odd = places.iter().zip(&got).find(|(_, motion)| motion.is_some());
                let look = "Vertical stripes that move down look as before (the aperture problem): check the \
                    smaller eigenvalue of M, not the determinant.";
                let words = || format!("{name}: {:?}", odd.unwrap_or((&[0, 0], &None)));
                ensure(odd.is_none(), || Broken::answer(words(), "None", look))?;
            }
            Ok(())
        },
    );
}

#[test]
fn commutes_with_transposition() {
    for_all("before, after", pairs()).cases(64).holds(|[before, after]| {
        let (before, after) = (gray(before), gray(after));
        let (tall, wide) = (before.t().to_owned(), after.t().to_owned());
        for place @ [x, y] in all_places(before.dim()) {
            // Where it is known to be known, and how well.
            let Motion::Known(_, room) = motion(&before, &after, place, 3, 1) else { continue };
            let got = flow(&tall, &wide, &[[y, x]], 3, 1)?[0].map(|[u, v]| [v, u]);
            let want = flow(&before, &after, &[place], 3, 1)?[0];
            let near = match (got, want) {
                (Some(a), Some(b)) => (0..2).all(|k| (a[k] - b[k]).abs() <= 2.0 * room),
                (a, b) => a.is_none() && b.is_none(),
            };
            let look = "Rows and columns play the same role; an image need not be square.";
            ensure(near, || {
                Broken::answer(format!("at {place:?}, transposed back: {got:?}"), format!("{want:?}"), look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn points_are_independent() {
    for_all("before, after, which", (pairs(), vec(0..=24_usize, 0..=5))).cases(48).holds(
        |([before, after], which)| {
            let (before, after) = (gray(before), gray(after));
            let all = all_places(before.dim());
            let places: Vec<_> = which.iter().map(|k| all[k % all.len()]).collect();
            let got = flow(&before, &after, &places, 3, 2)?;
            for (place, got) in places.into_iter().zip(got) {
                let alone = flow(&before, &after, &[place], 3, 2)?[0];
                // Sums over many windows at once may be added up in another order.
                let near = match (motion(&before, &after, place, 3, 2), got, alone) {
                    (Motion::Known(_, room), Some(a), Some(b)) => {
                        (0..2).all(|k| (a[k] - b[k]).abs() <= 2.0 * room)
                    }
                    (Motion::Undecided, ..) => true,
                    (_, a, b) => a.is_none() && b.is_none(),
                };
                let look = "In the order of `points`; a point may occur twice, and `points` may be empty.";
                ensure(near, || {
                    let got = format!("at {place:?}, together with other points: {got:?}");
                    Broken::answer(got, format!("{alone:?}, as for this point alone"), look)
                })?;
            }
            Ok(())
        },
    );
}

#[test]
fn follows_a_rotation() {
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
        let got = flow(&gray(&before), &gray(&after), &places, 9, 10)?;
        let at = |x: f64, y: f64| [x + 0.5, rows as f64 - y - 0.5];
        let mut arrows = Vec::new();
        for ([x, y], motion) in places.iter().zip(&got) {
            let Some([u, v]) = motion else { continue };
            let (x, y) = (*x as f64, *y as f64);
            arrows.push([at(x, y), at(x + 3.0 * u, y + 3.0 * v)]);
            // In a rotation about the center a point moves perpendicularly to its radius.
            let want = [-angle * (y - middle[1]), angle * (x - middle[0])];
            ensure((u - want[0]).abs() < 0.35 && (v - want[1]).abs() < 0.35, || {
                let look = "The motion grows with the distance from the center, perpendicular to the radius.";
                Broken::answer(format!("[{u}, {v}] at [{x}, {y}]"), format!("about {want:?}"), look)
            })?;
        }
        let pixels = Matrix::from_fn(rows, cols, |i, j| 0.6 + before[(i, j)] / 700.0);
        let (size, label) = ([cols as f64, rows as f64], String::new());
        let figure = Figure::new("Optical flow of a rotation", "", "")
            .with_equal_axes()
            .with(Layer::Image { label, at: [0.0, 0.0], size, pixels, color: false })
            .with(Layer::Arrows { label: "motion, three times as long".to_owned(), arrows });
        figure_shows("m08_vision/motion/optical_flow", &figure);
        let known = got.iter().flatten().count();
        ensure(2 * known > got.len(), || {
            let look = "There is structure everywhere: nearly all windows determine the motion.";
            Broken::answer(format!("{known} of {} pixels have a motion", got.len()), "most of them", look)
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::motion::optical_flow;
        use ndarray::Array2;

        // A paraboloid that moves by one pixel to the right.
        let bowl = |middle: i32| {
            move |(y, x): (usize, usize)| ((x as i32 - middle).pow(2) + (y as i32 - 5).pow(2)) as u8
        };
        let [before, after] = [5, 6].map(|middle| Array2::from_shape_fn((11, 12), bowl(middle)));
        let [u, v] = optical_flow(before.view(), after.view(), &[[5, 5]], 5, 10).unwrap()[0].unwrap();
        assert!((u - 1.0).abs() < 0.1 && v.abs() < 0.1);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_large_windows() {
        let windows = select(vec![15_usize, 31, 33, 45, 67, 85, usize::MAX]);
        for_all("window, x, y", (windows, 0..=43_usize, 0..=39_usize)).cases(16).holds(|&(window, x, y)| {
            let (before, after) = (hills((40, 44), [0.0, 0.0]), hills((40, 44), [0.5, -0.25]));
            // From any pixel a window of 87 reaches everything.
            let got = flow(&before, &after, &[[x, y]], window, 1)?;
            is_the_step(&before, &after, ([x, y], window.min(87), 1), got[0])
        });
    }

    #[test]
    fn takes_all_iterations() {
        let image = pairs().prop_map(|[image, _]| image);
        let steps = prop_oneof![3 => 0..=40_usize, 1 => select(vec![300_usize, 1100])];
        for_all("before, brightness of after, iterations", (image, any::<u8>(), steps)).cases(64).holds(
            |(before, even, steps)| {
                let before = gray(before);
                let after = Array2::from_elem(before.dim(), *even);
                let places = all_places(before.dim());
                for (place, got) in places.iter().zip(flow(&before, &after, &places, 3, *steps)?) {
                    // Rounding does not pass from one step to the next: `after` is everywhere the same.
                    let Motion::Known(one, room) = motion(&before, &after, *place, 3, 1) else { continue };
                    let (want, room) = (one.map(|step| step * *steps as f64), *steps as f64 * room);
                    ensure(got.is_some_and(|got| (0..2).all(|k| (got[k] - want[k]).abs() <= room)), || {
                        let look = "A constant `after` looks the same everywhere: equal steps, take all.";
                        Broken::answer(format!("{got:?} at {place:?}"), format!("Some({want:?})"), look)
                    })?;
                }
                Ok(())
            },
        );
    }

    #[test]
    fn rejects_a_point_outside_wherever_it_is() {
        for_all(
            "before, after, points, i, more, across",
            (wide_pairs(), any::<u64>(), 0..=3_usize, any::<bool>()),
        )
        .cases(48)
        .holds(|(([before, after], points), i, more, across)| {
            let (before, after) = (gray(before), gray(after));
            let (mut points, (rows, cols)) = (points.clone(), before.dim());
            let (place, name, got) = match across {
                true => ([cols + more, rows - 1], "x", cols + more),
                false => ([cols - 1, rows + more], "y", rows + more),
            };
            points.insert(*i as usize % (points.len() + 1), place);
            let got_error = optical_flow(before.view(), after.view(), &points, 3, 1);
            let want = InputError::OutOfRange { name, got: got as f64, wanted: "inside the image" };
            let look = "[x, y]: x is below the number of columns, y below the number of rows.";
            let call = format!("optical_flow of {rows}×{cols} images at {} points", points.len());
            rejected(&call, got_error, want, look)?;
            let other = Array2::zeros((rows + more, cols + usize::from(*more == 0)));
            let want = InputError::ShapeMismatch { left: (rows, cols), right: other.dim() };
            let got = optical_flow(before.view(), other.view(), &[], 3, 1);
            rejected("optical_flow of images of two shapes", got, want, "Both have the same shape.")
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        example(|| {
            let (image, other) = (Array2::from_elem((3, 4), 7_u8), Array2::from_elem((4, 3), 7_u8));
            let want = InputError::ShapeMismatch { left: (3, 4), right: (4, 3) };
            let got = optical_flow(image.view(), other.view(), &[[1, 1]], 3, 1);
            rejected("optical_flow of 3×4 and 4×3 images", got, want, "Both images have the same shape.")?;
            let none = Array2::zeros((0, 4));
            let got = optical_flow(none.view(), none.view(), &[], 3, 1);
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("optical_flow of 0×4 images", got, want, "The images have no pixels.")?;
            let flow = |at: &[[usize; 2]], window| optical_flow(image.view(), image.view(), at, window, 1);
            for (place, name, got) in [([4, 0], "x", 4), ([0, 3], "y", 3), ([5, 1], "x", 5), ([3, 9], "y", 9)]
            {
                let want = InputError::OutOfRange { name, got: got as f64, wanted: "inside the image" };
                let look = "[x, y]: x is below the number of columns, y below the number of rows.";
                rejected(
                    &format!("optical_flow at [1, 1] and {place:?} of 3×4 images"),
                    flow(&[[1, 1], place], 3),
                    want,
                    look,
                )?;
            }
            for window in [0, 2, 6, 42, 302, usize::MAX - 1] {
                let want = InputError::NotOdd { name: "window", got: window };
                let look = "An even window has no center, and 0 is even.";
                for at in [&[[1, 1]][..], &[]] {
                    let call = format!("optical_flow at {at:?} with a window of {window}");
                    rejected(&call, flow(at, window), want.clone(), look)?;
                }
            }
            let huge = flow(&[[1, 1]], usize::MAX).accepted("optical_flow with a window of usize::MAX")?;
            equal(
                "the motion in a constant image",
                huge,
                vec![None],
                "Only the part of the window inside the image counts.",
            )
        });
    }

    #[test]
    fn is_determined_where_the_eigenvalue_is_the_number_of_pixels() {
        for_all("window, k, upright", (select(vec![3_usize, 5, 9, 17]), 1..=4_i32, any::<bool>()))
            .cases(16)
            .holds(|&(window, k, upright)| {
                let (image, half) = valley(window, k, upright);
                let got = flow(&image, &image, &[[half + 1; 2]], window, 2)?[0].map(|it| it.map(|u| u + 0.0));
                let look = "The mean squared gradient is exactly 1 along one axis, and more along the other.";
                equal("the motion between an image and itself", got, Some([0.0; 2]), look)
            });
    }

    #[test]
    fn follows_many_points() {
        for_all("u, v", [-4..=4_i32, -4..=4_i32]).cases(6).holds(|[u, v]| {
            let after = hills((12, 13), [f64::from(*u) / 8.0, f64::from(*v) / 8.0]);
            let (before, places) = (hills((12, 13), [0.0, 0.0]), all_places((12, 13)));
            let got = flow(&before, &after, &places, 5, 1)?;
            are_the_steps([&before, &after], &places, (5, 1), got)
        });
    }
}
