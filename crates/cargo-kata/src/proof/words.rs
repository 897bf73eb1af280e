//! The project speaks the field's language: what once stood for its terms does not come back, and the spelling is US English.

mod list;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use self::list::{ALLOWED, ALLOWED_IN, INSTEAD};
use super::{Findings, Ground};
use engine::problem::{Doing, Problem};

/// Where texts stand.
const PLACES: [&str; 12] = [
    "README.md",
    "CONTRIBUTING.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "SECURITY.md",
    "book/src",
    "katas",
    "solutions",
    "specimens",
    "tests",
    "snapshots",
    "crates",
];
/// The kinds of files that hold some.
const KINDS: [&str; 5] = ["md", "rs", "txt", "snap", "figure"];
/// The list itself.
const LIST: &str = "crates/cargo-kata/src/proof/words";

/// No text has a phrase of the list.
pub(super) fn check(ground: &mut Ground<'_>) -> Result<Findings, Problem> {
    let mut findings = Findings::of("files");
    let root = ground.workspace.root();
    let mut files = Vec::new();
    for place in PLACES {
        collect(&root.join(place), &mut files)?;
    }
    for file in files {
        let below = file.strip_prefix(root).unwrap_or(&file);
        if below.starts_with(LIST) {
            continue;
        }
        let text = fs::read_to_string(&file).doing("read", &file)?;
        let subjects = text.to_lowercase().replace('_', " ");
        let is_right = |phrase: &str| {
            ALLOWED_IN.iter().any(|(allowed, subject)| *allowed == phrase && subjects.contains(subject))
        };
        let found: Vec<String> = text
            .lines()
            .enumerate()
            .flat_map(|(number, line)| {
                let place = format!("{}:{}", below.display(), number + 1);
                let found = phrases(line).filter(|(phrase, _)| !is_right(phrase));
                let complaint = |(phrase, instead)| format!("{place}: «{phrase}»; write {instead}");
                found.map(complaint).collect::<Vec<_>>()
            })
            .collect();
        findings.count(found.is_empty(), || found.join("\n"));
    }
    spelling(ground, &mut findings);
    Ok(findings)
}

/// The phrases of the list that a line has, and what to write instead.
fn phrases(line: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    // A name is read as its words.
    let mut line = line.to_lowercase().replace('_', " ");
    for allowed in ALLOWED {
        line = line.replace(allowed, "");
    }
    INSTEAD.iter().copied().filter(move |(phrase, _)| has(&line, phrase))
}

/// Whether a line has a phrase as whole words.
fn has(line: &str, phrase: &str) -> bool {
    let is_edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    line.match_indices(phrase).any(|(at, _)| {
        is_edge(line[..at].chars().next_back()) && is_edge(line[at + phrase.len()..].chars().next())
    })
}

fn collect(place: &Path, files: &mut Vec<PathBuf>) -> Result<(), Problem> {
    if place.is_dir() {
        for entry in fs::read_dir(place).doing("read the folder", place)? {
            let path = entry.doing("read the folder", place)?.path();
            collect(&path, files)?;
        }
    } else if place.extension().is_some_and(|it| KINDS.iter().any(|kind| it == *kind)) {
        files.push(place.to_owned());
    }
    Ok(())
}

/// The spelling, where `typos` is installed.
fn spelling(ground: &Ground<'_>, findings: &mut Findings) {
    let run = Command::new("typos").arg("--format=brief").current_dir(ground.workspace.root()).output();
    match run {
        Ok(output) => findings.count(output.status.success(), || {
            format!("the spelling\n{}", String::from_utf8_lossy(&output.stdout))
        }),
        Err(_) => findings.remarks.push(
            "the spelling was not looked at: `cargo install typos-cli --locked` brings `typos`".to_owned(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_as_whole_words_in_prose_and_in_names() {
        let found = |line: &str| phrases(line).map(|(phrase, _)| phrase).collect::<Vec<_>>();
        let [first, second] = [INSTEAD[0].0, INSTEAD[1].0];
        assert_eq!(found(&format!("The {first} of this, and the {second}.")), [first, second]);
        assert_eq!(found(&format!("fn the_{first}_are_averaged() {{")), [first]);
        assert!(found("gradients, hyperparameters, foretold").is_empty());
    }

    #[test]
    fn each_phrase_of_the_list_is_lower_case_and_stands_once() {
        for (number, (phrase, instead)) in INSTEAD.iter().enumerate() {
            assert!(*phrase == phrase.to_lowercase() && !instead.is_empty(), "{phrase}");
            assert!(!INSTEAD[..number].iter().any(|(other, _)| other == phrase), "{phrase} stands twice");
        }
    }
}
