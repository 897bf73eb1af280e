//! From verdicts to points: what an assignment file gives for them, what being late costs, and what an instructor set by
//! hand. Judging takes minutes and this takes none, so it is done anew in each run: other weights grade nothing again.

mod marker;

pub use marker::Marker;
pub(super) use marker::learners;
