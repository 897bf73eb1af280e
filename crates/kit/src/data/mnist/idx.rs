//! The IDX format: two zeros, the type of the entries, how many dimensions; each dimension in four bytes, the highest
//! first; then the entries.

use std::path::Path;

use super::contents::Contents;
use super::error::DataError;
use super::images::Images;

const UNSIGNED_BYTES: u8 = 0x08;

/// Joins images and labels.
pub(super) fn images(pixels: Contents, labels: Contents) -> Result<Images, DataError> {
    let [n, rows, cols] = dimensions(&pixels)?;
    let [classes] = dimensions(&labels)?;
    let wrong = |file: &Path, what: String| DataError::Malformed { file: file.to_owned(), what };
    if n != classes {
        return Err(wrong(&labels.path, format!("{classes} labels for {n} images")));
    }
    let labels_begin = labels.bytes.len() - classes;
    if let Some(label) = labels.bytes[labels_begin..].iter().find(|label| **label > 9) {
        return Err(wrong(&labels.path, format!("the label {label}, where the classes are 0 to 9")));
    }
    let pixels_begin = pixels.bytes.len() - n * rows * cols;
    let after = |mut bytes: Vec<u8>, begin| bytes.split_off(begin);
    let (pixels, labels) = (after(pixels.bytes, pixels_begin), after(labels.bytes, labels_begin));
    Ok(Images { rows, cols, pixels, labels })
}

/// The dimensions that the header names, if the entries behind it are as many as they say.
pub(super) fn dimensions<const D: usize>(file: &Contents) -> Result<[usize; D], DataError> {
    let wrong = |what| DataError::Malformed { file: file.path.clone(), what };
    let (magic, rest) = file.bytes.split_first_chunk::<4>().ok_or_else(|| wrong("no header".to_owned()))?;
    if *magic != [0, 0, UNSIGNED_BYTES, D as u8] {
        return Err(wrong(format!(
            "it begins with {magic:?}, not with {:?}",
            [0, 0, UNSIGNED_BYTES, D as u8]
        )));
    }
    let (sizes, _) = rest.as_chunks::<4>();
    if sizes.len() < D {
        return Err(wrong("its header is cut short".to_owned()));
    }
    let sizes: [usize; D] = std::array::from_fn(|d| u32::from_be_bytes(sizes[d]) as usize);
    let entries = sizes.iter().try_fold(1_usize, |product, size| product.checked_mul(*size));
    let there = rest.len() - 4 * D;
    if entries != Some(there) {
        return Err(wrong(format!("{there} bytes behind a header that announces {sizes:?}")));
    }
    Ok(sizes)
}
