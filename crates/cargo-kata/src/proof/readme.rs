//! The verdict that the README shows is one that the program prints.

use std::fs;

use super::specimens::SpecimenVerdict;
use super::{Findings, Ground};
use crate::show::{self, Style};
use engine::catalog::Specimen;
use engine::problem::{Doing, Problem};

/// The chaff whose verdict the README shows, by its kata and its name.
const SHOWN: (&str, &str) = ("m01_linear_algebra/vectors/dot", "truncates");

/// Whether the README shows the verdict of this one.
pub(super) fn shows(specimen: &Specimen) -> bool {
    (specimen.kata.as_str(), specimen.name.as_str()) == SHOWN
}

/// Where that chaff was judged, its verdict is in the README, word for word.
pub(super) fn check(
    ground: &Ground<'_>,
    outcomes: &[SpecimenVerdict],
    findings: &mut Findings,
) -> Result<(), Problem> {
    let shown = outcomes.iter().find(|it| shows(&it.specimen));
    let (Some(outcome), Some(kata)) = (shown, ground.catalog.kata(SHOWN.0)) else {
        return Ok(());
    };
    let beliefs = [outcome.specimen.words.clone()];
    let style = Style { color: false, terminal: false, width: 100 };
    let place = format!("{}:68", kata.path().display());
    let verdict = show::verdict(kata, &outcome.verdict, &place, &beliefs, style);
    // Up to the line that says where the learner's own text stands.
    let verdict = verdict.split("\n  yours:").next().unwrap_or_default().trim_end();
    let path = ground.workspace.path("README.md");
    let readme = fs::read_to_string(&path).doing("read", &path)?;
    findings.count(readme.contains(verdict), || {
        format!("README.md does not show what the program prints for {} of {}:\n{verdict}", SHOWN.1, SHOWN.0)
    });
    Ok(())
}
