//! The house stays one that a stranger can live in: lines and files of a size that can be read, imports in one direction,
//! a type name for one thing only.

#![allow(clippy::unwrap_used, reason = "what goes wrong here shall stop the test")]

mod imports;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use engine::source::{ItemKind, Source};

/// Where code of this repository lies.
const TREES: [&str; 5] = ["crates", "katas", "solutions", "specimens", "tests"];
/// rustfmt gives up, and says nothing, on an expression with a literal that is too long: so lines are counted.
const COLUMNS: usize = 110;
/// A file is one idea and stays near 150 lines.
const LINES: usize = 250;
/// All laws of one kata stand in one file, and so do its specimens: `tests/m/file/kata.rs`.
const LINES_OF_ONE_KATA: usize = 360;
/// Of these katas there is more to judge. None is to come.
const OF_ONE_KATA: [&str; 12] = [
    "specimens/m10_pipeline/report/write_notebook.rs",
    "tests/boss/pca/principal_components.rs",
    "tests/boss/serve/app.rs",
    "tests/m06_perceptron/training/train.rs",
    "tests/m07_deep_learning/fitting/fit.rs",
    "tests/m07_deep_learning/mlp/mlp.rs",
    "tests/m08_vision/edges/canny.rs",
    "tests/m08_vision/opencv_images/load_image.rs",
    "tests/m09_convolution/training/train.rs",
    "tests/m10_pipeline/report/write_notebook.rs",
    "tests/m10_pipeline/run/run.rs",
    "tests/m10_pipeline/table/load.rs",
];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// All Rust files below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn all_files() -> Vec<(String, String)> {
    let root = root();
    let paths = TREES.iter().flat_map(|tree| files(&root.join(tree)));
    let named = |path: PathBuf| {
        let name = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
        (name, fs::read_to_string(&path).unwrap())
    };
    paths.map(named).collect()
}

#[test]
fn code_ends_at_column_110() {
    let mut long = Vec::new();
    // Hostile submissions are written as their authors would.
    let is_ours = |(name, _): &(String, String)| !name.starts_with("crates/grader/tests/attacks");
    for (name, text) in all_files().into_iter().filter(is_ours) {
        let is_long = |line: &str| line.chars().count() > COLUMNS && !line.trim_start().starts_with("//");
        let lines = text.lines().enumerate().filter(|(_, line)| is_long(line));
        long.extend(lines.map(|(number, _)| format!("{name}:{}", number + 1)));
    }
    assert!(long.is_empty(), "over {COLUMNS} columns:\n{}", long.join("\n"));
}

#[test]
fn a_file_is_one_idea() {
    let is_long = |(name, text): &(String, String)| {
        let is_of_one_kata =
            (name.starts_with("tests/") || name.starts_with("specimens/")) && name.matches('/').count() == 3;
        let most = if is_of_one_kata { LINES_OF_ONE_KATA } else { LINES };
        text.lines().count() > most && !OF_ONE_KATA.contains(&name.as_str())
    };
    let long = all_files().into_iter().filter(is_long);
    let long: Vec<String> =
        long.map(|(name, text)| format!("{name}: {} lines", text.lines().count())).collect();
    assert!(long.is_empty(), "over {LINES} lines, to be split by idea:\n{}", long.join("\n"));
}

#[test]
fn modules_import_in_one_direction() {
    let mut cycles = Vec::new();
    for entry in fs::read_dir(root().join("crates")).unwrap() {
        let source = entry.unwrap().path().join("src");
        if source.is_dir() {
            cycles.extend(imports::cycles(&source));
        }
    }
    assert!(cycles.is_empty(), "modules that import each other:\n{}", cycles.join("\n"));
}

#[test]
fn workflows_pin_what_they_use_by_commit() {
    for folder in [".github/workflows", "crates/grader/templates/github"] {
        for entry in fs::read_dir(root().join(folder)).unwrap() {
            let path = entry.unwrap().path();
            let text = fs::read_to_string(&path).unwrap();
            let is_use = |line: &&str| line.trim_start().trim_start_matches("- ").starts_with("uses:");
            for line in text.lines().filter(is_use) {
                let commit = line.split('@').nth(1).unwrap_or_default().split(' ').next().unwrap_or_default();
                let is_commit = commit.len() == 40 && commit.chars().all(|c| c.is_ascii_hexdigit());
                assert!(is_commit, "{}: {}", path.display(), line.trim());
            }
        }
    }
}

#[test]
fn a_type_name_stands_for_one_thing() {
    let mut places: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (name, text) in
        all_files().into_iter().filter(|(name, _)| name.starts_with("crates/") && name.contains("/src/"))
    {
        let source = Source::new(&text);
        for item in source.items.iter().filter(|item| item.kind == ItemKind::Type && item.public) {
            places.entry(item.name.clone()).or_default().push(name.clone());
        }
    }
    let twice = places.iter().filter(|(_, files)| files.len() > 1);
    let twice: Vec<String> = twice.map(|(name, files)| format!("{name}: {}", files.join(", "))).collect();
    assert!(twice.is_empty(), "public types of one name:\n{}", twice.join("\n"));
}
