use judge::any::vec;
use judge::{Answer, Broken, ensure, equal, example, for_all, rejected};
use katas::m08_vision::opencv_faces::{Annotation, annotate};
use kit::InputError;
use opencv::core::{CV_8UC, CV_16UC3, Mat, Scalar};
use proptest::prelude::*;

use judge::any::sizes;

use super::drawings::{CALL, Place, SHAPE, at, green, ground, note, only_outlines, place, reach, written};

#[test]
fn outline_is_one_pixel_thick() {
    for_all("place", place(0..=6)).holds(|place| only_outlines(SHAPE, &[*place]));
}

#[test]
fn clips_boxes_at_the_border() {
    for_all("place, other", [place(-12..=18), place(-12..=18)]).holds(|places| only_outlines(SHAPE, places));
}

#[test]
fn draws_any_number_of_boxes_of_any_size() {
    let both = [63..=71, 83..=91, 1..=3_usize];
    let one = sizes([1..=12, 1..=12, 0..=3], [303, 303, 61]);
    let drawn = prop_oneof![9 => one, 1 => both].prop_flat_map(|[rows, cols, many]| {
        let (rows, cols) = (rows as i32, cols as i32);
        let place = (-3..=cols, -3..=rows, 0..=cols + 5, 0..=rows + 5);
        (Just([rows, cols]), vec(place.prop_map(|(x, y, w, h)| Place([x, y, w, h])), many))
    });
    for_all("rows, cols, places", drawn)
        .cases(96)
        .holds(|([rows, cols], places)| only_outlines((*rows, *cols), places));
}

#[test]
fn every_annotation_has_its_label() {
    for_all(
        "which of them",
        (0..=1_usize, 0..=41_usize).prop_map(|(few, many)| if few == 0 { many } else { many % 3 }),
    )
    .cases(16)
    .holds(|&which| {
        let empty = note(Place([20, 30, 3, 3]), "");
        let mut notes = vec![empty.clone(); 42];
        notes[which].words = "A".to_owned();
        let image = ground((40, 60));
        let [got, want] = [&notes[..], &[note(Place([20, 30, 3, 3]), "A")]].map(|notes| green(&image, notes));
        let look = "Every annotation has its label, however many there are.";
        equal("the number of green pixels with one label among 42", got?.len(), want?.len(), look)
    });
}

#[test]
fn label_is_above_the_box() {
    let words = judge::any::select(vec!["Hill", "~face 2!", "  (Bjq) \"&\"  "]).prop_map(String::from);
    // The font has all printable characters. Without a width or a height there is no box.
    let words = prop_oneof![1 => words, 2 => "[ -~]{0,12}"];
    let empty =
        prop_oneof![Just([0, 0]), (0..=30_i32).prop_map(|w| [w, 0]), (0..=30_i32).prop_map(|h| [0, h])];
    let inputs = (-40..=100_i32, -8..=60_i32, words, empty);
    for_all("x, y, words, width and height", inputs).cases(48).holds(|(x, y, words, [w, h])| {
        let shape = (48, 120);
        let found = green(&ground(shape), &[note(Place([*x, *y, *w, *h]), words)])?;
        // OpenCV clips a line at the border before it draws it, and sets other pixels there than for the whole line. Drawing the
        // words on a larger image and copying the inside gives those of the whole line.
        let (cut, room) = (written(shape, words, [*x, y - 4]), 128);
        let whole = written((shape.0 + 2 * room, shape.1 + 2 * room), words, [x + room, y - 4 + room]);
        let whole: Vec<[i32; 2]> = whole.into_iter().map(|p| p.map(|at| at - room)).collect();
        let must = cut.iter().filter(|p| whole.contains(p)).all(|p| found.contains(p));
        let may = found.iter().all(|p| cut.contains(p) || whole.contains(p));
        ensure(must && may, || {
            let look = "`putText` takes the left end of the baseline, [x, y − 4], also where it lies \
                outside: the part of the words inside is drawn. FONT_HERSHEY_SIMPLEX, scale 0.5.";
            Broken::answer(reach(&found), reach(&cut), look)
        })
    });
}

#[test]
fn label_depends_on_the_words() {
    let letter = || prop::char::range('A', 'Z');
    for_all("two letters", (letter(), letter()).prop_map(|(a, b)| vec![a, b])).cases(24).holds(|letters| {
        let seen = |words: &str| green(&ground((30, 60)), &[note(Place([5, 20, 0, 0]), words)]);
        let (one, other) = (seen(&letters[0].to_string())?, seen(&letters[1].to_string())?);
        let look = "Draw the words of the annotation.";
        equal("both look alike", one == other, letters[0] == letters[1], look)?;
        equal("the pixels of no words", seen("")?, vec![], "Without words nothing is drawn.")
    });
}

#[test]
fn leaves_the_input_unchanged() {
    example(|| {
        let image = ground(SHAPE);
        annotate(&image, &[note(Place([1, 1, 5, 5]), "a")]).accepted(CALL)?;
        let same = (0..SHAPE.0).all(|i| (0..SHAPE.1).all(|j| at(&image, i, j) == at(&ground(SHAPE), i, j)));
        let look = "`Mat::clone` copies the pixels; another `Mat` on the same ones does not.";
        ensure(same, || Broken::answer("the input image has changed", "unchanged", look))
    });
}

#[test]
fn draws_boxes_and_labels_together() {
    for_all("place, width", (place(2..=6), 14..=60_i32)).cases(16).holds(|&(place, width)| {
        let Place([x, y, ..]) = place;
        let (place, shape) = (Place([x, y + 20, width, 12]), (60, 80));
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
                "those of the labels and those of the boxes",
                "Every annotation is drawn on the same copy.",
            )
        })
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::opencv_faces::{Annotation, annotate};
        use opencv::core::{CV_8UC3, Mat, Rect, Scalar, Vec3b};
        use opencv::prelude::*;

        let black = Mat::new_rows_cols_with_default(40, 60, CV_8UC3, Scalar::all(0.0)).unwrap();
        let place = Rect::new(5, 20, 10, 10);
        let drawn = annotate(&black, &[Annotation { place, words: "face".to_owned() }]).unwrap();
        assert_eq!(*drawn.at_2d::<Vec3b>(20, 14).unwrap(), Vec3b::from([0, 255, 0]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_images_of_one_pixel() {
        for_all("place", place(-3..=3)).cases(64).holds(|place| {
            only_outlines((1, 1), &[*place])?;
            annotate(&ground((1, 1)), &[note(*place, "words")]).accepted("annotate of 1×1 pixels").map(|_| ())
        });
    }

    #[test]
    fn accepts_extreme_boxes() {
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
    fn clips_long_labels() {
        for_all("x", -9000..=0_i32).cases(8).holds(|&x| {
            let (shape, words) = ((24, 60), "a face, and ".repeat(90));
            let found = green(&ground(shape), &[note(Place([x, 20, 0, 0]), &words)])?;
            // The same on an image that reaches as far to the left, and a little further to the right.
            let wide = written((24, 9120), &words, [9000 + x, 16]);
            // A letter on the border itself is cut, and may lose a pixel more or get another; none is wider than 12.
            let inner = |pixels: Vec<[i32; 2]>| {
                pixels.into_iter().filter(|p| (12..48).contains(&p[0])).collect::<Vec<_>>()
            };
            let (found, want) = (inner(found), inner(wide.into_iter().map(|[s, t]| [s - 9000, t]).collect()));
            ensure(found == want, || {
                let look = "Words that begin far to the left may end inside.";
                Broken::answer(reach(&found), reach(&want), look)
            })
        });
    }

    #[test]
    fn rejects_an_invalid_annotation_wherever_it_is() {
        let inputs = (sizes([0..=3], [41]), any::<u64>(), 1..=i32::MAX, any::<bool>());
        for_all("others, i, by, across", inputs).cases(32).holds(|&([others], i, by, across)| {
            let image = ground(SHAPE);
            let annotated = |bad: Annotation| {
                let mut notes = vec![note(Place([1, 1, 2, 2]), ""); others];
                notes.insert(i as usize % (others + 1), bad);
                annotate(&image, &notes).map(|_| "an image")
            };
            // Outside of the image as well.
            let [x, y] = [[1, 1], [100, -100], [-7, 900]][i as usize % 3];
            let (place, name) = if across { ([x, y, -by, 2], "width") } else { ([x, y, 2, -by], "height") };
            let want = InputError::OutOfRange { name, got: f64::from(-by), wanted: "0 or more" };
            let look = "Check every annotation: a negative width or height is an error.";
            let call = format!("annotate with a box of {place:?} and {others} others");
            rejected(&call, annotated(note(Place(place), "")), want, look)?;
            let words = format!("{}ß", "a".repeat(others));
            let want = InputError::NotAscii { name: "words", got: 'ß' };
            let look = "Check every character of every label.";
            rejected(
                &format!("annotate with {words:?}"),
                annotated(note(Place([1, 1, 2, 2]), &words)),
                want,
                look,
            )
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        example(|| {
            let image = ground(SHAPE);
            let annotated = |notes: &[Annotation]| annotate(&image, notes).map(|_| "an image");
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
                let look = "OpenCV draws a question mark for each unknown byte, silently. Line breaks and \
                    other control characters are ASCII, but not in the font.";
                rejected(
                    &call,
                    annotated(&[note(Place([1, 1, 2, 2]), "fine"), note(Place([1, 1, 2, 2]), words)]),
                    want,
                    look,
                )?;
            }
            for (place, name, got) in
                [([1, 1, -1, 2], "width", -1), ([1, 1, 2, i32::MIN], "height", i32::MIN)]
            {
                let call = format!("annotate with a box of {place:?}");
                let want = InputError::OutOfRange { name, got: got.into(), wanted: "0 or more" };
                let look = "A negative width or height is an error.";
                rejected(&call, annotated(&[note(Place(place), "")]), want, look)?;
            }
            let empty = annotate(&Mat::default(), &[]).map(|_| "an image");
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("annotate of an empty image", empty, want, "The image has no pixels.")?;
            let filled =
                |kind| Mat::new_rows_cols_with_default(3, 3, kind, Scalar::all(1.0)).unwrap_or_default();
            for got in [1, 2, 4] {
                let image = annotate(&filled(CV_8UC(got as i32)), &[]).map(|_| "an image");
                let want = InputError::Channels { got, wanted: 3 };
                let call = format!("annotate of an image with {got} channels");
                rejected(&call, image, want, "Blue, green and red: a gray image cannot show green.")?;
            }
            let deep = annotate(&filled(CV_16UC3), &[]).map(|_| "an image");
            ensure(matches!(deep, Err(InputError::Library { name: "OpenCV", .. })), || {
                let want = "Err(Library { name: \"OpenCV\", … }): on pixels of 16 bits 255 is nearly black";
                Broken::answer(format!("{deep:?} for pixels of 16 bits"), want, "Check the depth as well.")
            })
        });
    }
}
