//! The boss: what was learnt meets the world.

pub mod requests;
pub mod serve;
