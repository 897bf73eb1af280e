use std::collections::BTreeMap;

use serde_json::Value;

use super::text::{clean, line};

/// A result as the reports show it: read from its JSON, every text printable and cut.
#[derive(Debug, Clone, Default)]
pub struct View {
    /// The name of the submission.
    pub name: String,
    /// `graded`, `unreadable` or `GRADER_ERROR`.
    pub verdict: String,
    /// Points, and how many there were.
    pub points: usize,
    /// How many there were.
    pub possible: usize,
    /// Why nothing was graded.
    pub error: String,
    /// Each kata in order.
    pub katas: Vec<KataView>,
    /// The files that do not compile, and what rustc says.
    pub refused: Vec<(String, String)>,
    /// What was not taken, and why.
    pub ignored: Vec<String>,
    /// What the scan found, one line each.
    pub advice: Vec<String>,
    /// Whether that costs points.
    pub is_enforced: bool,
    /// Seconds that it took.
    pub seconds: f64,
}

/// A kata in a [`View`].
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
    /// Its laws.
    pub laws: Vec<LawView>,
}

/// A law in a [`View`].
#[derive(Debug, Clone, Default)]
pub struct LawView {
    /// The sentence.
    pub law: String,
    /// `held`, `broken`, …
    pub status: String,
    /// The four fields of a broken law, with their names; empty ones are left out.
    pub fields: Vec<(&'static str, String)>,
}

impl View {
    /// Reads a result.
    #[must_use]
    pub fn of(result: &Value) -> Self {
        let list = |key: &str| result[key].as_array().cloned().unwrap_or_default();
        let said: BTreeMap<String, Value> = result["does_not_compile"]
            .as_object()
            .map(|map| map.iter().map(|(id, said)| (id.clone(), said.clone())).collect())
            .unwrap_or_default();
        let findings = result["scan"]["findings"].as_array().cloned().unwrap_or_default();
        Self {
            name: short(&result["submission"]),
            verdict: short(&result["verdict"]),
            points: number(&result["points"]),
            possible: number(&result["possible"]),
            error: long(&result["error"], 2000),
            katas: list("katas").iter().map(KataView::of).collect(),
            refused: said.iter().map(|(id, said)| (line(id, 200), long(said, 8000))).collect(),
            ignored: list("ignored").iter().take(100).map(short).collect(),
            advice: findings.iter().map(advice).collect(),
            is_enforced: result["scan"]["mode"] == "enforce",
            seconds: result["seconds"].as_f64().unwrap_or_default(),
        }
    }

    /// Whether the grader failed: then nothing that it says of points is final.
    #[must_use]
    pub fn has_grader_error(&self) -> bool {
        self.verdict == "GRADER_ERROR"
    }

    /// The laws that hold, and all there are, over the katas that points were given or refused for.
    #[must_use]
    pub fn laws(&self) -> (usize, usize) {
        let graded = self.katas.iter().filter(|kata| kata.state != "not graded");
        graded.fold((0, 0), |(held, of), kata| (held + kata.held, of + kata.of))
    }

    /// The katas by milestone, in order.
    #[must_use]
    pub fn milestones(&self) -> Vec<(&str, Vec<&KataView>)> {
        let mut milestones: Vec<(&str, Vec<&KataView>)> = Vec::new();
        for kata in &self.katas {
            let name = kata.id.split('/').next().unwrap_or_default();
            match milestones.last_mut() {
                Some((last, katas)) if *last == name => katas.push(kata),
                _ => milestones.push((name, vec![kata])),
            }
        }
        milestones
    }
}

impl KataView {
    fn of(kata: &Value) -> Self {
        let laws = kata["laws"].as_array().cloned().unwrap_or_default();
        Self {
            id: short(&kata["kata"]),
            state: short(&kata["state"]),
            points: number(&kata["points"]),
            held: number(&kata["held"]),
            of: number(&kata["of"]),
            why: short(&kata["why"]),
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

fn advice(finding: &Value) -> String {
    let text = |key: &str| line(finding[key].as_str().unwrap_or_default(), 200);
    format!("{}.rs:{}: {}: {}", text("file"), number(&finding["line"]), text("what"), text("why"))
}

fn short(value: &Value) -> String {
    line(value.as_str().unwrap_or_default(), 300)
}

fn long(value: &Value, most: usize) -> String {
    clean(value.as_str().unwrap_or_default(), most)
}

fn number(value: &Value) -> usize {
    value.as_u64().and_then(|number| usize::try_from(number).ok()).unwrap_or_default()
}
