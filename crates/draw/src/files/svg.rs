use plotters::backend::{DrawingBackend, SVGBackend};

use super::DrawError;
use super::paint::{Hand, backend_error, fine, paint};
use super::png::encode;
use super::scene::{Mark, Scene};

const HAND: Hand = Hand { font_size: 1.24, drop: 0.76, piecewise: false };

/// The whole document. plotters draws the marks; what it cannot say (the title for who cannot see, round corners, sharp
/// images) is written around them.
pub(crate) fn document(scene: &Scene) -> Result<String, DrawError> {
    let [width, height] = scene.size;
    let (wide, high) = (fine(width), fine(height));
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {wide} {high}\" \
         role=\"img\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n<title>{}</title>\n\
         <rect width=\"{wide}\" height=\"{high}\" fill=\"#FFFFFF\"/>\n",
        escaped(&scene.title)
    );
    let mut rest = &scene.marks[..];
    while !rest.is_empty() {
        let next = rest.iter().position(|mark| matches!(mark, Mark::Bitmap { .. })).unwrap_or(rest.len());
        text += &fragment(&rest[..next], (wide, high))?;
        if let Some(Mark::Bitmap { at, size, shape, pixels, sharp }) = rest.get(next) {
            let rendering = if *sharp { " style=\"image-rendering:pixelated\"" } else { "" };
            text += &format!(
                "<image x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" preserveAspectRatio=\"none\"{rendering} \
                 href=\"data:image/png;base64,{}\"/>\n",
                fine(at[0]),
                fine(at[1]),
                fine(size[0]),
                fine(size[1]),
                base64(&encode(pixels, *shape, None)?)
            );
        }
        rest = rest.get(next + 1..).unwrap_or_default();
    }
    Ok(text + "</svg>\n")
}

/// The marks as plotters writes them, without the document around.
fn fragment(marks: &[Mark], (wide, high): (i32, i32)) -> Result<String, DrawError> {
    let mut text = String::new();
    let size = (wide.max(1) as u32, high.max(1) as u32);
    let mut backend = SVGBackend::with_string(&mut text, size);
    marks.iter().try_for_each(|mark| paint(&mut backend, mark, &HAND))?;
    backend.present().map_err(backend_error)?;
    drop(backend);
    let inner = text.split_once(">\n").map_or("", |(_, inner)| inner);
    Ok(inner.trim_end().strip_suffix("</svg>").unwrap_or(inner).replace(" opacity=\"1\"", ""))
}

fn escaped(words: &str) -> String {
    words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for group in bytes.chunks(3) {
        let byte = |k: usize| u32::from(group.get(k).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for k in 0..4 {
            let letter = LETTERS[(bits >> (18 - 6 * k) & 63) as usize];
            text.push(if k <= group.len() { char::from(letter) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_is_that_of_the_standard() {
        let pairs = [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foobar", "Zm9vYmFy")];
        pairs.iter().for_each(|(bytes, text)| assert_eq!(base64(bytes.as_bytes()), *text));
    }
}
