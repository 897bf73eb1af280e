use judge::{Answer, Broken, ensure, equal, example, for_all, rejected};
use katas::m08_vision::edges::canny;
use kit::InputError;
use ndarray::{Array2, array, s};
use proptest::prelude::*;

use super::peaks::{Peaks, beside, picture};
use crate::m08_vision::images::{Scene, any_gray, gray, scene};

const CALL: &str = "canny(image, low, high)";

/// Two bounds in order, as small as the slopes of a faint edge or as large as those of a strong one.
fn bounds() -> impl Strategy<Value = (f64, f64)> + Send + Sync + Clone {
    (0..=60_i32, 0..=60_i32).prop_map(|(low, more)| (f64::from(10 * low), f64::from(10 * (low + more))))
}

fn asked(image: &Array2<u8>, low: f64, high: f64) -> Result<Array2<bool>, Broken> {
    let got = canny(image.view(), low, high).accepted(CALL)?;
    equal("the shape of the answer", got.dim(), image.dim(), "One answer for each pixel.")?;
    Ok(got)
}

/// Every place for which this holds is (or is not) an edge.
fn each(
    peaks: &Peaks,
    got: &Array2<bool>,
    of: impl Fn((usize, usize)) -> bool,
    is_edge: bool,
    why: &str,
    look: &str,
) -> Result<(), Broken> {
    let odd = peaks.places().find(|place| of(*place) && got[*place] != is_edge);
    ensure(odd.is_none(), || {
        let place = odd.unwrap_or_default();
        let (not, wanted) = if is_edge { ("no edge", "an edge") } else { ("an edge", "no edge") };
        let words = format!("{not} in {}\n{}", peaks.words(place), picture(got));
        Broken::answer(words, format!("{wanted}: {why}"), look)
    })
}

#[test]
fn a_step_is_one_line_on_its_darker_or_upper_side() {
    example(|| {
        let step = array![[0, 0, 0, 90, 90, 90], [0, 0, 0, 90, 90, 90], [0, 0, 0, 90, 90, 90]];
        let want = Array2::from_shape_fn((3, 6), |(_, j)| j == 2);
        let look = "m is 360 in columns 2 and 3 alike. Of two equal neighbors the first counts: greater \
            than the one before, at least the one after.";
        let shown = |edges: &Array2<bool>| format!("\n{}", picture(edges));
        let got = asked(&step, 100.0, 200.0)?;
        equal("a step to the right", shown(&got), shown(&want), look)?;
        let got = asked(&step.t().to_owned(), 100.0, 200.0)?;
        equal("a step downwards", shown(&got), shown(&want.t().to_owned()), look)
    });
}

#[test]
fn every_edge_is_a_peak_above_low() {
    for_all("image, low, high", (any_gray(6), bounds())).holds(|(image, (low, high))| {
        let peaks = Peaks::of(gray(image));
        let got = asked(&gray(image), *low, *high)?;
        let flat = |place: (usize, usize)| {
            f64::from(peaks.m(place.0 as isize, place.1 as isize)) <= *low || !peaks.is_peak(place)
        };
        let look = "Thin before you follow: compare m with both neighbors *along* the slope, in one of \
            four directions. m is |gx| + |gy|, and the slopes at the border count the outermost pixel again.";
        each(&peaks, &got, flat, false, "it is not above low, or no peak along its slope", look)
    });
}

#[test]
fn every_peak_above_high_is_an_edge() {
    for_all("image, low, high", (any_gray(6), bounds())).holds(|(image, (low, high))| {
        let peaks = Peaks::of(gray(image));
        let got = asked(&gray(image), *low, *high)?;
        let strong = |place: (usize, usize)| {
            f64::from(peaks.m(place.0 as isize, place.1 as isize)) > *high && peaks.is_peak(place)
        };
        let look = "A strong peak needs no company. At the border, m is 0 outside the image. Is every \
            direction rounded to the right one of four, and is a tie with the pixel after it no hindrance?";
        each(&peaks, &got, strong, true, "it is a peak above high", look)
    });
}

#[test]
fn the_four_directions_meet_where_they_should() {
    example(|| {
        // In the middle gy/gx is 239/577, just below tan 22.5° = √2 − 1, and 338/816, just above.
        let below = array![[0, 100, 50], [100, 255, 236], [0, 117, 255]];
        let above = array![[0, 100, 255], [0, 255, 228], [150, 194, 255]];
        for image in [below, above] {
            for image in
                [image.clone(), image.slice(s![..;-1, ..]).to_owned(), image.slice(s![.., ..;-1]).to_owned()]
            {
                for image in [image.t().to_owned(), image] {
                    let peaks = Peaks::of(image.clone());
                    let got = asked(&image, 0.0, 0.0)?;
                    let is_peak = |place| peaks.is_peak(place);
                    let look = "tan 22.5° is √2 − 1 = 0.41421356…: where gx and gy are whole numbers of \
                        hundreds, its first five digits decide wrongly.";
                    each(&peaks, &got, is_peak, true, "it is a peak along its slope", look)?;
                    each(
                        &peaks,
                        &got,
                        |place| !is_peak(place),
                        false,
                        "it is no peak along its slope",
                        look,
                    )?;
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_peak_above_low_beside_an_edge_is_an_edge() {
    for_all("image, low, high", (any_gray(8), bounds())).holds(|(image, (low, high))| {
        let peaks = Peaks::of(gray(image));
        let got = asked(&gray(image), *low, *high)?;
        let follows = |place: (usize, usize)| {
            f64::from(peaks.m(place.0 as isize, place.1 as isize)) > *low
                && peaks.is_peak(place)
                && beside(place, peaks.shape()).any(|other| got[other])
        };
        let look = "Follow an edge to all eight neighbors, and from those on, until nothing new comes.";
        each(&peaks, &got, follows, true, "it is a peak above low beside an edge", look)
    });
}

#[test]
fn no_edge_is_without_a_strong_one() {
    for_all("image, low, high", (any_gray(8), bounds())).holds(|(image, (low, high))| {
        let peaks = Peaks::of(gray(image));
        let got = asked(&gray(image), *low, *high)?;
        let mut reached = Array2::from_elem(got.dim(), false);
        let strong = |place: &(usize, usize)| {
            got[*place] && f64::from(peaks.m(place.0 as isize, place.1 as isize)) > *high
        };
        let mut to_visit: Vec<_> = peaks.places().filter(strong).collect();
        while let Some(place) = to_visit.pop() {
            if !std::mem::replace(&mut reached[place], true) {
                to_visit.extend(beside(place, got.dim()).filter(|other| got[*other] && !reached[*other]));
            }
        }
        let look = "Between low and high a pixel is an edge only if a chain of edges leads from it to one \
            above high.";
        each(&peaks, &got, |place| !reached[place], false, "no edge above high is connected with it", look)
    });
}

#[test]
fn higher_bounds_never_add_an_edge() {
    let drawn = (scene(16), bounds(), 0..=300_i32, any::<bool>());
    for_all("scene, low, high, more, both", drawn).cases(64).holds(|(scene, (low, high), more, both)| {
        let (image, more) = (scene.gray(), f64::from(*more));
        let before = asked(&image, *low, *high)?;
        let after = asked(&image, if *both { low + more } else { *low }, high + more)?;
        let new = after.indexed_iter().find(|(place, edge)| **edge && !before[*place]);
        ensure(new.is_none(), || {
            let got = format!("a new edge in row and column {:?}\n{}", new.unwrap().0, picture(&after));
            let look = "A higher bound lets fewer pixels through. Are low and high exchanged somewhere?";
            Broken::answer(got, format!("no edge that was not there before:\n{}", picture(&before)), look)
        })
    });
}

/// A single shape with a margin, and the places where its brightness meets the ground's.
fn outlined() -> impl Strategy<Value = Scene> + Send + Sync + Clone {
    use crate::m08_vision::images::Shape;
    let values = (0..=120_u8, 60..=120_u8).prop_map(|(ground, more)| (ground, ground + more));
    (values, 4..=8_i32, 4..=8_i32, any::<bool>(), any::<bool>()).prop_map(
        |((a, b), width, height, disc, dark)| {
            let (ground, value) = if dark { (b, a) } else { (a, b) };
            let (width, height) = (f64::from(width), f64::from(height));
            let shape = if disc {
                Shape::Disc { x: 11.5, y: 10.0, radius: width, value }
            } else {
                Shape::Box { x: 4.0, y: 5.0, width, height, value }
            };
            Scene { rows: 22, cols: 24, ground, shapes: vec![shape] }
        },
    )
}

#[test]
fn the_edges_of_a_shape_are_where_it_ends() {
    for_all("scene", outlined()).cases(64).holds(|scene| {
        let image = scene.gray();
        let got = asked(&image, 60.0, 160.0)?;
        let straight = |(i, j): (usize, usize), (k, l): (usize, usize)| i == k || j == l;
        let meets = |place: &(usize, usize)| {
            beside(*place, image.dim()).any(|other| straight(*place, other) && image[other] != image[*place])
        };
        let truth = Array2::from_shape_fn(image.dim(), |place| meets(&place));
        let near = |of: &Array2<bool>, place| of[place] || beside(place, image.dim()).any(|other| of[other]);
        let look = "An edge lies on the last pixel of one brightness or the first of the next. Are rows and \
            columns, or gx and gy, exchanged?";
        for ((place, is_edge), is_truth) in got.indexed_iter().zip(&truth) {
            ensure(!is_edge || near(&truth, place), || {
                let got = format!("an edge in row and column {place:?}\n{}", picture(&got));
                Broken::answer(got, "none: brightness changes nowhere near", look)
            })?;
            ensure(!is_truth || near(&got, place), || {
                let got = format!("no edge within a pixel of row and column {place:?}\n{}", picture(&got));
                Broken::answer(got, "one: brightness changes there", look)
            })?;
        }
        Ok(())
    });
}

#[test]
fn bounds_out_of_order_and_no_pixels_are_rejected() {
    example(|| {
        let image = Array2::zeros((3, 3));
        for (low, high) in [(2.0, 1.0), (-1.0, 1.0), (-2.0, -1.0), (0.0, -1.0)] {
            let call = format!("canny(3×3 image, {low:?}, {high:?})");
            let want = InputError::OutOfRange { name: "low", got: low, wanted: "0 to high" };
            let look = "OpenCV exchanges bounds that come in the wrong order. Here that is a mistake of the \
                caller's.";
            rejected(&call, canny(image.view(), low, high), want, look)?;
        }
        for (low, high, name) in
            [(f64::NAN, 1.0, "low"), (1.0, f64::NAN, "high"), (1.0, f64::INFINITY, "high")]
        {
            let call = format!("canny(3×3 image, {low:?}, {high:?})");
            let want = InputError::NotFinite { name, index: 0 };
            rejected(&call, canny(image.view(), low, high), want, "low first, then high.")?;
        }
        let want = InputError::TooFew { got: 0, wanted: 1 };
        let got = canny(Array2::zeros((0, 3)).view(), 1.0, 2.0);
        rejected("canny(0×3 image, 1, 2)", got, want.clone(), "There is nothing to look at.")?;
        let look = "Of several reasons the one that stands first in the list is told: pixels, numbers that \
            are not finite, their order.";
        let got = canny(Array2::zeros((0, 3)).view(), f64::NAN, -1.0);
        rejected("canny(0×3 image, NaN, −1)", got, want, look)?;
        for low in [f64::INFINITY, f64::NEG_INFINITY, f64::NAN] {
            let want = InputError::NotFinite { name: "low", index: 0 };
            rejected(&format!("canny(3×3 image, {low:?}, −1)"), canny(image.view(), low, -1.0), want, look)?;
        }
        Ok(())
    });
}

#[test]
fn an_even_image_has_no_edges_even_with_bounds_of_zero() {
    for_all("rows, cols, value", (1..=5_usize, 1..=5_usize, any::<u8>())).cases(64).holds(
        |&(rows, cols, value)| {
            let got = asked(&Array2::from_elem((rows, cols), value), 0.0, 0.0)?;
            let look =
                "m must be *above* low, and an even image has m = 0. Beyond the border it goes on as it is.";
            equal(
                "edges of an even image",
                picture(&got),
                picture(&Array2::from_elem((rows, cols), false)),
                look,
            )
        },
    );
}

#[test]
fn a_slope_of_4h_is_above_every_bound_below_4h() {
    for_all(
        "h, part of 1 that the bound is lower",
        (1..=60_u8, prop::sample::select(vec![0.0, 0.25, 0.5, 0.75])),
    )
    .cases(64)
    .holds(|&(h, less)| {
        let step = Array2::from_shape_fn((4, 8), |(_, j)| if j < 4 { 20 } else { 20 + h });
        let bound = 4.0 * f64::from(h) - less;
        let want = Array2::from_shape_fn((4, 8), |(_, j)| j == 3 && less > 0.0);
        let look = "m is above a bound or not: a bound of 7.5 is neither 8 nor, from 7 on, another than 7.";
        let call = format!("a step of {h} with both bounds {bound}");
        equal(&call, picture(&asked(&step, bound, bound)?), picture(&want), look)
    });
}

#[test]
fn an_edge_is_followed_however_long_it_is() {
    example(|| {
        // A step along the whole image, strong at its left end only.
        let cols = 2500;
        let image = Array2::from_shape_fn((4, cols), |(i, j)| match (i < 2, j < 4) {
            (true, _) => 0,
            (false, true) => 200,
            (false, false) => 50,
        });
        let got = asked(&image, 100.0, 400.0)?;
        let many = (0..cols).filter(|j| (0..4).any(|i| got[(i, *j)])).count();
        ensure(many > cols - 4, || {
            let look = "Who follows an edge by calling itself for each neighbor runs out of stack: keep a \
                list of what is still to be visited.";
            Broken::answer(format!("{many} of {cols} columns have an edge"), "nearly all of them", look)
        })
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn opencv_finds_the_same_edges_in_scenes() {
    use crate::m08_vision::agreement;
    for_all("scene, low, high", (scene(40), bounds())).cases(128).holds(|(scene, (low, high))| {
        let image = scene.gray();
        agreement::of_edges(&asked(&image, *low, *high)?, &image, *low, *high)
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn opencv_finds_the_same_edges_in_a_photograph() {
    use crate::m08_vision::{agreement, oracle};
    example(|| {
        let photo = oracle::gray(&oracle::photo());
        for (low, high) in [(100.0, 200.0), (30.0, 400.0)] {
            agreement::of_edges(&asked(&photo, low, high)?, &photo, low, high)?;
        }
        Ok(())
    });
}
