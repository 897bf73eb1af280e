//! What others read of a result: each report is made from its JSON, which alone is the truth, and made anew at any time.
//!
//! No report knows the seed: what a learner is shown does not say what the laws draw from. Learners' texts are printable
//! and cut ([`text`]) before a report sees them, and escaped by each for its format.

pub mod class;
mod class_view;
mod changes;
mod crossing;
mod csv;
mod dates;
mod dry_run;
mod fields;
mod formats;
mod gradescope;
pub(crate) mod html;
mod junit;
mod kata;
pub mod lms;
mod markdown;
mod marks;
pub mod merge;
pub mod regrade;
pub mod result;
mod reserved;
mod roster_view;
pub mod seed;
mod set;
mod shard;
mod table;
pub mod text;
mod view;
mod words;

pub use class_view::ClassView;
pub use crossing::crossing;
pub use dry_run::dry_run;
pub use formats::{OF_A_CLASS, OF_A_SUBMISSION, class as write_class, submission};
pub use kata::{KataView, LawView};
pub use marks::Marker;
pub use reserved::reserved_names;
pub use shard::Shard;
pub use table::table;
pub use view::View;
pub use words::failures;
