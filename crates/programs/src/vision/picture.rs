//! A picture of somebody's own: read, reduced, written.

use std::path::Path;

use image::{DynamicImage, ImageReader, Rgb, RgbImage};
use kit::Matrix;
use ndarray::{Array2, Array3};
use programs::ProgramError;

/// Pixels in color.
#[derive(Debug, Clone)]
pub(crate) struct Picture(RgbImage);

impl Picture {
    /// Reads a file and reduces it so that neither side is longer.
    pub(crate) fn read(file: &Path, most: u32) -> Result<Self, ProgramError> {
        let opened = ImageReader::open(file).map_err(|error| cannot("read", file, &error))?;
        let guessed = opened.with_guessed_format().map_err(|error| cannot("read", file, &error))?;
        let image = guessed.decode().map_err(|error| {
            ProgramError::Environment(format!(
                "{} is no picture that can be read: {error}. PNG and JPEG can",
                file.display()
            ))
        })?;
        let is_large = image.width().max(image.height()) > most;
        let reduced = if is_large { image.thumbnail(most, most) } else { image };
        Ok(Self(DynamicImage::to_rgb8(&reduced)))
    }

    pub(crate) fn width(&self) -> u32 {
        self.0.width()
    }

    pub(crate) fn height(&self) -> u32 {
        self.0.height()
    }

    /// Rows, columns, and blue, green, red: as OpenCV has them.
    pub(crate) fn bgr(&self) -> Array3<u8> {
        let shape = (self.height() as usize, self.width() as usize, 3);
        Array3::from_shape_fn(shape, |(i, j, channel)| self.0.get_pixel(j as u32, i as u32)[2 - channel])
    }

    /// A gray picture of brightnesses.
    pub(crate) fn gray(values: &Array2<u8>) -> Self {
        let (rows, cols) = values.dim();
        let pixel = |x, y| Rgb([values[(y as usize, x as usize)]; 3]);
        Self(RgbImage::from_fn(cols as u32, rows as u32, pixel))
    }

    /// Marks a pixel, and its neighbors as far as given; what lies outside is left out.
    pub(crate) fn mark(&mut self, row: i64, column: i64, reach: i64, color: [u8; 3]) {
        for i in row - reach..=row + reach {
            for j in column - reach..=column + reach {
                if let (Ok(x), Ok(y)) = (u32::try_from(j), u32::try_from(i))
                    && let Some(pixel) = self.0.get_pixel_mut_checked(x, y)
                {
                    *pixel = Rgb(color);
                }
            }
        }
    }

    /// Brightness from 0 to 1, three columns a pixel.
    pub(crate) fn brightness(&self) -> Matrix {
        let (rows, cols) = (self.height() as usize, self.width() as usize);
        Matrix::from_fn(rows, 3 * cols, |i, j| {
            f64::from(self.0.get_pixel((j / 3) as u32, i as u32)[j % 3]) / 255.0
        })
    }

    /// Writes a PNG file.
    pub(crate) fn write(&self, path: &Path) -> Result<(), ProgramError> {
        self.0.save(path).map_err(|error| cannot("write", path, &std::io::Error::other(error)))
    }
}

pub(crate) fn cannot(what: &str, path: &Path, error: &std::io::Error) -> ProgramError {
    ProgramError::Environment(format!("cannot {what} {}: {error}", path.display()))
}
