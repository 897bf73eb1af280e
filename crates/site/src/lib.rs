//! The book as a site. Chapters and pages keep one source: formulas stand in them as they are read on a terminal, and become
//! MathML on the way to a browser.

pub mod formula;
pub mod kata_page;
pub mod links;
pub mod preprocessor;
