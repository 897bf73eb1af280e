//! The whole book as mdBook writes it: every link leads somewhere, nothing is loaded from another host, formulas are set.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use engine::catalog::Catalog;
use engine::workspace::Workspace;

/// Builds the book; `None` where mdBook is not installed.
fn built() -> Option<PathBuf> {
    if Command::new("mdbook").arg("--version").output().is_err() {
        println!("skipped: mdBook is not installed; `cargo kata book --yes` installs it");
        return None;
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("book");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut mdbook = Command::new("mdbook");
    mdbook.arg("build").arg(root.join("book")).arg("--dest-dir").arg(&out);
    // The program that this test was built with, not one that waits for the lock of this build.
    mdbook.env("MDBOOK_PREPROCESSOR__KATAS__COMMAND", env!("CARGO_BIN_EXE_book-pages"));
    let said = mdbook.output().expect("mdBook runs");
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    Some(out)
}

/// All pages by their path from the top.
fn pages(folder: &Path, top: &Path, out: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            pages(&path, top, out);
        } else if path.extension().is_some_and(|it| it == "html") {
            let name = path.strip_prefix(top).expect("it is below").to_string_lossy().replace('\\', "/");
            out.insert(name, fs::read_to_string(&path).expect("text"));
        }
    }
}

/// The values of an attribute.
fn values<'a>(page: &'a str, attribute: &str) -> Vec<&'a str> {
    let begin = format!(" {attribute}=\"");
    page.split(&begin[..]).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}

/// Where a relative link leads to, from the top.
fn resolved(page: &str, link: &str) -> String {
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.join("/")
}

#[test]
fn the_book_is_whole() {
    let Some(out) = built() else { return };
    let mut all = BTreeMap::new();
    pages(&out, &out, &mut all);
    let anchors: BTreeMap<&str, BTreeSet<&str>> =
        all.iter().map(|(name, page)| (name.as_str(), values(page, "id").into_iter().collect())).collect();
    let mut broken = Vec::new();
    for (name, page) in all.iter().filter(|(name, _)| *name != "print.html" && *name != "404.html") {
        for link in [values(page, "href"), values(page, "src")].concat() {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let file = if file.is_empty() { name.clone() } else { resolved(name, file) };
            let is_there = out.join(&file).is_file();
            let is_anchor = anchor.is_empty() || anchors.get(&file[..]).is_some_and(|it| it.contains(anchor));
            if !is_there || !is_anchor {
                broken.push(format!("{name}: {link}"));
            }
        }
        for loaded in values(page, "src") {
            assert!(!loaded.contains("://"), "{name} loads {loaded}");
        }
        let links = page.split("<link ").skip(1).filter_map(|rest| rest.split('>').next());
        assert!(links.into_iter().all(|link| !link.contains("://")), "{name} links a file of another host");
        assert!(!page.contains("language-formula"), "{name}: a formula is not set");
    }
    assert!(broken.is_empty(), "links that lead nowhere:\n{}", broken.join("\n"));
    let formulas: usize = all.values().map(|page| page.matches("class=\"formula\"").count()).sum();
    assert!(formulas > 30, "{formulas} formulas");
    let catalog = Catalog::read(&Workspace::find().expect("the repository")).expect("the catalog");
    let missing: Vec<_> =
        catalog.katas().filter(|kata| !all.contains_key(&format!("katas/{}.html", kata.id))).collect();
    assert!(missing.is_empty(), "{} katas have no page", missing.len());
}
