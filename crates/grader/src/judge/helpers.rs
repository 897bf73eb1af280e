//! Modules of a learner's own, next to the files of the katas: they are compiled as at home, and scanned as the files that
//! name them are.

use engine::catalog::Kata;

use super::graded::Graded;
use crate::intake::{Submission, is_list, milestone};
use crate::scan::{Finding, Policy};

/// What the scan finds in such a module: what the rules say for each file that names it.
pub(super) fn scan(policy: &Policy, submission: &Submission, id: &str, text: &str) -> Vec<Finding> {
    let users =
        submission.files.iter().filter(|(file, its)| names(file, its, id)).map(|(file, _)| file.as_str());
    let mut users: Vec<&str> = users.collect();
    if users.is_empty() {
        users.push(id);
    }
    let of = |user: &str| policy.scan(user, text);
    let mut found: Vec<Finding> = users.into_iter().flat_map(of).collect();
    found.iter_mut().for_each(|it| (it.file, it.kata) = (id.to_owned(), None));
    found.sort_by(|a, b| (a.line, &a.what).cmp(&(b.line, &b.what)));
    found.dedup();
    found
}

/// The modules that may be compiled, and their texts.
pub(super) fn accepted<'a>(
    policy: &Policy,
    submission: &'a Submission,
    graded: &Graded,
) -> impl Iterator<Item = (String, String)> + use<'a> {
    let rejected: Vec<&String> =
        submission.helpers.keys().filter(|id| rejected(policy, graded, id).is_some()).collect();
    let accepted = submission.helpers.iter().filter(move |(id, _)| !rejected.contains(id));
    accepted.map(|(id, text)| (id.clone(), text.clone()))
}

/// Why a kata whose file does not compile lacks a module, if the rules took one away that it may use.
pub(super) fn taken_away(
    policy: &Policy,
    submission: &Submission,
    graded: &Graded,
    kata: &Kata,
) -> Option<String> {
    let text = submission.files.get(kata.file_id())?;
    let used = submission.helpers.keys().filter(|id| names(kata.file_id(), text, id));
    used.filter_map(|id| rejected(policy, graded, id)).next()
}

fn rejected(policy: &Policy, graded: &Graded, id: &str) -> Option<String> {
    // The policy speaks of katas; here no kata is meant but the whole file.
    let why = policy.rejects(&graded.findings, &format!("{id}/"))?;
    Some(format!("{id}.rs, {why}"))
}

/// Whether a file may use a module: it stands in the same milestone or above, and its name is in the text.
fn names(file: &str, text: &str, helper: &str) -> bool {
    let is_near = !helper.contains('/') || milestone(helper) == milestone(file);
    let folders = helper.split('/').skip(usize::from(helper.contains('/')));
    is_near && (is_list(helper) || folders.filter(|it| *it != "mod").any(|name| text.contains(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_is_used_where_it_is_named() {
        let names = |helper: &str| names("m01_linear_algebra/vectors", "use super::sums::add_up;", helper);
        assert!(names("m01_linear_algebra/sums") && names("m01_linear_algebra/sums/mod") && names("sums"));
        assert!(names("m01_linear_algebra/mod") && names("mod"));
        assert!(!names("m01_linear_algebra/products") && !names("m02_statistics/sums"));
    }
}
