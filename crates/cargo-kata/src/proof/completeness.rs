//! Nothing is missing next to a kata.

use std::fs;

use super::{Findings, Ground, example};
use engine::catalog::{Hints, Kata, specimens_of};
use engine::edit;
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
        for (path, line) in declarations(kata) {
            let text = fs::read_to_string(ground.workspace.path(&path)).unwrap_or_default();
            findings.count(declares(&text, &line), || format!("{id}: {path} lacks the line `{line}`"));
        }
        let stubs = fs::read_to_string(ground.workspace.path(kata.path())).unwrap_or_default();
        findings.count(edit::line(&stubs, kata).is_some(), || {
            let (path, file) = (kata.path(), kata.file_id());
            format!(
                "{id}: {} has no `{}`; `cargo kata author stub {file}` writes it",
                path.display(),
                kata.item
            )
        });
        let specimens = specimens_of(ground.workspace, kata)?;
        let right = specimens.iter().filter(|specimen| specimen.right).count();
        let wrong = specimens.len() - right;
        findings.count(right >= LEAST_WHEATS && wrong >= LEAST_CHAFFS, || {
            format!("{id}: {right} wheats and {wrong} chaffs, {LEAST_WHEATS} and {LEAST_CHAFFS} wanted")
        });
    }
    in_order(ground, &mut findings)?;
    example::check(ground, &mut findings);
    Ok(findings)
}

/// The lines that lead to a kata's laws and specimens, each with the file in which it stands.
fn declarations(kata: &Kata) -> Vec<(String, String)> {
    let (milestone, file, name) = (kata.milestone_id(), kata.file_id(), kata.name());
    let subject = file.rsplit('/').next().unwrap_or(file);
    vec![
        (format!("tests/{milestone}/mod.rs"), format!("mod {subject};")),
        (format!("tests/{file}/mod.rs"), format!("mod {name};")),
        (format!("specimens/{milestone}/mod.rs"), format!("mod {subject};")),
        (format!("specimens/{file}/mod.rs"), format!("mod {name};")),
        (format!("katas/{milestone}/mod.rs"), format!("mod {subject};")),
    ]
}

/// Whether a module is declared, whatever its visibility.
fn declares(text: &str, line: &str) -> bool {
    text.lines().any(|it| {
        let it = it.trim();
        it.strip_suffix(line).is_some_and(|before| before.is_empty() || before.starts_with("pub"))
    })
}

/// The hints of a file stand in the order of its katas.
fn in_order(ground: &Ground<'_>, findings: &mut Findings) -> Result<(), Problem> {
    for file in ground.catalog.files() {
        let Some(first) = file.katas.first() else { continue };
        if ground.katas.iter().all(|kata| kata.file_id() != file.id) {
            continue;
        }
        let hints = Hints::read(&ground.workspace.path(first.hints_path()))?;
        let place = |name: &str| file.katas.iter().position(|kata| kata.name() == name);
        let mut last = None;
        for name in hints.katas() {
            let here = place(name);
            let path = first.hints_path();
            findings
                .count(here.is_some(), || format!("{}: `# {name}` is no kata of this file", path.display()));
            findings.count(here >= last, || {
                format!("{}: `# {name}` stands behind a kata that comes later in the file", path.display())
            });
            last = here.max(last);
        }
    }
    Ok(())
}

fn is_in_the_chapter(ground: &Ground<'_>, kata: &Kata) -> bool {
    let path = ground.workspace.path(format!("book/src/{}.md", kata.milestone_id()));
    fs::read_to_string(path).is_ok_and(|text| text.contains(&format!("`{}`", kata.item)))
}
