//! What a report is made of.

use super::pictures::Picture;
use engine::catalog::{Kata, Term};
use protocol::KataVerdict;

/// What there is to report.
pub(super) struct Report<'a> {
    /// The learner's name.
    pub(super) name: Option<String>,
    /// All katas, and what is known of them.
    pub(super) katas: Vec<(&'a Kata, Option<KataVerdict>)>,
    /// What the solved ones draw.
    pub(super) pictures: Vec<Picture>,
    /// What `compare` said last of the solved ones, by the kata's id.
    pub(super) comparisons: Vec<(String, String)>,
    /// The terms of the glossary that the solved ones bring.
    pub(super) terms: Vec<Term>,
}

/// The stars of a kata; none where nothing is known.
pub(super) fn stars(verdict: Option<&KataVerdict>) -> u8 {
    verdict.map_or(0, KataVerdict::stars)
}
