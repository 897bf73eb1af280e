//! What the instructor decides: which katas are graded and what they are worth, read from an [`AssignmentFile`]. Without
//! one, every kata of the milestones counts one point when all its laws hold.

mod choice;
mod date;
mod file;
mod form;
mod late;
mod marking;
mod overrides;
mod points;
mod source;
mod toml_text;

pub use choice::Choice;
pub use date::Moment;
pub use file::{AssignmentFile, SeedPolicy};
pub use late::{Deduction, LateRules, TimesFrom};
pub use marking::{Credit, LawMark, Marking};
pub use overrides::{BySubmission, Meant, Override, OverridesFile};
pub use points::Points;
pub use source::Located;
