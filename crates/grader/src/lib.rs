//! Grades untrusted submissions.
//!
//! A submission is a `katas/` folder of which the learner writes every byte. The laws are trusted and built once, with a
//! proxy in place of each kata; what was submitted is compiled and run in a sandbox and called over a socket (`wire`). So
//! whatever it does to its own process, it can only give answers, and those are judged.
//!
//! Data flows one way: [`intake`] reads submissions, the [`sandbox`] runs them, the [`judge`] finds what they are worth, a
//! [`report`] writes it down for others. The [`scan`] and [`similarity`] stand apart: they only look at texts; the
//! [`rules`] are what an instructor writes about an assignment. A [`class`] is many submissions on that way.

pub mod class;
pub mod intake;
pub mod judge;
pub mod register;
pub mod report;
pub mod roster;
pub mod rules;
pub mod sandbox;
pub mod scan;
pub mod similarity;
mod tokens;
