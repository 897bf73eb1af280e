//! Grades untrusted submissions.
//!
//! A submission is a `katas/` folder whose every byte is somebody else's. The laws are trusted and built once, with a
//! proxy in place of each kata ([`crossing`]); what was handed in is compiled and run in a cage ([`cage`]) and asked over
//! a socket (`wire`). So whatever it does to its own process, it can only give answers, and those are judged.

pub mod assignment;
mod beside;
pub mod cage;
pub mod class;
pub mod compile;
pub mod crossing;
pub mod grade;
pub mod inside;
pub mod judge;
pub mod merge;
pub mod report;
pub mod result;
pub mod scan;
pub mod seed;
pub mod sheet;
pub mod slot;
pub mod submission;
