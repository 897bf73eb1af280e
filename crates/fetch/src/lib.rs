//! Fetches data sets that are too large to embed, from the network or from a folder.
//!
//! A file appears under its name when it is whole and its SHA-256 is right, never before. What has come so far waits in
//! a file of the same name with `.part` behind it, and the next attempt goes on from there.

mod catalog;
mod check;
mod deliver;
mod delivered;
mod failure;
mod genuine;
#[cfg(feature = "http")]
mod http;
mod part;
mod source;
mod watch;

pub use catalog::{Collection, PublishedFile, collection};
pub use check::sha256;
pub use deliver::deliver;
pub use delivered::{Delivered, Way};
pub use failure::FetchError;
pub use genuine::{Genuine, genuine};
pub use source::Provider;
pub use watch::Watch;
