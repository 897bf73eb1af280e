use judge::any::select;
use judge::{Answer, Broken, ensure, equal, example, figure_shows, for_all, rejected};
use katas::m08_vision::corners::harris_corners;
use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use ndarray::Array2;
use proptest::prelude::*;

use super::known::{
    CALL, Known, any_image, are_the_candidates, boxes, corners_of, hows, points, squared, two_points,
};
use crate::m08_vision::images::{Scene, Shape, any_gray, gray, wide_gray};

#[test]
fn corners_exceed_the_threshold_and_keep_their_distance() {
    for_all("image, window, quality_level, min_distance", (any_image(), hows())).cases(128).holds(
        |(image, how)| {
            let image = gray(image);
            let (known, got) = (Known::of(&image, *how), corners_of(&image, *how)?);
            for (n, corner) in got.iter().enumerate() {
                let r = known.r(*corner);
                ensure(r > known.bound - known.room && r > -known.room, || {
                    let want = format!("R above {}", known.bound);
                    let look =
                        "R must exceed quality_level · (the largest R), and the largest R must be above 0.";
                    Broken::answer(format!("{corner:?} with R = {r} in {got:?}"), want, look)
                })?;
                for other in &got[..n] {
                    ensure(other != corner && squared(*corner, *other) >= how.2.pow(2), || {
                        let want = format!("each corner once, and {} pixels or more between any two", how.2);
                        let look = "Compare with all corners taken before, by the Euclidean distance.";
                        Broken::answer(format!("{other:?} and {corner:?} in {got:?}"), want, look)
                    })?;
                }
            }
            Ok(())
        },
    );
}

#[test]
fn is_sorted_by_response() {
    for_all("image, window, quality_level, min_distance", (any_image(), hows())).cases(128).holds(
        |(image, how)| {
            let image = gray(image);
            let (known, got) = (Known::of(&image, *how), corners_of(&image, *how)?);
            let odd = got.windows(2).find(|two| known.r(two[1]) > known.r(two[0]) + known.room);
            ensure(odd.is_none(), || {
                let two = odd.unwrap_or_default();
                let words: Vec<_> =
                    two.iter().map(|it| format!("{it:?} with R = {}", known.r(*it))).collect();
                let look = "Descending order of the response.";
                Broken::answer(words.join(", then "), "the larger response first", look)
            })
        },
    );
}

#[test]
fn suppresses_only_weak_or_near_candidates() {
    for_all("image, window, quality_level, min_distance", (any_image(), hows())).cases(128).holds(
        |(image, how)| {
            let image = gray(image);
            let (known, got) = (Known::of(&image, *how), corners_of(&image, *how)?);
            // Where the largest R is 0 up to rounding, it is undecided whether there is a corner.
            let surely =
                |place: [usize; 2]| known.r(place) > known.bound + known.room && known.bound > known.room;
            let (rows, cols) = image.dim();
            for place in (0..rows).flat_map(|y| (0..cols).map(move |x| [x, y])).filter(|place| surely(*place))
            {
                let r = known.r(place);
                let covers = |corner: &[usize; 2]| {
                    *corner == place
                        || squared(*corner, place) < how.2.pow(2) && known.r(*corner) >= r - known.room
                };
                ensure(got.iter().any(covers), || {
                    let want =
                        format!("{place:?} with R = {r} as well: nothing stronger is nearer than {}", how.2);
                    let look = "Only candidates near a corner that was *taken* are suppressed. Take the \
                    strongest first, and consider all pixels, also those on the border.";
                    Broken::answer(format!("{} corners: {got:?}", got.len()), want, look)
                })?;
            }
            Ok(())
        },
    );
}

#[test]
fn distance_is_euclidean() {
    let way = (6..=40_usize, 0..=40_usize, any::<bool>());
    let way = way.prop_map(|(right, down, turned)| if turned { [down, right] } else { [right, down] });
    for_all("right, down, which", (way, 0..=3_usize)).cases(64).holds(|&([right, down], which)| {
        let crow = (right.pow(2) + down.pow(2)).isqrt();
        two_points([right, down], [crow, crow + 1, right.max(down) + 1, right + down][which])
    });
}

#[test]
fn quality_level_is_relative_to_the_largest_response() {
    example(|| {
        let (strong, faint) = ([4, 4], [18, 14]);
        // R grows with the fourth power of the brightness: it is 16 times as large.
        let image = points((19, 23), &[(strong, 128), (faint, 64)]);
        let look = "R of the fainter point is 1/16 of the largest: not more than 0.0626 of it.";
        equal("corners with quality_level 0.0626", corners_of(&image, (3, 0.0626, 8))?, vec![strong], look)?;
        let got = corners_of(&image, (3, 0.0624, 8))?;
        equal("corners with quality_level 0.0624", got, vec![strong, faint], "1/16 is more than 0.0624.")
    });
}

#[test]
fn a_box_has_four_corners() {
    for_all("scene", boxes()).cases(48).holds(|scene| {
        let got = corners_of(&scene.gray(), (3, 0.1, 4))?;
        let Some(Shape::Box { width, height, .. }) = scene.shapes.first() else { return Ok(()) };
        let (right, bottom) = (4 + *width as usize, 3 + *height as usize);
        let truth = [[5, 4], [right, 4], [5, bottom], [right, bottom]];
        let found = truth.iter().filter(|corner| got.iter().any(|it| squared(*it, **corner) <= 5)).count();
        ensure(got.len() == 4 && found == 4, || {
            let look = "Where two edges meet, both eigenvalues of M are large. [x, y] is column, row.";
            Broken::answer(format!("{got:?}"), format!("one near each of {truth:?}"), look)
        })
    });
}

#[test]
fn finds_the_corners_of_a_house() {
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
        let got = corners_of(&image, (3, 0.02, 4))?;
        let (rows, cols) = image.dim();
        let pixels = Matrix::from_fn(rows, cols, |i, j| f64::from(image[(i, j)]) / 255.0);
        let (size, label) = ([cols as f64, rows as f64], String::new());
        let at = |[x, y]: &[usize; 2]| [*x as f64 + 0.5, rows as f64 - *y as f64 - 0.5];
        let figure = Figure::new("Harris corners", "", "")
            .with_equal_axes()
            .with(Layer::Image { label, at: [0.0, 0.0], size, pixels, color: false })
            .with(Layer::Points { label: "corners".to_owned(), at: got.iter().map(at).collect() });
        figure_shows("m08_vision/corners/harris_corners", &figure);
        for corner in [[8, 16], [43, 16], [14, 22], [20, 22], [14, 28], [20, 28], [31, 22], [37, 22]] {
            ensure(got.iter().any(|it| squared(*it, corner) <= 8), || {
                let look = "Roof, window and door have corners; quality_level 0.02 keeps the faint ones.";
                Broken::answer(format!("{got:?}"), format!("one near {corner:?} among them"), look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::corners::harris_corners;
        use ndarray::Array2;

        let square =
            Array2::from_shape_fn((20, 20), |(y, x)| if x.max(y) < 14 && x.min(y) > 5 { 200 } else { 0 });
        assert_eq!(harris_corners(square.view(), 3, 0.05, 0.1, 4).unwrap().len(), 4);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_large_distances() {
        example(|| {
            for (way, distance) in
                [([3000, 0], 3000), ([3000, 0], 3001), ([120, 160], 200), ([120, 160], 201)]
            {
                two_points(way, distance)?;
            }
            Ok(())
        });
    }

    #[test]
    fn distinguishes_nearly_equal_responses() {
        example(|| {
            // A pixel, the one on its right and the one below. Their R differ by 3 in 10⁸, which is far more than rounding.
            let [stronger, weaker] = [[241, 7, 0], [234, 21, 6]];
            for (left, right) in [(stronger, weaker), (weaker, stronger)] {
                let [a, b, c] = left;
                let [d, e, f] = right;
                let bright =
                    [([4, 4], a), ([5, 4], b), ([4, 5], c), ([16, 4], d), ([17, 4], e), ([16, 5], f)];
                let image = points((10, 24), &bright);
                let want = if left == stronger { [[4, 4], [16, 4]] } else { [[16, 4], [4, 4]] };
                let look = "Descending order of the response, also where two are nearly equal: f64 \
                    distinguishes them, f32 does not.";
                equal(
                    "corners of two that are nearly equal",
                    corners_of(&image, (3, 0.9, 4))?,
                    want.to_vec(),
                    look,
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        let levels =
            prop_oneof![select(vec![0.0, -0.5, 1.0, 2.0, 1.0 + 1e-9]), judge::any::magnitude(0, 150)];
        let inputs = (wide_gray(), levels, 1..=127_usize, judge::any::magnitude(-9, 150));
        for_all("image, quality_level, half, k", inputs).cases(48).holds(|(image, level, half, k)| {
            let image = gray(image);
            let corners = |window, k, level| harris_corners(image.view(), window, k, level, 2);
            let name = "quality_level";
            if !(*level > 0.0 && *level < 1.0) {
                let want = InputError::OutOfRange { name, got: *level, wanted: "above 0 and below 1" };
                let look = "A quality level of 0 keeps half of the image, and no R exceeds the largest.";
                let call = format!("harris_corners with quality_level {level:?}");
                rejected(&call, corners(3, 0.05, *level), want, look)?;
            }
            for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
                let want = InputError::NotFinite { name, index: 0 };
                let call = format!("harris_corners with quality_level {bad:?}");
                rejected(&call, corners(3, 0.05, bad), want, "NaN and ∞ are no quality levels.")?;
                let want = InputError::NotFinite { name: "k", index: 0 };
                let call = format!("harris_corners with k {bad:?}");
                rejected(&call, corners(3, bad, 0.1), want, "What `harris_response` rejects is rejected.")?;
            }
            let look = "What `harris_response` rejects is rejected here as well.";
            let (even, large, k) = (2 * half, 255 + 2 * half, -k.abs());
            let want = InputError::NotOdd { name: "window", got: even };
            rejected(
                &format!("harris_corners with a window of {even}"),
                corners(even, 0.05, 0.1),
                want,
                look,
            )?;
            let want = InputError::OutOfRange { name: "window", got: large as f64, wanted: "1 to 255" };
            rejected(
                &format!("harris_corners with a window of {large}"),
                corners(large, 0.05, 0.1),
                want,
                look,
            )?;
            let want = InputError::OutOfRange { name: "k", got: k, wanted: "0 to 0.25" };
            rejected(&format!("harris_corners with k {k:?}"), corners(3, k, 0.1), want, look)?;
            let want = InputError::TooFew { got: 0, wanted: 1 };
            let got = harris_corners(Array2::zeros((0, image.ncols())).view(), 3, 0.05, 0.1, 2);
            rejected("harris_corners of no pixels", got, want, look)
        });
    }

    #[test]
    fn accepts_huge_distances_and_constant_images() {
        example(|| {
            let image = Array2::from_shape_fn((12, 13), |(y, x)| if x > 2 && y > 2 { 200_u8 } else { 0 });
            let one = harris_corners(image.view(), 3, 0.05, 0.1, usize::MAX)
                .accepted("harris_corners with a min_distance of usize::MAX")?;
            let look = "The strongest one; the square of min_distance overflows.";
            equal("corners that are usize::MAX apart", one.len(), 1, look)?;
            let even = Array2::from_elem((5, 4), 9_u8);
            let got = harris_corners(even.view(), 3, 0.05, 0.5, 0)
                .accepted("harris_corners of a constant image")?;
            equal("corners of a constant image", got, vec![], "The largest R is 0, and no R exceeds it.")
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
        for_all("x, y", (1..=6_usize, 1..=3_usize)).cases(18).holds(|&(x, y)| {
            let image = Array2::from_shape_fn((6, 9), |(i, j)| if j > x && i > y { 200_u8 } else { 0 });
            // Stored column by column; as a view it is the image.
            let stored = image.t().as_standard_layout().into_owned();
            let got = harris_corners(stored.t(), 3, 0.05, 0.5, 9).accepted(CALL)?;
            let look = "Index the view as image[(i, j)]; its pixels may be in another order in memory.";
            equal("the corner of a dark image's bright corner", got, corners_of(&image, (3, 0.5, 9))?, look)
        });
    }

    #[test]
    fn returns_all_corners() {
        example(|| {
            // 65 × 9 bright points, four pixels apart, none near the border.
            let image =
                Array2::from_shape_fn((263, 39), |(i, j)| if i % 4 == 3 && j % 4 == 3 { 200_u8 } else { 0 });
            let got = corners_of(&image, (3, 0.9, 4))?;
            let look = "Return all corners, not the strongest few.";
            ensure(got.len() == 585, || {
                Broken::answer(format!("{} corners", got.len()), "585: one per point", look)
            })?;
            for (n, corner) in got.iter().enumerate() {
                let is_new = !got[..n].contains(corner);
                ensure(is_new && corner.map(|at| at % 4) == [3, 3], || {
                    let look = "Compare with all corners taken before, not with the first few of them.";
                    Broken::answer(format!("{corner:?} after {n} others"), "each bright point once", look)
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn quality_level_is_exact() {
        example(|| {
            let (strong, faint) = ([4, 4], [18, 14]);
            // R of the fainter point is exactly 1/16 of the largest.
            let image = points((19, 23), &[(strong, 128), (faint, 64)]);
            let look = "R of the fainter point is 1/16 of the largest; f32 does not distinguish these \
                quality levels.";
            equal(
                "corners with quality_level 1/16 + 1e-10",
                corners_of(&image, (3, 0.0625 + 1e-10, 8))?,
                vec![strong],
                look,
            )?;
            let got = corners_of(&image, (3, 0.0625 - 1e-10, 8))?;
            equal("corners with quality_level 1/16 − 1e-10", got, vec![strong, faint], look)?;
            // 1/200⁴ is 6·10⁻¹⁰.
            let image = points((19, 23), &[(strong, 200), (faint, 1)]);
            let got = corners_of(&image, (3, 2e-10, 8))?;
            equal(
                "corners with quality_level 2e-10",
                got,
                vec![strong, faint],
                "R of the fainter point is above it.",
            )
        });
    }

    #[test]
    fn uses_the_given_k() {
        let levels = select(vec![1e-110, 1e-12, 0.0005, 0.125, 0.5, 0.99]);
        let ks = select(vec![0.0, 1e-110, 1e-5, 0.0005, 0.04, 0.1, 0.2, 0.23]);
        let windows = select(vec![1_usize, 3, 3, 3, 101, 255]);
        for_all("image, window, k, quality_level", (any_gray(6), windows, ks, levels))
            .cases(96)
            .holds(|(image, window, k, level)| are_the_candidates(&gray(image), *window, *k, *level));
    }
}
