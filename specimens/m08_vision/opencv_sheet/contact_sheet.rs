use std::path::PathBuf;

use kit::figure::Layer;
use kit::{Figure, InputError, Matrix};
use opencv::core::Mat;

use crate::chosen::specimen::{answering, chaff, wheat};
use crate::reference::m08_vision::opencv_sheet as reference;

type ContactSheet = fn(&Mat, &[PathBuf]) -> Result<Figure, InputError>;

/// The kata, answered by a specimen.
pub fn contact_sheet(photo: &Mat, folders: &[PathBuf]) -> Result<Figure, InputError> {
    answering::<ContactSheet>(
        module_path!(),
        reference::contact_sheet,
        &[
            wheat("with_a_note", "writes a note beside the images", |photo, folders| {
                let note = Layer::Note { at: [0.0, -1.0], text: "seen by OpenCV".to_owned() };
                Ok(reference::contact_sheet(photo, folders)?.with(note))
            }),
            wheat("another_title", "has a title of its own", |photo, folders| {
                let title = "Contact sheet".to_owned();
                Ok(Figure { title, ..reference::contact_sheet(photo, folders)? })
            }),
            chaff("blue_suit", "a figure wants blue, green, red as OpenCV does", |photo, folders| {
                each(photo, folders, |_, layer| {
                    if let Layer::Image { pixels, colour: true, .. } = layer {
                        let turned = |j: usize| 3 * (j / 3) + 2 - j % 3;
                        let (m, n) = pixels.shape();
                        *pixels = Matrix::from_fn(m, n, |i, j| pixels[(i, turned(j))]);
                    }
                })
            }),
            chaff("bytes", "brightness goes from 0 to 255", |photo, folders| {
                each(photo, folders, |_, layer| {
                    if let Layer::Image { pixels, .. } = layer {
                        let (m, n) = pixels.shape();
                        *pixels = Matrix::from_fn(m, n, |i, j| 255.0 * pixels[(i, j)]);
                    }
                })
            }),
            chaff("upside_down", "y points down in a figure", |photo, folders| {
                each(photo, folders, |number, layer| {
                    if let Layer::Image { at, size, .. } = layer {
                        at[1] = if number < 3 { 0.0 } else { size[1] + 0.1 * size[0] };
                    }
                })
            }),
            chaff("two_columns", "six images make three rows of two", |photo, folders| {
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
            chaff("gray_everywhere", "six looks at a gray image", |photo, folders| {
                let sheet = reference::contact_sheet(photo, folders)?;
                let gray = sheet.layers[1].clone();
                let Layer::Image { pixels: grays, .. } = gray else { return Ok(sheet) };
                each(photo, folders, |_, layer| {
                    if let Layer::Image { pixels, colour, .. } = layer {
                        (*pixels, *colour) = (grays.clone(), false);
                    }
                })
            }),
            chaff("width_for_height", "an image is rows large and columns high", |photo, folders| {
                each(photo, folders, |_, layer| {
                    if let Layer::Image { size, .. } = layer {
                        size.reverse();
                    }
                })
            }),
            chaff("no_box_round_the_face", "the last image is the original", |photo, folders| {
                let mut sheet = reference::contact_sheet(photo, folders)?;
                if let (Layer::Image { pixels: original, .. }, Layer::Image { pixels, .. }) =
                    (sheet.layers[0].clone(), &mut sheet.layers[5])
                {
                    *pixels = original;
                }
                Ok(sheet)
            }),
            chaff("no_middle", "an annotation needs a face", |photo, folders| {
                let mut sheet = reference::contact_sheet(photo, folders)?;
                if let (Layer::Image { pixels: original, .. }, Layer::Image { pixels, .. }) =
                    (sheet.layers[5].clone(), &mut sheet.layers[4])
                {
                    *pixels = original;
                }
                Ok(sheet)
            }),
            chaff("negative", "edges are black on white", |photo, folders| {
                each(photo, folders, |number, layer| {
                    if let (3, Layer::Image { pixels, .. }) = (number, layer) {
                        let (m, n) = pixels.shape();
                        *pixels = Matrix::from_fn(m, n, |i, j| 1.0 - pixels[(i, j)]);
                    }
                })
            }),
            chaff("faces_may_be_missing", "without a cascade there are no faces", |photo, folders| {
                match reference::contact_sheet(photo, folders) {
                    Err(InputError::NotFound { .. }) => {
                        reference::contact_sheet(photo, &kit::data::cascade_folders())
                    }
                    other => other,
                }
            }),
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
