use std::collections::BTreeMap;
use std::fs;

use engine::problem::{Doing, Problem};

use super::state::{InProcess, InProcessRun};
use crate::judge::outcome::KataOutcome;
use crate::sandbox::{Diagnostics, copy, recreate};

impl InProcess {
    /// What comes of these wheats and chaffs of a kata, each named as `milestone/file/kata/specimen`, to try the grader
    /// itself out.
    ///
    /// # Errors
    ///
    /// [`Problem`] if they do not compile.
    pub fn specimens(
        &self,
        kata: &str,
        names: &[String],
        run: InProcessRun<'_>,
    ) -> Result<BTreeMap<String, KataOutcome>, Problem> {
        let (bench, root) = (
            self.bench(&run),
            "#![allow(warnings)]\n#[path = \"specimens/mod.rs\"]\nmod specimens;\n\
             #[path = \"solutions/mod.rs\"]\npub mod reference;\npub use specimens::*;\n",
        );
        let source = &bench.katas_source;
        recreate(source).doing("make the folder", source)?;
        fs::write(source.join("root.rs"), root).doing("write", source)?;
        for tree in ["solutions", "specimens"] {
            let to = source.join(tree);
            copy(&self.workspace.path(tree), &to).doing("copy", &to)?;
        }
        let rejected = |diagnostics: Diagnostics| Problem::Repository {
            what: diagnostics.text(),
            remedy: "`cargo kata verify` checks the specimens.".to_owned(),
        };
        bench.katas_as_they_lie(&["--cfg=feature=\"specimens\""])?.map_err(rejected)?;
        let file = kata.rsplit_once('/').map_or(kata, |(file, _)| file);
        let program = bench.laws(&[file])?.map_err(rejected)?;
        let mut outcomes = BTreeMap::new();
        for name in names {
            for kata in self.katas.iter().filter(|it| it.id == kata) {
                let verdict = self.kata(&program, kata, run, Some(name))?;
                outcomes
                    .insert(name.clone(), verdict.map_or_else(KataOutcome::GraderError, KataOutcome::Judged));
            }
        }
        // They are large, and are not needed again.
        let _ = fs::remove_dir_all(run.folder);
        Ok(outcomes)
    }
}
