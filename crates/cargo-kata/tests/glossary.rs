//! The glossary: complete, in order, and at work in the course.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use engine::catalog::{Catalog, Glossary, anchor};
use engine::workspace::Workspace;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn chapters() -> Vec<(String, String)> {
    let files = fs::read_dir(root().join("book/src")).unwrap().flatten().map(|entry| entry.path());
    let pages = files.filter(|path| path.extension().is_some_and(|it| it == "md"));
    pages.map(|path| (path.display().to_string(), fs::read_to_string(&path).unwrap())).collect()
}

/// A text without what Markdown and line breaks put between words.
fn prose(text: &str) -> String {
    let words = text.replace("///", " ").replace(['*', '`', '-'], " ").to_lowercase();
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_glossary_has_each_term_once_and_in_order() {
    let glossary = Glossary::read(&root()).unwrap();
    let names: Vec<String> = glossary.terms.iter().map(|term| prose(&term.name)).collect();
    assert!(names.len() >= 150, "{}", names.len());
    let out_of_order: Vec<_> = names.windows(2).filter(|pair| pair[0] >= pair[1]).collect();
    assert!(out_of_order.is_empty(), "{out_of_order:?}");
    let empty = glossary.terms.iter().filter(|term| term.text.starts_with('*') || term.text.is_empty());
    assert_eq!(empty.map(|term| term.name.as_str()).collect::<Vec<_>>(), [""; 0], "without a definition");
}

#[test]
fn every_kata_that_the_glossary_names_is_there() {
    let workspace = Workspace::find().unwrap();
    let catalog = Catalog::read(&workspace).unwrap();
    let glossary = Glossary::read(&root()).unwrap();
    let mut lost = Vec::new();
    for term in &glossary.terms {
        let katas = term.text.lines().filter_map(|line| line.strip_prefix("* Kata: "));
        let ids = katas.flat_map(|line| line.split('`').skip(1).step_by(2));
        lost.extend(ids.filter(|id| catalog.kata(id).is_none()).map(|id| format!("{}: {id}", term.name)));
    }
    assert!(lost.is_empty(), "no such katas:\n{}", lost.join("\n"));
}

#[test]
fn every_link_to_the_glossary_leads_to_a_term() {
    let glossary = Glossary::read(&root()).unwrap();
    let anchors: BTreeSet<String> = glossary.terms.iter().map(|term| anchor(&term.name)).collect();
    let mut lost = Vec::new();
    for (page, text) in chapters() {
        let links = text.split("](glossary.md#").skip(1).filter_map(|rest| rest.split(')').next());
        let broken = links.filter(|link| !anchors.contains(*link));
        lost.extend(broken.map(|link| format!("{page}: #{link}")));
    }
    lost.dedup();
    assert!(lost.is_empty(), "no such terms:\n{}", lost.join("\n"));
}

#[test]
fn every_term_is_used_in_a_page_a_hint_or_a_chapter() {
    let workspace = Workspace::find().unwrap();
    let catalog = Catalog::read(&workspace).unwrap();
    let mut texts: Vec<String> = catalog.katas().map(|kata| kata.docs.clone()).collect();
    let hints: BTreeSet<PathBuf> = catalog.katas().map(|kata| workspace.path(kata.hints_path())).collect();
    texts.extend(hints.iter().map(|path| fs::read_to_string(path).unwrap()));
    texts.extend(chapters().into_iter().filter(|(page, _)| !page.contains("glossary")).map(|(_, text)| text));
    let all = prose(&texts.join("\n"));
    let glossary = Glossary::read(&root()).unwrap();
    let unused = glossary.terms.iter().filter(|term| {
        // What stands in brackets is another name for it.
        let name = prose(term.name.split(" (").next().unwrap_or_default());
        !all.contains(&name)
    });
    let unused: Vec<_> = unused.map(|term| term.name.as_str()).collect();
    assert!(unused.is_empty(), "never used: {}", unused.join(", "));
}
