use kit::data::Dataset;
use kit::{InputError, Matrix, check};

use crate::reference::m05_classifiers::idx as reference;
use crate::specimens::specimen::{answering, chaff, wheat};

type Loaded = Result<Dataset, InputError>;
type LoadMnist = fn(&[u8], &[u8]) -> Loaded;

/// The kata, answered by a specimen.
pub fn load_mnist(images: &[u8], labels: &[u8]) -> Result<Dataset, InputError> {
    answering::<LoadMnist>(
        module_path!(),
        reference::load_mnist,
        &[
            wheat("times_a_255th", "multiplies by 1/255", |images, labels| {
                with_pixels(images, labels, |byte, _| f64::from(byte) * (1.0 / 255.0))
            }),
            wheat("image_by_image", "copies image after image", |images, labels| {
                let mut data = reference::load_mnist(images, labels)?;
                let (n, size) = data.features.shape();
                for (i, image) in images[16..].chunks(size.max(1)).take(n).enumerate() {
                    image
                        .iter()
                        .enumerate()
                        .for_each(|(j, byte)| data.features[(i, j)] = f64::from(*byte) / 255.0);
                }
                Ok(data)
            }),
            chaff("trailing_bytes", "What follows the last pixel is ignored.", |images, labels| {
                match reference::load_mnist(images, labels) {
                    Err(InputError::BadByte { at, .. }) if at >= 16 && at < images.len() => {
                        reference::load_mnist(&images[..at], labels)
                    }
                    other => other,
                }
            }),
            chaff("column_of_labels", "Labels may be a column, n × 1.", |images, labels| match labels {
                [0, 0, 8, 2, n @ .., _, _, _] if labels.len() > 12 && labels[8..12] == [0, 0, 0, 1] => {
                    reference::load_mnist(images, &[&[0, 0, 8, 1], &n[..4], &labels[12..]].concat())
                }
                _ => reference::load_mnist(images, labels),
            }),
            chaff("not_scaled", "The pixels are not scaled.", |images, labels| {
                with_pixels(images, labels, |byte, _| f64::from(byte))
            }),
            chaff("by_256", "The pixels are divided by 256.", |images, labels| {
                with_pixels(images, labels, |byte, _| f64::from(byte) / 256.0)
            }),
            chaff("inverted", "Ink is black, and black is 0.", |images, labels| {
                with_pixels(images, labels, |byte, _| 1.0 - f64::from(byte) / 255.0)
            }),
            chaff("header_as_pixels", "The pixels begin at the first byte of the file.", |images, labels| {
                with_pixels(images, labels, |_, all| f64::from(all) / 255.0)
            }),
            chaff("images_on_their_side", "The pixels are stored column after column.", |images, labels| {
                let data = reference::load_mnist(images, labels)?;
                let size = |at: usize| usize::from(images[at + 3]) + 256 * usize::from(images[at + 2]);
                let (rows, cols) = (size(8), size(12));
                let turned = Matrix::from_fn(data.features.rows(), rows * cols, |i, k| {
                    data.features[(i, (k % rows) * cols + k / rows)]
                });
                Ok(Dataset { features: turned, ..data })
            }),
            chaff("names_by_number", "A pixel is named by one number.", |images, labels| {
                let data = reference::load_mnist(images, labels)?;
                let names = (0..data.features.cols()).map(|k| format!("pixel {k}")).collect();
                Ok(Dataset { feature_names: names, ..data })
            }),
            chaff("classes_that_are_there", "Only the digits that occur are classes.", |images, labels| {
                let data = reference::load_mnist(images, labels)?;
                let there = |digit: &usize| data.labels.contains(digit);
                let names = (0..10).filter(there).map(|digit| digit.to_string()).collect();
                Ok(Dataset { class_names: names, ..data })
            }),
            chaff("shorter_counts", "Images without a label are left out.", |images, labels| {
                match reference::load_mnist(images, labels) {
                    Err(InputError::LengthMismatch { left, right }) => {
                        let n = left.min(right);
                        let cut = |bytes: &[u8], header: usize, size: usize| {
                            let mut bytes = bytes[..header + n * size].to_vec();
                            bytes[4..8].copy_from_slice(&(n as u32).to_be_bytes());
                            bytes
                        };
                        let size = (images.len() - 16) / left.max(1);
                        reference::load_mnist(&cut(images, 16, size), &cut(labels, 8, 1))
                    }
                    loaded => loaded,
                }
            }),
            chaff("any_label", "Any byte is a label.", |images, labels| {
                let modest: Vec<u8> = labels
                    .iter()
                    .enumerate()
                    .map(|(i, byte)| if i > 7 { byte % 10 } else { *byte })
                    .collect();
                reference::load_mnist(images, &modest)
            }),
            chaff("any_order", "The two files may be given in any order.", |images, labels| {
                if images.get(3) == Some(&1) && labels.get(3) == Some(&3) {
                    return reference::load_mnist(labels, images);
                }
                reference::load_mnist(images, labels)
            }),
            chaff("no_images", "No images give an empty data set.", |images, labels| {
                match reference::load_mnist(images, labels) {
                    Err(InputError::TooFew { got: 0, wanted: 1 }) => Ok(Dataset {
                        features: Matrix::zeros(0, 0),
                        labels: vec![],
                        feature_names: vec![],
                        class_names: vec![],
                    }),
                    loaded => loaded,
                }
            }),
            chaff("no_pixels", "An image has at least one pixel.", |images, labels| {
                let data = reference::load_mnist(images, labels)?;
                check::at_least(1, data.features.cols())?;
                Ok(data)
            }),
        ],
    )(images, labels)
}

/// With each pixel made of its own byte, and of the byte that has its number from the beginning of the file.
fn with_pixels(images: &[u8], labels: &[u8], pixel: fn(u8, u8) -> f64) -> Loaded {
    let data = reference::load_mnist(images, labels)?;
    let (n, size) = data.features.shape();
    let features = Matrix::from_fn(n, size, |i, j| pixel(images[16 + i * size + j], images[i * size + j]));
    Ok(Dataset { features, ..data })
}
