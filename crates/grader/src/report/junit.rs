//! JUnit's XML, as Jenkins, GitLab and others read it: a suite for each kata, a case for each law. A case that was judged
//! in one process with its laws has the property `assurance`.

use super::kata::{KataView, LawView};
use super::text::escaped;
use super::view::View;

/// One submission.
#[must_use]
pub fn learner(view: &View) -> String {
    suites(&view.name, &suite_of(view))
}

/// A class: a suite for each submission, a case for each kata.
#[must_use]
pub fn class(views: &[View]) -> String {
    let one = |view: &View| {
        let cases: Vec<Case<'_>> = match failed(view) {
            Some(case) => vec![case],
            None => view.katas.iter().map(|kata| brief(view, kata).told_apart(kata)).collect(),
        };
        suite(&view.name, &cases)
    };
    suites("class", &views.iter().map(one).collect::<Vec<_>>())
}

/// A suite as text, and its counts.
struct Suite {
    text: String,
    tests: usize,
    failures: usize,
    errors: usize,
}

fn suites(name: &str, all: &[Suite]) -> String {
    let sum = |of: fn(&Suite) -> usize| all.iter().map(of).sum::<usize>();
    let (tests, failures, errors) = (sum(|it| it.tests), sum(|it| it.failures), sum(|it| it.errors));
    let texts: String = all.iter().map(|it| it.text.as_str()).collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"{}\" tests=\"{tests}\" failures=\"{failures}\" \
         errors=\"{errors}\">\n{texts}</testsuites>\n",
        escaped(name)
    )
}

fn suite_of(view: &View) -> Vec<Suite> {
    match failed(view) {
        Some(case) => vec![suite("submission", &[case])],
        None => {
            let of =
                |kata| cases(view, kata).into_iter().map(|case| case.told_apart(kata)).collect::<Vec<_>>();
            view.katas.iter().map(|kata| suite(&kata.id, &of(kata))).collect()
        }
    }
}

/// What stands for all katas, where none was judged.
fn failed(view: &View) -> Option<Case<'_>> {
    let whole = Case { name: "submission", ..Case::default() };
    if view.has_grader_error() && !view.error.is_empty() {
        return Some(Case { error: Some("the grader failed; no point is given or taken"), ..whole });
    }
    (!view.error.is_empty()).then(|| Case { failure: Some(("unreadable", view.error.clone())), ..whole })
}

/// A kata as one case.
fn brief<'a>(view: &'a View, kata: &'a KataView) -> Case<'a> {
    let whole = Case { name: &kata.id, ..Case::default() };
    match kata.state.as_str() {
        "holds" => whole,
        "broken" => {
            let laws: String = kata.broken().map(|law| format!("\n{}", law.law)).collect();
            let said = format!("{} of {} laws hold; not these:{laws}", kata.held, kata.of);
            Case { failure: Some(("broken", said)), ..whole }
        }
        "not written" => Case { failure: Some(("not written", String::new())), ..whole },
        _ => cases(view, kata).pop().map_or(whole, |case| Case { name: &kata.id, ..case }),
    }
}

/// A law, or what stands for the laws of a kata that was not judged.
#[derive(Default)]
struct Case<'a> {
    name: &'a str,
    failure: Option<(&'a str, String)>,
    error: Option<&'a str>,
    skipped: Option<&'a str>,
    in_process: bool,
}

fn cases<'a>(view: &'a View, kata: &'a KataView) -> Vec<Case<'a>> {
    let whole = Case { name: "kata", ..Case::default() };
    match kata.state.as_str() {
        "does not compile" => {
            let said =
                view.refused.iter().find(|(file, _)| kata.id.rsplit_once('/').is_some_and(|it| it.0 == file));
            let said = said.map(|(_, said)| said.clone()).unwrap_or_default();
            vec![Case { failure: Some(("does not compile", said)), ..whole }]
        }
        "against the rules" => vec![Case { failure: Some(("against the rules", kata.why.clone())), ..whole }],
        "grader error" | "unknown" => vec![Case { error: Some("the grader failed"), ..whole }],
        "not graded" | "not judged" => vec![Case { skipped: Some(&kata.why), ..whole }],
        _ => kata.laws.iter().map(case).collect(),
    }
}

fn case(law: &LawView) -> Case<'_> {
    let bare = Case { name: &law.law, ..Case::default() };
    match law.status.as_str() {
        "held" => bare,
        "todo" => Case { failure: Some(("todo", "not written yet".to_owned())), ..bare },
        "skipped" => Case { skipped: Some("it needs what is not here"), ..bare },
        "unjudged" => Case { error: Some("the grader failed"), ..bare },
        status => Case { failure: Some((status, law.in_lines())), ..bare },
    }
}

fn suite(id: &str, cases: &[Case<'_>]) -> Suite {
    let count = |is: fn(&&Case<'_>) -> bool| cases.iter().filter(is).count();
    let (failures, errors) = (count(|it| it.failure.is_some()), count(|it| it.error.is_some()));
    let skipped = count(|it| it.skipped.is_some());
    let class = escaped(&id.replace('/', "."));
    let inside: String = cases.iter().map(|case| case.xml(&class)).collect();
    let text = format!(
        "  <testsuite name=\"{}\" tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\" \
         skipped=\"{skipped}\">\n{inside}  </testsuite>\n",
        escaped(id),
        cases.len()
    );
    Suite { text, tests: cases.len(), failures, errors }
}

impl Case<'_> {
    fn told_apart(self, kata: &KataView) -> Self {
        Self { in_process: kata.is_in_process(), ..self }
    }

    fn xml(&self, class: &str) -> String {
        let properties = match self.in_process {
            true => "<properties><property name=\"assurance\" value=\"in-process\"/></properties>",
            false => "",
        };
        let inside = match (&self.failure, self.error, self.skipped) {
            (Some((kind, said)), ..) => {
                let first = said.lines().find(|line| line.starts_with("got")).or(said.lines().next());
                let message = escaped(first.unwrap_or(kind));
                format!("<failure type=\"{kind}\" message=\"{message}\">{}</failure>", escaped(said))
            }
            (_, Some(message), _) => format!("<error type=\"grader\" message=\"{message}\"/>"),
            (.., Some(message)) => format!("<skipped message=\"{}\"/>", escaped(message)),
            _ => String::new(),
        };
        format!(
            "    <testcase classname=\"{class}\" name=\"{}\">{properties}{inside}</testcase>\n",
            escaped(self.name)
        )
    }
}
