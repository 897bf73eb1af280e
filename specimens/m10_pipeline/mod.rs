//! Specimens of milestone 10.

pub mod table;
pub mod cleaning;
pub mod splitting;
pub mod scaling;
pub mod encoding;
pub mod model;
pub mod run;
pub mod report;
pub mod laws;
