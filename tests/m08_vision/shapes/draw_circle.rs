use judge::{Broken, Verdict, ensure, example, for_all};
use katas::m08_vision::shapes::draw_circle;
use ndarray::{Array2, ShapeBuilder};
use proptest::prelude::*;

use super::drawn::{picture, pixels_set};
use judge::any::sizes;

const SHAPE: (usize, usize) = (11, 13);

/// √(r² − t²), rounded; `None` outside the circle.
fn height(t: i128, r: i128) -> Option<i128> {
    let square = r * r - t * t;
    if square < 0 {
        return None;
    }
    let mut root = (square as f64).sqrt() as i128;
    // Beyond 2⁵³ the square root of an `f64` may be off by a little.
    while root * root > square {
        root -= 1;
    }
    while (root + 1) * (root + 1) <= square {
        root += 1;
    }
    Some(root + i128::from(square > root * (root + 1)))
}

fn is_the_circle(shape: (usize, usize), center: [i32; 2], radius: u32) -> Verdict {
    let call = format!("draw_circle at {center:?} with radius {radius}");
    let set = pixels_set(shape, 99, |image| draw_circle(image, center, radius, 99))?;
    let shown = |what: String| format!("{call}: {what}\n{}", picture(shape, &set));
    let mut is_set = Array2::from_elem(shape, false);
    for [x, y] in &set {
        is_set[(*y as usize, *x as usize)] = true;
    }
    let r = i128::from(radius);
    for i in 0..shape.0 {
        for j in 0..shape.1 {
            let (dx, dy) = (j as i128 - i128::from(center[0]), i as i128 - i128::from(center[1]));
            let (in_column, in_row) = (height(dx, r) == Some(dy.abs()), height(dy, r) == Some(dx.abs()));
            let must = in_column && 2 * dx * dx <= r * r || in_row && 2 * dy * dy <= r * r;
            let may = must || in_column && dx.abs() == dy.abs();
            let is_set = is_set[(i, j)];
            ensure(is_set || !must, || {
                let look = "√(r² − dx²), rounded to the nearest, above and below; the same for rows. Is a \
                    part missing at the ends of the octants, or at the border?";
                Broken::answer(shown(format!("[{j}, {i}] is not set")), "set: it is the nearest there", look)
            })?;
            ensure(may || !is_set, || {
                let look = "Which pixel of that column and of that row is nearest to the circle? [x, y]: x \
                    counts columns.";
                Broken::answer(shown(format!("[{j}, {i}] is set")), "not set: others are nearer", look)
            })?;
        }
    }
    Ok(())
}

#[test]
fn sets_the_nearest_pixels() {
    for_all("radius", 0..=40_u32).cases(128).holds(|&radius| {
        let (side, middle) = (2 * radius as usize + 5, radius as i32 + 2);
        is_the_circle((side, side - 1), [middle - 1, middle], radius)
    });
}

#[test]
fn clips_at_the_border() {
    let drawn = (-12..=24_i32, -12..=22_i32, 0..=30_u32);
    for_all("x, y, radius", drawn).holds(|&(x, y, radius)| is_the_circle(SHAPE, [x, y], radius));
}

#[test]
fn sets_the_nearest_pixels_of_images_of_any_size() {
    let drawn = sizes([1..=9, 1..=9, 0..=12], [303, 303, 301]).prop_flat_map(|[rows, cols, radius]| {
        // Somewhere near the image, or so far away that the circle passes through it.
        let r = radius as i32;
        let at =
            move |n: usize| prop_oneof![-3..=n as i32 + 3, Just(-r), n as i32 + r - 3..=n as i32 + r + 1];
        (Just([rows, cols]), at(cols), at(rows), Just(radius as u32))
    });
    for_all("rows, cols, x, y, radius", drawn)
        .cases(192)
        .holds(|&([rows, cols], x, y, radius)| is_the_circle((rows, cols), [x, y], radius));
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::shapes::draw_circle;
        use ndarray::{Array2, array};

        let mut image = Array2::zeros((3, 3));
        draw_circle(&mut image, [0, 0], 2, 9);
        assert_eq!(image, array![[0, 0, 9], [0, 0, 9], [9, 9, 0]]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn work_is_bounded_for_huge_circles() {
        let far = || prop_oneof![Just(i32::MIN), Just(i32::MAX), -2_000_000_000..=2_000_000_000, -3..=9];
        let radius = prop_oneof![Just(u32::MAX), 1_000_000_000..=u32::MAX, 0..=9_u32];
        for_all("x, y, radius", (far(), far(), radius))
            .cases(64)
            .within_seconds(3)
            .holds(|&(x, y, radius)| is_the_circle(SHAPE, [x, y], radius));
    }

    #[test]
    fn draws_huge_circles_through_the_image() {
        let radius = prop_oneof![
            300..=10_000_u32,
            10_000..=1_000_000_u32,
            1_000_000..=2_147_483_600_u32,
            2_100_000_000..=2_147_483_600_u32
        ];
        let offset = (-4..=4_i32, 0..=3_usize, radius);
        for_all("offset, side, radius", offset).cases(64).within_seconds(3).holds(
            |&(offset, side, radius)| {
                let r = radius as i32;
                let center =
                    [[6 + r, 5 + offset], [6 - r, 5 + offset], [6 + offset, 5 + r], [6 + offset, 5 - r]]
                        [side];
                is_the_circle(SHAPE, center, radius)
            },
        );
    }

    #[test]
    fn computes_heights_of_huge_circles_exactly() {
        // √(r² − r) lies just below r − ½.
        for_all("offset, root of the radius, side", (-4..=4_i32, 12_000..=46_340_i32, 0..=3_usize))
            .cases(64)
            .within_seconds(3)
            .holds(|&(offset, d, side)| {
                let r = d * d;
                let (far, near) = (6 + offset - d, [6 - r, 6 + (r - 12)][side % 2]);
                let center = if side < 2 { [far, near] } else { [near, far] };
                is_the_circle(SHAPE, center, r as u32)
            });
    }

    #[test]
    fn draws_circles_with_a_radius_beyond_i32() {
        for_all("offset, distance, side", (-4..=4_i32, 0..=10_u32, 0..=2_usize))
            .cases(32)
            .within_seconds(3)
            .holds(|&(offset, distance, side)| {
                // 2³¹√2 is 3037000499.97…
                let (corner, edge) = (3_037_000_500 + distance, (1 << 31) + distance);
                let [at, end] = [5 + offset, i32::MIN];
                let centers = [([at, end], edge), ([end, at], edge), ([end, end], corner)];
                is_the_circle(SHAPE, centers[side].0, centers[side].1)
            });
    }

    #[test]
    fn sets_the_value_and_accepts_empty_images() {
        example(|| {
            for value in [0, 6, 77, 128, 203, 254, 255] {
                let set = pixels_set((3, 5), value, |image| draw_circle(image, [3, 1], 0, value))?;
                ensure(set == [[3, 1]], || {
                    let got = format!("draw_circle at [3, 1] with radius 0 and value {value} set {set:?}");
                    Broken::answer(
                        got,
                        "[3, 1], the center",
                        "A circle of radius 0 is its center: column 3 of row 1.",
                    )
                })?;
            }
            for shape in [(0, 0), (0, 4), (4, 0)] {
                draw_circle(&mut Array2::zeros(shape), [1, 1], 2, 9);
            }
            Ok(())
        });
    }

    #[test]
    fn accepts_any_memory_layout() {
        example(|| {
            let (mut image, mut stored) = (Array2::zeros((5, 8)), Array2::zeros((5, 8).f()));
            draw_circle(&mut image, [3, 2], 3, 9);
            draw_circle(&mut stored, [3, 2], 3, 9);
            ensure(stored == image && image.iter().any(|pixel| *pixel == 9), || {
                let look = "An array may be stored column by column. Index it as image[(y, x)].";
                Broken::answer(format!("stored column by column: {stored:?}"), format!("{image:?}"), look)
            })
        });
    }

    #[test]
    fn draws_large_circles() {
        for_all("radius", 51..=60_u32).cases(3).holds(|&radius| {
            let side = 2 * radius as usize + 3;
            is_the_circle((side, side), [radius as i32 + 1; 2], radius)
        });
    }
}
