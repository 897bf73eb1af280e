//! The laws as a program that judges one of them at a time: the modules of the test tree, with functions that can be
//! called instead of tests.

use std::path::Path;
use std::{fs, io};

use engine::catalog::{Catalog, Kata, LawFile, LawPart};

/// What the program begins with: a `main` that reads which law is wanted.
const HARNESS: &str = include_str!("harness.rs");

/// Writes the laws of these files of katas below `source`, with their neighbors' helpers, and the root of the program.
///
/// # Errors
///
/// As the file system's.
pub(super) fn write(
    tests: &Path,
    catalog: &Catalog,
    files: &[&str],
    katas: &[&Kata],
    source: &Path,
) -> io::Result<()> {
    let mut root = format!("#![allow(warnings)]\n\n{HARNESS}\n");
    for milestone in milestones(files) {
        root += &format!("pub mod {milestone};\n");
        let all: Vec<&str> =
            catalog.files().filter_map(|it| it.id.strip_prefix(milestone)?.strip_prefix('/')).collect();
        let chosen: Vec<&str> =
            files.iter().filter_map(|it| it.strip_prefix(milestone)?.strip_prefix('/')).collect();
        copy(&tests.join(milestone), &source.join(milestone), &|module| {
            chosen.contains(&module) || !all.contains(&module)
        })?;
        for file in chosen {
            copy(&tests.join(milestone).join(file), &source.join(milestone).join(file), &|_| true)?;
        }
    }
    let laws = katas.iter().flat_map(|kata| &kata.laws).filter(|law| law.needs.is_empty());
    root += "\nconst LAWS: &[(&str, fn())] = &[\n";
    laws.for_each(|law| root += &format!("    ({0:?}, {0}),\n", law.test));
    fs::write(source.join("root.rs"), root + "];\n")
}

/// The milestones of these files, each once.
pub(super) fn milestones<'a>(files: &[&'a str]) -> Vec<&'a str> {
    let mut milestones: Vec<&str> = files.iter().filter_map(|file| file.split('/').next()).collect();
    milestones.dedup();
    milestones
}

/// The files of a folder, without those below it, and without the modules that are not wanted.
fn copy(from: &Path, to: &Path, is_wanted: &dyn Fn(&str) -> bool) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default();
        if path.extension().is_some_and(|it| it == "rs") {
            fs::write(to.join(name), callable(&fs::read_to_string(&path)?, is_wanted))?;
        }
    }
    Ok(())
}

/// A file of laws in which each test is a public function, and each module that is wanted a public one.
fn callable(text: &str, is_wanted: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::new();
    for part in LawFile::new(text).parts() {
        match part {
            LawPart::Module { name, .. } if !is_wanted(name) => {}
            LawPart::Module { name, attributes, .. } => out += &format!("{attributes}pub mod {name};\n"),
            LawPart::Inline { name, attributes, text, .. } => {
                out += &format!("{attributes}pub mod {name} {{\n{}}}\n", callable(text, is_wanted));
            }
            LawPart::Test { conditions, function, .. } => {
                conditions.iter().for_each(|it| out += &format!("{it}\n"));
                out += &format!("pub {function}\n");
            }
            LawPart::Other(text) => out += &format!("{text}\n"),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_test_is_a_function_that_can_be_called() {
        let text = "mod loss;\n#[cfg(unix)]\nmod laws;\nmod tensors;\n\n\
            #[test]\n#[ignore = \"needs mnist\"]\nfn it_is() {\n}\nfn own() {\n}\n";
        let callable = callable(text, &|module| module != "laws");
        let nested = super::callable("mod robust {\n    #[test]\n    fn b() {}\n}\n", &|_| true);
        assert_eq!(nested, "pub mod robust {\npub fn b() {}\n}\n");
        assert_eq!(callable, "pub mod loss;\npub mod tensors;\npub fn it_is() {\n}\nfn own() {\n}\n");
    }

    #[test]
    fn every_law_of_this_repository_can_be_called() {
        let workspace = engine::workspace::Workspace::find().unwrap();
        let catalog = Catalog::read(&workspace).unwrap();
        for kata in catalog.katas() {
            let text = callable(&fs::read_to_string(workspace.path(kata.laws_path())).unwrap(), &|_| true);
            for law in &kata.laws {
                let name = law.test.rsplit("::").next().unwrap();
                assert!(text.contains(&format!("pub fn {name}() {{")), "{}", law.test);
            }
        }
    }

    #[test]
    fn each_milestone_is_named_once() {
        assert_eq!(milestones(&["a/x", "a/y", "b/x"]), ["a", "b"]);
    }
}
