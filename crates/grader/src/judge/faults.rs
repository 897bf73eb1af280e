//! Which files of a submission keep it from compiling.
//!
//! What rustc says is written by the learner as much as by rustc, so it is only a hint where to look first. A file is at fault
//! if the build succeeds with its stub in its place and fails without; and the build is ours to answer for if not even the
//! stubs compile.

use std::collections::BTreeMap;

use engine::problem::Problem;

use crate::intake::flat_name;
use crate::sandbox::{Compilation, Diagnostics, shortened};

/// Texts by the ids of their files, or reasons.
pub(super) type ByFile = BTreeMap<String, String>;

/// What was built, and without which files.
#[derive(Debug)]
pub(super) struct Decided<T> {
    pub(super) built: T,
    /// The files whose stubs are in their places, and what rustc says about each.
    pub(super) broken: ByFile,
}

/// Builds these files, each that is at fault replaced by its stub. `build` puts stubs in the places of all files that it is
/// not given.
///
/// # Errors
///
/// [`Problem::Repository`] if the stubs do not compile, and what `build` fails with.
pub(super) fn settle<T>(
    files: &ByFile,
    build: &mut dyn FnMut(&ByFile) -> Compilation<T>,
) -> Result<Decided<T>, Problem> {
    let (mut good, mut suspects) = (files.clone(), ByFile::new());
    let mut is_named = true;
    let built = loop {
        let diagnostics = match build(&good)? {
            Ok(built) => break built,
            Err(diagnostics) if good.is_empty() => return Err(stubs_fail(&diagnostics)),
            Err(diagnostics) => diagnostics,
        };
        let named = pointed_at(&diagnostics, &good);
        // A crash of rustc, a limit, a symbol that clashes: it may be any of them.
        is_named = !named.is_empty();
        let all = || good.keys().map(|id| (id.clone(), diagnostics.text())).collect();
        let named: ByFile = if is_named { named } else { all() };
        good.retain(|id, _| !named.contains_key(id));
        suspects.extend(named);
    };
    if suspects.is_empty() || suspects.len() == 1 && is_named {
        return Ok(Decided { built, broken: suspects });
    }
    one_by_one(files, Decided { built, broken: suspects }, build)
}

/// Adds suspect after suspect to what was built without them, and leaves out each with which it does not compile: an error
/// also points to files that only call the one at fault. A file may need one that comes after it, so it is tried again when
/// that was added.
fn one_by_one<T>(
    files: &ByFile,
    decided: Decided<T>,
    build: &mut dyn FnMut(&ByFile) -> Compilation<T>,
) -> Result<Decided<T>, Problem> {
    let Decided { mut built, broken: suspects } = decided;
    let text = |id: &String| files.get(id).cloned().unwrap_or_default();
    let is_good = |id: &String| !suspects.contains_key(id);
    let mut good: ByFile = files.keys().filter(|id| is_good(id)).map(|id| (id.clone(), text(id))).collect();
    let (mut broken, mut is_current) = (ByFile::new(), true);
    let mut waiting: Vec<&String> = suspects.keys().collect();
    while !waiting.is_empty() {
        let (mut failed, mut again) = (Vec::new(), Vec::new());
        for id in waiting {
            good.insert(id.clone(), text(id));
            match build(&good)? {
                Ok(now) => {
                    (built, is_current) = (now, true);
                    broken.remove(id);
                    again.append(&mut failed);
                }
                Err(diagnostics) => {
                    let said = pointed_at(&diagnostics, &good).remove(id);
                    good.remove(id);
                    broken.insert(id.clone(), said.unwrap_or_else(|| diagnostics.text()));
                    failed.push(id);
                    is_current = false;
                }
            }
        }
        waiting = again;
    }
    while !is_current {
        // What was built lay where the last attempt failed.
        match build(&good)? {
            Ok(now) => (built, is_current) = (now, true),
            // A text that compiles now and then, such as one that reads a clock.
            Err(diagnostics) => match good.pop_last() {
                Some((id, _)) => drop(broken.insert(id, diagnostics.text())),
                None => return Err(stubs_fail(&diagnostics)),
            },
        }
    }
    Ok(Decided { built, broken })
}

fn stubs_fail(diagnostics: &Diagnostics) -> Problem {
    Problem::Repository {
        what: format!("the stubs do not compile\n{}", diagnostics.text()),
        remedy: "This is the grader's fault, not the submission's. No point is given or taken.".to_owned(),
    }
}

/// The files that errors point to: their own text, what stands next to it, or the laws that call it.
fn pointed_at(diagnostics: &Diagnostics, files: &ByFile) -> ByFile {
    let mut named = ByFile::new();
    for error in diagnostics.errors() {
        let is_own = |id: &&String| {
            let near = ["answers", "pins"].map(|it| format!("{it}/{}.rs", flat_name(id)));
            error.file == format!("katas/{id}.rs") || near.contains(&error.file)
        };
        let is_of_its_laws =
            |id: &&String| error.file.starts_with(&format!("{id}/")) || error.file == format!("{id}.rs");
        if let Some(id) = files.keys().find(is_own) {
            let text = named.entry(id.clone()).or_default();
            *text = shortened(&(text.clone() + &error.rendered));
        } else if let Some(id) = files.keys().find(is_of_its_laws) {
            named.entry(id.clone()).or_insert_with(|| "the laws cannot call it".to_owned());
        }
    }
    named
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A compiler that fails where a text says so, and points to the files that the text names.
    fn compile(files: &ByFile, stubs_compile: bool) -> Result<Vec<String>, Diagnostics> {
        let bad = files.iter().find(|(_, text)| text.starts_with("bad"));
        match bad {
            None if stubs_compile => Ok(files.keys().cloned().collect()),
            None => Err(Diagnostics::new(String::new())),
            Some((_, text)) => {
                let span = |id: &str| format!("{{\"is_primary\":true,\"file_name\":\"/src/katas/{id}.rs\"}}");
                let spans: Vec<_> = text.split(' ').skip(1).map(span).collect();
                let spans = spans.join(",");
                Err(Diagnostics::new(format!(
                    "{{\"level\":\"error\",\"rendered\":\"No space left on device\",\"spans\":[{spans}]}}"
                )))
            }
        }
    }

    fn decided(texts: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let files = texts.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
        let decided = settle(&files, &mut |files| Ok(compile(files, true))).expect("the stubs compile");
        (decided.built, decided.broken.into_keys().collect())
    }

    #[test]
    fn a_file_loses_only_its_own_katas_whatever_the_error_says() {
        assert_eq!(decided(&[("m/a", "good"), ("m/b", "bad m/b")]), (vec!["m/a".into()], vec!["m/b".into()]));
        // No file is named.
        assert_eq!(decided(&[("m/a", "good"), ("m/b", "bad")]), (vec!["m/a".into()], vec!["m/b".into()]));
        assert_eq!(decided(&[("m/b", "bad")]), (vec![], vec!["m/b".into()]));
        assert_eq!(decided(&[("m/a", "bad"), ("m/b", "bad")]), (vec![], vec!["m/a".into(), "m/b".into()]));
    }

    #[test]
    fn a_file_that_only_calls_the_one_at_fault_keeps_its_katas() {
        for (at_fault, caller) in [("m/a", "m/b"), ("m/b", "m/a")] {
            let decided = decided(&[(at_fault, "bad m/a m/b"), (caller, "good")]);
            assert_eq!(decided, (vec![caller.to_owned()], vec![at_fault.to_owned()]));
        }
    }

    #[test]
    fn a_file_that_needs_a_later_one_keeps_its_katas() {
        let texts = [("m/a", "needs m/h"), ("m/b", "bad"), ("m/h", "a module of the learner's own")];
        let files: ByFile = texts.map(|(id, text)| (id.to_owned(), text.to_owned())).into();
        let mut build = |files: &ByFile| {
            let has = |id: &str| files.contains_key(id);
            let fails = has("m/b") || has("m/a") && !has("m/h");
            Ok(if fails { Err(Diagnostics::new(String::new())) } else { Ok(files.clone()) })
        };
        let decided = settle(&files, &mut build).expect("the stubs compile");
        assert_eq!(decided.broken.into_keys().collect::<Vec<_>>(), ["m/b"]);
        assert_eq!(decided.built.into_keys().collect::<Vec<_>>(), ["m/a", "m/h"]);
    }

    #[test]
    fn stubs_that_do_not_compile_are_the_fault_of_the_grader() {
        for text in ["good", "bad", "bad m/a"] {
            let files = ByFile::from([("m/a".to_owned(), text.to_owned())]);
            let problem = settle(&files, &mut |files| Ok(compile(files, false))).expect_err("they do not");
            assert!(problem.to_string().contains("the stubs do not compile"));
        }
    }

    #[test]
    fn a_text_that_compiles_now_and_then_is_decided_all_the_same() {
        for seed in 0..64_u32 {
            let mut calls = 0;
            let mut build = |files: &ByFile| {
                calls += 1;
                let fails = files.contains_key("m/b") && seed >> (calls % 6) & 1 == 1;
                Ok(if fails { Err(Diagnostics::new(String::new())) } else { Ok(()) })
            };
            let files = ["m/a", "m/b"].map(|id| (id.to_owned(), "text".to_owned())).into();
            assert!(settle(&files, &mut build).is_ok(), "{seed}");
        }
    }
}
