//! What this machine has in addition to Rust, and how the rest gets here.

pub mod browser;
pub mod bubblewrap;
mod install;
mod need;
pub mod opencv;

pub use install::{in_path, with_sudo};
pub use need::Need;
