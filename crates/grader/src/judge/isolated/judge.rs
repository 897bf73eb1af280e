use std::collections::BTreeMap;
use std::path::PathBuf;

use engine::catalog::Kata;
use engine::problem::Problem;
use engine::workspace::Workspace;

use super::build;
use super::ipc::{OutlinedFile, dispatch};
use crate::intake::GivenFile;
use crate::judge::libraries::Libraries;
use crate::sandbox::Rustc;

/// The judge of such katas, ready for submissions.
pub struct Isolated {
    pub(super) workspace: Workspace,
    /// Where all that is made lies.
    pub(super) folder: PathBuf,
    /// The files of katas, and how each kata is called over IPC.
    pub(super) files: Vec<OutlinedFile>,
    pub(super) given: BTreeMap<String, GivenFile>,
    /// What a worker links.
    pub(super) libraries: Libraries,
    pub(super) rustc: Rustc,
    /// The test program with all laws,
    pub(super) laws: PathBuf,
    /// and what distinguishes it from those of other editions of the repository.
    edition: String,
}

/// What this judge is made of.
pub struct IsolatedParts<'a> {
    /// The repository.
    pub workspace: &'a Workspace,
    /// Where all that is made lies.
    pub folder: PathBuf,
    /// All katas of the milestones.
    pub katas: &'a [Kata],
    /// The files of katas, and how each kata is called over IPC.
    pub files: Vec<OutlinedFile>,
    /// The cargo features of the milestones.
    pub features: Vec<String>,
    /// Where and how workers are compiled.
    pub rustc: Rustc,
}

/// A worker that was compiled.
#[derive(Debug)]
pub struct CompiledWorker {
    /// The program.
    pub worker: PathBuf,
    /// The files that do not compile, and what rustc says about each.
    pub broken: BTreeMap<String, String>,
}

impl Isolated {
    /// Builds the laws, and what a worker links.
    ///
    /// # Errors
    ///
    /// [`Problem`] if something is missing: nothing can be graded then.
    pub fn prepare(parts: IsolatedParts<'_>, say: &mut dyn FnMut(&str)) -> Result<Self, Problem> {
        let IsolatedParts { workspace, folder, katas, files, features, rustc } = parts;
        let given = files.iter().map(|file| Ok((file.id.clone(), GivenFile::read(workspace, &file.id)?)));
        let given: BTreeMap<_, _> = given.collect::<Result<_, Problem>>()?;
        say("building the laws");
        let laws = build::laws(workspace, &folder, &files, &features)?;
        let edition = build::check(&laws, katas, &files)?;
        say("building what the katas link");
        let libraries = build::libraries(workspace, &folder, &features)?;
        Ok(Self { workspace: workspace.clone(), folder, files, given, libraries, rustc, laws, edition })
    }

    /// What distinguishes these laws from those of other editions of the repository.
    #[must_use]
    pub fn edition(&self) -> &str {
        &self.edition
    }

    /// What each file is before a learner wrote in it.
    pub fn stubs(&self) -> impl Iterator<Item = (String, String)> {
        self.given.iter().map(|(id, given)| (id.clone(), given.stub.clone()))
    }

    /// Why a kata cannot be judged in a process of its own, if it cannot.
    #[must_use]
    pub fn obstacle(&self, kata: &Kata) -> Option<String> {
        ipc_obstacle(&self.files, kata)
    }

    /// Whether a kata is given a function by its laws.
    pub(super) fn calls_back(&self, kata: &Kata) -> bool {
        self.files.iter().any(|file| file.id == kata.file_id() && file.calls_back(&kata.item))
    }

    /// What the root of a worker declares as `chosen`: the files below `/src/katas`.
    pub(super) fn root(&self) -> String {
        dispatch::root(&self.files, "#[path = \"katas/mod.rs\"]\nmod chosen;")
    }
}

/// Why a kata of these files cannot be called over IPC, if it cannot.
fn ipc_obstacle(files: &[OutlinedFile], kata: &Kata) -> Option<String> {
    match files.iter().find(|file| file.id == kata.file_id()) {
        Some(file) => file.obstacle(&kata.item).map(|it| it.to_string()),
        None => Some("it needs a library of the system".to_owned()),
    }
}
