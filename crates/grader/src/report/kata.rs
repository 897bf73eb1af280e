use serde_json::Value;

use super::view::{long, number, short};

/// A kata in a [`View`](super::View).
#[derive(Debug, Clone, Default)]
pub struct KataView {
    /// Its id.
    pub id: String,
    /// Its verdict in one word.
    pub state: String,
    /// Points: 0 or 1.
    pub points: usize,
    /// How many laws hold,
    pub held: usize,
    /// of how many.
    pub of: usize,
    /// Why it was not judged.
    pub why: String,
    /// How sure its verdict is: `channel`, `in-process`, or `none`.
    pub assurance: String,
    /// Its laws.
    pub laws: Vec<LawView>,
}

/// A law in a [`View`](super::View).
#[derive(Debug, Clone, Default)]
pub struct LawView {
    /// The sentence.
    pub law: String,
    /// `held`, `broken`, …
    pub status: String,
    /// The four fields of a broken law, with their names; empty ones are left out.
    pub fields: Vec<(&'static str, String)>,
}

impl KataView {
    pub(super) fn of(kata: &Value) -> Self {
        let laws = kata["laws"].as_array().cloned().unwrap_or_default();
        Self {
            id: short(&kata["kata"]),
            state: short(&kata["state"]),
            points: number(&kata["points"]),
            held: number(&kata["held"]),
            of: number(&kata["of"]),
            why: short(&kata["why"]),
            assurance: short(&kata["assurance"]),
            laws: laws.iter().map(LawView::of).collect(),
        }
    }

    /// Its state in one sign.
    #[must_use]
    pub fn sign(&self) -> &'static str {
        match self.state.as_str() {
            "holds" => "✓",
            "not written" | "not judged" => "○",
            "not graded" | "skipped" => "–",
            "grader error" | "unknown" => "!",
            _ => "✗",
        }
    }

    /// Why it has no point, for its learner. What went wrong in the grader is the instructor's business.
    #[must_use]
    pub fn reason(&self) -> String {
        match self.state.as_str() {
            "grader error" | "unknown" => "the grader failed here; no point is given or taken".to_owned(),
            "does not compile" => "its file does not compile".to_owned(),
            _ => self.why.clone(),
        }
    }

    /// Whether it was judged in one process with its laws, which is less sure than from afar.
    #[must_use]
    pub fn is_in_process(&self) -> bool {
        self.assurance == "in-process"
    }

    /// What its broken laws complain of, in order: several laws that say the same of other inputs are one complaint.
    #[must_use]
    pub fn complaints(&self) -> Vec<(Vec<&str>, &LawView)> {
        let mut complaints: Vec<(Vec<&str>, &LawView)> = Vec::new();
        for law in self.broken() {
            match complaints.iter_mut().find(|(_, first)| first.says_the_same(law)) {
                Some((laws, _)) => laws.push(&law.law),
                None => complaints.push((vec![&law.law], law)),
            }
        }
        complaints
    }

    /// Its laws that are broken, in order.
    pub fn broken(&self) -> impl Iterator<Item = &LawView> {
        self.laws.iter().filter(|law| law.is_broken())
    }
}

impl LawView {
    fn of(law: &Value) -> Self {
        let field = |key: &'static str| (key, long(&law[key], 2000));
        let fields =
            ["with", "got", "want", "look"].map(field).into_iter().filter(|(_, text)| !text.is_empty());
        Self { law: short(&law["law"]), status: short(&law["status"]), fields: fields.collect() }
    }

    /// Whether it was judged and does not hold.
    #[must_use]
    pub fn is_broken(&self) -> bool {
        matches!(self.status.as_str(), "broken" | "timeout" | "crashed")
    }

    fn says_the_same(&self, other: &Self) -> bool {
        let said =
            |law: &Self| law.fields.iter().filter(|(name, _)| *name != "with").cloned().collect::<Vec<_>>();
        said(self) == said(other)
    }

    /// The fields as they stand in a terminal, one column for their names.
    #[must_use]
    pub fn in_lines(&self) -> String {
        let one = |(name, text): &(&str, String)| format!("{name:4}   {}\n", text.replace('\n', "\n       "));
        self.fields.iter().map(one).collect::<String>().trim_end().to_owned()
    }
}
