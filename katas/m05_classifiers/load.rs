//! Parsing data sets: two files of comma-separated values (CSV), and reports of what is wrong with them.

use kit::data::Dataset;
use kit::{InputError, Matrix, check};

/// Parses the Iris data set from comma-separated values (CSV).
///
/// Each line is one sample: four lengths in cm, finite numbers as [`str::parse`] reads them, then the species:
/// `Iris-setosa` (class 0), `Iris-versicolor` (1) or `Iris-virginica` (2). There is no header. Whitespace around a
/// cell is ignored. Lines end in `\n` or
/// `\r\n`.
/// The last line may end without either. A line with nothing but whitespace holds no sample, but it counts as a
/// line.
///
/// * `csv`: the text, such as [`kit::data::IRIS_CSV`].
/// * Returns the samples in the order of the lines. The feature names are `sepal length (cm)`, `sepal width (cm)`,
///   `petal length (cm)` and `petal width (cm)`, the class names as in the text.
///
/// # Errors
///
/// Lines and cells are counted from 1, and the number of a cell is its `column`.
///
/// * [`InputError::RaggedLine`] with `wanted` 5 if a line has another number of cells;
/// * [`InputError::BadCell`] with the cell as it is in the text, without the whitespace around it, and `wanted`
///   `"a finite number"` or `"Iris-setosa, Iris-versicolor or Iris-virginica"`;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no sample.
///
/// ```
/// # use katas::m05_classifiers::load::parse_iris;
/// let flowers = parse_iris("5.1,3.5,1.4,0.2,Iris-setosa\n6.3,3.3,6.0,2.5,Iris-virginica\n")?;
/// assert_eq!((flowers.features.row(1), flowers.labels), (&[6.3, 3.3, 6.0, 2.5][..], vec![0, 2]));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `pandas.read_csv(path, header=None)`; the data set itself is `sklearn.datasets.load_iris()`.
///
/// Source: Fisher, *The Use of Multiple Measurements in Taxonomic Problems*, Annals of Eugenics 7 (1936).
pub fn parse_iris(csv: &str) -> Result<Dataset, InputError> {
    todo!()
}

/// Parses the data set of handwritten digits, 8×8 pixels each, from comma-separated values (CSV).
///
/// Each line is an image: 64 pixels, whole numbers from 0 (white) to 16 (black), row after row, then the digit that it
/// shows. All are written as [`str::parse`] reads an integer: `07` is 7, but `7.0` and `1e1` are rejected. Lines and
/// whitespace are as in [`parse_iris`].
///
/// * `csv`: the text, such as [`kit::data::DIGITS_CSV`].
/// * Returns the images in the order of the lines, each pixel divided by 16, so that features lie in \[0, 1\]. The
///   feature names are `pixel 0 0`, `pixel 0 1`, … `pixel 7 7` by row and column, the class names `0` to `9`.
///
/// # Errors
///
/// Lines and cells are counted from 1, and the number of a cell is its `column`.
///
/// * [`InputError::RaggedLine`] with `wanted` 65 if a line has another number of cells;
/// * [`InputError::BadCell`] with the cell as it is in the text, without the whitespace around it, and `wanted`
///   `"a whole number from 0 to 16"` or `"a digit from 0 to 9"`;
/// * [`InputError::TooFew`] with `wanted` 1 if there is no image.
///
/// ```
/// # use katas::m05_classifiers::load::load_digits;
/// let images = load_digits(kit::data::DIGITS_CSV)?;
/// assert_eq!((images.features.shape(), images.features[(0, 3)], images.labels[1796]), ((1797, 64), 13.0 / 16.0, 8));
/// # Ok::<(), kit::InputError>(())
/// ```
///
/// In Python: `sklearn.datasets.load_digits()`; there the pixels are from 0 to 16.
///
/// Source: Alpaydin and Kaynak, *Optical Recognition of Handwritten Digits*, UCI Machine Learning Repository (1998).
pub fn load_digits(csv: &str) -> Result<Dataset, InputError> {
    todo!()
}
