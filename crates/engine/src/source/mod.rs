//! A Rust file, cut into its items by where they begin and end.
//!
//! Nothing is parsed beyond that, so comments and formatting survive, files that do not compile can be read, and the
//! newcomer's first build needs no parser.

mod item;
mod literals;
mod mask;
mod scan;

pub use item::{Item, ItemKind};
pub use literals::literals_after;
pub use scan::Source;
