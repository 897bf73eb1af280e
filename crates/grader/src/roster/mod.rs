//! Whose a submission is: the learners of a roster, as an instructor keeps it or a learning platform exports it, and the
//! submissions that are theirs.

mod columns;
mod join;
mod learner;
mod matching;
mod table;

pub use columns::{Columns, RosterKind};
pub use join::{Joined, join};
pub use learner::RosterLearner;
pub use table::Roster;
