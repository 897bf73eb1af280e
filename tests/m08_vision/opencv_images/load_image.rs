use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use judge::{Answer, Broken, Inputs, Verdict, ensure, equal, example, for_all, rejected};
use katas::m08_vision::opencv_images::load_image;
use kit::InputError;
use ndarray::Array3;
use opencv::core::{CV_8UC3, Mat, Vec3b, Vec3w, Vec4b};
use opencv::prelude::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::m08_vision::files::{Folder, encoded};
use crate::m08_vision::oracle;

const CALL: &str = "load_image(path)";

/// Blue, green, red.
#[derive(Debug, Clone, PartialEq)]
struct Pixel([u8; 3]);

impl Inputs for Pixel {}

/// Pixels as blue, green, red.
fn pixels(of: &Mat) -> Result<Vec<Vec<[u8; 3]>>, Broken> {
    let look = "Ask OpenCV for a color image, whatever the file holds: IMREAD_COLOR.";
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
        let look = "The suit is orange, much red and little blue. OpenCV's order is blue, green, red, and \
            so it stays.";
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
        let bytes =
            encoded(&oracle::color_mat(&Array3::from_shape_fn(shape, |(i, j, k)| image[i][j][k])), ".png");
        let folder = Folder::fresh();
        let got = load_image(&folder.with(name, &bytes)).accepted(CALL)?;
        let look = "Rows, columns, colors as in the file. A name outside ASCII, or one that promises \
            another kind of file, is no hindrance when you read the bytes yourself.";
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
            "Who asks for color gets three channels.",
        )
    });
}

#[test]
fn transparency_is_dropped() {
    for_all("pixel, alpha", (any::<[u8; 3]>().prop_map(Pixel), any::<u8>())).cases(16).holds(
        |(Pixel(pixel), alpha)| {
            let [b, g, r] = *pixel;
            let four = Vec4b::from([b, g, r, *alpha]);
            let bytes = encoded(&Mat::from_slice_2d(&[[four]]).unwrap_or_default(), ".png");
            let folder = Folder::fresh();
            let got = load_image(&folder.with("glass.png", &bytes))
                .accepted("load_image of a PNG with four channels")?;
            let look = "The colors as they are in the file: neither mixed with a ground nor rejected.";
            equal("the pixels", pixels(&got)?, vec![vec![*pixel]], look)
        },
    );
}

#[test]
fn of_sixteen_bits_the_upper_eight_are_left() {
    for_all("pixel", any::<[u8; 3]>().prop_map(Pixel)).cases(16).holds(|Pixel(pixel)| {
        // 257 times a byte is the byte twice: whoever drops the lower half and whoever divides agree.
        let deep = Vec3w::from(pixel.map(|byte| 257 * u16::from(byte)));
        let bytes = encoded(&Mat::from_slice_2d(&[[deep]]).unwrap_or_default(), ".png");
        let folder = Folder::fresh();
        let got = load_image(&folder.with("deep.png", &bytes)).accepted("load_image of a PNG of 16 bits")?;
        equal("the pixels", pixels(&got)?, vec![vec![*pixel]], "IMREAD_COLOR alone makes 8 bits of them.")
    });
}

/// A JPEG with a camera's note on which side is up, by the numbers of Exif.
fn noted(jpeg: &[u8], side: u8) -> Vec<u8> {
    let note = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, side, 0, 0, 0, 0, 0, 0];
    let segment = [&b"Exif\0\0MM\0*\0\0\0\x08"[..], &note].concat();
    [&jpeg[..2], &[0xff, 0xe1, 0, segment.len() as u8 + 2], &segment, &jpeg[2..]].concat()
}

#[test]
fn the_side_that_a_camera_calls_up_is_up() {
    for_all("Exif's number of the side", 1..=8_u8).cases(24).holds(|&side| {
        let image = Array3::from_shape_fn((16, 24, 3), |(i, j, k)| (9 * i + 4 * j + 30 * k) as u8);
        let jpeg = encoded(&oracle::color_mat(&image), ".jpg");
        let folder = Folder::fresh();
        let stored = pixels(&load_image(&folder.with("plain.jpg", &jpeg)).accepted(CALL)?)?;
        let got = pixels(&load_image(&folder.with("noted.jpg", &noted(&jpeg, side))).accepted(CALL)?)?;
        let (m, n) = (stored.len() - 1, stored[0].len() - 1);
        let (rows, cols) = if side < 5 { (m, n) } else { (n, m) };
        let at = |i: usize, j: usize| match side {
            1 => stored[i][j],
            2 => stored[i][n - j],
            3 => stored[m - i][n - j],
            4 => stored[m - i][j],
            5 => stored[j][i],
            6 => stored[m - j][i],
            7 => stored[m - j][n - i],
            _ => stored[j][n - i],
        };
        let want: Vec<Vec<_>> = (0..=rows).map(|i| (0..=cols).map(|j| at(i, j)).collect()).collect();
        let look = "Who holds a camera upright stores a picture on its side, with a note. \
            IMREAD_IGNORE_ORIENTATION ignores it, and so does IMREAD_UNCHANGED.";
        let shape = |of: &[Vec<[u8; 3]>]| (of.len(), of[0].len());
        equal(&format!("rows and columns with the note {side}"), shape(&got), shape(&want), look)?;
        ensure(got == want, || {
            Broken::answer(
                format!("with the note {side} the pixels stand elsewhere"),
                "turned as it says",
                look,
            )
        })
    });
}

#[test]
fn what_follows_the_end_of_a_jpeg_is_no_harm() {
    for_all("bytes", vec(0..=0xfe_u8, 1..=40)).cases(16).holds(|more| {
        let photo = fs::read(kit::data::photo()).unwrap_or_default();
        let folder = Folder::fresh();
        let path = folder.with("more.jpg", &[&photo[..], more].concat());
        let look =
            "It has its end after the last start of scan. That this is the end of the file nobody asks for.";
        let got = load_image(&path).accepted("load_image of the photograph with bytes behind it")?;
        equal("its rows", got.rows(), 256, look)
    });
}

#[cfg(unix)]
#[test]
fn a_link_to_a_file_is_the_file_and_what_the_system_says_is_handed_on() {
    example(|| {
        let folder = Folder::fresh();
        let bytes = encoded(&oracle::mat(&ndarray::array![[1_u8, 2]]), ".png");
        let (file, link) = (folder.with("file.png", &bytes), folder.path().join("link.png"));
        if std::os::unix::fs::symlink(&file, &link).is_ok() {
            let got = load_image(&link).accepted("load_image of a link to a file")?;
            equal(
                "its columns",
                got.cols(),
                2,
                "`fs::metadata` follows links, `fs::symlink_metadata` does not.",
            )?;
        }
        let path = file.join("inside.png");
        if let Err(error) = fs::metadata(&path) {
            let want = InputError::File { path: path.clone(), why: error.kind() };
            let look = "Nothing can lie in a file, which is another reason than “not found”. Hand on what \
                the system says.";
            rejected("load_image of a path through a file", load_image(&path), want, look)?;
        }
        Ok(())
    });
}

#[cfg(target_os = "linux")]
#[test]
fn a_name_that_is_no_text_is_a_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    example(|| {
        let folder = Folder::fresh();
        let bytes = encoded(&oracle::mat(&ndarray::array![[1_u8, 2]]), ".png");
        let path = folder.path().join(OsStr::from_bytes(b"gr\xfcn.png"));
        // Not every file system takes such a name.
        if fs::write(&path, &bytes).is_ok() {
            let got = load_image(&path).accepted("load_image of a name that is not UTF-8")?;
            equal(
                "its columns",
                got.cols(),
                2,
                "Hand the `Path` on as it is: `to_str` rejects such a name.",
            )?;
        }
        Ok(())
    });
}

#[test]
fn other_kinds_of_images_are_rejected() {
    example(|| {
        let folder = Folder::fresh();
        let image = oracle::color_mat(&Array3::from_elem((3, 4, 3), 99));
        for kind in [".bmp", ".ppm"] {
            let path = folder.with(&format!("picture{kind}"), &encoded(&image, kind));
            let look =
                "OpenCV decodes many kinds. Here a file begins as a JPEG or a PNG does, or it is rejected.";
            rejected(&format!("load_image of a {kind} file"), load_image(&path), malformed(&path), look)?;
        }
        Ok(())
    });
}

#[test]
fn a_file_as_large_as_the_limit_is_read() {
    for_all("bytes", select(vec![1_u64 << 21, 64 << 20])).cases(2).within_seconds(20).holds(|&size| {
        let folder = Folder::fresh();
        let path = folder.with("zeros.png", b"");
        if File::options().write(true).open(&path).and_then(|file| file.set_len(size)).is_ok() {
            let look = "Up to 64 MiB: only a larger file is too large. This one is read, and holds no image.";
            rejected(&format!("load_image of {size} zeros"), load_image(&path), malformed(&path), look)?;
        }
        Ok(())
    });
}

#[test]
fn what_is_no_file_is_file_error() {
    example(|| {
        let folder = Folder::fresh();
        for path in [folder.path().join("nowhere.png"), folder.path().join("no/where.png"), "".into()] {
            let want = InputError::File { path: path.clone(), why: ErrorKind::NotFound };
            let look = "Where there is nothing, OpenCV returns an empty image and no reason. Ask the file \
                system first.";
            let call = format!("load_image of the missing file {}", path.display());
            rejected(&call, load_image(&path), want, look)?;
        }
        // On other systems /dev/null is not there: unreadable as well.
        for (what, asked) in [("a folder", folder.path()), ("a device", Path::new("/dev/null"))] {
            let got = load_image(asked);
            let is_file_error = matches!(&got, Err(InputError::File { path, .. }) if path == asked);
            ensure(is_file_error, || {
                let got = format!("load_image of {what} = {got:?}");
                let look = "It is there, and yet no file: `Metadata::is_file`. Of a device like /dev/zero \
                    nobody reads the end.";
                Broken::answer(got, "Err(File { … })", look)
            })?;
        }
        let odd = Path::new("nul\0.png");
        let got = load_image(odd);
        ensure(matches!(&got, Err(InputError::File { path, .. }) if path == odd), || {
            let got = format!("load_image of a path with a NUL = {got:?}");
            Broken::answer(got, "Err(File { … })", "What the file system says is handed on.")
        })
    });
}

#[test]
fn a_file_that_breaks_off_is_rejected() {
    for_all("share, png", (1..=999_u32, any::<bool>())).cases(40).holds(|&(share, png)| {
        let whole = match png {
            false => fs::read(kit::data::photo()).unwrap_or_default(),
            true => {
                encoded(&oracle::color_mat(&oracle::photo().slice_move(ndarray::s![..24, ..32, ..])), ".png")
            }
        };
        let length = whole.len() * share as usize / 1000;
        let folder = Folder::fresh();
        let path = folder.with("cut", &whole[..length]);
        let look = "OpenCV fills what is missing with gray and says nothing, at most a line on standard \
            error. Look for the mark that ends such a file.";
        let call = format!("load_image of the first {length} of {} bytes", whole.len());
        rejected(&call, load_image(&path), malformed(&path), look)
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
        let look = "The end that you found is the preview's. After the last start of scan (FF DA) an end \
            (FF D9) must come.";
        rejected(
            "load_image of one that breaks off behind its preview",
            load_image(&path),
            malformed(&path),
            look,
        )
    });
}

#[test]
fn what_is_no_image_is_rejected() {
    example(|| {
        let folder = Folder::fresh();
        // A PNG that promises 60,000 × 60,000 pixels in 57 bytes; its checksums are right.
        let bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0\x0f\xb0\xe2\x15\
            \0\0\0\0IEND\xaeB`\x82";
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
            rejected(&format!("load_image of {name}"), load_image(&path), malformed(&path), look)?;
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
                        rejected(&format!("load_image of {size} bytes"), load_image(&path), want, look)
                    }
                    // A file system without holes has no room for this one.
                    Err(_) => Ok(()),
                };
            done
        });
}
