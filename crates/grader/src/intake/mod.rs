//! What comes in: submissions, of which only the files that the assignment lists are taken, and the repository's files,
//! which stand in for what was not submitted.

mod archive;
mod class;
mod folder;
mod given;
mod helpers;
mod limits;
mod lms;
mod modified;
mod name;
mod read;
mod submission;

pub use class::{Collected, NamedSubmission, collect, each_by_itself};
pub use given::{GivenFile, flat_name, milestone};
pub use helpers::is_list;
pub use lms::{DownloadName, Platform};
pub use modified::modified;
pub use name::name;
pub use read::{read, read_all};
pub use submission::Submission;
