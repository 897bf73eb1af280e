//! Modules of a learner's own: files next to those of the katas, and the lists of modules that lead to them.
//!
//! At home cargo compiles whatever `mod` leads to below `katas/`, so it is taken here too. None of it is a kata.

use super::name::is_milestone;

/// As many of them are taken.
pub(super) const MOST: usize = 64;

/// The id of a module that is no file of the assignment: its path below `katas/` without the ending. `folders` lead to it.
pub(super) fn helper_id(folders: &[&str], file: &str, wanted: &[&str]) -> Option<String> {
    let milestone = folders.iter().rposition(|name| is_milestone(name));
    let below = match milestone {
        Some(place) => &folders[place..],
        // Next to the milestones stand the root of the crate, which is the repository's, and their list.
        None if folders.last() == Some(&"katas") && file != "lib" => &[],
        None => return None,
    };
    let is_ours = |name: &&str| wanted.iter().any(|id| id.split('/').next() == Some(name));
    let names: Vec<&str> = below.iter().copied().chain([file]).collect();
    let is_word = |name: &&str| !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    (names.iter().all(is_word) && below.first().is_none_or(is_ours)).then(|| names.join("/"))
}

/// Whether a text is a list of these modules and no more, as the repository has it: then nothing depends on it.
pub(super) fn only_lists(text: &str, modules: &dyn Fn(&str) -> bool) -> bool {
    text.lines().map(str::trim).all(|line| {
        let module = line.strip_prefix("pub mod ").and_then(|rest| rest.strip_suffix(';'));
        line.is_empty()
            || line.starts_with("//")
            || line.starts_with("#[cfg(feature = ") && line.ends_with(")]")
            || module.is_some_and(modules)
    })
}

/// Whether an id is that of a list of modules: `mod` or `m01_linear_algebra/mod`.
#[must_use]
pub fn is_list(id: &str) -> bool {
    id == "mod" || id.strip_suffix("/mod").is_some_and(|milestone| !milestone.contains('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WANTED: [&str; 2] = ["m01_linear_algebra/vectors", "m01_linear_algebra/laws"];

    #[test]
    fn a_module_has_its_path_below_katas() {
        let id = |path: &str| {
            let names: Vec<&str> = path.split('/').collect();
            let (file, folders) = names.split_last().expect("a name");
            helper_id(folders, file, &WANTED)
        };
        for (path, wanted) in [
            ("ada/katas/m01_linear_algebra/helpers", Some("m01_linear_algebra/helpers")),
            ("katas/m01_linear_algebra/vectors/sums", Some("m01_linear_algebra/vectors/sums")),
            ("m01_linear_algebra/mod", Some("m01_linear_algebra/mod")),
            ("katas/common", Some("common")),
            ("katas/lib", None),
            ("common", None),
            ("katas/m02_statistics/helpers", None),
            ("katas/m01_linear_algebra/a b", None),
        ] {
            assert_eq!(id(path).as_deref(), wanted, "{path}");
        }
        assert!(
            is_list("mod") && is_list("m01_linear_algebra/mod") && !is_list("m01_linear_algebra/vectors/mod")
        );
    }

    #[test]
    fn a_list_of_modules_is_recognized() {
        let only = |text: &str| only_lists(text, &|name| ["vectors", "laws"].contains(&name));
        assert!(only("//! Milestone 1.\n\npub mod vectors;\n#[cfg(feature = \"m01\")]\npub mod laws;\n"));
        assert!(!only("pub mod vectors;\nmod helpers;\n") && !only("pub mod vectors;\npub fn f() {}\n"));
        assert!(!only("#[cfg(feature = \"m01\")] pub fn f() {}\n"));
    }
}
