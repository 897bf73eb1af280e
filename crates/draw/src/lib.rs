//! Draws a [`kit::Figure`]: in the terminal with characters, in a file with plotters.
//!
//! * [`terminal::draw`]: text, with colors and blocks where the terminal has them. Needs no other library.
//! * `svg` and `png`, with the cargo feature `files`: the same picture for a page or a paper. The same figure gives
//!   the same bytes on every machine: the font is built in.
//!
//! Nothing that a figure can hold stops a drawing: numbers without a place (NaN, infinite, not positive on a log axis)
//! are left out and counted below the picture.

mod contour;
#[cfg(feature = "files")]
mod files;
mod legend;
mod limits;
mod palette;
mod scale;
mod shade;
pub mod terminal;

#[cfg(feature = "files")]
pub use files::{DrawError, png, svg};
