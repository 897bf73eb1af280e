//! Right answers next to the examples of their pages, which promise no more than the page does.

use super::{Findings, Ground, cargo};
use engine::catalog::Kata;
use engine::catalog::specimens_of;
use engine::judging::in_groups;
use engine::problem::Problem;

/// Every wheat keeps the examples on the page of its kata. rustdoc builds all that it runs anew, so all katas answer at
/// once: with their first wheat, then with their second, and so on.
pub(super) fn check(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("wheats");
    let ready: Vec<&Kata> = ground.katas.iter().copied().filter(|kata| kata.unmet().is_none()).collect();
    for (features, katas) in in_groups(&ready, true) {
        let features = features.join(",") + ",specimens";
        let mut wheats = Vec::new();
        for kata in katas {
            let right = specimens_of(ground.workspace, kata)?.into_iter().filter(|specimen| specimen.right);
            wheats.push((kata, right.map(|specimen| specimen.name).collect::<Vec<_>>()));
        }
        for number in 0..wheats.iter().map(|(_, names)| names.len()).max().unwrap_or(0) {
            let answering: Vec<(&Kata, &str)> = wheats
                .iter()
                .filter_map(|(kata, names)| names.get(number).map(|name| (*kata, name.as_str())))
                .collect();
            let pages: Vec<String> = answering.iter().map(|(kata, _)| kata.id.replace('/', "::")).collect();
            let start =
                ["test", "--quiet", "--doc", "--package", "katas", "--no-default-features", "--features"];
            let filters = pages.iter().map(String::as_str);
            let arguments: Vec<&str> =
                start.into_iter().chain([features.as_str(), "--"]).chain(filters).collect();
            let wheat = format!("wheat/{number}");
            let variables = [("KATAS_SPECIMEN", wheat.as_str()), ("RUST_BACKTRACE", "0")];
            let (succeeded, said) = cargo::ask(ground, &arguments, &variables)?;
            let before = findings.failed.len();
            for ((kata, name), page) in answering.iter().zip(&pages) {
                // As in "---- solutions/… - reference::m01_linear_algebra::vectors::dot (line 20) stdout ----".
                let title = format!("::{page} (line ");
                let broken = said.split("\n---- ").skip(1).find(|failure| failure.contains(&title));
                findings.count(broken.is_none(), || {
                    let failure = broken.unwrap_or_default().split("\n\n\n").next().unwrap_or_default();
                    format!("{}/{name}: right, and rejected by the example on its page:\n{failure}", kata.id)
                });
            }
            if !succeeded && findings.failed.len() == before {
                findings.failed.push(format!("the examples of {features} do not run:\n{said}"));
            }
        }
    }
    Ok(findings)
}
