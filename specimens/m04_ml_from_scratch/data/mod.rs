//! Specimens of `data`.

mod make_blobs;
mod make_linear;
mod make_moons;
mod train_test_split;

pub use make_blobs::make_blobs;
pub use make_linear::make_linear;
pub use make_moons::make_moons;
pub use train_test_split::train_test_split;

use kit::Generator;

/// Nearly a standard normal number: the sum of twelve uniform ones.
fn twelve_uniforms(generator: &mut Generator) -> f64 {
    (0..12).map(|_| generator.uniform()).sum::<f64>() - 6.0
}

/// A standard normal number, by Box and Muller with the sine.
fn normal(generator: &mut Generator) -> f64 {
    let radius = (-2.0 * (1.0 - generator.uniform()).ln()).sqrt();
    radius * (std::f64::consts::TAU * generator.uniform()).sin()
}
