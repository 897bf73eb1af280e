use std::sync::OnceLock;

use plotters::style::{FontDesc, FontFamily, FontStyle, register_font};

use super::DrawError;

/// What plotters knows the font as, and what an SVG asks for: Verdana is as wide as DejaVu Sans, letter by letter.
pub(crate) const FAMILY: &str = "DejaVu Sans, Verdana, sans-serif";

/// From the top of the highest letter to the foot of the lowest, in units of the font's size.
pub(crate) const HEIGHT: f64 = 1.164;

const FILE: &[u8] = include_bytes!("../../fonts/DejaVuSans-subset.ttf");

/// Makes the built-in font known to plotters, once.
pub(crate) fn register() -> Result<(), DrawError> {
    static REGISTERED: OnceLock<bool> = OnceLock::new();
    let done = REGISTERED.get_or_init(|| register_font(FAMILY, FontStyle::Normal, FILE).is_ok());
    if *done { Ok(()) } else { Err(DrawError::Font) }
}

/// How wide the words are at this size.
pub(crate) fn width(words: &str, size: f64) -> f64 {
    // plotters measures in whole pixels; a thousand of them an em are exact enough.
    let font = FontDesc::new(FontFamily::Name(FAMILY), 1000.0 * HEIGHT, FontStyle::Normal);
    let wide = font.box_size(words).map_or(0, |(wide, _)| wide);
    f64::from(wide) / 1000.0 * size
}
