//! Shared with the build script of `wire`, which does the same for the kit's types.

#[path = "../../../../../wire/derive.rs"]
mod derive;

pub(super) use derive::{KIT, impls, name};
