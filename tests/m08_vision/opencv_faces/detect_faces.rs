use judge::any::select;
use judge::{Answer, Broken, ensure, equal, example, for_all, rejected};
use katas::m08_vision::opencv_faces::detect_faces;
use kit::{Generator, InputError};
use ndarray::{Array2, s};
use opencv::core::{CV_8UC3, CV_16UC1, Mat, Rect, Scalar};
use proptest::prelude::*;

use super::faces::{CALL, FACE, NAME, folders, is_one_face, overlap, photo, scaled};
use crate::m08_vision::files::Folder;
use crate::m08_vision::oracle;

#[test]
fn finds_a_face() {
    example(|| is_one_face(&detect_faces(&oracle::mat(&photo()), &folders()).accepted(CALL)?, FACE));
}

#[test]
fn is_translation_equivariant() {
    for_all("rows left out, columns left out", (0..=16_usize, 0..=48_usize)).cases(4).holds(|&(up, left)| {
        let part = photo().slice(s![up..120, left..180]).to_owned();
        let face = [FACE[0] - left as i32, FACE[1] - up as i32, FACE[2], FACE[3]];
        is_one_face(&detect_faces(&oracle::mat(&part), &folders()).accepted(CALL)?, face)
    });
}

#[test]
fn sorts_faces_by_area() {
    example(|| {
        // The head next to itself at 1.5 times the size.
        let head = photo().slice(s![10..110, 60..170]).to_owned();
        let sheet = Array2::from_shape_fn((160, 290), |(i, j)| match j {
            0..110 => *head.get((i, j)).unwrap_or(&head[(99, j)]),
            110..120 => 128,
            _ => head[((2 * i / 3).min(99), (2 * (j - 120) / 3).min(109))],
        });
        let got = detect_faces(&oracle::mat(&sheet), &folders()).accepted(CALL)?;
        let look = "Sort by area, the largest first; the order of the cascade is arbitrary.";
        let areas: Vec<i32> = got.iter().map(Rect::area).collect();
        ensure(got.len() == 2 && areas[0] >= areas[1] && got[0].x > 110 && got[1].x < 110, || {
            Broken::answer(
                format!("{got:?}"),
                "two boxes: the one on the right, then the smaller on the left",
                look,
            )
        })
    });
}

#[test]
fn finds_no_face_in_noise() {
    for_all("seed", judge::any::select(vec![1_u64, 2, 3, 4])).cases(4).holds(|&seed| {
        let mut generator = Generator::from_seed(seed);
        let noise = Array2::from_shape_simple_fn((128, 128), || generator.uniform_in(0.0, 256.0) as u8);
        let got = detect_faces(&oracle::mat(&noise), &folders()).accepted(CALL)?;
        equal(
            "faces in noise",
            got,
            vec![],
            "A single window is often wrong: five others must agree with it.",
        )
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::opencv_faces::detect_faces;
        use opencv::core::{CV_8UC1, Mat, Scalar};

        let image = Mat::new_rows_cols_with_default(64, 64, CV_8UC1, Scalar::all(128.0)).unwrap();
        assert_eq!(detect_faces(&image, &kit::data::cascade_folders()), Ok(vec![]));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn minimum_size_is_30_pixels() {
        example(|| {
            for side in [120, 160, 180_usize] {
                let got = detect_faces(&oracle::mat(&scaled(side)), &folders()).accepted(CALL)?;
                let face = FACE.map(|k| k * side as i32 / 256);
                if face[2] < 30 {
                    let look = "A face of 22 pixels is below 30 × 30: minSize is an argument of \
                        detectMultiScale.";
                    equal("faces of less than 30 × 30 pixels", got, vec![], look)?;
                } else {
                    is_one_face(&got, face)?;
                }
            }
            Ok(())
        });
    }

    #[test]
    fn needs_five_neighbors() {
        for_all("side of the photograph", select(vec![228_usize, 236, 260])).cases(2).holds(|&side| {
            // Below the chin four windows agree on another face.
            let got = detect_faces(&oracle::mat(&scaled(side)), &folders()).accepted(CALL)?;
            is_one_face(&got, FACE.map(|k| k * side as i32 / 256))
        });
    }

    #[test]
    fn finds_large_faces() {
        for_all("half pixels for a pixel", 5..=6_usize).cases(1).holds(|&k| {
            let photo = photo();
            let large =
                Array2::from_shape_fn((55 * k, 60 * k), |(i, j)| photo[(10 + 2 * i / k, 55 + 2 * j / k)]);
            let [x, y, width, height] = FACE;
            let face = [x - 55, y - 10, width, height].map(|at| at * k as i32 / 2);
            is_one_face(&detect_faces(&oracle::mat(&large), &folders()).accepted(CALL)?, face)
        });
    }

    #[test]
    fn breaks_ties_by_position() {
        let heads = select(vec![(105_usize, 40_usize), (110, 30), (118, 40), (120, 30)]);
        for_all("rows down, columns left", heads).cases(3).holds(|&(down, left)| {
            let head = photo().slice(s![..100, 60..172]).to_owned();
            // The lower head stands further left, and a third far right of it.
            let mut sheet = Array2::from_elem((100 + down, 112 + left + 130), 128);
            sheet.slice_mut(s![..100, left..left + 112]).assign(&head);
            sheet.slice_mut(s![down.., ..112]).assign(&head);
            sheet.slice_mut(s![down.., left + 130..]).assign(&head);
            let got = detect_faces(&oracle::mat(&sheet), &folders()).accepted(CALL)?;
            let sorted = got.windows(2).all(|two| {
                let [a, b] = [two[0], two[1]];
                a.area() > b.area() || (a.area() == b.area() && a.y <= b.y)
            });
            ensure(got.len() == 3 && sorted, || {
                let look = "By area, the largest first; of equal ones the one with the smaller y.";
                Broken::answer(
                    format!("{got:?}"),
                    "three boxes, the largest first, of equal ones the upper",
                    look,
                )
            })
        });
    }

    #[test]
    fn finds_every_face_of_a_sheet() {
        example(|| {
            for (rows, cols) in [(2, 2), (1, 4)] {
                let head = photo().slice(s![10..106, 64..160]).to_owned();
                let (height, width) = head.dim();
                let sheet = Array2::from_shape_fn((rows * height, cols * width), |(i, j)| {
                    head[(i % height, j % width)]
                });
                let got = detect_faces(&oracle::mat(&sheet), &folders()).accepted(CALL)?;
                let [x, y, side, _] = [FACE[0] - 64, FACE[1] - 10, FACE[2], FACE[3]];
                let is_at = |k: usize| {
                    let (down, right) = (k / cols * height, k % cols * width);
                    let face = [x + right as i32, y + down as i32, side, side];
                    got.iter().any(|found| overlap(*found, face) >= 0.5)
                };
                ensure(got.len() == rows * cols && (0..rows * cols).all(is_at), || {
                    let look = "Every face counts, however many there are and wherever they are.";
                    let want = format!("{} boxes, one for each head", rows * cols);
                    Broken::answer(format!("{got:?} for {rows}×{cols} heads"), want, look)
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn finds_no_face_in_constant_images() {
        for_all("rows, cols, value", ((1..=70_usize, 1..=70_usize), any::<u8>())).cases(16).holds(
            |(shape, value)| {
                let got = detect_faces(&oracle::mat(&Array2::from_elem(*shape, *value)), &folders())
                    .accepted(CALL)?;
                equal(
                    "faces in a constant image",
                    got,
                    vec![],
                    "An image smaller than a window has no face, and is valid.",
                )
            },
        );
    }

    #[test]
    fn reports_missing_cascade_files() {
        example(|| {
            let image = oracle::mat(&Array2::<u8>::ones((40, 40)));
            // Found a moment ago, elsewhere.
            detect_faces(&image, &folders()).accepted(CALL)?;
            let empty = Folder::fresh();
            for looked_in in
                [vec![], vec![empty.path().to_owned()], vec![empty.path().join("a"), "nowhere".into()]]
            {
                let want = InputError::NotFound {
                    name: NAME,
                    looked_in: looked_in.iter().map(|it| it.join(NAME)).collect(),
                };
                let look = "The error lists the path of the file in every folder, in order.";
                let call = format!("detect_faces with the folders {looked_in:?}");
                rejected(&call, detect_faces(&image, &looked_in).map(|_| "faces"), want, look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn uses_the_first_cascade_file() {
        example(|| {
            let (empty, broken, image) = (Folder::fresh(), Folder::fresh(), oracle::mat(&photo()));
            let mut places = vec![empty.path().to_owned()];
            places.extend(folders());
            let found = detect_faces(&image, &places).accepted("detect_faces, an empty folder first")?;
            is_one_face(&found, FACE)?;
            for (contents, what) in [
                (&b""[..], "empty"),
                (b"<opencv_storage></opencv_storage>", "without a cascade"),
                (b"no XML", "no XML"),
                (&[b'x'; 5000], "long, and no XML"),
            ] {
                let path = broken.with(NAME, contents);
                let mut places = vec![broken.path().to_owned()];
                places.extend(folders());
                let want = InputError::Malformed { path, wanted: "a cascade classifier" };
                let look = "OpenCV throws, or returns a cascade that is `empty()` and never finds a face.";
                let call = format!("detect_faces, a file that is {what} first");
                rejected(&call, detect_faces(&image, &places).map(|_| "faces"), want, look)?;
            }
            let folder = Folder::fresh();
            if std::fs::create_dir(folder.path().join(NAME)).is_ok() {
                let mut places = vec![folder.path().to_owned()];
                places.extend(folders());
                let found = detect_faces(&image, &places)
                    .accepted("detect_faces, a folder of the file's name first")?;
                is_one_face(&found, FACE)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_other_types_and_empty_images() {
        example(|| {
            let got = detect_faces(&Mat::default(), &folders()).map(|_| "faces");
            let look = "OpenCV throws where there are no pixels. Check `empty()` first.";
            rejected("detect_faces of an empty image", got, InputError::TooFew { got: 0, wanted: 1 }, look)?;
            let filled =
                |kind| Mat::new_rows_cols_with_default(40, 40, kind, Scalar::all(1.0)).unwrap_or_default();
            let got = detect_faces(&filled(CV_8UC3), &folders()).map(|_| "faces");
            let want = InputError::Channels { got: 3, wanted: 1 };
            rejected("detect_faces of a color image", got, want, "The cascade works on gray images.")?;
            let got = detect_faces(&filled(CV_16UC1), &folders());
            ensure(matches!(got, Err(InputError::Library { name: "OpenCV", .. })), || {
                let want = "Err(Library { name: \"OpenCV\", … }): the cascade takes pixels of 8 bits";
                Broken::answer(format!("{got:?} for pixels of 16 bits"), want, "Check the depth as well.")
            })
        });
    }
}
