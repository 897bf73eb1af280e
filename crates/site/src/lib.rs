//! The book as a site, and the live page of a learner at work. Chapters and pages keep one source: formulas stand in them as
//! they are read on a terminal, and become MathML on the way to a browser.

pub mod formula;
pub mod kata_page;
pub mod links;
pub mod preprocessor;

#[cfg(feature = "live")]
pub mod live;
