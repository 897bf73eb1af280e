//! Specimens of `explain`.

mod explain_step;

pub use explain_step::explain_step;
