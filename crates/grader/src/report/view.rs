use protocol::SubmissionVerdict;
use serde_json::Value;

use super::changes::ChangeView;
use super::dates::DatesView;
use super::fields::{long, number, read, short};
use super::kata::KataView;
use super::set::SetView;
use super::text::line;
use crate::rules::Points;
use crate::scan::Mode;

/// A result as the reports show it: read from its JSON, every text printable and cut.
#[derive(Debug, Clone)]
pub struct View {
    /// The name of the submission.
    pub name: String,
    /// The verdict as a whole.
    pub verdict: SubmissionVerdict,
    /// What learners know the assignment by.
    pub title: String,
    /// The learners of the submission, as the roster names them: name and student number.
    pub learners: Vec<(String, String)>,
    /// Points, and how many there were.
    pub points: Points,
    /// How many there were.
    pub possible: Points,
    /// What an instructor set by hand instead of all points.
    pub set: Option<SetView>,
    /// When it was submitted and when it was due, where that is known,
    pub dates: Option<DatesView>,
    /// What changed since it was graded before, the newest first.
    pub changes: Vec<ChangeView>,
    /// Why nothing was graded,
    pub error: String,
    /// and what can be done about it, one line each.
    pub remedy: Vec<String>,
    /// Each kata in order.
    pub katas: Vec<KataView>,
    /// The files that do not compile, and what rustc says.
    pub broken: Vec<(String, String)>,
    /// What was not taken, and why.
    pub ignored: Vec<String>,
    /// What the scan found, one line each.
    pub advice: Vec<String>,
    /// Whether that costs points.
    pub is_enforced: bool,
    /// Seconds that it took.
    pub seconds: f64,
}

impl View {
    /// Reads a result.
    #[must_use]
    pub fn of(result: &Value) -> Self {
        Self { katas: list(&result["katas"]).iter().map(KataView::of).collect(), ..Self::head(result) }
    }

    /// Reads what a result says of the whole, without its katas: they are most of it.
    #[must_use]
    pub(super) fn head(result: &Value) -> Self {
        let list = |key: &str| list(&result[key]);
        let said = result["does_not_compile"].as_object().into_iter().flatten();
        let findings = self::list(&result["scan"]["findings"]);
        Self {
            name: short(&result["submission"]),
            // A word that is not known is no grade.
            verdict: read(&result["verdict"], SubmissionVerdict::of, SubmissionVerdict::GraderError),
            title: short(&result["title"]),
            learners: list("learners").iter().map(|it| (short(&it["name"]), short(&it["number"]))).collect(),
            points: Points::read(&result["points"]),
            possible: Points::read(&result["possible"]),
            set: SetView::of(&result["override"]),
            dates: DatesView::of(&result["late"]),
            changes: list("changes").iter().map(ChangeView::of).collect(),
            error: long(&result["error"], 2000),
            remedy: list("remedy").iter().take(10).map(short).collect(),
            katas: Vec::new(),
            broken: said.map(|(id, said)| (line(id, 200), long(said, 8000))).collect(),
            ignored: list("ignored").iter().take(100).map(short).collect(),
            advice: findings.iter().take(100).map(advice).collect(),
            is_enforced: read(&result["scan"]["mode"], Mode::of, Mode::Off) == Mode::Enforce,
            seconds: result["seconds"].as_f64().unwrap_or_default(),
        }
    }

    /// Whether the grader failed: then nothing that it says of points is final.
    #[must_use]
    pub fn has_grader_error(&self) -> bool {
        self.verdict == SubmissionVerdict::GraderError
    }

    /// The laws that hold, and all there are, over the katas that points were given or rejected for.
    #[must_use]
    pub fn laws(&self) -> (usize, usize) {
        let graded = self.katas.iter().filter(|kata| kata.state.counts());
        graded.fold((0, 0), |(held, of), kata| (held + kata.held, of + kata.of))
    }

    /// How many katas hold, of those that points were given or rejected for.
    #[must_use]
    pub fn held(&self) -> (usize, usize) {
        let graded = self.katas.iter().filter(|kata| kata.state.counts());
        graded.fold((0, 0), |(held, of), kata| (held + usize::from(kata.holds()), of + 1))
    }

    /// Whether every kata counts one point and nothing else does: then points and katas that hold are the same.
    #[must_use]
    pub fn counts_katas(&self) -> bool {
        let (held, of) = self.held();
        self.points == Points(held as f64) && self.possible == Points(of as f64)
    }

    /// Whether any of its points were set by hand.
    #[must_use]
    pub fn is_set(&self) -> bool {
        self.set.is_some() || self.katas.iter().any(|kata| kata.set.is_some())
    }

    /// Whether its points count: not if the grader failed or nothing could be read, unless they were set by hand.
    #[must_use]
    pub fn is_final(&self) -> bool {
        self.verdict == SubmissionVerdict::Graded || self.set.is_some()
    }

    /// The points that rest on laws in one process with the katas.
    #[must_use]
    pub fn points_in_process(&self) -> Points {
        self.katas.iter().filter(|kata| kata.is_in_process()).map(|kata| kata.points).sum()
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

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn advice(finding: &Value) -> String {
    let text = |key: &str| line(finding[key].as_str().unwrap_or_default(), 200);
    format!("{}.rs:{}: {}: {}", text("file"), number(&finding["line"]), text("what"), text("why"))
}
