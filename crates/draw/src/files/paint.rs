use plotters::backend::DrawingBackend;
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontFamily, FontTransform, IntoFont, RGBColor, ShapeStyle, TextStyle};

use super::DrawError;
use super::font::FAMILY;
use super::scene::{Anchor, Mark};
use crate::palette::Rgb;

/// plotters counts in whole pixels, so it draws on a sheet so many times as large as the picture.
pub(crate) const FINE: f64 = 4.0;

/// What differs between the two kinds of file.
pub(crate) struct Hand {
    /// plotters' size of a font of size 1.
    pub font_size: f64,
    /// How far below its upper edge plotters sets the foot of the letters, in units of the font's size.
    pub drop: f64,
    /// Whether lines of many points have to be put together from straight pieces and round corners.
    pub piecewise: bool,
}

/// A length on the fine sheet.
pub(crate) fn fine(x: f64) -> i32 {
    (x * FINE).round().clamp(-1e6, 1e6) as i32
}

pub(crate) fn color(rgb: Rgb) -> RGBColor {
    RGBColor(rgb.0, rgb.1, rgb.2)
}

/// Draws one mark; a bitmap is none of plotters' marks and left to the caller.
pub(crate) fn paint<B: DrawingBackend>(backend: &mut B, mark: &Mark, hand: &Hand) -> Result<(), DrawError> {
    let point = |[x, y]: [f64; 2]| (fine(x), fine(y));
    let done = match mark {
        Mark::Line { points, width, ink } => {
            let wide = fine(*width).max(1) as u32;
            let style = ShapeStyle { color: color(*ink).to_rgba(), filled: false, stroke_width: wide };
            let points: Vec<_> = points.iter().copied().map(point).collect();
            if hand.piecewise {
                return pieces(backend, &points, style);
            }
            backend.draw_path(points, &style)
        }
        Mark::Area { points, fill } => backend.fill_polygon(points.iter().copied().map(point), &color(*fill)),
        Mark::Disc { at, radius, fill } => {
            backend.draw_circle(point(*at), fine(*radius).max(1) as u32, &color(*fill).filled(), true)
        }
        Mark::Text { words, at, size, anchor, upright, ink } => {
            let drop = hand.drop * size;
            let at = if *upright { [at[0] - drop, at[1]] } else { [at[0], at[1] - drop] };
            let across = match anchor {
                Anchor::Start => HPos::Left,
                Anchor::Middle => HPos::Center,
                Anchor::End => HPos::Right,
            };
            let turn = if *upright { FontTransform::Rotate270 } else { FontTransform::None };
            let font = (FontFamily::Name(FAMILY), size * hand.font_size * FINE).into_font().transform(turn);
            let ink = color(*ink);
            let style = TextStyle::from(font).color(&ink).pos(Pos::new(across, VPos::Top));
            backend.draw_text(words, &style, point(at))
        }
        Mark::Bitmap { .. } => Ok(()),
    };
    done.map_err(backend_error)
}

pub(crate) fn backend_error(error: impl std::error::Error) -> DrawError {
    DrawError::Backend(error.to_string())
}

/// A broad line piece by piece: plotters' own joins leave holes where a path turns back on itself.
fn pieces<B: DrawingBackend>(
    backend: &mut B,
    points: &[(i32, i32)],
    style: ShapeStyle,
) -> Result<(), DrawError> {
    let round = style.stroke_width > 2;
    let closed = points.len() > 2 && points.first() == points.last();
    for (k, ends) in points.windows(2).enumerate() {
        backend.draw_line(ends[0], ends[1], &style).map_err(backend_error)?;
        let last = k + 2 == points.len();
        if round && (closed || !last) {
            backend
                .draw_circle(ends[1], style.stroke_width / 2, &style.filled(), true)
                .map_err(backend_error)?;
        }
    }
    Ok(())
}
