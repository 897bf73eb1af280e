//! Nothing is missing beside a kata.

use std::fs;

use super::{Findings, Ground};
use engine::catalogue::specimens_of;
use engine::catalogue::{Hints, Kata};
use engine::problem::Problem;

const LEAST_WHEATS: usize = 2;
const LEAST_CHAFFS: usize = 4;

/// Each kata has three hints, laws, specimens, and its name in the chapter.
pub(super) fn check(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("facts");
    for kata in &ground.katas {
        let id = &kata.id;
        let hints = Hints::read(&ground.workspace.path(kata.hints_path()))?.of(kata.name()).len();
        findings.count(hints == 3, || {
            format!(
                "{id}: {hints} hints, three wanted under `# {}` in {}",
                kata.name(),
                kata.hints_path().display()
            )
        });
        findings.count(!kata.laws.is_empty(), || format!("{id}: no laws in {}", kata.laws_path().display()));
        findings.count(is_in_the_chapter(ground, kata), || {
            format!("{id}: book/src/{}.md does not name `{}`", kata.milestone_id(), kata.name())
        });
        let specimens = specimens_of(ground.workspace, kata)?;
        let right = specimens.iter().filter(|specimen| specimen.right).count();
        let wrong = specimens.len() - right;
        findings.count(right >= LEAST_WHEATS && wrong >= LEAST_CHAFFS, || {
            format!("{id}: {right} wheats and {wrong} chaffs, {LEAST_WHEATS} and {LEAST_CHAFFS} wanted")
        });
    }
    Ok(findings)
}

fn is_in_the_chapter(ground: &Ground<'_>, kata: &Kata) -> bool {
    let path = ground.workspace.path(format!("book/src/{}.md", kata.milestone_id()));
    fs::read_to_string(path).is_ok_and(|text| text.contains(&format!("`{}`", kata.item)))
}
