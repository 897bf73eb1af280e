//! Similarity of submissions, within the class and with what is published: advice for an instructor who reads both texts,
//! and never points.
//!
//! Texts are compared by their tokens. What is easily changed is undone first (names, types of variables, comments, the form
//! of a counting loop), each function stands for itself, so that their order does not matter, and stubs are left out. What
//! two works share counts only if few have it: neither what is published nor a habit of the class.

mod command;
mod compare;
mod grams;
mod page;
mod plain;
mod published;
mod report;
mod text;
mod tiles;
mod tokens;

pub use command::{FILES, after_grading, class, describe, run};
pub use compare::{Pair, Passage, all_pairs, compare};
pub use published::Published;
pub use report::SimilarityFindings;
pub use text::{Function, Work};
