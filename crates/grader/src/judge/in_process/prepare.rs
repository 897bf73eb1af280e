use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use engine::catalog::{Catalog, Kata};
use engine::hash::Hash;
use engine::problem::{Doing, Problem};
use engine::state::write_whole;
use engine::workspace::Workspace;
use protocol::{State, Status};
use serde_json::Value;

use super::pins::pins;
use super::state::{InProcess, InProcessRun, PinnedFile};
use crate::intake::{GivenFile, milestone};
use crate::judge::hashed::add;
use crate::judge::libraries::Libraries;
use crate::judge::outcome::KataOutcome;
use crate::sandbox::Rustc;

/// What is built, and how.
#[derive(Debug, Clone)]
pub struct InProcessPlan<'a> {
    /// The katas that cannot be called over IPC.
    pub katas: Vec<Kata>,
    /// The cargo features of the package `katas` that the libraries are built with: the same as those of the isolated laws,
    /// so that nothing is built twice.
    pub features: Vec<String>,
    /// The profile.
    pub profile: &'a str,
    /// Where all that is made lies.
    pub folder: PathBuf,
    /// Where and how submissions are compiled.
    pub rustc: Rustc,
}

/// What the reference is tried out on: which decides how many inputs a law draws, and no seed changes that.
const SEED: u64 = 1;
/// What the laws and the numbers of their inputs are made of.
const TREES: [&str; 8] = [
    "tests",
    "solutions",
    "crates/judge/src",
    "crates/protocol/src",
    "crates/kit/src",
    "snapshots",
    "crates/grader/src/judge/in_process",
    "Cargo.lock",
];

impl InProcess {
    /// Builds the libraries, and tries the reference out: a law that does not hold for it here judges no learner.
    ///
    /// # Errors
    ///
    /// [`Problem`] if something is missing.
    pub fn prepare(
        workspace: &Workspace,
        catalog: Catalog,
        plan: InProcessPlan<'_>,
        say: &mut dyn FnMut(&str),
    ) -> Result<Self, Problem> {
        say("building what katas share with their laws in one process");
        fs::create_dir_all(&plan.folder).doing("make the folder", &plan.folder)?;
        let (deps, packages) = (plan.folder.join("deps"), ["katas", "judge"]);
        let libraries = Libraries::build(workspace, &deps, &packages, &plan.features, plan.profile)?;
        let (mut files, mut left_out) = (BTreeMap::new(), BTreeMap::new());
        let opencv = plan.features.iter().any(|it| it == "opencv");
        let is_here = |id: &str| plan.katas.iter().any(|kata| milestone(&kata.id) == milestone(id));
        // Of other milestones nothing is compiled.
        let theirs = |feature: &String| {
            catalog.katas().any(|kata| is_here(&kata.id) && kata.features.contains(feature))
        };
        let libraries = libraries.only(theirs);
        for file in catalog.files().filter(|file| is_here(&file.id) && (opencv || file.feature.is_none())) {
            let given = GivenFile::read(workspace, &file.id)?;
            let ours = plan.katas.iter().filter(|kata| kata.file_id() == file.id);
            let name = file.id.rsplit('/').next().unwrap_or_default();
            let pins = match pins(name, &given.stub) {
                _ if ours.clone().next().is_none() => String::new(),
                Ok(pins) => pins,
                Err(why) => {
                    left_out.extend(ours.map(|kata| (kata.id.clone(), why.clone())));
                    String::new()
                }
            };
            files.insert(file.id.clone(), PinnedFile { given, pins });
        }
        let katas = plan.katas.into_iter().filter(|kata| !left_out.contains_key(&kata.id)).collect();
        let untried = Self {
            workspace: workspace.clone(),
            catalog,
            rustc: plan.rustc,
            folder: plan.folder,
            libraries,
            katas,
            left_out,
            files,
            drawn: BTreeMap::new(),
            countered: BTreeSet::new(),
            scans: true,
            edition: String::new(),
        };
        untried.tried_out(plan.profile, say)
    }

    /// The same judge, with what came of the reference: now, or when it was tried out before.
    fn tried_out(self, profile: &str, say: &mut dyn FnMut(&str)) -> Result<Self, Problem> {
        let path = self.folder.join("reference.json");
        let edition = self.stamp(profile);
        let known = fs::read_to_string(&path).ok().and_then(|text| serde_json::from_str::<Value>(&text).ok());
        let tried = match known.filter(|known| known["stamp"] == edition) {
            Some(known) => known,
            None => {
                say("trying the reference out in one process with its laws");
                let tried = self.reference(&edition)?;
                write_whole(&path, format!("{tried:#}").as_bytes()).doing("write", &path)?;
                tried
            }
        };
        let entries = |key: &str| tried[key].as_object().cloned().unwrap_or_default();
        let drawn = entries("drawn").into_iter().filter_map(|(law, it)| Some((law, it.as_u64()?))).collect();
        let why = |it: Value| it.as_str().unwrap_or_default().to_owned();
        let laws = tried["countered"].as_array().cloned().unwrap_or_default();
        let countered = laws.iter().filter_map(|law| law.as_str().map(ToOwned::to_owned)).collect();
        let out = entries("left_out").into_iter().map(|(kata, it)| (kata, why(it)));
        let left_out: BTreeMap<_, _> = self.left_out.into_iter().chain(out).collect();
        let katas = self.katas.into_iter().filter(|kata| !left_out.contains_key(&kata.id)).collect();
        Ok(Self { drawn, countered, left_out, katas, edition, ..self })
    }

    fn reference(&self, stamp: &str) -> Result<Value, Problem> {
        let all: BTreeMap<String, String> =
            self.files.iter().map(|(id, file)| (id.clone(), file.given.solution.clone())).collect();
        let folder = self.folder.join("reference");
        let judged =
            self.judge(&all, &BTreeMap::new(), InProcessRun { slot: 0, folder: &folder, seed: SEED })?;
        let (mut drawn, mut left_out) = (BTreeMap::new(), BTreeMap::new());
        for (kata, outcome) in &judged.outcomes {
            let why = match outcome {
                KataOutcome::Judged(verdict) if verdict.state() == State::Holds => {
                    let held = verdict.laws.iter().filter(|law| law.status == Status::Held);
                    drawn.extend(held.map(|law| (law.test.clone(), law.cases)));
                    continue;
                }
                KataOutcome::Judged(verdict) => verdict.first_broken().map_or_else(String::new, |law| {
                    format!("«{}» {}: {}", law.law, law.status.word(), law.got)
                }),
                KataOutcome::DoesNotCompile => judged.broken.values().cloned().collect::<Vec<_>>().join("\n"),
                KataOutcome::AgainstTheRules(why)
                | KataOutcome::NotGraded(why)
                | KataOutcome::GraderError(why) => why.clone(),
            };
            left_out.insert(kata.clone(), format!("in the sandbox its reference does not hold: {why}"));
        }
        let countered = self.countered_by(InProcessRun { slot: 0, folder: &folder, seed: SEED })?;
        Ok(serde_json::json!({
            "stamp": stamp, "drawn": drawn, "countered": countered, "left_out": left_out,
        }))
    }

    /// What distinguishes these laws from those of other editions of the repository.
    fn stamp(&self, profile: &str) -> String {
        let katas: Vec<&str> = self.katas.iter().map(|kata| kata.id.as_str()).collect();
        let mut text = format!("{profile} {:?} {katas:?}", self.libraries.features()).into_bytes();
        let root: &Path = self.workspace.root();
        for tree in TREES {
            // What cannot be read makes another stamp, and that is what it is.
            let _ = add(root, &root.join(tree), &mut text);
        }
        Hash::of(&text).to_string()
    }
}
