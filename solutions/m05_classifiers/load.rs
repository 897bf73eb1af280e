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
    const SPECIES: [&str; 3] = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"];
    let length = |cell: &str| cell.parse().ok().filter(|length: &f64| length.is_finite());
    let species = |cell: &str| SPECIES.iter().position(|species| *species == cell);
    let (features, labels) = table(
        csv,
        4,
        (&length, "a finite number"),
        (&species, "Iris-setosa, Iris-versicolor or Iris-virginica"),
    )?;
    let names = ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"];
    Ok(Dataset {
        features,
        labels,
        feature_names: names.map(ToOwned::to_owned).to_vec(),
        class_names: SPECIES.map(ToOwned::to_owned).to_vec(),
    })
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
    let pixel = |cell: &str| cell.parse().ok().filter(|&pixel: &u8| pixel <= 16).map(|p| f64::from(p) / 16.0);
    let digit = |cell: &str| cell.parse().ok().filter(|digit| *digit <= 9);
    let (features, labels) =
        table(csv, 64, (&pixel, "a whole number from 0 to 16"), (&digit, "a digit from 0 to 9"))?;
    Ok(Dataset {
        features,
        labels,
        feature_names: (0..64).map(|k| format!("pixel {} {}", k / 8, k % 8)).collect(),
        class_names: (0..10).map(|digit| digit.to_string()).collect(),
    })
}

/// How a cell is read, and what belongs into it.
type Cell<'a, T> = (&'a dyn Fn(&str) -> Option<T>, &'static str);

/// Lines of d features and a class.
fn table(
    csv: &str,
    d: usize,
    feature: Cell<f64>,
    class: Cell<usize>,
) -> Result<(Matrix, Vec<usize>), InputError> {
    let (mut features, mut labels) = (Vec::new(), Vec::new());
    // Numbered before the blank lines go: an editor counts those, too.
    for (line, text) in (1..).zip(csv.lines()).filter(|(_, text)| !text.trim().is_empty()) {
        let cells: Vec<&str> = text.split(',').map(str::trim).collect();
        if cells.len() != d + 1 {
            return Err(InputError::RaggedLine { line, got: cells.len(), wanted: d + 1 });
        }
        for (j, cell) in cells[..d].iter().enumerate() {
            features.push(read(cell, feature, line, j + 1)?);
        }
        labels.push(read(cells[d], class, line, d + 1)?);
    }
    check::at_least(1, labels.len())?;
    Ok((Matrix::new(labels.len(), d, features)?, labels))
}

fn read<T>(cell: &str, (read, wanted): Cell<T>, line: usize, column: usize) -> Result<T, InputError> {
    read(cell).ok_or_else(|| InputError::BadCell {
        line,
        column: column.to_string(),
        got: cell.to_owned(),
        wanted,
    })
}
