//! The pages for readers name only what is there.

use std::fs;
use std::path::Path;

const PAGES: [&str; 3] = ["ARCHITECTURE.md", "CONTRIBUTING.md", "README.md"];

#[test]
fn every_path_on_a_page_leads_somewhere() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut missing = Vec::new();
    for page in PAGES {
        let text = fs::read_to_string(root.join(page)).unwrap_or_else(|error| panic!("{page}: {error}"));
        let paths: Vec<_> = text.split('`').skip(1).step_by(2).filter(|word| is_path(&root, word)).collect();
        assert!(!paths.is_empty(), "{page} names no path: is this test still looking at the right thing?");
        missing.extend(
            paths.into_iter().filter(|path| !root.join(path).exists()).map(|path| format!("{page}: {path}")),
        );
    }
    assert!(missing.is_empty(), "not there:\n{}", missing.join("\n"));
}

/// A word in code quotes that begins like a path of this repository. Ids of katas, commands and patterns are none.
fn is_path(root: &Path, word: &str) -> bool {
    let Some((first, rest)) = word.split_once('/') else { return word.ends_with(".md") };
    let plain = |c: char| c.is_alphanumeric() || "._-/".contains(c);
    let is_new = rest.contains("…") || word.contains(' ');
    !is_new
        && word.chars().all(plain)
        && !word.starts_with("kit::")
        && (first.starts_with('.') || root.join(first).is_dir())
}
