//! Katas that cannot be asked in a process of their own, judged in one with their laws.
//!
//! Here the laws do not stand apart from what they judge, so they are believed only as far as these carry, all together:
//! the scan closes the roads out of safe Rust ([`roads_out`]), the compiler refuses `unsafe`, a module beside each file
//! holds the types in place ([`pins`]), the process has a cage without `/proc`, and a verdict counts only behind a token
//! that was told before anything of the katas ran, when its law came to its end and drew as many inputs as it draws from
//! the reference. A result says of such a kata that its assurance is `in-process`.

mod laws;
mod libraries;
mod pins;
mod prepare;
mod room;
mod run;
mod sources;
mod specimens;
mod told;
mod verdict;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use cargo_kata::catalogue::{Catalogue, Kata};
use cargo_kata::judging::{KataVerdict, State};
use cargo_kata::problem::{Doing, Problem};
use cargo_kata::workspace::Workspace;

use crate::cage::{Cage, fresh};
use crate::compile::{blame, shortened};
use crate::result::Found;
use crate::scan::roads_out;
use libraries::Libraries;
use room::Part;
use sources::blame_laws;

pub(crate) use libraries::{direct, is_about_a_build};
pub use prepare::Plan;

/// The judge of such katas, ready for submissions.
pub struct Inside {
    workspace: Workspace,
    catalogue: Catalogue,
    cage: Cage,
    sysroot: PathBuf,
    folder: PathBuf,
    libraries: Libraries,
    /// The katas that are judged here, in order.
    katas: Vec<Kata>,
    /// Katas that ought to be and are not, and why.
    left_out: BTreeMap<String, String>,
    /// All files of their milestones: what each was before anybody wrote in it, and its reference.
    files: BTreeMap<String, Given>,
    /// How many inputs each law draws from the reference.
    drawn: BTreeMap<String, u64>,
    /// Whether the scan closes the roads out of a file.
    scans: bool,
}

/// A file as the repository has it.
#[derive(Debug, Clone)]
struct Given {
    stub: String,
    solution: String,
    /// The module that stands beside it.
    pins: String,
}

/// What was found of a submission.
#[derive(Debug, Default)]
pub struct Judged {
    /// Each kata that was written, by its id.
    pub found: BTreeMap<String, Found>,
    /// The files that do not compile beside their laws, and what rustc says.
    pub refused: BTreeMap<String, String>,
}

/// What a submission is judged with.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// The slot in whose name it runs,
    pub slot: usize,
    /// and its folder.
    pub folder: &'a Path,
    /// What the laws draw from.
    pub seed: u64,
}

impl Inside {
    /// Why a kata that does not cross is not judged here either; `Some(None)` if it is judged.
    #[must_use]
    pub fn stays_out(&self, kata: &str) -> Option<Option<&str>> {
        let out = self.left_out.get(kata).map(|why| Some(why.as_str()));
        out.or_else(|| self.katas.iter().any(|it| it.id == kata).then_some(None))
    }

    /// What the files of these katas were before anybody wrote in them.
    pub fn stubs(&self) -> impl Iterator<Item = (String, String)> {
        let ours: BTreeSet<&str> = self.katas.iter().map(Kata::file_id).collect();
        let files = self.files.iter().filter(move |(id, _)| ours.contains(id.as_str()));
        files.map(|(id, given)| (id.clone(), given.stub.clone()))
    }

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
        let written = |id: &&str| {
            let text = handed_in.get(*id).filter(|_| !refused.contains_key(*id));
            text.is_some_and(|text| self.files.get(*id).is_some_and(|given| given.stub != *text))
        };
        let ours: BTreeSet<&str> = self.katas.iter().map(Kata::file_id).collect();
        let chosen: Vec<&str> =
            self.catalogue_order().filter(|id| ours.contains(id)).filter(written).collect();
        let mut found = BTreeMap::new();
        let mut tell = |file: &str, what: &Found| {
            let of_file = self.katas.iter().filter(|kata| kata.file_id() == file);
            found.extend(of_file.map(|kata| (kata.id.clone(), what.clone())));
        };
        // Whoever stands beside the laws keeps to the rules, whether his file is judged here or only called.
        let milestones = laws::milestones(&chosen);
        let (mut texts, mut closed) = (BTreeMap::<String, String>::new(), Vec::new());
        for (id, given) in self.files.iter().filter(|(id, _)| milestones.contains(&milestone(id))) {
            let text = handed_in.get(id).filter(|_| !refused.contains_key(id)).unwrap_or(&given.stub);
            let finding = self.scans.then(|| roads_out(id, &given.stub, &given.solution, text));
            let finding = finding.and_then(|all| all.into_iter().next());
            if let Some(it) = &finding {
                let why =
                    format!("line {}: {}: {}; beside its laws that is not allowed", it.line, it.what, it.why);
                tell(id, &Found::AgainstTheRules(why.clone()));
                closed.push((id.clone(), why));
            }
            let text = if finding.is_some() { &given.stub } else { text };
            texts.insert(id.clone(), text.clone());
        }
        let mut chosen: Vec<&str> = chosen
            .into_iter()
            .filter(|id| self.files.get(*id).is_some_and(|it| texts.get(*id) != Some(&it.stub)))
            .collect();
        fresh(asked.folder).doing("make the folder", asked.folder)?;
        let room = self.room(&asked);
        let mut refused = BTreeMap::new();
        while !chosen.is_empty() {
            let (part, said) = match self.compile(&room, &texts, &chosen)? {
                Ok(program) => {
                    found.extend(self.all(&program, &chosen, asked, None)?);
                    break;
                }
                Err(failed) => failed,
            };
            let blamed = match part {
                Part::Katas => blame(&said, &texts.iter().collect()),
                Part::Laws => blame_laws(&said, &chosen),
            };
            let is_own =
                |id: &String| self.files.get(id).is_some_and(|given| texts.get(id) != Some(&given.stub));
            // Nobody is named: a limit, a crash of rustc. The reference compiles, so it is the submission's.
            let all = || chosen.iter().map(|id| ((*id).to_owned(), shortened(&said))).collect();
            let blamed: BTreeMap<String, String> = if blamed.keys().any(is_own) { blamed } else { all() };
            for (id, said) in blamed {
                let of_file = self.katas.iter().filter(|kata| kata.file_id() == id);
                found.extend(of_file.map(|kata| (kata.id.clone(), Found::Refused)));
                texts.extend(self.files.get(&id).map(|given| (id.clone(), given.stub.clone())));
                chosen.retain(|it| **it != id);
                refused.insert(id, format!("Beside its laws:\n{said}"));
            }
        }
        for (id, why) in closed {
            self.who_leans_on(&id, &why, &texts, &mut found);
        }
        Ok(Judged { found, refused })
    }

    /// What calls a file that is against the rules has met its stub instead; if that cost it its point, it is told why.
    fn who_leans_on(
        &self,
        id: &str,
        why: &str,
        texts: &BTreeMap<String, String>,
        found: &mut BTreeMap<String, Found>,
    ) {
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

    fn catalogue_order(&self) -> impl Iterator<Item = &str> {
        self.catalogue.files().map(|file| file.id.as_str())
    }

    /// Runs all laws of the chosen files.
    fn all(
        &self,
        program: &Path,
        chosen: &[&str],
        asked: Asked<'_>,
        specimen: Option<&str>,
    ) -> Result<BTreeMap<String, Found>, Problem> {
        let katas = self.katas.iter().filter(|kata| chosen.contains(&kata.file_id()));
        let one = |kata: &Kata| {
            let verdict = self.kata(program, kata, asked, specimen)?;
            Ok((kata.id.clone(), verdict.map_or_else(Found::GraderError, Found::Judged)))
        };
        katas.map(one).collect()
    }
}

/// `m07_deep_learning`
fn milestone(id: &str) -> &str {
    id.split('/').next().unwrap_or_default()
}

/// A kata's verdict, or why the grader could not come to one.
type Verdict = Result<KataVerdict, String>;
