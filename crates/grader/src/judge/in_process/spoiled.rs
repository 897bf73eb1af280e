//! The counter-check: the laws run once more, on answers that are made wrong on their way to them.
//!
//! A law that holds even so has not looked at an answer, so it held for another reason: something in its process said that
//! it does. Which laws the counter-check breaks is found out with the reference.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use engine::catalog::{Kata, Law};
use engine::problem::Problem;
use protocol::{LawVerdict, Status};

use super::compile::Bench;
use super::state::{InProcess, InProcessRun};
use crate::judge::faults::ByFile;
use crate::judge::outcome::KataOutcome;
use crate::sandbox::{Compilation, CrateSource, Diagnostics};

/// The files that have one.
const SPOILED: [(&str, &str); 1] = [("boss/serve", include_str!("spoiled/boss_serve.rs"))];

/// What stands between a file's katas and their laws, if there is something for it.
fn text(file: &str) -> Option<&'static str> {
    SPOILED.iter().find(|(known, _)| *known == file).map(|(_, text)| *text)
}

impl Bench<'_> {
    /// Compiles the counter-check of the katas that were compiled last, with the laws of this file around it; `None` where
    /// the file has none.
    pub(super) fn spoiled(&self, file: &str) -> Compilation<Option<PathBuf>> {
        let Some(text) = text(file) else { return Ok(Ok(None)) };
        let libraries = &self.in_process.libraries;
        // The learner's crate has the same name.
        let mut arguments: Vec<String> = ["-Awarnings", "-Cmetadata=spoiled"].map(ToOwned::to_owned).into();
        arguments.push("--extern=learner=/katas/libkatas.rlib".to_owned());
        arguments.extend(libraries.arguments(&[]));
        let spoiled = CrateSource {
            name: "katas",
            source: &self.spoiled_source,
            out: &self.spoiled_out,
            output: "libkatas.rlib",
            kind: "rlib",
            mounts: vec![(libraries.folder.as_path(), "/deps"), (self.katas_out.as_path(), "/katas")],
            arguments,
        };
        spoiled.write(&ByFile::from([("root.rs".to_owned(), text.to_owned())]))?;
        match self.in_process.rustc.compile(&spoiled, self.slot)? {
            Err(diagnostics) => Ok(Err(diagnostics)),
            Ok(_) => Ok(self.laws_around(&[file], Some(&self.spoiled_out))?.map(Some)),
        }
    }
}

impl InProcess {
    /// The laws that the counter-check breaks, of the katas that were compiled last in this folder: the reference.
    pub(super) fn countered_by(&self, run: InProcessRun<'_>) -> Result<BTreeSet<String>, Problem> {
        let (bench, mut countered) = (self.bench(&run), BTreeSet::new());
        for (file, _) in SPOILED {
            let katas: Vec<&Kata> = self.katas.iter().filter(|kata| kata.file_id() == file).collect();
            if katas.is_empty() {
                continue;
            }
            let program = bench.spoiled(file)?.map_err(|it| does_not_compile(file, &it))?;
            let laws = katas.iter().flat_map(|kata| &kata.laws).filter(|law| law.needs.is_empty());
            for law in laws {
                let holds = self.holds(program.as_deref(), law, run)?;
                countered.extend((!holds).then(|| law.test.clone()));
            }
        }
        Ok(countered)
    }

    /// Looks at the laws that hold once more, with spoiled answers: one that holds then, too, does not count.
    pub(super) fn counter_check(
        &self,
        bench: &Bench<'_>,
        files: &[&str],
        run: InProcessRun<'_>,
        outcomes: &mut BTreeMap<String, KataOutcome>,
    ) -> Result<(), Problem> {
        for file in files {
            let katas: Vec<&Kata> = self.katas.iter().filter(|kata| kata.file_id() == *file).collect();
            let counts = |law: &Law, verdict: &LawVerdict| {
                verdict.test == law.test
                    && verdict.status == Status::Held
                    && self.countered.contains(&law.test)
            };
            let mut program: Option<Option<PathBuf>> = None;
            for kata in katas {
                let Some(KataOutcome::Judged(verdict)) = outcomes.get_mut(&kata.id) else { continue };
                for law in &kata.laws {
                    let Some(held) = verdict.laws.iter_mut().find(|it| counts(law, it)) else { continue };
                    if program.is_none() {
                        program = Some(bench.spoiled(file)?.map_err(|it| does_not_compile(file, &it))?);
                    }
                    if self.holds(program.as_ref().and_then(Option::as_deref), law, run)? {
                        *held = suspicious(held);
                    }
                }
            }
        }
        Ok(())
    }

    /// Whether a law holds in this program.
    fn holds(&self, program: Option<&Path>, law: &Law, run: InProcessRun<'_>) -> Result<bool, Problem> {
        let Some(program) = program else { return Ok(false) };
        let report = self.program(program, run, None).run(&law.test)?;
        Ok(self.weigh(report, law).status == Status::Held)
    }
}

fn does_not_compile(file: &str, diagnostics: &Diagnostics) -> Problem {
    Problem::Repository {
        what: format!("the counter-check of {file} does not compile\n{}", diagnostics.text()),
        remedy: "This is the grader's fault, not the submission's. No point is given or taken.".to_owned(),
    }
}

/// A law that holds whatever is answered.
fn suspicious(held: &LawVerdict) -> LawVerdict {
    LawVerdict {
        got: "the law also held when every answer was made wrong on its way".to_owned(),
        want: "a verdict that depends on the answers".to_owned(),
        look: "What else than its answers does the kata change?".to_owned(),
        ..LawVerdict::bare(&held.test, Status::Crashed)
    }
}
