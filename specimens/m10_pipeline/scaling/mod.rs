//! Specimens of `scaling`.

mod fit_scaler;

pub use fit_scaler::fit_scaler;
