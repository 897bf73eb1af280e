//! Small, real data sets, embedded. Their sources and licenses are in `data/README.md`.

#[cfg(feature = "mnist")]
pub mod mnist;

use std::env;
use std::path::PathBuf;
use std::sync::LazyLock;

use crate::Matrix;

/// The 150 irises as a text of comma-separated values: four lengths in cm, then the species; no header.
pub const IRIS_CSV: &str = include_str!("../../../data/iris.csv");

/// The 1,797 digits as a text of comma-separated values: 64 pixels from 0 to 16, then the digit; no header.
pub const DIGITS_CSV: &str = include_str!("../../../data/digits.csv");

/// The 344 penguins as a text of comma-separated values with a header: species, island, four measures, sex and year.
/// What was not measured is `NA`.
pub const PENGUINS_CSV: &str = include_str!("../../../data/penguins.csv");

/// Samples with what they are.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// One row a sample, one column a feature.
    pub features: Matrix,
    /// The class of each sample, an index into `class_names`.
    pub labels: Vec<usize>,
    /// What the columns are, with their units.
    pub feature_names: Vec<String>,
    /// What the classes are.
    pub class_names: Vec<String>,
}

/// Fisher's irises: four lengths in cm, three species of 50 flowers each, sorted by species.
#[must_use]
pub fn iris() -> &'static Dataset {
    static IRIS: LazyLock<Dataset> = LazyLock::new(|| {
        let species = ["Iris-setosa", "Iris-versicolor", "Iris-virginica"];
        let names = ["sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)"];
        read(IRIS_CSV, &names, &species)
    });
    &IRIS
}

/// Handwritten digits of 8×8 pixels from 0 (white) to 16 (black), row after row; ten classes.
#[must_use]
pub fn digits() -> &'static Dataset {
    static DIGITS: LazyLock<Dataset> = LazyLock::new(|| {
        let names: Vec<String> = (0..64).map(|k| format!("pixel {} {}", k / 8, k % 8)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        read(DIGITS_CSV, &names, &["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
    });
    &DIGITS
}

/// The path of a photograph, 256×256 pixels in color: an astronaut in front of a flag and a model of a shuttle. Her face
/// is about the square of 48 pixels from column 88 and row 33.
#[must_use]
pub fn photo() -> PathBuf {
    const PHOTO: &str = "data/astronaut.jpg";
    // Where the laws run, cargo names the repository. It may have been moved since this was built.
    let named = env::var_os("CARGO_MANIFEST_DIR").map(|root| PathBuf::from(root).join(PHOTO));
    let built = || PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../..")).join(PHOTO);
    named.filter(|path| path.is_file()).unwrap_or_else(built)
}

/// Where systems put the cascades that come with OpenCV, in the order in which they are best looked at.
///
/// The variable `OPENCV_CASCADES` may name another folder, which then comes first.
#[must_use]
pub fn cascade_folders() -> Vec<PathBuf> {
    let named = env::var_os("OPENCV_CASCADES").map(PathBuf::from);
    // Conda and vcpkg each have a root of their own.
    let conda = env::var_os("CONDA_PREFIX").map(|root| PathBuf::from(root).join("share"));
    let vcpkg = env::var_os("VCPKG_ROOT").into_iter().flat_map(|root| {
        let installed = PathBuf::from(root).join("installed");
        ["x64-windows", "arm64-windows", "x64-windows-static-md"]
            .map(|target| installed.join(target).join("share"))
    });
    let fixed =
        ["/usr/share", "/usr/local/share", "/opt/homebrew/share", "/opt/local/share"].map(PathBuf::from);
    let roots = fixed.into_iter().chain(conda).chain(vcpkg);
    let below = |root: PathBuf| ["opencv4/haarcascades", "opencv/haarcascades"].map(|rest| root.join(rest));
    named.into_iter().chain(roots.flat_map(below)).collect()
}

/// Reads one of our own files; a mistake in them would be ours, and the tests below would show it.
fn read(csv: &str, feature_names: &[&str], class_names: &[&str]) -> Dataset {
    let (mut features, mut labels) = (Vec::new(), Vec::new());
    for line in csv.lines() {
        let (numbers, class) = line.rsplit_once(',').unwrap_or((line, ""));
        features.extend(numbers.split(',').map(|word| word.parse().unwrap_or(f64::NAN)));
        labels.push(class_names.iter().position(|&name| name == class).unwrap_or(class_names.len()));
    }
    let cols = feature_names.len();
    let owned = |names: &[&str]| names.iter().map(ToString::to_string).collect();
    Dataset {
        features: Matrix::from_fn(features.len() / cols, cols, |i, j| features[i * cols + j]),
        labels,
        feature_names: owned(feature_names),
        class_names: owned(class_names),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counts(dataset: &Dataset) -> Vec<usize> {
        let of = |class| dataset.labels.iter().filter(|&&label| label == class).count();
        (0..=dataset.class_names.len()).map(of).collect()
    }

    #[test]
    fn the_irises_are_whole() {
        let iris = iris();
        assert_eq!(iris.features.shape(), (150, 4));
        assert_eq!(counts(iris), [50, 50, 50, 0]);
        let mean = |j| (0..150).map(|i| iris.features[(i, j)]).sum::<f64>() / 150.0;
        let means: Vec<_> = (0..4).map(|j| format!("{:.2}", mean(j))).collect();
        assert_eq!(means, ["5.84", "3.06", "3.76", "1.20"]);
    }

    #[test]
    fn the_penguins_are_whole_with_their_gaps() {
        let lines: Vec<&str> = PENGUINS_CSV.lines().collect();
        assert_eq!(lines.len(), 345);
        assert!(lines.iter().all(|line| line.split(',').count() == 8));
        let of = |word: &str| PENGUINS_CSV.split([',', '\n']).filter(|cell| *cell == word).count();
        assert_eq!(["Adelie", "Chinstrap", "Gentoo", "NA"].map(of), [152, 68, 124, 19]);
    }

    #[test]
    fn the_digits_are_whole() {
        let digits = digits();
        assert_eq!(digits.features.shape(), (1797, 64));
        assert_eq!(counts(digits), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180, 0]);
        assert!(digits.features.as_slice().iter().all(|x| (0.0..=16.0).contains(x) && x.fract() == 0.0));
        assert_eq!(digits.features.as_slice().iter().sum::<f64>(), 561_718.0);
    }
}
