use std::path::PathBuf;

use judge::{Answer, Broken, close, ensure, equal, example, figure_shows, for_all, rejected};
use katas::m08_vision::opencv_sheet::contact_sheet;
use kit::InputError;
use ndarray::{Array3, Axis};
use opencv::core::{CV_8UC, Mat, Scalar, Size};

use super::panels::{NAMES, edges, images, picture, sheet, shows, shows_one_of, smooth};
use crate::m08_vision::files::Folder;
use crate::m08_vision::images::shape;
use crate::m08_vision::oracle;
use judge::any::sizes;

#[test]
fn panels_form_two_rows_of_three() {
    for_all("rows, cols", shape(12)).cases(16).holds(|&[rows, cols]| {
        let sheet = sheet(&picture(rows, cols))?;
        equal("the axes are equal", sheet.equal_axes, true, "Pixels are square: `with_equal_axes`.")?;
        let labels = (sheet.x.label.as_str(), sheet.y.label.as_str());
        equal("the labels of the axes", labels, ("", ""), "The axes have no labels.")?;
        // Where the letters of the label are clipped, its box is still there.
        let pixels = images(&sheet)?[4].2;
        let (top, left, bottom, right) = (rows / 4, cols / 4, 3 * rows / 4, 3 * cols / 4);
        for (i, j) in [(top, left), (bottom.max(1) - 1, right.max(1) - 1)] {
            let has_box = top < bottom && left < right;
            let rgb = [0, 1, 2].map(|k: usize| pixels[(i, 3 * j + k)]);
            ensure(!has_box || rgb == [0.0, 1.0, 0.0], || {
                let look = "A green box from a quarter to three quarters of columns and rows.";
                Broken::answer(format!("annotated: row {i}, column {j} = {rgb:?}"), "green", look)
            })?;
        }
        let (width, height) = (cols as f64, rows as f64);
        for (number, (at, size, ..)) in images(&sheet)?.into_iter().enumerate() {
            let name = NAMES[number];
            let look = "Columns × rows large; the next panel a tenth of the columns further right. y points \
                up: the first row is the upper one.";
            equal(&format!("{name}: its size"), size, [width, height], look)?;
            let want =
                [(number % 3) as f64 * 1.1 * width, if number < 3 { height + 0.1 * width } else { 0.0 }];
            for (axis, got, want) in [("x", at[0], want[0]), ("y", at[1], want[1])] {
                close(&format!("{name}: {axis}"), got, want, 1e-9, look)?;
            }
        }
        Ok(())
    });
}

#[test]
fn original_is_in_rgb() {
    for_all("rows, cols", sizes([1..=12, 1..=12], [151, 151])).cases(16).holds(|&[rows, cols]| {
        let photo = picture(rows, cols);
        let look = "OpenCV keeps blue, green, red; a figure wants red, green, blue. The astronaut's suit is \
            orange, not blue.";
        shows(&sheet(&photo)?, "original", &photo, look)
    });
}

#[test]
fn gray_blur_and_edges_match_the_photograph() {
    for_all("rows, cols", sizes([1..=24, 1..=24], [71, 71])).cases(10).holds(|&[rows, cols]| {
        let photo = picture(rows, cols);
        let sheet = sheet(&photo)?;
        let gray = oracle::gray(&photo);
        let one_channel = |of: ndarray::Array2<u8>| of.insert_axis(Axis(2));
        shows(&sheet, "gray", &one_channel(gray.clone()), "Gray, of the original.")?;
        let blurred = [true, false].map(|in_bytes| {
            let channels = [0, 1, 2].map(|k| {
                let channel = photo.index_axis(Axis(2), k).to_owned();
                smooth(&channel, 9, 2.0, in_bytes)
            });
            Array3::from_shape_fn(photo.dim(), |(i, j, k)| channels[k][(i, j)])
        });
        shows_one_of(&sheet, "blur", &blurred, "The original, in color, with size 9 and σ 2.")?;
        let look = "Of the gray image after a blur of size 5 and σ 1.4; thresholds 60 and 150.";
        shows_one_of(&sheet, "edges", &edges(&photo), look)
    });
}

#[test]
fn edges_use_the_given_thresholds() {
    for_all("row, column", (0..=200_usize, 0..=200_usize)).cases(4).holds(|&(i, j)| {
        let photo = oracle::photo().slice(ndarray::s![i..i + 56, j..j + 50, ..]).to_owned();
        let look = "Of the gray image after a blur of size 5 and σ 1.4; thresholds 60 and 150.";
        shows_one_of(&sheet(&photo)?, "edges", &edges(&photo), look)
    });
}

#[test]
fn annotated_has_a_box_and_a_label() {
    // So large that the label is inside: OpenCV may draw clipped letters otherwise than whole ones.
    for_all("rows, cols", (68..=130_usize, 80..=140_usize)).cases(6).holds(|&(rows, cols)| {
        let photo = picture(rows, cols);
        let sheet = sheet(&photo)?;
        let pixels = images(&sheet)?[4].2;
        let is_green = |i: usize, j: usize| {
            let rgb = [0, 1, 2].map(|k: usize| pixels[(i, 3 * j + k)]);
            rgb[0] == 0.0 && rgb[1] > 0.99 && rgb[2] == 0.0
        };
        let (top, left, bottom, right) = (rows / 4, cols / 4, 3 * rows / 4 - 1, 3 * cols / 4 - 1);
        let look = "From a quarter to three quarters of columns and rows, rounded down; the label above it.";
        for (name, i, j) in [
            ("upper left", top, left),
            ("upper right", top, right),
            ("lower left", bottom, left),
            ("lower right", bottom, right),
        ] {
            ensure(is_green(i, j), || {
                Broken::answer(format!("the {name} corner ({i}, {j}) is not green"), "green", look)
            })?;
        }
        ensure(!is_green(top + 1, left + 1), || {
            Broken::answer("the box is filled", "only its outline", look)
        })?;
        let place = [left, top, right + 1 - left, bottom + 1 - top].map(|k| k as i32);
        let look = "The label is `middle`, where `annotate` writes it.";
        shows(&sheet, "annotated", &oracle::boxed(&photo, place, "middle"), look)
    });
}

#[test]
fn faces_has_a_box_around_the_face() {
    example(|| {
        let photo = oracle::photo();
        let sheet = sheet(&photo)?;
        figure_shows("m08_vision/opencv_sheet/contact_sheet", &sheet);
        let pixels = images(&sheet)?[5].2;
        let mut box_of_green = [usize::MAX, usize::MAX, 0, 0];
        for i in 0..256 {
            let green = |j: &usize| [0, 1, 2].map(|k: usize| pixels[(i, 3 * j + k)]) == [0.0, 1.0, 0.0];
            let row: Vec<usize> = (0..256).filter(green).collect();
            // A side of the box, not a line of a letter.
            if row.len() >= 30 {
                let [left, top, right, _] = box_of_green;
                let ends = (row.first().copied().unwrap_or(0), row.last().copied().unwrap_or(0));
                box_of_green = [left.min(ends.0), top.min(i), right.max(ends.1), i];
            }
        }
        let [left, top, right, bottom] = box_of_green.map(|k| k as f64);
        let both = (right.min(136.0) - left.max(88.0)).max(0.0) * (bottom.min(81.0) - top.max(33.0)).max(0.0);
        let share = both / ((right - left) * (bottom - top) + 48.0 * 48.0 - both);
        ensure(share >= 0.5, || {
            let look = "Find the faces in the gray image and draw their boxes on a copy of the original.";
            let got = format!("a green box from ({left}, {top}) to ({right}, {bottom})");
            Broken::answer(got, "one around the face, about from (88, 33) to (136, 81)", look)
        })?;
        let [left, top, right, bottom] = box_of_green.map(|k| k as i32);
        let place = [left, top, right + 1 - left, bottom + 1 - top];
        let look = "The label `face` is above the box, and nothing else is drawn.";
        shows(&sheet, "faces", &oracle::boxed(&photo, place, "face"), look)
    });
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::opencv_sheet::contact_sheet;
        use kit::figure::Layer;
        use opencv::core::{CV_8UC3, Mat, Scalar};
        let white = Mat::new_rows_cols_with_default(20, 30, CV_8UC3, Scalar::all(255.0)).unwrap();
        let sheet = contact_sheet(&white, &kit::data::cascade_folders()).unwrap();
        assert_eq!(sheet.layers.iter().filter(|it| matches!(it, Layer::Image { .. })).count(), 6);
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn accepts_submatrices() {
        for_all("rows, cols", (4..=12_usize, 4..=12_usize)).cases(3).holds(|&(rows, cols)| {
            let photo = picture(rows, cols);
            let part = oracle::part(&oracle::color_mat(&photo));
            let folders = kit::data::cascade_folders();
            let got = contact_sheet(&part, &folders).accepted("contact_sheet of a part of a larger image")?;
            let look = "The rows of a submatrix are not contiguous in memory. A clone of it is.";
            shows(&got, "original", &photo, look)?;
            let gray = oracle::gray(&photo).insert_axis(Axis(2));
            shows(&got, "gray", &gray, "Only the submatrix counts.")
        });
    }

    #[test]
    fn each_face_has_a_box() {
        example(|| {
            let photo = oracle::photo();
            let twice = Array3::from_shape_fn((120, 280, 3), |(i, j, k)| photo[(i, 40 + j % 140, k)]);
            let sheet = sheet(&twice)?;
            let pixels = images(&sheet)?[5].2;
            for (side, half) in [("left", 0..140_usize), ("right", 140..280)] {
                let all = (0..120).flat_map(|i| half.clone().map(move |j| (i, j)));
                let green =
                    |i: usize, j: usize| [0, 1, 2].map(|k: usize| pixels[(i, 3 * j + k)]) == [0.0, 1.0, 0.0];
                let many = all.filter(|(i, j)| green(*i, *j)).count();
                let look = "Every detected face gets its box and its label.";
                ensure(many > 100, || {
                    Broken::answer(
                        format!("{many} green pixels in the {side} half"),
                        "a box around the face there",
                        look,
                    )
                })?;
            }
            Ok(())
        });
    }

    #[test]
    fn accepts_images_without_faces() {
        for_all("rows, cols", (1..=3_usize, 1..=40_usize)).cases(8).holds(|&(rows, cols)| {
            let photo = picture(rows, cols);
            shows(&sheet(&photo)?, "faces", &photo, "Without a detected face nothing is drawn.")
        });
    }

    #[test]
    fn rejects_invalid_arguments() {
        example(|| {
            let folders = kit::data::cascade_folders();
            let sheet_of =
                |photo: &Mat, folders: &[PathBuf]| contact_sheet(photo, folders).map(|_| "a sheet");
            let look = "`?` returns the errors of the steps.";
            let want = InputError::TooFew { got: 0, wanted: 1 };
            rejected("contact_sheet of an empty image", sheet_of(&Mat::default(), &folders), want, look)?;
            for got in [1, 2, 4] {
                let other = Mat::new_size_with_default(Size::new(4, 4), CV_8UC(got as i32), Scalar::all(1.0));
                let want = InputError::Channels { got, wanted: 3 };
                let call = format!("contact_sheet of an image with {got} channels");
                rejected(&call, sheet_of(&other.unwrap_or_default(), &folders), want, look)?;
            }
            let name = "haarcascade_frontalface_default.xml";
            let want = InputError::NotFound { name, looked_in: vec![PathBuf::from("nowhere").join(name)] };
            let got = sheet_of(&oracle::color_mat(&picture(31, 42)), &["nowhere".into()]);
            rejected("contact_sheet without a cascade", got, want, look)?;
            let broken = Folder::fresh();
            let path = broken.with(name, b"no XML");
            let got = sheet_of(&oracle::color_mat(&picture(8, 8)), &[broken.path().to_owned()]);
            let want = InputError::Malformed { path, wanted: "a cascade classifier" };
            rejected("contact_sheet with a file that is no cascade", got, want, look)
        });
    }
}
