use std::collections::BTreeMap;
use std::path::Path;

use engine::catalogue::Kata;
use engine::problem::{Doing, Problem};
use protocol::State;

use super::room::Part;
use super::sources::blame_laws;
use super::{Asked, Inside, Judged, laws, milestone};
use crate::cage::fresh;
use crate::compile::{blame, shortened};
use crate::result::Found;
use crate::scan::roads_out;

/// Texts by the ids of their files, or reasons.
type ByFile = BTreeMap<String, String>;

impl Inside {
    /// Judges what a submission has of these katas: a state for each that is written. `refused` files do not compile.
    ///
    /// # Errors
    ///
    /// [`Problem`] if a program cannot be started.
    pub fn judge(
        &self,
        handed_in: &BTreeMap<String, String>,
        refused: &BTreeMap<String, String>,
        asked: Asked<'_>,
    ) -> Result<Judged, Problem> {
        let compiling = handed_in.iter().filter(|(id, _)| !refused.contains_key(*id));
        let mut texts: ByFile = compiling.map(|(id, text)| (id.clone(), text.clone())).collect();
        let is_ours = |id: &&str| self.katas.iter().any(|kata| kata.file_id() == *id);
        let written: Vec<&str> =
            self.catalogue_order().filter(is_ours).filter(|id| self.is_own(id, &texts)).collect();
        let closed = self.close(&laws::milestones(&written), &mut texts);
        let mut judged = Judged::default();
        for (id, why) in &closed {
            judged.found.extend(self.each_of(id, &Found::AgainstTheRules(why.clone())));
        }
        let open = written.into_iter().filter(|id| !closed.contains_key(*id)).collect();
        self.settle(open, &mut texts, asked, &mut judged)?;
        for (id, why) in &closed {
            self.who_leans_on(id, why, &texts, &mut judged.found);
        }
        Ok(judged)
    }

    /// Leaves of these milestones every file, and the stub of each that is missing or against the rules; tells which are.
    /// Whoever stands beside the laws keeps to the rules, whether his file is judged here or only called.
    fn close(&self, milestones: &[&str], texts: &mut ByFile) -> ByFile {
        let mut closed = ByFile::new();
        texts.retain(|id, _| milestones.contains(&milestone(id)));
        for (id, given) in self.files.iter().filter(|(id, _)| milestones.contains(&milestone(id))) {
            let text = texts.entry(id.clone()).or_insert_with(|| given.stub.clone());
            let roads =
                if self.scans { roads_out(id, &given.stub, &given.solution, text) } else { Vec::new() };
            if let Some(it) = roads.first() {
                let (line, what, why) = (it.line, &it.what, it.why);
                let why = format!("line {line}: {what}: {why}; beside its laws that is not allowed");
                closed.insert(id.clone(), why);
                text.clone_from(&given.stub);
            }
        }
        closed
    }

    /// Compiles the open files with their laws and judges them; one that does not compile makes way for its stub.
    fn settle(
        &self,
        mut open: Vec<&str>,
        texts: &mut ByFile,
        asked: Asked<'_>,
        judged: &mut Judged,
    ) -> Result<(), Problem> {
        fresh(asked.folder).doing("make the folder", asked.folder)?;
        let room = self.room(&asked);
        while !open.is_empty() {
            let (part, said) = match self.compile(&room, texts, &open)? {
                Ok(program) => {
                    judged.found.extend(self.all(&program, &open, asked)?);
                    return Ok(());
                }
                Err(failed) => failed,
            };
            let blamed = match part {
                Part::Katas => blame(&said, &texts.iter().collect()),
                Part::Laws => blame_laws(&said, &open),
            };
            // Nobody is named: a limit, a crash of rustc. The reference compiles, so it is the submission's.
            let all = || open.iter().map(|id| ((*id).to_owned(), shortened(&said))).collect();
            let blamed: ByFile = if blamed.keys().any(|id| self.is_own(id, texts)) { blamed } else { all() };
            for (id, said) in blamed {
                judged.found.extend(self.each_of(&id, &Found::Refused));
                texts.extend(self.files.get(&id).map(|given| (id.clone(), given.stub.clone())));
                open.retain(|it| **it != id);
                judged.refused.insert(id, format!("Beside its laws:\n{said}"));
            }
        }
        Ok(())
    }

    /// Whether somebody wrote in this file.
    fn is_own(&self, id: &str, texts: &ByFile) -> bool {
        let stub = self.files.get(id).map(|given| &given.stub);
        stub.is_some() && texts.get(id).is_some_and(|text| Some(text) != stub)
    }

    /// The same for each kata of a file.
    fn each_of(&self, file: &str, found: &Found) -> Vec<(String, Found)> {
        let katas = self.katas.iter().filter(|kata| kata.file_id() == file);
        katas.map(|kata| (kata.id.clone(), found.clone())).collect()
    }

    /// What calls a file that is against the rules has met its stub instead; if that cost it its point, it is told why.
    fn who_leans_on(&self, id: &str, why: &str, texts: &ByFile, found: &mut BTreeMap<String, Found>) {
        let called = format!("super::{}", id.rsplit('/').next().unwrap_or_default());
        for kata in self.katas.iter().filter(|kata| milestone(&kata.id) == milestone(id)) {
            let calls = texts.get(kata.file_id()).is_some_and(|text| text.contains(&called));
            if calls
                && let Some(Found::Judged(verdict)) = found.get(&kata.id)
                && verdict.state() != State::Holds
            {
                let why = Found::AgainstTheRules(format!("it calls {id}.rs, {why}"));
                found.insert(kata.id.clone(), why);
            }
        }
    }

    /// Runs all laws of the chosen files.
    fn all(
        &self,
        program: &Path,
        chosen: &[&str],
        asked: Asked<'_>,
    ) -> Result<BTreeMap<String, Found>, Problem> {
        let katas = self.katas.iter().filter(|kata| chosen.contains(&kata.file_id()));
        let one = |kata: &Kata| {
            let verdict = self.kata(program, kata, asked, None)?;
            Ok((kata.id.clone(), verdict.map_or_else(Found::GraderError, Found::Judged)))
        };
        katas.map(one).collect()
    }
}
