//! What there is to learn: milestones, files and katas, read from the trees as they lie on the disk.

mod find;
mod glossary;
mod hints;
mod laws;
mod lazy;
mod read;
mod specimens;
mod tree;

pub use find::Selection;
pub use glossary::{Glossary, Term, anchor};
pub use hints::{Hint, Hints};
pub use laws::{Law, LawFile, LawPart};
pub use lazy::LazyLaws;
pub use specimens::{Specimen, specimens_of};
pub use tree::{Catalog, File, Kata, Milestone};
