//! Specimens of `shapes`.

mod draw_circle;
mod draw_line;

pub use draw_circle::draw_circle;
pub use draw_line::draw_line;
