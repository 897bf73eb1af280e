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
pub(super) struct Settled<T> {
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
) -> Result<Settled<T>, Problem> {
    let (mut left, mut broken) = (files.clone(), ByFile::new());
    loop {
        let diagnostics = match build(&left)? {
            Ok(built) => return Ok(Settled { built, broken }),
            Err(diagnostics) => diagnostics,
        };
        if left.is_empty() {
            return Err(stubs_fail(&diagnostics));
        }
        let named = pointed_at(&diagnostics, &left);
        if named.is_empty() {
            // A crash of rustc, a limit, a symbol that clashes.
            return one_by_one(left, broken, build);
        }
        left.retain(|id, _| !named.contains_key(id));
        broken.extend(named);
    }
}

/// Adds file after file to the stubs, and leaves out each with which they do not compile.
fn one_by_one<T>(
    files: ByFile,
    mut broken: ByFile,
    build: &mut dyn FnMut(&ByFile) -> Compilation<T>,
) -> Result<Settled<T>, Problem> {
    let mut good = ByFile::new();
    let mut built = build(&good)?.map_err(|diagnostics| stubs_fail(&diagnostics))?;
    let mut is_current = true;
    for (id, text) in files {
        good.insert(id.clone(), text);
        match build(&good)? {
            Ok(now) => (built, is_current) = (now, true),
            Err(diagnostics) => {
                good.remove(&id);
                broken.insert(id, diagnostics.text());
                is_current = false;
            }
        }
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
    Ok(Settled { built, broken })
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

    fn settled(texts: &[(&str, &str)]) -> (Vec<String>, Vec<String>) {
        let files = texts.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
        let settled = settle(&files, &mut |files| Ok(compile(files, true))).expect("the stubs compile");
        (settled.built, settled.broken.into_keys().collect())
    }

    #[test]
    fn a_file_loses_only_its_own_katas_whatever_the_error_says() {
        assert_eq!(settled(&[("m/a", "good"), ("m/b", "bad m/b")]), (vec!["m/a".into()], vec!["m/b".into()]));
        // No file is named.
        assert_eq!(settled(&[("m/a", "good"), ("m/b", "bad")]), (vec!["m/a".into()], vec!["m/b".into()]));
        assert_eq!(settled(&[("m/b", "bad")]), (vec![], vec!["m/b".into()]));
        assert_eq!(settled(&[("m/a", "bad"), ("m/b", "bad")]), (vec![], vec!["m/a".into(), "m/b".into()]));
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
    fn a_text_that_compiles_now_and_then_is_settled_all_the_same() {
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
