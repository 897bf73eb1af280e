use serde_json::Value;

use super::view::View;

/// What stands below katas that were judged in one process with their laws.
pub(super) const ABOUT_IN_PROCESS: &str = "\
     in-process: these katas cannot be run in a separate process. Their laws run in one process with \
     them, behind rules that are always enforced, and are a little less certain than the others.";

/// What stands above the findings of the scan.
pub(super) fn about_advice(view: &View) -> &'static str {
    if view.is_enforced {
        "These lines are against the rules of the assignment, and cost the points of their katas:"
    } else {
        "Advice, which changes no point: these lines are not what the katas ask for."
    }
}

/// How a submission stands, in a sentence; where every kata counts one point, in the words of the katas.
pub(super) fn standing(view: &View) -> String {
    let (held, of) = view.held();
    if view.counts_katas() {
        return format!("{held} of {of} katas hold.");
    }
    format!("{} of {} points; {held} of {of} katas hold.", view.points, view.possible)
}

/// What made the points other than the laws gave them: dates, what was set by hand, and what changed.
pub(super) fn about_points(view: &View) -> Vec<String> {
    let dates = view.dates.iter().map(|it| it.sentence());
    let set = view.set.iter().map(|it| it.sentence());
    dates.chain(set).chain(view.changes.iter().map(|it| it.sentence())).collect()
}

/// Where the grader failed, why, and what to do about it, in lines for a terminal.
#[must_use]
pub fn failures(results: &[Value]) -> Vec<String> {
    let views: Vec<View> =
        results.iter().filter(|it| View::head(it).has_grader_error()).map(View::of).collect();
    if views.is_empty() {
        return Vec::new();
    }
    let mut said = vec![format!(
        "GRADER_ERROR in {} of {}: the grader failed there, not the learner. It is neither a pass nor a \
         zero, and no export holds these. Start the same command again: it takes up these and nothing else.",
        views.len(),
        results.len()
    )];
    for view in views.iter().take(5) {
        said.push(format!("  {}: {}", view.name, about_grader_error(view).join(" ")));
    }
    said
}

/// What failed in the grader and what to do about it, for the instructor.
pub(super) fn about_grader_error(view: &View) -> Vec<String> {
    let failed: Vec<_> = view.katas.iter().filter(|kata| kata.state.is_grader_error()).collect();
    let mut said = Vec::new();
    if !view.error.is_empty() {
        said.push(format!("What failed: {}", view.error.lines().next().unwrap_or_default()));
    } else if let Some(first) = failed.first() {
        let why = if first.why.is_empty() { "a law was left without a verdict" } else { first.why.as_str() };
        said.push(format!("What failed: {why} ({} katas, {} first)", failed.len(), first.id));
    }
    said.extend(view.remedy.iter().cloned());
    said.push(
        "If it fails again, grade this submission alone with --jobs 1, and look whether memory and disk are \
         free. What fails even so is a mistake of the grader: report it with the text above."
            .to_owned(),
    );
    said
}
