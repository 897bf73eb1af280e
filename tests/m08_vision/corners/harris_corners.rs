use judge::{Answer, Broken, ensure, equal, example, figure_shows, for_all, rejected};
use katas::m08_vision::corners::harris_corners;
use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use ndarray::Array2;
use proptest::prelude::*;

use super::known::{CALL, Known, asked, boxes, hows, points, squared, two_points};
use crate::m08_vision::images::{Scene, Shape, any_gray, gray};

#[test]
fn every_corner_is_strong_enough_and_no_two_are_near() {
    for_all("image, window, share, distance", (any_gray(6), hows())).holds(|(image, how)| {
        let image = gray(image);
        let (known, got) = (Known::of(&image, *how), asked(&image, *how)?);
        for (n, corner) in got.iter().enumerate() {
            let r = known.r(*corner);
            ensure(r > known.bound - known.room && r > -known.room, || {
                let want = format!("R above {}", known.bound);
                let look = "More than the share of the greatest R, and that is above 0; an even image has \
                    no corner.";
                Broken::answer(format!("{corner:?} with R = {r} in {got:?}"), want, look)
            })?;
            for other in &got[..n] {
                ensure(other != corner && squared(*corner, *other) >= how.2.pow(2), || {
                    let want = format!("each once, and {} pixels or more between any two", how.2);
                    let look = "Compare with all corners that were taken before, as the crow flies.";
                    Broken::answer(format!("{other:?} and {corner:?} in {got:?}"), want, look)
                })?;
            }
        }
        Ok(())
    });
}

#[test]
fn the_strongest_come_first() {
    for_all("image, window, share, distance", (any_gray(6), hows())).cases(128).holds(|(image, how)| {
        let image = gray(image);
        let (known, got) = (Known::of(&image, *how), asked(&image, *how)?);
        let odd = got.windows(2).find(|two| known.r(two[1]) > known.r(two[0]) + known.room);
        ensure(odd.is_none(), || {
            let two = odd.unwrap_or_default();
            let words: Vec<_> = two.iter().map(|it| format!("{it:?} with R = {}", known.r(*it))).collect();
            let look = "From the greatest response down.";
            Broken::answer(words.join(", then "), "the greater one first", look)
        })
    });
}

#[test]
fn what_is_left_out_is_weak_or_near_a_stronger_one() {
    for_all("image, window, share, distance", (any_gray(6), hows())).holds(|(image, how)| {
        let image = gray(image);
        let (known, got) = (Known::of(&image, *how), asked(&image, *how)?);
        // Where the greatest R is 0 but for rounding, nobody knows whether there is a corner.
        let surely =
            |place: [usize; 2]| known.r(place) > known.bound + known.room && known.bound > known.room;
        let (rows, cols) = image.dim();
        for place in (0..rows).flat_map(|y| (0..cols).map(move |x| [x, y])).filter(|place| surely(*place)) {
            let r = known.r(place);
            let covers = |corner: &[usize; 2]| {
                *corner == place
                    || squared(*corner, place) < how.2.pow(2) && known.r(*corner) >= r - known.room
            };
            ensure(got.iter().any(covers), || {
                let want =
                    format!("{place:?} with R = {r} as well: nothing stronger is nearer than {}", how.2);
                let look = "Only what is near one that was *taken* is left out. Take the strongest first, \
                    and begin with all pixels: the border, too.";
                Broken::answer(format!("{} corners: {got:?}", got.len()), want, look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn two_points_are_as_far_apart_as_the_crow_flies() {
    let way = (6..=40_usize, 0..=40_usize, any::<bool>());
    let way = way.prop_map(|(right, down, turned)| if turned { [down, right] } else { [right, down] });
    for_all("right, down, which", (way, 0..=3_usize)).cases(64).holds(|&([right, down], which)| {
        let crow = (right.pow(2) + down.pow(2)).isqrt();
        two_points([right, down], [crow, crow + 1, right.max(down) + 1, right + down][which])
    });
}

#[test]
fn far_apart_is_no_other_than_near() {
    example(|| {
        for (way, distance) in [([3000, 0], 3000), ([3000, 0], 3001), ([120, 160], 200), ([120, 160], 201)] {
            two_points(way, distance)?;
        }
        Ok(())
    });
}

#[test]
fn a_candidate_has_more_than_the_share() {
    example(|| {
        let (strong, faint) = ([4, 4], [18, 14]);
        // R goes with the fourth power of the brightness: it is 16 times as great.
        let image = points((19, 23), &[(strong, 128), (faint, 64)]);
        let look =
            "R of the fainter point is one sixteenth of the greatest: that is not more than 0.0626 of it.";
        equal("corners with a share of 0.0626", asked(&image, (3, 0.0626, 8))?, vec![strong], look)?;
        let got = asked(&image, (3, 0.0624, 8))?;
        equal("corners with a share of 0.0624", got, vec![strong, faint], "A sixteenth is more than 0.0624.")
    });
}

#[test]
fn a_little_stronger_is_stronger() {
    example(|| {
        // A pixel, the one on its right and the one below. Their R differ by 3 in 10⁸, which is far more than rounding.
        let [stronger, weaker] = [[241, 7, 0], [234, 21, 6]];
        for (left, right) in [(stronger, weaker), (weaker, stronger)] {
            let [a, b, c] = left;
            let [d, e, f] = right;
            let bright = [([4, 4], a), ([5, 4], b), ([4, 5], c), ([16, 4], d), ([17, 4], e), ([16, 5], f)];
            let image = points((10, 24), &bright);
            let want = if left == stronger { [[4, 4], [16, 4]] } else { [[16, 4], [4, 4]] };
            let look = "From the greatest response down, also where the two are nearly equal: f64 tells \
                them apart, f32 does not.";
            equal("corners of two that are nearly equal", asked(&image, (3, 0.9, 4))?, want.to_vec(), look)?;
        }
        Ok(())
    });
}

#[test]
fn a_box_has_four_corners() {
    for_all("scene", boxes()).cases(48).holds(|scene| {
        let got = asked(&scene.gray(), (3, 0.1, 4))?;
        let Some(Shape::Box { width, height, .. }) = scene.shapes.first() else { return Ok(()) };
        let (right, bottom) = (4 + *width as usize, 3 + *height as usize);
        let truth = [[5, 4], [right, 4], [5, bottom], [right, bottom]];
        let found = truth.iter().filter(|corner| got.iter().any(|it| squared(*it, **corner) <= 5)).count();
        ensure(got.len() == 4 && found == 4, || {
            let look = "Where two edges meet both eigenvalues of M are great. [x, y] is column, row.";
            Broken::answer(format!("{got:?}"), format!("one near each of {truth:?}"), look)
        })
    });
}

#[test]
fn the_corners_of_a_picture_can_be_looked_at() {
    example(|| {
        let shape = |x, y, width, height, value| Shape::Box { x, y, width, height, value };
        let house = Scene {
            rows: 44,
            cols: 60,
            ground: 210,
            shapes: vec![
                Shape::Disc { x: 51.0, y: 8.0, radius: 5.0, value: 250 },
                shape(8.0, 16.0, 36.0, 22.0, 120),
                shape(14.0, 22.0, 7.0, 7.0, 235),
                shape(31.0, 22.0, 7.0, 16.0, 50),
                Shape::Half { x: 0.0, y: 37.5, angle: std::f64::consts::FRAC_PI_2, value: 80 },
            ],
        };
        let image = house.gray();
        let got = asked(&image, (3, 0.02, 4))?;
        let (rows, cols) = image.dim();
        let pixels = Matrix::from_fn(rows, cols, |i, j| f64::from(image[(i, j)]) / 255.0);
        let (size, label) = ([cols as f64, rows as f64], String::new());
        let at = |[x, y]: &[usize; 2]| [*x as f64 + 0.5, rows as f64 - *y as f64 - 0.5];
        let figure = Figure::new("Corners by Harris and Stephens", "", "")
            .with_equal_axes()
            .with(Layer::Image { label, at: [0.0, 0.0], size, pixels, color: false })
            .with(Layer::Points { label: "corners".to_owned(), at: got.iter().map(at).collect() });
        figure_shows("m08_vision/corners/harris_corners", &figure);
        for corner in [[8, 16], [43, 16], [14, 22], [20, 22], [14, 28], [20, 28], [31, 22], [37, 22]] {
            ensure(got.iter().any(|it| squared(*it, corner) <= 8), || {
                let look = "Roof, window and door have corners; a share of 0.02 lets the faint ones through.";
                Broken::answer(format!("{got:?}"), format!("one near {corner:?} among them"), look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn shares_that_are_none_are_rejected_and_a_huge_distance_is_not() {
    example(|| {
        let image = Array2::from_shape_fn((6, 6), |(y, x)| if x > 2 && y > 2 { 200_u8 } else { 0 });
        let with = |share| harris_corners(image.view(), 3, 0.05, share, 2);
        for share in [0.0, -0.5, 1.0, 2.0] {
            let want = InputError::OutOfRange { name: "share", got: share, wanted: "above 0 and below 1" };
            let look = "A share of 0 lets half the image through, and nothing is above the greatest.";
            rejected(&format!("harris_corners with a share of {share:?}"), with(share), want, look)?;
        }
        for share in [f64::NAN, f64::INFINITY] {
            let want = InputError::NotFinite { name: "share", index: 0 };
            rejected(
                &format!("harris_corners with a share of {share:?}"),
                with(share),
                want,
                "NaN is no share.",
            )?;
        }
        let look = "What the response rejects is rejected, before the share is looked at.";
        let want = InputError::NotOdd { name: "window", got: 2 };
        let got = harris_corners(image.view(), 2, 0.05, f64::NAN, 2);
        rejected("harris_corners with a window of 2 and a share of NaN", got, want, look)?;
        let want = InputError::TooFew { got: 0, wanted: 1 };
        let got = harris_corners(Array2::zeros((0, 4)).view(), 3, 0.05, 0.1, 2);
        rejected("harris_corners of a 0×4 image", got, want, look)?;
        let one =
            harris_corners(image.view(), 3, 0.05, 0.1, usize::MAX).accepted("harris_corners, far apart")?;
        equal(
            "corners that are usize::MAX apart",
            one.len(),
            1,
            "The strongest; the square of so much is no number.",
        )?;
        let even = Array2::from_elem((5, 4), 9_u8);
        let got = harris_corners(even.view(), 3, 0.05, 0.5, 0).accepted("harris_corners of an even image")?;
        equal("corners of an even image", got, vec![], "The greatest R is 0, and nothing is above it.")
    });
}

#[test]
fn an_image_may_lie_in_memory_in_any_order() {
    for_all("x, y", (1..=6_usize, 1..=3_usize)).cases(18).holds(|&(x, y)| {
        let image = Array2::from_shape_fn((6, 9), |(i, j)| if j > x && i > y { 200_u8 } else { 0 });
        // Stored column by column; as a view it is the image.
        let stored = image.t().as_standard_layout().into_owned();
        let got = harris_corners(stored.t(), 3, 0.05, 0.5, 9).accepted(CALL)?;
        let look = "Ask the view for image[(i, j)]; the pixels behind it may lie in another order.";
        equal("the corner of a dark image's bright corner", got, asked(&image, (3, 0.5, 9))?, look)
    });
}

#[test]
fn there_are_as_many_corners_as_there_are() {
    example(|| {
        // 8 × 8 bright points, eight pixels apart.
        let image =
            Array2::from_shape_fn((66, 66), |(i, j)| if i % 8 == 4 && j % 8 == 4 { 200_u8 } else { 0 });
        let got = asked(&image, (3, 0.5, 4))?;
        let look = "Nobody asked for the best few only.";
        ensure(got.len() >= 64, || {
            Broken::answer(format!("{} corners", got.len()), "64 or more: one a point", look)
        })
    });
}
