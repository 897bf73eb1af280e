use kit::InputError;
use opencv::core::{Mat, Rect, Scalar};
use opencv::imgproc;
use opencv::prelude::*;

use crate::reference::m08_vision::opencv_faces as reference;
use crate::reference::m08_vision::opencv_faces::Annotation;
use crate::specimens::specimen::{answering, chaff, wheat};

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
            wheat("boxes_then_words", "all boxes first, then all words", |image, annotations| {
                reference::annotate(image, annotations)?;
                let bare: Vec<_> =
                    annotations.iter().map(|it| Annotation { words: String::new(), ..it.clone() }).collect();
                let words: Vec<_> = annotations
                    .iter()
                    .map(|it| Annotation { place: Rect { width: 0, height: 0, ..it.place }, ..it.clone() })
                    .collect();
                reference::annotate(&reference::annotate(image, &bare)?, &words)
            }),
            chaff("filled", "A thickness of −1 draws the thinnest outline.", |image, annotations| {
                drawn(image, annotations, |it| it, Scalar::new(0.0, 255.0, 0.0, 0.0), -1, imgproc::LINE_8)
            }),
            chaff("two_thick", "The outline of a box is two pixels thick.", |image, annotations| {
                drawn(image, annotations, |it| it, Scalar::new(0.0, 255.0, 0.0, 0.0), 2, imgproc::LINE_8)
            }),
            chaff("red", "Scalar takes the channels in the order red, green, blue.", |image, annotations| {
                drawn(image, annotations, |it| it, Scalar::new(0.0, 0.0, 255.0, 0.0), 1, imgproc::LINE_8)
            }),
            chaff("one_too_far", "The last column of a box is x + width.", |image, annotations| {
                let longer = |it: Rect| Rect {
                    width: it.width.saturating_add(1),
                    height: it.height.saturating_add(1),
                    ..it
                };
                drawn(image, annotations, longer, Scalar::new(0.0, 255.0, 0.0, 0.0), 1, imgproc::LINE_8)
            }),
            chaff("rows_for_x", "A box begins at row x and column y.", |image, annotations| {
                let turned = |it: Rect| Rect { x: it.y, y: it.x, width: it.height, height: it.width };
                drawn(image, annotations, turned, Scalar::new(0.0, 255.0, 0.0, 0.0), 1, imgproc::LINE_8)
            }),
            chaff(
                "clamped",
                "A box that leaves the image is drawn along the border.",
                |image, annotations| {
                    let (rows, cols) = (image.rows(), image.cols());
                    let inside = |it: Rect| it & Rect::new(0, 0, cols, rows);
                    reference::annotate(image, annotations)?;
                    let cut: Vec<_> = annotations
                        .iter()
                        .map(|it| Annotation { place: inside(near(it.place)), words: it.words.clone() })
                        .collect();
                    reference::annotate(image, &cut)
                },
            ),
            chaff("boxes_only", "The words are not drawn.", |image, annotations| {
                reference::annotate(image, annotations)?;
                let bare: Vec<_> =
                    annotations.iter().map(|it| Annotation { words: String::new(), ..it.clone() }).collect();
                reference::annotate(image, &bare)
            }),
            chaff("words_inside", "The words stand inside the box.", |image, annotations| {
                reference::annotate(image, annotations)?;
                let down = |it: Rect| Rect { y: it.y.saturating_add(20), height: 0, ..it };
                let (mut bare, mut words) = (Vec::new(), Vec::new());
                for it in annotations {
                    bare.push(Annotation { words: String::new(), ..it.clone() });
                    words.push(Annotation { place: down(it.place), ..it.clone() });
                }
                reference::annotate(&reference::annotate(image, &bare)?, &words)
            }),
            chaff("always_face", "Every box is labeled \"face\".", |image, annotations| {
                reference::annotate(image, annotations)?;
                let named: Vec<_> = annotations
                    .iter()
                    .map(|it| Annotation { words: "face".to_owned(), ..it.clone() })
                    .collect();
                reference::annotate(image, &named)
            }),
            chaff("question_marks", "OpenCV draws every character.", |image, annotations| {
                let ascii =
                    |it: &Annotation| it.words.chars().map(|c| if c.is_ascii() { c } else { '?' }).collect();
                let plain: Vec<_> =
                    annotations.iter().map(|it| Annotation { words: ascii(it), ..it.clone() }).collect();
                reference::annotate(image, &plain)
            }),
            chaff("any_ascii", "The font has all of ASCII, control characters too.", |image, annotations| {
                let control = |c: &char| c.is_ascii_control();
                let without =
                    |it: &Annotation| it.words.chars().map(|c| if control(&c) { '?' } else { c }).collect();
                let plain: Vec<_> =
                    annotations.iter().map(|it| Annotation { words: without(it), ..it.clone() }).collect();
                reference::annotate(image, &plain)
            }),
            chaff(
                "last_one_only",
                "Each annotation starts from the original image.",
                |image, annotations| {
                    reference::annotate(image, annotations)?;
                    reference::annotate(image, annotations.last().map_or(&[], std::slice::from_ref))
                },
            ),
            chaff("negative_is_zero", "A negative width counts as 0.", |image, annotations| {
                let least = |it: Rect| Rect { width: it.width.max(0), height: it.height.max(0), ..it };
                let some: Vec<_> = annotations
                    .iter()
                    .map(|it| Annotation { place: least(it.place), words: it.words.clone() })
                    .collect();
                reference::annotate(image, &some)
            }),
            chaff("duplex_font", "The font is FONT_HERSHEY_DUPLEX.", |image, annotations| {
                other(image, annotations, |_| {}, Some((imgproc::FONT_HERSHEY_DUPLEX, 0.5)))
            }),
            chaff("scale_055", "The scale of the font is 0.55.", |image, annotations| {
                other(image, annotations, |_| {}, Some((imgproc::FONT_HERSHEY_SIMPLEX, 0.55)))
            }),
            chaff(
                "words_kept_inside",
                "Words that begin outside the image are moved inside.",
                |image, annotations| {
                    other(
                        image,
                        annotations,
                        |it| {
                            it.x = it.x.max(0);
                            it.y = it.y.max(16);
                        },
                        None,
                    )
                },
            ),
            chaff(
                "words_outside_skipped",
                "Words that begin outside the image are not drawn.",
                |image, annotations| {
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
                },
            ),
            chaff(
                "words_left_skipped",
                "Words that begin left of the image cannot be seen.",
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
                "type_is_channels",
                "Any other type of `Mat` has a wrong number of channels.",
                |image, annotations| match reference::annotate(image, annotations) {
                    Err(InputError::Library { .. }) => Err(InputError::Channels { got: 3, wanted: 3 }),
                    other => other,
                },
            ),
            chaff("letters_only", "Words contain only letters and spaces.", |image, annotations| {
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
            wheat("pixel_by_pixel", "draws outlines pixel by pixel", pixel_by_pixel),
            wheat("stamped", "writes the words on a sheet of their own and copies what is green", stamped),
            chaff("digits_alike", "All digits look alike.", |image, annotations| {
                let words = |one: &Annotation| one.words.replace(|c: char| c.is_ascii_digit(), "0");
                let changed: Vec<_> = annotations
                    .iter()
                    .map(|one| Annotation { place: one.place, words: words(one) })
                    .collect();
                reference::annotate(image, annotations)?;
                reference::annotate(image, &changed)
            }),
            chaff(
                "box_of_no_width",
                "A box without width or height still has a line.",
                |image, annotations| {
                    let mut changed = annotations.to_vec();
                    for one in changed
                        .iter_mut()
                        .filter(|one| !one.words.is_empty() && one.place.width + one.place.height > 0)
                    {
                        (one.place.width, one.place.height) =
                            (one.place.width.max(1), one.place.height.max(1));
                    }
                    reference::annotate(image, annotations)?;
                    reference::annotate(image, &changed)
                },
            ),
            chaff(
                "invalid_outside",
                "An annotation outside of the image needs no check.",
                |image, annotations| {
                    let inside = annotations
                        .iter()
                        .filter(|one| one.place.x < image.cols() && one.place.y < image.rows());
                    reference::annotate(image, &inside.cloned().collect::<Vec<_>>())
                },
            ),
            chaff("forty_five_at_most", "Forty-five annotations are enough.", |image, annotations| {
                reference::annotate(image, &annotations[..annotations.len().min(45)])
            }),
        ],
    )(image, annotations)
}
