//! What every kata is given, and nothing that a kata asks for.
//!
//! * [`Matrix`]: a dense matrix, row after row.
//! * [`Dense`]: one layer of a network, weights and bias.
//! * [`Generator`]: random numbers that are the same on every platform and after every update.
//! * [`Figure`]: a picture as plain data; drawing it is somebody else's work.
//! * [`Explanation`]: a calculation, step by step, with formula and numbers.
//! * [`Eigen`]: what belongs to the two eigenvalues of a 2×2 matrix, real or complex.
//! * [`Table`]: named columns of numbers or words, with gaps.
//! * [`Softmax`]: a fitted classifier; [`Classifier`]: what can be served.
//! * [`Tree`]: a decision tree; [`Split`]: one way to divide samples in two.
//! * [`pipeline`]: what the stages from a file to a report hand on.
//! * [`data`]: small real data sets.
//! * [`check`]: input checks, one line each.
//! * [`InputError`]: why a function rejects its input: what it got and what it expected.

pub mod check;
pub mod data;
mod dense;
mod eigen;
mod error;
mod explanation;
pub mod figure;
mod generator;
pub mod grammar;
mod matrix;
pub mod pipeline;
mod softmax;
mod table;
mod tree;

pub use dense::Dense;
pub use eigen::Eigen;
pub use error::InputError;
pub use explanation::{Explanation, Step, four_decimals};
pub use figure::Figure;
pub use generator::Generator;
pub use matrix::Matrix;
pub use softmax::{Classifier, Softmax};
pub use table::{Cells, Column, Table};
pub use tree::{Split, Tree};
