//! Specimens of the boss.

pub mod requests;
pub mod serve;
