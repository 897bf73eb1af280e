use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use judge::{Answer, Broken, Verdict, ensure, equal, example, for_all, refused};
use katas::m08_vision::opencv_images::load_image;
use kit::InputError;
use ndarray::Array3;
use opencv::core::{CV_8UC3, Mat, Vec3b};
use opencv::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::m08_vision::files::{Folder, encoded};
use crate::m08_vision::oracle;

const CALL: &str = "load_image(path)";

/// Pixels as blue, green, red.
fn pixels(of: &Mat) -> Result<Vec<Vec<[u8; 3]>>, Broken> {
    let look = "Ask OpenCV for a colour image, whatever the file holds: IMREAD_COLOR.";
    equal("the type of the image", of.typ(), CV_8UC3, look)?;
    let pixel = |i, j| of.at_2d::<Vec3b>(i, j).map(|it| it.0).unwrap_or_default();
    Ok((0..of.rows()).map(|i| (0..of.cols()).map(|j| pixel(i, j)).collect()).collect())
}

fn malformed(path: &Path) -> InputError {
    InputError::Malformed { path: path.to_owned(), wanted: "a whole JPEG or PNG image" }
}

#[test]
fn the_photograph_is_there_in_blue_green_red() {
    example(|| {
        let got = pixels(&load_image(&kit::data::photo()).accepted(CALL)?)?;
        let want = oracle::photo();
        let shape = (got.len(), got.first().map_or(0, Vec::len));
        equal("rows and columns of the photograph", shape, (256, 256), "The whole picture, in its size.")?;
        let look = "The suit is orange, much red and little blue. OpenCV's order is blue, green, red, and so it stays.";
        equal("the pixel in row 150, column 40", got[150][40], [0, 1, 2].map(|k| want[(150, 40, k)]), look)?;
        let all = got.iter().flatten().flatten().eq(&want);
        ensure(all, || {
            Broken::answer("other pixels than the file's", "those that it holds", "Change nothing.")
        })
    });
}

#[test]
fn what_a_png_holds_comes_back_to_the_last_bit() {
    let image = (1..=4_usize, 1..=4_usize).prop_flat_map(|(m, n)| vec(vec(any::<[u8; 3]>(), n), m));
    let name = select(vec!["picture.png", "picture", "Bär 熊.png", "two words.png", "photo.jpg"]);
    for_all("pixels, name", (image, name.prop_map(String::from))).cases(48).holds(|(image, name)| {
        let shape = (image.len(), image[0].len(), 3);
        let bytes = encoded(&oracle::colour_mat(&Array3::from_shape_fn(shape, |(i, j, k)| image[i][j][k])), ".png");
        let folder = Folder::fresh();
        let got = load_image(&folder.with(name, &bytes)).accepted(CALL)?;
        let look = "Rows, columns, colours as in the file. A name outside ASCII, or one that promises another kind of file, is \
                    no hindrance when you read the bytes yourself.";
        equal("the pixels", pixels(&got)?, image.clone(), look)
    });
}

#[test]
fn a_gray_file_has_three_equal_channels() {
    for_all("value", any::<u8>()).cases(16).holds(|&value| {
        let folder = Folder::fresh();
        let bytes = encoded(&oracle::mat(&ndarray::array![[value, 7]]), ".png");
        let got = load_image(&folder.with("gray.png", &bytes)).accepted(CALL)?;
        equal(
            "the pixels",
            pixels(&got)?,
            vec![vec![[value; 3], [7; 3]]],
            "Who asks for colour gets three channels.",
        )
    });
}

#[test]
fn what_is_no_file_is_unreadable() {
    example(|| {
        let folder = Folder::fresh();
        for path in [folder.path().join("nowhere.png"), folder.path().join("no/where.png"), "".into()] {
            let want = InputError::Unreadable { path: path.clone(), why: ErrorKind::NotFound };
            let look = "Where there is nothing, OpenCV returns an empty image and no reason. Ask the file system first.";
            let call = format!("load_image of the missing file {}", path.display());
            refused(&call, load_image(&path), want, look)?;
        }
        // On other systems /dev/null is not there: unreadable as well.
        for (what, asked) in [("a folder", folder.path()), ("a device", Path::new("/dev/null"))] {
            let got = load_image(asked);
            let is_unreadable = matches!(&got, Err(InputError::Unreadable { path, .. }) if path == asked);
            ensure(is_unreadable, || {
                let got = format!("load_image of {what} = {got:?}");
                let look = "It is there, and yet no file: `Metadata::is_file`. Of a device like /dev/zero nobody reads the end.";
                Broken::answer(got, "Err(Unreadable { … })", look)
            })?;
        }
        let odd = Path::new("nul\0.png");
        let got = load_image(odd);
        ensure(matches!(&got, Err(InputError::Unreadable { path, .. }) if path == odd), || {
            let got = format!("load_image of a path with a NUL = {got:?}");
            Broken::answer(got, "Err(Unreadable { … })", "What the file system says is handed on.")
        })
    });
}

#[test]
fn a_file_that_breaks_off_is_refused() {
    for_all("share, png", (1..=999_u32, any::<bool>())).cases(40).holds(|&(share, png)| {
        let whole = match png {
            false => fs::read(kit::data::photo()).unwrap_or_default(),
            true => encoded(&oracle::colour_mat(&oracle::photo().slice_move(ndarray::s![..24, ..32, ..])), ".png"),
        };
        let length = whole.len() * share as usize / 1000;
        let folder = Folder::fresh();
        let path = folder.with("cut", &whole[..length]);
        let look = "OpenCV fills what is missing with gray and says nothing, at most a line on standard error. Look for the mark \
                    that ends such a file.";
        let call = format!("load_image of the first {length} of {} bytes", whole.len());
        refused(&call, load_image(&path), malformed(&path), look)
    });
}

#[test]
fn a_preview_that_is_whole_does_not_make_the_image_whole() {
    example(|| {
        // As cameras do: a small JPEG in a segment of its own, right behind the start.
        let photo = fs::read(kit::data::photo()).unwrap_or_default();
        let preview = encoded(&oracle::mat(&ndarray::Array2::<u8>::zeros((8, 8))), ".jpg");
        let length = u16::try_from(preview.len() + 2).unwrap_or_default().to_be_bytes();
        let with = [&photo[..2], &[0xff, 0xe9], &length[..], &preview, &photo[2..]].concat();
        let folder = Folder::fresh();
        load_image(&folder.with("whole.jpg", &with)).accepted("load_image of a photograph with a preview")?;
        let path = folder.with("cut.jpg", &with[..with.len() / 2]);
        let look = "The end that you found is the preview's. After the last start of scan (FF DA) an end (FF D9) must come.";
        refused(
            "load_image of one that breaks off behind its preview",
            load_image(&path),
            malformed(&path),
            look,
        )
    });
}

#[test]
fn what_is_no_image_is_refused() {
    example(|| {
        let folder = Folder::fresh();
        // A PNG that promises 60,000 × 60,000 pixels in 57 bytes; its checksums are right.
        let bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0\x0f\xb0\xe2\x15\0\0\0\0IEND\xaeB`\x82";
        let jpeg_marks = [0xff, 0xd8, 0xff, 0xda, 0, 2, 0xff, 0xd9];
        let files: [(&str, &[u8]); 7] = [
            ("empty.png", b""),
            ("words.jpg", b"This is not a picture, whatever its name says.\n"),
            ("marks.png", b"\x89PNG\r\n\x1a\n IEND"),
            ("marks.jpg", &jpeg_marks),
            ("bomb.png", bomb),
            ("noise.png", &[7; 4096]),
            ("page.html", b"<!DOCTYPE html><title>404</title>"),
        ];
        for (name, bytes) in files {
            let path = folder.with(name, bytes);
            let look =
                "Where OpenCV cannot decode, it throws, or returns an image without pixels: ask `empty()`.";
            refused(&format!("load_image of {name}"), load_image(&path), malformed(&path), look)?;
        }
        Ok(())
    });
}

#[test]
fn a_huge_file_is_not_even_read() {
    for_all("bytes beyond the limit", select(vec![1_u64, 1 << 20, 1 << 36]))
        .cases(8)
        .within_seconds(5)
        .holds(|more| {
            let folder = Folder::fresh();
            let path = folder.with("huge.png", b"\x89PNG\r\n\x1a\n");
            let size = (64 << 20) + more;
            // A file with a hole: it takes no room on the disk, and all the memory of whoever reads it.
            let done: Verdict =
                match File::options().write(true).open(&path).and_then(|file| file.set_len(size)) {
                    Ok(()) => {
                        let want = InputError::TooLarge { got: size, limit: 64 << 20 };
                        let look = "Ask for the size before you read: `fs::metadata`.";
                        refused(&format!("load_image of {size} bytes"), load_image(&path), want, look)
                    }
                    // A file system without holes has no room for this one.
                    Err(_) => Ok(()),
                };
            done
        });
}
