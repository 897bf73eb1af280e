//! Specimens of `corners`.

mod harris_corners;
mod harris_response;

pub use harris_corners::harris_corners;
pub use harris_response::harris_response;
