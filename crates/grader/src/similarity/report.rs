use serde_json::{Value, json};

use super::compare::{Pair, Passage, compare};
use super::published::Published;
use super::text::{Function, Work};

/// What was compared, and what was found.
#[derive(Debug, Clone, Default)]
pub struct SimilarityFindings {
    /// The submissions, in order.
    pub works: Vec<Work>,
    /// What is published.
    pub published: Work,
    /// The pairs, the most similar first.
    pub pairs: Vec<Pair>,
}

impl SimilarityFindings {
    /// Compares these with one another and with what is published.
    #[must_use]
    pub fn of(works: Vec<Work>, published: Published) -> Self {
        let pairs = compare(&works, &published);
        Self { works, published: published.work, pairs }
    }

    /// The other one of a pair.
    pub(super) fn other(&self, pair: &Pair) -> &Work {
        pair.other.map_or(&self.published, |place| &self.works[place])
    }

    /// For programs: `crates/grader/similarity.schema.json` describes it.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let unreadable = self.works.iter().filter(|work| !work.unreadable.is_empty());
        let unreadable = unreadable.map(|work| json!({ "submission": work.name, "files": work.unreadable }));
        json!({
            "schema": 1, "compared": self.works.len(), "unreadable": unreadable.collect::<Vec<_>>(),
            "pairs": self.pairs.iter().map(|pair| self.pair(pair)).collect::<Vec<_>>(),
        })
    }

    fn pair(&self, pair: &Pair) -> Value {
        let (one, other) = (&self.works[pair.one], self.other(pair));
        let function = |it: &Function| json!({ "file": it.file, "function": it.name, "line": it.line });
        let passage = |it: &Passage| {
            json!({ "one": function(&one.functions[it.one]), "other": function(&other.functions[it.other]),
                    "tokens": it.tokens, "lines": it.runs })
        };
        json!({
            "one": one.name, "other": pair.other.map(|_| &other.name), "milestone": pair.milestone,
            "share": pair.share, "tokens": pair.tokens,
            "passages": pair.passages.iter().map(passage).collect::<Vec<_>>(),
        })
    }
}
