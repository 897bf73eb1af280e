//! Formulas as they are written on a terminal, `‖x‖ = √(x₁² + … + xₙ²)`, as MathML: every browser draws it, a screen reader reads
//! it, and nothing is loaded for it.
//!
//! What is understood: Unicode and ASCII sub- and superscripts, primes, hats and bars, roots, sums, brackets and norms, fractions
//! with `/` (with spaces around it the whole product is the numerator), names of functions, and words in between.

mod block;
mod fraction;
mod lex;
mod mathml;
mod matrix;
mod parse;
mod piece;
mod scripts;

pub use block::block;
pub use mathml::escaped;
pub use parse::line;
