//! Katas that are judged in a process of their own: the laws are trusted and built once, with a proxy in place of each
//! kata ([`ipc`]); what was submitted is compiled and run in the sandbox, and called over a socket (`wire`).

mod ask;
mod build;
mod compile;
pub mod ipc;
mod judge;
mod milestone;
mod specimens;

pub use ask::WorkerRun;
pub use judge::{CompiledWorkers, Isolated, IsolatedParts};
