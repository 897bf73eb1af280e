//! A picture as plain data.
//!
//! A kata returns a [`Figure`]; laws check its numbers, a snapshot keeps its text, and `cargo kata plot` draws it.
//! Written with `{}` it is a text that [`str::parse`] reads back to the last digit:
//!
//! ```
//! use kit::figure::{Figure, Layer};
//!
//! let figure = Figure::new("The parabola", "x", "x²")
//!     .with(Layer::Line { label: "f".to_owned(), through: vec![[-1.0, 1.0], [0.0, 0.0], [1.0, 1.0]] });
//! assert_eq!(figure.to_string(), "figure The parabola\nx x\ny x²\nline f\n  -1 1\n  0 0\n  1 1\n");
//! assert_eq!(figure.to_string().parse(), Ok(figure));
//! ```

mod parse;
mod plain;
mod write;

pub use parse::FigureError;
pub use plain::{Axis, Figure, Layer};
