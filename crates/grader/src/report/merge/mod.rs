//! `cargo kata grade merge`: the results of several runs as those of one, or an error that says why not.

mod command;
mod part;

pub use command::{describe, merge, merge_with, run};
