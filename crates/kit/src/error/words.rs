//! What each error says: what came and what was wanted, in one line.

use std::fmt;

use super::InputError;

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
            Self::NotPositiveDefinite { name } => write!(f, "{name} is not positive definite"),
            Self::OutOfRange { name, got, wanted } => write!(f, "{name} = {got}, wanted {wanted}"),
            Self::ZeroVector { name } => write!(f, "{name} is zero and has no direction"),
            Self::ComplexEigenvalues => write!(f, "the eigenvalues are complex, real ones are needed"),
            Self::Defective => write!(f, "the eigenvectors do not span the space: the matrix is defective"),
            Self::NotConverged { steps, residual } => {
                write!(f, "did not converge in {steps} steps (residual {residual:e})")
            }
            Self::UnknownClass { index, got, classes } => {
                write!(f, "label {index} is {got}, and the {classes} classes are numbered from 0")
            }
            Self::Constant { name } => {
                write!(f, "all of {name} is the same value, two different ones are needed")
            }
            Self::Dimensions { name, got, wanted } => {
                write!(f, "{name} has the shape {got:?}, wanted {wanted:?}")
            }
            Self::Names { got, wanted } => write!(f, "got {got:?}, wanted {wanted:?}"),
            Self::Diverged { step } => write!(f, "the loss is NaN or infinite after {step} steps"),
            Self::Dependent { name } => {
                write!(
                    f,
                    "the columns of {name} depend on each other or on the constant: many answers fit best"
                )
            }
            Self::RaggedLine { line, got, wanted } => {
                write!(f, "line {line} has {got} cells, wanted {wanted}")
            }
            Self::BadCell { line, column, got, wanted } => {
                write!(f, "line {line}, column {column}: got {got:?}, wanted {wanted}")
            }
            Self::BadByte { at, got, wanted } => write!(f, "byte {at} is {got}, wanted {wanted}"),
            Self::NotOdd { name, got } => write!(f, "{name} = {got}, an odd number is needed"),
            Self::Channels { got, wanted } => write!(f, "the image has {got} channels, {wanted} are needed"),
            Self::NotAscii { name, got } => {
                write!(f, "{name} holds {got:?}, only printable ASCII can be drawn")
            }
            Self::TooLarge { got, limit } => {
                write!(f, "the file has {got} bytes, at most {limit} are read")
            }
            Self::File { path, why } => write!(f, "{}: {why}", path.display()),
            Self::Malformed { path, wanted } => write!(f, "{} does not hold {wanted}", path.display()),
            Self::NotFound { name, looked_in } => {
                let places: Vec<_> = looked_in.iter().map(|place| place.display().to_string()).collect();
                write!(f, "{name} was not found; looked at: {}", places.join(", "))
            }
            Self::Library { name, says } => write!(f, "{name} rejects it: {says}"),
            Self::NoColumn { got, wanted } => write!(f, "there is no column {got:?} with {wanted}"),
        }
    }
}
