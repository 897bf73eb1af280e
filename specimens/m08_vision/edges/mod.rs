//! Specimens of `edges`.

mod canny;
mod sobel;

pub use canny::canny;
pub use sobel::sobel;
