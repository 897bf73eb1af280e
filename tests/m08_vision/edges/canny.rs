use judge::any::{magnitude, not_finite};
use judge::{Answer, Broken, ensure, equal, example, for_all, rejected};
use katas::m08_vision::edges::canny;
use kit::InputError;
use ndarray::{Array2, array, s};
use proptest::prelude::*;

use super::peaks::{Peaks, adjacent, picture};
use crate::m08_vision::images::{Scene, any_gray, gray, scene, wide_gray};

const CALL: &str = "canny(image, low, high)";

/// Two thresholds in order, from the gradient magnitude of a faint edge to that of a strong one.
fn thresholds() -> impl Strategy<Value = (f64, f64)> + Send + Sync + Clone {
    let low = judge::any::part(prop_oneof![3 => 0..=60_i32, 1 => 0..=155_i32]);
    let more = judge::any::part(prop_oneof![3 => 0..=60_i32, 1 => 0..=155_i32]);
    (low, more).prop_map(|(low, more)| (f64::from(10 * low), f64::from(10 * (low + more))))
}

fn edges_of(image: &Array2<u8>, low: f64, high: f64) -> Result<Array2<bool>, Broken> {
    let got = canny(image.view(), low, high).accepted(CALL)?;
    equal("the shape of the answer", got.dim(), image.dim(), "One value for each pixel.")?;
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
fn a_step_has_one_line_of_edges() {
    example(|| {
        let step = array![[0, 0, 0, 90, 90, 90], [0, 0, 0, 90, 90, 90], [0, 0, 0, 90, 90, 90]];
        let want = Array2::from_shape_fn((3, 6), |(_, j)| j == 2);
        let look = "m is 360 in columns 2 and 3 alike. Of two equal neighbors the first is the maximum: \
            greater than the one before, at least the one after.";
        let shown = |edges: &Array2<bool>| format!("\n{}", picture(edges));
        let got = edges_of(&step, 100.0, 200.0)?;
        equal("a step to the right", shown(&got), shown(&want), look)?;
        let got = edges_of(&step.t().to_owned(), 100.0, 200.0)?;
        equal("a step downwards", shown(&got), shown(&want.t().to_owned()), look)
    });
}

#[test]
fn edges_are_maxima_above_low() {
    for_all("image, low, high", (any_gray(6), thresholds())).holds(|(image, (low, high))| {
        let peaks = Peaks::of(gray(image));
        let got = edges_of(&gray(image), *low, *high)?;
        let flat = |place: (usize, usize)| {
            f64::from(peaks.m(place.0 as isize, place.1 as isize)) <= *low || !peaks.is_peak(place)
        };
        let look = "Non-maximum suppression comes before hysteresis: compare m with both neighbors *along* \
            the gradient, in one of four directions. m is |gx| + |gy|, with a replicated border.";
        each(&peaks, &got, flat, false, "it is not above low, or no maximum along its gradient", look)
    });
}

#[test]
fn maxima_above_high_are_edges() {
    for_all("image, low, high", (any_gray(6), thresholds())).holds(|(image, (low, high))| {
        let peaks = Peaks::of(gray(image));
        let got = edges_of(&gray(image), *low, *high)?;
        let strong = |place: (usize, usize)| {
            f64::from(peaks.m(place.0 as isize, place.1 as isize)) > *high && peaks.is_peak(place)
        };
        let look = "A strong maximum is an edge by itself. m is 0 outside the image. Is every direction \
            rounded to the right one of four, and is a tie with the next pixel allowed?";
        each(&peaks, &got, strong, true, "it is a maximum above high", look)
    });
}

#[test]
fn hysteresis_extends_edges_along_weak_maxima() {
    for_all("image, low, high", (any_gray(8), thresholds())).holds(|(image, (low, high))| {
        let peaks = Peaks::of(gray(image));
        let got = edges_of(&gray(image), *low, *high)?;
        let follows = |place: (usize, usize)| {
            f64::from(peaks.m(place.0 as isize, place.1 as isize)) > *low
                && peaks.is_peak(place)
                && adjacent(place, peaks.shape()).any(|other| got[other])
        };
        let look =
            "Hysteresis follows an edge to all eight neighbors, and on from those until nothing changes.";
        each(&peaks, &got, follows, true, "it is a maximum above low next to an edge", look)
    });
}

#[test]
fn every_edge_is_connected_to_a_strong_one() {
    for_all("image, low, high", (any_gray(8), thresholds())).holds(|(image, (low, high))| {
        let peaks = Peaks::of(gray(image));
        let got = edges_of(&gray(image), *low, *high)?;
        let mut reached = Array2::from_elem(got.dim(), false);
        let strong = |place: &(usize, usize)| {
            got[*place] && f64::from(peaks.m(place.0 as isize, place.1 as isize)) > *high
        };
        let mut to_visit: Vec<_> = peaks.places().filter(strong).collect();
        while let Some(place) = to_visit.pop() {
            if !std::mem::replace(&mut reached[place], true) {
                to_visit.extend(adjacent(place, got.dim()).filter(|other| got[*other] && !reached[*other]));
            }
        }
        let look = "Between low and high a pixel is an edge only if a chain of edges leads from it to one \
            above high.";
        each(&peaks, &got, |place| !reached[place], false, "no edge above high is connected with it", look)
    });
}

#[test]
fn finds_the_edges_of_images_of_any_size() {
    // Of faint gradients as well: an image of 0 and 1 has magnitudes of 1 to 6.
    let faint =
        (0..=8_i32, 0..=8_i32).prop_map(|(low, more)| (f64::from(low) / 2.0, f64::from(low + more) / 2.0));
    let apart =
        (0..=8_i32, 0..=600_i32).prop_map(|(low, high)| (f64::from(low) / 2.0, f64::from(low + high)));
    let thresholds = prop_oneof![2 => thresholds(), 1 => faint, 1 => apart, 1 => Just((0.0, 0.0))];
    for_all("image, low, high", (wide_gray(), thresholds)).cases(128).holds(|(image, (low, high))| {
        let peaks = Peaks::of(gray(image));
        let (got, want) = (edges_of(&gray(image), *low, *high)?, peaks.edges(*low, *high));
        let look = "Every row and column counts, and every gradient above `low`, however faint.";
        each(&peaks, &got, |place| want[place], true, "a chain of candidates leads to it", look)?;
        each(&peaks, &got, |place| !want[place], false, "no chain of candidates leads to it", look)
    });
}

#[test]
fn a_level_edge_reaches_from_side_to_side() {
    for_all("rows, cols, at, upright", (2..=20_usize, 1..=151_usize, 1..=20_usize, any::<bool>()))
        .cases(48)
        .holds(|&(rows, cols, at, upright)| {
            let at = at.min(rows - 1);
            let level = Array2::from_shape_fn((rows, cols), |(i, _)| if i < at { 0 } else { 255 });
            let image = if upright { level.t().to_owned() } else { level };
            let peaks = Peaks::of(image.clone());
            let look = "A straight edge is found in every row and column that it crosses, the last one too.";
            let want =
                Array2::from_shape_fn(image.dim(), |(i, j)| if upright { j + 1 == at } else { i + 1 == at });
            let got = edges_of(&image, 100.0, 200.0)?;
            each(&peaks, &got, |place| want[place], true, "the brightness jumps after it", look)?;
            each(&peaks, &got, |place| !want[place], false, "the brightness jumps elsewhere", look)
        });
}

#[test]
fn higher_thresholds_never_add_an_edge() {
    let drawn = (scene(16), thresholds(), 0..=300_i32, any::<bool>());
    for_all("scene, low, high, more, both", drawn).cases(64).holds(|(scene, (low, high), more, both)| {
        let (image, more) = (scene.gray(), f64::from(*more));
        let before = edges_of(&image, *low, *high)?;
        let after = edges_of(&image, if *both { low + more } else { *low }, high + more)?;
        let new = after.indexed_iter().find(|(place, edge)| **edge && !before[*place]);
        ensure(new.is_none(), || {
            let got = format!("a new edge in row and column {:?}\n{}", new.unwrap().0, picture(&after));
            let look = "A higher threshold leaves fewer edges. Are low and high exchanged somewhere?";
            Broken::answer(got, format!("no edge that was not there before:\n{}", picture(&before)), look)
        })
    });
}

/// A single shape with a margin, and the places where its brightness meets that of the background.
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
fn edges_follow_the_outline_of_a_shape() {
    for_all("scene", outlined()).cases(64).holds(|scene| {
        let image = scene.gray();
        let got = edges_of(&image, 60.0, 160.0)?;
        let straight = |(i, j): (usize, usize), (k, l): (usize, usize)| i == k || j == l;
        let meets = |place: &(usize, usize)| {
            adjacent(*place, image.dim())
                .any(|other| straight(*place, other) && image[other] != image[*place])
        };
        let truth = Array2::from_shape_fn(image.dim(), |place| meets(&place));
        let near =
            |of: &Array2<bool>, place| of[place] || adjacent(place, image.dim()).any(|other| of[other]);
        let look = "An edge lies on the last pixel of one brightness or the first of the next. Are rows and \
            columns, or gx and gy, exchanged?";
        for ((place, is_edge), is_truth) in got.indexed_iter().zip(&truth) {
            ensure(!is_edge || near(&truth, place), || {
                let got = format!("an edge in row and column {place:?}\n{}", picture(&got));
                Broken::answer(got, "no edge: the brightness is constant nearby", look)
            })?;
            ensure(!is_truth || near(&got, place), || {
                let got = format!("no edge within a pixel of row and column {place:?}\n{}", picture(&got));
                Broken::answer(got, "an edge: the brightness changes there", look)
            })?;
        }
        Ok(())
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv_on_scenes() {
    use crate::m08_vision::agreement;
    for_all("scene, low, high", (scene(40), thresholds())).cases(128).holds(|(scene, (low, high))| {
        let image = scene.gray();
        agreement::of_edges(&edges_of(&image, *low, *high)?, &image, *low, *high)
    });
}

#[cfg(feature = "opencv")]
#[test]
#[ignore = "needs opencv"]
fn agrees_with_opencv_on_a_photograph() {
    use crate::m08_vision::{agreement, oracle};
    example(|| {
        let photo = oracle::gray(&oracle::photo());
        for (low, high) in [(100.0, 200.0), (30.0, 400.0)] {
            agreement::of_edges(&edges_of(&photo, low, high)?, &photo, low, high)?;
        }
        Ok(())
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::edges::canny;
        use ndarray::array;

        let edges = canny(array![[0, 0, 0, 90, 90, 90], [0, 0, 0, 90, 90, 90]].view(), 100.0, 200.0).unwrap();
        assert_eq!(edges.row(0).to_vec(), [false, false, true, false, false, false]);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn directions_meet_at_22_5_degrees() {
        example(|| {
            // In the center gy/gx is 239/577, just below tan 22.5° = √2 − 1, and 338/816, just above.
            let below = array![[0, 100, 50], [100, 255, 236], [0, 117, 255]];
            let above = array![[0, 100, 255], [0, 255, 228], [150, 194, 255]];
            for image in [below, above] {
                for image in [
                    image.clone(),
                    image.slice(s![..;-1, ..]).to_owned(),
                    image.slice(s![.., ..;-1]).to_owned(),
                ] {
                    for image in [image.t().to_owned(), image] {
                        let peaks = Peaks::of(image.clone());
                        let got = edges_of(&image, 0.0, 0.0)?;
                        let is_peak = |place| peaks.is_peak(place);
                        let look = "tan 22.5° is √2 − 1 = 0.41421356…: where gx and gy are whole numbers of \
                            hundreds, its first five digits are not enough.";
                        each(&peaks, &got, is_peak, true, "it is a maximum along its gradient", look)?;
                        each(
                            &peaks,
                            &got,
                            |place| !is_peak(place),
                            false,
                            "it is no maximum along its gradient",
                            look,
                        )?;
                    }
                }
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_invalid_thresholds_and_empty_images() {
        let inputs = (wide_gray(), magnitude(-300, 150), magnitude(-300, 150), not_finite());
        for_all("image, a, b, bad", inputs).cases(64).holds(|(image, a, b, bad)| {
            let image = gray(image);
            let (less, more) = (a.abs().min(b.abs()), a.abs().max(b.abs()));
            let out_of_order = if less < more { (more, less) } else { (2.0, 1.0) };
            for (low, high) in [(2.0, 1.0), (-1.0, 1.0), (0.0, -1.0), out_of_order, (-less, more)] {
                let call = format!("canny(image, {low:?}, {high:?})");
                let want = InputError::OutOfRange { name: "low", got: low, wanted: "0 to high" };
                let look = "OpenCV swaps thresholds in the wrong order. Here they are an error.";
                rejected(&call, canny(image.view(), low, high), want, look)?;
            }
            for (low, high, name) in [(*bad, more, "low"), (less, *bad, "high")] {
                let call = format!("canny(image, {low:?}, {high:?})");
                let want = InputError::NotFinite { name, index: 0 };
                rejected(&call, canny(image.view(), low, high), want, "NaN and ∞ are no thresholds.")?;
            }
            for shape in [(0, image.ncols()), (image.nrows(), 0)] {
                let want = InputError::TooFew { got: 0, wanted: 1 };
                let got = canny(Array2::zeros(shape).view(), 1.0, 2.0);
                rejected("canny of no pixels", got, want, "The image has no pixels.")?;
            }
            // m is at most 1530.
            let high = more.max(1531.0);
            let got = canny(image.view(), less.min(high), high).accepted("canny with a high threshold")?;
            let both = canny(image.view(), high, high).accepted("canny with low = high")?;
            let look = "No m is above such a threshold.";
            equal("whether there is an edge", got.iter().chain(&both).any(|edge| *edge), false, look)
        });
    }

    #[test]
    fn constant_images_have_no_edges() {
        for_all("rows, cols, value", (1..=5_usize, 1..=5_usize, any::<u8>())).cases(64).holds(
            |&(rows, cols, value)| {
                let got = edges_of(&Array2::from_elem((rows, cols), value), 0.0, 0.0)?;
                let look = "m must be *above* low, and a constant image has m = 0, also at the border.";
                equal(
                    "edges of a constant image",
                    picture(&got),
                    picture(&Array2::from_elem((rows, cols), false)),
                    look,
                )
            },
        );
    }

    #[test]
    fn thresholds_are_exact() {
        for_all(
            "h, the fraction of 1 by which the thresholds are lower",
            (1..=235_u8, judge::any::select(vec![0.0, 1e-9, 0.25, 0.5, 0.75, 1.0 - 1e-9])),
        )
        .cases(128)
        .holds(|&(h, less)| {
            let step = Array2::from_shape_fn((4, 8), |(_, j)| if j < 4 { 20 } else { 20 + h });
            let bound = 4.0 * f64::from(h) - less;
            let want = Array2::from_shape_fn((4, 8), |(_, j)| j == 3 && less > 0.0);
            let look = "Do not round the thresholds: 7.5 is neither 7 nor 8.";
            let call = format!("a step of {h} with both thresholds {bound}");
            equal(&call, picture(&edges_of(&step, bound, bound)?), picture(&want), look)
        });
    }

    #[test]
    fn follows_edges_of_any_length() {
        example(|| {
            // A step along the whole image, strong at its left end only.
            let cols = 2500;
            let image = Array2::from_shape_fn((4, cols), |(i, j)| match (i < 2, j < 4) {
                (true, _) => 0,
                (false, true) => 200,
                (false, false) => 50,
            });
            let got = edges_of(&image, 100.0, 400.0)?;
            let many = (0..cols).filter(|j| (0..4).any(|i| got[(i, *j)])).count();
            ensure(many > cols - 4, || {
                let look = "A recursive call for each neighbor overflows the stack: keep a list of the \
                    pixels to visit.";
                Broken::answer(format!("{many} of {cols} columns have an edge"), "nearly all of them", look)
            })
        });
    }
}
