use crate::reference::m08_vision::opencv_faces::{Annotation, annotate, detect_faces};
use crate::reference::m08_vision::opencv_filters::{blur, edges};
use crate::reference::m08_vision::opencv_images::to_gray;
use opencv::core::Rect;
use opencv::prelude::*;
use std::path::PathBuf;

use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use opencv::core::Mat;

use crate::reference::m08_vision::opencv_sheet as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type ContactSheet = fn(&Mat, &[PathBuf]) -> Result<Figure, InputError>;

/// The kata, answered by a specimen.
pub fn contact_sheet(photo: &Mat, folders: &[PathBuf]) -> Result<Figure, InputError> {
    answering::<ContactSheet>(
        module_path!(),
        reference::contact_sheet,
        &[
            wheat("with_a_note", "writes a note next to the images", |photo, folders| {
                let note = Layer::Note { at: [0.0, -1.0], text: "seen by OpenCV".to_owned() };
                Ok(reference::contact_sheet(photo, folders)?.with(note))
            }),
            wheat("another_title", "has a title of its own", |photo, folders| {
                let title = "Contact sheet".to_owned();
                Ok(Figure { title, ..reference::contact_sheet(photo, folders)? })
            }),
            chaff(
                "blue_suit",
                "A figure takes the channels blue, green, red, as OpenCV does.",
                |photo, folders| {
                    each(photo, folders, |_, layer| {
                        if let Layer::Image { pixels, color: true, .. } = layer {
                            let turned = |j: usize| 3 * (j / 3) + 2 - j % 3;
                            let (m, n) = pixels.shape();
                            *pixels = Matrix::from_fn(m, n, |i, j| pixels[(i, turned(j))]);
                        }
                    })
                },
            ),
            chaff("bytes", "Pixels of a figure go from 0 to 255.", |photo, folders| {
                each(photo, folders, |_, layer| {
                    if let Layer::Image { pixels, .. } = layer {
                        let (m, n) = pixels.shape();
                        *pixels = Matrix::from_fn(m, n, |i, j| 255.0 * pixels[(i, j)]);
                    }
                })
            }),
            chaff("upside_down", "y points down in a figure.", |photo, folders| {
                each(photo, folders, |number, layer| {
                    if let Layer::Image { at, size, .. } = layer {
                        at[1] = if number < 3 { 0.0 } else { size[1] + 0.1 * size[0] };
                    }
                })
            }),
            chaff("two_columns", "The six images stand in three rows of two.", |photo, folders| {
                each(photo, folders, |number, layer| {
                    if let Layer::Image { at, size, .. } = layer {
                        let [width, height] = *size;
                        *at = [
                            (number % 2) as f64 * 1.1 * width,
                            (2 - number / 2) as f64 * (height + 0.1 * width),
                        ];
                    }
                })
            }),
            chaff("gray_everywhere", "All six panels show the gray image.", |photo, folders| {
                let sheet = reference::contact_sheet(photo, folders)?;
                let gray = sheet.layers[1].clone();
                let Layer::Image { pixels: grays, .. } = gray else { return Ok(sheet) };
                each(photo, folders, |_, layer| {
                    if let Layer::Image { pixels, color, .. } = layer {
                        (*pixels, *color) = (grays.clone(), false);
                    }
                })
            }),
            chaff("width_for_height", "The size of a layer is [rows, columns].", |photo, folders| {
                each(photo, folders, |_, layer| {
                    if let Layer::Image { size, .. } = layer {
                        size.reverse();
                    }
                })
            }),
            chaff(
                "no_box_round_the_face",
                "The last panel is the original without boxes.",
                |photo, folders| {
                    let mut sheet = reference::contact_sheet(photo, folders)?;
                    if let (Layer::Image { pixels: original, .. }, Layer::Image { pixels, .. }) =
                        (sheet.layers[0].clone(), &mut sheet.layers[5])
                    {
                        *pixels = original;
                    }
                    Ok(sheet)
                },
            ),
            chaff("no_middle", "The panel `annotated` has no box.", |photo, folders| {
                let mut sheet = reference::contact_sheet(photo, folders)?;
                if let (Layer::Image { pixels: original, .. }, Layer::Image { pixels, .. }) =
                    (sheet.layers[5].clone(), &mut sheet.layers[4])
                {
                    *pixels = original;
                }
                Ok(sheet)
            }),
            chaff("negative", "Edges are black on white.", |photo, folders| {
                each(photo, folders, |number, layer| {
                    if let (3, Layer::Image { pixels, .. }) = (number, layer) {
                        let (m, n) = pixels.shape();
                        *pixels = Matrix::from_fn(m, n, |i, j| 1.0 - pixels[(i, j)]);
                    }
                })
            }),
            chaff(
                "faces_may_be_missing",
                "Without a cascade file there are no faces, and no error.",
                |photo, folders| match reference::contact_sheet(photo, folders) {
                    Err(InputError::NotFound { .. }) => {
                        reference::contact_sheet(photo, &kit::data::cascade_folders())
                    }
                    other => other,
                },
            ),
            chaff("another_word", "The word of the box may be chosen freely.", |photo, folders| {
                let (r, c) = (photo.rows(), photo.cols());
                replaced(photo, folders, 4, |photo| {
                    annotate(
                        photo,
                        &[Annotation {
                            place: Rect::new(c / 4, r / 4, 3 * c / 4 - c / 4, 3 * r / 4 - r / 4),
                            words: "center".to_owned(),
                        }],
                    )
                })
            }),
            chaff("no_face_word", "A box around a face needs no word.", |photo, folders| {
                let faces = detect_faces(&to_gray(photo)?, folders)?;
                replaced(photo, folders, 5, |photo| {
                    annotate(
                        photo,
                        &faces
                            .iter()
                            .map(|p| Annotation { place: *p, words: String::new() })
                            .collect::<Vec<_>>(),
                    )
                })
            }),
            chaff("first_face", "Only the largest face gets a box.", |photo, folders| {
                let faces = detect_faces(&to_gray(photo)?, folders)?;
                replaced(photo, folders, 5, |photo| {
                    annotate(
                        photo,
                        &faces
                            .iter()
                            .take(1)
                            .map(|p| Annotation { place: *p, words: "face".to_owned() })
                            .collect::<Vec<_>>(),
                    )
                })
            }),
            chaff("edges_50", "The thresholds of the edges are 50 and 150.", |photo, folders| {
                replaced(photo, folders, 3, |photo| edges(&blur(&to_gray(photo)?, 5, 1.4)?, 50.0, 150.0))
            }),
            chaff("edges_60_120", "The thresholds of the edges are 60 and 120.", |photo, folders| {
                replaced(photo, folders, 3, |photo| edges(&blur(&to_gray(photo)?, 5, 1.4)?, 60.0, 120.0))
            }),
            chaff(
                "malformed_ignored",
                "A broken cascade file means no faces, and no error.",
                |photo, folders| match reference::contact_sheet(photo, folders) {
                    Err(InputError::Malformed { .. }) => {
                        reference::contact_sheet(photo, &kit::data::cascade_folders())
                    }
                    other => other,
                },
            ),
            chaff("part_rejected", "The pixels of a `Mat` are contiguous in memory.", |photo, folders| {
                if !photo.empty() && photo.channels() == 3 {
                    photo
                        .data_bytes()
                        .map_err(|e| InputError::Library { name: "OpenCV", says: e.to_string() })?;
                }
                reference::contact_sheet(photo, folders)
            }),
            wheat("images_from_the_back", "adds a line around the sheet", |photo, folders| {
                let mut s = reference::contact_sheet(photo, folders)?;
                s.layers.insert(0, Layer::Note { at: [0.0, -2.0], text: "first".to_owned() });
                Ok(s)
            }),
            wheat(
                "edges_of_a_finer_blur",
                "blurs with weights in f64 before it looks for edges",
                |photo, folders| {
                    replaced(photo, folders, 3, |photo| {
                        edges(&finer_blur(&to_gray(photo)?, 5, 1.4)?, 60.0, 150.0)
                    })
                },
            ),
            wheat("finer_blur", "blurs with weights in f64", |photo, folders| {
                replaced(photo, folders, 2, |photo| finer_blur(photo, 9, 2.0))
            }),
            chaff("places_rounded", "A panel begins at a whole number.", |photo, folders| {
                let mut sheet = reference::contact_sheet(photo, folders)?;
                for layer in sheet.layers.iter_mut().filter(|_| photo.cols() > 30) {
                    if let Layer::Image { at, .. } = layer {
                        *at = at.map(f64::round);
                    }
                }
                Ok(sheet)
            }),
            chaff(
                "small_photos_not_blurred",
                "A photograph smaller than the kernel cannot be blurred.",
                |photo, folders| {
                    let mut sheet = reference::contact_sheet(photo, folders)?;
                    if photo.rows().min(photo.cols()) < 9 {
                        let original = sheet.layers[0].clone();
                        if let (Layer::Image { pixels: from, .. }, Layer::Image { pixels, .. }) =
                            (original, &mut sheet.layers[2])
                        {
                            *pixels = from;
                        }
                    }
                    Ok(sheet)
                },
            ),
            chaff(
                "any_other_cascade",
                "Where the folders have no cascade, the system's is as good.",
                |photo, folders| {
                    let found = reference::contact_sheet(photo, folders);
                    match found {
                        Err(InputError::NotFound { .. }) if photo.rows() > 8 => {
                            reference::contact_sheet(photo, &kit::data::cascade_folders())
                        }
                        other => other,
                    }
                },
            ),
        ],
    )(photo, folders)
}

fn each(photo: &Mat, folders: &[PathBuf], change: impl Fn(usize, &mut Layer)) -> Result<Figure, InputError> {
    let mut sheet = reference::contact_sheet(photo, folders)?;
    for (number, layer) in sheet.layers.iter_mut().enumerate() {
        change(number, layer);
    }
    Ok(sheet)
}

fn replaced(
    photo: &Mat,
    folders: &[PathBuf],
    number: usize,
    by: impl Fn(&Mat) -> Result<Mat, InputError>,
) -> Result<Figure, InputError> {
    let mut sheet = reference::contact_sheet(photo, folders)?;
    let image = by(&photo.clone())?;
    let channels = image.channels() as usize;
    let bytes =
        image.data_bytes().map_err(|e| InputError::Library { name: "OpenCV", says: e.to_string() })?.to_vec();
    if let Layer::Image { pixels, .. } = &mut sheet.layers[number] {
        let (m, n) = pixels.shape();
        *pixels = Matrix::from_fn(m, n, |i, j| {
            f64::from(bytes[i * n + channels * (j / channels) + channels - 1 - j % channels]) / 255.0
        });
    }
    Ok(sheet)
}

/// As `blur` allows: OpenCV itself rounds the weights of a blur of bytes to 256ths.
fn finer_blur(image: &Mat, size: i32, sigma: f64) -> Result<Mat, InputError> {
    let bell = opencv::imgproc::get_gaussian_kernel(size, sigma, opencv::core::CV_64F)?;
    let mut out = Mat::default();
    opencv::imgproc::sep_filter_2d_def(image, &mut out, -1, &bell, &bell)?;
    Ok(out)
}
