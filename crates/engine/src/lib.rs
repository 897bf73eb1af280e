//! What `cargo kata` and the grader stand on: the katas as they lie on the disk ([`source`], [`mod@outline`],
//! [`catalog`], [`edit`]), building and judging them through cargo ([`judging`]), what is remembered between two calls
//! ([`state`], [`course`], [`saves`]), and what can go wrong ([`problem`]).
//!
//! It never links a kata, so that it answers when the learner's code does not compile, and it prints nothing: what takes
//! long is reported to a [`Progress`].

pub mod catalog;
pub mod course;
pub mod edit;
pub mod fingerprints;
pub mod hash;
pub mod judging;
pub mod machine;
pub mod outline;
pub mod output;
pub mod plotting;
pub mod problem;
mod progress;
pub mod saves;
pub mod source;
pub mod state;
pub mod update;
pub mod workspace;

pub use progress::{Progress, Silent};
