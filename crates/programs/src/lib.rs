//! What the programs share: their command line, standard output, and how they end.

pub mod arguments;
mod failure;
pub mod output;
pub mod unwritten;

pub use failure::ProgramError;
pub use output::finish;
