//! Pages that stand by themselves: nothing from elsewhere, in light and dark, on paper. A learner's runs no script, that of
//! a class the one that sorts its tables.

mod class;
mod color;
mod histogram;
mod katas;
mod learner;
mod page;
mod submissions;

pub use class::class;
pub use learner::learner;
pub(crate) use page::{figure, number, page_with_tables, table};
