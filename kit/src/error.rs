use std::fmt;

/// Why a kata refuses its input. Each variant holds what came and what was expected.
///
/// Where several reasons apply, the one that stands first here is reported.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum InputError {
    /// Two vectors that belong together differ in length.
    LengthMismatch {
        /// Length of the first.
        left: usize,
        /// Length of the second.
        right: usize,
    },
    /// Two matrices, or a matrix and a vector (then a column), do not fit together.
    ShapeMismatch {
        /// Rows and columns of the first.
        left: (usize, usize),
        /// Rows and columns of the second.
        right: (usize, usize),
    },
    /// A matrix is not square, and has to be.
    NotSquare {
        /// Its rows.
        rows: usize,
        /// Its columns.
        cols: usize,
    },
    /// There is nothing to compute with: at least `wanted` values are needed.
    TooFew {
        /// How many came.
        got: usize,
        /// How many are needed at least.
        wanted: usize,
    },
    /// A number is NaN or infinite.
    NotFinite {
        /// Which argument.
        name: &'static str,
        /// Where in it, counted from 0; 0 for a single number.
        index: usize,
    },
    /// A matrix is not symmetric, and has to be.
    NotSymmetric {
        /// The row of the first entry that differs from its mirror image, counted from 0.
        row: usize,
        /// The column of that entry, greater than `row`.
        col: usize,
    },
    /// A parameter lies outside the range in which the definition makes sense.
    OutOfRange {
        /// Which parameter.
        name: &'static str,
        /// What came.
        got: f64,
        /// The range, in words.
        wanted: &'static str,
    },
    /// A vector without direction came where a direction is needed.
    ZeroVector {
        /// Which argument.
        name: &'static str,
    },
    /// The eigenvalues are a complex pair, and real ones are needed.
    ComplexEigenvalues,
    /// A matrix has too few eigenvectors: they do not span the space.
    Defective,
    /// An iteration did not settle within its limit of steps.
    NotConverged {
        /// How many steps were taken.
        steps: usize,
        /// How far off the result still is, in the measure the kata documents.
        residual: f64,
    },
    /// A label names no class.
    UnknownClass {
        /// Where among the labels, counted from 0.
        index: usize,
        /// What came.
        got: usize,
        /// How many classes there are: the labels are 0, 1, …, `classes` − 1.
        classes: usize,
    },
    /// All values are the same, and at least two different ones are needed.
    Constant {
        /// Which argument.
        name: &'static str,
    },
    /// The columns of a matrix and the constant are linearly dependent: no single answer fits best.
    Dependent {
        /// Which argument.
        name: &'static str,
    },
    /// A line of a file has too few cells, or too many.
    CellCount {
        /// The line, counted from 1.
        line: usize,
        /// Its cells.
        got: usize,
        /// The cells of the header.
        wanted: usize,
    },
    /// A cell is not what its column holds.
    BadCell {
        /// The line of the file, or the row of the table, counted from 1.
        line: usize,
        /// The name of the column.
        column: String,
        /// What the cell says.
        got: String,
        /// What it should be, in words.
        wanted: &'static str,
    },
    /// A column of this name is needed, and is not there or of another kind.
    NoColumn {
        /// The name that was asked for.
        got: String,
        /// What the column should hold, in words.
        wanted: &'static str,
    },
}

impl fmt::Display for InputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LengthMismatch { left, right } => {
                write!(f, "lengths differ: {left} and {right}")
            }
            Self::ShapeMismatch { left, right } => {
                write!(f, "shapes do not fit: {}×{} and {}×{}", left.0, left.1, right.0, right.1)
            }
            Self::NotSquare { rows, cols } => {
                write!(f, "the matrix is {rows}×{cols}, a square one is needed")
            }
            Self::TooFew { got, wanted } => write!(f, "got {got} values, at least {wanted} needed"),
            Self::NotFinite { name, index } => {
                write!(f, "{name}[{index}] is NaN or infinite, a finite number is needed")
            }
            Self::NotSymmetric { row, col } => {
                write!(f, "entries ({row}, {col}) and ({col}, {row}) differ, a symmetric matrix is needed")
            }
            Self::OutOfRange { name, got, wanted } => write!(f, "{name} = {got}, wanted {wanted}"),
            Self::ZeroVector { name } => write!(f, "{name} is zero and has no direction"),
            Self::ComplexEigenvalues => write!(f, "the eigenvalues are complex, real ones are needed"),
            Self::Defective => write!(f, "the eigenvectors do not span the space: the matrix is defective"),
            Self::NotConverged { steps, residual } => {
                write!(f, "not settled after {steps} steps: residual {residual:e}")
            }
            Self::UnknownClass { index, got, classes } => {
                write!(f, "label {index} is {got}, and the {classes} classes are numbered from 0")
            }
            Self::Constant { name } => {
                write!(f, "all of {name} is the same value, two different ones are needed")
            }
            Self::Dependent { name } => {
                write!(
                    f,
                    "the columns of {name} depend on each other or on the constant: many answers fit best"
                )
            }
            Self::CellCount { line, got, wanted } => {
                write!(f, "line {line} has {got} cells, and the header {wanted}")
            }
            Self::BadCell { line, column, got, wanted } => {
                write!(f, "line {line}, column {column}: got {got:?}, wanted {wanted}")
            }
            Self::NoColumn { got, wanted } => write!(f, "there is no column {got:?} with {wanted}"),
        }
    }
}

impl std::error::Error for InputError {}
