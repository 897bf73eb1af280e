//! Specimens of `edges`.

mod canny;
mod sobel;
pub mod tuned;

pub use canny::canny;
pub use sobel::sobel;
