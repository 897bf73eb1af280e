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
