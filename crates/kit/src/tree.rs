use std::fmt;

/// A binary decision tree.
///
/// A sample starts at the root and goes left where its feature is at most the threshold, and right otherwise, until it
/// reaches a leaf.
///
/// ```
/// # use kit::Tree;
/// let leaf = |samples, value: &[f64]| Box::new(Tree::Leaf { samples, value: value.to_vec() });
/// let (left, right) = (leaf(50, &[1.0, 0.0]), leaf(30, &[0.25, 0.75]));
/// let tree = Tree::Split { feature: 2, threshold: 2.45, left, right };
/// assert_eq!(
///     tree.to_string(),
///     "x[2] ≤ 2.45\n  yes: 50 samples, [1, 0]\n  no: 30 samples, [0.25, 0.75]\n"
/// );
/// ```
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// Where a sample ends.
    Leaf {
        /// How many training samples ended here.
        samples: usize,
        /// The fraction of each class among them, class 0 first; in a regression tree the mean of their targets, alone.
        value: Vec<f64>,
    },
    /// A comparison with a threshold.
    Split {
        /// Which feature is compared, counted from 0.
        feature: usize,
        /// A sample whose feature is at most this goes left.
        threshold: f64,
        /// The part of the tree for samples at or below the threshold.
        left: Box<Tree>,
        /// The part for samples above it.
        right: Box<Tree>,
    },
}

/// One way to divide the samples of a node in two.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    /// Which feature is compared, counted from 0.
    pub feature: usize,
    /// Samples whose feature is at most this go left.
    pub threshold: f64,
    /// By how much the impurity decreases.
    pub decrease: f64,
}

/// One line per node, its parts below it and further to the right.
impl fmt::Display for Tree {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_at(0, f)
    }
}

impl Tree {
    fn write_at(&self, depth: usize, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let below = depth + 1;
        match self {
            Self::Leaf { samples, value } => {
                let value: Vec<String> = value.iter().map(ToString::to_string).collect();
                writeln!(f, "{samples} samples, [{}]", value.join(", "))
            }
            Self::Split { feature, threshold, left, right } => {
                writeln!(f, "x[{feature}] ≤ {threshold}")?;
                write!(f, "{:1$}yes: ", "", 2 * below)?;
                left.write_at(below, f)?;
                write!(f, "{:1$}no: ", "", 2 * below)?;
                right.write_at(below, f)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_level_is_indented() {
        let leaf = |samples| Box::new(Tree::Leaf { samples, value: vec![0.5] });
        let inner = Tree::Split { feature: 1, threshold: -0.5, left: leaf(1), right: leaf(2) };
        let tree = Tree::Split { feature: 0, threshold: 3.0, left: Box::new(inner), right: leaf(3) };
        let want = "x[0] ≤ 3\n  yes: x[1] ≤ -0.5\n    yes: 1 samples, [0.5]\n    no: 2 samples, [0.5]\n  \
                    no: 3 samples, [0.5]\n";
        assert_eq!(tree.to_string(), want);
    }
}
