//! Specimens of `positions`.

mod embedding;
mod rotary_positions;
mod sinusoidal_positions;

pub use embedding::embedding;
pub use rotary_positions::rotary_positions;
pub use sinusoidal_positions::sinusoidal_positions;
