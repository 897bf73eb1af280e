use std::collections::BTreeMap;
use std::path::Path;

use engine::catalog::Kata;
use engine::problem::{Doing, Problem};
use protocol::State;

use super::laws;
use super::state::{InProcess, InProcessRun, InProcessVerdicts};
use crate::intake::milestone;
use crate::judge::faults::{ByFile, settle};
use crate::judge::outcome::KataOutcome;
use crate::sandbox::recreate;
use crate::scan::{Finding, roads_out};

impl InProcess {
    /// Judges what a submission has of these katas: an outcome for each that is written. `broken` files do not compile.
    ///
    /// # Errors
    ///
    /// [`Problem`] if a program cannot be started, or if not even the stubs compile with their laws.
    pub fn judge(
        &self,
        submitted: &BTreeMap<String, String>,
        broken: &BTreeMap<String, String>,
        run: InProcessRun<'_>,
    ) -> Result<InProcessVerdicts, Problem> {
        let compiling = submitted.iter().filter(|(id, _)| !broken.contains_key(*id));
        let mut texts: ByFile = compiling.map(|(id, text)| (id.clone(), text.clone())).collect();
        let is_ours = |id: &&str| self.katas.iter().any(|kata| kata.file_id() == *id);
        let is_written = |id: &&str| texts.get(*id).is_some_and(|text| self.is_own(id, text));
        let written: Vec<&str> = self.catalog_order().filter(is_ours).filter(is_written).collect();
        let closed = self.close(&laws::milestones(&written), &mut texts);
        let mut verdicts = InProcessVerdicts::default();
        for (id, why) in &closed {
            verdicts.outcomes.extend(self.each_of(id, &KataOutcome::AgainstTheRules(why.clone())));
        }
        let open: Vec<&str> = written.into_iter().filter(|id| !closed.contains_key(*id)).collect();
        if !open.is_empty() {
            self.settle(&open, &texts, run, &mut verdicts)?;
        }
        for (id, why) in &closed {
            self.explain_callers(id, why, &texts, &mut verdicts.outcomes);
        }
        Ok(verdicts)
    }

    /// Leaves of these milestones every file, and the stub of each that is missing or against the rules; returns which are.
    /// Every file that stands next to the laws keeps to the rules, whether it is judged here or only called.
    fn close(&self, milestones: &[&str], texts: &mut ByFile) -> ByFile {
        let mut closed = ByFile::new();
        // What stands next to the milestones may be used by each.
        texts.retain(|id, _| milestones.contains(&milestone(id)) || !id.contains('/'));
        closed.extend(self.close_helpers(texts));
        for (id, file) in self.files.iter().filter(|(id, _)| milestones.contains(&milestone(id))) {
            let given = &file.given;
            let text = texts.entry(id.clone()).or_insert_with(|| given.stub.clone());
            let roads =
                if self.scans { roads_out(id, &given.stub, &given.solution, text) } else { Vec::new() };
            if let Some(finding) = roads.first() {
                closed.insert(id.clone(), against_the_rules(finding));
                text.clone_from(&given.stub);
            }
        }
        closed
    }

    /// Takes away the modules of the learner's own that are against the rules.
    fn close_helpers(&self, texts: &mut ByFile) -> ByFile {
        let mut closed = ByFile::new();
        texts.retain(|id, text| {
            if self.files.contains_key(id) || !self.scans {
                return true;
            }
            let first = roads_out(id, "", "", text).into_iter().next();
            closed.extend(first.iter().map(|it| (id.clone(), against_the_rules(it))));
            first.is_none()
        });
        closed
    }

    /// Compiles the open files with their laws and judges them; one that does not compile makes way for its stub.
    fn settle(
        &self,
        open: &[&str],
        texts: &ByFile,
        run: InProcessRun<'_>,
        verdicts: &mut InProcessVerdicts,
    ) -> Result<(), Problem> {
        recreate(run.folder).doing("make the folder", run.folder)?;
        let bench = self.bench(&run);
        let is_own = |(id, text): &(&String, &String)| !self.files.contains_key(*id) || self.is_own(id, text);
        let own: ByFile = texts.iter().filter(is_own).map(|(id, it)| (id.clone(), it.clone())).collect();
        let with_stubs = |own: &ByFile| -> ByFile {
            let text = |id: &String| own.get(id).or(self.files.get(id).map(|file| &file.given.stub)).cloned();
            texts.keys().filter_map(|id| Some((id.clone(), text(id)?))).collect()
        };
        let decided = settle(&own, &mut |own| bench.build(&with_stubs(own), open))?;
        for (id, said) in decided.broken {
            verdicts.outcomes.extend(self.each_of(&id, &KataOutcome::DoesNotCompile));
            verdicts.broken.insert(id, format!("With its laws:\n{said}"));
        }
        let left = open.iter().filter(|id| !verdicts.broken.contains_key(**id)).copied().collect::<Vec<_>>();
        verdicts.outcomes.extend(self.all(&decided.built, &left, run)?);
        self.counter_check(&bench, &left, run, &mut verdicts.outcomes)
    }

    /// The same for each kata of a file.
    fn each_of(&self, file: &str, outcome: &KataOutcome) -> Vec<(String, KataOutcome)> {
        let katas = self.katas.iter().filter(|kata| kata.file_id() == file);
        katas.map(|kata| (kata.id.clone(), outcome.clone())).collect()
    }

    /// What calls a file that is against the rules has met its stub instead; if that cost it its point, the result says why.
    fn explain_callers(
        &self,
        id: &str,
        why: &str,
        texts: &ByFile,
        outcomes: &mut BTreeMap<String, KataOutcome>,
    ) {
        let called = format!("super::{}", id.rsplit('/').next().unwrap_or_default());
        for kata in self.katas.iter().filter(|kata| milestone(&kata.id) == milestone(id)) {
            let calls = texts.get(kata.file_id()).is_some_and(|text| text.contains(&called));
            if calls
                && let Some(KataOutcome::Judged(verdict)) = outcomes.get(&kata.id)
                && verdict.state() != State::Holds
            {
                let why = KataOutcome::AgainstTheRules(format!("it calls {id}.rs, {why}"));
                outcomes.insert(kata.id.clone(), why);
            }
        }
    }

    /// Runs all laws of the chosen files.
    fn all(
        &self,
        program: &Path,
        chosen: &[&str],
        run: InProcessRun<'_>,
    ) -> Result<BTreeMap<String, KataOutcome>, Problem> {
        let katas = self.katas.iter().filter(|kata| chosen.contains(&kata.file_id()));
        let one = |kata: &Kata| {
            let verdict = self.kata(program, kata, run, None)?;
            Ok((kata.id.clone(), verdict.map_or_else(KataOutcome::GraderError, KataOutcome::Judged)))
        };
        katas.map(one).collect()
    }
}

fn against_the_rules(it: &Finding) -> String {
    let (line, what, why) = (it.line, &it.what, it.why);
    format!("line {line}: {what}: {why}; in one process with its laws that is not allowed")
}
