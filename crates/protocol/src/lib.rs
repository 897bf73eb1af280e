//! What judge, engine and grader tell each other: the verdict of a law, the verdict of a kata, and the words for both.
//!
//! Their JSON is written and read here and nowhere else. It is written by hand on `serde_json::Value`: the derive macros
//! of serde would cost a newcomer's first build as much as the whole judge.

mod grade;
mod kata;
mod law;
mod status;
mod tier;

pub use grade::{Assurance, GradeState, SubmissionVerdict};
pub use kata::KataVerdict;
pub use law::{LawVerdict, Place, kata_of, sentence};
pub use status::{State, Status};
pub use tier::Tier;
