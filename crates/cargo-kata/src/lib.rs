//! `cargo kata`: shows a learner which law a kata breaks, and an author what is missing.
//!
//! It never links a kata. It reads the four trees as text ([`source`], [`mod@outline`], [`catalogue`]) and talks to the laws
//! through cargo and nextest ([`judging`]), so that it answers when the learner's code does not compile.

mod bubblewrap;
pub mod catalogue;
mod commands;
mod edit;
pub mod fingerprints;
pub mod judging;
pub mod need;
mod opencv;
pub mod outline;
mod plotting;
pub mod problem;
pub mod proof;
pub mod show;
pub mod source;
pub mod state;
pub mod workspace;

pub use commands::run;
