//! The IDX file format of MNIST: a header with the shape, then the entries as bytes.

use kit::data::Dataset;
use kit::{InputError, Matrix, check};

/// Parses an IDX file: an n-dimensional array of unsigned bytes.
///
/// ```text
/// byte 0, 1              0 and 0
/// byte 2                 the type of the entries: 8 for unsigned bytes
/// byte 3                 D, the number of dimensions, at least 1
/// byte 4 to 3 + 4D       the dimensions, each a whole number of four bytes, the highest byte first
/// from byte 4 + 4D on    the entries, as many as the product of the dimensions, the last index running fastest
/// ```
///
/// * `bytes`: the content of the file, decompressed.
/// * Returns (shape, entries). A dimension may be 0; then there are no entries.
///
/// # Errors
///
/// * [`InputError::BadByte`] with one of the first four bytes if it is wrong: two zeros, 8 for unsigned bytes, and at
///   least 1 dimension belong there;
/// * [`InputError::TooFew`] if the file is truncated: `got` is its length in bytes, and `wanted` the length that is
///   known to be needed: 4 if the file ends before byte 4, 4 + 4D if it ends within the dimensions, else the length
///   of the whole file ([`usize::MAX`] if that does not fit into a `usize`). Memory is allocated only for entries
///   that are there;
/// * [`InputError::BadByte`] with the first byte after the last entry, if there is one.
///
/// ```
/// # use katas::m05_classifiers::idx::parse_idx;
/// let bytes = [0, 0, 8, 2, 0, 0, 0, 2, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60];
/// assert_eq!(parse_idx(&bytes), Ok((vec![2, 3], vec![10, 20, 30, 40, 50, 60])));
/// assert_eq!(parse_idx(&bytes[..15]), Err(kit::InputError::TooFew { got: 15, wanted: 18 }));
/// ```
///
/// In Python: no call in NumPy; `torchvision.datasets.mnist.read_sn3_pascalvincent_tensor(path)` parses the format,
/// and the header is `numpy.frombuffer(data, dtype=">u4", count=D, offset=4)`.
///
/// Source: LeCun, Cortes and Burges, *The MNIST Database of Handwritten Digits*, file formats.
pub fn parse_idx(bytes: &[u8]) -> Result<(Vec<usize>, Vec<u8>), InputError> {
    todo!()
}

/// Loads MNIST as a feature matrix and labels, from the bytes of two IDX files.
///
/// * `images`: the decompressed file with the pixels, n × rows × columns, from 0 (background) to 255 (ink).
/// * `labels`: the decompressed file with the n labels, 0 to 9.
/// * Returns n samples of rows·columns features, row after row, each pixel divided by 255, so that features lie in
///   \[0, 1\]. The feature names are `pixel 0 0`, `pixel 0 1`, … by row and column, the class names `0` to `9`.
///
/// # Errors
///
/// * [`InputError::BadByte`] or [`InputError::TooFew`] as for [`parse_idx`], for either file;
/// * [`InputError::BadByte`] with `at` 3 unless the images have 3 dimensions and the labels 1;
///
/// * [`InputError::LengthMismatch`] unless there is one label per image; `left` is the number of images;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no image;
/// * [`InputError::UnknownClass`] with a label above 9.
///
/// ```
/// # use katas::m05_classifiers::idx::load_mnist;
/// let images = [0, 0, 8, 3, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0, 255];
/// let seven = load_mnist(&images, &[0, 0, 8, 1, 0, 0, 0, 1, 7])?;
/// assert_eq!((seven.features.row(0), seven.labels), (&[0.0, 1.0][..], vec![7]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.datasets.fetch_openml("mnist_784")` (pixels from 0 to 255), or
/// `torchvision.datasets.MNIST(root, download=True)`.
///
/// Source: LeCun, Bottou, Bengio and Haffner, *Gradient-Based Learning Applied to Document Recognition*, Proceedings of
/// the IEEE 86 (1998).
pub fn load_mnist(images: &[u8], labels: &[u8]) -> Result<Dataset, InputError> {
    todo!()
}
