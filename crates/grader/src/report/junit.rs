//! JUnit's XML, as Jenkins, GitLab and others read it: a suite for each kata, a case for each law. A case that was judged
//! in one process with its laws has the property `assurance`.

use protocol::{GradeState, State, Status};
use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use super::class_view::ClassView;
use super::kata::{KataView, LawView};
use super::view::View;

const FAILED: &str = "the grader failed";

/// One submission.
#[must_use]
pub fn learner(view: &View) -> String {
    let suites = match not_judged(view) {
        Some(status) => vec![suite("submission", vec![TestCase::new("submission", status)])],
        None => view.katas.iter().map(|kata| suite(&kata.id, cases(view, kata))).collect(),
    };
    report(&view.name, suites)
}

/// A class: a suite for each submission, a case for each kata.
#[must_use]
pub fn class(class: &ClassView) -> String {
    let one = |view: &View| {
        let cases = match not_judged(view) {
            Some(status) => vec![TestCase::new("submission", status)],
            None => view.katas.iter().map(|kata| case(&kata.id, kata, as_a_whole(view, kata))).collect(),
        };
        suite(&view.name, cases)
    };
    report("class", class.views.iter().map(one).collect())
}

fn report(name: &str, suites: Vec<TestSuite>) -> String {
    let mut report = Report::new(name);
    report.add_test_suites(suites);
    // Into memory: it cannot fail.
    report.to_string().unwrap_or_default()
}

fn suite(name: &str, cases: Vec<TestCase>) -> TestSuite {
    let mut suite = TestSuite::new(name);
    for mut case in cases {
        case.set_classname(name.replace('/', "."));
        suite.add_test_case(case);
    }
    suite
}

/// What stands for all katas, where none was judged.
fn not_judged(view: &View) -> Option<TestCaseStatus> {
    if view.error.is_empty() {
        return None;
    }
    Some(match view.has_grader_error() {
        true => error("the grader failed; no point is given or taken"),
        false => failure("unreadable", &view.error),
    })
}

/// A case for each law of a kata, or for the kata, where none was judged.
fn cases(view: &View, kata: &KataView) -> Vec<TestCase> {
    match without_laws(view, kata) {
        Some(status) => vec![case("kata", kata, status)],
        None => kata.laws.iter().map(|law| case(&law.law, kata, of_law(law))).collect(),
    }
}

fn case(name: &str, kata: &KataView, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    if kata.is_in_process() {
        case.add_property(Property::new("assurance", kata.assurance.word()));
    }
    case
}

/// A kata as one case.
fn as_a_whole(view: &View, kata: &KataView) -> TestCaseStatus {
    if let Some(status) = without_laws(view, kata) {
        return status;
    }
    match kata.state {
        GradeState::Judged(State::Holds) => TestCaseStatus::success(),
        GradeState::Judged(State::Skipped) => skipped("it needs what is not here"),
        GradeState::Judged(State::NotWritten) => failure("not written", ""),
        state => {
            let laws: String = kata.broken().map(|law| format!("\n{}", law.law)).collect();
            failure(state.words(), &format!("{} of {} laws hold; not these:{laws}", kata.held, kata.of))
        }
    }
}

/// How a kata stands whose laws were not judged.
fn without_laws(view: &View, kata: &KataView) -> Option<TestCaseStatus> {
    match kata.state {
        state if state.is_grader_error() => Some(error(FAILED)),
        GradeState::Judged(State::DoesNotCompile) => {
            let file = kata.id.rsplit_once('/').map_or("", |(file, _)| file);
            let said = view.broken.iter().find(|(broken, _)| broken == file);
            Some(failure("does not compile", said.map_or("", |(_, said)| said)))
        }
        GradeState::AgainstTheRules => Some(failure("against the rules", &kata.why)),
        GradeState::NotGraded | GradeState::NotJudged => Some(skipped(&kata.why)),
        GradeState::Judged(_) | GradeState::GraderError => None,
    }
}

fn of_law(law: &LawView) -> TestCaseStatus {
    match law.status {
        Status::Held => TestCaseStatus::success(),
        Status::Todo => failure("todo", "not written yet"),
        Status::Skipped => skipped("it needs what is not here"),
        Status::Unjudged => error(FAILED),
        status @ (Status::Broken | Status::Timeout | Status::Crashed) => {
            failure(status.word(), &law.in_lines())
        }
    }
}

fn failure(kind: &str, said: &str) -> TestCaseStatus {
    let first = said.lines().find(|line| line.starts_with("got")).or(said.lines().next());
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
    status.set_type(kind).set_message(first.unwrap_or(kind)).set_description(said);
    status
}

fn error(message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_type("grader").set_message(message);
    status
}

fn skipped(message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::skipped();
    status.set_message(message);
    status
}
