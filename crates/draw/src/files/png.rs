use plotters::backend::{BitMapBackend, DrawingBackend};
use plotters::style::Color;
use png::{BitDepth, ColorType, Encoder, PixelDimensions, Unit};

use super::DrawError;
use super::font::HEIGHT;
use super::paint::{Hand, backend_error, color, fine, paint};
use super::scene::{Mark, Scene};
use crate::palette::Rgb;

// Asked to start at its upper edge, plotters sets the foot of the letters half the font's height below it.
const HAND: Hand = Hand { font_size: HEIGHT, drop: HEIGHT / 2.0, piecewise: true };

/// 144 pixels an inch: two a CSS pixel.
const PER_METER: u32 = 5669;

/// The whole file: drawn fine, then each 2×2 pixels become their mean, which smooths every edge alike.
pub(crate) fn file(scene: &Scene) -> Result<Vec<u8>, DrawError> {
    // Even, so that the means come out whole.
    let [wide, high] = scene.size.map(|length| fine(length).max(2) as usize / 2 * 2);
    let mut sheet = vec![255; wide * high * 3];
    {
        let mut backend = BitMapBackend::with_buffer(&mut sheet, (wide as u32, high as u32));
        for mark in &scene.marks {
            paint(&mut backend, mark, &HAND)?;
            bitmap(&mut backend, mark)?;
        }
        backend.present().map_err(backend_error)?;
    }
    encode(&halved(&sheet, wide), [high / 2, wide / 2], Some(PER_METER))
}

/// Each pixel of an image as a rectangle: nothing is blurred.
fn bitmap(backend: &mut BitMapBackend<'_>, mark: &Mark) -> Result<(), DrawError> {
    let Mark::Bitmap { at, size, shape: [rows, cols], pixels, .. } = mark else { return Ok(()) };
    let x = |j: usize| fine(at[0] + size[0] * j as f64 / *cols as f64);
    let y = |i: usize| fine(at[1] + size[1] * i as f64 / *rows as f64);
    for (k, rgb) in pixels.chunks_exact(3).enumerate() {
        let (i, j) = (k / cols, k % cols);
        let fill = color(Rgb(rgb[0], rgb[1], rgb[2])).filled();
        let done = backend.draw_rect((x(j), y(i)), (x(j + 1), y(i + 1)), &fill, true);
        done.map_err(backend_error)?;
    }
    Ok(())
}

fn halved(sheet: &[u8], wide: usize) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(sheet.len() / 4);
    for rows in sheet.chunks_exact(2 * 3 * wide) {
        let (upper, lower) = rows.split_at(3 * wide);
        for (a, b) in upper.chunks_exact(6).zip(lower.chunks_exact(6)) {
            let mean = |c: usize| {
                (u16::from(a[c]) + u16::from(a[c + 3]) + u16::from(b[c]) + u16::from(b[c + 3]) + 2) / 4
            };
            pixels.extend([0, 1, 2].map(|c| mean(c) as u8));
        }
    }
    pixels
}

/// Red, green and blue, row after row, as a PNG file.
pub(crate) fn encode(
    pixels: &[u8],
    [rows, cols]: [usize; 2],
    per_meter: Option<u32>,
) -> Result<Vec<u8>, DrawError> {
    let failed = |error: png::EncodingError| DrawError::Encoding(error.to_string());
    let mut file = Vec::new();
    let mut encoder = Encoder::new(&mut file, cols as u32, rows as u32);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_pixel_dims(per_meter.map(|n| PixelDimensions { xppu: n, yppu: n, unit: Unit::Meter }));
    let mut writer = encoder.write_header().map_err(failed)?;
    writer.write_image_data(pixels).map_err(failed)?;
    writer.finish().map_err(failed)?;
    Ok(file)
}
