//! Which katas can be called in another process, and the code that calls them.
//!
//! Everything follows from the signatures in `solutions/`: `types` says how a type is spelled and lent, `signature` puts a
//! function together, `proxy` prints what the laws link, [`dispatch`] what the worker answers with. What cannot be called
//! over IPC says why, and is judged in process.

mod derived;
pub mod dispatch;
mod function;
mod lend;
mod module;
mod mutant;
mod objects;
mod outlined;
mod proxy;
mod signature;
mod tree;
mod types;

pub use outlined::{OutlinedFile, outlines};
pub use signature::Signature;
pub use tree::{mutants, tree};
pub use types::Obstacle;
