use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::Path;

use judge::any::select;
use judge::any::vec;
use judge::{Answer, Broken, Inputs, Verdict, ensure, equal, example, for_all, rejected};
use katas::m08_vision::opencv_images::load_image;
use kit::InputError;
use ndarray::Array3;
use opencv::core::{CV_8UC3, Mat, Vec3b, Vec3w, Vec4b};
use opencv::prelude::*;
use proptest::prelude::*;

use crate::m08_vision::files::{Folder, encoded};
use crate::m08_vision::images::shape;
use crate::m08_vision::oracle;

const CALL: &str = "load_image(path)";

/// Blue, green, red.
#[derive(Debug, Clone, PartialEq)]
struct Pixel([u8; 3]);

impl Inputs for Pixel {}

/// Pixels as blue, green, red.
fn pixels(of: &Mat) -> Result<Vec<Vec<[u8; 3]>>, Broken> {
    let look = "Decode as a color image, whatever the file holds: IMREAD_COLOR.";
    equal("the type of the image", of.typ(), CV_8UC3, look)?;
    let pixel = |i, j| of.at_2d::<Vec3b>(i, j).map(|it| it.0).unwrap_or_default();
    Ok((0..of.rows()).map(|i| (0..of.cols()).map(|j| pixel(i, j)).collect()).collect())
}

fn malformed(path: &Path) -> InputError {
    InputError::Malformed { path: path.to_owned(), wanted: "a whole JPEG or PNG image" }
}

#[test]
fn decodes_the_photograph_as_bgr() {
    example(|| {
        let got = pixels(&load_image(&kit::data::photo()).accepted(CALL)?)?;
        let want = oracle::photo();
        let shape = (got.len(), got.first().map_or(0, Vec::len));
        equal("rows and columns of the photograph", shape, (256, 256), "The whole image, in its size.")?;
        let look = "The suit is orange, much red and little blue. Keep OpenCV's order: blue, green, red.";
        equal("the pixel in row 150, column 40", got[150][40], [0, 1, 2].map(|k| want[(150, 40, k)]), look)?;
        let all = got.iter().flatten().flatten().eq(&want);
        ensure(all, || {
            Broken::answer(
                "other pixels than those of the file",
                "the pixels of the file",
                "Do not change them.",
            )
        })
    });
}

#[test]
fn decodes_png_losslessly() {
    let long = prop_oneof![[4200..=4200_usize, 1..=2], [1..=2_usize, 4200..=4200]];
    let image = prop_oneof![12 => shape(4), 1 => long];
    let image = image.prop_flat_map(|[m, n]| vec(vec(any::<[u8; 3]>(), n), m));
    let name = select(vec![
        "picture.png",
        "picture",
        "Bär 熊.png",
        "two words.png",
        "photo.jpg",
        "IMG_1.PNG",
        "x.JPEG",
        "a.gif",
    ]);
    for_all("pixels, name", (image, name.prop_map(String::from))).cases(48).holds(|(image, name)| {
        let shape = (image.len(), image[0].len(), 3);
        let bytes =
            encoded(&oracle::color_mat(&Array3::from_shape_fn(shape, |(i, j, k)| image[i][j][k])), ".png");
        let folder = Folder::fresh();
        let path = folder.with(name, &bytes);
        let before = folder.names();
        let got = load_image(&path).accepted(CALL)?;
        let look = "Decode the bytes in memory: no copy and no temporary file is needed.";
        equal("the files in the folder of the image", folder.names(), before, look)?;
        let look = "Rows, columns, colors as in the file. A name outside ASCII, or an extension of another \
            format, does not matter when you read the bytes yourself.";
        equal("the pixels", pixels(&got)?, image.clone(), look)
    });
}

#[test]
fn converts_gray_files_to_three_channels() {
    for_all("value", any::<u8>()).cases(16).holds(|&value| {
        let folder = Folder::fresh();
        // Another picture in the same place, too.
        for value in [value, value ^ 0x55] {
            let bytes = encoded(&oracle::mat(&ndarray::array![[value, 7]]), ".png");
            let got = load_image(&folder.with("gray.png", &bytes)).accepted(CALL)?;
            let look = "IMREAD_COLOR gives three channels, of what is in the file now.";
            equal("the pixels", pixels(&got)?, vec![vec![[value; 3], [7; 3]]], look)?;
            // A constant image survives the compression of a JPEG, and a byte twice that of 16 bits to 8.
            let even = ndarray::Array2::from_elem((16, 8), value);
            let (jpeg, deep) =
                (encoded(&oracle::mat(&even), ".jpg"), even.mapv(|byte| 257 * u16::from(byte)));
            for (name, bytes) in [("even.jpg", jpeg), ("deep.png", encoded(&oracle::mat(&deep), ".png"))] {
                let got = load_image(&folder.with(name, &bytes)).accepted(CALL)?;
                let got = pixels(&got)?;
                let shape = (got.len(), got.first().map_or(0, Vec::len));
                equal("rows and columns", shape, even.dim(), look)?;
                let near = |[b, g, r]: &[u8; 3]| b == g && g == r && b.abs_diff(value) <= 1;
                let odd = got.iter().flatten().find(|pixel| !near(pixel));
                ensure(odd.is_none(), || {
                    let want = format!("three equal channels of {value}, to within 1");
                    Broken::answer(format!("a pixel of {name} = {:?}", odd.unwrap_or(&[0; 3])), want, look)
                })?;
            }
        }
        Ok(())
    });
}

#[test]
fn drops_the_alpha_channel() {
    for_all("pixel, alpha", (any::<[u8; 3]>().prop_map(Pixel), prop_oneof![3 => any::<u8>(), 1 => Just(0)]))
        .cases(16)
        .holds(|(Pixel(pixel), alpha)| {
            let [b, g, r] = *pixel;
            let four = Vec4b::from([b, g, r, *alpha]);
            let bytes = encoded(&Mat::from_slice_2d(&[[four]]).unwrap_or_default(), ".png");
            let folder = Folder::fresh();
            let got = load_image(&folder.with("glass.png", &bytes))
                .accepted("load_image of a PNG with four channels")?;
            let look = "The colors as they are in the file: neither blended with a background nor rejected.";
            equal("the pixels", pixels(&got)?, vec![vec![*pixel]], look)
        });
}

/// A JPEG with an Exif orientation.
fn oriented(jpeg: &[u8], side: u8) -> Vec<u8> {
    let note = [0, 1, 1, 0x12, 0, 3, 0, 0, 0, 1, 0, side, 0, 0, 0, 0, 0, 0];
    let segment = [&b"Exif\0\0MM\0*\0\0\0\x08"[..], &note].concat();
    [&jpeg[..2], &[0xff, 0xe1, 0, segment.len() as u8 + 2], &segment, &jpeg[2..]].concat()
}

#[test]
fn keeps_the_example_of_its_page() {
    judge::page(|| {
        use katas::m08_vision::opencv_images::load_image;
        use opencv::prelude::*;

        let photo = load_image(kit::data::photo().as_ref()).unwrap();
        assert_eq!((photo.rows(), photo.cols(), photo.channels()), (256, 256, 3));
        Ok::<(), kit::InputError>(())
    });
}

mod robust {
    use super::*;

    #[test]
    fn converts_16_bits_to_8_bits() {
        for_all("pixel", any::<[u8; 3]>().prop_map(Pixel)).cases(16).holds(|Pixel(pixel)| {
            // 257 times a byte is the byte twice: dropping the lower half and dividing agree.
            let deep = Vec3w::from(pixel.map(|byte| 257 * u16::from(byte)));
            let bytes = encoded(&Mat::from_slice_2d(&[[deep]]).unwrap_or_default(), ".png");
            let folder = Folder::fresh();
            let got =
                load_image(&folder.with("deep.png", &bytes)).accepted("load_image of a PNG of 16 bits")?;
            equal("the pixels", pixels(&got)?, vec![vec![*pixel]], "IMREAD_COLOR converts to 8 bits.")
        });
    }

    #[test]
    fn applies_the_exif_orientation() {
        for_all("Exif orientation", 1..=8_u8).cases(24).holds(|&side| {
            let image = Array3::from_shape_fn((16, 24, 3), |(i, j, k)| (9 * i + 4 * j + 30 * k) as u8);
            let jpeg = encoded(&oracle::color_mat(&image), ".jpg");
            let folder = Folder::fresh();
            let stored = pixels(&load_image(&folder.with("plain.jpg", &jpeg)).accepted(CALL)?)?;
            let got =
                pixels(&load_image(&folder.with("oriented.jpg", &oriented(&jpeg, side))).accepted(CALL)?)?;
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
            let look = "A camera held upright stores the image rotated, with an Exif orientation. \
                IMREAD_IGNORE_ORIENTATION ignores it, and so does IMREAD_UNCHANGED.";
            let shape = |of: &[Vec<[u8; 3]>]| (of.len(), of[0].len());
            equal(&format!("rows and columns with orientation {side}"), shape(&got), shape(&want), look)?;
            ensure(got == want, || {
                Broken::answer(
                    format!("with orientation {side} the pixels are elsewhere"),
                    "rotated accordingly",
                    look,
                )
            })
        });
    }

    #[test]
    fn ignores_bytes_after_the_end_of_a_jpeg() {
        for_all("bytes", vec(0..=0xfe_u8, 1..=40)).cases(16).holds(|more| {
            let photo = fs::read(kit::data::photo()).unwrap_or_default();
            let folder = Folder::fresh();
            let small = encoded(&oracle::mat(&ndarray::Array2::<u8>::ones((9, 8))), ".jpg");
            let path = folder.with("small.jpg", &[&small[..], more].concat());
            let got = load_image(&path).accepted("load_image of a small JPEG with bytes after its end")?;
            equal("its rows", got.rows(), 9, "Bytes after its end do not matter.")?;
            let path = folder.with("more.jpg", &[&photo[..], more].concat());
            let look = "It has an end of image after the last start of scan; bytes after that do not matter.";
            let got = load_image(&path).accepted("load_image of the photograph with bytes after its end")?;
            equal("its rows", got.rows(), 256, look)
        });
    }

    #[cfg(unix)]
    #[test]
    fn follows_links_and_reports_system_errors() {
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
                let look = "A file is not a folder, which is another reason than “not found”. Report the \
                    error of the operating system.";
                rejected("load_image of a path through a file", load_image(&path), want, look)?;
            }
            Ok(())
        });
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn accepts_paths_that_are_not_utf8() {
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
                    "Pass on the `Path` as it is: `to_str` rejects such a name.",
                )?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_other_formats() {
        example(|| {
            let folder = Folder::fresh();
            let image = oracle::color_mat(&Array3::from_elem((3, 4, 3), 99));
            for kind in [".bmp", ".ppm"] {
                let path = folder.with(&format!("picture{kind}"), &encoded(&image, kind));
                let look = "OpenCV decodes many formats. Here a file that does not begin as a JPEG or PNG \
                    is rejected.";
                rejected(&format!("load_image of a {kind} file"), load_image(&path), malformed(&path), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn reads_files_up_to_the_limit() {
        for_all("bytes", select(vec![1_u64 << 21, 64 << 20])).cases(2).within_seconds(20).holds(|&size| {
            let folder = Folder::fresh();
            let path = folder.with("zeros.png", b"");
            if File::options().write(true).open(&path).and_then(|file| file.set_len(size)).is_ok() {
                let look =
                    "Up to 64 MiB: only a larger file is too large. This one is read, and is no image.";
                rejected(&format!("load_image of {size} zeros"), load_image(&path), malformed(&path), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn reports_missing_files_folders_and_devices() {
        example(|| {
            let folder = Folder::fresh();
            for path in [folder.path().join("nowhere.png"), folder.path().join("no/where.png"), "".into()] {
                let want = InputError::File { path: path.clone(), why: ErrorKind::NotFound };
                let look = "For a missing file OpenCV returns an empty image and no reason. Ask the file \
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
                    let look = "It exists, but is no regular file: `Metadata::is_file`. A device like \
                        /dev/zero never ends.";
                    Broken::answer(got, "Err(File { … })", look)
                })?;
            }
            let odd = Path::new("nul\0.png");
            let got = load_image(odd);
            ensure(matches!(&got, Err(InputError::File { path, .. }) if path == odd), || {
                let got = format!("load_image of a path with a NUL = {got:?}");
                Broken::answer(got, "Err(File { … })", "Report the error of the file system.")
            })
        });
    }

    #[test]
    fn rejects_truncated_files() {
        for_all("share, png, rows", (1..=999_u32, any::<bool>(), 24..=120_usize)).cases(40).holds(
            |&(share, png, rows)| {
                let whole = match png {
                    false => fs::read(kit::data::photo()).unwrap_or_default(),
                    true => encoded(
                        &oracle::color_mat(&oracle::photo().slice_move(ndarray::s![..rows, ..32, ..])),
                        ".png",
                    ),
                };
                let length = whole.len() * share as usize / 1000;
                let folder = Folder::fresh();
                let path = folder.with("cut", &whole[..length]);
                let look = "OpenCV fills what is missing with gray and reports nothing, at most a line on \
                standard error. Look for the mark that ends such a file.";
                let call = format!("load_image of the first {length} of {} bytes", whole.len());
                rejected(&call, load_image(&path), malformed(&path), look)
            },
        );
    }

    #[test]
    fn ignores_the_end_mark_of_a_preview() {
        example(|| {
            // As cameras do: a small JPEG in a segment of its own, right after the start.
            let photo = fs::read(kit::data::photo()).unwrap_or_default();
            let preview = encoded(&oracle::mat(&ndarray::Array2::<u8>::zeros((8, 8))), ".jpg");
            let length = u16::try_from(preview.len() + 2).unwrap_or_default().to_be_bytes();
            let with = [&photo[..2], &[0xff, 0xe9], &length[..], &preview, &photo[2..]].concat();
            let folder = Folder::fresh();
            load_image(&folder.with("whole.jpg", &with))
                .accepted("load_image of a photograph with a preview")?;
            let path = folder.with("cut.jpg", &with[..with.len() / 2]);
            let look = "The end mark found is that of the preview. After the last start of scan (FF DA) an \
                end of image (FF D9) must follow.";
            rejected(
                "load_image of a file truncated after its preview",
                load_image(&path),
                malformed(&path),
                look,
            )
        });
    }

    #[test]
    fn rejects_files_that_are_not_images() {
        example(|| {
            let folder = Folder::fresh();
            // A PNG that claims 60,000 × 60,000 pixels in 69 bytes; its checksums are right. OpenCV throws: too many.
            let bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\x02\0\0\0\x0f\xb0\xe2\x15\
                \0\0\0\0IDAT5\xaf\x06\x1e\0\0\0\0IEND\xaeB`\x82";
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
                let look = "Where OpenCV cannot decode, it throws, or returns an image without pixels: \
                    check `empty()`.";
                rejected(&format!("load_image of {name}"), load_image(&path), malformed(&path), look)?;
            }
            Ok(())
        });
    }

    #[test]
    fn rejects_huge_files_without_reading() {
        for_all("bytes beyond the limit", select(vec![1_u64, 1 << 20, 1 << 36]))
            .cases(8)
            .within_seconds(5)
            .holds(|more| {
                let folder = Folder::fresh();
                // Whatever it begins with.
                let begins: &[u8] = if more % 2 == 0 { b"\x89PNG\r\n\x1a\n" } else { b"" };
                let path = folder.with("huge.png", begins);
                let size = (64 << 20) + more;
                // A sparse file: it takes no room on the disk, but all the memory of a program that reads it.
                let done: Verdict =
                    match File::options().write(true).open(&path).and_then(|file| file.set_len(size)) {
                        Ok(()) => {
                            let want = InputError::TooLarge { got: size, limit: 64 << 20 };
                            let look = "Check the size before you read: `fs::metadata`.";
                            rejected(&format!("load_image of {size} bytes"), load_image(&path), want, look)
                        }
                        // A file system without holes has no room for this one.
                        Err(_) => Ok(()),
                    };
                done
            });
    }
}
