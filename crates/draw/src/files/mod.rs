//! Figures drawn into SVG and PNG, through plotters.

mod axes;
mod bars;
mod font;
mod image;
mod layers;
mod legend;
mod page;
mod panels;
mod plot;
mod paint;
mod png;
mod scene;
mod svg;
mod table;

use std::fmt;

use kit::Figure;

/// Why a picture could not be made. No figure is to blame for it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum DrawError {
    /// The built-in font was not accepted.
    Font,
    /// plotters failed, with its words.
    Backend(String),
    /// The pixels could not be written as PNG, with the encoder's words.
    Encoding(String),
}

impl fmt::Display for DrawError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Font => write!(f, "the built-in font cannot be read; build `draw` anew"),
            Self::Backend(words) => write!(f, "drawing failed: {words}"),
            Self::Encoding(words) => write!(f, "the picture cannot be written as PNG: {words}"),
        }
    }
}

impl std::error::Error for DrawError {}

/// The figure as an SVG document: text stays text, images stay sharp, and the same figure gives the same bytes.
///
/// # Errors
///
/// [`DrawError`] where plotters fails.
pub fn svg(figure: &Figure) -> Result<String, DrawError> {
    font::register()?;
    svg::document(&page::scene(figure))
}

/// The figure as a PNG file with two pixels a unit (144 a CSS inch); the same figure gives the same bytes.
///
/// # Errors
///
/// [`DrawError`] where plotters or the encoder fails.
pub fn png(figure: &Figure) -> Result<Vec<u8>, DrawError> {
    font::register()?;
    png::file(&page::scene(figure))
}
