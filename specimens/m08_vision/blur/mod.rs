//! Specimens of `blur`.

mod convolve;
mod gaussian_blur;
mod gaussian_kernel;
pub mod tuned;

pub use crate::reference::m08_vision::blur::Border;
pub use convolve::convolve;
pub use gaussian_blur::gaussian_blur;
pub use gaussian_kernel::gaussian_kernel;
