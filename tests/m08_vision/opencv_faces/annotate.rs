use judge::{Answer, Broken, Inputs, ensure, equal, example, for_all, refused};
use katas::m08_vision::opencv_faces::{Annotation, annotate};
use kit::InputError;
use ndarray::Array3;
use opencv::core::{CV_8UC1, CV_16UC3, Mat, Rect, Scalar, Vec3b};
use opencv::imgproc;
use opencv::prelude::*;
use proptest::prelude::*;

use crate::m08_vision::oracle;

const CALL: &str = "annotate(image, annotations)";
const GREEN: [u8; 3] = [0, 255, 0];
const SHAPE: (i32, i32) = (12, 16);

/// A box: x, y, width, height.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Place([i32; 4]);

impl Inputs for Place {}

fn place(range: std::ops::RangeInclusive<i32>) -> impl Strategy<Value = Place> + Send + Sync + Clone {
    (range.clone(), range, 0..=14_i32, 0..=12_i32).prop_map(|(x, y, w, h)| Place([x, y, w, h]))
}

fn note(Place([x, y, width, height]): Place, words: &str) -> Annotation {
    Annotation { place: Rect::new(x, y, width, height), words: words.to_owned() }
}

/// An image on which nothing is green.
fn ground((rows, cols): (i32, i32)) -> Mat {
    let pixel = |(i, j, k)| ((7 * i + 3 * j + 60 * k) % 200) as u8;
    oracle::colour_mat(&Array3::from_shape_fn((rows as usize, cols as usize, 3), pixel))
}

fn at(image: &Mat, i: i32, j: i32) -> [u8; 3] {
    image.at_2d::<Vec3b>(i, j).map(|pixel| pixel.0).unwrap_or_default()
}

/// Which pixels became green, as `[x, y]`; all others must be as they were.
fn green(image: &Mat, annotations: &[Annotation]) -> Result<Vec<[i32; 2]>, Broken> {
    let drawn = annotate(image, annotations).accepted(CALL)?;
    let kind = |of: &Mat| (of.typ(), of.rows(), of.cols());
    equal("type, rows and columns", kind(&drawn), kind(image), "A copy of the image, drawn on.")?;
    let mut found = Vec::new();
    for (i, j) in (0..image.rows()).flat_map(|i| (0..image.cols()).map(move |j| (i, j))) {
        let (was, is) = (at(image, i, j), at(&drawn, i, j));
        if is == GREEN {
            found.push([j, i]);
        } else {
            let look = "Green is (0, 255, 0) in any order. LINE_8 draws whole pixels, LINE_AA mixes colours. Thickness −1 fills.";
            ensure(is == was, || {
                let got = format!("[{j}, {i}] became {is:?}");
                Broken::answer(got, format!("{was:?} as before, or green"), look)
            })?;
        }
    }
    Ok(found)
}

fn is_on_outline(Place([x, y, width, height]): Place, [s, t]: [i32; 2]) -> bool {
    let (right, bottom) = (i64::from(x) + i64::from(width) - 1, i64::from(y) + i64::from(height) - 1);
    let (left, top, s, t) = (i64::from(x), i64::from(y), i64::from(s), i64::from(t));
    let inside = (left..=right).contains(&s) && (top..=bottom).contains(&t);
    inside && (s == left || s == right || t == top || t == bottom)
}

fn only_outlines(shape: (i32, i32), places: &[Place]) -> Result<(), Broken> {
    let notes: Vec<Annotation> = places.iter().map(|place| note(*place, "")).collect();
    let found = green(&ground(shape), &notes)?;
    for (i, j) in (0..shape.0).flat_map(|i| (0..shape.1).map(move |j| (i, j))) {
        let (got, want) = (found.contains(&[j, i]), places.iter().any(|place| is_on_outline(*place, [j, i])));
        ensure(got == want, || {
            let word = |green: bool| if green { "green" } else { "not green" };
            let look = "Columns x to x + width − 1, rows y to y + height − 1, one pixel thick. What lies outside is left out, \
                        and a side of the box outside is no side of the image.";
            Broken::answer(format!("[{j}, {i}] is {}", word(got)), word(want), look)
        })?;
    }
    Ok(())
}

#[test]
fn a_box_is_its_outline_one_pixel_thick() {
    for_all("place", place(0..=6)).holds(|place| only_outlines(SHAPE, &[*place]));
}

#[test]
fn of_a_box_half_outside_the_inner_half_is_drawn() {
    for_all("place, other", [place(-12..=18), place(-12..=18)]).holds(|places| only_outlines(SHAPE, places));
}

#[test]
fn on_a_single_pixel_a_box_is_that_pixel_or_nothing() {
    for_all("place", place(-3..=3)).cases(64).holds(|place| {
        only_outlines((1, 1), &[*place])?;
        annotate(&ground((1, 1)), &[note(*place, "words")]).accepted("annotate of 1×1 pixels").map(|_| ())
    });
}

#[test]
fn a_box_as_far_away_or_as_large_as_numbers_go_is_no_harm() {
    let far = || prop_oneof![Just(i32::MIN), Just(i32::MAX), -3..=9, -2_000_000_000..=2_000_000_000];
    let size = || prop_oneof![Just(i32::MAX), 0..=9, 0..=2_000_000_000];
    let drawn = (far(), far(), size(), size()).prop_map(|(x, y, w, h)| Place([x, y, w, h]));
    for_all("place", drawn).within_seconds(3).holds(|place| {
        only_outlines(SHAPE, &[*place])?;
        annotate(&ground(SHAPE), &[note(*place, "far away")])
            .accepted("annotate with words far away")
            .map(|_| ())
    });
}

#[test]
fn words_stand_above_the_box_from_its_left_side_on() {
    for_all("x, y", (0..=30_i32, 16..=40_i32)).cases(24).holds(|&(x, y)| {
        let nowhere = Place([x, y, 0, 0]);
        let found = green(&ground((48, 120)), &[note(nowhere, "Hill")])?;
        let [left, right] = [found.iter().map(|p| p[0]).min(), found.iter().map(|p| p[0]).max()];
        let [top, bottom] = [found.iter().map(|p| p[1]).min(), found.iter().map(|p| p[1]).max()];
        let got =
            format!("the words reach from column {left:?} to {right:?}, from row {top:?} to {bottom:?}");
        let size =
            imgproc::get_text_size("Hill", imgproc::FONT_HERSHEY_SIMPLEX, 0.5, 1, &mut 0).unwrap_or_default();
        let (last, first) = (x + size.width, y - 4 - size.height);
        let near = |got: Option<i32>, want: i32| got.is_some_and(|got| (got - want).abs() <= 3);
        ensure(near(left, x) && near(bottom, y - 4) && near(top, first) && near(right, last), || {
            let look =
                "`putText` takes the left end of the baseline: [x, y − 4]. Half size is a scale of 0.5.";
            let want = format!("about from column {x} to {last}, from row {first} to {}", y - 4);
            Broken::answer(got, want, look)
        })
    });
}

#[test]
fn other_words_look_otherwise_and_no_words_like_nothing() {
    let letter = || prop::char::range('A', 'Z');
    for_all("two letters", (letter(), letter()).prop_map(|(a, b)| vec![a, b])).cases(24).holds(|letters| {
        let seen = |words: &str| green(&ground((30, 60)), &[note(Place([5, 20, 0, 0]), words)]);
        let (one, other) = (seen(&letters[0].to_string())?, seen(&letters[1].to_string())?);
        let look = "Draw the words that came with the box.";
        equal("both look alike", one == other, letters[0] == letters[1], look)?;
        equal("the pixels of no words", seen("")?, vec![], "Where there is nothing to say, nothing is drawn.")
    });
}

#[test]
fn the_image_that_was_given_stays_clean() {
    example(|| {
        let image = ground(SHAPE);
        annotate(&image, &[note(Place([1, 1, 5, 5]), "a")]).accepted(CALL)?;
        let same = (0..SHAPE.0).all(|i| (0..SHAPE.1).all(|j| at(&image, i, j) == at(&ground(SHAPE), i, j)));
        let look = "`Mat::clone` copies the pixels; another `Mat` on the same ones does not.";
        ensure(same, || Broken::answer("the image that was given has changed", "unchanged", look))
    });
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    example(|| {
        let image = ground(SHAPE);
        let asked = |notes: &[Annotation]| annotate(&image, notes).map(|_| "an image");
        for (words, got) in [
            ("Grüße", 'ü'),
            ("笑", '笑'),
            ("50 €", '€'),
            ("dash – dash", '–'),
            ("two\nlines", '\n'),
            ("NUL\0", '\0'),
            ("\u{7f}", '\u{7f}'),
        ] {
            let call = format!("annotate with the words {words:?}");
            let want = InputError::NotAscii { name: "words", got };
            let look = "OpenCV draws a question mark for each byte that it does not know, and says nothing. Line breaks and \
                        other control characters are ASCII, and not in the font either.";
            refused(
                &call,
                asked(&[note(Place([1, 1, 2, 2]), "fine"), note(Place([1, 1, 2, 2]), words)]),
                want,
                look,
            )?;
        }
        for (place, name, got) in [([1, 1, -1, 2], "width", -1), ([1, 1, 2, i32::MIN], "height", i32::MIN)] {
            let call = format!("annotate with a box of {place:?}");
            let want = InputError::OutOfRange { name, got: got.into(), wanted: "0 or more" };
            let look = "A box with a side of less than nothing is a mistake of the caller's.";
            refused(&call, asked(&[note(Place(place), "")]), want, look)?;
        }
        let empty = annotate(&Mat::default(), &[]).map(|_| "an image");
        let want = InputError::TooFew { got: 0, wanted: 1 };
        refused("annotate of an empty image", empty, want, "There is nothing to draw on.")?;
        let filled = |kind| Mat::new_rows_cols_with_default(3, 3, kind, Scalar::all(1.0)).unwrap_or_default();
        let gray = annotate(&filled(CV_8UC1), &[]).map(|_| "an image");
        let want = InputError::Channels { got: 1, wanted: 3 };
        refused("annotate of a gray image", gray, want, "Nothing is green on a gray image.")?;
        let deep = annotate(&filled(CV_16UC3), &[]).map(|_| "an image");
        ensure(deep.is_err(), || {
            let want = "Err(Library { … }): on pixels of 16 bits 255 is nearly black";
            Broken::answer(format!("{deep:?} for pixels of 16 bits"), want, "Ask for the depth, too.")
        })
    });
}

#[test]
fn boxes_and_words_together_are_both() {
    for_all("place", place(2..=6)).cases(16).holds(|&place| {
        let Place([x, y, ..]) = place;
        let (place, shape) = (Place([x, y + 20, 14, 12]), (60, 80));
        let notes = [note(place, "face"), note(Place([50, 50, 3, 3]), "")];
        let (both, image) = (green(&ground(shape), &notes)?, ground(shape));
        let words = green(&image, &[note(Place([x, y + 20, 0, 0]), "face")])?;
        let boxes = green(&image, &[note(place, ""), note(Place([50, 50, 3, 3]), "")])?;
        let missing = words.iter().chain(&boxes).find(|pixel| !both.contains(pixel));
        ensure(missing.is_none() && both.len() <= words.len() + boxes.len(), || {
            let got = format!(
                "{} pixels are green, with {} of words and {} of boxes",
                both.len(),
                words.len(),
                boxes.len()
            );
            Broken::answer(
                got,
                "those of the words and those of the boxes",
                "Every annotation is drawn on the same copy.",
            )
        })
    });
}
