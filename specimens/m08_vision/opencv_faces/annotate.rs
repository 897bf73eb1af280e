use kit::InputError;
use opencv::core::{Mat, Rect, Scalar};
use opencv::imgproc;
use opencv::prelude::*;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m08_vision::opencv_faces as reference;
use crate::reference::m08_vision::opencv_faces::Annotation;

mod ways;

use ways::{drawn, near, other, pixel_by_pixel, stamped};

type Annotate = fn(&Mat, &[Annotation]) -> Result<Mat, InputError>;

/// The kata, answered by a specimen.
pub fn annotate(image: &Mat, annotations: &[Annotation]) -> Result<Mat, InputError> {
    answering::<Annotate>(
        module_path!(),
        reference::annotate,
        &[
            wheat("one_after_the_other", "a copy of a copy for each annotation", |image, annotations| {
                let checked = reference::annotate(image, annotations)?;
                let one_by_one = annotations.iter().try_fold(image.clone(), |drawn, one| {
                    reference::annotate(&drawn, std::slice::from_ref(one))
                })?;
                Ok(if annotations.is_empty() { checked } else { one_by_one })
            }),
            wheat("boxes_then_words", "all boxes first, all words then", |image, annotations| {
                reference::annotate(image, annotations)?;
                let bare: Vec<_> =
                    annotations.iter().map(|it| Annotation { words: String::new(), ..it.clone() }).collect();
                let words: Vec<_> = annotations
                    .iter()
                    .map(|it| Annotation { place: Rect { width: 0, height: 0, ..it.place }, ..it.clone() })
                    .collect();
                reference::annotate(&reference::annotate(image, &bare)?, &words)
            }),
            chaff("filled", "a thickness of −1 is the thinnest", |image, annotations| {
                drawn(image, annotations, |it| it, Scalar::new(0.0, 255.0, 0.0, 0.0), -1, imgproc::LINE_8)
            }),
            chaff("two_thick", "a box should be seen", |image, annotations| {
                drawn(image, annotations, |it| it, Scalar::new(0.0, 255.0, 0.0, 0.0), 2, imgproc::LINE_8)
            }),
            chaff(
                "red",
                "colors are red, green, blue, and green is in the middle of red",
                |image, annotations| {
                    drawn(image, annotations, |it| it, Scalar::new(0.0, 0.0, 255.0, 0.0), 1, imgproc::LINE_8)
                },
            ),
            chaff("one_too_far", "the last column is x + width", |image, annotations| {
                let longer = |it: Rect| Rect {
                    width: it.width.saturating_add(1),
                    height: it.height.saturating_add(1),
                    ..it
                };
                drawn(image, annotations, longer, Scalar::new(0.0, 255.0, 0.0, 0.0), 1, imgproc::LINE_8)
            }),
            chaff("rows_for_x", "a box begins at row x and column y", |image, annotations| {
                let turned = |it: Rect| Rect { x: it.y, y: it.x, width: it.height, height: it.width };
                drawn(image, annotations, turned, Scalar::new(0.0, 255.0, 0.0, 0.0), 1, imgproc::LINE_8)
            }),
            chaff("clamped", "what lies outside is drawn on the border", |image, annotations| {
                let (rows, cols) = (image.rows(), image.cols());
                let inside = |it: Rect| it & Rect::new(0, 0, cols, rows);
                reference::annotate(image, annotations)?;
                let cut: Vec<_> = annotations
                    .iter()
                    .map(|it| Annotation { place: inside(near(it.place)), words: it.words.clone() })
                    .collect();
                reference::annotate(image, &cut)
            }),
            chaff("boxes_only", "the words are for the log", |image, annotations| {
                reference::annotate(image, annotations)?;
                let bare: Vec<_> =
                    annotations.iter().map(|it| Annotation { words: String::new(), ..it.clone() }).collect();
                reference::annotate(image, &bare)
            }),
            chaff("words_inside", "the words stand in the box", |image, annotations| {
                reference::annotate(image, annotations)?;
                let down = |it: Rect| Rect { y: it.y.saturating_add(20), height: 0, ..it };
                let (mut bare, mut words) = (Vec::new(), Vec::new());
                for it in annotations {
                    bare.push(Annotation { words: String::new(), ..it.clone() });
                    words.push(Annotation { place: down(it.place), ..it.clone() });
                }
                reference::annotate(&reference::annotate(image, &bare)?, &words)
            }),
            chaff("always_face", "every box is a face", |image, annotations| {
                reference::annotate(image, annotations)?;
                let named: Vec<_> = annotations
                    .iter()
                    .map(|it| Annotation { words: "face".to_owned(), ..it.clone() })
                    .collect();
                reference::annotate(image, &named)
            }),
            chaff("question_marks", "OpenCV draws every character", |image, annotations| {
                let ascii =
                    |it: &Annotation| it.words.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
                let plain: Vec<_> =
                    annotations.iter().map(|it| Annotation { words: ascii(it), ..it.clone() }).collect();
                reference::annotate(image, &plain)
            }),
            chaff("any_ascii", "the font has all of ASCII", |image, annotations| {
                let control = |c: &char| c.is_ascii_control();
                let without =
                    |it: &Annotation| it.words.chars().map(|c| if control(&c) { '?' } else { c }).collect();
                let plain: Vec<_> =
                    annotations.iter().map(|it| Annotation { words: without(it), ..it.clone() }).collect();
                reference::annotate(image, &plain)
            }),
            chaff("last_one_only", "each annotation starts from the image", |image, annotations| {
                reference::annotate(image, annotations)?;
                reference::annotate(image, annotations.last().map_or(&[], std::slice::from_ref))
            }),
            chaff("negative_is_zero", "a side of less than nothing is nothing", |image, annotations| {
                let least = |it: Rect| Rect { width: it.width.max(0), height: it.height.max(0), ..it };
                let some: Vec<_> = annotations
                    .iter()
                    .map(|it| Annotation { place: least(it.place), words: it.words.clone() })
                    .collect();
                reference::annotate(image, &some)
            }),
            chaff("duplex_font", "a letter of two lines is easier to read", |image, annotations| {
                other(image, annotations, |_| {}, Some((imgproc::FONT_HERSHEY_DUPLEX, 0.5)))
            }),
            chaff("scale_055", "a little larger is easier to read", |image, annotations| {
                other(image, annotations, |_| {}, Some((imgproc::FONT_HERSHEY_SIMPLEX, 0.55)))
            }),
            chaff("words_kept_inside", "words that begin outside are moved in", |image, annotations| {
                other(
                    image,
                    annotations,
                    |it| {
                        it.x = it.x.max(0);
                        it.y = it.y.max(16);
                    },
                    None,
                )
            }),
            chaff("words_outside_skipped", "words that begin outside are outside", |image, annotations| {
                reference::annotate(image, annotations)?;
                let some: Vec<_> = annotations
                    .iter()
                    .map(|it| {
                        let begins = it.place.x >= 0
                            && it.place.y >= 4
                            && it.place.x < image.cols()
                            && it.place.y.saturating_sub(4) < image.rows();
                        Annotation {
                            words: if begins { it.words.clone() } else { String::new() },
                            ..it.clone()
                        }
                    })
                    .collect();
                reference::annotate(image, &some)
            }),
            chaff(
                "words_left_skipped",
                "words that begin left of the image are not seen",
                |image, annotations| {
                    reference::annotate(image, annotations)?;
                    let some: Vec<_> = annotations
                        .iter()
                        .map(|it| Annotation {
                            words: if it.place.x >= -100 { it.words.clone() } else { String::new() },
                            ..it.clone()
                        })
                        .collect();
                    reference::annotate(image, &some)
                },
            ),
            chaff(
                "all_widths_first",
                "first all widths are asked, then all heights",
                |image, annotations| match reference::annotate(image, annotations) {
                    Err(InputError::OutOfRange { wanted, .. }) => {
                        let w = annotations.iter().map(|it| ("width", it.place.width));
                        let h = annotations.iter().map(|it| ("height", it.place.height));
                        let (name, got) = w.chain(h).find(|it| it.1 < 0).unwrap_or(("", 0));
                        Err(InputError::OutOfRange { name, got: got.into(), wanted })
                    }
                    other => other,
                },
            ),
            chaff("channels_first", "the image is asked before the boxes", |image, annotations| {
                if !image.empty() && image.channels() != 3 {
                    return Err(InputError::Channels { got: image.channels() as usize, wanted: 3 });
                }
                reference::annotate(image, annotations)
            }),
            chaff("type_is_channels", "another type is another number of channels", |image, annotations| {
                match reference::annotate(image, annotations) {
                    Err(InputError::Library { .. }) => Err(InputError::Channels { got: 3, wanted: 3 }),
                    other => other,
                }
            }),
            chaff("letters_only", "words are letters and spaces", |image, annotations| {
                reference::annotate(image, annotations)?;
                if let Some(got) = annotations
                    .iter()
                    .flat_map(|it| it.words.chars())
                    .find(|c| !c.is_ascii_alphanumeric() && *c != ' ')
                {
                    return Err(InputError::NotAscii { name: "words", got });
                }
                reference::annotate(image, annotations)
            }),
            chaff("deep_before_words", "pixels are asked before words", |image, annotations| {
                if !image.empty()
                    && image.channels() == 3
                    && image.typ() != opencv::core::CV_8UC3
                    && annotations.iter().all(|it| it.place.width >= 0 && it.place.height >= 0)
                {
                    return Err(InputError::Library { name: "OpenCV", says: "8 bits".to_owned() });
                }
                reference::annotate(image, annotations)
            }),
            wheat("pixel_by_pixel", "draws outlines by hand", pixel_by_pixel),
            wheat("stamped", "writes the words on a sheet of their own and copies what is green", stamped),
        ],
    )(image, annotations)
}
