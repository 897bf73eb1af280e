//! Names of features.

pub const NAMES: [&str; 4] = ["sepal length", "sepal width", "petal length", "petal width"];

/// Names for d features: those of the irises first.
pub fn names(d: usize) -> Vec<String> {
    (0..d).map(|j| NAMES.get(j).map_or_else(|| format!("feature {j}"), ToString::to_string)).collect()
}
