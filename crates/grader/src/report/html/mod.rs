//! Pages that stand by themselves: no script, nothing from elsewhere, in light and dark, on paper.

mod class;
mod color;
mod learner;
mod page;

pub use class::class;
pub use learner::learner;
