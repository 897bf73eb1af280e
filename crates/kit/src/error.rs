mod reason;
mod words;

use std::io::ErrorKind;
use std::path::PathBuf;

/// Why a kata rejects its input. Each variant holds what came and what was expected.
///
/// Where several reasons apply, any of them may be returned.
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
    /// A symmetric matrix is not positive definite, and has to be.
    NotPositiveDefinite {
        /// Which argument.
        name: &'static str,
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
    /// A tensor or an image has another shape than it must have.
    Dimensions {
        /// Which one.
        name: String,
        /// Its shape, outermost first.
        got: Vec<usize>,
        /// Those it must have.
        wanted: Vec<usize>,
    },
    /// The parts of one thing have other names than they must have.
    Names {
        /// The names that came, in alphabetical order.
        got: Vec<String>,
        /// The names that were expected, in alphabetical order.
        wanted: Vec<String>,
    },
    /// A loss is NaN or infinite: training diverged.
    Diverged {
        /// How many steps had been taken.
        step: usize,
    },
    /// The columns of a matrix and the constant are linearly dependent: no single answer fits best.
    Dependent {
        /// Which argument.
        name: &'static str,
    },
    /// A line of a table has more or fewer cells than it should.
    RaggedLine {
        /// Which line, counted from 1 as editors do.
        line: usize,
        /// How many cells came.
        got: usize,
        /// How many belong there.
        wanted: usize,
    },
    /// A cell of a table does not hold what it should.
    BadCell {
        /// Which line of the file, or row of the table, counted from 1 as editors do.
        line: usize,
        /// The name of its column, or the number of the column, counted from 1, where the table names none.
        column: String,
        /// What came.
        got: String,
        /// What belongs there, in words.
        wanted: &'static str,
    },
    /// A byte of a file does not hold what it should.
    BadByte {
        /// Which byte, counted from 0.
        at: usize,
        /// What came.
        got: u8,
        /// What belongs there, in words.
        wanted: &'static str,
    },
    /// A size has to be odd, so that there is a middle.
    NotOdd {
        /// Which argument.
        name: &'static str,
        /// What came.
        got: usize,
    },
    /// An image has another number of channels than needed.
    Channels {
        /// How many it has.
        got: usize,
        /// How many are needed.
        wanted: usize,
    },
    /// A text holds a character that cannot be drawn.
    NotAscii {
        /// Which argument.
        name: &'static str,
        /// The first such character.
        got: char,
    },
    /// A file is larger than what is read.
    TooLarge {
        /// Its size in bytes.
        got: u64,
        /// The largest that is read.
        limit: u64,
    },
    /// A file cannot be read or written.
    File {
        /// Its path.
        path: PathBuf,
        /// Why not, as the operating system says.
        why: ErrorKind,
    },
    /// A file can be read but does not hold what it should, or not all of it.
    Malformed {
        /// Its path.
        path: PathBuf,
        /// What it should hold.
        wanted: &'static str,
    },
    /// Something was found nowhere.
    NotFound {
        /// What was looked for.
        name: &'static str,
        /// All places that were looked at.
        looked_in: Vec<PathBuf>,
    },
    /// A library rejected the input for a reason of its own.
    Library {
        /// Which library.
        name: &'static str,
        /// What it says.
        says: String,
    },
    /// A column of this name is needed, and is not there or of another kind.
    NoColumn {
        /// The name that was asked for.
        got: String,
        /// What the column should hold, in words.
        wanted: &'static str,
    },
}
