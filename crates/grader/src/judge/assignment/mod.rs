//! What is graded, made in three stages, each a type that does not change any more: a [`Plan`] chooses katas and builds
//! nothing, [`Prepared`] holds the lock of the repository and all that was built, an [`Assignment`] adds the seed, the
//! policy and the time limits.

mod assigned;
mod identity;
mod plan;
mod prepared;

pub use assigned::{Assignment, GradingConditions, Timeouts};
pub use plan::Plan;
pub use prepared::{InProcessState, Prepared};
